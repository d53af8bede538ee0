"""The figures of a document as the page shows them: its charts, its tables, and what another document says of the same items."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.exports import ledger
from service.exports.sheets import Sheet
from service.facts import assemble
from service.records import DocumentInfo, Kind
from ui import charts, figures, sheets
from ui.charts import Spec
from ui.naming import document_choices, document_name
from ui.session import Session
from ui.words import say

NONE = ""
"""The comparison chooser's value for no other document."""
_NOT_FIGURES = ("概览", "核对发现", "未能核对", "说明")
"""Sheets of the workbook that other tabs show."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The figures tab as shown: both choosers, the downloads, the charts (None: nothing to draw), the tables."""

    choices: tuple[tuple[str, str], ...] = ()
    doc: str | None = None
    others: tuple[tuple[str, str], ...] = (("不比较", NONE),)
    other: str = NONE
    downloads: str = ""
    execution: Spec | None = None
    structure: Spec | None = None
    compared: Spec | None = None
    comparison: str = ""
    tables: tuple[str, ...] = ()
    chosen: str | None = None
    table: str = ""
    note: str = ""


def desk(session: Session, doc: str | None, other: str | None, chosen: str | None) -> Desk:
    """The tab for a document.

    Args:
        session: the open library.
        doc: the document's name; the first one where it is not held.
        other: the document to compare with, or `NONE`; None: whichever one of the same body is nearest in time.
        chosen: name of the table on view; the first one where there is none of that name.
    """
    held = session.documents()
    infos = {info.doc: info for info in held}
    if not infos:
        return Desk(note=f'<div class="mz-empty"><p>{say("还没有可看的数据。请先到「资料」页上传。")}</p></div>')
    info = infos.get(doc or "") or held[0]
    beside = infos.get(_nearest(info, held) if other is None else other)
    if beside is info:
        beside = None
    record = assemble.assemble(session.disclosure(info.doc))
    own = _tables(session, info)
    sheet = next((s for s in own if s.name == chosen), own[0] if own else None)
    execution = figures.budget_and_actual(record)
    pairs, names = [], ("", "")
    if beside is not None:
        first, second = sorted((beside, info), key=_when)
        records = {i.doc: record if i is info else assemble.assemble(session.disclosure(i.doc)) for i in (first, second)}
        pairs = figures.pairs(records[first.doc], records[second.doc])
        names = _series(first, second)
    return Desk(
        choices=tuple(document_choices(held)),
        doc=info.doc,
        others=(("不比较", NONE), *(c for c in document_choices(held) if c[1] != info.doc)),
        other=beside.doc if beside else NONE,
        downloads=sheets.downloads([info.doc] + ([beside.doc] if beside else [])),
        execution=charts.bars(execution, "预算与决算", (document_name(info), "各科目的预算数与决算数，单位万元；同样的数字见下表")),
        structure=charts.bars(figures.structure(record), "支出结构", (document_name(info), "各类支出，单位万元；同样的数字见下表")),
        compared=charts.bars(
            figures.compared(pairs, names), "两份对比", ("、".join(names), "两份文件各科目的金额，单位万元；同样的数字见下表")
        ),
        comparison=sheets.comparison(pairs, (first, second)) if beside else "",
        tables=tuple(s.name for s in own),
        chosen=sheet.name if sheet else None,
        table=sheets.table(sheet, info.doc) if sheet else "",
        note=""
        if execution or info.kind is not Kind.FINAL
        else f'<p class="mz-meaning">{say("这份文件没有同时印出预算和决算的科目。")}</p>',
    )


def table(session: Session, doc: str | None, chosen: str | None) -> str:
    """One table of a document."""
    info = next((i for i in session.documents() if i.doc == doc), None)
    sheet = next((s for s in _tables(session, info) if s.name == chosen), None) if info else None
    return sheets.table(sheet, info.doc) if sheet and info else ""


def _tables(session: Session, info: DocumentInfo) -> list[Sheet]:
    """The workbook's sheets of figures that have rows."""
    made = ledger.sheets([ledger.Source(info, session.disclosure(info.doc), session.report(info.doc))])
    return [sheet for sheet in made if sheet.rows and sheet.name not in _NOT_FIGURES]


def _nearest(info: DocumentInfo, held: Sequence[DocumentInfo]) -> str:
    """The same body's document that is nearest in time, of the same kind before others."""
    others = [i for i in held if i.doc != info.doc and i.org and i.org == info.org]
    return min(others, key=lambda i: (abs((i.year or 0) - (info.year or 0)), i.kind is not info.kind, i.doc)).doc if others else NONE


def _when(info: DocumentInfo) -> tuple[int, bool, str]:
    """Earlier years first, a budget before the final account of its year."""
    return (info.year or 0, info.kind is Kind.FINAL, info.doc)


def _series(first: DocumentInfo, second: DocumentInfo) -> tuple[str, str]:
    """Names of the two series: year and kind, with the body where the bodies differ, with the file where all is alike."""
    names = [f"{i.year or ''} 年{document_name(i).rpartition('年')[2] or ''}".strip() for i in (first, second)]
    if first.org != second.org or names[0] == names[1]:
        names = [document_name(first), document_name(second)]
    if names[0] == names[1]:
        names = [first.doc, second.doc]
    return names[0], names[1]
