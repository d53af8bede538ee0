"""B: identities inside a table."""

import re
from collections.abc import Iterator

from service.checks import ledgers
from service.checks.book import Book
from service.checks.equations import Equation, Tie, compare, judge, title
from service.checks.intervals import Fit
from service.checks.ledgers import Ledger, Row
from service.checks.outcomes import Outcome, unchecked
from service.checks.printed import Printed
from service.checks.registry import rule

_WHOLE = re.compile(r"^(?:合计|小计|总计|本年(?:收入|支出)合计|(?:收入|支出)合计)$")
_OF_WHICH = re.compile(r"其中")
_YEAR_TOTAL = re.compile(r"^本年(?:收入|支出)合计$")
_PEOPLE = ("301", "303")
_PRESCRIBED = re.compile(
    r"基本支出|项目支出|上缴上级支出|(?:事业单位)?经营支出|对附属单位补助支出|单位预留机动经费|结转下年(?:资金)?"
    r"|财政拨款收入|上级补助收入|事业收入|(?:事业单位)?经营收入|附属单位上缴收入|其他收入"
)
_ROWS = 3
_MEASURE = re.compile(r"(?:20\d\d年度?)?(?:年初|全年|本年)?(?:预算|决算)数")
_CLOSES = re.compile(r"^(?:收入|支出)?总计$|^合计$")


@rule("B1")
def hierarchy(book: Book) -> Iterator[Outcome]:
    """类 = Σ 款, 款 = Σ 项 in every amount column (codes of 3, 5 and 7 digits; economic classification 3 and 5).

    Source: CHECKS.md B1. Slack (u_T + Σ u_i) / 2; a blank part counts as nothing, a blank total is not tested.
    """
    for table in ledgers.unread(book.document):
        yield unchecked(f"{title(table)}（第{table.pages[0]}页）：有金额栏没有读到表头，表内各项未核对")
    for ledger in book.ledgers:
        families = _families(ledger)
        if not families:
            continue
        if not ledger.has_unique_codes:
            yield unchecked(f"{title(ledger.table)}：科目编码有重复，无法确定上下级")
            continue
        yield from _unreadable(ledger, families)
        yield from judge(_sums(ledger, families), _tree(ledger))


@rule("B2")
def grand_total(book: Book) -> Iterator[Outcome]:
    """合计 = Σ 类 (the rows without a printed parent) in every amount column.

    Source: CHECKS.md B2.
    """
    for ledger in book.ledgers:
        tops = ledger.children(None)
        if ledger.total is None or not tops:
            continue
        if not ledger.has_unique_codes:
            yield unchecked(f"{title(ledger.table)}：科目编码有重复，无法汇总")
            continue
        yield from _unreadable(ledger, [(ledger.total, tops)])
        yield from judge(_sums(ledger, [(ledger.total, tops)]), _tree(ledger))


@rule("B3")
def across_row(book: Book) -> Iterator[Outcome]:
    """合计 column = Σ of the columns beside it under the same heading, in every row (基本 + 项目 + …; Σ sources).

    Source: CHECKS.md B3. Two of three rows must confirm the reading of the header before a row is called wrong; a table of one or
    two rows is judged where every column bears a prescribed name.
    """
    for ledger in book.ledgers:
        for whole, parts in _groups(ledger):
            equations = []
            for row in ledger.rows:
                if row.is_heading or whole not in row.amounts or row.unreadable & {whole, *parts}:
                    continue
                figures = [(c, row.amounts[c]) for c in parts if c in row.amounts]
                if figures:
                    parts_named = [(ledger.path(c)[-1], f) for c, f in figures]
                    equations.append(_equation(ledger, f"{row.code}{row.name}{ledger.path(whole)[-1]}", row.amounts[whole], parts_named))
            named = all(_PRESCRIBED.fullmatch(ledger.path(c)[-1]) for c in parts)
            yield from judge(equations, () if named and len(equations) < _ROWS else None)


