"""Passages: every one can be placed, none runs over a section or a table, and rows carry their headings."""

from dataclasses import replace
from pathlib import Path

import pytest

from service.records import Page, Passage
from service.search import passages
from tests.support import entries


def prose(cut: list[Passage]) -> list[Passage]:
    return [passage for passage in cut if passage.kind == "prose"]


def test_the_lines_of_a_passage_are_its_quote() -> None:
    cut = passages.cut(entries.document())
    assert cut
    for number, passage in enumerate(cut):
        assert passage.id == f"made#{number}"
        assert "".join(text for _, text, _ in passage.lines) == passage.quote
        assert passage.page == passage.lines[0][0]


def test_short_paragraphs_of_a_section_are_joined() -> None:
    assert [p.quote for p in prose(passages.cut(entries.document()))] == [entries.REASON + entries.REST]


def test_a_heading_is_searched_but_not_quoted() -> None:
    lines = [entries.line("（一）培训费"), entries.line("本年无培训费支出。", row=1)]
    section = ("九、三公经费", "（一）培训费")
    paragraphs = (replace(entries.paragraph(lines[0], section=section), heading=True), entries.paragraph(lines[1], section=section))
    read = replace(entries.document(tables=False), paragraphs=paragraphs, pages=(Page(1, 595, 842, tuple(lines)),))
    (passage,) = passages.cut(read)
    assert passage.quote == "本年无培训费支出。"
    assert "培训费" in passage.text.split("\n")[1]
    assert passage.section == "九、三公经费/（一）培训费"


def test_nothing_is_joined_over_sections() -> None:
    lines = [entries.line("甲事项。"), entries.line("乙事项。", row=1)]
    paragraphs = (entries.paragraph(lines[0], section=("一、甲",)), entries.paragraph(lines[1], section=("二、乙",)))
    read = replace(entries.document(tables=False), paragraphs=paragraphs, pages=(Page(1, 595, 842, tuple(lines)),))
    assert [p.quote for p in passages.cut(read)] == ["甲事项。", "乙事项。"]


def test_nothing_is_joined_over_what_is_printed_between() -> None:
    lines = [entries.line("表前。"), entries.line("123.45", row=1), entries.line("表后。", row=2)]
    paragraphs = (entries.paragraph(lines[0]), entries.paragraph(lines[2]))
    read = replace(entries.document(tables=False), paragraphs=paragraphs, pages=(Page(1, 595, 842, tuple(lines)),))
    assert [p.quote for p in passages.cut(read)] == ["表前。", "表后。"]


