"""What a performance form prints of an indicator: its target, what was reached, weight, score and why points were lost."""

import re
from collections.abc import Iterator, Sequence

from service.answering import matching, resemblance, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.plan import Ask
from service.records import DocumentInfo, Indicator, Passage, Place
from service.text import normal

MOST_TOLD = 3
"""Indicators of one name in so many forms are told."""
_ASKED = re.compile(
    r"目标|指标|达到|达标|达成|完成值|实际值|实际完成|实现值|满意度|满分|定了(?:几|多少)|做完|完成(?:了)?(?:几|多少)|扣了?[\d一二三几多]*分|权重|分值"
)
_INDICATED = ("满意度", "率", "数量", "指标")
"""How indicators' names end."""
_TOTAL = re.compile(r"总分|总得分|总评分|自评(?:得|总)?分?(?:是)?多少分?")
WHOSE = re.compile(r"(?:(?!自评|评表|里面|里的|项目|指标|年度|绩效|目标|服务|对象|达到|完成)[\u4e00-\u9fff](?<![的里年中是个])){2}$")
"""The word before 满意度 that says whose."""
_ENDING = 3
"""An indicator may be called by so many last characters: 满意度, 覆盖率."""
_NAMES_ONE = 0.7
"""Score from which a match names an indicator."""


def tell(desk: Desk) -> list[Sentence] | None:
    """The indicators that a question names; None where it asks for none or names none."""
    plan = desk.plan
    if not (_ASKED.search(plan.text) or _only_indicator(desk)) or plan.ask in (Ask.DEFINITION, Ask.LIST):
        return None
    for info in desk.documents:
        named = _named(desk, info)
        if named:
            overall = _whole_score(desk, info, named) if _TOTAL.search(plan.text) else []
            return overall + [sentence for indicator in named[:MOST_TOLD] for sentence in statements(desk, info, indicator)]
    return None


def _only_indicator(desk: Desk) -> bool:
    """Whether the item asked is an indicator and nothing else: its weight is no answer to how much it was."""
    names = {name for m in desk.plan.items[:1] for name in m.names[:1]}
    facts = [f for info in desk.documents for f in desk.material.facts(info.doc) if f.item in names]
    return bool(facts) and all(f.measure in ("分值", "得分") for f in facts)


def _whole_score(desk: Desk, info: DocumentInfo, told: Sequence[Indicator]) -> list[Sentence]:
    """The total of the form that the indicators told stand in, where the question asks for it too."""
    subjects = {key(i.subject) for i in told}
    found = [f for f in desk.material.facts(info.doc) if f.measure == "得分" and f.column == "总分" and key(f.item) in subjects]
    return [desk.statement(Group(info, f.item, (f,), 0.0)) for f in found[:1]]


def lost(desk: Desk, group: Group) -> list[Sentence]:
    """The indicators of a form that lost points, each with the reason given for it."""
    info = group.info
    told = [i for i in desk.material.indicators(info.doc) if key(i.subject) == key(group.item) and i.reason is not None]
    return [sentence for indicator in told[:MOST_TOLD] for sentence in statements(desk, info, indicator)]


def _named(desk: Desk, info: DocumentInfo) -> list[Indicator]:
    """The indicators of a document that the question names; of a form it names too, only those."""
    known = desk.material.indicators(info.doc)
    topic = desk.plan.topic or desk.plan.text
    matches = [m for m in matching.items(topic, [i.item for i in known]) if m.score >= _NAMES_ONE] if known else []
    names = {name for m in matches for name in m.names[:1]}
    own = {key(i.item) for i in known}
    if any(m.score >= _NAMES_ONE and key(m.names[0]) not in own and m.names[0].endswith(_INDICATED) for m in desk.plan.items):
        return []  # a row of a form that is no indicator by its columns: its cells tell
    found = [i for i in known if i.item in names] or _ending_alike(known, topic)
    subjects = {key(name) for m in (*desk.plan.items, *desk.plan.whole) for name in m.names}
    of_form = [i for i in found if key(i.subject) in subjects]
    return of_form or found or _told_in_part([i for i in known if key(i.subject) in subjects], topic)


def _told_in_part(known: Sequence[Indicator], topic: str) -> list[Indicator]:
    """Of a form's indicators the one that has the longest stretch of the question in its name, if it alone has."""
    held = [(end - start, i) for i in known for start, end in [resemblance.common(topic, key(i.item))]]
    longest = max((length for length, _ in held), default=0)
    found = [i for length, i in held if length == longest]
    return found if longest >= _ENDING and len({i.item for i in found}) == 1 else []


def _ending_alike(known: Sequence[Indicator], topic: str) -> list[Indicator]:
    """Indicators whose last characters the question says; where it says whose (群众满意度), only those that say it too."""
    found = [i for i in known if i.item[-_ENDING:] in topic]
    ends = {i.item[-_ENDING:] for i in found}
    for end in ends:
        before = WHOSE.search(topic[: topic.find(end)])
        if before is not None:
            found = [i for i in found if i.item[-_ENDING:] != end or before[0] in normal(i.item)]
    return found


def statements(desk: Desk, info: DocumentInfo, indicator: Indicator, *, whose: bool = False) -> Iterator[Sentence]:
    """What the form prints of an indicator, and the reason that it gives.

    Args:
        desk: the composition.
        info: the document.
        indicator: the indicator.
        whose: whether its form must be named, though its title holds the name.
    """
    place = _row(desk, info, indicator)
    if place is None:
        return
    facts = [f for f in (indicator.weight, indicator.score) if f is not None]
    label = desk.book.cite(info, indicator.where, place, facts=facts, items=(indicator.item,), head=indicator.where)
    units = {s.unit for s in (indicator.target, indicator.actual) if s is not None and s.value is not None and s.unit}
    if len(units) == 1:  # some forms print the unit in a column of its own
        desk.book.measure(label, units.pop())
    said = [
        f"目标值{_printed(indicator.target.printed)}" if indicator.target else "",
        f"实际完成{_printed(indicator.actual.printed)}" if indicator.actual else "",
        *(wording.clause(f, info.kind) for f in facts),
    ]
    subject = "" if not whose and key(indicator.subject) in key(indicator.where) else f"{indicator.subject}的"
    yield Sentence(f"{wording.subject(f'{subject}{indicator.item}', info.year)}指标：{'，'.join(s for s in said if s)}。", (label,))
    if indicator.reason is not None:
        cause = desk.book.cite(info, indicator.where, place, items=(indicator.item,))
        yield Sentence(f"文件给出的原因（{indicator.reason.about}）：「{indicator.reason.text.rstrip('。；;')}」。", (cause,))


def _printed(text: str) -> str:
    """Words as a quotation, figures as they are."""
    return text if re.search(r"\d", text) else f"「{text}」"


def _row(desk: Desk, info: DocumentInfo, indicator: Indicator) -> Place | None:
    """The row that the indicator stands in: where its score was read, else the table row that holds its name and target."""
    for fact in (indicator.score, indicator.weight):
        if fact is not None:
            return fact.place
    stated = indicator.target or indicator.actual
    for passage in desk.material.passages(info.doc):
        here = stated is not None and passage.kind == "row" and passage.page == stated.place.page
        if here and stated is not None and _holds(passage, indicator, stated.printed):
            return Place(passage.page, passage.quote, tuple(box for _, _, box in passage.lines))
    return None


def _holds(passage: Passage, indicator: Indicator, printed: str) -> bool:
    form = normal(passage.quote)
    return normal(indicator.item) in form and normal(printed) in form
