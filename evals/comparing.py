"""Two runs → what got better and worse: differences by metric, and the cases newly broken and newly fixed."""

from collections.abc import Iterator
from dataclasses import dataclass

from evals import statistics, suites
from evals.observed import Metric, Observation, Suite
from evals.runs import Kept
from evals.statistics import Difference
from service.errors import InputError

ALPHA = 0.05


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
        return f"{word}，显著（p = {self.p:.3f}）" if self.p < ALPHA else f"{word}，不显著（p = {self.p:.2f}，可能是偶然）"


@dataclass(frozen=True, slots=True)
class Change:
    """A case that one run has right and the other has not."""

    suite: Suite
    metric: Metric
    a: Observation
    b: Observation


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
    changes = [change for line in lines for change in _changes(line, a, b)]
    broken = tuple(c for c in changes if c.b.values[c.metric.name] < c.a.values[c.metric.name])
    fixed = tuple(c for c in changes if c.b.values[c.metric.name] > c.a.values[c.metric.name])
    return Comparison(a, b, lines, broken, fixed, tuple(_remarks(a, b)))


def _changes(line: Line, a: Kept, b: Kept) -> Iterator[Change]:
    """Cases of shares from 0 to 1 whose value changed."""
    if line.metric.unit or line.metric.harmonic:
        return
    for before, after in statistics.paired(line.metric, a.of(line.suite.name), b.of(line.suite.name)):
        if before.values[line.metric.name] != after.values[line.metric.name]:
            yield Change(line.suite, line.metric, before, after)


def _remarks(a: Kept, b: Kept) -> Iterator[str]:
    if a.run.cases.gold_digest != b.run.cases.gold_digest:
        yield "两次评测的金标不同，只比较共同的题。"
    if a.run.cases.corpus_digest != b.run.cases.corpus_digest:
        yield "两次评测的文件不同。"
    if a.run.asked.seed != b.run.asked.seed:
        yield "两次评测的随机种子不同，生成的账册和扰动也不同。"
    for kept in (a, b):
        if kept.run.errors:
            yield f"{kept.run.id} 有 {kept.run.errors} 题没有跑成，按零分计。"
