"""C: ties between the statutory tables of one document. Tables rounded on their own may differ by one unit in the last place."""

import re
from collections.abc import Iterator

from service import statements
from service.checks.book import Book
from service.checks.equations import Equation, Tie, compare, judge, title
from service.checks.ledgers import Ledger, Row
from service.checks.outcomes import Outcome, unchecked
from service.checks.printed import Printed
from service.checks.registry import rule
from service.records import Kind
from service.statements import Role

_INCOME = re.compile(r"本年收入合计|^收入合计|^合计|^总计")
_YEAR_INCOME = ("本年收入合计", "收入合计", "收入总计")
_YEAR_SPENT = ("本年支出合计", "支出合计", "支出总计")
"""Names of a side's total; a budget without carry-over prints only the last."""
_SPENT = re.compile(r"^本年支出(?:合计)?$|^支出合计|^合计|^总计")


@rule("C1")
def totals(book: Book) -> Iterator[Outcome]:
    """收入支出决算总表: 本年收入合计 = 收入决算表 合计, 本年支出合计 = 支出决算表 合计.

    Source: CHECKS.md C1.
    """
    whole = _panels(book, Role.TOTALS)
    for names, role, pattern in ((_YEAR_INCOME, Role.INCOME, _INCOME), (_YEAR_SPENT, Role.EXPENDITURE, _SPENT)):
        yield from _tie(_in_panels(whole, *names), _in_columns(_ledger(book, role), pattern), names[0])


@rule("C2")
def fiscal_income(book: Book) -> Iterator[Outcome]:
    """收入决算表 财政拨款收入 合计 = 财政拨款收入支出决算总表 本年收入合计.

    Source: CHECKS.md C2.
    """
    left = _in_columns(_ledger(book, Role.INCOME), re.compile(r"财政拨款收入"))
    yield from _tie(left, _in_panels(_panels(book, Role.FISCAL_TOTALS), *_YEAR_INCOME), "财政拨款收入")


@rule("C3")
def general_budget(book: Book) -> Iterator[Outcome]:
    """财政拨款收入支出决算总表 本年支出合计 under 一般公共预算 = 一般公共预算财政拨款支出决算表 合计.

    Source: CHECKS.md C3.
    """
    panels = _panels(book, Role.FISCAL_TOTALS)
    left = next((f for p in panels for f in _funded(p, *_YEAR_SPENT)), None)
    yield from _tie(left, _in_columns(_ledger(book, Role.GENERAL), _SPENT), "一般公共预算财政拨款支出")


@rule("C4")
def basic(book: Book) -> Iterator[Outcome]:
    """一般公共预算财政拨款支出决算表 基本支出 合计 = 一般公共预算财政拨款基本支出决算表 合计.

    Source: CHECKS.md C4; where the basic table prints no 合计, its 人员经费合计 + 公用经费合计.
    """
    left = _in_columns(_ledger(book, Role.GENERAL), re.compile(r"^基本支出(?!.*(?:人员|公用))"))
    panels = _panels(book, Role.BASIC)
    halves = [_in_panels(panels, f"{name}经费合计", f"{name}经费") for name in ("人员", "公用")]
    people, running = halves
    if left is not None and people is not None and running is not None:
        parts = (people[1], running[1])
        equation = Equation(left[0].table, "基本支出", left[1], parts, ("人员经费", "公用经费"))
        yield from judge([equation], ())
    else:
        yield from _tie(left, _in_columns(_ledger(book, Role.BASIC), re.compile(r"^合计|^总计|金额|决算数|预算数")), "基本支出")


@rule("C5")
def classes(book: Book) -> Iterator[Outcome]:
    """收入支出决算总表, each 类 of the expenditure side = the same 类 of 支出决算表.

    Source: CHECKS.md C5, "T1 类 column = T3 类"; bound by name.
    """
    ledger, panels = _ledger(book, Role.EXPENDITURE), _panels(book, Role.TOTALS)
    if ledger is None or not panels:
        return
    column = next((c for c in ledger.columns if any(_SPENT.search(part) for part in ledger.path(c))), None)
    if column is None:
        yield unchecked(f"{title(ledger.table)}：未读出合计栏")
        return
    for row in ledger.coded:
        left = _in_panels(panels, row.name) if len(row.code) == 3 else None
        if left is not None and column in row.amounts:
            yield from _tie(left, (ledger, row.amounts[column]), row.name)


def _tie(left: tuple[Ledger, Printed] | None, right: tuple[Ledger, Printed] | None, what: str) -> Iterator[Outcome]:
    """One figure of two tables."""
    if left is None and right is None:
        return
    if left is None or right is None:
        known = left or right
        yield unchecked(f"{what}：在{title(known[0].table) if known else ''}之外未读出对应的数")
        return
    names = (f"{title(left[0].table)} {what}", f"{title(right[0].table)} {right[1].label or '合计'}")
    yield from compare(Tie("cross-table", title(left[0].table), left[1], right[1], names, table=left[0].table.title or None, slack=True))


def _of_role(book: Book, ledger: Ledger, role: Role) -> bool:
    """Whether a ledger's table is the statement of that role, of the document's kind."""
    statement = statements.get(ledger.table.statement)
    return statement is not None and statement.role is role and (book.document.kind is Kind.OTHER or statement.kind is book.document.kind)


def _panels(book: Book, role: Role) -> tuple[Ledger, ...]:
    """The panels of the statement, empty unless exactly one table is it."""
    found = [panels for panels in book.panels if _of_role(book, panels[0], role)]
    return found[0] if len(found) == 1 else ()


def _ledger(book: Book, role: Role) -> Ledger | None:
    """The only ledger of the statement that has a 合计 row, else None."""
    found = [ledger for ledger in book.ledgers if _of_role(book, ledger, role)]
    return found[0] if len(found) == 1 else None


def _in_panels(panels: tuple[Ledger, ...], *names: str) -> tuple[Ledger, Printed] | None:
    """The first amount of the row of the first of these names that any panel prints."""
    for name in names:
        for panel in panels:
            row = panel.find(name)
            if row is not None and panel.columns[0] in row.amounts:
                return panel, row.amounts[panel.columns[0]]
    return None


def _funded(panel: Ledger, *names: str) -> Iterator[tuple[Ledger, Printed]]:
    """The amounts of the row under the column of 一般公共预算."""
    row = panel.find(*names)
    if row is not None:
        for column in panel.columns:
            if any("一般公共预算" in part for part in panel.path(column)) and column in row.amounts:
                yield panel, row.amounts[column]


def _in_columns(ledger: Ledger | None, pattern: re.Pattern[str]) -> tuple[Ledger, Printed] | None:
    """The 合计 row's amount in the first column whose heading matches."""
    row: Row | None = ledger.total if ledger else None
    if ledger is None or row is None:
        return None
    for column in ledger.columns:
        if any(pattern.search(part) for part in ledger.path(column)) and column in row.amounts:
            return ledger, row.amounts[column]
    return None
