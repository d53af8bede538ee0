"""When a body was founded: the sentence that prints a year beside the founding; nothing else answers that."""

import re
from collections.abc import Iterator

from service.answering import bodies, resemblance
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.material import part
from service.answering.plan import Plan
from service.records import DocumentInfo, Passage
from service.text import normal

LONGEST = 200
"""Longest sentence (characters) that is quoted; of a longer one the clauses from the year on."""
NAMED = 4
"""A founding is of what the question names, where they share so many characters."""
NEAR = 60
"""The year and the founding stand within so many characters of one another."""
_ASKED = re.compile(
    r"(?:什么时候|啥时候|何时|哪[一]?[年月天]|几时|多久|几几年)[^,。]{0,6}?(?:成立|组建|设立|挂牌)"
    r"|(?:成立|组建|设立|挂牌)(?:的)?(?:时间|日期|年份|于?(?:是)?(?:什么时候|啥时候|何时|哪[一]?[年月天]|几时|多久|几几年))"
)
_FOUNDED = r"(?:成立|组建|设立|挂牌)(?![^,。;]{0,6}(?:专班|小组|工作组))"
_DATED = re.compile(rf"(?:19|20)\d\d年[^。;]{{0,{NEAR}}}?{_FOUNDED}|{_FOUNDED}于(?:19|20)\d\d年")
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_OWN = re.compile(r"我(?:局|单位|部|委|办|院|会|中心)|本(?:局|单位|部门|部|委|办|院|会|中心)|单位")
_FORM = re.compile(r"20\d\d年?度?|是|在|的|什么时候|啥时候|何时|哪[一]?[年月天]|几时|成立|组建|设立|挂牌|时间|日期|年份|[?,。]")


def asked(plan: Plan) -> bool:
    """Whether a question asks when a body was founded."""
    return _ASKED.search(plan.text) is not None


def tell(desk: Desk) -> list[Sentence] | None:
    """The sentence that says when; None where no document does."""
    topic = _FORM.sub("", desk.plan.topic or desk.plan.text)
    named = topic.replace("#", "")
    for info in desk.documents:
        found = [(_of(info, named, form), passage, start, end) for passage, start, end, form in _dated(desk, info)]
        fitting = [one for one in found if one[0]]
        if fitting:
            _, passage, start, end = max(fitting, key=lambda one: one[0])
            labels = tuple(desk.book.cite(info, passage.section, place) for place in part(passage, start, end))
            whose = bodies.short(info.org) if desk.several else ""
            return [Sentence(f"{whose}文件写明：「{passage.quote[start:end].strip().rstrip('。；;，,')}」。", labels)]
    return None


def _dated(desk: Desk, info: DocumentInfo) -> Iterator[tuple[Passage, int, int, str]]:
    """The sentences of a document that print a year beside a founding, with their normal form."""
    for passage in desk.material.passages(info.doc):
        if passage.kind != "prose":
            continue
        for match in _SENTENCE.finditer(passage.quote):
            if _DATED.search(normal(match[0])):
                start = match.start()
                if match.end() - start > LONGEST:
                    years = [y.start() for y in re.finditer(r"(?:19|20)\d\d\s*年", match[0]) if len(match[0]) - y.start() <= LONGEST]
                    start += years[0] if years else 0
                form = normal(passage.quote[start : match.end()])
                if _DATED.search(form):
                    yield passage, start, match.end(), form


def _of(info: DocumentInfo, named: str, form: str) -> int:
    """How surely a sentence is about what is asked: characters shared with its name; 0 where it is about something else."""
    if len(named) >= NAMED:
        start, end = resemblance.common(named, form)
        return end - start if end - start >= NAMED else 0
    founded = re.search(rf"{_FOUNDED}([^,。;]*)", form)
    org = normal(info.org or "")
    if org and founded is not None and founded[1].endswith(org):
        return 2 * len(org)
    return 1 if _OWN.search(form) and not (founded and founded[1]) else 0
