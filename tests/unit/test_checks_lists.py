"""Lists and headings that speak of something else than the figure before them: what they contradict, and what they do not."""

from decimal import Decimal

import pytest

from service.checks import registry, run
from service.checks.book import Book
from service.checks.outcomes import Issue
from service.records import Fact, Kind, Place, Severity
from service.statements import FISCAL
from tests.support.books import book, paragraph

assert run  # rules register when the entry is imported

_INCOME = (
    "某局2023年度收入总计1,010.00万元，其中年初结转和结余10.00万元；本年收入合计1,000.00万元，主要原因是项目增加。",
    "本年收入的具体构成为：财政拨款收入900.00万元，占{first}%；其他收入100.00万元，占10.00%。",
)
_STAFF = "编制人数小计20人，其中：行政编制8人、事业编制12人；实有人数小计{all}人，其中：在职人数20人，包括行政人员8人、事业人员12人。"
_CAPITAL = ("八、国有资本经营预算支出情况说明",)
_FUND = ("（五）政府性基金预算收支决算情况说明",)


def issues(made: Book, *codes: str) -> list[Issue]:
    """What rules raise, rounding apart."""
    found = [o.issue for code in codes for o in registry.RULES[code].check(made)]
    return [i for i in found if i is not None and i.severity is not Severity.ROUNDING]


@pytest.mark.parametrize(("first", "told"), [("90.00", []), ("80.90", [("80.90", "90.00")])])
def test_the_parts_of_the_year_are_shares_of_the_year(first: str, told: list[tuple[str, str]]) -> None:
    made = book(*(t.format(first=first) for t in _INCOME))
    assert [(i.stated.value, i.expected.value) for i in issues(made, "F1", "E2") if i.expected] == told


def test_what_a_part_includes_is_not_added_to_it() -> None:
    assert issues(book(_STAFF.format(all=26)), "E4") == []


def test_posts_are_still_added() -> None:
    assert [i.expected.value for i in issues(book(_STAFF.format(all=26).replace("小计20人", "小计19人")), "E4") if i.expected] == ["20"]


@pytest.mark.parametrize(
    ("text", "section", "told"),
    [
        ("本部门2023年没有使用政府性基金预算拨款安排的支出。", _CAPITAL, ["政府性基金"]),
        ("本部门2023年没有使用国有资本经营预算拨款安排的支出。", _CAPITAL, []),
        ("本部门2023年无国有资本经营预算财政拨款支出。", _FUND, ["国有资本经营"]),
        ("（六）国有资本经营预算支出情况说明本部门2023年无国有资本经营预算财政拨款支出。", _FUND, []),
    ],
)
def test_a_fund_under_the_heading_of_another(text: str, section: tuple[str, ...], told: list[str]) -> None:
    assert [i.stated.value for i in issues(book(paragraph(text, section=section)), "D7")] == told


def fact(source: str, item: str, value: str, year: int, where: str) -> Fact:
    """An amount of the 三公 items."""
    place = Place(1 if source == "text" else 2, f"{item}{value}万元", ((50.0, 20.0 + float(value), 90.0, 32.0 + float(value)),))
    table = where if source == "table" else None
    return Fact(item, "决算", Decimal(value), "万元", year, source, where, place, value, scope=FISCAL, table=table)


@pytest.mark.parametrize(("printed", "told"), [("31.40", []), ("31.50", [("31.40", "31.50")])])
def test_the_total_of_the_table_of_running_is_that_of_the_three_public(printed: str, told: list[tuple[str, str]]) -> None:
    facts = (
        fact("text", "“三公”经费", "31.40", 2023, "（一）总体情况"),
        fact("table", "支出合计", printed, 2023, "机构运行信息表"),
        fact("table", "支出合计", "28.00", 2022, "机构运行信息表"),
    )
    made = book("某局2023年度“三公”经费支出共计31.40万元。", facts=facts)
    assert [(i.stated.value, i.expected.value) for i in issues(made, "D4") if i.expected] == told


@pytest.mark.parametrize(("unit", "told"), [("万元", []), ("元", [("62.40", "万元")])])
def test_a_rate_that_is_right_for_the_digits_of_two_units(unit: str, told: list[tuple[str, str]]) -> None:
    text = f"2024年某局机关运行经费预算62.40{unit}，比2023年预算增加2.40万元，增长4.00%。"
    made = book(text, "某局2024年收入预算900.00万元，支出预算900.00万元。", kind=Kind.BUDGET, year=2024)
    assert [(i.stated.value, i.expected.unit) for i in issues(made, "F4") if i.expected] == told


@pytest.mark.parametrize(("printed", "told"), [("95.00", []), ("95.02", [("95.02", "95.00")])])
def test_a_share_of_the_bodys_own_income_budget(printed: str, told: list[tuple[str, str]]) -> None:
    texts = ("2025年本部门收入预算200.00万元。", f"收入预算中，一般公共预算拨款190.00万元，占收入预算的{printed}%。")
    assert [(i.stated.value, i.expected.value) for i in issues(book(*texts, kind=Kind.BUDGET, year=2025), "F1") if i.expected] == told
