"""The whole of “三公”经费 where a document prints only its parts, which the budget rules fix: their sum."""

from collections.abc import Sequence
from decimal import Decimal

from service.amounts import YUAN, plain
from service.answering import bodies, choosing, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.matching import key
from service.answering.plan import Ask
from service.records import DocumentInfo, Fact

WHOLE = "三公经费"
_VEHICLES = "公务用车购置及运行维护费"
_PARTS = (
    ("因公出国(境)费", _VEHICLES, "公务接待费"),
    ("因公出国(境)费", "公务用车购置费", "公务用车运行维护费", "公务接待费"),
)
"""What the whole is made of: vehicles told in one figure, or in two."""
_PLAIN = ("预算", "决算", "年初预算", "全年预算")


def tell(desk: Desk) -> list[Sentence] | None:
    """The sum of the parts, where the whole alone is asked for and no document asked prints it; else None."""
    plan = desk.plan
    if plan.ask in (Ask.WHY, Ask.DEFINITION) or plan.counted or [key(m.names[0]) for m in plan.items] != [WHOLE]:
        return None
    if any(key(f.item) == WHOLE for info in desk.documents for f in desk.material.facts(info.doc)):
        return None
    for info in desk.documents:
        asked = choosing.wanted(plan, info)
        if all(measure in _PLAIN for measure in asked) and (parts := _parts(desk.material.facts(info.doc), info)):
            return _sum(desk, info, parts)
    return None


def _parts(facts: Sequence[Fact], info: DocumentInfo) -> list[Fact]:
    """A figure of each part, all of one section, measure, year and unit; none where one is missing."""
    for names in _PARTS:
        for first in facts:
            if key(first.item) != key(names[0]) or first.measure not in _PLAIN or first.unit not in YUAN or first.year != info.year:
                continue
            kind = (first.where, first.measure, first.unit, first.year, first.source, first.column)
            alike = [f for f in facts if (f.where, f.measure, f.unit, f.year, f.source, f.column) == kind]
            found = [next((f for f in alike if key(f.item) == key(name)), None) for name in names]
            if all(found):
                return [f for f in found if f is not None]
    return []


def _sum(desk: Desk, info: DocumentInfo, parts: Sequence[Fact]) -> list[Sentence]:
    groups = [Group(info, f.item, (f,), 0.0) for f in parts]
    desk.join(groups)
    terms = tuple(term for group in groups for term in desk.terms(group, group.facts[0]))
    value, unit = plain(sum((f.value for f in parts), Decimal(0))), parts[0].unit
    shown = " + ".join(wording.figure(f) for f in parts)
    labels = tuple(dict.fromkeys(term.label for term in terms))
    whose = bodies.short(info.org) if desk.several else ""
    first = Sentence(f"{whose}各项合计{value}{unit}（{shown}）。", labels, (Derivation(value, unit, Operation.SUM, terms),))
    return [first, *dict.fromkeys(desk.statement(group) for group in groups)]
