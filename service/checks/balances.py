"""B: what came in against what went out and what is left: the two sides of a table, each fund, each fund's carry-over."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.checks import statutory
from service.checks.book import Book
from service.checks.equations import Equation, Tie, compare, judge, title
from service.checks.hierarchies import sums
from service.checks.ledgers import Ledger, Row
from service.checks.outcomes import Outcome, unchecked
from service.checks.printed import Printed
from service.checks.registry import rule
from service.checks.statutory import FUNDS
from service.statements import Role

_CLOSES = re.compile(r"^(?:收入|支出)?总计$|^(?:收入|支出)?合计$")
_YEAR_TOTAL = re.compile(r"^(?:本年|当年)(?:收入|支出)(?:合计|小计)?$")
_CARRIED = re.compile(
    r"^(?:使用|动用)(?:非财政拨款|专用)(?:和专用)?结余|^用事业基金弥补收支差额|^(?:年初|上年|年末|年终)(?:财政拨款)?(?:资金)?结[转余]"
    r"|^上年(?:结余|实户资金余额)|^结余分配$|^结转(?:到)?下年|^未安排支出的实户资金"
)
"""Lines that carry money over years, whole (their parts stand under 其中 or are named after a fund)."""
_PART = re.compile(
    r"^其中|^(?:基本|项目)支出结转|经营结余|^(?:一般)?公共预算|^政府性基金|^国有资本|财政拨款资金|^提取|^转入|事业基金|所得税|^非财政"
)
"""Lines that are a part of the one above them though they bear no number."""
_OPENING = re.compile(r"年初.*结[转余]|上年.*结[转余]")
_CLOSING = re.compile(r"年末.*结[转余]|年终.*结[转余]|结转下年")
_AMOUNT = re.compile(r"^(?:合计|小计|总计|(?:20\d\d年)?(?:预算|决算)数?|金额)$")
_ROWS = 3
_PARTS = 2


@rule("B4")
def two_sides(book: Book) -> Iterator[Outcome]:
    """Tables of panels: 收入总计 = 支出总计 (one figure twice, no slack); 本年合计 = Σ of its lines; 总计 = 本年合计 + what carries over.

    Source: CHECKS.md B4. Lines are the numbered ones (一、二、…) or the 类; those under 其中 are parts of a part and not added.
    Slack of the sums (u_T + Σ u_i) / 2.
    """
    for panels in book.panels:
        if len(panels) < 2 or panels[0].coded:
            continue
        sides = [(panel, figure) for n, panel in enumerate(panels) if (figure := _closing(panels, n)) is not None]
        if len(sides) >= 2:
            for left, right in pairwise(figure for _, figure in sides):
                yield from compare(Tie("sum", title(panels[0].table), left, right, ("收入总计", "支出总计")))
        elif sides:
            yield unchecked(f"{title(panels[0].table)}：未读出两边的总计")
        for panel in panels:
            yield from _year(panel)
            yield from _side(panel)
            yield from _levels(panel)


@rule("B5")
def funds(book: Book) -> Iterator[Outcome]:
    """财政拨款收支总表: 合计 = 一般公共预算 + 政府性基金 + 国有资本经营 in every row; each fund 年初结转 + 本年收入 = 本年支出 + 年末结转.

    Source: CHECKS.md B5. Both identities are prescribed for the statement; a blank counts as nothing.
    """
    panels = statutory.panels(book, Role.FISCAL_TOTALS)
    if not panels:
        return
    columns = _fund_columns(panels[-1])
    if len(panels) != 2 or len(columns) < len(FUNDS) - 1:
        yield unchecked(f"{title(panels[0].table)}：没有读出各项预算的栏目")
        return
    whole = [c for c in panels[-1].columns if c not in columns.values()]
    if len(whole) == 1 and _AMOUNT.match(panels[-1].path(whole[0])[-1]):
        rows = list(_fund_rows(panels[-1], whole[0], columns))
        yield from judge(rows, () if len(rows) < _ROWS else None)
    else:
        yield unchecked(f"{title(panels[0].table)}：各项预算之外还有其他栏目，未核对合计")
    for fund, column in columns.items():
        yield from _fund(panels, fund, column)


@rule("B8")
def carried_over(book: Book) -> Iterator[Outcome]:
    """政府性基金 and 国有资本经营 tables: 年初结转和结余 + 本年收入 − 本年支出 = 年末结转和结余, in every row.

    Source: CHECKS.md B8; slack u_T / 2 + Σ u_i / 2.
    """
    for role in (Role.FUND, Role.STATE_CAPITAL):
        ledger = statutory.ledger(book, role)
        if ledger is None:
            continue
        found = [statutory.column(ledger, p) for p in (_OPENING, re.compile(r"^本年收入"), re.compile(r"^本年支出"), _CLOSING)]
        opening, income, spent, closing = found
        if income is None or spent is None or (opening is None and closing is None):
            continue
        for row in ledger.rows:
            if row.unreadable & {c for c in found if c is not None}:
                yield unchecked(f"{title(ledger.table)}：{row.code}{row.name}有单元格未能读成数字")
                continue
            figures = [row.amounts.get(c) if c is not None else None for c in found]
            yield from _rolled(ledger, f"{row.code}{row.name}", (figures[0], figures[1], figures[2], figures[3]))


Flow = tuple[Printed | None, Printed | None, Printed | None, Printed | None]
"""Opening, income, spent, closing; None: not printed."""
_NAMES = ("年初结转和结余", "本年收入", "本年支出", "年末结转和结余")


def _rolled(ledger: Ledger, who: str, flow: Flow) -> Iterator[Outcome]:
    """Opening + income − spent = closing; where no closing is printed, opening + income = spent."""
    opening, income, spent, closing = flow
    total, what = (closing, _NAMES[3]) if closing is not None else (spent, _NAMES[2])
    if total is None or (income is None and opening is None):
        return
    parts = [(name, figure) for name, figure in zip(_NAMES[:2], (opening, income), strict=True) if figure is not None]
    minus: frozenset[int] = frozenset()
    if closing is not None and spent is not None:
        minus = frozenset({len(parts)})
        parts.append((_NAMES[2], spent))
    equation = Equation(ledger.table, f"{who}{what}", total, tuple(f for _, f in parts), tuple(n for n, _ in parts), minus)
    yield from judge([equation], ())


def _fund_columns(panel: Ledger) -> dict[str, int]:
    """Fund → its amount column."""
    found: dict[str, int] = {}
    for column in panel.columns:
        fund = statutory.fund_of(panel.path(column)[-1:])
        if fund is not None:
            found.setdefault(fund, column)
    return found


def _fund_rows(panel: Ledger, whole: int, columns: dict[str, int]) -> Iterator[Equation]:
    """Each row's 合计 of the funds."""
    for row in panel.rows:
        if whole not in row.amounts or row.unreadable:
            continue
        parts = [(fund, row.amounts[c]) for fund, c in columns.items() if c in row.amounts]
        if parts:
            what = f"{row.name}{panel.path(whole)[-1]}"
            yield Equation(panel.table, what, row.amounts[whole], tuple(f for _, f in parts), tuple(n for n, _ in parts))


