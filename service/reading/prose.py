"""Lines outside tables → paragraphs, joined over line and page breaks, each under the headings above it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.reading.pdf import Sheet
from service.records import Box, Line, Paragraph
from service.text import normal

MARGIN = 0.11
"""Share of the page's height at top and bottom where running heads, feet and page numbers stand."""
HEADING_LENGTH = 45
"""Longest heading in characters."""
TITLE_SIZE = 14.0
"""Centred text of at least this type size (points) is a title."""
REPEATS = 3
"""A text in the margin of so many pages is a running head or foot."""

_PAGE_NUMBER = re.compile(r"[-—－·.\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/,，共]+\s*\d{1,4}\s*页?)?|[ⅰⅱⅲⅳⅴⅵivx]{1,4})[-—－·.\s]*")
_NUMERALS = "一二三四五六七八九十百"
_LEVELS = (
    re.compile(rf"第[{_NUMERALS}]+(?:部分|章|篇)"),
    re.compile(rf"[{_NUMERALS}]+、"),
    re.compile(rf"\([{_NUMERALS}]+\)"),
    re.compile(r"\d{1,2}(?:\.(?!\d)|、)"),
    re.compile(r"\(\d{1,2}\)"),
)
_MARK = re.compile(rf"(?:{'|'.join(level.pattern for level in _LEVELS)})")
_ENDS = "。；;!?！？：:"
_LEADER = re.compile(r"[.…·\s]{3,}\d*$|\s\d{1,3}$")


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines on one baseline, left to right."""

    lines: tuple[Line, ...]
    width: float

    @property
    def x0(self) -> float:
        return self.lines[0].box[0]

    @property
    def x1(self) -> float:
        return self.lines[-1].box[2]

    @property
    def y0(self) -> float:
        return self.lines[0].box[1]

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def centred(self) -> bool:
        left, right = self.x0, self.width - self.x1
        return abs(left - right) < 0.08 * self.width and left > 0.16 * self.width


@dataclass(frozen=True, slots=True)
class _Column:
    """The left and right edges of a page's prose."""

    left: float
    right: float


def read(sheets: Sequence[Sheet], tables: Mapping[int, Sequence[Box]]) -> list[Paragraph]:
    """Paragraphs of a document in reading order.

    Args:
        sheets: the pages.
        tables: boxes covered by tables, by page number; their lines are left out, and no paragraph runs across them.
    """
    running = _running(sheets)
    rows: list[tuple[_Row, int]] = []
    for sheet in sheets:
        boxes = sorted(tables.get(sheet.number, ()), key=lambda box: box[1])
        rows.extend((row, sum(1 for box in boxes if box[1] < row.y0)) for row in _rows(sheet, boxes, running))
    columns = {number: _column([row for row, _ in rows if row.page == number]) for number in {row.page for row, _ in rows}}
    paragraphs = [_paragraph(group) for group in _groups(rows, columns)]
    return sectioned(paragraphs)


def tidy(text: str) -> tuple[str, list[int]]:
    """Text without layout white space, and for each kept character its index in the source.

    White space stays (as one space) between Latin words only.
    """
    kept: list[str] = []
    at: list[int] = []
    for i, char in enumerate(text):
        if not char.isspace():
            kept.append(char)
            at.append(i)
        elif kept and kept[-1].isascii() and kept[-1].isalpha() and text[i + 1 : i + 2].isascii() and text[i + 1 : i + 2].isalpha():
            kept.append(" ")
            at.append(i)
    return "".join(kept), at


