"""The composer without a model: a plan and the documents' facts, reasons and passages → a draft. Every step is by rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering import choosing, comparing, defining, deriving, explaining, extracting, matching, reasons, refusing, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Draft, Evidence, Sentence
from service.answering.matching import Match
from service.answering.material import Material
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Fact
from service.text import normal

MOST_ITEMS = 6
"""So many items of one question are answered."""
_NUMBERED = re.compile(r"(?:财决)?公开.{1,4}表|表\d+")
_NO_MONEY = {"人数", "数量", "得分", "分值"}
_WHICH = "如只想看其中一家，请在问题里写明单位和年份。"
_INCOME = ("收入总计", "本年收入合计", "收入预算", "财政拨款收入")
_SPENDING = ("一般公共预算财政拨款支出", "支出总计", "本年支出合计", "支出预算", "收入总计")
MOST_COMPARED = 30
"""Asked which body has most, so many documents are compared."""
MOST_DOCUMENTS = 3
"""Without a body named, so many documents are answered from."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A draft and the evidence that its labels name."""

    draft: Draft
    evidence: dict[str, Evidence]


def compose(plan: Plan, material: Material) -> Composition:
    """Write a draft.

    Args:
        plan: the question as understood.
        material: where facts and passages come from.
    """
    scope = refusing.scope(plan, material.documents())
    desk = Desk(plan, material, scope.documents)
    if scope.refusal is not None:
        return Composition(Draft((Sentence(scope.refusal),), refused=True), {})
    sentences = _sentences(desk)
    if sentences is None:
        return _refuse(desk)
    # Two files of one disclosure say the same; it is said once.
    said = {sentence.text: sentence for sentence in reversed(sentences)}
    return Composition(Draft(tuple(s for s in sentences if said[s.text] is s)), desk.book.items)


def leads(plan: Plan, material: Material) -> dict[str, Evidence]:
    """What the documents print about the items asked, whatever the composer made of it: evidence for a model."""
    scope = refusing.scope(plan, material.documents())
    desk = Desk(plan, material, scope.documents or plan.documents)
    for groups in _chosen(desk):
        for group in groups[:2]:
            desk.cite(group, group.facts, [] if group.table else reasons.printed_with(material, group))
    return desk.book.items


def _sentences(desk: Desk) -> list[Sentence] | None:
    plan = desk.plan
    if plan.ask is Ask.DEFINITION:
        found = defining.definition(plan, desk.documents, desk.material, desk.book)
        if found:
            return found
    direct = extracting.direct(plan, desk.documents, desk.material, desk.book)
    if direct:
        return direct
    chosen = _chosen(desk)
    if chosen:
        if plan.ask is Ask.WHY:
            return explaining.why(desk, chosen)
        several = len({(g[0].info.org, g[0].info.year) for g in chosen}) > 1
        if plan.ask is Ask.COMPARE or (several and (plan.comparing or (plan.choice.named and len(plan.choice.groups) > 1))):
            return comparing.compare(desk, chosen)
        told = _tell(desk, chosen)
        if told and not plan.choice.named and len({groups[0].info.org for groups in chosen}) > 1:
            told.append(Sentence(_WHICH))
        if told or all(_of_prior_year(desk, groups[0]) for groups in chosen):
            return told
    return extracting.nearest(plan, desk.documents, desk.material, desk.book)


def _refuse(desk: Desk) -> Composition:
    """Say that it is not there, and show what is nearest."""
    names = list(dict.fromkeys(f"{d.org or d.doc}{refusing.year_label(d)}" for d in desk.documents))
    where = "、".join(names[:MOST_DOCUMENTS])
    more = "等" if len(names) > MOST_DOCUMENTS else ""
    return Composition(Draft((Sentence(f"在{where}{more}的公开文件里没有找到这个问题的答案。"),), refused=True), desk.book.items)


def _chosen(desk: Desk) -> list[list[Group]]:
    """For each item asked, in each document, the groups that answer it best; empty where no item is known."""
    found: list[list[Group]] = []
    for info in _candidates(desk):
        facts = desk.material.facts(info.doc)
        items = desk.plan.items[:MOST_ITEMS] or _totals(desk.plan, facts)
        rows = [m for m in items if not _is_column(m, items, facts)]
        columns = [name for m in items if m not in rows for name in m.names]
        for named in rows or items:
            match = matching.within(named, desk.plan.text, {f.item for f in facts})
            groups = choosing.groups(desk.plan, info, facts, match, columns)
            if groups:
                found.append(groups)
    return found


def _totals(plan: Plan, facts: Sequence[Fact]) -> tuple[Match, ...]:
    """What a question about money without an item is about: the document's total."""
    if plan.ask not in (Ask.LOOKUP, Ask.WHY) or not _NO_MONEY.isdisjoint(plan.measures) or not plan.general:
        return ()
    known = {f.item for f in facts if f.source == "text"}
    wanted = _INCOME if "收入" in plan.text and "支出" not in plan.text else _SPENDING
    names = tuple(name for name in wanted if name in known)
    return (Match(names, 0, 0, 0.5),) if names else ()


