"""Facts of the two documents, taken from the books: what a reader of the printed pages should find (a planted figure as printed)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samples import book, forms
from samples.book import BUDGET, FINAL, ITEMS, Item, Pair
from samples.money import WAN, cents, percent, plain, total
from samples.subjects import ECONOMIC

TOTALS, SPENDING = "一、收入支出决算总体情况说明", "三、支出决算情况说明"
FISCAL, GENERAL = "四、财政拨款收入支出决算总体情况说明", "五、一般公共预算财政拨款支出决算情况说明"
THREE, OFFICE = "九、财政拨款“三公”经费及会议费、培训费支出决算情况说明", "十、机关运行经费支出情况说明"
BUYING, RESULTS = "十一、政府采购支出情况说明", "十三、预算绩效情况说明"
NEXT_GENERAL = "五、一般公共预算支出预算情况说明"

PRINTED = {
    (FINAL, "收入总计", "增减率", TOTALS): ("39.1", "%"),
    (FINAL, "支出总计", "增减率", TOTALS): ("39.1", "%"),
    (FINAL, "医疗保障经办事务", "完成率", GENERAL): ("93.40", "%"),
    (FINAL, "卫生健康支出", "决算", "公开05表"): ("1208.84", "万元"),
    (FINAL, "培训费", "决算", THREE): ("4.85", "万元"),
    (FINAL, "培训费", "完成率", THREE): ("97.00", "%"),
    (FINAL, "培训费", "增减额", THREE): ("0.49", "万元"),
    (FINAL, "培训费", "增减率", THREE): ("11.24", "%"),
    (FINAL, "医保基金监管", "得分", RESULTS): ("98.63", "分"),
    (FINAL, "医保基金监管", "得分", "医保基金监管项目绩效自评表"): ("98.63", "分"),
    (BUDGET, "“三公”经费", "预算", "七、“三公”经费及会议费、培训费预算情况说明"): ("6.80", "万元"),
    (BUDGET, "信息化建设", "预算", NEXT_GENERAL): ("52.00", "元"),
}
"""What the planted slips make of a fact: (document, item, measure, where) → (value, unit)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a run of facts stands: document, section or table, and the table's column."""

    doc: str
    where: str
    column: str | None = None

    def fact(self, item: str, measure: str, value: str, unit: str = "万元", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the fields of a JSON record
        """One record of facts.jsonl."""
        slipped = PRINTED.get((self.doc, item, measure, self.where))
        if slipped is not None and self.column in (None, "小计", "总分"):
            value, unit = slipped
        return {
            "doc": self.doc, "item": item, "code": None, "measure": measure, "value": value, "unit": unit,
            "source": "table" if self.column else "text", "where": self.where, "column": self.column,
            "year": 2024 if self.doc == FINAL else 2025,
        } | more  # fmt: skip


def records() -> Iterator[dict[str, Any]]:
    """All of them, by document and section."""
    yield from _totals()
    yield from _items()
    yield from _pairs()
    yield from _others()
    yield from _final_tables()
    yield from _budget()


def _change(spot: Spot, item: str, now: Decimal, before: Decimal) -> Iterator[dict[str, Any]]:
    direction = "增加" if now > before else "减少"
    yield spot.fact(item, "增减额", plain(abs(now - before)), direction=direction)
    yield spot.fact(item, "增减率", percent(abs(now - before), before)[:-1], "%", direction=direction)


def _totals() -> Iterator[dict[str, Any]]:
    for where, names, now, before in (
        (TOTALS, ("收入总计", "支出总计"), book.TOTAL, book.TOTAL_2023),
        (FISCAL, ("财政拨款收入总计", "财政拨款支出总计"), book.FISCAL_TOTAL, book.FISCAL_2023),
    ):
        for name in names:
            yield Spot(FINAL, where).fact(name, "决算", plain(now))
            yield from _change(Spot(FINAL, where), name, now, before)
    spot = Spot(FINAL, SPENDING)
    for name, amount in (("基本支出", book.SPENT_BASIC), ("项目支出", book.SPENT_PROJECTS)):
        yield spot.fact(name, "决算", plain(amount))
        yield spot.fact(name, "占比", percent(amount, book.SPENT)[:-1], "%")


def _items() -> Iterator[dict[str, Any]]:
    spot = Spot(FINAL, GENERAL)
    yield spot.fact("一般公共预算财政拨款支出", "年初预算", plain(book.GENERAL_START))
    yield spot.fact("一般公共预算财政拨款支出", "决算", plain(book.GENERAL))
    yield spot.fact("一般公共预算财政拨款支出", "完成率", percent(book.GENERAL, book.GENERAL_START)[:-1], "%")
    for i in ITEMS:
        yield spot.fact(i.name, "年初预算", plain(i.start), code=i.code)
        yield spot.fact(i.name, "决算", plain(i.spent), code=i.code)
        if i.start:
            yield spot.fact(i.name, "完成率", percent(i.spent, i.start)[:-1], "%", code=i.code)


def _pairs() -> Iterator[dict[str, Any]]:
    for name, pair in (
        ("“三公”经费", book.THREE),
        ("公务用车运行维护费", book.CAR),
        ("公务接待费", book.GUESTS),
        ("会议费", book.MEETINGS),
        ("培训费", book.TRAINING),
    ):
        yield from _pair(Spot(FINAL, THREE), name, pair)
    yield from _pair(Spot(FINAL, OFFICE), "机关运行经费", book.OFFICE)


def _pair(spot: Spot, name: str, pair: Pair) -> Iterator[dict[str, Any]]:
    yield spot.fact(name, "预算", plain(pair.budget))
    yield spot.fact(name, "决算", plain(pair.spent))
    yield spot.fact(name, "完成率", percent(pair.spent, pair.budget)[:-1], "%")
    yield from _change(spot, name, pair.spent, pair.before)


def _others() -> Iterator[dict[str, Any]]:
    spot = Spot(FINAL, BUYING)
    yield spot.fact("政府采购支出", "决算", plain(book.GOODS + book.WORKS + book.SERVICES))
    yield spot.fact("政府采购货物支出", "决算", plain(book.GOODS))
    yield spot.fact("政府采购服务支出", "决算", plain(book.SERVICES))
    spot = Spot(FINAL, RESULTS)
    yield spot.fact("部门整体支出", "得分", forms.points(forms.WHOLE_SCORE), "分")
    for p in forms.PROJECTS:
        yield spot.fact(p.name, "得分", forms.points(p.score), "分")
        yield spot.fact(p.name, "全年预算", plain(p.year))
        yield spot.fact(p.name, "执行数", plain(p.spent))
        yield Spot(FINAL, f"{p.name}项目绩效自评表", "总分").fact(p.name, "得分", forms.points(p.score), "分")
    spot = Spot(FINAL, "三、部门人员情况")
    yield spot.fact("人员编制", "人数", "42", "人")
    yield spot.fact("实有人员", "人数", "38", "人")


def _final_tables() -> Iterator[dict[str, Any]]:
    for n in book.tree(ITEMS):
        basic, project = total(i.basic for i in n.items), total(i.project for i in n.items)
        for column, amount in (("小计", basic + project), ("基本支出", basic), ("项目支出", project)):
            if amount:
                yield Spot(FINAL, "公开05表", column).fact(n.name, "决算", plain(amount), code=n.code)
    for code, amount in book.LINES_2024.items():
        yield Spot(FINAL, "公开06表", "决算数").fact(ECONOMIC[code], "决算", plain(amount), code=code)


def _budget() -> Iterator[dict[str, Any]]:
    text, table = Spot(BUDGET, NEXT_GENERAL), "表5"
    for i in ITEMS:
        if i.next:
            yield text.fact(i.name, "预算", plain(i.next / WAN), code=i.code)
            yield from _last_year(i)
            yield Spot(BUDGET, table, "2025年预算数/小计").fact(i.name, "预算", f"{cents(i.next):f}", "元", code=i.code)
    for where, name, amount in (
        ("一、部门收支预算总体情况说明", "收入总预算", book.NEXT_TOTAL / WAN),
        ("七、“三公”经费及会议费、培训费预算情况说明", "“三公”经费", book.THREE.next),
        ("十、机关运行经费预算情况说明", "机关运行经费", book.OFFICE.next),
    ):
        yield Spot(BUDGET, where).fact(name, "预算", plain(amount))


def _last_year(entry: Item) -> Iterator[dict[str, Any]]:
    yield Spot(BUDGET, "表5", "2024年预算数").fact(entry.name, "预算", f"{cents(entry.start * WAN):f}", "元", code=entry.code, year=2024)
