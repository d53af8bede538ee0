"""Changes of a library: files read and put on its shelf, read again, taken off; what is compared with them is checked again."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from service import named, precedents
from service import record as reading
from service.errors import InputError, MingzhangError
from service.library import Entry, Library
from service.library.putting import UNCHANGED
from service.named import Failed
from service.reading import ocr
from service.record import OnStage, Record, Stage
from service.records import DocumentInfo
from service.search import embedding, index
from service.settings import Settings

log = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, name of the file just done)."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that is in the library, and whether it was added, unchanged or replaced."""

    info: DocumentInfo
    status: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did."""

    documents: tuple[Ingested, ...]
    failed: tuple[Failed, ...]


def ingest(
    paths: Sequence[Path], shelf: Library, settings: Settings, progress: Progress | None = None, on_stage: OnStage | None = None
) -> IngestReport:
    """Read files and put them on the shelf, then check again what is compared with them, and bring the indexes up to date.

    Raises:
        NotFoundError: there is nothing at any of the paths.
        LibraryError: the library is locked or cannot be written.
        ModelError: the embedding server failed.
    """
    done: dict[Path, Ingested] = {}
    found, failed = named.found(paths)

    def step(name: str) -> None:
        if progress is not None:
            progress(min(len(done) + len(failed), len(found)), len(found), name)

    with shelf.writing():
        held = index.opened(shelf)
        held.fits(held.now(), settings)
        todo: list[tuple[Path, str]] = []
        for path in found:
            try:
                known = shelf.current(named.known_by(path))
            except InputError as error:
                failed.append(Failed(path, error))
                step(path.name)
                continue
            if known is not None and not ocr.would_help(shelf.unread(known.doc)):
                done[path] = Ingested(known, UNCHANGED)
                step(path.name)
            else:
                todo.append((path, path.stem))
        if todo:
            index.opened(shelf).expect()
        for path, outcome in reading.records(todo, settings, on_stage):
            if isinstance(outcome, MingzhangError):
                failed.append(Failed(path, outcome))
            else:
                if on_stage is not None:
                    on_stage(path, Stage.INDEX)
                done[path] = _added(path, outcome, shelf, settings)
            step(path.name)
        failed += _check_again(shelf, settings)
        index.ensure(settings, shelf)
    return IngestReport(tuple(done[path] for path in found if path in done), tuple(failed))


def reread(doc: str, shelf: Library, settings: Settings, on_stage: OnStage | None = None) -> Ingested:
    """Read a document's file again, whatever edition of this program read it before.

    Raises:
        UnknownDocumentError: the library holds no such document.
        InputError: its file cannot be read.
    """
    path = shelf.pdf_path(doc)
    with shelf.writing():
        ((_, outcome),) = reading.records([(path, doc)], settings, on_stage)
        if isinstance(outcome, MingzhangError):
            raise outcome
        done = _added(path, outcome, shelf, settings)
        _check_again(shelf, settings)
        index.ensure(settings, shelf)
    return done


def remove(docs: Sequence[str], shelf: Library, settings: Settings) -> None:
    """Take documents off the shelf, all or none.

    Raises:
        UnknownDocumentError: the library holds no such document.
    """
    with shelf.writing():
        names = list(dict.fromkeys(docs))
        for doc in names:
            shelf.get(doc)
        for doc in names:
            shelf.remove(doc)
        _check_again(shelf, settings)
        index.ensure(settings, shelf)


def _added(path: Path, made: Record, shelf: Library, settings: Settings) -> Ingested:
    """Put one record on the shelf, checked against last year's where the shelf has that."""
    earlier = precedents.before(shelf.documents(), made.disclosure)
    if earlier is not None:
        made = reading.following(made, shelf.disclosure(earlier))
    vectors, beside = embedding.vectors(settings, made.passages), shelf.said(earlier) if earlier is not None else ""
    addition = shelf.add(Entry(made.document, made.disclosure, made.report, made.passages, vectors, beside), path)
    return Ingested(addition.info, addition.status)


def _check_again(shelf: Library, settings: Settings) -> list[Failed]:
    """Check the documents whose year before is no longer what they were compared with; those whose files cannot be read any more."""
    failed = []
    for path, outcome in reading.records([(shelf.pdf_path(doc), doc) for doc in precedents.outdated(shelf)], settings):
        if isinstance(outcome, MingzhangError):
            failed.append(Failed(path, outcome))
            log.warning("%s: 上年对照未能更新 / not compared again with the year before: %s", path.name, outcome)
        else:
            _added(path, outcome, shelf, settings)
    return failed
