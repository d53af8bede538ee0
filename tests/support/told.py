"""What the checker says, written down as lines of text, to be compared with what it said before."""

from collections import Counter
from collections.abc import Iterable, Iterator

from service.checks.outcomes import Issue, Outcome
from service.checks.printed import Printed
from service.records import CheckReport, Finding, Place, Quantity, State


def outcomes(found: Iterable[Outcome]) -> Iterator[str]:
    """What passed, with the figures it binds, then one line for every reason and issue, in the order in which they were yielded."""
    known = list(found)
    passed = [o for o in known if o.state is State.PASS]
    yield f"  pass {len(passed)}: {' '.join(f'{n}×{size}' for size, n in sorted(Counter(len(o.keys) for o in passed).items()))}"
    silent = sum(o.state is State.NOT_APPLICABLE for o in known)
    if silent:
        yield f"  not applicable {silent}"
    for outcome in known:
        if outcome.issue is not None:
            yield f"  {outcome.state}: {_issue(outcome.issue)}"
        elif outcome.reason:
            yield f"  {outcome.state}: {outcome.reason}"


def report(made: CheckReport) -> Iterator[str]:
    """Counts of every obligation, what was not checked and why, and the findings in their order."""
    for code, states in sorted(made.by_obligation.items()):
        yield f"{code} " + " ".join(f"{state} {n}" for state, n in sorted(states.items()))
    yield from (f"{gap.obligation} {gap.reason}" for gap in made.not_checked)
    yield from map(_finding, made.findings)


def _issue(issue: Issue) -> str:
    cause = [*issue.diagnosis, *([f"root {issue.root}"] if issue.root else []), *([f"table {issue.table}"] if issue.table else [])]
    told = f"{_head(issue)} | {_figures(issue.figures)} | {_figures(issue.witnesses)} | {' '.join(cause)}"
    return f"{told} | {issue.explain} | {_place(issue.place)}"


def _finding(finding: Finding) -> str:
    operands = " ".join(f"{o.text}{o.unit}@{o.place.page}" for o in finding.operands)
    told = f"{finding.obligation} {_head(finding)} | {operands} | {' '.join(finding.diagnosis)}"
    return f"{told} | {finding.explain} | {_place(finding.place)}"


def _head(said: Issue | Finding) -> str:
    return f"{said.kind} {said.severity} {_quantity(said.stated)} → {_quantity(said.expected)} | {said.where}"


def _quantity(quantity: Quantity | None) -> str:
    return f"{quantity.value}{quantity.unit}" if quantity else "?"


def _figures(figures: tuple[Printed, ...]) -> str:
    return " ".join(f"{f.text}{f.unit}@{f.key}" for f in figures)


def _place(place: Place) -> str:
    return f"p{place.page}×{len(place.boxes)} {place.quote}"
