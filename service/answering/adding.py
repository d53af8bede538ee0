"""Sums over the items that a question names (A加B一共), and what is left of a total without one (A以外)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from service.amounts import YUAN, plain
from service.answering import comparing, deriving, picking, same_name, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.matching import Match, key
from service.answering.plan import COMMON
from service.records import Fact

_ROUNDED = Decimal("0.05")
_POSTS = "编制"
MOST_SHOWN = 8
"""So many addends are named."""
_SUM = re.compile(
    r"一共|合计|总共|共计|加起来|[加凑]在?一(?:块|起)|合起来|合在一起|加总|总和|之和|相加|加上|[两三四五]项(?:加|共)|"
    r"共(?:花|用|支出|安排|有|多少|是)"
)
_JOINT = re.compile(
    r"[^,。?几]{0,4}(?:和|与|跟|同|及|、|加|还有|再)[^,。?多几]{0,6}|,?[^,。?多几]{0,2}|—*[^,。?多几]{0,8}加[^,。?多几]{0,4}"
)
"""What may stand between items that are to be added."""
_TAKEN_TOGETHER = re.compile(r"(?:[两二三四五六](?:样|项|块|者|类|笔|个))?(?:合计|加起来|总和|之和|合在一起|加在一起|相加)")
_JOINED = re.compile(r"(?:[、和与跟及加,]|以及|还有|再加)?")
_ENTRY = re.compile(r"[^、和与跟及加,。?]+")
_SEVERAL = re.compile(r"[两二三四五六][项样个类笔块者]")
_Side = tuple[Group, Fact]
_PLUS = re.compile(r"加(?![强大快拨班入工])")
_OUTSIDE = re.compile(r"以外|之外|除外")
_WITHOUT = re.compile(r"除了|除去|除开|扣除|剔除|扣掉|去掉|(?<!算)不算|(?<!含)不含|(?<!包括)不包括")
_RATIO = re.compile(r"[是为占相当于]+.{2,20}的?(?:百分之[几多]|[几多]少?倍|多少%)")
_AGREES = re.compile(r"对得上|对不上|对得起来|一致|相符|吻合|等于总|和总(?:额|数)")
_TOTALLED = re.compile(r"(?:总额|合计|总计|总数)$")
_ROOT = 4
_WHOLE_ROWS = {"合计", "总计", "支出合计", "收入合计", "本年支出合计", "本年收入合计", "支出总计", "收入总计"}


def tell(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """The sum or the rest, where the question asks for one and the figures have one measure and unit; else None."""
    if (shared := _share_of_sum(desk)) is not None:
        return shared
    text = desk.plan.topic or desk.plan.text
    told = {groups[0].item for groups in chosen}
    for item in (m for m in desk.plan.items if not told.isdisjoint(m.names)):  # 合计 in 本年支出合计 asks for no sum
        text = text[: item.start] + "#" * (item.end - item.start) + text[item.end :]
    if (
        (_OUTSIDE.search(text) or _WITHOUT.search(text))
        and "占比" not in desk.plan.measures
        and (excluded := _excluded(desk, chosen)) is not None
    ):
        return _rest(desk, excluded)
    if _RATIO.search(text) and len(chosen) == 2 and not same_name.several(desk, chosen):
        return _ratio(desk, chosen)
    items = {groups[0].name for groups in chosen}
    if len(items) < 2 or len({groups[0].info.doc for groups in chosen}) > 1 or "分别" in text:
        return None
    if not (_SUM.search(text) or _plus(desk)) or not _side_by_side(desk, told):
        return None
    return _sum(desk, chosen)


def _share_of_sum(desk: Desk) -> list[Sentence] | None:
    """An item as a share of several added up: 「A、B、C三项合计里A占多少」, 「A占B和C之和的百分之几」."""
    plan, summed = desk.plan, _TAKEN_TOGETHER.search(desk.plan.text)
    if summed is None or "占比" not in plan.measures:
        return None
    before = [m for m in (*plan.items, *plan.whole) if m.start < m.end <= summed.start()]
    addends = plan.whole if len(plan.whole) > 1 else before
    own = [m for m in plan.items if m not in addends]
    if len(addends) < 2 or len(own) != 1 or not all(_JOINED.fullmatch(plan.text[a.end : b.start]) for a, b in pairwise(addends)):
        return None
    sides = _sides(desk, addends)
    part = next((side for side in sides if side[0].item in own[0].names), None) or next(iter(_sides(desk, own)), None)
    if len(sides) != len(addends) or part is None or len({f.unit for _, f in (*sides, part)}) > 1 or part[1].measure != sides[0][1].measure:
        return None
    total = sum((f.value for _, f in sides), Decimal(0))
    if not total:
        return None
    unit = part[1].unit
    terms = tuple(Term(desk.label(g, f), f.printed, f.unit) for g, f in sides)
    whole = Derivation(plain(total), unit, Operation.SUM, terms)
    value = wording.percent(100 * part[1].value / total)
    own_term = Term(desk.label(*part), part[1].printed, unit)
    shown = " + ".join(f"{g.item}{wording.figure(f)}" for g, f in sides)
    text = f"{part[0].item}（{wording.figure(part[1])}）占合计{whole.value}{unit}（{shown}）的{value}%。"
    share = Derivation(value, "%", Operation.SHARE, (own_term, whole))
    return [Sentence(text, tuple(dict.fromkeys((own_term.label, *(t.label for t in terms)))), (whole, share))]


def _sides(desk: Desk, items: Sequence[Match]) -> list[_Side]:
    """One figure of each item, of one measure, from one place where one prints them all."""
    alone = Desk(replace(desk.plan, items=tuple(items), whole=()), desk.material, desk.documents[:1], desk.book)
    chosen = picking.chosen(alone)
    measure = comparing.common_measure(alone, chosen) if chosen else None
    found = [
        next(((g, f) for g in groups for f in wording.ordered(g.facts) if measure and comparing.answers(alone, g, f, measure)), None)
        for groups in chosen
    ]
    return [side for side in found if side is not None and side[1].unit in YUAN]


def _side_by_side(desk: Desk, told: set[str]) -> bool:
    """Whether the items are named one after the other, to be added: not in 「三公经费一共多少，公务接待占几成」."""
    named = [m for m in desk.plan.items if m.start < m.end and not told.isdisjoint(m.names)]
    return all(_JOINT.fullmatch(desk.plan.text[a.end : b.start]) for a, b in pairwise(named))


def _plus(desk: Desk) -> bool:
    """Whether 加 stands between two items."""
    items = desk.plan.items
    return any(_PLUS.search(desk.plan.text[a.end : b.start]) for a, b in pairwise(items) if a.end <= b.start)


def _sum(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    measure = comparing.common_measure(desk, chosen)
    if measure is None:
        return None
    sides: list[tuple[Group, Fact]] = []
    for groups in chosen:
        found = next(((g, f) for g in groups for f in wording.ordered(g.facts) if comparing.answers(desk, g, f, measure)), None)
        if found is None or any(f.place == found[1].place and g.item == found[0].item for g, f in sides):
            return None
        sides.append(found)
    if left := _left_out(desk):
        told = [desk.statement(g, only=f.measure) for g, f in sides]
        return [Sentence(f"没有找到{'、'.join(left)}的数，所以不合计。"), *dict.fromkeys(told)]
    if len({_POSTS in key(g.item) for g, _ in sides}) > 1:
        return None  # posts are no people: 编制20人, 实有14人
    sides = _all_rows(desk, sides)
    counted = all(f.measure == "人数" and f.unit == "人" for _, f in sides) and "批" not in desk.plan.text
    if len({f.unit for _, f in sides}) > 1 or not (counted or sides[0][1].unit in YUAN):
        return None
    sides, wholes = _addends(desk, sides)
    if len(sides) < 2:
        return None
    desk.join([g for g, _ in sides])
    terms = []
    for group, fact in sides:
        label = desk.label(group, fact)
        terms.append(Term(label, fact.printed, fact.unit))
    value = plain(sum((f.value for _, f in sides), Decimal(0)))
    unit = sides[0][1].unit
    shown = " + ".join(wording.figure(f) for _, f in sides)
    labels = tuple(dict.fromkeys(t.label for t in terms))
    first = Sentence(f"合计{value}{unit}（{shown}）。", labels, (Derivation(value, unit, Operation.SUM, tuple(terms)),))
    told = [desk.statement(g, only=f.measure) for g, f in sides]
    return [
        first,
        *(_set_against(desk, value, unit, tuple(terms), whole) for whole in wholes),
        *dict.fromkeys(told),
        *_against_total(desk, sides, value),
    ]


def _all_rows(desk: Desk, sides: Sequence[_Side]) -> list[_Side]:
    """The addends, one whose name several rows of its table bear by all of them."""
    found: list[_Side] = []
    for group, fact in sides:
        rows = same_name.rows_of(desk, group)
        found += [(Group(group.info, f.item, (f,), 0.0), f) for f in rows] if fact in rows and len(rows) > 1 else [(group, fact)]
    return found


def _left_out(desk: Desk) -> list[str]:
    """What stands among the items to be added and is none that the documents know: 「A、乙险、C三项合计」."""
    text, named = desk.plan.text, [m for m in (*desk.plan.items, *desk.plan.whole) if m.start < m.end and m.score]
    ends = [m.start() for m in _SUM.finditer(text) if named and m.start() >= named[-1].end]
    first, last = min((m.start for m in named), default=0), min(ends, default=0)
    parts = [(m.start(), m.end()) for m in _ENTRY.finditer(text, 0, last) if m.end() > first or text[m.end() : m.end() + 1] == "、"]
    unknown = [text[a:b] for a, b in parts if not any(m.start < b and a < m.end for m in named)]
    return [
        word for word in unknown if "#" not in word and len(re.sub(r"[^\u4e00-\u9fff]", "", COMMON.sub("", _SEVERAL.sub("", word)))) > 1
    ]


def _addends(desk: Desk, sides: list[_Side]) -> tuple[list[_Side], list[_Side]]:
    """What is added up, and what the sum is set against: A和B之和与C差多少. A whole is never added to its parts."""
    text = desk.plan.text
    at = text.find("之和")
    starts = {n: m.start for m in desk.plan.items for n in m.names}
    if at >= 0 and re.match(r"之和(?:[和与跟同比]|是否|是不是|等于)", text[at:]):
        before = [side for side in sides if starts.get(side[0].item, 0) < at]
        return before, [side for side in sides if side not in before]
    values = [f.value for _, f in sides]
    whole = next((n for n, v in enumerate(values) if len(values) > 2 and abs(sum(values) - 2 * v) <= _ROUNDED), None)
    return ([], []) if whole is not None else (sides, [])


def _set_against(desk: Desk, value: str, unit: str, terms: tuple[Term, ...], whole: _Side) -> Sentence:
    """The sum beside the figure that it is set against."""
    group, fact = whole
    label = desk.label(group, fact)
    labels = tuple(dict.fromkeys((*(t.label for t in terms), label)))
    about = f"{group.item}（{wording.figure(fact)}）"
    if fact.unit != unit:
        return Sentence(f"{about}的单位不同。", labels)
    if fact.value == Decimal(value):
        return Sentence(f"与{about}相等。", labels)
    return Sentence(f"与{about}不相等。", labels)


def _against_total(desk: Desk, sides: Sequence[tuple[Group, Fact]], value: str) -> list[Sentence]:
    """What the document prints as the total of the items added, where the question asks whether it agrees."""
    group, fact = sides[0]
    if not _AGREES.search(desk.plan.text):
        return []
    same = [
        f
        for f in desk.material.facts(group.info.doc)
        if (f.where, f.measure, f.unit, f.year) == (fact.where, fact.measure, fact.unit, fact.year)
    ]
    total = next((f for f in same if key(f.item)[:_ROOT] == key(fact.item)[:_ROOT] and _TOTALLED.search(key(f.item))), None)
    if total is None:
        return []
    verdict = "与上面的合计一致" if total.value == Decimal(value) else "与上面的合计不一致"
    label = desk.label(Group(group.info, total.item, (total,), 0.0), total)
    return [Sentence(f"文件写的{total.item}是{wording.figure(total)}，{verdict}。", (label,))]


def _ratio(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """The first item as a share, or a multiple, of the second: A是B的百分之几."""
    measure = comparing.common_measure(desk, chosen)
    sides = [
        next(((g, f) for g in groups for f in wording.ordered(g.facts) if measure and comparing.answers(desk, g, f, measure)), None)
        for groups in chosen
    ]
    if sides[0] is None or sides[1] is None:
        return None
    (g1, f1), (g2, f2) = sides[0], sides[1]
    if f1.unit not in YUAN or f2.unit not in YUAN or f2.value == 0:
        return None
    times = "倍" in desk.plan.text
    exact = deriving.yuan(f1) / deriving.yuan(f2)
    value, unit = (wording.percent(exact), "倍") if times else (wording.percent(100 * exact), "%")
    terms = (Term(desk.label(g1, f1), f1.printed, f1.unit), Term(desk.label(g2, f2), f2.printed, f2.unit))
    text = f"{g1.item}（{wording.figure(f1)}）是{g2.item}（{wording.figure(f2)}）的{value}{unit}。"
    operation = Operation.QUOTIENT if times else Operation.SHARE
    return [Sentence(text, deriving.labels(terms), (Derivation(value, unit, operation, terms),))]


def _excluded(desk: Desk, chosen: Sequence[Sequence[Group]]) -> Sequence[Group] | None:
    """The groups of the item that stands before 以外 or after 除了."""
    if len(chosen) == 1:
        return chosen[0]
    before, after = _OUTSIDE.search(desk.plan.text), _WITHOUT.search(desk.plan.text)
    near = [m for m in desk.plan.items if (before and m.end == before.start()) or (after and m.start == after.end())]
    names = {name for m in near[:1] for name in m.names}
    return next((groups for groups in chosen if groups[0].item in names), None)


def _rest(desk: Desk, groups: Sequence[Group]) -> list[Sentence] | None:
    """The total of a table's column without one row: the other rows added up, or the total less the row."""
    for group in groups:
        if (found := _of_named_whole(desk, group)) is not None:
            return found
    excluded = {key(g.item) for g in groups}
    for group in groups:
        for fact in _columns_first(group.facts):
            if fact.unit not in YUAN:
                continue
            rows = _beside(desk, group, fact)
            total = next((f for f in rows if key(f.item) in _WHOLE_ROWS), None)
            others = [f for f in rows if key(f.item) not in excluded | _WHOLE_ROWS]
            if total is not None and 1 < len(others) <= MOST_SHOWN and sum(f.value for f in others) == total.value - fact.value:
                return _added(desk, group, others)
            if total is not None and total.value > fact.value:
                return _less(desk, group, total, fact)
    return None


