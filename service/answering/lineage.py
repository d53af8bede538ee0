"""What items stand under: 「宣传事务的一般行政管理事务」 is the one of several items of that name that its parent's name tells apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.answering.choosing import Group
from service.answering.matching import Match, stem
from service.answering.material import Material
from service.answering.plan import Ask, Plan
from service.records import Fact

_UNDER = re.compile(r"(?:\((?:类|款)\)|[类款])?(?:这一?[个类款])?的?(?:项?下面?|之下|底下|里面?|当中|中)?的?")
"""Between a parent and what stands under it."""
_JOINT = re.compile(r"[、和与跟及,]|以及|还有")


def settled(plan: Plan, material: Material) -> Plan:
    """The question with every item that is named only to say whose part another is kept as that one's parent.

    Args:
        plan: the question as read.
        material: the documents, whose items know their parents.
    """
    named = sorted((*plan.items, *plan.whole), key=lambda m: m.start)
    if len(named) < 2:
        return plan
    parents = _parents(plan, named, material)
    kept: list[Match] = []
    whole = list(plan.whole)
    for match in _repeated(named, plan.text, parents):
        above = _directly_above(match, kept, plan.text, parents)
        # Of a share the parent stays the whole that it is taken of.
        whole += [m for m in above if m not in whole and "占比" in plan.measures]
        kept = [m for m in kept if m not in above]
        own = [_under(match, parent, parents) for parent in above]
        if not own and kept and kept[-1].under and _JOINT.fullmatch(plan.text[kept[-1].end : match.start]):
            own = [_under(match, kept[-1], parents, inherited=True)]
        kept += own or [match]
    if kept == named:
        return plan
    items = tuple(m for m in kept if m not in whole)
    single = plan.ask is Ask.COMPARE and len(items) < 2 and len(plan.choice.groups) < 2
    return replace(plan, items=items, whole=tuple(whole), ask=Ask.LOOKUP if single else plan.ask)


def families(groups: Sequence[Group], facts: Sequence[Fact]) -> list[list[Group]]:
    """The groups apart by the parent that their item stands under; one list, as it was, where the document knows one parent.

    Args:
        groups: of one match, best first; those of the best one's name are told apart, those that print no parent left out.
        facts: all of the document.
    """
    first = groups[0].facts[0]
    alike = [f for f in facts if f.item == groups[0].item and len(f.path) == len(first.path) and f.path and _is_functional(f)]
    if not _is_functional(first) or len({stem(f.path[-1]) for f in alike}) < 2:
        return [list(groups)]
    apart: dict[str, list[Group]] = {}
    for group in groups:
        path = group.facts[0].path
        if group.item == groups[0].item and len(path) == len(first.path):
            apart.setdefault(stem(path[-1]), []).append(replace(group, under=path[-1]))
    return [apart[parent] for parent in sorted(apart, key=lambda p: apart[p][0].facts[0].code or "")]


def _is_functional(fact: Fact) -> bool:
    return fact.part == "money" if fact.code is None else fact.code.startswith("2")


def _parents(plan: Plan, named: Sequence[Match], material: Material) -> dict[str, set[str]]:
    """Of the items named, the forms of the names that each stands under somewhere in the documents."""
    names = {name for match in named for name in match.names}
    found: dict[str, set[str]] = {}
    for info in plan.documents:
        for fact in material.facts(info.doc):
            if fact.path and fact.item in names and (fact.code is not None or fact.part == "money"):
                found.setdefault(fact.item, set()).update(map(stem, fact.path))
    return found


def _is_above(parent: Match, match: Match, parents: dict[str, set[str]]) -> bool:
    forms = {stem(name) for name in parent.names}
    return any(not forms.isdisjoint(parents.get(name, ())) for name in match.names)


def _directly_above(match: Match, before: Sequence[Match], text: str, parents: dict[str, set[str]]) -> list[Match]:
    """The parents named right before an item: one, or several joined (组织事务和宣传事务的…)."""
    found: list[Match] = []
    start, gap = match.start, _UNDER
    for earlier in reversed(before):
        if earlier.start >= earlier.end or not _is_above(earlier, match, parents) or not gap.fullmatch(text[earlier.end : start]):
            break
        found.insert(0, earlier)
        start, gap = earlier.start, _JOINT
    return found


def _under(match: Match, parent: Match, parents: dict[str, set[str]], *, inherited: bool = False) -> Match:
    """The item as what stands under its parent, with those of its names that do."""
    above = parent.under if inherited else (*parent.names, *parent.under)
    forms = {stem(name) for name in above}
    names = tuple(name for name in match.names if not forms.isdisjoint(parents.get(name, ())))
    return replace(match, names=names, under=above) if names else match


def _repeated(named: Iterable[Match], text: str, parents: dict[str, set[str]]) -> list[Match]:
    """The items, one that is named again under another parent once for each."""
    found = list(named)
    for parent in list(found):
        for match in list(found):
            said = text[match.start : match.end]
            again = (
                re.compile(_UNDER.pattern + re.escape(said)).match(text, parent.end) if said and _is_above(parent, match, parents) else None
            )
            if again is not None and not any(m.start < again.end() and again.end() - len(said) < m.end for m in found):
                found.append(replace(match, start=again.end() - len(said), end=again.end()))
    return sorted(found, key=lambda m: m.start)
