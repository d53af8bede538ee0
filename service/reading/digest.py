"""A file's bytes → the digest that names them, without opening the file as what it is."""

import hashlib
from pathlib import Path


def of(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
