"""Narrative rules on paragraphs as other provinces word them: silent on consistent ones, and naming the place and class of one change."""

from collections.abc import Callable

import pytest

from service.checks import registry, run
from service.checks.book import Book
from service.checks.outcomes import Issue
from service.records import Kind, Severity, State
from tests.support.books import book, paragraph, table

assert run  # rules register when the entry is imported

PROSE = tuple(code for code in registry.RULES if code[0] in "DEFGHIJ")

CONSISTENT = [
    "2023年度收、支总计3,214.56万元，比上年增加214.56万元，增长7.15%。",
    "本年收入合计3,000.00万元，比上年减少120.00万元，下降3.85%，其中：财政拨款收入2,900.00万元，占收入合计的96.67%；"
    "其他收入100.00万元，占收入合计的3.33%。",
    "2023年度总支出1,500.50万元，较上年决算数减少50.50万元，减少3.26%。",
    "一般公共预算财政拨款支出年初预算为1,200.00万元，支出决算为1,260.00万元，完成年初预算的105%，较上年决算数增加60.00万元，增长5%。",
    "2023年度收入总计1,800.00万元，支出总计1,800.00万元，与2022年度相比，各减少200.00万元，下降10.0%。",
    "2023年度收入总计为900.00万元，比2022年度1,000.00万元减少100.00万元，下降10%。",
    "一般公共服务支出年初预算数为100.00万元，决算数为90.00万元，完成年初预算的90%，主要原因是压减一般性支出。",
    "与年初预算相比，年初预算数450.00万元，决算数500.00万元，预决算差异率11.11%，主要原因是追加人员经费。",
    "公务接待费预算为5.00万元，决算为3.42万元，完成预算的68.40%，决算数小于预算数的主要原因是厉行节约，"
    "与上年相比减少0.73万元，减少17.59%，减少的主要原因是批次减少。",
    "政府采购支出总额50.00万元，其中：政府采购货物支出10.00万元、政府采购工程支出0.00万元、政府采购服务支出40.00万元。",
    "绩效自评项目10个，其中评价结果为“优”的项目8个；评价结果为“良”的项目2个；评价结果为“中”的项目0个；评价结果为“差”的项目0个。",
    "项目自评得分95分，评价等级为“优”。",
    "纳入本部门编制范围的单位共3家，分别为：局机关、市医保中心、市药采中心。",
]


def issues(made: Book) -> list[Issue]:
    """Everything that the narrative rules raise, rounding apart."""
    found = [o.issue for code in PROSE for o in registry.RULES[code].check(made) if o.issue is not None]
    return [i for i in found if i.severity is not Severity.ROUNDING]


@pytest.mark.parametrize("text", CONSISTENT)
def test_silent_on_consistent_paragraphs(text: str) -> None:
    assert issues(book(text)) == []


@pytest.mark.parametrize(
    ("text", "old", "new", "kind"),
    [
        (CONSISTENT[0], "7.15%", "71.5%", "growth-rate"),
        (CONSISTENT[1], "96.67%", "98.67%", "share"),
        (CONSISTENT[2], "3.26%", "3.36%", "growth-rate"),
        (CONSISTENT[3], "105%", "150%", "completion-rate"),
        (CONSISTENT[5], "减少100.00", "减少110.00", "sum"),
        (CONSISTENT[7], "11.11%", "10.00%", "completion-rate"),
        (CONSISTENT[8], "减少0.73万元", "增加0.73万元", "direction-word"),
        (CONSISTENT[8], "小于预算数", "大于预算数", "direction-word"),
        (CONSISTENT[9], "服务支出40.00", "服务支出41.00", "sum"),
        (CONSISTENT[10], "项目2个", "项目3个", "sum"),
        (CONSISTENT[11], "“优”", "“良”", "score-sum"),
        (CONSISTENT[12], "共3家", "共5家", "logic"),
    ],
)
def test_one_change_is_named(text: str, old: str, new: str, kind: str) -> None:
    assert old in text
    assert kind in {i.kind for i in issues(book(text.replace(old, new)))}


