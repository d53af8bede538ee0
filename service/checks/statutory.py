"""Which ledgers are which statutory table, and where in them a figure stands."""

import re
from collections.abc import Iterable

from service import statements
from service.checks.book import Book
from service.checks.ledgers import Ledger, Row
from service.checks.printed import Printed
from service.records import Kind
from service.statements import Role

At = tuple[Ledger, Printed]
"""A figure and the ledger that prints it."""

INCOME = re.compile(r"本年收入合计|^收入合计|^合计|^总计")
SPENT = re.compile(r"^本年支出(?:合计)?$|^支出合计|^合计|^总计")
"""Headings of the column that holds the whole income or expenditure."""
WHOLE = re.compile(r"^(?:合计|小计|总计|本年(?:收入|支出)合计|(?:收入|支出)合计)$")
"""Headings of a column that sums the columns beside it."""
YEAR_INCOME = ("本年收入合计", "当年收入小计", "本年收入小计", "本年收入", "收入合计", "收入总计")
YEAR_SPENT = ("本年支出合计", "当年支出小计", "本年支出小计", "本年支出", "支出合计", "支出总计")
"""Names of a side's total; a budget without carry-over prints only the last."""
ALL_INCOME = ("收入总计", "总计", "收入合计", "合计")
ALL_SPENT = ("支出总计", "总计", "支出合计", "合计")
"""Names of a side's last line, carry-over included."""
FUNDS = ("一般公共预算", "政府性基金", "国有资本经营")
"""The three budgets that 财政拨款 comes from, by the words that name them."""


def is_of(book: Book, ledger: Ledger, role: Role) -> bool:
    """Whether a ledger's table is the statement of that role, of the document's kind."""
    statement = statements.get(ledger.table.statement)
    return statement is not None and statement.role is role and (book.document.kind is Kind.OTHER or statement.kind is book.document.kind)


def panels(book: Book, role: Role) -> tuple[Ledger, ...]:
    """The panels of the statement, empty unless exactly one table is it."""
    found = [sides for sides in book.panels if is_of(book, sides[0], role)]
    return found[0] if len(found) == 1 else ()


def ledger(book: Book, role: Role) -> Ledger | None:
    """The only ledger of the statement, else None."""
    found = [one for one in book.ledgers if is_of(book, one, role)]
    return found[0] if len(found) == 1 else None


def fund_of(words: Iterable[str]) -> str | None:
    """The budget that a heading or a name speaks of; None for none or for several."""
    text = "".join(words)
    named = [fund for fund in FUNDS if fund in text]
    return named[0] if len(named) == 1 else None


def in_panels(sides: tuple[Ledger, ...], *names: str) -> At | None:
    """The first amount of the row of the first of these names that any panel prints."""
    for name in names:
        for panel in sides:
            row = panel.find(name)
            if row is not None and panel.columns[0] in row.amounts:
                return panel, row.amounts[panel.columns[0]]
    return None


def under(ledger: Ledger | None, row: Row | None, pattern: re.Pattern[str]) -> At | None:
    """A row's amount in the first column whose heading matches: its own, or the one that it is the 合计 of."""
    if ledger is None or row is None:
        return None
    found = column(ledger, pattern)
    return (ledger, row.amounts[found]) if found is not None and found in row.amounts else None


def in_total(ledger: Ledger | None, pattern: re.Pattern[str]) -> At | None:
    """The 合计 row's amount in the first column whose heading matches; a table of one row is its own 合计.

    A table of one amount column needs no heading 合计: its only column answers a pattern that 合计 would match.
    """
    if ledger is None:
        return None
    printed = [r for r in ledger.rows if r.amounts]
    row = ledger.total or (printed[0] if len(printed) == 1 and not printed[0].code else None)
    only = row is not None and len(ledger.columns) == 1 and ledger.columns[0] in row.amounts and bool(pattern.search("合计"))
    found = under(ledger, row, pattern)
    return (ledger, row.amounts[ledger.columns[0]]) if found is None and row is not None and only else found


def column(ledger: Ledger, pattern: re.Pattern[str]) -> int | None:
    """The first amount column whose heading matches: its own, or the one that it is the 合计 of."""

    def fits(path: tuple[str, ...]) -> bool:
        return bool(path) and (bool(pattern.search(path[-1])) or (bool(WHOLE.match(path[-1])) and any(pattern.search(p) for p in path)))

    return next((c for c in ledger.columns if fits(ledger.path(c))), None)
