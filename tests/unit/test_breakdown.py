"""Where the money comes from and goes, which is most, and this year against last year's own document."""

import pytest

from service.records import Answer, DocumentInfo, Fact, Kind
from tests.support.shelf import Shelf, ask, fact

ORG = "河清县农业农村局"
NOW = DocumentInfo("heqing-2024", "", ORG, 2024, Kind.BUDGET, "部门", 20, "0")
BEFORE = DocumentInfo("heqing-2023", "", ORG, 2023, Kind.BUDGET, "部门", 20, "1")
INCOME, SPENDING, BASIC, TABLE = "二、收入预算情况说明", "三、支出预算情况说明", "六、基本支出预算情况说明", "公开03表"


def _class(code: str, item: str, value: str) -> Fact:
    row = f"{code} | {item} | {value}"
    return fact(item, "预算", value, TABLE, row, 2024, source="table", part="expenditure", code=code, column="合计")


_FROM = "本年收入合计900万元，其中：财政拨款收入880万元，占97.78%；其他收入20万元，占2.22%"
_TO = "本年支出合计900万元，其中：基本支出300万元，占33.33%；项目支出600万元，占66.67%"
_PRINTED = "项目经费90万元，比上年增加9.5万元"
CLASSES = (
    ("208", "社会保障和就业支出", "40.00"),
    ("213", "农林水支出", "700.00"),
    ("221", "住房保障支出", "60.00"),
    ("210", "卫生健康支出", "30.00"),
    ("211", "节能环保支出", "50.00"),
    ("206", "科学技术支出", "20.00"),
)
FACTS = {
    NOW.doc: [
        fact("本年收入合计", "预算", "900", INCOME, _FROM, 2024),
        fact("财政拨款收入", "预算", "880", INCOME, _FROM, 2024),
        fact("财政拨款收入", "占比", "97.78%", INCOME, _FROM, 2024),
        fact("其他收入", "预算", "20", INCOME, _FROM, 2024),
        fact("其他收入", "占比", "2.22%", INCOME, _FROM, 2024),
        fact("本年支出合计", "预算", "900", SPENDING, _TO, 2024),
        fact("基本支出", "预算", "300", SPENDING, _TO, 2024),
        fact("项目支出", "预算", "600", SPENDING, _TO, 2024),
        fact("公用经费", "预算", "62.5", BASIC, "公用经费62.5万元", 2024),
        fact("会议费", "预算", "8", BASIC, "会议费8万元", 2024),
        fact("人员经费", "预算", "237.5", BASIC, "人员经费237.5万元", 2024),
        *(fact("项目经费", m, v, SPENDING, _PRINTED, 2024, scope="全部") for m, v in (("预算", "90"), ("增减额", "9.5"))),
        *(_class(*one) for one in CLASSES),
    ],
    BEFORE.doc: [
        fact("公用经费", "预算", "50", "五、2023年基本支出预算情况说明", "公用经费50万元", 2023),
        fact("会议费", "预算", "11.5", "五、2023年基本支出预算情况说明", "会议费11.5万元", 2023),
        fact("项目经费", "预算", "80", "一、收支预算总表", "项目经费 | 80", 2023, source="table", scope="全部"),
        fact("人员经费", "预算", "250", "七、其他重要事项", "人员经费250万元", 2023),
    ],
}


def _asked(question: str, *infos: DocumentInfo) -> Answer:
    return ask(question, Shelf(*(infos or (NOW,)), facts=FACTS))


@pytest.mark.parametrize("question", ["钱从哪来", "2024年的钱是从哪里来的？", "收入来源有哪些", "资金来源", "收入由哪几部分构成"])
def test_income_is_told_by_source(question: str) -> None:
    answer = _asked(question)
    assert not answer.refused
    for said in ("本年收入合计：预算900万元", "财政拨款收入：预算880万元，占97.78%", "其他收入：预算20万元"):
        assert said in answer.answer


@pytest.mark.parametrize("question", ["钱都花到哪去了", "河清县农业农村局的钱花哪儿了？", "支出构成"])
def test_spending_is_told_by_kind_and_by_function(question: str) -> None:
    told = _asked(question).answer
    for said in ("本年支出合计：预算900万元", "基本支出：预算300万元", "项目支出：预算600万元", "最高的是2024年农林水支出"):
        assert said in told
    assert "科学技术" not in told, "the five greatest are told, and told as such"


def test_totals_asked_beside_are_told_too() -> None:
    told = _asked("一共花了多少钱，钱从哪来").answer
    assert "本年支出合计：预算900万元" in told
    assert "其他收入：预算20万元" in told


@pytest.mark.parametrize("question", ["三公经费花到哪去了", "培训的钱从哪来"])
def test_what_is_asked_of_an_item_is_not_told_of_the_whole(question: str) -> None:
    assert "900" not in _asked(question).answer


def test_a_change_that_no_document_prints_is_computed_from_both_years() -> None:
    answer = _asked("2024年公用经费比2023年增加多少，增长百分之几", NOW, BEFORE)
    assert "2024年比2023年多12.5万元（62.5万元 − 50万元）" in answer.answer
    assert "增长25.00%（(62.5万元 − 50万元) ÷ 50万元）" in answer.answer
    assert {c.doc for c in answer.citations} == {NOW.doc, BEFORE.doc}
    assert {f.status for f in answer.figures} <= {"cited", "derived"}


def test_a_fall_that_no_document_prints_is_computed_too() -> None:
    told = _asked("2024年会议费比2023年减少多少，下降百分之几", NOW, BEFORE).answer
    assert "2024年比2023年少3.5万元（11.5万元 − 8万元）" in told
    assert "下降30.43%（(11.5万元 − 8万元) ÷ 11.5万元）" in told


def test_figures_of_other_sections_are_not_compared() -> None:
    assert "12.5" not in _asked("2024年人员经费比2023年减少多少", NOW, BEFORE).answer


def test_two_documents_that_do_not_bear_out_the_printed_change_are_both_told() -> None:
    told = _asked("2024年项目经费比2023年增加多少", NOW, BEFORE).answer
    assert "比上年增加9.5万元" in told
    assert "按两年的文件计算，2024年比2023年多10万元（90万元 − 80万元）" in told
    assert "80万元" not in _asked("2024年项目经费比上年增加多少", NOW, BEFORE).answer, "only where the question names the other year"


def test_a_source_asked_beside_the_total_is_no_column_of_the_total() -> None:
    row = "收入合计 | 900.00 | 880.00 | 20.00"
    columns = (("本年收入合计", "900.00"), ("财政拨款收入", "880.00"), ("其他收入", "20.00"))
    cells = [fact("收入合计", "预算", v, "公开02表", row, 2024, source="table", part="income", column=c) for c, v in columns]
    held = Shelf(NOW, facts={NOW.doc: [*cells, *FACTS[NOW.doc]]})
    for question in ("2024年收入合计多少，财政拨款和其他收入各多少？", "收入合计、财政拨款和其他收入分别是多少"):
        told = ask(question, held).answer
        for said in ("900", "财政拨款收入：预算880万元", "其他收入：预算20万元"):
            assert said in told, told
