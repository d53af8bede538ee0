"""What the checker says of the samples and of every made example, written down.

A changed word, figure, order, grade or count shows in the difference of the files. `python -m tests.unit.test_checks_snapshots`
writes them anew: read the difference before it is committed.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from service.checks import registry, run
from service.facts import rules
from service.reading import document
from service.settings import Settings
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
    told,
)
from tests.support.specimens import Examples

SNAPSHOTS = Path(__file__).parent / "snapshots"
SAMPLES = Path(__file__).parents[2] / "samples"
TITLES = ("passes", "found", "cannot be checked")
EDGES = {
    **examples_edges.CASES,
    **examples_edges_ties.CASES,
    **examples_edges_prose.CASES,
    **examples_edges_forms.CASES,
    **examples_edges_figures.CASES,
    **examples_edges_lists.CASES,
}
EXAMPLES: Examples = {**examples_tables.EXAMPLES, **examples_words.EXAMPLES, **examples_narrative.EXAMPLES}


def of_sample(name: str) -> str:
    """The whole report on a sample document."""
    read = document.read(SAMPLES / f"{name}.pdf", Settings())
    return "\n".join(told.report(run.check(read, rules.read(read)))) + "\n"


def of_examples() -> str:
    """What each rule says of the book that it passes, of the one in which it finds something, and of the one that it cannot check."""
    lines = []
    for code, makers in sorted(EXAMPLES.items()):
        for title, make in zip(TITLES, makers, strict=True):
            lines += [f"{code} {title}", *told.outcomes(registry.RULES[code].check(make()))]
    return "\n".join(lines) + "\n"


def of_edges() -> str:
    """What the rules say at the edges of their conditions."""
    lines = []
    for name, (code, make) in EDGES.items():
        lines += [f"{code} {name}", *told.outcomes(registry.RULES[code].check(make()))]
    return "\n".join(lines) + "\n"


def of_changes() -> str:
    """What a rule says otherwise when its example has a slip, a misprint or another layout: one change of every kind."""
    made = [(code, title, make) for code, three in sorted(EXAMPLES.items()) for title, make in zip(TITLES, three, strict=True)]
    made += [(code, name, make) for name, (code, make) in EDGES.items()]
    lines = []
    for code, name, make in made:
        unchanged, rule = make(), registry.RULES[code]
        known = set(told.outcomes(rule.check(unchanged)))
        for change, other in perturbed.each(unchanged, Random(f"{code} {name}"), 1):
            differing = [line for line in told.outcomes(rule.check(other)) if line not in known]
            lines += [f"{code} {name}, another {change}", *differing] if differing else []
    return "\n".join(lines) + "\n"


SHOWN: dict[str, Callable[[], str]] = {
    "checks-examples": of_examples,
    "checks-edges": of_edges,
    "checks-changes": of_changes,
    "checks-qinghe-2024-final": lambda: of_sample("qinghe-2024-final"),
    "checks-qinghe-2025-budget": lambda: of_sample("qinghe-2025-budget"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_checker_says_what_is_written_down(name: str) -> None:
    assert SHOWN[name]().splitlines() == (SNAPSHOTS / f"{name}.txt").read_text("utf-8").splitlines()


if __name__ == "__main__":
    for file, make in SHOWN.items():
        (SNAPSHOTS / f"{file}.txt").write_text(make(), "utf-8")
