"""Prose and tables in the forms of several provinces (made-up bodies): names without what surrounds them, lists, counts, forms."""

import pytest

from service.facts import rules
from service.facts.assemble import assemble
from service.records import Disclosure, Kind, Table
from tests.support.made import document, paragraph, table

PART = "第三部分2023年度部门决算情况说明"
SPENT = (PART, "二、支出决算情况说明")
GENERAL = (PART, "三、一般公共预算财政拨款支出决算情况说明", "（二）一般公共预算财政拨款支出决算具体情况")
PUBLIC = (PART, "四、财政拨款“三公”经费支出决算情况说明", "（二）“三公”经费财政拨款支出决算具体情况")
ASSETS = ("第四部分其他重要事项", "二、国有资产占用情况")
APPRAISED = ("第四部分其他重要事项", "四、预算绩效情况说明", "（一）绩效管理工作开展情况")
UNITS = ("第一部分概况", "二、机构设置")


def told(found: Disclosure) -> list[str]:
    return [f"{f.item} {f.measure} {f.value:f} {f.unit}" for f in found.facts]


@pytest.mark.parametrize(
    ("section", "text", "facts"),
    [
        (
            (*SPENT, "（一）基本支出情况"),
            "2023年度用于保障云汀市青禾区医疗保障局机关、下属事业单位等机构正常运转的日常支出4,210.50元。与上年相比增加10.50元，增长0.25%。"
            "人员经费按30人计算，人均约140.35元。",
            ["基本支出 决算 4210.50 元", "基本支出 增减额 10.50 元", "基本支出 增减率 0.25 %"],
        ),
        (
            (*SPENT, "（二）项目支出情况"),
            "2023年度用于保障机构为完成特定的行政工作任务，用于专项业务工作的经费支出88.00元。与上年相比减少2.00元，下降2.22%。",
            ["项目支出 决算 88.00 元", "项目支出 增减额 -2.00 元", "项目支出 增减率 -2.22 %"],
        ),
        (
            (*SPENT, "（一）按支出功能分类"),
            "（二）卫生健康支出类科目40.00元，占支出总预算的8.00%，同比增加10.00元，增长33.33%。",
            ["卫生健康支出 决算 40.00 元", "卫生健康支出 占比 8.00 %", "卫生健康支出 增减额 10.00 元", "卫生健康支出 增减率 33.33 %"],
        ),
        (
            GENERAL,
            "1.社会保障和就业支出（类）支出30.00元。主要用于离退休活动10.00元、死亡慰问12.00元、职工体检8.00元。",
            [
                "社会保障和就业支出 决算 30.00 元",
                "离退休活动 决算 10.00 元",
                "死亡慰问 决算 12.00 元",
                "职工体检 决算 8.00 元",
            ],
        ),
        (
            GENERAL,
            "一般公共服务支出20.00万元，占40.00%；农林水支出5.00万元；商品和服务支出25.00万元；资本性支出0.00万元。",
            [
                "一般公共服务支出 决算 20.00 万元",
                "一般公共服务支出 占比 40.00 %",
                "农林水支出 决算 5.00 万元",
                "商品和服务支出 决算 25.00 万元",
                "资本性支出 决算 0.00 万元",
            ],
        ),
        (
            (PART, "八、政府性基金预算收入支出决算情况"),
            "2023年度政府性基金预算财政拨款收入38.00万元；年初结转和结余2.00万元；支出39.00万元，其中基本支出0万元，项目支出39.00万元。",
            [
                "政府性基金预算财政拨款收入 决算 38.00 万元",
                "年初结转和结余 决算 2.00 万元",
                "政府性基金预算财政拨款支出 决算 39.00 万元",
                "基本支出 决算 0 万元",
                "项目支出 决算 39.00 万元",
            ],
        ),
        (
            PUBLIC,
            "国内接待费支出6.84万元（其中：外事接待费支出0万元），安排国内公务接待11批次（其中：外事接待1批次），接待人次67人"
            "（其中：外事接待5人次）。年末一般公共预算财政拨款开支的公务用车保有量为3辆。",
            [
                "国内接待费 决算 6.84 万元",
                "外事接待费 决算 0 万元",
                "国内公务接待 数量 11 批次",
                "外事接待 数量 1 批次",
                "国内公务接待 人数 67 人",
                "外事接待 人数 5 人次",
                "公务用车保有量 数量 3 辆",
            ],
        ),
        (
            PUBLIC,
            "公务用车购置2辆，更新公务用车1辆；国（境）外公务接待3批次，9人。因公出国（境）支出年初预算数为0.50万元。",
            [
                "公务用车购置 数量 2 辆",
                "更新公务用车 数量 1 辆",
                "国（境）外公务接待 数量 3 批次",
                "国（境）外公务接待 人数 9 人",
                "因公出国（境）费 年初预算 0.50 万元",
            ],
        ),
        (
            ASSETS,
            "截至2023年12月31日，云汀市青禾区医疗保障局资产总额186.00元，其中，流动资产41.00元，固定资产138.00元，在建工程0.00元，"
            "无形资产7.00元。与上年相比，本年资产总额减少8.60元，其中固定资产减少5.10元。共有车辆4辆；处置车辆1辆。",
            [
                "资产总额 决算 186.00 元",
                "流动资产 决算 41.00 元",
                "固定资产 决算 138.00 元",
                "在建工程 决算 0.00 元",
                "无形资产 决算 7.00 元",
                "资产总额 增减额 -8.60 元",
                "固定资产 增减额 -5.10 元",
                "车辆 数量 4 辆",
                "处置车辆 数量 1 辆",
            ],
        ),
        (
            UNITS,
            "本局共设置4个内设机构；本中心为区局所属公益一类事业单位，内设综合科、信息科2个科室。下设基层所9个。全系统核定编制148人。",
            ["内设机构 数量 4 个", "科室 数量 2 个", "基层所 数量 9 个", "核定编制 人数 148 人"],
        ),
        (
            APPRAISED,
            "组织对2023年度3个项目支出全面开展绩效自评，涉及资金407.70万元，占项目支出总额的75.91%。",
            ["绩效自评项目 数量 3 个", "绩效自评项目 决算 407.70 万元", "绩效自评项目 占比 75.91 %"],
        ),
        (
            APPRAISED,
            "1.信息系统维护项目：项目全年预算数为150.00万元，执行数为136.50万元，完成预算的91.00%，自评得分95.1分。",
            [
                "信息系统维护 全年预算 150.00 万元",
                "信息系统维护 执行数 136.50 万元",
                "信息系统维护 执行率 91.00 %",
                "信息系统维护 得分 95.1 分",
            ],
        ),
    ],
)
def test_prose(section: tuple[str, ...], text: str, facts: list[str]) -> None:
    assert told(rules.read(document([paragraph(text, section=section)]))) == facts


