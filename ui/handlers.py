"""The conversation: plain functions from a session and the page's state to what is to be shown. No Gradio here."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.errors import MingzhangError
from service.records import Answer, Citation, DocumentInfo
from ui import evidence
from ui.evidence import View
from ui.naming import document_choices
from ui.render import Stage, Turn
from ui.session import Session
from ui.words import UNFORESEEN

log = logging.getLogger(__name__)

ALL = ""
"""The document chooser's value for the whole library."""
MAX_QUESTION = 1000
"""Longer questions are cut by the text field."""
MOST_REMEMBERED = 30
"""Turns of a conversation that a reload brings back."""


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
    commenting: int | None = None
    """The turn (from 0) whose opinion may be explained in the comment field."""


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
    docs, history = [doc] if doc else None, _history(before)
    try:
        for event in session.ask_events(question, docs=docs, history=history):
            if event.answer is not None:
                turn = Turn(question, Stage.ANSWERED, event.answer, key=_kept(session, event.answer, docs, history))
            elif event.text and event.text != turn.note:
                turn = replace(turn, note=event.text)
                yield Screen((*before, turn), busy=True)
        if turn.stage is not Stage.ANSWERED:
            turn = Turn(question, Stage.FAILED, note="没有得到答案，请再试一次。")
        after = (*before, turn)
        yield Screen(after, newest(session, after))
    except MingzhangError as error:
        yield Screen((*before, Turn(question, Stage.FAILED, note=error.zh, english=error.en)))
    except Exception:  # the outermost frame of a chat step: a turn left open would lock the question field
        log.exception("unforeseen error while answering")
        yield Screen((*before, Turn(question, Stage.FAILED, note=UNFORESEEN)))


def again(session: Session, doc: str, turns: Sequence[Turn]) -> Iterator[Screen]:
    """Ask the last question once more, in the place of what came of it."""
    if not turns:
        return iter([Screen(())])
    return ask(session, turns[-1].question, doc, turns[:-1])


def stopped(turns: Sequence[Turn]) -> Screen:
    """The conversation after the user stopped the answer that was being written."""
    return Screen(tuple(replace(t, stage=Stage.STOPPED) if t.stage is Stage.DRAFTING else t for t in turns))


def judged(session: Session, turns: Sequence[Turn], turn: int, *, good: bool) -> Screen:
    """The conversation after the user said that an answer (`turn` from 0) is good or bad; turns that have none stay as they are."""
    if not 0 <= turn < len(turns) or not turns[turn].key:
        return Screen(tuple(turns))
    said = turns[turn]
    opinion = session.journal.judge(said.key, good, opinion=said.opinion)
    after = [*turns]
    after[turn] = replace(said, good=good, opinion=opinion)
    return Screen(tuple(after), commenting=turn)


def commented(session: Session, turns: Sequence[Turn], turn: int | None, comment: str) -> Screen:
    """The conversation after the user explained the opinion on a turn."""
    if turn is not None and 0 <= turn < len(turns):
        said = turns[turn]
        if said.key and said.good is not None:
            session.journal.judge(said.key, said.good, comment, opinion=said.opinion)
    return Screen(tuple(turns))


def remembered(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """What the browser keeps of a conversation, for a reload: questions and keys, no texts."""
    kept = turns[-MOST_REMEMBERED:]
    return [
        {"question": t.question, "key": t.key, "note": t.note, "english": t.english, "good": t.good, "opinion": t.opinion} for t in kept
    ]


def restored(session: Session, stored: object, key: str = "") -> Screen:
    """The conversation that a browser kept, or the one answer of a permanent link.

    Args:
        session: the open library.
        stored: `remembered`, as it came back from the browser: it is not trusted.
        key: of an answer that a link names.
    """
    rows = [{"key": key}] if key else stored if isinstance(stored, list) else []
    turns = [_recalled(session, row) for row in rows[-MOST_REMEMBERED:] if isinstance(row, dict)]
    known = tuple(turn for turn in turns if turn.question)
    return Screen(known, newest(session, known))


def newest(session: Session, turns: Sequence[Turn]) -> Panel:
    """The panel for the last answer: its first citation, or blank."""
    if not turns or turns[-1].answer is None or not turns[-1].answer.citations:
        return blank()
    return cited(session, turns, len(turns) - 1, turns[-1].answer.citations[0].n)


def cited(session: Session, turns: Sequence[Turn], turn: int, n: int, page: int | None = None) -> Panel:
    """The panel for citation `n` of turn `turn` (from 0), at its own page or at `page` (from 1, kept within the document).

    A citation that does not exist gives the blank panel: marks come from the browser and are not trusted. So does one of a
    document that has left the library since.
    """
    citation = _citation(turns, turn, n)
    info = next((i for i in session.documents() if citation and i.doc == citation.doc), None)
    if citation is None or info is None:
        return blank()
    at = max(1, min(info.pages, citation.place.page if page is None else page))
    view = View(citation, at, info.pages, info)
    return Panel(
        turn=turn,
        n=n,
        page=at,
        pages=info.pages,
        choices=tuple(evidence.choices(turns[turn].answer)),
        quote=evidence.quote(view),
        label=evidence.page_label(view),
        picture=evidence.picture(view),
    )


def turned(session: Session, turns: Sequence[Turn], panel: Panel, by: int) -> Panel:
    """The panel `by` pages on (or back, when negative)."""
    return panel if panel.n is None else cited(session, turns, panel.turn, panel.n, panel.page + by)


def blank() -> Panel:
    """The panel before anything is cited."""
    return Panel(quote=evidence.legend())


def chooser(documents: Sequence[DocumentInfo]) -> list[tuple[str, str]]:
    """The chat's document chooser."""
    return [("全部资料", ALL), *document_choices(documents)]


def _kept(session: Session, answer: Answer, docs: Sequence[str] | None, history: Sequence[tuple[str, str]]) -> str:
    """The answer's key in the journal; empty where it cannot be written: the answer is shown all the same."""
    try:
        return session.keep(answer, docs, history)
    except MingzhangError:
        log.warning("the answer could not be kept", exc_info=True)
        return ""


def _recalled(session: Session, row: dict[str, Any]) -> Turn:
    """One remembered turn; without a question where nothing is left of it."""
    question, key = str(row.get("question") or "")[:MAX_QUESTION], str(row.get("key") or "")
    if not key:
        note, translated = str(row.get("note") or ""), str(row.get("english") or "")
        return Turn(question, Stage.FAILED, note=note or "没有得到答案，请再试一次。", english=translated if note else "")
    try:
        kept = session.journal.kept(key)
    except MingzhangError as error:
        return Turn(question, Stage.FAILED, note=error.zh, english=error.en)
    good, opinion = row.get("good"), row.get("opinion")
    return Turn(
        kept.answer.question,
        Stage.ANSWERED,
        kept.answer,
        key=key,
        good=good if isinstance(good, bool) else None,
        opinion=opinion if isinstance(opinion, int) else None,
    )


def _history(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    return [(t.question, t.answer.answer) for t in turns if t.answer is not None]


def _citation(turns: Sequence[Turn], turn: int, n: int) -> Citation | None:
    if not 0 <= turn < len(turns):
        return None
    answer = turns[turn].answer
    return next((c for c in answer.citations if c.n == n), None) if answer else None
