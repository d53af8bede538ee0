"""Statutory tables → facts: lanes side by side, code columns joined, a figure's measure by its header, else by the statement."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service import amounts, statements
from service.amounts import Amount
from service.facts import columns, forms, grounding, headings, lanes
from service.facts.columns import Column
from service.facts.grounding import PageTexts
from service.facts.headings import measure_of
from service.facts.lanes import Lane
from service.records import Document, Fact, Kind, Place, Reason, Table, Unread
from service.statements import Rows, Statement
from service.text import normal

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.](?!\d)|其中:)+")
_TOTAL = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|总计)")
_NO_PATH: tuple[str, ...] = ()


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

    @property
    def where(self) -> str:
        return self.table.number or self.table.title

    @property
    def default(self) -> str:
        kind = self.statement.kind if self.statement else self.document.kind
        return "预算" if kind is Kind.BUDGET else "决算"


@dataclass(frozen=True, slots=True)
class _Item:
    """What a row is."""

    name: str
    code: str | None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tabular:
    """What the tables state."""

    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    unread: tuple[Unread, ...]


def read(document: Document, texts: PageTexts) -> Tabular:
    """Read every table of a document that states figures.

    Args:
        document: as read.
        texts: its pages.
    """
    facts: list[Fact] = []
    causes: list[Reason] = []
    unread: list[Unread] = []
    for n, table in enumerate(document.tables):
        statement = statements.get(table.statement)
        if _continues_form(document.tables, n):
            continue
        if statement is not None and statement.rows is Rows.FORM:
            form = forms.read(document, [table, *_next_pages(document.tables, n)], texts)
            facts.extend(form.facts)
            causes.extend(form.reasons)
            if not form.facts and table.rows:
                unread.append(Unread(table.pages[0], table.title or "绩效表", "看得出是绩效表，但没有认出其中的金额和分值，未收入"))
            continue
        sheet = _sheet(document, table, statement, texts)
        found = list(_facts(sheet))
        facts.extend(found)
        if not found and (reason := _why_none(sheet)):
            unread.append(Unread(table.pages[0], table.number or table.title or "表格", reason))
    return Tabular(tuple(facts), tuple(causes), tuple(unread))


def _continues_form(tables: Sequence[Table], n: int) -> bool:
    """Whether table `n` is the next page of a form: no heading of its own, on the page after a form's last."""
    table = tables[n]
    if n == 0 or table.statement is not None or any(normal(c) for c in table.columns):
        return False
    before = tables[n - 1]
    statement = statements.get(before.statement)
    is_form = (statement is not None and statement.rows is Rows.FORM) or _continues_form(tables, n - 1)
    return is_form and table.pages[0] == before.pages[-1] + 1


def _next_pages(tables: Sequence[Table], n: int) -> list[Table]:
    """The tables that go on with form `n`."""
    more: list[Table] = []
    while n + len(more) + 1 < len(tables) and _continues_form(tables, n + len(more) + 1):
        more.append(tables[n + len(more) + 1])
    return more


def _sheet(document: Document, table: Table, statement: Statement | None, texts: PageTexts) -> _Sheet:
    heads, start = headings.paths(table)
    roles = [lanes.role(table, heads[c], c, start) for c in range(len(heads))]
    made = {head: columns.of(head, table, statement) for head in heads}
    return _Sheet(document, table, statement, tuple(made[h] for h in heads), texts, start, tuple(lanes.of(heads, roles)))


def _facts(sheet: _Sheet) -> Iterator[Fact]:
    """Facts row by row, lane by lane."""
    parents: list[dict[int, str]] = [{} for _ in sheet.lanes]
    above = [""] * len(sheet.lanes)
    for n, cells in enumerate(sheet.table.rows):
        if n < sheet.start:
            continue
        waiting: tuple[Lane, _Item] | None = None
        for k, lane in enumerate(sheet.lanes):
            item = _item(sheet, lane, n, parents[k])
            if item is not None and lane.side and not item.code:
                item, above[k] = _nested(sheet, lane, n, item, above[k])
            figures = [(c, f) for c in lane.figures if (f := amounts.cell(cells[c].text)) is not None]
            shown = lane
            if item is not None and not figures:
                waiting = (lane, item)
            elif item is None and figures and waiting is not None:
                # 公用经费合计 is printed over several lanes: its name in one, its figure in a later one.
                shown, item = lanes.merged(waiting[0], lane), waiting[1]
            for column, figure in figures:
                yield from _fact(sheet, shown, (n, column), figure, item)


def _item(sheet: _Sheet, lane: Lane, n: int, parents: dict[int, str]) -> _Item | None:
    """What row `n` is in a lane; None when the lane names nothing there."""
    cells = sheet.table.rows[n]
    code = "".join(normal(cells[c].text) for c in lane.codes)
    names = list(dict.fromkeys(cells[c].text for c in lane.names if cells[c].text and not amounts.is_absent(cells[c].text)))
    name = names[-1] if names and lanes.CODE.fullmatch(normal(names[0])) and len(names) > 1 else "".join(names[:1])
    path: tuple[str, ...] = ()
    if len(lane.names) == 2 and not lane.codes and names:
        # 一般公共预算资金 | 小计, then | 公共财政拨款: the first column names the group.
        group = cells[lane.names[0]].text
        parents[0] = group or parents.get(0, "")
        inner = names[-1]
        name = parents[0] if normal(inner) in columns.SUMS and parents[0] else inner
        path = (_bare(parents[0]),) if parents[0] and parents[0] != name else ()
    if len(names) > 1 and not code and lanes.CODE.fullmatch(normal(names[0])):
        code = normal(names[0])
    if not code.isdigit():
        name, code = name or "".join(cells[c].text for c in lane.codes), ""
    leading = re.match(r"(\d{7}|\d{5}|\d{3})(?=[^\d.,])", normal(name))
    if leading and not code:
        code = leading[0]
        name = re.sub(rf"^\s*{leading[0]}\s*", "", name)
    name = _bare(name)
    if (not name and not code) or lanes.LINE.fullmatch(normal(name)):
        return None
    if re.fullmatch(r"\d{3}(?:\d{2}){0,2}", code):
        parents[len(code)] = name
        path = tuple(parents[length] for length in (3, 5) if length < len(code) and length in parents)
        return _Item(name or code, code, path)
    return _Item(name, None, path) if name else None


