"""Which facts answer a question about an item: groups of facts printed together, ranked."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.answering.matching import Match, key, stem
from service.answering.plan import Plan
from service.answering.remembered import remembered
from service.records import DocumentInfo, Fact
from service.statements import Role
from service.text import normal

SPENT = ("决算", "执行数")
COUNTS = ("人数", "数量")
BUDGETS = ("年初预算", "预算", "全年预算", "调整预算")
RATES = ("完成率", "执行率")
CHANGES = ("增减额", "增减率")

Mark = tuple[str, str | None, str, str]
"""(item, code, where, table row or nothing): what one group's facts share."""

EXPLAINED = 3.0
"""What a printed reason is worth to a why-question."""
COVERED = 3.0
"""What printing a measure asked for is worth."""
IN_UNIT = 2.5
"""What being printed in the unit asked for is worth."""
WHOLE = 3.0
"""What being the sum of the items named alike is worth."""
WHOLE_COST = 1.0
"""What standing in the table of 三公 and meetings is worth, against the tables that hold one part of the spending."""
PURCHASED = 2.0
"""What a row of what is bought loses, where nothing is said of buying."""
_MAIN = re.compile(r"(?:支出|收入|收支).*(?:情况|说明)|编制说明|三公|机关运行|政府采购|人员")
_TOTAL_ROWS = {"合计", "总计", "支出合计", "收入合计", "本年支出合计", "本年收入合计"}
_WHOLE_COLUMN = re.compile(r"合计|小计|总计|决算数|预算数|金额|增减|执行数")
_IN_YUAN = re.compile(r"(?:多少|几)元")
_SIDE = re.compile(r"绩效|自评|目标")


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one item printed in one passage or table row."""

    info: DocumentInfo
    item: str
    facts: tuple[Fact, ...]
    score: float
    under: str = ""
    """The parent that tells it from others of its name."""

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return f"{self.under}的{self.item}" if self.under else self.item

    @property
    def table(self) -> bool:
        """Whether the facts stand in a table."""
        return self.facts[0].source == "table"

    def measure(self, *measures: str) -> Fact | None:
        """The first fact of one of these measures, in the order given."""
        return next((f for m in measures for f in self.facts if f.measure == m), None)


def groups(
    plan: Plan,
    info: DocumentInfo,
    facts: Sequence[Fact],
    match: Match,
    columns: Sequence[str] = (),
    explained: Collection[tuple[str, str]] = (),
) -> list[Group]:
    """Groups of facts of the item that a match names, best first.

    Args:
        plan: the question.
        info: the document.
        facts: all its facts.
        match: the item.
        columns: names of table columns that the question asks for.
        explained: (item, where) of the reasons that a why-question may be about.
    """
    if match.under:
        facts = _standing_under(facts, match)
    names = {name: rank for rank, name in enumerate(match.names)}
    keys = {key(name): rank for name, rank in names.items()}
    together: dict[Mark, list[list[Fact]]] = {}
    by_item, by_column = _named(facts)
    named = {at for name in names for at in by_item.get(name, ())} | {at for name in keys for at in by_column.get(name, ())}
    for fact in (facts[at] for at in sorted(named)):
        row = fact.place.quote if fact.source == "table" else ""
        _put(together.setdefault((fact.item, fact.code, fact.where, row), []), fact)
    said = plan.text[match.start : match.end]
    wholes = _wholes(together, said) if said and match.score < 1 and len(names) > 1 else set()
    made = []
    for mark, runs in together.items():
        for found in runs:
            score = _score(plan, info, found, _rank(found, names, keys), columns)
            score += EXPLAINED if (mark[0], mark[2]) in explained else 0.0
            score += WHOLE if mark in wholes else 0.0
            made.append(Group(info, mark[0], _once(found), score))
    return sorted(made, key=lambda g: -g.score)


@remembered
def names(facts: Sequence[Fact]) -> tuple[str, ...]:
    """The item names of a document; columns of total rows are items too."""
    found: dict[str, None] = {}
    for fact in facts:
        found[fact.item] = None
        if (column := column_of_total(fact)) is not None:
            found[column] = None
    return tuple(found)


@remembered
def _named(facts: Sequence[Fact]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Where a document's facts are by their item, and by the column that is an item of a total row."""
    by_item: dict[str, list[int]] = {}
    by_column: dict[str, list[int]] = {}
    for at, fact in enumerate(facts):
        by_item.setdefault(fact.item, []).append(at)
        if (column := column_of_total(fact)) is not None:
            by_column.setdefault(column, []).append(at)
    return by_item, by_column


def _standing_under(facts: Sequence[Fact], match: Match) -> Sequence[Fact]:
    """The facts without those of the item that stand under another parent than the one named, where any stands under that."""
    stems = {stem(name) for name in match.under}
    own = [f for f in facts if f.item in match.names and any(stem(name) in stems for name in f.path)]
    return own or facts


