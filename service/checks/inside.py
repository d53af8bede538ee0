"""B: sums inside a table, by its codes and by its columns."""

import re
from collections.abc import Iterator

from service.checks import ledgers
from service.checks.book import Book
from service.checks.equations import Equation, judge, title
from service.checks.hierarchies import Family, sums
from service.checks.intervals import Fit
from service.checks.ledgers import Ledger, Row
from service.checks.outcomes import Outcome, unchecked
from service.checks.printed import Printed
from service.checks.registry import rule
from service.checks.statutory import FUNDS, WHOLE

_OF_WHICH = re.compile(r"其中")
_PUBLIC = re.compile(r"出国|接待")
_PRESCRIBED = re.compile(
    r"基本支出|项目支出|上缴上级支出|(?:事业单位)?经营支出|对附属单位补助支出|单位预留机动经费|结转下年(?:资金)?"
    r"|财政拨款收入|上级补助收入|事业收入|(?:事业单位)?经营收入|附属单位上缴收入|其他收入|人员经费|公用经费"
)
_ROWS = 3
_ITEMS = 3
"""Items of the 三公 total."""
_LONG = 16
"""Characters of a total's name at most: a longer line is a remark."""
_MEASURE = re.compile(r"(?:20\d\d年度?)?(?:年初|全年|本年)?(?:预算|决算)数")


@rule("B1")
def hierarchy(book: Book) -> Iterator[Outcome]:
    """类 = Σ 款, 款 = Σ 项 in every amount column (codes of 3, 5 and 7 digits; economic classification 3 and 5).

    Source: CHECKS.md B1. Slack (u_T + Σ u_i) / 2; a blank part counts as nothing, a blank total is not tested.
    """
    for table in ledgers.unread(book.document):
        yield unchecked(f"{title(table)}（第{table.pages[0]}页）：有金额栏没有读到表头，表内各项未核对")
    for made in book.hierarchies:
        if not made.families:
            continue
        if not made.ledger.has_unique_codes:
            yield unchecked(f"{title(made.ledger.table)}：科目编码有重复，无法确定上下级")
            continue
        yield from _unreadable(made.ledger, made.families)
        yield from judge(made.by_code, made.every, confirmed=book.is_confirmed(made.ledger.table))


@rule("B2")
def grand_total(book: Book) -> Iterator[Outcome]:
    """合计 = Σ 类 (the rows without a printed parent) in every amount column; without codes, 合计 = Σ 小计 and 小计 = Σ its lines.

    Source: CHECKS.md B2. Lines under 其中 are not added.
    """
    for made in book.hierarchies:
        yield from judge(made.by_subtotal, confirmed=book.is_confirmed(made.ledger.table))
        if not made.top:
            continue
        if not made.ledger.has_unique_codes:
            yield unchecked(f"{title(made.ledger.table)}：科目编码有重复，无法汇总")
            continue
        yield from _unreadable(made.ledger, made.top)
        yield from judge(made.by_total, made.every, confirmed=book.is_confirmed(made.ledger.table))


@rule("B3")
def across_row(book: Book) -> Iterator[Outcome]:
    """合计 column = Σ of the columns beside it under the same heading, in every row (基本 + 项目 + …; Σ sources).

    Source: CHECKS.md B3. Two of three rows must confirm the reading of the header before a row is called wrong; a table of one or
    two rows is judged where every column bears a prescribed name. The columns of the three funds are B5's.
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


@rule("B6")
def people_and_running(book: Book) -> Iterator[Outcome]:
    """人员经费合计 = 301 + 303, 公用经费合计 = the other 类, where the table prints the two totals as rows.

    Source: CHECKS.md B6; economic classification of expenditure.
    """
    for made in book.hierarchies:
        for row, classes in made.staff:
            if not classes or not made.ledger.has_unique_codes:
                yield unchecked(f"{title(made.ledger.table)}：未读出{row.name}的各类支出")
            elif row.unreadable or any(r.unreadable for r in classes):
                yield unchecked(f"{title(made.ledger.table)}：{row.name}的各类支出有单元格未能读成数字")
        if made.ledger.has_unique_codes:
            yield from judge(made.by_staff, ())


@rule("B7")
def three_public(book: Book) -> Iterator[Outcome]:
    """“三公”经费: 合计 = 因公出国 + 公务用车小计 + 公务接待, 公务用车小计 = 购置 + 运行, in each block of columns, or as rows.

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
        yield from judge(sums(ledger, _three_public_lines(ledger)), ())


def _three_public_row(ledger: Ledger, row: Row, whole: int, parts: list[int]) -> Iterator[Outcome]:
    """One total: of the three items, or of these with 会议费 and 培训费 where the table prints them; which it is, is not printed."""

    def equation(columns: list[int]) -> Equation:
        named = [("/".join(ledger.path(c)), row.amounts[c]) for c in columns if c in row.amounts]
        return _equation(ledger, "/".join(ledger.path(whole)), row.amounts[whole], named)

    is_open = len(parts) > _ITEMS
    three, every = equation(parts[:_ITEMS] if is_open else parts), equation(parts)
    if is_open and three.result.fit is Fit.OFF and every.result.fit is Fit.OFF:
        yield unchecked(f"{title(ledger.table)}：合计是否含会议费、培训费无法确定")
        return
    yield from judge([every if three.result.fit is Fit.OFF else three], ())


