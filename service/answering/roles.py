"""What a figure stands for in a sentence (年初预算, 决算, 增加 …), so that a right number in a wrong role is caught."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from service import amounts
from service.amounts import Amount
from service.answering.draft import Evidence
from service.records import Fact
from service.text import normalised

NEAR = 16
"""A role word stands within so many characters before its figure."""

_PRIOR = re.compile(r"(?:上年|去年|上一年|上年度|(?P<year>20\d\d)年)度?(?:当年|年初|预算|决算|执行|支出|收入)*数?(?:[为是:的])*$")
_ROLES = (
    ("完成率", re.compile(r"(?:完成(?:了)?(?:年初|全年|调整)?预算(?:数)?的?|完成率|执行率)(?:[为是:约])*$")),
    ("年初预算", re.compile(r"年初预算数?(?:安排|总额|合计|[为是:])*$")),
    ("全年预算", re.compile(r"全年预算数?(?:安排|总额|合计|[为是:])*$")),
    ("调整预算", re.compile(r"调整(?:后)?预算数?(?:[为是:])*$")),
    ("决算", re.compile(r"(?:支出决算|收入决算|决算支出|决算收入|决算)(?:数|总额|合计|[为是:])*$")),
    ("执行", re.compile(r"(?:执行数|实际支出|实际执行|实际花了|实际花费)(?:[为是:了])*$")),
    ("占比", re.compile(r"(?:占(?:[^,。;、]{0,10}的)?(?:比例|比重|比)?)(?:[为是:约])*$")),
)
_UP = re.compile(r"(?:增加|增长|上升|提高|上涨|多|高出|超出|超支|上浮|增幅|涨)(?:了|额|幅度|率|约|[为是:])*$")
_DOWN = re.compile(r"(?:剩下|余下|减少|下降|降低|缩减|压减|少|低于|结余|剩余|没花完|未花|节约|降幅|下浮|跌)(?:了|额|幅度|率|约|[为是:])*$")
BASES = {"年初预算", "全年预算", "调整预算", "上年"}
"""Roles that others are measured against."""
_SUFFICES = re.compile(r"「([^「」]*\d[^「」]*)」(是?不够|是?够)")
BETWEEN = 24
"""Longest text (characters) between two figures that are compared."""
_BASE = re.compile(r"比(年初预算|全年预算|调整预算|预算|上年度|上年|去年|20\d\d年)(?:决算|执行|预算|安排)*数?[^,。;]{0,4}$")
_SAME_ROLE = ({"决算", "执行"},)
_MEASURES = {
    "年初预算": "年初预算", "全年预算": "全年预算", "调整预算": "调整预算", "决算": "决算", "执行数": "执行",
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
    role, way = _role(text, amount, item.year), _direction(text, amount)
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
    if way and all(other and other != way for _, other in theirs):
        return f"{amount.printed}{amount.unit} 的增减方向与原文相反"
    return None


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


def false_comparison(text: str, found: Sequence[Amount]) -> str | None:
    """A comparison of two figures of the sentence that they contradict (「98.92%，低于…53.50%」), or None."""
    for a, b in pairwise(sorted(found, key=lambda f: f.start)):
        between = text[a.end : b.start]
        if a.unit != b.unit or len(between) > BETWEEN or re.search(r"[。；;]", between):
            continue
        if re.search(r"高于|大于|超过|多于|高出", between) and a.value <= b.value:
            return f"{a.printed}{a.unit} 并不大于 {b.printed}{b.unit}"
        if re.search(r"低于|小于|少于|不及|不足", between) and a.value >= b.value:
            return f"{a.printed}{a.unit} 并不小于 {b.printed}{b.unit}"
    rates = [f for f in found if f.unit == "%" and _role(text, f, None) == "完成率"]
    over = re.search(r"(?<!没有)(?<!未)(?:超额完成|超出了?预算|超预算|超支)", text)
    under = re.search(r"(?:没有|未)(?:超|完成)|没花完|未花完", text)
    if over and rates and all(f.value <= 100 for f in rates):
        return f"完成率 {rates[0].printed}% 不是超预算"
    if under and not over and rates and all(f.value > 100 for f in rates):
        return f"完成率 {rates[0].printed}% 是超预算"
    return None


def false_sufficiency(text: str, found: Sequence[Amount]) -> str | None:
    """That an amount of the question's 「…」 is enough or not, where the sentence's one figure of money says otherwise, or None."""
    for words, verdict in _SUFFICES.findall(text):
        given = [a for a in _amounts(words) if a.unit in amounts.YUAN]
        costs = [a for a in found if a.unit in amounts.YUAN]
        if len(given) != 1 or len(costs) != 1:
            return f"「{words}」{verdict}：要写明与哪一个数相比"
        enough = given[0].value * amounts.YUAN[given[0].unit] >= costs[0].value * amounts.YUAN[costs[0].unit]
        if enough is verdict.endswith("不够"):
            return f"「{words}」与 {costs[0].printed}{costs[0].unit} 相比，不是「{verdict}」"
    return None


def _amounts(words: str) -> list[Amount]:
    """Amounts as people say them: 500万 is 500万元."""
    return list(amounts.numbers(re.sub(r"块$", "元", re.sub(r"(?<=\d)([万亿])(?!元)", r"\1元", words))))


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
    return next((name for name, pattern in _ROLES if pattern.search(before)), None)


def _direction(text: str, amount: Amount) -> str | None:
    before = _before(text, amount)
    if _UP.search(before):
        return "增"
    return "减" if _DOWN.search(before) else None