def _bare(name: str) -> str:
    """A printed name without its ordinal."""
    form = normal(name)
    match = _ORDINAL.match(form)
    if not match:
        return re.sub(r"\s+", "", name)
    kept, skip = [], match.end()
    for c in name:
        width = len(normal(c))
        if skip > 0:
            skip -= width
        elif width:
            kept.append(c)
    return "".join(kept)


def _nested(sheet: _Sheet, lane: Lane, n: int, item: _Item, above: str) -> tuple[_Item, str]:
    """Totals take their side (总计 on the left is 收入总计); funds under 年初结转和结余 take it as parent."""
    name = normal(item.name)
    if name in ("总计", "合计"):
        return replace(item, name=f"{lane.side}{item.name}"), above
    if re.search(r"结转|结余", name):
        return item, item.name
    printed = normal("".join(sheet.table.rows[n][c].text for c in lane.names))
    if above and re.match(r"[一二三]、", printed) and re.search(r"财政拨款$", name):
        return replace(item, path=(above,)), above
    return item, "" if _TOTAL.fullmatch(name) else above


def _fact(sheet: _Sheet, lane: Lane, at: tuple[int, int], figure: Amount, item: _Item | None) -> Iterator[Fact]:
    """The fact of one cell."""
    n, index = at
    column, cells = sheet.columns[index], sheet.table.rows[n]
    unit = figure.unit or column.unit
    if not unit or (item is None and any(lanes.LINE.fullmatch(normal(c.text)) for c in cells)):
        return
    measure = column.measure or (measure_of(item.name) if item and not item.code else None) or sheet.default
    year = _year(sheet, f"{column.head}/{item.name if item and not item.code else ''}")
    if sheet.statement is not None and sheet.statement.rows is Rows.SINGLE:
        name = column.item or (item.name if item else "")
        code, path, label = None, _NO_PATH, column.words or None
        if item is not None and not measure_of(item.name) and not _TOTAL.fullmatch(normal(item.name)) and column.measure:
            name = item.name
    elif item is None:
        if any(cells[c].text for c in lane.names):
            return
        name, code, path, label = column.item, None, _NO_PATH, None
    else:
        name, code, path, label = item.name, item.code, item.path, _label(sheet, index, lane)
    if not name:
        return
    if year is None and sheet.document.year:
        year = sheet.document.year - 1 if measure == "上年数" else sheet.document.year
    yield Fact(
        item=name,
        measure=measure,
        value=figure.value,
        unit=unit,
        year=year,
        source="table",
        where=sheet.where,
        place=_place(sheet, lane, n, index),
        printed=figure.printed,
        code=code,
        column=label,
        scope=column.scope,
        table=sheet.table.title,
        path=path,
    )


def _year(sheet: _Sheet, words: str) -> int | None:
    """The year that a column or row names (2024年预算数), when it is the document's or the one before."""
    found = re.findall(r"(20\d\d)年", normal(words))
    year = int(found[-1]) if found else None
    return year if year is not None and sheet.document.year is not None and 0 <= sheet.document.year - year <= 1 else None


def _label(sheet: _Sheet, column: int, lane: Lane) -> str:
    """The column's name: the innermost part of its header, with the part above it where that alone would be ambiguous."""
    parts = [re.sub(r"\s+", "", p) for p in sheet.columns[column].head.split("/") if p]
    leaves = [sheet.columns[c].head.split("/")[-1] for c in lane.figures]
    if len(parts) > 1 and leaves.count(sheet.columns[column].head.split("/")[-1]) > 1:
        return "".join(parts[-2:])
    return parts[-1] if parts else ""


def _place(sheet: _Sheet, lane: Lane, n: int, column: int) -> Place:
    """The row; of a table with lanes, the lane's cells."""
    cells = sheet.table.rows[n]
    shown = range(len(cells)) if len(sheet.lanes) == 1 else sorted({*lane.codes, *lane.names, *lane.figures})
    names = [k for k, c in enumerate(shown) if c in lane.codes or c in lane.names]
    return grounding.row([cells[c] for c in shown], names, list(shown).index(column), sheet.texts)


def _why_none(sheet: _Sheet) -> str | None:
    """Why a table gave no fact; None when it prints no figure."""
    table = sheet.table
    figures = [c.text for row in table.rows for c in row if (a := amounts.cell(c.text)) is not None and a.decimals > 0]
    if not figures:
        return None
    if table.unit is None:
        return f"表中有 {len(figures)} 个数，但没有印出金额单位，未收入"
    return f"表中有 {len(figures)} 个数，但没有认出行和栏的含义，未收入"
