"""Documents made by hand for the checker's tests: prose from plain text, tables from rows of text."""

from service.checks.book import Book
from service.records import Box, Cell, Disclosure, Document, Fact, Kind, Line, Paragraph, Table

_WIDTH = 6.0


def paragraph(text: str, *, page: int = 1, row: int = 0, section: tuple[str, ...] = ("一、情况说明",)) -> Paragraph:
    """One paragraph on one line; `row` keeps the boxes of different paragraphs apart."""
    top = 20.0 * (row + 1)
    line = Line(page, text, (50.0, top, 50.0 + _WIDTH * len(text), top + 12), tuple(50.0 + _WIDTH * i for i in range(len(text) + 1)))
    return Paragraph(text, (line,), tuple((0, i) for i in range(len(text))), section)


def table(
    title: str, columns: list[str], rows: list[list[str]], *, unit: str | None = "万元", page: int = 2, statement: str | None = None
) -> Table:
    """A table; columns are header paths joined by "/"."""

    def box(r: int, c: int) -> Box:
        return (50.0 + 80 * c, 100.0 + 20 * r, 120.0 + 80 * c, 115.0 + 20 * r)

    cells = tuple(tuple(Cell(text, page, box(r, c)) for c, text in enumerate(row)) for r, row in enumerate(rows))
    return Table(title, None, unit, (page,), (tuple(columns),), tuple(columns), cells, ("第二部分",), None, statement)


def document(*prose: str | Paragraph, tables: tuple[Table, ...] = (), kind: Kind = Kind.FINAL, year: int | None = 2023) -> Document:
    """A document of these paragraphs and tables."""
    paragraphs = tuple(p if isinstance(p, Paragraph) else paragraph(p, row=n) for n, p in enumerate(prose))
    return Document("made", "某局2023年度部门决算", "某局", year, kind, "部门", "0" * 64, (), paragraphs, tables)


def disclosure(*facts: Fact, kind: Kind = Kind.FINAL, year: int | None = 2023) -> Disclosure:
    """The facts of such a document."""
    return Disclosure("made", "某局", year, kind, facts, ())


def book(
    *prose: str | Paragraph, tables: tuple[Table, ...] = (), facts: tuple[Fact, ...] = (), kind: Kind = Kind.FINAL, year: int = 2023
) -> Book:
    """The book of a made document."""
    return Book(document(*prose, tables=tables, kind=kind, year=year), disclosure(*facts, kind=kind, year=year))
