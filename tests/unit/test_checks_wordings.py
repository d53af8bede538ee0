"""Wordings and forms of other provinces: what each contradiction is told as, and the consistent text beside it that is passed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from service.checks import registry, run
from service.checks.book import Book
from service.checks.outcomes import Issue
from service.records import Fact, Kind, Place, Severity
from tests.support.books import book, paragraph, table
from tests.support.examples_edges import project, projects

assert run  # rules register when the entry is imported


def issues(code: str, made: Book) -> list[Issue]:
    """What a rule raises, rounding apart."""
    return [o.issue for o in registry.RULES[code].check(made) if o.issue is not None and o.issue.severity is not Severity.ROUNDING]


def sections(*texts: str, headings: tuple[str, ...] = ()) -> Book:
    """Paragraphs of one section, or each of its own."""
    own = headings or ("二、支出决算情况说明",) * len(texts)
    return book(*(paragraph(t, row=2 * n, section=(h,)) for n, (t, h) in enumerate(zip(texts, own, strict=True))))


_TOTAL = "某局2023年度支出合计9,000.00元。其中：基本支出6,000.00元；项目支出3,000.00元。"


def test_a_growth_speaks_of_the_total_that_it_names() -> None:
    assert issues("F4", sections(_TOTAL, "与上年相比，支出合计增加1,000.00元，增长12.50%。")) == []
    (found,) = issues("F4", sections(_TOTAL, "与上年相比，支出合计增加1,000.00元，增长11.11%。"))
    assert (found.kind, found.diagnosis) == ("growth-rate", ("wrong-denominator",))
    assert found.explain.startswith("1000.00 ÷ (9000.00 − 1000.00) = 12.50 %")


def test_a_growth_speaks_of_nothing_outside_its_section_or_without_a_name() -> None:
    text = "与上年相比，支出合计增加1,000.00元，增长11.11%。"
    assert issues("F4", sections(_TOTAL, text, headings=("二、支出", "三、一般公共预算"))) == []
    assert issues("F4", sections(_TOTAL, text.replace("支出合计", "支出"))) == []


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("住房保障支出（类）支出386.00元，占总支出的3.98%。主要用于职工住房公积金缴费{}元。", "368.00", "386.00"),
        ("公务接待费支出0.86万元，主要用于检查{}万元、调研0.40万元。", "0.46", "0.86"),
    ],
)
def test_uses_are_no_more_than_was_spent(text: str, stated: str, expected: str) -> None:
    assert issues("E4", book(text.format(stated))) == []
    more = str(Decimal(expected) + Decimal("0.18"))
    (found,) = issues("E4", book(text.format(more)))
    assert (found.kind, found.severity, found.expected.value if found.expected else "") == ("sum", Severity.ERROR, expected)
    assert "大于所说的支出" in found.explain


def test_a_transposed_use_is_named() -> None:
    (found,) = issues("E4", book("住房保障支出（类）支出386.17元。主要用于职工住房公积金缴费386.71元。"))
    assert found.diagnosis == ("digits-transposed",)


@pytest.mark.parametrize(
    "text",
    [
        "收入38.00元，结转0元。其他支出（类）用于城乡医疗救助的彩票公益金支出（项）38.00元。",
        "支出0.50万元。主要用于发放补贴，每人800.00元。",
        "基本支出6.00万元，项目支出3.00万元。主要用于保障运转9.00万元。",
    ],
)
def test_what_is_no_use_of_one_amount_is_left_alone(text: str) -> None:
    assert issues("E4", book(text)) == []


def test_parts_in_another_unit_than_their_total() -> None:
    text = "政府采购支出总额{}，其中：政府采购货物支出52,800.00元；政府采购工程支出0.00元；政府采购服务支出33,600.00元。"
    assert issues("E2", book(text.format("86,400.00元"))) == []
    assert issues("E2", book(text.format("8.64万元"))) == []
    (found,) = issues("E2", book(text.format("86,400.00万元")))
    assert (found.kind, found.diagnosis) == ("unit", ("unit-slip",))
    assert found.expected is not None
    assert (found.expected.value, found.expected.unit) == ("86400.00", "元")
    assert issues("E2", book(text.format("9.12万元"))) == []


def test_a_share_of_a_total_in_another_unit_shows_both_units() -> None:
    (found,) = issues("F1", book("政府采购支出总额900.00万元。授予中小企业合同金额900.00元，占政府采购支出总额的100.00%。"))
    assert found.explain.startswith("900.00 元 ÷ 900.00 万元 = 0.01 %")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("某局2022年度部门整体支出绩效自评得分94分，自评等级为“优”。", ["2022"]),
        ("某局2023年度部门整体支出绩效自评得分94分，自评等级为“优”。", []),
        ("某局2022年度部门整体支出绩效自评得分94分，比上年提高2分。", []),
    ],
)
def test_the_year_of_a_self_evaluation(text: str, named: list[str]) -> None:
    found = issues("I1", book(text))
    assert [i.stated.value for i in found] == named
    assert all(i.severity is Severity.ERROR for i in found)
    assert issues("I1", book(text.replace("2022", "2021"), kind=Kind.BUDGET)) == []


_COUNTED = "共安排国内公务接待{}批次（其中：外事接待0批次），接待人次{}人（其中：外事接待0人次）。公务用车保有量为{}辆。"
_STATEMENT = "财政拨款“三公”经费支出决算表"


def statistics(*told: int, cars: str = "2") -> Book:
    """Prose with counts beside the statement that prints them."""
    rows = [
        ["4.公务用车保有量（辆）", "15", "—", cars],
        ["5.国内公务接待批次（个）", "16", "—", "11"],
        ["6.国内公务接待人次（人）", "17", "—", "76"],
    ]
    columns = ["项目", "行次", "预算数", "决算统计数"]
    return book(_COUNTED.format(*told), tables=(table(_STATEMENT, columns, rows, unit="元", statement=_STATEMENT),))


def test_counts_of_the_statement_repeated_in_prose() -> None:
    assert issues("D4", statistics(11, 76, 2)) == []
    told = [(i.kind, i.stated.value, i.stated.unit, i.expected.value if i.expected else "") for i in issues("D4", statistics(12, 67, 3))]
    assert told == [
        ("text-vs-table", "3", "辆", "2"),
        ("text-vs-table", "12", "批次", "11"),
        ("text-vs-table", "67", "人", "76"),
    ]


def test_counts_that_the_statement_leaves_blank_say_nothing() -> None:
    assert issues("D4", statistics(11, 76, 3, cars="")) == []
    assert issues("D4", statistics(11, 76, 3, cars="2.50")) == []


def score(name: str, title: str) -> Fact:
    """The total of a project's form."""
    place = Place(5, "总分 98", ((50.0, 20.0, 90.0, 32.0),))
    return Fact(name, "得分", Decimal(98), "分", 2023, "table", title, place, "98", column="总分", table=title)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("大厅搬迁改造及业务经费项目支出绩效自评表", ["96"]),
        ("5105-大厅搬迁改造及业务经费项目绩效自评结果表", ["96"]),
        ("项目支出绩效自评表", []),
    ],
)
def test_a_form_is_known_by_its_title_where_its_name_was_not_read(title: str, told: list[str]) -> None:
    made = book("2.大厅搬迁改造及业务经费项目：全年预算数为214.86万元，自评得分96分。", facts=(score("某市医疗保障局", title),))
    assert [i.stated.value for i in issues("E5", made)] == told