def sectioned(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, each with the path of headings above it."""
    return list(_sectioned(paragraphs))


def _running(sheets: Sequence[Sheet]) -> set[str]:
    """Texts (digits aside) that stand in the margins of several pages."""
    seen: Counter[str] = Counter()
    for sheet in sheets:
        seen.update({_faceless(line.text) for line in sheet.lines if _in_margin(line, sheet)})
    return {text for text, times in seen.items() if times >= REPEATS}


def _faceless(text: str) -> str:
    return re.sub(r"\d+", "#", normal(text))


def _in_margin(line: Line, sheet: Sheet) -> bool:
    middle = (line.box[1] + line.box[3]) / 2
    return middle < MARGIN * sheet.height or middle > (1 - MARGIN) * sheet.height


def _furniture(line: Line, sheet: Sheet, running: set[str]) -> bool:
    """Whether the line is a page number or a running head or foot."""
    if not _in_margin(line, sheet):
        return False
    if _PAGE_NUMBER.fullmatch(line.text.strip()):
        return not any(abs(other.box[1] - line.box[1]) < 2 and other is not line for other in sheet.lines)
    return _faceless(line.text) in running and not _MARK.match(normal(line.text))


def _rows(sheet: Sheet, boxes: Sequence[Box], running: set[str]) -> Iterator[_Row]:
    """The page's prose rows from top to bottom."""
    lines = [ln for ln in sheet.lines if not _furniture(ln, sheet, running) and not any(_inside(ln.box, box) for box in boxes)]
    lines.sort(key=lambda ln: ln.box[3])
    row: list[Line] = []
    for line in lines:
        if row and line.box[3] - row[-1].box[3] > 0.5 * min(line.size, row[-1].size):
            yield _Row(tuple(sorted(row, key=lambda ln: ln.box[0])), sheet.width)
            row = []
        row.append(line)
    if row:
        yield _Row(tuple(sorted(row, key=lambda ln: ln.box[0])), sheet.width)


def _inside(box: Box, region: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return region[0] - 1 <= x <= region[2] + 1 and region[1] - 1 <= y <= region[3] + 1


def _column(rows: Sequence[_Row]) -> _Column:
    """Edges of a page's prose, by its long rows."""
    widest = max(row.x1 - row.x0 for row in rows)
    long = [row for row in rows if row.x1 - row.x0 > 0.6 * widest] or list(rows)
    return _Column(min(row.x0 for row in long), max(row.x1 for row in long))


def _groups(rows: Sequence[tuple[_Row, int]], columns: Mapping[int, _Column]) -> Iterator[list[_Row]]:
    """Rows that make one paragraph."""
    group: list[_Row] = []
    before = 0
    for row, above in rows:
        if group and not (
            _continues(group, row, columns)
            and (row.page != group[-1].page or above == before)
            and not (row.page != group[-1].page and above)
        ):
            yield group
            group = []
        group.append(row)
        before = above
    if group:
        yield group


def _continues(group: Sequence[_Row], row: _Row, columns: Mapping[int, _Column]) -> bool:
    """Whether `row` goes on with the paragraph that ends with the last row of `group`."""
    last = group[-1]
    size = min(last.size, row.size)
    text, ending = normal(row.text), normal(last.text)[-1:]
    if abs(last.size - row.size) > 0.25 * size or row.page > last.page + 1:
        return False
    if row.page == last.page and row.y0 - last.y0 > 3.2 * size:
        return False
    if row.centred and last.size >= TITLE_SIZE and len(group) < 3 and not _MARK.match(text):
        return row.page == last.page and ending not in _ENDS and (last.centred or bool(_LEVELS[0].match(normal(group[0].text))))
    own, other = columns[last.page], columns[row.page]
    if row.x0 - other.left > 1.2 * size:
        return False
    gap = own.right - last.x1
    # A number or a Latin word that did not fit leaves its line short without ending the paragraph.
    ragged = ending not in _ENDS and gap < 0.4 * (own.right - own.left) and re.match(r"[\dA-Za-z.,%(]+", text) is not None
    if gap >= 2.2 * size and not ragged:
        return False
    return not (_MARK.match(text) and ending in _ENDS + ",")


def _paragraph(rows: Sequence[_Row]) -> Paragraph:
    lines = [line for row in rows for line in row.lines]
    parts: list[str] = []
    spots: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        text, at = tidy(line.text)
        if parts and text and parts[-1][-1:].isascii() and parts[-1][-1:].isalpha() and text[:1].isascii() and text[:1].isalpha():
            text, at = " " + text, [at[0], *at]
        parts.append(text)
        spots.extend((n, i) for i in at)
    heading = len(rows) <= 3 and rows[0].centred and rows[0].size >= TITLE_SIZE
    return Paragraph("".join(parts), tuple(lines), tuple(spots), (), heading)


def _level(paragraph: Paragraph) -> int | None:
    """0 for 第X部分 and titles, 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）; None for prose."""
    text = normal(paragraph.text)
    if len(text) > HEADING_LENGTH or text[-1:] in "。;,:" or re.search(r"[。;]", text[:-1]):
        return None
    for level, pattern in enumerate(_LEVELS):
        if pattern.match(text):
            return level if level < 3 or not re.search(r"\d[\d,.]*(?:万元|元|%)", text) else None
    titled = paragraph.heading and not re.match(r"^[\d\W]+$", text) and not re.search(r"单位:|表(?:\(.*\))?$", text)
    return 0 if titled else None


def _sectioned(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs with their section paths; a table of contents is a section of its own."""
    stack: dict[int, str] = {}
    contents: list[str] | None = None
    for paragraph in paragraphs:
        text = normal(paragraph.text)
        if text in ("目录", "目次"):
            contents = []
            yield replace(paragraph, section=("目录",), heading=True)
            continue
        if contents is not None:
            entry = _LEADER.sub("", text)
            if len(text) <= 80 and not (contents and entry == contents[0]) and text[-1:] not in "。;":
                contents.append(entry)
                yield replace(paragraph, section=("目录",), heading=False)
                continue
            contents = None
        level = _level(paragraph)
        if level is not None:
            stack = {k: v for k, v in stack.items() if k < level}
            stack[level] = paragraph.text
        yield replace(paragraph, section=tuple(stack[k] for k in sorted(stack)), heading=level is not None)
