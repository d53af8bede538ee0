"""One draft shown to the guard and what became of it, and the rates by kind."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Try:
    """One draft shown to the guard."""

    suite: str
    """Where it comes from: lies, tatqa."""
    kind: str
    """What kind of draft: honest, digit, unit, …"""
    id: str
    """Of the question, as its file names it."""
    honest: bool
    """Whether it ought to be accepted."""
    accepted: bool
    said: str
    """The sentence."""
    objection: str = ""
    """Why it was not accepted."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many drafts of a kind were accepted."""

    suite: str
    kind: str
    honest: bool
    tried: int
    accepted: int

    @property
    def share(self) -> float:
        """Accepted of tried, 0 to 1; 0 where none was tried."""
        return self.accepted / self.tried if self.tried else 0.0


def rates(tries: Iterable[Try]) -> tuple[Rate, ...]:
    """Acceptance by suite and kind, in the order met."""
    counted: dict[tuple[str, str, bool], list[int]] = {}
    for one in tries:
        count = counted.setdefault((one.suite, one.kind, one.honest), [0, 0])
        count[0] += 1
        count[1] += one.accepted
    return tuple(Rate(suite, kind, honest, *count) for (suite, kind, honest), count in counted.items())
