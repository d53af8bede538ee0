"""Records ↔ compressed JSON bytes. Field names are kept, so that a record with a further defaulted field can still be read."""

import json
import zlib
from collections.abc import Iterable
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
LINES: Packing[tuple[Line, ...]] = Packing(tuple[Line, ...])
PARTS: dict[str, Packing[Any]] = {"disclosure": DISCLOSURE, "report": REPORT, "tables": TABLES, "unread": UNREAD}
"""The packed parts of a document."""


def pieces(lines: Iterable[tuple[int, str, Box]]) -> str:
    """A passage's lines as JSON, their boxes to a hundredth of a point."""
    return json.dumps([[page, text, [round(edge, 2) for edge in box]] for page, text, box in lines], ensure_ascii=False)


def from_pieces(text: str) -> tuple[tuple[int, str, Box], ...]:
    """The lines of `pieces`."""
    return tuple((page, part, (box[0], box[1], box[2], box[3])) for page, part, box in json.loads(text))
