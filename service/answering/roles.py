"""What a figure stands for in a sentence (年初预算, 决算, 增加 …), so that a right number in a wrong role is caught."""

import re
from collections.abc import Sequence
from decimal import Decimal

from service import amounts
from service.amounts import Amount
from service.answering.draft import Evidence
from service.records import Fact
from service.text import normal, normalised

NEAR = 16
"""A role word stands within so many characters before its figure."""

_LAST_YEARS = re.compile(r"(?:^|[,。;、])(?:而)?(?:上年|去年|上一年|上年度)度?(?!结转|结余|末)[^,。;、比较增减升降多少]{0,10}$")
"""Last year's, at the beginning of a clause."""
_PRIOR = re.compile(r"(?:上年|去年|上一年|上年度|(?P<year>20\d\d)年)度?(?:当年|年初|预算|决算|执行|支出|收入)*数?(?:[为是:的])*$")
_ROLES = (
    ("完成率", re.compile(r"(?:完成(?:了)?(?:年初|全年|调整)?预算(?:数)?的?|完成率|执行率)(?:[为是:约])*$")),
    ("年初预算", re.compile(r"年初预算数?(?:安排|总额|合计|[为是:])*$")),
    ("全年预算", re.compile(r"全年预算数?(?:安排|总额|合计|[为是:])*$")),
    ("调整预算", re.compile(r"调整(?:后)?预算数?(?:[为是:])*$")),
    ("决算", re.compile(r"(?:支出决算|收入决算|决算支出|决算收入|决算)(?:数|总额|合计|[为是:])*$")),
    ("执行", re.compile(r"(?:执行数|实际支出|实际执行|实际花了|实际花费)(?:[为是:了])*$")),
    ("执行", re.compile(r"(?:花了|花费了?|花掉了?|花去了?|用去了?|用掉了?|支付了)(?:[为是:])*$")),
    ("占比", re.compile(r"(?:占(?:[^,。;、]{0,10}的)?(?:比例|比重|比)?)(?:[为是:约])*$")),
)
_PLANNED = re.compile(r"(?<!公共)(?<!基金)(?<!经营)(?<!比)预算数?(?:安排|总额|合计|批复|[为是:])*$|(?:计划安排|批复)(?:[为是:了])*$")
"""A budget that the sentence does not name more closely."""
_UP = re.compile(
    r"(?:增加|增长|上升|提高|提升|上涨|上调|攀升|扩大|多|多出|高出|超出|超支|上浮|增幅|涨|增|升|高)(?:了|额|幅度|率|约|[为是:])*$"
)
_DOWN = re.compile(
    r"(?:剩下|余下|减少|下降|降低|缩减|压减|少|低于|结余|剩余|没花完|未花|节约|降幅|下浮|下调|回落|缩小|跌|(?<!增)减|降|低)(?:了|额|幅度|率|约|[为是:])*$"
)
BASES = {"年初预算", "全年预算", "调整预算", "上年"}
"""Roles that others are measured against."""
_CHANGED = {"增": re.compile(r"增加|增长|上升|提高|提升|上涨|攀升|扩大"), "减": re.compile(r"减少|下降|降低|缩减|压减|回落|缩小|下滑")}
_INVERTED = re.compile(r"(?:上年|去年)[^,。;]{0,8}比(?:本年|今年|当年)[^,。;]*$")
"""What is measured against what came after it: its direction is the other one."""
_RESPECTIVELY = re.compile(r"(?P<names>[^,，。;；]+?)分别(?P<figures>[^。;；]*)")
_BASE = re.compile(r"比(年初预算|全年预算|调整预算|预算|上年度|上年|去年|20\d\d年)(?:决算|执行|预算|安排)*数?[^,。;]{0,4}$")
_SAME_ROLE = ({"决算", "执行"}, {"预算", "年初预算"}, {"预算", "全年预算"}, {"预算", "调整预算"})
_MEASURES = {
    "年初预算": "年初预算", "全年预算": "全年预算", "调整预算": "调整预算", "预算": "预算", "决算": "决算", "执行数": "执行",
    "上年数": "上年", "完成率": "完成率", "执行率": "完成率", "占比": "占比",
}  # fmt: skip


