"""Which columns of a table are codes, names and figures, and what names a row."""

import pytest

from service.facts import lanes, rules
from service.records import Kind
from tests.support.made import document, table


def test_two_panels() -> None:
    columns = ("收入/项目", "收入/决算数", "支出/项目", "支出/决算数")
    panels = lanes.panels(table("收入支出决算总表", columns, [("一、财政拨款收入", "1.00", "一、教育支出", "2.00")]))
    assert [(lane.names, lane.figures, lane.side) for lane in panels.lanes] == [((0,), (1,), "收入"), ((2,), (3,), "支出")]
    assert panels.start == 0


@pytest.mark.parametrize(
    ("row", "code", "name", "ordinal"),
    [
        (("2101501", "行政运行", "1.00"), "2101501", "行政运行", ""),
        (("", "一、卫生健康支出", "1.00"), "", "卫生健康支出", "一、"),
        (("", "其中：基本工资", "1.00"), "", "基本工资", "其中:"),
        (("", "（一）财政拨款", "1.00"), "", "财政拨款", "(一)"),
        (("合计", "", "1.00"), "", "合计", ""),
    ],
)
def test_label(row: tuple[str, ...], code: str, name: str, ordinal: str) -> None:
    made = table(
        "支出决算表",
        ("项目/科目编码", "项目/科目名称", "合计"),
        [("2101501", "行政运行", "1.00"), ("21015", "医疗保障管理事务", "1.00"), row],
    )
    (lane,) = lanes.panels(made).lanes
    assert lanes.label(made.rows[2], lane) == lanes.Label(code, name, ordinal)


def test_a_code_before_the_name_in_one_cell() -> None:
    made = table("支出决算表", ("项目", "合计"), [("2101501 行政运行", "1.00")])
    (lane,) = lanes.panels(made).lanes
    assert lanes.label(made.rows[0], lane) == lanes.Label("2101501", "行政运行", "")


@pytest.mark.parametrize(
    ("head", "is_amount"), [("支出/决算数", True), ("完成率", False), ("编制/人数", False), ("增减%", False), ("合计", True)]
)
def test_amounts(head: str, is_amount: bool) -> None:
    assert lanes.is_amount(head) is is_amount


def test_units_by_their_codes_and_a_total_printed_under_the_code() -> None:
    rows = [("合计", "", "50.00", "45.00"), ("301001", "县残联本级", "30.00", "25.00"), ("301002", "康复中心", "20.00", "20.00")]
    made = table("2024年部门收入预算总表", ("单位/单位代码", "单位/单位名称", "总计", "一般公共预算"), rows)
    found = rules.read(document((), [made], kind=Kind.BUDGET, year=2024))
    assert [(f.item, f.code, f.column, str(f.value)) for f in found.facts] == [
        ("合计", None, "总计", "50.00"),
        ("合计", None, "一般公共预算", "45.00"),
        ("县残联本级", None, "总计", "30.00"),
        ("县残联本级", None, "一般公共预算", "25.00"),
        ("康复中心", None, "总计", "20.00"),
        ("康复中心", None, "一般公共预算", "20.00"),
    ]


def test_a_total_printed_under_the_numbers_of_lines() -> None:
    made = table(
        "2024年部门项目支出表", ("序号", "项目名称", "合计"), [("合计", "", "7.00"), ("1", "精准康复", "4.00"), ("2", "辅具适配", "3.00")]
    )
    found = rules.read(document((), [made], kind=Kind.BUDGET, year=2024))
    assert [(f.item, str(f.value)) for f in found.facts] == [("合计", "7.00"), ("精准康复", "4.00"), ("辅具适配", "3.00")]


def test_a_three_public_table_of_a_budget() -> None:
    rows = [("合计", "9.70", "8.60"), ("公务接待费", "2.90", "2.60")]
    made = table("2024年一般公共预算“三公”经费支出表", ("项目", "2023年预算数", "2024年预算数"), rows)
    found = rules.read(document((), [made], kind=Kind.BUDGET, year=2024))
    assert [(f.item, f.measure, f.year, str(f.value)) for f in found.facts] == [
        ("合计", "预算", 2023, "9.70"),
        ("合计", "预算", 2024, "8.60"),
        ("公务接待费", "预算", 2023, "2.90"),
        ("公务接待费", "预算", 2024, "2.60"),
    ]


def test_what_a_row_is_stands_under_the_projects_name_not_under_the_bodys() -> None:
    rows = [
        ("县文化馆小计", "", "", "50.00", "45.00"),
        ("县文化馆", "2070109", "剧目排演", "50.00", "45.00"),
        ("县美术馆", "2070104", "馆藏修复", "20.00", "20.00"),
        ("", "2070104", "展览布置", "10.00", "8.00"),
    ]
    made = table("部门预算项目支出预算表", ("预算单位", "功能科目编码", "项目名称", "合计", "财政拨款/一般公共预算"), rows)
    found = rules.read(document((), [made], kind=Kind.BUDGET, year=2024))
    assert [f.item for f in found.facts if f.column == "合计"] == ["县文化馆小计", "剧目排演", "馆藏修复", "展览布置"]
