"""The two indexes of a library, keywords and vectors, kept in step with it or passed over where they are not.

The library is the truth: an index says which revision of every document it holds (`service.search.stamps`), is brought in step
by what changed, and is made anew when a process died while changing it. Chroma stands one process: whoever has its lock has it
open; everybody else, and a single question that would wait longer for Chroma's import than it lasts, searches the library's
vectors exactly.
"""

import shutil
import threading
import uuid
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import LibraryError, LibraryLockedError, StorageError
from service.library import Library, Vectors
from service.library.schema import failures
from service.library.store import embedding_changed
from service.search import embedding, stamps
from service.search.embedding import Matrix
from service.search.exact import ExactVectors
from service.search.keywords import SCHEME, KeywordIndex
from service.search.stamps import Stamp
from service.settings import Settings

if TYPE_CHECKING:
    from filelock import FileLock

    from service.search.vectors import VectorIndex

Progress = Callable[[int, int, str], None]
"""Called with (documents done, documents in all, name of the document just done)."""

CHROMA, EXACT = "chroma", "exact"
"""Ways of finding near vectors."""
DISK, MEMORY = "disk", "memory"
"""Where the keyword index is that answered; in memory when another process is writing."""


@dataclass(frozen=True, slots=True)
class _State:
    """One state of the library, and the indexes that hold it."""

    revisions: dict[str, str]
    exact: ExactVectors
    embeddings: frozenset[tuple[str, int]]
    keywords: KeywordIndex | None = None
    keywords_way: str = DISK


class Index:
    """The indexes of an open library; may be shared between threads."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self._settings = settings
        self._library: Library = weakref.proxy(library)
        self._folder = library.home / "index"
        self._guard = threading.RLock()
        self._state: _State | None = None
        self._chroma: VectorIndex | None = None
        self._chroma_holds: dict[str, str] = {}
        self._chroma_lock: FileLock | None = None

    def keywords(self) -> tuple[KeywordIndex, str]:
        """The keyword index in step with the library, and where it is (DISK or MEMORY)."""
        state = self._now()
        if state.keywords is None:
            with self._guard:
                found, way = self._keywords_for(state)
                state = replace(state, keywords=found, keywords_way=way)
                self._state = state
        assert state.keywords is not None
        return state.keywords, state.keywords_way

    def nearest(self, vector: Matrix, k: int, docs: Sequence[str] | None = None) -> tuple[list[str], str]:
        """The ids of the k passages nearest to a vector, nearest first, and the way they were found (CHROMA or EXACT)."""
        from service.search.vectors import BrokenIndexError  # TODO

        state = self._now()
        chroma = self._chroma
        if chroma is not None and self._chroma_holds == state.revisions:
            try:
                return chroma.search(vector, k, docs), CHROMA
            except BrokenIndexError:
                self._drop_chroma()
        return state.exact.search(vector, k, list(state.revisions) if docs is None else docs), EXACT
