"""The catalogue of obligations: one rule, one function, registered under its code in CHECKS.md.

A rule takes the book (a disclosure with its views) and yields one outcome per instance that it owed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.checks.book import Book
from service.checks.outcomes import Outcome

Check = Callable[[Book], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule."""

    code: str
    check: Check

    @property
    def doc(self) -> str:
        """The arithmetic and its source."""
        return self.check.__doc__ or ""


RULES: dict[str, Rule] = {}

PENDING: dict[str, str] = {}
"""Obligations owed by every disclosure that are not built yet: reported as not checked, never passed over."""


def rule(code: str) -> Callable[[Check], Check]:
    """Register a rule under its obligation code.

    Raises:
        ValueError: the code is taken, or the rule does not say its arithmetic in a docstring.
    """

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules for {code}")
        if not check.__doc__:
            raise ValueError(f"rule {code} has no docstring")
        RULES[code] = Rule(code, check)
        return check

    return register
