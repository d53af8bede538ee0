"""Records ↔ compressed JSON bytes. Field names are kept, so that a record with a further defaulted field can still be read."""

import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from service.records import Box, CheckReport, Disclosure, Line, Table, Unread

Record = TypeVar("Record")
_LEVEL = 3
"""zlib's level: a third of the time of the default for a tenth more bytes (measured on pages and facts)."""


class Packing(Generic[Record]):
    """The way one kind of record is packed."""

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - any type that pydantic knows, tuple[Table, ...] among them
        self._kind = kind

    def pack(self, record: Record) -> bytes:
        """The record as bytes; equal records give equal bytes."""
        return zlib.compress(self._adapter.dump_json(record), _LEVEL)

    def unpack(self, data: bytes) -> Record:
        """The record of `pack`."""
        return self._adapter.validate_json(zlib.decompress(data))

    @cached_property
    def _adapter(self) -> "TypeAdapter[Record]":
        # Made when first used: building one takes 30 ms.
        return TypeAdapter(self._kind)


DISCLOSURE: Packing[Disclosure] = Packing(Disclosure)
REPORT: Packing[CheckReport] = Packing(CheckReport)
TABLES: Packing[tuple[Table, ...]] = Packing(tuple[Table, ...])
UNREAD: Packing[tuple[Unread, ...]] = Packing(tuple[Unread, ...])
_LINES: Packing[tuple[Line, ...]] = Packing(tuple[Line, ...])
PARTS: dict[str, Packing[Any]] = {"disclosure": DISCLOSURE, "report": REPORT, "tables": TABLES, "unread": UNREAD}
"""The packed parts of a document."""


_MARK = b"L1"
"""Begins packed lines; those of earlier editions begin as zlib does."""


def lines(of_page: Sequence[Line]) -> bytes:
    """A page's lines as bytes: their texts as JSON, and every position as a 32-bit float (a ten-thousandth of a point)."""
    texts = json.dumps([line.text for line in of_page], ensure_ascii=False).encode()
    places = array("f")
    for line in of_page:
        places.append(line.size)
        places.extend(line.box)
        places.extend(line.xs)
    if sys.byteorder == "big":
        places.byteswap()
    return _MARK + zlib.compress(len(texts).to_bytes(4, "little") + texts + places.tobytes(), _LEVEL)


def from_lines(data: bytes, page: int) -> tuple[Line, ...]:
    """The lines of `lines`, all printed on one page."""
    if not data.startswith(_MARK):
        return _LINES.unpack(data)
    raw = zlib.decompress(data[len(_MARK) :])
    cut = 4 + int.from_bytes(raw[:4], "little")
    places = array("f")
    places.frombytes(raw[cut:])
    if sys.byteorder == "big":
        places.byteswap()
    made, at = [], 0
    for text in json.loads(raw[4:cut]):
        end = at + 5 + len(text) + 1
        size, x0, y0, x1, y1, *xs = places[at:end]
        made.append(Line(page, text, (x0, y0, x1, y1), tuple(xs), size))
        at = end
    return tuple(made)


def pieces(lines: Iterable[tuple[int, str, Box]]) -> str:
    """A passage's lines as JSON, their boxes to a hundredth of a point."""
    return json.dumps([[page, text, [round(edge, 2) for edge in box]] for page, text, box in lines], ensure_ascii=False)


def from_pieces(text: str) -> tuple[tuple[int, str, Box], ...]:
    """The lines of `pieces`."""
    return tuple((page, part, (box[0], box[1], box[2], box[3])) for page, part, box in json.loads(text))
