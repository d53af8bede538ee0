"""A row of a table as quoted → what stands above each of its cells, as a model is told it: 「表名（项目）：栏目 | 栏目」."""

from collections.abc import Sequence
from dataclasses import dataclass

from service import statements
from service.answering.material import Material
from service.answering.remembered import remembered
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

    def of(self, doc: str, place: Place) -> str:
        """The row's heading, or its table alone where nothing stands above its cells; nothing where no row prints the quote."""
        wanted = [text for part in place.quote.split("|") if (text := normal(part))]
        for row in _rows(self._material.tables(doc)).get(place.page, ()):
            if spots := _spots(wanted, row.cells):
                return _told(row.table, tuple(row.above[n] for n in spots))
        return ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its cells in normal form, and what stands above each."""

    table: Table
    cells: tuple[str, ...]
    above: Above


@remembered
def _rows(tables: Sequence[Table]) -> dict[int, list[_Row]]:
    """The rows of a document by the pages that they are printed on, in reading order."""
    found: dict[int, list[_Row]] = {}
    for table, heads in zip(tables, row_heads.of(tables), strict=True):
        for cells, above in zip(table.rows, heads, strict=True):
            row = _Row(table, tuple(normal(cell.text) for cell in cells), above)
            for page in {cell.page for cell in cells if cell.text}:
                found.setdefault(page, []).append(row)
    return found


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
