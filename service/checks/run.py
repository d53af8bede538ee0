"""The checker's entry: a document and its facts → what was checked, what could not be, and what does not agree."""

from collections import Counter

from service.checks import (
    across,  # noqa: F401  # rules register on import
    balances,  # noqa: F401
    budgets,  # noqa: F401
    carrying,  # noqa: F401
    changes,  # noqa: F401
    codes,  # noqa: F401
    counting,  # noqa: F401
    emptiness,  # noqa: F401
    identity,  # noqa: F401
    inside,  # noqa: F401
    items,  # noqa: F401
    legibility,  # noqa: F401
    naming,  # noqa: F401
    notation,  # noqa: F401
    oddities,  # noqa: F401
    percentages,  # noqa: F401
    scopes,  # noqa: F401
    scores,  # noqa: F401
    shares,  # noqa: F401
    statements,  # noqa: F401
    ties,  # noqa: F401
    words,  # noqa: F401
)
from service.checks import findings as grading
from service.checks.book import Book
from service.checks.outcomes import Outcome, not_applicable
from service.checks.registry import PENDING, RULES
from service.records import CheckReport, Disclosure, Document, Gap, State


def check(document: Document, disclosure: Disclosure, earlier: Disclosure | None = None) -> CheckReport:
    """Recompute everything that can be recomputed.

    Args:
        document: as read.
        disclosure: its facts.
        earlier: the same body's disclosure of the year before, of the same kind; None: not in the library.

    Returns:
        Counts per state over all obligation instances; every instance not checked with its reason; the findings.
    """
    book = Book(document, disclosure, earlier)
    outcomes: list[tuple[str, Outcome]] = []
    for code, rule in RULES.items():
        owed = list(rule.check(book)) or [not_applicable()]
        outcomes.extend((code, o) for o in owed)
    gaps = [Gap(code, o.reason) for code, o in outcomes if o.state is State.NOT_CHECKED]
    gaps.extend(Gap(code, f"尚未实现：{title}") for code, title in PENDING.items())
    counts = Counter(o.state for _, o in outcomes)
    counts[State.NOT_CHECKED] += len(PENDING)
    return CheckReport(
        doc=document.doc,
        counts={state: counts[state] for state in State},
        not_checked=tuple(gaps),
        findings=grading.collect(document.doc, outcomes, document.recognised),
        by_obligation=_by_obligation(outcomes),
    )


def _by_obligation(outcomes: list[tuple[str, Outcome]]) -> dict[str, dict[State, int]]:
    """Instances per state of every obligation of the catalogue."""
    made: dict[str, dict[State, int]] = {code: {State.NOT_CHECKED: 1} for code in PENDING}
    for code, outcome in outcomes:
        states = made.setdefault(code, {})
        states[outcome.state] = states.get(outcome.state, 0) + 1
    return made
