"""The one number parser: what is a figure, its unit and precision, and what is not."""

from decimal import Decimal

import pytest

from service import amounts
from service.amounts import Form


@pytest.mark.parametrize(
    ("text", "value", "unit", "decimals"),
    [
        ("支出决算350万元", "350", "万元", 0),
        ("收入2,995.39万元", "2995.39", "万元", 2),
        ("合计657. 63万元", "657.63", "万元", 2),
        ("占29.\n56%", "29.56", "%", 2),
        ("３．１亿元", "3.1", "亿元", 1),
        ("共82,096,797.42元", "82096797.42", "元", 2),
        ("提高1.2个百分点", "1.2", "百分点", 1),
        ("下降５４．９％", "54.9", "%", 1),
        ("编制20人", "20", "人", 0),
        ("27.45万人参保", "27.45", "万人", 2),
        ("合计657.63①万元", "657.63", "万元", 2),
    ],
)
def test_one_figure(text: str, value: str, unit: str, decimals: int) -> None:
    (found,) = amounts.figures(text)
    assert (found.value, found.unit, found.decimals) == (Decimal(value), unit, decimals)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2023年度收入", Form.YEAR),
        ("2021-2023年", Form.YEAR),
        ("财预〔2016〕143号", Form.DOCUMENT_NUMBER),
        ("第3条规定", Form.DOCUMENT_NUMBER),
        ("12月31日", Form.DATE),
        ("1. 行政运行", Form.LIST_NUMBER),
        ("（2）行政运行", Form.LIST_NUMBER),
        ("3、行政运行", Form.LIST_NUMBER),
        ("2101103公务员医疗补助", Form.CODE),
        ("指标1：办结率", Form.LIST_NUMBER),
    ],
)
def test_not_a_figure(text: str, form: Form) -> None:
    assert amounts.figures(text) == []
    assert form in {a.form for a in amounts.numbers(text)}


def test_range_is_the_source_text() -> None:
    text = "年初预算 400 万元，决算350万元"
    assert [text[a.start : a.end] for a in amounts.figures(text)] == ["400 万元", "350万元"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("657.63①", "657.63"),
        ("657.63¹²", "657.63"),
        ("657.63[¹]", "657.63"),
        ("657.63（注1）", "657.63"),
        ("(12.00) *", "-12.00"),
        ("2,995.39", "2995.39"),
        ("（12.00）", "-12.00"),
        ("(12.00)", "-12.00"),
        ("-3.5", "-3.5"),
        ("138.44%", "138.44"),
        ("０．９５", "0.95"),
    ],
)
def test_cell(cell: str, value: str) -> None:
    found = amounts.cell(cell)
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize("cell", ["", "—", "/", "--", "办公费", "5.58 5.58", "(12.00", "≥95%", "657.63 1", "100 200"])
def test_cell_without_a_figure(cell: str) -> None:
    assert amounts.cell(cell) is None


def test_blank_is_not_zero() -> None:
    assert amounts.is_absent("—")
    assert not amounts.is_absent("0.00")


@pytest.mark.parametrize(("numeral", "value"), [("三", 3), ("十", 10), ("十二", 12), ("二十六", 26), ("一百零五", 105), ("两", 2)])
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert amounts.chinese(numeral) == value


def test_chinese_counts() -> None:
    assert [(a.value, a.unit) for a in amounts.counts("包括两个单位、十二项工作，第三个不算")] == [(Decimal(2), "个"), (Decimal(12), "项")]


def test_same_amount_in_another_unit() -> None:
    assert amounts.same(Decimal("400"), "万元", Decimal("4000000.00"), "元")
    assert not amounts.same(Decimal("400"), "万元", Decimal("400"), "元")
    assert not amounts.same(Decimal("87.5"), "%", Decimal("87.5"), "万元")


def test_receptions_are_counted_in_batches_by_either_word() -> None:
    assert amounts.same(Decimal(21), "批次", Decimal(21), "批")
    assert not amounts.same(Decimal(21), "批次", Decimal(21), "人次")
    assert not amounts.same(Decimal(21), "批次", Decimal(12), "批")
