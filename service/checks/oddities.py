"""B10: figures of a table that are possible and odd: below zero, a share above 100 %, one 其他 line that takes its whole class."""

import re
from collections.abc import Iterator

from service.checks.book import Book
from service.checks.equations import title
from service.checks.intervals import HUNDRED
from service.checks.ledgers import Ledger, Row
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_cell
from service.checks.registry import rule
from service.records import Quantity, Severity, Table
from service.text import normal

_SIGNED = re.compile(r"增减|增加|减少|差|比|结转|结余|调整|变动|平衡|弥补")
"""Columns and rows that may be below zero."""
_SHARE = re.compile(r"占比|比重|构成比|占.{0,12}(?:%|比例)")
_OTHERS = 3
"""Blank lines beside 其他 that make it odd that 其他 takes all."""


@rule("B10")
def oddities(book: Book) -> Iterator[Outcome]:
    """No amount below zero outside of changes and balances; no share above 100 %; 30299 (30199, 30399) not the whole of its 类.

    Source: CHECKS.md B10. 其他 equal to its 类 is odd only where the table prints other 款 of it, all blank. Suspicious at most.
    """
    for ledger in book.ledgers:
        found = [*_negative(ledger), *_lumped(ledger)]
        figures = [f for row in ledger.rows for f in row.amounts.values()]
        if any(row.unreadable for row in ledger.rows):
            yield unchecked(f"{title(ledger.table)}：有单元格未能读成数字")
        if found or figures:
            yield from found or [passed()]
    for table in book.document.tables:
        yield from _shares(table)


def _negative(ledger: Ledger) -> Iterator[Outcome]:
    """Amounts below zero."""
    for column in ledger.columns:
        if any(_SIGNED.search(part) for part in ledger.path(column)):
            continue
        for row in ledger.rows:
            figure = row.amounts.get(column)
            if figure is not None and figure.value < 0 and not _SIGNED.search(row.name):
                head = "/".join(ledger.path(column))
                explain = f"{title(ledger.table)} {row.code}{row.name}（{head}）为负数 {figure.text} {figure.unit}"
                yield _issue(ledger.table, "logic", (figure,), None, explain)


def _lumped(ledger: Ledger) -> Iterator[Outcome]:
    """其他 of an economic 类 that equals the 类 while the other printed 款 are blank."""
    for parent in ledger.coded:
        if not re.fullmatch(r"30[123]", parent.code):
            continue
        children = ledger.children(parent)
        rest = next((r for r in children if r.code == f"{parent.code}99"), None)
        for column in ledger.columns:
            if rest is not None and _takes_all(parent, rest, children, column):
                whole, part = parent.amounts[column], rest.amounts[column]
                explain = (
                    f"{title(ledger.table)} {rest.code}{rest.name} {part.text} {part.unit}与{parent.code}{parent.name}相同，"
                    f"其余 {len(children) - 1} 个款均无数"
                )
                yield _issue(ledger.table, "logic", (part, whole), None, explain)


def _takes_all(parent: Row, rest: Row, children: list[Row], column: int) -> bool:
    """Whether one line holds the whole of its parent, and the other lines nothing."""
    others = [r for r in children if r is not rest]
    if len(others) < _OTHERS or column not in parent.amounts or column not in rest.amounts:
        return False
    blank = all(column not in r.amounts or r.amounts[column].value == 0 for r in others)
    return blank and parent.amounts[column].value == rest.amounts[column].value > 0


def _shares(table: Table) -> Iterator[Outcome]:
    """Shares above 100 %."""
    for column, head in enumerate(table.columns):
        if not _SHARE.search(normal(head)):
            continue
        for n in range(len(table.rows)):
            figure = from_cell(table, n, column, "%")
            if figure is None:
                continue
            if figure.value > HUNDRED:
                explain = f"{title(table)}「{head}」一栏为 {figure.text} %，大于 100 %"
                yield _issue(table, "share", (figure,), "100", explain)
            else:
                yield passed(figure)


def _issue(table: Table, kind: str, figures: tuple[Printed, ...], expected: str | None, explain: str) -> Outcome:
    lead = figures[0]
    return raised(
        Issue(
            kind=kind,
            severity=Severity.SUSPICIOUS,
            stated=Quantity(lead.text, lead.unit),
            expected=Quantity(expected, lead.unit) if expected else None,
            where=title(table),
            place=lead.place,
            figures=figures,
            explain=explain,
        )
    )