@pytest.mark.parametrize(
    ("section", "text", "facts"),
    [
        (
            ("第三部分预算说明", "二、收入预算情况"),
            "2023年部门财务总收入90.00元，其中：一般公共预算80.00元；政府性基金0元；事业收入10.00元。与上年对比增加2.00元，主要原因分析：人员增加。",
            [
                "财务总收入 预算 90.00 元",
                "一般公共预算 预算 80.00 元",
                "政府性基金 预算 0 元",
                "事业收入 预算 10.00 元",
                "财务总收入 增减额 2.00 元",
            ],
        ),
        (
            ("第三部分预算说明", "三、支出预算情况"),
            "财政拨款安排支出80.00元，按科目分类：2101501行政运行70.00元，主要用于运转；2101506医疗保障经办事务10.00元，主要用于经办。",
            ["财政拨款安排支出 预算 80.00 元", "行政运行 预算 70.00 元", "医疗保障经办事务 预算 10.00 元"],
        ),
        (
            ("第三部分预算说明", "七、国有资产占有使用情况"),
            "单位共有车辆2辆。2023年安排购置车辆1辆。",
            ["车辆 数量 2 辆", "购置车辆 数量 1 辆"],
        ),
    ],
)
def test_prose_of_budgets(section: tuple[str, ...], text: str, facts: list[str]) -> None:
    assert told(rules.read(document([paragraph(text, section=section)], kind=Kind.BUDGET))) == facts


