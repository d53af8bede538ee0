"""Laws and examples of the interval arithmetic."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checks import intervals
from service.checks.intervals import Fit, Interval

cents = st.integers(-10_000_000, 10_000_000).map(lambda n: Decimal(n).scaleb(-2))
positive = st.integers(1, 10_000_000).map(lambda n: Decimal(n).scaleb(-2))


def test_printed_decimals_make_the_interval() -> None:
    assert intervals.interval(Decimal("12.30")) == Interval(Decimal("12.295"), Decimal("12.305"))
    assert intervals.interval(Decimal("6.2"), 2) == Interval(Decimal("6.195"), Decimal("6.205"))
    assert intervals.interval(Decimal("6.2"), factor=Decimal(10_000)) == Interval(Decimal("61500"), Decimal("62500"))


def test_slack_of_a_sum_is_half_a_step_per_figure() -> None:
    result = intervals.total(Decimal("3.24"), [Decimal("2.05"), Decimal("0.07"), Decimal("1.13")])
    assert (result.residual, result.envelope, result.fit) == (Decimal("-0.01"), Decimal("0.02"), Fit.TAIL)
    assert intervals.total(Decimal("509"), [Decimal("20"), Decimal("400"), Decimal("20"), Decimal("69"), Decimal("10")], 2).fit is Fit.OFF


def test_whole_numbers_are_rounded_to_one_unless_more_decimals_are_known() -> None:
    whole, parts = Decimal(10), [Decimal(4), Decimal(5)]
    assert (intervals.total(whole, parts).fit, intervals.total(whole, parts, 2).fit) == (Fit.TAIL, Fit.OFF)


def test_improbable_tail_of_many_parts() -> None:
    parts = [Decimal("1.00")] * 35
    assert intervals.total(Decimal("35.18"), parts).improbable
    assert not intervals.total(Decimal("35.01"), parts).improbable


@pytest.mark.parametrize(("parts", "improbable"), [(10, True), (11, False)])
def test_three_standard_deviations_are_not_improbable_yet(parts: int, improbable: bool) -> None:
    """0.03 is 3.13 standard deviations of eleven roundings, and 3 of twelve."""
    assert intervals.total(Decimal(parts) + Decimal("0.03"), [Decimal("1.00")] * parts).improbable is improbable


@given(st.lists(cents, min_size=1, max_size=12))
def test_rounded_parts_never_exceed_the_envelope(parts: list[Decimal]) -> None:
    printed = [intervals.rounded(p, 1) for p in parts]
    whole = intervals.rounded(sum(parts, Decimal(0)), 1)
    assert intervals.total(whole, printed).fit is not Fit.OFF


@given(positive, positive)
def test_a_rate_computed_from_its_operands_fits_as_printed(prior: Decimal, current: Decimal) -> None:
    exact = Decimal(100) * (current - prior) / prior
    computed = intervals.growth(intervals.interval(prior), intervals.interval(current))
    if computed is not None:
        assert intervals.percentage(intervals.rounded(exact, 2), computed) is Fit.EXACT


@given(positive, positive)
def test_growth_from_delta_agrees_with_growth_from_both_years(prior: Decimal, current: Decimal) -> None:
    exact = Decimal(100) * (current - prior) / prior
    computed = intervals.growth_from_delta(intervals.interval(current), intervals.interval(current - prior))
    if computed is not None:
        assert computed.holds(exact)


def test_a_base_that_may_be_zero_has_no_rate() -> None:
    zero, one = intervals.interval(Decimal("0.00")), intervals.interval(Decimal("1.00"))
    assert intervals.ratio(one, zero) is None
    assert intervals.growth(zero, one) is None
    assert intervals.growth_from_delta(one, one) is None


def test_cut_off_and_raised_percentages_are_told_from_wrong_ones() -> None:
    def fit(printed: str, value: str) -> Fit:
        return intervals.percentage(Decimal(printed), Interval(Decimal(value), Decimal(value)))

    assert fit("91.64", "91.638") is Fit.EXACT
    assert fit("91.63", "91.638") is Fit.TRUNCATED
    assert fit("30", "29.15") is Fit.RAISED
    assert fit("71.73", "71.654") is Fit.OFF
    assert fit("-2.98", "-2.982") is Fit.EXACT
    assert fit("2.98", "-2.982") is Fit.OFF
    assert fit("-9.1", "-9.15") is Fit.EXACT
    assert fit("-9.1", "-9.16") is Fit.TRUNCATED


def test_rounding_is_half_up_away_from_zero() -> None:
    rounded = [str(intervals.rounded(Decimal(v), 2)) for v in ("0.005", "-0.005", "2.675", "100")]
    assert rounded == ["0.01", "-0.01", "2.68", "100.00"]
