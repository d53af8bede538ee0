"""Every job of the command line and the page, each stage by its name: ingest, ask, extract, check, tables."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from service import extraction, named, precedents, shelving
from service import record as reading
from service.errors import MingzhangError, ModelError, NotFoundError
from service.extraction import Engine, Extraction
from service.library import Library
from service.named import Failed as Failed
from service.named import files as files
from service.record import Record as Record
from service.record import document as document
from service.record import record as record
from service.search import index
from service.session import Event as Event
from service.session import Session as Session
from service.session import open_session as open_session
from service.settings import Settings
from service.shelving import Ingested as Ingested
from service.shelving import IngestReport as IngestReport
from service.shelving import Progress as Progress

LONGEST_QUESTION = 2000
"""Characters of a question at most: a longer one is a pasted document."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of some files, and what could not be."""

    records: tuple[Record, ...]
    failed: tuple[Failed, ...]


def records(paths: Sequence[Path], settings: Settings, progress: Progress | None = None) -> Reading:
    """Read, extract and check files, in their order; one that cannot be read is reported and the others go on."""
    outcomes: dict[Path, Record | MingzhangError | None] = {}
    for path in paths:
        try:
            outcomes.update(dict.fromkeys(files([path])))
        except NotFoundError as error:
            outcomes[path] = error
    todo = [(path, named.readable(path.stem)) for path, outcome in outcomes.items() if outcome is None]
    for done, (path, outcome) in enumerate(reading.records(todo, settings), 1):
        outcomes[path] = outcome
        if progress is not None:
            progress(done, len(todo), path.name)
    made = tuple(outcome for outcome in outcomes.values() if isinstance(outcome, Record))
    return Reading(
        tuple(precedents.beside(record, [other.disclosure for other in made]) for record in made),
        tuple(Failed(path, outcome) for path, outcome in outcomes.items() if isinstance(outcome, MingzhangError)),
    )


def extractions(
    made: Sequence[Record], engine: Engine, settings: Settings, on_status: Callable[[str], None] | None = None
) -> Iterator[Extraction | ModelError]:
    """Have the model read what the rules could not, or everything, in documents that the rules have read.

    Args:
        made: the documents with the rules' facts.
        engine: both, or the model alone.
        settings: server and model.
        on_status: told in Chinese what is being done.

    Yields:
        One extraction a document, or why there is none: no model is set, or its server cannot be used. What was read is kept:
        asked again, it goes on there.
    """
    read = extraction.alone if engine is Engine.LLM else extraction.filled
    for one in made:
        tell = partial(_named, on_status, one.document.doc) if on_status is not None else None
        try:
            yield read(one.document, one.disclosure, settings, tell)
        except ModelError as error:
            yield error


def _named(tell: Callable[[str], None], name: str, text: str) -> None:
    tell(f"{name}：{text}")


def ingest(paths: Sequence[Path], settings: Settings, progress: Progress | None = None) -> IngestReport:
    """Read files and add them to the library, then bring the indexes up to date.

    A file that cannot be read is reported and the others go on; every document is added whole or not at all, so that a
    killed ingestion loses no document that was done.

    Raises:
        NotFoundError: a path does not exist.
        LibraryError: the library is locked or cannot be written.
        ModelError: the embedding server failed.
    """
    shelf = Library.open(settings)
    try:
        return shelving.ingest(paths, shelf, settings, progress)
    finally:
        index.close(shelf)
        shelf.close()


def remove(docs: Sequence[str], settings: Settings) -> None:
    """Take documents out of the library; those that were compared with them are checked again without.

    Raises:
        UnknownDocumentError: the library holds no such document.
    """
    shelf = Library.open(settings)
    try:
        shelving.remove(docs, shelf, settings)
    finally:
        index.close(shelf)
        shelf.close()


def reindex(settings: Settings, progress: Progress | None = None) -> int:
    """Rebuild both indexes from the library; after a change of the embedding also the vectors.

    Returns:
        Passages indexed.
    """
    shelf = Library.open(settings)
    try:
        return index.rebuild(settings, shelf, progress)
    finally:
        index.close(shelf)
        shelf.close()
