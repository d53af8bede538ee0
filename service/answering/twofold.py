"""A change that is printed once of both sides (收支较上年减少…) holds of income as of expenditure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.records import Fact
from service.text import normal

_BOTH = re.compile(r"(?:收支|收、支|收入[、和]支出)(?:总计|总额)?(?:与|较|比|同比)")
_SIDES = {"支出总计": "收入总计", "收入总计": "支出总计", "财政拨款支出总计": "财政拨款收入总计", "财政拨款收入总计": "财政拨款支出总计"}
_CHANGES = ("增减额", "增减率")


def facts(known: Sequence[Fact]) -> Sequence[Fact]:
    """The facts, with the other side's for each change of both sides that was read of one side alone."""
    printed = {(f.item, f.measure, f.where) for f in known}
    more = list(_other_sides(known, printed))
    return [*known, *more] if more else known


def _other_sides(known: Sequence[Fact], printed: set[tuple[str, str, str]]) -> Iterator[Fact]:
    for fact in known:
        other = _SIDES.get(fact.item)
        if other is None or fact.measure not in _CHANGES or fact.source != "text":
            continue
        if (other, fact.measure, fact.where) not in printed and _BOTH.search(normal(fact.place.quote)):
            yield replace(fact, item=other)