@pytest.mark.parametrize(("rate", "odd"), [("89.24", ["10"]), ("90.00", [])])
def test_full_marks_below_the_best_grade_are_odd(rate: str, odd: list[str]) -> None:
    made = projects(facts=project("公用经费补助", "100.00", "100.00", rate, rate, "10", "10"))
    assert [i.stated.value for i in issues("E5", made)] == odd


_PLANNED = "年初预算50.00万元，支出决算40.00万元，其中：公务用车费年初预算30.00万元，占60.00%；公务接待费年初预算20.00万元，占40.00%。"


def test_a_share_of_a_budget_is_not_divided_by_what_was_spent() -> None:
    assert issues("F1", book(_PLANNED)) == []


def test_a_share_of_a_budget_is_divided_by_the_budget_that_opens_the_list() -> None:
    text = (
        "“三公”经费支出决算40.00万元，年初预算50.00万元，其中：公务用车费年初预算30.00万元，占{}；公务接待费年初预算20.00万元，占40.00%。"
    )
    assert issues("F1", book(text.format("60.00%"))) == []
    (found,) = issues("F1", book(text.format("75.00%")))
    assert found.explain.startswith("30.00 ÷ 50.00 = 60.00 %")


def test_a_share_after_a_completion_rate_is_of_what_was_spent() -> None:
    text = "总支出100.00万元，其中：培训费支出决算10.00万元，完成年初预算20.00万元的50.00%，占10.00%；其他支出90.00万元，占90.00%。"
    assert issues("F1", book(text)) == []


@pytest.mark.parametrize(("rate", "told"), [("89.24", []), ("98.24", ["98.24"])])
def test_a_form_that_calls_the_whole_budget_changed(rate: str, told: list[str]) -> None:
    facts = [
        replace(f, measure="调整预算") if f.measure == "全年预算" else f for f in project("补助", "", "245.00", "218.65", rate, "", "")
    ]
    assert [i.stated.value for i in issues("F3", projects(facts=facts))] == told
