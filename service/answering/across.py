"""Which of the library's bodies has most or least of an item: each with the figure of its latest document, and who prints none."""

import re
from collections import Counter
from dataclasses import dataclass

from service.amounts import YUAN
from service.answering import choosing, deriving, picking, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import Match, key
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Fact, Kind

MOST_TOLD = 3
"""So many bodies are told with their figures."""
LEAST_BODIES = 2
_BODY = r"(?:单位|部门|机构|局|委|院|厅|街道|办公[厅室])"
_WHO = re.compile(rf"谁|哪一?[个家]{_BODY}?|最[多大高少小低]的?(?:一?[个家])?(?:是)?(?:哪一?[个家])?{_BODY}")
_MOST, _LEAST = re.compile(r"最[多大高]"), re.compile(r"最[少小低]")
_NEXT = ("其次是", "再次是")
_SILENT = "资料里文件没有印出这一数字的单位未列入比较。"
_LATEST = "同一单位有几个年度的文件时，比较的是最近一个年度。"
_SPENT, _BUDGET = ("决算", "预算", "年初预算"), ("预算", "年初预算")


@dataclass(frozen=True, slots=True)
class _Side:
    group: Group
    fact: Fact


def is_asked(plan: Plan) -> bool:
    """Whether a question that names no body asks which one has most or least of one item."""
    unnamed = not plan.choice.named and plan.choice.foreign is None and len({d.org for d in plan.documents if d.org}) >= LEAST_BODIES
    single = len(plan.items) == 1 and plan.ask not in (Ask.WHY, Ask.DEFINITION)
    return unnamed and single and bool(_WHO.search(plan.text)) and bool(_MOST.search(plan.text) or _LEAST.search(plan.text))


def tell(desk: Desk) -> list[Sentence] | None:
    """The first of the bodies and the next ones; None where that is not asked or fewer than two print the item."""
    if not is_asked(desk.plan):
        return None
    orgs = list(dict.fromkeys(d.org for d in desk.documents if d.org))
    found = {org: side for org in orgs if (side := _latest(desk, org)) is not None}
    # Money is not ranked against counts: what most bodies print is ranked, and the others count as silent.
    kinds = Counter(_kind(side.fact) for side in found.values())
    sides = {org: side for org, side in found.items() if _kind(side.fact) == max(kinds, key=lambda kind: kinds[kind])}
    if len(sides) < LEAST_BODIES:
        return None
    least = _LEAST.search(desk.plan.text) is not None
    order = sorted(sides.values(), key=lambda s: deriving.yuan(s.fact) * (1 if least else -1))
    first = [s for s in order if deriving.yuan(s.fact) == deriving.yuan(order[0].fact)]
    leads = [f"最{'低' if least else '高'}的是", *["并列的还有"] * (len(first) - 1), *_NEXT]
    told = [_told(desk, side, lead) for side, lead in zip(order[: max(MOST_TOLD, len(first))], leads, strict=False)]
    dated = [Sentence(_LATEST)] if any(_has_older(desk, side) for side in sides.values()) else []
    return [*told, *dated] if len(sides) == len(orgs) else [*told, *dated, Sentence(_SILENT)]


def _kind(fact: Fact) -> str:
    """What a figure may be ranked against: money of any unit, people by either word, else its own unit."""
    return "money" if fact.unit in YUAN else "人" if fact.unit == "名" else fact.unit


def _has_older(desk: Desk, side: _Side) -> bool:
    """Whether an older document of the body prints the item, too."""
    own = side.group.info
    older = [d for d in desk.documents if d.org == own.org and (d.year or 0) < (own.year or 0)]
    return any(_side(desk, info, desk.plan.items[0]) is not None for info in older)


def _told(desk: Desk, side: _Side, lead: str) -> Sentence:
    clause = wording.clause(side.fact, side.group.info.kind)
    return Sentence(f"{lead}{desk.subject(side.group, side.fact)}：{clause}。", (desk.label(side.group, side.fact),))


def _latest(desk: Desk, org: str) -> _Side | None:
    """The item's figure in the body's latest document that prints it, of the years asked where some are."""
    own = sorted((d for d in desk.documents if d.org == org), key=lambda d: (-(d.year or 0), d.kind is not Kind.FINAL))
    return next((side for info in own if (side := _side(desk, info, desk.plan.items[0])) is not None), None)


def _side(desk: Desk, info: DocumentInfo, match: Match) -> _Side | None:
    groups = picking.in_document(desk, info, match)
    # A name with other words before it: of several (行政编制, 人员编制) the one of most is the whole.
    word = key(match.names[0])
    others = [f for f in desk.material.facts(info.doc) if f.measure in choosing.COUNTS and key(f.item).endswith(word)]
    counts = max(others, key=lambda f: f.value, default=None)
    asked = choosing.wanted(desk.plan, info)
    measures = (*asked, *(_BUDGET if info.kind is Kind.BUDGET else _SPENT))
    for measure in dict.fromkeys((*measures, *choosing.COUNTS)):
        for group in groups:
            fact = next((f for f in group.facts if choosing.answers(f, measure) and _is_own(f, info) and _whole(f, match)), None)
            if fact is not None:
                return _Side(group, fact)
    return None if counts is None or groups else _Side(Group(info, counts.item, (counts,), 0.0), counts)


def _is_own(fact: Fact, info: DocumentInfo) -> bool:
    """Whether a figure is of the document's year; people are counted at the end of the year before."""
    return fact.year in (info.year, None) or fact.measure in choosing.COUNTS


def _whole(fact: Fact, match: Match) -> bool:
    """Whether a figure is its row's whole, or the column is the item itself."""
    column = key((fact.column or "").split("/")[-1])
    return not column or choosing.is_whole(fact) or column in {key(name) for name in match.names}
