"""How far a search of the whole library can get: `python -m evals.ambiguity --gold DIR --corpus DIR [--home DIR]`.

Many questions name no body (「机关运行经费是多少？」): several documents answer them equally well, and which one is meant is not in the
words. For every such question this counts the documents that are as good as the one that is meant: those with a passage that holds at
least as much of the question (its words as they are searched, by their rarity) as the passage with the evidence does.
A searcher that cannot know the document, and is perfect otherwise, puts one passage of each into its first five, in any order: with m
equally good documents it finds the one that is meant with probability min(1, 5/m). The mean over the questions is what recall@5 can be
expected to be at most; questions that name their body count 1. Words are a proxy: a searcher that understands more than words (the
year or the kind of document that a question hints at) can do better than this, and no searcher can do better than guess between twins.
"""

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from evals import retrieval
from evals.retrieval import RECALLED, Question
from service.answering import bodies
from service.records import Passage
from service.search import keywords, query
from service.text import normal

HAIR = 1e-9
"""Sums of the same weights in another order differ by less."""


class Words:
    """The passages of a library as sets of words, weighed by their rarity."""

    def __init__(self, passages: Mapping[str, Sequence[Passage]]) -> None:
        """Cut every passage of every document."""
        self._texts = {
            doc: [(normal(p.text + p.quote).replace("|", ""), set(keywords.pieces(p.text))) for p in held] for doc, held in passages.items()
        }
        counts = Counter(word for held in self._texts.values() for _, words in held for word in words)
        total = sum(len(held) for held in self._texts.values())
        self._rarity = {word: math.log(1 + total / count) for word, count in counts.items()}

    def as_good(self, question: Question) -> int:
        """How many documents have a passage that holds as much of the question as the evidence's best passage does."""
        asked = {word: weight * self._rarity.get(word, 0.0) for word, weight in query.read(question.text).words.items()}

        def held(words: set[str]) -> float:
            return sum(weight for word, weight in asked.items() if word in words)

        strings = [strings for _, strings in question.evidence]
        bar = max(
            (
                held(words)
                for doc in question.docs
                for text, words in self._texts[doc]
                if any(all(s in text for s in some) for some in strings)
            ),
            default=math.inf,
        )
        others = (doc for doc in self._texts if doc not in question.docs)
        return len(question.docs) + sum(any(held(words) >= bar - HAIR for _, words in self._texts[doc]) for doc in others)


def bound(counts: Sequence[int], named: int = 0) -> float:
    """The recall that an ideal searcher can expect, with so many questions beside these that name their body.

    >>> bound([1, 10], named=2)
    0.875
    """
    return statistics.fmean([*(min(1.0, RECALLED / m) for m in counts), *[1.0] * named])


def main() -> None:
    """Count and print."""
    given = retrieval.arguments(__doc__)
    with retrieval.library(given) as session:
        every = list(retrieval.questions(given.gold))
        asked = [q for q in every if not bodies.choose(q.text, session.documents()).named and len(q.docs) == 1]
        words = Words({info.doc: session.passages(info.doc) for info in session.documents()})
    counts = {question: words.as_good(question) for question in asked}
    table = Table("question", "documents as good", title=f"{len(asked)} of {len(every)} questions name no body")
    for question, number in sorted(counts.items(), key=lambda one: -one[1]):
        table.add_row(f"{question.id} {question.text}", str(number))
    out = Console(width=150)
    out.print(table)
    numbers = list(counts.values())
    more = sum(number > RECALLED for number in numbers)
    out.print(
        f"median {statistics.median(numbers):.0f} documents, {more} questions with more than {RECALLED}; R@{RECALLED} at most"
        f" {bound(numbers):.3f} on these, {bound(numbers, len(every) - len(asked)):.3f} on all {len(every)}"
    )


if __name__ == "__main__":
    main()
