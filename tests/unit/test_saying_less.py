"""Answers that must not say more than is printed: blank cells, reasons of something else, premises that figures deny, owned for bought."""

from dataclasses import replace

import pytest

from service.answering import premises, procured, respond
from service.answering.choosing import Group
from service.records import DocumentInfo, Finding, Kind, Operand, Place, Quantity, Reason, Severity
from tests.support.shelf import Shelf, ask, fact, passage, passages, table

YARD = DocumentInfo("yard-2023", "", "云汀市园林养护中心", 2023, Kind.FINAL, "部门", 20, "0")
COSTS = table(
    ["代码", "人员/科目", "人员/决算数", "代码", "公用/科目", "公用/决算数"],
    "30301|离岗费||30215|花展费|",
    "30302|抚慰金|6.10|30216|讲习费|",
    title="基本支出决算明细表",
    number="公开06表",
)


BESIDE = [("九、其他", f"第{n}苗圃区按时修剪浇灌，长势良好。") for n in "甲乙丙丁戊己庚辛壬癸子丑"]
"""Against so many sentences a word of one is rare."""


def _shelf(*told: tuple[str, str], **held: object) -> Shelf:
    made = passages(YARD.doc, (*told, *BESIDE))
    for n in range(len(COSTS.rows)):
        row = passage(YARD.doc, "基本支出决算明细表", COSTS.quote(n), number=20 + n, page=1)
        made.append(replace(row, kind="row", text=f"{row.section}\n科目 决算数\n{row.quote}"))
    own = {name: {YARD.doc: value} for name, value in held.items()}
    return Shelf(YARD, passages={YARD.doc: made}, tables={YARD.doc: [COSTS]}, **own)  # type: ignore[arg-type]


def test_a_blank_cell_is_told_as_blank_and_its_neighbour_is_not_told() -> None:
    made = ask("讲习费多少", _shelf()).answer
    assert "讲习费（公开06表）" in made
    assert "未填列" in made
    assert "6.10" not in made
    assert "|" not in made


def test_a_row_is_not_quoted_for_an_item_that_only_resembles_one_of_its_panels() -> None:
    assert ask("今年一共发了多少离岗慰问费", _shelf()).refused


CAUSES = [
    Reason("其他绿化事务", "比上年增加", "新建苗圃", Place(3, "主要原因是新建苗圃", ()), "2130299", "（一）绿化"),
]


def test_the_reason_of_an_item_stands_under_the_other_form_of_its_name() -> None:
    told = "9.绿化（款）其他绿化事务（项）支出58万元，与上年相比增加48万元。主要原因是新建苗圃。"
    facts = [
        fact("其他绿化事务支出", "预算", "58", "公开05表", "2130299 | 其他绿化事务支出 | 58", source="table", code="2130299"),
        fact("其他绿化事务", "预算", "58", "（一）绿化", "其他绿化事务（项）支出58万元", code="2130299"),
        fact("其他绿化事务", "增减额", "48", "（一）绿化", "与上年相比增加48万元", code="2130299"),
    ]
    made = ask("其他绿化事务支出为什么增加48万", _shelf(("（一）绿化", told), facts=facts, reasons=CAUSES)).answer
    assert "新建苗圃" in made
    assert "未说明原因" not in made


def test_the_line_that_makes_up_a_total_s_change_explains_it() -> None:
    where = "一、收支情况"
    told = "收入总计83万元，比上年增加12万元。其中事业收入83万元，比上年增加12万元，主要原因是门票涨价。"
    facts = [
        fact("收入总计", "决算", "83", where, "收入总计83万元"),
        fact("收入总计", "增减额", "12", where, "比上年增加12万元"),
        fact("事业收入", "决算", "83", where, "事业收入83万元"),
        fact("事业收入", "增减额", "12", where, "事业收入83万元，比上年增加12万元"),
    ]
    causes = [Reason("事业收入", "比上年增加", "门票涨价", Place(3, "主要原因是门票涨价", ()), None, where)]
    made = ask("为什么收入总计增加", _shelf((where, told), facts=facts, reasons=causes)).answer
    assert "其中事业收入（比上年增加）的原因：「门票涨价」" in made


def test_a_change_against_last_year_explains_nothing_of_the_budget() -> None:
    where = "五、支出情况"
    told = "苗木费年初预算30万元，决算20万元，比上年增加2万元，主要原因是品种调整。"
    facts = [fact("苗木费", "年初预算", "30", where, "苗木费年初预算30万元"), fact("苗木费", "决算", "20", where, "决算20万元")]
    causes = [Reason("苗木费", "比上年增加", "品种调整", Place(3, "主要原因是品种调整", ()), None, where)]
    made = ask("苗木费年初预算为什么比决算少", _shelf((where, told), facts=facts, reasons=causes)).answer
    assert "预算并不比决算少" in made
    assert "原因" not in made