def conflict(text: str, amount: Amount, item: Evidence, printed: Sequence[Amount]) -> str | None:
    """What speaks against the figure having this role or direction in the evidence, or None.

    Args:
        text: the sentence.
        amount: the figure in it.
        item: the evidence cited.
        printed: where the evidence prints an equal figure.
    """
    role, way = _role(text, amount, item.year) or _listed(text, amount), _direction(text, amount)
    if role is None and amount.unit != "%" and _PLANNED.search(_before(text, amount)) and not _is_planned(item, printed):
        role = "预算"
    theirs = [(_role(item.place.quote, p, item.year), _direction(item.place.quote, p)) for p in printed]
    theirs += [
        (other, None) for f in item.facts if f.source == "table" and any(_is(f, p) for p in printed) for other in _roles_of(f, item.year)
    ]
    known = [other for other, _ in theirs if other]
    if not known and role in BASES:
        # Prose that names no role beside the figure (「收入总计1,441.60万元」): the measure that the rules read there.
        known = [other for f in item.facts if any(_is(f, p) for p in printed) for other in _roles_of(f, item.year) if other]
        theirs = theirs if not known else [(other, None) for other in known]
    if role and known and not any(_alike(role, other) for other in known) and (len(known) == len(theirs) or item.facts):
        return f"{amount.printed}{amount.unit} 在原文中是「{known[0]}」，不是「{role}」"
    directions = {other for _, other in theirs}
    if way is None and role is None and len(directions) == 1:
        way = _way(text[: amount.start])
    if (
        role
        and not known
        and directions <= {"增", "减"}
        and not any(f.measure in _MEASURES and _is(f, p) for f in item.facts for p in printed)
    ):
        return f"{amount.printed}{amount.unit} 在原文中是增减的数，不是「{role}」"
    if way and all(other and other != way for _, other in theirs):
        return f"{amount.printed}{amount.unit} 的增减方向与原文相反"
    return None


def _listed(text: str, amount: Amount) -> str | None:
    """The role that is told for a figure in a list before it: 「年初预算和决算分别为120万元和96万元」."""
    for match in _RESPECTIVELY.finditer(text):
        figures = [a.start + match.start("figures") for a in amounts.figures(match["figures"])]
        names = re.split(r"以及|[、和与及]", match["names"])
        if amount.start in figures and len(names) == len(figures):
            name = names[figures.index(amount.start)]
            return next((role for role, pattern in _ROLES if pattern.search(normal(name))), None)
    return None


def _is_planned(item: Evidence, printed: Sequence[Amount]) -> bool:
    """Whether the evidence prints a figure as a budget, or the rules read one there."""
    planned = (f for f in item.facts if "预算" in f.measure)
    return any(_PLANNED.search(_before(item.place.quote, place)) for place in printed) or any(_is(f, p) for f in planned for p in printed)


def direction_agrees(text: str, amount: Amount, exact: Decimal) -> bool:
    """Whether the direction word before a derived figure fits the sign of the exact result; no word fits any."""
    way = _direction(text, amount)
    return way is None or exact == 0 or (way == "增") == (exact > 0)


def _roles_of(fact: Fact, year: int | None) -> tuple[str | None, ...]:
    """The roles of a table's figure; one of an earlier year than its document's is last year's too: 2023年执行数 in the budget of 2024."""
    own = _MEASURES.get(fact.measure)
    return ("上年", own) if year is not None and fact.year is not None and fact.year < year else (own,)


def _is(fact: Fact, printed: Amount) -> bool:
    return abs(fact.value) == abs(printed.value) and fact.unit == printed.unit


def base(text: str, amount: Amount) -> str | None:
    """The role of what a derived difference is measured against: 年初预算 in 「比年初预算少50万元」."""
    match = _BASE.search(_before(text, amount))
    if match is None:
        return None
    return "上年" if match[1] in ("上年", "去年", "上年度") or match[1][:2] == "20" else match[1].removesuffix("数")


def is_prior(text: str, amount: Amount, year: int | None) -> bool:
    """Whether the sentence calls the figure last year's."""
    return _role(text, amount, year) == "上年"


def of(printed: Amount, item: Evidence) -> set[str]:
    """The roles that a printed figure has in its evidence."""
    found = {_role(item.place.quote, printed, item.year)}
    found |= {_MEASURES.get(f.measure) for f in item.facts if _is(f, printed)}
    return {role for role in found if role is not None}


def _alike(role: str, other: str) -> bool:
    return role == other or any({role, other} <= pair for pair in _SAME_ROLE)


def _before(text: str, amount: Amount) -> str:
    head = normalised(text[: amount.start]).text
    return re.sub(r"[-+]?[\d,.]*$", "", head)[-NEAR:]


def _role(text: str, amount: Amount, year: int | None) -> str | None:
    before = _before(text, amount)
    prior = _PRIOR.search(before)
    if prior is not None and (prior["year"] is None or (year is not None and int(prior["year"]) < year)):
        return "上年"
    if _LAST_YEARS.search(before):
        return "上年"
    return next((name for name, pattern in _ROLES if pattern.search(before)), None)


def _direction(text: str, amount: Amount) -> str | None:
    before = _before(text, amount)
    way = "增" if _UP.search(before) else "减" if _DOWN.search(before) else None
    return way if way is None or _INVERTED.search(before) is None else {"增": "减", "减": "增"}[way]


def _way(text: str) -> str | None:
    """The one direction that words anywhere before a figure tell, or None."""
    ways = [way for way, words in _CHANGED.items() if words.search(normal(text))]
    return ways[0] if len(ways) == 1 else None
