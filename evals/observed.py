"""What a suite is made of: cases that ask something of the service, and observations of how well it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Output = dict[str, Any]
"""What the service gave for a case: an object of the command line's contract."""


class Shown(BaseModel):
    """A passage shown as evidence, or wanted as evidence; `page` counts from 1, None where it is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc: str
    page: int | None = None
    quote: str


class Observation(BaseModel):
    """How one thing came out. `values` holds, by metric name, shares from 0 to 1 or figures in the metric's unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    suite: str
    kind: str
    doc: str
    """The document or generated book it stands in: observations of one document are not independent."""
    values: dict[str, float]
    weight: int = Field(1, ge=1)
    """So many single observations this is the mean of."""
    reason: str = ""
    """Why it does not have full marks, for people; empty where it has."""
    question: str = ""
    answer: str = ""
    expected: str = ""
    wanted: tuple[Shown, ...] = ()
    shown: tuple[Shown, ...] = ()
    epoch: int = 1
    ms: float | None = None
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class Metric:
    """What a value means. `name` is the key in `Observation.values`."""

    name: str
    title: str
    definition: str
    source: str
    unit: str = ""
    """Empty for shares from 0 to 1."""
    lower_is_better: bool = False
    harmonic: tuple[str, str] | None = None
    """Not observed but computed: the harmonic mean of these two (F1 of precision and recall)."""
    slack: float | None = 0.02
    """The gate's floor lies so far below the baseline, as a share of it: one case among a hundred may break,
    and is named; None: not gated (times on a machine that others use)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One piece of work: what the service is asked, and how its output is judged."""

    id: str
    kind: str
    doc: str
    question: str
    expected: str
    solve: Callable[[], Output]
    judge: Callable[[Output], Sequence[Observation]]


@dataclass(frozen=True, slots=True)
class Suite:
    """A named set of cases with its metrics; the first metric is the headline."""

    name: str
    title: str
    about: str
    metrics: tuple[Metric, ...]
    asked: tuple[str, ...] = ()
    """The metrics on which a case without full marks is listed as failing; default: all that are shares."""

    def fails(self, observation: Observation) -> bool:
        """Whether a case lacks full marks."""
        names = self.asked or tuple(metric.name for metric in self.metrics if not metric.unit)
        return any(observation.values.get(name, 1.0) < 1.0 for name in names)

    @property
    def headline(self) -> Metric:
        """The metric that a run's first line shows, and that a case which failed to run scores nothing on."""
        return self.metrics[0]

    def metric(self, name: str) -> Metric:
        """The metric of that name."""
        return next(metric for metric in self.metrics if metric.name == name)
