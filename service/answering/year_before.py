"""What a document says of the year before, where it prints no figure of a change: that all stayed as it was, or nothing at all."""

import re

from service.answering import choosing, premises
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.material import part
from service.answering.plan import Ask
from service.text import normal

LONGEST = 160
"""Longest sentence (characters) that is quoted."""
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_AGAINST = r"(?:与|和|同|较|比|跟)(?:上年|去年|20\d\d年)[^。;,]{0,12}"
_LEVEL = re.compile(rf"{_AGAINST}(?:持平|一致|相同|相等|无变化|没有变化)")
_CHANGED = re.compile(rf"{_AGAINST}(?:持平|一致|相同|相等|变化|增|减|升|降|多|少)")


def unprinted(desk: Desk, group: Group) -> list[Sentence]:
    """What prose says against the year before, else that nothing of it is printed, where the question holds this year against it."""
    known = any(f.measure in (*choosing.CHANGES, "上年数") and key(f.item) == key(group.item) for f in desk.material.facts(group.info.doc))
    denied = desk.plan.ask is Ask.WHY and premises.denial(desk.plan, group) in premises.UNLIKE_BUDGET
    if known or not (denied or premises.of_last_year(desk.plan)) or group.info.year is None:
        return []
    if said := _said(desk, group, _CHANGED):
        return said
    return [Sentence("文件没有写上年的数，也没有写比上年增减多少。", (desk.label(group, group.facts[0]),))]


def level(desk: Desk, group: Group) -> list[Sentence]:
    """The document's words that an item is what it was in the year before (与上年持平); empty where it says none."""
    return _said(desk, group, _LEVEL)


def _said(desk: Desk, group: Group, words: re.Pattern[str]) -> list[Sentence]:
    """The first sentence of prose that names the item and goes on in such words."""
    name = key(group.item)
    for passage in desk.material.passages(group.info.doc):
        if passage.kind != "prose":
            continue
        for match in _SENTENCE.finditer(passage.quote):
            form = normal(match[0])
            bare = form.replace('"', "")
            if len(match[0]) <= LONGEST and name in bare and words.search(bare, bare.find(name)):
                labels = tuple(desk.book.cite(group.info, passage.section, p) for p in part(passage, *match.span()))
                return [Sentence(f"文件写明：「{match[0].strip().rstrip('。；;')}」。", labels)]
    return []