def _fund(panels: tuple[Ledger, ...], fund: str, column: int) -> Iterator[Outcome]:
    """One fund: its opening and income on the left, what was spent and is left on the right."""
    income, spending = panels
    at = income.columns[0]
    year = next((r for r in income.rows if _YEAR_TOTAL.match(r.name) or _CLOSES.match(r.name)), None)
    spent = next((r.amounts[column] for r in spending.rows if _YEAR_TOTAL.match(r.name) and column in r.amounts), None)
    received = next((r.amounts[at] for r in income.rows if r is not year and fund in r.name and at in r.amounts and _before(r, year)), None)
    opens = next((r for r in income.rows if _OPENING.search(r.name)), None)
    if year is None or spent is None or received is None:
        return
    closing = next((r.amounts[column] for r in spending.rows if _CLOSING.search(r.name) and column in r.amounts), None)
    opening = None
    if opens is not None and at in opens.amounts:
        opening = next((r.amounts[at] for r in income.rows[opens.index + 1 :] if fund in r.name and at in r.amounts), None)
        if opening is None and opens.amounts[at].value != 0:
            yield unchecked(f"{title(income.table)}：年初结转和结余没有分列{fund}")
            return
    yield from _rolled(income, fund, (opening, received, spent, closing))


def _before(row: Row, other: Row | None) -> bool:
    """Whether a row stands above another."""
    return other is not None and row.index < other.index


