"""The keyword index on disk, in step with the library: caught up by what changed, made anew when it cannot be trusted."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from service.errors import LibraryLockedError, StorageError
from service.library import Library
from service.library.schema import failures
from service.search import stamps
from service.search.keywords import SCHEME, KeywordIndex
from service.search.stamps import BrokenIndexError, Stamp

DISK, MEMORY = "disk", "memory"
"""Where the index is that answers; in memory when another process is writing or the folder is read-only."""


class KeptKeywords:
    """The keyword index under a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "keywords"
        self._stamp = folder / "keywords.json"
        self._open: tuple[Mapping[str, str], KeywordIndex, str] | None = None

    def at(self, library: Library, revisions: Mapping[str, str]) -> tuple[KeywordIndex, str]:
        """The index that holds this state of the library, and where it is (DISK or MEMORY)."""
        if self._open is None or self._open[0] != revisions:
            found = self._on_disk(revisions)
            if found is None:
                found = self._caught_up(library, revisions)
            self._open = (revisions, *((found, DISK) if found is not None else (_in_memory(library, revisions), MEMORY)))
        return self._open[1:]

    def bring(self, library: Library, revisions: Mapping[str, str], *, anew: bool = False) -> None:
        """Bring the index on disk to this state; under the writers' lock.

        Raises:
            OSError: the folder cannot be written.
        """
        stamp = None if anew else stamps.read(self._stamp)
        if stamp is None or stamp.scheme != SCHEME:
            stamp = None
        elif stamp.revisions == revisions:
            return
        stamps.clear(self._stamp)
        try:
            self._change(library, revisions, stamp)
        except BrokenIndexError:
            if stamp is None:
                raise
            self._change(library, revisions, None)
        stamps.write(self._stamp, Stamp(SCHEME, self._folder.name, dict(revisions)))

    def _on_disk(self, revisions: Mapping[str, str]) -> KeywordIndex | None:
        """The index on disk if it holds this state."""
        before = stamps.read(self._stamp)
        if before is None or before.scheme != SCHEME or before.revisions != revisions:
            return None
        try:
            found = KeywordIndex(self._folder)
        except BrokenIndexError:
            return None
        # Read again: another process may have begun to change it between the two.
        return found if stamps.read(self._stamp) == before else None

    def _caught_up(self, library: Library, revisions: Mapping[str, str]) -> KeywordIndex | None:
        """The index on disk after it was brought to this state; None when that is another process's to do just now."""
        try:
            with failures(library.home), library.writing(wait=0):
                self.bring(library, revisions)
                found = self._on_disk(revisions)
                if found is None:
                    self.bring(library, revisions, anew=True)
                    found = self._on_disk(revisions)
                return found
        except (LibraryLockedError, StorageError, BrokenIndexError):
            return None

    def _change(self, library: Library, revisions: Mapping[str, str], stamp: Stamp | None) -> None:
        if stamp is None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            stamp = Stamp(SCHEME, self._folder.name, {})
        gone, new = stamp.changes(revisions)
        KeywordIndex(self._folder).change(gone, (library.passages(doc) for doc in new))


def _in_memory(library: Library, revisions: Mapping[str, str]) -> KeywordIndex:
    made = KeywordIndex()
    made.change((), (library.passages(doc) for doc in revisions))
    return made
