"""Tables as ledgers: panels side by side, each with code, name and amount columns, and the tree that its header forms.

Figures are read here and nowhere else in the rules; a cell that prints something that is no single figure makes its
row unreadable, and what depends on it is not checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from service import amounts, statements
from service.checks.printed import Printed, amount, from_cell
from service.records import Box, Document, Table
from service.statements import Rows
from service.text import normal

_CODE_HEAD = re.compile(r"编码|代码|^类$|^款$|^项$|/类$|/款$|/项$|科目编码")
_NO_AMOUNT = re.compile(r"序号|率|比例|%|分值|得分|人数|数量|备注|比重|权重")
_LINE_NUMBER = re.compile(r"\d{1,2}|栏次|行次")
_TOTAL = re.compile(r"^(?:合计|总计|本年合计|(?:收入|支出)(?:合计|总计))$")
_HEADING = re.compile(r"(?:20\d\d年?度?)?(?:年初|全年|调整)?(?:预算|决算|执行)数|金额|小计|合计|栏次|行次")
_ORDINALS = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"\([一二三四五六七八九十]+\)"),
    re.compile(r"\d{1,2}(?:、|\.(?!\d))"),
    re.compile(r"\(\d{1,2}\)"),
)
_CODE = re.compile(r"\d{3}|\d{5}|\d{7}|\d{1,2}")


@dataclass(frozen=True)
class Row:
    """A row of a panel; `amounts` by table column; `unreadable` columns print something that is no figure."""

    index: int
    code: str
    name: str
    amounts: dict[int, Printed]
    unreadable: frozenset[int]
    level: int = 0
    """Depth of its ordinal: 1 for 一、, 2 for （一）, 3 for 1、 and 1., 4 for (1); 0 for none."""

    @property
    def is_heading(self) -> bool:
        """A heading repeated inside the table (栏次, 项目)."""
        return self.name in ("栏次", "项目", "行次", "科目名称")

    @property
    def is_total(self) -> bool:
        """A 合计 or 总计 row."""
        return bool(_TOTAL.match(self.name)) and not self.code


@dataclass(frozen=True)
class Ledger:
    """One panel of a table. `columns` are indices of its amount columns."""

    table: Table
    unit: str
    columns: tuple[int, ...]
    rows: tuple[Row, ...]

    @cached_property
    def total(self) -> Row | None:
        """Its only 合计 row, or None."""
        totals = [r for r in self.rows if r.is_total]
        return totals[0] if len(totals) == 1 else None

    @cached_property
    def coded(self) -> tuple[Row, ...]:
        """Rows with a subject code."""
        return tuple(r for r in self.rows if r.code)

    @property
    def has_unique_codes(self) -> bool:
        """No code twice; a table by units repeats them."""
        return len({r.code for r in self.coded}) == len(self.coded)

    @cached_property
    def _tree(self) -> dict[str, list[Row]]:
        """Code of the nearest printed ancestor (empty: none) → rows."""
        codes = {r.code for r in self.coded}
        tree: dict[str, list[Row]] = {}
        for row in self.coded:
            above = next((row.code[:n] for n in range(len(row.code) - 1, 1, -1) if row.code[:n] in codes), "")
            tree.setdefault(above, []).append(row)
        return tree

    def children(self, parent: Row | None) -> list[Row]:
        """Rows whose nearest printed ancestor is `parent`; None: rows without one."""
        return self._tree.get(parent.code if parent else "", [])

    def path(self, column: int) -> tuple[str, ...]:
        """The header above a column, outermost first, in normal form, without line numbers (栏次 1 2 3)."""
        return _path(self.table, column)

    def find(self, *names: str) -> Row | None:
        """The first row with one of these names (normal form, ordinals stripped)."""
        return next((r for r in self.rows if r.name in names), None)


def read(document: Document, doubted: frozenset[tuple[int, Box]] = frozenset()) -> tuple[tuple[Ledger, ...], ...]:
    """The panels of every table that has amounts, a unit of money and a heading over each amount column, one tuple per table.

    Args:
        document: as read.
        doubted: page and box of cells whose figure was not read for certain: no figure is taken from them.
    """
    tables = (table for table in document.tables if not _is_form(table) and not _is_doubtful(table))
    return tuple(panels for table in tables if (panels := tuple(_panels(table, doubted))))


def unread(document: Document) -> tuple[Table, ...]:
    """Tables of amounts that are left out of `read`: an amount column without a heading may hold another column's amounts."""
    return tuple(table for table in document.tables if not _is_form(table) and _is_doubtful(table))


def joined(panels: tuple[Ledger, ...]) -> tuple[Ledger, ...]:
    """Panels that continue one list of codes (经济分类 side by side) as one ledger; others as they are."""
    first = panels[0]
    if len(panels) < 2 or not all(p.coded and len(p.columns) == len(first.columns) for p in panels):
        return panels
    rows = []
    for panel in panels:
        to = dict(zip(panel.columns, first.columns, strict=True))
        for row in panel.rows:
            moved = {to[c]: f for c, f in row.amounts.items()}
            rows.append(replace(row, amounts=moved, unreadable=frozenset(to[c] for c in row.unreadable)))
    return (replace(first, rows=tuple(rows)),)


def bare(name: str) -> str:
    """A row's name without its ordinal, layout and brackets' width: 「一、一般公共服务支出」 → 一般公共服务支出."""
    return re.sub(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[、.])", "", normal(name))


def _level(name: str) -> int:
    """Depth of a name's ordinal, 0 for none."""
    return next((n for n, form in enumerate(_ORDINALS, 1) if form.match(name)), 0)


