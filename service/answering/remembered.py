"""What is found in a document's facts or passages, found once: while the document is unchanged, they are one and the same tuple."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Held = TypeVar("Held")
Found = TypeVar("Found")

MOST = 256
"""So many documents are remembered by each use, the longest known forgotten first."""


class remembered(Generic[Held, Found]):  # noqa: N801 - a decorator
    """Makes a function of a document's facts (or passages) remember what it found in each tuple.

    The very tuple is compared, not what is in it: a document that is read again has another, and a list, which could have changed,
    is looked through each time.
    """

    def __init__(self, find: Callable[[Sequence[Held]], Found]) -> None:
        """Remember for this function, whose results must not be changed."""
        self._find = find
        self._known: dict[int, tuple[Sequence[Held], Found]] = {}
        self._guard = threading.Lock()

    def __call__(self, held: Sequence[Held]) -> Found:
        """What the function finds."""
        known = self._known.get(id(held))
        if known is not None and known[0] is held:
            return known[1]
        found = self._find(held)
        if isinstance(held, tuple):
            with self._guard:
                self._known[id(held)] = (held, found)
                if len(self._known) > MOST:
                    del self._known[next(iter(self._known))]
        return found
