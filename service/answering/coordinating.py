"""Items joined so that only the last is said in full: 「农业农村和住房保障支出」 names 农业农村支出 as well."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.answering import matching
from service.answering.matching import Match

LEAST_SURE = 0.9
"""Score that the first item needs with the last one's ending."""
SHORTEST = 2
"""Shortest word (characters) that may stand for an item."""
_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,10})[和与跟同及、]$")
_TAILS = ("支出", "收入", "经费", "费")


def joined(items: Sequence[Match], text: str, names: Sequence[str]) -> list[Match]:
    """The items, and those that share the ending of the item they are joined to.

    Args:
        items: matches in the order of the question.
        text: the question in normal form, bodies blanked.
        names: item names of the documents.
    """
    more = [first for item in items for first in _first(item, items, text, names)]
    return sorted([*items, *more], key=lambda m: m.start)


def _first(item: Match, items: Sequence[Match], text: str, names: Sequence[str]) -> Iterator[Match]:
    before = _BEFORE.search(text[: item.start])
    tail = next((t for t in _TAILS if text[item.start : item.end].endswith(t)), None)
    if before is None or tail is None or any(m.start < before.end() and before.start() < m.end for m in items):
        return
    for start in range(before.start(1), before.end(1) - SHORTEST + 1):
        said = text[start : before.end(1)] + tail
        found = matching.items(said, names)
        if len(found) == 1 and found[0].score >= LEAST_SURE and (found[0].start, found[0].end) == (0, len(said)):
            yield replace(found[0], start=start, end=before.end(1))
            return
