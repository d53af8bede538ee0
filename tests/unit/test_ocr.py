"""Pages that are pictures: what is recognised, how it is placed and marked, and what is said without the extra."""

import subprocess
import sys
import zlib
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pymupdf
import pytest

from service import contract
from service.answering import respond
from service.answering.material import Material
from service.checks import findings
from service.checks.outcomes import Issue, Outcome, raised
from service.checks.printed import Printed
from service.errors import ScanOnlyError
from service.facts import rules
from service.library.packing import DISCLOSURE
from service.reading import document, ocr, scan
from service.reading.ocr import Text
from service.reading.pixels import Pixels
from service.reading.posture import Posture
from service.records import (
    Answer,
    Citation,
    Document,
    Engine,
    Place,
    Quantity,
    Severity,
    Unread,
)
from service.settings import Settings
from tests.support import scans

TILT = 0.7


SAMPLE, TABLE_PAGE = "qinghe-2024-final.pdf", 22
"""The table of 三公 expenses: two rows of figures under a header on three levels."""


PART = (40.0, 30.0, 802.0, 290.0)
"""The part of the page that prints it."""


@pytest.fixture(scope="module")
def printed(samples: Path) -> Document:
    """The sample as its text layer gives it."""
    return document.read(samples / SAMPLE, Settings())


