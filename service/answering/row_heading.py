"""A row of a table as quoted → what stands above each of its cells, as a model is told it: 「表名（项目）：栏目 | 栏目」."""

from collections.abc import Sequence

from service import statements
from service.answering.material import Material
from service.facts import forms, row_heads
from service.facts.row_heads import Above
from service.records import Place, Table
from service.statements import Rows
from service.text import normal

_BAR = " | "


class Headings:
    """The headings of documents' rows, looked up by where a row is quoted."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._rows: dict[str, list[tuple[Table, int, Above]]] = {}

    def of(self, doc: str, place: Place) -> str:
        """The row's heading, or its table alone where nothing stands above its cells; nothing where no row prints the quote."""
        wanted = [text for part in place.quote.split("|") if (text := normal(part))]
        for table, row, above in self._of(doc):
            cells = table.rows[row]
            if any(cell.page == place.page for cell in cells if cell.text) and (spots := _spots(wanted, [normal(c.text) for c in cells])):
                return _told(table, tuple(above[n] for n in spots))
        return ""

    def _of(self, doc: str) -> list[tuple[Table, int, Above]]:
        if doc not in self._rows:
            tables = self._material.tables(doc)
            heads = row_heads.of(tables)
            self._rows[doc] = [(t, n, above) for t, rows in zip(tables, heads, strict=True) for n, above in enumerate(rows)]
        return self._rows[doc]


def _spots(wanted: Sequence[str], cells: Sequence[str]) -> list[int]:
    """The columns of a quote's cells in a row, in order; empty where the row does not print them."""
    spots: list[int] = []
    for text in wanted:
        at = next((n for n in range(spots[-1] + 1 if spots else 0, len(cells)) if cells[n] == text), None)
        if at is None:
            return []
        spots.append(at)
    return spots


def _told(table: Table, above: Above) -> str:
    statement = statements.get(table.statement)
    is_form = statement is not None and statement.rows is Rows.FORM
    name = " ".join(part for part in (table.number, table.title) if part)
    subject = f"（{forms.subject(table)}）" if is_form else ""
    if not any(column.head for column in above):
        return f"{name}{subject}"
    return f"{name}{subject}：{_BAR.join(row_heads.words(column, is_form=is_form) for column in above)}"
