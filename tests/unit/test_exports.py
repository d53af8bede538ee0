"""Workbook and CSV: figures are numbers as printed, texts are never formulas, marks stand on the right cells, files are whole."""

import csv
import io
import os
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from service.errors import InputError, StorageError
from service.exports import commas, sheets, workbook
from service.exports.marks import Marks, page_link
from service.exports.sheets import Column, Entry, Mark, Sheet
from service.exports.target import Target
from service.records import Disclosure, Fact, Kind, Operand, Place, Severity
from tests.support import entries

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "\r=1", "#REF!", "#N/A"]
NOWHERE = Path("/dev/full")


def opened(*made: Sheet) -> Workbook:
    return load_workbook(io.BytesIO(workbook.workbook(made, "标题")))


def cells(*made: Sheet, row: int = 2) -> list[Cell]:
    return [cell for cell in opened(*made).worksheets[0][row] if isinstance(cell, Cell)]


def sheet(*rows: tuple[Entry, ...]) -> Sheet:
    return Sheet("甲", tuple(Column(f"列{n}") for n in range(len(rows[0]))), list(rows))


@pytest.mark.parametrize(
    ("value", "shown"), [("1208.80", "#,##0.00"), ("0.00", "#,##0.00"), ("-3.5", "#,##0.0"), ("54163201", "#,##0"), ("1E+3", "#,##0")]
)
def test_a_figure_is_a_number_with_its_printed_decimals(value: str, shown: str) -> None:
    (cell,) = cells(sheet((Entry(Decimal(value), "万元"),)))
    assert cell.data_type == "n"
    assert Decimal(str(cell.value)) == Decimal(value)
    assert cell.number_format == shown


def test_money_is_exact_in_the_file() -> None:
    amounts = [Decimal("0.1"), Decimal("9999999999999.99"), Decimal("123456789012.345")]
    data = workbook.workbook([sheet(tuple(Entry(a, "元") for a in amounts))], "")
    (page,) = [n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if re.search(r"worksheets/sheet", n)]
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(page))  # noqa: S314 - our own file
    written = [e.text for e in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}v")]
    assert [Decimal(w or "") for w in written] == amounts


def test_a_figure_longer_than_a_spreadsheet_can_hold_is_a_text() -> None:
    (cell,) = cells(sheet((Entry(Decimal("12345678901234567.89"), "元"),)))
    assert (cell.data_type, cell.value) == ("s", "12345678901234567.89")


def test_a_shared_unit_is_in_the_head_and_several_stand_behind_the_figures() -> None:
    rows = [(Entry(Decimal("1.00"), "万元"), Entry(Decimal("2"), "元")), (Entry(None), Entry(Decimal("3.0"), "万元"))]
    book = opened(sheet(*rows)).worksheets[0]
    assert [c.value for c in book[1]] == ["列0\n（万元）", "列1"]
    assert [book.cell(2, 2).number_format, book.cell(3, 2).number_format] == ['#,##0"元"', '#,##0.0"万元"']
    assert book.cell(3, 1).value is None


@pytest.mark.parametrize("printed", FORMULAS)
def test_a_text_is_never_a_formula(printed: str) -> None:
    (cell,) = cells(sheet((Entry(printed),)))
    assert cell.data_type == "s"
    assert str(cell.value).strip() == printed.strip()
    if not printed.startswith("#"):
        assert cell.quotePrefix


def test_characters_that_xml_forbids_are_dropped_and_long_texts_cut() -> None:
    (one, two) = cells(sheet((Entry("甲\x00\x0b\x1f\ud800\uffff乙\n丙"), Entry("长" * 40_000))))
    assert one.value == "甲乙\n丙"
    assert str(two.value).endswith("（已截断）")


def test_marks_are_fills_and_comments() -> None:
    mark = Mark(Severity.ERROR, ("1 + 1 = 2，文中写 3（第4页，B1）",))
    rows = [
        (Entry(Decimal(3), mark=mark), Entry(Decimal(1), mark=replace(mark, lead=False)), Entry(Decimal(1), note="另印 2"), Entry(None))
    ]
    lead, other, noted, plain = cells(sheet(*rows))
    assert lead.comment is not None
    assert noted.comment is not None
    assert "1 + 1 = 2" in lead.comment.text
    assert lead.fill.fgColor.rgb != other.fill.fgColor.rgb
    assert noted.comment.text == "另印 2"
    assert noted.fill.fgColor.rgb == plain.fill.fgColor.rgb
    assert plain.comment is None


