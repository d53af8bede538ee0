"""Cases of the rules across tables, on last year's document, and on prose beside the tables (see `examples_edges`)."""

from dataclasses import replace

from service.records import Kind
from service.statements import GENERAL
from tests.support.books import book, table
from tests.support.examples_edges import Case, beside_last_year, in_yuan, last_year, listed, plan, remark, told, twins
from tests.support.examples_narrative import item
from tests.support.specimens import (
    BASIC_ROWS,
    FISCAL_ROWS,
    FUNCTION_ROWS,
    TOTALS_ROWS,
    beside,
    changed,
    following,
    spending,
    stated,
    statements,
    with_public,
)

_UNEQUAL = changed(TOTALS_ROWS, 4, 3, "31.20")

_BASIC = "一般公共预算财政拨款基本支出决算表"

CASES: dict[str, Case] = {
    # C: across tables
    "an item not below its whole by one unit": ("C6", lambda: with_public("0.50", "0.51")),
    "an item above its whole by two units": ("C6", lambda: with_public("0.50", "0.52")),
    "an item above its whole in another precision": ("C6", lambda: with_public("0.5", "0.60")),
    "an item above its whole by more than that": ("C6", lambda: with_public("0.5", "0.61")),
    "an item in 元 not above its whole by its unit": ("C6", lambda: in_yuan("5100")),
    "an item in 元 above its whole by its unit": ("C6", lambda: in_yuan("5101")),
    "a basic table without a column of amounts": (
        "C6",
        lambda: book(
            tables=(
                table(_BASIC, ["科目编码", "科目名称", "人员经费"], [["30217", "公务接待费", "0.50"]], statement=_BASIC),
                with_public("0.50", "0.50").document.tables[1],
            )
        ),
    ),
    "a part that ties with the second line of its side": (
        "C7",
        lambda: plan(
            [["一、一般公共预算", "32.00", "本年支出", "30.00"], ["收入总计", "32.00", "支出总计", "32.00"]], "32.00", "0.00", "0.00"
        ),
    ),
    "a part that ties with no line of its side": (
        "C7",
        lambda: plan(
            [["一、一般公共预算", "32.00", "本年支出", "30.00"], ["收入总计", "32.00", "支出总计", "32.00"]], "31.00", "0.00", "0.00"
        ),
    ),
    "money of one fund only": (
        "C7",
        lambda: plan([["一、一般公共预算", "30.00", "一、教育支出", "30.00"], ["收入总计", "30.00", "支出总计", "30.00"]], "31.00"),
    ),
    "money of another fund without its table": (
        "C7",
        lambda: plan(
            [
                ["一、一般公共预算", "30.00", "一、教育支出", "35.00"],
                ["二、政府性基金", "5.00", "", ""],
                ["收入总计", "35.00", "支出总计", "35.00"],
            ],
            "31.00",
        ),
    ),
    "a fund of nothing without its table": (
        "C7",
        lambda: plan(
            [
                ["一、一般公共预算", "30.00", "一、教育支出", "30.00"],
                ["二、政府性基金", "0.00", "", ""],
                ["收入总计", "30.00", "支出总计", "30.00"],
            ],
            "31.00",
        ),
    ),
    "income one unit from its table": ("C2", lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 1, "30.01"))),
    "a basic total one unit off": ("C4", lambda: statements(basic=changed(BASIC_ROWS, 2, 2, "18.01"))),
    # C8: last year
    "last year told by this year's change": (
        "C8",
        lambda: beside_last_year(told("决算", "30.00"), told("增减额", "5.00"), before=(last_year("25.00"),)),
    ),
    "last year told wrongly by this year's change": (
        "C8",
        lambda: beside_last_year(told("决算", "30.00"), told("增减额", "5.00"), before=(last_year("52.00"),)),
    ),
    "a change of another year": (
        "C8",
        lambda: beside_last_year(told("决算", "30.00"), replace(told("增减额", "5.00"), year=2021), before=(last_year("52.00"),)),
    ),
    "a change without its amount": ("C8", lambda: beside_last_year(told("增减额", "5.00"), before=(last_year("25.00"),))),
    "a budget beside last year's execution": (
        "C8",
        lambda: beside_last_year(
            told("上年数", "25.00", quote="比2022年执行数25.00"),
            before=(last_year("52.00", measure="预算"),),
            kind=Kind.BUDGET,
        ),
    ),
    "a final account beside last year's execution": (
        "C8",
        lambda: beside_last_year(told("上年数", "25.00", quote="比2022年执行数25.00"), before=(last_year("25.00"),)),
    ),
    "last year twice with two figures": (
        "C8",
        lambda: beside_last_year(told("上年数", "25.00"), before=(last_year("52.00"), last_year("53.00"))),
    ),
    "last year under another code": (
        "C8",
        lambda: beside_last_year(told("上年数", "25.00", code="2101101"), before=(last_year("52.00", code="2101102"),)),
    ),
    "the year before last": ("C8", lambda: beside_last_year(told("上年数", "25.00"), before=(last_year("25.00"),), year=2021)),
    "last year's document alone": ("C8", lambda: following("249.18")),
    # D: prose and tables
    "the total of the other side": ("D1", lambda: beside(statements(totals=_UNEQUAL), stated("支出总计", "31.20"))),
    "the total of its own side": ("D1", lambda: beside(statements(totals=_UNEQUAL), stated("收入总计", "31.00"))),
    "the fiscal total of the other side": (
        "D1",
        lambda: beside(statements(fiscal=changed(FISCAL_ROWS, 3, 3, "30.20")), stated("财政拨款支出总计", "30.20")),
    ),
    "a figure ten thousand times too small": ("G1", lambda: beside(spending(), stated("本年支出合计", "0.0030"))),
    "a figure cut off by less than its unit": (
        "D1",
        lambda: beside(spending(changed(FUNCTION_ROWS, 0, 2, "30.008")), stated("本年支出合计", "30")),
    ),
    "a figure one unit off": ("D1", lambda: beside(spending(changed(FUNCTION_ROWS, 0, 2, "30.01")), stated("本年支出合计", "30"))),
    "a figure of another unit": (
        "D1",
        lambda: beside(spending(changed(FUNCTION_ROWS, 0, 2, "300049"), unit="元"), stated("本年支出合计", "30.00")),
    ),
    "a figure of another unit, rounded up": (
        "D1",
        lambda: beside(spending(changed(FUNCTION_ROWS, 0, 2, "300049"), unit="元"), stated("本年支出合计", "30.01")),
    ),
    "an item of two names by its parent": ("D2", lambda: twins("政府办公厅")),
    "an item of two names by another parent": ("D2", lambda: twins("人大事务")),
    "an item of two names by no parent": ("D2", lambda: twins("其他")),
    "an item whose parent is worded otherwise": (
        "D2",
        lambda: beside(item("20.00"), replace(stated("行政运行", "20.00", scope=GENERAL), path=("卫生健康支出", "其他"))),
    ),
    "an item without a scope, agreeing with one": ("D2", lambda: beside(item("20.00"), stated("行政运行", "25.00", code="2101501"))),
    "an item without a scope, agreeing with none": ("D2", lambda: beside(item("20.00"), stated("行政运行", "26.00", code="2101501"))),
    "listed items that are all filled": ("D3", lambda: listed(("人员经费11.00万元，主要包括：基本工资、津贴补贴、奖金。",))),
    "two listed items of three": ("D3", lambda: listed(("人员经费11.00万元，主要包括：基本工资、津贴补贴。",))),
    "listed items, one of them empty": (
        "D3",
        lambda: listed(("人员经费11.00万元，主要包括：基本工资、津贴补贴、奖金、退休费。",), ["30302", "退休费", ""]),
    ),
    "listed items, one empty and one filled that is not listed": (
        "D3",
        lambda: listed(
            ("人员经费11.00万元，主要包括：基本工资、津贴补贴、奖金、退休费。",), ["30302", "退休费", "0.00"], ["30309", "奖励金", "1.00"]
        ),
    ),
    "listed items, two of them empty": (
        "D3",
        lambda: listed(
            ("人员经费11.00万元，主要包括：基本工资、津贴补贴、奖金、退休费、离休费。",), ["30302", "退休费", ""], ["30301", "离休费", ""]
        ),
    ),
    "listed items, two of six empty": (
        "D3",
        lambda: listed(
            ("人员经费11.00万元，主要包括：基本工资、津贴补贴、奖金、绩效工资、退休费、离休费。",),
            ["30107", "绩效工资", "1.00"],
            ["30302", "退休费", ""],
            ["30301", "离休费", ""],
        ),
    ),
    "listed items whose empty one begins a paragraph": (
        "D3",
        lambda: listed(("人员经费11.00万元，主要包括：基本工资、津贴补贴、奖金、", "退休费。"), ["30302", "退休费", ""]),
    ),
    "listed items that go on in the next paragraph": (
        "D3",
        lambda: listed(("人员经费11.00万元，主要包括：基本工资、", "津贴补贴、奖金、退休费。", "其他。"), ["30302", "退休费", ""]),
    ),
    "a cell of another statement": ("D6", lambda: item("13.00")),
    "a remark of emptiness under figures": ("D7", lambda: remark("注：本表为空表。", ["", "合计", "7.50"])),
    "a remark of emptiness under none": ("D7", lambda: remark("注：本表为空表。", ["", "合计", ""])),
    "no fund under the heading of another": (
        "D7",
        lambda: remark("本部门无政府性基金预算财政拨款收支。", ["", "合计", ""], heading="八、国有资本经营预算财政拨款支出情况说明"),
    ),
}
