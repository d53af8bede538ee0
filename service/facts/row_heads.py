"""A document's tables → for every row, what stands above its cells: the header's path, in a form the headings last met inside it."""

from collections.abc import Sequence

from service import amounts, statements
from service.facts import fields, forms
from service.facts.columns import Column
from service.facts.columns import of as column_of
from service.facts.headings import measure_of, paths
from service.facts.targets import ACTUAL, AIMS, TARGET
from service.records import Cell, Table
from service.statements import Rows
from service.text import normal

_BUDGETS = ("年初预算", "全年预算", "调整预算", "预算", "执行数")

Above = tuple[Column, ...]
"""What stands above a row's cells, one for each."""


NO_HEAD = "-"
"""Written for a cell under no heading."""


def of(tables: Sequence[Table]) -> list[list[Above]]:
    """For every table of a document, in reading order, for every row."""
    found: list[list[Above]] = []
    form: _Form | None = None
    for n, table in enumerate(tables):
        statement = statements.get(table.statement)
        if form is not None and forms.continues(tables, n):
            found.append(form.next_page(table))
            continue
        form = _Form(table) if statement is not None and statement.rows is Rows.FORM else None
        if form is not None:
            found.append(form.rows())
        else:
            above = tuple(column_of(head, table, statement) for head in paths(table)[0])
            found.append([above] * len(table.rows))
    return found


def words(column: Column, *, is_form: bool) -> str:
    """A cell's heading as a model is told it: in a form, which counts and scores too, money with its unit."""
    money = f"（{column.unit}）" if is_form and column.unit in amounts.YUAN and column.unit not in column.head else ""
    return f"{column.head}{money}" or NO_HEAD


class _Form:
    """A form read from top to bottom: its headings change."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._unit = forms.unit(table)
        self._heads = [""] * len(table.columns)

    def rows(self) -> list[Above]:
        """What stands above the cells of every row."""
        table = self._table
        texts = [list(row) for row in table.header] + [[cell.text for cell in row] for row in table.rows]
        made: list[Above] = []
        for n, row in enumerate(texts):
            words = [normal(text) for text in row]
            self._take(row, words, [normal(text) for text in texts[n + 1]] if n + 1 < len(texts) else [])
            if n >= len(table.header):
                made.append(self._columns(words, self._heads))
        return made

    def next_page(self, table: Table) -> list[Above]:
        """The same for a page without headings of its own, whose cells belong to the columns that they stand under."""
        middles = {n: forms.middle(cell) for line in self._table.rows for n, cell in enumerate(line) if cell.text}
        return [self._columns([normal(cell.text) for cell in row], [self._under(cell, middles) for cell in row]) for row in table.rows]

    def _under(self, cell: Cell, middles: dict[int, float]) -> str:
        if not cell.text or not middles:
            return ""
        return self._heads[min(middles, key=lambda n: abs(middles[n] - forms.middle(cell)))]

    def _take(self, row: Sequence[str], words: Sequence[str], below: Sequence[str]) -> None:
        """Change the headings where a row is some, or where it begins another part of the form."""
        if any(amounts.cell(word) is not None for word in words):
            return
        if fields.is_heading(words):
            level = below if fields.is_sub(below) else []
            last = ""
            for n, text in enumerate(row):
                # A merged heading may be printed once for the columns it covers.
                sub = level[n] if n < len(level) else ""
                last = "".join(text.split()) or (last if sub else "")
                self._heads[n] = f"{last}/{sub}" if sub and sub != normal(last) else last
        elif words and words[0] and not words[0].endswith("指标") and not fields.is_sub(words):
            self._heads = [""] * len(self._heads)

    def _columns(self, words: Sequence[str], heads: Sequence[str]) -> Above:
        own = next((words[n] for n, head in enumerate(heads) if n < len(words) and fields.is_unit(normal(head))), "")
        return tuple(self._column(head, words[:n], own) for n, head in enumerate(heads))

    def _column(self, head: str, before: Sequence[str], own: str) -> Column:
        """A column of a row. Only money has the form's unit; a target has its row's own."""
        leaf = normal(head).split("/")[0]
        measure = next((aim for aim, pattern in zip(AIMS, (TARGET, ACTUAL), strict=True) if pattern.fullmatch(leaf)), None)
        measure = measure or measure_of(head)
        unit: str | None = None
        if measure in _BUDGETS or (not head and forms.is_money_label(next((w for w in reversed(before) if w), ""))):
            unit = self._unit
        elif measure in ("分值", "得分"):
            unit = "分"
        elif measure in ("执行率", "完成率"):
            unit = "%"
        elif measure in AIMS:
            unit = amounts.one_unit(own) or None
        return Column(head, measure, "", "", unit, None)
