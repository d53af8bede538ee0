"""An item that the documents say they have none of: the sentence that says so, verbatim."""

import re
from collections.abc import Iterator

from service.answering import bodies
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.material import part
from service.records import DocumentInfo, Passage
from service.text import normal

MOST = 3
"""So many documents are looked into."""
SHORTEST = 3
"""Shortest core of an item's name (characters) that is looked for."""
LONGEST = 120
"""Longest sentence (characters) that is quoted."""
_TAILS = re.compile(r"(?:缴费支出|支出|收入|经费|费用|费|资金|补助|财政拨款)+$")
_HELD_WITH = {"车辆": "国有资产占用", "设备": "国有资产占用"}
"""What is counted among others: who has no assets at all (无国有资产占用) has none of these."""
_SENTENCE = re.compile(r"[^。；;！!]+[。；;！!]?")
_NONE = re.compile(r"(?:没有|未安排|未发生|未使用|不涉及|未列支|无)[^。；;]*$")


def tell(desk: Desk) -> list[Sentence] | None:
    """The documents' own words that there is no such item; None where none says so."""
    found = [s for info in desk.documents[:MOST] for name in _without_figures(desk, info) for s in _said(desk, info, name)]
    return found[:MOST] or None


def _without_figures(desk: Desk, info: DocumentInfo) -> list[str]:
    """The items asked of which the document prints no figure."""
    printed = {fact.item for fact in desk.material.facts(info.doc)}
    return [match.names[0] for match in desk.plan.items if printed.isdisjoint(match.names)]


def _said(desk: Desk, info: DocumentInfo, name: str) -> Iterator[Sentence]:
    core = _HELD_WITH.get(key(name)) or _TAILS.sub("", key(name)) or key(name)
    if len(core) < SHORTEST:
        return
    for passage in desk.material.passages(info.doc):
        span = _denial(passage, core) if passage.kind == "prose" else None
        if span is not None:
            labels = tuple(desk.book.cite(info, passage.section, place) for place in part(passage, *span))
            whose = bodies.short(info.org) if desk.several else ""
            yield Sentence(f"{whose}文件写明：「{passage.quote[slice(*span)].rstrip('。；;')}」。", labels)
            return


def _denial(passage: Passage, core: str) -> tuple[int, int] | None:
    """The sentence of a passage that says there is none of it."""
    for match in _SENTENCE.finditer(passage.quote):
        form = re.sub(r"[\"']", "", normal(match[0]))
        at = form.find(core)
        none = _NONE.search(form[:at]) if at >= 0 else None
        if none is not None and match.end() - match.start() <= LONGEST:
            return match.start(), match.end()
    return None
