"""Questions about projects: one form of several, all forms together, a project described under headings; and what only stands beside."""

import re
from dataclasses import replace

import pytest

from service.answering import neighbouring
from service.answering.draft import Draft, Evidence, Sentence
from service.answering.plan import read
from service.records import Answer, DocumentInfo, Fact, Indicator, Kind, Place, Reason, Stated, Table
from tests.support.shelf import Shelf, ask, fact, passage, table

ORG = "柳河县文化馆"
FINAL = DocumentInfo("liuhe-2023", "", ORG, 2023, Kind.FINAL, "", 9, "0")
BUDGET = DocumentInfo("liuhe-2024", "", ORG, 2024, Kind.BUDGET, "", 9, "1")
EARLIER = DocumentInfo("liuhe-2023-budget", "", ORG, 2023, Kind.BUDGET, "", 9, "2")
LOST = "阴雨天多，部分场次改期"


def form(page: int, *texts: str) -> Table:
    """A self-evaluation form on a page of its own."""
    project, budget, spent, rate, score, indicator, reached, points = texts
    made = table(
        [""] * 9,
        f"项目名称||{project}||||||",
        "主管部门||柳河县文旅局|||实施单位||柳河县文化馆|",
        "项目资金(万元)|||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        f"|年度资金总额||{budget}|{budget}|{spent}|10|{rate}|9",
        "年度总体目标|预期目标||||实际完成情况|||",
        f"|把{project}办好办实||||{project}如期办完|||",
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因",
        f"|产出指标|数量指标|{indicator}|≥40场|{reached}|20|{points}|{LOST if points != '20' else ''}",
        f"总分||||||100|{score}|",
        title="项目支出绩效自评表",
        statement="项目支出绩效自评表",
    )
    rows = tuple(tuple(replace(cell, page=page) for cell in row) for row in made.rows)
    return replace(made, pages=(page,), rows=rows)


FORMS = (
    form(3, "戏曲进乡村经费", "30.00", "24.00", "80.00%", "88", "下乡演出场次", "36场", "18"),
    form(4, "古籍修复专项经费", "12.00", "12.00", "100.00%", "97", "修复古籍册数", "40场", "20"),
)
BASIC = table(
    ["科目编码", "科目名称", "决算数"],
    "302|商品和服务支出|9.00",
    "30201|办公费|2.00",
    "30211|差旅费|6.00",
    "30228|工会经费|1.00",
    title="一般公共预算财政拨款基本支出决算表",
    number="公开06表",
)


def _facts(one: Table) -> list[Fact]:
    assert one.pages[0] == one.place(0).page
    last = len(one.rows) - 1
    row, score = [cell.text for cell in one.rows[3]], one.rows[last][7].text
    told = (
        ("全年预算", row[4], 3, "全年预算数"),
        ("执行数", row[5], 3, "全年执行数"),
        ("执行率", row[7], 3, "执行率"),
        ("得分", f"{row[8]}分", 3, "得分"),
        ("得分", f"{score}分", last, "总分"),
    )
    return [
        fact(
            one.rows[0][2].text,
            measure,
            value,
            one.title,
            one.place(number),
            source="table",
            column=column,
            table=one.title,
            part="appraisal",
        )
        for measure, value, number, column in told
    ]


def _indicator(one: Table) -> Indicator:
    cells = [cell.text for cell in one.rows[7]]
    place = one.place(7)
    points = fact(cells[3], "得分", f"{cells[7]}分", one.title, place, source="table", column="得分", part="appraisal")
    reason = Reason(cells[3], "偏差原因", cells[8], place, where=one.title) if cells[8] else None
    target, actual = (Stated(text, Place(one.pages[0], text, ()), None, None, "") for text in cells[4:6])
    return Indicator(one.rows[0][2].text, cells[3], ("产出指标", "数量指标"), target, actual, None, points, reason, one.title)


_HALL = "非遗展厅改造项目经费情况说明"
DESCRIBED = (
    passage(BUDGET.doc, f"{_HALL}/一、项目概述", "改造一层展厅三百平方米。", number=1, page=7),
    passage(BUDGET.doc, f"{_HALL}/二、立项依据", "《柳河县公共文化三年行动》。", number=2, page=7),
    passage(BUDGET.doc, f"{_HALL}/三、实施周期", "2024年全年。", number=3, page=7),
    passage(BUDGET.doc, f"{_HALL}/四、年度预算安排", "上半年安排20万元，下半年安排15万元。", number=4, page=7),
)