def test_a_listed_item_of_the_tables_has_its_code_and_parents() -> None:
    rows = [("208", "社会保障和就业支出", "9.00"), ("20808", "抚恤", "9.00"), ("2080801", "死亡抚恤", "9.00")]
    spent = table("支出决算表", ("项目/科目编码", "项目/科目名称", "本年支出合计"), rows)
    first = paragraph("4.住房保障支出（类）支出7.00万元。", section=GENERAL)
    second = paragraph("主要用于死亡抚恤9.00万元。其中：死亡抚恤（项）年初预算1.00万元。", section=GENERAL)
    found = [f for f in rules.read(document([first, second], [spent])).facts if f.item == "死亡抚恤" and f.source == "text"]
    assert [(f.code, f.path) for f in found] == [("2080801", ("社会保障和就业支出", "抚恤"))] * 2


@pytest.mark.parametrize(
    ("text", "about", "reason"),
    [
        ("机关运行经费支出9.00万元，比上年增加1.00万元，增长12.50%。主要变动原因是新增设备。", "比上年增加", "新增设备"),
        ("机关运行经费支出9.00万元，与上年持平，主要原因是人员未变。", "与上年持平", "人员未变"),
        ("机关运行经费支出9.00万元，比上年增加1.00万元，主要原因是奖金兑现，经费用途主要包括办公费、水费。", "比上年增加", "奖金兑现"),
        (
            "机关运行经费支出9.00万元，比上年增加1.00万元。年初预算8.00万元，完成年初预算的112.5%，主要原因是追加。",
            "完成年初预算的112.5%",
            "追加",
        ),
    ],
)
def test_what_a_reason_explains(text: str, about: str, reason: str) -> None:
    found = rules.read(document([paragraph(text, section=(PART, "十、机关运行经费支出情况"))]))
    assert [(r.about, r.text) for r in found.reasons] == [(about, reason)]


def test_words_cut_by_a_page_break_are_said_again_after_the_figure() -> None:
    text = ("授予中小企业合同金", "额198.60万元，占政府采购支出总额的82.24%。")
    found = rules.read(document([paragraph(*text, section=(PART, "九、政府采购支出情况说明"), pages=(19, 20))]))
    assert next((f.item, f.place.page, f.place.quote) for f in found.facts) == (
        "授予中小企业合同金额",
        20,
        "额198.60万元，占政府采购支出总额的82.24%",
    )


def three_public() -> Table:
    return table(
        "“三公”经费、行政参公单位机关运行经费情况表",
        ("项目", "行次", "预算数", "决算统计数"),
        [
            ("一、“三公”经费支出", "1", "—", "—"),
            ("（一）支出合计", "2", "43.00", "36.45"),
            ("1.公务接待费", "3", "43.00", "36.45"),
            ("（二）相关统计数", "4", "—", "—"),
            ("1.公务用车保有量（辆）", "5", "—", "1"),
            ("2.国内公务接待人次（人）", "6", "—", "76"),
            ("3.国内公务接待批次", "7", "—", "11"),
            ("二、机关运行经费", "8", "—", "198.43"),
            ("（一）行政单位", "9", "—", "198.43"),
        ],
        number="公开10表",
    )


def test_counts_and_numbered_rows_of_the_three_public_statement() -> None:
    found = rules.read(document([], [three_public()]))
    assert [(f.item, f.path, f.measure, f"{f.value:f}{f.unit}") for f in found.facts] == [
        ("支出合计", ("“三公”经费支出",), "预算", "43.00万元"),
        ("支出合计", ("“三公”经费支出",), "决算", "36.45万元"),
        ("公务接待费", ("“三公”经费支出",), "预算", "43.00万元"),
        ("公务接待费", ("“三公”经费支出",), "决算", "36.45万元"),
        ("公务用车保有量（辆）", ("“三公”经费支出", "相关统计数"), "数量", "1辆"),
        ("国内公务接待人次（人）", ("“三公”经费支出", "相关统计数"), "人数", "76人"),
        ("机关运行经费", (), "决算", "198.43万元"),
        ("行政单位", ("机关运行经费",), "决算", "198.43万元"),
    ]


def test_prose_and_numbered_rows_are_one_item_of_the_record() -> None:
    said = paragraph("公务接待费支出决算36.45万元。", section=PUBLIC)
    reception = assemble(rules.read(document([said], [three_public()]))).three_public.reception
    assert [(item.name, len(item.figures.actual)) for item in reception] == [("公务接待费", 2)]


def test_people_and_cars_of_one_section_part_in_the_record() -> None:
    section = ("第一部分概况", "（三）部门人员和车辆的编制及实有情况")
    record = assemble(rules.read(document([paragraph("年末实有人员编制31人。实有车辆编制2辆。", section=section)])))
    assert [item.name for item in record.staff] == ["实有人员编制"]
    assert [item.name for item in record.assets] == ["实有车辆编制"]


