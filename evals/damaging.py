"""Files that break readers, made of a sound PDF: empty, cut, with bytes changed, and what only calls itself a PDF."""

from pathlib import Path
from random import Random

FLIPS = 400
"""Bytes changed in a damaged file."""


def write(folder: Path, sound: Path, seed: int) -> dict[str, Path]:
    """Write the files into the folder.

    Args:
        folder: an empty folder.
        sound: a PDF that can be read.
        seed: of the bytes that are changed.

    Returns:
        The files by what is wrong with them.
    """
    data = sound.read_bytes()
    made = {
        "empty": b"",
        "words": "这不是 PDF，只是改了扩展名的文字。".encode() * 50,
        "page of the web": b"<!DOCTYPE html><html><body>404 Not Found</body></html>",
        "head only": b"%PDF-1.7\n",
        "zip": b"PK\x03\x04" + bytes(2000),
        "cut at half": data[: len(data) // 2],
        "cut at 95 %": data[: len(data) * 95 // 100],
        "without its head": data[1024:],
        "no pages": _bare(b"<</Type/Pages/Kids[]/Count 0>>"),
        "pages that are none": _bare(b"<</Type/Pages/Kids[9 0 R]/Count 1>>"),
        "pages within themselves": _bare(b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    }
    random = Random(seed)
    for n in range(1, 5):
        made[f"changed bytes {n}"] = _changed(data, random)
    paths = {}
    for n, (name, content) in enumerate(made.items(), 1):
        paths[name] = folder / f"bad-{n:02}.pdf"
        paths[name].write_bytes(content)
    return paths


def _bare(pages: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj" + pages + b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _changed(data: bytes, random: Random) -> bytes:
    made = bytearray(data)
    for _ in range(FLIPS):
        made[random.randrange(1024, len(made))] = random.randrange(256)
    return bytes(made)
