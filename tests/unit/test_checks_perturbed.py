"""What each rule says of some thousand slightly changed books: no rule fails, and no verdict changes unseen.

Per group of books and obligation the number of every state is written down, with a digest of all that was said. Where a line of the
file changes, `python -m tests.unit.test_checks_perturbed F4` prints what F4 says, to be compared with what it said at an earlier
commit; without an obligation it writes the file anew.
"""

import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest

from service.checks import registry, run
from service.checks.book import Book
from service.facts import rules
from service.reading import document
from service.records import Document, State
from service.settings import Settings
from tests.support import examples_narrative, examples_tables, examples_words, perturbed, told
from tests.support.books import book
from tests.unit.test_checks_narrative import CONSISTENT

assert run  # rules register when the entry is imported

SNAPSHOT = Path(__file__).parent / "snapshots" / "checks-perturbed.txt"
SAMPLES = Path(__file__).parents[2] / "samples"
TIMES = 2
"""Changes of every kind to one book."""


@dataclass(frozen=True)
class Said:
    """What one rule said of all books: how often each state, and every line in order."""

    states: Counter[State] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)


def examples() -> Iterator[Book]:
    """The books of every rule's examples, each once, and the paragraphs of other provinces."""
    groups = (examples_tables, examples_words, examples_narrative)
    makers = [make for group in groups for three in group.EXAMPLES.values() for make in three]
    found: list[Book] = []
    for made in (*(make() for make in makers), *(book(text) for text in CONSISTENT)):
        if made not in found:
            found.append(made)
    yield from found


def sample(name: str) -> Iterator[Book]:
    """The sections and the tables of a sample document, each as a document of its own."""
    whole = document.read(SAMPLES / f"{name}.pdf", Settings())
    sections: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, paragraph in enumerate(whole.paragraphs):
        sections[paragraph.section].append(n)
    parts = [replace(whole, tables=(), pages=(), paragraphs=tuple(whole.paragraphs[n] for n in numbers)) for numbers in sections.values()]
    parts += [replace(whole, tables=whole.tables[n : n + 2], pages=(), paragraphs=()) for n in range(0, len(whole.tables), 2)]
    for part in parts:
        yield Book(part, rules.read(part))


def changed(books: Iterator[Book], *, reread: bool) -> Iterator[Book]:
    """Every book changed in every way; `reread`: its facts are read anew from the changed document."""
    for n, made in enumerate(books):
        for _, other in perturbed.each(made, Random(n), TIMES):
            read: Document = other.document
            yield Book(read, rules.read(read), other.earlier) if reread else other


def said(books: Iterator[Book]) -> dict[str, Said]:
    """What every rule says of the books, by obligation."""
    found = {code: Said() for code in sorted(registry.RULES)}
    for made in books:
        for code, rule in registry.RULES.items():
            outcomes = list(rule.check(made))
            assert all(o.reason for o in outcomes if o.state is State.NOT_CHECKED)
            assert all(o.issue.figures and o.issue.explain for o in outcomes if o.issue is not None)
            found[code].states.update(o.state for o in outcomes)
            found[code].lines.extend(told.outcomes(outcomes) if outcomes else ())
    return found


GROUPS: dict[str, Callable[[], Iterator[Book]]] = {
    "examples": lambda: changed(examples(), reread=False),
    "qinghe-2024-final": lambda: changed(sample("qinghe-2024-final"), reread=True),
    "qinghe-2025-budget": lambda: changed(sample("qinghe-2025-budget"), reread=True),
}


def shown(group: str) -> Iterator[str]:
    """One line per obligation."""
    for code, all_said in said(GROUPS[group]()).items():
        digest = hashlib.sha256("\n".join(all_said.lines).encode()).hexdigest()[:8]
        yield f"{group} {code} {' '.join(f'{state} {all_said.states[state]}' for state in State)} {digest}"


@pytest.mark.parametrize("group", GROUPS)
def test_no_verdict_changes_unseen(group: str) -> None:
    written = [line for line in SNAPSHOT.read_text("utf-8").splitlines() if line.startswith(f"{group} ")]
    assert list(shown(group)) == written


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.stdout.writelines(f"{line}\n" for group in GROUPS for line in said(GROUPS[group]())[sys.argv[1]].lines)
    else:
        SNAPSHOT.write_text("".join(f"{line}\n" for group in GROUPS for line in shown(group)), "utf-8")