@rule("B4")
def two_sides(book: Book) -> Iterator[Outcome]:
    """Tables of two panels: 收入总计 = 支出总计 (one figure twice, no slack); 本年合计 = Σ of the numbered lines (一、二、…) above it.

    Source: CHECKS.md B4. Lines under 其中 are parts of a part and not added.
    """
    for panels in book.panels:
        if len(panels) != 2:
            continue
        sides = [s for s in map(_closing, panels) if s is not None]
        if len(sides) == 2:
            yield from compare(Tie("sum", title(panels[0].table), sides[0], sides[1], ("收入总计", "支出总计")))
        elif sides:
            yield unchecked(f"{title(panels[0].table)}：未读出两边的总计")
        for panel in panels:
            yield from _side(panel)


@rule("B6")
def people_and_running(book: Book) -> Iterator[Outcome]:
    """人员经费合计 = 301 + 303, 公用经费合计 = the other 类, where the table prints the two totals as rows.

    Source: CHECKS.md B6; economic classification of expenditure.
    """
    for ledger in book.ledgers:
        for row in ledger.rows:
            people, running = row.name.startswith("人员经费合计"), row.name.startswith("公用经费合计")
            if not (people or running):
                continue
            classes = [r for r in ledger.coded if len(r.code) == 3 and (r.code in _PEOPLE) == people]
            if not classes or not ledger.has_unique_codes:
                yield unchecked(f"{title(ledger.table)}：未读出{row.name}的各类支出")
                continue
            yield from judge(_sums(ledger, [(row, classes)]), ())


@rule("B7")
def three_public(book: Book) -> Iterator[Outcome]:
    """“三公”经费: 合计 = 因公出国 + 公务用车小计 + 公务接待, 公务用车小计 = 购置 + 运行, in each block of columns.

    Source: CHECKS.md B7; both 预算数 and 决算数.
    """
    for ledger in book.ledgers:
        for whole, parts in _three_public(ledger):
            for row in ledger.rows:
                if whole in row.amounts:
                    if row.unreadable & {whole, *parts} or not any(c in row.amounts for c in parts):
                        yield unchecked(f"{title(ledger.table)}：“三公”经费各栏未能全部读出")
                    else:
                        yield from _three_public_row(ledger, row, whole, parts)


def _three_public_row(ledger: Ledger, row: Row, whole: int, parts: list[int]) -> Iterator[Outcome]:
    """One total: of the three items, or of these with 会议费 and 培训费 where the table prints them; which it is, is not printed."""

    def equation(columns: list[int]) -> Equation:
        named = [("/".join(ledger.path(c)), row.amounts[c]) for c in columns if c in row.amounts]
        return _equation(ledger, "/".join(ledger.path(whole)), row.amounts[whole], named)

    three, every = equation(parts[:3]), equation(parts)
    if len(parts) > 3 and three.result.fit is Fit.OFF and every.result.fit is Fit.OFF:
        yield unchecked(f"{title(ledger.table)}：合计是否含会议费、培训费无法确定")
        return
    yield from judge([every if three.result.fit is Fit.OFF else three], ())


def _side(panel: Ledger) -> Iterator[Outcome]:
    """本年合计 of one panel against the numbered lines above it."""
    closing = next((r for r in panel.rows if _YEAR_TOTAL.match(r.name)), None)
    if closing is None:
        return
    lines = [r for r in panel.rows[: closing.index] if r.is_numbered]
    if not lines:
        yield unchecked(f"{title(panel.table)}：各行没有序号，无法确定合计的组成")
        return
    yield from judge(_sums(panel, [(closing, lines)]), ())


Family = tuple[Row, list[Row]]
"""A total's row and the rows that it sums."""


def _families(ledger: Ledger) -> list[Family]:
    """Every row with a code that has rows under it."""
    return [(row, children) for row in ledger.coded if (children := ledger.children(row))]


def _tree(ledger: Ledger) -> list[Equation]:
    """Every sum of the code hierarchy, the grand total included: what the reading of the table is judged by."""
    top = [(ledger.total, ledger.children(None))] if ledger.total else []
    return _sums(ledger, [*_families(ledger), *top])


