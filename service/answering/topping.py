"""Which rows of a table that the question names have most or least: 「06表里哪项花得最多」."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from service import amounts
from service.answering import cells, column_words, grids
from service.answering.cells import Found
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.grids import Grid, Slot
from service.answering.matching import key
from service.answering.plan import Ask
from service.answering.titles import Wanted
from service.text import normal

MOST_DOCUMENTS = 2
USUAL = 3
"""So many are told where the question names no number."""
_MOST = re.compile(r"最[多大高贵]|前[一二三四五六七八九十\d]+")
_LEAST = re.compile(r"最[少小低]")
_HOW_MANY = re.compile(r"(?:前|最[多大高贵少小低]的?)([一二三四五六七八九十]{1,3}|\d{1,2}(?![\d年]))(?:项|个|名|位|笔|类)?")
_WHICH = re.compile(r"哪|什么|谁|排")
_WHOLE = re.compile(r"合计|小计|总计|金额|决算数|预算数|支出预算|本年支出|总额")
_SUMS = re.compile(r"合计$|小计$|总计$|^其中|^本年|结转|结余|^注")
_CODE = re.compile(r"\d{3,9}")
_NEAR = 3
"""An item's code stands at most so many cells before its figure's name."""


def tell(desk: Desk) -> list[Sentence] | None:
    """The first rows of the table that the question names; None where it names none or ranks nothing."""
    text = desk.plan.topic or desk.plan.text
    ranked = _MOST.search(text) or _LEAST.search(text)
    if desk.plan.ask is Ask.WHY or not ranked or not _WHICH.search(text) or len(desk.documents) > MOST_DOCUMENTS:
        return None
    wanted = Wanted(text)
    if not wanted.table:
        return None
    for info in desk.documents:
        every = [grids.read(table) for table in desk.material.tables(info.doc)]
        for equals in wanted.among(every):
            for _, grid in equals:
                rows = _ranked(grid, text)
                if rows:
                    number = _number(text)
                    found = [Found(0.0, grid, slot.label, (slot,), (0, 0)) for slot in rows[:number]]
                    told = [cells.sentence(desk.plan, info, one, desk.material, desk.book) for one in found]
                    lead = "最低的是" if _LEAST.search(text) else "最高的是"
                    return [replace(told[0], text=f"{lead}{told[0].text}"), *told[1:]]
    return None


def _number(text: str) -> int:
    said = _HOW_MANY.search(text)
    if said is None:
        return USUAL
    return max(1, int(said[1]) if said[1].isdigit() else amounts.chinese(said[1]) or USUAL)


def _ranked(grid: Grid, text: str) -> list[Slot]:
    """The innermost items (by their codes) of a table by the column asked for, or by their whole, in order."""
    rows = [(slot, value) for slot, value in _items(grid, text) if value != 0]
    least = _LEAST.search(text) is not None
    return [slot for slot, _ in sorted(rows, key=lambda row: row[1] if least else -row[1])]


def _items(grid: Grid, text: str) -> Iterator[tuple[Slot, Decimal]]:
    rows: dict[tuple[int, tuple[str, ...]], list[Slot]] = {}
    for slot in grid.slots:
        if slot.labels:
            rows.setdefault((slot.row, slot.labels), []).append(slot)
    codes = {_code(grid, slots[0]) for slots in rows.values()} - {""}
    for slots in rows.values():
        code = _code(grid, slots[0])
        if _SUMS.search(key(slots[0].label)) or not code or any(c != code and c.startswith(code) for c in codes):
            continue
        column = _column(slots, text)
        figure = amounts.cell(column.cell.text) if column is not None else None
        if column is not None and figure is not None:
            yield column, figure.value


def _column(slots: Sequence[Slot], text: str) -> Slot | None:
    """The column that the question names, else the row's whole, else its first figure."""
    named = [slot for slot in slots if column_words.share(normal(slot.head), text) > 0]
    printed = [slot for slot in slots if amounts.cell(slot.cell.text) is not None]
    whole = [slot for slot in printed if _WHOLE.search(normal("/".join(slot.path)))]
    return next(iter(named or whole or printed), None)


def _code(grid: Grid, slot: Slot) -> str:
    """The code that stands before an item's name, or nothing."""
    row = grid.table.rows[slot.row]
    name = next((c for c in range(slot.column - 1, -1, -1) if row[c].text == slot.labels[-1]), slot.column)
    before = [normal(row[c].text) for c in range(max(0, name - _NEAR), name)]
    digits = [text for text in before if re.fullmatch(r"\d{2,9}", text)]
    joined = "".join(digits)
    return joined if _CODE.fullmatch(joined) else digits[-1] if digits and _CODE.fullmatch(digits[-1]) else ""
