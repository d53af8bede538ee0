"""A table's row as an answer: the cells of the item asked, never those of the panel beside it; a blank cell is told as blank."""

import re
from collections.abc import Sequence
from itertools import pairwise

from service.answering import cells, grids
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.grids import Grid, Slot
from service.answering.matching import key
from service.answering.needs import Fit, Need
from service.answering.units import Unit
from service.records import DocumentInfo

OF_FIGURES = (Fit.AMOUNT, Fit.ANY, Fit.CHANGE, Fit.PERCENT, Fit.COUNT)
"""Forms of an answer that a row without a figure of the item does not give."""
SAID = 0.75
"""A question that holds so much of a label names it."""
_MARK = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|其中[:：])")
_DIGIT = re.compile(r"\d")
_JOIN = re.compile(r"[和与及、()（）]")


def speaks(desk: Desk, need: Need, info: DocumentInfo, unit: Unit) -> bool:
    """Whether a row may be quoted for a need: it is not of several panels, or one of them is of the item asked.

    Args:
        desk: the composition.
        need: what is asked.
        info: whose row it is.
        unit: the row.
    """
    if need.fit not in OF_FIGURES:
        return True
    grid, panels = _panels(desk, info, unit)
    if grid is None or not panels:
        return True
    return bool(_named(desk, need, panels)) if _bare(panels) else True


def sentence(desk: Desk, need: Need, info: DocumentInfo, unit: Unit) -> Sentence | None:
    """The cells of the item asked, where a row of several panels (or of blank cells) holds it; None where the row is quoted whole."""
    grid, panels = _panels(desk, info, unit) if need.fit in OF_FIGURES else (None, {})
    named = _named(desk, need, panels) if _bare(panels) else []
    if grid is None or not named:
        return None
    slots = panels[named[0]]
    found = cells.Found(1.0, grid, _MARK.sub("", named[0][-1]), tuple(slots), (0, 0))
    return cells.sentence(desk.plan, info, found, desk.material, desk.book)


def _panels(desk: Desk, info: DocumentInfo, unit: Unit) -> tuple[Grid | None, dict[tuple[str, ...], list[Slot]]]:
    """The grid that a row stands in, and the row's cells by their names."""
    quote, page = unit.passage.quote, unit.passage.page
    for table in desk.material.tables(info.doc):
        if page not in table.pages or grids.is_form(table):
            continue
        row = next((n for n in range(len(table.rows)) if table.quote(n) == quote), None)
        if row is None:
            continue
        found: dict[tuple[str, ...], list[Slot]] = {}
        grid = grids.read(table)
        for slot in grid.slots:
            if slot.row == row and slot.labels:
                found.setdefault(slot.labels, []).append(slot)
        return grid, found
    return None, {}


def _bare(panels: dict[tuple[str, ...], list[Slot]]) -> bool:
    """Whether a row quoted whole would mislead: it has several panels, or no figure."""
    figures = any(_DIGIT.search(slot.cell.text) for slots in panels.values() for slot in slots)
    return len(panels) > 1 or not figures


def _named(desk: Desk, need: Need, panels: dict[tuple[str, ...], list[Slot]]) -> list[tuple[str, ...]]:
    """The panels whose innermost name the question says, the best first."""
    said = [need.text, *(name for m in desk.plan.items if m.score for name in m.names[:1])]
    shares = {labels: max(_share(labels[-1], text) for text in said) for labels in panels}
    return sorted((labels for labels in panels if shares[labels] >= SAID), key=lambda labels: -shares[labels])


def _share(label: str, text: str) -> float:
    name = _JOIN.sub("", key(_MARK.sub("", label)))
    pairs = _pairs(name)
    held = _pairs(_JOIN.sub("", key(text)))
    return sum(1 for pair in pairs if pair in held) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> Sequence[str]:
    return [a + b for a, b in pairwise(text)]
