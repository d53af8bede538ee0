"""The composer over made-up facts: which figure is told, what is computed, what is ranked, and what is not told."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from service.records import (
    DocumentInfo,
    Fact,
    Finding,
    Indicator,
    Kind,
    Operand,
    Passage,
    Place,
    Quantity,
    Reason,
    Severity,
    Stated,
    Table,
)
from tests.support.shelf import Shelf, ask, fact, passage, table

ORG = "河清县农业农村局"
FINAL = DocumentInfo("heqing-2023", "", ORG, 2023, Kind.FINAL, "部门", 20, "0")
BUDGET = DocumentInfo("heqing-2024", "", ORG, 2024, Kind.BUDGET, "部门", 20, "1")
SPENDING, THREE, STAFF, BUYING, FORM = "五、支出情况", "七、三公经费情况", "三、人员情况", "十一、政府采购情况", "部门绩效自评表"
LINES = {
    "农田建设": (
        "2130153",
        "年初预算500万元，支出决算440万元，完成年初预算的88.00%",
        (("年初预算", "500"), ("决算", "440"), ("完成率", "88.00%")),
    ),
    "病虫害控制": (
        "2130108",
        "年初预算60万元，支出决算75万元，完成年初预算的125.00%",
        (("年初预算", "60"), ("决算", "75"), ("完成率", "125.00%")),
    ),
    "行政运行": (
        "2130101",
        "年初预算300万元，支出决算306万元，完成年初预算的102.00%",
        (("年初预算", "300"), ("决算", "306"), ("完成率", "102.00%")),
    ),
}


def _spending() -> list[Fact]:
    return [
        fact(item, measure, value, SPENDING, f"{item}（项）。{quote}", code=code, part="money")
        for item, (code, quote, figures) in LINES.items()
        for measure, value in figures
    ]


def _row(item: str, value: str, where: str, column: str, part: str, measure: str = "决算") -> Fact:
    return fact(item, measure, value, where, f"{item} | {value}", source="table", column=column, part=part)


FACTS = {
    FINAL.doc: [
        *_spending(),
        _row("农田建设", "440.00", "公开02表", "本年收入合计", "income"),
        _row("农田建设", "440.00", "公开02表", "财政拨款收入", "income"),
        fact("水利巡查", "全年预算", "80", SPENDING, "水利巡查（项）。全年预算80万元，支出决算17万元", part="money"),
        fact("水利巡查", "决算", "17", SPENDING, "水利巡查（项）。全年预算80万元，支出决算17万元", part="money"),
        fact("三公经费", "决算", "9", THREE, "三公经费支出决算9万元，其中：公务接待费2万元，公务用车运行维护费7万元"),
        fact("公务接待费", "决算", "2", THREE, "公务接待费2万元"),
        fact("公务用车运行维护费", "决算", "7", THREE, "公务用车运行维护费7万元"),
        fact("国内公务接待", "人数", "160人次", THREE, "国内公务接待160人次"),
        fact("人员编制", "人数", "30人", STAFF, "人员编制30人"),
        fact("行政编制", "人数", "18人", STAFF, "行政编制18人"),
        fact("事业编制", "人数", "12人", STAFF, "事业编制12人"),
        fact("政府采购支出总额", "决算", "80", BUYING, "政府采购支出总额80万元"),
        fact("政府采购货物支出", "决算", "50", BUYING, "政府采购货物支出50万元"),
        fact("政府采购服务支出", "决算", "30", BUYING, "政府采购服务支出30万元"),
        fact("授予中小企业合同金额", "决算", "60", BUYING, "授予中小企业合同金额60万元，占政府采购支出总额的75.00%"),
        fact("授予中小企业合同金额", "占比", "75.00%", BUYING, "授予中小企业合同金额60万元，占政府采购支出总额的75.00%"),
    ],
    BUDGET.doc: [
        fact("农田建设", "预算", "470", "五、支出预算", "农田建设（项）470万元，比上年减少30万元", 2024, part="money"),
        fact("农田建设", "增减额", "-30", "五、支出预算", "农田建设（项）470万元，比上年减少30万元", 2024, part="money"),
    ],
}
WHY = f"病虫害控制（项）。{LINES['病虫害控制'][1]}，决算数大于年初预算数的主要原因是：当年虫情较重"
REASONS = [Reason("病虫害控制", "决算数大于年初预算数", "当年虫情较重", Place(3, WHY, ()), where=SPENDING)]
ROW = "产出指标 | 农户满意度 | ≥90% | 86% | 10 | 8"
SCORE = fact("农户满意度", "得分", "8分", FORM, ROW, source="table", column="得分")
INDICATORS = [
    Indicator(
        "部门整体支出绩效自评",
        "农户满意度",
        ("满意度指标",),
        Stated("≥90%", Place(3, "≥90%", ()), "≥", Decimal(90), "%"),
        Stated("86%", Place(3, "86%", ()), None, Decimal(86), "%"),
        None,
        SCORE,
        None,
        FORM,
    )
]


def library(*infos: DocumentInfo, more: Sequence[Fact] = (), findings: Sequence[Finding] = (), tables: Sequence[Table] = ()) -> Shelf:
    """A library of a final account, the next year's budget of one body, or both; more of the final account may be known."""
    return Shelf(
        *infos,
        facts={**FACTS, FINAL.doc: [*FACTS[FINAL.doc], *more]},
        reasons={FINAL.doc: REASONS},
        tables={FINAL.doc: tables},
        indicators={FINAL.doc: INDICATORS},
        findings={FINAL.doc: findings},
    )


