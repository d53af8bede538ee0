"""What a comparison says: verdicts in words, cases newly broken and newly fixed."""

import pytest

from evals.comparing import compare
from evals.observed import Observation
from service.errors import InputError
from tests.evals.conftest import kept, observed


def test_newly_broken_and_newly_fixed(many: list[Observation]) -> None:
    right, wrong = next(o for o in many if o.values["trusted"]), next(o for o in many if not o.values["trusted"])
    after = [observed(o.id, o.doc, 1 - o.values["trusted"]) if o.id in (right.id, wrong.id) else o for o in many]
    made = compare(kept(many, "a"), kept(after, "b"))
    assert {c.a.id for c in made.broken} == {right.id}
    assert {c.a.id for c in made.fixed} == {wrong.id}
    trusted = next(line for line in made.lines if line.metric.name == "trusted")
    assert trusted.difference.value == 0
    assert trusted.verdict == "没有差别"


def test_verdicts(many: list[Observation]) -> None:
    worse = compare(kept(many, "a"), kept([observed(o.id, o.doc, 0.0) for o in many], "b"))
    line = next(line for line in worse.lines if line.metric.name == "trusted")
    assert line.worse
    assert line.verdict.startswith("变差，显著")
    slow = [o.model_copy(update={"values": {**o.values, "ms": 20.0}}) for o in many]
    times = next(line for line in compare(kept(many, "a"), kept(slow, "b")).lines if line.metric.name == "ms")
    assert times.worse
    assert not compare(kept(many, "a"), kept(slow, "b")).broken


def test_remarks_tell_what_is_not_alike(many: list[Observation]) -> None:
    other = kept(many, "b", errors={"q": "broken"})
    other = other.model_copy(
        update={"run": other.run.model_copy(update={"cases": other.run.cases.model_copy(update={"gold_digest": "x"})})}
    )
    remarks = compare(kept(many, "a"), other).remarks
    assert any("金标不同" in r for r in remarks)
    assert any("1 题没有跑成" in r for r in remarks)


def test_runs_without_a_shared_case_are_refused(many: list[Observation]) -> None:
    with pytest.raises(InputError, match="share no case"):
        compare(kept(many, "a"), kept([observed("other", "x", 1.0)], "b"))


def test_a_case_that_several_metrics_say_is_listed_once(many: list[Observation]) -> None:
    wrong = [o.model_copy(update={"values": {**o.values, "trusted": 0.0, "right": 0.0}}) if o.id == "q0-1" else o for o in many]
    (change,) = compare(kept(many, "a"), kept(wrong, "b")).broken
    assert (change.a.id, change.titles) == ("q0-1", "可信、答对")
    assert compare(kept(wrong, "b"), kept(many, "a")).broken == ()
