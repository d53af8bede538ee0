"""Which figures a question means: names led by a word, said wrong, printed in full elsewhere; differences, sums and years before."""

import pytest

from service.records import DocumentInfo, Fact, Kind
from tests.support.shelf import Shelf, ask, fact, passages

FINAL = DocumentInfo("qinghe-2023", "", "云汀市青禾区水务局", 2023, Kind.FINAL, "部门", 20, "0")
OTHER = DocumentInfo("linluo-2023", "", "云汀市临洛区水务局", 2023, Kind.FINAL, "部门", 20, "1")
WHERE = "支出决算情况说明"
FORM = "项目绩效自评表"


def _told(item: str, value: str, measure: str = "决算", year: int = 2023, where: str = WHERE, code: str | None = None) -> Fact:
    return fact(item, measure, value, where, f"{item}{measure}{value}万元", year, code=code, part="money")


def _row(item: str, value: str, code: str | None = None) -> Fact:
    table = "基本支出决算表"
    return fact(item, "决算", value, table, f"{item} | {value}", source="table", code=code, column="决算数", table=table)


def _form(project: str, budget: str, spent: str) -> list[Fact]:
    pairs = (("全年预算", "全年预算数", budget), ("执行数", "全年执行数", spent))
    return [
        fact(project, m, v, FORM, f"{project} | {budget} | {spent}", source="table", column=c, table=FORM, part="performance appraisal")
        for m, c, v in pairs
    ]


def _in_prose(project: str, budget: str, spent: str) -> list[Fact]:
    quote = f"{project}项目全年预算数{budget}万元，执行数{spent}万元"
    return [fact(project, m, v, "项目绩效自评结果", quote, part="appraisal") for m, v in (("全年预算", budget), ("执行数", spent))]


def _ask(question: str, *facts: Fact) -> str:
    return ask(question, Shelf(FINAL, facts={FINAL.doc: facts})).answer


def test_the_words_before_a_name_that_begin_a_fuller_one_are_read_with_it() -> None:
    facts = (
        _row("工资福利支出", "9.00"),
        _row("机关工资福利支出", "31.00"),
        _row("商品和服务支出", "4.00"),
        _row("机关商品和服务支出", "25.00"),
    )
    told = _ask("机关工资福利和机关商品服务支出各多少？", *facts)
    assert "31.00万元" in told
    assert "25.00万元" in told
    assert "9.00万元" not in told
    assert "4.00万元" not in told


def test_a_short_name_whose_last_character_is_another_is_not_mistyped() -> None:
    assert "21.00" not in _ask("办公楼装修花了多少钱？", _row("办公费", "21.00", "30201"))
    assert "21.00万元" in _ask("力公费花了多少钱？", _row("办公费", "21.00", "30201"))


def test_a_measure_printed_under_the_items_fuller_name_is_told() -> None:
    facts = (
        _row("职业年金缴费", "80.30", "30109"),
        _told("机关事业单位职业年金缴费支出", "80.90", "年初预算", code="2080506"),
        _told("机关事业单位职业年金缴费支出", "80.30", code="2080506"),
    )
    told = _ask("职业年金缴费年初预算多少，决算多少？", *facts)
    assert "年初预算80.90万元" in told
    assert "决算80.30万元" in told


@pytest.mark.parametrize("question", ["项目支出与基本支出之差", "项目支出减去基本支出是多少", "项目支出和基本支出相减得多少"])
def test_a_difference_of_two_items_is_reckoned_however_it_is_asked(question: str) -> None:
    assert "相差40.00万元" in _ask(question, _told("项目支出", "70.00"), _told("基本支出", "30.00"))


def test_the_year_before_is_reckoned_for_each_of_two_bodies() -> None:
    facts = {
        FINAL.doc: [_told("支出总计", "90.00"), _told("支出总计", "15.00", "增减额")],
        OTHER.doc: [_told("支出总计", "50.00"), _told("支出总计", "8.00", "增减额")],
    }
    told = ask("青禾区水务局和临洛区水务局2022年支出总计相差多少？", Shelf(FINAL, OTHER, facts=facts)).answer
    assert "推算青禾区水务局2022年支出总计为75.00万元（90.00万元 − 15.00万元）" in told
    assert "推算临洛区水务局2022年支出总计为42.00万元（50.00万元 − 8.00万元）" in told


def test_the_year_before_is_reckoned_where_the_question_says_so() -> None:
    told = _ask("2022年预算总计是多少（按文中推算）？", _told("收入总计", "90.00", "预算"), _told("收入总计", "15.00", "增减额"))
    assert "75.00万元（90.00万元 − 15.00万元）" in told


def test_projects_are_added_up_once_though_prose_tells_one_again_by_a_shorter_name() -> None:
    facts = (
        *_form("灌区等水渠清淤补助", "36.00", "36.00"),
        *_form("巡河工作经费", "5.00", "4.40"),
        *_in_prose("灌区水渠清淤补助", "36.00", "36.00"),
    )
    assert _ask("项目绩效自评预算合计", *facts).startswith("合计41.00万元（36.00万元 + 5.00万元）")
    assert _ask("项目自评执行数一共多少？", *facts).startswith("合计40.40万元（36.00万元 + 4.40万元）")


def test_a_ranking_is_not_put_aside_for_a_sentence_that_has_more_of_the_questions_words() -> None:
    rates = (("灌溉维护", "53.50"), ("水质监测", "65.70"), ("行政运行", "98.90"))
    facts = [
        fact(item, "完成率", f"{rate}%", WHERE, f"{item}支出完成年初预算的{rate}%", code=f"213030{n}", part="money")
        for n, (item, rate) in enumerate(rates)
    ]
    told_often = [f"第{c}河段清淤按期完成。" for c in "甲乙丙丁戊己庚辛"]
    prose = passages(FINAL.doc, [("自评结果", text) for text in ("巡河工作经费这一项的完成率是0%，评价结果为优。", *told_often)])
    told = ask("完成率最低的是哪项？", Shelf(FINAL, facts={FINAL.doc: facts}, passages={FINAL.doc: prose})).answer
    assert told.startswith("最低的是2023年灌溉维护：完成预算的53.50%")