def printed(facts: Sequence[Fact] = (), passages: Sequence[Passage] = ()) -> Shelf:
    """A library of the budget alone, which prints these facts and passages and no others."""
    return Shelf(BUDGET, facts={BUDGET.doc: facts}, passages={BUDGET.doc: passages})


HELD = library(FINAL)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("农田建设花了多少，预算多少", ["440万元", "500万元", "88.00%"], ["公开02表"]),
        ("农田建设剩了多少没花", ["少60万元（500万元 − 440万元）"], []),
        ("病虫害控制为什么超预算", ["「当年虫情较重」", "75万元"], []),
        ("病虫害控制超了多少，为什么", ["多15万元", "「当年虫情较重」"], []),
        ("农田建设花了多少元", ["4400000元"], []),
        ("农田建设和病虫害控制一共花了多少", ["合计515万元（440万元 + 75万元）"], []),
        ("病虫害控制是农田建设的百分之几", ["17.05%"], []),
        ("三公经费除了公务接待费还花了多少", ["7万元"], []),
        ("编制多少人", ["30人"], ["18人", "12人"]),
        ("公务接待平均每人次花了多少", ["125.00元（2万元 ÷ 160人次）"], []),
        ("水利巡查花了全年预算的百分之几", ["21.25%（17万元 ÷ 80万元）"], []),
        ("给中小企业的合同占多少", ["75.00%"], []),
        ("采购总额、货物、服务各多少", ["总额：决算80万元", "货物支出：决算50万元", "服务支出：决算30万元"], []),
        ("采购多少，货物多少、服务多少", ["总额：决算80万元", "货物支出：决算50万元", "服务支出：决算30万元"], []),
        ("政府采购里货物和服务各多少", ["货物支出：决算50万元", "服务支出：决算30万元"], ["80万元"]),
        ("三公经费分别花在哪些方面", ["公务接待费：决算2万元", "公务用车运行维护费：决算7万元"], []),
    ],
)
def test_told(question: str, told: list[str], untold: list[str]) -> None:
    made = ask(question, HELD)
    assert not made.refused
    assert [part for part in told if part not in made.answer] == []
    assert [part for part in untold if part in made.answer] == []


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("哪项支出花得最多", "农田建设", "病虫害控制"),
        ("哪个科目完成率最低", "水利巡查", "农田建设"),
        ("哪个科目完成率最高", "病虫害控制", "农田建设"),
        ("哪个科目超预算最多", "病虫害控制", "行政运行"),
    ],
)
def test_ranked(question: str, first: str, last: str) -> None:
    answer = ask(question, HELD).answer
    assert answer.index(first) < answer.index(last)


def test_a_condition_leaves_the_others_out() -> None:
    answer = ask("哪些科目没花完预算", HELD).answer
    assert "农田建设" in answer
    assert "病虫害控制" not in answer


def test_a_measure_that_is_not_printed_is_not_replaced_by_a_neighbour() -> None:
    made = ask("农田建设得了多少分", HELD)
    assert made.refused
    assert "440" not in made.answer


