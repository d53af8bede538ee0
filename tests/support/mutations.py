"""Damage done to real PDFs: flipped bytes, cuts, splices, references turned, drawing instructions shuffled. A seed gives one file."""

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import pymupdf

from service import record
from service.errors import InputError
from service.settings import Settings

PAGES = 3
"""So many pages of a source are kept: small files break as well as large ones, and faster."""

_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NUMBERS = (b"0", b"-1", b"1e9", b"99999999999999999999", b"-0.0000001", b"NaN", b"2147483648", b"0.5")
_OPERATORS = (
    b"q",
    b"Q",
    b"cm",
    b"BT",
    b"ET",
    b"Tf",
    b"Td",
    b"Tm",
    b"Tj",
    b"TJ",
    b"re",
    b"m",
    b"l",
    b"f",
    b"S",
    b"W n",
    b"Do",
    b"gs",
    b"Tr",
    b"BI ID EI",
)


def source(path: Path, first: int) -> bytes:
    """Some pages of a document, from page `first` (from 0), as a file of its own."""
    with pymupdf.open(path) as whole, pymupdf.open() as part:
        first = min(first, whole.page_count - 1)
        part.insert_pdf(whole, from_page=first, to_page=min(first + PAGES, whole.page_count) - 1)
        data: bytes = part.tobytes(deflate=True)
        return data


def mutated(seed: int, sources: Sequence[bytes]) -> bytes:
    """One of the sources, damaged."""
    chance = random.Random(seed)
    data = chance.choice(sources)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(_WAYS)(chance, data)
    return data


def outcome(path: Path) -> str:
    """What becomes of a file: "read", or the error. A worker's job; pictures stay unread, which takes seconds a page."""
    with patch("service.reading.ocr.installed", return_value=False):
        try:
            record.record(path, Settings())
        except InputError as error:
            return error.en
    return "read"


def _flipped(chance: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 5, 50, 500))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(1, len(data))
    return data[:at] if chance.random() < 0.7 else data[at:] + b" "


def _spliced(chance: random.Random, data: bytes) -> bytes:
    begin, at = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[begin : begin + chance.choice((20, 500, 20_000))]
    return data[:at] + piece + data[at + (len(piece) if chance.random() < 0.5 else 0) :]


def _turned(chance: random.Random, data: bytes) -> bytes:
    """References to other objects than meant: pages among fonts, streams that hold themselves."""
    found = list(_REFERENCE.finditer(data))
    made = data
    for _ in range(chance.choice((1, 3, 20)) if found else 0):
        place, other = chance.choice(found), chance.choice(found)[0]
        if len(other) <= len(place[0]):
            made = made[: place.start()] + other.ljust(len(place[0])) + made[place.end() :]
    return made


def _numbered(chance: random.Random, data: bytes) -> bytes:
    """Numbers outside streams that are absurd: lengths, counts, boxes."""
    found = list(_NUMBER.finditer(data))
    for _ in range(chance.choice((1, 5)) if found else 0):
        place = chance.choice(found)
        data = data[: place.start()] + chance.choice(_NUMBERS)[: len(place[0])].ljust(len(place[0])) + data[place.end() :]
    return data


def _redrawn(chance: random.Random, data: bytes) -> bytes:
    """Drawing instructions deleted, doubled, exchanged, with other numbers."""
    try:
        with pymupdf.open(stream=data, filetype="pdf") as document:
            page = document[chance.randrange(document.page_count)]
            words = page.read_contents().split()
            for _ in range(chance.choice((1, 10, 100)) if words else 0):
                at = chance.randrange(len(words))
                way = chance.randrange(4)
                if way == 0:
                    words[at] = b""
                elif way == 1:
                    words[at] = words[at] + b" " + words[at]
                else:
                    words[at] = chance.choice(_NUMBERS if way == 2 else _OPERATORS)
            number = document.get_new_xref()
            document.update_object(number, "<<>>")
            document.update_stream(number, b" ".join(words))
            page.set_contents(number)
            made: bytes = document.tobytes()
            return made
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):
        return data  # too damaged to be damaged further in this way


_WAYS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flipped, _cut, _spliced, _turned, _numbered, _redrawn, _redrawn)
