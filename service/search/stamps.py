"""What state of the library an index on disk holds: a small file beside it, absent while the index is being changed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from service.errors import LibraryError
from service.library.files import write_atomically


class BrokenIndexError(LibraryError):
    """An index on disk cannot be used: to be thrown away and made again from the library."""


def broken(cause: object) -> BrokenIndexError:
    """The error for what a library below raised."""
    return BrokenIndexError(
        f"索引不能用（{cause}）；请运行 mingzhang reindex", f"an index cannot be used ({cause}): run `mingzhang reindex`"
    )


@dataclass(frozen=True, slots=True)
class Stamp:
    """The way an index was made, the folder it is in, and the revision of every document in it."""

    scheme: str
    folder: str
    revisions: Mapping[str, str]

    def changes(self, now: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """(documents to remove, documents to add) that bring the index to the state `now`."""
        gone = [doc for doc, revision in self.revisions.items() if now.get(doc) != revision]
        return gone, [doc for doc, revision in now.items() if self.revisions.get(doc) != revision]


def read(path: Path) -> Stamp | None:
    """The stamp, or None where there is none that can be understood: the index is then made anew."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Stamp(str(kept["scheme"]), str(kept["folder"]), {str(d): str(r) for d, r in kept["revisions"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(path: Path, stamp: Stamp) -> None:
    """Say that the index holds this state; only once it does.

    Raises:
        OSError: it cannot be written.
    """
    write_atomically(path, json.dumps(asdict(stamp), ensure_ascii=False).encode())


def clear(path: Path) -> None:
    """Before an index is changed: whoever finds it half-changed makes it anew.

    Raises:
        OSError: the folder cannot be written.
    """
    path.unlink(missing_ok=True)
