"""One item on two sides of one body: a year's outcome against another year's budget, two years, budget against budget."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.answering import deriving, picking, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence, Term
from service.answering.plan import Ask
from service.records import DocumentInfo, Fact, Kind

_SIDE = re.compile(r"(20\d\d)年?(?:的|度)?([^\d,。;]{0,24}?)(决算|实际支出|实际|支出|花|用了|执行|年初预算|预算|安排)")
_BUDGET = re.compile(r"预算|安排")
_ASKS_SAME = re.compile(r"一样|一致|相同|相等|对得上|是不是同")
_YEARS = re.compile(r"20\d\d")
_MOST_ITEMS = 3


def tell(desk: Desk) -> list[Sentence] | None:
    """Both sides' figures and their difference; None where the question does not name two sides that two documents hold."""
    plan = desk.plan
    if plan.ask in (Ask.WHY, Ask.DEFINITION) or len({d.org for d in plan.documents}) != 1:
        return None
    documents = _documents(desk) or _of_one_year(desk)
    if documents is None:
        return None
    sentences: list[Sentence] = []
    for match in plan.items[:_MOST_ITEMS]:
        year = documents[0][0].year if documents[0][1] is documents[1][1] and _ASKS_SAME.search(plan.text) else None
        sides = [_side(side, year or side[0].year, picking.in_document(desk, side[0], match)) for side in documents]
        # The budget may call it by another name; then the name that the first side has counts.
        first = next((side[0].item for side in sides if side is not None), None)
        if first is not None:
            alike = replace(match, names=(first,))
            sides = [
                side or _side(d, year or d[0].year, picking.in_document(desk, d[0], alike))
                for side, d in zip(sides, documents, strict=True)
            ]
        told = [side for side in sides if side is not None]
        if len(told) == len(documents):
            sentences.extend(_sentences(desk, told))
    return sentences or None


def _documents(desk: Desk) -> list[tuple[DocumentInfo, Kind]] | None:
    """The two documents that the sides are printed in, each with the statement asked for; None where it is one document."""
    found: list[tuple[DocumentInfo, Kind]] = []
    for year, _, word in _SIDE.findall(desk.plan.text):
        statement = Kind.BUDGET if _BUDGET.search(word) else Kind.FINAL
        of_year = [d for d in desk.plan.documents if d.year == int(year)]
        info = next((d for d in of_year if d.kind is statement), None) or next(iter(of_year), None)
        if info is None or (info.kind is Kind.BUDGET and statement is Kind.FINAL):
            return None
        if (info, statement) not in found:
            found.append((info, statement))
    return found if len(found) == 2 and found[0][0] != found[1][0] else None


def _of_one_year(desk: Desk) -> list[tuple[DocumentInfo, Kind]] | None:
    """A year's budget as its final account prints it, and as the budget of that year or the next does: 「…一样吗」."""
    text = desk.plan.text
    years = {int(year) for year in _YEARS.findall(text)}
    if not (_ASKS_SAME.search(text) and "决算" in text and "预算" in text) or len(years) != 1:
        return None
    year = years.pop()
    final = next((d for d in desk.plan.documents if d.year == year and d.kind is Kind.FINAL), None)
    budgets = [d for d in desk.plan.documents if d.kind is Kind.BUDGET and d.year in (year, year + 1)]
    if final is None or not budgets:
        return None
    return [(final, Kind.BUDGET), (min(budgets, key=lambda d: d.year or 0), Kind.BUDGET)]


def _side(side: tuple[DocumentInfo, Kind], year: int | None, groups: Sequence[Group]) -> tuple[Group, Fact] | None:
    """The figure of a year in a document: of an earlier year than the document's, what it prints as last year's."""
    info, statement = side
    measures = ("决算", "执行数") if statement is Kind.FINAL else ("年初预算", "预算")
    if info.year != year:
        measures = ("上年数", "预算")
    for group in groups:
        fact = next((f for m in measures for f in group.facts if f.measure == m and f.year == year), None)
        if fact is not None:
            return group, fact
    return None


def _sentences(desk: Desk, sides: Sequence[tuple[Group, Fact]]) -> list[Sentence]:
    (g1, f1), (g2, f2) = sides
    told = [_told(desk, g, f) for g, f in sides]
    l1, l2 = told[0].labels[0], told[1].labels[0]
    if f1.unit != f2.unit and deriving.yuan(f1) != deriving.yuan(f2):
        return told
    if deriving.yuan(f1) == deriving.yuan(f2):
        return [Sentence(f"两处一致，都是{wording.figure(f1)}。", (l1, l2)), *told]
    found = deriving.apart(f1, f2, (Term(l1, f1.printed, f1.unit), Term(l2, f2.printed, f2.unit)))
    lead = "两处不一致，" if _ASKS_SAME.search(desk.plan.text) else ""
    text = f"{lead}{_named(f1, g1)}比{_named(f2, g2)}{found.way}{found.value}{found.unit}（{found.shown}）。"
    return [Sentence(text, (l1, l2), (found.derivation,)), *told]


def _named(fact: Fact, group: Group) -> str:
    return f"{fact.year or group.info.year}年{fact.measure}"


def _told(desk: Desk, group: Group, fact: Fact) -> Sentence:
    """One side's figure, named by its own year and measure."""
    text = f"{wording.subject(group.item, fact.year or group.info.year)}：{wording.clause(fact, group.info.kind)}。"
    return Sentence(text, desk.cite(group, [fact]))
