"""Every job of the command line and the page, each stage by its name: ingest, ask, extract, check, tables."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import prompts
from service import extraction
from service import record as reading
from service.answering import examples, respond
from service.errors import InputError, LibraryLockedError, MingzhangError, ModelError, NotFoundError
from service.extraction import Engine, Extraction
from service.holdings import Holdings
from service.library import Entry, Kept, Library, edition
from service.library.putting import UNCHANGED
from service.reading import digest, ocr
from service.record import OnStage, Stage
from service.record import Record as Record
from service.record import document as document
from service.record import record as record
from service.records import (
    Answer,
    Disclosure,
    DocumentInfo,
    Hit,
)
from service.search import embedding, index, retrieve
from service.settings import Settings

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, name of the file just done)."""

LONGEST_QUESTION = 2000
"""Characters of a question at most: a longer one is a pasted document."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that is in the library, and whether it was added, unchanged or replaced."""

    info: DocumentInfo
    status: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read."""

    path: Path
    error: MingzhangError


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of some files, and what could not be."""

    records: tuple[Record, ...]
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did."""

    documents: tuple[Ingested, ...]
    failed: tuple[Failed, ...]


def files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and the PDFs under the folders named, each once, in order.

    Raises:
        NotFoundError: a path does not exist, or a folder holds nothing to read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
            if not inside:
                raise NotFoundError(f"{path}：文件夹里没有 PDF", f"{path}: no PDF in this folder")
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            raise NotFoundError(f"{path}：没有这个文件或文件夹", f"{path}: no such file or folder")
    return list(found)


def records(paths: Sequence[Path], settings: Settings, progress: Progress | None = None) -> Reading:
    """Read, extract and check files, in their order; one that cannot be read is reported and the others go on."""
    outcomes: dict[Path, Record | MingzhangError | None] = {}
    for path in paths:
        try:
            outcomes.update(dict.fromkeys(files([path])))
        except NotFoundError as error:
            outcomes[path] = error
    todo = [(path, _readable(path.stem)) for path, outcome in outcomes.items() if outcome is None]
    for done, (path, outcome) in enumerate(reading.records(todo, settings), 1):
        outcomes[path] = outcome
        if progress is not None:
            progress(done, len(todo), path.name)
    made = tuple(outcome for outcome in outcomes.values() if isinstance(outcome, Record))
    return Reading(
        tuple(_beside(record, [other.disclosure for other in made]) for record in made),
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


def _beside(made: Record, others: Sequence[Disclosure]) -> Record:
    """The record, checked against last year's where that is among the others."""
    earlier = next((other for other in others if reading.precedes(other, made.disclosure)), None)
    return made if earlier is None else reading.following(made, earlier)


def _readable(name: str) -> str:
    """A file's name that can be printed and stored: bytes that are not UTF-8 are often GB 18030 (archives made on Windows)."""
    data = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("utf-8", "replace")


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
        return _ingest(paths, shelf, settings, progress)
    finally:
        index.close(shelf)
        shelf.close()


def _found(paths: Sequence[Path]) -> tuple[list[Path], list[Failed]]:
    """The files to read, and the paths where there is nothing; an error when there is nothing anywhere."""
    found: dict[Path, None] = {}
    failed: list[Failed] = []
    for path in paths:
        try:
            found.update(dict.fromkeys(files([path])))
        except NotFoundError as error:
            failed.append(Failed(path, error))
    if failed and not found:
        raise failed[0].error
    return list(found), failed


