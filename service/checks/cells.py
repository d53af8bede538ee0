"""Cells of the statutory tables: where a statement prints an item, found only where it is the only one."""

import re
from dataclasses import dataclass

from service import statements
from service.checks.book import Book
from service.checks.ledgers import Ledger, Row, bare
from service.checks.printed import Printed
from service.records import Fact, Kind
from service.statements import Role

Cell = tuple[Ledger, Printed]
"""A figure of a table with the panel that it stands in."""

SUM = r"^(?:合计|总计|小计|本年(?:收入|支出)合计|(?:收入|支出)合计|(?:决算|预算|本年支出)数?|金额)$"
GRAND = r"^(?:合计|总计)$"


@dataclass(frozen=True, slots=True)
class Cells:
    """Where a statement prints an item: `row` by name, `column` by any part of its header; `side` 0 is income, −1 expenditure."""

    role: Role
    row: str
    column: str
    side: int | None = None
    other: tuple[str, str] | None = None
    """(row, column) of the other form of the statement."""


def _tables(book: Book, role: Role) -> list[tuple[Ledger, ...]]:
    """The tables, as panels, that are the statement of a role for this kind of document."""
    found = []
    for panels in book.panels:
        statement = statements.get(panels[0].table.statement)
        if statement is not None and statement.role is role and book.document.kind in (Kind.OTHER, statement.kind):
            found.append(panels)
    return found


def only(book: Book, role: Role) -> Ledger | None:
    """The statement's only table, when it is one panel."""
    found = _tables(book, role)
    return found[0][0] if len(found) == 1 and len(found[0]) == 1 else None


def cell_of(book: Book, cells: Cells) -> Cell | None:
    """The cell of an item; None unless exactly one table is that statement and prints it."""
    found = _tables(book, cells.role)
    if len(found) != 1:
        return None
    panels = found[0]
    if cells.side is not None:
        panels = (panels[cells.side],)
    places = [(cells.row, cells.column), *([cells.other] if cells.other else [])]
    return next((c for name, column in places for panel in panels if (c := _in_panel(panel, name, column)) is not None), None)


def _in_panel(panel: Ledger, name: str, column: str) -> Cell | None:
    """The amount of the first row without a code whose name matches."""
    rows = (r for r in panel.rows if not r.code and re.search(name, r.name))
    return next((c for r in rows if (c := first(panel, r, column)) is not None), None)


def first(ledger: Ledger, row: Row, column: str) -> Cell | None:
    """The row's amount in the first column with a matching heading."""
    for c in ledger.columns:
        if c in row.amounts and any(re.search(column, part) for part in ledger.path(c)):
            return ledger, row.amounts[c]
    return None


def row_of(ledger: Ledger, fact: Fact) -> Row | None:
    """The row of an item: by code, else by name (and by its 款 where the name stands more than once)."""
    if fact.code:
        found = [r for r in ledger.coded if r.code == fact.code]
        if found:
            return found[0] if len(found) == 1 else None
    named = [r for r in ledger.coded if r.name == bare(fact.item) and len(r.code) == 7]
    if len(named) > 1 and fact.path:
        middles = {r.code for r in ledger.coded if r.name == bare(fact.path[-1])}
        named = [r for r in named if r.code[:5] in middles]
    return named[0] if len(named) == 1 else None
