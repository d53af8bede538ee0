"""The evidence panel, drawn: a citation's quote, and the page it is printed on → HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from service.answering.citing import MARK
from service.api import file_address, page_address
from service.records import Answer, Box, Citation, DocumentInfo
from ui.naming import document_name
from ui.words import said, say

LARGE_DPI = 200
"""Resolution of a page opened on its own."""
PANEL_DPI = 150
"""Resolution of a page in the side panel: sharp on a phone's screen."""
POINTS_PER_INCH = 72
OCR_BADGE = f'<span class="mz-badge mz-recognised">{say("OCR识别")}</span>'


@dataclass(frozen=True, slots=True)
class View:
    """What the evidence panel shows: a citation, the page on view (from 1) and the document's number of pages."""

    citation: Citation
    page: int
    pages: int
    info: DocumentInfo | None = None


def quote(view: View) -> str:
    """The citation's document, section, page and verbatim quote."""
    citation = view.citation
    name = document_name(view.info) if view.info else citation.doc
    section = f'<p class="mz-section">{escape(citation.section)}</p>' if citation.section else ""
    recognised = f" {OCR_BADGE}" if citation.place.ocr else ""
    return (
        f'<div class="mz-quote"><p class="mz-source"><b>{MARK.format(citation.n)}</b> {escape(name)}'
        f' <span class="mz-pageno">{say("第 {page} 页", page=citation.place.page)}</span>{recognised}</p>'
        f"{section}<blockquote>{cells(citation.place.quote)}</blockquote></div>"
    )


def picture(view: View) -> str:
    """The page on view; the quote is highlighted when it stands there."""
    citation = view.citation
    here = view.page == citation.place.page
    boxes = citation.place.boxes if here else ()
    focus = f' data-focus="{_pixels(boxes, 0)},{_pixels(boxes, 1)}"' if boxes else ""
    alt = said("alt", "第 {page} 页的原貌，引文已用黄色标出" if here else "第 {page} 页的原貌", page=view.page)
    elsewhere = "" if here else f'<p class="mz-elsewhere">{say("引文在第 {page} 页", page=citation.place.page)}</p>'
    source = escape(page_address(citation.doc, view.page, boxes, PANEL_DPI))
    large = escape(page_address(citation.doc, view.page, boxes, LARGE_DPI))
    file = escape(file_address(citation.doc, view.page))
    return (
        f'{elsewhere}<div class="mz-page" tabindex="0" role="group"{said("aria-label", "原文页面")}{focus}>'
        f'<img src="{source}"{alt}></div>'
        f'<p class="mz-open"><a href="{file}" target="_blank" rel="noopener">{say("打开 PDF 第 {page} 页", page=view.page)}</a>'
        f'<a href="{large}" target="_blank" rel="noopener">{say("看大图")}</a></p>'
    )


def page_label(view: View) -> str:
    """Which page is on view."""
    return f'<p class="mz-turn">{say("第 {page} 页，共 {pages} 页", page=view.page, pages=view.pages)}</p>'


def legend() -> str:
    """The panel before anything is cited: what the signs of an answer mean."""
    rows = (
        (f'<span class="mz-mark">{MARK.format(1)}</span>', "点一下，这里显示原文、页码和原页，引文用黄色标出。"),
        (f'<span class="mz-badge mz-cited">{say("原文数字")}</span>', "文件里就是这样印的，逐个核对过。"),
        (f'<span class="mz-badge mz-derived">{say("推算")}</span>', "由原文数字算出，算式写在旁边。"),
        (OCR_BADGE, "扫描页上认出的文字，可能与印的不同。"),
        (f'<span class="mz-badge mz-warned">{say("请留意")}</span>', "引用的数字在文件里与别处对不上。"),
    )
    return f'<ul class="mz-legend">{"".join(f"<li>{mark}<span>{say(text)}</span></li>" for mark, text in rows)}</ul>'


def choices(answer: Answer | None) -> list[tuple[str, str]]:
    """(label, value) of every citation, for the panel's chooser; the value is the citation's number."""
    return [(f"{MARK.format(c.n)}第 {c.place.page} 页", str(c.n)) for c in answer.citations] if answer else []


def cells(text: str) -> str:
    """A quote; the cells of a table row stand apart."""
    return '<span class="mz-bar"> | </span>'.join(lines(cell) for cell in text.split(" | "))


def lines(text: str) -> str:
    """Escaped text on one line of HTML."""
    return "<br>".join(escape(line) for line in text.splitlines())


def _pixels(boxes: Sequence[Box], edge: int) -> str:
    """The least coordinate `edge` (0: left, 1: top) of the boxes, in pixels of the panel's picture."""
    return f"{min(box[edge] for box in boxes) / POINTS_PER_INCH * PANEL_DPI:.0f}"
