"""The composer without a model: a plan and the documents' facts, reasons and passages → a draft. Every step is by rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.answering import (
    across,
    adding,
    appraising,
    averages,
    backlog,
    balances,
    breakdown,
    budgets_before,
    choosing,
    companions,
    comparing,
    contents,
    crossing,
    defining,
    describing,
    dividing,
    explaining,
    extracting,
    filling,
    founding,
    indicators,
    itemised,
    list_kinds,
    offices,
    pairing,
    picking,
    projects,
    quoting,
    ranking,
    reasons,
    refusing,
    relating,
    same_name,
    sheets,
    shortfalls,
    staffing,
    supposing,
    telling,
    thresholds,
    topping,
    totalling,
    unchanged,
    vacancies,
    years,
)
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Draft, Evidence, Sentence
from service.answering.material import Material
from service.answering.needs import Fit
from service.answering.plan import WHO, Ask, Plan
from service.records import DocumentInfo

_WORD_ASKED = re.compile(r"意思|含义|定义|名词|概念|指的?是?(?:什么|啥)|^#*(?:什么|啥)是|什么叫|啥叫|叫做?什么|何谓|何为")
"""Asks what a word means, which figures do not tell."""
_WHY_AT_ALL = re.compile(r"(?:为什么|为啥|为何|干嘛|干啥)还?要(?:花|做|搞|建|买|设|立|开展|安排|办|有|拨|补|修|改)")
"""Asks what it is done for, not why it came out otherwise than planned."""
_HOW_MANY = re.compile(r"(?:多少|(?<!哪)几)[个家所]")
_NAMES_ASKED = re.compile(r"哪|什么|啥|叫|谁|名单|清单|介绍|分别是")
_LEVEL = re.compile(r"（(?:部门|单位|本级|汇总)）(?=20\d\d年)")
_WHICH = "如只想看其中一家，请在问题里写明单位和年份。"


@dataclass(frozen=True, slots=True)
class Composition:
    """A draft and the evidence that its labels name."""

    draft: Draft
    evidence: dict[str, Evidence]


def compose(plan: Plan, material: Material, reread: filling.Reread | None = None) -> Composition:
    """Write a draft.

    Args:
        plan: the question as understood.
        material: where facts and passages come from.
        reread: understands a part of the question by itself; without it only the whole is answered.
    """
    scope = refusing.scope(plan, material.documents)
    desk = Desk(plan, material, scope.documents)
    if scope.refusal is not None:
        return Composition(Draft((Sentence(scope.refusal),), refused=True), {})
    if founding.asked(plan):  # no figure tells it
        dated = founding.tell(desk)
        return Composition(Draft(tuple(dated)), desk.book.items) if dated else _refuse(desk)
    # What stands under a heading, a named table's greatest rows, the body of most, what a row and a column share (or that nothing
    # does), each project's figures and the tables said to be empty are whole answers.
    whole = describing.tell(desk) or topping.tell(desk) or across.tell(desk) or crossing.tell(desk) or appraising.whole(desk)
    sentences = whole or _sentences(desk)
    whole = whole or (sentences if ranking.is_list(desk) else None)
    if reread is not None and not (whole or breakdown.asked_alone(plan) or (sentences and list_kinds.empty_tables(plan))):
        sentences = filling.filled(desk, sentences, _sentences, reread)
    if sentences is None:
        return _refuse(desk)
    sentences = explaining.without_contradiction(desk, companions.completed(desk, sentences))
    # Two files of one disclosure say the same; it is said once, and so is what both of a body's levels say.
    plain = [_LEVEL.sub("", sentence.text) for sentence in sentences]
    sentences = [replace(s, text=p) if plain.count(p) > 1 else s for s, p in zip(sentences, plain, strict=True)]
    said = {sentence.text: sentence for sentence in reversed(sentences)}
    told = tuple(s for s in sentences if said[s.text] is s)
    return Composition(Draft(told, refused=any(ranking.is_unknown(s) for s in told)), desk.book.items)


def leads(plan: Plan, material: Material) -> dict[str, Evidence]:
    """What the documents print about the items asked, whatever the composer made of it: evidence for a model."""
    scope = refusing.scope(plan, material.documents)
    desk = Desk(plan, material, scope.documents or plan.documents)
    for groups in picking.chosen(desk):
        for group in groups[:2]:
            desk.cite(group, group.facts, [] if group.table else reasons.printed_with(material, group))
    return desk.book.items


def _sentences(desk: Desk) -> list[Sentence] | None:
    plan = desk.plan
    if plan.ask is Ask.DEFINITION and (found := defining.definition(plan, desk.documents, desk.material, desk.book)):
        return found
    if found := breakdown.tell(desk) or offices.tell(desk):
        return found
    if found := contents.tell(plan, desk.documents, desk.material, desk.book):
        return found
    if plan.ask is Ask.DEFINITION and _WORD_ASKED.search(plan.text):
        return None
    if WHO.search(plan.text):
        return quoting.alone(desk, Fit.WORDED)
    at_all = quoting.alone(desk, Fit.WHY) if plan.ask is Ask.WHY and _WHY_AT_ALL.search(plan.text) else None
    if found := _reckoned(desk) or at_all:
        return found
    if plan.ask is Ask.WHY and (chosen := explaining.of_figure(desk) or picking.chosen(desk)) and (found := explaining.why(desk, chosen)):
        return found
    return (
        _counted(desk) or extracting.direct(plan, desk.documents, desk.material, desk.book) or explaining.improving(desk) or _figures(desk)
    )


def _counted(desk: Desk) -> list[Sentence] | None:
    """How many there are, where only that is asked and printed: no list of them then."""
    if not _HOW_MANY.search(desk.plan.text) or _NAMES_ASKED.search(desk.plan.text):
        return None
    chosen = [[g for g in groups if g.measure(*choosing.COUNTS)] for groups in picking.chosen(desk)]
    return _of_items(desk, chosen) if chosen and all(chosen) else None


def _reckoned(desk: Desk) -> list[Sentence] | None:
    """What is computed, ranked or picked out of lists by the form of the question."""
    return (
        vacancies.tell(desk)
        or staffing.tell(desk)
        or backlog.tell(desk)
        or budgets_before.tell(desk)
        or balances.tell(desk)
        or sheets.tell(desk)
        or projects.tell(desk)
        or appraising.tell(desk)
        or thresholds.tell(desk)
        or averages.tell(desk)
        or itemised.tell(desk)
        or shortfalls.tell(desk)
        or indicators.tell(desk)
        or pairing.tell(desk)
        or unchanged.tell(desk)
        or ranking.tell(desk)
        or itemised.tell(desk, known=True)
    )


def _figures(desk: Desk) -> list[Sentence] | None:
    """What the facts say of the items asked; else what is nearest to the question."""
    plan = desk.plan
    chosen = picking.chosen(desk)
    if chosen and all(telling.of_prior_year(desk, groups[0]) for groups in chosen):
        return _of_items(desk, chosen)
    told = _of_items(desk, chosen) if chosen else totalling.tell(desk)
    if told and (left := _unanswered(desk, chosen)):
        return [*told, *(extracting.nearest(plan, left, desk.material, desk.book) or [])]
    if not told and plan.ask is Ask.WHY and not plan.items and (found := explaining.nearest(desk)):
        return found
    return told or extracting.nearest(plan, desk.documents, desk.material, desk.book)


def _unanswered(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[DocumentInfo]:
    """Of several bodies that the question names, the documents in which no fact answers."""
    if len(desk.plan.choice.groups) < 2 or not desk.plan.choice.named:
        return []
    answered = {groups[0].info.org for groups in chosen}
    return [info for info in desk.documents if info.org not in answered]


def _of_items(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """What the facts about the items asked say; None when they do not hold what is asked."""
    plan = desk.plan
    if not chosen:
        return None
    if plan.ask is Ask.WHY:
        return explaining.why(desk, chosen) or telling.source(desk, chosen) or explaining.unexplained(desk, chosen)
    if all(telling.of_prior_year(desk, groups[0]) for groups in chosen):
        return telling.tell(desk, chosen)
    if found := supposing.tell(desk, chosen) or adding.tell(desk, chosen) or dividing.tell(desk, chosen):
        return found
    if found := relating.tell(desk, chosen) or same_name.tell(desk, chosen) or years.apart(desk, chosen):
        return found
    several = len({(g[0].info.org, g[0].info.year) for g in chosen}) > 1
    if plan.ask is Ask.COMPARE or (several and (plan.comparing or (plan.choice.named and len(plan.choice.groups) > 1))):
        return comparing.compare(desk, chosen)
    told = telling.tell(desk, chosen)
    if told and not plan.choice.named and len({groups[0].info.org for groups in chosen}) > 1:
        told.append(Sentence(_WHICH))
    return told


def _refuse(desk: Desk) -> Composition:
    """Say that it is not there."""
    return Composition(Draft((Sentence(refusing.missing(desk.plan, desk.documents)),), refused=True), desk.book.items)
