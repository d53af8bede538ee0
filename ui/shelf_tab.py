"""The tab 资料, wired: uploads with their stages, the documents held, reading again, deleting."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui import shelf
from ui.intake import Intake
from ui.naming import document_name
from ui.session import Session
from ui.wiring import PRIVATE, QUIET, guarded, label

_ACTS = """
element.addEventListener("click", (event) => {
  const act = event.target.closest("[data-doc-act]");
  if (!act) return;
  if (act.dataset.sure && !window.confirm(act.dataset.sure)) return;
  trigger(act.dataset.docAct === "remove" ? "remove" : "reread", { doc: act.dataset.doc });
});
"""


@dataclass(frozen=True, slots=True)
class ShelfTab:
    """Components that others fill: what became of uploads, the documents."""

    outcome: gr.HTML
    documents: gr.HTML


def build(session: Session, intake: Intake, refreshed: Callable[[], list[Any]], shown: list[Any]) -> ShelfTab:
    """The tab's components and events.

    Args:
        session: the open library.
        intake: what is being read.
        refreshed: gives what depends on the documents held, after they have changed.
        shown: the components that it fills; this tab's table of documents is put before them.
    """
    files = gr.File(file_count="multiple", file_types=[".pdf", ".txt"], label=label("上传 PDF（可多选）"), height=150, elem_id="mz-upload")
    outcome = gr.HTML("", elem_id="mz-outcome", apply_default_css=False)
    documents = gr.HTML("", elem_id="mz-documents", apply_default_css=False, js_on_load=_ACTS)
    outputs = [outcome, files, documents, *shown]

    def after(told: str) -> list[Any]:
        return [told, None, shelf.documents(session.documents()), *refreshed()]

    def steps(jobs: Iterator[Any]) -> Iterator[list[Any]]:
        told = ""
        for now in jobs:
            told = shelf.progress(now)
            yield [told, gr.skip(), *[gr.skip()] * (len(outputs) - 2)]
        yield after(told)

    def upload(paths: list[str]) -> Iterator[list[Any]]:
        yield from steps(intake.upload(session, paths))

    def reread(event: gr.EventData) -> Iterator[list[Any]]:
        yield from steps(intake.reread(session, str(event.doc)))

    def remove(event: gr.EventData) -> Any:  # noqa: ANN401  whatever the guarded step gives
        def gone() -> list[Any]:
            name = document_name(session.info(str(event.doc)))
            session.remove(str(event.doc))
            return after(shelf.removed(name))

        return guarded(gone)()

    files.upload(upload, files, outputs, concurrency_limit=1, concurrency_id="reading", **QUIET)
    documents.reread(reread, None, outputs, concurrency_limit=1, concurrency_id="reading", **QUIET)
    documents.remove(remove, None, outputs, **PRIVATE)
    return ShelfTab(outcome, documents)