def test_long_paragraphs_are_cut_at_sentence_ends_and_lose_nothing() -> None:
    text = "".join(f"第{n}项支出增加{n}.5万元，原因是人员增加。" for n in range(60))
    lines = [entries.line(text[i : i + 40], row=i // 40) for i in range(0, len(text), 40)]
    read = replace(entries.document(tables=False), paragraphs=(entries.paragraph(*lines),), pages=(Page(1, 595, 842, tuple(lines)),))
    cut = passages.cut(read)
    assert len(cut) > 2
    assert "".join(p.quote for p in cut) == text
    assert all(p.quote.endswith("。") and len(p.quote) <= passages.LONGEST for p in cut)


def test_a_paragraph_over_two_pages_keeps_both() -> None:
    lines = [entries.line("本年支出决算为35"), entries.line("0万元。", page=2)]
    pages = (Page(1, 595, 842, (lines[0],)), Page(2, 595, 842, (lines[1],)))
    read = replace(entries.document(tables=False), paragraphs=(entries.paragraph(*lines),), pages=pages)
    (passage,) = passages.cut(read)
    assert [(page, text) for page, text, _ in passage.lines] == [(1, "本年支出决算为35"), (2, "0万元。")]


def test_a_cut_line_has_the_box_of_its_part() -> None:
    long = entries.line("甲" * 390 + "。" + "乙" * 100 + "。")
    read = replace(entries.document(tables=False), paragraphs=(entries.paragraph(long),), pages=(Page(1, 595, 842, (long,)),))
    first, second = passages.cut(read)
    assert first.lines[0][2] == long.part(0, 391)
    assert second.lines[0][2] == long.part(391, 492)


def test_rows_carry_title_and_column_headings() -> None:
    read = entries.document()
    rows = [p for p in passages.cut(read) if p.kind == "row"]
    assert [p.quote for p in rows] == [read.tables[0].quote(n) for n in range(2)]
    assert rows[0].text.split("\n") == [
        "某区医疗保障局2023年度部门决算",
        "公开05表 一般公共预算财政拨款支出决算表 单位：万元",
        "科目编码 2101103 科目名称 公务员医疗补助 本年支出 350.00",
    ]
    assert rows[0].lines[2] == (2, "350.00", read.tables[0].rows[0][2].box)
    assert rows[0].section == "公开05表 一般公共预算财政拨款支出决算表"


def test_a_form_s_rows_carry_the_name_it_gives_once() -> None:
    form = entries.table("项目支出绩效自评表", (("项目名称", "医保信息化建设", ""), ("总分", "100", "95")))
    rows = [p for p in passages.cut(replace(entries.document(), tables=(form,))) if p.kind == "row"]
    assert "医保信息化建设" in rows[1].text
    assert rows[1].quote == "总分 | 100 | 95"


def test_a_table_s_head_is_what_is_printed_of_it() -> None:
    (head,) = [p for p in passages.cut(entries.document()) if p.kind == "table"]
    assert [text for _, text, _ in head.lines] == ["一般公共预算财政拨款支出决算表", "公开05表 单位：万元"]


def test_blank_rows_and_contents_give_no_passages() -> None:
    blank = entries.table(rows=(("", "", ""),))
    listed = entries.paragraph(entries.line("一、概况……1"), section=("目录",))
    read = replace(entries.document(), tables=(blank,), paragraphs=(listed,))
    assert [p.kind for p in passages.cut(read)] == ["table"]


@pytest.mark.corpus
def test_real_passages_can_all_be_placed(corpus: Path) -> None:
    from service.reading import document
    from service.settings import Settings

    read = document.read(corpus / "seeds" / "lianhu-2023-final.pdf", Settings())
    printed = {(line.page, "".join(line.text.split())) for page in read.pages for line in page.lines}
    for passage in passages.cut(read):
        assert "".join(text for _, text, _ in passage.lines) == passage.quote
        if passage.kind == "prose":
            assert all(any(p == page and "".join(text.split()) in whole for p, whole in printed) for page, text, _ in passage.lines)


def test_headings_that_only_list_are_prose() -> None:
    lines = [entries.line(text, row=n) for n, text in enumerate(("（一）内设机构", "1、办公室", "2、种植科", "3、执法队"))]
    above = ("一、概况", "（一）内设机构")
    heads = [replace(entries.paragraph(lines[0], section=above), heading=True)]
    heads += [replace(entries.paragraph(item, section=(*above, item.text)), heading=True) for item in lines[1:]]
    read = replace(entries.document(tables=False), paragraphs=tuple(heads), pages=(Page(1, 595, 842, tuple(lines)),))
    (passage,) = passages.cut(read)
    assert (passage.section, passage.quote) == ("一、概况/（一）内设机构", "1、办公室2、种植科3、执法队")


def test_two_headings_in_a_row_list_nothing() -> None:
    lines = [entries.line(text, row=n) for n, text in enumerate(("一、收入", "二、支出"))]
    heads = tuple(replace(entries.paragraph(item, section=(item.text,)), heading=True) for item in lines)
    assert passages.cut(replace(entries.document(tables=False), paragraphs=heads, pages=(Page(1, 595, 842, tuple(lines)),))) == []


def test_two_numbered_entries_below_a_heading_are_a_list() -> None:
    lines = [entries.line(text, row=n) for n, text in enumerate(("1.种子站", "2.农机站"))]
    heads = tuple(replace(entries.paragraph(item, section=("二、下属单位", item.text)), heading=True) for item in lines)
    made = passages.cut(replace(entries.document(tables=False), paragraphs=heads, pages=(Page(1, 595, 842, tuple(lines)),)))
    assert [(passage.section, passage.quote) for passage in made] == [("二、下属单位", "1.种子站2.农机站")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("一般公共预算财政拨款支出决算表公开05表编制单位：某局单位：万元", 0), ("公开05表说明，本年支出减少的原因是人员减少。", 1)],
)
def test_a_caption_is_no_prose(text: str, kept: int) -> None:
    made = entries.document()
    caption = entries.paragraph(entries.line(text, page=2), section=("第三部分决算表",))
    read = replace(made, paragraphs=(caption,))
    assert len(prose(passages.cut(read))) == kept
