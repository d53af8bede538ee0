"""The Chroma collection on disk, in step with the library, open in one process at a time.

Embedded Chroma is damaged by a second process and by a kill while it writes. Hence a lock that is held as long as the
collection is open, and a stamp that is absent while it is being changed: a folder without its stamp is never opened again.
"""

import shutil
import threading
import uuid
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from service.library import Library
from service.search import embedding, stamps
from service.search.embedding import Matrix
from service.search.stamps import BrokenIndexError, Stamp, broken

if TYPE_CHECKING:
    from filelock import FileLock

    from service.search.vectors import VectorIndex

Progress = Callable[[int, int, str], None]
"""Called with (documents done, documents in all, name of the document just done)."""


class KeptVectors:
    """The collection under a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp = folder / "vectors.json"
        self._open: VectorIndex | None = None
        self._holds: Mapping[str, str] = {}
        self._scheme = ""
        self._lock: FileLock | None = None

    def search(self, revisions: Mapping[str, str], vector: Matrix, k: int) -> list[str] | None:
        """The ids of the k nearest vectors; None when the collection is not open here in this state of the library."""
        if self._open is None or self._holds != revisions:
            return None
        try:
            return self._open.search(vector, k)
        except BrokenIndexError:
            self._discard()
            return None

    @staticmethod
    def expect() -> None:
        """Begin to load Chroma, which takes most of a second, while this process waits for something else."""
        threading.Thread(target=import_module, args=("service.search.vectors",), daemon=True, name="mingzhang-chroma").start()

    def bring(self, library: Library, revisions: Mapping[str, str], *, anew: bool = False, progress: Progress | None = None) -> bool:
        """Open the collection and bring it to this state.

        Args:
            library: the truth.
            revisions: its state.
            anew: throw away what is there.
            progress: told after every document.

        Returns:
            False when another process has the collection open: that one will bring it in step.

        Raises:
            BrokenIndexError: Chroma refuses even an empty folder.
            OSError: the folder cannot be written.
        """
        if not self._owned():
            return False
        if anew:
            self._discard()
        try:
            self._catch_up(library, revisions, progress)
        except BrokenIndexError:
            self._discard()
            self._catch_up(library, revisions, progress)
        return True

    def close(self) -> None:
        """Close the collection and let other processes have it."""
        if self._open is not None:
            self._open.close()
            self._open = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _owned(self) -> bool:
        """Whether this process has the collection to itself."""
        from filelock import FileLock, Timeout  # kept out of the start: a single question never needs it

        if self._lock is not None:
            return True
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / "vectors.lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self._lock = lock
        return True

    def _catch_up(self, library: Library, revisions: Mapping[str, str], progress: Progress | None) -> None:
        from service.search.vectors import SCHEME, VectorIndex  # kept out of the start: Chroma takes over a second

        scheme = " ".join([SCHEME, *sorted(f"{name}/{dimension}" for name, dimension in library.embeddings())])
        stamp = stamps.read(self._stamp)
        if stamp is None or stamp.scheme != scheme or self._scheme not in ("", scheme):
            self._discard()
            stamp = Stamp(scheme, f"vectors-{uuid.uuid4().hex[:8]}", {})
        if self._open is None:
            self._open = VectorIndex(self._folder / stamp.folder)
            expected = sum(library.vectors(doc).count for doc, revision in stamp.revisions.items() if revisions.get(doc) == revision)
            if self._open.count() < expected:
                raise broken("vectors are missing")
        gone, new = stamp.changes(revisions)
        if gone or new or not stamp.revisions:
            stamps.clear(self._stamp)
            for doc in gone:
                self._open.remove(doc)
            for number, doc in enumerate(new, 1):
                kept = library.vectors(doc)
                self._open.add(doc, [f"{doc}#{n}" for n in range(kept.count)], embedding.matrix(kept))
                if progress is not None:
                    progress(number, len(new), doc)
            stamps.write(self._stamp, Stamp(scheme, stamp.folder, dict(revisions)))
        self._holds, self._scheme = dict(revisions), scheme

    def _discard(self) -> None:
        """Close the collection and throw its folders away."""
        if self._open is not None:
            self._open.close()
            self._open = None
        self._holds, self._scheme = {}, ""
        stamps.clear(self._stamp)
        for old in self._folder.glob("vectors-*"):
            shutil.rmtree(old, ignore_errors=True)
