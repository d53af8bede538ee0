"""C: ties between the statutory tables of one document. Tables rounded on their own may differ by one unit in the last place."""

import re
from collections.abc import Iterator

from service.checks import pairs, statutory
from service.checks.book import Book
from service.checks.equations import Equation, judge, title
from service.checks.ledgers import Ledger, Row
from service.checks.outcomes import Outcome, unchecked
from service.checks.registry import rule
from service.checks.statutory import ALL_INCOME, ALL_SPENT, INCOME, SPENT, YEAR_INCOME, YEAR_SPENT, At
from service.records import Kind
from service.statements import Role

_GENERAL = "一般公共预算"
_BASIC = re.compile(r"^基本支出(?!.*(?:人员|公用))")
_PROJECT = re.compile(r"^项目支出")
_FIGURE = re.compile(r"^合计|^总计|金额|决算数|预算数")
_PUBLIC = (
    # (code of the economic classification, words of the 三公 column, words that it must not have)
    ("30212", r"出国", r"$^"),
    ("30217", r"接待", r"$^"),
    ("30231", r"运行(?:维护)?费$", r"购置"),
    ("31013", r"购置费$", r"运行"),
    ("30215", r"会议费", r"$^"),
    ("30216", r"培训费", r"$^"),
)
"""Source: 支出经济分类科目, and the 三公 table's columns."""


@rule("C1")
def totals(book: Book) -> Iterator[Outcome]:
    """收支总表: 本年收入合计 = 收入表 合计, 本年支出合计 = 支出表 合计; a budget's may include what is carried over.

    Source: CHECKS.md C1.
    """
    whole = statutory.panels(book, Role.TOTALS)
    sides = ((YEAR_INCOME, ALL_INCOME, Role.INCOME, INCOME), (YEAR_SPENT, ALL_SPENT, Role.EXPENDITURE, SPENT))
    for names, grand, role, pattern in sides:
        right = _in_statement(book, role, pattern)
        yield from pairs.tie(_printed(book, whole, names, grand), right, names[0])


@rule("C2")
def fiscal_income(book: Book) -> Iterator[Outcome]:
    """收入表 财政拨款收入 合计 = 财政拨款收支总表 本年收入合计; a budget's may include what is carried over.

    Source: CHECKS.md C2.
    """
    left = statutory.in_total(statutory.ledger(book, Role.INCOME), re.compile(r"^(?:本年)?财政拨款(?:收入)?$"))
    right = _printed(book, statutory.panels(book, Role.FISCAL_TOTALS), YEAR_INCOME, ALL_INCOME)
    yield from pairs.tie(right, left, "财政拨款收入")


@rule("C3")
def by_fund(book: Book) -> Iterator[Outcome]:
    """财政拨款收支总表 本年支出合计 under each fund = 合计 of that fund's own table (一般公共预算, 政府性基金, 国有资本经营).

    Source: CHECKS.md C3. A blank fund column beside a blank fund table owes nothing.
    """
    panels = statutory.panels(book, Role.FISCAL_TOTALS)
    names = (YEAR_SPENT, ALL_SPENT) if book.document.kind is Kind.BUDGET else (YEAR_SPENT,)
    for fund, role in zip(statutory.FUNDS, (Role.GENERAL, Role.FUND, Role.STATE_CAPITAL), strict=True):
        left = [at for line in names for p in panels for at in _funded(p, fund, line)]
        yield from pairs.tie(left, _in_statement(book, role, SPENT), f"{fund}财政拨款支出")


@rule("C4")
def basic(book: Book) -> Iterator[Outcome]:
    """一般公共预算财政拨款支出表 基本支出 合计 = 一般公共预算财政拨款基本支出表 合计.

    Source: CHECKS.md C4; where the basic table prints no 合计, its 人员经费合计 + 公用经费合计.
    """
    left = _in_statement(book, Role.GENERAL, _BASIC)
    panels = statutory.panels(book, Role.BASIC)
    halves = [statutory.in_panels(panels, f"{name}经费合计", f"{name}经费") for name in ("人员", "公用")]
    people, running = halves
    if left is not None and people is not None and running is not None:
        parts = (people[1], running[1])
        equation = Equation(left[0].table, "基本支出", left[1], parts, ("人员经费", "公用经费"), kind="cross-table")
        yield from judge([equation], ())
    else:
        yield from pairs.tie([left] if left else [], _in_statement(book, Role.BASIC, _FIGURE), "基本支出")


