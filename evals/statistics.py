"""Observations → figures with intervals, and two runs' paired differences; sampled by document, since what stands in one hangs together.

Source: Miller, Adding Error Bars to Evals, 2024 (clustered errors, paired differences); the arithmetic is SciPy's.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evals.observed import Metric, Observation

CONFIDENCE = 0.95
FEW = 5
"""With fewer documents the spread between documents cannot be told, and cases are taken as independent: the page says so."""
RESAMPLES = 4000
SEED = 20240301
"""Of the resampling: the same run gives the same page."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric's value with its interval. `n` counts observations by weight, `docs` documents."""

    value: float
    low: float | None
    high: float | None
    n: int
    docs: int
    method: str
    """How the interval was made, for people."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Run B less run A on the cases that both have."""

    a: float
    b: float
    low: float | None
    high: float | None
    p: float | None
    """Chance of a difference so large if the two were alike; None where no case differs or nothing can be said."""
    n: int
    docs: int
    method: str

    @property
    def value(self) -> float:
        """B less A."""
        return self.b - self.a


@dataclass(frozen=True, slots=True)
class _Sums:
    """Per document: the sums of values and of weights of each part (one part; two for a harmonic mean)."""

    values: Floats
    """parts × documents."""
    weights: Floats
    binary: bool


def figure(metric: Metric, observations: Sequence[Observation]) -> Figure | None:
    """The metric's value over these observations; None where none has it."""
    sums = _sums(metric, observations)
    if sums is None:
        return None
    value, n, docs = float(_total(sums.values, sums.weights)), int(sums.weights.sum()), sums.values.shape[1]
    if metric.harmonic is None and sums.binary and (docs < FEW or value in (0.0, 1.0)):
        # Resampling tells nothing where all are alike, and little where there are few documents.
        # A case that is run again is no further case.
        times = len({o.epoch for o in observations})
        alone = max(1, round(n / times))
        between = stats.binomtest(round(value * alone), alone).proportion_ci(CONFIDENCE, "wilson")
        told = f"{alone} 题" if times == 1 else f"{alone} 题（各 {times} 遍）"
        why = f"只有 {docs} 份文件，按 {told}独立计" if docs < FEW else f"{told}全同，按独立计"
        return Figure(value, float(between.low), float(between.high), n, docs, f"Wilson 区间（{why}）")
    if docs < FEW:
        return Figure(value, None, None, n, docs, f"只有 {docs} 份文件，不给区间")
    low, high = _bootstrap(sums.values, sums.weights)
    return Figure(value, low, high, n, docs, f"按 {docs} 份文件自助抽样（{RESAMPLES} 次，百分位）")


def difference(metric: Metric, a: Sequence[Observation], b: Sequence[Observation]) -> Difference | None:
    """How run B differs from run A on the observations that both have; None where they share none."""
    pairs = paired(metric, a, b)
    sums_a, sums_b = _sums(metric, [x for x, _ in pairs]), _sums(metric, [y for _, y in pairs])
    if sums_a is None or sums_b is None or sums_a.values.shape != sums_b.values.shape:
        return None
    value_a, value_b = float(_total(sums_a.values, sums_a.weights)), float(_total(sums_b.values, sums_b.weights))
    docs, n = sums_a.values.shape[1], len(pairs)
    made = Difference(value_a, value_b, None, None, None, n, docs, "没有一题不同")
    if metric.harmonic is None and sums_a.binary and sums_b.binary:
        worse, better = _changed(metric.name, pairs)
        if worse + better and docs < FEW:
            p = float(stats.binomtest(better, worse + better).pvalue)
            return _with(made, None, None, p, f"McNemar 精确检验（{worse} 题变差，{better} 题变好；只有 {docs} 份文件，按题独立计）")
    if np.array_equal(sums_a.values, sums_b.values):
        return made
    if docs < FEW:
        return _with(made, None, None, None, f"只有 {docs} 份文件，不作推断")
    low, high = _paired_bootstrap(sums_a, sums_b)
    return _with(made, low, high, _permuted(sums_a, sums_b), f"按 {docs} 份文件成对：区间为自助抽样，p 为符号置换检验")


def adjusted(differences: Mapping[str, Difference]) -> dict[str, float]:
    """The p values corrected for having looked at so many metrics (Benjamini, Hochberg, 1995), by name."""
    known = {name: d.p for name, d in differences.items() if d.p is not None}
    return dict(zip(known, stats.false_discovery_control(list(known.values())).tolist(), strict=True)) if known else {}


