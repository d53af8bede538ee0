"""A printed figure as the rules use it: its value, unit, place, and a key that names the very spot it is printed in."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from service import amounts
from service.checks import intervals
from service.records import Cell, Fact, Operand, Place, Table


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed figure.

    `key` is equal for two records exactly when they are the same printing (page and place of its last character).
    """

    value: Decimal
    unit: str
    place: Place
    key: str
    label: str = ""

    @property
    def text(self) -> str:
        """The figure as the contract prints it: printed decimals, no thousands separators."""
        return amounts.plain(self.value)

    @property
    def operand(self) -> Operand:
        """The figure as evidence of a finding."""
        return Operand(self.text, self.unit, self.place)

    def interval(self, least: int = 0) -> intervals.Interval:
        """What it stands for, in 元 when it is money, in its own unit otherwise."""
        return intervals.interval(self.value, least, amounts.YUAN.get(self.unit, Decimal(1)))


def key(place: Place) -> str:
    """Name of the spot where a quote ends: page, the last box's right edge and top in whole points; the quote where no box is known.

    A fact's quote and a sentence's figure both end with the figure, so both give the same name.
    """
    if place.boxes:
        _, top, right, _ = place.boxes[-1]
        return f"{place.page}@{round(right)},{round(top)}"
    return f"{place.page}:{place.quote}"


@lru_cache(maxsize=8192)
def amount(text: str) -> amounts.Amount | None:
    """The figure of a cell's text (`amounts.cell`), kept: every rule asks for the same cells."""
    return amounts.cell(text)


def from_cell(table: Table, row: int, column: int, unit: str, label: str = "") -> Printed | None:
    """The figure of a table cell; None where the cell is blank, a dash or no single figure."""
    cell: Cell = table.rows[row][column]
    read = amount(cell.text)
    if read is None:
        return None
    place = table.place(row, column)
    return Printed(read.value, read.unit or unit, place, key(Place(cell.page, cell.text, (cell.box,))), label)


def from_fact(fact: Fact) -> Printed:
    """The figure of a fact, with the sign that the words give it."""
    return Printed(fact.value, fact.unit, fact.place, key(fact.place), fact.item)
