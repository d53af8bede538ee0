"""A document's findings and the checker's coverage, drawn: records → HTML."""

from collections.abc import Sequence
from html import escape

from service.api import page_address
from service.records import Box, CheckReport, Finding, Place, Quantity, Severity, State
from service.text import normal

STATES = {
    State.PASS: "相符",
    State.TAIL: "尾差",
    State.FINDING: "有发现",
    State.NOT_APPLICABLE: "不适用",
    State.NOT_CHECKED: "未能核对",
}
GRADES = {
    Severity.ERROR: ("对不上", "两处所印的数字或说法不能同时成立"),
    Severity.SUSPICIOUS: ("存疑", "形式上可议，请人工判断"),
    Severity.ROUNDING: ("尾差", "差额在四舍五入可以解释的范围内"),
}
CLASSES = {
    "growth-rate": "增减率",
    "share": "占比",
    "completion-rate": "完成率",
    "sum": "合计",
    "cross-table": "表间",
    "text-vs-table": "文表",
    "unit": "单位",
    "direction-word": "增减方向",
    "score-sum": "得分合计",
    "carry-over": "结转",
    "duplicate-conflict": "重复表述",
    "logic": "逻辑",
    "other": "其他",
}
CROP_DPI = 110
SHOWN = 6
"""Further operands of a finding are folded away."""
FOLDED = 3
"""Rounding differences beyond so many are folded away."""


def report(checked: CheckReport) -> str:
    """The coverage counts, the findings by grade with both sides' evidence, and what could not be checked."""
    counts = "".join(
        f'<li class="mz-{state.value}"><b>{checked.counts.get(state, 0)}</b><span>{name}</span></li>' for state, name in STATES.items()
    )
    total = sum(checked.counts.values())
    grades = "".join(_grade(grade, [f for f in checked.findings if f.severity is grade], checked.doc) for grade in GRADES)
    held = checked.counts.get(State.PASS, 0) + checked.counts.get(State.TAIL, 0)
    nothing = "" if checked.findings else f'<p class="mz-calm">能核对的 {held} 项都对得上。</p>'
    return (
        f'<div class="mz-report"><p class="mz-lead">这份文件共有 {total} 项应核对：</p><ul class="mz-counts">{counts}</ul>'
        f"{nothing}{grades}{_gaps(checked)}</div>"
    )


def _grade(grade: Severity, found: Sequence[Finding], doc: str) -> str:
    if not found:
        return ""
    name, meaning = GRADES[grade]
    head = f'<h2>{name} <span class="mz-count">{len(found)}</span></h2><p class="mz-meaning">{meaning}</p>'
    cards = [_card(f, doc) for f in found]
    if grade is not Severity.ROUNDING or len(cards) <= FOLDED:
        return f'<section class="mz-grade mz-grade-{grade.value}">{head}{"".join(cards)}</section>'
    return (
        f'<section class="mz-grade mz-grade-{grade.value}">{head}<details><summary>展开 {len(cards)} 处尾差</summary>'
        f"{''.join(cards)}</details></section>"
    )


def _card(finding: Finding, doc: str) -> str:
    """One finding: what is printed, what follows from the other side, both quotes, and the pages behind a fold."""
    expected = f'<span class="mz-expected">推算 <b>{_quantity(finding.expected)}</b></span>' if finding.expected else ""
    places = _pages(finding)
    pictures = "".join(
        f'<figure><figcaption>第 {page} 页</figcaption><img loading="lazy" alt="第 {page} 页的原貌，相关数字已用黄色标出"'
        f' src="{escape(page_address(doc, page, boxes, CROP_DPI))}"></figure>'
        for page, boxes in places.items()
    )
    pages = "、".join(str(page) for page in places)
    return (
        f'<article class="mz-finding"><p class="mz-kind"><span class="mz-badge">{escape(CLASSES.get(finding.kind, finding.kind))}</span>'
        f' {escape(finding.where)}</p><p class="mz-versus"><span>文中 <b>{_quantity(finding.stated)}</b></span>{expected}</p>'
        f'<p class="mz-explain">{escape(finding.explain)}</p>'
        f'<div class="mz-sides">{_stated(finding.place)}{_operands(finding)}</div>'
        f'<details><summary>看原页（第 {pages} 页）</summary><div class="mz-pages">{pictures}</div></details>'
        f'<p class="mz-rule">核对规则 {escape(finding.obligation)}</p></article>'
    )


def _stated(place: Place) -> str:
    return (
        f'<div class="mz-side"><p>文中所印 <span class="mz-pageno">第 {place.page} 页</span></p>'
        f"<blockquote>{escape(place.quote)}</blockquote></div>"
    )


def _operands(finding: Finding) -> str:
    """The figures that the calculation uses, each with where it is printed; those of the quote beside them need no quote of their own."""
    rows: dict[str, None] = {}
    for operand in finding.operands:
        place, shown = operand.place, Quantity(operand.text, operand.unit)
        beside = place.page == finding.place.page and (place.quote in finding.place.quote or finding.place.quote in place.quote)
        if beside and shown == finding.stated:
            continue
        where = "" if beside else f' <span class="mz-pageno">第 {place.page} 页</span>'
        bare = normal(place.quote) == normal(operand.text + operand.unit)
        words = "" if beside or bare else f" <q>{escape(place.quote)}</q>"
        rows[f"<li><b>{_quantity(shown)}</b>{where}{words}</li>"] = None
    if not rows:
        return ""
    listed = list(rows)
    more = f"<details><summary>另有 {len(listed) - SHOWN} 个数字</summary><ul>{''.join(listed[SHOWN:])}</ul></details>"
    return f'<div class="mz-side mz-operands"><p>推算所用</p><ul>{"".join(listed[:SHOWN])}</ul>{more if len(listed) > SHOWN else ""}</div>'


def _pages(finding: Finding) -> dict[int, tuple[Box, ...]]:
    """Boxes to mark, by page, in page order."""
    boxes: dict[int, list[Box]] = {}
    for place in (finding.place, *(o.place for o in finding.operands)):
        boxes.setdefault(place.page, []).extend(box for box in place.boxes if box not in boxes.get(place.page, []))
    return {page: tuple(boxes[page]) for page in sorted(boxes)}


def _quantity(quantity: Quantity) -> str:
    return escape(f"{quantity.value} {quantity.unit}".strip())


def _gaps(checked: CheckReport) -> str:
    if not checked.not_checked:
        return ""
    rows = "".join(f"<li><b>{escape(gap.obligation)}</b> {escape(gap.reason)}</li>" for gap in checked.not_checked)
    return f'<details class="mz-gaps"><summary>{len(checked.not_checked)} 项未能核对，原因如下</summary><ul>{rows}</ul></details>'
