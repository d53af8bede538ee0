"""Lines outside tables → paragraphs, joined over line and page breaks, each under the headings above it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from service.reading import sections
from service.reading.sheet import Sheet
from service.records import Box, Line, Paragraph
from service.text import normal

MARGIN = 0.11
"""Share of the page's height at top and bottom where running heads, feet and page numbers stand."""
TITLE_SIZE = 14.0
"""Centred text of at least this type size (points) is a title."""
REPEATS = 3
"""A text in the margin of so many pages is a running head or foot."""

SHORTEST = 4
"""Fewer characters than this under a heading are its end."""

_PAGE_NUMBER = re.compile(r"[-—－·.\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/,，共]+\s*\d{1,4}\s*页?)?|[ⅰⅱⅲⅳⅴⅵivx]{1,4})[-—－·.\s]*")
_ENDS = "。；;!?！？：:"
_WHOLE = re.compile(r"(?:附件|附表|表|说明|概况|情况|解释|公开)$")
"""How the heading of a part ends."""
_ORDER = re.compile(rf"[(第]?([{sections.NUMERALS}]+|\d{{1,2}})")


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
    running, folios = _running(sheets), _folios(sheets)
    rows: list[tuple[_Row, int]] = []
    for sheet in sheets:
        boxes = sorted(tables.get(sheet.number, ()), key=lambda box: box[1])
        rows.extend((row, sum(1 for box in boxes if box[1] < row.y0)) for row in _rows(sheet, boxes, running, folios.get(sheet.number)))
    columns = {number: _column([row for row, _ in rows if row.page == number]) for number in {row.page for row, _ in rows}}
    listing = {row.page for row, _ in rows if normal(row.text) in sections.CONTENTS}
    paragraphs = [_paragraph(group) for group in _groups(rows, columns, listing)]
    return sections.sectioned(paragraphs)


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


def _running(sheets: Sequence[Sheet]) -> set[str]:
    """Texts (digits aside) that stand in the margins of several pages."""
    seen: Counter[str] = Counter()
    for sheet in sheets:
        seen.update({_faceless(line.text) for line in sheet.lines if _in_margin(line, sheet)})
    return {text for text, times in seen.items() if times >= REPEATS}


def _folios(sheets: Sequence[Sheet]) -> dict[int, str]:
    """Page numbers by page, as printed: first or last on their pages, and counting with them, in the margin or not."""
    found: dict[int, dict[int, str]] = {}
    for sheet in sheets:
        heights = [line.box[3] for line in sheet.lines]
        for line in sheet.lines:
            digits = re.fullmatch(r"\D{0,3}(\d{1,4})\D{0,3}", normal(line.text))
            if digits and line.box[3] in (min(heights), max(heights)) and _PAGE_NUMBER.fullmatch(line.text.strip()):
                found.setdefault(int(digits[1]) - sheet.number, {})[sheet.number] = line.text
    most = max(found.values(), key=len, default={})
    return most | dict(_counting_on(found, most)) if len(most) >= REPEATS else {}


