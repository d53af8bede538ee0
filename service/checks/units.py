"""G1: amounts of the prose whose digits stand in a table ten thousand times greater or smaller, and amounts without a unit."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service import amounts
from service.checks.ledgers import Ledger
from service.checks.outcomes import Issue, Outcome, raised
from service.checks.printed import Printed
from service.checks.sentences import Mark, Role, Sentence
from service.records import Quantity, Severity
from service.text import normal

_DIGITS = 4
"""Significant digits from which a figure is told from others by its digits alone."""
_WANTS_UNIT = re.compile(r"(?:年初预算|全年预算|调整预算|预算|支出决算|收入决算|决算|合计|总计|支出|收入)数?(?:为|是|共)?$")
_ENDS = re.compile(r"\s*(?:[,，。;；、)）]|$)")
_SLIP = Decimal(10_000)
_ROLES = (Role.HEAD, Role.FINAL, Role.INITIAL, Role.FULL, Role.BUDGET)


def slipped(sentences: Sequence[Sentence], panels: Sequence[Sequence[Ledger]]) -> Iterator[Outcome]:
    """An amount of prose that no table prints, and that a table prints ×10⁴ or ÷10⁴: 元 and 万元 mistaken for each other.

    Digits decide: four significant ones at least. Besides, an amount with decimals and no unit at all.
    Source: CHECKS.md G, "value matches a table cell at ×10^±4".
    """
    cells = sorted(_cells(panels), key=lambda f: f.value * amounts.YUAN[f.unit])
    values = [f.value * amounts.YUAN[f.unit] for f in cells]
    for sentence in sentences:
        for mark in sentence.of(*_ROLES):
            found = _elsewhere(mark.printed, values) if mark.printed.unit in amounts.YUAN else None
            if found is not None:
                yield raised(_unlike(sentence, mark, cells[found]))
        for mark in sentence.marks:
            if _lacks_unit(sentence, mark):
                explain = f"文中写「{normal(mark.words)[-12:]}{mark.printed.text}」，数字后没有金额单位"
                said = Quantity(mark.printed.text, "")
                yield raised(Issue("unit", Severity.SUSPICIOUS, said, None, sentence.where, sentence.place, (mark.printed,), explain))


def _cells(panels: Sequence[Sequence[Ledger]]) -> Iterator[Printed]:
    """Every amount of money in the tables."""
    for side in panels:
        for ledger in side:
            for row in ledger.rows:
                yield from (printed for printed in row.amounts.values() if printed.unit in amounts.YUAN)


def _elsewhere(printed: Printed, values: list[Decimal]) -> int | None:
    """Index of a table amount that is this one with the other unit; None when the amount itself stands in a table."""
    if len(printed.text.replace(".", "").strip("0")) < _DIGITS or _holding(printed, values, Decimal(1)) is not None:
        return None
    found = (_holding(printed, values, factor) for factor in (_SLIP, 1 / _SLIP))
    return next((n for n in found if n is not None), None)


def _holding(printed: Printed, values: list[Decimal], factor: Decimal) -> int | None:
    """Index of the first table amount inside the interval of a figure times a factor."""
    span = printed.interval()
    low, high = span.low * factor, span.high * factor
    at = bisect_left(values, low)
    return at if at < len(values) and values[at] <= high else None


def _lacks_unit(sentence: Sentence, mark: Mark) -> bool:
    """A figure with decimals after the name of an amount, with nothing behind it."""
    if mark.printed.unit or "." not in mark.printed.text or not _WANTS_UNIT.search(mark.words):
        return False
    return bool(_ENDS.match(sentence.paragraph.text, mark.end))


def _unlike(sentence: Sentence, mark: Mark, figure: Printed) -> Issue:
    """The same digits with another unit."""
    text = mark.printed
    other = "元" if text.unit == "万元" else "万元"
    explain = f"文中写 {text.text} {text.unit}，表中同样的数字为 {figure.text} {figure.unit}，相差一万倍，疑为元与万元混用"
    stated, expected = Quantity(text.text, text.unit), Quantity(text.text, other)
    where, place = sentence.where, sentence.place
    return Issue("unit", Severity.ERROR, stated, expected, where, place, (text, figure), explain, ("unit-slip",))
