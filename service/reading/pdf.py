"""The only door to PyMuPDF: a PDF file → sheets of lines with character positions and ruling lines, and page pictures."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from service.errors import EmptyFileError, EncryptedError, NotAPdfError, NotFoundError, TooLargeError
from service.reading import digest
from service.records import Box, Line

THIN = 3.0
"""Filled shapes up to this thickness (points) are ruling lines."""
GAP = 1.5
"""A gap wider than this many characters separates two lines on one baseline."""
ABOVE, BELOW = 0.88, 0.12
"""A line's box reaches so far above and below its baseline, in type sizes: the em box of Chinese fonts. Glyph boxes are not
used, since WPS and ONLYOFFICE files give punctuation boxes that sit on other lines."""
WHITE = 0.98
"""Fills as bright as this are backgrounds that Word paints behind cells and paragraphs, never rules."""
MAX_PIXELS = 40_000_000
"""Pictures are drawn at a lower resolution rather than beyond this size."""

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line or a thin filled bar, as (x0, y0, x1, y1) with x0 <= x1 and y0 <= y1; horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as PyMuPDF gives it, page rotation applied.

    `lines` are runs of text on one baseline, split where a gap is wider than `GAP` characters, so that a line never joins the
    texts of two columns that are visibly apart (it may still cross a vertical rule: split at rules by `xs`). Order: as in the file.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    images: int
    slanted: int = 0
    """Characters that do not run from left to right, and are not in `lines`."""
    damaged: bool = False
    """The page cannot be read; everything else is empty then."""


class Pdf:
    """An open PDF. Use through `opened`."""

    def __init__(self, document: "pymupdf.Document", digest: str) -> None:
        self._document = document
        self.digest = digest
        self.pages: int = document.page_count
        self.title: str = (document.metadata or {}).get("title") or ""

    def sheet(self, number: int) -> Sheet:
        """Read page `number` (from 1)."""
        try:
            return self._sheet(number)
        except (RuntimeError, ValueError):
            # MuPDF's errors for a damaged page; the document's other pages still serve.
            return Sheet(number, 0.0, 0.0, (), (), 0, damaged=True)

    def _sheet(self, number: int) -> Sheet:
        page = self._document[number - 1]
        turn = page.rotation_matrix if page.rotation else None
        raw = page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP)
        lines, slanted = _lines(raw, number, turn)
        rules = tuple(_rules(page.get_cdrawings(), turn, page.rect.width, page.rect.height))
        return Sheet(number, page.rect.width, page.rect.height, lines, rules, len(page.get_images()), slanted)

    def sheets(self) -> Iterator[Sheet]:
        """Every page in order."""
        for number in range(1, self.pages + 1):
            yield self.sheet(number)

    def picture(self, number: int, boxes: Sequence[Box] = (), dpi: int = 110) -> bytes:
        """Page `number` (from 1) as PNG, with `boxes` marked as with a highlighter."""
        page = self._document[number - 1]
        scale = dpi / 72
        pixels = page.rect.width * page.rect.height * scale * scale
        if pixels > MAX_PIXELS:
            scale *= (MAX_PIXELS / pixels) ** 0.5
        back = page.derotation_matrix
        shape = page.new_shape()
        for x0, y0, x1, y1 in boxes:
            shape.draw_rect(pymupdf.Rect(x0 - 1, y0 - 1.5, x1 + 1, y1 + 1.5) * back)
        if boxes:
            shape.finish(color=None, fill=(1, 0.87, 0.2), fill_opacity=0.42)
            shape.commit(overlay=True)
        picture: bytes = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False).tobytes("png")
        return picture


@contextmanager
def opened(path: Path, *, max_mb: int = 200, max_pages: int = 2000) -> Iterator[Pdf]:
    """Open a PDF for reading.

    Args:
        path: the file.
        max_mb: larger files (MiB) are refused.
        max_pages: longer documents are refused.

    Raises:
        NotFoundError: no such file.
        EmptyFileError: zero bytes, or no pages.
        NotAPdfError: not a PDF, or damaged beyond opening.
        EncryptedError: a password is needed.
        TooLargeError: over a limit.
    """
    document = _open(path, max_mb)
    try:
        if document.needs_pass:
            raise EncryptedError(
                f"{path.name}：文件已加密，请先解除密码再读入",
                f"{path.name}: the PDF is encrypted; remove its password first",
            )
        if document.page_count == 0:
            raise EmptyFileError(f"{path.name}：PDF 里没有页面", f"{path.name}: the PDF has no pages")
        if document.page_count > max_pages:
            raise TooLargeError(
                f"{path.name}：共 {document.page_count} 页，超过上限 {max_pages} 页（MINGZHANG_MAX_PAGES）",
                f"{path.name}: {document.page_count} pages, over the limit of {max_pages} (MINGZHANG_MAX_PAGES)",
            )
        yield Pdf(document, digest.of(path))
    finally:
        document.close()


def _open(path: Path, max_mb: int) -> "pymupdf.Document":
    """The PyMuPDF document, or one of our errors."""
    if not path.is_file():
        raise NotFoundError(f"{path}：没有这个文件", f"{path}: no such file")
    size = path.stat().st_size
    if size == 0:
        raise EmptyFileError(f"{path.name}：文件是空的（0 字节）", f"{path.name}: the file is empty (0 bytes)")
    if size > max_mb * 1024 * 1024:
        raise TooLargeError(
            f"{path.name}：文件超过上限 {max_mb} MiB（MINGZHANG_MAX_FILE_MB）",
            f"{path.name}: the file is over the limit of {max_mb} MiB (MINGZHANG_MAX_FILE_MB)",
        )
    try:
        document = _by_name_or_bytes(path)
        counted = document.needs_pass or document.page_count
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError) as error:
        raise _not_a_pdf(path) from error
    if not document.is_pdf or counted is None:
        document.close()
        raise _not_a_pdf(path)
    return document


def _by_name_or_bytes(path: Path) -> "pymupdf.Document":
    """Open a file; MuPDF takes names in UTF-8 only, so that one under another name is given as bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return pymupdf.open(stream=path.read_bytes(), filetype="pdf")
    return pymupdf.open(path, filetype="pdf")


