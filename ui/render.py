"""The chat and its evidence panel, drawn: answers, statuses and citations → HTML.

Everything that comes from a document, a model or a user is escaped here, since the chat shows HTML unfiltered. A message is one
line of HTML inside one block element, so that the chat's Markdown leaves it alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from html import escape

from service import amounts
from service.answering.citing import MARK
from service.api import page_address
from service.records import Answer, Box, Citation, DocumentInfo, Engine, Figure, Kind, Support

KINDS = {Kind.FINAL: "决算", Kind.BUDGET: "预算", Kind.OTHER: "其他"}
LARGE_DPI = 200
"""Resolution of a page opened on its own."""
PANEL_DPI = 150
"""Resolution of a page in the side panel: sharp on a phone's screen."""
POINTS_PER_INCH = 72
_MARK = re.compile(MARK.format(r"(\d+)"))
_SENTENCE = re.compile(rf"(?<={MARK.format('')[-1]}[。！？；])|\n")
"""Where a line ends: after a sentence that carries its mark, and where the answer itself ends one."""
_ITEM = re.compile(r"[-•·]\s+")


class Stage(StrEnum):
    """How far a turn of the conversation has come."""

    DRAFTING = "drafting"
    ANSWERED = "answered"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it. `note` is the status while drafting, or the error's one line."""

    question: str
    stage: Stage = Stage.DRAFTING
    answer: Answer | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What the evidence panel shows: a citation, the page on view (from 1) and the document's number of pages."""

    citation: Citation
    page: int
    pages: int
    info: DocumentInfo | None = None


def messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The conversation as the chat component's messages."""
    shown = []
    for number, turn in enumerate(turns):
        shown.append({"role": "user", "content": f'<div class="mz-said">{_lines(turn.question)}</div>'})
        shown.append({"role": "assistant", "content": _reply(turn, number)})
    return shown


def answer(answer: Answer, turn: int) -> str:
    """A verified answer: text with citation marks, badges of its figures, remarks, and who wrote it.

    `turn` counts from 0 and goes into the marks, so that a click finds the answer it belongs to.
    """
    marked = {c.n for c in answer.citations}
    figures = _by_value(answer.figures)
    body = "".join(_paragraph(line, turn, marked, figures) for line in _SENTENCE.split(answer.answer) if line.strip())
    parts = [
        '<p class="mz-tag">文件中没有找到答案</p>' if answer.refused else "",
        body,
        "" if answer.refused else _badges(answer.figures, turn, marked),
        _cautions(answer),
        f'<p class="mz-foot">{_engine(answer)}</p>',
    ]
    kind = "mz-answer mz-refused" if answer.refused else "mz-answer"
    return f'<div class="{kind}">{"".join(parts)}</div>'


def quote(view: View) -> str:
    """The citation's document, section, page and verbatim quote."""
    citation = view.citation
    name = document_name(view.info) if view.info else citation.doc
    section = f'<p class="mz-section">{escape(citation.section)}</p>' if citation.section else ""
    return (
        f'<div class="mz-quote"><p class="mz-source"><b>{MARK.format(citation.n)}</b> {escape(name)}'
        f' <span class="mz-pageno">第 {citation.place.page} 页</span></p>'
        f"{section}<blockquote>{_cells(citation.place.quote)}</blockquote></div>"
    )


def picture(view: View) -> str:
    """The page on view; the quote is highlighted when it stands there."""
    citation = view.citation
    here = view.page == citation.place.page
    boxes = citation.place.boxes if here else ()
    focus = f' data-focus="{_pixels(boxes, 0)},{_pixels(boxes, 1)}"' if boxes else ""
    alt = f"第 {view.page} 页的原貌" + ("，引文已用黄色标出" if here else "")
    elsewhere = "" if here else f'<p class="mz-elsewhere">引文在第 {citation.place.page} 页</p>'
    source = escape(page_address(citation.doc, view.page, boxes, PANEL_DPI))
    large = escape(page_address(citation.doc, view.page, boxes, LARGE_DPI))
    return (
        f'{elsewhere}<div class="mz-page" tabindex="0" role="group" aria-label="原文页面"{focus}>'
        f'<img src="{source}" alt="{alt}"></div>'
        f'<p class="mz-open"><a href="{large}" target="_blank" rel="noopener">在新窗口看大图</a></p>'
    )


