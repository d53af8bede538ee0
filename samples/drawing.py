"""Draws a document in the manner of a Chinese government office: headings, prose and ruled tables on A4 pages.

The only module here that touches PyMuPDF. The one font is PyMuPDF's built-in CJK font, so no system font is needed and
the same input gives the same pages everywhere.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pymupdf

from samples.ruled import CENTRE, LEADING, LEFT, PADDING, Block, Grid, Placed, lay

A4 = (595.0, 842.0)
MARGIN = 72.0
TABLE_MARGIN = 42.0
TOP, FOOT = 68.0, 64.0
NOTICE = "示例文件 · 机构与数据均为虚构"
BODY, LINE = 12.0, 20.0
_BANNED_FIRST = set("，。、；：！？）》”’〕】%")
_BANNED_LAST = set("（《“‘〔【")
_TOKEN = re.compile(r"（[A-Z/]+）|[≥≤]?[0-9][0-9,.]*%?|[A-Za-z]+|.", re.DOTALL)


@lru_cache(maxsize=1)
def font() -> pymupdf.Font:
    """The CJK font that PyMuPDF carries."""
    return pymupdf.Font("china-s")


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    return float(font().text_length(character, 1.0))


def width(text: str, size: float) -> float:
    """Printed width of a text."""
    return size * sum(map(_advance, text))


def wrap(text: str, size: float, limit: float) -> list[str]:
    """Lines no wider than `limit`; figures stay whole, closing marks never open a line."""
    return [line for part in text.split("\n") for line in _wrap_one(part, size, limit)]


def _wrap_one(text: str, size: float, limit: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for token in _TOKEN.findall(text):
        if line and width(line + token, size) > limit + 0.01:
            kept = _TOKEN.findall(line)
            carry = token
            while len(kept) > 1 and (carry[0] in _BANNED_FIRST or kept[-1] in _BANNED_LAST):
                carry = kept.pop() + carry
            lines.append("".join(kept))
            line = carry
        else:
            line += token
    return [*lines, line] if line else lines


@dataclass(slots=True)
class _Style:
    """How a run of text is set."""

    size: float
    bold: bool = False
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)


class Paper:
    """A document being drawn, top to bottom; `y` is the next free height on the current page."""

    def __init__(self, title: str, foot: str = "— {} —") -> None:
        self._doc = pymupdf.open()
        self._title, self._foot = title, foot
        self._page: pymupdf.Page = None
        self._run: tuple[_Style, pymupdf.TextWriter] | None = None
        self.y = 0.0

    @property
    def pages(self) -> int:
        """Pages so far."""
        return int(self._doc.page_count)

    def page(self, *, landscape: bool = False) -> None:
        """Begin a page, with the notice above and its number below."""
        self._flush()
        w, h = (A4[1], A4[0]) if landscape else A4
        self._page = self._doc.new_page(width=w, height=h)
        self.y = TOP
        grey = _Style(8.5, colour=(0.42, 0.42, 0.42))
        self._put((w - width(NOTICE, 8.5)) / 2, 40.0, NOTICE, grey)
        self._rule(TABLE_MARGIN, 47.0, w - TABLE_MARGIN, 47.0, 0.4, 0.7)
        number = self._foot.format(self.pages)
        self._put((w - width(number, 10.5)) / 2, h - 38.0, number, _Style(10.5))

    def centred(self, text: str, size: float, *, bold: bool = False, after: float = 14.0) -> None:
        """One or more centred lines (a title)."""
        for line in wrap(text, size, self._wide - 2 * MARGIN):
            self._put((self._wide - width(line, size)) / 2, self.y + size, line, _Style(size, bold))
            self.y += size * 1.5
        self.y += after

    def heading(self, text: str, level: int) -> None:
        """A heading: 1 a part (centred), 2 「一、」, 3 「（一）」."""
        self._room(3 * LINE)
        if level == 1:
            self.centred(text, 18.0, bold=True, after=10.0)
            return
        size, bold = (13.5, True) if level == 2 else (BODY, True)
        for n, line in enumerate(wrap(text, size, self._wide - 2 * MARGIN - 2 * size)):
            self._room(LINE)
            self._put(MARGIN + (2 * size if n == 0 else 0), self.y + size, line, _Style(size, bold))
            self.y += LINE
        self.y += 1.0

    def entry(self, text: str, indent: int) -> None:
        """A line of the contents."""
        for line in wrap(text, 12.0, self._wide - 2 * MARGIN - 24.0 * indent):
            self._room(19.0)
            self._put(MARGIN + 24.0 * indent, self.y + 12.0, line, _Style(12.0, indent == 0))
            self.y += 19.8

    def prose(self, text: str) -> None:
        """A paragraph, first line indented by two characters, justified."""
        limit = self._wide - 2 * MARGIN
        first = wrap("　　" + text, BODY, limit)
        for n, line in enumerate(first):
            self._room(LINE)
            shown = line.removeprefix("　　")
            start = MARGIN + (2 * BODY if n == 0 else 0.0)
            self._justified(start, shown, MARGIN + limit if n + 1 < len(first) else None)
            self.y += LINE

    def note(self, text: str, size: float = 9.0) -> None:
        """A remark under a table."""
        for line in wrap(text, size, self._wide - 2 * TABLE_MARGIN):
            self._room(size * 1.5)
            self._put(TABLE_MARGIN, self.y + size, line, _Style(size))
            self.y += size * 1.45
        self.y += 6.0

    def corners(self, left: str, middle: str, right: str, size: float = 9.0) -> None:
        """The line over a table: whose it is, the year, the unit."""
        base = self.y + size
        self._put(TABLE_MARGIN, base, left, _Style(size))
        self._put((self._wide - width(middle, size)) / 2, base, middle, _Style(size))
        self._put(self._wide - TABLE_MARGIN - width(right, size), base, right, _Style(size))
        self.y += size * 1.8

    def table(self, grid: Grid, *, landscape: bool = False) -> None:
        """A ruled table, scaled to the page's width, over as many pages as it needs."""
        usable = self._wide - 2 * TABLE_MARGIN
        scale = usable / sum(grid.widths)
        grid = Grid(tuple(w * scale for w in grid.widths), grid.aligns, grid.head, grid.body, grid.size, grid.repeat, grid.least)
        head, body = lay(grid.head, grid, wrap), lay(grid.body, grid, wrap)
        self._block(head, grid, 0, len(head.heights), CENTRE)
        row = 0
        while row < len(body.heights):
            end = self._fits(body, row)
            if end == row:
                self.page(landscape=landscape)
                if grid.repeat:
                    self._block(head, grid, 0, len(head.heights), CENTRE)
                continue
            self._block(body, grid, row, end, None)
            row = end
        self.y += 10.0

    def save(self, path: Path) -> None:
        """Write the PDF with only the glyphs in use and with fixed dates and identity, so that equal input gives equal bytes."""
        self._flush()
        self._doc.subset_fonts()
        date = "D:20250901090000+08'00'"
        self._doc.set_metadata(
            {
                "title": self._title,
                "author": "明账示例",
                "producer": "samples.make",
                "creator": "samples.make",
                "creationDate": date,
                "modDate": date,
            }
        )
        self._doc.save(path, garbage=4, deflate=True, no_new_id=True)

    @property
    def _wide(self) -> float:
        return float(self._page.rect.width)

    @property
    def _bottom(self) -> float:
        return float(self._page.rect.height) - FOOT

    def _room(self, height: float) -> None:
        """Go to a new page when less than `height` is left."""
        if self.y + height > self._bottom:
            self.page(landscape=self._wide > A4[0])

    def _put(self, x: float, baseline: float, text: str, style: _Style) -> None:
        if not text:
            return
        look = _Style(0.0, style.bold, style.colour)
        if self._run is None or self._run[0] != look:
            self._flush()
            self._run = (look, pymupdf.TextWriter(self._page.rect, color=style.colour))
        self._run[1].append((x, baseline), text, font=font(), fontsize=style.size)

    def _flush(self) -> None:
        """Write the text collected for the page: one run a change of look, so that the text layer keeps the reading order."""
        if self._run is not None:
            style, writer = self._run
            writer.write_text(self._page, render_mode=2 if style.bold else 0)
        self._run = None

    def _justified(self, x: float, line: str, right: float | None) -> None:
        """A line of prose; to reach `right`, the gaps between tokens are widened a little (a wide gap would read as a space)."""
        tokens = _TOKEN.findall(line)
        gap = 0.0
        if right is not None and len(tokens) > 1:
            gap = (right - x - width(line, BODY)) / (len(tokens) - 1)
            gap = gap if 0 < gap < 0.12 * BODY else 0.0
        for token in tokens:
            self._put(x, self.y + BODY, token, _Style(BODY))
            x += width(token, BODY) + gap

    def _fits(self, block: Block, start: int) -> int:
        """The end of the rows from `start` that fit on the page, not cutting a cell that spans rows."""
        y, end = self.y, start
        for row in range(start, len(block.heights)):
            y += block.heights[row]
            if y > self._bottom:
                break
            if block.may_break(row + 1):
                end = row + 1
        return end

    def _block(self, block: Block, grid: Grid, start: int, end: int, align: str | None) -> None:
        """Draw rows start to end (exclusive)."""
        tops = [self.y]
        for height in block.heights[start:end]:
            tops.append(tops[-1] + height)
        lefts = [TABLE_MARGIN]
        for w in grid.widths:
            lefts.append(lefts[-1] + w)
        shape = self._page.new_shape()
        for p in block.cells:
            if start <= p.row < end:
                box = pymupdf.Rect(lefts[p.column], tops[p.row - start], lefts[p.end_column], tops[p.end_row - start])
                shape.draw_rect(box)
                self._cell(p, box, grid.size, p.cell.align or align or grid.aligns[p.column])
        shape.finish(width=0.6, color=(0.1, 0.1, 0.1))
        shape.commit()
        self.y = tops[-1]

    def _cell(self, placed: Placed, box: pymupdf.Rect, size: float, align: str) -> None:
        """The lines of a cell, centred in height."""
        step = size * LEADING
        baseline = (box.y0 + box.y1 - step * len(placed.lines)) / 2 + size * 1.02
        for line in placed.lines:
            free = box.width - width(line, size)
            x = box.x0 + (PADDING if align == LEFT else free / 2 if align == CENTRE else free - PADDING)
            self._put(x, baseline, line, _Style(size, placed.cell.bold))
            baseline += step

    def _rule(self, x0: float, y0: float, x1: float, y1: float, thick: float, grey: float) -> None:
        self._page.draw_line((x0, y0), (x1, y1), width=thick, color=(grey, grey, grey))
