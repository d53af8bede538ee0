"""Answers in the document's own words: lists, and the passage nearest to a question."""

import re
from collections.abc import Sequence

from service.answering import cells, counting, listing
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.material import EvidenceBook, Material, part
from service.answering.plan import Plan
from service.records import DocumentInfo, Passage
from service.text import normalised

LONGEST = 260
"""Longest quotation (characters) in an answer."""
FAR = 160
"""A measure is stated of an item within so many characters of its name."""
_STATED = {
    "得分": r"得分(?:为|是|:)?\d+(?:\.\d+)?分?",
    "执行率": r"(?:执行率|完成(?:预算|全年预算)?的?)(?:为|是|:)?\d+(?:\.\d+)?%",
    "完成率": r"(?:完成率|完成[^。;]{0,8}预算的?)(?:为|是|:)?\d+(?:\.\d+)?%",
    "增减率": r"(?:增长|下降|减少|增加)\d+(?:\.\d+)?%",
}
"""How prose states a measure."""


def direct(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """What the question asks for by its form, before figures are chosen: a list, or the cells of a table that it names."""
    return (
        listing.listing(plan, documents, material, book)
        or cells.named(plan, documents, material, book)
        or cells.headed(plan, documents, material, book)
    )


def nearest(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The sentence that states the measure of an item asked for, or that counts what is asked for."""
    return _stated(plan, documents, material, book) or counting.counted(plan, documents, material, book)


def _stated(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The stretch that names an item and then states the measure asked for, where no fact was read: 「…项目：…自评得分95分」."""
    words = [_STATED[m] for m in plan.measures if m in _STATED]
    names = [key(name).removesuffix("项目") for match in plan.items[:1] if match.score for name in match.names[:1]]
    if not words or not names:
        return None
    for info in documents:
        for passage in (p for p in material.passages(info.doc) if p.kind == "prose"):
            form = normalised(passage.quote)
            at = form.text.find(names[0])
            ends = [m.end() for w in words if at >= 0 and (m := re.compile(w).search(form.text, at, at + FAR))]
            if ends:
                start, end = form.span(at, max(ends))
                return [_quoted(info, passage, start, end, book, "文件写明")]
    return None


def _quoted(info: DocumentInfo, passage: Passage, start: int, end: int, book: EvidenceBook, lead: str) -> Sentence:
    """A stretch of a passage as a quotation; a longer one ends at the last sentence that fits."""
    if end - start > LONGEST:
        cut = max((passage.quote.rfind(c, start, start + LONGEST) for c in "。；;，"), default=-1)
        end = cut + 1 if cut > start else start + LONGEST
    places = part(passage, start, end)
    labels = tuple(book.cite(info, passage.section, place) for place in places)
    return Sentence(f"{lead}：「{passage.quote[start:end].rstrip('。；;，')}」。", labels)
