"""One entry into the SQL tables, within one transaction: what is new, what replaces what, and under which name."""

import uuid

from sqlalchemy import Connection, delete, insert, select, update

from service.errors import LibraryError
from service.library import rows, schema
from service.library.entries import Entry
from service.library.rows import Origin, Packed

ADDED, UNCHANGED, REPLACED = "added", "unchanged", "replaced"


def put(db: Connection, entry: Entry, origin: Origin) -> tuple[str, str]:
    """Write an entry.

    Args:
        db: within a transaction.
        entry: the document.
        origin: where it came from.

    Returns:
        Its status and its name in the library.

    Raises:
        LibraryError: the library's vectors are of another embedding.
    """
    table = schema.documents
    held = db.execute(select(table).where(table.c.digest == entry.document.digest)).one_or_none()
    packed = rows.packed(entry)
    _same_embedding(db, entry)
    if held is not None and held.content == packed.content:
        db.execute(update(table).where(table.c.doc == held.doc).values(edition=origin.edition))
        return UNCHANGED, held.doc
    before = held or db.execute(select(table).where(table.c.source == origin.source)).first()
    if before is None:
        doc = _free(entry.document.doc, set(db.execute(select(table.c.doc)).scalars()))
        _write(db, entry.named(doc), origin, packed)
        return ADDED, doc
    if held is not None:
        origin = Origin(held.source, origin.file, origin.edition)
    db.execute(delete(table).where(table.c.doc == before.doc))
    _write(db, entry.named(before.doc), origin, packed)
    return REPLACED, before.doc


def token() -> str:
    """A revision that no other state of any document has."""
    return uuid.uuid4().hex


def embedding_changed(old: str, new: str) -> LibraryError:
    """The error that says what to do when the embedding is another than the library's."""
    return LibraryError(
        f"资料库的向量由「{old}」生成，现在设置的是「{new}」；请先运行 mingzhang reindex",
        f"the library's vectors were made by {old}, the settings say {new}: run `mingzhang reindex` first",
    )


def _write(db: Connection, entry: Entry, origin: Origin, packed: Packed) -> None:
    doc = entry.document.doc
    db.execute(insert(schema.documents).values(rows.document(entry, origin, packed.content, token())))
    for table, values in (
        (schema.parts, packed.parts),
        (schema.pages, packed.pages),
        (schema.facts, packed.facts),
        (schema.passages, packed.passages),
    ):
        if values:
            db.execute(insert(table), [{"doc": doc, **row} for row in values])
    db.execute(insert(schema.vectors).values(rows.vectors(doc, entry.vectors)))


def _same_embedding(db: Connection, entry: Entry) -> None:
    """Vectors of two embeddings cannot be compared: the whole library changes at once (`reindex`), or not at all."""
    for name, dimension in db.execute(select(schema.vectors.c.embedding, schema.vectors.c.dimension).distinct()):
        if (name, dimension) != (entry.vectors.embedding, entry.vectors.dimension):
            raise embedding_changed(f"{name}/{dimension}", f"{entry.vectors.embedding}/{entry.vectors.dimension}")


def _free(name: str, taken: set[str]) -> str:
    """The name, or with the first free number from 2."""
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