def _ingest(
    paths: Sequence[Path], shelf: Library, settings: Settings, progress: Progress | None, on_stage: OnStage | None = None
) -> IngestReport:
    done: dict[Path, Ingested] = {}
    found, failed = _found(paths)

    def step(name: str) -> None:
        if progress is not None:
            progress(min(len(done) + len(failed), len(found)), len(found), name)

    with shelf.writing():
        index.opened(shelf).fits(settings)
        todo: list[tuple[Path, str]] = []
        for path in found:
            try:
                known = shelf.current(_digest(path))
            except InputError as error:
                failed.append(Failed(path, error))
                step(path.name)
                continue
            if known is not None and not ocr.would_help(shelf.unread(known.doc)):
                done[path] = Ingested(known, UNCHANGED)
                step(path.name)
            else:
                todo.append((path, path.stem))
        compared: set[tuple[str, str]] = set()
        if todo:
            index.opened(shelf).expect()
        for path, outcome in reading.records(todo, settings, on_stage):
            if isinstance(outcome, MingzhangError):
                failed.append(Failed(path, outcome))
            else:
                before = _last_year(shelf, outcome.disclosure)
                if on_stage is not None:
                    on_stage(path, Stage.INDEX)
                done[path] = _added(path, outcome, shelf, settings)
                compared.update((done[path].info.doc, doc) for doc in before)
            step(path.name)
        fresh = {item.info.doc for item in done.values() if item.status != UNCHANGED}
        _compare_again(shelf, settings, fresh, compared)
        index.ensure(settings, shelf)
    return IngestReport(tuple(done[path] for path in found if path in done), tuple(failed))


def _added(path: Path, made: Record, shelf: Library, settings: Settings) -> Ingested:
    """Put one record on the shelf, checked against last year's where the shelf has that."""
    made = _beside(made, [shelf.disclosure(doc) for doc in _last_year(shelf, made.disclosure)])
    vectors = embedding.vectors(settings, made.passages)
    addition = shelf.add(Entry(made.document, made.disclosure, made.report, made.passages, vectors), path)
    return Ingested(addition.info, addition.status)


def _last_year(shelf: Library, made: Disclosure | DocumentInfo) -> list[str]:
    """The same body's document of the year before, where the library has it."""
    return [info.doc for info in shelf.documents() if reading.precedes(info, made)]


def _compare_again(shelf: Library, settings: Settings, fresh: set[str], compared: set[tuple[str, str]]) -> None:
    """Check documents again whose year before has only just arrived."""
    late = [
        info.doc for info in shelf.documents() if any(doc in fresh and (info.doc, doc) not in compared for doc in _last_year(shelf, info))
    ]
    _check_again(shelf, settings, late)


def _check_again(shelf: Library, settings: Settings, docs: Sequence[str]) -> None:
    """Check documents beside what the library holds of the year before."""
    for path, outcome in reading.records([(shelf.pdf_path(doc), doc) for doc in docs], settings):
        if not isinstance(outcome, MingzhangError):
            _added(path, outcome, shelf, settings)


def _digest(path: Path) -> str:
    """The digest of a file that the library can keep: databases hold UTF-8 only, and so its path must be.

    Raises:
        InputError: it is not, or the file cannot be read.
    """
    try:
        str(path.resolve()).encode()
    except UnicodeEncodeError as error:
        name = _readable(path.name)
        raise InputError(f"{name}：路径不是 UTF-8，请改名后再读入", f"{name}: its path is not UTF-8; rename it") from error
    return digest.of(path)


def remove(docs: Sequence[str], settings: Settings) -> None:
    """Take documents out of the library; those that were compared with them are checked again without.

    Raises:
        UnknownDocumentError: the library holds no such document.
    """
    shelf = Library.open(settings)
    try:
        with shelf.writing():
            gone = set(docs)
            following = [info.doc for info in shelf.documents() if info.doc not in gone and gone.intersection(_last_year(shelf, info))]
            for doc in docs:
                shelf.remove(doc)
            _check_again(shelf, settings, following)
            index.ensure(settings, shelf)
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


@dataclass(frozen=True, slots=True)
class Event:
    """What the page shows while an answer is made: a status line, or the answer."""

    kind: str
    """status; verified: a status that holds the sentences verified so far; or answer."""
    text: str
    answer: Answer | None = None


def _kind(status: str) -> str:
    return "verified" if status.startswith(respond.VERIFIED) else "status"