def _path(table: Table, column: int) -> tuple[str, ...]:
    parts = [normal(part) for part in table.columns[column].split("/")]
    return tuple(p for p in parts if p and not _LINE_NUMBER.fullmatch(p))


def _is_form(table: Table) -> bool:
    """Whether a table is a form, whose columns change inside it."""
    statement = statements.get(table.statement)
    return statement is not None and statement.rows is Rows.FORM


def _is_doubtful(table: Table) -> bool:
    """Whether an amount column has no heading."""
    if not table.rows or table.unit not in amounts.YUAN:
        return False
    return any(not _path(table, c) and _kind(table, c) == "amount" for c in range(len(table.columns)))


def _panels(table: Table, doubted: frozenset[tuple[int, Box]]) -> Iterator[Ledger]:
    """Split a table into its panels: a panel begins at a code or name column that follows amounts."""
    if not table.rows or table.unit not in amounts.YUAN:
        return
    kinds = [_kind(table, c) for c in range(len(table.columns))]
    start = 0
    for end in range(1, len(kinds) + 1):
        if end == len(kinds) or (kinds[end] in ("code", "name") and "amount" in kinds[start:end]):
            ledger = _ledger(table, kinds, (start, end), doubted)
            if ledger is not None:
                yield ledger
            start = end


def _kind(table: Table, column: int) -> str:
    """code, name, amount or other, by the header and by what the cells print."""
    path = _path(table, column) or tuple(normal(p) for p in table.columns[column].split("/"))[-1:]
    head, leaf = "/".join(path), path[-1]
    cells = [normal(row[column].text) for row in table.rows]
    printed = [c for c in cells if not amounts.is_absent(c)]
    if _NO_AMOUNT.search(leaf) or "行次" in table.columns[column]:
        return "other"
    numeric = [c for c in printed if re.search(r"\d", c)]
    if _CODE_HEAD.search(head) and numeric and all(_CODE.fullmatch(c) for c in numeric):
        return "code"
    figures = [c for c in printed if amount(c) is not None]
    if not printed:
        return "amount" if not re.search(r"项目|科目|名称|编码|^[类款项]$", leaf) else "name"
    return "amount" if 2 * len(figures) >= len(printed) else "name"


def _ledger(table: Table, kinds: list[str], span: tuple[int, int], doubted: frozenset[tuple[int, Box]]) -> Ledger | None:
    """One panel, or None when it has no amounts."""
    here = range(*span)
    columns = tuple(c for c in here if kinds[c] == "amount")
    if not columns:
        return None
    unit = table.unit or ""
    rows = tuple(_row(table, n, kinds, here) for n in range(len(table.rows)))
    if doubted:
        rows = tuple(_without(row, {c for c in columns if _spot(table, row.index, c) in doubted}) for row in rows)
    return Ledger(table, unit, columns, rows)


def _row(table: Table, n: int, kinds: list[str], here: range) -> Row:
    """One row of a panel."""
    cells = table.rows[n]
    codes = [normal(cells[c].text) for c in here if kinds[c] == "code"]
    code = _code([c for c in codes if c not in ("类", "款", "项")])
    names = list(dict.fromkeys(normal(cells[c].text) for c in here if kinds[c] == "name"))
    full = "".join(names)
    name = bare(full)
    if not code.isdigit():
        name, code = bare(code + name), ""
        leading = re.match(r"(\d{7}|\d{5}|\d{3})(?=\D)", name)
        if leading:
            code, name = leading[0], name[leading.end() :]
    columns = [c for c in here if kinds[c] == "amount"]
    figures = {c: f for c in columns if (f := from_cell(table, n, c, table.unit or "", name)) is not None}
    unreadable = {c for c in columns if c not in figures and not _is_no_figure(cells[c].text)}
    if name and not code and not figures and len(columns) == 1:
        beyond = _beyond(table, n, kinds, here.stop)
        figures = {columns[0]: replace(beyond, label=name)} if beyond else {}
    return Row(n, code, name, figures, frozenset(unreadable), _level(full))


def _code(parts: list[str]) -> str:
    """The subject code of a row: its parts joined (208 | 05 | 01), or the longest where each column prints the whole code."""
    printed = [p if len(p) > 1 else p.zfill(2) for p in parts if p]
    if len(printed) > 1 and all(longer.startswith(shorter) for shorter, longer in pairwise(printed)):
        return printed[-1]
    return "".join(printed)


def _is_no_figure(text: str) -> bool:
    """Whether a cell of an amount column prints nothing, or a heading repeated inside the table."""
    return amounts.is_absent(text) or bool(_HEADING.fullmatch(normal(text)))


def _without(row: Row, columns: set[int]) -> Row:
    """The row with the figures of some columns taken as unreadable."""
    kept = {c: f for c, f in row.amounts.items() if c not in columns}
    return replace(row, amounts=kept, unreadable=row.unreadable | columns) if columns else row


def _spot(table: Table, row: int, column: int) -> tuple[int, Box]:
    """Page and box of a cell."""
    cell = table.rows[row][column]
    return cell.page, cell.box


def _beyond(table: Table, n: int, kinds: list[str], start: int) -> Printed | None:
    """The row's first figure in the panels to the right, up to the next name: a total whose label spans panels (公用经费合计)."""
    for c in range(start, len(kinds)):
        if kinds[c] == "amount":
            figure = from_cell(table, n, c, table.unit or "")
            if figure is not None:
                return figure
        elif table.rows[n][c].text:
            return None
    return None
