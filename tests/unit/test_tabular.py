"""Statutory tables and performance forms → facts."""

from decimal import Decimal

import pytest

from service.facts import fields, rules, tabular
from service.facts.headings import measure_of
from service.records import Disclosure, Fact, Kind, Table
from tests.support.made import document, table


def read(*tables: Table, kind: Kind = Kind.FINAL, year: int = 2023) -> Disclosure:
    return rules.read(document((), tables, kind=kind, year=year))


def one(found: Disclosure, item: str, column: str | None = None) -> Fact:
    facts = [f for f in found.facts if f.item == item and (column is None or f.column == column)]
    assert len(facts) == 1
    return facts[0]


def test_a_table_with_two_lanes() -> None:
    found = read(
        table(
            "收入支出决算总表",
            ("收入/项目/栏次", "收入/行次", "收入/决算数/1", "支出/项目/栏次", "支出/行次", "支出/决算数/2"),
            [
                ("一、一般公共预算财政拨款收入", "1", "657.62", "一、一般公共服务支出", "31", ""),
                ("八、其他收入", "8", "0.01", "九、卫生健康支出", "39", "657.63"),
                ("总计", "30", "657.63", "总计", "60", "657.63"),
            ],
            number="公开01表",
        )
    )
    assert [(f.item, str(f.value), f.column) for f in found.facts] == [
        ("一般公共预算财政拨款收入", "657.62", "决算数"),
        ("其他收入", "0.01", "决算数"),
        ("卫生健康支出", "657.63", "决算数"),
        ("收入总计", "657.63", "决算数"),
        ("支出总计", "657.63", "决算数"),
    ]
    health = one(found, "卫生健康支出")
    assert (health.where, health.measure, health.unit, health.source) == ("公开01表", "决算", "万元", "table")
    assert "其他收入" not in health.place.quote


def test_codes_in_three_columns_are_one_code() -> None:
    columns = ("项目/科目编码/类", "项目/科目编码/款", "项目/科目编码/项", "项目/科目名称", "合计", "基本支出", "项目支出")
    found = read(
        table(
            "2024年部门支出预算总表",
            columns,
            [
                ("201", "", "", "一般公共服务支出", "2,932,700", "0", "2,932,700"),
                ("201", "05", "", "统计信息事务", "257,700", "", "257,700"),
                ("201", "05", "07", "专项普查活动", "257,700", "-", "257,700"),
                ("", "", "", "合计", "156,211,123", "", ""),
            ],
            unit="元",
        ),
        kind=Kind.BUDGET,
        year=2024,
    )
    fact = one(found, "专项普查活动", "合计")
    assert (fact.code, fact.path, fact.unit, fact.measure) == ("2010507", ("一般公共服务支出", "统计信息事务"), "元", "预算")
    assert [f.column for f in found.facts if f.item == "专项普查活动"] == ["合计", "项目支出"]
    assert one(found, "合计").code is None


def test_blank_dash_and_line_numbers_are_no_facts() -> None:
    found = read(table("支出决算表", ("科目代码", "科目名称", "本年支出合计", "基本支出"), [("", "栏次", "1", "2"), ("", "合计", "—", "")]))
    assert found.facts == ()


def test_the_columns_fund_is_the_scope() -> None:
    columns = ("收入/项目", "收入/金额", "支出/项目", "支出/合计", "支出/一般公共预算财政拨款", "支出/政府性基金预算财政拨款")
    rows = [("一、一般公共预算财政拨款", "1.00", "八、卫生健康支出", "3.00", "1.00", "2.00")]
    found = read(table("财政拨款收入支出决算总表", columns, rows))
    assert one(found, "卫生健康支出", "合计").scope == "财政拨款"
    assert one(found, "卫生健康支出", "政府性基金预算财政拨款").scope == "政府性基金预算财政拨款"


def test_three_public_expenses_with_both_figures_per_item() -> None:
    columns = ("财政拨款“三公”经费/合计", "财政拨款“三公”经费/合计", "财政拨款“三公”经费/公务接待费", "财政拨款“三公”经费/公务接待费")
    rows = [("预算数", "决算数", "预算数", "决算数"), ("0.95", "0.10", "0.95", "0.10")]
    found = read(table("财政拨款“三公”经费支出决算表", columns, rows))
    assert [(f.item, f.measure, f.column, str(f.value)) for f in found.facts] == [
        ("“三公”经费", "预算", "预算数", "0.95"),
        ("“三公”经费", "决算", "决算数", "0.10"),
        ("公务接待费", "预算", "预算数", "0.95"),
        ("公务接待费", "决算", "决算数", "0.10"),
    ]


def test_three_public_expenses_with_a_row_per_measure() -> None:
    columns = ("项目/栏次", "财政拨款“三公”经费/合计/1", "会议费/7", "培训费/8")
    found = read(table("财政拨款“三公”经费及会议费、培训费支出决算表", columns, [("预算数", "", "", "0.38"), ("决算数", "", "", "0.20")]))
    assert [(f.item, f.measure, str(f.value)) for f in found.facts] == [("培训费", "预算", "0.38"), ("培训费", "决算", "0.20")]


