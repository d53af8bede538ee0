"""Items of the statutory narrative, in the wording of several provinces: their marks, parents, codes and funds."""

from decimal import Decimal

from service.facts import rules
from service.records import Kind
from tests.support.made import document, paragraph, table
from tests.support.narrative import FIVE, OVERALL, read, rows


def test_item_with_its_marks() -> None:
    text = (
        "1.卫生健康支出（类）行政事业单位医疗（款）公务员医疗补助（项）。年初预算400万元，支出决算350万元，完成年初预算的87.50%，"
        "决算数小于年初预算数的主要原因是：公务员医疗补助支出减少。"
    )
    found = read(text, section=FIVE)
    assert rows(found) == [
        ("公务员医疗补助", "年初预算", "400", "万元"),
        ("公务员医疗补助", "决算", "350", "万元"),
        ("公务员医疗补助", "完成率", "87.50", "%"),
    ]
    fact = found.facts[1]
    assert fact.path == ("卫生健康支出", "行政事业单位医疗")
    assert fact.scope == "一般公共预算财政拨款"
    assert fact.where == FIVE[-1]
    assert fact.place.quote.startswith("卫生健康支出（类）")
    assert fact.place.quote.endswith("支出决算350万元")
    reason = found.reasons[0]
    assert (reason.item, reason.about, reason.text) == ("公务员医疗补助", "决算数小于年初预算数", "公务员医疗补助支出减少")


def test_the_code_comes_from_the_documents_own_table() -> None:
    item = paragraph("卫生健康支出（类）医疗保障管理事务（款）行政运行（项）。年初预算143.65万元。", section=FIVE)
    other = paragraph("一般公共服务支出（类）财政事务（款）行政运行（项）。年初预算10万元。", section=FIVE)
    codes = [
        ("201", "一般公共服务支出", "10.00"),
        ("20106", "财政事务", "10.00"),
        ("2010601", "行政运行", "10.00"),
        ("210", "卫生健康支出", "143.65"),
        ("21015", "医疗保障管理事务", "143.65"),
        ("2101501", "行政运行", "143.65"),
    ]
    sheet = table("支出决算表", ("项目/科目编码", "项目/科目名称", "本年支出合计"), codes)
    found = rules.read(document([item, other], [sheet]))
    assert [f.code for f in found.facts if f.source == "text"] == ["2101501", "2010601"]


def test_purposes_and_reasons_are_not_read_as_items() -> None:
    text = (
        "1、一般公共服务支出（类）财政事务（款）行政运行（项）。主要用于：局本部人员经费及公用经费等的基本支出。年初预算为1560.05 万元，"
        "支出决算为1511.89万元。决算数小于预算数的主要原因：人员进出，减少人员经费100万元。"
    )
    assert rows(read(text, section=FIVE)) == [("行政运行", "年初预算", "1560.05", "万元"), ("行政运行", "决算", "1511.89", "万元")]


def test_marks_over_several_headings() -> None:
    upper = paragraph("2.卫生健康支出（类）", section=(*FIVE, "2.卫生健康支出（类）"), heading=True)
    middle = paragraph("(2)行政事业单位医疗（款）", section=(*FIVE, "(2)行政事业单位医疗（款）"), heading=True)
    item = paragraph("①行政单位医疗（项）。全年预算为10.96万元，支出决算为10.72万元。", section=(*FIVE, "(2)行政事业单位医疗（款）"))
    found = rules.read(document([upper, middle, item]))
    assert rows(found) == [("行政单位医疗", "全年预算", "10.96", "万元"), ("行政单位医疗", "决算", "10.72", "万元")]
    assert found.facts[0].path == ("卫生健康支出", "行政事业单位医疗")


def test_a_budget_in_shanghais_words() -> None:
    text = (
        "1. “一般公共服务支出（类）统计信息事务（款）专项普查活动（项）”25.77万元，主要用于专项普查活动。"
        "2023年当年预算执行数为60.13万元，2024年预算安排25.77万元，"
        "比2023年预算执行数减少57.14%。主要原因是：项目调整。"
    )
    found = read(text, section=("2024年部门预算编制说明",), kind=Kind.BUDGET, year=2024)
    assert [(f.measure, f.value, f.year) for f in found.facts] == [
        ("预算", Decimal("25.77"), 2024),
        ("上年数", Decimal("60.13"), 2023),
        ("预算", Decimal("25.77"), 2024),
        ("增减率", Decimal("-57.14"), 2024),
    ]
    assert {f.item for f in found.facts} == {"专项普查活动"}


def test_an_item_in_quotation_marks_with_its_code_against_last_years_budget() -> None:
    text = (
        "（4）“中医（民族）医院”（2100202）2025年预算126.50万元，比2024年年初预算118.00万元增加8.50万元，增长7.20%，主要原因是新增煎药室。"
    )
    found = read(text, section=("第二部分", "三、支出预算情况说明"), kind=Kind.BUDGET, year=2025)
    assert rows(found) == [
        ("中医（民族）医院", "预算", "126.50", "万元"),
        ("中医（民族）医院", "上年数", "118.00", "万元"),
        ("中医（民族）医院", "增减额", "8.50", "万元"),
        ("中医（民族）医院", "增减率", "7.20", "%"),
    ]
    assert {f.code for f in found.facts} == {"2100202"}
    assert [(r.item, r.about) for r in found.reasons] == [("中医（民族）医院", "比上年增加")]


