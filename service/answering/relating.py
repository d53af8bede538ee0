"""How far apart two things named are, or how many times one is the other, where the question asks that and both are printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from service import amounts
from service.amounts import YUAN, Form
from service.answering import choosing, deriving, picking, same_name, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.matching import Match, key
from service.answering.plan import Ask
from service.records import Fact

MOST_TRIED = 8
"""So many figures of each side are tried."""
_GAP = re.compile(r"差额|差值|差距|之差|相差|差了?多少|[多少高低]多少|[多少高低]出?[来去]?多少")
_TIMES = re.compile(r"之比|比值|(?:几|多少)倍")
_GROWN = re.compile(r"(?:增长|增加|上涨|上升|提高|涨|翻|多)了?(?:几|多少)倍")
_BUDGETS = ("年初预算", "全年预算", "调整预算")
_OUTCOME = re.compile(r"决算|实际|执行|花|用了")
_PLAIN = ("预算", "决算", "年初预算", "全年预算", "执行数", "人数", "数量")


@dataclass(frozen=True, slots=True)
class _Side:
    name: str
    group: Group
    fact: Fact


def tell(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """The difference or the multiple with its calculation; None where neither is asked for, or a side is not printed."""
    text = desk.plan.text
    if _GROWN.search(text) and (grown := next((s for groups in chosen for g in groups if (s := _grown(desk, g)) is not None), None)):
        return [grown]
    if _GAP.search(text) and (brought := _brought(desk, chosen)) is not None:
        return [brought]
    named = {groups[0].item for groups in chosen}
    times = _TIMES.search(text) is not None
    set_against = desk.plan.ask is Ask.COMPARE or times or _GAP.search(text)
    if set_against and len(chosen) == len(named) == 2 and same_name.several(desk, chosen):
        return _of_rows(desk, chosen, times=times)
    if desk.plan.ask is Ask.COMPARE and len(named) > 1:
        return None
    items = [m for m in (*desk.plan.items, *(desk.plan.whole if times else ())) if m.start < m.end]
    if len(items) != 2 or not (times or _GAP.search(text)) or len({g.info.doc for groups in chosen for g in groups}) > 1:
        return None
    pair = _pair(desk, items[0], items[1])
    if pair is None:
        return None
    first = _multiple(desk, *pair) if times else _apart(desk, *pair)
    return None if first is None else [first, *dict.fromkeys(_statement(desk, side) for side in pair)]


def budgets(desk: Desk, groups: Sequence[Group]) -> Sentence | None:
    """How far the year's first budget and its last are apart, or that the document does not print both; None where that is not asked."""
    text = desk.plan.text
    asked = [measure for measure in _BUDGETS if measure in text]
    if len(asked) < 2 or _OUTCOME.search(text) or not _GAP.search(text):
        return None
    for group in (g for g in groups if g.item == groups[0].item):
        first, last = group.measure(asked[0]), group.measure(asked[1])
        if first is None or last is None or first.unit != last.unit:
            continue
        terms = desk.terms(group, last, first)
        if first.value == last.value:
            return Sentence(f"{asked[0]}与{asked[1]}相同，都是{wording.figure(first)}。", deriving.labels(terms))
        found = deriving.apart(last, first, terms)
        text = f"{asked[1]}比{asked[0]}{found.way}{found.value}{found.unit}（{found.shown}）。"
        return Sentence(text, deriving.labels(terms), (found.derivation,))
    return Sentence(f"文件里没有同时写明这一项的{asked[0]}和{asked[1]}，不能相减。")


def _pair(desk: Desk, one: Match, other: Match) -> tuple[_Side, _Side] | None:
    """A figure of each item, both of one measure; from one place where one prints both."""
    made = list(product(_sides(desk, one)[:MOST_TRIED], _sides(desk, other)[:MOST_TRIED]))
    alike = [
        (a, b)
        for a, b in made
        if a.fact is not b.fact
        and a.fact.measure == b.fact.measure
        and (a.fact.unit == b.fact.unit or {a.fact.unit, b.fact.unit} <= set(YUAN))
    ]
    return min(alike, key=lambda pair: (_where(pair[0]) != _where(pair[1]), pair[0].fact.unit != pair[1].fact.unit), default=None)


def _where(side: _Side) -> tuple[str, str]:
    return side.fact.source, side.fact.where


def _sides(desk: Desk, item: Match) -> list[_Side]:
    """The figures of an item, best first: one of each place that prints it."""
    chosen = picking.chosen(Desk(replace(desk.plan, items=(item,), whole=()), desk.material, desk.documents, desk.book))
    keys = {key(name) for name in item.names}
    asked = tuple(m for m in desk.plan.measures if m in _PLAIN)
    found = []
    for group in (g for groups in chosen[:1] for g in groups):
        facts = [f for f in wording.ordered(group.facts) if f.measure in _PLAIN and f.year in (group.info.year, None)]
        fitting = [f for f in facts if not asked or any(choosing.answers(f, measure) for measure in asked)]
        # 合计 | 基本支出 is called as its column is.
        fact = next((f for f in fitting if choosing.column_of_total(f) in keys), None)
        name = (fact and choosing.column_of_total(fact)) or group.name
        fact = fact or next((f for f in fitting if choosing.is_whole(f)), None)
        if fact is not None:
            found.append(_Side(name, group, fact))
    return found


def _statement(desk: Desk, side: _Side) -> Sentence:
    return desk.statement(replace(side.group, facts=(side.fact,)) if side.name != side.group.name else side.group)


