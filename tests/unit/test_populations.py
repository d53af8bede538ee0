"""What a ranking is among: the parts of the item named, its purchases, its projects, and nothing beside them."""

from dataclasses import replace

import pytest

from service.records import DocumentInfo, Fact, Kind, Passage
from tests.support.shelf import Shelf, ask, fact, passages

FINAL = DocumentInfo("qinghe-2023", "", "云汀市青禾区水务局", 2023, Kind.FINAL, "部门", 20, "0")
BUDGET = DocumentInfo("qinghe-2024", "", "云汀市青禾区水务局", 2024, Kind.BUDGET, "部门", 20, "1")


def _row(item: str, value: str, code: str | None = None, part: str = "general budget, basic", where: str = "表6", cells: str = "") -> Fact:
    quote = f"{item} | {cells or value}"
    return fact(item, "决算", value, where, quote, source="table", code=code, column="决算数", table=where, part=part)


FUNCTIONAL = (
    _row("社会保障和就业支出", "30.00", "208", "general budget", "表5"),
    _row("水利养老", "18.00", "2080505", "general budget", "表5"),
    _row("水利年金", "12.00", "2080506", "general budget", "表5"),
    _row("农林水支出", "970.00", "213", "general budget", "表5"),
    _row("河道整治", "800.00", "2130305", "general budget", "表5"),
    _row("行政运行", "170.00", "2130301", "general budget", "表5"),
)
BASIC = (
    _row("工资福利支出", "90.00", "301"),
    _row("基本工资", "60.00", "30101"),
    _row("津贴补贴", "30.00", "30102"),
    _row("对个人和家庭的补助", "25.00", "303"),
    _row("退休费", "25.00", "30302"),
    _row("商品和服务支出", "9.00", "302"),
    _row("办公费", "4.00", "30201"),
    _row("差旅费", "5.00", "30211"),
    _row("人员经费合计", "115.00"),
    _row("公用经费合计", "9.00"),
)


def _three(*parts: tuple[str, str], total: str) -> list[Fact]:
    rows = (("“三公”经费", total), *parts)
    return [_row(item, value, part="three public", where="表9") for item, value in rows]


def _ask(question: str, *facts: Fact, info: DocumentInfo = FINAL, prose: tuple[Passage, ...] = ()) -> str:
    return ask(question, Shelf(info, facts={info.doc: facts}, passages={info.doc: prose})).answer


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("工资福利支出里最高的是哪一项", "基本工资"),
        ("哪项商品和服务支出最大", "差旅费"),
        ("人员经费最多的是哪一项", "基本工资"),
        ("公用经费里最大的一项是什么", "差旅费"),
        ("社会保障类支出中哪项最多", "水利养老"),
        ("农林水支出里哪项最少", "行政运行"),
    ],
)
def test_a_ranking_within_an_item_is_among_its_own(question: str, first: str) -> None:
    told = _ask(question, *FUNCTIONAL, *BASIC)
    assert f"的是2023年{first}" in told
    assert first == "行政运行" or "河道整治" not in told


def test_the_parts_of_three_public_are_ranked_among_themselves() -> None:
    parts = (("因公出国（境）费", "2.00"), ("公务用车购置及运行维护费", "3.00"), ("公务用车运行维护费", "3.00"), ("公务接待费", "7.00"))
    for question in ("三公经费里哪项最大", "哪项三公经费最多", "三公中最大的一项"):
        told = _ask(question, *FUNCTIONAL, *_three(*parts, total="12.00"))
        assert "最高的是2023年公务接待费：决算7.00万元" in told
        assert "河道整治" not in told


@pytest.mark.parametrize(
    "question", ["三公经费里哪项最大", "公用经费里最大的一项是什么", "9个专项经费里最多的是哪个", "政府采购服务里最贵的是哪项"]
)
def test_where_the_members_cannot_be_told_no_others_are_ranked(question: str) -> None:
    told = _ask(question, *FUNCTIONAL, *_three(("公务接待费", "2.00"), total="12.00"))
    assert "没有找到" in told
    assert "最高的是" not in told


