"""What the page asks of an open library: `service.pipeline.Session` is one, tests bring their own."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from service.api import Library
from service.errors import MingzhangError
from service.library import Journal
from service.record import OnStage
from service.records import Answer, DocumentInfo


class Event(Protocol):
    """A step of answering (`service.pipeline.Event`)."""

    @property
    def text(self) -> str:
        """The status in Chinese."""

    @property
    def answer(self) -> Answer | None:
        """The verified answer, on the last event."""


class Ingested(Protocol):
    """A document read (`service.pipeline.Ingested`)."""

    @property
    def info(self) -> DocumentInfo:
        """The document as listed."""

    @property
    def status(self) -> str:
        """added, unchanged or replaced."""


class Failed(Protocol):
    """A file that could not be read (`service.pipeline.Failed`)."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def error(self) -> MingzhangError:
        """What is wrong."""


class Report(Protocol):
    """An ingestion's outcome (`service.pipeline.IngestReport`)."""

    @property
    def documents(self) -> Sequence[Ingested]:
        """The files read."""

    @property
    def failed(self) -> Sequence[Failed]:
        """The files not read."""


class Session(Library, Protocol):
    """An open library."""

    @property
    def journal(self) -> Journal:
        """Answers given, and what people said of them."""

    def ask_events(self, question: str, *, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> Iterator[Event]:
        """Statuses, then the answer."""

    def keep(self, answer: Answer, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> str:
        """Keep an answer; gives its key."""

    def ingest(self, paths: Sequence[Path], *, on_stage: OnStage | None = None) -> Report:
        """Read files into the library."""

    def reread(self, doc: str, on_stage: OnStage | None = None) -> Ingested:
        """Read a document's file again."""

    def remove(self, doc: str) -> None:
        """Take a document out of the library."""

    def page_size(self, doc: str, page: int) -> tuple[float, float]:
        """Width and height of a page (from 1) in points."""

    def examples(self) -> Sequence[str]:
        """Questions that the library can answer."""
