"""D: figures of the prose against the statutory tables, bound by item or code, scope and year."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service import amounts, statements
from service.checks import diagnosis, economics, intervals, receptions, units
from service.checks.book import Book
from service.checks.cells import GRAND, SUM, Cell, Cells, cell_of, first, only, row_of
from service.checks.equations import title
from service.checks.ledgers import bare
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_fact
from service.checks.rates import hint
from service.checks.registry import rule
from service.records import Fact, Kind, Quantity, Severity
from service.records import Table as Printing
from service.statements import ALL, FISCAL, GENERAL, Role
from service.text import normal

_TOTALS: dict[tuple[str, str | None], Cells] = {
    # (item, scope; None: any scope) → cell. Source: the prescribed sections of the narrative and the statements' columns.
    ("收入总计", None): Cells(Role.TOTALS, r"^(?:收入)?总计$", r".", 0, (r"^合计$", r".")),
    ("支出总计", None): Cells(Role.TOTALS, r"^(?:支出)?总计$", r".", -1, (r"^合计$", r".")),
    ("财政拨款收入总计", None): Cells(Role.FISCAL_TOTALS, r"^(?:收入)?总计$", r".", 0, (r"^合计$", r".")),
    ("财政拨款支出总计", None): Cells(Role.FISCAL_TOTALS, r"^(?:支出)?总计$", r".", -1, (r"^合计$", r".")),
    ("本年收入合计", None): Cells(Role.INCOME, GRAND, SUM),
    ("本年支出合计", None): Cells(Role.EXPENDITURE, GRAND, SUM),
    ("一般公共预算财政拨款支出", None): Cells(Role.GENERAL, GRAND, SUM),
    ("一般公共预算财政拨款基本支出", None): Cells(Role.GENERAL, GRAND, r"^基本支出$"),
    ("基本支出", ALL): Cells(Role.EXPENDITURE, GRAND, r"^基本支出$"),
    ("项目支出", ALL): Cells(Role.EXPENDITURE, GRAND, r"^项目支出$"),
    ("财政拨款收入", ALL): Cells(Role.INCOME, GRAND, r"^财政拨款收入$"),
}
_STAFF: dict[tuple[str, str | None], Cells] = {
    # Either a row of its own (人员经费合计) or a column of the 合计 row.
    ("人员经费", GENERAL): Cells(Role.BASIC, r"^人员经费(?:合计)?$", r".", other=(GRAND, r"人员经费")),
    ("公用经费", GENERAL): Cells(Role.BASIC, r"^公用经费(?:合计)?$", r".", other=(GRAND, r"公用经费")),
}
_PUBLIC = ("三公经费", "因公出国(境)费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行费", "公务接待费", "会议费", "培训费")
_ANY_SCOPE = (Role.GENERAL, Role.FISCAL_EXPENDITURE, Role.EXPENDITURE)
_SCOPES: dict[str | None, tuple[Role, ...]] = {
    GENERAL: (Role.GENERAL,),
    FISCAL: (Role.FISCAL_EXPENDITURE, Role.GENERAL),
    ALL: (Role.EXPENDITURE,),
}
_MEASURES = {Kind.FINAL: "决算", Kind.BUDGET: "预算"}


@rule("D1")
def totals(book: Book) -> Iterator[Outcome]:
    """A total named in prose = the same total of its statutory table; a copied figure has no slack, 元 → 万元 its rounding.

    Source: CHECKS.md D1 and "Unit tie 元↔万元".
    """
    for fact, cell in _pairs(book, _TOTALS):
        yield from _against(book, fact, cell)


@rule("D2")
def items(book: Book) -> Iterator[Outcome]:
    """An item (类款项) of prose = its row in the statement of its scope, found by code, else by name under the same 款.

    Source: CHECKS.md D2. Where the prose does not say whose money it is, any statement may agree, and only a figure that none
    prints while all print one other is an issue. Two rows of that name, or none, leave it not checked.
    """
    for fact, cell in _item_pairs(book):
        yield from _against(book, fact, cell)


@rule("D3")
def staff(book: Book) -> Iterator[Outcome]:
    """人员经费 and 公用经费 of prose = the totals of 一般公共预算财政拨款基本支出表.

    Source: CHECKS.md D3.
    """
    for fact, cell in _pairs(book, _STAFF):
        yield from _against(book, fact, cell)
    yield from economics.listed(book.document, book.ledgers)


@rule("D4")
def three_public(book: Book) -> Iterator[Outcome]:
    """“三公”经费 and its items in prose = the same item and column (预算, 决算) of the statement.

    Source: CHECKS.md D4. An item that the statement prints twice with different figures is not checked. Besides, the counts
    that it prints (批次, 人次, 车辆).
    """
    printed = [f for f in book.table_facts if _is_public(book, f)]
    for fact in _stated(book):
        item = _public_item(fact.item)
        if item not in _PUBLIC or normal(fact.item) == "支出合计":
            continue
        found = {f.value: f for f in printed if _public_item(f.item) == item and _same_kind(f, fact)}
        if len(found) != 1:
            yield unchecked(f"第{fact.place.page}页：「{fact.item}」在“三公”经费表中没有读到唯一对应的数")
            continue
        figure = from_fact(next(iter(found.values())))
        if _fit(from_fact(fact), figure, book.places) == "same":
            yield passed(from_fact(fact), figure)
        else:
            yield raised(_differing(book, fact, (figure, "“三公”经费表"), diagnosis.of_amount(fact.value, figure.value)))
    yield from receptions.repeated(book.document.tables, book.sentences)


def _is_public(book: Book, fact: Fact) -> bool:
    """Whether a table's figure stands in the 三公 statement, which 机构运行信息表 opens with in some provinces."""
    statement = statements.get(book.statement_of(fact))
    return "机构运行信息" in (fact.table or "") or (statement is not None and statement.role is Role.THREE_PUBLIC)


