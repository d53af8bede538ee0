"""Jobs in processes of their own: results, and what becomes of a job that hangs, crashes, grows or fails."""

import os
import signal
import sys
import time

import pytest

from service import workers
from service.workers import Cause, Limits, Lost

LIMITS = Limits(seconds=30, memory_mb=512)


def work(job: str) -> str:
    """Do what the job says. Runs in a worker."""
    if job == "hang":
        time.sleep(60)
    if job == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if job == "grow":
        return str(len(bytearray(4 << 30)))
    if job == "fail":
        raise LookupError("no such thing")
    workers.tell("half")
    print("noise that must not reach the results")
    return job.upper()


def test_results_come_back_and_noise_does_not_disturb_them() -> None:
    assert dict(workers.run(work, ["a", "b", "c"], 2, LIMITS)) == {"a": "A", "b": "B", "c": "C"}


def test_a_worker_says_what_it_does_and_elsewhere_nothing_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    said: list[tuple[str, str]] = []
    done = dict(workers.run(work, ["a", "b"], 1, LIMITS, lambda job, word: said.append((job, word))))
    assert said == [("a", "half"), ("b", "half")]
    assert done == {"a": "A", "b": "B"}
    workers.tell("nobody listens")
    assert capfd.readouterr().out == ""


def test_a_crash_costs_only_its_own_job() -> None:
    done = dict(workers.run(work, ["a", "crash", "fail", "b"], 1, LIMITS))
    assert (done["a"], done["b"]) == ("A", "B")
    assert done["crash"] == Lost(Cause.CRASH, f"exit status {-signal.SIGSEGV}")
    assert done["fail"] == Lost(Cause.CRASH, "LookupError: no such thing")


def test_a_job_that_hangs_is_stopped() -> None:
    begun = time.monotonic()
    done = dict(workers.run(work, ["hang", "a"], 1, Limits(seconds=3, memory_mb=512)))
    assert (done["hang"], done["a"]) == (Lost(Cause.TIME), "A")
    assert time.monotonic() - begun < 25


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's memory")
def test_a_job_that_grows_is_stopped() -> None:
    done = dict(workers.run(work, ["grow", "a"], 1, LIMITS))
    assert (done["grow"], done["a"]) == (Lost(Cause.MEMORY, "MemoryError"), "A")


def test_leaving_early_ends_the_processes() -> None:
    begun = time.monotonic()
    results = workers.run(work, ["a", "hang"], 2, LIMITS)
    assert next(results) == ("a", "A")
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert time.monotonic() - begun < 25
