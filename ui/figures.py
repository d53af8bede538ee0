"""A disclosure's record → the rows of its charts and of its comparison with another one. Amounts in 万元; nothing is guessed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.facts.schema import DisclosureRecord, Figure, Item
from service.records import Kind
from service.text import normal

UNITS = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
"""万元 in one of each; other units are no money."""
MOST_ITEMS = 12
"""Items of one chart: more are not taken in at a glance."""
_SCOPES = ("全部", "财政拨款", "一般公共预算财政拨款")
"""Widest first: where one item is printed for several kinds of money."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount of money: in 万元, as printed, and where (`page` from 1)."""

    value: Decimal
    printed: str
    page: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it is about, which series it belongs to, its length."""

    item: str
    series: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Pair:
    """One item in two documents."""

    code: str | None
    item: str
    scope: str
    level: str
    before: Amount
    after: Amount

    @property
    def difference(self) -> Decimal:
        """After − before, in 万元."""
        return self.after.value - self.before.value

    @property
    def rate(self) -> Decimal | None:
        """The difference as percentage of `before`; None for a base of zero."""
        return self.difference / self.before.value * 100 if self.before.value else None


def budget_and_actual(record: DisclosureRecord) -> list[Bar]:
    """Two bars for each item with a budget and an actual figure, greatest first: 项 of 功能分类, else “三公”经费."""
    for items in (record.expenditure.functional, _three_public(record)):
        found: dict[str, tuple[Amount, Amount]] = {}
        for item in items:
            budget, actual = _budget(item), _first(item.figures.actual, record)
            if budget and actual and (item.level in ("项", None)) and (budget.value or actual.value):
                found.setdefault(item.name, (budget, actual))
        if found:
            top = sorted(found.items(), key=lambda pair: -max(a.value for a in pair[1]))[:MOST_ITEMS]
            return [bar for name, (budget, actual) in top for bar in (Bar(name, "预算", budget), Bar(name, "决算", actual))]
    return []


def structure(record: DisclosureRecord) -> list[Bar]:
    """One bar an item of the widest kind of money: 类 of 功能分类, or its 项 where there is but one 类, or 基本、项目支出."""
    series = "决算" if Kind(record.identity.kind) is Kind.FINAL else "预算"
    functional = record.expenditure.functional
    for items in (
        [i for i in functional if i.level == "类" or (i.level is None and not i.parents)],
        [i for i in functional if i.level == "项"],
        record.expenditure.kinds,
    ):
        for scope in _SCOPES:
            found: dict[str, Amount] = {}
            for item in items:
                amount = _main(item, record)
                if item.scope == scope and amount and amount.value:
                    found.setdefault(item.name, amount)
            if len(found) > 1:
                top = sorted(found.items(), key=lambda pair: -pair[1].value)[:MOST_ITEMS]
                return [Bar(name, series, amount) for name, amount in top]
    return []


def pairs(before: DisclosureRecord, after: DisclosureRecord) -> list[Pair]:
    """The items that both documents print for the same kind of money, in the later one's order: by code, or by name where it has none."""
    earlier = {key: (item, amount) for key, item, amount in _keyed(before)}
    found: dict[tuple[str, str], Pair] = {}
    for key, item, amount in _keyed(after):
        if key in earlier and key not in found:
            found[key] = Pair(item.code, item.name, item.scope or "", item.level or "", earlier[key][1], amount)
    return [pair for pair in found.values() if pair.before.value or pair.after.value]


def compared(found: Sequence[Pair], names: tuple[str, str]) -> list[Bar]:
    """Two bars for each of the greatest items of the lowest level, of the widest kind of money that has any."""
    for level in ("项", "类", ""):
        for scope in (*_SCOPES, ""):
            chosen = [p for p in found if p.level == level and p.scope == scope]
            if len(chosen) > 1:
                top = sorted(chosen, key=lambda p: -max(p.before.value, p.after.value))[:MOST_ITEMS]
                return [bar for p in top for bar in (Bar(p.item, names[0], p.before), Bar(p.item, names[1], p.after))]
    return []


def _keyed(record: DisclosureRecord) -> Iterator[tuple[tuple[str, str], Item, Amount]]:
    for item in _items(record):
        amount = _main(item, record)
        if amount is not None:
            yield (item.code or normal(item.name), item.scope or ""), item, amount


def _items(record: DisclosureRecord) -> Iterator[Item]:
    yield from record.totals
    yield from record.expenditure.kinds
    yield from record.expenditure.functional
    yield from record.expenditure.economic
    yield from _three_public(record)
    yield from record.running_costs


def _three_public(record: DisclosureRecord) -> list[Item]:
    three = record.three_public
    groups = (three.total, three.abroad, three.vehicles, three.vehicle_purchase, three.vehicle_running, three.reception)
    return [item for group in (*groups, three.meetings, three.training) for item in group]


def _main(item: Item, record: DisclosureRecord) -> Amount | None:
    """What the document is about: the actual figure of a final account, the budget of a budget."""
    return _first(item.figures.actual, record) if Kind(record.identity.kind) is Kind.FINAL else _budget(item, record)


def _budget(item: Item, record: DisclosureRecord | None = None) -> Amount | None:
    measures: Iterable[tuple[Figure, ...]] = (item.figures.initial_budget, item.figures.budget, item.figures.full_budget)
    return next((amount for figures in measures if (amount := _first(figures, record))), None)


def _first(figures: Sequence[Figure], record: DisclosureRecord | None) -> Amount | None:
    """The first printing in money, of the document's own year where the year is known."""
    year = record.identity.year if record else None
    return next((_amount(f) for f in figures if f.unit in UNITS and (year is None or f.year in (None, year))), None)


def _amount(figure: Figure) -> Amount:
    return Amount(figure.value * UNITS[figure.unit], f"{figure.printed}{figure.unit}", figure.evidence.page)
