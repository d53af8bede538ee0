"""A question → the words it is searched by: without the words of asking, with the documents' own terms for what it says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from service import lexicon
from service.records import Kind
from service.search import keywords
from service.text import normal

SYNONYM = 0.7
"""Weight of the documents' term for a word of the question."""
CUE = 1.0
"""Weight of a word that announces the kind of answer."""
OWN_NAME = 0.2
"""Weight of a word of the name of the body whose documents alone are searched: all of them say it."""
TABLE_BONUS = 1.5
"""How much more a table's rows count when the question names a table."""

_ASKING = re.compile(
    "请问|告诉我|为什么|为啥|为何|怎么|什么意思|是什么|什么|多少|哪些|哪个|哪几|几个|多大|分别|一下|啥叫|[的了吗呢吧么啊]|(?<=[\u4e00-\u9fff])[？?]"
)
_CUES = {"why": "主要原因", "definition": "名词解释"}
_ANNOUNCED = (
    (re.compile(r"科室|股室|处室|内设|下设"), "内设机构"),
    (re.compile(r"下属|所属单位|二级单位|哪[些几]个?家?单位|几家单位"), "单位构成包括"),
    (re.compile(r"空表|表[^,。]{0,4}空|没有数据"), "本表无数据空表"),
    (re.compile(r"哪[些几]个?(?:个)?项目|什么项目"), "项目名称"),
    (re.compile(r"哪[些几]个?项?任务"), "任务名称"),
    (re.compile(r"中小企业|小微企业"), "授予中小企业合同"),
    (re.compile(r"辆|车"), "车辆"),
    (re.compile(r"编制|在职|多少人|几个人"), "人员编制在职"),
    (re.compile(r"干[什啥]么?|做什么|职能"), "主要职责"),
    (re.compile(r"收支"), "收入支出"),
)
"""What stands in the documents where a question says so."""
_TABLE = "表"
_TABLE_NAME = re.compile(r"[\u4e00-\u9fff]{2,20}?表(?![示现明述达])")
TABLE_NAME = 0.5
"""Weight of the words of a table's name: its rows all share them, and only one is asked for."""
_FINAL = re.compile("决算|花了|用了|没[花用]完|完成|执行|超了?预算|自评|实际")
_BUDGET = re.compile("安排|预算(?:是|总共|怎么|数|一下)|今年")
"""What is asked of accounts of money spent; else what is asked of budgets."""
_BUDGET_FILE = re.compile("预算(?:文件|书|公开)")
_YEAR = re.compile(r"20\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Query:
    """Words with their weights, the same as one text to embed, and how much more table rows count than usual."""

    words: dict[str, float]
    text: str
    rows: float
    kind: Kind | None
    """The kind of document that the question's words hint at."""


def read(question: str) -> Query:
    """The query of a question."""
    form = normal(question).lower()
    known = lexicon.load()
    terms = list(dict.fromkeys(official for _, _, official in lexicon.found(known.items, form)))
    kinds = {kind for _, _, kind in lexicon.found(known.kinds, form)}
    # A blank would be dropped by the normal form and join what it parts; a full stop is not.
    words = dict.fromkeys(keywords.pieces(_ASKING.sub("。", form)), 1.0)
    if (named := _TABLE_NAME.search(_ASKING.sub("。", form))) is not None:
        rest = set(keywords.pieces(_ASKING.sub("。", form).replace(named[0], "。")))
        words |= {piece: TABLE_NAME for piece in keywords.pieces(named[0]) if piece not in rest}
    for term in terms:
        for piece in keywords.pieces(term):
            words.setdefault(piece, SYNONYM)
    for kind, cue in _CUES.items():
        if kind in kinds:
            for piece in keywords.pieces(cue):
                words.setdefault(piece, CUE)
    for asked, cue in _ANNOUNCED:
        if asked.search(form):
            for piece in keywords.pieces(cue):
                words.setdefault(piece, SYNONYM)
    return Query(words, " ".join([question, *terms]), TABLE_BONUS if _TABLE in form else 1.0, _kind(form))


def _kind(form: str) -> Kind | None:
    if len(set(_YEAR.findall(form))) > 1 or ("决算" in form and _BUDGET_FILE.search(form)):
        return None  # Two years, or both kinds, are compared.
    return Kind.FINAL if _FINAL.search(form) else Kind.BUDGET if _BUDGET.search(form) else None


def within(asked: Query, titles: Iterable[str]) -> Query:
    """The query for a search in few documents only: the words of their titles tell them apart no more."""
    own = {piece for title in titles for piece in keywords.pieces(title)}
    return replace(asked, words={word: weight * OWN_NAME if word in own else weight for word, weight in asked.words.items()})
