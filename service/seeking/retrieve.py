"""A question → the passages nearest to it: keywords and vectors fused by rank, documents chosen before ranking."""

from collections.abc import Sequence

import numpy as np

from service.collection import Library
from service.records import Hit, Passage
from service.seeking import embedding
from service.seeking.index import Indexes
from service.seeking.vectors import VectorIndexError
from service.settings import Settings

DEPTH = 50
"""Passages taken from each way."""
FUSION = 60
"""Constant of reciprocal rank fusion. Source: Cormack, Clarke, Büttcher, SIGIR 2009."""
VECTOR_SHARE = 0.5
"""Weight of the vector ranks beside the keyword ranks: hashed n-grams know no synonyms, so they only back the keywords up."""


class Retriever:
    """Finds passages in one library; keeps vectors of documents once read.

    Chosen documents are searched exactly: a matrix product over a few thousand vectors takes a millisecond, and Chroma's
    metadata filters were measured at 58 to 480 ms.
    """

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self.indexes = Indexes(library, settings)
        self._matrices: dict[tuple[str, str], tuple[list[str], embedding.Vectors]] = {}

    def find(self, question: str, docs: Sequence[str] | None = None, count: int = 8) -> list[Hit]:
        """The passages nearest to a question.

        Args:
            question: the user's words.
            docs: only passages of these documents; None: the whole library.
            count: most passages given.
        """
        ready = self.indexes.ensure()
        chosen = None if docs is None else list(dict.fromkeys(docs))
        by_keyword = self.indexes.keywords.find(question, chosen, DEPTH) if ready else []
        row = embedding.vectors([question], self._settings)[0]
        by_vector = self._by_vector(row, chosen)
        return self._fused(by_keyword, by_vector, count)

    def _by_vector(self, row: embedding.Vectors, docs: list[str] | None) -> list[str]:
        """Nearest by vector: of chosen documents exactly, of the whole library by Chroma when it is in step, else exactly."""
        index = self.indexes.vectors() if docs is None else None
        if index is not None:
            try:
                return index.find(row, DEPTH)
            except VectorIndexError:
                self.indexes.forget()
        return self._exactly(row, docs if docs is not None else [info.doc for info in self._library.documents()])

    def _exactly(self, row: embedding.Vectors, docs: Sequence[str]) -> list[str]:
        """Nearest by the vectors in SQL."""
        scored: list[tuple[float, str]] = []
        for doc in docs:
            ids, matrix = self._matrix(doc)
            if not ids:
                continue
            similarity = matrix @ row
            top = np.argsort(-similarity)[:DEPTH]
            scored.extend((float(similarity[i]), ids[i]) for i in top)
        scored.sort(key=lambda pair: -pair[0])
        return [name for _, name in scored[:DEPTH]]

    def _matrix(self, doc: str) -> tuple[list[str], embedding.Vectors]:
        key = (doc, self._library.get(doc).digest)
        if key not in self._matrices:
            kept = self._library.vectors(doc)
            self._matrices[key] = ([name for name, _ in kept], embedding.unpacked([vector for _, vector in kept]))
        return self._matrices[key]

    def _fused(self, by_keyword: Sequence[str], by_vector: Sequence[str], count: int) -> list[Hit]:
        ranks = {name: (rank, None) for rank, name in enumerate(by_keyword, 1)}
        both: dict[str, tuple[int | None, int | None]] = dict(ranks)
        for rank, name in enumerate(by_vector, 1):
            both[name] = (both.get(name, (None, None))[0], rank)

        def score(pair: tuple[int | None, int | None]) -> float:
            keyword = 1 / (FUSION + pair[0]) if pair[0] else 0.0
            return keyword + (VECTOR_SHARE / (FUSION + pair[1]) if pair[1] else 0.0)

        best = sorted(both, key=lambda name: (-score(both[name]), name))[:count]
        return [Hit(self._passage(name), score(both[name]), *both[name]) for name in best]

    def _passage(self, name: str) -> Passage:
        doc, _, number = name.rpartition("#")
        return self._library.passages(doc)[int(number)]