@pytest.fixture(scope="module")
def recognised(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The page with the table as a scan askew."""
    image = scans.worn(scans.picture(samples / SAMPLE, TABLE_PAGE, PART), TILT)
    return document.read(scans.as_pdf(tmp_path_factory.mktemp("scan") / "2024.pdf", image), Settings())


def test_ruled_table_in_a_picture_reads_cell_by_cell(printed: Document, recognised: Document) -> None:
    wanted = next(table for table in printed.tables if table.pages == (TABLE_PAGE,))
    (found,) = recognised.tables
    assert [[cell.text for cell in row] for row in found.rows] == [[cell.text for cell in row] for row in wanted.rows]
    assert found.columns == wanted.columns
    assert (found.number, found.unit, found.statement) == (wanted.number, wanted.unit, wanted.statement)


def test_recognised_page_says_what_it_is(recognised: Document) -> None:
    assert [page.kind for page in recognised.pages] == ["ocr"]
    assert recognised.recognised == {1}
    assert recognised.unread == ()


def test_boxes_stand_on_the_page_as_shown(printed: Document, recognised: Document) -> None:
    """A figure's box is where the askew page prints it, not where the upright picture did."""
    wanted = next(table for table in printed.tables if table.pages == (TABLE_PAGE,)).rows[-1]
    page = recognised.pages[0]
    askew = Posture(page.width, page.height, 0, -TILT)
    for cell, original in zip(recognised.tables[0].rows[-1], wanted, strict=True):
        if original.text:
            x0, y0, x1, y1 = original.box
            shown = askew.back((x0 - PART[0], y0 - PART[1], x1 - PART[0], y1 - PART[1]))
            assert _middle(cell.box) == pytest.approx(_middle(shown), abs=2.5), cell.text


def test_characters_have_their_places(recognised: Document) -> None:
    lines = [line for line in recognised.pages[0].lines if len(line.text) > 4]
    for line in lines:
        assert len(line.xs) == len(line.text) + 1
        assert list(line.xs) == sorted(line.xs)
        assert line.box[0] == pytest.approx(line.xs[0])
        assert line.box[2] == pytest.approx(line.xs[-1])


def test_figures_of_a_recognised_page_are_marked_through_facts_and_their_json(recognised: Document) -> None:
    disclosure = rules.read(recognised)
    values = {fact.value for fact in disclosure.facts}
    assert {Decimal("5.70"), Decimal("7.20"), Decimal("0.58")} <= values
    assert all(fact.place.ocr for fact in disclosure.facts)
    assert all(fact["ocr"] is True for fact in contract.disclosure(disclosure)["facts"])
    assert DISCLOSURE.unpack(DISCLOSURE.pack(disclosure)) == disclosure


def test_records_kept_before_there_was_a_mark_still_open(recognised: Document) -> None:
    disclosure = rules.read(recognised)
    old = zlib.compress(zlib.decompress(DISCLOSURE.pack(disclosure)).replace(b',"ocr":true', b""))
    facts = DISCLOSURE.unpack(old).facts
    assert len(facts) == len(disclosure.facts)
    assert not any(fact.place.ocr for fact in facts)


def test_figures_of_a_text_layer_are_not_marked(printed: Document) -> None:
    disclosure = rules.read(printed)
    assert disclosure.facts
    assert not any(fact.place.ocr for fact in disclosure.facts)
    assert not any("ocr" in fact for fact in contract.disclosure(disclosure)["facts"])


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_page_on_its_side_or_head_is_turned(samples: Path, quarters: int) -> None:
    image = scans.worn(scans.picture(samples / SAMPLE, 5, (70, 70, 330, 112)), 0.0, quarters)
    height, width = image.shape
    found = scan.read(1, Pixels(width, height, 150 / 72, image.tobytes()))
    upright = scans.picture(samples / SAMPLE, 5, (70, 70, 330, 112))
    assert found.posture.turns == (4 - quarters) % 4
    assert (found.sheet.width, found.sheet.height) == pytest.approx((upright.shape[1] * 72 / 150, upright.shape[0] * 72 / 150))
    shown = [found.posture.back(line.box) for line in found.sheet.lines]
    assert all(-2 <= x0 < x1 <= width * 72 / 150 + 2 and -2 <= y0 < y1 <= height * 72 / 150 + 2 for x0, y0, x1, y1 in shown)


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where rapidocr is not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.mark.usefixtures("without_extra")
def test_scan_without_the_extra_is_refused_with_what_to_install(tmp_path: Path) -> None:
    path = scans.as_pdf(tmp_path / "scan.pdf", np.full((400, 300), 90, np.uint8))
    with pytest.raises(ScanOnlyError, match=r"pip install 'mingzhang\[ocr\]'") as caught:
        document.read(path, Settings())
    assert "pip install 'mingzhang[ocr]'" in caught.value.zh


@pytest.mark.usefixtures("without_extra")
def test_other_pages_serve_without_the_extra(samples: Path, tmp_path: Path) -> None:
    path = scans.as_pdf(tmp_path / "mixed.pdf", np.full((400, 300), 90, np.uint8), before=(samples / SAMPLE, 5))
    read = document.read(path, Settings())
    assert [page.kind for page in read.pages] == ["text", "scan"]
    assert read.paragraphs
    (unread,) = read.unread
    assert (unread.page, unread.what) == (2, "整页")
    assert "pip install 'mingzhang[ocr]'" in unread.reason


def test_unread_scans_are_worth_another_try_once_the_extra_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    unread = (Unread(2, "整页", ocr.MISSING),)
    assert ocr.would_help(unread)
    assert not ocr.would_help(())
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    assert not ocr.would_help(unread)


def test_nothing_of_the_extra_is_imported_for_pages_with_text(samples: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from service.reading import document; from service.settings import Settings;"
        f"document.read(Path({str(samples / SAMPLE)!r}), Settings());"
        "print([name for name in ('rapidocr', 'onnxruntime', 'cv2') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_picture_without_text_is_reported(tmp_path: Path, samples: Path) -> None:
    path = scans.as_pdf(tmp_path / "mixed.pdf", np.full((200, 300), 255, np.uint8), before=(samples / SAMPLE, 5))
    told: list[tuple[int, int]] = []
    read = document.read(path, Settings(), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
    assert read.pages[1].kind == "ocr"
    assert [(u.page, u.reason) for u in read.unread] == [(2, "本页是图片，没有认出文字")]


@pytest.mark.parametrize(("dpi", "read"), [(60, False), (100, True)])
def test_coarse_pictures_are_not_guessed_at(tmp_path: Path, samples: Path, dpi: int, read: bool) -> None:
    image = scans.picture(samples / SAMPLE, 5, (70, 70, 330, 112), dpi)
    path = scans.as_pdf(tmp_path / "mixed.pdf", image, dpi, before=(samples / SAMPLE, 5))
    made = document.read(path, Settings())
    assert bool(made.pages[1].lines) == read
    assert [(u.page, "只有约 60 dpi" in u.reason) for u in made.unread] == ([] if read else [(2, True)])
    if not read:
        with pytest.raises(ScanOnlyError, match="太粗"):
            document.read(scans.as_pdf(tmp_path / "scan.pdf", image, dpi), Settings())


def test_time_that_reading_may_take_bounds_recognition(tmp_path: Path, samples: Path) -> None:
    path = scans.as_pdf(tmp_path / "mixed.pdf", np.full((200, 300), 255, np.uint8), before=(samples / SAMPLE, 5))
    read = document.read(path, Settings().model_copy(update={"read_timeout": 0.0}))
    assert read.pages[1].kind == "scan"
    assert "MINGZHANG_READ_TIMEOUT" in read.unread[0].reason


class TestDoubt:
    """What the models are not sure of, and read otherwise when they look again, is no figure."""

    def test_figure_with_one_doubtful_digit_is_not_read(self) -> None:
        text = _text("决算12.34万元", doubt="3")
        found = scan._legible(text, _text("决算12.84万元"))
        assert found.text == f"决算{scan.ILLEGIBLE}万元"
        assert len(found.middles) == len(found.text) == len(found.certain)

    def test_doubtful_figure_that_is_read_alike_twice_is_kept(self) -> None:
        text = _text("决算：12.34万元", doubt="3")
        assert scan._legible(text, _text("决算:12.34万元")) == text
        assert scan._legible(text, _text("决箅：12.34万元")) == text

    def test_other_figures_of_the_line_are_kept(self) -> None:
        found = scan._legible(_text("从12.34到98万元", doubt="3"), _text("从12.84到98万元"))
        assert found.text == f"从{scan.ILLEGIBLE}到98万元"

    def test_line_of_guesses_is_not_read(self) -> None:
        vague = Text("决算数", (0.1, 0.5, 0.9), (0.5, 0.6, 0.5))
        assert scan._legible(vague, _text("央算数")).text == scan.ILLEGIBLE
        assert scan._legible(vague, _text("决算数")) == vague

    def test_only_what_is_in_doubt_is_looked_at_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[int] = []

        def read(lines: list[object]) -> list[Text]:
            seen.append(len(lines))
            return [_text("19")] * len(lines)

        monkeypatch.setattr(ocr, "eyes", lambda: SimpleNamespace(read=read))
        found = scan._marked(np.zeros((50, 50), np.uint8), [((0, 0, 9, 9), _text("15", doubt="5")), ((0, 20, 9, 29), _text("17"))])
        assert seen == [1]
        assert [text.text for _, text in found] == [scan.ILLEGIBLE, "17"]

    def test_sheet_says_so(self) -> None:
        (remark,) = scan._remarks(3, [((0, 0, 9, 9), Text(scan.ILLEGIBLE, (0.5,), (0.0,)))])
        assert remark.page == 3
        assert "1 处" in remark.reason


class TestFindings:
    """The checker doubts recognised figures before it doubts the document."""

    def test_error_that_rests_on_recognised_text_is_suspicious_and_says_so(self) -> None:
        (found,) = findings.collect("d", [("F4", _outcome(page=2))], frozenset({2}))
        assert found.severity is Severity.SUSPICIOUS
        assert found.diagnosis == ("decimal-slip", "ocr")
        assert "OCR 识别，可能是识别错误" in found.explain
        assert found.place.ocr
        assert contract.finding(found)["ocr"] is True

    def test_operand_on_a_recognised_page_is_enough(self) -> None:
        (found,) = findings.collect("d", [("F4", _outcome(page=1))], frozenset({2}))
        assert found.severity is Severity.SUSPICIOUS
        assert [operand.place.ocr for operand in found.operands] == [False, True]
        assert not found.place.ocr

    def test_error_on_read_pages_stays_one(self) -> None:
        (found,) = findings.collect("d", [("F4", _outcome(page=1))], frozenset({7}))
        assert found.severity is Severity.ERROR
        assert "OCR" not in found.explain


def test_answer_from_a_recognised_page_says_so() -> None:
    citations = (Citation(1, "d", "", Place(1, "一", ())), Citation(2, "d", "", Place(2, "二", ())))
    made = Answer("问", "答【1】【2】", False, Engine.OFFLINE, citations, ())
    material = cast(Material, SimpleNamespace(is_recognised=lambda _, page: page == 2))
    found = respond._marked(made, material)
    assert [c.place.ocr for c in found.citations] == [False, True]
    (note,) = found.notes
    assert "OCR" in note
    assert "第2页" in note
    assert "请对照原页" in note


def test_page_of_the_scanned_corpus(corpus: Path, tmp_path: Path) -> None:
    """Every row of a real table of codes and amounts, from a scan that is askew and noisy."""
    number = 25
    for name in ("lianhu-2023-final", "lianhu-2023-final-scanned"):
        with pymupdf.open(corpus / "seeds" / f"{name}.pdf") as file, pymupdf.open() as one:
            one.insert_pdf(file, from_page=number - 1, to_page=number - 1)
            one.save(tmp_path / f"{name}.pdf")
    wanted = _rows(document.read(tmp_path / "lianhu-2023-final.pdf", Settings()))
    found = _rows(document.read(tmp_path / "lianhu-2023-final-scanned.pdf", Settings()))
    assert len(wanted) > 10
    assert sum(row in found for row in wanted) >= 0.95 * len(wanted)


def _rows(read: Document) -> list[list[str]]:
    return [[cell.text for cell in row if cell.text] for table in read.tables for row in table.rows]


def _middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _text(text: str, doubt: str = "") -> Text:
    middles = tuple((i + 0.5) / len(text) for i in range(len(text)))
    return Text(text, middles, tuple(scan.SURE_FIGURE - 0.01 if char in doubt else 0.99 for char in text))


def _outcome(page: int) -> Outcome:
    stated = Printed(Decimal("8.9"), "%", Place(page, "增长8.9%", ((0, 0, 9, 9),)), "a")
    other = Printed(Decimal("10.86"), "万元", Place(2, "10.86万元", ((0, 20, 9, 29),)), "b")
    issue = Issue(
        kind="growth-rate",
        severity=Severity.ERROR,
        stated=Quantity("8.9", "%"),
        expected=None,
        where="四、",
        place=stated.place,
        figures=(stated, other),
        diagnosis=("decimal-slip",),
        explain="不符",
    )
    return raised(issue)