def _same_kind(figure: Fact, fact: Fact) -> bool:
    """The same measure in the same unit, of the same year."""
    return (figure.measure, figure.unit) == (fact.measure, fact.unit) and figure.year in (None, fact.year)


def _public_item(item: str) -> str:
    """One name for an item of the 三公 statement, whose total 机构运行信息表 calls 支出合计."""
    name = re.sub(r"运行维护", "运行", re.sub(r"[\"“”]", "", normal(item)))
    return "三公经费" if name == "支出合计" else name


@rule("G1")
def unit(book: Book) -> Iterator[Outcome]:
    """The unit of an amount in prose against its table cell: the same digits ten thousand times apart are 元 for 万元.

    Source: CHECKS.md G. A statutory table that prints amounts without a unit is not checked at all.
    """
    for table in book.document.tables:
        if table.statement is not None and table.unit is None and _prints_amounts(table):
            yield unchecked(f"{title(table)}（第{table.pages[0]}页）：没有读到金额单位，表内数字未核对")
    for fact, cell in [*_pairs(book, _TOTALS), *_pairs(book, _STAFF), *_item_pairs(book)]:
        if cell is None:
            continue
        if _slipped(fact, cell[1]):
            yield raised(_issue(book, fact, cell, ("unit-slip",)))
        else:
            yield passed(from_fact(fact), cell[1])
    yield from units.slipped(book.sentences, book.panels)


def _prints_amounts(table: Printing) -> bool:
    """Whether the table prints figures with decimals."""
    figures = (amounts.cell(c.text) for row in table.rows for c in row)
    return any(f is not None and f.decimals > 0 for f in figures)


def _pairs(book: Book, places: dict[tuple[str, str | None], Cells]) -> Iterator[tuple[Fact, Cell | None]]:
    """Facts of the prose whose item has a known cell, with the cell."""
    for fact in _stated(book):
        cells = places.get((fact.item, None)) or places.get((fact.item, fact.scope))
        if cells is not None:
            yield fact, cell_of(book, cells)


def _item_pairs(book: Book) -> Iterator[tuple[Fact, Cell | None]]:
    """Functional items of the prose with the amount of their row."""
    for fact in _stated(book):
        if (fact.path or fact.code) and not _is_anothers(fact):
            yield fact, _item_cell(book, fact)


def _is_anothers(fact: Fact) -> bool:
    """Whether the words directly before the figure, after the last mark, name another item (「甲支出8万元、乙支出4万元」, 4)."""
    head = normal(fact.place.quote).rpartition(normal(fact.printed))[0]
    words = re.split(r"[、,;。:]", head)[-1]
    if re.match(r"(?:主要|具体|其中)?用于\D{2,}$", words) and bare(fact.item) not in words:
        return True
    named = re.search(r"(\D{2,}支出)(?:为|预算|决算)?$", words)
    return named is not None and bool(re.search(r"\d", head)) and bare(fact.item) not in words and named[1] not in bare(fact.item)


