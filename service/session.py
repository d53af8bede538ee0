"""A library kept open for many questions: ask, read in, read again, remove, keep."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import prompts
from service import shelving
from service.answering import examples, narrowing, respond
from service.errors import InputError, LibraryLockedError
from service.holdings import Holdings
from service.library import Kept, Library, edition
from service.record import OnStage
from service.records import Answer, Hit
from service.search import index, likeness, retrieve
from service.search.likeness import Likeness
from service.settings import Settings
from service.shelving import Ingested, IngestReport, Progress


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
        return shelving.ingest(paths, self._shelf, self.settings, on_progress, on_stage)

    def reread(self, doc: str, on_stage: OnStage | None = None) -> Ingested:
        """Read a document's file again, whatever edition of this program read it before.

        Raises:
            UnknownDocumentError: the library holds no such document.
            InputError: its file cannot be read.
        """
        return shelving.reread(doc, self._shelf, self.settings, on_stage)

    def remove(self, doc: str) -> None:
        """Take a document out of the library; the one that was compared with it is checked again without.

        Raises:
            UnknownDocumentError: the library holds no such document.
        """
        shelving.remove([doc], self._shelf, self.settings)

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
        """The k passages nearest to a question: of these documents; None: of those that it can be about by what it names."""
        if docs is None:
            every = self.documents()
            left = narrowing.documents(question, every)
            # Nothing is named: all documents are searched as one, none has turns of its own.
            docs = [info.doc for info in left] if len(left) < len(every) else None
        return retrieve.find(self._shelf, question, settings=self.settings, docs=docs, k=k)

    def likeness(self, question: str) -> Likeness:
        """How near each document is to a question."""
        return likeness.read(self._shelf, question)

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
