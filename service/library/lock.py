"""The lock around every writer of a library, across threads and processes, with the writer's process number for the others."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import LibraryLockedError

WAIT_SECONDS = 30.0
"""How long a writer waits for another one before it gives up."""


class Lock:
    """One folder's lock; may be taken again by the thread that has it. Released by the system when the process dies."""

    def __init__(self, home: Path) -> None:
        from filelock import FileLock  # kept out of the start: readers never need it

        self._lock = FileLock(home / "library.lock")
        self._owner = home / "library.lock.pid"

    @contextmanager
    def held(self, wait: float | None = None) -> Iterator[None]:
        """Hold the lock.

        Args:
            wait: seconds to wait for another holder; None: `WAIT_SECONDS`.

        Raises:
            LibraryLockedError: another process or thread still holds it.
            OSError: the folder cannot be written.
        """
        from filelock import Timeout  # kept out of the start, as above

        try:
            self._lock.acquire(timeout=WAIT_SECONDS if wait is None else wait)
        except Timeout as error:
            raise self._taken() from error
        try:
            self._owner.write_text(f"{os.getpid()}\n", "ascii")
            yield
        finally:
            self._lock.release()

    def _taken(self) -> LibraryLockedError:
        try:
            pid = self._owner.read_text("ascii").strip()
        except OSError:
            pid = ""
        zh, en = (f"（进程 {pid}）", f" (process {pid})") if pid.isdigit() else ("", "")
        return LibraryLockedError(
            f"另一个程序{zh}正在写资料库，请等它结束后再试", f"another process{en} is writing to the library, try again later"
        )
