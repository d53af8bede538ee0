"""Rows of charts and comparisons: amounts in one unit, of the document's own year, nothing that is not printed."""

from decimal import Decimal

import pytest

from service.facts.schema import (
    DisclosureRecord,
    Evidence,
    Expenditure,
    Figure,
    Identity,
    Item,
    Measures,
)
from ui import charts, figures, words


def figure(value: str, unit: str = "万元", year: int | None = 2024, measure: str = "决算") -> Figure:
    return Figure(
        measure=measure, value=Decimal(value), printed=value, unit=unit, decimals=2, year=year, scope="全部", column=None, source="table",
        where="公开03表", table=None, origin="rule", evidence=Evidence(page=3, quote=value, boxes=()),
    )  # fmt: skip


def item(name: str, code: str | None = None, level: str | None = "项", scope: str = "全部", **measures: tuple[Figure, ...]) -> Item:
    return Item.model_validate({"name": name, "code": code, "level": level, "scope": scope, "figures": Measures(**measures)})


def record(*functional: Item, kind: str = "final", year: int = 2024, kinds: tuple[Item, ...] = ()) -> DisclosureRecord:
    who = Identity.model_validate(
        {"doc": "d", "title": "", "org": "某局", "year": year, "kind": kind, "level": "", "digest": ""}
    )  # fmt: skip
    return DisclosureRecord(identity=who, expenditure=Expenditure(functional=functional, kinds=kinds))


def test_an_item_needs_a_budget_and_an_actual_figure() -> None:
    both = item("甲", initial_budget=(figure("10"),), actual=(figure("9"),))
    rows = figures.budget_and_actual(record(both, item("乙", actual=(figure("8"),)), item("丙", initial_budget=(figure("7"),))))
    assert [(r.item, r.series, r.amount.value) for r in rows] == [("甲", "预算", Decimal(10)), ("甲", "决算", Decimal(9))]


def test_another_year_and_another_unit_are_not_drawn() -> None:
    other = item("甲", initial_budget=(figure("10"),), actual=(figure("9", year=2023), figure("50", unit="%")))
    assert figures.budget_and_actual(record(other)) == []


def test_amounts_are_brought_to_one_unit_and_labelled_as_printed() -> None:
    rows = figures.structure(
        record(item("甲", level="类", actual=(figure("1234567.89", "元"),)), item("乙", level="类", actual=(figure("0.02", "亿元"),)))
    )
    assert [(r.item, r.amount.value, r.amount.printed) for r in rows] == [
        ("乙", Decimal("200.00"), "0.02亿元"),
        ("甲", Decimal("123.456789"), "1234567.89元"),
    ]


def test_one_kind_of_money_makes_up_the_structure() -> None:
    other = item("甲", level="类", scope="财政拨款", actual=(figure("4"),))
    made = record(item("甲", level="类", actual=(figure("5"),)), item("乙", level="类", actual=(figure("3"),)), other)
    assert [(r.item, r.amount.value) for r in figures.structure(made)] == [("甲", Decimal(5)), ("乙", Decimal(3))]


def test_a_single_class_is_told_by_its_items_and_none_by_the_kinds() -> None:
    one = record(item("类", level="类", actual=(figure("9"),)), item("甲", actual=(figure("5"),)), item("乙", actual=(figure("4"),)))
    assert [r.item for r in figures.structure(one)] == ["甲", "乙"]
    kinds = record(kinds=(item("基本支出", level=None, actual=(figure("2"),)), item("项目支出", level=None, actual=(figure("3"),))))
    assert [r.item for r in figures.structure(kinds)] == ["项目支出", "基本支出"]
    assert figures.structure(record()) == []


def test_items_are_compared_by_code_within_one_kind_of_money() -> None:
    before = record(item("旧名", "2101103", actual=(figure("400"),)), item("乙", "2101501", scope="财政拨款", actual=(figure("1"),)))
    new, same = (figure("3500000", "元", 2025, "预算"),), (figure("2", year=2025),)
    after = record(item("新名", "2101103", budget=new), item("乙", "2101501", budget=same), kind="budget", year=2025)
    (pair,) = figures.pairs(before, after)
    assert (pair.item, pair.difference, pair.rate) == ("新名", Decimal("-50"), Decimal("-12.5"))


def test_a_base_of_zero_has_no_rate() -> None:
    (pair,) = figures.pairs(record(item("甲", actual=(figure("0.00"),))), record(item("甲", actual=(figure("2"),))))
    assert pair.rate is None


def test_a_chart_carries_the_printed_figures_and_an_axis_with_its_unit() -> None:
    rows = figures.budget_and_actual(record(item("甲", initial_budget=(figure("10.00"),), actual=(figure("9.50"),))))
    spec = charts.bars(rows, "预算与决算", ("甲局", "说明"))
    assert spec is not None
    assert [v["printed"] for v in spec["data"]["values"]] == ["10.00万元", "9.50万元"]
    assert spec["encoding"]["x"]["axis"]["title"] == "金额（万元）"
    assert spec["description"] == "甲局：说明"
    assert charts.bars([], "", ("", "")) is None


def test_a_word_without_english_is_an_error() -> None:
    with pytest.raises(words.UntranslatedError):
        words.say("没有译文的话")


def test_both_languages_have_the_same_blanks() -> None:
    import string

    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert {zh: en for zh, en in words.ENGLISH.items() if blanks(zh) != blanks(en)} == {}


def test_values_in_words_are_escaped_in_both_languages() -> None:
    html = words.say("「{org}」的另一份文件，可在上面选来比较。", org='<b a="1">')
    assert "<b" not in html
    assert html.count("&lt;b a=&quot;1&quot;&gt;") == 2
