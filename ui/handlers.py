"""What the page does: plain functions from a session and the page's state to what is to be shown. No Gradio here."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from service.api import Library
from service.errors import MingzhangError
from service.records import Answer, CheckReport, Citation, DocumentInfo
from ui import findings, render, shelf
from ui.render import Stage, Turn, View

log = logging.getLogger(__name__)

ALL = ""
"""The document chooser's value for the whole library."""
MAX_QUESTION = 1000
"""Longer questions are cut by the text field."""
UNFORESEEN = "程序内部出错，没有完成；详情见服务日志。"
"""What the page says of an error that nobody meant."""
Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, what is being done)."""


class Event(Protocol):
    """A step of answering (`service.pipeline.Event`)."""

    @property
    def text(self) -> str:
        """The status in Chinese."""

    @property
    def answer(self) -> Answer | None:
        """The verified answer, on the last event."""


class Session(Library, Protocol):
    """What the page asks of an open library (`service.pipeline.Session`)."""

    def ask_events(self, question: str, *, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> Iterator[Event]:
        """Statuses, then the answer."""

    def ingest(self, paths: Sequence[Path], on_progress: Progress | None = None) -> shelf.Report:
        """Read files into the library."""

    def report(self, doc: str) -> CheckReport:
        """What the checker covered and found."""

    def examples(self) -> Sequence[str]:
        """Questions that the library can answer."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The evidence panel as shown: the citation chooser, the quote, the page. `turn` counts from 0, `page` from 1."""

    turn: int = 0
    n: int | None = None
    page: int = 0
    pages: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    quote: str = ""
    label: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """The chat tab after a step. `panel` is None when it stays as it is."""

    turns: tuple[Turn, ...]
    panel: Panel | None = None
    busy: bool = False


def ask(session: Session, question: str, doc: str, turns: Sequence[Turn]) -> Iterator[Screen]:
    """Answer a question within the conversation so far: a screen per status, then one with the answer and its first citation.

    Args:
        session: the open library.
        question: as typed; blank ones change nothing.
        doc: a document's name, or `ALL`.
        turns: the conversation so far, oldest first.
    """
    question = question.strip()
    before = tuple(turns)
    if not question:
        yield Screen(before)
        return
    turn = Turn(question, note="正在查找…")
    yield Screen((*before, turn), blank(), busy=True)
    try:
        for event in session.ask_events(question, docs=[doc] if doc else None, history=_history(before)):
            if event.answer is not None:
                turn = Turn(question, Stage.ANSWERED, event.answer)
            elif event.text and event.text != turn.note:
                turn = replace(turn, note=event.text)
                yield Screen((*before, turn), busy=True)
        if turn.stage is not Stage.ANSWERED:
            turn = Turn(question, Stage.FAILED, note="没有得到答案，请再试一次。")
        after = (*before, turn)
        yield Screen(after, newest(session, after))
    except MingzhangError as error:
        yield Screen((*before, Turn(question, Stage.FAILED, note=error.zh)))
    except Exception:  # the outermost frame of a chat step: a turn left open would lock the question field
        log.exception("unforeseen error while answering")
        yield Screen((*before, Turn(question, Stage.FAILED, note=UNFORESEEN)))


def stopped(turns: Sequence[Turn]) -> Screen:
    """The conversation after the user stopped the answer that was being written."""
    return Screen(tuple(replace(t, stage=Stage.STOPPED) if t.stage is Stage.DRAFTING else t for t in turns))


def newest(session: Session, turns: Sequence[Turn]) -> Panel:
    """The panel for the last answer: its first citation, or blank."""
    if not turns or turns[-1].answer is None or not turns[-1].answer.citations:
        return blank()
    return cited(session, turns, len(turns) - 1, turns[-1].answer.citations[0].n)


def cited(session: Session, turns: Sequence[Turn], turn: int, n: int, page: int | None = None) -> Panel:
    """The panel for citation `n` of turn `turn` (from 0), at its own page or at `page` (from 1, kept within the document).

    A citation that does not exist gives the blank panel: marks come from the browser and are not trusted.
    """
    citation = _citation(turns, turn, n)
    if citation is None:
        return blank()
    pages = session.page_count(citation.doc)
    at = max(1, min(pages, citation.place.page if page is None else page))
    info = next((i for i in session.documents() if i.doc == citation.doc), None)
    view = View(citation, at, pages, info)
    return Panel(
        turn=turn,
        n=n,
        page=at,
        pages=pages,
        choices=tuple(render.choices(turns[turn].answer)),
        quote=render.quote(view),
        label=render.page_label(view),
        picture=render.picture(view),
    )


def turned(session: Session, turns: Sequence[Turn], panel: Panel, by: int) -> Panel:
    """The panel `by` pages on (or back, when negative)."""
    return panel if panel.n is None else cited(session, turns, panel.turn, panel.n, panel.page + by)


def blank() -> Panel:
    """The panel before anything is cited."""
    return Panel(quote=render.no_quote())


def checkable(session: Session, doc: str | None) -> tuple[list[tuple[str, str]], str | None, str]:
    """The checker's chooser (labels and names), the document chosen (`doc` if it is still held), and its findings as HTML."""
    choices = render.document_choices(session.documents())
    names = [name for _, name in choices]
    chosen = doc if doc in names else next(iter(names), None)
    return choices, chosen, check(session, chosen)


def chooser(documents: Sequence[DocumentInfo]) -> list[tuple[str, str]]:
    """The chat's document chooser."""
    return [(f"在全部 {len(documents)} 份资料里找" if documents else "全部资料", ALL), *render.document_choices(documents)]


def ingest(session: Session, paths: Iterable[str], on_progress: Progress) -> str:
    """Read uploaded files into the library and say what became of each, as HTML."""
    files = [Path(path) for path in paths]
    if not files:
        return ""
    try:
        return shelf.ingested(session.ingest(files, on_progress))
    except MingzhangError as error:
        return render.error(error.zh)


def check(session: Session, doc: str | None) -> str:
    """The findings of a document, as HTML."""
    if not doc:
        return '<div class="mz-empty"><p>还没有可核对的文件。请先到「资料」页上传。</p></div>'
    try:
        return findings.report(session.report(doc))
    except MingzhangError as error:
        return render.error(error.zh)


def _history(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    return [(t.question, t.answer.answer) for t in turns if t.answer is not None]


def _citation(turns: Sequence[Turn], turn: int, n: int) -> Citation | None:
    if not 0 <= turn < len(turns):
        return None
    answer = turns[turn].answer
    return next((c for c in answer.citations if c.n == n), None) if answer else None
