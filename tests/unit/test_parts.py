"""Questions that ask several things at once, and things that no fact tells: every part from facts or in the document's own words."""

import pytest

from service.answering import bodies, coverage, needs, units
from service.answering.needs import Fit, Need, Term
from service.records import DocumentInfo, Kind, Passage
from tests.support.shelf import Shelf, ask, fact, passages

ORG = "河清县农业农村局"
INFO = DocumentInfo("heqing-2023", f"{ORG}2023年度部门决算", ORG, 2023, Kind.FINAL, "部门", 20, "0")
PROSE = {
    "一、主要职能": "河清县农业农村局加挂河清县乡村振兴局牌子，与河清县粮食服务中心合署办公。"
    "2019年由河清县农林局更名而来，渔政职责从县水务局划入。",
    "二、工作开展情况": "全年开展农机手培训9期，412人次参加，培训合格率达到96.5%，在全市8个县里排名第二。"
    "育秧工厂新建工程占地面积5200平方米，"
    "地上3层。建成后用于水稻集中育秧。新建育秧工厂设计年产秧苗40万盘。",
    "五、支出情况": "农田建设（项）。支出决算为310.5万元，主要用于高标准农田维修。",
    "七、三公经费情况": "公务用车运行维护费支出决算7万元。2023年度无公务用车购置费支出。公务接待费支出决算1.2万元，接待6批次、48人次。",
    "十二、资产情况": "本部门共有车辆11辆。单价50万元（含）以上的设备3台。",
    "十三、绩效情况": "自评发现的问题：拨付进度未达序时要求。主要原因是上级资金十一月才下达。改进措施：提前编制用款计划，按月督促。",
    "第四部分名词解释": "1.公务接待费：指按规定开支的各类公务接待费用。2.其他收入：包括租金收入、利息收入。",
}
ROWS = ("育秧机械租赁费 | 租赁 | 12.40", "农机检测系统 | 软件 | 33.80")


def _row(number: int, row: str) -> Passage:
    text = f"{ORG}\n政府采购表\n项目 品目 金额 {row}"
    return Passage(f"{INFO.doc}#{number}", INFO.doc, 3, "公开12表 政府采购表", "row", text, row, ((3, row, (0.0, 0.0, 100.0, 10.0)),))


PASSAGES = [*passages(INFO.doc, PROSE.items()), *(_row(50 + n, row) for n, row in enumerate(ROWS))]
FACTS = [
    fact("农田建设", "决算", "310.5", "五、支出情况", "支出决算为310.5万元"),
    fact("公务用车运行维护费", "决算", "7", "七、三公经费情况", "公务用车运行维护费支出决算7万元"),
    fact("公务接待费", "决算", "1.2", "七、三公经费情况", "公务接待费支出决算1.2万元"),
    fact("车辆", "数量", "11辆", "十二、资产情况", "本部门共有车辆11辆"),
]
SHELF = Shelf(INFO, facts={INFO.doc: FACTS}, passages={INFO.doc: PASSAGES})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("公车运维费花了多少，有没有买新车？", ["7万元", "无公务用车购置费支出"]),
        ("有几辆车，50万以上的设备几台", ["11辆", "3台"]),
        ("农机手培训办了几期，多少人参加，全市排第几", ["9期", "412人次", "排名第二"]),
        ("育秧工厂占地多大、几层？", ["5200平方米", "地上3层"]),
        ("农田建设和公务接待费分别花了多少", ["310.5万元", "1.2万元"]),
        ("还挂了什么牌子，跟谁合署办公？", ["乡村振兴局", "粮食服务中心"]),
        ("原来叫什么，渔政从哪个局划过来的", ["农林局", "县水务局"]),
        ("自评发现了什么问题，准备怎么改", ["拨付进度未达序时要求", "提前编制用款计划"]),
        ("拨付进度为啥没达到要求", ["上级资金十一月才下达"]),
        ("其他收入包括什么", ["租金收入、利息收入"]),
        ("采购表里农机检测系统是多少", ["33.80"]),
    ],
)
def test_every_part_is_told(question: str, told: list[str]) -> None:
    made = ask(question, SHELF)
    assert not made.refused
    assert [part for part in told if part not in made.answer] == []
    assert made.citations


@pytest.mark.parametrize("question", ["种粮大户补贴每亩多少钱", "追回了多少涉农违规资金", "发了几台拖拉机"])
def test_what_no_sentence_says_is_refused(question: str) -> None:
    assert ask(question, SHELF).refused


def test_what_is_told_once_is_not_quoted_again() -> None:
    answer = ask("公务接待费花了多少，接待了几批、多少人次", SHELF).answer
    assert answer.count("48人次") == 1


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("公车运维费预算和决算各多少,有没有买新车", ("公车运维费预算和决算各多少", "有没有买新车")),
        ("出国、接待分别多少钱", ("出国分别多少钱", "接待分别多少钱")),
        ("采购总额多少?货物、服务呢", ("采购总额多少", "货物呢", "服务呢")),
        ("收入和支出合计多少", ("收入和支出合计多少",)),
    ],
)
def test_parts(question: str, parts: tuple[str, ...]) -> None:
    assert tuple(part for _, part in needs.parts(question)) == parts


def test_what_leads_to_a_question_is_no_part_of_it() -> None:
    assert needs.parts("培训那个表,合格率得了几分") == (("培训那个表", "合格率得了几分"),)


def test_a_count_needs_a_figure_of_its_unit() -> None:
    need = Need("几期", (Term(("培训",)),), Fit.COUNT, frozenset({"期"}))
    assert coverage.fits(need, "培训9期")
    assert not coverage.fits(need, "培训费9万元")


def test_a_noun_is_counted_by_the_figure_before_it() -> None:
    need = Need("县里有多少农机手", (Term(("农机手",)),), Fit.AMOUNT, frozenset())
    assert coverage.counts(need, "全县共有3200名农机手")
    assert not coverage.counts(need, "全年开展农机手培训9期")


def test_an_item_is_not_said_by_its_neighbour() -> None:
    read = units.of("heqing-2023", PASSAGES)
    need = Need("采购总额", (Term(("公务接待费",), item=True),), Fit.AMOUNT, frozenset())
    weights = coverage.weighed(need, read.units)
    assert coverage.words(need, "公务接待费1.2万元", weights, coverage.told) == 1
    assert coverage.words(need, "公务用车费接待", weights, coverage.told) < 0.6


def test_a_sentence_that_leans_on_another_is_one_stretch_with_it() -> None:
    stretches = [unit.text for unit in units.of("heqing-2023", PASSAGES).units]
    assert any("未达序时要求" in text and "主要原因" in text for text in stretches)


@pytest.mark.parametrize("question", ["河清县人大办公厅跟河清县政协办公厅谁的车多", "县人大办公室和县政协办公室的车各几辆"])
def test_a_piece_of_a_name_is_no_other_body(question: str) -> None:
    library = [
        DocumentInfo(f"d{n}", "", org, 2023, Kind.FINAL, "部门", 9, str(n))
        for n, org in enumerate(("河清县人大常委会办公厅", "河清县政协办公厅", "河清县人大常委会办公室", "河清县政协办公室"))
    ]
    assert bodies.choose(question, library).foreign is None


def test_the_blank_of_a_form_is_no_body() -> None:
    assert bodies.choose("XX局2023年花了多少钱", [INFO]).foreign == "XX局"
