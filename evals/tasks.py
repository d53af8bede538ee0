"""The only door to inspect-ai: suites' cases → tasks that it runs, logs and retries, and the observations that come back.

A task is thin: its solver calls the case's `solve` (one call of the service), its scorer the case's `judge`, which gives for every metric a
value, and the reason where that is not full marks. inspect's own model is never used: the service talks to the model under test.
"""

import json
import os
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.observed import Case, Observation, Output, Suite

Progress = Callable[[int, int, str], None]
"""Called with (cases done, cases in all, name of the case)."""

_LONGEST = 20_000
"""Characters of an output that the log keeps as text; what is cut there is in the observations."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the cases are run."""

    folder: Path
    """The run's folder: inspect's logs go to `logs`, whatever else it writes to `inspect`."""
    limit: int | None = None
    """Cases of each suite at most."""
    epochs: int = 1
    retries: int = 0
    """Further tries of a case that failed to run."""
    parallel: int = 1
    """Cases at a time."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a suite's cases gave."""

    suite: Suite
    cases: int
    seconds: float
    observations: tuple[Observation, ...]
    errors: dict[str, str]
    """Cases that could not be run, and why. Each scores nothing on the headline metric."""


def run(work: Sequence[tuple[Suite, Sequence[Case]]], plan: Plan, progress: Progress | None = None) -> list[Result]:
    """Run suites one after another.

    Returns:
        Their results, in order; a suite without cases is left out.
    """
    # inspect writes traces and caches under the user's data folder; a run keeps everything to itself. Read when it is imported.
    os.environ["XDG_DATA_HOME"] = os.environ["XDG_CACHE_HOME"] = str(plan.folder / "inspect")
    work = [(suite, list(cases)[: plan.limit]) for suite, cases in work]
    total, done = plan.epochs * sum(len(cases) for _, cases in work), 0

    def step(name: str) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total, name)

    return [_suite(suite, cases, plan, step) for suite, cases in work if cases]


def view(folder: Path, port: int) -> None:
    """Serve a run's logs to the browsers of this machine until it is stopped."""
    os.environ["XDG_DATA_HOME"] = os.environ["XDG_CACHE_HOME"] = str(folder.resolve() / "inspect")
    from inspect_ai import view as viewer  # kept out until the folders are set

    # What documents and models say is shown as plain text.
    viewer(log_dir=str(folder / "logs"), host="127.0.0.1", port=port, trust_content=False)


def _suite(suite: Suite, cases: Sequence[Case], plan: Plan, step: Callable[[str], None]) -> Result:
    from inspect_ai import Task
    from inspect_ai import eval as evaluate
    from inspect_ai.dataset import MemoryDataset, Sample

    by_id = {case.id: case for case in cases}
    samples = [
        Sample(id=case.id, input=case.question, target=case.expected, metadata={"kind": case.kind, "doc": case.doc}) for case in cases
    ]
    task = Task(
        dataset=MemoryDataset(samples, name=suite.name),
        solver=_solver(by_id),
        scorer=_scorer(suite, by_id, step),
        name=suite.name,
        metadata={"title": suite.title, "about": suite.about},
    )
    (log,) = evaluate(
        task, model=None, log_dir=str(plan.folder / "logs"), log_format="eval", display="none", log_level="error", score_display=False,
        acp_server=False, ctl_server=False, log_realtime=False, epochs=plan.epochs, retry_on_error=plan.retries or None,
        fail_on_error=False, max_samples=plan.parallel, max_tasks=1,
    )  # fmt: skip
    if log.status != "success":
        raise RuntimeError(f"suite {suite.name} did not finish: {log.error.message if log.error else log.status}")
    return _result(suite, by_id, log)


def _result(suite: Suite, by_id: dict[str, Case], log: Any) -> Result:  # noqa: ANN401 - an EvalLog; inspect is not installed where types are checked
    observations: list[Observation] = []
    errors: dict[str, str] = {}
    took = 0.0
    for sample in log.samples:
        took += sample.total_time or 0.0
        if sample.error is not None:
            case = by_id[str(sample.id)]
            errors[case.id] = sample.error.message
            observations.append(_failed(suite, case, sample.error.message, sample.epoch))
            continue
        for score in sample.scores.values():
            observations += [Observation.model_validate(o) for o in score.metadata["observations"]]
    return Result(suite, len(by_id), took, tuple(observations), errors)


def _failed(suite: Suite, case: Case, message: str, epoch: int) -> Observation:
    """A case that could not be run scores nothing."""
    names = suite.headline.harmonic or (suite.headline.name,)
    return Observation(
        id=case.id, suite=suite.name, kind=case.kind, doc=case.doc, values=dict.fromkeys(names, 0.0), reason=f"没有跑成：{message}",
        question=case.question, expected=case.expected, epoch=epoch,
    )  # fmt: skip


def _solver(by_id: dict[str, Case]) -> Any:  # noqa: ANN401 - inspect's Solver, as above
    import anyio
    from inspect_ai.solver import solver

    def service() -> Any:  # noqa: ANN401 - as above
        async def solve(state: Any, generate: Any) -> Any:  # noqa: ANN401, ARG001 - inspect's TaskState and Generate
            output = await anyio.to_thread.run_sync(by_id[str(state.sample_id)].solve)
            state.store.set("output", output)
            state.output.completion = _completion(output)
            return state

        return solve

    return solver(name="mingzhang")(service)()


def _completion(output: Output) -> str:
    answer = output.get("answer")
    return answer if isinstance(answer, str) else json.dumps(output, ensure_ascii=False)[:_LONGEST]


def _scorer(suite: Suite, by_id: dict[str, Case], step: Callable[[str], None]) -> Any:  # noqa: ANN401 - inspect's Scorer, as above
    from inspect_ai.scorer import Score, mean, scorer, stderr

    names = [metric.name for metric in suite.metrics if metric.harmonic is None]

    def judged() -> Any:  # noqa: ANN401 - as above
        async def score(state: Any, target: Any) -> Any:  # noqa: ANN401, ARG001 - inspect's TaskState and Target
            case = by_id[str(state.sample_id)]
            observations = [o.model_copy(update={"epoch": state.epoch}) for o in case.judge(state.store.get("output"))]
            step(case.id)
            return Score(
                # A metric that a case does not speak of is NaN: inspect leaves it out of the mean.
                value=dict.fromkeys(names, float("nan")) | means(observations),
                answer=_completion(state.store.get("output"))[:500],
                explanation="\n".join(f"{o.id}: {o.reason}" for o in observations if o.reason) or "全部符合",
                metadata={"observations": [o.model_dump(mode="json") for o in observations]},
            )

        return score

    return scorer(metrics={name: [mean(), stderr(cluster="doc")] for name in names}, name=suite.name)(judged)()


def means(observations: Iterable[Observation]) -> dict[str, float]:
    """Each metric's mean over the observations that have it, by their weight."""
    pairs: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for observation in observations:
        for name, value in observation.values.items():
            pairs[name].append((value, observation.weight))
    return {name: statistics.fmean([v for v, _ in p], [w for _, w in p]) for name, p in pairs.items()}
