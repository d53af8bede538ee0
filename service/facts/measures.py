"""The words before a figure and its unit → what it measures, its sign and its year."""

import re
from dataclasses import dataclass

from service.amounts import POINTS, YUAN, Amount
from service.facts.sections import Topic
from service.records import Kind

PEOPLE = ("人", "名", "人次")
THINGS = ("辆", "台", "套", "个", "项", "家", "件", "批", "批次", "次", "张", "平方米", "所", "处", "期", "场", "份", "条", "户")

_DOWN = "减少|下降|降低|压减|缩减|降幅|减幅|下浮|回落|少支出|核减"
_UP = "增加|增长|上升|提高|增幅|上浮|多支出|核增|增支|增减"
_LESS = (*_DOWN.split("|"), "小于", "低于", "少于")
_TURN = re.compile(rf"(?P<word>{_DOWN}|{_UP})(?:\((?:{_DOWN}|{_UP})\))?(?:了|额|率|数|为|约|金额|幅度)*[:]?$")
_INVOLVED = re.compile(
    r"涉及(?:的|财政|项目|专项|一般公共预算|当年|支出)*(?:资金|支出|金额|经费)(?:总额|总量|共计|合计|共)?(?:约|为)?$"
    r"|^,(?:项目)?资金(?:总额|共计|共)?(?:约|为)?$"
)
"""Self-appraisals that cover so much money."""
_COMPARED = re.compile(r"(?:与|比|较|同)(?:(?:上|去)一?年度?|20\d\d年度?)")
_BASE = re.compile(
    r"(?:与|比|较|同)(?:(?:上|去)一?年度?|20\d\d年度?)(?:同期)?(?:的)?(?:当年)?(?:部门)?(?:预算|决算|支出|收入)?(?:执行)?(?:支出)?(?:决算|预算)?数?(?:的|为)?$"
)
_PREVIOUS = re.compile(r"(?:上年|去年)(?:度)?(?:同期)?(?:当年)?(?:预算|决算)?(?:执行)?(?:支出|收入)?(?:决算|预算)?数?(?:为|是)?$")
_EARLIER = re.compile(r"(?:与|比|较|同)(?P<year>20\d\d)年度?(?:(?!增|减|相比|下降|上升)[^,;。()\d]){0,24}$")
"""比2024年年初预算…, 比2024年“三公”经费预算…: the figure of the year compared with, whatever it is called there."""
_DIFFERENCE = re.compile(
    r"(?P<word>小于|低于|少于|大于|高于|多于|超过)(?:上年|去年|20\d\d年)度?(?:同期)?(?:年初|全年)?(?:预算|决算|执行)?(?:安排|支出|收入)?数?约?$"
)
"""本年数小于上年预算数29.65万元: how much it is less, not how much last year's was."""
_OFF_BUDGET = re.compile(r"(?P<word>小于|低于|少于|大于|高于|多于|超过|超出)(?:年初|全年|调整)?(?:预算|决算)(?:安排|支出|收入)?数?约?$")
"""决算数小于预算数29.65万元: neither the budget nor a change from last year."""
APART = ("较预算增减额", "较预算增减率")
"""How far the year's figure is from its budget."""
_PAST = re.compile(r"(?:^|[,;。(])(?:上年|去年)(?![^,;。()]*(?:结转|结余))[^,;。()]*$")
"""A clause that tells of last year."""
_PART_CHANGED = re.compile(r"(?:增加|减少|新增|压减|核增|核减|调增|调减)(?:了)?(?:部门|单位|本级|项目|财政)?(?:预算|支出|收入|经费|拨款)$")
"""增加部门预算1,464.3万元: what one cause adds, not the item's budget."""
_EACH = re.compile(r"(?:人均|户均|车均|平均|每人(?:每[年月天])?)(?:支出|成本|费用)?(?:约|为|达到?|是)*$")
"""人均约3,000元: what the whole comes to for each."""
_COMPARES = re.compile(
    r"(?:与|比|较|同)(?:上年|去年|上一年|(?P<year>20\d\d年度?)(?P<then>(?:年初|全年|调整)?预算)?|(?P<budget>(?:年初|全年|调整|当年|本年)?预算))"
)
_OF = re.compile(r"(?P<word>完成|占)[^,。;完成占]*?[\d.]+(?:亿|万|千)?元的$")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_FUNDS = re.compile(r"一般公?共预算|政府性基金预算|国有资本经营预算|部门预算(?=项目)|预算单位|预算编制|综合预算|预算绩效")
_CUES: tuple[tuple[str, str], ...] = (
    ("年初预算", "年初预算"),
    ("年初安排", "年初预算"),
    ("全年预算", "全年预算"),
    ("调整预算", "调整预算"),
    ("调整后预算", "调整预算"),
    ("预算调整数", "调整预算"),
    ("预算执行数", "执行数"),
    ("执行数", "执行数"),
    ("实际执行", "执行数"),
    ("实际支出", "执行数"),
    ("支出决算", "决算"),
    ("决算支出", "决算"),
    ("决算", "决算"),
    ("预算资金", "预算"),
    ("预算", "预算"),
    ("财政性资金", "预算"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure measures. `year` None: the document's own."""

    measure: str
    negative: bool = False
    year: int | None = None


def of(cue: str, sentence: str, figure: Amount, before: Measured | None, setting: "Setting") -> Measured | None:
    """The measure of a figure, or None when the words do not say.

    Args:
        cue: normal form from the sentence's beginning, or the figure before, to the figure.
        sentence: normal form from the sentence's beginning to the figure, other figures included.
        figure: the figure.
        before: what the figure before it in the same sentence measures.
        setting: the document's kind and year and the section's topic.
    """
    unit = figure.unit if figure.unit in YUAN else figure.unit.removeprefix("万")
    if setting.topic is Topic.WORK and unit not in PEOPLE + THINGS:
        return None
    if unit in YUAN:
        return _apart(cue, sentence, setting) or _money(cue, before, setting)
    if unit == "%":
        return _percent(cue, sentence, before, setting)
    if unit == "分":
        return _points(cue)
    if unit in PEOPLE:
        return Measured("人数", year=_stated(sentence, setting))
    if unit in THINGS and unit != POINTS:
        turn = _TURN.search(cue)
        if turn and _COMPARED.search(cue):
            return Measured("增减额", turn["word"] in _DOWN.split("|"))
        return Measured("数量", year=_stated(sentence, setting))
    return None


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole section."""

    kind: Kind
    year: int | None
    topic: Topic

    @property
    def default(self) -> str:
        """The measure of an amount for which no word stands."""
        return "预算" if self.kind is Kind.BUDGET else "决算"


def _apart(cue: str, sentence: str, setting: Setting) -> Measured | None:
    """How far an amount is from the year's own budget: 较年初预算数减少2万元, 低于年初预算2万元."""
    turn = _TURN.search(cue) if versus_budget(sentence, setting.year) else _OFF_BUDGET.search(cue)
    if turn is None or _PART_CHANGED.search(cue) or "决算" in turn[0]:
        return None
    return Measured(APART[0], turn["word"] in _LESS)


def _money(cue: str, before: Measured | None, setting: Setting) -> Measured | None:
    if _PART_CHANGED.search(cue) or _OFF_BUDGET.search(cue) or _EACH.search(cue):
        return None
    change = _TURN.search(cue) or _DIFFERENCE.search(cue)
    if change:
        return Measured("增减额", change["word"] in _LESS)
    previous = setting.year - 1 if setting.year else None
    if _BASE.search(cue) or _PREVIOUS.search(cue) or ((earlier := _EARLIER.search(cue)) and int(earlier["year"]) == previous):
        return Measured("上年数", year=_last_year(cue) or previous)
    past = _PAST.search(cue)
    if past:
        # In brackets it is an aside about a part of the item.
        return None if cue[past.start()] == "(" else Measured("上年数", year=previous)
    words = _FUNDS.sub("", cue)
    measure = _last_cue(words)
    stated = _stated(cue, setting)
    if measure is None and setting.topic is Topic.APPRAISAL and not _INVOLVED.search(cue):
        return None
    if stated is not None and setting.year is not None and stated == setting.year - 1:
        return Measured("上年数", year=stated)
    if measure is None and before is not None and before.measure in ("年初预算", "预算", "决算") and re.fullmatch(r"[、和及]", cue[-1:]):
        return before
    return Measured(measure or setting.default, year=stated)


def versus_budget(sentence: str, year: int | None) -> bool:
    """Whether the last comparison of a sentence is with the year's own budget (比年初预算减少…): no change from last year.

    Args:
        sentence: normal form.
        year: the document's.
    """
    found = list(_COMPARES.finditer(sentence))
    if not found:
        return False
    last = found[-1]
    return bool(last["budget"]) or (bool(last["then"]) and last["year"].rstrip("年度") == str(year))


def _percent(cue: str, sentence: str, before: Measured | None, setting: Setting) -> Measured | None:
    whole = _OF.search(sentence)
    if whole and re.fullmatch(r"的(?:比例|比重)?(?:为)?", cue):
        # 完成全年预算8.00万元的70%: the words stand before the whole.
        cue = whole["word"]
    if versus_budget(sentence, setting.year) and (away := _TURN.search(cue)):
        return Measured(APART[1], away["word"] in _LESS)
    share, done = cue.rfind("占"), max(cue.rfind("完成"), cue.rfind("执行率"))
    if done > share:
        rate = "执行率" in cue[max(done - 2, 0) :] or setting.topic is Topic.APPRAISAL
        return Measured("执行率" if rate else "完成率")
    turn = _TURN.search(cue)
    if turn:
        return Measured("增减率", turn["word"] in _DOWN.split("|"))
    if share >= 0 or re.search(r"(?:比重|比例)(?:为|达)?$", cue):
        return Measured("占比") if setting.topic is not Topic.APPRAISAL or re.search(r"预算|支出|资金", cue[share:]) else None
    if cue.endswith("(") and before is not None and before.measure in ("增减额", "增减率"):
        return Measured("增减率", before.negative)
    return None


def _points(cue: str) -> Measured | None:
    if re.search(r"(?:满分|分值|权重)(?:为|是)?$", cue):
        return Measured("分值")
    return Measured("得分") if re.search(r"(?:得分|自评|评分|评价|均分|总分|综合得|得)(?:分|结果|价)?(?:为|是)?$", cue) else None


def _last_cue(words: str) -> str | None:
    """The measure whose word stands last; of words that overlap, the longer."""
    best: tuple[int, int, str] | None = None
    for word, measure in _CUES:
        at = words.rfind(word)
        if at >= 0 and (best is None or at + len(word) > best[0] or (at + len(word) == best[0] and len(word) > best[1])):
            best = (at + len(word), len(word), measure)
    return best[2] if best else None


def _last_year(cue: str) -> int | None:
    found = _YEAR.findall(cue)
    return int(found[-1]) if found else None


def _stated(cue: str, setting: Setting) -> int | None:
    """The year that the words give the figure: the last one that it is not only compared with."""
    for match in reversed(list(_YEAR.finditer(cue))):
        if cue[: match.start()][-1:] not in ("与", "比", "较", "同"):
            year = int(match[1])
            return year if setting.year is None or abs(year - setting.year) <= 1 else None
    return None
