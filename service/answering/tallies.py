"""A stretch of prose → the figures that it tells one after another, each with the words that say what it is of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from service import amounts
from service.amounts import Amount, Form
from service.answering.desk import Desk
from service.answering.draft import Term
from service.answering.material import part
from service.answering.units import Unit
from service.records import DocumentInfo
from service.text import normal

FEWEST = 2
"""Fewer are no list."""
_PARTED = re.compile(r"[、，,；;：:。（(）)]")
_LEAD = re.compile(r"^(?:其中|和|及|以及|与|包括|主要是?|分别是?|全年|用于|安排|[一二三四五六]是)+")
_TAIL = re.compile(r"(?:支出|安排|决算数?|预算数?|共计?|合计|累计|约|达到?|为|是)+$")
_COMPARED = re.compile(
    r"^(?:20\d\d年度?)?(?:当年|全年|年初)?(?:预算|决算)(?:执行|安排)*数?为?$|[比较](?!例|重)|同比|上年|去年|(?:增加|减少|增长|下降|降低|上升|提高)(?:了|额|约|到)?$|^占"
)
_AFTER = re.compile(r"^[,，]?(?:主要)?(?:用于|是)([^、，,；;。]{2,30})")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a stretch, and what the words around it call it."""

    name: str
    amount: Amount
    compared: bool = False
    """A change, a rate's base or another year's figure (比上年…, 增加…): no part of a list."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures of one unit told one after another, and the figure before them that they add up to, if there is one."""

    unit: Unit
    entries: tuple[Told, ...]
    whole: Told | None


def figures(unit: Unit) -> Sequence[Told]:
    """All figures with a unit that a stretch of prose prints, in its order."""
    return _figures(unit.text)


@lru_cache(maxsize=8192)
def _figures(text: str) -> tuple[Told, ...]:
    made, last = [], 0
    for amount in amounts.numbers(text):
        if amount.form is not Form.FIGURE or not amount.unit:
            continue
        before = _PARTED.split(text[last : amount.start])[-1]
        name = _TAIL.sub("", _LEAD.sub("", normal(before)))
        after = _AFTER.match(text[amount.end :])
        if len(name) < FEWEST and after is not None:
            name = normal(after[1])
        made.append(Told(name, amount, _COMPARED.search(normal(before)) is not None))
        last = amount.end
    return tuple(made)


def of(unit: Unit) -> Iterator[Tally]:
    """The lists that a stretch tells: named figures of one unit, one after another."""
    told = figures(unit)
    at = 0
    for (_, compared), run in groupby(told, key=lambda t: (t.amount.unit, t.compared)):
        entries = list(run)
        if not compared:
            yield from _tallies(unit, entries, told[:at])
        at += len(entries)


def _tallies(unit: Unit, run: Sequence[Told], earlier: Sequence[Told]) -> Iterator[Tally]:
    """A run as a whole and its parts where it begins with their sum; else as parts of a figure before it, or of none."""
    for first in range(len(run) - FEWEST):
        rest = run[first + 1 :]
        if sum((t.amount.value for t in rest), Decimal(0)) == run[first].amount.value and all(t.name for t in rest):
            yield Tally(unit, tuple(rest), run[first])
            return
    if len(run) >= FEWEST and all(len(t.name) >= FEWEST for t in run):
        total = sum((t.amount.value for t in run), Decimal(0))
        whole = next((t for t in earlier if (t.amount.unit, t.amount.value) == (run[0].amount.unit, total)), None)
        yield Tally(unit, tuple(run), whole)


def cited(desk: Desk, info: DocumentInfo, unit: Unit) -> tuple[str, ...]:
    """The labels of a stretch, one a page."""
    places = part(unit.passage, unit.start, unit.end)
    return tuple(desk.book.cite(info, unit.passage.section, place) for place in places)


def term(desk: Desk, labels: Sequence[str], amount: Amount) -> Term:
    """A figure of a stretch as an operand, under the label whose quote prints it."""
    form = normal(amount.printed)
    label = next((one for one in labels if form in normal(desk.book.items[one].place.quote)), labels[0])
    return Term(label, amount.printed.removesuffix(amount.unit), amount.unit)


def shown(amount: Amount) -> str:
    """A figure as told."""
    return f"{amounts.plain(amount.value)}{amount.unit}"
