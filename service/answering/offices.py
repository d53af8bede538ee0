"""What a department of the body does, and how the body is reached: the document's own sentence, verbatim."""

import re
from collections.abc import Iterator

from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.material import part
from service.records import Passage
from service.text import normal

LONGEST = 260
"""Longest quotation (characters)."""
_DUTY = re.compile(
    r"(?:^|[#,，的])([\u4e00-\u9fff]{1,12}?[科处室股])(?:主要|具体|都|是)*(?:管|负责|承担|干|做)(?:的是|的)?(?:什么|啥|些什么|些啥|哪些|哪方面)"
    r"(?:事情?|工作|业务|职责|的)?[?？]?$"
)
_REACHED = re.compile(r"(?:公开|疑问|咨询|监督|反馈|疑义)[^。]{0,10}电话|电话[^。]{0,8}(?:咨询|反馈)")
_NUMBER = re.compile(r"[^。；;]*电话[^。；;\d]{0,12}\d[^。；;]*")
_ENTRY = re.compile(
    r"(?:[。:,]|[(][^)]{1,8}[)])?(?:的?(?:主要)?(?:职责|职能)[^。]{0,4}?[:是为])?(?:主要)?(?:负责|承担|组织|协助|拟订|牵头|统筹)"
)
_NEXT = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]|(?<=[。；;])\d{1,2}[.、．]")


def tell(desk: Desk) -> list[Sentence] | None:
    """The sentence that says it; None where the question asks for neither, or the documents do not say."""
    duty = _DUTY.search(desk.plan.topic)
    if duty is None and not _REACHED.search(desk.plan.topic):
        return None
    for info in desk.documents:
        for passage in (p for p in desk.material.passages(info.doc) if p.kind == "prose"):
            span = next(_duties(passage, duty[1]), None) if duty is not None else _number(passage)
            if span is not None:
                labels = tuple(desk.book.cite(info, passage.section, place) for place in part(passage, *span))
                return [Sentence(f"文件写明：「{passage.quote[slice(*span)].strip().rstrip('。；;，')}」。", labels)]
    return None


def _duties(passage: Passage, name: str) -> Iterator[tuple[int, int]]:
    """The stretches from a department's name over its duties to the next department."""
    at = passage.quote.find(name)
    while at >= 0:
        behind = at + len(name)
        if _ENTRY.match(normal(passage.quote[behind : behind + LONGEST])):
            following = _NEXT.search(passage.quote, behind)
            end = following.start() if following is not None else len(passage.quote)
            yield at, end if end - at <= LONGEST else _cut(passage.quote, at)
        at = passage.quote.find(name, behind)


def _cut(quote: str, start: int) -> int:
    """Where a long quotation ends: behind the last sentence or clause that fits."""
    cut = max(quote.rfind(stop, start, start + LONGEST) for stop in "。；;，")
    return cut + 1 if cut > start else start + LONGEST


def _number(passage: Passage) -> tuple[int, int] | None:
    """The sentence that prints a telephone number."""
    match = _NUMBER.search(passage.quote)
    return match.span() if match is not None and len(match[0]) <= LONGEST else None
