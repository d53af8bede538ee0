"""Rows of a lane, from top to bottom → the items that they are: name, code, and what they stand under."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service import amounts
from service.facts import columns, lanes
from service.facts.lanes import Lane
from service.records import Cell
from service.text import normal

TOTAL = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|总计)")
"""Names of totals."""
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_CARRIED = re.compile(r"结转|结余")
_NUMBERED = re.compile(r"[一二三]、")
_TENS = "一二三四五六七八九十"
_ORDINALS = tuple(re.compile(p) for p in (rf"[{_TENS}]+、", rf"\([{_TENS}]+\)", r"\d{1,2}[、.]", r"\(\d{1,2}\)", r"其中:"))
"""Ordinals of the levels of a table whose rows are numbered, outermost first."""
_FISCAL = re.compile(r"财政拨款$")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is; `path` names its parents, outermost first."""

    name: str
    code: str | None
    path: tuple[str, ...]


class Reader:
    """Reads a lane's rows in order; parents hold until others stand there."""

    def __init__(self, lane: Lane, *, numbered: bool = False) -> None:
        """Begin a lane.

        Args:
            lane: the lane.
            numbered: whether the ordinals of its rows (一、（一）1.（1）) are levels.
        """
        self._lane = lane
        self._numbered = numbered
        self._above: dict[int, str] = {}
        self._by_length: dict[int, str] = {}
        self._group = ""
        self._carried = ""

    def read(self, cells: Sequence[Cell]) -> Row | None:
        """What the next row is; None when the lane names nothing there."""
        row = self._item(cells)
        return row if row is None or row.code or not self._lane.side else self._nested(row, cells)

    def _item(self, cells: Sequence[Cell]) -> Row | None:
        label = lanes.label(cells, self._lane)
        name = label.name
        path: tuple[str, ...] = ()
        if len(self._lane.names) == 2 and not self._lane.codes:
            name, path = self._grouped(cells, name)
        if (not name and not label.code) or lanes.LINE.fullmatch(normal(name)):
            return None
        code = label.code
        if _CODE.fullmatch(code):
            self._by_length[len(code)] = name
            above = tuple(self._by_length[n] for n in (3, 5) if n < len(code) and n in self._by_length)
            return Row(name or code, code, above)
        if name and self._numbered:
            path = self._under(name, label.ordinal)
        return Row(name, None, path) if name else None

    def _under(self, name: str, ordinal: str) -> tuple[str, ...]:
        """The rows that a numbered row stands under; none for a row without a number."""
        level = next((n for n, pattern in enumerate(_ORDINALS) if pattern.match(ordinal)), None)
        if level is None:
            return ()
        self._above = {n: above for n, above in self._above.items() if n < level}
        path = tuple(self._above[n] for n in sorted(self._above) if not TOTAL.fullmatch(normal(self._above[n])))
        self._above[level] = name
        return path

    def _grouped(self, cells: Sequence[Cell], name: str) -> tuple[str, tuple[str, ...]]:
        """一般公共预算资金 | 小计, then | 公共财政拨款: the first of two columns of names is the group."""
        first, second = (cells[c].text for c in self._lane.names)
        inner = next((t for t in (second, first) if t and not amounts.is_absent(t)), "")
        if not inner or first.isdigit():
            # A number of lines or of units is no group.
            self._group = ""
            return name, ()
        self._group = first or self._group
        named = self._group if normal(inner) in columns.SUMS and self._group else inner
        name = lanes.bare(named)[0]
        group = lanes.bare(self._group)[0]
        return name, (group,) if group and self._group != named else ()

    def _nested(self, row: Row, cells: Sequence[Cell]) -> Row:
        """Totals take their side (总计 on the left is 收入总计); funds under 年初结转和结余 take it as parent."""
        name = normal(row.name)
        if name in ("总计", "合计"):
            return replace(row, name=f"{self._lane.side}{row.name}")
        if _CARRIED.search(name):
            self._carried = row.name
            return row
        printed = normal("".join(cells[c].text for c in self._lane.names))
        if self._carried and _NUMBERED.match(printed) and _FISCAL.search(name):
            return replace(row, path=(self._carried,))
        if TOTAL.fullmatch(name):
            self._carried = ""
        return row