def test_a_sheet_can_be_read_filtered_and_printed() -> None:
    page = opened(sheet((Entry("甲", link="file:///x.pdf#page=3"), Entry(Decimal("1.0"))))).worksheets[0]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B2"
    assert page.print_title_rows == "$1:$1"
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page["A2"].hyperlink is not None
    assert page["A2"].hyperlink.target == "file:///x.pdf#page=3"


def test_an_empty_sheet_says_why() -> None:
    page = opened(Sheet("甲", (Column("列"),), empty="没有")).worksheets[0]
    assert page["A2"].value == "没有"


def test_a_figure_is_marked_by_the_spot_where_it_is_printed() -> None:
    box, other = (10.0, 10.0, 50.0, 20.0), (10.0, 90.0, 50.0, 99.0)
    (one,) = entries.report(entries.document()).findings
    lead, used = Place(1, "87.50%", (box,)), Place(1, "350", (other,))
    found = replace(one, operands=(Operand("87.50", "%", lead), Operand("350", "万元", used)), explain="350 ÷ 400")
    marks = Marks.of([found])
    mark = marks.at(Decimal("87.50"), Place(1, "完成预算的87.50%", ((0.0, 0.0, 5.0, 5.0), box)))
    assert mark is not None
    assert mark.lead
    assert "350 ÷ 400" in mark.notes[0]
    assert (second := marks.at(Decimal("-350"), used)) is not None
    assert not second.lead
    assert marks.at(Decimal("87.50"), Place(2, "87.50%", (box,))) is None
    assert marks.at(Decimal(10), used) is None  # another figure of the same row
    assert Marks.of([replace(found, severity=Severity.ROUNDING)]).at(Decimal(350), used) is None


def test_the_gravest_finding_gives_the_colour() -> None:
    (one,) = entries.report(entries.document()).findings
    spot = Place(1, "1", ((1.0, 1.0, 2.0, 2.0),))
    error = replace(one, operands=(Operand("9", "", Place(3, "9", ())), Operand("1", "", spot)), explain="甲")
    tail = replace(one, operands=(Operand("1", "", spot),), severity=Severity.ROUNDING, explain="乙")
    mark = Marks.of([tail, error]).at(Decimal(1), spot)
    assert mark is not None
    assert mark.grade is Severity.ERROR
    assert [note[0] for note in mark.notes] == ["甲", "乙"]


def test_a_page_link_is_an_address_with_a_page(tmp_path: Path) -> None:
    link = page_link(tmp_path / "决算 1.pdf", 7)
    assert link is not None
    assert link.startswith("file:///")
    assert link.endswith("%201.pdf#page=7")
    assert page_link(None, 7) is None


def test_csv_opens_as_chinese_and_guards_formulas() -> None:
    place = Place(3, '=cmd|"x"', ())
    fact = Fact("-折旧", "增减额", Decimal("-3.20"), "万元", 2023, "text", "+一、", place, "3.20")
    data = commas.facts([Disclosure("@doc", "", 2023, Kind.FINAL, (fact,), ())])
    assert data.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == commas.HEAD
    assert len(row) == len(head)
    line = dict(zip(head, row, strict=True))
    assert (line["文件"], line["项目"], line["出处"], line["原文"]) == ("'@doc", "'-折旧", "'+一、", '\'=cmd|"x"')
    assert (line["数值"], line["页"]) == ("-3.20", "3")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path, link = tmp_path / "a.csv", tmp_path / "link.csv"
    path.write_bytes(b"old")
    link.symlink_to(path)
    Target(link, "--csv").write(b"new")
    assert path.read_bytes() == b"new"
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "link.csv"]


def test_a_failed_writing_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="写不进去"):
        Target(path, "--csv").write(b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.skipif(not NOWHERE.exists(), reason="no /dev/full on this system")
def test_a_full_device_is_told() -> None:
    with pytest.raises(StorageError, match="写不进去"):
        Target(NOWHERE, "--csv").write(b"new" * 100_000)


def test_a_name_that_cannot_serve_is_told_before_the_work(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"%PDF")
    with pytest.raises(InputError, match="是文件夹"):
        Target(tmp_path, "--xlsx")
    with pytest.raises(InputError, match="没有文件夹"):
        Target(tmp_path / "none" / "a.xlsx", "--xlsx")
    with pytest.raises(InputError, match="同一个"):
        Target(source, "--xlsx", [source])
    with pytest.raises(StorageError, match="写不进去"):
        Target(tmp_path / ("x" * 300), "--xlsx")


def test_sheets_know_their_units() -> None:
    made = sheets.Sheet("甲", (Column("决算"),), [(Entry(Decimal(1), "元"),), (Entry("—"),), (Entry(None),)])
    assert made.head(0) == "决算\n（元）"
