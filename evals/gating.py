"""The baseline: what a run must reach. Written by `mingzhang eval baseline` only; a file changed by hand is refused."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals import statistics, suites
from evals.observed import Metric, Observation, Suite
from evals.runs import Kept
from service.errors import InputError, NotFoundError


class Floor(BaseModel):
    """A metric's value when the baseline was written, on how many observations, and what later runs must reach."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    n: int
    floor: float
    """A ceiling where lower is better."""


class Baseline(BaseModel):
    """What later runs are held against."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: str
    commit: str | None
    engine: str
    model: str | None
    gold_digest: str
    seed: int
    metrics: dict[str, Floor]
    """By "suite.metric"."""
    failing: tuple[str, ...]
    """Cases ("suite:id") that lacked full marks."""
    digest: str = ""
    """SHA-256 over all the rest: shows a file that was changed by hand."""

    def sealed(self) -> "Baseline":
        """The same with its digest."""
        plain = json.dumps(self.model_dump(mode="json", exclude={"digest"}), sort_keys=True, ensure_ascii=False)
        return self.model_copy(update={"digest": hashlib.sha256(plain.encode()).hexdigest()})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a run."""

    below: tuple[str, ...]
    """Why it does not pass, a line each, for people; empty: it passes."""
    passed: tuple[str, ...]
    remarks: tuple[str, ...]


def baseline(kept: Kept) -> Baseline:
    """The baseline that a run makes.

    Raises:
        InputError: cases of the run could not be run.
    """
    if kept.run.errors:
        raise InputError(
            f"{kept.run.id} 有 {kept.run.errors} 题没有跑成，不能作基线",
            f"{kept.run.id}: {kept.run.errors} cases could not be run: no baseline",
        )
    metrics = {name: Floor(value=f.value, n=f.n, floor=_floor(metric, f.value)) for name, _, metric, f in _figures(kept)}
    failing = tuple(sorted(f"{o.suite}:{o.id}" for o in kept.observations if fails(o)))
    return Baseline(
        run=kept.run.id, commit=kept.run.code.commit, engine=kept.run.engine.kind, model=kept.run.engine.model,
        gold_digest=kept.run.cases.gold_digest, seed=kept.run.asked.seed, metrics=metrics, failing=failing,
    ).sealed()  # fmt: skip


def fails(observation: Observation) -> bool:
    """Whether a case lacks full marks, as its suite sees it."""
    return suites.SUITES[observation.suite][0].fails(observation)


def text(made: Baseline) -> str:
    """The file's text."""
    return made.model_dump_json(indent=1) + "\n"


def read(path: Path) -> Baseline:
    """Read the file.

    Raises:
        NotFoundError: there is none.
        InputError: it does not fit, or was changed by hand.
    """
    try:
        made = Baseline.model_validate_json(path.read_text("utf-8"))
    except OSError as error:
        raise NotFoundError(f"{path}：没有这个基线文件", f"{path}: no such baseline") from error
    except ValidationError as error:
        raise InputError(f"{path}：不是基线文件", f"{path}: no baseline") from error
    if made.sealed().digest != made.digest:
        raise InputError(
            f"{path}：被手工改过。基线只用 mingzhang eval baseline 更新",
            f"{path}: changed by hand; update it by `mingzhang eval baseline` only",
        )
    return made


def judge(kept: Kept, against: Baseline) -> Verdict:
    """Hold a run against the baseline; suites that the run leaves out are not judged."""
    ran = {part.suite for part in kept.run.parts}
    now = {name: (metric, f) for name, _, metric, f in _figures(kept)}
    below: list[str] = []
    passed: list[str] = []
    remarks: list[str] = []
    for name, floor in against.metrics.items():
        if name.partition(".")[0] not in ran:
            continue
        if name not in now:
            below.append(f"{name}：基线有此指标，这次没有")
            continue
        metric, found = now[name]
        missed = found.value > floor.floor if metric.lower_is_better else found.value < floor.floor
        bound = "上限" if metric.lower_is_better else "下限"
        line = f"{name} {found.value:.4g}（基线 {floor.value:.4g}，{bound} {floor.floor:.4g}，{found.n} 题）"
        (below if missed else passed).append(line)
    errors = [f"{part.suite}：{id_} 没有跑成（{why}）" for part in kept.run.parts for id_, why in part.errors.items()]
    if kept.run.cases.gold_digest != against.gold_digest:
        remarks.append("金标与基线的不同：题目变了。核对之后用 mingzhang eval baseline 更新基线。")
    known = set(against.failing)
    new = [o for o in kept.observations if fails(o) and f"{o.suite}:{o.id}" not in known]
    remarks += [f"新错：{o.suite}:{o.id} {o.question}（{o.reason}）" for o in new]
    return Verdict((*errors, *below), tuple(passed), tuple(remarks))


def _figures(kept: Kept) -> Iterator[tuple[str, Suite, Metric, statistics.Figure]]:
    """Every gated metric that the run has."""
    for part in kept.run.parts:
        suite, _ = suites.SUITES[part.suite]
        for metric in suite.metrics:
            found = statistics.figure(metric, kept.of(suite.name))
            if metric.slack is not None and found is not None:
                yield f"{suite.name}.{metric.name}", suite, metric, found


def _floor(metric: Metric, value: float) -> float:
    """Rounded towards leniency at the sixth digit, so that the same run passes its own baseline."""
    slack = metric.slack or 0.0
    return value * (1 + slack) + 1e-6 if metric.lower_is_better else value * (1 - slack) - 1e-6
