"""Figures that follow from printed ones: differences, rates, shares, last year's totals, each with its declared calculation."""

from collections.abc import Sequence
from decimal import Decimal

from service.amounts import YUAN, plain
from service.answering import choosing, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.records import DocumentInfo, Fact


def gap(desk: Desk, group: Group) -> Sentence | None:
    """The difference between budget and outcome, where the question asks for one."""
    if (
        not any(w in desk.plan.text for w in ("差", "多花", "少花", "多了多少", "少了多少", "多少", "结余", "剩"))
        or "比上年" in desk.plan.text
    ):
        return None
    if not any(w in desk.plan.text for w in ("差", "多花", "少花", "多", "少花", "剩", "结余", "超", "省")):
        return None
    budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
    prior, now = group.measure("上年数"), group.measure("预算", "决算")
    if budget is not None and spent is not None:
        return _difference(desk, group, spent, budget, budget.measure)
    if prior is not None and now is not None and group.measure("增减额") is None:
        return _difference(desk, group, now, prior, "上年")
    return None


def _difference(desk: Desk, group: Group, a: Fact, b: Fact, base: str) -> Sentence | None:
    """「决算比年初预算少50万元（350万元 − 400万元）」."""
    if a.unit != b.unit or a.value == b.value:
        return None
    result = a.value - b.value
    label = desk.cite(group, [a, b])[0]
    value = plain(abs(result))
    larger, smaller = sorted((a, b), key=lambda fact: -fact.value)
    shown = f"{wording.figure(larger)} − {wording.figure(smaller)}"
    text = f"{a.measure}比{base}{'多' if result > 0 else '少'}{value}{a.unit}（{shown}）。"
    terms = (Term(label, a.printed, a.unit), Term(label, b.printed, b.unit))
    return Sentence(text, (label,), (Derivation(value, a.unit, Operation.DIFFERENCE, terms),))


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


def _ratio(desk: Desk, group: Group, pair: tuple[Fact, Fact | None], operation: Operation, words: str) -> Sentence | None:
    a, b = pair
    if b is None or b.value == 0:
        return None
    label = desk.cite(group, [a, b])[0]
    value = wording.percent(100 * a.value / b.value)
    text = f"{words}{value}%（{wording.figure(a)} ÷ {wording.figure(b)}）。"
    terms = (Term(label, a.printed, a.unit), Term(label, b.printed, b.unit))
    return Sentence(text, (label,), (Derivation(value, "%", operation, terms),))


def prior_total(desk: Desk, group: Group) -> list[Sentence]:
    """The prior year's total from this year's and the change, where the prior year is asked for and not printed."""
    change, now = group.measure("增减额"), group.measure("决算", "预算", "年初预算")
    if group.measure("上年数") or not change or not now or change.unit != now.unit or not group.info.year:
        return []
    label = desk.cite(group, [now, change])[0]
    result = now.value - change.value
    value, sign = plain(result), "−" if change.value > 0 else "+"
    text = f"推算{group.info.year - 1}年{group.item}为{value}{now.unit}（{wording.figure(now)} {sign} {wording.figure(change)}）。"
    operation = Operation.DIFFERENCE if change.value > 0 else Operation.SUM
    terms = (Term(label, now.printed, now.unit), Term(label, change.printed, change.unit))
    return [Sentence(text, (label,), (Derivation(value, now.unit, operation, terms),))]


def share(desk: Desk, group: Group) -> list[Sentence]:
    """The item's share of a total, where one is asked for and none is printed."""
    # In 「差旅费占公用经费多少」 only the first item is a part; what is named after it is what it is a part of.
    first_item = desk.plan.items[0].names if desk.plan.items else (group.item,)
    if "占比" not in desk.plan.measures or group.measure("占比") or group.item not in first_item:
        return []
    now = group.measure("决算", "预算", "年初预算")
    total = _total(desk, group.info, now) if now else None
    if now is None or total is None or total.value == 0 or total.item == group.item or yuan(total) == yuan(now):
        return []
    first = desk.cite(group, [now])[0]
    second = desk.book.cite(group.info, total.where, total.place, facts=[total])
    value = wording.percent(100 * yuan(now) / yuan(total))
    text = f"{group.item}（{wording.figure(now)}）占{total.item}（{wording.figure(total)}）的{value}%。"
    terms = (Term(first, now.printed, now.unit), Term(second, total.printed, total.unit))
    return [Sentence(text, (first, second), (Derivation(value, "%", Operation.SHARE, terms),))]


def _total(desk: Desk, info: DocumentInfo, part: Fact) -> Fact | None:
    """The total that a share is taken of: one named in the question, else the year's expenditure."""
    facts = [f for f in desk.material.facts(info.doc) if f.measure in (part.measure, "决算", "预算") and f.unit in YUAN and f.value]
    named = {name for m in (*desk.plan.whole, *desk.plan.items) for name in m.names} - {part.item}
    for wanted in (named, {"本年支出合计"}, {"一般公共预算财政拨款支出"}, {"支出总计"}, {"收入总计、支出总计"}):
        found = [f for f in facts if f.item in wanted and abs(f.value) >= abs(part.value)]
        if found:
            return max(found, key=lambda f: (f.measure == part.measure, f.source == "text", f.unit == part.unit))
    return None


def yuan(fact: Fact) -> Decimal:
    """The figure in 元; other units as they are."""
    return fact.value * YUAN.get(fact.unit, Decimal(1))
