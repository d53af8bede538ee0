"""What the terminal shows of the checker's report: coverage, findings by grade with both sides' evidence, what was not checked."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from service.checks import diagnosis
from service.exports import evidence, wording
from service.records import CheckReport, Document, Finding, Severity, State

_STYLES = {Severity.ERROR: "red", Severity.SUSPICIOUS: "yellow", Severity.ROUNDING: "cyan"}
_COUNTED = (State.PASS, State.TAIL, State.FINDING, State.NOT_CHECKED)
_WIDEST = 110
"""Columns of the terminal that are used; longer lines are hard to read."""
_BAR = 16
"""Columns of a full bar."""


def show(records: Sequence[tuple[Document, CheckReport]], console: Console | None = None) -> None:
    """Show the reports, one document after the other.

    On a terminal in colour and wrapped to its width; in a file or a pipe plain, one line a thing, for `grep`.
    """
    page = _Page(console or Console(highlight=False))
    for n, (document, report) in enumerate(records):
        if n:
            page.say("")
        _document(page, document, report)


class _Page:
    """Lines with their indentation, wrapped on a terminal and whole elsewhere."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = min(console.width, _WIDEST) if console.is_terminal else None

    def say(self, text: str | Text, indent: int = 0, style: str = "") -> None:
        """Print a paragraph."""
        line = Text(text) if isinstance(text, str) else text
        line.stylize(style)
        if self.width is None:
            self.console.print(Text(" " * indent) + line, soft_wrap=True)
        else:
            self.console.print(Padding(line, (0, 0, 0, indent)), width=self.width)

    def point(self, label: str, text: str, indent: int) -> None:
        """Print a labelled paragraph."""
        line = Text(f"{label} ", style="dim")
        line.append(text, style="none")
        self.say(line, indent)


def _document(page: _Page, document: Document, report: CheckReport) -> None:
    whole = wording.whole(report)
    page.say(document.title or document.doc, style="bold")
    what = [
        document.org,
        f"{document.year}年" if document.year else "",
        wording.KINDS[document.kind],
        f"{len(document.pages)}页",
        document.doc,
    ]
    page.say(" · ".join(part for part in what if part), style="dim")
    page.say(
        f"应核对 {whole.owed} 项，已核对 {whole.checked} 项："
        + "，".join(f"{wording.STATES[s]} {report.counts.get(s, 0)}" for s in _COUNTED)
    )
    _coverage(page, report)
    for grade in wording.GRADES:
        _grade(page, grade, [f for f in report.findings if f.severity is grade])
    _missed(page, report)


def _coverage(page: _Page, report: CheckReport) -> None:
    """A line per group of obligations."""
    groups = [group for group in wording.coverage(report) if group.owed]
    if not groups:
        return
    page.say("")
    if page.width is None:
        for group in groups:
            counts = "，".join(f"{wording.STATES[s]} {group.counts[s]}" for s in _COUNTED if group.counts.get(s))
            page.say(f"{wording.GROUPS.get(group.group, group.group)} {group.checked}/{group.owed}：{counts}", 2)
        return
    grid = Grid(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for n, name in enumerate(("  类别", "已核对/应核对", "", *(wording.STATES[s] for s in _COUNTED))):
        grid.add_column(name, justify="left" if n in (0, 2) else "right", no_wrap=True)
    for group in groups:
        full = _BAR * group.checked // group.owed
        bar = Text("━" * full, style="green") + Text("━" * (_BAR - full), style="bright_black")
        shown = [str(group.counts[s]) if group.counts.get(s) else "–" for s in _COUNTED]
        grid.add_row(f"  {wording.GROUPS.get(group.group, group.group)}", f"{group.checked}/{group.owed}", bar, *shown)
    page.console.print(grid, width=page.width)


def _grade(page: _Page, grade: Severity, found: Sequence[Finding]) -> None:
    if not found:
        return
    name, meaning = wording.GRADES[grade]
    page.say("")
    heading = Text(f"{name} {len(found)}", style=f"bold {_STYLES[grade]}")
    heading.append(f"  {meaning}", style="not bold dim")
    page.say(heading)
    for n, finding in enumerate(found, 1):
        if grade is Severity.ROUNDING:
            _tail(page, finding)
        else:
            _finding(page, n, finding)


def _finding(page: _Page, n: int, finding: Finding) -> None:
    """One finding with both sides' evidence."""
    explained = wording.explained(finding)
    versus = f"文中 {wording.quantity(finding.stated)}"
    versus += f"，{wording.other_side(finding)} {wording.quantity(finding.expected)}" if finding.expected else ""
    head = Text(f"{n}. {wording.CLASSES.get(finding.kind, finding.kind)}：{versus}", style=_STYLES[finding.severity])
    head.append(f"  第{finding.place.page}页 {finding.where}  [{finding.obligation} {wording.obligation(finding.obligation)}]", style="dim")
    page.say(head, 2)
    page.say(explained.lead, 5)
    hints = diagnosis.wording(code for code in finding.diagnosis if diagnosis.wording([code]) not in finding.explain)
    if hints:
        page.point("可能的情形", hints, 5)
    for line in explained.witnesses:
        page.point("相关", line, 5)
    page.point(f"原文 第{finding.place.page}页", f"「{finding.place.quote}」", 5)
    listed, more = evidence.operands(finding)
    for row in listed:
        page.point(f"依据 第{row.page}页", row.figure + (f" 「{row.quote}」" if row.quote else ""), 5)
    if more:
        page.say(f"另有 {more} 个数", 5, "dim")


def _tail(page: _Page, finding: Finding) -> None:
    """Rounding differences of one table or sentence."""
    explained = wording.explained(finding)
    lines = (explained.lead, *explained.witnesses)
    count = f"{len(lines)} 处，" if len(lines) > 1 else ""
    page.say(f"· {count}第{finding.place.page}页 {finding.where}", 2, _STYLES[Severity.ROUNDING])
    for line in lines:
        page.say(line, 5)


def _missed(page: _Page, report: CheckReport) -> None:
    found = wording.missed(report.not_checked)
    if not found:
        return
    page.say("")
    heading = Text(f"未能核对 {len(report.not_checked)}", style="bold")
    heading.append("  本应核对，因所列原因没有核对，不表示有问题，也不表示没有问题。", style="not bold dim")
    page.say(heading)
    for item in found:
        subjects = wording.subjects(item)
        times = f" ×{item.count}" if item.count > 1 else ""
        page.say(
            f"{item.obligation} {wording.obligation(item.obligation)}{times}：{item.reason}" + (f"：{subjects}" if subjects else ""),
            2,
            "dim",
        )
