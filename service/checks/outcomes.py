"""What a rule reports for one instance of its obligation: passed, not checked with the reason, or an issue with both sides."""

from dataclasses import dataclass, field

from service.checks.printed import Printed
from service.records import Place, Quantity, Severity, State


@dataclass(frozen=True, slots=True)
class Issue:
    """A contradiction before grouping. `figures` are the printed figures computed with, the questioned one first."""

    kind: str
    severity: Severity
    stated: Quantity
    expected: Quantity | None
    where: str
    place: Place
    figures: tuple[Printed, ...]
    explain: str
    diagnosis: tuple[str, ...] = ()
    root: str | None = None
    """Name of a cause that several issues may share though they share no figure, for example one project's line."""
    witnesses: tuple[Printed, ...] = ()
    """Further printed figures that the explanation names, shown as evidence and under no suspicion."""
    table: str | None = None
    """Title of the table whose rounding differences are reported together; None for prose."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One instance of an obligation. `keys` name the printed figures that the instance binds."""

    state: State
    keys: tuple[str, ...] = field(default=())
    reason: str = ""
    issue: Issue | None = None


def passed(*figures: Printed) -> Outcome:
    """The figures agree."""
    return Outcome(State.PASS, tuple(f.key for f in figures))


def unchecked(reason: str) -> Outcome:
    """Owed, and not checkable; the reason is for people, in Chinese."""
    return Outcome(State.NOT_CHECKED, reason=reason)


def not_applicable() -> Outcome:
    """The obligation has no subject here."""
    return Outcome(State.NOT_APPLICABLE)


def raised(issue: Issue) -> Outcome:
    """An issue: a tail when the printed precision explains it, a finding otherwise."""
    state = State.TAIL if issue.severity is Severity.ROUNDING else State.FINDING
    return Outcome(state, tuple(f.key for f in issue.figures), issue=issue)
