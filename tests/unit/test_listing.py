"""Lists in prose and tables, told whole; counts and empty tables in the document's words."""

from collections.abc import Sequence

import pytest

from service.answering import counting, enumerating, extracting, listing, plan, told_lists
from service.answering.enumerating import Run
from service.answering.list_kinds import DEPARTMENT
from service.answering.material import EvidenceBook
from service.records import DocumentInfo, Hit, Kind, Passage, Table
from service.text import normal
from tests.support.shelf import Shelf, passage, table

INFO = DocumentInfo("tea", "茶叶办决算", "青松县茶叶发展中心", 2023, Kind.FINAL, "", 3, "")


def _shelf(passages: Sequence[Passage] = (), tables: Sequence[Table] = ()) -> Shelf:
    """One document's passages and tables; the passages are found in their order."""
    return Shelf(INFO, passages={INFO.doc: passages}, tables={INFO.doc: tables}, hits=[Hit(p, 1.0) for p in passages])


def prose(section: str, *lines: str, number: int = 0) -> Passage:
    """A passage of page 1, one piece a line."""
    return passage(INFO.doc, section, *lines, number=number, page=1)


def answered(question: str, shelf: Shelf) -> list[str]:
    read = plan.read(question, [INFO], lambda _: [])
    return [s.text for s in extracting.direct(read, [INFO], shelf, EvidenceBook()) or ()]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("中心内设综合股、种植技术股和市场股3个股室。年末在职12人。", ["综合股", "种植技术股", "市场股"]),
        ("内设机构包括：办公室（人事科）、种植与加工管理科、党委。", ["办公室", "种植与加工管理科", "党委"]),
        ("下设办公室、技术科等2个科室。", ["办公室", "技术科"]),
    ],
)
def test_names_side_by_side(text: str, names: list[str]) -> None:
    assert [e.name for e in enumerating.named(text, DEPARTMENT)] == names


def test_numbered_lists_by_their_marks_and_lines() -> None:
    run = Run(prose("一、机构", "1、办公室", "2、技术科", "3、执行局", "由此可见。一是抓采摘；二是抓加工。"))
    assert [[e.name for e in entries] for entries in enumerating.numbered(run)] == [["办公室", "技术科", "执行局"], ["抓采摘", "抓加工"]]


def test_departments_with_what_they_do() -> None:
    told = answered(
        "茶叶中心有哪些科室",
        _shelf([prose("一、概况/（二）内设机构", "本中心设下列机构：1.办公室。负责文电。2.种植科。负责茶园。3.执法支队。负责检查。")]),
    )
    assert told == ["文件列出的内设机构：「办公室」、「种植科」、「执法支队」。"]


def test_the_list_of_duties_is_not_the_list_of_departments() -> None:
    shelf = _shelf(
        [
            prose("一、概况/（一）主要职责", "1.拟订茶叶发展规划。2.组织技术推广。", number=0),
            prose("一、概况/（二）内设机构", "内设办公室、种植科。", number=1),
        ]
    )
    assert answered("中心的主要职责是什么", shelf) == ["文件写明的主要职责：「1.拟订茶叶发展规划」；「2.组织技术推广」。"]
    assert answered("内设机构", shelf) == ["文件列出的内设机构：「办公室」、「种植科」。"]


def test_projects_come_from_the_table_without_its_total() -> None:
    shelf = _shelf(
        tables=[table(["序号", "项目名称", "合计"], "|合计|12.00", "1|古茶树保护|8.00", "2|采摘节|4.00", title="项目支出表", number="表10")]
    )
    assert answered("今年有哪些项目？", shelf) == ["文件列出的项目（表10）：「古茶树保护」、「采摘节」。"]


def test_a_blank_cell_is_not_zero() -> None:
    shelf = _shelf(tables=[table(["科目名称", "决算数"], "水费|", "电费|1.20", title="基本支出决算表", number="公开06表")])
    assert answered("06表里水费和电费各多少", shelf) == [
        "2023年水费（公开06表）：决算数未填列（原表此格空白）。",
        "2023年电费（公开06表）：决算数1.20万元。",
    ]


def test_counts_are_told_in_the_clause_that_counts() -> None:
    shelf = _shelf([prose("三、成效", "全年举办采茶培训9期；培训茶农1204人次；自评得分95分。")])
    read = plan.read("培训了多少人次茶农？", [INFO], lambda _: [])
    assert [s.text for s in counting.counted(read, [INFO], shelf, EvidenceBook()) or ()] == ["文件写明：「培训茶农1204人次」。"]


def test_no_sentence_with_another_unit_is_an_answer() -> None:
    shelf = _shelf([prose("三、成效", "采茶培训支出12.40万元。")])
    read = plan.read("采茶培训办了多少期？", [INFO], lambda _: [])
    assert extracting.nearest(read, [INFO], shelf, EvidenceBook()) is None


def test_a_table_note_is_cited_by_its_line() -> None:
    head = Passage(
        "tea#1",
        "tea",
        1,
        "公开08表",
        "table",
        "",
        "国资表公开08表说明：本表无数据。",
        ((1, "国资表", (0, 0, 9, 9)), (1, "公开08表", (9, 0, 19, 9)), (1, "说明：本表无数据。", (0, 9, 99, 19))),
    )
    book = EvidenceBook()
    read = plan.read("哪些表是空表", [INFO], lambda _: [])
    assert listing.listing(read, [INFO], _shelf([head]), book)
    assert [e.place.quote for e in book.items.values()] == ["说明：本表无数据。"]


@pytest.mark.parametrize("question", ["有哪几个人民法庭？", "下设的人民法庭有哪些"])
def test_what_a_sentence_names_and_counts(question: str) -> None:
    text = "临洛区人民法院内设机构3个：立案庭（诉讼服务站）、执行局、综合办公室；下设东门、石桥、河口3个人民法庭。"
    found = told_lists.counted(normal(question), [prose("二、机构设置", text)])
    assert found is not None
    assert [e.name for e in found[1]] == ["东门", "石桥", "河口"]
    assert found[2] == "人民法庭"


def test_a_row_of_names_keeps_the_one_that_is_called_otherwise_and_counts_behind_brackets() -> None:
    text = "局机关内设办公室、待遇科、价格科、执法局、监督科（挂审批科牌子）5个科室。"
    assert [e.name for e in enumerating.named(text, DEPARTMENT)] == ["办公室", "待遇科", "价格科", "执法局", "监督科"]


def test_a_long_name_is_not_cut() -> None:
    text = "纳入决算的单位3个，包括临洛区水旱灾害防御指挥保障服务中心（参照公务员法管理）、石桥所、河口所3个站所。"
    found = told_lists.counted(normal("有哪些站所"), [prose("单位构成", text)])
    assert found is not None
    assert found[1][0].name == "临洛区水旱灾害防御指挥保障服务中心（参照公务员法管理）"
