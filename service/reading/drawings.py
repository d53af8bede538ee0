"""The drawings of a page → its ruling lines, and the coloured areas that text may stand on."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from service.reading.glyphs import Turn, turned
from service.reading.sheet import Rule
from service.records import Box

THIN = 3.0
"""Filled shapes up to this thickness (points) are ruling lines."""
WHITE = 0.98
"""Fills as bright as this are backgrounds that Word paints behind cells and paragraphs, never rules."""


def rules(drawings: Sequence[dict[str, Any]], turn: Turn | None, width: float, height: float) -> Iterator[Rule]:
    """Ruling lines of a page: strokes along an axis, thin filled shapes, and the edges of rectangles."""
    for rule in _drawn(drawings, turn, width, height):
        if isfinite(rule.x0 + rule.y0 + rule.x1 + rule.y1):
            yield rule


def _drawn(drawings: Sequence[dict[str, Any]], turn: Turn | None, width: float, height: float) -> Iterator[Rule]:
    for drawing in drawings:
        items = drawing["items"]
        filled = "s" not in drawing["type"]
        if filled and min(drawing.get("fill") or (0,)) > WHITE:
            continue
        if filled and all(item[0] == "l" for item in items):
            yield from _edges(turned(drawing["rect"], turn), width, height, filled=True)
            continue
        for item in items:
            if item[0] == "l":
                (ax, ay), (bx, by) = item[1], item[2]
                box = turned((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), turn)
                if box[2] - box[0] < 1 or box[3] - box[1] < 1:
                    yield Rule(*box)
            elif item[0] == "re":
                yield from _edges(turned(item[1], turn), width, height, filled=filled)


def coloured(drawings: Sequence[dict[str, Any]], turn: Turn | None) -> list[Box]:
    """Filled areas that are not white."""
    return [turned(d["rect"], turn) for d in drawings if "f" in d["type"] and d.get("fill") and min(d["fill"]) <= WHITE]


def _edges(box: Box, width: float, height: float, *, filled: bool) -> Iterator[Rule]:
    """A thin rectangle is one rule; a larger one gives its four edges, unless it is the page's background."""
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) <= THIN:
        if max(x1 - x0, y1 - y0) > THIN:
            yield Rule(*box)
        return
    if filled and (x1 - x0) * (y1 - y0) > 0.7 * width * height:
        return
    yield Rule(x0, y0, x1, y0)
    yield Rule(x0, y1, x1, y1)
    yield Rule(x0, y0, x0, y1)
    yield Rule(x1, y0, x1, y1)
