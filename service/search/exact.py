"""Exact nearest vectors with NumPy over the library's own: what answers when Chroma is not open in this process."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from service.library import Library
from service.search import embedding
from service.search.embedding import Matrix


@dataclass(slots=True)
class ExactVectors:
    """The vectors of one state of a library, read document by document when first needed."""

    library: Library
    _rows: dict[str, Matrix] = field(default_factory=dict)

    def search(self, vector: Matrix, k: int, docs: Sequence[str]) -> list[str]:
        """The ids of the k passages of `docs` nearest by cosine, nearest first.

        Args:
            vector: one row of the library's dimension, of length 1.
            k: how many.
            docs: names of documents of the library.
        """
        names = list(dict.fromkeys(docs))
        if not names:
            return []
        likeness = [self._of(doc) @ vector.reshape(-1) for doc in names]
        owners = np.repeat(np.arange(len(names)), [len(part) for part in likeness])
        ordinals = np.concatenate([np.arange(len(part)) for part in likeness])
        # A stable sort: equal likeness keeps the order of the library, so that answers do not change from run to run.
        best = np.argsort(-np.concatenate(likeness), kind="stable")[:k]
        return [f"{names[owners[n]]}#{ordinals[n]}" for n in best]

    def _of(self, doc: str) -> Matrix:
        if doc not in self._rows:
            self._rows[doc] = embedding.matrix(self.library.vectors(doc))
        return self._rows[doc]
