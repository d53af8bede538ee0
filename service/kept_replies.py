"""Model replies kept on disk by (model, wording, input): what was answered once is not asked again, also after a crash."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.errors import StorageError

FILE = "replies.db"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, model TEXT NOT NULL, reply TEXT NOT NULL, at TEXT DEFAULT CURRENT_TIMESTAMP)"
)
_WAIT = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class KeptReplies:
    """The replies in a folder. Each call opens the file anew, so that threads and processes may share it."""

    folder: Path

    def get(self, key: str) -> str | None:
        """The reply under a key, or None.

        Raises:
            StorageError: the file cannot be read.
        """
        with self._open() as file:
            row = file.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, key: str, model: str, reply: str) -> None:
        """Keep a reply.

        Raises:
            StorageError: the file cannot be written.
        """
        with self._open() as file, file:
            file.execute("INSERT OR REPLACE INTO replies (key, model, reply) VALUES (?, ?, ?)", (key, model, reply))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        path = self.folder / FILE
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(path, timeout=_WAIT)) as file:
                file.execute(_TABLE)
                yield file
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                f"{path}：模型回复的存档不能使用（{error}）", f"{path}: the kept replies cannot be used ({error})"
            ) from error


def key(model: str, server: str, digests: str, text: str) -> str:
    """The key of a question to a model.

    Args:
        model: its name.
        server: its address.
        digests: of the prompt files.
        text: everything else that was sent.
    """
    return hashlib.sha256("\x00".join((model, server, digests, text)).encode()).hexdigest()