def _apart(desk: Desk, one: _Side, other: _Side) -> Sentence | None:
    terms = tuple(Term(desk.label(s.group, s.fact), s.fact.printed, s.fact.unit) for s in (one, other))
    if deriving.yuan(one.fact) == deriving.yuan(other.fact):
        return Sentence(f"{one.name}与{other.name}相同，都是{wording.figure(one.fact)}。", deriving.labels(terms))
    found = deriving.apart(one.fact, other.fact, terms)
    text = f"{one.name}（{wording.figure(one.fact)}）比{other.name}（{wording.figure(other.fact)}）{found.way}{found.value}{found.unit}。"
    return Sentence(text, deriving.labels(terms), (found.derivation,))


def _multiple(desk: Desk, one: _Side, other: _Side) -> Sentence | None:
    if not other.fact.value:
        return None
    terms = tuple(Term(desk.label(s.group, s.fact), s.fact.printed, s.fact.unit) for s in (one, other))
    value = wording.percent(deriving.yuan(one.fact) / deriving.yuan(other.fact))
    text = f"{one.name}（{wording.figure(one.fact)}）是{other.name}（{wording.figure(other.fact)}）的{value}倍。"
    return Sentence(text, deriving.labels(terms), (Derivation(value, "倍", Operation.QUOTIENT, terms),))


def _of_rows(desk: Desk, chosen: Sequence[Sequence[Group]], *, times: bool) -> list[Sentence] | None:
    """The difference or the multiple of two items of which one is in several rows of its table, by the sums of their rows."""
    sides: list[tuple[str, Term | Derivation, Decimal]] = []
    units = set()
    for groups in chosen:
        group = groups[0]
        first = next((f for f in wording.ordered(group.facts) if f.measure in _PLAIN and choosing.is_whole(f)), None)
        rows = same_name.rows_of(desk, group) or ([first] if first is not None else [])
        units |= {(f.measure, f.unit) for f in rows}
        terms = tuple(Term(desk.label(Group(group.info, f.item, (f,), 0.0), f), f.printed, f.unit) for f in rows)
        total = sum((f.value for f in rows), Decimal(0))
        if len(rows) > 1:
            shown = f"{group.item}合计{amounts.plain(total)}{rows[0].unit}（{' + '.join(wording.figure(f) for f in rows)}）"
            sides.append((shown, Derivation(amounts.plain(total), rows[0].unit, Operation.SUM, terms), total))
        elif rows:
            sides.append((f"{group.item}{wording.figure(rows[0])}", terms[0], total))
    if len(sides) != len(chosen) or len(units) != 1 or not sides[1][2]:
        return None
    (one, first_term, a), (other, second_term, b) = sides
    unit = "倍" if times else units.pop()[1]
    value = wording.percent(a / b) if times else amounts.plain(abs(a - b))
    operation, words = (Operation.QUOTIENT, "前者是后者的") if times else (Operation.DIFFERENCE, "相差")
    made = Derivation(value, unit, operation, (first_term, second_term))
    sums = tuple(t for t in (first_term, second_term) if isinstance(t, Derivation))
    labels = tuple(dict.fromkeys(t.label for t in made.printed))
    return [Sentence(f"{one}，{other}，{words}{value}{unit}。", labels, (*sums, made))]


def _grown(desk: Desk, group: Group) -> Sentence | None:
    """By how many times the year before's figure an item grew, from this year's and the change."""
    change, now = group.measure("增减额"), group.measure("决算", "预算", "年初预算")
    if change is None or now is None or change.unit != now.unit or change.value <= 0 or now.value <= change.value:
        return None
    first, second = desk.terms(group, now, change)
    before = now.value - change.value
    earlier = Derivation(amounts.plain(before), now.unit, Operation.DIFFERENCE, (first, second))
    value = wording.percent(change.value / before)
    shown = f"{wording.figure(change)} ÷ ({wording.figure(now)} − {wording.figure(change)})"
    made = Derivation(value, "倍", Operation.QUOTIENT, (second, earlier))
    return Sentence(f"{group.name}比上年增长{value}倍（{shown}）。", deriving.labels((first, second)), (made,))


def _brought(desk: Desk, chosen: Sequence[Sequence[Group]]) -> Sentence | None:
    """How far apart two figures are that the question itself brings, as far as the document prints both of the item named."""
    own = [a for a in amounts.numbers(desk.plan.text) if a.form is Form.FIGURE and a.unit in ("", *YUAN)]
    if len(own) != 2 or not chosen:
        return None
    info, root = chosen[0][0].info, key(chosen[0][0].item)
    facts = [f for f in desk.material.facts(info.doc) if f.unit in YUAN and root in key(f.item)]
    found = [next((f for f in facts if f.value == a.value and a.unit in ("", f.unit)), None) for a in own]
    if found[0] is None or found[1] is None or found[0].unit != found[1].unit or found[0].value == found[1].value:
        return None
    facts = [found[0], found[1]]
    terms = tuple(Term(desk.label(Group(info, f.item, (f,), 0.0), f), f.printed, f.unit) for f in facts)
    apart = deriving.apart(facts[0], facts[1], terms)
    sides = "，".join(f"{f.item}{wording.clause(f, info.kind)}" for f in facts)
    return Sentence(f"{sides}，相差{apart.value}{apart.unit}（{apart.shown}）。", deriving.labels(terms), (apart.derivation,))
