"""Totals of the statutory narrative, their shares, and what they are compared with."""

import pytest

from service import contract
from service.records import Kind
from tests.support.narrative import FIVE, OVERALL, read, rows


@pytest.mark.parametrize(
    "head",
    [
        "2023年度收入总计、支出总计均为657.63万元，与上年相比收入总计、支出总计均",
        "某局2023年度收入支出总计657.63万元。与2022年度相比，收入支出总计",
        "2023年度收、支总计均为657.63万元。与上年度相比，收、支总计各",
    ],
)
def test_both_totals_at_once(head: str) -> None:
    found = read(f"{head}增加408.45万元，增长163.92%。", section=("二", "一、收入支出决算总体情况说明"))
    assert rows(found) == [
        (item, measure, value, unit)
        for measure, value, unit in (("决算", "657.63", "万元"), ("增减额", "408.45", "万元"), ("增减率", "163.92", "%"))
        for item in ("收入总计", "支出总计")
    ]


def test_a_decrease_is_negative() -> None:
    found = read(
        "机关运行经费支出42.74万元，比2022年度下降1.39万元，下降3.15%，主要原因是压缩经费。", section=("二", "十、机关运行经费支出情况说明")
    )
    assert rows(found) == [
        ("机关运行经费", "决算", "42.74", "万元"),
        ("机关运行经费", "增减额", "-1.39", "万元"),
        ("机关运行经费", "增减率", "-3.15", "%"),
    ]
    assert found.reasons[0].about == "比上年减少"


def test_shares_of_a_list() -> None:
    found = read(
        "本年收入合计657. 63万元，其中：财政拨款收入657. 62万元，占100%；其他收入0. 01万元，占0. 002%。",
        section=("二", "二、收入决算情况说明"),
    )
    assert rows(found) == [
        ("本年收入合计", "决算", "657.63", "万元"),
        ("财政拨款收入", "决算", "657.62", "万元"),
        ("财政拨款收入", "占比", "100", "%"),
        ("其他收入", "决算", "0.01", "万元"),
        ("其他收入", "占比", "0.002", "%"),
    ]


def test_the_years_own_budget_is_no_figure_of_the_year_before() -> None:
    found = read("行政运行支出决算80万元，比2023年年初预算75万元增加5万元。", section=FIVE)
    assert ("上年数", "75") not in [(f.measure, str(f.value)) for f in found.facts]


def test_the_base_of_a_comparison_may_name_the_item() -> None:
    text = "2025年“三公”经费财政拨款预算58.64万元，比2024年“三公”经费财政拨款预算97.86万元减少39.22万元，下降40.08%。"
    found = read(text, section=("第二部分", "四、“三公”经费预算情况说明"), kind=Kind.BUDGET, year=2025)
    assert [(f.measure, str(f.value), f.year) for f in found.facts] == [
        ("预算", "58.64", 2025),
        ("上年数", "97.86", 2024),
        ("增减额", "-39.22", 2025),
        ("增减率", "-40.08", 2025),
    ]


@pytest.mark.parametrize(
    ("heading", "fund"), [("（一）收入支出决算总体情况说明", ""), ("（四）财政拨款收入支出决算总体情况说明", "财政拨款")]
)
def test_each_of_both_totals_changed_in_the_sentence_after(heading: str, fund: str) -> None:
    text = f"2023年度{fund}收入总计745.39万元，支出总计745.39万元。与2022年度相比，各增加40.15万元，增长5.69%。主要原因是：项目增加。"
    found = read(text, section=("第三部分", heading))
    totals = (f"{fund}收入总计", f"{fund}支出总计")
    assert [(f.item, f.measure, str(f.value)) for f in found.facts] == [
        (totals[0], "决算", "745.39"),
        (totals[1], "决算", "745.39"),
        *((item, "增减额", "40.15") for item in totals),
        *((item, "增减率", "5.69") for item in totals),
    ]


def test_after_a_list_the_comparison_is_the_wholes() -> None:
    text = "本单位2024年预算收入202.15万元，其中一般公共预算拨款收入202.15万元、政府性基金拨款收入0万元，较上年164.92万元增加37.23万元。"
    found = read(text, section=("二", "(一)收支预算总体情况"), kind=Kind.BUDGET, year=2024)
    assert [f.item for f in found.facts] == ["收入预算", "一般公共预算拨款收入", "政府性基金预算财政拨款收入", "收入预算", "收入预算"]


