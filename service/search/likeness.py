"""How near whole documents are to a question: how much of its words, by their rarity, one passage of each holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.library import Library
from service.records import Kind
from service.search import index, keywords, query

LOOK = 300
"""Passages looked at: more than a library of 34 documents needs to name ten of them (1 ms, measured)."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Documents against one question."""

    documents: Mapping[str, float]
    """By document: the share of the question that its best passage holds, 0 to 1; absent where that is less than others hold."""
    weights: Mapping[str, float]
    """What each word of the question is worth."""
    kind: Kind | None
    """The kind of document that the question hints at."""

    def of(self, text: str) -> float:
        """The share of the question that a text holds, 0 to 1."""
        words = set(keywords.pieces(text))
        whole = sum(self.weights.values())
        return sum(weight for word, weight in self.weights.items() if word in words) / whole if whole else 0.0


def read(library: Library, question: str) -> Likeness:
    """The likeness of the library's documents to a question."""
    held = index.opened(library)
    words, _ = held.keywords(held.now())
    asked = query.read(question)
    rarity = words.rarity(asked.words)
    weights = {word: rarity[word] * weight for word, weight in asked.words.items() if word in rarity}
    whole = sum(weights.values())
    found = words.holders(weights, LOOK)
    return Likeness({doc: min(1.0, score / whole) for doc, score in found.items()}, weights, asked.kind)
