"""The library: documents, facts, passages with their vectors, tables and findings in SQL. It is the truth; indexes are built from it.

SQLite by default, any SQLAlchemy address otherwise. One process writes at a time, behind a file lock; readers need no lock.
"""

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import filelock
import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.exc import DBAPIError, OperationalError

from service import shelves
from service.errors import LibraryError, LibraryLockedError, StorageError, UnknownDocumentError
from service.records import CheckReport, Disclosure, Document, DocumentInfo, Fact, Finding, Kind, Page, Passage, Reason, Table, Unread
from service.settings import Settings

LOCK_SECONDS = 10.0
"""How long a writer waits for another."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything about one document that goes into the library."""

    document: Document
    disclosure: Disclosure
    report: CheckReport
    passages: tuple[Passage, ...]
    vectors: tuple[bytes, ...]
    """One vector a passage: float32, little endian."""
    embedding: str
    """Name of the embedding that made the vectors."""


class Library:
    """An open library. Use `open_library`."""

    def __init__(self, engine: sa.Engine, home: Path) -> None:
        self._engine = engine
        self.home = home
        self._kept: dict[tuple[str, str, str], Any] = {}

    def documents(self) -> list[DocumentInfo]:
        """Every document, by name."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(shelves.documents).order_by(shelves.documents.c.doc)).mappings()
            return [_info(row) for row in rows]

    def get(self, doc: str) -> DocumentInfo:
        """One document.

        Raises:
            UnknownDocumentError: there is none of that name; the message names the nearest.
        """
        with self._reading() as connection:
            row = connection.execute(sa.select(shelves.documents).where(shelves.documents.c.doc == doc)).mappings().first()
        if row is None:
            raise _unknown(doc, [info.doc for info in self.documents()])
        return _info(row)

    def by_digest(self, digest: str) -> DocumentInfo | None:
        """The document with these bytes, or None."""
        with self._reading() as connection:
            row = connection.execute(sa.select(shelves.documents).where(shelves.documents.c.digest == digest)).mappings().first()
        return None if row is None else _info(row)

    def name_for(self, path: Path) -> tuple[str, bool]:
        """The name a file gets, and whether it replaces the document that the same path gave before.

        The stem, unless another file has it; then the stem with -2, -3, ….
        """
        source = str(path.resolve())
        with self._reading() as connection:
            columns = (shelves.documents.c.doc, shelves.documents.c.source)
            known = {row.doc: row.source for row in connection.execute(sa.select(*columns))}
        for doc, theirs in known.items():
            if theirs == source:
                return doc, True
        name, number = path.stem, 1
        while name in known:
            number += 1
            name = f"{path.stem}-{number}"
        return name, False

    def add(self, entry: Entry, source: Path) -> str:
        """Put a document on the shelf, whole or not at all. Call inside `locked`.

        Args:
            entry: the document as read; `entry.document.doc` comes from `name_for`.
            source: its file, which is copied into the library.

        Returns:
            added, unchanged (the same bytes are there) or replaced (the same path gave other bytes before).

        Raises:
            StorageError: the disk is full or read-only; the library is as it was.
        """
        document = entry.document
        if self.by_digest(document.digest) is not None:
            return "unchanged"
        self._copy(source, document.digest)
        with self._writing() as connection:
            removed = shelves.remove(connection, document.doc)
            shelves.put(connection, _document_row(entry, source), _rows(entry))
            _touch(connection)
        return "replaced" if removed else "added"

    def remove(self, doc: str) -> None:
        """Take a document out. Call inside `locked`."""
        info = self.get(doc)
        with self._writing() as connection:
            shelves.remove(connection, doc)
            _touch(connection)
        self._file(info.digest).unlink(missing_ok=True)

    def facts(self, doc: str) -> tuple[Fact, ...]:
        """Facts of a document in reading order."""
        return self._all(doc, "facts", Fact)

    def reasons(self, doc: str) -> tuple[Reason, ...]:
        """Reasons of a document in reading order."""
        return self._all(doc, "reasons", Reason)

    def passages(self, doc: str) -> tuple[Passage, ...]:
        """Passages of a document in reading order."""
        return self._all(doc, "passages", Passage)

    def tables(self, doc: str) -> tuple[Table, ...]:
        """Tables of a document in reading order."""
        return self._all(doc, "tables", Table)

    def pages(self, doc: str) -> tuple[Page, ...]:
        """Pages of a document with their lines."""
        return self._all(doc, "pages", Page)

    def findings(self, doc: str) -> tuple[Finding, ...]:
        """The checker's findings on a document."""
        return self.report(doc).findings

    def report(self, doc: str) -> CheckReport:
        """What the checker covered and found in a document."""
        return self._all(doc, "reports", CheckReport)[0]

    def unread(self, doc: str) -> tuple[Unread, ...]:
        """What could not be read in a document."""
        return self._all(doc, "unread", Unread)

    def file(self, doc: str) -> Path:
        """The library's copy of the document's file."""
        return self._file(self.get(doc).digest)

    def version(self) -> int:
        """Counts every change of the library; an index of another version is out of step."""
        with self._reading() as connection:
            return int(connection.execute(sa.select(shelves.state.c.version)).scalar_one())

    def embeddings(self) -> set[str]:
        """Names of the embeddings that made the stored vectors."""
        with self._reading() as connection:
            return set(connection.execute(sa.select(shelves.vectors.c.embedding).distinct()).scalars())

    def vectors(self, doc: str) -> list[tuple[str, bytes]]:
        """(passage id, vector) of a document's passages in reading order."""
        v = shelves.vectors
        with self._reading() as connection:
            return [(row.id, row.vector) for row in connection.execute(sa.select(v.c.id, v.c.vector).where(v.c.doc == doc).order_by(v.c.n))]

    def replace_vectors(self, doc: str, vectors: Sequence[bytes], embedding: str) -> None:
        """Set the vectors of a document's passages, in reading order. Call inside `locked`."""
        v = shelves.vectors
        with self._writing() as connection:
            for n, vector in enumerate(vectors):
                connection.execute(v.update().where(v.c.doc == doc, v.c.n == n).values(vector=vector, embedding=embedding))
            _touch(connection)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the one process that writes.

        Raises:
            LibraryLockedError: another process keeps writing.
        """
        with locked(self.home):
            yield

    def close(self) -> None:
        """Give back the database's connections."""
        self._engine.dispose()

    def _all(self, doc: str, shelf: str, kind: type[T]) -> tuple[T, ...]:
        digest = self.get(doc).digest
        key = (doc, digest, shelf)
        if key not in self._kept:
            with self._reading() as connection:
                texts = shelves.read(connection, doc, shelf)
            self._kept[key] = _adapter(tuple[kind, ...]).validate_json(  # type: ignore[valid-type]  # the alias is made at run time
                "[" + ",".join(texts) + "]"
            )
        found: tuple[T, ...] = self._kept[key]
        return found

    def _file(self, digest: str) -> Path:
        return self.home / "files" / digest

    def _copy(self, source: Path, digest: str) -> None:
        """Keep the file; a half copy never has the final name."""
        target = self._file(digest)
        if target.exists():
            return
        partial = target.with_suffix(f".{os.getpid()}.partial")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, partial)
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise storage(self.home, error) from error

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except (OperationalError, DBAPIError) as error:
            raise LibraryError(f"资料库读不出来：{error.orig}", f"the library cannot be read: {error.orig}") from error

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except (OperationalError, DBAPIError) as error:
            raise StorageError(
                f"资料库写不进去（{error.orig}）：请检查磁盘空间和权限；原有资料没有变",
                f"the library cannot be written ({error.orig}): check the disk's space and permissions; nothing in it changed",
            ) from error


