"""A document's findings and the checker's coverage, drawn: records → HTML."""

from collections.abc import Callable, Collection, Sequence
from html import escape

from service.api import export_address, page_address
from service.exports import evidence, wording
from service.exports.pictures import Crop, strips
from service.records import Box, CheckReport, DocumentInfo, Finding, Severity, State
from ui.words import perhaps, said, say

CROP_DPI = 130
FOLDED = 3
"""Rounding differences beyond so many are folded away."""
EVERY = ""
"""The group filter's value for all groups."""

Size = Callable[[int], tuple[float, float] | None]
"""Width and height of a page (from 1) in points; None where it has no picture."""


def report(info: DocumentInfo, checked: CheckReport, size: Size, grades: Collection[str], group: str = EVERY) -> str:
    """The coverage, the findings by grade with both sides' evidence, and what could not be checked.

    Args:
        info: the document.
        checked: what the checker says of it.
        size: of its pages.
        grades: grades that are shown (`Severity` values).
        group: letter of the obligations that are shown, or `EVERY`.
    """
    found = [f for f in checked.findings if f.severity.value in grades and f.obligation.startswith(group)]
    cards = "".join(_grade(grade, [f for f in found if f.severity is grade], info, size) for grade in wording.GRADES)
    if not checked.findings:
        held = checked.counts.get(State.PASS, 0) + checked.counts.get(State.TAIL, 0)
        cards = f'<p class="mz-calm">{say("能核对的 {n} 项都对得上。", n=held)}</p>'
    elif not found:
        cards = f'<p class="mz-calm">{say("没有符合筛选的发现。")}</p>'
    return f'<div class="mz-report">{_summary(info, checked)}{_coverage(checked)}{cards}{_gaps(checked, group)}</div>'


def grade_choices(checked: CheckReport | None) -> list[tuple[str, int, str]]:
    """(name, number of findings, value) of every grade."""
    counts = {grade: sum(f.severity is grade for f in checked.findings) if checked else 0 for grade in wording.GRADES}
    return [(name, counts[grade], grade.value) for grade, (name, _) in wording.GRADES.items()]


def group_choices(checked: CheckReport | None) -> list[tuple[str, int, str]]:
    """(name, number of findings, letter) of all groups together, then of every group of obligations."""
    counts: dict[str, int] = {}
    for finding in checked.findings if checked else ():
        counts[finding.obligation[:1]] = counts.get(finding.obligation[:1], 0) + 1
    return [("全部类别", len(checked.findings) if checked else 0, EVERY), *((n, counts.get(x, 0), x) for x, n in wording.GROUPS.items())]


def _summary(info: DocumentInfo, checked: CheckReport) -> str:
    whole = wording.whole(checked)
    counts = "".join(
        f'<li class="mz-{state.value}"><b>{checked.counts.get(state, 0)}</b>{say(name)}</li>' for state, name in wording.STATES.items()
    )
    link = f'<a class="mz-pill" href="{escape(export_address([info.doc], "html"))}" download>{say("下载核对报告（HTML）")}</a>'
    lead = say("这份文件共有 {n} 项应核对，核对了 {checked} 项。", n=whole.owed, checked=whole.checked)
    return f'<div class="mz-lead"><p>{lead}</p>{link}</div><ul class="mz-counts">{counts}</ul>'


def _coverage(checked: CheckReport) -> str:
    """Groups of obligations: how many were owed and checked, as bars that the eye compares."""
    rows = "".join(
        f'<tr><th scope="row">{escape(c.group)} {perhaps(wording.GROUPS.get(c.group, ""))}</th>'
        f'<td class="mz-number">{c.checked} / {c.owed}</td>'
        f'<td class="mz-meter"><span style="width:{100 * c.checked // c.owed}%"></span></td>'
        f'<td class="mz-number">{c.counts.get(State.FINDING, 0) or ""}</td></tr>'
        for c in wording.coverage(checked)
        if c.owed
    )
    if not rows:
        return ""
    heads = "".join(
        f'<th scope="col">{text}</th>' for text in (say("类别"), f"{say('已核对')} / {say('应核对')}", "", say("有发现"))
    ).replace('<th scope="col"></th>', "<td></td>")
    return (
        f'<details class="mz-coverage"><summary>{say("核对了什么")}</summary>'
        f'<table class="mz-sheet"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>'
    )


def _grade(grade: Severity, found: Sequence[Finding], info: DocumentInfo, size: Size) -> str:
    if not found:
        return ""
    name, meaning = wording.GRADES[grade]
    head = f'<h2>{say(name)} <span class="mz-count">{len(found)}</span></h2><p class="mz-meaning">{perhaps(meaning)}</p>'
    cards = "".join(_card(f, info, size) for f in found)
    if grade is Severity.ROUNDING and len(found) > FOLDED:
        cards = f"<details><summary>{say('展开 {n} 处尾差', n=len(found))}</summary>{cards}</details>"
    return f'<section class="mz-grade mz-grade-{grade.value}">{head}{cards}</section>'