def page_label(view: View) -> str:
    """Which page is on view."""
    return f'<p class="mz-turn">第 <b>{view.page}</b> 页，共 {view.pages} 页</p>'


def no_quote() -> str:
    """The panel before anything is cited."""
    rows = (
        (f'<span class="mz-mark">{MARK.format(1)}</span>', "出处。点一下，这里显示原文、页码和原页，引文用黄色标出。"),
        ('<span class="mz-badge mz-cited">原文数字</span>', "文件里就是这样印的，逐个核对过。"),
        ('<span class="mz-badge mz-derived">推算</span>', "由原文数字算出，算式写在旁边。"),
        ('<span class="mz-badge mz-warned">请留意</span>', "引用的数字在文件里与别处对不上。"),
    )
    return f'<ul class="mz-legend">{"".join(f"<li>{mark}<span>{text}</span></li>" for mark, text in rows)}</ul>'


def choices(answer: Answer | None) -> list[tuple[str, str]]:
    """(label, value) of every citation, for the panel's chooser; the value is the citation's number."""
    return [(f"{MARK.format(c.n)}第 {c.place.page} 页", str(c.n)) for c in answer.citations] if answer else []


def document_name(info: DocumentInfo) -> str:
    """A document's short name: body, year, kind."""
    year = f"{info.year} 年" if info.year else ""
    kind = "" if info.kind is Kind.OTHER else kind_name(info)
    return f"{info.org} {year}{kind}".strip() if info.org and (year or kind) else info.title or info.doc


def kind_name(info: DocumentInfo) -> str:
    """What kind of disclosure it is: 部门决算, 单位预算, 决算（汇总）, 其他."""
    if info.kind is Kind.OTHER:
        return KINDS[info.kind]
    return f"{KINDS[info.kind]}（{info.level}）" if info.level == "汇总" else f"{info.level}{KINDS[info.kind]}"


def document_choices(documents: Sequence[DocumentInfo]) -> list[tuple[str, str]]:
    """(label, name) per document, for a chooser; labels that would be alike carry the name."""
    labels = [document_name(info) for info in documents]
    return [(f"{x}（{i.doc}）" if labels.count(x) > 1 else x, i.doc) for x, i in zip(labels, documents, strict=True)]


def welcome(documents: Sequence[DocumentInfo]) -> str:
    """What the empty chat says."""
    if not documents:
        return '<div class="mz-welcome"><h2>资料库还是空的</h2><p>请到「资料」页上传部门预算或部门决算的 PDF。</p></div>'
    return f'<div class="mz-welcome"><h2>想知道钱花在哪儿？</h2><p>已读入 {len(documents)} 份公开文件。直接提问，或选一个例子：</p></div>'


def error(text: str) -> str:
    """An error's one line, calmly."""
    return f'<div class="mz-error" role="alert">{escape(text)}</div>'


def _pixels(boxes: Sequence[Box], edge: int) -> str:
    """The least coordinate `edge` (0: left, 1: top) of the boxes, in pixels of the panel's picture."""
    return f"{min(box[edge] for box in boxes) / POINTS_PER_INCH * PANEL_DPI:.0f}"


def _reply(turn: Turn, number: int) -> str:
    if turn.stage is Stage.ANSWERED and turn.answer is not None:
        return answer(turn.answer, number)
    if turn.stage is Stage.FAILED:
        return error(turn.note)
    if turn.stage is Stage.STOPPED:
        return '<div class="mz-status">已停止。</div>'
    return f'<div class="mz-status mz-busy" role="status">{escape(turn.note)}</div>'