def items(direction: str) -> Book:
    """Items whose changes make the total's when each has its own direction."""
    section = ("（五）一般公共预算当年拨款情况说明",)
    texts = (
        "2024年一般公共预算当年拨款100.00万元，比2023年执行数90.00万元增加10.00万元，增长11.11%。",
        "（1）卫生健康支出（类）医疗（款）行政单位医疗（项）20.00万元，主要用于医疗。比2023年执行数增加9.00万元，原因是调整。",
        f"（2）住房保障支出（类）改革（款）住房公积金（项）30.00万元，主要用于缴存。比2023年执行数{direction}4.00万元，原因是调整。",
        "（3）教育支出（类）培训（款）培训支出（项）50.00万元，主要用于培训。比2023年执行数增加5.00万元，原因是调整。",
    )
    return book(*(paragraph(t, row=n, section=section) for n, t in enumerate(texts)), kind=Kind.BUDGET, year=2024)


def test_a_turned_direction_is_found_by_the_sum_of_the_changes() -> None:
    assert [i for i in issues(items("减少")) if i.kind == "direction-word"] == []
    (found,) = [i for i in issues(items("增加")) if i.kind == "direction-word"]
    assert (found.stated.value, found.expected.value if found.expected else "") == ("增加", "减少")
    assert "住房公积金" in found.explain


def test_shares_without_a_head_are_bound_to_the_total_that_they_make() -> None:
    def made(share: str) -> Book:
        return book(
            paragraph("一般公共预算当年拨款5428.55万元。", section=("1.规模变化",)),
            paragraph(f"卫生（类）支出5309.24万元，占{share}；住房（类）支出119.31万元，占2.20%。", row=2, section=("2.结构情况",)),
        )

    assert issues(made("97.80%")) == []
    assert {i.kind for i in issues(made("90.78%"))} == {"share"}


def test_a_list_in_a_sentence_is_one_slip_from_its_total() -> None:
    text = "国内公务接待19批次，共计支出1.76万元，具体内容包括：检查调研0.62万元，交流学习0.75万元，部队联络{}万元。"
    assert issues(book(text.format("0.39"))) == []
    (found,) = issues(book(text.format("0.49")))
    assert (found.kind, found.diagnosis) == ("sum", ("digit-changed",))
    assert issues(book(text.format("0.20"))) == []


