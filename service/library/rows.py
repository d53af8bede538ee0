"""An entry → the rows of every SQL table, and rows → records."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from service.library import packing
from service.library.entries import Entry, Vectors
from service.records import DocumentInfo, Kind, Page, Passage

Values = dict[str, Any]

BESIDE = "beside"
"""The part that names what the report was checked beside; where it was nothing, there is none."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: its remembered path, the name of the library's copy, and the edition that read it."""

    source: str
    file: str
    edition: str


def document(entry: Entry, origin: Origin, content: str, revision: str) -> Values:
    """The row of `documents`."""
    read = entry.document
    return {
        "doc": read.doc,
        "title": read.title,
        "org": read.org,
        "year": read.year,
        "kind": read.kind.value,
        "level": read.level,
        "pages": len(read.pages),
        "passages": len(entry.passages),
        "tables": len(read.tables),
        "findings": len(entry.report.findings),
        "digest": read.digest,
        "source": origin.source,
        "file": origin.file,
        "edition": origin.edition,
        "content": content,
        "revision": revision,
    }


@dataclass(frozen=True, slots=True)
class Packed:
    """What is kept about a document except its name and its vectors: rows without their `doc`, and the hash of it all."""

    parts: list[Values]
    pages: list[Values]
    facts: list[Values]
    passages: list[Values]
    content: str


def packed(entry: Entry) -> Packed:
    """Everything of an entry as rows; two documents of one content give equal ones, whatever their names."""
    parts, pages, facts, passages = _parts(entry), _pages(entry), _facts(entry), _passages(entry)
    seen, read = hashlib.sha256(), entry.document
    seen.update(repr((read.digest, read.title, read.org, read.year, read.kind.value, read.level)).encode())
    for row in (*parts, *pages, *passages):
        for value in row.values():
            piece = value if isinstance(value, bytes) else repr(value).encode()
            seen.update(len(piece).to_bytes(8, "big"))
            seen.update(piece)
    return Packed(parts, pages, facts, passages, seen.hexdigest())


def _parts(entry: Entry) -> list[Values]:
    data = {
        "disclosure": packing.DISCLOSURE.pack(replace(entry.disclosure, doc="")),
        "report": packing.REPORT.pack(replace(entry.report, doc="")),
        "tables": packing.TABLES.pack(entry.document.tables),
        "unread": packing.UNREAD.pack(entry.document.unread),
    }
    if entry.beside:
        data[BESIDE] = entry.beside.encode("ascii")
    return [{"part": name, "data": packed} for name, packed in data.items()]


def _pages(entry: Entry) -> list[Values]:
    return [
        {"number": page.number, "width": page.width, "height": page.height, "kind": page.kind, "lines": packing.lines(page.lines)}
        for page in entry.document.pages
    ]


def _facts(entry: Entry) -> list[Values]:
    return [
        {
            "ordinal": n,
            "item": fact.item,
            "code": fact.code,
            "measure": fact.measure,
            "value": str(fact.value),
            "unit": fact.unit,
            "year": fact.year,
            "scope": fact.scope,
            "source": fact.source,
            "page": fact.place.page,
            "quote": fact.place.quote,
        }
        for n, fact in enumerate(entry.disclosure.facts)
    ]


def _passages(entry: Entry) -> list[Values]:
    return [
        {
            "ordinal": n,
            "page": p.page,
            "section": p.section,
            "kind": p.kind,
            "text": p.text,
            "quote": p.quote,
            "lines": packing.pieces(p.lines),
        }
        for n, p in enumerate(entry.passages)
    ]


def vectors(doc: str, made: Vectors) -> Values:
    """The row of `vectors`."""
    return {"doc": doc, "embedding": made.embedding, "dimension": made.dimension, "data": made.data}


def info(row: Row[Any]) -> DocumentInfo:
    """The document as listed."""
    return DocumentInfo(
        row.doc,
        row.title,
        row.org,
        row.year,
        Kind(row.kind),
        row.level,
        row.pages,
        row.digest,
        passages=row.passages,
        tables=row.tables,
        findings=row.findings,
    )


def page(row: Row[Any]) -> Page:
    """The page."""
    return Page(row.number, row.width, row.height, packing.from_lines(row.lines, row.number), row.kind)


def passage(row: Row[Any]) -> Passage:
    """The passage."""
    return Passage(
        f"{row.doc}#{row.ordinal}", row.doc, row.page, row.section, row.kind, row.text, row.quote, packing.from_pieces(row.lines)
    )
