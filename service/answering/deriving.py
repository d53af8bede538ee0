"""Figures that follow from printed ones: differences, rates, shares, last year's totals, each with its declared calculation."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from service.amounts import YUAN, plain
from service.answering import bodies, choosing, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.matching import key
from service.records import DocumentInfo, Fact
from service.statements import FISCAL

_NO_DIFFERENCE = re.compile(r"多少|差旅|差额拨款|偏差|差不多|结转和?结余|超过|更[多少高低]")
_DIFFERENCE = re.compile(
    r"差|多花|少花|多用|少用|多支|少支|超|省|节约|节余|剩|结余|没花|没用|没有用|没有花|未用|花不完|比.{0,12}[多少高低]|[多少]了"
)
_AGAINST_PRIOR = re.compile(
    r"(?:比|较)(?:去年|上年|上一年|前一年|上年度|20\d\d)|"
    r"(?<!20\d\d年)[跟和同与](?:去年|上年|上一年|前一年|上年度|20\d\d)|同比"
)
_EACH = re.compile(r"(?:平均|每)一?(人次|批次|人|次|场|辆|批|个)|人均")
_IN_UNIT = re.compile(r"(?:多少|几|合计?)(万元|亿元|元)")
_PROCUREMENT = "政府采购"
_BOUGHT = re.compile(r"政府采购(?:支出)?(?:预算)?(?:总额|总金额|金额|合计)?(?:预算)?")
"""What a part of the procurement is a share of."""
_PART_OF = re.compile(r"占(?:了|到|全部|整个)?(.*?)的?(?:多少|几成|百分|比例|比重|比率|占比|多大|$|[,。?？])")
_TOTALLING = re.compile(r"总额|总数|总的?|合计|全年|全部|整个|本年|当年|年度|部门|单位|财政拨款|比|年|金额|支出|预算|决算|收入|的")
_OTHER = Decimal(1)
"""A rate that is off by more percentage points is another one, not one printed with fewer decimals."""
_SHARES = re.compile(r"[^,。?]{0,4}占")
"""Follows the item whose share is asked for."""
_UNSAID = re.compile(r"[了到多大的]*")
"""Between 占 and 多少: what it is a share of is left unsaid."""
_FAMILY_TOTAL = re.compile(r"(?:总额|总计|合计|总数)$")
FAMILY = 4
"""Parts and the total of a family begin with so many same characters."""
_FISCAL_TOTALS = ("财政拨款支出", "本年支出", "本年支出合计", "支出合计")
"""What a share of 财政拨款支出 is taken of, among the figures of that money."""
_OF_BUDGET = re.compile(
    r"占(?:年初|全年)?预算(?:数|的)*(?:百分之|多少|几|比)|"
    r"(?:比|较|跟|和)(?:年初|全年)?预算数?[^,。?]{0,4}(?:超|多|高|少|低|省|节约|增|减|降)[^,。?]{0,4}(?:百分之|几个百分点|多少个?百分点|几成|多大比例)"
)
_BARE = ("合计", "总计")
_SUMMED = re.compile(r"占[^,。?]*(?:合计|之和|总和|加起来|相加|合在一起)")
_ROUGHLY = Decimal("0.1")
"""A printed share within so many percentage points is of the total in question."""


def gap(desk: Desk, groups: Sequence[Group]) -> Sentence | None:
    """The difference between outcome and budget, or this year and last, where the question asks for one."""
    text = _NO_DIFFERENCE.sub("", desk.plan.text)
    if not _DIFFERENCE.search(text):
        return None
    if _AGAINST_PRIOR.search(text):
        return next((found for group in groups if (found := _against_prior(desk, group)) is not None), None)
    for group in groups:
        if group.item == groups[0].item and (pair := _budget_and_outcome(group, text)) is not None:
            return _difference(desk, group, *pair)
    return None


def _budget_and_outcome(group: Group, text: str) -> tuple[Fact, Fact, str] | None:
    """(outcome, budget, the budget's name): of several budgets the one that the question names."""
    named = next((m for m in ("年初预算", "全年预算", "调整预算") if m in text), None)
    budget = group.measure(named, "预算") if named else group.measure(*choosing.BUDGETS)
    spent = group.measure(*choosing.SPENT)
    return (spent, budget, budget.measure) if budget is not None and spent is not None else None


def _against_prior(desk: Desk, group: Group) -> Sentence | None:
    """This year's figure less last year's, where the document does not print the difference."""
    prior, now = group.measure("上年数"), group.measure("预算", "决算")
    if prior is None or now is None or group.measure("增减额") is not None:
        return None
    return _difference(desk, group, now, prior, "上年")


def unchanged(desk: Desk, group: Group) -> Sentence | None:
    """That this year's figure is last year's, where the question compares the years and both are printed."""
    prior, now = group.measure("上年数"), group.measure("预算", "决算")
    if not desk.plan.against_prior or prior is None or now is None or prior.value != now.value or prior.unit != now.unit:
        return None
    terms = desk.terms(group, now, prior)
    return Sentence(f"{group.item}与上年持平，都是{wording.figure(now)}。", labels(terms))


def _difference(desk: Desk, group: Group, a: Fact, b: Fact, base: str) -> Sentence | None:
    """「决算比年初预算少50万元（350万元 − 400万元）」."""
    if a.unit != b.unit or a.value == b.value:
        return None
    terms = desk.terms(group, a, b)
    found = apart(a, b, terms)
    text = f"{a.measure}比{base}{found.way}{found.value}{found.unit}（{found.shown}）。"
    return Sentence(text, labels(terms), (found.derivation,))


@dataclass(frozen=True, slots=True)
class Apart:
    """How far two figures are apart: as told, with the calculation shown and declared."""

    value: str
    unit: str
    way: str
    """多 or 少: how the first stands to the second."""
    shown: str
    derivation: Derivation


def apart(first: Fact, second: Fact, terms: Sequence[Term]) -> Apart:
    """The difference of two amounts in one unit, or both of money: never with more decimals than the coarser one tells.

    Args:
        first: the figure that is more or less …
        second: … than this one.
        terms: both as operands, in this order: the guard holds the word (多, 少) against their order.
    """
    money = {first.unit, second.unit} <= set(YUAN)
    unit = "万元" if money and first.unit != second.unit else first.unit
    exactly = first.value - second.value
    if money and first.unit != second.unit:
        exactly = rounded(yuan(first) - yuan(second), unit, (first, second))
    larger, smaller = sorted((first, second), key=lambda f: -yuan(f))
    value = plain(abs(exactly))
    derivation = Derivation(value, unit, Operation.DIFFERENCE, tuple(terms))
    return Apart(value, unit, "多" if exactly > 0 else "少", f"{wording.figure(larger)} − {wording.figure(smaller)}", derivation)


def labels(terms: Sequence[Term]) -> tuple[str, ...]:
    """The evidence that operands are printed in, each once."""
    return tuple(dict.fromkeys(term.label for term in terms))


def derive(desk: Desk, groups: Sequence[Group], measure: str) -> Sentence | None:
    """A measure that is not printed but follows from printed ones."""
    for group in groups:
        budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
        if measure in choosing.RATES and budget and spent and budget.unit == spent.unit and budget.value:
            return _ratio(desk, group, (spent, budget), Operation.SHARE, "完成预算的")
        change, now = group.measure("增减额"), group.measure("决算", "预算", "年初预算")
        if measure == "增减率" and change and change.value and now and now.unit == change.unit and group.measure("上年数"):
            return _ratio(desk, group, (change, group.measure("上年数")), Operation.SHARE, "增长" if change.value > 0 else "下降")
    return None


def recomputed(desk: Desk, group: Group) -> list[Sentence]:
    """The completion rate that budget and outcome give, where the printed one is another and the question is about it."""
    spent, rate = group.measure(*choosing.SPENT), group.measure(*choosing.RATES)
    asked = any(m in choosing.RATES for m in desk.plan.measures)
    if not asked or spent is None or rate is None:
        return []
    budgets = [f for m in choosing.BUDGETS if (f := group.measure(m)) is not None and f.unit == spent.unit and f.value]
    # A rate of either budget, the year's first or its last, is a right one.
    if not budgets or any(abs(100 * spent.value / f.value - rate.value) <= _OTHER for f in budgets):
        return []
    made = _ratio(desk, group, (spent, budgets[0]), Operation.SHARE, "按这两个数计算为")
    return [made] if made is not None else []


def _ratio(desk: Desk, group: Group, pair: tuple[Fact, Fact | None], operation: Operation, words: str) -> Sentence | None:
    a, b = pair
    if b is None or b.value == 0:
        return None
    terms = desk.terms(group, a, b)
    value = wording.percent(100 * a.value / b.value)
    text = f"{words}{value}%（{wording.figure(a)} ÷ {wording.figure(b)}）。"
    return Sentence(text, labels(terms), (Derivation(value, "%", operation, terms),))


def prior_total(desk: Desk, group: Group) -> list[Sentence]:
    """The prior year's total from this year's and the change, where the prior year is asked for and not printed."""
    change, now = group.measure("增减额"), group.measure("决算", "预算", "年初预算")
    if group.measure("上年数") or not change or not now or change.unit != now.unit or not group.info.year:
        return []
    result = now.value - change.value
    value, sign = plain(result), "−" if change.value > 0 else "+"
    subject = wording.subject(group.name, group.info.year - 1, bodies.short(group.info.org) if desk.several else "")
    text = f"推算{subject}为{value}{now.unit}（{wording.figure(now)} {sign} {wording.figure(change)}）。"
    operation = Operation.DIFFERENCE if change.value > 0 else Operation.SUM
    terms = desk.terms(group, now, change)
    return [Sentence(text, labels(terms), (Derivation(value, now.unit, operation, terms),))]


def average(desk: Desk, group: Group) -> list[Sentence]:
    """Money for each of what is counted beside it, where the question asks for it: 平均每人次."""
    match = _EACH.search(desk.plan.text)
    money = group.measure("决算", "执行数", "预算")
    if match is None or money is None or money.unit not in YUAN or not money.value:
        return []
    unit = match[1] or "人"
    root = key(group.item)[:2]
    near = [f for f in desk.material.facts(group.info.doc) if f.where == money.where and f.measure in ("人数", "数量") and f.value > 0]
    count = next((f for f in near if f.unit.startswith(unit) and root in key(f.item)), None)
    if count is None:
        return []
    first = desk.label(group, money)
    second = desk.label(Group(group.info, count.item, (count,), 0.0), count)
    value = plain((yuan(money) / count.value).quantize(Decimal("0.01"), ROUND_HALF_UP))
    text = f"平均每{count.unit}{value}元（{wording.figure(money)} ÷ {wording.figure(count)}）。"
    terms = (Term(first, money.printed, money.unit), Term(second, count.printed, count.unit))
    return [Sentence(text, labels(terms), (Derivation(value, "元", Operation.QUOTIENT, terms),))]


def converted(desk: Desk, group: Group) -> list[Sentence]:
    """The figure in the unit of money that the question asks for, where it is printed in another."""
    match = _IN_UNIT.search(desk.plan.text)
    if match is None or any(f.unit == match[1] for f in group.facts):
        return []
    asked = [f for m in choosing.wanted(desk.plan, group.info) for f in wording.ordered(group.facts) if choosing.answers(f, m)]
    fact = next((f for f in (*asked, *wording.ordered(group.facts)) if f.unit in YUAN), None)
    if fact is None or not fact.value:
        return []
    value = plain(exact(abs(yuan(fact)) / YUAN[match[1]]))
    label = desk.label(group, fact)
    text = f"{wording.figure(fact)}合{value}{match[1]}。"
    return [Sentence(text, (label,), (Derivation(value, match[1], Operation.CONVERT, (Term(label, fact.printed, fact.unit),)),))]


def rounded(value: Decimal, unit: str, operands: Sequence[Fact]) -> Decimal:
    """An amount in 元 in a larger unit of money, with as many decimals as the coarsest operand tells in that unit."""
    steps = [Decimal(1).scaleb(int(f.value.as_tuple().exponent)) * YUAN[f.unit] / YUAN[unit] for f in operands]
    decimals = max(0, -max(step.adjusted() for step in steps))
    return (value / YUAN[unit]).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def exact(value: Decimal) -> Decimal:
    """A value without the zeros that only division and multiplication made."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def share(desk: Desk, group: Group) -> list[Sentence]:
    """The item's share of a total, where one is asked for and none of that total is printed."""
    # In 「差旅费占公用经费多少」 only the first item is a part; what is named after it is what it is a part of.
    if _OF_BUDGET.search(desk.plan.text):
        return _of_budget(desk, group)
    if group.table and "占比" in desk.plan.measures and (found := _of_row(desk, group)):
        return found
    before = [m for m in desk.plan.items if m.start < m.end and _SHARES.match(desk.plan.text, m.end)]
    asked = desk.plan.items if desk.plan.whole else before or desk.plan.items[:1]
    if _SUMMED.search(desk.plan.text):
        return []  # of several taken together none alone is the whole
    if "占比" not in desk.plan.measures or (asked and not any(group.item in m.names for m in asked)):
        return []
    now = group.measure("决算", "预算", "年初预算", "人数", "数量")
    of = _bought if now is not None and key(now.item).startswith(_PROCUREMENT) else total_of
    total = of(desk, group.info, now) if now else None
    if now is None or not now.value or total is None or not total.value or total.item == group.item:
        return []
    if yuan(total) == yuan(now) and not (desk.plan.whole and _is_named(desk, total)):
        return []
    value = wording.percent(100 * yuan(now) / yuan(total))
    printed = group.measure("占比")
    if printed is not None and (not _names_whole(desk, group) or abs(printed.value - Decimal(value)) <= _ROUGHLY):
        return []
    first = desk.label(group, now)
    second = desk.book.cite(group.info, total.where, total.place, facts=[total])
    text = f"{group.item}（{wording.figure(now)}）占{total_name(total)}（{wording.figure(total)}）的{value}%。"
    terms = (Term(first, now.printed, now.unit), Term(second, total.printed, total.unit))
    return [Sentence(text, (first, second), (Derivation(value, "%", Operation.SHARE, terms),))]


def _of_row(desk: Desk, group: Group) -> list[Sentence]:
    """A column of a table's total row as a share of what its row names the whole: 项目支出 of 合计."""
    names = {key(n) for m in desk.plan.items for n in m.names}
    wholes = {key(n) for m in desk.plan.whole for n in m.names}
    part = next((f for f in group.facts if choosing.column_of_total(f) in names and f.unit in YUAN), None)
    if part is None or not part.value:
        return []
    row = [f for f in desk.material.facts(group.info.doc) if (f.where, f.place.quote, f.unit) == (part.where, part.place.quote, part.unit)]
    larger = [f for f in row if f.value > part.value and f.measure == part.measure and f.year == part.year]
    named = [f for f in larger if choosing.column_of_total(f) in wholes]
    if not named and all(w in key(part.where) or not _TOTALLING.sub("", w) for w in wholes):
        named = [f for f in larger if _FAMILY_TOTAL.search(choosing.column_of_total(f) or "")]
    if not named:
        return []
    total, label = named[0], desk.label(group, part)
    terms = tuple(Term(label, f.printed, f.unit) for f in (part, total))
    value = wording.percent(100 * part.value / total.value)
    one, whole = (f"{choosing.column_of_total(f)}（{wording.figure(f)}）" for f in (part, total))
    text = f"{one}占{whole}的{value}%。"
    return [Sentence(text, (label,), (Derivation(value, "%", Operation.SHARE, terms),))]


def _of_budget(desk: Desk, group: Group) -> list[Sentence]:
    """How far the outcome is from the budget, in percent of it: 节约了多少，占预算百分之几."""
    budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
    if budget is None or spent is None or budget.unit != spent.unit or not budget.value or budget.value == spent.value:
        return []
    terms = desk.terms(group, spent, budget)
    value = wording.percent(100 * abs(spent.value - budget.value) / budget.value)
    way = "低" if spent.value < budget.value else "高"
    text = f"{spent.measure}比{budget.measure}{way}{value}%（{wording.figure(spent)}，{wording.figure(budget)}）。"
    return [Sentence(text, labels(terms), (Derivation(value, "%", Operation.CHANGE, terms),))]


def _is_named(desk: Desk, total: Fact) -> bool:
    return any(total.item in m.names for m in desk.plan.whole)


def _names_whole(desk: Desk, group: Group) -> bool:
    """Whether the question names what the item is a part of."""
    return any(group.item not in m.names for m in (*desk.plan.whole, *desk.plan.items))


def _bought(desk: Desk, info: DocumentInfo, part: Fact) -> Fact | None:
    """All of the procurement, of which a part of it is a share."""
    facts = [f for f in desk.material.facts(info.doc) if f.measure == part.measure and f.unit in YUAN and _BOUGHT.fullmatch(key(f.item))]
    larger = [f for f in facts if abs(yuan(f)) >= abs(yuan(part))]
    return max(larger, key=lambda f: (f.source == "text", f.unit == part.unit), default=None)


def total_of(desk: Desk, info: DocumentInfo, part: Fact) -> Fact | None:
    """The total that a share is taken of: one named in the question, else the year's expenditure."""
    facts = [f for f in desk.material.facts(info.doc) if f.measure in (part.measure, "决算", "预算") and f.unit in YUAN and f.value]
    if part.unit not in YUAN:
        facts = [f for f in desk.material.facts(info.doc) if f.measure == part.measure and f.unit == part.unit and f.value]
    facts = [f for f in facts if (f.part == "income") == (part.part == "income")]
    named = {name for m in desk.plan.whole or desk.plan.items for name in m.names} - {part.item}
    near = [f for f in facts if f.where == part.where and f.item != part.item and abs(f.value) > abs(part.value)]
    if (total := _beside_part(near, part, named) or _of_table(desk, near, part)) is not None:
        return total
    said = _PART_OF.search(desk.plan.text)
    if not desk.plan.whole and (said is None or _UNSAID.fullmatch(said[1])) and (family := _family_total(near, part)) is not None:
        return family
    word = _TOTALLING.sub("", said[1]) if said else ""
    if said and not word and "财政拨款" in said[1] and "公共预算" not in said[1]:
        fiscal = [f for f in facts if f.scope == FISCAL and f.item in _FISCAL_TOTALS and abs(yuan(f)) >= abs(yuan(part))]
        own = [f for f in fiscal if f.measure == part.measure and f.year == part.year]
        if own:
            return max(own, key=lambda f: (f.source == "text", f.unit == part.unit))
    if word:
        inside = [f for f in near if f.measure == part.measure and word in key(f.item) and not _is_rest(f, word)]
        if inside:
            return max(inside, key=yuan)
    for wanted in (named, {"本年支出合计"}, {"一般公共预算财政拨款支出"}, {"支出总计"}, {"收入总计、支出总计"}):
        found = [f for f in facts if f.item in wanted and abs(f.value) >= abs(part.value)]
        if found and (wanted is named or not word):
            return max(found, key=lambda f: (f.measure == part.measure, f.source == "text", f.unit == part.unit))
    return None


def total_name(total: Fact) -> str:
    """What a total is called in a sentence: a table's total row by the table's title."""
    return f"《{wording.title(total.where)}》{total.item}" if key(total.item) in _BARE and total.source == "table" else total.item


def _beside_part(near: Sequence[Fact], part: Fact, named: Collection[str]) -> Fact | None:
    """The whole named, where the part's own section or table prints it."""
    keys = {key(name) for name in named}
    alike = [f for f in near if f.measure == part.measure and any(key(f.item).endswith(k) and not _is_rest(f, k) for k in keys)]
    return min(alike, key=lambda f: len(f.item), default=None)


def _is_rest(fact: Fact, name: str) -> bool:
    """Whether an item is the rest of the whole named, no name of it: 其他人大事务 for 人大事务."""
    return key(fact.item).startswith("其他") and not key(name).startswith("其他")


def _of_table(desk: Desk, near: Sequence[Fact], part: Fact) -> Fact | None:
    """The total row of the part's own table, where its title names the whole that a share is asked of: 政府采购预算表."""
    said = {key(desk.plan.text[m.start : m.end]) for m in desk.plan.whole if m.start < m.end}
    title = key(part.where + (part.table or ""))
    if part.source != "table" or not any(len(word) > 1 and word in title for word in said):
        return None
    own = [f for f in near if f.source == "table" and f.table == part.table and f.measure == part.measure and f.unit == part.unit]
    rows = [f for f in own if f.column == part.column and f.year == part.year and choosing.is_total(f.item)]
    return max(rows, key=lambda f: f.value, default=None)


def _family_total(near: Sequence[Fact], part: Fact) -> Fact | None:
    """The total of the family that a part belongs to: 政府采购支出总额 for 政府采购货物支出."""
    root = key(part.item)[:FAMILY]
    found = [f for f in near if f.measure == part.measure and key(f.item).startswith(root) and _FAMILY_TOTAL.search(key(f.item))]
    return min(found, key=lambda f: len(f.item), default=None) if len(root) == FAMILY else None


def yuan(fact: Fact) -> Decimal:
    """The figure in 元; other units as they are."""
    return fact.value * YUAN.get(fact.unit, Decimal(1))
