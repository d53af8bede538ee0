"""What the checker covered and found → one HTML page that stands alone: no script, nothing loaded, printable."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from service.checks import diagnosis
from service.exports import evidence, wording
from service.exports.pictures import Pictures
from service.records import CheckReport, DocumentInfo, Finding, Severity, State

MOST_PICTURE_BYTES = 24_000_000
"""Of PNG in one page; findings after that are shown without pictures, and the page says so."""
_STYLE = Path(__file__).with_name("report.css").read_text("utf-8")
_POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src 'sha256-{}'"


@dataclass(frozen=True, slots=True)
class Checked:
    """A document and what the checker says of it. `file` is the name of the file that was read."""

    info: DocumentInfo
    report: CheckReport
    file: str = ""


@dataclass(slots=True)
class _Album:
    """The pictures of one page, within its limit of bytes."""

    pictures: Pictures
    left: int
    full: bool = False

    def of(self, info: DocumentInfo, finding: Finding) -> list[evidence.Strip]:
        """The strips that show a finding; none when the page is full."""
        if self.left <= 0:
            self.full = True
            return []
        strips = evidence.strips(info, finding, self.pictures)
        self.left -= sum(len(strip.crop.png) for strip in strips)
        return strips


def html_report(records: Sequence[Checked], pictures: Pictures, made: str = "") -> str:
    """The report.

    Args:
        records: documents with their reports, in the order in which they are shown.
        pictures: gives the strips of pages that are shown beside findings (`pictures.no_pictures` for none).
        made: when and by what the report was made, shown at its end.

    Returns:
        A whole HTML page in UTF-8. All text of documents is escaped; its policy allows no script and no request.
    """
    album = _Album(pictures, MOST_PICTURE_BYTES)
    bodies = "".join(_document(n, record, album) for n, record in enumerate(records, 1))
    title = f"核对报告：{records[0].info.title}" if len(records) == 1 else f"核对报告（{len(records)} 份文件）"
    policy = _POLICY.format(b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode())
    full = '<p class="note">图片总量已达上限，其余发现请按页码对照原文件。</p>' if album.full else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<meta name="referrer" content="no-referrer"><title>{_text(title)}</title><style>{_STYLE}</style></head><body>'
        f'<header class="top"><p class="brand">明账</p><p>逐数核对报告</p></header><main>{_contents(records)}{bodies}{full}</main>'
        f"<footer>{_LEGEND}<p>{_text(made)}</p></footer></body></html>\n"
    )


_COUNTED = (State.PASS, State.TAIL, State.FINDING, State.NOT_CHECKED)
_LEGEND = (
    '<p>图中<span class="key stated">黄色</span>为所说的原文，<span class="key operand">蓝框</span>为对照的数。'
    "报告只指出印出来的数字之间的关系，不判断哪一处为准；没有提到的数字不等于没有问题。</p>"
)


def _contents(records: Sequence[Checked]) -> str:
    """The list of documents, where there are several."""
    if len(records) < 2:
        return ""
    rows = "".join(
        f'<tr><td><a href="#d{n}">{_text(r.info.title or r.info.doc)}</a></td>'
        + "".join(f"<td>{_count(r.report, grade) or ''}</td>" for grade in wording.GRADES)
        + f"<td>{wording.whole(r.report).checked} / {wording.whole(r.report).owed}</td></tr>"
        for n, r in enumerate(records, 1)
    )
    heads = ["文件", *(name for name, _ in wording.GRADES.values()), "已核对 / 应核对"]
    return f'<nav class="wide">{_table(heads, rows)}</nav>'


def _document(n: int, record: Checked, album: _Album) -> str:
    info, report = record.info, record.report
    facts = [
        ("单位", info.org),
        ("年度", f"{info.year} 年" if info.year else ""),
        ("类别", wording.KINDS[info.kind] + (f"（{info.level}）" if info.level else "")),
        ("页数", f"{info.pages} 页"),
        ("文件", record.file or info.doc),
    ]
    identity = "".join(f"<div><dt>{name}</dt><dd>{_text(value)}</dd></div>" for name, value in facts if value)
    grades = "".join(_grade(grade, info, [f for f in report.findings if f.severity is grade], album) for grade in wording.GRADES)
    return (
        f'<article class="document" id="d{n}"><h1>{_text(info.title or info.doc)}</h1><dl class="identity">{identity}</dl>'
        f"{_summary(report)}{_coverage(report)}{grades}{_missed(report)}</article>"
    )


def _summary(report: CheckReport) -> str:
    """The counts in large type, never "no problems" alone."""
    whole = wording.whole(report)
    figures = [
        (f"{whole.checked}", f"已核对，应核对 {whole.owed} 项", "done"),
        *((str(_count(report, grade)), name, grade.value) for grade, (name, _) in wording.GRADES.items()),
        (str(report.counts.get(State.NOT_CHECKED, 0)), "未能核对", "gap"),
    ]
    tiles = "".join(
        f'<li class="{kind}{" none" if value == "0" else ""}"><b>{value}</b><span>{name}</span></li>' for value, name, kind in figures
    )
    return f'<ul class="tiles">{tiles}</ul>'


def _coverage(report: CheckReport) -> str:
    """What was owed and done by group of obligations."""
    rows = "".join(_covered(group) for group in wording.coverage(report) if group.owed)
    if not rows:
        return ""
    heads = ["类别", "已核对 / 应核对", "", *(wording.STATES[state] for state in _COUNTED)]
    return f'<section class="coverage"><h2>核对了什么</h2><div class="wide">{_table(heads, rows)}</div></section>'


def _covered(group: wording.Coverage) -> str:
    share = round(100 * group.checked / group.owed)
    bar = (
        f'<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{share}%">'
        f'<rect class="owed" width="100" height="8"/><rect class="checked" width="{share}" height="8"/></svg>'
    )
    counts = "".join(f"<td>{group.counts.get(state) or '<i>–</i>'}</td>" for state in _COUNTED)
    name = wording.GROUPS.get(group.group, group.group)
    return f'<tr><th scope="row">{_text(name)}</th><td>{group.checked} / {group.owed}</td><td class="bar">{bar}</td>{counts}</tr>'


def _grade(grade: Severity, info: DocumentInfo, found: Sequence[Finding], album: _Album) -> str:
    if not found:
        return ""
    name, meaning = wording.GRADES[grade]
    head = f'<h2>{name} <span class="count">{len(found)}</span></h2><p class="meaning">{meaning}</p>'
    if grade is Severity.ROUNDING:
        body = f'<ul class="tails">{"".join(_tail(f) for f in found)}</ul>'
    else:
        body = "".join(_finding(f, album.of(info, f)) for f in found)
    return f'<section class="grade {grade.value}">{head}{body}</section>'


def _finding(finding: Finding, strips: Sequence[evidence.Strip]) -> str:
    """One finding: what is printed, what follows from the other figures, the arithmetic, both sides' evidence."""
    explained = wording.explained(finding)
    other = wording.other_side(finding)
    expected = f"<div><dt>{other}</dt><dd>{_text(wording.quantity(finding.expected))}</dd></div>" if finding.expected else ""
    hints = _hints(finding)
    witnesses = "".join(f"<li>{_text(line)}</li>" for line in explained.witnesses)
    return (
        f'<article class="finding" id="f{_text(finding.id)}"><div class="words"><p class="kind"><span class="badge">'
        f"{_text(wording.CLASSES.get(finding.kind, finding.kind))}</span> 第 {finding.place.page} 页 · {_text(finding.where)}</p>"
        f'<dl class="versus"><div><dt>文中所印</dt><dd>{_text(wording.quantity(finding.stated))}</dd></div>{expected}</dl>'
        f'<p class="sum">{_text(explained.lead)}</p>'
        + (f'<p class="hint">可能的情形：{_text(hints)}</p>' if hints else "")
        + (f'<div class="witnesses"><p>与此相关</p><ul>{witnesses}</ul></div>' if witnesses else "")
        + f"<blockquote>{_text(finding.place.quote)}</blockquote>{_operands(finding)}"
        f'<p class="rule">核对规则 {_text(finding.obligation)} {_text(wording.obligation(finding.obligation))}</p></div>'
        f"{evidence.figure(strips)}</article>"
    )


