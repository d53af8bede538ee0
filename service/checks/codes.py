"""B9: the codes of a table: each once, under its printed parent, and with the name that the classification gives it."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from service.checks import classification
from service.checks.book import Book
from service.checks.equations import title
from service.checks.ledgers import Ledger, Row
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, key
from service.checks.registry import rule
from service.records import Quantity, Severity

_LENGTHS = {5: 3, 7: 5}
"""Digits of a code → of its parent."""
_FEW = 2
"""More rows without a parent than this are a table of another design (or a page that was not read), not a slip."""


@rule("B9")
def codes(book: Book) -> Iterator[Outcome]:
    """Every code stands once, has its parent printed where the table prints that level, and bears its name of the classification.

    Source: CHECKS.md B9; 《政府收支分类科目》 in classification.toml. A name is questioned only when the classification
    gives it to another code; codes that the data file does not hold are not checked. Suspicious at most.
    """
    for ledger in book.ledgers:
        if not ledger.coded:
            continue
        if ledger.table in book.doubted_tables:
            yield unchecked(f"{title(ledger.table)}：有数字未能归入单元格，未核对科目编码")
            continue
        found = [*_twice(ledger), *_orphans(ledger), *_misnamed(ledger, book.document.year or 0)]
        yield from found or [passed()]


def _twice(ledger: Ledger) -> Iterator[Outcome]:
    """One code on two rows of different names; the same names twice are a table by units or projects."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in ledger.coded:
        rows[row.code].append(row)
    again = {code: same for code, same in rows.items() if len(same) > 1}
    for code, same in again.items():
        named = {row.name for row in same if row.name}
        if len(again) > 1 or len(named) < len(same):
            yield unchecked(f"{title(ledger.table)}：编码 {code} 出现 {len(same)} 次，可能按单位或项目分列")
            return
        explain = f"{title(ledger.table)}中编码 {code} 出现 {len(same)} 次：{'、'.join(row.name for row in same)}"
        yield _issue(ledger, same, (code, ""), explain)


def _orphans(ledger: Ledger) -> Iterator[Outcome]:
    """Codes without their parent in a table that prints parents of that level."""
    printed = {row.code for row in ledger.coded}
    levels = {len(code) for code in printed}
    missing: dict[str, list[Row]] = defaultdict(list)
    for row in ledger.coded:
        above = _LENGTHS.get(len(row.code))
        if above in levels and row.code[:above] not in printed:
            missing[row.code[:above]].append(row)
    if len(missing) > _FEW:
        yield unchecked(f"{title(ledger.table)}：多数编码没有列出上级，未核对上下级")
        return
    for parent, rows in missing.items():
        explain = f"{title(ledger.table)}列有编码 {rows[0].code} {rows[0].name}，未列其上级 {parent}"
        yield _issue(ledger, rows[:1], (rows[0].code, parent), explain)


def _misnamed(ledger: Ledger, year: int) -> Iterator[Outcome]:
    """Codes that bear a name which the classification gives to another code."""
    if year < classification.SINCE:
        yield unchecked(f"{title(ledger.table)}：{year or '未知'}年度的科目与现行科目不同，未核对名称")
        return
    for row in ledger.coded:
        known = classification.names(row.code)
        if not known or not row.name or classification.is_called(row.code, row.name):
            continue
        others = {code for code in classification.codes(row.name) if code[0] == row.code[0] and len(code) == len(row.code)}
        if others:
            explain = (
                f"{title(ledger.table)}中编码 {row.code} 的名称写「{row.name}」；"
                f"政府收支分类科目中 {row.code} 为「{known[0]}」，「{row.name}」的编码为 {'、'.join(sorted(others)[:3])}"
            )
            yield _issue(ledger, [row], (row.name, known[0]), explain)


def _code(ledger: Ledger, row: Row) -> Printed:
    """A row's code as a printed figure."""
    place = ledger.table.place(row.index)
    return Printed(Decimal(row.code), "", place, f"code:{key(place)}", row.name)


def _issue(ledger: Ledger, rows: list[Row], values: tuple[str, str], explain: str) -> Outcome:
    stated, expected = values
    figures = tuple(_code(ledger, row) for row in rows)
    return raised(
        Issue(
            kind="other",
            severity=Severity.SUSPICIOUS,
            stated=Quantity(stated, ""),
            expected=Quantity(expected, "") if expected else None,
            where=title(ledger.table),
            place=figures[0].place,
            figures=figures,
            explain=explain,
        )
    )
