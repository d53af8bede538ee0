"""Which items of a list are above or below an amount that the question states: 超过100万元的项目有哪些."""

import re
from collections.abc import Callable, Iterator, Sequence

from service.amounts import YUAN
from service.answering import bounds, populations, project_rows, ranking, wording
from service.answering.bounds import Bound
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.matching import key
from service.answering.plan import Ask
from service.answering.ranking import MOST_LISTED, Row
from service.records import DocumentInfo, Fact, Kind

FEWEST = 2
"""Fewer items are no list."""
_WHICH = re.compile(r"哪|有没有|几[个项笔]|多少[个项笔]|列出|都有(?:谁|什么|啥)|什么(?:项目|支出|科目)|名单|清单")
_RATE = re.compile(r"率[^,。\d]{0,4}$")
_FALLING = re.compile(r"减|降|少了|压|跌")
_PROJECT = re.compile(r"项目|专项")
_WHOLES = re.compile(r"合计|总计|小计|总额|总数|收支|三公|^绩效自评")


def tell(desk: Desk) -> list[Sentence] | None:
    """The items that meet the amount stated, or that none does; None where no amount is stated or no list is printed."""
    text = desk.plan.topic or desk.plan.text
    bound = bounds.find(text)
    if bound is None or not _WHICH.search(text) or desk.plan.ask in (Ask.WHY, Ask.DEFINITION):
        return None
    if bound.unit in YUAN and _RATE.search(text[: bound.start]):
        return None  # no rate is an amount of money
    if len({d.org for d in desk.documents}) != 1 or any(m.score and bound.number in key(m.names[0]) for m in desk.plan.items):
        return None  # the amount is a word of an item's name: 单价100万元以上设备
    for info in sorted(desk.documents, key=lambda d: (d.kind is not Kind.FINAL, -(d.year or 0))):
        for value in _values(info, text, bound.unit):
            rows = next(
                (r for one in _domains(desk, info, text) if len(r := _alike(ranking.valued(one, value), bound.unit)) >= FEWEST), None
            )
            if rows is not None:
                return _told(desk, _moving(rows, text), bound)
    return None


def _values(info: DocumentInfo, text: str, unit: str) -> list[Callable[[Group], Row | None]]:
    """What the amount is held against."""
    if unit == "分":
        return [ranking.by_measure("得分")]
    if unit == "%" and re.search(r"完成|执行", text):
        return [ranking.by_rate]
    if unit == "%":
        return [ranking.by_measure("占比")] if "占" in text else [ranking.by_measure("增减率")]
    if re.search(r"[增涨]|多了|减|降|少了|压", text):
        return [ranking.by_measure("增减额")]
    budget = ranking.by_measure("年初预算", "预算", "全年预算", "金额")
    spent = ranking.by_measure("决算", "执行数", "预算", "全年预算", "年初预算")
    return [budget] if info.kind is Kind.BUDGET or (re.search(r"预算|安排", text) and "决算" not in text) else [spent]


def _domains(desk: Desk, info: DocumentInfo, text: str) -> Iterator[list[Group]]:
    """Of projects the forms and tables of projects first; else the lists of items."""
    if _PROJECT.search(text) and "分" not in text:
        facts = [f for f in desk.material.facts(info.doc) if f.year in (info.year, None) and not _WHOLES.search(f.item)]
        forms = [f for f in facts if f.part in ("appraisal", "goals", "project") or "绩效" in f.where or "项目" in (f.table or "")]
        own = [f for f in forms if not f.code and "整体" not in f.where and "整体" not in f.item]
        yield populations.grouped(info, [f for f in own if _is_whole(f)])
    yield from ranking.domains(desk, info, text)


def _is_whole(fact: Fact) -> bool:
    """Whether a form's figure is of the whole project, not of one of its funds or indicators."""
    return fact.measure not in ("分值",) and not re.search(r"其中|拨款|资金$", key(fact.item)[-6:])


def _moving(rows: Sequence[Row], text: str) -> list[Row]:
    """Of changes those in the direction that the question names."""
    if not all(r.facts[0].measure in ("增减额", "增减率") for r in rows):
        return list(rows)
    sign = -1 if _FALLING.search(text) else 1
    return [r for r in rows if sign * r.value > 0]


def _alike(rows: Sequence[Row], unit: str) -> list[Row]:
    """The rows of the kind of unit stated, each item once."""
    kept: dict[str, Row] = {}
    for row in rows:
        own = row.facts[0].unit
        if own == unit or (own in YUAN and unit in YUAN):
            kept.setdefault(key(project_rows.FUND.sub("", row.group.item)), row)
    return list(kept.values())


def _told(desk: Desk, rows: Sequence[Row], bound: Bound) -> list[Sentence] | None:
    if not rows:
        return None
    sign = -1 if bound.below else 1
    meeting = [r for r in rows if bound.meets(abs(r.value))]
    order = sorted(meeting, key=lambda r: -sign * abs(r.value))[:MOST_LISTED]
    if not order:
        nearest = max(rows, key=lambda r: sign * abs(r.value))
        return [ranking.stated(desk, nearest, f"所列各项中没有「{bound.said}」的，{'最低' if bound.below else '最高'}的是")]
    told = [ranking.stated(desk, r, "") for r in order]
    if len(order) < FEWEST or len(meeting) > len(order):
        return told
    terms = tuple(term for r in order for term in desk.terms(r.group, r.facts[0])[:1])
    count = str(len(order))
    labels = tuple(dict.fromkeys(t.label for t in terms))
    names = "、".join(wording.subject(r.group.item, None) for r in order)
    return [Sentence(f"「{bound.said}」的有{count}项：{names}。", labels, (Derivation(count, "项", Operation.COUNT, terms),)), *told]
