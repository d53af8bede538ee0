"""Grading and grouping: one root cause is one finding, rounding of a table is one line, wording takes no side."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from service.checks import findings, run
from service.checks.outcomes import Issue, passed, raised
from service.checks.printed import Printed
from service.records import CheckReport, Place, Quantity, Severity, State
from tests.support.books import disclosure, document, table
from tests.support.examples_edges import beside_last_year, last_year, told

COLUMNS = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ROWS = [
    ["", "合计", "30.00", "18.00", "12.00"],
    ["208", "社会保障和就业支出", "10.00", "8.00", "2.00"],
    ["20805", "行政事业单位养老支出", "10.00", "8.00", "2.00"],
    ["210", "卫生健康支出", "20.00", "10.00", "10.00"],
    ["21011", "行政事业单位医疗", "20.00", "10.00", "10.00"],
]

_AMOUNT_AND_CHANGE = (("决算", "30.00"), ("增减额", "5.00"))


def figure(text: str, top: int) -> Printed:
    """An amount printed at a height of page 1."""
    return Printed(Decimal(text), "万元", Place(1, text, ((50.0, top, 90.0, top + 12.0),)), f"1@90,{top}")


def issue(kind: str, *figures: Printed, root: str | None = None) -> Issue:
    """A contradiction over these figures; it is suspicious."""
    first = figures[0]
    stated = Quantity(first.text, first.unit)
    return Issue(kind, Severity.SUSPICIOUS, stated, None, "一、", first.place, figures, f"{kind} {first.text}", root=root)


def check(*prose: str, rows: list[list[str]] | None = None) -> CheckReport:
    tables = (table("支出决算表", COLUMNS, rows, statement="支出决算表"),) if rows else ()
    return run.check(document(*prose, tables=tables), disclosure())


def with_cell(row: int, column: int, text: str) -> list[list[str]]:
    return [[text if (r, c) == (row, column) else cell for c, cell in enumerate(cells)] for r, cells in enumerate(ROWS)]


def test_one_wrong_cell_is_one_finding_with_its_witnesses() -> None:
    report = check(rows=with_cell(3, 2, "26.00"))
    assert [f.severity for f in report.findings] == [Severity.ERROR]
    assert report.counts[State.FINDING] == 3
    assert "与此相关" in report.findings[0].explain
    assert "26.00" in {o.text for o in report.findings[0].operands}


def test_rounding_differences_of_a_table_are_one_line() -> None:
    report = check(rows=[["", "合计", "30.01", "18.01", "12.00"], *ROWS[1:]])
    assert [f.severity for f in report.findings] == [Severity.ROUNDING]
    assert "30.01" in report.findings[0].explain
    assert "18.01" in report.findings[0].explain


def test_two_wrong_shares_of_one_total_are_two_findings() -> None:
    report = check(
        "支出合计100.00万元，其中：甲支出10.00万元，占12.20%；乙支出20.00万元，占23.40%；丙支出30.00万元，占30.00%；丁支出40.00万元，占40.00%。"
    )
    assert [f.stated.value for f in report.findings if f.obligation == "F1"] == ["12.20", "23.40"]


def test_explanations_show_the_arithmetic_and_take_no_side() -> None:
    report = check("支出总计1209.27万元，与上年相比增加10.86万元，增长8.9%。", rows=with_cell(3, 2, "26.00"))
    growth = next(f for f in report.findings if f.kind == "growth-rate")
    assert growth.explain == "10.86 ÷ (1209.27 − 10.86) = 0.91 %，文中写 8.9 %"
    for finding in report.findings:
        assert not re.search(r"应为|正确|错误地|有误", finding.explain)


def test_a_slipped_point_is_named() -> None:
    report = check("支出总计1209.27万元，与上年相比增加10.86万元，增长9.1%。")
    assert report.findings[0].explain.endswith("，疑为小数点错位")
    assert report.findings[0].diagnosis == ("decimal-slip",)
    assert report.findings[0].place.quote.startswith("支出总计1209.27万元")


def test_ids_tell_findings_apart_and_stay() -> None:
    first, again = (check(rows=with_cell(3, 2, "26.00")).findings[0].id for _ in range(2))
    other = check(rows=with_cell(1, 2, "26.00")).findings[0].id
    assert first == again != other
    assert re.fullmatch(r"[0-9a-f]{12}", first)


def test_figures_of_reasons_play_no_part() -> None:
    report = check("支出1209.27万元，与上年相比增加10.86万元，增长0.91%，主要原因是人员经费增加5.00万元，增长99%。")
    assert report.findings == ()


def test_a_glued_page_number_or_a_year_is_no_amount() -> None:
    report = check("2023年度收入总计209.27万元，与2022年度相比增加10.86万元，增长5.47%。")
    assert report.findings == ()
    assert report.counts[State.PASS] >= 1


def test_two_columns_of_one_row_are_two_findings_though_they_print_the_same() -> None:
    columns = ["科目编码", "科目名称", "合计", "财政拨款收入"]
    rows = [
        ["", "合计", "30.00", "30.00"],
        ["208", "社会保障和就业支出", "30.00", "30.00"],
        ["20805", "行政事业单位养老支出", "20.00", "20.00"],
        ["20808", "抚恤", "10.01", "14.00"],
    ]
    made = run.check(document(tables=(table("收入决算表", columns, rows, statement="收入决算表"),)), disclosure())
    assert {f.severity for f in made.findings} == {Severity.ERROR, Severity.ROUNDING}


def test_last_years_amount_under_two_names_is_one_finding() -> None:
    facts = [told(measure, value, item_name=name) for name in ("支出总计", "财政拨款支出") for measure, value in _AMOUNT_AND_CHANGE]
    before = tuple(replace(told("决算", "26.00", item_name=name), year=2022) for name in ("支出总计", "财政拨款支出"))
    made = beside_last_year(*facts, before=before)
    report = run.check(made.document, made.disclosure, made.earlier)
    assert [f.kind for f in report.findings] == ["carry-over"]
    assert report.counts[State.FINDING] == 2
    assert "支出总计" in report.findings[0].explain
    assert "财政拨款支出" in report.findings[0].explain


def test_two_amounts_of_last_year_are_two_findings() -> None:
    facts = [told("上年数", "25.00"), told("上年数", "15.00", item_name="公用经费支出")]
    before = (last_year("26.00"), replace(last_year("17.00"), item="公用经费支出"))
    made = beside_last_year(*facts, before=before)
    assert [f.kind for f in run.check(made.document, made.disclosure, made.earlier).findings] == ["carry-over", "carry-over"]


@pytest.mark.parametrize("others", [(60,), (60, 90)])
def test_last_years_document_is_a_witness_of_a_change_told_twice(others: tuple[int, ...]) -> None:
    change = issue("duplicate-conflict", figure("5.00", 40), figure("5.30", 400))
    total = issue("sum", figure("31.00", 120), figure("15.00", 140))
    outside = [issue("carry-over", figure("30.00", top), figure("5.00", top + 20), root="25.00 → 26.00") for top in (20, *others)]
    found = findings.collect("made", [("E1", raised(change)), *(("C8", raised(o)) for o in outside), ("B2", raised(total))])
    assert {f.kind for f in found} == {"duplicate-conflict", "sum"}
    assert "carry-over 30.00" in next(f for f in found if f.kind == "duplicate-conflict").explain


def test_a_wrong_rate_is_no_cause_of_what_last_years_document_says() -> None:
    rate = issue("growth-rate", figure("20.00", 60), figure("30.00", 20))
    outside = issue("carry-over", figure("30.00", 20), figure("5.00", 40))
    passing = passed(figure("30.00", 20)), passed(figure("30.00", 20))
    found = findings.collect("made", [("F4", raised(rate)), ("C8", raised(outside)), *(("E1", o) for o in passing)])
    assert {f.kind for f in found} == {"growth-rate", "carry-over"}
