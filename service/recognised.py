"""Marks what stands on pages that were recognised from their picture (OCR): its quotes may differ from what is printed."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from service.records import Place

Record = TypeVar("Record")

NOTE = "OCR 识别，可能是识别错误"
"""Said of every finding that rests on recognised text."""


def marked(record: Record, pages: frozenset[int]) -> Record:
    """The record with every place in it that lies on one of the pages (from 1) marked as recognised.

    Args:
        record: a dataclass of `service.records`, or a tuple of them.
        pages: pages that were recognised; with none the record is returned as it is.
    """
    made: Record = _marked(record, pages) if pages else record
    return made


def _marked(value: Any, pages: frozenset[int]) -> Any:  # noqa: ANN401 - any value of a record's field
    if isinstance(value, Place):
        return replace(value, ocr=True) if value.page in pages else value
    if isinstance(value, tuple):
        return tuple(_marked(item, pages) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: made for f in fields(value) if (made := _marked(old := getattr(value, f.name), pages)) != old}
        return replace(value, **changed) if changed else value
    return value
