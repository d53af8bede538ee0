"""Damaged files are read or refused; nothing crashes, hangs or grows without bound.

`MINGZHANG_FUZZ_SECONDS=600 pytest tests/property/test_fuzz.py` runs for so long, on the corpus too where there is one.
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service import workers
from tests.conftest import CORPUS, SAMPLES
from tests.support import mutations

SECONDS = float(os.environ.get("MINGZHANG_FUZZ_SECONDS", "0"))
LIMITS = workers.Limits(seconds=60, memory_mb=2048)


@pytest.fixture(scope="module")
def sources() -> list[bytes]:
    """A few pages each of the samples; for a long run also of the corpus."""
    paths = [*SAMPLES.glob("*.pdf"), *(sorted(CORPUS.rglob("*.pdf")) if SECONDS else ())]
    return [mutations.source(path, first) for path in paths for first in (0, 8)]


def broken(seeds: Sequence[int], sources: Sequence[bytes], folder: Path) -> list[str]:
    """Seeds whose files crash, hang or exhaust the reader, each with how."""
    paths = []
    for seed in seeds:
        paths.append(folder / f"{seed}.pdf")
        paths[-1].write_bytes(mutations.mutated(seed, sources))
    found = []
    for path, outcome in workers.run(mutations.outcome, paths, 1, LIMITS):
        if isinstance(outcome, workers.Lost):
            found.append(f"{path}: {outcome.cause} {outcome.detail}")
        else:
            path.unlink()
    return found


@given(st.lists(st.integers(0, 2**32 - 1), min_size=12, max_size=12, unique=True))
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@example(list(range(12)))
def test_damaged_files_are_read_or_refused(sources: list[bytes], tmp_path_factory: pytest.TempPathFactory, seeds: list[int]) -> None:
    assert broken(seeds, sources, tmp_path_factory.mktemp("damaged")) == []


@pytest.mark.skipif(not SECONDS, reason="MINGZHANG_FUZZ_SECONDS is not set")
def test_damaged_files_for_long(sources: list[bytes], tmp_path: Path) -> None:
    end, seed, found = time.monotonic() + SECONDS, time.time_ns() % 2**32, list[str]()
    while time.monotonic() < end:
        found += broken(range(seed, seed + 100), sources, tmp_path)
        seed += 100
        print(seed, len(found), flush=True)
    assert found == []
