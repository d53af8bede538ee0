"""A printed percentage against the amounts it is said to come from: verdict, diagnosis and wording, shared by the F rules."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from service import amounts
from service.checks import diagnosis, intervals
from service.checks.intervals import Fit, Interval
from service.checks.outcomes import Issue, Outcome, not_applicable, passed, raised
from service.checks.printed import Printed
from service.checks.sentences import Mark, Sentence
from service.records import Place, Quantity, Severity

Compute = Callable[[int], Interval | None]
"""The rate in % when amounts are taken at a least number of decimals; None where the base may be zero."""

_HALF = Decimal("0.5")
_EXACT = 15
"""Decimals at which an amount's interval is a point for every printed percentage."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A percentage as printed: its figure, the sign its words give it (1 or −1), and where it stands."""

    printed: Printed
    sign: int
    where: str
    place: Place
    neighbours: tuple[Decimal, ...] = ()
    """Other percentages of its sentence, and of its kind shortly before."""
    total_shares: Decimal | None = None
    """Σ of all shares of its list, itself included; None when it is no share of a list."""

    @property
    def value(self) -> Decimal:
        """With its sign."""
        return self.printed.value * self.sign


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage to test: what it is computed from and how, and the slips that other bases would mean."""

    kind: str
    stated: Stated
    operands: tuple[Printed, ...]
    formula: str
    compute: Compute
    base: Decimal
    """What is divided by; 0 makes the rate undefined."""
    alternatives: tuple[tuple[str, Compute], ...] = ()
    arguable: bool = False
    """The operands are bound by likeness, not by the sentence's own words: a difference is suspicious at most."""

    def interval(self, places: int) -> Interval | None:
        """The computed rate in the printed unit (16 倍 is 1600 %)."""
        return self.scaled(self.compute(places))

    def scaled(self, computed: Interval | None) -> Interval | None:
        """A rate in % in the printed unit."""
        if computed is None or self.stated.printed.unit != "倍":
            return computed
        return Interval(computed.low / intervals.HUNDRED, computed.high / intervals.HUNDRED)


def stated(sentence: Sentence, mark: Mark) -> Stated:
    """A percentage of prose."""
    others = tuple(m.printed.value for m in sentence.marks if m is not mark and m.printed.unit == mark.printed.unit)
    before = tuple(value for role, value in sentence.recent if role is mark.role)
    return Stated(mark.printed, mark.sign, sentence.where, sentence.place, (*others, *before))


def judge(rate: Rate, places: int) -> Outcome:
    """The outcome for one percentage, amounts taken at `places` decimals at least."""
    computed = rate.interval(places)
    if computed is None:
        return _zero_base(rate)
    fit = intervals.percentage(rate.stated.value, computed)
    if fit is Fit.EXACT:
        if _rounded_to_nearest(rate, computed):
            return passed(rate.stated.printed, *rate.operands)
        return raised(_issue(rate, computed, Severity.ROUNDING, _direction(rate, computed)))
    if fit in (Fit.TRUNCATED, Fit.RAISED):
        return raised(_issue(rate, computed, Severity.ROUNDING, (fit.value,)))
    if _plugged(rate, computed):
        return raised(_issue(rate, computed, Severity.ROUNDING, ("plug-to-100",)))
    severity = Severity.SUSPICIOUS if rate.arguable else Severity.ERROR
    return raised(_issue(rate, computed, severity, _diagnose(rate, computed, places)))


def hint(codes: tuple[str, ...]) -> str:
    """The diagnosis as the end of a sentence."""
    wording = diagnosis.wording(codes)
    return f"，{wording}" if wording else ""


def _nominal(rate: Rate, computed: Interval) -> Decimal:
    """The rate of the figures as they stand, without their intervals."""
    exact = rate.interval(_EXACT) or computed
    return (exact.low + exact.high) / 2


def _rounded_to_nearest(rate: Rate, computed: Interval) -> bool:
    """Whether the printed rate is the nominal one rounded; a wide interval can hold a cut-off one too."""
    return abs(rate.stated.value - _nominal(rate, computed)) <= intervals.step(rate.stated.value) * _HALF


def _direction(rate: Rate, computed: Interval) -> tuple[str, ...]:
    """Cut off or raised."""
    return (Fit.TRUNCATED.value if abs(rate.stated.value) < abs(_nominal(rate, computed)) else Fit.RAISED.value,)


def _plugged(rate: Rate, computed: Interval) -> bool:
    """A share moved by two units at most so that the printed shares of its list make exactly 100 %."""
    unit = intervals.step(rate.stated.value)
    return rate.stated.total_shares == intervals.HUNDRED and abs(rate.stated.value - _nominal(rate, computed)) <= 2 * unit


def _zero_base(rate: Rate) -> Outcome:
    """A rate on a base of zero: nothing to say of 0 or 100 % when all is zero, odd otherwise."""
    if rate.base != 0 or (rate.stated.value in (0, intervals.HUNDRED) and all(o.value == 0 for o in rate.operands)):
        return not_applicable()
    codes = ("zero-base", *_other_base(rate, _EXACT))
    explain = f"{rate.formula}：基数为 0，比率没有意义，文中写 {_shown(rate)}{hint(codes[1:])}"
    return raised(_made(rate, Severity.SUSPICIOUS, None, explain, codes))


def _issue(rate: Rate, computed: Interval, severity: Severity, codes: tuple[str, ...]) -> Issue:
    """The issue with its formula."""
    printed = rate.stated.printed
    places = max(2, intervals.decimals(printed.value)) if printed.unit == "%" else 2
    expected = amounts.plain(abs(intervals.rounded(_nominal(rate, computed), places)))
    explain = f"{rate.formula} = {expected} {printed.unit}，文中写 {_shown(rate)}{hint(codes)}"
    return _made(rate, severity, Quantity(expected, printed.unit), explain, codes)


def _made(rate: Rate, severity: Severity, expected: Quantity | None, explain: str, codes: tuple[str, ...]) -> Issue:
    printed = rate.stated.printed
    return Issue(
        kind=rate.kind,
        severity=severity,
        stated=Quantity(printed.text, printed.unit),
        expected=expected,
        where=rate.stated.where,
        place=rate.stated.place,
        figures=(printed, *rate.operands),
        explain=explain,
        diagnosis=codes,
    )


def _shown(rate: Rate) -> str:
    return f"{rate.stated.printed.text} {rate.stated.printed.unit}"


def _other_base(rate: Rate, places: int) -> tuple[str, ...]:
    """The slip that another base would mean, when it gives the printed percentage."""
    for code, compute in rate.alternatives:
        other = rate.scaled(compute(places))
        if other is not None and intervals.percentage(rate.stated.value, other) is Fit.EXACT:
            return (code,)
    return ()


def _diagnose(rate: Rate, computed: Interval, places: int) -> tuple[str, ...]:
    """The first cause in the order of CHECKS.md F8 that explains the printed percentage: another base, a slip, swapped roles."""
    other = _other_base(rate, places)
    if other and other != ("roles-swapped",):
        return other
    return diagnosis.of_rate(rate.stated.value, computed, rate.stated.neighbours) or other