def open_library(settings: Settings) -> Library:
    """Open the library, making it where there is none.

    Raises:
        StorageError: the folder or the database cannot be made.
    """
    home = settings.home
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage(home, error) from error
    engine = sa.create_engine(settings.library_url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _tuned)
    try:
        if not shelves.made(engine):
            with locked(home):
                shelves.make(engine)
    except (OperationalError, DBAPIError) as error:
        engine.dispose()
        raise StorageError(f"资料库打不开：{error.orig}", f"the library cannot be opened: {error.orig}") from error
    return Library(engine, home)


@contextmanager
def locked(home: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the library's lock; released by the system when the process ends, however it ends.

    Raises:
        LibraryLockedError: another process holds it.
        StorageError: the folder cannot be written.
    """
    lock = filelock.FileLock(home / "library.lock", timeout=seconds)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise LibraryLockedError(
            "另一个明账进程正在写资料库，请等它完成后再试", "another mingzhang process is writing to the library; try again when it is done"
        ) from error
    except OSError as error:
        raise storage(home, error) from error
    try:
        yield
    finally:
        lock.release()


def storage(home: Path, error: OSError) -> StorageError:
    """The storage error for a failed file operation."""
    if error.errno == errno.ENOSPC:
        return StorageError(f"磁盘满了：{home}；原有资料没有变", f"the disk is full: {home}; nothing in the library changed")
    return StorageError(
        f"{home} 写不进去（{error.strerror}）；原有资料没有变",
        f"{home} cannot be written ({error.strerror}); nothing in the library changed",
    )


def _tuned(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own connection
    """Readers go on while one process writes; a crash loses no committed document."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=10000")
    connection.execute("PRAGMA foreign_keys=ON")


