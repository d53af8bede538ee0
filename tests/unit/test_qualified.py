"""What stands beside an item's or a body's name in a question and makes it another, and figures that are no sides of a comparison."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.answering import bodies, matching
from service.records import DocumentInfo, Fact, Finding, Kind, Operand, Quantity, Severity
from tests.support.shelf import Shelf, ask, fact, passage

PLAN = DocumentInfo("qinghe-2023", "", "云汀市青禾区水务局", 2023, Kind.BUDGET, "部门", 20, "0")
FINANCE = DocumentInfo("finance-2023", "", "云汀市青禾区财政局", 2023, Kind.BUDGET, "部门", 20, "1")
OFFICE = DocumentInfo("office-2023", "", "云汀市青禾区人民政府办公室", 2023, Kind.BUDGET, "部门", 20, "2")
AWAY = DocumentInfo("away-2023", "", "云汀市临洛区残疾人联合会", 2023, Kind.BUDGET, "部门", 20, "3")
BODIES = (PLAN, FINANCE, OFFICE, AWAY)
NAMES = [
    "邮电费",
    "差旅费",
    "会议费",
    "维修（护）费",
    "公务用车购置及运行维护费",
    "公务接待费",
    "人员经费",
    "工会经费",
    "工资福利支出",
    "政府采购货物支出",
    "政府采购支出总额",
    "水情网络维护及专线租赁费",
]


def _named(question: str) -> list[str]:
    """The first name of every item that the documents hold."""
    return [m.names[0] for m in matching.items(question, NAMES) if m.score]


@pytest.mark.parametrize(
    "question",
    [
        "电费花了多少",
        "2024年电费",
        "给居委会的经费是多少",
        "水务局和社工部支出差多少",
        "全年开几次常委会议",
        "河长会议几次",
        "外宾接待费",
        "离退休人员经费一共多少",
        "空调维护费多少",
        "会议室租赁费多少",
        "公务用车购置费",
        "办公家具采购多少",
        "集中采购多少",
    ],
)
def test_a_looser_word_names_no_item(question: str) -> None:
    assert _named(question) == []


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("电话费花了多少", "邮电费"),
        ("邮店费花了多少", "邮电费"),
        ("今年出差花了多少", "差旅费"),
        ("全年会议花了多少钱", "会议费"),
        ("接待费多少", "公务接待费"),
        ("公务用车购置和运行费多少", "公务用车购置及运行维护费"),
        ("工会费多少", "工会经费"),
        ("今年采购多少", "政府采购支出总额"),
        ("水情网络维护费多少", "水情网络维护及专线租赁费"),
    ],
)
def test_a_word_that_says_the_item_names_it(question: str, item: str) -> None:
    assert _named(question)[:1] == [item]


@pytest.mark.parametrize(
    ("question", "docs"),
    [
        ("青禾区水务局和财政局的三公经费差多少", {PLAN.doc, FINANCE.doc}),
        ("云汀市青禾区水务局跟区府办，谁的车多", {PLAN.doc, OFFICE.doc}),
        ("青禾区水务局与残联的会议费", {PLAN.doc}),
    ],
)
def test_a_body_joined_to_one_of_its_place_is_named_too(question: str, docs: set[str]) -> None:
    assert {d.doc for d in bodies.choose(question, BODIES).documents} == docs


@pytest.mark.parametrize(
    "question",
    ["青禾区水务局有几个监督委员会", "机构设置里有稽查局吗", "财政厅给的预算一共多少", "水务局预算比省里的少多少", "“XX局”改成什么"],
)
def test_parts_of_a_question_are_no_bodies(question: str) -> None:
    assert bodies.choose(question, BODIES).foreign is None


@pytest.mark.parametrize("question", ["稽查局花了多少钱", "有没有教育局的预算", "XX局的预算"])
def test_bodies_that_are_not_there_stay_so(question: str) -> None:
    assert bodies.choose(question, BODIES).foreign is not None


def _row(item: str, value: str, table: str, part: str, code: str | None = None) -> Fact:
    return fact(item, "预算", value, table, f"{item} | {value}", source="table", code=code, table=table, part=part)


def _ask(question: str, facts: Sequence[Fact]) -> str:
    return ask(question, Shelf(PLAN, facts={PLAN.doc: facts})).answer


def test_a_cost_is_told_whole_not_the_part_of_it_in_the_basic_expenditure() -> None:
    facts = [
        _row("会议费", "5.00", "基本支出预算表", "fiscal basic"),
        _row("会议费", "31.00", "三公经费、会议费支出预算表", "three public"),
    ]
    assert "31.00万元" in _ask("会议费预算多少", facts)
    assert "5.00万元" in _ask("基本支出预算表里会议费多少", facts)


def test_the_budgets_item_comes_before_what_is_bought_of_it() -> None:
    facts = [
        _row("水质检测经费", "8.00", "政府采购预算表", "procurement"),
        _row("水质检测", "95.00", "支出预算表", "general budget", "2130399"),
    ]
    assert "95.00万元" in _ask("水质检测经费多少", facts)
    assert "8.00万元" in _ask("水质检测经费采购多少", facts)


def test_marks_are_set_against_each_other_only_where_marks_are_asked() -> None:
    form = "项目绩效自评表"
    facts = [
        fact("水闸看护", "得分", "10分", form, "水闸看护 | 10", source="table", table=form, part="performance appraisal"),
        fact("巡河补助", "得分", "20分", form, "巡河补助 | 20", source="table", table=form, part="performance appraisal"),
    ]
    assert "更高" not in _ask("水闸看护还是巡河补助哪个多", facts)
    assert "更高" in _ask("水闸看护还是巡河补助得分高", facts)


def test_another_place_is_told_only_of_the_figures_shown_and_where_it_differs() -> None:
    form = "项目绩效自评表"
    quotes = {"5.8": "巡河经费 | 5.8 | 10 | 9", "6.1": "巡河经费 | 6.1 | 100 | 99"}
    facts = [
        fact("巡河经费", measure, value, form, quotes[row], source="table", table=form, part="performance appraisal")
        for row, cells in (("5.8", ("5.8", "10分", "9分")), ("6.1", ("6.1", "100分", "99分")))
        for measure, value in zip(("执行数", "分值", "得分"), cells, strict=True)
    ]
    stated, other = facts[0].place, facts[3].place
    operands = tuple(Operand(text, "万元", other) for text in ("6.1", "10", "100", "9", "99"))
    finding = Finding(
        "f1", "E1", "text-vs-table", Severity.ERROR, Quantity("5.8", "万元"), Quantity("6.1", "万元"), form, stated, operands, (), ""
    )
    account = replace(PLAN, kind=Kind.FINAL)
    told = ask("巡河经费花了多少", Shelf(account, facts={PLAN.doc: facts}, findings={PLAN.doc: [finding]})).answer
    assert told.count("与上面不一致") == 1
    assert "分值" not in told.partition("文件另一处")[2]


def test_the_body_of_most_says_that_older_documents_are_left_out() -> None:
    older = DocumentInfo("qinghe-2022", "", PLAN.org, 2022, Kind.BUDGET, "部门", 20, "4")
    values = {PLAN: "3.00", older: "9.00", FINANCE: "2.00"}
    facts = {d.doc: [fact("公务接待费", "预算", v, "三公经费", f"公务接待费{v}万元", d.year)] for d, v in values.items()}
    assert "最近一个年度" in ask("哪个单位的公务接待费最高", Shelf(*values, facts=facts)).answer
    assert "最近一个年度" not in ask("哪个单位的公务接待费最高", Shelf(PLAN, FINANCE, facts=facts)).answer


def test_a_cost_that_is_not_printed_is_not_quoted_from_a_longer_name() -> None:
    mail = _row("邮电费", "4.00", "基本支出预算表", "fiscal basic")
    others = [f"第{n}号泵站巡查{n}次。" for n in range(20, 50)]
    told = [passage(PLAN.doc, "情况", text, number=n) for n, text in enumerate([*others, "邮电费4万元。", "泵站电费12万元。"])]
    shelves = [Shelf(PLAN, facts={PLAN.doc: [mail]}, passages={PLAN.doc: shown}) for shown in (told[:-1], told)]
    assert "邮电费" not in ask("2023年电费多少钱", shelves[0]).answer
    assert "电费12万元" in ask("2023年电费多少钱", shelves[1]).answer