def test_outcome_against_next_years_budget() -> None:
    made = ask("农田建设2024年预算比2023年决算多还是少，差多少", library(FINAL, BUDGET))
    assert "多30万元（470万元 − 440万元）" in made.answer
    assert {c.doc for c in made.citations} == {FINAL.doc, BUDGET.doc}


def test_the_year_before_follows_from_the_change() -> None:
    assert "推算2023年农田建设为500万元（470万元 + 30万元）" in ask("上一年的农田建设预算是多少", library(BUDGET)).answer


def test_a_count_keeps_the_unit_that_is_printed() -> None:
    more = [fact("国内公务接待", "数量", "17批", THREE, "国内公务接待17批")]
    assert "17批【" in ask("公务接待费花了多少，接待了多少批客人", library(FINAL, more=more)).answer


def test_a_share_of_fiscal_spending_is_of_that_money() -> None:
    more = [
        fact("本年支出合计", "决算", "1000", "总体情况", "本年支出合计1000万元", scope="全部"),
        fact("本年支出", "决算", "880", "财政拨款情况", "财政拨款本年支出880万元", scope="财政拨款"),
    ]
    assert "（880万元）的50.00%" in ask("农田建设占财政拨款支出的比例是多少", library(FINAL, more=more)).answer


def test_a_name_inside_a_fuller_name_is_not_the_row_asked_for() -> None:
    """The account prints a class and the class's rest, whose name holds the class's name."""
    rows = table(["科目名称", "本年支出合计"], "林业管理|9.00", "其他林业管理支出|2.00", title="支出决算表")
    answer = ask("支出决算表里其他林业管理支出合计是多少", library(FINAL, tables=[rows])).answer
    assert "其他林业管理支出（《支出决算表》）：本年支出合计2.00万元" in answer


def test_an_indicator_is_told_with_target_and_outcome() -> None:
    answer = ask("农户满意度达到目标了吗", HELD).answer
    assert "目标值≥90%" in answer
    assert "实际完成86%" in answer


def test_the_other_place_is_shown_where_the_checker_found_a_contradiction() -> None:
    other = _row("行政运行", "360.00", "公开05表", "决算数", "general budget")
    values = (Quantity("306", "万元"), Quantity("360.00", "万元"))
    finding = Finding(
        "f1", "E1", "text-vs-table", Severity.ERROR, values[0], values[1], SPENDING, Place(3, "支出决算306万元", ()),
        (Operand("360.00", "万元", other.place),), (), "",
    )  # fmt: skip
    assert "公开05表" in ask("行政运行花了多少", library(FINAL, more=[other], findings=[finding])).answer
    assert "公开05表" not in ask("行政运行花了多少", library(FINAL, more=[other])).answer


def test_the_whole_of_parts_that_alone_are_printed_is_their_sum() -> None:
    parts = {"因公出国（境）费": "3.50", "公务用车购置及运行维护费": "12.25", "公务接待费": "1.30"}
    told = [fact(item, "预算", value, THREE, f"{item}支出{value}万元", 2024) for item, value in parts.items()]
    answer = ask("三公经费三项加起来多少", printed(told))
    assert "合计17.05万元（3.50万元 + 12.25万元 + 1.30万元）" in answer.answer
    assert "15.75" not in ask("三公经费三项加起来多少", printed(told[:2])).answer


def _paragraphs(*texts: str) -> Shelf:
    """The budget with paragraphs of one section."""
    return printed(passages=[passage(BUDGET.doc, "名词解释", text, number=n, page=9) for n, text in enumerate(texts)])


def test_two_words_are_told_apart_by_their_entries() -> None:
    shelf = _paragraphs("一、挂账资金：指已下达而未拨付的资金。", "二、存量资金：指连续两年未用完的资金。")
    answer = ask("挂账资金跟存量资金有啥区别", shelf)
    assert "已下达而未拨付" in answer.answer
    assert "连续两年未用完" in answer.answer


def test_what_a_department_does_and_the_number_to_call() -> None:
    shelf = _paragraphs(
        "设综合科、植保科。（二）植保科。负责病虫害测报。（三）农机科。负责农机具登记、年检。（四）渔政科。负责增殖放流。",
        "如对公开内容有疑问，联系电话：（0000）1234567。本文本不再更新。",
    )
    assert "「农机科。负责农机具登记、年检」" in ask("农机科管什么？", shelf).answer
    assert "负责" not in ask("综合科管什么？", shelf).answer
    assert "1234567" in ask("对预算公开有疑问打什么电话？", shelf).answer
