"""What the tests of the suites share. Those that need the extra `evals` run by `make test-evals`; elsewhere this says so."""

import importlib.util
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evals.observed import Observation
from evals.runs import Asked, Cases, Code, Engine, Kept, Part, Run

collect_ignore: list[str] = []
if importlib.util.find_spec("inspect_ai") is None or importlib.util.find_spec("scipy") is None:
    collect_ignore = ["test_running.py", "test_statistics.py", "test_comparing.py", "test_gating.py", "test_page.py"]


def observed(id_: str, doc: str, trusted: float, **more: object) -> Observation:
    """An observation of the asking suite."""
    plain: dict[str, object] = {
        "id": id_, "suite": "asking", "kind": "lookup", "doc": doc, "values": {"trusted": trusted, "right": trusted, "ms": 10.0},
        "question": f"问题 {id_}", "answer": "回答", "reason": "" if trusted else "缺数字：3万元",
    }  # fmt: skip
    return Observation.model_validate(plain | more)


def kept(observations: Sequence[Observation], name: str = "run", errors: dict[str, str] | None = None) -> Kept:
    """A run of these observations."""
    part = Part(suite="asking", cases=len(observations), observations=len(observations), seconds=1.5, errors=errors or {})
    run = Run(
        id=name, began=datetime(2024, 3, 1, tzinfo=UTC), seconds=2.0, engine=Engine(kind="offline"),
        code=Code(commit="abc123", changed=False, digest="d" * 64, packages={"scipy": "1"}, python="3.11", machine="Linux"),
        asked=Asked(suites=()), settings={}, parts=(part,),
        cases=Cases(gold="samples", gold_digest="g", corpus="samples", corpus_digest="c"),
    )  # fmt: skip
    return Kept(run=run, observations=tuple(observations), folder=Path("nowhere"))


@pytest.fixture
def many() -> list[Observation]:
    """Twelve documents of five cases, every sixth case wrong."""
    return [observed(f"q{d}-{n}", f"doc{d}", float((5 * d + n) % 6 != 0)) for d in range(12) for n in range(5)]
