"""For each item of a question, in each document it is about, the groups of facts that answer it, best first."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from service import lexicon
from service.amounts import YUAN
from service.answering import choosing, lineage, matching, reasons, resemblance
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.matching import Match, key
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Fact, Kind
from service.statements import Role
from service.text import normal

MOST_ITEMS = 6
"""So many items of one question are answered."""
_FISCAL = "财政拨款"
_PROJECT = re.compile(r"项目|自评|专项|绩效")
SHORTEST_KIN = 4
"""Shorter names are no beginning of another's."""
LONGEST_KIN = 6
"""So many characters may follow."""
MOST_COMPARED = 30
"""Asked which body has most, so many documents are compared."""
MOST_DOCUMENTS = 3
"""Without a body named, so many documents are answered from."""
LEAST_TOGETHER = 2
MOST_LOST = 1.0
"""Items asked together are told from one place, where that is no worse than so much an item."""
_COUNTING = re.compile(r"(?:加起来|一共|总共|共|有)*(?:多少|几)个?人")
_SUMMING = re.compile(r"(?:一共|总共|合计|共)(?:花|用|收入|支出)?")
_TOTAL = re.compile(
    r"^(?:(?:本年|当年|全年|部门|单位)?(?:财政拨款|一般公共预算(?:财政拨款)?|预算|决算)?"
    r"(?:收入|支出|收支|总)+(?:总计|合计|总额|总预算|预算|决算)?)$"
)
"""Names of a document's whole: 收入总计, 本年收入合计, 收入预算, 支出总预算."""
_COST = re.compile(r"(?:经费|支出|费)$")
_MONEY = re.compile(r"开销|开支|花销|花费|花了?(?:多少|几)|费用|钱")
_NO_MONEY = {"人数", "数量", "得分", "分值"}
_SPENT = ("本年支出合计", "支出总计", "收入总计", "一般公共预算财政拨款支出")
_BUDGETED = ("支出预算", "支出总计", "收入总计", "收支总预算", "收入预算", "本年支出合计", "一般公共预算财政拨款支出")
_INCOME = ("收入总计", "本年收入合计", "收入预算", "财政拨款收入")
_SPENDING = ("一般公共预算财政拨款支出", "支出总计", "本年支出合计", "支出预算", "收入总计")


def chosen(desk: Desk) -> list[list[Group]]:
    """For each item asked, in each document, the groups that answer it best; empty where no item is known."""
    found: list[list[Group]] = []
    for info in _candidates(desk):
        facts = desk.material.facts(info.doc)
        items = _named(desk.plan.items[:MOST_ITEMS] or _totals(desk.plan, facts), desk.plan.text)
        rows = [m for m in items if not _is_column(m, items, facts)]
        columns = [name for m in items if m not in rows for name in m.names]
        for named in rows or items:
            match = _with_kin(matching.within(named, desk.plan.text, {f.item for f in facts}), facts, desk.plan.text)
            match = _told_as(_not_bought(match, facts, desk.plan.text), facts, desk.plan.text)
            match = _in_money(desk.plan, _counted(desk.plan, _of_fund(match, facts, desk.plan.text), facts), facts)
            groups = choosing.groups(desk.plan, info, facts, match, columns, _explained(desk, info))
            if groups:
                found += lineage.families([*groups, *_twins(desk, info, facts, groups)], facts)
    return _together(found)


def _together(found: list[list[Group]]) -> list[list[Group]]:
    """The items with the groups first that one section or table prints of them all: three costs of one table, not of three tables."""
    documents = {groups[0].info.doc for groups in found}
    if len(found) < LEAST_TOGETHER or len(documents) > 1:
        return found
    tops = [{g.facts[0].where: g for g in reversed(groups)} for groups in found]
    first = [groups[0].facts[0].where for groups in found]
    common = [where for where in tops[0] if all(where in held for held in tops)]
    if len(set(first)) == 1 or not common:
        return found
    best = max(common, key=lambda where: sum(held[where].score for held in tops))
    lost = sum(groups[0].score - held[best].score for groups, held in zip(found, tops, strict=True))
    if lost > MOST_LOST * len(found):
        return found
    return [[held[best], *(g for g in groups if g is not held[best])] for groups, held in zip(found, tops, strict=True)]


