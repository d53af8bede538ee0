"""Figures → small SVG drawings: intervals one under another, bars, and how times are spread. Colours come from the page's style."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, LABEL, VALUE, ROW = 560, 116, 128, 28
"""Of a drawing, its names at the left, its values at the right, and each row, in pixels."""
BINS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its interval, by name; `told` is written at the right."""

    name: str
    value: float
    low: float | None
    high: float | None
    told: str


def forest(bars: Sequence[Bar]) -> Markup:
    """Shares from 0 to 1 as points on one axis, each with its interval."""
    parts = [_axis(len(bars))]
    for n, bar in enumerate(bars):
        y = ROW * n + ROW // 2 + 4
        parts.append(_name(bar.name, y))
        if bar.low is not None and bar.high is not None:
            parts.append(f'<line class="span" x1="{_x(bar.low):.1f}" x2="{_x(bar.high):.1f}" y1="{y}" y2="{y}"/>')
            parts += [f'<line class="end" x1="{_x(e):.1f}" x2="{_x(e):.1f}" y1="{y - 5}" y2="{y + 5}"/>' for e in (bar.low, bar.high)]
        parts.append(f'<circle class="dot {_grade(bar.value)}" cx="{_x(bar.value):.1f}" cy="{y}" r="5.5"/>')
        parts.append(_told(bar.told, y))
    return _svg(parts, ROW * len(bars) + 26, "指标与区间")


def bars(shares: Sequence[Bar]) -> Markup:
    """Shares from 0 to 1 as bars from nothing, each with its interval as a thin line."""
    parts = [_axis(len(shares))]
    for n, bar in enumerate(shares):
        y = ROW * n + ROW // 2 + 4
        parts.append(_name(bar.name, y))
        parts.append(f'<rect class="track" x="{_x(0):.1f}" y="{y - 7}" width="{_x(1) - _x(0):.1f}" height="14" rx="3"/>')
        parts.append(
            f'<rect class="bar {_grade(bar.value)}" x="{_x(0):.1f}" y="{y - 7}" width="{_x(bar.value) - _x(0):.1f}" height="14" rx="3"/>'
        )
        if bar.low is not None and bar.high is not None:
            parts.append(f'<line class="whisker" x1="{_x(bar.low):.1f}" x2="{_x(bar.high):.1f}" y1="{y}" y2="{y}"/>')
        parts.append(_told(bar.told, y))
    return _svg(parts, ROW * len(shares) + 26, "分类")


def spread(values: Sequence[float], unit: str) -> Markup:
    """How values are spread: their count in equal steps from 0 to the highest."""
    top = max(values) or 1.0
    counts = [0] * BINS
    for value in values:
        counts[min(BINS - 1, int(BINS * value / top))] += 1
    high, step = max(counts), (WIDTH - 20) / BINS
    parts = [
        f'<rect class="bar plain" x="{10 + step * n:.1f}" y="{84 - 70 * count / high:.1f}" width="{step - 2:.1f}"'
        f' height="{70 * count / high:.1f}" rx="2"/>'
        for n, count in enumerate(counts)
        if count
    ]
    parts.append(f'<line class="grid" x1="10" x2="{WIDTH - 10}" y1="84.5" y2="84.5"/>')
    for share in (0.0, 0.5, 1.0):
        anchor = {0.0: "start", 0.5: "middle", 1.0: "end"}[share]
        x = 10 + share * (WIDTH - 20)
        parts.append(f'<text class="tick" x="{x:.0f}" y="100" text-anchor="{anchor}">{share * top:.3g} {escape(unit)}</text>')
    return _svg(parts, 106, "分布")


def _x(share: float) -> float:
    return LABEL + share * (WIDTH - LABEL - VALUE)


def _axis(rows: int) -> str:
    bottom = ROW * rows + 6
    lines = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        lines.append(f'<line class="grid" x1="{_x(share):.1f}" x2="{_x(share):.1f}" y1="4" y2="{bottom}"/>')
        lines.append(f'<text class="tick" x="{_x(share):.1f}" y="{bottom + 14}" text-anchor="middle">{100 * share:.0f}%</text>')
    return "".join(lines)


def _name(name: str, y: float) -> str:
    return f'<text class="name" x="{LABEL - 14}" y="{y + 4}" text-anchor="end">{escape(name)}</text>'


def _told(told: str, y: float) -> str:
    return f'<text class="told" x="{WIDTH - VALUE + 16}" y="{y + 4}">{escape(told)}</text>'


def _grade(value: float) -> str:
    return "good" if value >= 0.95 else "fair" if value >= 0.8 else "poor"


def _svg(parts: Sequence[str], height: int, title: str) -> Markup:
    inside = "".join(parts)
    return Markup(f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}">{inside}</svg>')  # noqa: S704 - all text in it is escaped
