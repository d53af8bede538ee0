"""The library's tables in SQL. A record is kept whole as JSON in `data`, beside the columns that queries need."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from service.amounts import plain
from service.records import Fact, Passage, Reason, Table

metadata = sa.MetaData()

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("doc", sa.String(255), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("org", sa.Text, nullable=False),
    sa.Column("year", sa.Integer),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("level", sa.String(16), nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("passages", sa.Integer, nullable=False),
    sa.Column("tables", sa.Integer, nullable=False),
    sa.Column("findings", sa.Integer, nullable=False),
)

state = sa.Table("state", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("version", sa.Integer, nullable=False))


def _shelf(name: str, *extra: sa.Column[Any]) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("doc", sa.String(255), sa.ForeignKey("documents.doc", ondelete="CASCADE"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        *extra,
    )


def _data() -> sa.Column[Any]:
    return sa.Column("data", sa.Text, nullable=False)


facts = _shelf(
    "facts",
    sa.Column("item", sa.Text, nullable=False, index=True),
    sa.Column("code", sa.String(16)),
    sa.Column("measure", sa.String(32), nullable=False),
    sa.Column("value", sa.String(40), nullable=False),
    sa.Column("unit", sa.String(16), nullable=False),
    sa.Column("year", sa.Integer),
    sa.Column("page", sa.Integer, nullable=False),
    _data(),
)
reasons = _shelf("reasons", sa.Column("item", sa.Text, nullable=False), _data())
passages = _shelf("passages", sa.Column("id", sa.String(300), nullable=False, unique=True), sa.Column("page", sa.Integer), _data())
vectors = _shelf(
    "vectors",
    sa.Column("id", sa.String(300), nullable=False, unique=True),
    sa.Column("embedding", sa.String(255), nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)
tables = _shelf("tables", sa.Column("title", sa.Text, nullable=False), _data())
pages = _shelf("pages", _data())
reports = _shelf("reports", _data())
unread = _shelf("unread", _data())

SHELVES: Mapping[str, sa.Table] = {t.name: t for t in (facts, reasons, passages, vectors, tables, pages, reports, unread)}


def columns(record: object) -> dict[str, Any]:
    """The query columns of a record."""
    match record:
        case Fact():
            value, page = plain(record.value), record.place.page
            named = {"item": record.item, "code": record.code, "measure": record.measure, "value": value}
            return {**named, "unit": record.unit, "year": record.year, "page": page}
        case Reason():
            return {"item": record.item}
        case Passage():
            return {"id": record.id, "page": record.page}
        case Table():
            return {"title": record.title}
    return {}


def made(engine: sa.Engine) -> bool:
    """Whether the tables are there."""
    if not sa.inspect(engine).has_table(state.name):
        return False
    with engine.connect() as connection:
        return connection.execute(sa.select(state.c.id)).first() is not None


def make(engine: sa.Engine) -> None:
    """Create what is missing. One process at a time."""
    with engine.begin() as connection:
        metadata.create_all(connection)
        if connection.execute(sa.select(state.c.id)).first() is None:
            connection.execute(state.insert().values(id=1, version=0))


def put(connection: sa.Connection, document: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Insert a document and its rows."""
    connection.execute(documents.insert().values(**document))
    for shelf, found in rows.items():
        if found:
            connection.execute(SHELVES[shelf].insert(), [dict(row) for row in found])


def remove(connection: sa.Connection, doc: str) -> bool:
    """Delete a document with all its rows; whether there was one."""
    for shelf in SHELVES.values():
        connection.execute(shelf.delete().where(shelf.c.doc == doc))
    return connection.execute(documents.delete().where(documents.c.doc == doc)).rowcount > 0


def read(connection: sa.Connection, doc: str, shelf: str) -> list[str]:
    """The JSON of a document's records on a shelf, in order."""
    table = SHELVES[shelf]
    return list(connection.execute(sa.select(table.c.data).where(table.c.doc == doc).order_by(table.c.n)).scalars())