def _twins(desk: Desk, info: DocumentInfo, facts: Sequence[Fact], groups: Sequence[Group]) -> list[Group]:
    """Groups of an item of nearly the same name and the same amount, where the measure asked for is printed under that name only.

    政府性基金预算拨款 in one section is 政府性基金预算当年拨款 in another.
    """
    earlier = info.year is not None and bool(desk.plan.years) and info.year not in desk.plan.years and info.year - 1 in desk.plan.years
    wanted = ("上年数", "增减额") if earlier else choosing.wanted(desk.plan, info)
    asked = [m for m in wanted if not any(choosing.answers(f, m) for g in groups for f in g.facts)]
    main = next((f for f in groups[0].facts if f.unit in YUAN and f.value and f.measure in ("预算", "决算", "年初预算")), None)
    if not asked or main is None:
        return []
    root = key(main.item)[:SHORTEST_KIN]
    known = {g.item for g in groups if not g.table}
    total = _TOTAL.search(key(main.item)) is not None
    names = {
        f.item
        for f in facts
        if (f.measure, f.year, f.source) == (main.measure, main.year, "text")
        and _same_amount(f, main)
        and f.item not in known
        and (
            key(f.item).startswith(root)
            or (len(key(main.item)) >= SHORTEST_KIN and key(main.item) in key(f.item))
            or (total and _TOTAL.search(key(f.item)))
        )
    }
    side = next((word for word in ("收入", "支出") if word in main.item), "")
    match = Match(tuple(sorted(names, key=lambda name: (side not in name, len(name)))), 0, 0, 0.5)
    return choosing.groups(desk.plan, info, facts, match) if names else []


def _same_amount(told: Fact, main: Fact) -> bool:
    """Whether prose tells an amount that another place prints, in a coarser unit perhaps: 156211123元 is 15621.11万元."""
    if told.unit not in YUAN or main.unit not in YUAN:
        return False
    step = max(YUAN[f.unit] * Decimal(1).scaleb(int(f.value.as_tuple().exponent)) for f in (told, main))
    return 2 * abs(told.value * YUAN[told.unit] - main.value * YUAN[main.unit]) <= (0 if told.unit == main.unit else step)


def _named(items: Sequence[Match], text: str) -> Sequence[Match]:
    """The items without those that only words of measure were taken for (多少人, 一共花), where others are named."""
    ends = {m.end for m in items if m.start < m.end}
    kept = [
        m
        for m in items
        if m.start >= m.end
        or not (_SUMMING.fullmatch(text[m.start : m.end]) or (m.start in ends and _COUNTING.fullmatch(text[m.start : m.end])))
    ]
    return kept or items


def in_document(desk: Desk, info: DocumentInfo, named: Match) -> list[Group]:
    """The groups of one item in one document, best first."""
    facts = desk.material.facts(info.doc)
    return choosing.groups(
        desk.plan, info, facts, _with_kin(matching.within(named, desk.plan.text, {f.item for f in facts}), facts, desk.plan.text)
    )


def _of_fund(match: Match, facts: Sequence[Fact], text: str) -> Match:
    """The match with the item first that is of the fiscal money asked about: 财政拨款…年末结转和结余 is 年末财政拨款结转和结余."""
    if _FISCAL not in text or any(_FISCAL in name for name in match.names[:1]):
        return match
    keys = {key(name) for name in match.names[:1]}
    fiscal = {f.item for f in facts if _FISCAL in f.item and key(f.item).replace(_FISCAL, "") in keys}
    return replace(match, names=(*sorted(fiscal), *match.names)) if fiscal else match


def _with_kin(match: Match, facts: Sequence[Fact], text: str) -> Match:
    """The match with longer names that the narrative gives an item of the tables: 一般公共预算 is 一般公共预算财政拨款支出."""
    names = set(match.names)
    if _PROJECT.search(text):
        keys = {key(name) for name in match.names[:1] if len(key(name)) >= SHORTEST_KIN}
        forms = {f.item for f in facts if f.part == "appraisal" or f.measure in ("分值", "得分", "执行率")}
        own = {n for n in forms - names if any(re.fullmatch(re.escape(k) + r"(?:经费|项目|资金|补助|专项)+", key(n)) for k in keys)}
        if own:
            return replace(match, names=(*sorted(own, key=len), *match.names))
    if any(f.source == "text" and f.item in names for f in facts):
        return match
    keys = {key(name) for name in match.names[:1] if len(key(name)) >= SHORTEST_KIN}
    told = {f.item for f in facts if f.source == "text"}
    longer = {name for name in told if any(0 < len(key(name)) - len(k) <= LONGEST_KIN and key(name).startswith(k) for k in keys)}
    return replace(match, names=(*match.names, *sorted(longer - names, key=len)))


