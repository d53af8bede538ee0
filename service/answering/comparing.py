"""Two or more sides of a comparison, and which is the greater."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from service.amounts import YUAN, plain
from service.answering import choosing, deriving, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.records import Fact, Kind

MOST_TOLD = 6
"""So many sides are told in full."""
_NO_MONEY = ("占比", "人数", "数量", "得分")
"""Measures beside money that sides may be compared by."""
_SUMMED = re.compile(r"合计|之和|总和|加起来|一共|总共|共计|合起来|[加凑]在?一(?:块|起)")
_SET_AGAINST = re.compile(r"谁|哪|比|差|更|分别|各[是占花用有多自]|各$|一样|相同|对得上|高低")
_OVER = re.compile(r"(?:哪|谁)[^,。?]{0,6}(?:超(?:了|出|过)?(?:年初|全年)?(?:预算|支)|(?:比|低于|高于)(?:年初|全年)?预算)")
"""Asks which side went over its budget."""
_MANY = re.compile(r"([两二三四五六七八九十\d]+)(?:家|个(?:单位|部门|机关|局|委|办|街道|镇|区|县))")
_DIGITS = {"两": 2, **{digit: n for n, digit in enumerate("一二三四五六七八九十", 1)}}
_MARKED = re.compile(r"分|自评|绩效|评价|指标")
"""Sides are set against each other by their marks only where marks are spoken of."""
_LESS = re.compile(r"[更最][少低小差慢]|(?:哪|谁)[^,。]{0,12}(?:少(?!花)|低|小)(?!于)|垫底")


def compare(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence]:
    """Both sides' figures, then which is the greater and by how much; two files of one disclosure are one side."""
    sentences: list[Sentence] = []
    sides: dict[tuple[str, int | None, str], tuple[Group, Fact, str]] = {}
    measure = common_measure(desk, chosen)
    picked = [next((g for g in groups if measure and any(answers(desk, g, f, measure) for f in g.facts)), groups[0]) for groups in chosen]
    desk.join(picked)
    for group in picked:
        side = (group.info.org, group.info.year, group.name)
        if side in sides:
            continue
        sentence = desk.statement(group)
        if sentence not in sentences and len(sentences) < MOST_TOLD:
            sentences.append(sentence)
        fact = next((f for f in wording.ordered(group.facts) if measure and answers(desk, group, f, measure)), None)
        if fact is not None:
            sides[side] = (group, fact, desk.label(group, fact))
    over = _over(desk, picked) if _OVER.search(desk.plan.text) else []
    if over:
        return [*over, *sentences]
    verdict = _sum(desk, list(sides.values())) if _summed(desk.plan.text) else greater(desk, list(sides.values()))
    return [verdict, *sentences] if verdict else sentences


def _over(desk: Desk, picked: Sequence[Group]) -> list[Sentence]:
    """How far each side's outcome is from its budget, by name; nothing where one of them does not tell."""
    made = [(group, deriving.gap(desk, [group])) for group in picked]
    if any(told is None for _, told in made):
        return []
    return [replace(told, text=f"{desk.subject(g) if desk.several else g.name}{told.text}") for g, told in made if told is not None]


def _summed(text: str) -> bool:
    """Whether the sides are to be added up, not set against each other: 两个局合计, A和B之和."""
    return _SUMMED.search(text) is not None and _SET_AGAINST.search(text) is None


def _sum(desk: Desk, sides: Sequence[tuple[Group, Fact, str]]) -> Sentence | None:
    """All sides added up, where they are money of one year told by several bodies."""
    facts = [fact for _, fact, _ in sides]
    if len(sides) < 2 or len({f.measure for f in facts}) > 1 or any(f.unit not in YUAN for f in facts) or len({f.year for f in facts}) > 1:
        return None
    unit = facts[0].unit
    if any(f.unit != unit for f in facts):
        return None
    value = plain(sum((f.value for f in facts), Decimal(0)))
    shown = " + ".join(wording.figure(f) for f in facts)
    labels = tuple(dict.fromkeys(label for _, _, label in sides))
    terms = tuple(Term(label, fact.printed, fact.unit) for _, fact, label in sides)
    named = _MANY.search(desk.plan.text)
    lead = "资料里没有所问的全部单位，找到的几家" if named and _number(named[1]) > len({g.info.org for g, _, _ in sides}) else ""
    return Sentence(f"{lead}合计{value}{unit}（{shown}）。", labels, (Derivation(value, unit, Operation.SUM, terms),))


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _DIGITS.get(word, 0)