def paired(metric: Metric, a: Sequence[Observation], b: Sequence[Observation]) -> list[tuple[Observation, Observation]]:
    """The observations of both runs that are of one case and epoch and have the metric."""
    names = set(metric.harmonic or (metric.name,))
    of_b = {(o.id, o.epoch): o for o in b if names & o.values.keys()}
    return [(o, of_b[o.id, o.epoch]) for o in a if names & o.values.keys() and (o.id, o.epoch) in of_b]


def _changed(name: str, pairs: Sequence[tuple[Observation, Observation]]) -> tuple[int, int]:
    """How many cases became worse and better, each over all the times that it was run: those are no further cases."""
    changes: dict[str, float] = defaultdict(float)
    for before, after in pairs:
        changes[before.id] += after.values[name] - before.values[name]
    return sum(change < 0 for change in changes.values()), sum(change > 0 for change in changes.values())


def _with(made: Difference, low: float | None, high: float | None, p: float | None, method: str) -> Difference:
    return Difference(made.a, made.b, low, high, p, made.n, made.docs, method)


def _sums(metric: Metric, observations: Sequence[Observation]) -> _Sums | None:
    names = metric.harmonic or (metric.name,)
    by_doc: dict[str, list[list[float]]] = defaultdict(lambda: [[0.0, 0.0] for _ in names])
    binary = True
    for observation in observations:
        for part, name in enumerate(names):
            if name in observation.values:
                value = observation.values[name]
                cell = by_doc[observation.doc][part]
                cell[0] += value * observation.weight
                cell[1] += observation.weight
                binary &= value in (0.0, 1.0)
    if not by_doc:
        return None
    table = np.array([by_doc[doc] for doc in sorted(by_doc)], dtype=np.float64)
    values, weights = table[:, :, 0].T, table[:, :, 1].T
    return None if not (weights.sum(axis=1) > 0).all() else _Sums(values, weights, binary)


def _total(values: Floats, weights: Floats) -> np.float64 | Floats:
    """The metric over documents (last axis): a mean, or the harmonic mean of two."""
    with np.errstate(invalid="ignore", divide="ignore"):
        means = values.sum(axis=-1) / weights.sum(axis=-1)
        if means.shape[0] == 1:
            return means[0]  # type: ignore[no-any-return]  # NumPy's stubs give Any for an indexed array
        return np.where(means.sum(axis=0) > 0, 2 * means[0] * means[1] / means.sum(axis=0), 0.0)


def _draws(docs: int) -> NDArray[np.int64]:
    return np.random.default_rng(SEED).integers(0, docs, (RESAMPLES, docs))


def _bootstrap(values: Floats, weights: Floats) -> tuple[float, float]:
    chosen = _draws(values.shape[1])
    return _between(np.asarray(_total(values[:, chosen], weights[:, chosen])))


def _paired_bootstrap(a: _Sums, b: _Sums) -> tuple[float, float]:
    chosen = _draws(a.values.shape[1])
    before, after = _total(a.values[:, chosen], a.weights[:, chosen]), _total(b.values[:, chosen], b.weights[:, chosen])
    return _between(np.asarray(after) - np.asarray(before))


def _between(made: Floats) -> tuple[float, float]:
    # A resample without any weight has no value.
    low, high = np.nanquantile(made, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def _permuted(a: _Sums, b: _Sums) -> float:
    """The p value when each document's two runs change places by chance."""
    docs = a.values.shape[1]
    index = np.arange(docs, dtype=np.float64)

    def apart(which_a: Floats, which_b: Floats, axis: int = -1) -> Floats:  # noqa: ARG001 - SciPy's signature; documents are last
        # What is permuted is the document's number, and its half (A's or B's): number below `docs` is A's.
        before, after = which_a.astype(np.int64), which_b.astype(np.int64)
        values, weights = np.concatenate([a.values, b.values], axis=1), np.concatenate([a.weights, b.weights], axis=1)
        return np.asarray(_total(values[:, after], weights[:, after])) - np.asarray(_total(values[:, before], weights[:, before]))

    made = stats.permutation_test(
        (index, index + docs), apart, permutation_type="samples", vectorized=True, n_resamples=RESAMPLES, axis=-1,
        rng=np.random.default_rng(SEED),
    )  # fmt: skip
    return float(made.pvalue)
