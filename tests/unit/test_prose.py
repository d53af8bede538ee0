"""Paragraphs and sections: what is joined, what is kept apart, what is a heading and what an entry of a table of contents."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from service.reading import document, prose
from service.reading.sheet import Sheet
from service.records import Line, Paragraph
from service.settings import Settings

WIDE = "根据预算绩效管理要求本部门组织对全部项目支出开展绩效自评涉及资金"
"""A line that fills the column."""


def _line(text: str, y: float, page: int = 1, *, x: float = 80, size: float = 12) -> Line:
    xs = tuple(x + size * i for i in range(len(text) + 1))
    return Line(page, text, (x, y, xs[-1], y + size), xs, size)


def _centred(text: str, y: float, page: int = 1, size: float = 18) -> Line:
    return _line(text, y, page, x=(595 - size * len(text)) / 2, size=size)


def _read(*pages: Sequence[Line]) -> list[Paragraph]:
    return prose.read([Sheet(n, 595, 842, tuple(lines), (), 0) for n, lines in enumerate(pages, 1)], {})


def _texts(*pages: Sequence[Line]) -> list[str]:
    return [paragraph.text for paragraph in _read(*pages)]


def test_a_sentence_goes_on_over_a_page_without_its_number() -> None:
    first = [_line(WIDE, 700), _line("本年收入增长4", 720), _line("- 3 -", 800, x=280)]
    second = [_line(WIDE, 100, 2), _line("- 4 -", 800, 2, x=280)]
    first[1] = _line(WIDE[:-1] + "4", 720)
    assert _texts(first, second) == [WIDE + WIDE[:-1] + "4" + WIDE]


def test_page_numbers_are_known_by_counting_wherever_they_stand() -> None:
    pages = [[_line(WIDE, 300, n), _line(str(n + 20), 330, n, x=290)] for n in (1, 2, 3)]
    assert _texts(*pages) == [WIDE * 3]


def test_a_page_left_out_of_the_count_does_not_end_it() -> None:
    pages = [[_line(WIDE, 300, n), _line(str(n), 330, n, x=290)] for n in (1, 2, 3)]
    pages += [[_line(WIDE, 300, 4)], [_line(WIDE, 300, 5), _line("4", 330, 5, x=290)], [_line(WIDE, 300, 6), _line("90", 330, 6, x=290)]]
    assert _texts(*pages) == [WIDE * 6, "90"]


def test_the_next_item_of_a_list_begins_a_paragraph_though_its_line_is_full() -> None:
    items = [f"{numeral}、{WIDE[2:]}" for numeral in "八九十"]
    assert _texts([_line(item, 300 + 20 * n) for n, item in enumerate(items)]) == items


def test_a_number_that_is_not_the_next_goes_on() -> None:
    assert _texts([_line("1." + WIDE[2:], 300), _line("6.开展自评", 320)]) == ["1." + WIDE[2:] + "6.开展自评"]


CONTENTS = ["第一部分 部门概况", "一、主要职能", "二、" + WIDE[2:], "三、机构设置", "第二部分 部门决算表"]


@pytest.mark.parametrize("leader", ["", "………………3", "。"])
def test_entries_of_a_table_of_contents_are_no_headings(leader: str) -> None:
    contents = [_centred("目  录", 100)] + [_line(entry + leader, 130 + 20 * n) for n, entry in enumerate(CONTENTS)]
    body = [_centred("第一部分 部门概况", 100, 2), _line("一、主要职能", 140, 2), _line("负责档案工作。", 160, 2)]
    read = _read(contents, body)
    assert [p.section for p in read[1:6]] == [("目录",)] * 5
    assert [p.section for p in read[6:]] == [("第一部分部门概况",), *[("第一部分部门概况", "一、主要职能")] * 2]


def test_contents_and_body_on_one_page() -> None:
    lines = ["目录", "第一部分 概况", "第二部分 说明", "第一部分 概况", WIDE, "负责档案工作。"]
    read = _read([_line(text, 100 + 20 * n) for n, text in enumerate(lines)])
    assert [(p.text[:4], p.section[0]) for p in read][3:] == [("第一部分", "第一部分概况"), (WIDE[:4], "第一部分概况")]


@pytest.mark.parametrize(
    "label", ["2024年8月20日", "2024年度", "审签情况：已审签", "（图2：收入决算结构图）", "支出预算图", "预留经费140.2万元，占0.78%"]
)
def test_large_labels_are_no_headings(label: str) -> None:
    read = _read([_centred("第二部分 决算说明", 100), _centred(label, 160), _line("一、总体情况", 200)])
    assert [p.heading for p in read] == [True, False, True]
    assert read[2].section == ("第二部分决算说明", "一、总体情况")


def test_a_part_over_two_lines_is_one_heading_and_a_title_below_it_another() -> None:
    wrapped = _texts([_centred("第三部分 江苏省高级人民法院2018", 100), _centred("年度预算情况说明", 124)])
    assert wrapped == ["第三部分江苏省高级人民法院2018年度预算情况说明"]
    assert _texts([_centred("第三部分 普陀区2024年度部门决算情况", 100), _centred("说明", 124)]) == [
        "第三部分普陀区2024年度部门决算情况说明"
    ]
    assert _texts([_centred("第五部分 附件", 100), _centred("信息化项目绩效评价报告", 124)]) == ["第五部分附件", "信息化项目绩效评价报告"]


def test_an_explained_term_is_no_heading() -> None:
    read = _read([_line("七、机动经费：指年初预留用于年度执行中的经费", 100)])
    assert not read[0].heading


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "parts"),
    [("fengxian-2024-budget", 4), ("jiangsu-fayuan-2018-budget", 4), ("jiangsu-jianchayuan-2017-budget", 4), ("sanmenxia-2023-final", 5)],
)
def test_real_parts_are_each_found_once(corpus: Path, name: str, parts: int) -> None:
    read = document.read(next(corpus.rglob(f"{name}.pdf")), Settings())
    found = [p.text[:4] for p in read.paragraphs if p.heading and p.text.startswith("第") and p.text[2:4] == "部分"]
    assert found == [f"第{numeral}部分" for numeral in "一二三四五"[:parts]]


def test_the_mark_of_a_list_is_no_figure_that_did_not_fit_under_a_heading() -> None:
    lines = [_centred("一、部门决算的总体情况和主要说明", 280, size=13), _line("（一）总体情况", 300), _line(WIDE, 320)]
    assert _texts(lines)[:2] == ["一、部门决算的总体情况和主要说明", "（一）总体情况"]


def test_the_title_of_an_annex_is_a_heading() -> None:
    pages = [_line("附件3 2023年部门整体支出绩效自评报告", 280), _line("（一）履职情况", 310), _line(WIDE + "。", 340)]
    assert _read(pages)[-1].section == ("附件32023年部门整体支出绩效自评报告", "（一）履职情况")
    assert not _read([_line("附件3所列表格为绩效自评表，请查阅说明。", 280)])[0].heading
