"""The gate: a run passes its own baseline, one broken case does not, and a baseline changed by hand is refused."""

import json
from pathlib import Path

import pytest

from evals import gating
from evals.observed import Observation
from service.errors import InputError, NotFoundError
from tests.evals.conftest import kept, observed


def test_a_run_passes_its_own_baseline(many: list[Observation]) -> None:
    verdict = gating.judge(kept(many), gating.baseline(kept(many)))
    assert verdict.below == ()
    assert any(line.startswith("asking.trusted") for line in verdict.passed)
    assert not any(line.startswith("asking.ms") for line in verdict.passed)


@pytest.mark.parametrize(("count", "passes"), [(1, True), (2, False)])
def test_broken_cases_are_named_and_more_than_the_slack_do_not_pass(count: int, passes: bool, many: list[Observation]) -> None:
    wrong = {o.id for o in [o for o in many if o.values["trusted"]][:count]}
    broken = [observed(o.id, o.doc, 0.0) if o.id in wrong else o for o in many]
    verdict = gating.judge(kept(broken), gating.baseline(kept(many)))
    assert any(line.startswith("asking.trusted") for line in verdict.below) is not passes
    assert all(any(id_ in line for line in verdict.remarks) for id_ in wrong)


def test_a_case_that_could_not_be_run_does_not_pass(many: list[Observation]) -> None:
    verdict = gating.judge(kept(many, errors={"q0-0": "out of memory"}), gating.baseline(kept(many)))
    assert any("q0-0 没有跑成" in line for line in verdict.below)
    with pytest.raises(InputError, match="no baseline"):
        gating.baseline(kept(many, errors={"q0-0": "out of memory"}))


def test_a_metric_that_is_gone_does_not_pass(many: list[Observation]) -> None:
    less = [o.model_copy(update={"values": {"trusted": o.values["trusted"]}}) for o in many]
    assert any("asking.right" in line for line in gating.judge(kept(less), gating.baseline(kept(many))).below)


def test_a_baseline_changed_by_hand_is_refused(many: list[Observation], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(gating.text(gating.baseline(kept(many))), "utf-8")
    assert gating.read(path).metrics["asking.trusted"].n == 60
    data = json.loads(path.read_text("utf-8"))
    data["metrics"]["asking.trusted"]["floor"] = 0.1
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(InputError, match="changed by hand"):
        gating.read(path)
    with pytest.raises(NotFoundError, match="no such baseline"):
        gating.read(tmp_path / "other.json")
