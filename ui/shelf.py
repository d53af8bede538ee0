"""The library's documents, and files on their way into it, drawn: records → HTML."""

from collections.abc import Sequence
from html import escape

from service.api import file_address
from service.record import Stage
from service.records import DocumentInfo
from ui.intake import READ_AGAIN, Job
from ui.naming import document_name, kind_name
from ui.words import english, perhaps, said, say, told

STATUSES = {"added": "已读入", "unchanged": "已在库中", "replaced": "已更新", READ_AGAIN: "没有变化"}
_REMOVE = "从资料库删除「{name}」？原文件的副本也会删除。"


def progress(jobs: Sequence[Job]) -> str:
    """Every file's stage, or what became of it."""
    if not jobs:
        return ""
    return f'<ul class="mz-outcome" role="status">{"".join(map(_job, jobs))}</ul>'


def removed(name: str) -> str:
    """That a document is gone."""
    return f'<ul class="mz-outcome" role="status"><li class="mz-done"><b>{say("已删除")}</b> {escape(name)}</li></ul>'


def documents(infos: Sequence[DocumentInfo]) -> str:
    """The documents held, as a table that becomes cards on a phone."""
    if not infos:
        return f'<div class="mz-empty"><p>{say("还没有资料。上传部门预算或部门决算的 PDF，读入后就能提问和核对。")}</p></div>'
    heads = ("单位", "年度", "种类", "页数", "表格", "核对发现", "操作")
    head = "".join(f'<th scope="col">{say(name)}</th>' for name in heads)
    return f'<table class="mz-docs"><thead><tr>{head}</tr></thead><tbody>{"".join(_row(i) for i in infos)}</tbody></table>'


def _job(job: Job) -> str:
    if job.error:
        return f'<li class="mz-failed"><b>{say("没有读入")}</b> {told(job.error, job.english)}</li>'
    if job.info is not None:
        counts = f"{say('{n} 页', n=job.info.pages)} · {say('{n} 处核对发现', n=job.info.findings)}"
        return f'<li class="mz-done"><b>{say(STATUSES[job.status])}</b> {escape(document_name(job.info))} <span>{counts}</span></li>'
    stages = list(Stage)
    at = stages.index(job.stage) if job.stage is not None else -1
    steps = "".join(
        f'<li class="{"mz-past" if n < at else "mz-now" if n == at else "mz-later"}"{_current(n == at)}>{say(stage.value)}</li>'
        for n, stage in enumerate(stages)
    )
    return f'<li class="mz-job"><b>{escape(job.name)}</b><ol class="mz-steps">{steps}</ol></li>'


def _current(now: bool) -> str:
    return ' aria-current="step"' if now else ""


def _row(info: DocumentInfo) -> str:
    cells = (
        ("年度", escape(str(info.year)) if info.year else say("未识别")),
        ("种类", perhaps(kind_name(info))),
        ("页数", str(info.pages)),
        ("表格", str(info.tables)),
        ("核对发现", str(info.findings) if info.findings else say("无")),
    )
    name = f'<th scope="row">{escape(info.org or info.title or info.doc)}<span>{escape(info.doc)}</span></th>'
    data = "".join(f"<td{said('data-label', label)}>{text}</td>" for label, text in cells)
    return f'<tr>{name}{data}<td class="mz-row-acts">{_acts(info)}</td></tr>'


def _acts(info: DocumentInfo) -> str:
    doc, named = escape(info.doc), document_name(info)
    sure = escape(_REMOVE.format(name=named)), escape(english(_REMOVE, name=named))
    return (
        f'<a class="mz-act" href="{escape(file_address(info.doc))}" target="_blank" rel="noopener">{say("原文件")}</a>'
        f'<button type="button" class="mz-act" data-doc-act="reread" data-doc="{doc}">{say("重读")}</button>'
        f'<button type="button" class="mz-act mz-danger" data-doc-act="remove" data-doc="{doc}"'
        f' data-sure="{sure[0]}" data-en-data-sure="{sure[1]}">{say("删除")}</button>'
    )
