"""Sentences of the statutory narrative under their headings, and what is read in them."""

from service.facts import rules
from service.records import Disclosure, Kind
from tests.support.made import document, paragraph

FIVE = ("第二部分情况说明", "五、一般公共预算财政拨款支出决算情况说明")
OVERALL = ("第三部分情况说明", "一、收支预算总体情况说明")
Row = tuple[str, str, str, str]
"""Item, measure, value and unit of a fact."""


def read(*lines: str, section: tuple[str, ...], kind: Kind = Kind.FINAL, year: int = 2023) -> Disclosure:
    """What a paragraph of these lines under these headings states."""
    return rules.read(document([paragraph(*lines, section=section)], kind=kind, year=year))


def rows(disclosure: Disclosure) -> list[Row]:
    """Its facts in their order."""
    return [(f.item, f.measure, str(f.value), f.unit) for f in disclosure.facts]
