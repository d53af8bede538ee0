"""A file that is written whole or not at all."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from service.errors import InputError, StorageError


class Target:
    """Where a user wants a file. Made before the work begins, so that a name that cannot serve is told at once.

    Args:
        path: the name as given; symbolic links are followed, a device (/dev/stdout) is written to directly.
        option: the option that named it, for messages.
        sources: files that are read: writing over one of them is refused.

    Raises:
        InputError: a folder, a name in a folder that does not exist, or one of the sources.
        StorageError: the file or its folder is read-only, or the system takes no such name.
    """

    def __init__(self, path: Path, option: str, sources: Iterable[Path] = ()) -> None:
        self.path = path
        with self._failures():
            self._check(option, sources)

    def write(self, data: bytes) -> None:
        """Write the file: beside it first, then in its place, so that a full disk leaves what was there.

        Raises:
            StorageError: the disk is full, or the folder cannot be written.
        """
        with self._failures():
            if self._device:
                self._real.write_bytes(data)
                return
            part = self._real.with_name(f".mingzhang-{os.getpid()}.part")
            try:
                with part.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(self._real)
            except OSError:
                with suppress(OSError):  # the error that is told is the first one
                    part.unlink()
                raise

    def _check(self, option: str, sources: Iterable[Path]) -> None:
        path = self.path
        if path.is_dir():
            raise InputError(f"{path}：是文件夹，{option} 要一个文件", f"{path}: a folder; {option} wants a file")
        self._real = path.resolve()
        self._device = path.exists() and not path.is_file()
        if self._device:
            return
        folder = self._real.parent
        if not folder.is_dir():
            raise InputError(f"{path}：没有文件夹 {folder}", f"{path}: no folder {folder}")
        if path.exists() and any(source.exists() and path.samefile(source) for source in sources):
            raise InputError(f"{path}：{option} 与要读的文件是同一个", f"{path}: {option} would write over a file that is read")
        if not os.access(self._real if self._real.exists() else folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(
                f"{self.path}：写不进去（{error.strerror}）", f"{self.path}: cannot be written ({error.strerror})"
            ) from error