def _candidates(desk: Desk) -> list[DocumentInfo]:
    """The documents to look into; without a body named only those that know the items best."""
    if desk.plan.choice.named or len(desk.documents) <= 1:
        return list(desk.documents)
    scored = []
    for info in desk.documents:
        names = {f.item for f in desk.material.facts(info.doc)}
        hits = sum(m.score for m in desk.plan.items if any(n in names for n in m.names[:1]))
        scored.append((hits, info))
    best = max((s for s, _ in scored), default=0)
    most = MOST_COMPARED if desk.plan.comparing else MOST_DOCUMENTS
    return [info for s, info in scored if s == best][:most] if best else list(desk.documents)[:most]


def _is_column(match: Match, items: Sequence[Match], facts: Sequence[Fact]) -> bool:
    """Whether an item of the question is rather a column of another item's row: 「…这一款的基本支出和项目支出」."""
    keys = {normal(n) for n in match.names}
    for other in items:
        if other is match:
            continue
        for fact in facts:
            if (
                fact.source == "table"
                and fact.column
                and fact.item in other.names
                and any(normal(p) in keys for p in fact.column.split("/"))
            ):
                return other.start < match.start
    return False


def _tell(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """Figures of the items asked, each with its context; None when the measure asked for is not printed."""
    sentences: list[Sentence] = []
    desk.join([groups[0] for groups in chosen])
    for groups in chosen:
        told = _tell_item(desk, groups)
        sentences.extend(s for s in told if s not in sentences)
    return sentences or None


def _tell_item(desk: Desk, groups: Sequence[Group]) -> list[Sentence]:
    best = groups[0]
    asked = choosing.wanted(desk.plan, best.info)
    if _of_prior_year(desk, best):
        return _prior_year(desk, groups)
    if desk.plan.counted and not any(f.unit in desk.plan.counted for g in groups for f in g.facts):
        return []
    if "得分" in desk.plan.measures and (scores := _scores(desk, groups)):
        return scores
    printed = [] if best.table else reasons.printed_with(desk.material, best)
    sentences = [desk.statement(best, explained=printed)]
    missing = [m for m in asked if not any(choosing.answers(f, m) for f in best.facts)]
    for measure in missing:
        other = next((g for g in groups[1:] if g.item == best.item and any(choosing.answers(f, measure) for f in g.facts)), None)
        if other is not None:
            sentences.append(desk.statement(other, only=measure))
        elif (derived := deriving.derive(desk, groups, measure)) is not None:
            sentences.append(derived)
    if (gap := deriving.gap(desk, best)) is not None:
        sentences.append(gap)
    if desk.plan.prior:
        sentences.extend(deriving.prior_total(desk, best))
    sentences.extend(deriving.share(desk, best))
    return [*sentences, *(explaining.because(reason, sentences[0].labels) for reason in printed)]


def _scores(desk: Desk, groups: Sequence[Group]) -> list[Sentence]:
    """The total score of a self-evaluation form, and the score of the row that the question names (预算执行率)."""
    rows = [g for g in groups if g.table and g.measure("得分") is not None]
    total = next((g for g in rows if any(f.column == "总分" for f in g.facts)), None)
    if total is None:
        return []
    rate = next((g for g in rows if g.item == total.item and g.measure("执行率") is not None), None) if "执行率" in desk.plan.text else None
    told = groups[0] if not groups[0].table and groups[0].measure("得分") is not None else None
    if told is not None and told.measure("得分") == total.measure("得分"):
        total = None
    return [desk.statement(g) for g in (told, total, rate) if g is not None]


def _of_prior_year(desk: Desk, group: Group) -> bool:
    """Whether only the year before the document's is asked for."""
    year = group.info.year
    return year is not None and bool(desk.plan.years) and year not in desk.plan.years and year - 1 in desk.plan.years


def _prior_year(desk: Desk, groups: Sequence[Group]) -> list[Sentence]:
    """The prior year's figure as this document prints it, or as it follows from the change; nothing else of this year."""
    for group in groups:
        facts = [f for f in group.facts if f.year in desk.plan.years]
        if facts:
            # The sentence names the year, so its own figure is not called last year's; a change keeps the words 比上年.
            told = [(f, wording.clause(f, group.info.kind)) for f in wording.ordered(facts)]
            clauses = [text.removeprefix("上年") if f.measure == "上年数" else text for f, text in told]
            text = f"{desk.subject(group, facts[0])}：{'，'.join(clauses)}。"
            return [Sentence(text, desk.cite(group, facts))]
        derived = deriving.prior_total(desk, group)
        if derived:
            return derived
    return []