class Session(Holdings):
    """A warm library for many questions. Use `open_session`."""

    def warm(self) -> None:
        """Open Chroma here, where many questions will be asked; unless another process has it, or is writing."""
        with suppress(LibraryLockedError):
            index.ensure(self.settings, self._shelf)

    def ask(self, question: str, *, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer a question.

        Args:
            question: the user's words.
            docs: only from these documents; None: the whole library.
            history: (question, answer) pairs before it, oldest first.

        Raises:
            UnknownDocumentError: the library holds no such document.
        """
        return self._answer(question, docs, history, None)

    def ask_events(self, question: str, *, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> Iterator[Event]:
        """Answer a question, telling what is being done; the last event holds the answer."""
        lines: SimpleQueue[Event | BaseException] = SimpleQueue()

        def work() -> None:
            try:
                made = self._answer(question, docs, history, lambda text: lines.put(Event(_kind(text), text)))
                lines.put(Event("answer", made.answer, made))
            except BaseException as error:  # noqa: BLE001 - handed to the thread that waits, which raises it
                lines.put(error)

        Thread(target=work, daemon=True, name="mingzhang-answer").start()
        while True:
            event = lines.get()
            if isinstance(event, BaseException):
                raise event
            yield event
            if event.kind == "answer":
                return

    def ingest(self, paths: Sequence[Path], on_progress: Progress | None = None, on_stage: OnStage | None = None) -> IngestReport:
        """Add files to the library."""
        return _ingest(paths, self._shelf, self.settings, on_progress, on_stage)

    def reread(self, doc: str, on_stage: OnStage | None = None) -> Ingested:
        """Read a document's file again, whatever edition of this program read it before.

        Raises:
            UnknownDocumentError: the library holds no such document.
            InputError: its file cannot be read.
        """
        path = self._shelf.pdf_path(doc)
        with self._shelf.writing():
            ((_, outcome),) = reading.records([(path, doc)], self.settings, on_stage)
            if isinstance(outcome, MingzhangError):
                raise outcome
            done = _added(path, outcome, self._shelf, self.settings)
            index.ensure(self.settings, self._shelf)
        return done

    def remove(self, doc: str) -> None:
        """Take a document out of the library."""
        self._shelf.remove(doc)
        index.ensure(self.settings, self._shelf)

    def keep(self, answer: Answer, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> str:
        """Keep an answer so that it can be opened again.

        Args:
            answer: as given.
            docs: what it was asked of; None: the whole library.
            history: what came before it.

        Returns:
            Its key.
        """
        asked = [self._shelf.get(doc) for doc in docs] if docs else self.documents()
        wording = prompts.digest() if answer.engine == "llm" else edition()
        return self.journal.keep(Kept(answer, tuple((info.doc, info.digest) for info in asked), tuple(history), wording))

    def find(self, question: str, docs: Sequence[str] | None, k: int) -> Sequence[Hit]:
        """The k passages nearest to a question."""
        everything = docs is None or len(docs) == len(self.documents())
        return retrieve.find(self._shelf, question, settings=self.settings, docs=None if everything else docs, k=k)

    def examples(self) -> list[str]:
        """Example questions that the library can answer: made from its documents' own items."""
        return examples.questions(self)

    def close(self) -> None:
        """Give back what is open."""
        index.close(self._shelf)
        self._shelf.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(
        self, question: str, docs: Sequence[str] | None, history: Sequence[tuple[str, str]], on_status: respond.Status | None
    ) -> Answer:
        begun = time.perf_counter()
        if not question.strip():
            raise InputError("问题是空的", "the question is empty")
        chosen = [self._shelf.get(doc) for doc in docs] if docs else self.documents()
        made = respond.answer(respond.Request(question.strip(), tuple(chosen), tuple(history)), self, self.settings, on_status)
        return made.timed(round((time.perf_counter() - begun) * 1000))


def open_session(settings: Settings) -> Session:
    """Open the library for questions.

    Raises:
        StorageError: the library cannot be opened.
    """
    return Session(Library.open(settings), settings)