def _card(finding: Finding, info: DocumentInfo, size: Size) -> str:
    """One finding: what is printed and what follows from the other side, then both sides' quotes and pictures side by side."""
    expected = finding.expected
    follows = (
        f'<span class="mz-expected">{say(wording.other_side(finding))} <b>{escape(wording.quantity(expected))}</b></span>'
        if expected
        else ""
    )
    stated = f"<span>{say('文中')} <b>{escape(wording.quantity(finding.stated))}</b></span>"
    told = wording.explained(finding)
    more = f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in told.witnesses)}</ul>" if told.witnesses else ""
    rule = f"{say('核对规则')} {escape(finding.obligation)} {perhaps(wording.obligation(finding.obligation))}"
    return (
        f'<article class="mz-finding"><p class="mz-kind"><span class="mz-badge">'
        f"{perhaps(wording.CLASSES.get(finding.kind, finding.kind))}</span> {escape(finding.where)}</p>"
        f'<p class="mz-versus">{stated}{follows}</p><div class="mz-explain"><p>{escape(told.lead)}</p>{more}</div>'
        f'{_sides(finding, info, size)}<p class="mz-rule">{rule}</p></article>'
    )


def _sides(finding: Finding, info: DocumentInfo, size: Size) -> str:
    """Left what is printed, right what it is compared with; each with its strips of pages."""

    def crops(_: DocumentInfo, page: int, boxes: Sequence[Box]) -> Sequence[Crop]:
        known = size(page)
        return [Crop(page, part, b"") for part in strips(boxes, *known)] if known else ()

    shown = evidence.strips(info, finding, crops)
    left = [strip for strip in shown if strip.stated][:1]
    right = [strip for strip in shown if strip not in left]
    listed, hidden = evidence.operands(finding)
    rows = "".join(
        f'<li><b>{escape(o.figure)}</b> <span class="mz-pageno">{say("第 {page} 页", page=o.page)}</span>'
        f"{f' <q>{escape(o.quote)}</q>' if o.quote else ''}</li>"
        for o in listed
    )
    more = f"<p>{say('另有 {n} 个数字', n=hidden)}</p>" if hidden else ""
    place = finding.place
    used = f'<div class="mz-side mz-operands"><h3>{say("所对照的数")}</h3><ul>{rows}</ul>{more}{_pictures(right, info)}</div>'
    return (
        f'<div class="mz-sides"><div class="mz-side"><h3>{say("文中所印")} <span class="mz-pageno">{say("第 {page} 页", page=place.page)}'
        f"</span></h3><blockquote>{escape(place.quote)}</blockquote>{_pictures(left, info)}</div>{used if rows or right else ''}</div>"
    )


def _pictures(shown: Sequence[evidence.Strip], info: DocumentInfo) -> str:
    """Strips of pages, drawn by the server when they come into view."""
    made = ""
    for strip in shown:
        x0, y0, x1, y1 = strip.crop.part
        boxes = tuple(dict.fromkeys((*strip.stated, *strip.operands)))
        address = escape(page_address(info.doc, strip.crop.page, boxes, CROP_DPI, strip.crop.part))
        alt = said("alt", "第 {page} 页的原貌，相关数字已用黄色标出", page=strip.crop.page)
        made += (
            f'<figure><img loading="lazy" width="{x1 - x0:.0f}" height="{y1 - y0:.0f}" src="{address}"{alt}>'
            f"<figcaption>{say('第 {page} 页', page=strip.crop.page)}</figcaption></figure>"
        )
    return made


def _gaps(checked: CheckReport, group: str) -> str:
    """What was owed and could not be checked, alike ones together."""
    missed = wording.missed(gap for gap in checked.not_checked if gap.obligation.startswith(group))
    if not missed:
        return ""
    rows = "".join(
        f"<li><b>{escape(m.obligation)} {perhaps(wording.obligation(m.obligation))}</b> {escape(m.reason)}"
        f" <span>{say('{n} 项', n=m.count)}</span>{_subjects(wording.subjects(m))}</li>"
        for m in missed
    )
    n = sum(m.count for m in missed)
    return f'<details class="mz-gaps"><summary>{say("{n} 项未能核对，原因如下", n=n)}</summary><ul>{rows}</ul></details>'


def _subjects(text: str) -> str:
    return f'<span class="mz-subjects">{escape(text)}</span>' if text else ""
