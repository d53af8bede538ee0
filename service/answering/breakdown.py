"""Where the money comes from and where it goes: income by source, spending by kind, as the document prints its parts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.amounts import YUAN
from service.answering import dividing
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Fact, Kind

MOST_PARTS = 9
"""So many parts are told."""
_LEAD = r"^(?:#|\d|年|度|今|去|本|当|的|之|单位|部门|局里?|全|总|所有|一共|这些|那些?|它们?|他们|请问|想知道|一下)*"
"""What may stand before: anything else names an item of its own (三公经费花到哪去了)."""
_FROM = re.compile(
    _LEAD + r"(?:(?:钱|资金|经费|收入)[^,。?]{0,5}(?:从|打|由)(?:哪|何)[^,。?]{0,3}来|"
    r"(?:钱|资金|经费|收入)的?来源|(?:钱|资金)[^,。?]{0,2}谁[给出]|"
    r"收入[^,。?]{0,4}(?:构成|组成|由哪|结构|靠)|有(?:哪些|几种|什么)收入$)"
)
_TO = re.compile(
    _LEAD + r"(?:(?:钱|资金|经费)[^,。?]{0,5}(?:花|用|去)[^,。?]{0,4}哪|"
    r"(?:都|主要|具体)?(?:花|用)[^,。?]{0,3}(?:在|到)(?:了)?(?:哪|什么地方|什么方面)|"
    r"支出[^,。?]{0,4}(?:构成|组成|由哪|结构|怎么分))"
)
_TOTAL = re.compile(
    r"#*(?:20\d\d|年|去|今|本|度|总共|一共|总|的|全|部门|在|#)*(?:支出|花销|开支|花|用|收入|收)(?:了|到|掉|是|有)*多少(?:钱|万元|万|元)*"
)
"""Asks for a whole."""
_STOPS = re.compile(r"[,;:?。]|以及|还有|并且")
_WHOLE_INCOME = {"本年收入合计", "收入合计", "收入预算", "收入总计", "收入预算总计", "本年收入", "收入总额"}
_WHOLE_SPENDING = {"本年支出合计", "支出合计", "支出预算", "支出总计", "支出预算总计", "本年支出", "支出总额"}
_PRINTED = ("决算", "预算", "年初预算")
_SOURCE = re.compile(r"收入$|结转|结余|拨款")
_TABLES = ("expenditure", "fiscal expenditure", "general budget")
_LEVELS = (re.compile(r"2\d\d"), re.compile(r"2\d{6}"))
MOST_FUNCTIONS = 5
"""So many classes or items by function are told."""
_KINDS = {"基本支出", "项目支出", "经营支出", "上缴上级支出", "对附属单位补助支出"}


def tell(desk: Desk) -> list[Sentence] | None:
    """The total and its parts; None where nothing of the kind is asked, or where the document prints no parts.

    A question that names an item of its own (「三公经费花到哪去了」) is not about the whole.
    """
    plan = desk.plan
    text = plan.topic or plan.text
    if plan.ask in (Ask.WHY, Ask.DEFINITION) or len({d.org for d in desk.documents}) != 1 or _of_an_item(desk):
        return None
    stretches = _STOPS.split(text)
    sides = [side for pattern, side in ((_FROM, _WHOLE_INCOME), (_TO, _WHOLE_SPENDING)) if any(pattern.search(part) for part in stretches)]
    wholes = [_WHOLE_INCOME if "收" in part else _WHOLE_SPENDING for part in stretches if _TOTAL.fullmatch(part)]
    told: list[Sentence] = []
    for info in _documents(desk):
        for side in sides:
            told.extend(_side(desk, info, side))
        totals = [_total(desk, info, whole) for whole in wholes if told and whole not in sides]
        told = [*(t for t in totals if t is not None), *told]
        if told:
            return told
    return None


def asked_alone(plan: Plan) -> bool:
    """Whether the question asks this and totals alone: the words of its parts are not in it, so that none can be missed."""
    stretches = [part for part in _STOPS.split(plan.topic or plan.text) if part]
    found = [bool(_FROM.search(part) or _TO.search(part)) for part in stretches]
    return any(found) and all(is_it or _TOTAL.fullmatch(part) for is_it, part in zip(found, stretches, strict=True))


def _of_an_item(desk: Desk) -> bool:
    """Whether an item is named that is neither a whole nor one of the kinds of money."""
    wholes = _WHOLE_INCOME | _WHOLE_SPENDING | {"收入", "支出", "总支出", "总收入"}
    return any(m.score >= 0.6 and not any(key(n) in wholes for n in m.names) for m in desk.plan.items)


def _documents(desk: Desk) -> list[DocumentInfo]:
    """The newest account first, then the budget."""
    return sorted(desk.documents, key=lambda d: (d.kind is not Kind.FINAL, -(d.year or 0)))


def _side(desk: Desk, info: DocumentInfo, whole: set[str]) -> list[Sentence]:
    facts = [f for f in desk.material.facts(info.doc) if f.year in (info.year, None) and f.measure in (*_PRINTED, "占比")]
    parts = _of_income(facts) if whole is _WHOLE_INCOME else _of_spending(facts)
    told: list[Sentence] = []
    if parts is not None:
        total, found = parts
        groups = [Group(info, f.item, _with_share(facts, f), 0.0) for f in found]
        desk.join(groups)
        told = [desk.statement(Group(info, total.item, (total,), 0.0)), *(desk.statement(group) for group in groups[:MOST_PARTS])]
    if whole is _WHOLE_SPENDING:
        told += _by_function(desk, info, _functions(facts))
    return told


def _total(desk: Desk, info: DocumentInfo, whole: set[str]) -> Sentence | None:
    facts = [f for f in desk.material.facts(info.doc) if f.year in (info.year, None)]
    totals = sorted(_totals(facts, whole), key=lambda f: f.source != "text")
    return desk.statement(Group(info, totals[0].item, (totals[0],), 0.0)) if totals else None


def _by_function(desk: Desk, info: DocumentInfo, functions: Sequence[Fact]) -> list[Sentence]:
    """Items by function in order; where they are many, the first of them are told as what they are."""
    told = [desk.statement(Group(info, f.item, (f,), 0.0)) for f in functions[:MOST_FUNCTIONS]]
    if len(functions) <= MOST_FUNCTIONS:
        return told
    leads = ("最高的是", *["其次是"] * (MOST_FUNCTIONS - 1))
    return [replace(sentence, text=f"{lead}{sentence.text}") for lead, sentence in zip(leads, told, strict=True)]


def _of_income(facts: Sequence[Fact]) -> tuple[Fact, list[Fact]] | None:
    """A total with the sources that add up to it, prose before tables; of one source alone, that one."""
    for source in ("text", "table"):
        own = [f for f in facts if f.source == source]
        for total in _totals(own, _WHOLE_INCOME):
            inside = _beside(own, total)
            sources = [f for f in inside if _SOURCE.search(key(f.item)) and f.value]
            divided = next(
                (d for d in dividing.lists([total, *inside], {key(total.item)}) if all(_SOURCE.search(key(f.item)) for f in d)), []
            )
            alone = [f for f in sources if f.value == total.value][:1]
            if found := [f for f in divided if f.value] or alone:
                return total, found
    return None


def _of_spending(facts: Sequence[Fact]) -> tuple[Fact, list[Fact]] | None:
    """A total with the kinds of spending printed beside it."""
    for source in ("text", "table"):
        own = [f for f in facts if f.source == source]
        for total in _totals(own, _WHOLE_SPENDING):
            kinds = list({key(f.item): f for f in reversed(_beside(own, total)) if key(f.item) in _KINDS and f.value}.values())[::-1]
            if len(kinds) > 1 or (kinds and kinds[0].value == total.value):
                return total, kinds
    return None


def _functions(facts: Sequence[Fact]) -> list[Fact]:
    """The items of the expenditure table by function, most money first: its classes (类), of one class the items (项)."""
    for part, level in ((part, level) for part in _TABLES for level in _LEVELS):
        own = [f for f in facts if f.part == part and f.source == "table" and level.fullmatch(f.code or "") and _is_whole(f)]
        found = {f.code: f for f in reversed(own) if f.where == own[0].where}
        if len(found) > 1:
            return sorted(found.values(), key=lambda f: -f.value)
    return []


def _is_whole(fact: Fact) -> bool:
    """Whether the column holds all of the item's money."""
    last = (fact.column or "合计").split("/")[-1]
    return bool(fact.value) and fact.measure in _PRINTED and fact.unit in YUAN and bool(re.search(r"合计|小计|总计|决算数|预算数", last))


def _totals(facts: Sequence[Fact], whole: set[str]) -> list[Fact]:
    return [f for f in facts if key(f.item) in whole and f.unit in YUAN and f.measure in _PRINTED and f.value]


def _beside(facts: Sequence[Fact], total: Fact) -> list[Fact]:
    kind = (total.where, total.measure, total.unit, total.column)
    return [f for f in facts if (f.where, f.measure, f.unit, f.column) == kind and f.item != total.item]


def _with_share(facts: Sequence[Fact], part: Fact) -> tuple[Fact, ...]:
    shares = [f for f in facts if f.measure == "占比" and f.item == part.item and f.where == part.where and f.source == part.source]
    return (part, *shares[:1])
