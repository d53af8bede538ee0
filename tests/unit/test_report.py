"""The HTML report and what it is made of: escaping, nothing loaded, coverage, strips of pages; and the terminal's report."""

import base64
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from service import terminal_report
from service.checks import diagnosis, run  # noqa: F401 - rules register on import
from service.checks.registry import PENDING, RULES
from service.exports import evidence, pictures, report, wording
from service.exports.pictures import Crop
from service.exports.report import Checked, html_report
from service.reading import digest
from service.records import OCR, Box, CheckReport, DocumentInfo, Finding, Gap, Kind, Operand, Place, Quantity, Severity, State
from service.settings import Settings
from tests.support import entries

EVIL = "<script>alert(1)</script>\"'>&\x00\x1b[31m"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


def info(doc: str = "made", title: str = "某局2023年度部门决算") -> DocumentInfo:
    return DocumentInfo(doc, title, "某局", 2023, Kind.FINAL, "部门", 12, doc * 8)


def finding(**changes: object) -> Finding:
    place = Place(4, "增加54.30万元，增长39.1%。", ((72.0, 100.0, 300.0, 112.0),))
    made = Finding(
        "f1", "F4", "growth-rate", Severity.ERROR, Quantity("39.1", "%"), Quantity("3.91", "%"), "一、总体情况", place,
        (Operand("39.1", "%", place), Operand("1441.60", "万元", Place(9, "总计 | 1,441.60", ((80.0, 400.0, 120.0, 410.0),)))),
        ("decimal-slip",), "54.30 ÷ (1441.60 − 54.30) = 3.91 %，文中写 39.1 %",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def checked(*findings: Finding, gaps: Sequence[Gap] = ()) -> CheckReport:
    states = {State.PASS: 8, State.FINDING: len(findings), State.NOT_CHECKED: len(gaps), State.NOT_APPLICABLE: 3}
    return CheckReport("made", states, tuple(gaps), tuple(findings), {"F4": {State.PASS: 8, State.FINDING: len(findings)}})


def drawn(info: DocumentInfo, page: int, boxes: Sequence[Box]) -> list[Crop]:  # noqa: ARG001 - the form of Pictures
    return [Crop(page, part, PNG) for part in pictures.strips(boxes, 595, 842)]


class Reader(HTMLParser):
    """Tags and attributes of a page, and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_report_says_both_sides_the_arithmetic_and_the_hint() -> None:
    page = Reader(html_report([Checked(info(), checked(finding()), "决算.pdf")], drawn))
    for words in (
        "39.1 %",
        "3.91 %",
        "54.30 ÷ (1441.60 − 54.30)",
        "疑为小数点错位",
        "1441.60 万元",
        "第 9 页",
        "总计 | 1,441.60",
        "决算.pdf",
    ):
        assert words in page.text
    assert "对不上 1" in page.text


def test_texts_of_documents_are_escaped_everywhere() -> None:
    place = Place(4, EVIL, ())
    evil = finding(
        id=EVIL, obligation=EVIL, kind=EVIL, where=EVIL, place=place, explain=f"{EVIL}。与此相关：{EVIL}", stated=Quantity(EVIL, EVIL),
        expected=Quantity(EVIL, EVIL), operands=(Operand(EVIL, EVIL, Place(5, EVIL + "x", ())),),
    )  # fmt: skip
    tail = replace(evil, severity=Severity.ROUNDING)
    gaps = [Gap(EVIL, f"第4页：「{EVIL}」{EVIL}")]
    one = Checked(replace(info(EVIL, EVIL), org=EVIL, level=EVIL), checked(evil, tail, gaps=gaps), EVIL)
    html = html_report([one, one], drawn, EVIL)
    page = Reader(html)
    assert {"script", "iframe", "link", "object", "form"}.isdisjoint(tag for tag, _ in page.tags)
    assert not any(name.startswith("on") or name == "style" for _, attributes in page.tags for name in attributes)
    assert "alert(1)" in page.text
    assert not set(html) & {"\x00", "\x1b"}


def test_nothing_is_loaded_and_the_policy_covers_the_style() -> None:
    html = html_report([Checked(info(), checked(finding()))], drawn)
    page = Reader(html)
    links = [
        value or "" for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href", "xlink:href", "action")
    ]
    assert links
    assert all(link.startswith(("data:image/png;base64,", "#")) for link in links)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert not re.search(r"url\(|@import|https?:", style)
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(a["content"] or "" for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert f"'sha256-{hashed}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_text_recognised_in_a_picture_is_said_to_be() -> None:
    of_scan = finding(diagnosis=(OCR,))
    assert diagnosis.NAMES[OCR] in Reader(html_report([Checked(info(), checked(of_scan))], drawn)).text
    assert diagnosis.NAMES[OCR] not in html_report([Checked(info(), checked(finding()))], drawn)


def test_silence_is_never_shown_alone() -> None:
    page = Reader(html_report([Checked(info(), checked(gaps=[Gap("C1", "没有读到这张表")]))], drawn))
    assert "应核对 9 项" in page.text
    assert "没有读到这张表" in page.text


def test_pictures_stop_at_the_limit_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_PICTURE_BYTES", 1)
    many = Checked(info(), checked(finding(), finding(id="f2"), finding(id="f3")))
    html = html_report([many], drawn)
    assert html.count("<figure") == 2
    assert "图片总量已达上限" in html
    monkeypatch.setattr(report, "MOST_PICTURE_BYTES", 1_000_000)
    assert "图片总量已达上限" not in html_report([many], drawn)


def test_a_document_without_pages_has_a_report_too() -> None:
    html = html_report([Checked(info(), checked(finding()))], pictures.no_pictures)
    assert "<figure" not in html
    assert "3.91 %" in html


def test_every_obligation_has_a_name() -> None:
    assert {*RULES, *PENDING} <= set(wording.OBLIGATIONS)
    assert {code[0] for code in wording.OBLIGATIONS} == set(wording.GROUPS)


def test_coverage_adds_up_by_group() -> None:
    made = replace(
        checked(),
        by_obligation={
            "F4": {State.PASS: 2, State.NOT_CHECKED: 1},
            "F1": {State.TAIL: 1},
            "B1": {State.NOT_APPLICABLE: 1},
        },
    )
    (b, f) = wording.coverage(made)
    assert (b.group, b.owed, b.checked) == ("B", 0, 0)
    assert (f.group, f.owed, f.checked) == ("F", 4, 3)


def test_the_checker_says_how_it_is_covered(samples: Path) -> None:
    from service import pipeline

    made = pipeline.record(samples / "qinghe-2024-final.pdf", Settings(workers=1)).report
    summed = {state: sum(states.get(state, 0) for states in made.by_obligation.values()) for state in State}
    assert summed == made.counts


def test_alike_gaps_are_one_line() -> None:
    gaps = [
        Gap("D1", f"第{page}页：「{name}」没有读到") for page, name in ((7, "收入总计"), (7, "支出总计"), (8, "基本支出"), (7, "收入总计"))
    ]
    (one, two) = wording.missed([Gap("E3", "第9页：不全"), *gaps])
    assert (one.obligation, one.reason, one.count) == ("D1", "「…」没有读到", 4)
    assert wording.subjects(one) == "收入总计、支出总计（第7页）；基本支出（第8页）"
    assert wording.subjects(two) == "第9页"


def test_an_explanation_is_cut_where_the_checker_joined_it() -> None:
    assert wording.explained(finding(explain="甲「一；二」。与此相关：乙「三；四」；丙")) == wording.Explained(
        "甲「一；二」", ("乙「三；四」", "丙")
    )
    assert wording.explained(finding(explain="甲；乙", severity=Severity.ROUNDING)) == wording.Explained("甲", ("乙",))


def test_strips_show_boxes_that_stand_together_and_stay_on_the_page() -> None:
    near, far = (100.0, 100.0, 200.0, 112.0), (100.0, 700.0, 200.0, 712.0)
    strips = pictures.strips([far, near, (100.0, 130.0, 200.0, 142.0), (100.0, 900.0, 200.0, 912.0)], 595, 842)
    assert len(strips) == 2
    assert strips[0][1] < 100
    assert strips[0][3] > 142
    assert all(0 <= s[0] < s[2] <= 595 and 0 <= s[1] < s[3] <= 842 for s in strips)
    column = [(100.0, 20.0 * n, 200.0, 20.0 * n + 12) for n in range(40)]
    assert all(s[3] - s[1] <= pictures.TALLEST + 2 * pictures.AROUND for s in pictures.strips(column, 595, 842))


def test_the_questioned_place_comes_first() -> None:
    strips = evidence.strips(info(), finding(), drawn)
    assert [s.crop.page for s in strips] == [4, 9]
    assert strips[0].stated
    assert strips[1].operands
    assert not strips[1].stated


def test_strips_come_in_the_order_of_the_operands() -> None:
    places = [Place(page, str(page), ((80.0, 40.0, 120.0, 50.0),)) for page in (16, 3, 9, 7, 8)]
    many = finding(operands=tuple(Operand("1", "", place) for place in places))
    assert [s.crop.page for s in evidence.strips(info(), many, drawn)] == [4, 16, 3, 9]


def test_pictures_of_a_real_file(samples: Path) -> None:
    path = samples / "qinghe-2024-final.pdf"
    of_file = replace(info(), digest=digest.of(path))
    with pictures.of_files({of_file.digest: path}, Settings(workers=1)) as source:
        (crop,) = source(of_file, 4, [(72.0, 100.0, 300.0, 112.0)])
        assert crop.png.startswith(b"\x89PNG")
        assert source(of_file, 99, [(72.0, 100.0, 300.0, 112.0)]) == ()
        assert source(replace(of_file, digest="0"), 4, [(72.0, 100.0, 300.0, 112.0)]) == ()


def shown(width: int, *, terminal: bool) -> str:
    out = io.StringIO()
    long = finding(explain="龘" * 300 + "[bold]")
    made = checked(long, finding(severity=Severity.ROUNDING), gaps=[Gap("C1", "没有读到")])
    console = Console(file=out, width=width, force_terminal=terminal, highlight=False, color_system="standard" if terminal else None)
    terminal_report.show([(entries.document(), made)], console)
    return out.getvalue()


def test_a_terminal_is_never_overrun_by_wide_characters() -> None:
    from rich.cells import cell_len

    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown(60, terminal=True))
    assert max(cell_len(line) for line in plain.splitlines()) <= 60
    assert plain.count("龘") == 300
    assert "[bold]" in plain


def test_a_pipe_gets_whole_lines_without_colour() -> None:
    text = shown(60, terminal=False)
    assert "\x1b" not in text
    assert any("龘" * 300 in line for line in text.splitlines())
    assert "应核对 11 项" in text
    for words in ("第4页", "依据 第9页 1441.60 万元", "未能核对 1", "尾差 1", "疑为小数点错位"):
        assert words in text


@pytest.mark.parametrize(
    ("kind", "other"),
    [("sum", "推算"), ("growth-rate", "推算"), ("duplicate-conflict", "另一处写"), ("text-vs-table", "另一处写"), ("logic", "对照")],
)
def test_the_other_side_is_named_by_what_it_is(kind: str, other: str) -> None:
    found = checked(finding(kind=kind))
    assert f"<dt>{other}</dt><dd>3.91 %</dd>" in html_report([Checked(info(), found)], drawn)
    page = io.StringIO()
    terminal_report.show([(entries.document(), found)], Console(file=page, width=200))
    assert f"，{other} 3.91 %" in page.getvalue()
