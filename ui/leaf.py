"""One kept answer as a page of its own, to be linked and printed: no script, nothing loaded but pictures of this server."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from service.answering.citing import MARK
from service.api import file_address, page_address
from service.errors import MingzhangError
from service.exports.pictures import strips
from service.library import Kept
from service.records import Citation, DocumentInfo, Engine
from ui import render
from ui.evidence import OCR_BADGE, cells
from ui.naming import document_name
from ui.words import said, say, told

CROP_DPI = 150
DIGITS = 12
"""Hexadecimal digits of a digest that are printed."""
_STYLE = (Path(__file__).parent / "assets" / "leaf.css").read_text("utf-8")

Size = tuple[float, float]


def missing(error: MingzhangError) -> str:
    """The page where no answer has the key of a link."""
    return _framed(error.zh, f'<p><a href="/">{say("明账")}</a></p>', f"<h1>{told(error.zh, error.en)}</h1>")


def page(kept: Kept, documents: Mapping[str, DocumentInfo], sizes: Mapping[tuple[str, int], Size]) -> str:
    """The page.

    Args:
        kept: the answer, as it was given.
        documents: those still held that it speaks of, by name.
        sizes: (width, height) in points of the pages that it cites, by document and page; those without are not shown.
    """
    answer = kept.answer
    sources = "".join(_source(c, documents.get(c.doc), sizes.get((c.doc, c.place.page))) for c in answer.citations)
    cited = f'<section class="sources"><h2>{say("原文摘录")}</h2>{sources}</section>' if sources else ""
    on = f'<p><a href="/?answer={kept.key}">{say("在明账里继续问")}</a></p>'
    return _framed(answer.question, on, f"<h1>{escape(answer.question)}</h1>{render.answer(answer)}{cited}{_making(kept, documents)}")


def _framed(title: str, beside: str, main: str) -> str:
    """The whole page. `beside` stands beside the name of the program."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        '<link rel="icon" href="data:,">'
        f"<title>{escape(title)} · 明账</title><style>{_STYLE}</style></head><body>"
        f'<header><p class="brand">明账</p>{beside}</header><main>{main}</main></body></html>\n'
    )


def _source(citation: Citation, info: DocumentInfo | None, size: Size | None) -> str:
    """The quote, and the strip of its page with the quote marked."""
    place = citation.place
    name = escape(document_name(info) if info else citation.doc)
    at = say("第 {page} 页", page=place.page)
    where = f'<a href="{escape(file_address(citation.doc, place.page))}">{at}</a>' if info else at
    shown = ""
    if info is not None and size is not None:
        for part in strips(place.boxes, *size):
            address = escape(page_address(citation.doc, place.page, place.boxes, CROP_DPI, part))
            width, height = part[2] - part[0], part[3] - part[1]
            alt = said("alt", "第 {page} 页的原貌，引文已用黄色标出", page=place.page)
            shown += f'<img src="{address}" width="{width:.0f}" height="{height:.0f}"{alt}>'
    return (
        f'<article id="source-{citation.n}"><p class="where"><b>{MARK.format(citation.n)}</b> {name} {where}'
        f"{OCR_BADGE if place.ocr else ''}</p><p class='section'>{escape(citation.section)}</p>"
        f"<blockquote>{cells(place.quote)}</blockquote>{shown}</article>"
    )


def _making(kept: Kept, documents: Mapping[str, DocumentInfo]) -> str:
    """What the answer rests on: the documents' bytes, the wording, the time."""
    cited: Sequence[str] = list(dict.fromkeys(c.doc for c in kept.answer.citations))
    digests = dict(kept.sources)
    named = [f"{document_name(documents[doc]) if doc in documents else doc}（{digests.get(doc, '')[:DIGITS]}）" for doc in cited]
    model = kept.answer.engine is Engine.LLM
    rows = [
        ("提问时间", kept.made.replace("T", " ").replace("+00:00", " UTC")),
        ("所问文件", "；".join(named) or str(len(kept.sources))),
        ("由谁写成", (kept.answer.model or "") if model else "离线"),
        ("提示词摘要" if model else "程序摘要", kept.prompt[:DIGITS]),
    ]
    return f'<dl class="making">{"".join(f"<div><dt>{say(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)}</dl>'
