"""What an item takes in, in the document's own words: 「公用经费…主要包括：办公费、差旅费」."""

import re
from collections.abc import Sequence

from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.material import EvidenceBook, Material, part
from service.answering.plan import Plan
from service.records import DocumentInfo, Passage
from service.text import normalised

LONGEST = 300
"""Longest quotation (characters)."""
MOST_BETWEEN = 30
"""Characters between the item's name and 包括 at most: its figure."""

_ASKED = re.compile(
    r"(?:包括|包含|涵盖|含)(?:了|些|的是)?(?:什么|啥|哪)|(?:由|有)(?:什么|啥|哪[些几]?)[^,。]{0,4}(?:构成|组成)|"
    r"(?:都|主要|具体)?(?:有|是)(?:哪些|什么|啥)(?:开支|开销|支出|花费|费用|内容)|(?:都|主要|具体)(?:有|是)(?:哪些|什么|啥)项目"
)
_BETWEEN = rf"[^。;；]{{0,{MOST_BETWEEN}}}?(?:主要)?(?:包括|包含)(?!一般公共预算和)[:：]?"


def tell(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The sentence that says what an item includes, verbatim; None where none is asked for, or none says so.

    Args:
        plan: the question.
        documents: where to look.
        material: their passages.
        book: takes the sentence as evidence.
    """
    if not _ASKED.search(plan.text) or not plan.items:
        return None
    for info in documents:
        for name in dict.fromkeys(key(n) for match in plan.items[:1] for n in match.names):
            found = [(p, span) for p in material.passages(info.doc) if p.kind == "prose" and (span := _span(p, name)) is not None]
            if found:
                passage, (start, end) = min(found, key=lambda pair: "名词解释" in pair[0].section)
                labels = tuple(book.cite(info, passage.section, place) for place in part(passage, start, end))
                return [Sentence(f"文件写明：「{passage.quote[start:end].rstrip('。；;，')}」。", labels)]
    return None


def _span(passage: Passage, name: str) -> tuple[int, int] | None:
    """The sentence of a passage from the item's name to the end of what it includes."""
    form = normalised(passage.quote)
    match = re.search(rf"{re.escape(name)}{_BETWEEN}[^。;；]{{4,}}", form.text)
    if match is None:
        return None
    start, end = form.span(match.start(), match.end())
    return start, min(end, start + LONGEST)
