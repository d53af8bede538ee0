"""What the checker says of many small changes and of made-up whole books with planted faults, as digests: any other word shows.

The readable snapshots (`test_checks_snapshots`) hold one change of every kind; these hold eight. `python -m tests.unit.test_checks_many`
writes them anew. Where only a digest differs, `outcomes_of` and `told_of` print what is said now.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from evals.books import faults, figures, grids, prose
from evals.books.pages import Pages
from service.checks import registry, run
from service.facts import rules
from tests.support import perturbed, told
from tests.unit.test_checks_snapshots import EDGES, EXAMPLES, TITLES

FILE = Path(__file__).parent / "snapshots" / "checks-many.txt"
TIMES = 8
"""Changes of every kind for every case."""
BOOKS = 12
CASES = [(code, title, make) for code, three in sorted(EXAMPLES.items()) for title, make in zip(TITLES, three, strict=True)]
CASES += [(code, name, make) for name, (code, make) in EDGES.items()]


def outcomes_of(code: str) -> Iterator[str]:
    """All that an obligation's rule says of the changed cases that are made for it."""
    for own, name, make in CASES:
        if own == code:
            for change, changed in perturbed.each(make(), Random(f"many {code} {name}"), TIMES):
                yield f"{name}, {change}"
                yield from told.outcomes(registry.RULES[code].check(changed))


def told_of(seed: int) -> Iterator[str]:
    """All that the checker says of a made-up book, and of it with each planted fault; every second book is rounded in print."""
    book = figures.draw(Random(seed), rounded=seed % 2 == 1)
    whole = Pages(prose.of(book), grids.of(book))
    for pages in (whole, *(changed for changed, _ in faults.all_of(whole, Random(seed)))):
        document = pages.document()
        yield from told.report(run.check(document, rules.read(document)))


def _line(name: str, lines: Iterator[str]) -> str:
    said = list(lines)
    digest = sha256("\n".join(said).encode()).hexdigest()[:12]
    return f"{name}: {len(said)} {digest}"


def _written() -> dict[str, str]:
    return {line.partition(":")[0]: line for line in FILE.read_text("utf-8").splitlines()}


@pytest.mark.parametrize("code", sorted({code for code, _, _ in CASES}))
def test_many_changes(code: str) -> None:
    assert _line(code, outcomes_of(code)) == _written()[code]


@pytest.mark.parametrize("seed", range(BOOKS))
def test_whole_books(seed: int) -> None:
    assert _line(f"book {seed}", told_of(seed)) == _written()[f"book {seed}"]


if __name__ == "__main__":
    made = [_line(code, outcomes_of(code)) for code in sorted({code for code, _, _ in CASES})]
    made += [_line(f"book {seed}", told_of(seed)) for seed in range(BOOKS)]
    FILE.write_text("\n".join(made) + "\n", "utf-8")
