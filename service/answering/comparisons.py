"""What a sentence says of one figure against another: more, less, as much, enough."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from service import amounts
from service.amounts import Amount
from service.records import Fact
from service.text import normal

BETWEEN = 24
"""Longest text (characters) between two figures that are compared."""
_SUFFICES = re.compile(r"「([^「」]*\d[^「」]*)」(是?不够|是?够)")
_RATE = re.compile(r"(?:完成(?:了)?(?:年初|全年|调整)?预算(?:数)?的?|完成率|执行率)(?:[为是:约])*[\d.,]*$")
_MORE, _LESS, _LEVEL = r"高于|大于|超过|超出|多于|高出", r"低于|小于|少于|不及|不足", r"等于|持平|相同|一致|相等"
_AGAINST = r"(?P<base>年初预算|全年预算|调整预算|上年)数?"
_CLAIM = re.compile(
    rf"(?P<denied>[未没不]|没有|并未|并不)?(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<level>等于))了?{_AGAINST}(?![\u4e00-\u9fff]{{0,4}}\d)"
    rf"|[与和]{_AGAINST.replace('base', 'other')}(?P<alike>{_LEVEL})"
)
_ROSE = re.compile(r"(?:增加|增长|上升|提高|提升|上涨|涨|升|增)(?:到|至|为)")
_FELL = re.compile(r"(?:减少|下降|降低|缩减|压减|回落|跌|降|减)(?:到|至|为)")
_ACTUAL = ("决算", "执行数")
_BASES = {"上年": ("上年数",)}


def false_level(text: str, found: Sequence[Amount], facts: Iterable[Fact]) -> str | None:
    """A comparison with a figure that the sentence does not tell, which the facts contradict (「决算96万元，高于年初预算」), or None.

    Args:
        text: the sentence, its quotations blanked.
        found: its figures.
        facts: what the rules read in the evidence cited.
    """
    read = list(facts)
    for match in _CLAIM.finditer(normal(text)):
        base = match["base"] or match["other"]
        for fact in read:
            if fact.measure not in _ACTUAL or not any(amounts.same(abs(fact.value), fact.unit, abs(a.value), a.unit) for a in found):
                continue
            against = [f for f in read if f.measure in _BASES.get(base, (base,)) and (f.item, f.unit) == (fact.item, fact.unit)]
            if against and not any(_holds(match, fact, other) for other in against):
                return f"「{match[0]}」与原文不符：{fact.measure}{fact.printed}，{base}{against[0].printed}"
    return None


def _holds(claim: re.Match[str], fact: Fact, other: Fact) -> bool:
    if claim["alike"] or claim["level"]:
        right = fact.value == other.value
    else:
        right = fact.value > other.value if claim["more"] else fact.value < other.value
    return right is not bool(claim["denied"])


def false_comparison(text: str, found: Sequence[Amount]) -> str | None:
    """A comparison of two figures of the sentence that they contradict (「98.92%，低于…53.50%」), or None."""
    for a, b in pairwise(sorted(found, key=lambda f: f.start)):
        between = text[a.end : b.start]
        if a.unit != b.unit or len(between) > BETWEEN or re.search(r"[。；;]", between):
            continue
        if re.search(_LEVEL, between) and a.value != b.value and not re.search(r"[未没不]", between):
            return f"{a.printed}{a.unit} 并不等于 {b.printed}{b.unit}"
        if (_ROSE.search(between) and a.value >= b.value) or (_FELL.search(between) and a.value <= b.value):
            return f"从 {a.printed}{a.unit} 到 {b.printed}{b.unit} 的增减方向不对"
        if re.search(_MORE, between) and a.value <= b.value:
            return f"{a.printed}{a.unit} 并不大于 {b.printed}{b.unit}"
        if re.search(_LESS, between) and a.value >= b.value:
            return f"{a.printed}{a.unit} 并不小于 {b.printed}{b.unit}"
    rates = [f for f in found if f.unit == "%" and _RATE.search(normal(text[: f.start]))]
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
