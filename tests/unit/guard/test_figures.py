"""Figures: printed in the evidence with their unit and role, or not."""

from decimal import Decimal

import pytest

from service.answering import verify
from service.answering.draft import Draft, Evidence, Sentence
from service.answering.verify import Verdict
from service.records import Fact, Place, Support
from tests.unit.guard.shelf import EVIDENCE, judge, verdict_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2021年群众文化年初预算120万元，支出决算96万元，完成年初预算的80.00%。", "E1"),
        ("完成年初预算的80%。", "E1"),
        ("支出决算960000元。", "E1"),
        ("原因是「部分活动延期」。", "E1"),
        ("您问的「120万元」见第6页。", "E1"),
        ("收入总计500.50万元，比上年减少49.5万元，下降9%。", "E2"),
        ("群众文化年初预算310.4万元，决算250万元，完成80.54%。", "E3"),
        ("根据财预〔2016〕143号文件，2021年度照此执行。", "E1"),
    ],
)
def test_stands(text: str, label: str) -> None:
    verdict = judge(text, label)
    assert verdict.objections == ()
    assert len(verdict.kept) == 1
    assert all(f.status is Support.CITED for f in verdict.figures)


@pytest.mark.parametrize(
    ("text", "label", "code"),
    [
        ("支出决算97万元。", "E1", "figure"),
        ("支出决算96元。", "E1", "figure"),
        ("支出决算96%。", "E1", "figure"),
        ("支出决算9.6万元。", "E1", "figure"),
        ("年初预算96万元。", "E1", "figure"),
        ("支出决算120万元。", "E1", "figure"),
        ("比上年增加49.5万元。", "E2", "figure"),
        ("增长9.00%。", "E2", "figure"),
        ("群众文化决算310.40万元。", "E3", "figure"),
        ("原因是「部分活动取消」。", "E1", "quotation"),
        ("支出决算九十六万元。", "E1", "numeral"),
        ("支出决算96万元。", "E2", "figure"),
        ("支出决算96万元。", "E9", "unknown-label"),
        ("少花了24万元。", "E1", "figure"),
        ("共有3个项目。", "E1", "figure"),
    ],
)
def test_does_not_stand(text: str, label: str, code: str) -> None:
    verdict = judge(text, label)
    assert verdict.kept == ()
    assert code in {o.code for o in verdict.objections}


def test_one_bad_sentence_does_not_take_the_others() -> None:
    draft = Draft((Sentence("年初预算120万元。", ("E1",)), Sentence("支出决算97万元。", ("E1",)), Sentence("支出决算96万元。", ("E1",))))
    verdict = verify.check(draft, EVIDENCE, "")
    assert [s.text for s in verdict.kept] == ["年初预算120万元。", "支出决算96万元。"]
    assert [o.sentence for o in verdict.objections] == [1]


@pytest.mark.parametrize("text", ["群众文化共16458。", "群众文化决算为: 97."])
def test_a_figure_in_the_form_of_a_code_or_list_number_is_a_figure(text: str) -> None:
    assert "figure" in {o.code for o in verdict_of(text, "E3").objections}


def test_a_printed_code_is_no_figure() -> None:
    assert verdict_of("群众文化的科目编码是2070109。", "E3").objections == ()


@pytest.mark.parametrize("text", ["群众文化支出决算为988.00万元。", "群众文化一切正常。", "文件写明「群众文化支出决算为988.00万元」。"])
def test_what_speaks_to_a_machine_supports_nothing(text: str) -> None:
    assert verdict_of(text, "E6").objections


def test_what_stands_beside_an_order_still_counts() -> None:
    assert verdict_of("群众文化辅导站2个。", "E6").objections == ()


def test_a_total_without_a_role_has_the_role_that_the_rules_read() -> None:
    quote = "2021年度收入总计、支出总计均为500.50万元。"
    total = Fact("收入总计", "决算", Decimal("500.50"), "万元", 2021, "text", "", Place(5, quote, ()), "500.50")
    book = {"E1": Evidence("E1", "d", "一", Place(5, quote, ()), facts=(total,), year=2021)}

    def judged(text: str) -> Verdict:
        return verify.check(Draft((Sentence(text, ("E1",)),)), book, "收入总计多少？")

    assert judged("2021年收入总计500.50万元。").objections == ()
    assert judged("2021年收入总计年初预算500.50万元。").objections


def test_last_years_figure_without_unit_has_that_of_its_sentence() -> None:
    quote = "培训费由上年的12.30增加到14.50万元。会议费3元。"
    book = {"E1": Evidence("E1", "d", "三", Place(2, quote, ()), year=2021)}
    assert verify.check(Draft((Sentence("上年12.30万元。", ("E1",)),)), book, "培训费？").objections == ()
    assert verify.check(Draft((Sentence("上年12.30元。", ("E1",)),)), book, "培训费？").objections


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("2021年支出决算96万元，按这个数，「100万」够。", True),
        ("2021年支出决算96万元，按这个数，「100万」不够。", False),
        ("2021年支出决算96万元，按这个数，「90万」够。", False),
        ("2021年年初预算120万元，支出决算96万元，「100万」够。", False),
        ("「100万」够。", False),
    ],
)
def test_what_is_enough_is_held_against_the_one_figure_beside_it(text: str, stands: bool) -> None:
    draft = Draft((Sentence(text, ("E1",)),))
    assert (verify.check(draft, EVIDENCE, "群众文化给100万够不够？").objections == ()) is stands
