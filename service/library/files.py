"""The library's own copies of the files it read, named by their digest; and the edition of the program that reads them."""

import hashlib
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from service.errors import InputError

_FOLDER = "files"


def keep(home: Path, source: Path, digest: str) -> str:
    """Copy a file into the library, atomically.

    Args:
        home: folder of the library.
        source: the file.
        digest: SHA-256 of the bytes that were read from it.

    Returns:
        The copy's name in the folder of copies.

    Raises:
        InputError: the file is gone, or no longer the one that was read.
        OSError: it cannot be written.
    """
    target = folder(home) / f"{digest}{source.suffix.lower()}"
    if target.is_file():
        return target.name
    try:
        data = source.read_bytes()
    except OSError as error:
        raise InputError(f"{source}：读不出来（{error.strerror}）", f"{source}: cannot be read ({error.strerror})") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise InputError(f"{source.name}：读取期间文件被改动，请重试", f"{source.name}: changed while it was being read, try again")
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, data)
    return target.name


def write_atomically(target: Path, data: bytes) -> None:
    """Write a file that is either there in full or not at all, even when the process is killed.

    Raises:
        OSError: it cannot be written.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def sweep(home: Path, names: Iterable[str]) -> None:
    """Delete every copy that is not among `names`, and what killed writers left half-written. Only under the writers' lock."""
    kept = set(names)
    if folder(home).is_dir():
        for path in folder(home).iterdir():
            if path.name not in kept:
                path.unlink(missing_ok=True)


def folder(home: Path) -> Path:
    """Where the copies are."""
    return home / _FOLDER


@lru_cache(maxsize=1)
def edition() -> str:
    """What tells one edition of this program from another: a hash of the package's sources.

    A document that another edition has read is read again, because the rules may see more in it.
    """
    seen = hashlib.sha256()
    package = Path(__file__).parents[1]
    for path in sorted(p for kind in ("*.py", "*.toml") for p in package.rglob(kind)):
        seen.update(path.relative_to(package).as_posix().encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()
