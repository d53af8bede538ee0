"""Records ↔ compressed JSON bytes. Field names are kept, so that a record with a further defaulted field can still be read."""

import json
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from service.records import Box

Record = TypeVar("Record")
_LEVEL = 3
"""zlib's level: a third of the time of the default for a tenth more bytes (measured on pages and facts)."""


def pack(kind: type[Record], record: Record) -> bytes:
    """The record as bytes; equal records give equal bytes."""
    return zlib.compress(_adapter(kind).dump_json(record), _LEVEL)


def unpack(kind: type[Record], data: bytes) -> Record:
    """The record of `pack`."""
    record: Record = _adapter(kind).validate_json(zlib.decompress(data))
    return record


def pieces(lines: Iterable[tuple[int, str, Box]]) -> str:
    """A passage's lines as JSON."""
    return json.dumps([[page, text, [round(edge, 2) for edge in box]] for page, text, box in lines], ensure_ascii=False)


def from_pieces(text: str) -> tuple[tuple[int, str, Box], ...]:
    """The lines of `pieces`, their boxes to a hundredth of a point."""
    return tuple((page, part, (box[0], box[1], box[2], box[3])) for page, part, box in json.loads(text))


@lru_cache(maxsize=16)
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
