"""A: whether the amounts of the tables were read as the page prints them; what was not is left out of every sum."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service.checks.book import Book
from service.checks.equations import title
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, key
from service.checks.registry import rule
from service.records import Place, Quantity, Severity, Table
from service.text import normal

_MISPLACED = re.compile(r"[-+]?\d+(?:,\d+)+(?:\.\d+)?")
_DOUBLED = re.compile(r"[-+]?\d[\d,]*(?:\.\.|,,|\.,|,\.)\d+(?:\.\d+)?")
_LETTERS = re.compile(r"[-+]?(?=(?:[^\d]*\d){2})[\dOolI][\dOolI,]*(?:\.[\dOolI]+)?")
"""Figures that are malformed in print: a comma out of its place, a point or comma twice, a letter for a digit."""


@rule("A2")
def figures(book: Book) -> Iterator[Outcome]:
    """Every non-empty cell of an amount column is one figure, with the digits that the page prints there.

    Source: CHECKS.md A2. A cell that the page itself prints malformed (12,34.56) is suspicious; one that was not read for
    certain is not checked, nor is anything that depends on it.
    """
    printed = {page.number: "".join(normal(line.text) for line in page.lines) for page in book.document.pages}
    for panels in book.panels:
        table = panels[0].table
        sound = True
        for ledger in panels:
            for row in ledger.rows:
                for column in sorted(row.unreadable):
                    sound = False
                    yield _unparsed(table, row.index, column, printed)
        if sound:
            yield passed()


@rule("A6")
def routes(book: Book) -> Iterator[Outcome]:
    """Characters by cell and figures by page, read apart from each other, agree on every figure of every table.

    Source: CHECKS.md A6; service.reading.agreement. A disagreement is the reading's, never the document's: it is not checked.
    """
    lost = {d.table for d in book.disagreements}
    for d in book.disagreements:
        yield unchecked(f"第{d.page}页 {title(book.document.tables[d.table])}：{d.reason}")
    lines = {page.number for page in book.document.pages if page.lines}
    for n, table in enumerate(book.document.tables):
        if n in lost or not any(cell.text[-1:].isdigit() for row in table.rows for cell in row):
            continue
        if lines.issuperset(table.pages):
            yield passed()
        else:
            yield unchecked(f"第{table.pages[0]}页 {title(table)}：没有页面文字可以对照")


def _unparsed(table: Table, row: int, column: int, printed: dict[int, str]) -> Outcome:
    """One cell of an amount column that is no figure."""
    cell = table.rows[row][column]
    form = normal(cell.text)
    malformed = any(p.fullmatch(form) for p in (_MISPLACED, _DOUBLED, _LETTERS))
    if not malformed or form not in printed.get(cell.page, ""):
        return unchecked(f"第{cell.page}页 {title(table)}：单元格「{cell.text}」未能读成一个数字")
    place = table.place(row, column)
    figure = Printed(Decimal(0), "", place, key(Place(cell.page, cell.text, (cell.box,))), cell.text)
    return raised(
        Issue(
            kind="other",
            severity=Severity.SUSPICIOUS,
            stated=Quantity(cell.text, table.unit or ""),
            expected=None,
            where=title(table),
            place=place,
            figures=(figure,),
            explain=f"{title(table)}中「{cell.text}」不是规范书写的数字（千分位、小数点或字符）",
        )
    )
