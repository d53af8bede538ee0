"""Pages of pictures before their characters are recognised: which ones are, the picture's rules and posture, the order of its lines."""

import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from service.reading import image_rules, recognition, scan
from service.reading.ocr import Text
from service.reading.pdf import Pdf
from service.reading.posture import Posture
from service.reading.sheet import Rule, Sheet
from service.records import Line


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where rapidocr is not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


class TestWhichPagesAreRecognised:
    """A page's own text, a scanner's layer, and text beside a large picture."""

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Pages that were recognised; each gives 50 characters."""
        pages: list[int] = []

        def read(number: int, _: object) -> scan.Scan:
            pages.append(number)
            return scan.Scan(_sheet(number, "识" * 50), Posture(600, 800))

        monkeypatch.setattr(scan, "read", read)
        return pages

    @pytest.mark.parametrize(
        ("sheet", "taken"),
        [
            pytest.param({"text": "", "images": 1}, True, id="picture"),
            pytest.param({"text": "", "drawn": True}, True, id="outlines"),
            pytest.param({"text": ""}, False, id="blank"),
            pytest.param({"text": "字" * 300, "images": 1, "covered": 0.9}, False, id="text over a background"),
            pytest.param({"text": "字" * 300, "images": 1, "covered": 0.9, "layer": True}, True, id="scanner's layer"),
            pytest.param({"text": "—14—", "images": 1, "covered": 0.9}, True, id="page number on a scan"),
            pytest.param({"text": "字" * 40, "images": 1, "covered": 0.9}, False, id="title on a background"),
            pytest.param({"text": "字" * 40, "images": 1, "covered": 0.1}, False, id="title beside a logo"),
        ],
    )
    def test_page(self, asked: list[int], sheet: dict[str, object], taken: bool) -> None:
        made = replace(_sheet(1, str(sheet.pop("text"))), **sheet)  # type: ignore[arg-type]  # fields of Sheet
        file = cast(Pdf, SimpleNamespace(pixels=lambda *_: None))
        found = recognition.read(file, [made], 60.0)
        assert (found.postures.keys() == {1}) == taken
        assert (found.sheets[0].lines[:1] != made.lines[:1]) == taken
        assert asked in ([], [1])

    @pytest.mark.usefixtures("without_extra")
    def test_scanners_layer_serves_without_the_extra_and_is_known_for_what_it_is(self) -> None:
        layered = replace(_sheet(1, "字" * 300), images=1, covered=0.9, layer=True)
        found = recognition.read(cast(Pdf, None), [layered], 60.0)
        assert found.sheets == (layered,)


class TestPicture:
    """Setting upright and finding rules, on drawn pictures."""

    @pytest.fixture
    def drawn(self) -> image_rules.Image:
        """A grid of three rows and two columns with a word in one cell, at two pixels a point."""
        image = np.full((500, 800), 245, np.uint8)
        for y in (100, 200, 300, 400):
            image[y : y + 2, 100:700] = 20
        for x in (100, 400, 700):
            image[100:402, x : x + 2] = 20
        for x in range(140, 300, 20):
            image[140:160, x : x + 14 : 4] = 20
        return image

    def test_rules_are_found_and_text_is_not(self, drawn: image_rules.Image) -> None:
        rules_found = image_rules.ruled(drawn, 2.0).rules
        level = sorted(round(r.y0 / 10) * 10 for r in rules_found if r.horizontal)
        upright = sorted(round(r.x0 / 10) * 10 for r in rules_found if not r.horizontal)
        assert (level, upright) == ([100, 200, 300, 400], [100, 400, 700])

    def test_rules_are_wiped_out_and_text_stays(self, drawn: image_rules.Image) -> None:
        found = image_rules.ruled(drawn, 2.0)
        assert found.without[100:402, 400:402].min() > 200
        assert (found.without[140:160, 140:300] < 60).sum() == (drawn[140:160, 140:300] < 60).sum()

    @pytest.mark.parametrize("degrees", [-1.7, -0.3, 0.4, 2.1])
    def test_tilt_is_found(self, drawn: image_rules.Image, degrees: float) -> None:
        askew = image_rules.turned(drawn, degrees)
        assert image_rules.tilt(askew) == pytest.approx(-degrees, abs=0.06)

    def test_upright_and_empty_pages_stay(self, drawn: image_rules.Image) -> None:
        assert image_rules.tilt(drawn) == 0.0
        assert image_rules.tilt(np.full((500, 800), 250, np.uint8)) == 0.0


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_posture_brings_a_mark_back_to_where_the_picture_shows_it(turns: int) -> None:
    shown = np.full((300, 200), 255, np.uint8)
    shown[40:50, 20:60] = 0
    upright = image_rules.quarter(shown, turns)
    ys, xs = np.nonzero(upright == 0)
    box = (float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
    posture = Posture(float(upright.shape[1]), float(upright.shape[0]), turns)
    assert posture.back(box) == pytest.approx((20, 40, 60, 50))


def test_lines_come_row_by_row_though_their_ink_is_not_equally_high() -> None:
    rows = [(0, 11, 9, 25), (20, 10, 29, 24), (40, 12, 49, 23), (0, 40, 9, 54), (60, 13, 62, 16)]
    found = list(scan._in_order([(area, _text("字")) for area in rows]))
    assert [area for area, _ in found] == [rows[0], rows[1], rows[2], rows[4], rows[3]]


def _sheet(number: int, text: str) -> Sheet:
    lines = (Line(number, text, (10, 10, 90, 20), tuple(float(i) for i in range(len(text) + 1)), 10.0),) if text else ()
    return Sheet(number, 600.0, 800.0, lines, (Rule(0, 0, 9, 0),), 0)


def _text(text: str, doubt: str = "") -> Text:
    middles = tuple((i + 0.5) / len(text) for i in range(len(text)))
    return Text(text, middles, tuple(scan.SURE_FIGURE - 0.01 if char in doubt else 0.99 for char in text))