def test_a_list_is_of_the_fund_that_the_sentence_before_it_announces() -> None:
    lines = (
        "其中，一般公共预算财政拨款支出369.63万元，主要变动科目如下：",
        "（1）“行政运行”（2100101）2025年预算22.31万元。",
        "另有事业收入安排的支出12万元。",
    )
    section = ("第二部分", "三、支出预算情况说明")
    found = rules.read(document([paragraph(line, section=section) for line in lines], kind=Kind.BUDGET, year=2025))
    scopes = {str(f.value): f.scope for f in found.facts}
    assert scopes["22.31"] == "一般公共预算财政拨款"
    assert scopes["12"] == "全部"


def test_an_item_between_dashes() -> None:
    text = "1. “一般公共服务支出-政府办公厅（室）及相关机构事务-行政运行”科目1,202.95万元，主要用于行政单位的基本支出。"
    fact = read(text, section=("2025年部门预算编制说明",), kind=Kind.BUDGET, year=2025).facts[0]
    assert (fact.item, fact.path, fact.value) == ("行政运行", ("一般公共服务支出", "政府办公厅（室）及相关机构事务"), Decimal("1202.95"))


def test_items_with_printed_codes_and_last_years_figure() -> None:
    text = "(3)行政单位医疗(2101101)6.1133万元,较上年5.1200万元增加0.9933万元,原因是缴费基数上调;"
    found = read(text, section=("二", "2、支出按功能科目分类的明细情况", "一般公共预算支出"), kind=Kind.BUDGET, year=2024)
    assert [(f.item, f.code, f.measure, str(f.value), f.year) for f in found.facts] == [
        ("行政单位医疗", "2101101", "预算", "6.1133", 2024),
        ("行政单位医疗", "2101101", "上年数", "5.1200", 2023),
        ("行政单位医疗", "2101101", "增减额", "0.9933", 2024),
    ]


def test_services_bought_are_no_procurement_of_services() -> None:
    found = read("2025年政府购买服务预算52.87万元。", section=("第二部分", "五、其他情况说明"), kind=Kind.BUDGET, year=2025)
    assert rows(found) == [("政府购买服务", "预算", "52.87", "万元")]


def test_an_item_without_marks_is_its_own_item() -> None:
    found = read(
        "2．社会保障和就业支出1,836.22万元，主要用于离休费支出。与上年相比减少184.96万元，降幅9.1%。主要原因是养老金由社保中心发放。"
        "同时，省财政下达单位缴费，增加部门预算1,464.3万元。",
        section=OVERALL,
        kind=Kind.BUDGET,
    )
    item = "社会保障和就业支出"
    assert rows(found) == [(item, "预算", "1836.22", "万元"), (item, "增减额", "-184.96", "万元"), (item, "增减率", "-9.1", "%")]
    assert [r.item for r in found.reasons] == [item]


def test_part_of_a_list_without_a_readable_name_is_not_the_total() -> None:
    found = read("2．某某事务1,836.22万元。与上年相比减少184.96万元，主要原因是人员减少。", section=OVERALL, kind=Kind.BUDGET)
    assert (found.facts, found.reasons) == ((), ())
    assert len(found.unread) == 1


def test_decimals_before_a_unit_are_no_code_and_name() -> None:
    found = read(
        "信息化建设（2130112）20.02674万元，较上年14.5000万元增加5.52674万元，原因是增加平台运维。", section=FIVE, kind=Kind.BUDGET
    )
    assert [(r.item, r.text) for r in found.reasons] == [("信息化建设", "增加平台运维")]


_TABLE = [
    ("208", "社会保障和就业支出", "90.00"),
    ("20810", "社会福利", "60.00"),
    ("2081004", "殡葬", "60.00"),
    ("20820", "临时救助", "30.00"),
    ("2082001", "临时救助支出", "30.00"),
]


def test_an_item_is_named_by_the_documents_own_tables() -> None:
    items = [
        paragraph("5.殡葬60.00万元，年初预算72.00万元，低于年初预算12.00万元，主要原因是工程进度款支付减少。", section=FIVE),
        paragraph("6.临时救助支出30.00万元，年初预算30.00万元。", section=FIVE),
        paragraph("7.其他收入4.00万元。", section=FIVE),
    ]
    sheet = table("支出决算表", ("项目/科目编码", "项目/科目名称", "本年支出合计"), [*_TABLE, ("229", "其他支出", "9.00")])
    found = rules.read(document(items, [sheet]))
    assert [(f.item, f.code, f.measure, str(f.value)) for f in found.facts if f.source == "text"] == [
        ("殡葬", "2081004", "决算", "60.00"),
        ("殡葬", "2081004", "年初预算", "72.00"),
        ("殡葬", "2081004", "较预算增减额", "-12.00"),
        ("临时救助支出", "2082001", "决算", "30.00"),
        ("临时救助支出", "2082001", "年初预算", "30.00"),
        ("其他收入", None, "决算", "4.00"),
    ]
    assert found.facts[-3].path == ("社会保障和就业支出", "临时救助")
    assert [(r.item, r.about) for r in found.reasons] == [("殡葬", "比预算减少")]


def test_what_a_self_evaluation_reports_as_done_is_counted() -> None:
    where = ("附件12023年部门整体支出绩效自评报告", "（一）部门履职情况")
    text = "2023年，全县图书馆注册读者12.46万人，借阅率稳定在60%以上；举办讲座31.2万人次。全年新建书屋18个，追回图书款3.50万元。"
    found = read(text, section=where)
    assert rows(found) == [
        ("图书馆注册读者", "人数", "12.46", "万人"),
        ("举办讲座", "人数", "31.2", "万人次"),
        ("新建书屋", "数量", "18", "个"),
    ]
