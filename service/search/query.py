"""A question → the words it is searched by: without the words of asking, with the documents' own terms for what it says."""

import re
from dataclasses import dataclass

from service import lexicon
from service.search import keywords
from service.text import normal

SYNONYM = 0.7
"""Weight of the documents' term for a word of the question."""
CUE = 1.0
"""Weight of a word that announces the kind of answer."""
TABLE_BONUS = 1.5
"""How much more a table's rows count when the question names a table."""

_ASKING = re.compile(
    "请问|告诉我|为什么|为啥|为何|怎么|什么意思|是什么|什么|多少|哪些|哪个|哪几|几个|多大|分别|一下|啥叫|[的了吗呢吧么啊]|(?<=[\u4e00-\u9fff])[？?]"
)
_CUES = {"why": "主要原因", "definition": "名词解释"}
_TABLE = "表"


@dataclass(frozen=True, slots=True)
class Query:
    """Words with their weights, the same as one text to embed, and how much more table rows count than usual."""

    words: dict[str, float]
    text: str
    rows: float


def read(question: str) -> Query:
    """The query of a question."""
    form = normal(question).lower()
    known = lexicon.load()
    terms = list(dict.fromkeys(official for _, _, official in lexicon.found(known.items, form)))
    kinds = {kind for _, _, kind in lexicon.found(known.kinds, form)}
    # A blank would be dropped by the normal form and join what it parts; a full stop is not.
    words = dict.fromkeys(keywords.pieces(_ASKING.sub("。", form)), 1.0)
    for term in terms:
        for piece in keywords.pieces(term):
            words.setdefault(piece, SYNONYM)
    for kind, cue in _CUES.items():
        if kind in kinds:
            for piece in keywords.pieces(cue):
                words.setdefault(piece, CUE)
    return Query(words, " ".join([question, *terms]), TABLE_BONUS if _TABLE in form else 1.0)