def test_assets_stand_in_the_heading() -> None:
    columns = ("项目", "资产总额", "固定资产/小计", "固定资产/汽车")
    found = rules.read(document([], [table("国有资产占有使用情况表", columns, [("合计", "186.00", "138.00", "20.00")])]))
    assert told(found) == ["资产总额 决算 186.00 万元", "固定资产 决算 138.00 万元", "汽车 决算 20.00 万元"]


def test_projects_of_the_general_budget_are_a_part() -> None:
    rows = [("合计", "", "88.00"), ("210", "卫生健康支出", "88.00")]
    sheet = table("一般公共预算财政拨款项目支出决算表", ("项目/科目编码", "项目/科目名称", "合计"), rows, number="公开09表")
    assert {f.column for f in rules.read(document([], [sheet])).facts} == {"项目支出合计"}


def test_income_and_expenditure_of_one_fund() -> None:
    columns = ("项目/科目编码", "项目/科目名称", "年初结转和结余", "本年收入", "本年支出合计")
    sheet = table("一般公共预算财政拨款收入支出决算表", columns, [("210", "卫生健康支出", "2.00", "86.00", "88.00")])
    found = rules.read(document([], [sheet])).facts
    assert {f.scope for f in found} == {"一般公共预算财政拨款"}
    assert [f.column for f in found] == ["年初结转和结余", "本年收入", "本年支出合计"]


def test_a_heading_that_says_only_that_amounts_follow_is_no_column() -> None:
    sheet = table(
        "收入支出决算总表", ("收入/项目", "收入/金额", "支出/项目", "支出/金额"), [("一、事业收入", "5.00", "一、教育支出", "5.00")]
    )
    assert [(f.item, f.column) for f in rules.read(document([], [sheet])).facts] == [("事业收入", None), ("教育支出", None)]


def test_a_form_with_signs_units_and_reasons_in_columns_of_their_own() -> None:
    rows = [
        ("项目名称", "", "", "安全抽检", "", "", "", "", ""),
        ("预算执行情况（万元）", "", "", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分／原因"),
        ("", "", "总额", "350.00", "396.82", "387.42", "97.63%", "10", "9.76"),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "得分／未完成原因分析"),
        ("", "产出指标", "数量指标", "抽检批次", "≥", "3000", "批次", "3120", "20"),
        ("", "", "质量指标", "市场秩序", "定性", "良好", "", "良好", "10"),
        ("存在问题", "个别机构出具报告不及时。", "", "", "", "", "", "", ""),
        ("项目负责人：甲", "", "", "", "财务负责人：乙", "财务负责人：乙", "", "", ""),
    ]
    found = rules.read(document([], [table("安全抽检项目支出绩效自评表", ("",) * 9, rows)]))
    stated = [
        (i.item, i.target and (i.target.printed, i.target.comparator, i.target.unit), i.actual and i.actual.printed)
        for i in found.indicators
    ]
    assert stated == [("抽检批次", ("≥3000批次", "≥", "批次"), "3120"), ("市场秩序", ("良好", None, ""), "良好")]
    assert found.indicators[0].actual is not None
    assert found.indicators[0].actual.unit == "批次"
    assert [i.score and str(i.score.value) for i in found.indicators] == ["20", "10"]
    assert [(f.measure, str(f.value), f.column) for f in found.facts if f.item == "安全抽检"][-1] == ("得分", "9.76", "得分")
    assert [(r.item, r.about, r.text) for r in found.reasons] == [("安全抽检", "存在问题", "个别机构出具报告不及时。")]


def test_an_indicator_whose_name_stands_beside_its_heading() -> None:
    rows = [
        ("绩效指标完成情况", "一级指标", "二级指标", "", "指标内容", "年度指标值", "实际完成值", "分值", "得分"),
        ("", "产出指标", "数量指标", "受理件数", "", "≥14万件", "14.6万件", "15", "15"),
    ]
    found = rules.read(document([], [table("单位整体支出绩效自评表", ("",) * 9, rows)]))
    (indicator,) = found.indicators
    assert (indicator.item, indicator.path) == ("受理件数", ("产出指标", "数量指标"))
    assert indicator.actual is not None
    assert indicator.actual.printed == "14.6万件"