def _closing_row(panels: tuple[Ledger, ...], n: int) -> Row | None:
    """The last line (总计) of panel n: by its name, or beside the others' where the name is printed once."""
    panel = panels[n]
    row = next((r for r in reversed(panel.rows) if _CLOSES.match(r.name)), None)
    if row is not None:
        return row
    beside = next((r.index for p in panels for r in reversed(p.rows) if _CLOSES.match(r.name)), None)
    return next((r for r in panel.rows if r.index == beside and not r.name), None)


def _closing(panels: tuple[Ledger, ...], n: int) -> Printed | None:
    """The 总计 of panel n, in its first amount column."""
    row = _closing_row(panels, n)
    return row.amounts.get(panels[n].columns[0]) if row else None


def _lines(rows: Sequence[Row]) -> list[Row]:
    """The outermost numbered lines that print an amount, without what is carried over; else the 类."""
    numbered = [r for r in rows if r.level and not _CARRIED.search(r.name)]
    level = min((r.level for r in numbered if r.amounts), default=0)
    return [r for r in numbered if r.level == level] if level else [r for r in rows if len(r.code) == 3]


def _stands_alone(rows: Sequence[Row]) -> bool:
    """Whether a line without number or code prints an amount: it may or may not be an addend."""
    return any(r.amounts and not r.level and not r.code and not _PART.search(r.name) and not _CARRIED.search(r.name) for r in rows)


def _year(panel: Ledger) -> Iterator[Outcome]:
    """本年合计 of one panel against its lines: those above it, or those under it where it is a numbered line itself (一、本年收入)."""
    closing = next((r for r in panel.rows if _YEAR_TOTAL.match(r.name)), None)
    if closing is None or not closing.amounts:
        return
    if closing.level:
        rest = panel.rows[closing.index + 1 :]
        rows = rest[: next((n for n, r in enumerate(rest) if r.level and r.level <= closing.level), 0)]
    else:
        rows = panel.rows[: closing.index]
    lines = _lines(rows)
    if not lines:
        yield unchecked(f"{title(panel.table)}：各行没有序号，无法确定合计的组成")
        return
    yield from judge(sums(panel, [(closing, lines)]), None if _stands_alone(rows) else ())


def _levels(panel: Ledger) -> Iterator[Outcome]:
    """A numbered line against the numbered lines of the next level under it; a list that may be incomplete is not judged.

    Complete is a list whose sum is the line's, or differs from it as a slip of the pen does.
    """
    for n, row in enumerate(panel.rows):
        if not row.level or not row.amounts or _YEAR_TOTAL.match(row.name):
            continue
        rest = panel.rows[n + 1 :]
        under = rest[: next((m for m, r in enumerate(rest) if not _is_under(r, row.level)), len(rest))]
        level = min((r.level for r in under if r.level), default=0)
        parts = [r for r in under if r.level == level]
        if level and len(parts) >= _PARTS and any(r.amounts for r in parts):
            for equation in sums(panel, [(row, parts)]):
                yield from judge([equation], confirmed=True)


def _is_under(row: Row, level: int) -> bool:
    """Whether a row stands under a line of that level: deeper, or without a number a part of it, or blank."""
    return row.level > level if row.level else not row.name or bool(_PART.search(row.name))


def _side(panel: Ledger) -> Iterator[Outcome]:
    """总计 of one panel: 本年合计 (or its numbered lines, where there is none) and what is carried over."""
    closing = next((r for r in reversed(panel.rows) if _CLOSES.match(r.name)), None)
    if closing is None or not closing.amounts:
        return
    above = panel.rows[: closing.index]
    year = next((r for r in above if _YEAR_TOTAL.match(r.name)), None)
    between = above[year.index + 1 :] if year is not None and not year.level else above
    carried = [r for r in between if _CARRIED.search(r.name)]
    body = [year] if year is not None else _lines(above)
    if not body or not any(r.amounts for r in body) or any(_is_hidden(above, r) for r in carried):
        yield unchecked(f"{title(panel.table)}：{closing.name}与上方各行的关系不能确定")
        return
    loose = _stands_alone(between) if year is None or not year.level else False
    yield from judge(sums(panel, [(closing, [*body, *carried])]), None if loose else ())


def _is_hidden(rows: Sequence[Row], carried: Row) -> bool:
    """Whether a blank line is followed by a part that prints an amount."""
    part = next((r for r in rows if r.index > carried.index and r.name), None)
    return not carried.amounts and part is not None and bool(part.amounts) and not _CARRIED.search(part.name)