def _told(doc: DocumentInfo, item: str, value: str, quote: str) -> Fact:
    return fact(item, "预算", value, "五、支出预算", Place(5, quote, ()), doc.year, part="money")


FACTS = {
    FINAL.doc: [told for one in FORMS for told in _facts(one)],
    BUDGET.doc: [_told(BUDGET, "培训费", "14", "培训费14万元"), _told(BUDGET, "群众文化", "90", "群众文化90万元")],
    EARLIER.doc: [_told(EARLIER, "培训费", "11", "培训费11万元")],
}


def _asked(question: str, *documents: DocumentInfo) -> Answer:
    tables, indicators = {FINAL.doc: [*FORMS, BASIC]}, {FINAL.doc: [_indicator(one) for one in FORMS]}
    return ask(question, Shelf(*documents, facts=FACTS, passages={BUDGET.doc: DESCRIBED}, tables=tables, indicators=indicators))


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("古籍修复项目自评多少分", ["97分"], ["88分"]),
        ("戏曲进乡村自评总分和执行率各多少", ["88分", "80.00%"], ["97分"]),
        ("戏曲进乡村项目演出场次的目标和实际完成各是多少", ["≥40场", "36场"], []),
        ("戏曲进乡村项目为什么扣分", [f"「{LOST}」"], []),
        ("古籍修复项目的年度目标是什么", ["「把古籍修复专项经费办好办实」"], ["戏曲"]),
        ("戏曲进乡村项目实际完成情况怎么样", ["「戏曲进乡村经费如期办完」"], ["办好办实"]),
        ("古籍修复项目的实施单位是谁", ["「柳河县文化馆」"], ["戏曲"]),
        ("戏曲进乡村和古籍修复两个项目哪个得分高", ["古籍修复专项经费更高", "97分", "88分"], []),
        ("戏曲进乡村项目执行率这一项得了几分", ["80.00%", "得分9分"], ["88分"]),
        ("各个自评项目分别得了多少分", ["88分", "97分"], []),
        ("公开06表里哪项花得最多", ["最高的是2023年差旅费", "6.00万元"], ["9.00万元"]),
    ],
)
def test_forms_are_asked_by_project(question: str, told: list[str], untold: list[str]) -> None:
    text = _asked(question, FINAL).answer
    assert [words for words in told if words not in text] == []
    assert [words for words in untold if words in text] == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("展厅改造项目是干什么的，周期多久", ["「改造一层展厅三百平方米」", "「2024年全年」"]),
        ("非遗展厅项目的立项依据是什么", ["「《柳河县公共文化三年行动》」"]),
        ("非遗展厅改造项目预算安排一共多少", ["合计35万元（20万元 + 15万元）"]),
    ],
)
def test_a_described_project_is_told_by_its_headings(question: str, told: list[str]) -> None:
    text = _asked(question, BUDGET).answer
    assert [words for words in told if words not in text] == []


def test_two_years_are_told_from_both_documents() -> None:
    assert "多3万元（14万元 − 11万元）" in _asked("文化馆2024年培训费比2023年多多少", BUDGET, EARLIER).answer


def test_a_plan_tells_nothing_spent() -> None:
    made = _asked("文化馆2024年实际发放了多少群众文化补助", BUDGET)
    assert made.refused
    assert re.search(r"\d+(?:\.\d+)?万", made.answer) is None
    both = _asked("群众文化预算多少，实际支出多少", BUDGET)
    assert "90万元" in both.answer
    assert "没有实际支出" in both.answer


@pytest.mark.parametrize(
    ("question", "quote", "beside"),
    [
        ("全县文化支出是多少", "本馆文化支出90万元", True),
        ("全县文化支出是多少", "我县文化支出9000万元", False),
        ("馆里有多少名志愿者", "文化志愿 | 12.00", True),
        ("馆里有多少名志愿者", "共有志愿者35人", False),
        ("有多少队员", "演出队 604.00万元", True),
        ("查处了多少家网吧", "网吧巡查经费20万元", True),
        ("查处了多少家网吧", "全年查处网吧8家", False),
        ("一年演出几场", "演出费6万元", True),
        ("一年演出几场", "全年演出36场", False),
        ("演出费花了多少", "演出费6万元", False),
    ],
)
def test_what_stands_beside_is_no_answer(question: str, quote: str, beside: bool) -> None:
    plan = read(question, [FINAL], lambda _: [])
    draft = Draft((Sentence("文件写明。", ("E1",)),))
    evidence = {"E1": Evidence("E1", FINAL.doc, "", Place(1, quote, ()))}
    assert neighbouring.only(plan, draft, evidence) is beside
