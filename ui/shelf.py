"""The library's documents and an ingestion's outcome, drawn: records → HTML."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from service.errors import MingzhangError
from service.records import DocumentInfo
from ui.render import document_name, kind_name

STATUSES = {"added": "已读入", "unchanged": "已在库中", "replaced": "已更新"}


class Ingested(Protocol):
    """A document read (`service.pipeline`)."""

    @property
    def info(self) -> DocumentInfo:
        """The document as listed."""

    @property
    def status(self) -> str:
        """added, unchanged or replaced."""


class Failed(Protocol):
    """A file that could not be read (`service.pipeline`)."""

    @property
    def error(self) -> MingzhangError:
        """What is wrong."""


class Report(Protocol):
    """An ingestion's outcome (`service.pipeline.IngestReport`)."""

    @property
    def documents(self) -> Sequence[Ingested]:
        """The files read."""

    @property
    def failed(self) -> Sequence[Failed]:
        """The files not read."""


def ingested(report: Report) -> str:
    """What became of each file."""
    rows = [
        f'<li class="mz-done"><b>{STATUSES.get(d.status, d.status)}</b> {escape(document_name(d.info))}（{d.info.pages} 页）</li>'
        for d in report.documents
    ]
    rows += [f'<li class="mz-failed"><b>没有读入</b> {escape(f.error.zh)}</li>' for f in report.failed]
    return f'<ul class="mz-outcome" role="status">{"".join(rows)}</ul>'


def documents(infos: Sequence[DocumentInfo]) -> str:
    """The documents held, as a table that becomes cards on a phone."""
    if not infos:
        return '<div class="mz-empty"><p>还没有资料。上传部门预算或部门决算的 PDF，读入后就能提问和核对。</p></div>'
    head = "".join(f"<th>{name}</th>" for name in ("单位", "年度", "种类", "页数", "表格", "段落", "核对发现"))
    return f'<table class="mz-docs"><thead><tr>{head}</tr></thead><tbody>{"".join(_row(i) for i in infos)}</tbody></table>'


def _row(info: DocumentInfo) -> str:
    cells = (
        ("年度", str(info.year or "未识别")),
        ("种类", kind_name(info)),
        ("页数", str(info.pages)),
        ("表格", str(info.tables)),
        ("段落", str(info.passages)),
        ("核对发现", str(info.findings) if info.findings else "无"),
    )
    name = f'<th scope="row">{escape(info.org or info.title or info.doc)}<span>{escape(info.doc)}</span></th>'
    data = "".join(f'<td data-label="{label}">{escape(text)}</td>' for label, text in cells)
    return f"<tr>{name}{data}</tr>"
