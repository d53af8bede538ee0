"""Uploads on their way into the library: files → what is being done with each, and what became of it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread

from service.errors import MingzhangError
from service.record import OnStage, Stage
from service.records import DocumentInfo
from ui.session import Ingested, Session
from ui.words import UNFORESEEN

log = logging.getLogger(__name__)

READ_AGAIN = "reread"
"""Status of a document that was read again without anything new in it."""

Jobs = dict[Path, "Job"]
Work = Callable[[OnStage], Jobs]
"""Reads files, telling the stages; gives what became of each."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file on its way."""

    name: str
    stage: Stage | None = None
    """What is being done; None while it waits."""
    status: str = ""
    """added, unchanged, replaced or `READ_AGAIN` when it is done."""
    info: DocumentInfo | None = None
    error: str = ""
    """Why it could not be read."""
    english: str = ""
    """The same in English; empty where `error` is a word of the page."""

    @property
    def done(self) -> bool:
        """Whether nothing more will happen to it."""
        return bool(self.status or self.error)


class Intake:
    """What is being read just now, for everybody who looks at the page."""

    def __init__(self) -> None:
        self._running: dict[int, tuple[Job, ...]] = {}
        self._guard = Lock()

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The files on their way, whoever brought them."""
        with self._guard:
            return tuple(job for jobs in self._running.values() for job in jobs)

    @property
    def reading(self) -> int:
        """How many of them are not done."""
        return sum(not job.done for job in self.jobs)

    def upload(self, session: Session, paths: Sequence[str]) -> Iterator[tuple[Job, ...]]:
        """Read uploaded files into the library: all jobs after each step, the last time with what became of them."""
        files = {Path(path): Job(Path(path).name) for path in paths}

        def work(told: OnStage) -> Jobs:
            report = session.ingest(list(files), on_stage=told)
            done = {failed.path: Job(failed.path.name, error=failed.error.zh, english=failed.error.en) for failed in report.failed}
            read = iter(report.documents)  # in the order of the files
            return {path: done.get(path) or _read(path.name, next(read)) for path in files}

        if files:
            yield from self._watched(files, work)

    def reread(self, session: Session, doc: str) -> Iterator[tuple[Job, ...]]:
        """Read a held document again."""
        try:
            path = session.file(doc)
        except MingzhangError as error:  # somebody else deleted it
            yield (Job(doc, error=error.zh, english=error.en),)
            return

        def work(told: OnStage) -> Jobs:
            done = session.reread(doc, told)
            return {path: Job(doc, status=READ_AGAIN if done.status == "unchanged" else done.status, info=done.info)}

        yield from self._watched({path: Job(doc)}, work)

    def _watched(self, files: Jobs, work: Work) -> Iterator[tuple[Job, ...]]:
        """Do the work in a thread of its own, and tell its steps."""
        steps: SimpleQueue[tuple[Path, Stage] | Jobs] = SimpleQueue()

        def run() -> None:
            try:
                steps.put(work(lambda path, stage: steps.put((path, stage))))
            except MingzhangError as error:
                steps.put({path: replace(job, error=error.zh, english=error.en) for path, job in files.items()})
            except Exception:  # the outermost frame of the thread: whoever waits must be told
                log.exception("unforeseen error while reading")
                steps.put({path: replace(job, error=UNFORESEEN) for path, job in files.items()})

        jobs, number = dict(files), id(steps)
        Thread(target=run, daemon=True, name="mingzhang-intake").start()
        try:
            yield self._show(number, jobs)
            while isinstance(step := steps.get(), tuple):
                path, stage = step
                if path in jobs:
                    jobs[path] = replace(jobs[path], stage=stage)
                    yield self._show(number, jobs)
            yield self._show(number, step)
        finally:
            with self._guard:
                self._running.pop(number, None)

    def _show(self, number: int, jobs: Jobs) -> tuple[Job, ...]:
        with self._guard:
            self._running[number] = tuple(jobs.values())
            return self._running[number]


def _read(name: str, done: Ingested) -> Job:
    return Job(name, status=done.status, info=done.info)
