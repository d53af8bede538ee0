"""One file → everything that is derived from it; in this process, or in workers that a bad file cannot take along."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from service import workers
from service.checks import run as checks
from service.errors import InputError, StoppedError
from service.facts import rules as facts
from service.records import CheckReport, Disclosure, Document, DocumentInfo, Kind, Passage
from service.search import passages
from service.settings import Settings
from service.workers import Cause, Lost


class Stage(StrEnum):
    """What is being done with a file; `TABLES` is told by the reader."""

    READING = "读取"
    TABLES = workers.TABLES
    FACTS = "抽取"
    CHECKS = "核对"
    INDEX = "索引"


OnStage = Callable[[Path, Stage], None]
"""Called when a stage of a file begins, from any thread."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is derived from one file."""

    document: Document
    disclosure: Disclosure
    report: CheckReport
    passages: tuple[Passage, ...]

    @property
    def info(self) -> DocumentInfo:
        """The document as the library would list it."""
        d = self.document
        counts = (len(self.passages), len(d.tables), len(self.report.findings))
        return DocumentInfo(d.doc, d.title, d.org, d.year, d.kind, d.level, len(d.pages), d.digest, *counts)


def record(path: Path, settings: Settings, doc: str | None = None) -> Record:
    """Read a file, extract its facts, check them, and cut it into passages, in this process. Needs no library.

    Raises:
        InputError: the file cannot be read; the subclass says why.
    """
    workers.tell(Stage.READING)
    document = _read(path, settings, doc)
    workers.tell(Stage.FACTS)
    disclosure = facts.read(document)
    workers.tell(Stage.CHECKS)
    report = checks.check(document, disclosure)
    return Record(document, disclosure, report, tuple(passages.cut(document)))


def following(made: Record, earlier: Disclosure) -> Record:
    """The record, checked again beside what last year's document of the same body says."""
    return replace(made, report=checks.check(made.document, made.disclosure, earlier))


def precedes(earlier: Disclosure | DocumentInfo, later: Disclosure | DocumentInfo) -> bool:
    """Whether one is the other's of the year before: the same body, the same kind of disclosure."""
    return (
        bool(later.org)
        and later.year is not None
        and later.kind is not Kind.OTHER
        and (earlier.org, earlier.kind, earlier.year) == (later.org, later.kind, later.year - 1)
    )


def records(
    todo: Sequence[tuple[Path, str]], settings: Settings, on_stage: OnStage | None = None
) -> Iterator[tuple[Path, Record | InputError]]:
    """Records of files as they are done, or why there is none; each file is read in a worker, within the settings' limits.

    Args:
        todo: (file, name of its document).
        settings: limits.
        on_stage: told what is being done with each file.
    """

    def told(job: tuple[Path, str, Settings], word: str) -> None:
        if on_stage is not None:
            on_stage(job[0], Stage(word))

    count = min(settings.workers or os.cpu_count() or 1, len(todo))
    jobs = ((path, doc, settings) for path, doc in todo)
    limits = workers.Limits(settings.read_timeout, settings.read_memory_mb)
    for (path, _, _), outcome in workers.run(_outcome, jobs, max(count, 1), limits, told):
        yield path, _stopped(path, outcome, settings) if isinstance(outcome, Lost) else outcome


def document(path: Path, settings: Settings) -> Document:
    """Read a file in a worker: its pages, sections and tables.

    Raises:
        InputError: the file cannot be read; the subclass says why.
    """
    limits = workers.Limits(settings.read_timeout, settings.read_memory_mb)
    ((_, outcome),) = workers.run(_document, [(path, path.stem, settings)], 1, limits)
    if isinstance(outcome, Lost):
        raise _stopped(path, outcome, settings)
    if isinstance(outcome, InputError):
        raise outcome
    return outcome


def _read(path: Path, settings: Settings, doc: str | None) -> Document:
    from service.reading import document as reading  # kept out of the start: PyMuPDF takes a second

    return reading.read(path, settings, doc)


def _outcome(job: tuple[Path, str, Settings]) -> Record | InputError:
    """The record, or the error that was meant for the user."""
    path, doc, settings = job
    try:
        return record(path, settings, doc)
    except InputError as error:
        return error


def _document(job: tuple[Path, str, Settings]) -> Document | InputError:
    path, doc, settings = job
    try:
        return _read(path, settings, doc)
    except InputError as error:
        return error


def _stopped(path: Path, lost: Lost, settings: Settings) -> StoppedError:
    """What the user is told of a file whose worker gave no result."""
    if lost.cause is Cause.TIME:
        seconds = f"{settings.read_timeout:g}"
        return StoppedError(
            f"{path.name}：{seconds} 秒还没有读完，已停止（MINGZHANG_READ_TIMEOUT）",
            f"{path.name}: not read within {seconds} seconds, given up (MINGZHANG_READ_TIMEOUT)",
        )
    if lost.cause is Cause.MEMORY:
        return StoppedError(
            f"{path.name}：读取需要的内存超过上限 {settings.read_memory_mb} MiB，已停止（MINGZHANG_READ_MEMORY_MB）",
            f"{path.name}: reading takes more than {settings.read_memory_mb} MiB of memory, given up (MINGZHANG_READ_MEMORY_MB)",
        )
    return StoppedError(
        f"{path.name}：读取时程序出错（{lost.detail}），已跳过",
        f"{path.name}: the reader failed on it ({lost.detail}); skipped",
    )