def _operands(finding: Finding) -> str:
    """The other side: every figure computed with, and where it is printed."""
    rows, more = evidence.operands(finding)
    if not rows:
        return ""
    items = "".join(
        f"<li><b>{_text(row.figure)}</b> <span>第 {row.page} 页</span>" + (f" <q>{_text(row.quote)}</q>" if row.quote else "") + "</li>"
        for row in rows
    )
    rest = f"<li>另有 {more} 个数</li>" if more else ""
    return f'<div class="operands"><p>对照的数</p><ul>{items}{rest}</ul></div>'


def _tail(finding: Finding) -> str:
    """Rounding differences of one table, or of one sentence, in one entry."""
    explained = wording.explained(finding)
    lines = (explained.lead, *explained.witnesses)
    hints = _hints(finding)
    note = f' <span class="hint">{_text(hints)}</span>' if hints else ""
    count = f"{len(lines)} 处 · " if len(lines) > 1 else ""
    listed = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return f'<li><p class="kind">{count}第 {finding.place.page} 页 · {_text(finding.where)}{note}</p><ul>{listed}</ul></li>'


def _hints(finding: Finding) -> str:
    """What may have happened, where the explanation does not say it already."""
    return diagnosis.wording(code for code in finding.diagnosis if diagnosis.wording([code]) not in finding.explain)


def _missed(report: CheckReport) -> str:
    """What was owed and could not be checked, alike reasons together."""
    found = wording.missed(report.not_checked)
    if not found:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{_text(wording.obligation(m.obligation))} <small>{_text(m.obligation)}</small></th><td>{m.count}</td>'
        f"<td>{_text(m.reason)}{_named(wording.subjects(m))}</td></tr>"
        for m in found
    )
    return (
        f'<section class="gaps"><h2>未能核对 <span class="count">{len(report.not_checked)}</span></h2>'
        '<p class="meaning">以下各项本应核对，因所列原因没有核对，不表示有问题，也不表示没有问题。</p>'
        f'<div class="wide">{_table(["应核对", "项数", "原因"], rows)}</div></section>'
    )


def _table(heads: Sequence[str], rows: str) -> str:
    titles = "".join(f"<th>{head}</th>" if head else '<th class="bar"></th>' for head in heads)
    return f'<table class="list"><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>'


def _named(subjects: str) -> str:
    return f'<br><span class="subjects">{_text(subjects)}</span>' if subjects else ""


def _count(report: CheckReport, grade: Severity) -> int:
    return sum(1 for f in report.findings if f.severity is grade)


def _text(text: str) -> str:
    """Escaped, and without the control characters that HTML forbids."""
    return escape("".join(c for c in text if c >= " " or c in "\t\n"))
