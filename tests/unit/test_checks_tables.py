"""Layouts of tables that the rules must read alike: codes in columns, items as rows, lines by level, sums of 小计."""

import re
from decimal import Decimal

from service.checks import classification, pairs, registry, run
from service.checks.book import Book
from service.checks.outcomes import Outcome
from service.checks.printed import Printed
from service.records import Kind, Place, Severity, State
from tests.support.books import book, disclosure, document, table
from tests.support.specimens import FUNCTION_ROWS, changed, following, spending, statements

assert run  # rules register when the entry is imported


def outcomes(code: str, made: Book) -> list[Outcome]:
    return list(registry.RULES[code].check(made))


def states(code: str, made: Book) -> set[State]:
    return {o.state for o in outcomes(code, made)}


def in_columns(rows: list[list[str]], *, whole: bool) -> Book:
    """The functional table with 类, 款 and 项 in columns of their own, each its two digits or the whole code."""
    columns = ["科目编码/类", "科目编码/款", "科目编码/项", "科目名称", "合计", "基本支出", "项目支出"]

    def codes(code: str) -> list[str]:
        parts = [code[:3], code[3:5].lstrip("0"), code[5:7]]
        ends = [3, 5, 7]
        return [code[:end] if whole and len(code) >= end else part if not whole else "" for part, end in zip(parts, ends, strict=True)]

    made = [[*codes(row[0]), *row[1:]] for row in rows]
    return book(tables=(table("支出决算表", columns, made, statement="支出决算表"),))


def test_codes_in_three_columns_are_one_code() -> None:
    for whole in (False, True):
        assert states("B1", in_columns(FUNCTION_ROWS, whole=whole)) == {State.PASS}
        assert State.FINDING in states("B1", in_columns(changed(FUNCTION_ROWS, 2, 2, "11.00"), whole=whole))


def lanes(*rows: list[str]) -> Book:
    return book(tables=(table("收支预算总表", ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"], list(rows), statement="收支总表"),))


def test_a_side_is_its_lines_and_what_is_carried_over() -> None:
    rows = [
        ["一、本年收入", "30.00", "一、本年支出", "31.00"],
        ["（一）一般公共预算拨款", "25.00", "（一）教育支出", "31.00"],
        ["（二）政府性基金预算拨款", "5.00", "（二）其他支出", ""],
        ["二、上年结转", "2.00", "二、结转下年", "1.00"],
        ["收入总计", "32.00", "支出总计", "32.00"],
    ]
    assert states("B4", lanes(*rows)) == {State.PASS}
    assert State.FINDING in states("B4", lanes(*changed(rows, 3, 1, "3.00")))
    assert State.FINDING in states("B4", lanes(*changed(rows, 1, 1, "26.00")))


def test_a_line_that_may_be_a_part_or_not_is_not_judged() -> None:
    rows = [["一、财政拨款", "30.00", "一、教育支出", "32.00"], ["专户资金", "1.00", "", ""], ["收入总计", "32.00", "支出总计", "32.00"]]
    found = states("B4", lanes(*rows))
    assert State.NOT_CHECKED in found
    assert State.FINDING not in found


def test_three_public_items_as_rows() -> None:
    rows = [
        ["合计", "3.00"],
        ["1.因公出国（境）费", "1.00"],
        ["2.公务用车购置及运行维护费", "1.50"],
        ["其中：公务用车购置费", ""],
        ["公务用车运行维护费", "1.50"],
        ["3.公务接待费", "0.50"],
    ]

    def made(cells: list[list[str]]) -> Book:
        name = "“三公”经费支出预算表"
        return book(tables=(table(name, ["项目", "2024年预算数"], cells, statement=name),), kind=Kind.BUDGET, year=2024)

    assert states("B7", made(rows)) == {State.PASS}
    assert State.FINDING in states("B7", made(changed(rows, 2, 1, "1.80")))


def test_subtotals_without_codes() -> None:
    rows = [
        ["收入总计", "", "30.00"],
        ["一般公共预算资金", "小计", "25.00"],
        ["", "公共财政拨款资金", "20.00"],
        ["", "专项收入", "5.00"],
        ["其他资金", "小计", "5.00"],
        ["", "事业收入", "5.00"],
    ]

    def made(cells: list[list[str]]) -> Book:
        return book(tables=(table("收入预算总表", ["项目名称", "项目名称", "金额"], cells, statement="收入总表"),), kind=Kind.BUDGET)

    assert states("B2", made(rows)) == {State.PASS}
    assert State.FINDING in states("B2", made(changed(rows, 3, 2, "6.00")))


def test_where_two_totals_are_one_figure_every_code_is() -> None:
    made = statements(spent=FUNCTION_ROWS)
    assert State.FINDING not in states("C5", made)
    general = made.document.tables[4]
    rows = changed([[cell.text for cell in row] for row in general.rows], 4, 2, "3.50")
    one = table(general.title, list(general.columns), rows, statement=general.statement, page=6)
    other = book(tables=(*made.document.tables[:4], one))
    assert State.FINDING in states("C5", other)


def test_an_improbable_difference_is_marked() -> None:
    for total, improbable in (("10.18", False), ("10.30", True)):  # Σ 35 parts is 10.15; envelope 0.18, three sigmas 0.05
        rows = [["", "合计", total], *([f"2{n:02}", f"科目{n}", "0.29"] for n in range(35))]
        made = book(tables=(table("支出决算表", ["科目编码", "科目名称", "合计"], rows, statement="支出决算表"),))
        issues = [o.issue for o in outcomes("B2", made) if o.issue]
        assert [(issue.severity, "偏大" in issue.explain) for issue in issues] == [(Severity.ROUNDING, improbable)]


def test_last_year_reaches_the_rules_through_the_entry() -> None:
    made = following("294.18")
    report = run.check(made.document, made.disclosure, made.earlier)
    assert [f.kind for f in report.findings if f.obligation == "C8"] == ["carry-over"]
    assert "C8" in {g.obligation for g in run.check(document("无。"), disclosure()).not_checked}


def test_names_of_the_classification() -> None:
    assert classification.is_called("2080505", "机关事业单位基本养老保险缴费")
    assert not classification.is_called("2101103", "行政单位医疗")
    assert "2101101" in classification.codes("行政单位医疗")
    data = classification._read()
    assert all(re.fullmatch(r"[235]\d\d(?:\d\d){0,2}", code) for code in data)
    assert all(code[:-2] in data for code in data if len(code) > 3)


def test_an_older_year_has_other_names() -> None:
    rows = changed(FUNCTION_ROWS, 7, 1, "行政单位医疗")
    tables = spending(rows).document.tables
    assert State.FINDING in states("B9", book(tables=tables, year=2018))
    assert states("B9", book(tables=tables, year=2017)) == {State.NOT_CHECKED}


def test_digits_agree_only_in_one_unit() -> None:
    def printed(value: str, unit: str) -> Printed:
        return Printed(Decimal(value), unit, Place(1, value, ()), value)

    assert pairs.fits(printed("30.00", "万元"), printed("30.01", "万元"))
    assert pairs.fits(printed("30.00", "万元"), printed("300049", "元"))
    assert not pairs.fits(printed("30.00", "万元"), printed("30.00", "元"))
    assert not pairs.fits(printed("30.00", "万元"), printed("30.02", "万元"))