def appraisal(*rows: list[str]) -> Book:
    """A self-evaluation form."""
    columns = ["一级指标", "指标内容", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"]
    full = [*rows, ["总分", "", "", "", "20", "20", ""]]
    return book(tables=(table("项目支出绩效自评表", columns, full, unit=None, statement="项目支出绩效自评表"),))


def test_parts_below_a_cost_indicator() -> None:
    def made(whole: str) -> Book:
        return appraisal(
            ["成本指标", "项目支出：", whole, "50万元", "20", "20", ""],
            ["", "档案管理", "20万元", "20万元", "—", "", ""],
            ["", "信息化建设", "40万元", "30万元", "—", "", ""],
        )

    assert issues(made("60万元")) == []
    (found,) = issues(made("70万元"))
    assert (found.kind, found.stated.value) == ("sum", "70")


def test_a_target_restated_in_the_remark_of_its_line() -> None:
    row = ["数量指标", "联合查处案件", "≥2起", "2起", "20", "20", "指标值设定为大于等于{}起，已完成"]
    assert issues(appraisal([*row[:6], row[6].format(2)])) == []
    (found,) = issues(appraisal([*row[:6], row[6].format(1)]))
    assert found.kind == "duplicate-conflict"


def test_a_listed_economic_item_without_an_amount() -> None:
    rows = [["30101", "基本工资", "5.00"], ["30102", "津贴补贴", "3.00"], ["30103", "奖金", "2.00"], ["30309", "奖励金", "1.00"]]
    rows += [["30310", "个人农业生产补贴", ""], ["", "合计", "11.00"]]
    name = "一般公共预算财政拨款基本支出决算表"
    basic = table(name, ["科目编码", "科目名称", "决算数"], rows, statement=name)
    text = "人员经费11.00万元，主要包括：基本工资、津贴补贴、奖金、{}。"
    assert [i for i in issues(book(text.format("奖励金"), tables=(basic,))) if i.kind == "text-vs-table"] == []
    (found,) = [i for i in issues(book(text.format("个人农业生产补贴"), tables=(basic,))) if i.kind == "text-vs-table"]
    assert (found.stated.value, found.severity) == ("个人农业生产补贴", Severity.ERROR)


def test_a_reason_taken_over_from_another_item() -> None:
    texts = [
        "1.“社会保障支出（类）养老支出（款）事业单位离退休（项）”7.66万元，主要用于事业单位离退休。主要原因是：事业单位离退休经费增加。",
        "2.“社会保障支出（类）养老支出（款）职业年金缴费支出（项）”230.28万元，主要用于职业年金缴费支出。主要原因是：{}经费增加。",
    ]
    right = book(texts[0], texts[1].format("职业年金缴费支出"), kind=Kind.BUDGET, year=2024)
    wrong = book(texts[0], texts[1].format("事业单位离退休"), kind=Kind.BUDGET, year=2024)
    assert [i for i in issues(right) if i.kind == "logic"] == []
    (found,) = [i for i in issues(wrong) if i.kind == "logic"]
    assert found.severity is Severity.SUSPICIOUS


def test_a_reason_that_is_asked_and_not_given() -> None:
    text = "年初预算400万元，支出决算350万元，决算数小于年初预算数的主要原因：{}。"
    assert issues(book(text.format("支出减少"))) == []
    assert any("没有写出原因" in i.explain for i in issues(book(text.format(""))))


def test_an_amount_in_the_wrong_unit_is_told_by_its_digits() -> None:
    made = table("支出决算表", ["科目编码", "科目名称", "合计"], [["", "合计", "2995.39"]], statement="支出决算表")
    assert [i for i in issues(book("维修支出2995.39万元。", tables=(made,))) if i.kind == "unit"] == []
    (found,) = [i for i in issues(book("维修支出2995.39元。", tables=(made,))) if i.kind == "unit"]
    assert found.diagnosis == ("unit-slip",)


def test_cells_that_are_no_money_are_not_compared_with_amounts() -> None:
    rows = [["", "合计", "2995.39", "12.5%"], ["", "在职人员", "40人", "3类"]]
    made = table("支出决算表", ["科目编码", "科目名称", "合计", "占比"], rows, statement="支出决算表")
    assert [i for i in issues(book("维修支出2995.39万元。", tables=(made,))) if i.kind == "unit"] == []


def test_one_figure_has_one_change() -> None:
    texts = (
        "一般公共预算收入21940.96万元，与上年相比增加3959.28万元。",
        "财政拨款支出21940.96万元，与上年相比增加{}万元。",
    )
    assert [i for i in issues(book(texts[0], texts[1].format("3959.28"))) if i.kind == "duplicate-conflict"] == []
    (found,) = [i for i in issues(book(texts[0], texts[1].format("3958.98"))) if i.kind == "duplicate-conflict"]
    assert found.severity is Severity.SUSPICIOUS


@pytest.mark.parametrize(
    ("prose", "diagnosed"),
    [
        ("甲支出年初预算为100.00万元，决算为93.53万元，完成年初预算的95.53%。", "digit-changed"),
        ("甲支出年初预算为100.00万元，决算为93.53万元，完成年初预算的9.35%。", "decimal-slip"),
        ("支出总计120.00万元，与上年相比增加20.00万元，增长16.67%。", "wrong-denominator"),
    ],
)
def test_the_cause_is_named(prose: str, diagnosed: str) -> None:
    assert [i.diagnosis for i in issues(book(prose))] == [(diagnosed,)]


def test_a_rate_copied_from_the_item_above() -> None:
    made = book(
        "1.甲（项）年初预算为2900.00万元，决算为3128.40万元，完成年初预算的107.88%。",
        "2.乙（项）年初预算为520.00万元，决算为486.35万元，完成年初预算的107.88%。",
    )
    assert [i.diagnosis for i in issues(made) if i.kind == "completion-rate"] == [("copied-from-neighbour",)]


@pytest.mark.parametrize("make", [lambda: book("XX局2023年度收入总计XXX万元，增长（下降）XX%。主要原因：XXX。")])
def test_silent_on_a_blank_template(make: Callable[[], Book]) -> None:
    made = make()
    assert issues(made) == []
    assert not [o for code in PROSE for o in registry.RULES[code].check(made) if o.state is State.FINDING]
