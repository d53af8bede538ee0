"""Names as documents print them and as they are called, and the figures that are another item's or another year's."""

import pytest

from service.facts.model import naming
from service.facts.model.gates import Gate
from tests.unit.test_gates import _given


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("财政拨款收入总计", "财政拨款收、支总预算12.00万元"),
        ("财政拨款支出总计", "与上年相比,财政拨款收、支总计各增加2.00万元"),
        ("财政拨款支出总计", "财政拨款收入总计、支出总计均为12.00万元"),
        ("财政拨款收入总计", "财政拨款收入支出总计12.00万元"),
        ("财政拨款收入总计", "财政拨款收入预算总计12.00万元"),
        ("一般公共预算财政拨款收入", "一般公共预算收入12.00万元"),
        ("政府性基金预算财政拨款支出", "政府性基金支出预算0万元"),
        ("公务用车购置及运行维护费", "公务用车购置及运行费3.00万元"),
        ("公务用车购置费", "公务用车购置预算支出3.00万元"),
        ("编报绩效目标的项目", "编报绩效目标的2021年度项目4个"),
        ("其他采购项目中由小企业中标的采购金额", "在其他采购项目中,由小企业中标的,采购金额4.00万元"),
    ],
)
def test_one_name_printed_in_another_way(name: str, text: str) -> None:
    assert naming.tells(naming.forms(text), name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("财政拨款支出总计", "财政拨款收入总计12.00万元"),
        ("财政拨款支出", "财政拨款收、支总计12.00万元"),
        ("政府性基金预算财政拨款支出", "一般公共预算支出12.00万元"),
        ("一般公共预算财政拨款支出", "一般公共预算收入12.00万元"),
        ("公务用车购置费", "公务用车运行费3.00万元"),
    ],
)
def test_another_name_is_none(name: str, text: str) -> None:
    assert not naming.tells(naming.forms(text), name)


BOUGHT = "政府采购支出预算30万元，其中：拟采购货物支出9万元，购买服务21万元。"


@pytest.mark.parametrize(
    ("item", "printed", "stands"),
    [("政府采购货物支出", "9", True), ("政府采购服务支出", "21", True), ("政府采购工程支出", "9", False), ("政府采购服务支出", "9", False)],
)
def test_a_part_named_before_its_figure_of_a_whole_named_before(item: str, printed: str, stands: bool) -> None:
    quote = BOUGHT.removesuffix("。") if printed == "21" else BOUGHT[: BOUGHT.index("，购买")]
    assert bool(_given(BOUGHT, item, quote, ("预算", printed, "万元")).facts) is stands


@pytest.mark.parametrize(("measure", "stands"), [("上年数", True), ("执行数", False), ("决算", False)])
@pytest.mark.parametrize("last", ["2020年当年预算执行数为", "2020年决算", "上年执行数"])
def test_last_years_figure_by_its_year(measure: str, stands: bool, last: str) -> None:
    text = f"图书采购12.00万元，{last}10.00万元。"
    passed = _given(text, "图书采购", text[:-1], (measure, "10.00", "万元"))
    assert [f.year for f in passed.facts] == ([2020] if stands else [])
    assert [r.gate for r in passed.rejected] == ([] if stands else [Gate.MEASURE])


def test_a_figure_printed_for_both_years_is_either() -> None:
    text = "图书采购10.00万元，2020年当年预算执行数为10.00万元。"
    passed = _given(text, "图书采购", text[:-1], ("预算", "10.00", "万元"), ("上年数", "10.00", "万元"))
    assert [(f.measure, f.year) for f in passed.facts] == [("预算", 2021), ("上年数", 2020)]


TRIPS = "车辆运行费5.00万元，完成预算的50.00%；来客接待费2.00万元，完成预算的100.00%。"


@pytest.mark.parametrize(("item", "stands"), [("来客接待费", True), ("车辆运行费", False)])
def test_a_figure_after_another_item_with_one_of_its_own_is_that_items(item: str, stands: bool) -> None:
    passed = _given(TRIPS, item, TRIPS[:-1], ("完成率", "100.00", "%"))
    assert bool(passed.facts) is stands
    assert [r.gate for r in passed.rejected] == ([] if stands else [Gate.LABEL])


def test_after_its_parts_the_whole_is_compared_with_the_year_before() -> None:
    text = "财政拨款收入8.00万元，其中甲类拨款收入5.00万元、乙类拨款收入3.00万元，较上年6.00万元增加2.00万元。"
    assert _given(text, "财政拨款收入", text[:-1], ("上年数", "6.00", "万元")).rejected == ()
