"""A file's bytes → the digest that names them, without opening the file as what it is."""

import hashlib
from pathlib import Path

from service.reading import signature


def of(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal.

    Raises:
        InputError: the system does not let us read it.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise signature.unreadable(path) from error
