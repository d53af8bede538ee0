"""Every rule on some thousand slightly changed books: none fails, and whatever one says has its reason or its evidence."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from service.checks import registry, run
from service.checks.book import Book
from service.records import State
from tests.support import (
    examples_edges,
    examples_edges_figures,
    examples_edges_forms,
    examples_edges_lists,
    examples_edges_prose,
    examples_edges_ties,
    examples_narrative,
    examples_tables,
    examples_words,
    perturbed,
)

assert run  # rules register when the entry is imported

TIMES = 1
"""Changes of every kind to one book."""


def examples() -> Iterator[Book]:
    """The books of every rule's examples."""
    for group in (examples_tables, examples_words, examples_narrative):
        for three in group.EXAMPLES.values():
            yield three[0]()


def edges() -> Iterator[Book]:
    """The books at the edges of the rules' conditions."""
    edges = (
        examples_edges,
        examples_edges_ties,
        examples_edges_prose,
        examples_edges_forms,
        examples_edges_figures,
        examples_edges_lists,
    )
    for _, make in (case for module in edges for case in module.CASES.values()):
        yield make()


@pytest.mark.parametrize("books", [examples, edges])
def test_no_rule_fails_on_a_changed_book(books: Callable[[], Iterator[Book]]) -> None:
    for n, made in enumerate(books()):
        for name, other in perturbed.each(made, Random(n), TIMES):
            for code, rule in registry.RULES.items():
                for outcome in rule.check(other):
                    at = f"{code} after a change of the {name} of book {n}"
                    assert outcome.state is not State.NOT_CHECKED or outcome.reason, at
                    assert outcome.issue is None or (outcome.issue.figures and outcome.issue.explain), at
