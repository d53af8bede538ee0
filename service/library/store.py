"""`Library`: what is known about every document, kept in SQL. Each document comes and goes in one transaction."""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update

from service.errors import UnknownDocumentError
from service.library import files, packing, rows, schema
from service.library.entries import Addition, Entry, Vectors
from service.library.journal import Journal
from service.library.lock import Lock
from service.library.putting import put, token
from service.library.rows import Origin
from service.records import CheckReport, Disclosure, DocumentInfo, Fact, Finding, Line, Page, Passage, Reason, Table, Unread
from service.settings import Settings

_REVISIONS = select(schema.documents.c.doc, schema.documents.c.revision)
"""What tells whether the library has changed; asked several times a question."""


@dataclass(slots=True)
class _Shelf:
    """What has been read of one document; dropped when its revision is no longer the library's."""

    info: DocumentInfo
    revision: str
    kept: dict[str, Any] = field(default_factory=dict)


class Library:
    """An open library. Readers may share it between threads and need no lock; writers take it themselves."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        """Use `Library.open`."""
        self.home: Path = settings.home
        self._engine = engine
        self._shelves: dict[str, _Shelf] = {}
        self._guard = threading.Lock()
        self._lock: Lock | None = None
        self.journal = Journal(engine, settings.home)
        """Answers given, and what people said of them."""

    @classmethod
    def open(cls, settings: Settings, *, create: bool = True) -> "Library":
        """Open the library of the settings.

        Args:
            settings: where it is.
            create: make an empty one where there is none.

        Raises:
            LibraryError: there is none and `create` is false, or it is of another format or damaged.
            StorageError: its folder cannot be used.
        """
        path = schema.sqlite_path(settings.library_url)
        if not create and path is not None and not path.is_file():
            raise schema.missing(settings.home)
        with schema.failures(settings.home):
            settings.home.mkdir(parents=True, exist_ok=True)
            engine = schema.connect(settings.library_url)
            try:
                schema.settle(engine, settings.home, create=create)
            except BaseException:  # whatever ends it, the connections are given back, and it goes on
                engine.dispose()
                raise
        library = cls(settings, engine)
        library.documents()
        return library

    def close(self) -> None:
        """Close the database's connections."""
        self._engine.dispose()

    @contextmanager
    def writing(self, wait: float | None = None) -> Iterator[None]:
        """Hold the writers' lock, for several changes in a row or for an index.

        Args:
            wait: seconds to wait for another writer; None: `lock.WAIT_SECONDS`.

        Raises:
            LibraryLockedError: another process is writing.
            StorageError: the folder cannot be written.
        """
        with ExitStack() as held:
            # Only taking the lock: what fails inside is not the library's to explain.
            with schema.failures(self.home):
                if self._lock is None:
                    self._lock = Lock(self.home)
                held.enter_context(self._lock.held(wait))
            yield

    # what it holds

    def documents(self) -> list[DocumentInfo]:
        """The documents by name, as they are now; what was cached of changed ones is dropped."""
        revisions = self.revisions()
        with self._guard:
            if {doc: shelf.revision for doc, shelf in self._shelves.items()} == revisions:
                return [shelf.info for shelf in self._shelves.values()]
        with self._reading() as db:
            found = db.execute(select(schema.documents).order_by(schema.documents.c.doc)).all()
        with self._guard:
            old = self._shelves
            self._shelves = {
                row.doc: old[row.doc] if row.doc in old and old[row.doc].revision == row.revision else _Shelf(rows.info(row), row.revision)
                for row in found
            }
            return [shelf.info for shelf in self._shelves.values()]

    def revisions(self) -> dict[str, str]:
        """The revision of every document, as it is now."""
        with self._reading() as db:
            return {row.doc: row.revision for row in db.execute(_REVISIONS)}

    def get(self, doc: str) -> DocumentInfo:
        """A document by name.

        Raises:
            UnknownDocumentError: the library holds none of that name; the message has the nearest ones.
        """
        return self._shelf(doc).info

    def by_digest(self, digest: str) -> DocumentInfo | None:
        """The document with these bytes, or None."""
        return next((info for info in self.documents() if info.digest == digest), None)

    def current(self, digest: str) -> DocumentInfo | None:
        """The document with these bytes if this edition of the program read it: then there is nothing to read again."""
        with self._reading() as db:
            wanted = (schema.documents.c.digest == digest) & (schema.documents.c.edition == files.edition())
            row = db.execute(select(schema.documents).where(wanted)).one_or_none()
        return None if row is None else rows.info(row)

    def disclosure(self, doc: str) -> Disclosure:
        """The facts and reasons of a document, with what could not be read."""
        found: Disclosure = self._part(doc, "disclosure")
        return found

    def said(self, doc: str) -> str:
        """Hash of what a document says (its disclosure), whatever its name."""
        wanted = (schema.parts.c.doc == doc) & (schema.parts.c.part == "disclosure")
        with self._reading() as db:
            data = db.execute(select(schema.parts.c.data).where(wanted)).scalar_one_or_none()
        if data is None:
            raise self._unknown(doc)
        return hashlib.sha256(data).hexdigest()

    def beside(self) -> dict[str, str]:
        """Which documents' reports were checked beside another document's, and what that one said then (`said`)."""
        wanted = select(schema.parts.c.doc, schema.parts.c.data).where(schema.parts.c.part == rows.BESIDE)
        with self._reading() as db:
            return {row.doc: row.data.decode("ascii") for row in db.execute(wanted)}

    def facts(self, docs: Sequence[str] | None = None) -> dict[str, tuple[Fact, ...]]:
        """Facts by document, of the named ones or of all."""
        return {doc: self.disclosure(doc).facts for doc in self._names(docs)}

    def reasons(self, docs: Sequence[str] | None = None) -> dict[str, tuple[Reason, ...]]:
        """Reasons by document, of the named ones or of all."""
        return {doc: self.disclosure(doc).reasons for doc in self._names(docs)}

    def report(self, doc: str) -> CheckReport:
        """What the checker covered and found in a document."""
        found: CheckReport = self._part(doc, "report")
        return found

    def findings(self, doc: str) -> tuple[Finding, ...]:
        """The checker's findings on a document."""
        return self.report(doc).findings

    def tables(self, doc: str) -> tuple[Table, ...]:
        """The tables of a document in reading order."""
        found: tuple[Table, ...] = self._part(doc, "tables")
        return found

    def unread(self, doc: str) -> tuple[Unread, ...]:
        """What could not be read of a document."""
        found: tuple[Unread, ...] = self._part(doc, "unread")
        return found

    def page(self, doc: str, number: int) -> Page:
        """A page as read; `number` counts from 1.

        Raises:
            UnknownDocumentError: no such document or page.
        """
        shelf = self._shelf(doc)
        if not 1 <= number <= shelf.info.pages:
            raise UnknownDocumentError(
                f"{doc}：没有第 {number} 页（共 {shelf.info.pages} 页）", f"{doc}: no page {number} (it has {shelf.info.pages})"
            )
        kept = shelf.kept.get(f"page {number}")
        if kept is None:
            with self._reading() as db:
                wanted = (schema.pages.c.doc == doc) & (schema.pages.c.number == number)
                kept = rows.page(db.execute(select(schema.pages).where(wanted)).one())
            shelf.kept[f"page {number}"] = kept
        page: Page = kept
        return page

    def page_lines(self, doc: str, page: int) -> tuple[Line, ...]:
        """The printed lines of a page (from 1), so that quotes can be found without opening the file."""
        return self.page(doc, page).lines

    def passages(self, doc: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order."""
        shelf = self._shelf(doc)
        if "passages" not in shelf.kept:
            chosen = select(schema.passages).where(schema.passages.c.doc == doc).order_by(schema.passages.c.ordinal)
            with self._reading() as db:
                shelf.kept["passages"] = tuple(map(rows.passage, db.execute(chosen)))
        found: tuple[Passage, ...] = shelf.kept["passages"]
        return found

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages of these ids that the library still holds."""
        found: dict[str, Passage] = {}
        by_doc: dict[str, list[int]] = {}
        for doc, _, ordinal in (name.rpartition("#") for name in ids):
            kept = self._shelves[doc].kept.get("passages") if doc in self._shelves else None
            if kept is None:
                by_doc.setdefault(doc, []).append(int(ordinal))
            elif int(ordinal) < len(kept):
                found[f"{doc}#{ordinal}"] = kept[int(ordinal)]
        if not by_doc:
            return found
        with self._reading() as db:
            for doc, ordinals in by_doc.items():
                wanted = (schema.passages.c.doc == doc) & schema.passages.c.ordinal.in_(ordinals)
                found.update((p.id, p) for p in map(rows.passage, db.execute(select(schema.passages).where(wanted))))
        return found

    def vectors(self, doc: str) -> Vectors:
        """The embeddings of a document's passages."""
        with self._reading() as db:
            row = db.execute(select(schema.vectors).where(schema.vectors.c.doc == doc)).one_or_none()
        if row is None:
            raise self._unknown(doc)
        return Vectors(row.embedding, row.dimension, row.data)

    def embeddings(self) -> set[tuple[str, int]]:
        """Names and dimensions of the embeddings in use: one, or none in an empty library."""
        with self._reading() as db:
            return {
                (row.embedding, row.dimension)
                for row in db.execute(select(schema.vectors.c.embedding, schema.vectors.c.dimension).distinct())
            }

    def pdf_path(self, doc: str) -> Path:
        """The library's own copy of the file."""
        self._shelf(doc)
        with self._reading() as db:
            name: str = db.execute(select(schema.documents.c.file).where(schema.documents.c.doc == doc)).scalar_one()
        return files.folder(self.home) / name

    # changes

    def add(self, entry: Entry, path: Path) -> Addition:
        """Add a document in one transaction.

        Bytes that the library holds are one document: "unchanged", or "replaced" when this program reads more in them than
        the one before. Other bytes at the path of a held document replace it under its name. Otherwise the document is
        "added" under its name, or under name-2, name-3, … where that is taken.

        Args:
            entry: what was read.
            path: the file it was read from.

        Raises:
            LibraryLockedError: another process is writing.
            StorageError: it cannot be written; nothing has changed.
            InputError: the file changed since it was read.
        """
        source = str(path.resolve())
        with schema.failures(self.home), self.writing():
            origin = Origin(source, files.keep(self.home, path, entry.document.digest), files.edition())
            with self._engine.begin() as db:
                status, doc = put(db, entry, origin)
            self._tidy()
        return Addition(self._fresh(doc), status)

    def remove(self, doc: str) -> None:
        """Remove a document and the library's copy of its file.

        Raises:
            UnknownDocumentError: no such document.
            LibraryLockedError: another process is writing.
            StorageError: it cannot be written; nothing has changed.
        """
        with schema.failures(self.home), self.writing():
            with self._engine.begin() as db:
                gone = db.execute(delete(schema.documents).where(schema.documents.c.doc == doc)).rowcount
            if not gone:
                raise self._unknown(doc)
            self._tidy()
        self.documents()

    def put_vectors(self, made: Mapping[str, Vectors]) -> None:
        """Replace the vectors of documents, all in one transaction, so that no two embeddings are ever mixed.

        Raises:
            LibraryLockedError: another process is writing.
            StorageError: it cannot be written; nothing has changed.
        """
        with schema.failures(self.home), self.writing(), self._engine.begin() as db:
            for doc, vectors in made.items():
                values = rows.vectors(doc, vectors)
                db.execute(update(schema.vectors).where(schema.vectors.c.doc == doc).values(values))
                db.execute(update(schema.documents).where(schema.documents.c.doc == doc).values(revision=token()))

    def _fresh(self, doc: str) -> DocumentInfo:
        self.documents()
        return self.get(doc)

    def _tidy(self) -> None:
        with self._reading() as db:
            files.sweep(self.home, db.execute(select(schema.documents.c.file)).scalars())

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with schema.failures(self.home), self._engine.connect() as db:
            yield db

    def _names(self, docs: Sequence[str] | None) -> list[str]:
        return [info.doc for info in self.documents()] if docs is None else list(docs)

    def _shelf(self, doc: str) -> _Shelf:
        shelf = self._shelves.get(doc)
        if shelf is None:
            self.documents()
            shelf = self._shelves.get(doc)
        if shelf is None:
            raise self._unknown(doc)
        return shelf

    def _part(self, doc: str, name: str) -> Any:  # noqa: ANN401 - the record that `packing.PARTS` names; the callers say which
        shelf = self._shelf(doc)
        if name not in shelf.kept:
            wanted = (schema.parts.c.doc == doc) & (schema.parts.c.part == name)
            with self._reading() as db:
                data = db.execute(select(schema.parts.c.data).where(wanted)).scalar_one_or_none()
            if data is None:
                raise self._unknown(doc)
            record = packing.PARTS[name].unpack(data)
            # Packed without a name, so that one content is one hash under any name.
            shelf.kept[name] = replace(record, doc=doc) if isinstance(record, Disclosure | CheckReport) else record
        return shelf.kept[name]

    def _unknown(self, doc: str) -> UnknownDocumentError:
        names = list(self._shelves)
        near = get_close_matches(doc, names, n=3, cutoff=0.3) or names[:3]
        zh, en = (
            (f"；相近的有：{'、'.join(near)}", f"; nearest: {', '.join(near)}") if near else ("（资料库是空的）", " (the library is empty)")
        )
        return UnknownDocumentError(f"资料库里没有 {doc}{zh}", f"the library holds no document {doc}{en}")