def test_a_name_printed_over_two_lanes() -> None:
    columns = ("科目代码", "科目名称", "决算数", "科目代码", "科目名称", "决算数", "科目代码", "科目名称", "决算数")
    rows = [
        ("301", "工资福利支出", "191.15", "302", "商品和服务支出", "3.24", "307", "债务利息及费用支出", ""),
        ("30101", "基本工资", "58.45", "30201", "办公费", "2.05", "30701", "国内债务付息", ""),
        ("人员经费合计", "", "191.15", "公用经费合计", "", "", "", "", "3.24"),
    ]
    found = read(table("一般公共预算财政拨款基本支出决算表", columns, rows))
    assert one(found, "公用经费合计").value == Decimal("3.24")
    assert one(found, "办公费").code == "30201"


def test_a_column_with_a_year_of_its_own() -> None:
    found = read(
        table(
            "一般公共预算支出表",
            ("科目编码", "科目名称", "2024年预算数", "2025年预算数"),
            [("208", "社会保障和就业支出", "12.00", "13.00")],
        ),
        kind=Kind.BUDGET,
        year=2025,
    )
    assert [(f.year, str(f.value)) for f in found.facts] == [(2024, "12.00"), (2025, "13.00")]


def test_no_unit_no_fact() -> None:
    found = read(table("支出决算表", ("科目代码", "科目名称", "本年支出合计"), [("210", "卫生健康支出", "1.00")], unit=None))
    assert found.facts == ()
    assert "没有印出金额单位" in found.unread[0].reason


FORM = (
    ("项目名称", "项目名称", "医保档案管理", "医保档案管理", "医保档案管理", "医保档案管理", "医保档案管理"),
    ("项目资金（万元）", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）", "得分"),
)


def test_a_project_form() -> None:
    rows = [
        ("", "年度资金总额", "20.00", "20.00", "19.00", "95%", "9.5"),
        ("", "其中：当年财政拨款", "20.00", "20.00", "19.00", "95%", "—"),
        ("绩效指标", "一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("", "产出指标", "指标1：归档率", "≥99%", "98%", "20", "19"),
        ("总分", "", "", "", "", "100", "96"),
    ]
    made = table("医保档案管理项目绩效自评表", [""] * 7, rows, unit=None)
    found = read(Table(made.title, None, None, made.pages, FORM, made.columns, made.rows, statement=made.statement))
    whole = [(f.measure, str(f.value), f.unit, f.column) for f in found.facts if f.item == "医保档案管理"]
    assert whole == [
        ("年初预算", "20.00", "万元", "年初预算数"),
        ("全年预算", "20.00", "万元", "全年预算数（A）"),
        ("执行数", "19.00", "万元", "全年执行数（B）"),
        ("执行率", "95", "%", "执行率（B/A）"),
        ("得分", "9.5", "分", "得分"),
        ("分值", "100", "分", "总分"),
        ("得分", "96", "分", "总分"),
    ]
    indicator = [f for f in found.facts if f.item == "指标1：归档率"]
    assert [(f.measure, str(f.value)) for f in indicator] == [("分值", "20"), ("得分", "19")]
    assert indicator[0].path == ("医保档案管理", "产出指标")


def test_a_form_of_targets_prints_its_budget_beside_a_label() -> None:
    rows = [("项目年度预算（万元）", "61.50", "项目周期", "2025年1月至2025年12月"), ("立项依据", "某项目管理办法。", "", "")]
    header = (("项目名称", "档案修复", "预算单位", "局本级"),)
    made = table("档案修复项目绩效目标表", [""] * 4, rows, unit=None)
    form = Table(made.title, None, None, made.pages, header, made.columns, made.rows, statement=made.statement)
    found = read(form, kind=Kind.BUDGET, year=2025)
    assert [(f.item, f.measure, str(f.value), f.unit, f.column) for f in found.facts] == [
        ("档案修复", "预算", "61.50", "万元", "项目年度预算")
    ]


def test_measures_of_headers() -> None:
    assert measure_of("本年支出/年初预算数") == "年初预算"
    assert measure_of("支出/一般公共预算财政拨款") is None
    assert measure_of("比上年增减%") == "增减率"
    assert measure_of("上年决算数") == "上年数"


@pytest.mark.parametrize(
    ("head", "year"),
    [("2025年预算数比2024年预算数/增减额", 2025), ("2024年预算数", 2024), ("比2024年增减", 2024), ("2025年预算/较上年增减率", 2025)],
)
def test_a_change_is_of_the_year_that_is_compared(head: str, year: int) -> None:
    assert tabular._printed_year(head) == year


@pytest.mark.parametrize("heading", ["得分/原因", "得分/未完成原因分析", "自评得分"])
def test_a_heading_of_scores_that_asks_for_a_reason_too(heading: str) -> None:
    read = fields.of(["预算执行数", "预算执行率", "权重", heading], [], {})
    assert [measure for measure, _ in read.figures.values()] == ["执行数", "执行率", "分值", "得分"]