def _once(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, a figure that is printed twice from where it stands with the others."""
    kept = []
    for fact in facts:
        mark = (fact.measure, fact.value, fact.unit, fact.year)
        again = [f for f in facts if f is not fact and (f.measure, f.value, f.unit, f.year) == mark]
        if not again or _beside(fact, facts) or not any(_beside(f, facts) for f in again):
            kept.append(fact)
    return tuple(kept)


def _beside(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether the quote of a figure holds another figure's, or is held by it."""
    quotes = [f.place.quote for f in facts if f.measure != fact.measure]
    return any(quote in fact.place.quote or fact.place.quote in quote for quote in quotes)


def _put(runs: list[list[Fact]], fact: Fact) -> None:
    """Add a fact to the last run of its item; what stands further on begins another."""
    if runs and abs(runs[-1][-1].place.page - fact.place.page) <= (0 if fact.source == "table" else 1):
        runs[-1].append(fact)
    else:
        runs.append([fact])


def _wholes(together: Mapping[Mark, list[list[Fact]]], said: str) -> set[Mark]:
    """Items whose count is the sum of the others named alike in one section: 编制46名, of which 行政20 and 事业26.

    `said` is the word that the question has for them all.
    """
    counts: dict[tuple[str, str], list[tuple[Mark, Fact]]] = {}
    for mark, runs in together.items():
        for fact in (f for run in runs for f in run if f.measure in COUNTS):
            counts.setdefault((mark[2], fact.unit), []).append((mark, fact))
    found = set()
    for named in counts.values():
        for mark, fact in named:
            others = [f.value for other, f in named if other != mark]
            if said in key(mark[0]) and len(others) > 1 and sum(others) == fact.value:
                found.add(mark)
    return found


def column_of_total(fact: Fact) -> str | None:
    """The column's name as an item, when the fact stands in a table's total row: 合计 | 基本支出 is 基本支出."""
    return key(fact.column.split("/")[-1]) if fact.column and is_total(fact.item) else None


def is_total(item: str) -> bool:
    """Whether an item is the total row of a table."""
    return key(item) in _TOTAL_ROWS


def is_whole(fact: Fact) -> bool:
    """Whether the column holds the item's whole, not a part of it."""
    column = (fact.column or "").split("/")
    return not fact.column or _WHOLE_COLUMN.search(column[-1]) is not None or "合计" in (fact.column or "")


def _rank(facts: Sequence[Fact], names: Mapping[str, int], keys: Mapping[str, int]) -> int:
    ranks = [names[f.item] for f in facts if f.item in names]
    ranks += [keys[column] for f in facts if (column := column_of_total(f)) in keys and column is not None]
    return min(ranks)


def wanted(plan: Plan, info: DocumentInfo) -> tuple[str, ...]:
    """The measures asked for, in the order of the question; empty when it names none."""
    measures = list(plan.measures)
    if plan.against_prior and not any(m in CHANGES for m in measures):
        measures.append("增减额")
    if plan.prior:
        measures.append("上年数")
    if info.kind == "budget":
        measures = ["预算" if m in ("年初预算", "决算") else m for m in measures]
    return tuple(dict.fromkeys(measures))


def answers(fact: Fact, measure: str) -> bool:
    """Whether a fact is of the measure asked for: 预算 may be any budget figure, 决算 the self-evaluation's 执行数."""
    if measure == "预算":
        return fact.measure in BUDGETS
    if measure == "年初预算":
        return fact.measure in ("年初预算", "预算")
    if measure in ("全年预算", "调整预算"):
        return fact.measure in ("全年预算", "调整预算")
    if measure in SPENT:
        return fact.measure in SPENT
    if measure in RATES:
        return fact.measure in RATES
    if measure == "增减额":
        return fact.measure in CHANGES
    return fact.measure == measure


def _score(plan: Plan, info: DocumentInfo, facts: Sequence[Fact], rank: int, columns: Sequence[str]) -> float:
    score = -1.5 * rank
    asked = wanted(plan, info)
    covered = sum(1 for m in asked if any(answers(f, m) for f in facts))
    score += COVERED * covered
    in_table = facts[0].source == "table"
    where = normal(facts[0].where + (facts[0].table or ""))
    if columns:
        hit = sum(1 for c in columns if any(f.column and key(c) in key(f.column) for f in facts))
        score += 3.0 * hit
    if plan.table and in_table:
        score += 2.0 + 3.0 * _likeness(plan.table, where)
    if not in_table:
        score += 1.0 + (1.0 if _MAIN.search(where) else 0.0) + 0.2 * len({f.measure for f in facts})
    if _SIDE.search(where) and not re.search(r"自评|绩效|项目", plan.text):
        score -= 2.5
    if "自评" in plan.text and _SIDE.search(where):
        score += 2.0
    if plan.years and not any(f.year in plan.years for f in facts):
        score -= 2.0
    score += _count_score(plan, facts) + (_table_score(plan, facts[0]) if in_table else 0.0)
    if in_table and facts[0].part == "income" and "收入" not in plan.text:
        score -= 1.5
    if _IN_YUAN.search(plan.text) and any(f.unit == "元" for f in facts):
        score += IN_UNIT
    return score


def _table_score(plan: Plan, fact: Fact) -> float:
    """What a table's scope is worth: that of 三公 and meetings holds a cost whole, that of procurement only what is bought of it."""
    if plan.table:
        return 0.0
    if fact.part == Role.PROCUREMENT.value and "采购" not in plan.text:
        return -PURCHASED
    return WHOLE_COST if fact.part == Role.THREE_PUBLIC.value else 0.0


def _count_score(plan: Plan, facts: Sequence[Fact]) -> float:
    """What being a count is worth; what there was none of is seldom asked for by the name of the whole."""
    none = all(f.measure in COUNTS and not f.value for f in facts)
    return (2.0 if plan.counted and any(f.unit in plan.counted for f in facts) else 0.0) - (2.0 if none else 0.0)


def _likeness(table: str, where: str) -> float:
    """Share of the named table's characters that stand in the fact's table name."""
    form = normal(table).replace("表", "")
    return sum(1 for a, b in pairwise(form) if a + b in where) / max(1, len(form) - 1)
