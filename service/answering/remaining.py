"""What a question names beside the item answered, where the same passage prints it: 「资产总额多少，其中固定资产」."""

import re
from collections.abc import Iterator, Sequence

from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.material import part
from service.answering.plan import COMMON
from service.records import Passage
from service.text import find, normalised

MOST = 2
"""So many of them are told."""
_ASKED = re.compile(r"多少|几[个人名辆台次批户件家]|各")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,8}")
_FIGURE = r"(?:(?![增减上下])[^，。；;\d]){0,6}\d"
_GRADES = ("等级", "评级", "档次")
_NO_WORD = re.compile(r"这个|那个|项目|事情|方面|数字|金额|下面|里头|里面|当中|其余|真正|现在|到底|账上|我们|你们|文件|其中|有没有|分别")


def tell(desk: Desk, group: Group, told: Sequence[Sentence]) -> list[Sentence]:
    """The clauses of the passage told that print a figure of something else that the question names, verbatim."""
    plan = desk.plan
    if group.table or not (_ASKED.search(plan.text) or any(word in plan.text for word in _GRADES)):
        return []
    said = "".join(s.text for s in told)
    rest = plan.topic or plan.text
    for item in (*plan.items, *plan.whole):
        rest = rest[: item.start] + "#" * (item.end - item.start) + rest[item.end :]
    words = [word for word in _GRADES if word in rest]
    words += [w for w in _WORD.findall(_NO_WORD.sub("#", COMMON.sub("#", rest))) if w not in said]
    passages = [p for p in desk.material.passages(group.info.doc) if p.kind == "prose" and find(group.facts[0].place.quote, p.quote)]
    found = [s for word in words for p in passages[:1] for s in _clauses(desk, group, p, word)]
    return list(dict.fromkeys(found))[:MOST]


def _clauses(desk: Desk, group: Group, passage: Passage, word: str) -> Iterator[Sentence]:
    form = normalised(passage.quote)
    if word in _GRADES:
        match = re.search(r"(?:等级|评级|结果|结论)(?:为|是|:)[^。;,]{1,8}", form.text)
    else:
        match = re.search(rf"(?<=[。;、:,(]){re.escape(word)}{_FIGURE}(?:[^。;、,]|(?<=\d),(?=\d))*", form.text)
    if match is None:
        return
    start, end = form.span(match.start(), match.end())
    labels = tuple(desk.book.cite(group.info, passage.section, place) for place in part(passage, start, end))
    yield Sentence(f"原文：「{passage.quote[start:end].rstrip('。；;，')}」。", labels)
