"""Statutory tables → facts: lanes side by side, code columns joined, a figure's measure by its header, else by the statement."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from service import amounts, statements
from service.amounts import YUAN, Amount
from service.facts import columns, forms, grounding, lanes, rows
from service.facts.columns import Column
from service.facts.grounding import PageTexts
from service.facts.headings import measure_of
from service.facts.lanes import Lane
from service.facts.rows import Row
from service.records import Cell, Document, Fact, Indicator, Kind, Place, Reason, Table, Unread
from service.statements import Role, Rows, Statement
from service.text import normal


@dataclass(frozen=True)
class _Sheet:
    """A table with what holds for all its figures."""

    document: Document
    table: Table
    statement: Statement | None
    columns: tuple[Column, ...]
    texts: PageTexts
    start: int
    """The first row that is no header."""
    lanes: tuple[Lane, ...]

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The header path of every column."""
        return tuple(column.head for column in self.columns)

    @property
    def where(self) -> str:
        return self.table.number or self.table.title

    @property
    def counts(self) -> bool:
        """Whether rows of counts stand among rows of amounts, as in the statement of the three public expenses."""
        return self.statement is not None and self.statement.role is Role.THREE_PUBLIC

    @property
    def default(self) -> str:
        return "预算" if self.document.kind is Kind.BUDGET else "决算"


@dataclass(frozen=True, slots=True)
class Tabular:
    """What the tables state."""

    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    unread: tuple[Unread, ...]
    indicators: tuple[Indicator, ...] = ()


def read(document: Document, texts: PageTexts) -> Tabular:
    """Read every table of a document that states figures.

    Args:
        document: as read.
        texts: its pages.
    """
    facts: list[Fact] = []
    causes: list[Reason] = []
    unread: list[Unread] = []
    indicators: list[Indicator] = []
    for n, table in enumerate(document.tables):
        statement = statements.of_kind(statements.get(table.statement), document.kind)
        if forms.continues(document.tables, n):
            continue
        if statement is not None and statement.rows is Rows.FORM:
            form = forms.read(document, [table, *_next_pages(document.tables, n)], texts)
            facts.extend(form.facts)
            causes.extend(form.reasons)
            indicators.extend(form.indicators)
            if not form.facts and not form.indicators and table.rows:
                unread.append(Unread(table.pages[0], table.title or "绩效表", "看得出是绩效表，但没有认出其中的金额和分值，未收入"))
            continue
        sheet = _sheet(document, table, statement, texts)
        found = list(_facts(sheet))
        facts.extend(found)
        if not found and (reason := _why_none(sheet)):
            unread.append(Unread(table.pages[0], table.number or table.title or "表格", reason))
    return Tabular(tuple(facts), tuple(causes), tuple(unread), tuple(indicators))


def _next_pages(tables: Sequence[Table], n: int) -> list[Table]:
    """The tables that go on with form `n`."""
    more: list[Table] = []
    while n + len(more) + 1 < len(tables) and forms.continues(tables, n + len(more) + 1):
        more.append(tables[n + len(more) + 1])
    return more


def _sheet(document: Document, table: Table, statement: Statement | None, texts: PageTexts) -> _Sheet:
    panels = lanes.panels(table)
    made = {head: columns.of(head, table, statement) for head in panels.heads}
    return _Sheet(document, table, statement, tuple(made[h] for h in panels.heads), texts, panels.start, panels.lanes)


def _facts(sheet: _Sheet) -> Iterator[Fact]:
    """Facts row by row, lane by lane."""
    numbered = sheet.statement is not None and sheet.statement.rows is Rows.SINGLE
    readers = [rows.Reader(lane, numbered=numbered) for lane in sheet.lanes]
    for n, cells in enumerate(sheet.table.rows):
        if n < sheet.start:
            continue
        waiting: tuple[Lane, Row] | None = None
        for lane, reader in zip(sheet.lanes, readers, strict=True):
            item = reader.read(cells)
            figures = [(c, f) for c in lane.figures if (f := amounts.cell(cells[c].text)) is not None]
            shown = lane
            if item is not None and not figures:
                waiting = (lane, item)
            elif item is None and figures and waiting is not None:
                # 公用经费合计 is printed over several lanes: its name in one, its figure in a later one.
                shown, item = lanes.merged(waiting[0], lane), waiting[1]
            if figures:
                yield from _row(sheet, shown, cells, figures, item)


def _row(sheet: _Sheet, lane: Lane, cells: Sequence[Cell], figures: Sequence[tuple[int, Amount]], item: Row | None) -> Iterator[Fact]:
    """The facts of a row in a lane."""
    if item is None and any(lanes.LINE.fullmatch(normal(c.text)) for c in cells):
        return
    places = _places(sheet, lane, cells, [c for c, _ in figures])
    for (column, figure), place in zip(figures, places, strict=True):
        named = _named(sheet, lane, cells, column, item)
        unit = figure.unit or (columns.own_unit(item.name) if item is not None else None) or sheet.columns[column].unit
        if item is not None and sheet.counts and columns.is_count(item.name) and unit in YUAN:
            # 公务用车保有量 in a table of amounts is not so many 元.
            continue
        if unit and named.name and (measure := _measure(sheet, column, named, unit)) is not None:
            yield _fact(sheet, column, replace(figure, unit=unit), named, measure, place)


