"""D5, D6 and J1: whose money a figure is: 机关运行经费 and 公用经费, a cell of another statement, the medical insurance funds."""

import re
from collections.abc import Iterator

from service import amounts, statements
from service.checks import diagnosis, intervals
from service.checks.book import Book
from service.checks.equations import title
from service.checks.ledgers import Ledger, Row, bare
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_fact
from service.checks.rates import hint
from service.checks.registry import rule
from service.records import Fact, Kind, Quantity, Severity
from service.statements import ALL, FISCAL, GENERAL, Role
from service.text import normal

_MEASURES = {Kind.FINAL: "决算", Kind.BUDGET: "预算"}
_PUBLIC = re.compile(r"^(?:日常)?公用经费(?:合计|支出)?$")
_OWN: dict[str | None, tuple[Role, ...]] = {
    GENERAL: (Role.GENERAL,),
    FISCAL: (Role.FISCAL_EXPENDITURE, Role.GENERAL),
    ALL: (Role.EXPENDITURE,),
}
_ITEMS = (Role.GENERAL, Role.FISCAL_EXPENDITURE, Role.EXPENDITURE, Role.INCOME)
"""Statements of functional items."""
_WHOLE = re.compile(r"^(?:合计|总计|小计|本年支出(?:合计)?|本年收入(?:合计)?|支出合计|(?:决算|预算)数?|金额)$")
_FUND = re.compile(r"(?:医保|医疗保险|医疗保障|医疗救助|生育保险|长期护理保险)(?:统筹)?基金")
_NAMES = {"21012": "基本医疗保险基金", "21013": "医疗救助", "21015": "医疗保障管理"}
"""款 of medical insurance → what its name holds. Source: 政府收支分类科目, 210 卫生健康支出."""


@rule("D5")
def running(book: Book) -> Iterator[Outcome]:
    """机关运行经费 ≤ 公用经费 of the general budget's basic expenditure: equal for an office alone, less where institutions share it.

    Source: CHECKS.md D5, a scope question and never an error: a figure that is one slip of the pen from 公用经费 is suspicious,
    a greater one is left to the reader.
    """
    measure = _MEASURES.get(book.document.kind)
    wholes = [from_fact(f) for f in book.disclosure.facts if _PUBLIC.match(normal(f.item)) and _is_own(book, f, measure)]
    for fact in book.text_facts:
        if normal(fact.item) != "机关运行经费" or not _is_own(book, fact, measure):
            continue
        part = from_fact(fact)
        if not wholes:
            yield unchecked(f"第{fact.place.page}页：没有读到公用经费，机关运行经费未核对")
            continue
        same = next(
            (w for w in wholes if amounts.same(w.value, w.unit, part.value, part.unit) or w.interval().meets(part.interval())), None
        )
        whole = same or wholes[0]
        hints = diagnosis.of_amount(part.value, whole.value) if part.unit == whole.unit else ()
        if same is None and hints:
            yield raised(_resembling(book, fact, whole, hints))
        elif part.value * amounts.YUAN[part.unit] <= whole.value * amounts.YUAN[whole.unit]:
            yield passed(part, whole)
        else:
            yield unchecked(f"第{fact.place.page}页：机关运行经费大于公用经费，口径不同，未核对")


@rule("D6")
def elsewhere(book: Book) -> Iterator[Outcome]:
    """An item's amount in prose that its own statement does not print, and that another column or statement prints for that item.

    Source: CHECKS.md D6: the narrative gives the cell of another table (all funds instead of 一般公共预算). Names the cause
    beside D2, on whose figure it is grouped.
    """
    sheets = _sheets(book)
    if not sheets:
        yield unchecked("没有读到功能分类的支出表，口径未核对")
        return
    for fact in book.text_facts:
        roles = _OWN.get(fact.scope)
        if not (fact.path or fact.code) or roles is None or not _is_own(book, fact, _MEASURES.get(book.document.kind)):
            continue
        rows = [(role, ledger, row) for role, ledger in sheets if (row := _row(ledger, fact)) is not None]
        own = [(ledger, row) for role, ledger, row in rows if role in roles]
        if not own:
            yield unchecked(f"第{fact.place.page}页：「{fact.item}」在所属的表中没有读到唯一的行")
            continue
        text = from_fact(fact)
        right = [f for ledger, row in own for f in _totals(ledger, row)]
        if any(_agrees(text, f, book.places) for f in right) or not right:
            yield passed(text, *right)
            continue
        found = [(ledger, c, f) for _, ledger, row in rows for c, f in row.amounts.items() if _agrees(text, f, book.places)]
        if found and text.value:
            yield raised(_misplaced(book, fact, (own[0][0], right[0]), found[0]))


