"""The checker's entry: a document and its facts → what was checked, what could not be, and what does not agree."""

from collections import Counter

from service.checks import (
    across,  # noqa: F401  # rules register on import
    changes,  # noqa: F401
    emptiness,  # noqa: F401
    identity,  # noqa: F401
    inside,  # noqa: F401
    items,  # noqa: F401
    percentages,  # noqa: F401
    scores,  # noqa: F401
    statements,  # noqa: F401
    ties,  # noqa: F401
    words,  # noqa: F401
)
from service.checks import findings as grading
from service.checks.book import Book
from service.checks.outcomes import Outcome, not_applicable
from service.checks.registry import PENDING, RULES
from service.records import CheckReport, Disclosure, Document, Gap, State


def check(document: Document, disclosure: Disclosure) -> CheckReport:
    """Recompute everything that can be recomputed.

    Returns:
        Counts per state over all obligation instances; every instance not checked with its reason; the findings.
    """
    book = Book(document, disclosure)
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
        findings=grading.collect(document.doc, outcomes),
    )