def _of_named_whole(desk: Desk, group: Group) -> list[Sentence] | None:
    """A total that the question names less one of its parts printed with it."""
    wholes = {key(name) for m in (*desk.plan.items, *desk.plan.whole) for name in m.names} - {key(group.item)}
    for fact in group.facts:
        for total in desk.material.facts(group.info.doc):
            same = (total.where, total.measure, total.unit, total.column) == (fact.where, fact.measure, fact.unit, fact.column)
            if same and total.value > fact.value and any(key(total.item).endswith(whole) for whole in wholes):
                return _less(desk, group, total, fact)
    return None


def _columns_first(facts: Sequence[Fact]) -> list[Fact]:
    """Facts of columns that hold the row's total first."""
    return sorted(facts, key=lambda f: not re.search(r"合计|小计|总计", f.column or ""))


def _beside(desk: Desk, group: Group, fact: Fact) -> list[Fact]:
    """The facts of the same column (in prose: of the same section and measure) and level as a fact, without it."""
    return [
        f
        for f in desk.material.facts(group.info.doc)
        if f.where == fact.where
        and (f.column, f.measure, f.unit, f.source, f.year) == (fact.column, fact.measure, fact.unit, fact.source, fact.year)
        and f.item != fact.item
        and (f.path == fact.path or key(f.item) in _WHOLE_ROWS)
    ]