def _touch(connection: sa.Connection) -> None:
    connection.execute(shelves.state.update().values(version=shelves.state.c.version + 1))


def _info(row: sa.RowMapping) -> DocumentInfo:
    return DocumentInfo(
        doc=row["doc"],
        title=row["title"],
        org=row["org"],
        year=row["year"],
        kind=Kind(row["kind"]),
        level=row["level"],
        pages=row["pages"],
        digest=row["digest"],
        passages=row["passages"],
        tables=row["tables"],
        findings=row["findings"],
    )


def _document_row(entry: Entry, source: Path) -> dict[str, Any]:
    d = entry.document
    return {
        "doc": d.doc, "digest": d.digest, "source": str(source.resolve()), "title": d.title, "org": d.org, "year": d.year,
        "kind": d.kind.value, "level": d.level, "pages": len(d.pages), "passages": len(entry.passages), "tables": len(d.tables),
        "findings": len(entry.report.findings),
    }  # fmt: skip


def _rows(entry: Entry) -> dict[str, list[dict[str, Any]]]:
    """The rows of every shelf for one document."""
    doc = entry.document.doc
    kept: dict[str, Sequence[Any]] = {
        "facts": entry.disclosure.facts,
        "reasons": entry.disclosure.reasons,
        "passages": entry.passages,
        "tables": entry.document.tables,
        "pages": entry.document.pages,
        "reports": (entry.report,),
        "unread": (*entry.document.unread, *entry.disclosure.unread),
    }
    rows = {
        shelf: [{"doc": doc, "n": n, **shelves.columns(record), "data": _json(record)} for n, record in enumerate(records)]
        for shelf, records in kept.items()
    }
    rows["vectors"] = [
        {"doc": doc, "n": n, "id": passage.id, "embedding": entry.embedding, "vector": vector}
        for n, (passage, vector) in enumerate(zip(entry.passages, entry.vectors, strict=True))
    ]
    return rows


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a type, or a generic alias of one
    """The adapter of a record type, made once."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _json(record: object) -> str:
    text: bytes = _adapter(type(record)).dump_json(record)
    return text.decode()


def _unknown(doc: str, known: Sequence[str]) -> UnknownDocumentError:
    near = get_close_matches(doc, known, n=3, cutoff=0.3) or list(known)[:3]
    shown = "、".join(near) if near else "（资料库是空的）"
    return UnknownDocumentError(
        f"资料库里没有 {doc}；相近的有：{shown}", f"the library holds no {doc}; nearest: {', '.join(near) or 'none, it is empty'}"
    )


def renamed(document: Document, doc: str) -> Document:
    """The document under another name."""
    return replace(document, doc=doc)
