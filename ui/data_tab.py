"""The tab 数据, wired: charts and tables of one document, and beside it another one."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui import ledger
from ui.charts import Drawing
from ui.session import Session
from ui.wiring import PRIVATE, QUIET, guarded, label


@dataclass(frozen=True, slots=True)
class DataTab:
    """The document chosen, and the components that a `Desk` fills."""

    doc: gr.Dropdown
    outputs: list[Any]


def build(session: Session) -> DataTab:
    """The tab's components and events."""
    with gr.Row():
        doc = gr.Dropdown([], label=label("看哪份文件"), elem_id="mz-data-doc", min_width=300)
        other = gr.Dropdown([], label=label("与哪份文件比较"), elem_id="mz-data-other", min_width=300)
    downloads = gr.HTML("", elem_id="mz-downloads", apply_default_css=False)
    note = gr.HTML("", elem_id="mz-data-note", apply_default_css=False)
    with gr.Row(elem_classes="mz-charts"):
        execution = gr.Plot(label=label("预算与决算"), show_label=False, elem_id="mz-chart-execution", visible=False, min_width=340)
        structure = gr.Plot(label=label("支出结构"), show_label=False, elem_id="mz-chart-structure", visible=False, min_width=340)
    compared = gr.Plot(label=label("两份对比"), show_label=False, elem_id="mz-chart-compared", visible=False)
    comparison = gr.HTML("", elem_id="mz-comparison", apply_default_css=False)
    chosen = gr.Radio([], label=label("看哪张表"), show_label=False, container=False, elem_id="mz-data-table", visible=False)
    table = gr.HTML("", elem_id="mz-table", apply_default_css=False)
    outputs = [doc, other, downloads, note, execution, structure, compared, comparison, chosen, table]
    doc.input(guarded(lambda name, now: desk(session, name, None, now)), [doc, chosen], outputs, **PRIVATE)
    beside = guarded(lambda name, second, now: desk(session, name, second or ledger.NONE, now))
    other.input(beside, [doc, other, chosen], outputs, **PRIVATE)
    chosen.input(guarded(lambda name, now: ledger.table(session, name, now)), [doc, chosen], table, **QUIET)
    return DataTab(doc, outputs)


def desk(session: Session, doc: str | None, other: str | None = None, chosen: str | None = None) -> list[Any]:
    """The tab's components for a document, in the order of `DataTab.outputs`."""
    shown = ledger.desk(session, doc, other, chosen)
    return [
        gr.Dropdown(choices=list(shown.choices), value=shown.doc),
        gr.Dropdown(
            choices=[(str(label(name)) if value == ledger.NONE else name, value) for name, value in shown.others],
            value=shown.other,
            visible=len(shown.others) > 1,
        ),
        shown.downloads,
        shown.note,
        *(gr.Plot(spec and Drawing(spec), visible=spec is not None) for spec in (shown.execution, shown.structure, shown.compared)),
        shown.comparison,
        gr.Radio(choices=[(str(label(name)), name) for name in shown.tables], value=shown.chosen, visible=len(shown.tables) > 1),
        shown.table,
    ]
