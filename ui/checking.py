"""What the checks tab shows: a document's findings, filtered."""

from collections.abc import Collection
from dataclasses import dataclass

from service.errors import MingzhangError
from ui import findings, render
from ui.naming import document_choices
from ui.session import Session
from ui.words import say


@dataclass(frozen=True, slots=True)
class Board:
    """The tab as shown: the choosers (labels and values), the document, its findings as HTML."""

    choices: tuple[tuple[str, str], ...]
    doc: str | None
    grades: tuple[tuple[str, int, str], ...]
    """(name, number of findings, value)."""
    groups: tuple[tuple[str, int, str], ...]
    """The same of the groups of obligations."""
    report: str


def board(session: Session, doc: str | None) -> Board:
    """The tab for a document, nothing filtered; the first one where `doc` is not held."""
    choices = document_choices(session.documents())
    names = [name for _, name in choices]
    chosen = doc if doc in names else next(iter(names), None)
    checked = session.report(chosen) if chosen else None
    grades = findings.grade_choices(checked)
    shown = report(session, chosen, [value for _, _, value in grades], findings.EVERY)
    return Board(tuple(choices), chosen, tuple(grades), tuple(findings.group_choices(checked)), shown)


def report(session: Session, doc: str | None, grades: Collection[str], group: str) -> str:
    """The findings of a document, as HTML.

    Args:
        session: the open library.
        doc: its name.
        grades: values of the grades that are shown.
        group: letter of the obligations that are shown, or `findings.EVERY`.
    """
    if not doc:
        return f'<div class="mz-empty"><p>{say("还没有可核对的文件。请先到「资料」页上传。")}</p></div>'

    def size(page: int) -> tuple[float, float] | None:
        try:
            return session.page_size(doc, page)
        except MingzhangError:
            return None

    try:
        info = session.info(doc)
        return findings.report(info, session.report(doc), size, grades, group)
    except MingzhangError as error:
        return render.error(error.zh, error.en)
