"""This year's figure against last year's, where only the two years' own documents print them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.amounts import YUAN
from service.answering import choosing, deriving, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.matching import Match, key
from service.answering.plan import Ask
from service.records import DocumentInfo, Fact

_MONEY = ("决算", "预算")
_COMPARED = (*_MONEY, *choosing.COUNTS)
_CHANGED = re.compile(r"变化|变动|差|(?<!多)少(?!于)|多(?!少)|增|减|降|涨|升|高|低")
_YEAR = re.compile(r"20\d\d年?度?")
_NUMBERING = re.compile(r"^[\s\d一二三四五六七八九十()（）、.．第]+|情况(?:说明)?|具体|总体")


def tell(desk: Desk, groups: Sequence[Group]) -> list[Sentence]:
    """Both years' figures and their difference; empty where no document of the year before holds the item.

    Args:
        desk: the composition.
        groups: the item's groups in this year's document, best first, none of which prints the change.
    """
    for group in groups:
        now = group.measure(*_COMPARED)
        if now is None or not _comparable(now) or group.item != groups[0].item or now.year not in (group.info.year, None):
            continue
        for info in _earlier(desk, group.info):
            before = _same(desk, info, group, now)
            if before is not None:
                return _told(desk, group, now, *before)
    return []


def apart(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """The difference of one item in two years' documents of one body that the question names both; None where it asks for none."""
    plan = desk.plan
    if plan.ask is not Ask.LOOKUP or not _CHANGED.search(plan.text) or len(plan.years) != 2 or abs(plan.years[0] - plan.years[1]) != 1:
        return None
    if len({groups[0].info.org for groups in chosen}) != 1 or len({key(groups[0].item) for groups in chosen}) != 1:
        return None
    later = next((groups for groups in chosen if groups[0].info.year == max(plan.years)), None)
    earlier = next((groups for groups in chosen if groups[0].info.year == min(plan.years)), None)
    if later is None or earlier is None:
        return None
    return _of_best(desk, later[0], earlier[0]) or tell(desk, later[:1]) or None


def _of_best(desk: Desk, later: Group, earlier: Group) -> list[Sentence]:
    """The same of what answers best in either document, where one column of money or count is all that each place prints."""
    now, before = later.measure(*_COMPARED), earlier.measure(*_COMPARED)
    if now is None or before is None or now.measure != before.measure or not (_comparable(now) and _one_unit(now, before)):
        return []
    alike = now.source == before.source and now.part == before.part and key(now.column or "") == key(before.column or "")
    own = now.year in (later.info.year, None) and before.year in (earlier.info.year, None)
    return _told(desk, later, now, earlier, before) if alike and own else []


def _comparable(fact: Fact) -> bool:
    return fact.unit in YUAN or fact.measure in choosing.COUNTS


def _one_unit(one: Fact, other: Fact) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= set(YUAN)


def beside(desk: Desk, group: Group) -> list[Sentence]:
    """What the document of the year before prints, where the question names both years and their difference is not the change told."""
    now, change = group.measure(*_MONEY), group.measure("增减额")
    if now is None or change is None or now.unit not in YUAN or now.year is None or now.year != group.info.year:
        return []
    if f"{now.year - 1}年" not in desk.plan.text:
        return []
    for info in _earlier(desk, group.info):
        before = _same(desk, info, group, now)
        if before is not None and deriving.yuan(now) - deriving.yuan(before[1]) != deriving.yuan(change):
            reckoned, *_, earlier = _told(desk, group, now, *before)
            return [replace(reckoned, text=f"按两年的文件计算，{reckoned.text}"), earlier]
    return []


def _earlier(desk: Desk, info: DocumentInfo) -> list[DocumentInfo]:
    """The same body's documents of the same kind one year before."""
    if info.year is None or not info.org:
        return []
    alike = [d for d in desk.material.documents() if d.org == info.org and d.kind is info.kind and d.year == (info.year or 0) - 1]
    return [d for d in alike if d.level == info.level] or alike


def _same(desk: Desk, info: DocumentInfo, group: Group, now: Fact) -> tuple[Group, Fact] | None:
    """The same item's figure of the same measure, in the section or table of the same name; else where all places of its scope agree."""
    facts = desk.material.facts(info.doc)
    elsewhere: list[tuple[Group, Fact]] = []
    for other in choosing.groups(desk.plan, info, facts, Match((group.item,), 0, 0, 1.0)):
        for fact in other.facts:
            alike = fact.measure == now.measure and fact.year in (info.year, None) and _one_unit(fact, now) and fact.scope == now.scope
            if not alike or key(fact.item) != key(now.item):
                continue
            if fact.column == now.column and _section(fact.where) == _section(now.where):
                return other, fact
            if fact.scope is not None or fact.measure in choosing.COUNTS:
                elsewhere.append((other, fact))
    return elsewhere[0] if len({deriving.yuan(fact) for _, fact in elsewhere}) == 1 else None


def _section(where: str) -> str:
    """A heading without its number and year, which differ from year to year."""
    return _NUMBERING.sub("", _YEAR.sub("", where))


def _told(desk: Desk, group: Group, now: Fact, earlier: Group, before: Fact) -> list[Sentence]:
    first, second = desk.label(group, now), desk.label(earlier, before)
    terms = (Term(first, now.printed, now.unit), Term(second, before.printed, before.unit))
    sides = [
        Sentence(f"{desk.subject(g, f)}：{wording.clause(f, g.info.kind)}。", (label,))
        for g, f, label in ((group, now, first), (earlier, before, second))
    ]
    change = deriving.yuan(now) - deriving.yuan(before)
    if not change:
        return [Sentence(f"{group.item}与{earlier.info.year}年相同，都是{wording.figure(now)}。", (first, second)), *sides]
    found = deriving.apart(now, before, terms)
    text = f"{group.info.year}年比{earlier.info.year}年{found.way}{found.value}{found.unit}（{found.shown}）。"
    told = [Sentence(text, (first, second), (found.derivation,))]
    if "增减率" in desk.plan.measures and before.value and now.unit == before.unit:
        rate = wording.percent(100 * abs(change) / abs(deriving.yuan(before)))
        shown = f"({found.shown}) ÷ {wording.figure(before)}"
        way = "增长" if change > 0 else "下降"
        told.append(Sentence(f"{way}{rate}%（{shown}）。", (first, second), (Derivation(rate, "%", Operation.CHANGE, terms),)))
    return [*told, *sides]