@dataclass(frozen=True, slots=True)
class _Named:
    """What a cell is about: its item, and the column's name where it adds something."""

    name: str
    code: str | None = None
    path: tuple[str, ...] = ()
    label: str | None = None
    words: str = ""
    """Words of the row that may name a measure or a year."""


def _named(sheet: _Sheet, lane: Lane, cells: Sequence[Cell], index: int, item: Row | None) -> _Named:
    column = sheet.columns[index]
    words = item.name if item is not None and not item.code else ""
    if sheet.statement is not None and sheet.statement.rows is Rows.SINGLE:
        name = column.item or (item.name if item else "")
        is_total = item is not None and rows.TOTAL.fullmatch(normal(item.name)) is not None
        says_no_item = column.measure is not None or columns.is_mere_amount(column.item)
        if item is not None and not measure_of(item.name) and (item.path or not is_total) and says_no_item:
            name = item.name
        if not name and item is None and sheet.statement.role is Role.THREE_PUBLIC and column.words:
            name = "“三公”经费"
        return _Named(name, path=item.path if item is not None and name == item.name else (), label=column.words or None, words=words)
    if item is None:
        return _Named("" if any(cells[c].text for c in lane.names) else column.item)
    label = _label(sheet.heads, lane.figures, index)
    if label in columns.SUMS and sheet.statement is not None and sheet.statement.role is Role.GENERAL_PROJECTS:
        label = f"项目支出{label}"
    return _Named(item.name, item.code, item.path, label, words)


def _measure(sheet: _Sheet, index: int, named: _Named, unit: str) -> str | None:
    """What a cell measures: by its unit where that is of a count, by its header, its row or the statement; None where nothing says."""
    counted = columns.COUNTS.get(unit)
    column = sheet.columns[index]
    if counted is not None:
        return column.measure if column.measure in ("增减额", "上年数") else counted
    by_words = column.measure or (measure_of(named.words) if named.words else None)
    return by_words or (sheet.default if unit in YUAN or sheet.statement is not None else None)


def _fact(sheet: _Sheet, index: int, figure: Amount, named: _Named, measure: str, place: Place) -> Fact:
    """The fact of one cell."""
    column = sheet.columns[index]
    year = _year(sheet, column.head, named.words)
    if year is None and sheet.document.year:
        year = sheet.document.year - 1 if measure == "上年数" else sheet.document.year
    return Fact(
        item=named.name,
        measure=measure,
        value=figure.value,
        unit=figure.unit,
        year=year,
        source="table",
        where=sheet.where,
        place=place,
        printed=figure.printed,
        code=named.code,
        column=named.label or None,
        scope=column.scope,
        table=sheet.table.title,
        path=named.path,
        part=sheet.statement.role.value if sheet.statement else "",
    )


def _year(sheet: _Sheet, head: str, words: str) -> int | None:
    """The year that a row or column names (2024年预算数), when it is the document's or the one before."""
    year = _printed_year(words) or _printed_year(head)
    return year if year is not None and sheet.document.year is not None and 0 <= sheet.document.year - year <= 1 else None


_AGAINST = re.compile(r"(?<=.)(?:比|较|与)(?:上年|20\d\d年)[^/]*")


@lru_cache(maxsize=4096)
def _printed_year(words: str) -> int | None:
    # 「2025年预算数比2024年预算数/增减额」 is a change of 2025.
    found = re.findall(r"(20\d\d)年", _AGAINST.sub("", normal(words)))
    return int(found[-1]) if found else None


@lru_cache(maxsize=4096)
def _label(heads: tuple[str, ...], figures: tuple[int, ...], column: int) -> str:
    """The column's name: the innermost part of its header, with the part above it where that alone would be ambiguous."""
    parts = ["".join(p.split()) for p in heads[column].split("/") if p]
    if parts and columns.is_mere_amount(parts[-1]):
        return ""
    leaves = [heads[c].split("/")[-1] for c in figures]
    if len(parts) > 1 and leaves.count(heads[column].split("/")[-1]) > 1:
        return "".join(parts[-2:])
    return parts[-1] if parts else ""


def _places(sheet: _Sheet, lane: Lane, cells: Sequence[Cell], figures: Sequence[int]) -> list[Place]:
    """The row; of a table with lanes, the lane's cells."""
    shown = list(range(len(cells))) if len(sheet.lanes) == 1 else sorted({*lane.codes, *lane.names, *lane.figures})
    names = [k for k, c in enumerate(shown) if c in lane.codes or c in lane.names]
    return grounding.row([cells[c] for c in shown], names, [shown.index(c) for c in figures], sheet.texts)


def _why_none(sheet: _Sheet) -> str | None:
    """Why a table gave no fact; None when it prints no figure."""
    table = sheet.table
    figures = [c.text for row in table.rows for c in row if (a := amounts.cell(c.text)) is not None and a.decimals > 0]
    if not figures:
        return None
    if table.unit is None:
        return f"表中有 {len(figures)} 个数，但没有印出金额单位，未收入"
    return f"表中有 {len(figures)} 个数，但没有认出行和栏的含义，未收入"