def _item_cell(book: Book, fact: Fact) -> Cell | None:
    """The row's amount in the statement of the fact's scope; in doubt the one that agrees, or the only one they all print."""
    found: list[Cell] = []
    for role in _SCOPES.get(fact.scope, _ANY_SCOPE):
        ledger = only(book, role)
        row = row_of(ledger, fact) if ledger else None
        cell = first(ledger, row, SUM) if ledger and row else None
        if cell is not None:
            found.append(cell)
    text = from_fact(fact)
    agreeing = next((c for c in found if _fit(text, c[1], book.places) == "same"), None)
    spending = only(book, Role.EXPENDITURE)
    certain = fact.scope in _SCOPES or any(ledger is spending for ledger, _ in found)
    same = len({c[1].value * amounts.YUAN[c[1].unit] for c in found}) == 1
    return agreeing or (found[0] if certain and same else None)


def _stated(book: Book) -> Iterator[Fact]:
    """Amounts of the prose that state this year's budget or final account."""
    measure = _MEASURES.get(book.document.kind)
    for fact in book.text_facts:
        if fact.measure == measure and fact.unit in amounts.YUAN and fact.year == book.document.year:
            yield fact


def _against(book: Book, fact: Fact, cell: Cell | None) -> Iterator[Outcome]:
    """One figure of the prose against its table cell; a slip of the unit is G1's."""
    if cell is None:
        yield unchecked(f"第{fact.place.page}页：「{fact.item}」在表中没有读到唯一对应的数")
        return
    text, figure = from_fact(fact), cell[1]
    fit = _fit(text, figure, book.places)
    if fit == "same":
        yield passed(text, figure)
    elif not _slipped(fact, figure):
        close = fit == "close"
        hints = () if close else diagnosis.of_amount(text.value, _in_unit(figure, text.unit))
        yield raised(_issue(book, fact, cell, hints, close=close))


def _slipped(fact: Fact, figure: Printed) -> bool:
    """The same digits, ten thousand times apart."""
    return figure.value != 0 and fact.value in (_in_unit(figure, fact.unit).scaleb(shift) for shift in (4, -4))


def _issue(book: Book, fact: Fact, cell: Cell, hints: tuple[str, ...], *, close: bool = False) -> Issue:
    """Prose and a table's cell print different amounts."""
    return _differing(book, fact, (cell[1], title(cell[0].table)), hints, close=close)


def _differing(book: Book, fact: Fact, other: tuple[Printed, str], hints: tuple[str, ...], *, close: bool = False) -> Issue:
    """Prose and a figure of a named table differ."""
    figure, name = other
    text = from_fact(fact)
    ending = "，在四舍五入范围内（尾差）" if close else f"，两处不一致{hint(hints)}"
    return Issue(
        kind="unit" if "unit-slip" in hints else "text-vs-table",
        severity=Severity.ROUNDING if close else Severity.ERROR,
        stated=Quantity(text.text, text.unit),
        expected=Quantity(amounts.plain(_in_unit(figure, text.unit)), text.unit),
        where=fact.where,
        place=book.place_of(fact),
        figures=(text, figure),
        explain=f"文中「{fact.item}」写 {text.text} {text.unit}，{name}为 {figure.text} {figure.unit}{ending}",
        diagnosis=hints,
    )


def _fit(text: Printed, figure: Printed, places: int) -> str:
    """same: equal, or the cell rounded to the prose's unit and decimals; close: cut off or raised instead; off."""
    if amounts.same(text.value, text.unit, figure.value, figure.unit):
        return "same"
    coarser = text.unit != figure.unit or intervals.decimals(text.value) < intervals.decimals(figure.value)
    exact = _in_unit(figure, text.unit)
    if not coarser:
        return "off"
    if intervals.interval(text.value, places).holds(exact):
        return "same"
    return "close" if abs(text.value - exact) < intervals.step(text.value, places) else "off"


def _in_unit(figure: Printed, unit: str) -> Decimal:
    """A table figure in the prose's unit, its digits unchanged."""
    return figure.value.scaleb((amounts.YUAN[figure.unit] / amounts.YUAN[unit]).adjusted())
