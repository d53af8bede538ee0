"""The library's SQL tables, the opening of the database, and its failures as errors for the user.

What is only ever read whole (facts with their boxes, tables, the checker's report, a page's lines) is one packed value;
`facts` repeats the columns that people query with an SQL client.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    exc,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import make_url

from service.errors import LibraryError, LibraryLockedError, StorageError
from service.library.lock import Lock

FORMAT = "1"
"""Changes when a table changes so that an older library cannot be read."""
BUSY_MS = 5000
"""How long SQLite waits for another process's transaction, in milliseconds."""

metadata = MetaData()


def _doc() -> "Column[str]":
    return Column("doc", String(200), ForeignKey("documents.doc", ondelete="CASCADE"), primary_key=True)


meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("doc", String(200), primary_key=True),
    Column("title", Text, nullable=False),
    Column("org", Text, nullable=False),
    Column("year", Integer),
    Column("kind", String(10), nullable=False),
    Column("level", String(10), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("tables", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("file", String(80), nullable=False),
    Column("source", Text, nullable=False, index=True),
    Column("edition", String(64), nullable=False),
    Column("content", String(64), nullable=False),
    Column("revision", String(32), nullable=False),
)
"""`source`: the path it came from. `edition`: the program that read it. `content`: hash of all that is kept about it.
`revision`: new whenever that changes; the indexes compare it."""

parts = Table("parts", metadata, _doc(), Column("part", String(20), primary_key=True), Column("data", LargeBinary, nullable=False))
"""Packed records: disclosure (facts, reasons), report (findings, counts), tables, unread; beside (hash of the disclosure that the report
was checked beside)."""

pages = Table(
    "pages",
    metadata,
    _doc(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("lines", LargeBinary, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    _doc(),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("item", Text, nullable=False, index=True),
    Column("code", String(20), index=True),
    Column("measure", String(40), nullable=False),
    Column("value", String(40), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("year", Integer),
    Column("scope", Text),
    Column("source", String(10), nullable=False),
    Column("page", Integer, nullable=False),
    Column("quote", Text, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    _doc(),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("page", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("lines", Text, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    _doc(),
    Column("embedding", Text, nullable=False),
    Column("dimension", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)


def connect(url: str) -> Engine:
    """The database's engine; SQLite gets a write-ahead log, foreign keys and patience."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    return engine


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite address, None for other databases and for one in memory."""
    parsed = make_url(url)
    named = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(str(parsed.database)) if named else None


def settle(engine: Engine, home: Path, *, create: bool) -> None:
    """Make the tables where there are none; refuse those of another format.

    Raises:
        LibraryError: there are none and `create` is false, or they are of another format.
    """
    found = _format(engine)
    if found is None:
        if not create:
            raise missing(home)
        # Two processes may meet here on a new library, and one that was killed may have left some of the tables.
        with Lock(home).held():
            with engine.begin() as db:
                metadata.create_all(db)
            if _format(engine) is None:
                with engine.begin() as db:
                    db.execute(insert(meta).values(key="format", value=FORMAT))
        found = _format(engine)
    if found != FORMAT:
        raise LibraryError(
            f"资料库（{home}）是另一版本的明账建立的（格式 {found}，本版本 {FORMAT}）；请另设 MINGZHANG_HOME 重新 ingest",
            f"the library ({home}) has format {found}, this version reads {FORMAT}; ingest again into another MINGZHANG_HOME",
        )


def missing(home: Path) -> LibraryError:
    """The error that there is no library yet."""
    return LibraryError(
        f"还没有资料库（{home}）：请先运行 mingzhang ingest 加入文件", f"there is no library yet ({home}): run `mingzhang ingest` first"
    )


@contextmanager
def failures(where: Path | str) -> Iterator[None]:
    """Turns the database's and the file system's failures into errors for the user.

    Raises:
        LibraryLockedError: another process's transaction does not end.
        StorageError: the disk is full, the folder is missing or not writable.
        LibraryError: the database is damaged.
    """
    try:
        yield
    except exc.OperationalError as error:
        cause = str(error.orig)
        if "locked" in cause:
            raise LibraryLockedError(
                f"资料库正被另一个程序写入，请稍后再试（{where}）", f"the library is being written by another process, try again ({where})"
            ) from error
        raise _unusable(where, cause) from error
    except exc.DatabaseError as error:
        raise LibraryError(
            f"资料库损坏，读不出来（{where}：{error.orig}）；请换一个 MINGZHANG_HOME 重新 ingest",
            f"the library is damaged ({where}: {error.orig}); ingest again into another MINGZHANG_HOME",
        ) from error
    except OSError as error:
        raise _unusable(where, error.strerror or str(error)) from error


def _format(engine: Engine) -> str | None:
    """The format of the tables, written last; None where they are not all made."""
    if not inspect(engine).has_table(meta.name):
        return None
    with engine.connect() as db:
        return db.execute(select(meta.c.value).where(meta.c.key == "format")).scalar_one_or_none()


def _unusable(where: Path | str, cause: str) -> StorageError:
    return StorageError(
        f"资料库写不进去：{where}（{cause}），原有资料没有变；请检查磁盘空间和权限，或另设 MINGZHANG_HOME",
        f"the library cannot be written: {where} ({cause}), nothing in it changed; check space and permissions, or set MINGZHANG_HOME",
    )


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's pool record, not used
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()
