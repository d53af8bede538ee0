"""What is named on the command line → files: folders opened, odd names made readable, digests of what can be kept."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from service.errors import InputError, MingzhangError, NotFoundError
from service.reading import digest


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read."""

    path: Path
    error: MingzhangError


def files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and the PDFs under the folders named, each once, in order.

    Raises:
        NotFoundError: a path does not exist, or a folder holds nothing to read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
            if not inside:
                raise NotFoundError(f"{path}：文件夹里没有 PDF", f"{path}: no PDF in this folder")
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            raise NotFoundError(f"{path}：没有这个文件或文件夹", f"{path}: no such file or folder")
    return list(found)


def found(paths: Sequence[Path]) -> tuple[list[Path], list[Failed]]:
    """The files to read, and the paths where there is nothing.

    Raises:
        NotFoundError: there is nothing anywhere.
    """
    kept: dict[Path, None] = {}
    failed: list[Failed] = []
    for path in paths:
        try:
            kept.update(dict.fromkeys(files([path])))
        except NotFoundError as error:
            failed.append(Failed(path, error))
    if failed and not kept:
        raise failed[0].error
    return list(kept), failed


def readable(name: str) -> str:
    """A file's name that can be printed and stored: bytes that are not UTF-8 are often GB 18030 (archives made on Windows)."""
    data = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("utf-8", "replace")


def known_by(path: Path) -> str:
    """The digest of a file that the library can keep: databases hold UTF-8 only, and so its path must be.

    Raises:
        InputError: it is not, or the file cannot be read.
    """
    try:
        str(path.resolve()).encode()
    except UnicodeEncodeError as error:
        name = readable(path.name)
        raise InputError(f"{name}：路径不是 UTF-8，请改名后再读入", f"{name}: its path is not UTF-8; rename it") from error
    return digest.of(path)