def _added(desk: Desk, group: Group, others: Sequence[Fact]) -> list[Sentence]:
    terms = []
    for fact in others:
        label = desk.label(Group(group.info, fact.item, (fact,), 0.0), fact)
        terms.append(Term(label, fact.printed, fact.unit))
    value, unit = plain(sum((f.value for f in others), Decimal(0))), others[0].unit
    shown = " + ".join(f"{f.item}{wording.figure(f)}" for f in others)
    text = f"{group.item}以外合计{value}{unit}（{shown}）。"
    return [Sentence(text, tuple(dict.fromkeys(t.label for t in terms)), (Derivation(value, unit, Operation.SUM, tuple(terms)),))]


def _less(desk: Desk, group: Group, total: Fact, fact: Fact) -> list[Sentence]:
    first = desk.label(Group(group.info, total.item, (total,), 0.0), total)
    second = desk.label(group, fact)
    value = plain(total.value - fact.value)
    text = f"{group.item}以外为{value}{fact.unit}（{total.item}{wording.figure(total)} − {group.item}{wording.figure(fact)}）。"
    terms = (Term(first, total.printed, total.unit), Term(second, fact.printed, fact.unit))
    return [Sentence(text, tuple(dict.fromkeys((first, second))), (Derivation(value, fact.unit, Operation.DIFFERENCE, terms),))]
