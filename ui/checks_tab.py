"""The tab 核对, wired: a document's findings, by grade and group."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui import checking, findings
from ui.session import Session
from ui.wiring import PRIVATE, guarded, label


@dataclass(frozen=True, slots=True)
class ChecksTab:
    """The document chosen, and the components that a `Board` fills."""

    doc: gr.Dropdown
    outputs: list[Any]


def build(session: Session) -> ChecksTab:
    """The tab's components and events."""
    with gr.Row(elem_classes="mz-filters"):
        doc = gr.Dropdown([], label=label("核对哪份文件"), elem_id="mz-checked", scale=3, min_width=280)
        grades = gr.CheckboxGroup([], label=label("等级"), elem_id="mz-grades", scale=3, min_width=280)
        group = gr.Dropdown([], label=label("类别"), elem_id="mz-groups", scale=2, min_width=220)
    report = gr.HTML("", elem_id="mz-report", apply_default_css=False)
    outputs = [doc, grades, group, report]
    doc.input(guarded(lambda name: board(session, name)), doc, outputs, **PRIVATE)
    for chosen in (grades, group):
        chosen.input(
            guarded(lambda name, kinds, letter: checking.report(session, name, kinds, letter or "")),
            [doc, grades, group],
            report,
            **PRIVATE,
        )
    return ChecksTab(doc, outputs)


def board(session: Session, doc: str | None) -> list[Any]:
    """The tab's components for a document, in the order of `ChecksTab.outputs`."""
    shown = checking.board(session, doc)
    return [
        gr.Dropdown(choices=list(shown.choices), value=shown.doc),
        gr.CheckboxGroup(
            choices=[(f"{label(name)} {n}", value) for name, n, value in shown.grades], value=[value for _, _, value in shown.grades]
        ),
        gr.Dropdown(choices=[(f"{value} {label(name)} {n}".strip(), value) for name, n, value in shown.groups], value=findings.EVERY),
        shown.report,
    ]
