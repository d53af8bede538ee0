"""A workbook as plain records, before any file format: sheets of columns and rows of entries."""

from dataclasses import dataclass, field
from decimal import Decimal

from service.records import Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """Says that a figure stands in findings: the gravest grade, and one line each."""

    grade: Severity
    notes: tuple[str, ...]
    lead: bool = True
    """Whether a finding questions this very figure; False: it is used in the calculation."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell. A Decimal keeps its printed decimals; None is blank, which is not zero."""

    value: str | int | Decimal | None
    unit: str = ""
    """Of a figure; shown in the column's head where all figures of the column share it, else behind the figure."""
    link: str | None = None
    mark: Mark | None = None
    note: str = ""
    """What else is to be said of a figure that stands in no finding."""


BLANK = Entry(None)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and the widest it may be in half-width characters; longer texts are wrapped."""

    head: str
    widest: int = 28


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name (at most 31 characters, no punctuation), columns, and rows as long as the columns."""

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Entry, ...]] = field(default_factory=list)
    empty: str = ""
    """What is written under the head where there are no rows: in Chinese, why."""

    def unit(self, column: int) -> str:
        """The unit that all figures of a column share; empty where there is none or several."""
        units = {row[column].unit for row in self.rows if isinstance(row[column].value, Decimal)}
        return units.pop() if len(units) == 1 else ""

    def head(self, column: int) -> str:
        """The column's head, its unit below it."""
        unit = self.unit(column)
        head = self.columns[column].head
        return f"{head}\n（{unit}）" if unit else head