def test_by_how_much_tells_which_item_is_meant() -> None:
    where = "（二）保障"
    told = "花农退养支出97.20万元，与上年相比减少49.90万元，减少33.92%。主要原因是改由统筹发放。花农保障支出254万元，减少3.10%。"
    facts = [
        fact("花农退养", "预算", "97.20", where, "花农退养支出97.20万元"),
        fact("花农退养", "增减率", "-33.92%", where, "减少33.92%"),
        fact("花农保障支出", "预算", "254", where, "花农保障支出254万元"),
        fact("花农保障支出", "增减率", "-3.10%", where, "减少3.10%"),
    ]
    causes = [Reason("花农退养", "比上年减少", "改由统筹发放", Place(3, "主要原因是改由统筹发放", ()), None, where)]
    made = ask("花农退养的钱为什么降了34%", _shelf((where, told), facts=facts, reasons=causes)).answer
    assert "改由统筹发放" in made
    assert "3.10" not in made


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("花展费为什么增加", "没有超过预算"),
        ("花展费为什么减少", ""),
        ("花展费预算为什么比决算少", "的预算并不比决算少"),
        ("花展费预算为什么比决算多", ""),
        ("花展费为什么超预算", "没有超预算"),
    ],
)
def test_figures_deny_a_premise(question: str, denied: str) -> None:
    facts = (fact("花展费", "预算", "3.80", "五", "花展费预算3.80万元"), fact("花展费", "决算", "0", "五", "决算0万元"))
    plan = respond.composition(respond.Request(question, (YARD,)), _shelf(facts=list(facts)))[0]
    assert premises.denial(plan, Group(YARD, "花展费", facts, 0.0)) == denied


def test_a_year_that_is_not_printed_is_said_not_to_be() -> None:
    told = "（一）花展费支出预算3.80万元，决算3.80万元，完成预算的100%。"
    facts = [fact("花展费", m, "3.80", "五", "花展费支出预算3.80万元，决算3.80万元") for m in ("预算", "决算")]
    made = ask("花展费比2022年多花了还是少花了", _shelf(("五", told), facts=facts)).answer
    assert "没有写上年的数" in made
    assert "没有超预算" not in made
    level = ask("花展费为什么减少", _shelf(("五", "花展费支出3.80万元，与2022年持平。"), facts=facts[1:])).answer
    assert "与2022年持平" in level
    assert "未说明原因" not in level


def _disagreeing(stated: str, expected: str, explain: str, *operands: str) -> Finding:
    places = [Place(3, f"花木{text}万元", ()) for text in operands]
    at = Place(3, f"花展费决算{stated}万元", ())
    return Finding(
        "f", "B1", "sum", Severity.ERROR, Quantity(stated, "万元"), Quantity(expected, "万元"), "五", at,
        tuple(Operand(text, "万元", place) for text, place in zip(operands, places, strict=True)), (), explain,
    )  # fmt: skip


def test_a_warning_says_what_disagrees() -> None:
    told = "花展费决算9.80万元。"
    facts = [fact("花展费", "决算", "9.80", "五", "花展费决算9.80万元")]
    found = [_disagreeing("9.80", "8.80", "2.00 + 3.00 + 3.80 = 8.80 万元，文中写 9.80 万元，相差 1.00", "2.00", "3.00", "3.80")]
    made = ask("花展费决算多少", _shelf(("五", told), facts=facts, findings=found))
    assert "提示：各项相加为 8.80 万元，文中写 9.80 万元" in made.answer
    assert all(f.value in made.answer for f in made.figures), "what was left out is no figure of the answer"
    assert [f.derivation for f in made.figures if f.status == "derived"] == ["2.00+3.00+3.80 = 8.80"]
    assert len(made.citations) == 4
    of_part = [_disagreeing("7.70", "9.80", "9.80 + 0.00 + 1.00 = 10.80 万元，文中写 7.70 万元", "9.80", "0.00", "1.00")]
    assert "提示" not in ask("花展费决算多少", _shelf(("五", told), facts=facts, findings=of_part)).answer


def test_when_a_body_was_founded() -> None:
    told = (
        ("一、概况", "2019年6月，根据编办文件，成立下属单位云汀市澄湖苗圃站。云汀市园林养护中心于2011年3月设立。"),
        ("二、情况", "澄湖苗圃站经费预算5万元，2023年成立攻坚小组。"),
    )
    assert "2019年6月" in ask("澄湖苗圃站是什么时候成立的", _shelf(*told)).answer
    assert "澄湖苗圃站" in ask("澄湖苗圃站是什么时候成立的", _shelf(*told)).answer
    assert ask(
        "澄湖苗圃站是什么时候成立的", _shelf(told[1], facts=[fact("澄湖苗圃站经费", "预算", "5", "二、情况", "经费预算5万元")])
    ).refused


def test_guests_from_abroad_are_counted_only_where_they_are_asked_for() -> None:
    told = "2023年共接待国（境）外来访团组0个、来访外宾0人次。2023年共接待国内来访团组2个、来宾31人次。"
    shelf = _shelf(("三、接待情况", told))
    assert "31人次" in ask("一共接待了多少人次", shelf).answer
    assert "外宾0人次" in ask("一共接待了多少外宾、几人次", shelf).answer


def test_what_is_owned_is_not_what_is_bought_and_purchases_count_no_cars() -> None:
    owned = _shelf(("四、资产情况", "截至年末，本单位共有车辆7辆，其中其他用车7辆。"))
    assert ask("打算买几辆车", owned).refused
    assert "7辆" in ask("一共有几辆车", owned).answer


def test_a_fine_is_told_in_money_only() -> None:
    shelf = _shelf(("七、执法情况", "全年开展护绿执法8次，聘请16名监督员参与执法检查5次。"))
    assert ask("护绿执法罚了多少钱", shelf).refused


def test_things_bought_stand_under_their_class() -> None:
    bought = table(
        ["采购品目大类", "采购物品名称", "总计"], "合计||9.00", "一、货物A||4.00", "|割草机|4.00", "二、工程B||5.00", "|围栏修缮|5.00"
    )
    listed = [(1, "一、货物A"), (3, "二、工程B")]
    assert procured.entries(bought, "采购工程有哪些", listed) == [(4, "围栏修缮")]
    assert procured.entries(bought, "采购了哪些服务", listed) == []
    assert [name for _, name in procured.entries(bought, "采购有哪些", listed)] == ["割草机", "围栏修缮"]