def _not_a_pdf(path: Path) -> NotAPdfError:
    return NotAPdfError(f"{path.name}：不是 PDF，或已损坏无法打开", f"{path.name}: not a PDF, or damaged beyond opening")


def _lines(raw: dict[str, Any], number: int, turn: "pymupdf.Matrix | None") -> tuple[tuple[Line, ...], int]:
    """The page's lines, and the count of characters that are not horizontal."""
    found: list[Line] = []
    seen: set[tuple[str, int, int]] = set()
    slanted = 0
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            direction = pymupdf.Point(line["dir"])
            if turn is not None:
                direction = direction * pymupdf.Matrix(turn.a, turn.b, turn.c, turn.d, 0, 0)
            if direction.x < 0.99:
                slanted += sum(len(span["chars"]) for span in line["spans"])
                continue
            for run in _runs(line, turn):
                made = _line(run, number)
                key = (made.text, round(made.box[0]), round(made.box[1]))
                if key not in seen:
                    seen.add(key)  # the same line printed twice is fake bold
                    found.append(made)
    return tuple(found), slanted


_Glyph = tuple[str, float, float, float, float]
"""Character, left edge, right edge, baseline, type size."""


def _runs(line: dict[str, Any], turn: "pymupdf.Matrix | None") -> Iterator[list[_Glyph]]:
    """The glyphs of a line, cut at wide gaps; outer white space and overprinted glyphs are left out."""
    run: list[_Glyph] = []
    for glyph in _glyphs(line, turn):
        char, left, right, base, size = glyph
        if run and char == run[-1][0] and abs(left - run[-1][1]) < 0.2 * size and abs(base - run[-1][3]) < 0.2 * size:
            continue
        if char.isspace():
            if run and not run[-1][0].isspace():
                run.append((" ", left, right, base, size))
            continue
        if run:
            last = run[-1] if not run[-1][0].isspace() else run[-2]
            if left - last[2] > GAP * size or left < last[1] - size or abs(base - last[3]) > 0.6 * size:
                yield _stripped(run)
                run = []
        run.append(glyph)
    if any(not g[0].isspace() for g in run):
        yield _stripped(run)


def _stripped(run: list[_Glyph]) -> list[_Glyph]:
    return run[:-1] if run[-1][0].isspace() else run


def _glyphs(line: dict[str, Any], turn: "pymupdf.Matrix | None") -> Iterator[_Glyph]:
    for span in line["spans"]:
        size = span["size"]
        for char in span["chars"]:
            if turn is None:
                left, _, right, _ = char["bbox"]
                yield char["c"], left, right, char["origin"][1], size
            else:
                box = pymupdf.Rect(char["bbox"]) * turn
                yield char["c"], box.x0, box.x1, (pymupdf.Point(char["origin"]) * turn).y, size


def _line(run: list[_Glyph], number: int) -> Line:
    size = max(g[4] for g in run)
    base = run[-1][3]
    xs = (*(g[1] for g in run), run[-1][2])
    box = (min(xs), base - ABOVE * size, max(xs), base + BELOW * size)
    return Line(number, "".join(g[0] for g in run), box, xs, size)


def _rules(drawings: Sequence[dict[str, Any]], turn: "pymupdf.Matrix | None", width: float, height: float) -> Iterator[Rule]:
    """Ruling lines of a page: strokes along an axis, thin filled shapes, and the edges of rectangles."""
    for drawing in drawings:
        items = drawing["items"]
        filled = "s" not in drawing["type"]
        if filled and min(drawing.get("fill") or (0,)) > WHITE:
            continue
        if filled and all(item[0] == "l" for item in items):
            yield from _edges(_turned(drawing["rect"], turn), width, height, filled=True)
            continue
        for item in items:
            if item[0] == "l":
                (ax, ay), (bx, by) = item[1], item[2]
                box = _turned((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), turn)
                if box[2] - box[0] < 1 or box[3] - box[1] < 1:
                    yield Rule(*box)
            elif item[0] == "re":
                yield from _edges(_turned(item[1], turn), width, height, filled=filled)


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


def _turned(box: Sequence[float], turn: "pymupdf.Matrix | None") -> Box:
    if turn is None:
        return (box[0], box[1], box[2], box[3])
    rect = (pymupdf.Rect(box) * turn).normalize()
    return (rect.x0, rect.y0, rect.x1, rect.y1)
