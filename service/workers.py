"""Jobs done in processes of their own: one that hangs, grows or crashes costs only itself.

A worker is a fresh interpreter that is given pickled jobs on its standard input and gives back pickled results. It is not
made by `multiprocessing`: a forked worker would inherit the page server's threads and locks, and a spawned one runs the
main script again.
"""

import gc
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from queue import SimpleQueue
from threading import Timer
from typing import BinaryIO, Generic, TypeVar

_NURSERY = 200_000
"""Objects made before the collector looks for cycles."""
TABLES = "表格"
"""What the reader tells when it has the pages and looks for tables."""
GRACE = 10
"""Seconds over its limit after which a worker ends itself, where nobody is left to do it."""

Job = TypeVar("Job")
Result = TypeVar("Result")


class Cause(StrEnum):
    """Why a job gave no result."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Lost:
    """A job that gave no result; `detail` is the worker's last word or its exit status."""

    cause: Cause
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take: seconds, and MiB of memory (enforced on Linux)."""

    seconds: float
    memory_mb: int


@dataclass(frozen=True, slots=True)
class _Word:
    """What a worker says on the way to its result."""

    text: str


def run(
    work: Callable[[Job], Result],
    jobs: Iterable[Job],
    count: int,
    limits: Limits,
    on_word: Callable[[Job, str], None] | None = None,
) -> Iterator[tuple[Job, Result | Lost]]:
    """Do jobs in up to `count` processes.

    Args:
        work: a function of a module that a fresh interpreter can import.
        jobs: its arguments; they and the results must be picklable. Few are taken ahead, and no result is kept.
        count: processes side by side.
        limits: of each job.
        on_word: called with (job, what it said by `tell`), in a thread of its own.

    Yields:
        (job, its result or `Lost`) as they are done.
    """
    waiting = iter(jobs)
    workers = [_Worker(work, limits) for _ in range(count)]
    idle: SimpleQueue[_Worker[Job, Result]] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def one(job: Job) -> Result | Lost:
        worker = idle.get()
        try:
            return worker.do(job, on_word)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(count, thread_name_prefix="mingzhang-worker") as pool:
        try:
            running: dict[Future[Result | Lost], Job] = {pool.submit(one, job): job for job in islice(waiting, count)}
            while running:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    job = running.pop(future)
                    running.update({pool.submit(one, following): following for following in islice(waiting, 1)})
                    yield job, future.result()
        finally:
            for worker in workers:
                worker.close()


class _Worker(Generic[Job, Result]):
    """One process; begun with its first job, and again after it was lost."""

    def __init__(self, work: Callable[[Job], Result], limits: Limits) -> None:
        self._work = work
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: BinaryIO | None = None
        self._closed = False

    def do(self, job: Job, on_word: Callable[[Job, str], None] | None = None) -> Result | Lost:
        if self._closed:
            return Lost(Cause.CRASH, "closed")
        process = self._process or self._begin()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        late: list[bool] = []

        def stop() -> None:
            late.append(True)
            process.kill()

        timer = Timer(self._limits.seconds, stop)
        timer.start()
        try:
            pickle.dump(job, process.stdin)
            process.stdin.flush()
            while isinstance(said := pickle.load(process.stdout), _Word):  # noqa: S301 - from our own process
                if on_word is not None:
                    on_word(job, said.text)
            result: Result = said
        except (EOFError, OSError, pickle.UnpicklingError):
            return Lost(Cause.TIME) if late else self._lost(process)
        finally:
            timer.cancel()
            if process.poll() is not None or late:
                self._end()
        return result

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._closed = True
        self._end()

    def _begin(self) -> "subprocess.Popen[bytes]":
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            # -P: what lies in the working folder is data, even where it is named like one of our modules.
            [sys.executable, "-P", "-c", "from service import workers; workers.attend()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
        )
        assert self._process.stdin is not None  # noqa: S101 - a pipe
        with suppress(OSError):  # where it has died at once, the job will say so
            pickle.dump((self._work, self._limits), self._process.stdin)
        return self._process

    def _lost(self, process: "subprocess.Popen[bytes]") -> Lost:
        """Why the process ended by itself."""
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        assert self._errors is not None  # noqa: S101 - opened with the process
        self._errors.seek(0)
        words = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        last = words[-1].strip() if words else ""
        # The system's memory keeper kills with signal 9, as nobody else does here.
        if process.returncode == -9 or last.startswith(("MemoryError", "numpy._core._exceptions._ArrayMemoryError")):
            return Lost(Cause.MEMORY, last)
        # After a signal the last words are not about it.
        return Lost(Cause.CRASH, last if process.returncode > 0 and last else f"exit status {process.returncode}")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout, self._errors):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()


_home: list[BinaryIO] = []
"""A worker's way to its parent; empty in other processes."""


def tell(word: str) -> None:
    """Say to the parent what is being done; in a process that is no worker, nothing happens."""
    for target in _home:
        pickle.dump(_Word(word), target, pickle.HIGHEST_PROTOCOL)
        target.flush()


def attend() -> None:
    """Be a worker: take jobs from standard input until it ends. What anything prints goes to standard error."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _home.append(target)
    work, limits = pickle.load(source)  # noqa: S301 - from our own parent
    _bound(limits)
    # A page makes a hundred thousand small objects that all live to its end: looking for cycles among them costs a tenth of the time.
    gc.set_threshold(_NURSERY)
    while True:
        try:
            job = pickle.load(source)  # noqa: S301
        except EOFError:
            return
        _watch(limits)
        pickle.dump(work(job), target, pickle.HIGHEST_PROTOCOL)
        target.flush()
        _watch(None)


def _bound(limits: Limits) -> None:
    """Refuse this process more memory than its limit; no core files of crashes."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = limits.memory_mb << 20
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _watch(limits: Limits | None) -> None:
    """Let the system end this process when a job hangs and the parent is gone; None: no longer."""
    import signal  # the names below are not on Windows

    if hasattr(signal, "alarm"):
        signal.alarm(0 if limits is None else int(limits.seconds) + GRACE)
