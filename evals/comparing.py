"""Two runs → what got better and worse: differences by metric, and the cases newly broken and newly fixed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evals import statistics, suites
from evals.observed import Metric, Observation, Suite
from evals.runs import Kept
from evals.statistics import Difference
from service.errors import InputError

ALPHA = 0.05
LEAST = 0.001
"""Smaller p values are not told apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """One metric of one suite in both runs. `p` is corrected for the number of metrics looked at."""

    suite: Suite
    metric: Metric
    difference: Difference
    p: float | None

    @property
    def worse(self) -> bool:
        """Whether B is worse than A, significantly or not."""
        return (self.difference.value > 0) == self.metric.lower_is_better and self.difference.value != 0

    @property
    def verdict(self) -> str:
        """What may be said, for people."""
        if self.difference.value == 0:
            return "没有差别"
        word = "变差" if self.worse else "变好"
        if self.p is None:
            return f"{word}（不作推断）"
        told = "< 0.001" if self.p < LEAST else f"= {self.p:.3f}"
        return f"{word}，显著（p {told}）" if self.p < ALPHA else f"{word}，不显著（p {told}，可能是偶然）"


@dataclass(frozen=True, slots=True)
class Change:
    """A case that one run has more right than the other, by which metrics."""

    suite: Suite
    metrics: tuple[Metric, ...]
    a: Observation
    b: Observation

    @property
    def titles(self) -> str:
        """The metrics, for people."""
        return "、".join(metric.title for metric in self.metrics)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run B against run A."""

    a: Kept
    b: Kept
    lines: tuple[Line, ...]
    broken: tuple[Change, ...]
    fixed: tuple[Change, ...]
    remarks: tuple[str, ...]
    """What makes the comparison less than clean, for people."""


def compare(a: Kept, b: Kept) -> Comparison:
    """Compare on the suites and cases that both have.

    Raises:
        InputError: they share none.
    """
    differences: dict[str, tuple[Suite, Metric, Difference]] = {}
    for suite, _ in suites.chosen(()):
        for metric in suite.metrics:
            found = statistics.difference(metric, a.of(suite.name), b.of(suite.name))
            if found is not None:
                differences[f"{suite.name}.{metric.name}"] = suite, metric, found
    if not differences:
        raise InputError(f"{a.run.id} 和 {b.run.id} 没有共同的题", f"{a.run.id} and {b.run.id} share no case")
    p = statistics.adjusted({name: d for name, (_, _, d) in differences.items()})
    lines = tuple(Line(suite, metric, d, p.get(name)) for name, (suite, metric, d) in differences.items())
    broken = tuple(_changes(lines, a, b, better=False))
    fixed = tuple(_changes(lines, a, b, better=True))
    return Comparison(a, b, lines, broken, fixed, tuple(_remarks(a, b)))


def _changes(lines: Sequence[Line], a: Kept, b: Kept, *, better: bool) -> Iterator[Change]:
    """Cases that became better or worse by a share from 0 to 1, each once, those that more metrics say first."""
    found: dict[tuple[str, str, int], Change] = {}
    for line in lines:
        name, suite = line.metric.name, line.suite
        if line.metric.unit or line.metric.harmonic:
            continue
        for before, after in statistics.paired(line.metric, a.of(suite.name), b.of(suite.name)):
            if before.values[name] != after.values[name] and (after.values[name] > before.values[name]) is better:
                key = (suite.name, before.id, before.epoch)
                known = found.get(key) or Change(suite, (), before, after)
                found[key] = replace(known, metrics=(*known.metrics, line.metric))
    order = list(dict.fromkeys(line.suite.name for line in lines))
    yield from sorted(found.values(), key=lambda change: (order.index(change.suite.name), -len(change.metrics)))


def _remarks(a: Kept, b: Kept) -> Iterator[str]:
    if a.run.cases.gold_digest != b.run.cases.gold_digest:
        yield "两次评测的金标不同，只比较共同的题。"
    if a.run.cases.corpus_digest != b.run.cases.corpus_digest:
        yield "两次评测的文件不同。"
    if a.run.asked.seed != b.run.asked.seed:
        yield "两次评测的随机种子不同，生成的账册和扰动也不同。"
    for kept in (a, b):
        if (share := _by_rules(kept)) > 0:
            yield (
                f"{kept.run.title} 的回答有 {100 * share:.0f}% 没有通过核实或没有写成，由离线回答补上："
                "比较模型看「模型自己答对」和「模型作答」，「可信」是连离线回答在内的。"
            )
        if kept.run.errors:
            yield f"{kept.run.id} 有 {kept.run.errors} 题没有跑成，按零分计。"


def _by_rules(kept: Kept) -> float:
    """Share of the answers asked of a model that the rules gave instead."""
    written = [o.values["written"] for o in kept.observations if "written" in o.values]
    return 1 - sum(written) / len(written) if written else 0.0
