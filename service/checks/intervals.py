"""Interval arithmetic on printed figures: a figure with d decimals stands for [v − u/2, v + u/2], u = 10^-d of its unit.

Two printings agree exactly when their intervals meet (both ends closed).
Source: XBRL Calculations 1.1, round-to-nearest.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

HUNDRED = Decimal(100)
_TWO = Decimal(2)
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(16))
"""One unit in the last place, by decimals."""


class Fit(StrEnum):
    """How a printed figure fits a recomputed one."""

    EXACT = "exact"
    """The printed figure is what the recomputation gives at printed precision."""
    TAIL = "tail"
    """They differ, and rounding of the printed figures explains it."""
    TRUNCATED = "truncation"
    """The printed figure is the recomputed one cut off instead of rounded."""
    RAISED = "rounded-up"
    """The printed figure is the recomputed one rounded away from zero."""
    OFF = "off"
    """They cannot agree."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed interval; `low` ≤ `high`."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a point in common."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies inside, ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Sum:
    """A total against its parts, in the total's unit. `residual` = total − Σ parts; `envelope` = (u_total + Σ u_parts) / 2."""

    computed: Decimal
    residual: Decimal
    envelope: Decimal
    variance: Decimal = Decimal(0)
    """Expected square of the residual if every figure was rounded on its own: Σ u² / 12."""

    @property
    def fit(self) -> Fit:
        """EXACT, TAIL (within the envelope) or OFF."""
        if self.residual == 0:
            return Fit.EXACT
        return Fit.TAIL if abs(self.residual) <= self.envelope else Fit.OFF

    @property
    def improbable(self) -> bool:
        """A tail beyond three standard deviations of n + 1 independent roundings (u·√((n+1)/12))."""
        return self.fit is Fit.TAIL and self.residual**2 > self.variance * 9


def decimals(value: Decimal) -> int:
    """Printed digits after the point."""
    return max(0, -int(value.as_tuple().exponent))


def step(value: Decimal, least: int = 0) -> Decimal:
    """One unit in the last printed place; `least` is the precision taken when fewer decimals are printed."""
    places = max(decimals(value), least)
    return _STEPS[places] if places < len(_STEPS) else Decimal(1).scaleb(-places)


def interval(value: Decimal, least: int = 0, factor: Decimal = Decimal(1)) -> Interval:
    """What a printed figure stands for.

    Args:
        value: the figure with its printed decimals.
        least: decimals it is taken to have at least (prose drops trailing zeros: 6.2 for 6.20).
        factor: value of its unit (10000 for 万元 in 元).
    """
    half = step(value, least) / _TWO
    return Interval((value - half) * factor, (value + half) * factor)


def total(whole: Decimal, parts: list[Decimal], least: int = 0) -> Sum:
    """A total against the sum of its parts, all in one unit; where they are equal no envelope is computed.

    Source: CHECKS.md, "Sum of n parts".
    """
    computed = sum(parts, Decimal(0))
    if computed == whole:
        return Sum(computed, Decimal(0), Decimal(0))
    steps = [step(v, least) for v in (whole, *parts)]
    variance = sum((s * s for s in steps), Decimal(0)) / 12
    return Sum(computed, whole - computed, sum(steps, Decimal(0)) / _TWO, variance)


def ratio(part: Interval, whole: Interval) -> Interval | None:
    """100 · part ÷ whole by the corners; None (undefined) where `whole` may be 0."""
    if whole.low <= 0 <= whole.high:
        return None
    corners = [HUNDRED * a / b for a in (part.low, part.high) for b in (whole.low, whole.high)]
    return Interval(min(corners), max(corners))


def growth_from_delta(current: Interval, delta: Interval) -> Interval | None:
    """100 · δ ÷ (c − δ), δ signed; monotone in c and in δ, so the four corners bound it. None where the prior figure may be 0.

    Source: CHECKS.md, "Growth with stated delta".
    """
    corners = []
    for c in (current.low, current.high):
        for d in (delta.low, delta.high):
            prior = c - d
            if prior <= 0:
                return None
            corners.append(HUNDRED * d / prior)
    return Interval(min(corners), max(corners))


def growth(prior: Interval, current: Interval) -> Interval | None:
    """100 · (c − p) ÷ p by the corners; None where the prior figure may be 0."""
    if prior.low <= 0:
        return None
    corners = [HUNDRED * (c - p) / p for p in (prior.low, prior.high) for c in (current.low, current.high)]
    return Interval(min(corners), max(corners))


def percentage(printed: Decimal, computed: Interval) -> Fit:
    """How a printed percentage fits the interval that the printed operands give.

    Round-to-nearest first, then cut off, then raised; signs must agree.
    """
    if interval(printed).meets(computed):
        return Fit.EXACT
    unit = step(printed)
    away = unit if printed >= 0 else -unit
    if _between(printed, printed + away).meets(computed):
        return Fit.TRUNCATED
    if _between(printed - away, printed).meets(computed):
        return Fit.RAISED
    return Fit.OFF


def rounded(value: Decimal, places: int) -> Decimal:
    """Half-up (as the documents round), for showing an expected figure."""
    unit = Decimal(1).scaleb(-places)
    cut = (abs(value) / unit + Decimal("0.5")).to_integral_value("ROUND_FLOOR") * unit
    return (cut if value >= 0 else -cut).quantize(unit)


def _between(a: Decimal, b: Decimal) -> Interval:
    return Interval(min(a, b), max(a, b))