def _sums(ledger: Ledger, families: list[Family]) -> list[Equation]:
    """The equations of these families in every amount column; where a part could not be read there is none."""
    found = []
    for column in ledger.columns:
        head = f"（{'/'.join(ledger.path(column))}）" if len(ledger.columns) > 1 else ""
        for parent, children in families:
            if column not in parent.amounts or any(column in r.unreadable for r in children):
                continue
            parts = [(r.code or r.name, r.amounts[column]) for r in children if column in r.amounts]
            if parts:
                found.append(_equation(ledger, f"{parent.code}{parent.name}{head}", parent.amounts[column], parts))
    return found


def _unreadable(ledger: Ledger, families: list[Family]) -> Iterator[Outcome]:
    """One outcome per total that has a part which is no single figure."""
    for parent, children in families:
        if any(row.unreadable for row in children):
            yield unchecked(f"{title(ledger.table)}：{parent.name}的下级有单元格未能读成数字")


def _equation(ledger: Ledger, what: str, total: Printed, parts: list[tuple[str, Printed]]) -> Equation:
    """One sum of the table."""
    return Equation(ledger.table, what, total, tuple(f for _, f in parts), tuple(n for n, _ in parts))


def _closing(panel: Ledger) -> Printed | None:
    """The 总计 of a panel, in its first amount column."""
    row = next((r for r in reversed(panel.rows) if _CLOSES.match(r.name)), None)
    return row.amounts.get(panel.columns[0]) if row else None


def _groups(ledger: Ledger) -> Iterator[tuple[int, list[int]]]:
    """(合计 column, the columns it sums): siblings under one heading, a group of columns standing for itself by its own 合计."""
    paths = {c: ledger.path(c) for c in ledger.columns}
    if any(_MEASURE.fullmatch(p) for path in paths.values() for p in path):
        return
    for whole, path in paths.items():
        if not path or not _WHOLE.match(path[-1]):
            continue
        stem = path[:-1]
        branches: dict[str, list[int]] = {}
        for column, other in paths.items():
            if column != whole and other[: len(stem)] == stem and len(other) > len(stem) and not any(_OF_WHICH.search(p) for p in other):
                branches.setdefault(other[len(stem)], []).append(column)
        parts = [_representative(paths, columns, len(stem) + 1) for columns in branches.values()]
        flat = [c for chosen in parts for c in chosen]
        if len(parts) >= 2 and not any(_WHOLE.match(paths[c][-1]) and len(paths[c]) == len(path) for c in flat):
            yield whole, flat


def _representative(paths: dict[int, tuple[str, ...]], columns: list[int], depth: int) -> list[int]:
    """The columns that stand for one branch of the header: its own 小计 if it has one, else all of them."""
    subtotal = [c for c in columns if len(paths[c]) == depth + 1 and _WHOLE.match(paths[c][-1])]
    return subtotal[:1] or columns


def _three_public(ledger: Ledger) -> Iterator[tuple[int, list[int]]]:
    """(whole, parts) of the 三公 columns, block by block."""
    blocks: dict[str, dict[int, tuple[str, ...]]] = {}
    for column in ledger.columns:
        path = ledger.path(column)
        measure = "".join(p for p in path if _MEASURE.fullmatch(p))
        rest = tuple(p for p in path if not _MEASURE.fullmatch(p))
        if rest:
            blocks.setdefault(measure, {})[column] = rest
    for block in blocks.values():
        paths = {c: "/".join(p) for c, p in block.items()}
        leaves = {c: p[-1] for c, p in block.items()}
        first = next((c for c in block if "出国" in paths[c]), None)
        if first is None:
            continue
        buying = next((c for c in block if "购置费" in leaves[c] and "运行" not in leaves[c]), None)
        running = next((c for c in block if re.search(r"运行(?:维护)?费$", leaves[c]) and "购置" not in leaves[c]), None)
        cars = next((c for c in block if leaves[c] == "小计" and "车" in paths[c]), None)
        guests = next((c for c in block if "接待" in paths[c]), None)
        whole = next((c for c in block if c < first and leaves[c] == "合计"), None)
        if cars is not None and buying is not None and running is not None:
            yield cars, [buying, running]
        if whole is not None and cars is not None and guests is not None:
            yield whole, [first, cars, guests, *(c for c in block if re.search(r"会议费|培训费", leaves[c]))]