def _paragraph(line: str, turn: int, marked: set[int], figures: Mapping[tuple[Decimal, str], Figure]) -> str:
    """One line of an answer, its marks turned into buttons and its figures set off."""
    item = _ITEM.match(line)
    text = line[item.end() :] if item else line.strip()
    cuts = [(m.start(), m.end(), _mark(int(m[1]), turn)) for m in _MARK.finditer(text) if int(m[1]) in marked]
    for number in amounts.numbers(text):
        figure = figures.get((abs(number.value), number.unit))
        if figure is not None and not any(start < number.end and number.start < end for start, end, _ in cuts):
            cuts.append((number.start, number.end, _figure(text[number.start : number.end], figure)))
    html, at = [], 0
    for start, end, piece in sorted(cuts):
        html += [escape(text[at:start]), piece]
        at = end
    html.append(escape(text[at:]))
    return f'<p class="{"mz-item" if item else "mz-line"}">{"".join(html)}</p>'


def _by_value(figures: Sequence[Figure]) -> dict[tuple[Decimal, str], Figure]:
    """Figures by size and unit; the sign is carried by words such as 减少."""
    found: dict[tuple[Decimal, str], Figure] = {}
    for figure in figures:
        try:
            found.setdefault((abs(Decimal(figure.value)), figure.unit), figure)
        except InvalidOperation:
            continue  # a count written in Chinese numerals is not set off in the text
    return found


def _figure(text: str, figure: Figure) -> str:
    return f'<b class="mz-figure mz-{figure.status.value}">{escape(text)}</b>'


def _mark(n: int, turn: int) -> str:
    return f'<button type="button" class="mz-mark" data-turn="{turn}" data-n="{n}" aria-label="看出处 {n}">{MARK.format(n)}</button>'


def _badges(figures: Sequence[Figure], turn: int, marked: set[int]) -> str:
    """How many figures are printed in the documents, and the calculation behind each that is not."""
    derived = [f for f in figures if f.status is Support.DERIVED]
    cited = [f for f in figures if f.status is Support.CITED]
    rows = [
        f'<li><span class="mz-badge mz-derived">推算</span> <span>{_amount(f)}：{escape(_formula(f.derivation or ""))}</span></li>'
        for f in derived
    ]
    if cited:
        listed = "".join(f"<li>{_amount(f)}{_mark(f.citation, turn) if f.citation in marked and f.citation else ''}</li>" for f in cited)
        rows.append(
            f'<li><details><summary><span class="mz-badge mz-cited">原文数字</span> {len(cited)} 个，逐个核对过</summary>'
            f'<ul class="mz-cited-list">{listed}</ul></details></li>'
        )
    return f'<ul class="mz-badges">{"".join(rows)}</ul>' if rows else ""


def _formula(derivation: str) -> str:
    """A calculation in print: 251.37 − 286.00 = −34.63."""
    return derivation.translate(str.maketrans("-*/", "−×÷"))


def _amount(figure: Figure) -> str:
    return escape(f"{figure.value} {figure.unit}".strip())


def _cautions(answer: Answer) -> str:
    """Findings on cited figures, what the guard took out, and remarks."""
    rows = [f'<p class="mz-caution"><b>请留意</b> 引用的内容有一处核对发现：{escape(f.explain)}</p>' for f in answer.findings]
    rows += [f'<p class="mz-note">{escape(text)}</p>' for text in (*answer.withheld, *answer.notes)]
    return "".join(rows)


def _engine(answer: Answer) -> str:
    """Who wrote the answer, and how long it took."""
    name = escape(answer.model or "模型") if answer.engine is Engine.LLM else "离线"
    who = f'<span class="mz-engine">{name}</span>'
    seconds = Decimal(answer.elapsed_ms) / 1000
    took = f" 用时 {seconds:.2f} 秒" if answer.elapsed_ms else ""
    return f"{who}{took}"


def _cells(text: str) -> str:
    """A quote; the cells of a table row stand apart."""
    return '<span class="mz-bar"> | </span>'.join(_lines(cell) for cell in text.split(" | "))


def _lines(text: str) -> str:
    """Escaped text on one line of HTML."""
    return "<br>".join(escape(line) for line in text.splitlines())