def _not_bought(match: Match, facts: Sequence[Fact], text: str) -> Match:
    """The match with the budget's item first, where only what is bought bears the name said: 水质检测经费 is 水质检测 of the budget."""
    own = [f for f in facts if f.item in match.names]
    if "采购" in text or not own or any(f.part != Role.PROCUREMENT.value for f in own):
        return match
    cores = {_COST.sub("", key(name)) for name in match.names[:1]}
    alike = {f.item for f in facts if f.code and f.part != Role.PROCUREMENT.value and _COST.sub("", key(f.item)) in cores}
    return replace(match, names=(*sorted(alike), *match.names)) if alike else match


def _counted(plan: Plan, match: Match, facts: Sequence[Fact]) -> Match:
    """The match with what is counted of it first, where the question counts vehicles or sets: 单位共有公务用车12辆."""
    units = {"辆", "台", "套"}.intersection(plan.counted)
    if not units or any(f.item in match.names and f.unit in {"辆", "台", "套", "台（套）"} for f in facts):
        return match
    said = key(match.names[0])
    alike = [
        f
        for f in facts
        if f.unit in {"辆", *units} and (span := resemblance.common(key(f.item), said)) and span[1] - span[0] >= SHORTEST_KIN
    ]
    best = max(alike, key=lambda f: f.value, default=None)
    return match if best is None else replace(match, names=(best.item,))


def _told_as(match: Match, facts: Sequence[Fact], text: str) -> Match:
    """The match with the item first under which the prose tells the same money, where only a project's form bears the name said."""
    own = [f for f in facts if f.item in match.names]
    if not own or any(f.source == "text" or f.part != Role.APPRAISAL.value for f in own):
        return match
    officials = {official for _, _, official in lexicon.found(lexicon.load().items, text[match.start : match.end])}
    same = {f.item for f in facts if f.source == "text" and f.item in officials and any(_same_amount(f, other) for other in own)}
    return replace(match, names=(*sorted(same), *match.names)) if same else match


def _in_money(plan: Plan, match: Match, facts: Sequence[Fact]) -> Match:
    """The match with what was spent on it, where money is asked of what is only counted: 公务用车的开销 is no number of cars."""
    if plan.counted or not _MONEY.search(plan.text) or any(f.item in match.names and f.unit in YUAN for f in facts):
        return match
    said = key(match.names[0])
    spent = {f.item for f in facts if f.unit in YUAN and f.source == "text" and f.value and key(f.item).startswith(said)}
    return replace(match, names=(*sorted(spent, key=lambda name: (-len(name), name)), *match.names)) if spent else match


def _explained(desk: Desk, info: DocumentInfo) -> set[tuple[str, str]]:
    """(item, where) of the reasons that go in the direction of a why-question."""
    if desk.plan.ask is not Ask.WHY:
        return set()
    way = desk.plan.direction
    told = [r for r in desk.material.reasons(info.doc) if way is None or not reasons.opposed(r.about, way)]
    return {(item, r.where) for r in told for item in (r.item, *r.item.split("、"))}


def _totals(plan: Plan, facts: Sequence[Fact]) -> tuple[Match, ...]:
    """What a question about money without an item is about: the document's total."""
    if plan.ask not in (Ask.LOOKUP, Ask.WHY, Ask.COMPARE) or not _NO_MONEY.isdisjoint(plan.measures) or not plan.general:
        return ()
    known = {f.item for f in facts if f.source == "text"}
    names = tuple(name for name in _whole(plan) if name in known)
    return (Match(names, 0, 0, 0.5),) if names else ()


def _whole(plan: Plan) -> tuple[str, ...]:
    """The names of what a question without an item is about, likeliest first."""
    if "收入" in plan.text and "支出" not in plan.text:
        return _INCOME
    if any(info.kind is Kind.BUDGET for info in plan.documents):
        return _BUDGETED
    if re.search(r"预算|完成|超", plan.text):
        return _SPENDING
    return ("收入总计", "支出总计") if re.search(r"收[^,。]{0,8}[支花用]|[支花用][^,。]{0,8}收", plan.text) else _SPENT


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
    own = any(f.item in match.names for f in facts)
    for other in items:
        # Beside a total, what has a row or sentence of its own is told from there: 「收入合计多少，其他收入多少」.
        if other is match or (own and any(choosing.is_total(name) for name in other.names)):
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
