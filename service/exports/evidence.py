"""A finding's evidence as a report shows it: strips of pages with the figures marked, and the list of operands."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from service.exports import wording
from service.exports.pictures import Crop, Pictures
from service.records import Box, DocumentInfo, Finding, Quantity
from service.text import normal

MOST_STRIPS = 4
"""Of one finding; the list of operands names the pages of all."""
MOST_OPERANDS = 12
SIZE = 1.1
"""CSS pixels a point at which a strip is shown where there is room: a little larger than on paper."""
LANDSCAPE = 640.0
"""Strips wider than this (points) come from landscape pages."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of a page and what is marked on it."""

    crop: Crop
    stated: tuple[Box, ...]
    operands: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """An operand as listed: the figure, its page, and its quote unless that is shown already."""

    figure: str
    page: int
    quote: str


def strips(info: DocumentInfo, finding: Finding, pictures: Pictures) -> list[Strip]:
    """The strips that show a finding: the questioned place first, then in the order in which the operands are named."""
    operands: dict[int, list[Box]] = {finding.place.page: []}
    for operand in finding.operands:
        operands.setdefault(operand.place.page, []).extend(operand.place.boxes)
    made: list[Strip] = []
    for page, used in operands.items():
        here = finding.place.boxes if page == finding.place.page else ()
        made.extend(
            Strip(crop, tuple(b for b in here if _within(b, crop.part)), tuple(dict.fromkeys(b for b in used if _within(b, crop.part))))
            for crop in pictures(info, page, tuple(dict.fromkeys([*here, *used])))
        )
    return sorted(made, key=lambda strip: _rank(strip, finding))[:MOST_STRIPS]


def _rank(strip: Strip, finding: Finding) -> int:
    """-1 for the questioned place, else the number (from 0) of the first operand that the strip shows."""
    if strip.stated:
        return -1
    shown = (
        n for n, o in enumerate(finding.operands) if o.place.page == strip.crop.page and any(b in strip.operands for b in o.place.boxes)
    )
    return next(shown, len(finding.operands))


def figure(shown: Sequence[Strip]) -> str:
    """The strips drawn, each an SVG whose unit is the point: the picture, and the marks over it."""
    if not shown:
        return ""
    return f'<div class="pages">{"".join(_strip(strip) for strip in shown)}</div>'


def operands(finding: Finding) -> tuple[list[Listed], int]:
    """The figures computed with, each once and without those that only repeat the questioned one; and how many are left out."""
    rows: dict[Listed, None] = {}
    for operand in finding.operands:
        shown = Quantity(operand.text, operand.unit)
        place = operand.place
        beside = place.page == finding.place.page and (place.quote in finding.place.quote or finding.place.quote in place.quote)
        if beside and shown == finding.stated:
            continue
        bare = normal(place.quote) == normal(operand.text + operand.unit)
        rows[Listed(wording.quantity(shown), place.page, "" if beside or bare else place.quote)] = None
    listed = list(rows)
    return listed[:MOST_OPERANDS], max(0, len(listed) - MOST_OPERANDS)


def _strip(strip: Strip) -> str:
    x0, y0, x1, y1 = strip.crop.part
    wide, high = x1 - x0, y1 - y0
    marks = "".join(_mark(box, "stated") for box in strip.stated) + "".join(_mark(box, "operand") for box in strip.operands)
    data = b64encode(strip.crop.png).decode()
    return (
        f'<figure class="{"landscape" if wide > LANDSCAPE else "portrait"}"><figcaption>第 {strip.crop.page} 页</figcaption>'
        f'<div class="strip"><svg viewBox="{x0:.1f} {y0:.1f} {wide:.1f} {high:.1f}" width="{round(SIZE * wide)}" role="img"'
        f' aria-label="第 {strip.crop.page} 页的原貌，相关数字已标出">'
        f'<image href="data:image/png;base64,{escape(data)}" x="{x0:.1f}" y="{y0:.1f}" width="{wide:.1f}" height="{high:.1f}"'
        f' preserveAspectRatio="none"/>{marks}</svg></div></figure>'
    )


def _mark(box: Box, kind: str) -> str:
    x0, y0, x1, y1 = box
    return f'<rect class="{kind}" x="{x0 - 1:.1f}" y="{y0 - 1.5:.1f}" width="{x1 - x0 + 2:.1f}" height="{y1 - y0 + 3:.1f}" rx="1.5"/>'


def _within(box: Box, part: Box) -> bool:
    return box[1] < part[3] and box[3] > part[1]
