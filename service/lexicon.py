"""Words of citizens and words of the documents, from the data file beside this module (`lexicon.toml`)."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from service.text import normal


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Normalised word → official word, longest words first."""

    items: tuple[tuple[str, str], ...]
    patterns: tuple[tuple["re.Pattern[str]", str], ...]
    """(how people say it, official item name), where words between make a list of words endless: 买了一辆执法车."""
    bodies: tuple[tuple[str, tuple[str, ...]], ...]
    """(end of an official name, its short forms)."""
    measures: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    directions: tuple[tuple[str, str], ...]
    outside: tuple[tuple[str, "re.Pattern[str]"], ...]
    narrower: tuple[str, ...]
    """Words that make an item another one where they stand before its name, longest first."""
    misspelt: tuple[tuple[str, str], ...]
    """(wrong, right) of words of measure, of the same length."""
    sayings: tuple[tuple["re.Pattern[str]", tuple[str, ...]], ...]
    """(how people put it, what the documents write for it): for finding passages."""


_AFTER_PERSON = ("民", "大", "才", "事", "口")
"""几个人民法庭 asks for courts, 多少人次 … for people."""


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon, read once."""
    data = tomllib.loads((Path(__file__).with_suffix(".toml")).read_text("utf-8"))
    return Lexicon(
        items=_sorted(data["items"]),
        patterns=tuple((re.compile(pattern), official) for official, patterns in data["patterns"].items() for pattern in patterns),
        bodies=tuple((normal(name), tuple(normal(s) for s in short)) for name, short in data["bodies"].items()),
        measures=_sorted(data["measures"]),
        kinds=_sorted(data["kinds"]),
        directions=_sorted(data["directions"]),
        outside=tuple((name, re.compile(pattern)) for name, patterns in data["outside"].items() for pattern in patterns),
        narrower=tuple(sorted((normal(word) for word in data["narrower"]["words"]), key=len, reverse=True)),
        misspelt=_sorted(data["misspelt"]),
        sayings=tuple((re.compile(pattern), tuple(normal(w) for w in words)) for pattern, words in data["sayings"].items()),
    )


def corrected(text: str) -> str:
    """A text with measures spelt right, as long as before: 执形率 is 执行率.

    >>> corrected("预算执形率")
    '预算执行率'
    """
    for wrong, right in load().misspelt:
        text = text.replace(wrong, right)
    return text


def _sorted(table: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """(word, official) pairs, longest word first."""
    return tuple(sorted(_pairs(table), key=lambda pair: (-len(pair[0]), pair[0])))


def _pairs(table: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for official, words in table.items():
        for word in words:
            yield normal(word), official


def found(pairs: tuple[tuple[str, str], ...], text: str) -> list[tuple[int, int, str]]:
    """(start, end, official) of every word that stands in `text` (normal form); longer words cover shorter ones.

    A word of several official words is given once for each, in the order of the data file.
    """
    taken: list[tuple[int, int, str]] = []
    for word, official in pairs:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            person = word[-1] == "人" and text[end : end + 1] in _AFTER_PERSON
            if not person and not any(a < end and start < b and (a, b) != (start, end) for a, b, _ in taken):
                taken.append((start, end, official))
            start = text.find(word, start + 1)
    return sorted(taken, key=lambda word: word[:2])