@pytest.mark.parametrize(("word", "value"), [("小于", "-29.65"), ("低于", "-29.65"), ("大于", "29.65")])
def test_how_much_less_than_last_year_is_a_change(word: str, value: str) -> None:
    found = read(
        f"公务接待费预算支出156.55万元，本年数{word}上年预算数29.65万元，主要原因是厉行节约。",
        section=("三", "十一、一般公共预算“三公”经费支出预算情况说明"),
        kind=Kind.BUDGET,
    )
    assert rows(found) == [("公务接待费", "预算", "156.55", "万元"), ("公务接待费", "增减额", value, "万元")]
    assert found.facts[1].year == 2023
    assert found.reasons[0].about == ("比上年增加" if word == "大于" else "比上年减少")


def test_less_than_the_budget_by_an_amount_is_neither_budget_nor_change() -> None:
    found = read("公务接待费支出决算6.55万元，决算数小于预算数29.65万元。", section=("三", "十一、“三公”经费支出决算情况说明"))
    assert rows(found) == [("公务接待费", "决算", "6.55", "万元"), ("公务接待费", "较预算增减额", "-29.65", "万元")]


def test_a_budget_less_than_the_outcome_is_no_distance_of_the_outcome() -> None:
    found = read("会议费支出决算6.55万元，预算数小于决算数1.05万元。", section=("三", "十一、会议费支出决算情况说明"))
    assert rows(found) == [("会议费", "决算", "6.55", "万元")]


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("其他资金收入预算总计", "其他资金收入"),
        ("财政专户管理资金收入预算总计", "财政专户管理资金收入"),
        ("政府性基金收入预算总计", "政府性基金预算财政拨款收入"),
        ("一般公共预算收入预算总计", "一般公共预算财政拨款收入"),
        ("财政拨款收入预算总计", "财政拨款收入总计"),
        ("收入预算总计", "收入总计"),
        ("本部门收入预算总计", "收入总计"),
    ],
)
def test_the_total_of_one_kind_of_money_is_not_the_total(printed: str, item: str) -> None:
    found = read(f"2．{printed}14.39万元。与上年相比减少0.61万元。主要是因绩效工资减少。", section=OVERALL, kind=Kind.BUDGET)
    assert rows(found) == [(item, "预算", "14.39", "万元"), (item, "增减额", "-0.61", "万元")]
    assert [r.item for r in found.reasons] == [item]


def test_an_aside_about_last_year_is_not_this_years_budget() -> None:
    found = read(
        "单位预留机动经费预算数为2,388.04万元。与上年相比增加2,247.84万元（上年财政仅安排院本级预留机动140.2万元），增长16倍。",
        section=OVERALL,
        kind=Kind.BUDGET,
    )
    assert [f.printed for f in found.facts] == ["2,388.04", "2,247.84"]


def test_a_reason_for_no_change_takes_no_side() -> None:
    found = read("其他资金收入预算总计0万元。与上年相比增加（减少）0万元，主要原因是无此项收入。", section=OVERALL, kind=Kind.BUDGET)
    assert found.reasons[0].about == "与上年相比"


@pytest.mark.parametrize(
    ("said", "both"), [("收支较上年决算数减少6万元", True), ("收、支总计与上年相比减少6万元", True), ("支出较上年决算数减少6万元", False)]
)
@pytest.mark.parametrize("head", ["收入总计90万元，支出总计90万元。", "支出总计90万元。"])
def test_a_change_of_both_sides_is_each_ones(head: str, said: str, both: bool) -> None:
    found = read(f"2023年度{head}{said}。", section=("第三部分", "一、收入支出决算总体情况说明"))
    changed = {f.item: str(f.value) for f in found.facts if f.measure == "增减额"}
    sides = ("收入总计", "支出总计") if both else ("支出总计",)
    assert changed == dict.fromkeys(sides, "-6")


def test_the_contract_tells_what_a_change_is_against() -> None:
    found = read("培训费支出决算8.10万元，较年初预算减少1.90万元，较上年增加0.30万元。", section=("三", "十二、培训费支出决算情况说明"))
    told = [(f["measure"], f["value"], f["against"]) for f in contract.disclosure(found)["facts"]]
    assert told == [("决算", "8.10", None), ("增减额", "-1.90", "预算"), ("增减额", "0.30", None)]
