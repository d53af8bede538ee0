"""Cells by what they are called: grids of statutory tables and of forms, the table a question names, the columns it names."""

import pytest

from service.answering import column_words, grids, titles
from service.records import DocumentInfo, Kind
from tests.support.shelf import Shelf, ask, table

FORM = table(
    [""] * 6,
    "项目名称||社区食堂补贴|||",
    "绩效指标|二级指标|三级指标|年度指标值|实际完成值|得分",
    "|数量指标|就餐人次|≥9000人次|9120人次|20",
    "||开放天数|≥250天||",
    "总分|||||96",
    title="项目支出绩效自评表",
)
TWICE = table(["收入/项目", "收入/决算数", "支出/项目", "支出/决算数"], "一、财政拨款收入|310.20|一、教育支出|", "||二、其他支出|8.00")


def test_two_panels_name_their_own_cells() -> None:
    found = {(s.label, s.path[0]): s.cell.text for s in grids.read(TWICE).slots}
    assert found == {("一、财政拨款收入", "收入"): "310.20", ("一、教育支出", "支出"): "", ("二、其他支出", "支出"): "8.00"}


def test_a_form_reads_the_headings_between_its_rows() -> None:
    slots = {(s.label, s.head): s.cell.text for s in grids.read(FORM).slots}
    assert slots["就餐人次", "年度指标值"] == "≥9000人次"
    assert slots["就餐人次", "实际完成值"] == "9120人次"
    assert slots["开放天数", "实际完成值"] == ""
    assert slots["总分", "得分"] == "96"


def test_a_second_line_of_headings_in_the_body_is_read() -> None:
    single = table(["三公经费/公务接待费", "三公经费/公务接待费"], "预算数|决算数", "0.80|")
    slots = grids.read(single).slots
    assert [(s.labels, s.path[-2:], s.cell.text) for s in slots] == [
        ((), ("公务接待费", "预算数"), "0.80"),
        ((), ("公务接待费", "决算数"), ""),
    ]


def test_a_table_of_zeros_and_blanks_is_empty() -> None:
    columns = ["项目/科目名称", "本年支出/合计"]
    assert grids.read(table(columns, "合计|", "|0.00")).empty()
    assert not grids.read(table(columns, "合计|0.01")).empty()


def test_names_of_a_column_leave_out_totals_and_headings() -> None:
    import re

    projects = table(["序号", "项目名称", "合计"], "|合计|12.00", "1|夜校|8.00", "2|菜场改造|4.00", "|夜校小计|8.00")
    assert [cell.text for _, cell in grids.names(projects, re.compile("项目名称"))] == ["夜校", "菜场改造"]
    assert [cell.text for _, cell in grids.names(FORM, re.compile("三级指标"))] == ["就餐人次", "开放天数"]


def test_a_table_is_named_by_number_or_title() -> None:
    basic = grids.read(table(["科目名称", "决算数"], "水费|1.00", title="一般公共预算财政拨款基本支出决算表", number="公开06表"))
    general = grids.read(table(["科目名称", "决算数"], "水费|2.00", title="一般公共预算财政拨款支出决算表", number="公开05表"))
    for asked in ("06表里水费多少", "表六的水费", "基本支出决算表里的水费"):
        assert titles.Wanted(asked).among([general, basic])[0][0][1] is basic
    assert titles.Wanted("公开05表的水费").among([general, basic])[0][0][1] is general
    assert titles.Wanted("09表的水费").among([general, basic]) == []
    assert not titles.Wanted("水费多少").table


def test_columns_are_chosen_by_their_headings() -> None:
    row = grids.read(table(["科目名称", "2023年预算数", "2024年预算数/小计", "2024年预算数/项目支出"], "水费|1.00|2.00|0.50")).slots
    said = {
        text: [s.cell.text for s in column_words.chosen(row, text)[1]] for text in ("2023年预算数", "2024年预算数", "2024年项目支出预算数")
    }
    assert said == {"2023年预算数": ["1.00"], "2024年预算数": ["2.00"], "2024年项目支出预算数": ["0.50"]}


def test_an_official_number_names_the_table_where_none_is_printed() -> None:
    columns, rows = ["科目名称", "支出"], "水费|1.00"
    spent = grids.read(table(columns, rows, title="支出决算表", statement="支出决算表"))
    general = grids.read(table(columns, rows, title="财政拨款支出决算表", statement="一般公共预算财政拨款支出决算表"))
    assert [grid for _, grid in titles.Wanted("公开05表的水费").among([spent, general])[0]] == [general]
    assert titles.Wanted("表五的水费").among([spent, general]) == []


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("04表的一般公共预算财政拨款收入是多少", "一般公共预算财政拨款：310.20万元", "8.00"),
        ("04表年初结转里的一般公共预算财政拨款是多少", "年初财政拨款结转和结余中的一般公共预算财政拨款：8.00万元", "310.20"),
    ],
)
def test_what_was_carried_over_of_a_fund_is_not_its_income(question: str, told: str, not_told: str) -> None:
    rows = ("一、一般公共预算财政拨款|310.20", "年初财政拨款结转和结余|8.00", "一般公共预算财政拨款|8.00", "总计|318.20")
    info = DocumentInfo("made", "", "河清县水利局", 2023, Kind.FINAL, "部门", 9, "0")
    held = table(["收入/项目", "收入/金额"], *rows, title="财政拨款收入支出决算总表", number="公开04表")
    answer = ask(question, Shelf(info, tables={info.doc: [held]})).answer.replace("（公开04表）", "").replace("金额", "")
    assert told in answer
    assert not_told not in answer


def test_a_heading_is_quoted_as_it_is_printed() -> None:
    """A table of one row has its items in the headings; the quotation marks of 「“三公”经费」 are printed."""
    info = DocumentInfo("made", "", "河清县水利局", 2023, Kind.BUDGET, "部门", 9, "0")
    costs = table(["“三公”经费", "会议费"], "8.00|5.00", title="“三公”经费、会议费、培训费支出预算表")
    answer = ask("三公经费、会议费、培训费那张表里，三公经费和会议费各多少", Shelf(info, tables={info.doc: [costs]}))
    assert "8.00" in answer.answer
    assert "5.00" in answer.answer
    assert {c.place.quote.split(" | ")[0] for c in answer.citations} == {"“三公”经费", "会议费"}
