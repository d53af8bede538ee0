"""A document → the pieces that a model is shown and may quote: paragraphs and table rows, each with its pages, unit and context."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from service import amounts, statements
from service.facts import fields, forms, row_heads, sections
from service.facts.columns import Column
from service.facts.row_heads import Above
from service.facts.targets import AIMS
from service.records import Document, Paragraph, Place, Table
from service.statements import Rows
from service.text import Normal, normal, normalised

_BAR = " | "
_WHOLE = re.compile(r"总分|总得分|合计|总计")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MONEY = re.compile(r"[\d.,]+(?:[万亿]?元|%)?")


@dataclass(frozen=True)
class Source:
    """A paragraph or a table row. `number` counts from 0 in reading order of the document (prose, then tables)."""

    number: int
    text: str
    pages: tuple[int, ...]
    where: str
    """Section heading, or the table's number or title."""
    heading: str
    """All that stands above it: section path, or title, number and columns of the table."""
    unit: str | None
    """Unit of figures that print none; None where the table prints none, and in prose."""
    paragraph: Paragraph | None = None
    table: Table | None = None
    row: int = 0
    above: Above = field(default=(), compare=False)
    """What stands above the cells of a row, one for each."""
    before: str = field(default="", compare=False)
    """The end of the paragraph before, which may name what this one is about."""
    project: str = field(default="", compare=False)
    """Whose form a row stands in, as its head names it."""
    is_next_page: bool = field(default=False, compare=False)
    """Whether its table goes on with the form of the page before, under the same headings."""

    @property
    def kind(self) -> str:
        """Text or table."""
        return "text" if self.table is None else "table"

    @cached_property
    def form(self) -> Normal:
        """The text to search: normal form."""
        return normalised(self.text)

    @cached_property
    def scope(self) -> str | None:
        """The money it speaks of, by its section or statement."""
        if self.paragraph is not None:
            section = sections.of(self.paragraph)
            return section.scope if section else None
        statement = statements.get(self.table.statement) if self.table else None
        return statement.scope if statement else None

    @property
    def is_form(self) -> bool:
        """Whether it is a row of a performance form."""
        statement = statements.get(self.table.statement) if self.table else None
        return self.is_next_page or (statement is not None and statement.rows is Rows.FORM)

    @property
    def is_indicator(self) -> bool:
        """Whether it is a form's row about an indicator: under their headings, and no total."""
        return any(text and not _WHOLE.match(normal(text)) and fields.is_level(normal(column.head)) for text, column in self.columns())

    def prints(self, quote: str) -> bool:
        """Whether a quote stands in it; of a row, the quote's cells in their order, others between them."""
        if self.table is None:
            return normal(quote) in self.form.text
        cells = iter([normal(part) for part in self.text.split("|")])
        return all(any(wanted == cell for cell in cells) for part in quote.split("|") if (wanted := normal(part)))

    def columns(self) -> list[tuple[str, Column]]:
        """(cell's text, what stands above it) of a row's cells."""
        return [] if self.table is None else [(c.text, head) for c, head in zip(self.table.rows[self.row], self.above, strict=True)]

    def place(self, start: int, end: int, columns: Sequence[int] = ()) -> Place:
        """Where characters start to end (exclusive) are printed; of a row, the row with the boxes of those columns."""
        if self.paragraph is not None:
            return self.paragraph.place(start, end)
        if self.table is None:
            raise ValueError("a source is a paragraph or a row")
        names = [n for n, cell in enumerate(self.table.rows[self.row]) if cell.text and amounts.cell(cell.text) is None]
        return self.table.place(self.row, *dict.fromkeys((*names[:2], *columns)))

    def place_of(self, start: int, end: int, at: int) -> Place:
        """Where prose from start to end (exclusive) is printed: over a page break only what stands on the page of character `at`.

        What a page prints at its foot would else stand inside the quote. All of it, where no words are left beside the figure, and
        the break cuts no word.
        """
        if self.paragraph is None:
            return self.place(start, end)
        page, first = self.paragraph.page_at(at), start
        while self.paragraph.page_at(first) != page:
            first += 1
        while self.paragraph.page_at(end - 1) != page:
            end -= 1
        cut = first > start and _HAN.match(self.text[first - 1]) and _HAN.match(self.text[first])
        worded = first == start or cut or _WORD.search(_MONEY.sub("", self.text[first:end]))
        return self.place(first if worded else start, end)


def of(document: Document) -> tuple[Source, ...]:
    """Every paragraph that is no heading, and every row that prints something."""
    return tuple(_numbered(document))


def _numbered(document: Document) -> Iterator[Source]:
    number, before = 0, ""
    for paragraph in document.paragraphs:
        if not paragraph.heading and paragraph.text.strip():
            pages = tuple(dict.fromkeys(line.page for line in paragraph.lines))
            where = paragraph.section[-1] if paragraph.section else ""
            yield Source(number, paragraph.text, pages, where, " / ".join(paragraph.section), None, paragraph=paragraph, before=before)
            number += 1
        before = paragraph.text[-60:]
    project = ""
    for n, (table, above) in enumerate(zip(document.tables, row_heads.of(document.tables), strict=True)):
        is_next = forms.continues(document.tables, n)
        project = project if is_next else _project(table)
        where = table.number or table.title
        heading = _BAR.join(part for part in (table.number, table.title, *dict.fromkeys(table.columns)) if part)
        for row in range(len(table.rows)):
            if text := table.quote(row):
                pages = tuple(dict.fromkeys(cell.page for cell in table.rows[row] if cell.text))
                yield Source(
                    number,
                    text,
                    pages,
                    where,
                    heading,
                    table.unit,
                    table=table,
                    row=row,
                    above=above[row],
                    project=project,
                    is_next_page=is_next,
                )
                number += 1


def _project(table: Table) -> str:
    """The project that a form's head names; a statement's rows are of no project."""
    statement = statements.get(table.statement)
    return "" if statement is not None and statement.rows is not Rows.FORM else forms.project(table) or ""


def states(source: Source) -> bool:
    """Whether a source prints a figure, or a reason, that a record could hold."""
    if source.table is not None:
        cells = [(text, column) for text, column in source.columns() if text]
        if not any(c.isalpha() for c in source.text) or fields.is_head([normal(text) for text, _ in cells]):
            return False
        return any(amounts.cell(text) is not None or column.measure in AIMS for text, column in cells)
    return any(a.unit for a in amounts.figures(source.text)) or "原因" in normal(source.text)
