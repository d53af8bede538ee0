"""A run, alone or beside an earlier one → one HTML page that stands alone: no script, nothing loaded, printable."""

import hashlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals import statistics, suites, telling
from evals.comparing import Comparison
from evals.gating import fails
from evals.observed import Metric, Observation, Suite
from evals.page import kinds, plots
from evals.page.plots import Bar
from evals.runs import Kept

_FOLDER = Path(__file__).parent
_STYLE = (_FOLDER / "report.css").read_text("utf-8")
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{}'"
_LONGEST = 900
"""Characters of an answer or a quote that are shown at most."""
MOST_CHANGES = 60
"""Cases newly broken or fixed that are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of a suite with its figure, in words."""

    metric: Metric
    value: str
    between: str
    n: int
    docs: int
    method: str


@dataclass(frozen=True, slots=True)
class Section:
    """One suite on the page."""

    suite: Suite
    rows: tuple[Row, ...]
    headline: Row
    share: float | None
    """The headline's value where it is a share."""
    forest: Markup
    kinds: Markup
    kinds_of: str
    """Title of the metric that `kinds` shows."""
    spreads: tuple[tuple[str, Markup, str], ...]
    """Of figures that are no shares: title, drawing, quantiles in words."""
    failing: int
    worst: tuple[Observation, ...]
    cases: int
    seconds: float


def html(kept: Kept, compared: Comparison | None = None, worst: int = 30) -> str:
    """The page.

    Args:
        kept: the run.
        compared: the run against an earlier one, shown first.
        worst: cases without full marks that are shown, of each suite, the worst first.

    Returns:
        A whole page in UTF-8. All text of cases and answers is escaped; the page's policy allows no script and no request.
    """
    pages = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    pages.filters["kind"] = kinds.name
    pages.filters["short"] = lambda text: text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    sections = [_section(suites.SUITES[part.suite][0], kept, worst) for part in kept.run.parts]
    return pages.get_template("report.html.jinja").render(
        policy=_POLICY.format(b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()),
        style=Markup(_STYLE),  # noqa: S704 - our own file
        run=kept.run, sections=sections, compared=compared, most=MOST_CHANGES,
        titles={name: suite.title for name, (suite, _) in suites.SUITES.items()}, value=telling.value, signed=telling.signed,
    )  # fmt: skip


def _section(suite: Suite, kept: Kept, worst: int) -> Section:
    observations = kept.of(suite.name)
    figures = [(metric, f) for metric in suite.metrics if (f := statistics.figure(metric, observations)) is not None]
    rows = tuple(Row(metric, telling.value(metric, f.value), _between(metric, f), f.n, f.docs, f.method) for metric, f in figures)
    shares = [
        Bar(metric.title, f.value, f.low, f.high, f"{telling.value(metric, f.value)}（{f.n} 题）")
        for metric, f in figures
        if not metric.unit
    ]
    kind_metric, by_kind = _kinds(suite, observations)
    (part,) = (part for part in kept.run.parts if part.suite == suite.name)
    failed = sorted((o for o in observations if fails(o)), key=lambda o: (sum(o.values.values()) / len(o.values), o.id))
    forest = plots.forest(shares) if shares else Markup("")
    return Section(
        suite=suite, rows=rows, headline=rows[0], share=None if suite.headline.unit else figures[0][1].value, forest=forest,
        kinds=plots.bars(by_kind), kinds_of=kind_metric.title, spreads=tuple(_spreads(suite, observations)), failing=len(failed),
        worst=tuple(failed[:worst]), cases=part.cases, seconds=part.seconds,
    )  # fmt: skip


def _between(metric: Metric, found: statistics.Figure) -> str:
    if found.low is None or found.high is None:
        return "–"
    return f"{telling.value(metric, found.low)} – {telling.value(metric, found.high)}"


def _kinds(suite: Suite, observations: Sequence[Observation]) -> tuple[Metric, list[Bar]]:
    """The headline (or what it is made of first) by kind of case."""
    metric = suite.metric(suite.headline.harmonic[1]) if suite.headline.harmonic else suite.headline
    by_kind: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        if metric.name in observation.values and not metric.unit:
            by_kind[observation.kind].append(observation)
    made = []
    for kind, found in by_kind.items():
        f = statistics.figure(metric, found)
        if f is not None:
            made.append(Bar(kinds.name(kind), f.value, f.low, f.high, f"{100 * f.value:.1f}%（{f.n} 题）"))
    return metric, made


def _spreads(suite: Suite, observations: Sequence[Observation]) -> list[tuple[str, Markup, str]]:
    made = []
    for metric in suite.metrics:
        values = sorted(o.values[metric.name] for o in observations if metric.unit and metric.name in o.values)
        if len(values) >= 10:
            told = "，".join(f"p{q} {telling.value(metric, values[min(len(values) - 1, len(values) * q // 100)])}" for q in (50, 95, 99))
            made.append((metric.title, plots.spread(values, metric.unit), told))
    return made
