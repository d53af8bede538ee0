"""A document → passages: prose by paragraph within its section, every table row with its headings, and every table's head."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from service.records import Box, Cell, Document, Line, Paragraph, Passage, Table
from service.text import normal

LONGEST = 400
"""Characters of prose in a passage; a longer sentence stays whole."""
JOINED = 160
"""Paragraphs of a section are joined up to so many characters: longer joins rank lower (MRR 0.70 at 400, 0.76 at 160)."""
SEPARATOR = " | "
"""Between the cells of a row's quote, as in `Table.quote`."""

_SENTENCE = re.compile(r"[^。；;！!？?]*[。；;！!？?]+[”」』）)]*|[^。；;！!？?]+$")
FEWEST_LISTED = 3
"""So many headings in a row without anything below them are a list."""
_CONTENTS = "目录"
_FIRST_TWO = (re.compile(r"\(?1[.、)](?!\d)"), re.compile(r"\(?2[.、)](?!\d)"))
"""Marks of the lowest level: two entries with them are a list already."""
_CAPTION = re.compile(
    r"(?:编制|填报|公开|预算|主管)?(?:部门|单位)(?:\((?:单位|公章|盖章)\))?(?:名称)?[:：].*?(?=金额|单位[:：]|$)|(?:金额)?单位[:：][万亿千]?元|\(?20\d\d年度?\)?|\(|\)|[:：]"
)
LONGEST_REST = 6
"""So many characters beside title, number and unit still make a caption."""
_NAME_LABEL = re.compile(r"(?:一级|二级)?(?:项目|专项|政策|资金)(?:支出)?(?:\(.{1,6}\))?名称|名称")
_UNIT_LINE = re.compile(r"(?:金额)?单位[:：]")

Piece = tuple[int, str, Box]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters start to end (exclusive) of a paragraph."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage without its number."""

    page: int
    section: str
    kind: str
    text: str
    pieces: tuple[Piece, ...]


def cut(document: Document) -> list[Passage]:
    """The passages of a document: its prose, then its tables, each in reading order.

    The texts of a passage's lines joined are its quote; a row's cells carry the separator that follows them. A passage's
    text has three lines: the document's title, the headings above, and what the passage says with its column headings.
    """
    drafts = [*_prose(document), *(draft for table in document.tables for draft in _table(document, table))]
    return [
        Passage(f"{document.doc}#{n}", document.doc, d.page, d.section, d.kind, d.text, "".join(p[1] for p in d.pieces), d.pieces)
        for n, d in enumerate(drafts)
    ]


def _prose(document: Document) -> Iterator[_Draft]:
    order = {(line.page, line.box): n for page in document.pages for n, line in enumerate(page.lines)}
    captions = _Captions(document)
    told = [paragraph for paragraph in _listed(document.paragraphs, order) if not captions.holds(paragraph)]
    for group in _groups(told, order):
        section = "/".join(group[0].paragraph.section)
        pieces = tuple(piece for stretch in group for piece in _pieces(stretch))
        head = " ".join(group[0].paragraph.section)
        yield _Draft(pieces[0][0], section, "prose", _text(document, head, "".join(s.text for s in group)), pieces)


def _text(document: Document, head: str, body: str) -> str:
    """What is searched, one line each: the document's title and publisher, the headings, and what the passage says."""
    title = document.title if document.org in document.title else f"{document.title} {document.org}"
    return "\n".join(" ".join(part.split()) for part in (title, head, body))


def _listed(paragraphs: Sequence[Paragraph], order: dict[tuple[int, Box], int]) -> list[Paragraph]:
    """The paragraphs, headings that only list (1、办公室 2、立案庭 …, nothing below them) as prose of the section they stand in."""
    made = list(paragraphs)
    run: list[int] = []
    for n, paragraph in enumerate(made):
        if run and not _lists_on(made[run[-1]], paragraph, order):
            _as_prose(made, run)
            run = []
        if paragraph.heading and paragraph.lines:
            run = [*run, n]
        elif run:
            run = []
    _as_prose(made, run)
    return made


def _as_prose(made: list[Paragraph], run: Sequence[int]) -> None:
    two = len(run) == len(_FIRST_TWO) and all(mark.match(normal(made[n].text)) for mark, n in zip(_FIRST_TWO, run, strict=True))
    if two or len(run) >= FEWEST_LISTED:
        for n in run:
            made[n] = replace(made[n], heading=False, section=made[n].section[:-1])


def _lists_on(above: Paragraph, below: Paragraph, order: dict[tuple[int, Box], int]) -> bool:
    """Whether a heading is printed right below another of its level."""
    if not below.heading or not below.lines or len(above.section) != len(below.section) or above.section[:-1] != below.section[:-1]:
        return False
    last, first = above.lines[-1], below.lines[0]
    if last.page == first.page:
        return order.get((first.page, first.box), 1) == order.get((last.page, last.box), 0) + 1
    return first.page == last.page + 1


