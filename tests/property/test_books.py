"""Laws of the checker over whole made-up final accounts: silent on a consistent one, naming what was changed in another."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.books import faults, figures, grids, prose
from evals.books.faults import PLANTS
from evals.books.pages import Pages
from service.checks import run
from service.facts import rules
from service.records import CheckReport, Severity, State

SEEDS = range(25)
LEAST_DETECTED = 0.98
"""The share of planted faults of a class that is named; the benchmark `python -m evals.detection` measures more books."""


def check(pages: Pages) -> CheckReport:
    document = pages.document()
    return run.check(document, rules.read(document))


def pages(random: Random, *, rounded: bool) -> Pages:
    book = figures.draw(random, rounded=rounded)
    return Pages(prose.of(book), grids.of(book))


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_consistent_book_has_no_finding(random: Random) -> None:
    report = check(pages(random, rounded=False))
    assert [(f.obligation, f.explain) for f in report.findings] == []
    assert report.counts[State.PASS] > 40


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_book_rounded_in_print_has_only_rounding(random: Random) -> None:
    found = [(f.obligation, f.explain) for f in check(pages(random, rounded=True)).findings if f.severity is not Severity.ROUNDING]
    assert found == []


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_named(name: str) -> None:
    named: Counter[bool] = Counter()
    for seed in SEEDS:
        whole = pages(Random(seed), rounded=seed % 2 == 1)
        planted = PLANTS[name](whole, Random(seed))
        if planted is not None:
            changed, fault = planted
            assert changed != whole
            named[fault.named_by(check(changed))] += 1
    assert named.total() > len(SEEDS) / 2, "the generator hardly makes books with room for this fault"
    assert named[True] >= LEAST_DETECTED * named.total()


def test_a_fault_is_not_named_by_an_unchanged_book() -> None:
    """The measure itself: no fault may count as named when nothing was changed."""
    for seed in SEEDS[:5]:
        whole = pages(Random(seed), rounded=False)
        report = check(whole)
        assert not any(fault.named_by(report) for _, fault in faults.all_of(whole, Random(seed)))
