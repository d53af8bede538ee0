"""Standard output whose failures are told like every other error."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import StorageError


class ReaderGoneError(Exception):
    """Whoever read standard output has closed it, as `head` does: nothing is wrong."""


class Output(io.TextIOWrapper):
    """Standard output in UTF-8 whose failures are errors of ours, whoever writes to it (typer and rich exit with 1 by themselves)."""

    @classmethod
    def standard(cls) -> "Output":
        """In the place of the interpreter's own; what cannot be encoded is replaced."""
        if sys.stdout is None or not isinstance(sys.stdout, io.TextIOWrapper):  # closed by the caller (>&-)
            return cls(Path(os.devnull).open("wb"), "utf-8", "replace")
        live = sys.stdout.line_buffering
        return cls(sys.stdout.detach(), "utf-8", "replace", line_buffering=live)

    def write(self, text: str) -> int:
        """Write text.

        Raises:
            StorageError: the disk is full.
            ReaderGoneError: nobody reads any more.
        """
        with self._failures():
            return super().write(text)

    def flush(self) -> None:
        """Write what is held back; raises as `write`."""
        with self._failures():
            super().flush()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # What is still held back would fail once more when the interpreter ends.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            if isinstance(error, BrokenPipeError):
                raise ReaderGoneError from error
            raise StorageError(f"标准输出写不进去（{error.strerror}）", f"standard output cannot be written ({error.strerror})") from error
