"""The vector index, and the only door to Chroma. It is rebuilt from the library at any sign of trouble."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from service.seeking.embedding import Vectors

COLLECTION = "passages"
BATCH = 2000
"""Vectors in one call; Chroma refuses more than about 5,000."""


class VectorIndexError(Exception):
    """Chroma's folder cannot be used; throw it away and rebuild."""


class VectorIndex:
    """A Chroma collection on disk with explicit vectors, so that no embedding model is ever loaded or downloaded."""

    def __init__(self, folder: Path) -> None:
        os.environ["ANONYMIZED_TELEMETRY"] = "False"
        import chromadb  # kept out of the start: 0.8 s
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        self._failures: tuple[type[Exception], ...] = (ChromaError, ValueError, RuntimeError, OSError, KeyError)
        try:
            client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False, allow_reset=False))
            self._collection: Any = client.get_or_create_collection(COLLECTION, metadata={"hnsw:space": "cosine"}, embedding_function=None)
            self._collection.count()
        except self._failures as error:
            raise VectorIndexError(str(error)) from error

    def add(self, ids: Sequence[str], docs: Sequence[str], rows: Vectors) -> None:
        """Add or replace vectors."""
        for start in range(0, len(ids), BATCH):
            end = start + BATCH
            try:
                self._collection.upsert(
                    ids=list(ids[start:end]), embeddings=rows[start:end], metadatas=[{"doc": doc} for doc in docs[start:end]]
                )
            except self._failures as error:
                raise VectorIndexError(str(error)) from error

    def remove(self, docs: Sequence[str]) -> None:
        """Drop whole documents."""
        try:
            for doc in docs:
                self._collection.delete(where={"doc": doc})
        except self._failures as error:
            raise VectorIndexError(str(error)) from error

    def find(self, row: Vectors, count: int) -> list[str]:
        """Ids of the nearest passages of the whole library, nearest first."""
        try:
            there = self._collection.count()
            if there == 0:
                return []
            found = self._collection.query(query_embeddings=row.reshape(1, -1), n_results=min(count, there), include=[])
        except self._failures as error:
            raise VectorIndexError(str(error)) from error
        return list(found["ids"][0])

    def count(self) -> int:
        """Vectors in the index."""
        return int(self._collection.count())


def throw_away(folder: Path) -> None:
    """Delete an index folder and forget the client that Chroma keeps for it."""
    from chromadb.api.shared_system_client import SharedSystemClient  # kept out of the start

    SharedSystemClient.clear_system_cache()
    shutil.rmtree(folder, ignore_errors=True)
