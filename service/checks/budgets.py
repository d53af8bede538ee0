"""C7: the tables of a budget against each other, which has more of them than a final account."""

import re
from collections.abc import Iterator, Sequence

from service.checks import pairs, statutory
from service.checks.book import Book
from service.checks.equations import Equation, judge, title
from service.checks.intervals import Fit
from service.checks.outcomes import Outcome, unchecked
from service.checks.registry import rule
from service.checks.statutory import ALL_SPENT, FUNDS, SPENT, YEAR_SPENT, At
from service.records import Kind
from service.statements import Role

_MONEY = re.compile(r"^金额$|^(?:20\d\d年)?预算数$|^合计$|^总计$")
_USES = (("基本支出", re.compile(r"^基本支出")), ("项目支出", re.compile(r"^项目支出")))


@rule("C7")
def budgets(book: Book) -> Iterator[Outcome]:
    """Budget: 财政拨款收支总表 支出 = Σ 一般公共预算支出表, 政府性基金预算支出表, 国有资本经营预算支出表; its uses agree too.

    Source: CHECKS.md C7 (T1 = T4 …, T3 = T5 + T6 + T7, T5 基本 = T8). A table's total may include what is carried to the next
    year, so that either line of a side may be the one that ties; a part is at most its whole, code by code.
    """
    if book.document.kind is not Kind.BUDGET:
        return
    fiscal = statutory.panels(book, Role.FISCAL_TOTALS)
    spent = [at for names in (YEAR_SPENT, ALL_SPENT) if (at := statutory.in_panels(fiscal, *names)) is not None]
    yield from _by_fund(book, spent)
    detailed = statutory.ledger(book, Role.FISCAL_EXPENDITURE)
    if detailed is not None:
        yield from pairs.tie(spent, statutory.in_total(detailed, _MONEY), "财政拨款支出")
    yield from _uses(book)
    general = statutory.ledger(book, Role.GENERAL)
    whole = statutory.ledger(book, Role.EXPENDITURE)
    running, basic = statutory.ledger(book, Role.RUNNING_COSTS), statutory.ledger(book, Role.BASIC)
    narrow = statutory.ledger(book, Role.FISCAL_BASIC)
    for part, over in (
        (general, detailed),
        (running, basic),
        (basic, narrow),
        (detailed, whole if whole is not None and whole.coded else None),
    ):
        if part is not None and over is not None:
            yield from pairs.within(part, over, (_MONEY,))


def _by_fund(book: Book, spent: Sequence[At]) -> Iterator[Outcome]:
    """The side's total against the tables of the funds."""
    ledgers = [statutory.ledger(book, role) for role in (Role.GENERAL, Role.FUND, Role.STATE_CAPITAL)]
    totals = [statutory.in_total(ledger, SPENT) or statutory.in_total(ledger, _MONEY) for ledger in ledgers]
    parts = [(fund, at[1]) for fund, at in zip(FUNDS, totals, strict=True) if at is not None]
    if not spent or totals[0] is None:
        if spent or parts:
            yield unchecked("财政拨款支出：没有读全财政拨款收支总表与一般公共预算支出表")
        return
    named = (tuple(f for _, f in parts), tuple(n for n, _ in parts))
    equations = [Equation(at[0].table, "财政拨款支出", at[1], *named, kind="cross-table") for at in spent]
    fitting = next((e for e in equations if e.result.fit is not Fit.OFF), equations[0])
    if fitting.result.fit is Fit.OFF and len(parts) < len(FUNDS) and not _is_complete(book, spent[0]):
        yield unchecked(f"{title(spent[0][0].table)}：没有读全各项预算的支出表")
    else:
        yield from judge([fitting], ())


def _is_complete(book: Book, spent: At) -> bool:
    """Whether the side has no money of another fund: its income side prints the general budget only."""
    income = statutory.panels(book, Role.FISCAL_TOTALS)[0]
    at = income.columns[0]
    others = [r for r in income.rows if (fund := statutory.fund_of([r.name])) and fund != FUNDS[0] and at in r.amounts]
    return income is not spent[0] and all(r.amounts[at].value == 0 for r in others)


def _uses(book: Book) -> Iterator[Outcome]:
    """基本支出 and 项目支出 as lines of a 收支总表 against the columns of the expenditure table, and the narrower basic table."""
    sides = statutory.panels(book, Role.TOTALS)
    for name, pattern in _USES:
        line = statutory.in_panels(sides, name)
        column = statutory.in_total(statutory.ledger(book, Role.EXPENDITURE), pattern)
        if line is not None and column is not None:
            yield from pairs.tie([line], column, name)
    basic = statutory.in_panels(statutory.panels(book, Role.FISCAL_TOTALS), "基本支出")
    narrow = statutory.in_total(statutory.ledger(book, Role.FISCAL_BASIC), _MONEY)
    if basic is not None and narrow is not None:
        yield from pairs.tie([basic], narrow, "财政拨款基本支出")
