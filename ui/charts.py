"""Rows of amounts → charts, as Vega-Lite specifications that Gradio's plot component draws from its own files.

A chart shows what the tables beside it print: lengths are floats for the eye alone, the labels carry the printed figures.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui.figures import Bar

Spec = dict[str, Any]

UNIT = "万元"
BAR = "条形"
"""What a screen reader calls a bar."""
APART, NAMED = " · ", "："
"""Between the words that a screen reader is told, and after the documents' names: page.js puts each word into English."""
BAR_PIXELS = 15
"""Height of one bar."""
LABEL_PIXELS = 128
"""Widest name of an item; longer ones are cut, the tooltip has them whole."""
NARROW, WIDE = 6.4, 11
"""Pixels of a digit and of a Chinese character behind a bar."""
_COLOURS = ("#c8a24a", "#0f6f66")
"""Gold for the first of two series (budget, earlier), teal for the second or only one; told apart in grey too."""
_INK = "#66716f"
"""Readable on paper white and on the dark theme."""
_FONT = "PingFang SC, Hiragino Sans GB, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A specification as Gradio's plot component takes it: like a chart of altair, which is not needed for these lines of JSON."""

    __module__ = "ui.charts.altair"  # Gradio asks an object's module which library it is of
    spec: Spec

    def to_json(self) -> str:
        """The specification; Gradio's own copy of Vega draws it in the browser."""
        return json.dumps(self.spec, ensure_ascii=False)


def bars(rows: Sequence[Bar], title: str, description: tuple[str, str]) -> Spec | None:
    """Horizontal bars, grouped where there are two series; None without rows.

    Args:
        rows: in the order from top to bottom; the rows of one item together.
        title: above the chart.
        description: what a screen reader says of it: the documents' names, and a word of the page.
    """
    if not rows:
        return None
    items, series = list(dict.fromkeys(row.item for row in rows)), list(dict.fromkeys(row.series for row in rows))
    values = [{"item": r.item, "series": r.series, "amount": float(r.amount.value), "printed": r.amount.printed} for r in rows]
    for value, row in zip(values, rows, strict=True):
        value["told"] = APART.join((row.item, row.series, row.amount.printed))
    y: Spec = {"field": "item", "type": "nominal", "sort": items, "axis": {"title": None, "labelLimit": LABEL_PIXELS}}
    axis: Spec = {"title": f"金额（{UNIT}）", "tickCount": 4, "format": ",~r", "labelOverlap": True}
    x: Spec = {"field": "amount", "type": "quantitative", "axis": axis}
    beside = round(max(sum(NARROW if c.isascii() else WIDE for c in row.amount.printed) for row in rows)) + 8
    apart: Spec = {"yOffset": {"field": "series", "type": "nominal", "sort": series}} if len(series) > 1 else {}
    tooltip = [{"field": name, "type": "nominal", "title": head} for name, head in _TOOLTIP]
    colour: Spec = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": series, "range": list(_COLOURS if len(series) > 1 else _COLOURS[1:])},
        "legend": {"title": None, "orient": "top", "columnPadding": 36} if len(series) > 1 else None,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",  # a name, never fetched
        "title": title,
        "description": NAMED.join(description),
        "width": "container",
        "height": {"step": BAR_PIXELS if len(series) > 1 else BAR_PIXELS + 9},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "top": 5, "bottom": 5, "right": beside},
        "data": {"values": values},
        "encoding": {"y": y, "x": x, **apart},
        "layer": [
            {
                "mark": {"type": "bar", "cornerRadiusEnd": 2, "ariaRoleDescription": BAR},
                "encoding": {"color": colour, "tooltip": tooltip, "description": {"field": "told", "type": "nominal"}},
            },
            {
                "mark": {"type": "text", "aria": False, "align": "left", "baseline": "middle", "dx": 4, "color": _INK, "fontSize": 11},
                "encoding": {"text": {"field": "printed", "type": "nominal"}},
            },
        ],
        "config": _CONFIG,
        "usermeta": {"embedOptions": {"renderer": "svg", "actions": False}},
    }


_TOOLTIP = (("item", "项目"), ("series", "口径"), ("printed", "文件所印"))
_CONFIG: Spec = {
    "background": "transparent",
    "font": _FONT,
    "view": {"stroke": None},
    "title": {"color": _INK, "fontSize": 14, "anchor": "start", "offset": 12},
    "axis": {"aria": False, "labelColor": _INK, "titleColor": _INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
    "axisX": {"gridColor": "#8a94912e", "domain": False, "ticks": False},
    "axisY": {"domainColor": "#8a949166", "ticks": False, "labelPadding": 8},
    "legend": {"aria": False, "labelColor": _INK, "labelFontSize": 12},
    "scale": {"bandPaddingInner": 0.28},
}
