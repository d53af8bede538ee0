"""Rows of one table that bear one name (several purchases of 会议服务): all of them and their sum, not the first alone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from service.amounts import YUAN, plain
from service.answering import choosing, deriving, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.matching import Match, key
from service.answering.plan import Ask
from service.records import Fact
from service.statements import Role

MOST_TOLD = 12
"""So many rows are told one by one."""
_PLAIN = {"预算", "决算", "年初预算", "全年预算"}
_SHARE = "占比"
_QUALIFIED = re.compile(r"[(（].*[)）]$")


def tell(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """The rows and their sum with its calculation; None where the item has one row, or one of its rows holds the others."""
    plan = desk.plan
    if (
        plan.ask is not Ask.LOOKUP
        or len(chosen) != 1
        or plan.counted
        or plan.prior
        or plan.against_prior
        or not {*_PLAIN, _SHARE}.issuperset(plan.measures)
    ):
        return None
    rows = _rows(desk, chosen[0][0])
    if len(rows) < 2 or _nested(rows):
        return None
    info = chosen[0][0].info
    groups = [Group(info, f.item, (f,), 0.0) for f in rows]
    if _doubtful(rows):
        told = list(dict.fromkeys(desk.statement(g) for g in groups[:MOST_TOLD]))
        labels = tuple(dict.fromkeys(label for s in told for label in s.labels))
        return [Sentence("表中有几行叫这个名称，分不清是几笔还是一笔的合计与明细，所以不相加。", labels), *told]
    terms = tuple(Term(desk.label(g, f), f.printed, f.unit) for g, f in zip(groups, rows, strict=True))
    value, unit = plain(sum((f.value for f in rows), Decimal(0))), rows[0].unit
    shown = " + ".join(wording.figure(f) for f in rows)
    labels = tuple(dict.fromkeys(t.label for t in terms))
    text = f"表中有几行叫这个名称，合计{value}{unit}（{shown}）。"
    summed = Derivation(value, unit, Operation.SUM, terms)
    told = [Sentence(text, labels, (summed,)), *(desk.statement(g) for g in groups[:MOST_TOLD])]
    return [*_share(desk, groups[0], summed), *told] if _SHARE in plan.measures else told


def rows_of(desk: Desk, group: Group) -> list[Fact]:
    """One figure of each row of its table that is called as a group's item is; none where one of them holds, or may hold, the others."""
    rows = _rows(desk, group)
    return [] if _nested(rows) or _doubtful(rows) else rows


def several(desk: Desk, chosen: Sequence[Sequence[Group]]) -> bool:
    """Whether one of the items is in several rows of its table."""
    return any(len(rows_of(desk, groups[0])) > 1 for groups in chosen)


def _share(desk: Desk, group: Group, summed: Derivation) -> list[Sentence]:
    """All rows together as a share of the total asked for."""
    every = replace(group.facts[0], value=Decimal(summed.value))
    total = deriving.total_of(desk, group.info, every)
    if total is None or not total.value or total.item == group.item:
        return []
    term = Term(desk.label(Group(group.info, total.item, (total,), 0.0), total), total.printed, total.unit)
    value = wording.percent(100 * deriving.yuan(every) / deriving.yuan(total))
    sides = f"{group.item}合计{summed.value}{summed.unit}，占{deriving.total_name(total)}（{wording.figure(total)}）"
    labels = tuple(dict.fromkeys((*(t.label for t in summed.printed), term.label)))
    return [Sentence(f"{sides}的{value}%。", labels, (summed, Derivation(value, "%", Operation.SHARE, (summed, term))))]


def _rows(desk: Desk, best: Group) -> list[Fact]:
    """One figure of each row that is called as the question says, in the order of the table that the best row is in."""
    first = next((f for f in best.facts if f.measure in _PLAIN and f.unit in YUAN and choosing.is_whole(f)), None)
    if (
        first is None
        or first.source != "table"
        or first.code is not None
        or first.part == Role.APPRAISAL.value
        or choosing.is_total(first.item)
    ):
        return []
    match = next((m for m in desk.plan.items if best.item in m.names), None)
    if match is None:
        return []
    names = _names(desk, match, best.item)
    kind = (first.where, first.table, first.measure, first.unit, first.year, first.column)
    alike = [
        f
        for f in desk.material.facts(best.info.doc)
        if (f.where, f.table, f.measure, f.unit, f.year, f.column) == kind and f.item in names and f.source == "table" and f.code is None
    ]
    return list({(f.place.page, f.place.quote, f.place.boxes): f for f in alike}.values())


def _names(desk: Desk, match: Match, item: str) -> set[str]:
    """The item's name, and those that only brackets behind the word said tell apart: 台式计算机(20万以上)."""
    said = key(desk.plan.text[match.start : match.end])
    return {item, *(n for n in match.names if _QUALIFIED.sub("", key(n)) == said)}


def _nested(rows: Sequence[Fact]) -> bool:
    """Whether a row is as much as several right after it: a subtotal of the same name."""
    for n, row in enumerate(rows):
        total = Decimal(0)
        for count, later in enumerate(rows[n + 1 :], 1):
            total += later.value
            if total == row.value and count > 1:
                return True
    return False


def _doubtful(rows: Sequence[Fact]) -> bool:
    """Whether two rows one after the other are of one amount: two purchases, or a sum and its only part."""
    return any(a.value == b.value for a, b in pairwise(rows))
