"""The only door to Chroma: passages' vectors in one folder → the ids nearest to a vector. Explicit embeddings always.

Embedded Chroma stands one process: whoever opens a folder here must hold its lock (`service.search.kept_vectors`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import chromadb
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Where
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from service.search.embedding import Matrix
from service.search.stamps import broken

SCHEME = "cosine-1"
"""Name of the way the collection is made; one made another way is made again."""
_COLLECTION = "passages"
_BATCH = 2000
"""Vectors in one call; Chroma's own limit is above 5,000."""
_DAMAGE = (ChromaError, ValueError, RuntimeError, OSError)
"""What Chroma raises over a damaged folder, and over vectors of another dimension."""


class VectorIndex:
    """An open collection."""

    def __init__(self, folder: Path) -> None:
        """Open the collection of the folder, or make an empty one.

        Raises:
            BrokenIndexError: the folder is damaged.
        """
        try:
            self._client = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
            # Without an embedding function Chroma cannot be led to download a model; every call here brings its vectors.
            self._collection: Collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        except _DAMAGE as error:
            raise broken(error) from error

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()  # type: ignore[attr-defined]  # PersistentClient's, which chromadb types as ClientAPI

    def count(self) -> int:
        """Number of vectors.

        Raises:
            BrokenIndexError: the folder is damaged.
        """
        try:
            return int(self._collection.count())
        except _DAMAGE as error:
            raise broken(error) from error

    def add(self, doc: str, ids: Sequence[str], rows: Matrix) -> None:
        """Add a document's vectors, one row an id; ids of the document that are there already are replaced.

        Raises:
            BrokenIndexError: the folder is damaged.
        """
        try:
            for start in range(0, len(ids), _BATCH):
                part = list(ids[start : start + _BATCH])
                # add() passes over known ids without a word; upsert() does not.
                self._collection.upsert(ids=part, embeddings=rows[start : start + _BATCH], metadatas=[{"doc": doc}] * len(part))
        except _DAMAGE as error:
            raise broken(error) from error

    def remove(self, doc: str) -> None:
        """Remove a document's vectors.

        Raises:
            BrokenIndexError: the folder is damaged.
        """
        try:
            self._collection.delete(where={"doc": doc})
        except _DAMAGE as error:
            raise broken(error) from error

    def search(self, vector: Matrix, k: int, docs: Sequence[str] | None = None) -> list[str]:
        """The ids of the k nearest vectors, nearest first; only of `docs` where given.

        Args:
            vector: one row of the index's dimension.
            k: how many.
            docs: names of documents; the filter holds before ranking.

        Raises:
            BrokenIndexError: the folder is damaged.
        """
        if docs is not None and not docs:
            return []
        # Spelled out for the type checker: Chroma's `Where` is a union of dictionaries, which are invariant.
        among: dict[Literal["$in", "$nin"], list[str | int | float | bool]] = {"$in": [*docs]} if docs is not None else {}
        where: Where | None = {"doc": among} if among else None
        try:
            found = self._collection.query(query_embeddings=vector.reshape(1, -1), n_results=k, where=where, include=[])
        except _DAMAGE as error:
            raise broken(error) from error
        return found["ids"][0]