@rule("C5")
def by_code(book: Book) -> Iterator[Outcome]:
    """收支总表, each 类 = the same 类 of 支出表; 一般公共预算财政拨款支出表 ≤ 支出表 for every code in 合计, 基本支出 and 项目支出.

    Source: CHECKS.md C5; a 类 is bound by name, the rest by code; a part may exceed its whole by one unit in the last place.
    """
    ledger, general = statutory.ledger(book, Role.EXPENDITURE), statutory.ledger(book, Role.GENERAL)
    if ledger is None:
        return
    column = statutory.column(ledger, SPENT)
    if column is None:
        yield unchecked(f"{title(ledger.table)}：未读出合计栏")
        return
    panels = statutory.panels(book, Role.TOTALS)
    for row in ledger.coded:
        left = statutory.in_panels(panels, row.name) if len(row.code) == 3 else None
        if left is not None and column in row.amounts:
            yield from pairs.tie([left], (ledger, row.amounts[column]), row.name)
    if general is not None:
        yield from pairs.within(general, ledger, (SPENT, _BASIC, _PROJECT))


@rule("C6")
def public(book: Book) -> Iterator[Outcome]:
    """基本支出表 30212, 30217, 30231, 31013 (30215, 30216) ≤ the same item of the 三公 table: the basic expenditure's part of all.

    Source: CHECKS.md C6, "part ≤ whole, never equality". A blank item of the 三公 table is not 0 and is not checked.
    """
    ledger, whole = statutory.ledger(book, Role.BASIC), statutory.ledger(book, Role.THREE_PUBLIC)
    if ledger is None or whole is None:
        return
    at = statutory.column(ledger, _FIGURE)
    row = next((r for r in reversed(whole.rows) if r.amounts), None)
    if at is None or row is None:
        yield unchecked(f"{title(whole.table)}：没有可与基本支出明细对照的数")
        return
    for code, words, unless in _PUBLIC:
        part = next((r.amounts[at] for r in ledger.coded if r.code == code and at in r.amounts), None)
        if part is not None:
            yield from _within((ledger, part), whole, row, (words, unless))


def _within(part: At, whole: Ledger, row: Row, words: tuple[str, str]) -> Iterator[Outcome]:
    """One item of the 三公 table, in its 决算 (else 预算) column."""
    found = [
        c
        for c in whole.columns
        if re.search(words[0], _leaf(whole, c)) and not re.search(words[1], _leaf(whole, c)) and _is_current(whole, c)
    ]
    if len(found) == 1 and found[0] in row.amounts:
        yield pairs.at_most(part, (whole, row.amounts[found[0]]), part[1].label)
    elif found:
        yield unchecked(f"{title(whole.table)}：{part[1].label}一栏没有数，未与{title(part[0].table)}对照")


def _leaf(ledger: Ledger, column: int) -> str:
    """A column's item: its heading without 预算数 and 决算数."""
    return next((p for p in reversed(ledger.path(column)) if not re.fullmatch(r".*(?:预算|决算)数", p)), "")


def _is_current(ledger: Ledger, column: int) -> bool:
    """Whether a column is of the document's own measure: 决算数 where the table prints both."""
    measures = {"".join(re.findall(r"预算数|决算数", "".join(ledger.path(c)))) for c in ledger.columns}
    return "决算数" not in measures or "决算数" in "".join(ledger.path(column))


def _printed(book: Book, panels: tuple[Ledger, ...], names: tuple[str, ...], grand: tuple[str, ...]) -> list[At]:
    """A side's total; in a budget also the one that includes what is carried over."""
    found = [statutory.in_panels(panels, *n) for n in (names, grand)]
    chosen = found if book.document.kind is Kind.BUDGET else found[:1]
    return [at for at in chosen if at is not None]


def _in_statement(book: Book, role: Role, pattern: re.Pattern[str]) -> At | None:
    """The 合计 row's amount of a statement."""
    return statutory.in_total(statutory.ledger(book, role), pattern)


def _funded(panel: Ledger, fund: str, names: tuple[str, ...]) -> Iterator[At]:
    """The amounts of the row under the column of a fund."""
    row = panel.find(*names)
    if row is not None:
        for column in panel.columns:
            if statutory.fund_of(panel.path(column)[-1:]) == fund and column in row.amounts:
                yield panel, row.amounts[column]
