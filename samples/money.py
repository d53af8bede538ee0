"""Amounts as Decimals, and how they are printed."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
WAN = Decimal(10_000)
"""元 in one 万元."""


def d(text: str) -> Decimal:
    """A Decimal, thousands separators allowed."""
    return Decimal(text.replace(",", ""))


def total(values: Iterable[Decimal]) -> Decimal:
    """A sum that is a Decimal also when it is empty."""
    return sum(values, ZERO)


def cents(value: Decimal) -> Decimal:
    """Rounded half up to two decimals, as the state's tables are."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """「1416.65」: as figures stand in the prose."""
    return f"{cents(value):f}"


def grouped(value: Decimal) -> str:
    """「1,416.65」, blank for nothing: as figures stand in tables."""
    return f"{cents(value):,f}" if value else ""


def percent(part: Decimal, whole: Decimal) -> str:
    """「87.89%」."""
    return f"{cents(part * 100 / whole):f}%"
