"""What every test shares: no live model call, and where the real corpus lies."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import llm

CORPUS = Path(os.environ.get("MINGZHANG_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
_HOMES = itertools.count()
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A library folder of the test's own, where it names none."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path_factory.getbasetemp() / "homes" / str(next(_HOMES))))


@pytest.fixture(autouse=True)
def _no_model_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm, "ALLOW_CALLS", False)


@pytest.fixture
def calls_allowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Calls are let through, to servers of the tests only, and nothing is remembered between tests."""
    monkeypatch.setattr(llm, "ALLOW_CALLS", True)
    llm.forget()
    yield
    llm.forget()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents; a machine without it says so."""
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus at {CORPUS} (set MINGZHANG_CORPUS): the tests on real documents do not run here")
    return CORPUS


@pytest.fixture(scope="session")
def samples() -> Path:
    """The project's own sample documents."""
    return SAMPLES


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--tatqa FILE`: the public set that the guard is measured on."""
    parser.addoption("--tatqa", default=os.environ.get("MINGZHANG_TATQA"), help="tatqa_dataset_dev.json")
