"""What a rule says of one sentence or table, where the examples of the catalogue leave it open."""

from decimal import Decimal

import pytest

from service.checks import registry, run
from service.checks.book import Book
from service.checks.outcomes import Issue
from service.records import Fact, Kind, Place
from service.statements import ALL
from tests.support.books import book, table
from tests.support.specimens import FUND_ROWS, changed, fund

assert run  # rules register when the entry is imported

_SPENT = [["", "合计", "30.00", "18.00", "12.00"], ["221", "住房保障支出", "30.00", "18.00", "12.00"]]


def issues(code: str, made: Book) -> list[Issue]:
    """What a rule raises."""
    return [o.issue for o in registry.RULES[code].check(made) if o.issue is not None]


def item(sentence: str, printed: str) -> Book:
    """住房保障支出 of a sentence, with the statement that prints 30.00 of it."""
    place = Place(1, sentence, ((50.0, 20.0, 90.0, 32.0),))
    stated = Fact("住房保障支出", "决算", Decimal(printed), "万元", 2023, "text", "二、支出", place, printed, code="221", scope=ALL)
    heads = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
    return book(sentence, tables=(table("支出决算表", heads, _SPENT, statement="支出决算表"),), facts=(stated,))


@pytest.mark.parametrize(
    ("sentence", "printed", "told"),
    [
        ("住房保障支出30.00万元，主要用于职工住房公积金缴费28.00万元", "28.00", []),
        ("住房保障支出30.00万元，其中用于发放购房补贴28.00万元", "28.00", []),
        ("住房保障支出30.00万元、农林水支出28.00万元", "28.00", []),
        ("住房保障支出28.00万元", "28.00", ["28.00"]),
        ("主要用于住房保障支出28.00万元", "28.00", ["28.00"]),
        ("按农林水支出口径，住房保障支出28.00万元", "28.00", ["28.00"]),
        ("行政事业单位住房保障支出28.00万元", "28.00", ["28.00"]),
    ],
)
def test_what_an_item_is_used_for_is_not_the_item(sentence: str, printed: str, told: list[str]) -> None:
    assert [i.stated.value for i in issues("D2", item(sentence, printed))] == told


def test_a_row_that_cannot_be_read_does_not_hide_the_next() -> None:
    rows = changed([*FUND_ROWS, FUND_ROWS[-1]], len(FUND_ROWS), 6, "3.00")
    before = issues("B8", fund(rows))
    assert before
    assert [i.stated for i in issues("B8", fund(changed(rows, 0, 6, "2.0.0")))] == [i.stated for i in before]


@pytest.mark.parametrize(("planned", "told"), [("20", []), ("25", ["增加"]), ("15", ["减少"])])
def test_a_level_that_is_none_is_told_by_its_direction(planned: str, told: list[str]) -> None:
    text = f"2022年执行数为20万元，2023年预算安排{planned}万元，比2022年持平。"
    found = issues("H1", book(text, kind=Kind.BUDGET, year=2023))
    assert [i.expected.value for i in found if i.expected] == told


def test_a_change_in_the_wrong_unit_is_called_a_slip_of_the_unit() -> None:
    text = "2024年某局机关运行经费预算62.40元，比2023年预算增加2.40万元，增长4.00%。"
    made = book(text, "某局2024年收入预算900.00万元，支出预算900.00万元。", kind=Kind.BUDGET, year=2024)
    assert [(i.kind, i.diagnosis) for i in issues("F4", made)] == [("unit", ("unit-slip",))]


def test_parts_in_another_unit_are_written_out_with_it() -> None:
    text = "政府采购支出总额86,400.00万元，其中：政府采购货物支出52,800.00元；政府采购工程支出0.00元；政府采购服务支出33,600.00元。"
    (found,) = issues("E2", book(text))
    assert "52800.00元 + 0.00元 + 33600.00元 = 86400.00 元" in found.explain.replace(",", "")


@pytest.mark.parametrize(("said", "wrong"), [("三", False), ("四", False), ("两", True)])
def test_a_list_that_breaks_off_is_no_longer_than_what_is_said(said: str, wrong: bool) -> None:
    made = book(f"某局内设{said}个科室：办公室、人事科、财务科等科室。")
    assert bool(issues("E6", made)) is wrong