@rule("J1")
def funds(book: Book) -> Iterator[Outcome]:
    """Medical insurance funds lie outside a department's budget: their figures are flagged by scope and tied to no table.

    Besides, 21012, 21013 and 21015 carry their names (财政对基本医疗保险基金的补助, 医疗救助, 医疗保障管理事务).
    Source: CHECKS.md J; 政府收支分类科目. The scope flag is never an error.
    """
    for sentence in book.sentences:
        money = [m for m in sentence.marks if m.printed.unit in amounts.YUAN]
        if money and _FUND.search(normal(sentence.text)) and "补助" not in sentence.text:
            yield unchecked(
                f"第{sentence.place.page}页：医保基金的金额（{money[0].printed.text}{money[0].printed.unit}）不属部门预决算口径，未与报表核对"
            )
    for ledger in book.ledgers:
        for row in ledger.coded:
            name = _NAMES.get(row.code)
            figure = next(iter(row.amounts.values()), None)
            if name is None or figure is None or not row.name:
                continue
            if name in row.name:
                yield passed(figure)
            else:
                yield raised(_renamed(ledger, row, figure, name))


def _is_own(book: Book, fact: Fact, measure: str | None) -> bool:
    """An amount of this year's budget or final account."""
    return fact.measure == measure and fact.unit in amounts.YUAN and fact.year == book.document.year


def _sheets(book: Book) -> list[tuple[Role, Ledger]]:
    """The statements of functional items, with unique codes."""
    found = []
    for ledger in book.ledgers:
        statement = statements.get(ledger.table.statement)
        fits = statement is not None and statement.role in _ITEMS and book.document.kind in (Kind.OTHER, statement.kind)
        if statement is not None and fits and ledger.has_unique_codes:
            found.append((statement.role, ledger))
    return found


def _row(ledger: Ledger, fact: Fact) -> Row | None:
    """The item's only row: by code, else by name."""
    if fact.code:
        found = [r for r in ledger.coded if r.code == fact.code]
    else:
        found = [r for r in ledger.coded if r.name == bare(fact.item) and len(r.code) == 7]
    return found[0] if len(found) == 1 else None


def _totals(ledger: Ledger, row: Row) -> list[Printed]:
    """The row's amount in the column of its total; of its spending, where the table prints income beside it."""
    wholes = {c: f for c, f in row.amounts.items() if any(_WHOLE.match(part) for part in ledger.path(c))}
    spent = [f for c, f in wholes.items() if any("支出" in part for part in ledger.path(c))]
    return (spent or list(wholes.values()))[:1]


def _agrees(text: Printed, figure: Printed, places: int) -> bool:
    """Equal, or the cell rounded to the prose's unit and decimals."""
    if amounts.same(text.value, text.unit, figure.value, figure.unit):
        return True
    exact = figure.value * amounts.YUAN[figure.unit] / amounts.YUAN[text.unit]
    return text.unit != figure.unit and intervals.interval(text.value, places).holds(exact)


def _resembling(book: Book, fact: Fact, whole: Printed, hints: tuple[str, ...]) -> Issue:
    """机关运行经费 one slip away from 公用经费."""
    part = from_fact(fact)
    explain = f"机关运行经费写 {part.text} {part.unit}，公用经费为 {whole.text} {whole.unit}，两数相近而不同{hint(hints)}（口径可能不同）"
    stated, expected = Quantity(part.text, part.unit), Quantity(whole.text, whole.unit)
    return Issue("text-vs-table", Severity.SUSPICIOUS, stated, expected, fact.where, book.place_of(fact), (part, whole), explain, hints)


def _misplaced(book: Book, fact: Fact, own: tuple[Ledger, Printed], other: tuple[Ledger, int, Printed]) -> Issue:
    """The prose prints another cell."""
    text, (ledger, column, figure) = from_fact(fact), other
    head = "/".join(ledger.path(column))
    name = f"{title(own[0].table)}为 {own[1].text} {own[1].unit}"
    other_cell = f"{title(ledger.table)}「{head}」栏为 {figure.text} {figure.unit}"
    explain = f"文中「{fact.item}」写 {text.text} {text.unit}，{name}；{other_cell}，疑为口径不同的数"
    return Issue(
        kind="text-vs-table",
        severity=Severity.ERROR,
        stated=Quantity(text.text, text.unit),
        expected=Quantity(own[1].text, own[1].unit),
        where=fact.where,
        place=book.place_of(fact),
        figures=(text, own[1], figure),
        explain=explain,
        diagnosis=("other-column",),
    )


def _renamed(ledger: Ledger, row: Row, figure: Printed, name: str) -> Issue:
    """A code with another name than the classification gives it."""
    explain = f"科目编码 {row.code} 在政府收支分类科目中为「{name}」类事项，{title(ledger.table)}写「{row.name}」"
    place = ledger.table.place(row.index)
    return Issue("other", Severity.SUSPICIOUS, Quantity(row.name, ""), Quantity(name, ""), title(ledger.table), place, (figure,), explain)