def _three_public_lines(ledger: Ledger) -> list[Family]:
    """The totals of a 三公 table that prints its items as rows; only with all three items, each once."""

    def only(pattern: str) -> Row | None:
        found = [r for r in ledger.rows if re.search(pattern, r.name)]
        return found[0] if len(found) == 1 else None

    if ledger.coded:
        return []
    abroad, guests, cars = only(r"因公出国"), only(r"公务接待费"), only(r"公务用车购置(?:费)?(?:及|和|与)运行")
    buying, running = only(r"公务用车购置费?$"), only(r"公务用车运行(?:维护)?费$")
    whole = only(r'^(?:"?三公"?经费)?(?:支出)?(?:合计|总计|小计)$|^"?三公"?经费')
    found = []
    if cars is not None and buying is not None and running is not None:
        found.append((cars, [buying, running]))
    if whole is not None and abroad is not None and guests is not None and cars is not None and len(whole.name) < _LONG:
        found.append((whole, [abroad, cars, guests]))
    return found


def _unreadable(ledger: Ledger, families: list[Family]) -> Iterator[Outcome]:
    """One outcome per total that has a part which is no single figure."""
    for parent, children in families:
        if any(row.unreadable for row in children):
            yield unchecked(f"{title(ledger.table)}：{parent.name}的下级有单元格未能读成数字")


def _equation(ledger: Ledger, what: str, total: Printed, parts: list[tuple[str, Printed]]) -> Equation:
    """One sum of the table."""
    return Equation(ledger.table, what, total, tuple(f for _, f in parts), tuple(n for n, _ in parts))


def _groups(ledger: Ledger) -> Iterator[tuple[int, list[int]]]:
    """(合计 column, the columns it sums): siblings under one heading, a group of columns standing for itself by its own 合计."""
    paths = {c: ledger.path(c) for c in ledger.columns}
    if any(_PUBLIC.search(p) for path in paths.values() for p in path):
        return
    for whole, path in paths.items():
        if not path or not WHOLE.match(path[-1]):
            continue
        stem = path[:-1]
        branches: dict[str, list[int]] = {}
        for column, other in paths.items():
            if column != whole and other[: len(stem)] == stem and len(other) > len(stem) and not any(_OF_WHICH.search(p) for p in other):
                branches.setdefault(other[len(stem)], []).append(column)
        parts = [_representative(paths, columns, len(stem) + 1) for columns in branches.values()]
        flat = [c for chosen in parts for c in chosen]
        if _are_funds(branches) or len(parts) < 2:
            continue
        if not any(WHOLE.match(paths[c][-1]) and len(paths[c]) == len(path) for c in flat):
            yield whole, flat


def _are_funds(headings: dict[str, list[int]]) -> bool:
    """Whether all columns beside a 合计 are of the three budgets."""
    return bool(headings) and all(any(fund in heading for fund in FUNDS) for heading in headings)


def _representative(paths: dict[int, tuple[str, ...]], columns: list[int], depth: int) -> list[int]:
    """The columns that stand for one branch of the header: its own 小计 if it has one, else all of them."""
    subtotal = [c for c in columns if len(paths[c]) == depth + 1 and WHOLE.match(paths[c][-1])]
    return subtotal[:1] or columns


def _three_public(ledger: Ledger) -> Iterator[tuple[int, list[int]]]:
    """(whole, parts) of the 三公 columns, block by block."""
    blocks: dict[str, dict[int, tuple[str, ...]]] = {}
    for column in ledger.columns:
        path = ledger.path(column)
        measure = "".join(p for p in path if _MEASURE.fullmatch(p))
        rest = tuple(p for p in path if not _MEASURE.fullmatch(p))
        blocks.setdefault(measure, {})[column] = rest or ("合计",)
    for block in blocks.values():
        paths = {c: "/".join(p) for c, p in block.items()}
        leaves = {c: p[-1] for c, p in block.items()}
        first = next((c for c in block if "出国" in paths[c]), None)
        if first is None:
            continue
        buying = next((c for c in block if "购置费" in leaves[c] and "运行" not in leaves[c]), None)
        running = next((c for c in block if re.search(r"运行(?:维护)?费$", leaves[c]) and "购置" not in leaves[c]), None)
        cars = next((c for c in block if leaves[c] in ("小计", "合计") and "车" in paths[c]), None)
        guests = next((c for c in block if "接待" in paths[c]), None)
        wholes = [c for c in block if c < first and _is_whole(leaves[c])]
        if cars is not None and buying is not None and running is not None:
            yield cars, [buying, running]
        if cars is not None and guests is not None:
            inner = next((c for c in wholes if "三公" in paths[c]), None)
            others = [c for c in block if re.search(r"会议费|培训费", leaves[c])]
            for whole in wholes:
                if "三公" in paths[whole]:
                    yield whole, [first, cars, guests]
                else:
                    yield whole, [inner, *others] if inner is not None else [first, cars, guests, *others]


def _is_whole(leaf: str) -> bool:
    """Whether a heading is the 三公 total's: 合计, 小计, or the name of the whole itself."""
    return leaf in ("合计", "小计", "总计") or bool(
        re.search(r'^(?:20\d\d年度?)?(?:财政拨款)?"?三公"?经费(?:支出)?(?:合计|小计|预算数|决算数)?$', leaf)
    )
