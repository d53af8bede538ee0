"""Tables: grids, merged headers, tables over pages, forms, and tables with level rules only."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from service.reading import agreement, captions, columns, grid, tables
from service.reading.pdf import opened
from service.reading.sheet import Rule, Sheet
from service.records import Line, Page, Table
from service.text import normal
from tests.support.sheets import (
    COLUMNS,
    HEIGHT,
    LEFT,
    ROWS,
    WIDTH,
    Rows,
    cell,
    frame,
    heading,
    line,
    only,
    ruled,
    sheet,
    texts,
    three_line,
    width,
)


def test_a_ruled_table_with_its_title_number_unit_and_note() -> None:
    note = line("注：本表反映部门本年度各项支出情况。", LEFT, 200)
    table = only(sheet(ruled([COLUMNS, *ROWS]), others=[*heading(), note]))
    assert (table.title, table.number, table.unit, table.note) == ("支出决算表", "公开03表", "万元", "注：本表反映部门本年度各项支出情况。")
    assert table.columns == tuple(COLUMNS)
    assert table.header == (tuple(COLUMNS),)
    assert texts(table) == ROWS
    assert table.pages == (1,)
    assert table.rows[0][2].box == pytest.approx((281.5, 139.5, 308.5, 148.5))


def test_merged_header_cells_repeat_their_text_and_make_paths() -> None:
    rows: Rows = [
        ["项目", None, "本年支出", None, None],
        ["科目代码", "科目名称", "小计", "基本支出", "项目支出"],
        ["栏次", None, "1", "2", "3"],
        ["210", "卫生健康支出", "657.63", "194.40", "463.23"],
    ]
    table = only(sheet(ruled(rows)))
    assert table.header[0] == ("项目", "项目", "本年支出", "本年支出", "本年支出")
    assert table.columns == ("项目/科目代码", "项目/科目名称", "本年支出/小计", "本年支出/基本支出", "本年支出/项目支出")
    assert texts(table) == [rows[3]]


def test_a_header_cell_over_all_levels_gives_one_step_of_the_path() -> None:
    rows: Rows = [["项目", "决算数", None], ["^", "合计", "财政拨款"], ["人员经费", "191.15", "191.15"]]
    table = only(sheet(ruled(rows)))
    assert table.columns == ("项目", "决算数/合计", "决算数/财政拨款")
    assert table.header[1][0] == "项目"


def test_a_line_over_a_border_is_cut_there_and_a_wide_figure_is_not() -> None:
    lines, rules = ruled([COLUMNS, ["", "", ""]])
    y = 120 + 1.5 * HEIGHT
    run = line("2101103公务员医疗补助", LEFT + WIDTH - width("2101103"), y)
    figure = line("1,234,567,890.12", LEFT + 2 * WIDTH - 12, y)
    assert figure.box[0] < LEFT + 2 * WIDTH < figure.box[2]
    table = only(sheet((lines, rules), others=[run, figure]))
    assert texts(table) == [["2101103", "公务员医疗补助", "1,234,567,890.12"]]


def test_two_figures_that_touch_at_a_border_stay_two() -> None:
    lines, rules = ruled([COLUMNS, ["210", "", ""]])
    y = 120 + 1.5 * HEIGHT
    table = only(sheet((lines, rules), others=[line("194.39463.23", LEFT + 2 * WIDTH - width("194.39"), y)]))
    assert texts(table) == [["210", "194.39", "463.23"]]


def test_wrapped_cells_are_joined_as_chinese_words_and_figures_are() -> None:
    rules = [r for c in range(3) for r in (*frame(LEFT + c * WIDTH, 120, WIDTH, 16), *frame(LEFT + c * WIDTH, 136, WIDTH, 30))]
    x = LEFT + 5
    wrapped = [line("公务员医", x, 144), line("疗补助", x, 156), line("AI model", x + WIDTH, 144), line("v2", x + WIDTH, 156)]
    figure = [line("156,211,1", x + 2 * WIDTH, 144), line("23", x + 2 * WIDTH, 156)]
    head = [cell(text, LEFT + c * WIDTH, 120) for c, text in enumerate(COLUMNS)]
    table = only(sheet(([*head, *wrapped, *figure], rules)))
    assert texts(table) == [["公务员医疗补助", "AI model v2", "156,211,123"]]


def test_a_table_over_pages_is_one_with_or_without_a_repeated_header() -> None:
    first = sheet(ruled([COLUMNS, ROWS[0]]), others=heading())
    repeated = sheet(ruled([COLUMNS, ROWS[1]], 60), number=2, others=[line("- 2 -", 290, 800)])
    bare = sheet(ruled([ROWS[2]], 60), number=3)
    table = only(first, repeated, bare)
    assert table.pages == (1, 2, 3)
    assert texts(table) == ROWS
    assert [row[0].page for row in table.rows] == [1, 2, 3]


def test_a_following_page_with_fewer_columns_is_mapped_by_place() -> None:
    wide = [["项目", "合计", "财政拨款", "其他"], ["一、支出", "10.00", "9.00", "1.00"]]
    first = sheet(ruled(wide), others=heading())
    lines = [cell("二、支出", LEFT, 60), cell("3.00", LEFT + 3 * WIDTH, 60)]
    rules = [*frame(LEFT, 60, WIDTH, HEIGHT), *frame(LEFT + WIDTH, 60, 2 * WIDTH, HEIGHT), *frame(LEFT + 3 * WIDTH, 60, WIDTH, HEIGHT)]
    table = only(first, sheet((lines, rules), number=2))
    assert texts(table)[1] == ["二、支出", "", "", "3.00"]


def test_a_header_cut_by_the_page_goes_on() -> None:
    first = sheet(ruled([["收入", None, "支出", None]], 700), others=heading(top=650))
    rest = [["项目", "金额", "项目", "金额"], ["一、拨款", "10.00", "一、支出", "10.00"]]
    table = only(first, sheet(ruled(rest, 60), number=2))
    assert table.columns == ("收入/项目", "收入/金额", "支出/项目", "支出/金额")
    assert texts(table) == [rest[1]]


@pytest.mark.parametrize("between", [[], [line("第二段说明文字写在两表之间。", LEFT, 780)]])
def test_a_new_title_or_prose_between_starts_a_new_table(between: list[Line]) -> None:
    first = sheet(ruled([COLUMNS, ROWS[0]]), others=[*heading(), *between])
    titled = sheet(ruled([COLUMNS, ROWS[1]]), number=2, others=heading("收入决算表", "公开02表"))
    found, _ = tables.read([first, titled])
    assert [t.title for t in found] == ["支出决算表", "收入决算表"]


def test_two_tables_on_a_page_and_the_prose_between_them() -> None:
    prose = line("本部门2023年度支出决算如下，具体情况说明见后。", LEFT, 260)
    second = [line("七、政府性基金支出预算表", 200, 300, size=16), line("单位：元", 480, 320)]
    found, regions = tables.read([sheet(ruled([COLUMNS, *ROWS]), ruled([COLUMNS, ROWS[0]], 340), others=[*heading(), prose, *second])])
    assert [(t.title, t.unit) for t in found] == [("支出决算表", "万元"), ("七、政府性基金支出预算表", "元")]
    assert regions == {1: [(70, 120, 340, 184), (70, 340, 340, 372)]}


def test_a_form_has_no_header_and_a_label_stands_once() -> None:
    rows: Rows = [
        ["项目名称", "医疗补助", None, None],
        ["项目资金(万元)", "年初预算数", "执行数", "得分"],
        ["^", "400.00", "350.00", "8"],
        ["绩效指标", "一级指标", "指标值", "得分"],
        ["^", "产出指标", "≥95%", "20"],
    ]
    table = only(sheet(ruled(rows), others=[line("项目绩效自评表", 240, 80, size=15)]))
    assert table.header == ()
    assert table.columns == ("", "", "", "")
    assert texts(table) == [[(text or "").replace("^", "") for text in row] for row in rows]
    assert table.unit == "万元"


def test_captions_inside_the_grid_are_no_rows() -> None:
    rows: Rows = [["收入预算总表", None, None], ["部门：某局", None, "单位：万元"], COLUMNS, *ROWS]
    table = only(sheet(ruled(rows), others=[line("公开02表", LEFT, 100)]))
    assert (table.title, table.number, table.unit) == ("收入预算总表", "公开02表", "万元")
    assert table.columns == tuple(COLUMNS)
    assert texts(table) == ROWS


def test_what_is_ruled_and_no_table() -> None:
    head = [Rule(60, 60, 535, 60), Rule(60, 790, 535, 790)]
    underline = [Rule(100, 307, 160, 307), Rule(100, 337, 160, 337), Rule(100, 367, 160, 367)]
    box = frame(100, 400, 200, 30)
    prose = [
        line("某局2023年度部门决算公开说明", 200, 52),
        line("本年支出 657.63 万元，比上年增长。", 90, 300),
        line("详见后表。", 90, 330),
    ]
    chart = [Rule(100, 600, 300, 600), Rule(100, 500, 100, 600), *frame(120, 540, 10, 60), *frame(150, 520, 10, 80)]
    found, regions = tables.read([sheet(([], [*head, *underline, *box, *chart]), others=[*prose, line("提示", 110, 415)])])
    assert found == []
    assert regions == {}


def test_rules_under_the_running_head_and_above_the_foot_frame_no_table() -> None:
    decoration = [Rule(60, 60, 535, 60), Rule(60, 790, 535, 790)]
    contents = [
        line(text, x, 100 + 24 * i) for i, part in enumerate("一二三四五六") for text, x in ((f"第{part}部分内容", 70), ("12", 500))
    ]
    assert tables.read([sheet(([], decoration), number=n, others=contents) for n in (1, 2, 3, 4)]) == ([], {})


@pytest.mark.parametrize("cut", [True, False])
def test_a_three_line_table_reads_as_the_ruled_one(cut: bool) -> None:
    plain = only(sheet(three_line([COLUMNS, *ROWS, ["", "合计", "657.63"]], cut=cut), others=heading()))
    full = only(sheet(ruled([COLUMNS, *ROWS, ["", "合计", "657.63"]]), others=heading()))
    assert texts(plain) == texts(full)
    assert (plain.columns, plain.title, plain.unit) == (full.columns, full.title, full.unit)


def test_a_three_line_table_that_runs_over_the_page() -> None:
    lines, rules = three_line([COLUMNS, *ROWS], cut=True)
    ends = sheet((lines, rules[:6]), others=heading())
    rest = [cell(text, LEFT + c * WIDTH, 60 + r * HEIGHT) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    bottom = [Rule(LEFT + c * WIDTH, 60 + 3 * HEIGHT, LEFT + (c + 1) * WIDTH, 60 + 3 * HEIGHT) for c in range(3)]
    table = only(ends, sheet((rest, bottom), number=2))
    assert table.pages == (1, 2)
    assert texts(table) == [*ROWS, *ROWS]


def test_wrapped_and_spanning_cells_without_rules() -> None:
    top = 120.0
    rules = [Rule(LEFT + c * WIDTH, y, LEFT + (c + 1) * WIDTH, y) for y in (top, top + 16, top + 86) for c in range(3)]
    head = [cell(text, LEFT + c * WIDTH, top) for c, text in enumerate(["一级", "指标", "得分"])]
    label = [line("产出指", LEFT + 30, top + 45), line("标(50)", LEFT + 30, top + 57)]
    wrapped = [
        line("公务员医疗", LEFT + WIDTH + 10, top + 28),
        line("补助人数", LEFT + WIDTH + 10, top + 40),
        line("20", LEFT + 2 * WIDTH + 40, top + 34),
    ]
    single = [line("发放率", LEFT + WIDTH + 10, top + 60), line("10", LEFT + 2 * WIDTH + 40, top + 60)]
    last = [line("及时率", LEFT + WIDTH + 10, top + 76), line("15", LEFT + 2 * WIDTH + 40, top + 76)]
    table = only(sheet(([*head, *label, *wrapped, *single, *last], rules)))
    assert texts(table) == [["产出指标(50)", "公务员医疗补助人数", "20"], ["", "发放率", "10"], ["", "及时率", "15"]]


def test_a_table_without_rules_and_the_prose_around_it() -> None:
    lines, _ = ruled([COLUMNS, *ROWS, ["", "合计", "657.63"]])
    around = [
        line("本部门2023年度收入总计657.63万元，与上年相比增加12.00万元。", LEFT, 40),
        *heading(),
        line("二、支出决算情况说明", LEFT, 230),
        line("本年支出合计657.63万元，其中基本支出194.40万元，占29.56%。", LEFT, 250),
    ]
    table = only(sheet((lines, []), others=around))
    assert texts(table) == [*ROWS, ["", "合计", "657.63"]]
    assert (table.title, table.number, table.unit, table.columns) == ("支出决算表", "公开03表", "万元", tuple(COLUMNS))


def test_a_table_without_rules_that_runs_over_the_page() -> None:
    first, _ = ruled([COLUMNS, *ROWS], 740)
    rest, _ = ruled(ROWS, 60)
    table = only(sheet((first, []), others=heading(top=690)), sheet((rest, []), number=2))
    assert texts(table) == [*ROWS, *ROWS]
    assert table.pages == (1, 2)


def test_columns_of_words_that_name_no_unit_are_no_table() -> None:
    contents = [
        line(text, x, 100 + 24 * i) for i, part in enumerate("一二三四五六") for text, x in ((f"{part}、收入决算表", 70), ("12", 500))
    ]
    assert tables.read([sheet(([], []), others=contents)])[0] == []


def test_the_lines_over_a_table_that_name_maker_and_unit_are_its_first_rows_as_printed() -> None:
    table = only(sheet(ruled([COLUMNS, *ROWS]), others=[line("支出决算表", 250, 70, size=15), *heading()[2:]]))
    assert [(at, [c.text for c in row]) for at, row in table.heads] == [(0, ["编制部门：某局", "", "单位：万元"]), (0, COLUMNS)]


def test_a_row_cut_by_the_page_and_two_rows_that_are_not() -> None:
    rows = [["210", "卫生健康支出", "657.63"], ["2101103", "机关事业单位养老", "350.00"]]
    first = sheet(ruled([COLUMNS, *rows]), others=heading())
    cut = only(first, sheet(ruled([["", "保险", ""], *ROWS], 60), number=2))
    assert texts(cut) == [rows[0], ["2101103", "机关事业单位养老保险", "350.00"], *ROWS]
    for other in (["208", "保险", ""], ["", "二、保险", ""], ["", "保险", "12.00"]):
        assert texts(only(first, sheet(ruled([other, *ROWS], 60), number=2))) == [*rows, other, *ROWS]
    short = sheet(ruled([COLUMNS, rows[0], ["2101103", "养老", "350.00"]]), others=heading())
    assert texts(only(short, sheet(ruled([["", "保险", ""], *ROWS], 60), number=2)))[2] == ["", "保险", ""]


def test_two_stacked_figures_are_not_made_one() -> None:
    lines, rules = ruled([COLUMNS, ["210", "", ""]])
    rules = [Rule(r.x0, 168.0 if r.y0 == 152 else r.y0, r.x1, 168.0 if r.y1 == 152 else r.y1) for r in rules]
    x = LEFT + 2 * WIDTH + 10
    table = only(sheet((lines, rules), others=[line("12", x, 144), line("3.00", x, 158)]))
    assert texts(table)[0][2] == "12 3.00"


def test_a_figure_that_touches_the_next_cell_is_parted_from_it() -> None:
    rows = [["一、财政拨款", "27,664.22", "一、一般公共服务支出", "22,395.50"], ["二、其他收入", "1.00", "二、外交支出", ""]]
    head = [["项目", "金额", "项目", "金额"]]
    lines, rules = ruled([*head, ["", "", "", ""], rows[1]])
    joined = [line(rows[0][0], LEFT + 5, 144), line("27,664.22一、一般公共服务支出", LEFT + 2 * WIDTH - width("27,664.22"), 144)]
    last = line(rows[0][3], LEFT + 3 * WIDTH + 22.5, 144)
    level = [Rule(LEFT, y, LEFT + 4 * WIDTH, y) for y in (120, 136, 168)]
    assert texts(only(sheet((lines, level), others=[*joined, last]))) == rows
    assert rules


@pytest.mark.parametrize("drawn", [True, False])
def test_two_figures_that_touch_without_a_border_are_parted_and_said(drawn: bool) -> None:
    head = ["项目", "年初预算", "决算数", "增减"]
    rows = [["基本支出", "12,345.67", "23,456.78", "1.00"], ["项目支出", "1,234.56", "2,345.67", "2.00"]]
    lines = [cell(text, LEFT + i * WIDTH, 120) for i, text in enumerate(head)]
    for y, row in zip((144, 160), rows, strict=True):
        middle = LEFT + 2 * WIDTH
        lines += [line(row[0], LEFT + 5, y), line(row[1] + row[2], middle - width(row[1]), y), line(row[3], LEFT + 3 * WIDTH + 40, y)]
    level = [Rule(LEFT, y, LEFT + 4 * WIDTH, y) for y in (120, 136, 168)] if drawn else []
    page = sheet((lines, level), others=heading())
    table = only(page)
    assert texts(table) == rows
    assert table.columns == tuple(head)
    told = agreement.read([table], [Page(1, page.width, page.height, page.lines)])
    assert [(d.row, d.column) for d in told] == [(0, 1), (0, 2), (1, 1), (1, 2)]


def test_figures_glued_in_one_cell_are_said() -> None:
    page = sheet(ruled([COLUMNS, ["210", "卫生健康支出", "657.6312.50"], ["", "截至", "2023.12.31"]]), others=heading())
    (only_one,) = agreement.read([only(page)], [Page(1, page.width, page.height, page.lines)])
    assert "657.6312.50" in only_one.reason
    assert "分不开" in only_one.unread().reason


def test_edges_between_texts_keep_a_column_that_only_the_header_shows() -> None:
    head = [line("科目", 70, 100), line("决算数", 170, 100), line("备注", 260, 100)]
    body = [line("公务员医疗补助", 70, 120), line("350.00", 172, 120), line("合计金额总计", 120, 140)]
    assert columns.edges(head, body) == pytest.approx([(70 + 63 + 170) / 2, (199 + 260) / 2])


@pytest.mark.parametrize(
    ("text", "title", "number"),
    [
        ("公开01 表：收支预算总表", "收支预算总表", "公开01表"),
        ("财决公开05表 支出决算表", "支出决算表", "财决公开05表"),
        ("“三公”经费支出预算表 公开表九", "“三公”经费支出预算表", "公开表九"),
        ("表13-1 绩效目标表", "绩效目标表", "表13-1"),
        ("收入决算表", "收入决算表", None),
    ],
)
def test_a_number_in_the_line_of_the_title(text: str, title: str, number: str | None) -> None:
    assert captions.named(text) == (title, number)


def test_a_title_on_two_lines_and_the_part_above_it() -> None:
    rows = captions.printed(
        [
            line("第三部分 2023年度部门决算表", 150, 40, size=18),
            line("十一、一般公共预算“三公”经费、会议费、培训费支出预", 70, 70, size=12),
            line("算表", 70, 86, size=12),
            line("单位：万元", 480, 104),
        ]
    )
    assert captions.above(rows, 112) == captions.Caption("十一、一般公共预算“三公”经费、会议费、培训费支出预算表", None, "万元")


def test_a_title_at_the_end_of_the_page_before() -> None:
    ends = sheet(number=1, others=[line("情况如下。", LEFT, 100), *heading(top=720), line("- 1 -", 290, 800)])
    table = only(ends, sheet(ruled([COLUMNS, *ROWS], 60), number=2))
    assert (table.title, table.number, table.unit, table.pages) == ("支出决算表", "公开03表", "万元", (2,))


def test_prose_above_a_table_is_no_title() -> None:
    assert captions.above(captions.printed([line("纳入决算编制范围的单位包括：", 70, 100)]), 112) == captions.Caption()


def test_a_drawing_of_thousands_of_strokes_is_left_alone() -> None:
    level = [Rule(10, 10 + i * 9, 590, 10 + i * 9) for i in range(50)]
    upright = [Rule(10 + i * 9, 10, 10 + i * 9, 451) for i in range(50)]
    assert grid.find(Sheet(1, 595, 842, (), (*level, *upright), 0))
    ticks = [Rule(10 + i % 40 * 14, 500 + i // 40 * 3, 18 + i % 40 * 14, 500 + i // 40 * 3) for i in range(4000)]
    assert grid.find(Sheet(1, 595, 842, (), (*level, *upright, *ticks), 0)) == []


def rows_of(found: Sequence[Table]) -> Counter[tuple[str, ...]]:
    """Body rows of two cells and more, in normal form."""
    shown = (tuple(normal(c.text) for c in row if c.text) for table in found for row in table.rows)
    return Counter(row for row in shown if len(row) > 1)


def read(path: Path) -> tuple[list[Table], list[Sheet]]:
    with opened(path) as file:
        sheets = list(file.sheets())
    return tables.read(sheets)[0], sheets


def test_the_borderless_document_reads_as_the_ruled_one(corpus: Path) -> None:
    ruled_rows = rows_of(read(corpus / "seeds" / "lianhu-2023-final.pdf")[0])
    plain_rows = rows_of(read(corpus / "seeds" / "lianhu-2023-final-borderless.pdf")[0])
    assert (ruled_rows & plain_rows).total() >= 0.98 * ruled_rows.total() > 200


def figures(found: Sequence[Table]) -> Iterator[tuple[int, str]]:
    for table in found:
        for row in table.rows:
            for printed in row:
                if re.fullmatch(r"[\d,.%-]*\d[\d,.%]*", printed.text):
                    yield printed.page, printed.text


@pytest.mark.parametrize("name", ["seeds/sanmenxia-2023-final", "seeds/lianhu-2023-final", "real/putuo-wanli-2024-budget"])
def test_every_figure_in_a_cell_stands_on_its_page(corpus: Path, name: str) -> None:
    found, sheets = read(corpus / f"{name}.pdf")
    printed = {s.number: " ".join(ln.text for ln in s.lines) for s in sheets}
    cells = list(figures(found))
    assert len(cells) > 400
    assert [c for c in cells if not re.search(rf"(?<![\d.,]){re.escape(c[1])}(?![\d,])", printed[c[0]])] == []


def test_real_tables_over_pages_have_all_their_rows(corpus: Path) -> None:
    found, _ = read(corpus / "real" / "putuo-wanli-2024-budget.pdf")
    general = next(t for t in found if "一般公共预算支出功能分类" in t.title)
    assert general.pages == (22, 23, 24, 25, 26)
    assert general.unit == "元"
    assert general.columns[:4] == (
        "项目/功能分类科目编码/类",
        "项目/功能分类科目编码/款",
        "项目/功能分类科目编码/项",
        "项目/功能分类科目名称",
    )
    assert [c.text for c in general.rows[-1] if c.text] == ["合计", "156,211,123", "99,706,020", "56,505,103"]
    assert len(general.rows) == 67