class _Captions:
    """The captions of a document's tables: their heads say the same, and as prose they would outrank what tells something."""

    def __init__(self, document: Document) -> None:
        self._parts: dict[int, list[str]] = {}
        for table in document.tables:
            parts = sorted((normal(part) for part in (table.title, table.number) if part), key=len, reverse=True)
            for page in table.pages:
                self._parts.setdefault(page, []).extend(parts)

    def holds(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph prints no more than titles, numbers, the publisher's name and the unit of tables on its page."""
        parts = self._parts.get(paragraph.page, []) if paragraph.lines else []
        text = normal(paragraph.text)
        if not any(part in text for part in parts):
            return False
        for part in parts:
            text = text.replace(part, "")
        return len(_CAPTION.sub("", text)) <= LONGEST_REST


def _groups(paragraphs: Sequence[Paragraph], order: dict[tuple[int, Box], int]) -> Iterator[list[_Stretch]]:
    """Stretches that make one passage: a part of one long paragraph, or short paragraphs of one section printed one after the other."""
    group: list[_Stretch] = []
    for paragraph in paragraphs:
        # A heading is in the section of what follows it: in its text, not in its quote.
        if paragraph.section[:1] == (_CONTENTS,) or paragraph.heading or not paragraph.text:
            continue
        for stretch in _stretches(paragraph):
            if group and not _continues(group, stretch, order):
                yield group
                group = []
            group.append(stretch)
    if group:
        yield group


def _stretches(paragraph: Paragraph) -> Iterator[_Stretch]:
    """The paragraph, cut at sentence ends where it is too long."""
    start = end = 0
    for match in _SENTENCE.finditer(paragraph.text):
        if end > start and match.end() - start > LONGEST:
            yield _Stretch(paragraph, start, end)
            start = end
        end = match.end()
    if len(paragraph.text) > start:
        yield _Stretch(paragraph, start, len(paragraph.text))


def _continues(group: Sequence[_Stretch], stretch: _Stretch, order: dict[tuple[int, Box], int]) -> bool:
    """Whether a stretch joins the group: same section, room left, and no table or figure printed between."""
    last = group[-1]
    if stretch.paragraph is last.paragraph or stretch.paragraph.section != last.paragraph.section:
        return False
    if sum(len(s.text) for s in group) + len(stretch.text) > JOINED:
        return False
    above = last.paragraph.lines[last.paragraph.spots[last.end - 1][0]]
    below = stretch.paragraph.lines[stretch.paragraph.spots[stretch.start][0]]
    return above.page == below.page and order.get((below.page, below.box), 1) == order.get((above.page, above.box), 0) + 1


def _pieces(stretch: _Stretch) -> Iterator[Piece]:
    """The stretch by printed line."""
    paragraph = stretch.paragraph
    numbered = zip(paragraph.spots[stretch.start : stretch.end], stretch.text, strict=True)
    for index, run in groupby(numbered, key=lambda pair: pair[0][0]):
        spots = list(run)
        line = paragraph.lines[index]
        yield line.page, "".join(char for _, char in spots), line.part(spots[0][0][1], spots[-1][0][1] + 1)


def _table(document: Document, table: Table) -> Iterator[_Draft]:
    section = " ".join(filter(None, (table.number, table.title))) or "/".join(table.section)
    head = _head(document, table)
    name = " ".join(filter(None, (table.number, table.title, table.unit and f"单位：{table.unit}")))
    if head:
        columns = " ".join(dict.fromkeys(table.columns))
        yield _Draft(head[0][0], section, "table", _text(document, name, f"{name} {columns} {table.note or ''}"), tuple(head))
    about = _named(table)
    for row in table.rows:
        cells = [cell for cell in row if cell.text]
        if not cells:
            continue
        words = " ".join(_with_headings(table, row))
        last = len(cells) - 1
        pieces = tuple((c.page, c.text if n == last else c.text + SEPARATOR, c.box) for n, c in enumerate(cells))
        yield _Draft(cells[0].page, section, "row", _text(document, name + about, words), pieces)


def _with_headings(table: Table, row: Sequence[Cell]) -> Iterator[str]:
    """A row's cells after their headings; a heading is said once, since BM25 favours short texts and lanes repeat their headings."""
    said: set[str] = set()
    for column, cell in zip(table.columns, row, strict=True):
        if cell.text:
            yield from (part for part in column.split("/") if part not in said)
            said.update(column.split("/"))
            yield cell.text


def _named(table: Table) -> str:
    """The name that a form gives in one of its cells (项目名称: …): its other rows do not repeat it."""
    for row in table.rows[:6]:
        texts = [cell.text for cell in row if cell.text]
        for label, value in pairwise(texts):
            if _NAME_LABEL.fullmatch(normal(label)):
                return f" {value}"
    return ""


def _head(document: Document, table: Table) -> list[Piece]:
    """The printed lines of a table's title, number, unit and note, on its pages outside its cells."""
    wanted = [normal(part) for part in (table.number, table.title, table.note) if part]
    inside = {(cell.page, cell.text) for row in table.rows for cell in row}
    pages = [page for page in document.pages if page.number in table.pages]
    found: dict[str, Line] = {}
    for line in (line for page in pages for line in page.lines):
        text = normal(line.text)
        if text and (line.page, line.text) not in inside and (_UNIT_LINE.match(text) or _matches(text, wanted)):
            found.setdefault(text, line)
    return [(line.page, line.text, line.box) for line in found.values()]


def _matches(text: str, wanted: Sequence[str]) -> bool:
    """Whether a line prints one of the texts, or a good part of it (a title broken over lines)."""
    return any(text == whole or (len(text) >= 4 and text in whole) or (len(whole) >= 4 and whole in text) for whole in wanted)