def _counting_on(found: Mapping[int, Mapping[int, str]], most: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Numbers that go on from the last of the others where a page was left out of the count: 22 on page 22, 23 on page 24."""
    last = max(most)
    count = last + next(offset for offset, pages in found.items() if pages is most)
    later = {page: (page + offset, text) for offset, pages in found.items() for page, text in pages.items() if page > last}
    for page in sorted(later):
        number, text = later[page]
        if count < number <= count + page - last:
            yield page, text
            last, count = page, number


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
    return _faceless(line.text) in running and not sections.MARK.match(normal(line.text))


def _rows(sheet: Sheet, boxes: Sequence[Box], running: set[str], folio: str | None) -> Iterator[_Row]:
    """The page's prose rows from top to bottom; `folio` is its number as printed."""
    heights = [line.box[3] for line in sheet.lines]
    outer = (min(heights, default=0.0), max(heights, default=0.0))
    lines = [
        ln
        for ln in sheet.lines
        if not _furniture(ln, sheet, running)
        and not (ln.text == folio and ln.box[3] in outer)
        and not any(_inside(ln.box, box) for box in boxes)
    ]
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


def _groups(rows: Sequence[tuple[_Row, int]], columns: Mapping[int, _Column], listing: Set[int]) -> Iterator[list[_Row]]:
    """Rows that make one paragraph; `listing` are the pages on which a table of contents begins."""
    group: list[_Row] = []
    before = 0
    for row, above in rows:
        if group and not (
            not _begins(group, row, row.page in listing)
            and _continues(group, row, columns)
            and (row.page != group[-1].page or above == before)
            and not (row.page != group[-1].page and above)
        ):
            yield group
            group = []
        group.append(row)
        before = above
    if group:
        yield group


def _begins(group: Sequence[_Row], row: _Row, listed: bool) -> bool:
    """Whether `row` is the next item of a list, whatever the room left before it; `listed`: on the page of a table of contents."""
    text, first, last = normal(row.text), normal(group[0].text), normal(group[-1].text)
    if text in sections.CONTENTS or last in sections.CONTENTS:
        return True
    if listed and (sections.MARK.match(text) or sections.LEADER.search(last)):
        return True
    before, after = _item(first), _item(text)
    return before is not None and after is not None and before[0] == after[0] and after[1] == before[1] + 1


def _item(text: str) -> tuple[int, int] | None:
    """Level and number of a text that begins with a list mark."""
    for level, pattern in enumerate(sections.LEVELS):
        if pattern.match(text) and (digits := _ORDER.match(text)):
            return level, int(digits[1]) if digits[1].isdigit() else _counted(digits[1])
    return None


def _counted(numerals: str) -> int:
    """A number up to 99 in Chinese numerals: 十二 → 12."""
    tens, ten, ones = numerals.rpartition("十")
    digit = {numeral: n for n, numeral in enumerate(sections.NUMERALS[:9], 1)}
    return (10 * digit.get(tens, 1) if ten else 0) + digit.get(ones, 0)


def _begins_text(first: _Row, row: _Row, column: _Column) -> bool:
    """Whether a row is the indented first line of the text under a heading: it fills the column to its right edge."""
    headed = any(level.match(normal(first.text)) for level in sections.LEVELS[1:])
    return headed and column.right - row.x1 < row.size and row.x0 - column.left > 1.2 * row.size


def _continues(group: Sequence[_Row], row: _Row, columns: Mapping[int, _Column]) -> bool:
    """Whether `row` goes on with the paragraph that ends with the last row of `group`."""
    last = group[-1]
    size = min(last.size, row.size)
    text, ending = normal(row.text), normal(last.text)[-1:]
    if abs(last.size - row.size) > 0.25 * size or row.page > last.page + 1:
        return False
    if _begins_text(group[0], row, columns[row.page]):
        return False
    if row.page == last.page and row.y0 - last.y0 > 3.2 * size:
        return False
    if row.centred and last.size >= TITLE_SIZE and len(group) < 3 and not sections.MARK.match(text):
        part = sections.LEVELS[0].match(normal(group[0].text))
        if part and _WHOLE.search(normal(last.text)) and last.x1 - last.x0 < 0.6 * last.width and len(text) >= SHORTEST:
            return False  # 第五部分 附件 is whole; what is printed in large under it is a title of its own
        return row.page == last.page and ending not in _ENDS and (last.centred or part is not None)
    own, other = columns[last.page], columns[row.page]
    if row.x0 - other.left > 1.2 * size:
        return False
    gap = own.right - last.x1
    # A number or a Latin word that did not fit leaves its line short without ending the paragraph; （一） opens an item.
    unfit = re.match(r"[\dA-Za-z.,%(]+", text) is not None and not sections.LEVELS[2].match(text)
    ragged = ending not in _ENDS and gap < 0.4 * (own.right - own.left) and unfit
    if gap >= 2.2 * size and not ragged:
        return False
    return not (sections.MARK.match(text) and ending in _ENDS + ",")


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