def answers(desk: Desk, group: Group, fact: Fact, measure: str) -> bool:
    """Whether a fact is of the measure and of the year asked for: the document's own where none is named."""
    asked = [year for year in desk.plan.years if year in (group.info.year, fact.year)]
    counted = measure in choosing.COUNTS and not asked
    return choosing.answers(fact, measure) and (counted or fact.year is None or fact.year in (asked or (group.info.year,)))


def common_measure(desk: Desk, chosen: Sequence[Sequence[Group]]) -> str | None:
    """A measure that every side has: the one asked for, else spending, else budget."""
    info = chosen[0][0].info
    first = ("预算", "决算") if info.kind is Kind.BUDGET else ("决算", "预算")
    fallback: tuple[str, ...] = (*first, "完成率", "增减额", "增减率")
    if any(w in desk.plan.text for w in ("增加", "减少", "涨")):
        fallback = ("增减额", *fallback)
    if any(w in desk.plan.text for w in ("增长", "快", "增幅", "降幅")):
        fallback = ("增减率", *fallback)
    if "完成" in desk.plan.text or "超" in desk.plan.text:
        fallback = ("完成率", *fallback)
    asked = choosing.wanted(desk.plan, info)
    plain_words = tuple(m for m in asked if m in _NO_MONEY)
    unasked = [m for m in _NO_MONEY if m != "得分" or _MARKED.search(desk.plan.text)]
    for measure in (*plain_words, *fallback[:1], *asked, *fallback, *unasked):
        if all(any(answers(desk, g, f, measure) for g in groups for f in g.facts) for groups in chosen):
            return measure
    return None


def _apart(one: Fact, other: Fact) -> bool:
    """Whether one change is a rise and the other a fall: how far they are apart is no difference of two figures as printed."""
    return min(one.value, other.value) < 0 < max(one.value, other.value)


def greater(desk: Desk, sides: Sequence[tuple[Group, Fact, str]]) -> Sentence | None:
    """Which side is the greater; with two sides in one unit also by how much."""
    if len(sides) < 2 or len({f.measure for _, f, _ in sides}) > 1 or len({f.unit in YUAN for _, f, _ in sides}) > 1:
        return None
    less = _LESS.search(desk.plan.text) is not None
    (g1, f1, l1), (g2, f2, l2) = sorted(sides, key=lambda side: deriving.yuan(side[1]) * (1 if less else -1))[:2]
    if deriving.yuan(f1) == deriving.yuan(f2):
        return Sentence(f"两者相同，都是{wording.figure(f1)}。", (l1, l2))
    # Things and people are more, money is higher.
    way = ("少" if less else "多") if f1.measure in choosing.COUNTS else "低" if less else "高"
    name1, name2 = (desk.subject(g, f) if desk.several else g.name for g, f in ((g1, f1), (g2, f2)))
    if len(sides) > 2:
        return Sentence(f"所列当中{name1}最{way}：{wording.clause(f1, g1.info.kind)}。", (l1,))
    text = f"{name1}更{way}：{wording.clause(f1, g1.info.kind)}，{name2}{wording.clause(f2, g2.info.kind)}"
    if f1.unit == "%" or _apart(f1, f2) or (f1.unit != f2.unit and not {f1.unit, f2.unit} <= set(YUAN)):
        return Sentence(text + "。", (l1, l2))
    larger, smaller = ((l2, f2), (l1, f1)) if less else ((l1, f1), (l2, f2))
    found = deriving.apart(larger[1], smaller[1], [Term(label, fact.printed, fact.unit) for label, fact in (larger, smaller)])
    return Sentence(f"{text}，相差{found.value}{found.unit}。", (l1, l2), (found.derivation,))
