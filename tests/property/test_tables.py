"""A table is the same cells wherever it stands: moved, scaled, ruled otherwise, cut over pages, wrapped, under merged headers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from service.reading import agreement, tables
from service.reading.sheet import Sheet
from service.records import Page, Table
from tests.support.sheets import LEFT, ROWS, WIDTH, Rows, heading, level, line, mapped, ruled, sheet, texts, wrapped

NAMES = [
    "卫生健康支出",
    "行政事业单位医疗",
    "公务员医疗补助",
    "机关事业单位基本养老保险缴费支出",
    "其他社会保障和就业支出",
    "住房公积金",
    "行政运行",
]
HEAD = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]

amounts = st.decimals(Decimal(0), Decimal("99999.99"), places=2).map(lambda d: f"{d:,}")
blank_or_amount = st.one_of(amounts, st.just(""))
codes = st.integers(2010101, 2299999).map(str)
rows_drawn = st.lists(
    st.tuples(codes, st.sampled_from(NAMES), amounts, blank_or_amount, blank_or_amount).map(list), min_size=3, max_size=12
)
widths_drawn = st.tuples(st.just(50.0), st.integers(46, 170).map(float), *[st.just(62.0)] * 3).map(list)


def made(rows: list[list[str]], widths: list[float], top: float = 120.0, *, heads: int = 1) -> Sheet:
    """A page with one table under its title."""
    names: Rows = [HEAD] * heads
    return sheet(wrapped([*names, *rows], widths, top), others=heading())


def read(*pages: Sheet) -> list[Table]:
    return tables.read(pages)[0]


@settings(max_examples=30, deadline=None)
@given(rows_drawn, widths_drawn, st.floats(0.4, 2.5), st.floats(-20, 300), st.floats(-20, 300))
def test_a_table_moved_and_scaled(rows: list[list[str]], widths: list[float], scale: float, x: float, y: float) -> None:
    page = made(rows, widths)
    assume(page.lines[0].size * scale > 4.5)
    (here,), (there,) = read(page), read(mapped(page, scale, x, y))
    assert texts(here) == rows
    assert texts(there) == rows
    assert there.columns == here.columns == tuple(HEAD)
    assert (there.title, there.number, there.unit) == (here.title, here.number, here.unit)
    for low, high in zip(here.rows, there.rows, strict=True):
        for a, b in zip(low, high, strict=True):
            assert b.box == pytest.approx((a.box[0] * scale + x, a.box[1] * scale + y, a.box[2] * scale + x, a.box[3] * scale + y), abs=3)


@settings(max_examples=30, deadline=None)
@given(rows_drawn, widths_drawn)
def test_a_table_with_level_rules_only_or_with_none(rows: list[list[str]], widths: list[float]) -> None:
    assume(any(r[3] for r in rows))
    assume(any(r[4] for r in rows))
    page = made(rows, widths)
    (three,) = read(replace(page, rules=tuple(level(page.rules, 1))))
    assert texts(three) == rows
    assert three.columns == tuple(HEAD)
    (bare,) = read(replace(page, rules=()))
    assert texts(bare) == rows
    assert (bare.columns, bare.title, bare.unit) == (tuple(HEAD), "支出决算表", "万元")


@settings(max_examples=30, deadline=None)
@given(rows_drawn, widths_drawn, st.data(), st.booleans())
def test_a_table_cut_over_two_pages(rows: list[list[str]], widths: list[float], data: st.DataObject, repeated: bool) -> None:
    at = data.draw(st.integers(1, len(rows) - 1))
    first = sheet(wrapped([HEAD, *rows[:at]], widths, 120), others=heading())
    rest: Rows = [HEAD, *rows[at:]] if repeated else rows[at:]
    second = sheet(wrapped(rest, widths, 60), number=2, others=[line("- 2 -", 290, 800)])
    (table,) = read(first, second)
    assert texts(table) == rows
    assert table.pages == (1, 2)
    assert [row[0].page for row in table.rows] == [1] * at + [2] * (len(rows) - at)


@settings(max_examples=30, deadline=None)
@given(rows_drawn, st.integers(4, 8), st.booleans())
def test_a_row_cut_by_the_page_is_one(rows: list[list[str]], most: int, repeated: bool) -> None:
    name = "机关事业单位基本养老保险缴费支出"
    widths = [50.0, most * 9.0 + 8, 62.0, 62.0, 62.0]
    last = ["2080505", name, "12.00", "12.00", ""]
    first = sheet(wrapped([HEAD, *rows, [*last[:1], name[:most], *last[2:]]], widths, 120), others=heading())
    rest: Rows = [["", name[most:], "", "", ""], *rows]
    second = sheet(wrapped([HEAD, *rest] if repeated else rest, widths, 60), number=2)
    (table,) = read(first, second)
    assert texts(table) == [*rows, last, *rows]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([n for n in NAMES if len(n) < 9]), *[amounts] * 4).map(list), min_size=1, max_size=8),
    st.integers(1, 3),
)
def test_merged_headers_name_every_column(rows: list[list[str]], over: int) -> None:
    upper: list[str | None] = ["项目", "支出", *[None] * over, *["结余"] * (3 - over)]
    lower: list[str | None] = ["^", *[f"第{i}项" for i in range(over + 1)], *["^"] * (3 - over)]
    (table,) = read(sheet(ruled([upper, lower, *rows]), others=heading()))
    assert texts(table) == rows
    assert table.columns == ("项目", *[f"支出/第{i}项" for i in range(over + 1)], *["结余"] * (3 - over))


@settings(max_examples=30, deadline=None)
@given(rows_drawn, widths_drawn, st.data())
def test_the_two_ways_of_reading_agree_until_a_digit_is_lost(rows: list[list[str]], widths: list[float], data: st.DataObject) -> None:
    page = made(rows, widths)
    found = read(page)
    pages = [Page(1, page.width, page.height, page.lines)]
    assert agreement.read(found, pages) == []
    row = data.draw(st.integers(0, len(rows) - 1))
    cells = list(found[0].rows[row])
    cells[2] = replace(cells[2], text=cells[2].text[:-1])
    spoilt = replace(found[0], rows=(*found[0].rows[:row], tuple(cells), *found[0].rows[row + 1 :]))
    (only,) = agreement.read([spoilt], pages)
    assert (only.row, only.column, only.words) == (row, 2, rows[row][2])


def test_a_figure_in_no_cell_is_told() -> None:
    page = sheet(ruled(ROWS), others=[])
    found = read(page)
    stray = line("99.99", LEFT + 1.5 * WIDTH, 128)
    (only,) = agreement.read(found, [Page(1, 595, 842, (*page.lines, stray))])
    assert (only.row, only.words, only.unread().page) == (None, "99.99", 1)
