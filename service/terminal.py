"""What the terminal shows: answers, facts, tables and reports as text; facts as CSV."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid
from rich.text import Text

from service.amounts import plain
from service.errors import StorageError
from service.records import Answer, CheckReport, Disclosure, Document, Fact, Severity, State, Support

_SEVERITY = {Severity.ERROR: ("不一致", "red"), Severity.SUSPICIOUS: ("可疑", "yellow"), Severity.ROUNDING: ("尾差", "cyan")}
_STATES = {
    State.PASS: "通过",
    State.TAIL: "尾差",
    State.FINDING: "发现",
    State.NOT_APPLICABLE: "不适用",
    State.NOT_CHECKED: "未核对",
}
_SUPPORT = {Support.CITED: "原文数字", Support.DERIVED: "推算", Support.UNVERIFIED: "未核实"}


def answer(record: Answer, console: Console | None = None) -> None:
    """Show an answer with its citations, calculations and findings."""
    out = console or _console()
    out.print(Text(record.answer, style="bold"))
    for citation in record.citations:
        place = citation.place
        out.print(Text(f"  【{citation.n}】{citation.doc} 第{place.page}页 {citation.section}", style="cyan"))
        out.print(Text(f"      「{place.quote}」", style="dim"))
    for figure in record.figures:
        if figure.derivation:
            out.print(Text(f"  {_SUPPORT[figure.status]}：{figure.derivation}（{figure.unit}）"))
    for finding in record.findings:
        out.print(Text(f"  核对发现（第{finding.place.page}页）：{finding.explain}", style="yellow"))
    for line in (*record.notes, *(f"已略去：{w}" for w in record.withheld)):
        out.print(Text(f"  {line}", style="yellow"))
    engine = f"模型 {record.model}" if record.engine == "llm" else "离线（不用模型）"
    out.print(Text(f"  {engine} · {record.elapsed_ms} 毫秒", style="dim"))


def disclosures(records: Sequence[Disclosure], console: Console | None = None) -> None:
    """Show facts by document."""
    out = console or _console()
    for record in records:
        grid = Grid(title=f"{record.doc}  {record.org} {record.year or ''}  {len(record.facts)} 个数，{len(record.reasons)} 条原因")
        for name in ("项目", "口径", "数值", "年度", "页", "出处"):
            grid.add_column(name, justify="right" if name == "数值" else "left")
        for fact in record.facts:
            grid.add_row(
                escape(fact.item),
                fact.measure,
                f"{plain(fact.value)} {fact.unit}",
                str(fact.year or ""),
                str(fact.place.page),
                escape(fact.where),
            )
        out.print(grid)
        _unread(out, record)


def reports(records: Sequence[CheckReport], console: Console | None = None) -> None:
    """Show coverage and findings by document."""
    out = console or _console()
    for record in records:
        states = "，".join(f"{name} {record.counts.get(state, 0)}" for state, name in _STATES.items())
        out.print(Text(f"{record.doc}：{states}", style="bold"))
        for finding in record.findings:
            name, style = _SEVERITY[finding.severity]
            out.print(Text(f"  [{name}] {finding.obligation} 第{finding.place.page}页 {finding.where}", style=style))
            out.print(Text(f"      {finding.explain}"))
            out.print(Text(f"      「{finding.place.quote}」", style="dim"))
        for reason, count in Counter((g.obligation, g.reason) for g in record.not_checked).items():
            times = f" ×{count}" if count > 1 else ""
            out.print(Text(f"  未核对 {reason[0]}：{reason[1]}{times}", style="dim"))


def tables(record: Document, console: Console | None = None) -> None:
    """Show a document's tables."""
    out = console or _console()
    for table in record.tables:
        unit = f"（{table.unit}）" if table.unit else ""
        pages = "、".join(str(p) for p in table.pages)
        grid = Grid(title=f"{table.number or ''} {table.title}{unit} 第{pages}页", show_lines=False)
        for column in table.columns:
            grid.add_column(escape(column))
        for row in table.rows:
            grid.add_row(*(escape(cell.text) for cell in row))
        out.print(grid)
    for item in record.unread:
        out.print(Text(f"未读：第{item.page}页 {item.what}：{item.reason}", style="yellow"))


def write_csv(records: Sequence[Disclosure], path: Path) -> None:
    """Write facts as CSV (UTF-8 with a mark, so that spreadsheets open it as Chinese).

    Raises:
        StorageError: the file cannot be written.
    """
    names = ["文件", "项目", "科目编码", "口径", "数值", "单位", "年度", "栏", "来源", "出处", "页", "原文"]
    try:
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            for record in records:
                writer.writerows(_row(record.doc, fact) for fact in record.facts)
    except OSError as error:
        raise StorageError(f"{path}：写不进去（{error.strerror}）", f"{path}: cannot be written ({error.strerror})") from error


def _row(doc: str, fact: Fact) -> list[object]:
    return [
        doc, fact.item, fact.code, fact.measure, plain(fact.value), fact.unit, fact.year, fact.column, fact.source, fact.where,
        fact.place.page, fact.place.quote,
    ]  # fmt: skip


def _unread(out: Console, record: Disclosure) -> None:
    for item in record.unread:
        out.print(Text(f"  未读：{f'第{item.page}页 ' if item.page else ''}{item.what}：{item.reason}", style="yellow"))


def _console() -> Console:
    return Console(soft_wrap=True, highlight=False)