def test_what_is_not_printed_must_not_be_the_greatest() -> None:
    assert "最高的是2023年公务接待费" in _ask("三公经费里哪项最大", *FUNCTIONAL, *_three(("公务接待费", "7.00"), total="12.00"))
    assert "最低的是" not in _ask("三公经费里哪项最少", *FUNCTIONAL, *_three(("公务接待费", "7.00"), total="12.00"))


def test_purchases_are_ranked_by_what_is_bought_in_the_section_named() -> None:
    rows = (("合计", "90.00"), ("货物A", "50.00"), ("设备经费", "50.00"), ("水泵", "50.00"), ("服务C", "40.00"))
    more = (("会议经费", "30.00"), ("会议服务", "30.00"), ("运转经费", "10.00"), ("物业服务", "10.00"))
    bought = [_row(item, value, part="procurement", where="采购表") for item, value in (*rows, *more)]
    assert "最高的是2023年会议经费的会议服务：" in _ask("政府采购服务里最贵的是哪项", *FUNCTIONAL, *bought)
    told = _ask("最大的采购项目是哪个", *FUNCTIONAL, *bought)
    assert "最高的是2023年设备经费的水泵：" in told
    assert "河道整治" not in told


def test_projects_are_named_not_the_units_that_spend_them() -> None:
    where, unit = "项目支出表", "青禾区水文中心"
    rows = [
        (project, fact(unit, "预算", value, where, f"{project} | {unit} | {value}", 2024, source="table", column="合计", part="projects"))
        for project, value in (("巡河", "20.00"), ("清淤", "45.00"), ("护堤", "8.00"))
    ]
    listed = [replace(row, path=(project,)) for project, row in rows]
    for question in ("哪个项目预算最多", "3个专项里哪个最多"):
        told = _ask(question, *listed, info=BUDGET)
        assert "最高的是2024年清淤：" in told
        assert "水文中心" not in told
    assert "最高的是" not in _ask("4个专项里哪个最多", *listed, info=BUDGET)


def _prose(item: str, code: str, budget: str, spent: str) -> list[Fact]:
    quote = f"{item}（项）。年初预算为{budget}万元，支出决算为{spent}万元"
    return [fact(item, m, v, "支出决算具体情况", quote, code=code, part="money") for m, v in (("年初预算", budget), ("决算", spent))]


def test_items_against_the_budget_are_all_told_and_no_others() -> None:
    facts = (*_prose("巡河", "2130301", "8.00", "6.00"), *_prose("清淤", "2130302", "5.00", "9.00"))
    facts += (*_prose("护堤", "2130303", "4.00", "4.00"), *_prose("测流", "2130304", "3.00", "3.00"))
    fewer, more, level = (
        _ask(q, *facts) for q in ("哪些科目的决算数比年初预算少？", "决算数大于预算数的科目有哪些", "哪些科目决算与预算持平")
    )
    assert "巡河" in fewer
    assert "清淤" not in fewer + level
    assert "清淤" in more
    assert "护堤" not in fewer + more
    assert "持平的有2项：护堤、测流" in level


def test_items_said_to_be_as_last_year_are_listed() -> None:
    said = [("巡河", "8", "持平"), ("清淤", "5", "持平"), ("护堤", "4", "增加1万元")]
    where = "支出预算情况"
    figures = [(item, value, f"{item}（项）支出{value}万元") for item, value, _ in said]
    facts = [fact(item, "预算", value, where, quote, 2024, part="money") for item, value, quote in figures]
    prose = [(where, f"{item}（项）支出{value}万元，与上年相比{how}。") for item, value, how in said]
    told = _ask("哪些科目与上年持平", *facts, info=BUDGET, prose=tuple(passages(BUDGET.doc, prose)))
    assert "与上年持平的有2项：巡河、清淤" in told
    assert "护堤" not in told


def test_only_what_grew_is_told_of_what_grew_most() -> None:
    facts = [
        fact(item, "增减率", value, "支出预算情况", f"{item}（项）支出增减{value}", 2024, code=code, part="money")
        for item, value, code in (("巡河", "8.00%", "2130301"), ("清淤", "5.00%", "2130302"), ("护堤", "-4.00%", "2130303"))
    ]
    told = _ask("哪个科目增长率最高", *facts, info=BUDGET)
    assert "巡河" in told
    assert "护堤" not in told
