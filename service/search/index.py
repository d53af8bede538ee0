"""The two indexes of a library, keywords and vectors: brought in step with it, or passed over where they are not.

The library is the truth. Chroma answers in a process that has it open (`ensure`: the page, a batch, an ingestion); a single
question, which Chroma's import alone would double in time, and every process but the one that has Chroma, search the
library's vectors exactly. Either way the same passages are near.
"""

import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.library import Library, Vectors
from service.library.putting import embedding_changed
from service.library.schema import failures
from service.search import embedding
from service.search.embedding import Matrix
from service.search.exact import ExactVectors
from service.search.kept_keywords import KeptKeywords
from service.search.kept_vectors import KeptVectors, Progress
from service.search.keywords import KeywordIndex
from service.settings import Settings

CHROMA, EXACT = "chroma", "exact"
"""Ways of finding near vectors."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of the library, with its vectors and their embedding; what one search is of."""

    revisions: Mapping[str, str]
    exact: ExactVectors
    embeddings: frozenset[tuple[str, int]]


class Index:
    """The indexes of an open library; threads may share it."""

    def __init__(self, library: Library) -> None:
        """Use `opened`."""
        self._library: Library = weakref.proxy(library)
        self._guard = threading.RLock()
        self._keywords = KeptKeywords(library.home / "index")
        self._vectors = KeptVectors(library.home / "index")
        self._state: State | None = None

    def now(self) -> State:
        """The library's state, read again when it changed."""
        with self._guard:
            revisions = self._library.revisions()
            if self._state is None or self._state.revisions != revisions:
                self._library.documents()
                self._state = State(revisions, ExactVectors(self._library), frozenset(self._library.embeddings()))
            return self._state

    def keywords(self, state: State) -> tuple[KeywordIndex, str]:
        """The keyword index that holds this state of the library, and where it is."""
        with self._guard:
            return self._keywords.at(self._library, state.revisions)

    def nearest(self, state: State, vector: Matrix, k: int, docs: Sequence[str] | None = None) -> tuple[list[str], str]:
        """The ids of the k passages nearest to a vector, nearest first, and the way they were found (CHROMA or EXACT).

        Raises:
            LibraryError: the vector is of another embedding than the library's.
        """
        with self._guard:
            if state.embeddings and {dimension for _, dimension in state.embeddings} != {vector.shape[-1]}:
                raise embedding_changed(", ".join(f"{n}/{d}" for n, d in state.embeddings), f"{vector.shape[-1]}")
            # Chroma's filter takes longer (12 ms, measured) than the exact search of the documents chosen (6 ms).
            found = self._vectors.search(state.revisions, vector, k) if docs is None else None
            if found is not None:
                return found, CHROMA
            held = [doc for doc in docs if doc in state.revisions] if docs is not None else list(state.revisions)
            return state.exact.search(vector, k, held), EXACT

    def fits(self, state: State, settings: Settings) -> None:
        """Check that the library's vectors were made by the embedding of the settings.

        Raises:
            LibraryError: they were not; the message says to run `mingzhang reindex`.
        """
        for made_by, _ in state.embeddings:
            if made_by != embedding.name(settings):
                raise embedding_changed(made_by, embedding.name(settings))

    def expect(self) -> None:
        """Get ready for `ensure` while this process waits for something else."""
        self._vectors.expect()

    def ensure(self, progress: Progress | None = None, *, anew: bool = False) -> bool:
        """Bring both indexes in step with the library on disk, and open Chroma in this process.

        Args:
            progress: told after every document.
            anew: make both from nothing.

        Returns:
            Whether Chroma is open here; False when another process has it.

        Raises:
            LibraryLockedError: another process is writing.
            StorageError: the folder cannot be written.
        """
        with self._guard, failures(self._library.home):
            with self._library.writing():
                self._keywords.bring(self._library, self.now().revisions, anew=anew)
            return self._vectors.bring(self._library, self.now().revisions, anew=anew, progress=progress)

    def close(self) -> None:
        """Let go of Chroma."""
        with self._guard:
            self._vectors.close()


_opened: "weakref.WeakKeyDictionary[Library, Index]" = weakref.WeakKeyDictionary()


def opened(library: Library) -> Index:
    """The library's indexes, one object a library."""
    if library not in _opened:
        _opened[library] = Index(library)
    return _opened[library]


def ensure(settings: Settings, library: Library, progress: Progress | None = None) -> bool:
    """Bring the library's indexes in step with it and open Chroma here; see `Index.ensure`.

    Raises:
        LibraryError: the embedding of the settings is not the library's.
        LibraryLockedError: another process is writing.
        StorageError: the folder cannot be written.
    """
    index = opened(library)
    index.fits(index.now(), settings)
    return index.ensure(progress)


def rebuild(settings: Settings, library: Library, progress: Progress | None = None) -> int:
    """Embed every passage of the library again with the embedding of the settings, and make both indexes from nothing.

    Returns:
        The number of passages.

    Raises:
        ModelError: the embedding server fails; nothing has changed.
        LibraryLockedError: another process is writing.
        StorageError: the folder cannot be written.
    """
    count = 0
    with failures(library.home), library.writing():
        made: dict[str, Vectors] = {}
        documents = library.documents()
        for number, info in enumerate(documents, 1):
            made[info.doc] = embedding.vectors(settings, library.passages(info.doc))
            count += made[info.doc].count
            if progress is not None:
                progress(number, len(documents), info.doc)
        library.put_vectors(made)
        opened(library).ensure(anew=True)
    return count


def close(library: Library) -> None:
    """Let go of Chroma for this library."""
    index = _opened.pop(library, None)
    if index is not None:
        index.close()
