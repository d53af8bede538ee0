"""An entry → the rows of every SQL table, and rows → records."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from service.library import packing
from service.library.entries import Entry, Vectors
from service.records import DocumentInfo, Kind, Page, Passage

Values = dict[str, Any]


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


def parts(entry: Entry) -> dict[str, bytes]:
    """The packed parts by name."""
    return {
        "disclosure": packing.DISCLOSURE.pack(entry.disclosure),
        "report": packing.REPORT.pack(entry.report),
        "tables": packing.TABLES.pack(entry.document.tables),
        "unread": packing.UNREAD.pack(entry.document.unread),
    }


def pages(entry: Entry) -> list[Values]:
    """The rows of `pages`."""
    return [
        {
            "doc": entry.document.doc,
            "number": page.number,
            "width": page.width,
            "height": page.height,
            "kind": page.kind,
            "lines": packing.LINES.pack(page.lines),
        }
        for page in entry.document.pages
    ]


def facts(entry: Entry) -> list[Values]:
    """The rows of `facts`."""
    return [
        {
            "doc": entry.document.doc,
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


def passages(entry: Entry) -> list[Values]:
    """The rows of `passages`."""
    return [
        {
            "doc": entry.document.doc,
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


def content(entry: Entry) -> str:
    """The hash of all that is kept about a document except its name and its vectors."""
    seen = hashlib.sha256()
    for piece in _contents(entry.named("")):
        seen.update(len(piece).to_bytes(8, "big"))
        seen.update(piece)
    return seen.hexdigest()


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
    return Page(row.number, row.width, row.height, packing.LINES.unpack(row.lines), row.kind)


def passage(row: Row[Any]) -> Passage:
    """The passage."""
    return Passage(
        f"{row.doc}#{row.ordinal}", row.doc, row.page, row.section, row.kind, row.text, row.quote, packing.from_pieces(row.lines)
    )


def _contents(entry: Entry) -> Iterator[bytes]:
    """What the hash covers, in order; the entry has no name, so that two documents of one content agree."""
    read = entry.document
    yield repr((read.digest, read.title, read.org, read.year, read.kind.value, read.level)).encode()
    yield from parts(entry).values()
    for row in pages(entry):
        yield repr((row["number"], row["width"], row["height"], row["kind"])).encode()
        yield row["lines"]
    for row in passages(entry):
        yield repr(tuple(row.values())).encode()
