"""Intervals and paired tests against what is known of them."""

import pytest

from evals import statistics
from evals.observed import Observation
from evals.suites import asking, extraction
from tests.evals.conftest import observed

TRUSTED = asking.SUITE.metric("trusted")
MS = asking.SUITE.metric("ms")


def test_interval_over_documents_holds_the_value(many: list[Observation]) -> None:
    found = statistics.figure(TRUSTED, many)
    assert found is not None
    assert found.value == pytest.approx(50 / 60)
    assert found.docs == 12
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    assert "12 份文件" in found.method


def test_cases_that_hang_together_widen_the_interval() -> None:
    alone = [observed(f"q{n}", f"d{n}", float(n % 2)) for n in range(60)]
    together = [observed(f"q{n}", f"d{n // 10}", float(n // 10 % 2)) for n in range(60)]
    narrow, wide = statistics.figure(TRUSTED, alone), statistics.figure(TRUSTED, together)
    assert narrow is not None
    assert wide is not None
    assert narrow.value == wide.value
    assert None not in (narrow.low, narrow.high, wide.low, wide.high)
    assert (wide.high or 0) - (wide.low or 0) > 2 * ((narrow.high or 0) - (narrow.low or 0))


def test_few_documents_are_said_to_be_few() -> None:
    found = statistics.figure(TRUSTED, [observed(f"q{n}", "a", 1.0) for n in range(20)])
    assert found is not None
    # Wilson for 20 of 20: 1 / (1 + z²/n)
    assert found.low == pytest.approx(1 / (1 + 1.959964**2 / 20), abs=1e-6)
    assert "只有 1 份文件" in found.method
    times = statistics.figure(MS, [observed(f"q{n}", "a", 1.0) for n in range(20)])
    assert times is not None
    assert times.low is None


def test_no_observation_no_figure(many: list[Observation]) -> None:
    assert statistics.figure(asking.SUITE.metric("refused_rightly"), many) is None


def test_weights_count() -> None:
    both = [observed("a", "a", 1.0, weight=9), observed("b", "b", 0.0)]
    found = statistics.figure(TRUSTED, both)
    assert found is not None
    assert found.value == pytest.approx(0.9)
    assert found.n == 10


def test_f1_is_the_harmonic_mean() -> None:
    values = [{"precision": 1.0}, {"precision": 0.0}, {"recall": 1.0}]
    found = statistics.figure(extraction.SUITE.headline, [observed(f"q{n}", "a", 1.0, values=v) for n, v in enumerate(values)])
    assert found is not None
    assert found.value == pytest.approx(2 * 0.5 / 1.5)


def test_the_same_run_does_not_differ(many: list[Observation]) -> None:
    found = statistics.difference(TRUSTED, many, many)
    assert found is not None
    assert found.value == 0
    assert found.p is None


def _broken(many: list[Observation], docs: int) -> list[Observation]:
    """The same with every case of so many documents wrong."""
    wrong = {f"doc{d}" for d in range(docs)}
    return [o.model_copy(update={"values": {**o.values, "trusted": 0.0}}) if o.doc in wrong else o for o in many]


def test_a_change_in_every_document_is_significant_and_in_one_is_not(many: list[Observation]) -> None:
    everywhere, once = statistics.difference(TRUSTED, many, _broken(many, 12)), statistics.difference(TRUSTED, many, _broken(many, 1))
    assert everywhere is not None
    assert once is not None
    assert everywhere.p is not None
    assert everywhere.p < 0.005
    # Exact: one document that changes has two signs.
    assert once.p == pytest.approx(1.0)
    assert everywhere.high is not None
    assert everywhere.high < 0


def test_few_documents_are_compared_case_by_case() -> None:
    before = [observed(f"q{n}", "a", 1.0) for n in range(10)]
    after = [observed(f"q{n}", "a", float(n >= 6)) for n in range(10)]
    found = statistics.difference(TRUSTED, before, after)
    assert found is not None
    assert found.p == pytest.approx(2 * 0.5**6)
    assert "McNemar" in found.method


def test_only_shared_cases_are_compared(many: list[Observation]) -> None:
    found = statistics.difference(TRUSTED, many, many[:30])
    assert found is not None
    assert found.n == 30
    assert statistics.difference(TRUSTED, many, [observed("other", "x", 1.0)]) is None


def test_p_values_are_corrected_for_their_number(many: list[Observation]) -> None:
    one = statistics.difference(TRUSTED, many, _broken(many, 3))
    none = statistics.difference(TRUSTED, many, many)
    assert one is not None
    assert none is not None
    corrected = statistics.adjusted({"a": one, "b": one, "c": none})
    assert set(corrected) == {"a", "b"}
    assert statistics.adjusted({"c": none}) == {}
