"""The codes of functional items, as the document's own tables print them: name and parents → code."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from service.records import Fact
from service.text import normal


class CodeBook:
    """Codes by name. A name that several codes share needs its parents to be told apart."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Take the codes from table facts."""
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._printed: dict[str, str] = {}
        for fact in facts:
            if fact.code and re.fullmatch(r"2\d{2}(?:\d{2}){0,2}", fact.code):
                self._codes[_key(fact.item)].add(fact.code)
                self._names.setdefault(fact.code, _key(fact.item))
                self._printed.setdefault(fact.code, fact.item)

    def __contains__(self, name: object) -> bool:
        """Whether the tables print an item of this name, under whatever code."""
        return isinstance(name, str) and bool(name) and _key(name) in self._codes

    def name(self, code: str) -> str | None:
        """The name that the tables print for a code, or None."""
        return self._printed.get(code)

    def parents(self, name: str) -> tuple[str, ...]:
        """The names of what an item stands under, outermost first; empty where its code is not known."""
        code = self.of(name)
        return self.above(code) if code else ()

    def above(self, code: str) -> tuple[str, ...]:
        """The names of the 类 and 款 above a code, as far as the tables print them."""
        return tuple(self._printed[code[:n]] for n in (3, 5) if n < len(code) and code[:n] in self._printed)

    def of(self, name: str, path: Sequence[str] = ()) -> str | None:
        """The code of an item, or None when the tables do not print it or the name fits several.

        Args:
            name: as printed in the narrative.
            path: its parents, outermost first, as printed.
        """
        codes = self._codes.get(_key(name), set())
        level = 3 + 2 * len(path)
        for parent in reversed(path):
            if len(codes) <= 1:
                break
            under = {c for c in codes if any(self._names.get(c[:n]) == _key(parent) for n in (3, 5) if n < len(c))}
            codes = under or codes
        if len(codes) > 1:
            # 临时救助支出 is the 项 of that name, not the 款 临时救助 above it.
            codes = {c for c in codes if normal(self._printed[c]) == normal(name)} or codes
        if len(codes) > 1:
            codes = {c for c in codes if len(c) == level} or codes
        return next(iter(codes)) if len(codes) == 1 else None


def is_same(name: str, other: str) -> bool:
    """Whether two printed names are one item's."""
    return _key(name) == _key(other)


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    """The name without brackets and without 支出 at its end: 公共安全（类）支出 and 公共安全支出 are one."""
    return re.sub(r"支出$", "", re.sub(r"\((?:类|款|项)\)", "", normal(name)))
