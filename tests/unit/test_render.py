"""What the page draws: escaping, citation marks, badges, the picture's address, findings."""

import re
import tempfile
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from service.answering.respond import VERIFIED
from service.api import boxes_of, page_address
from service.errors import InputError
from service.exports.sheets import Column, Entry, Mark, Sheet
from service.library import Kept
from service.records import Answer, CheckReport, Engine, Finding, Kind, Severity
from tests.support import page as script
from ui import evidence, findings, leaf, naming, render, sheets, shelf
from ui.evidence import View
from ui.figures import Amount, Pair
from ui.intake import Job
from ui.render import Stage, Turn

HOSTILE = "<script>alert(1)</script><img src=x onerror=y> \"' & **粗** [x](http://evil.example)"


class _Tags(HTMLParser):
    """Collects the tags and attributes of a piece of HTML, and insists that it is balanced."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """The tags of balanced HTML."""
    parser = _Tags()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.seen


def view(page: int = 2) -> View:
    return View(script.answer().citations[0], page, 3, script.info())


def test_answer_turns_known_marks_into_buttons() -> None:
    buttons = [a for tag, a in tags(render.answer(script.answer(), 4)) if tag == "button"]
    in_text = buttons[:3]
    assert [(b["data-turn"], b["data-n"]) for b in in_text] == [("4", "1"), ("4", "1"), ("4", "2")]


def test_a_mark_without_citation_stays_text() -> None:
    made = replace(script.answer(), answer="财预〔2016〕143号，见【9】。", figures=())
    assert not [t for t, _ in tags(render.answer(made, 0)) if t == "button"]
    assert "财预〔2016〕143号" in render.answer(made, 0)


def test_figures_are_set_off_by_their_support() -> None:
    html = render.answer(script.answer(), 0)
    assert '<b class="mz-figure mz-cited">400 万元</b>' in html
    assert '<b class="mz-figure mz-derived">87.50 %</b>' in html
    assert "推算" in html
    assert "350 ÷ 400 = 87.50 %" in html


def test_each_sentence_with_its_mark_is_a_line_of_its_own() -> None:
    made = replace(script.answer(), answer="年初预算 400 万元。支出 350 万元【1】。原因是人数减少【2】。", figures=())
    lines = [a for tag, a in tags(render.answer(made, 0)) if tag == "p" and a["class"] == "mz-line"]
    assert len(lines) == 2


def test_a_calculation_is_shown_as_printed() -> None:
    figures = (replace(script.answer().figures[2], derivation="251.37 - 286.00 = -34.63"),)
    assert "251.37 − 286.00 = −34.63" in render.answer(replace(script.answer(), figures=figures), 0)


def test_a_printed_unit_variant_is_the_same_figure() -> None:
    made = replace(script.answer(), answer="支出决算 350.00万元【1】。")
    assert '<b class="mz-figure mz-cited">350.00万元</b>' in render.answer(made, 0)


def hostile_answer() -> Answer:
    made = script.answer()
    citation = replace(made.citations[0], section=HOSTILE, place=replace(made.citations[0].place, quote=HOSTILE))
    return replace(
        made,
        answer=HOSTILE,
        citations=(citation,),
        figures=tuple(replace(f, value=HOSTILE, unit=HOSTILE, derivation=HOSTILE) for f in made.figures),
        findings=(replace(script.finding(), explain=HOSTILE),),
        withheld=(HOSTILE,),
        notes=(HOSTILE,),
        engine=Engine.LLM,
        model=HOSTILE,
    )


def hostile_pair() -> Pair:
    amount = Amount(Decimal(1), HOSTILE, 1)
    return Pair(HOSTILE, HOSTILE, HOSTILE, "项", amount, amount)


def body(page: str) -> str:
    """What a whole page has inside its body."""
    return page.partition("<body>")[2].partition("</body>")[0]


def reported(*found: Finding) -> str:
    """A report of these findings, nothing filtered."""
    grades = [grade.value for grade in Severity]
    return findings.report(script.info(), CheckReport(script.DOC, {}, (), found), lambda _: (595.0, 842.0), grades)


def hostile_finding() -> Finding:
    place = replace(script.quoted(), quote=HOSTILE)
    made = script.finding()
    stated = replace(made.stated, value=HOSTILE)
    operand = replace(made.operands[0], text=HOSTILE, place=place)
    return replace(made, obligation=HOSTILE, kind=HOSTILE, where=HOSTILE, place=place, stated=stated, explain=HOSTILE, operands=(operand,))


@pytest.mark.parametrize(
    "html",
    [
        render.answer(hostile_answer(), 0),
        evidence.quote(View(hostile_answer().citations[0], 2, 3, replace(script.info(), org=HOSTILE))),
        evidence.picture(View(replace(hostile_answer().citations[0], doc=HOSTILE), 2, 3)),
        render.messages([Turn(HOSTILE, Stage.FAILED, note=HOSTILE), Turn(HOSTILE, note=HOSTILE)])[0]["content"],
        render.messages([Turn(HOSTILE, Stage.FAILED, note=HOSTILE), Turn(HOSTILE, note=HOSTILE)])[1]["content"],
        render.messages([Turn(HOSTILE, Stage.FAILED, note=HOSTILE), Turn(HOSTILE, note=HOSTILE)])[3]["content"],
        reported(hostile_finding()),
        shelf.documents([replace(script.info(), org=HOSTILE, doc=HOSTILE, level=HOSTILE)]),
        shelf.progress([Job(HOSTILE), Job("x", error=HOSTILE), Job("x", status="added", info=replace(script.info(), org=HOSTILE))]),
        render.messages([Turn(HOSTILE, Stage.ANSWERED, hostile_answer(), key="0" * 24)])[1]["content"],
        body(leaf.page(Kept(hostile_answer(), ((HOSTILE, HOSTILE),), (), HOSTILE), {}, {})),
        sheets.table(Sheet(HOSTILE, (Column(HOSTILE),), [(Entry(HOSTILE, mark=Mark(Severity.ERROR, (HOSTILE,))),)]), HOSTILE),
        sheets.comparison([hostile_pair()], (replace(script.info(), org=HOSTILE), script.info())),
    ],
)
def test_documents_models_and_users_bring_no_markup(html: str) -> None:
    seen = tags(html)
    assert "script" not in [tag for tag, _ in seen]
    assert all(not name.startswith("on") for _, attributes in seen for name in attributes)
    assert all((a["src"] or "").startswith("/api/page/") for tag, a in seen if tag == "img")
    ours = ("/api/page/", "/api/file/", "/api/export.", "/answer/", "/?answer=", "#source-")
    assert all((a["href"] or "").startswith(ours) for tag, a in seen if tag == "a")


def test_a_message_is_one_line_so_that_markdown_leaves_it_alone() -> None:
    turns = [Turn("第一行\n\n- 第二行", Stage.ANSWERED, script.answer())]
    for message in render.messages(turns):
        assert "\n" not in message["content"]
        assert message["content"].startswith("<div")


def test_refusal_is_calm_and_shows_the_nearest() -> None:
    html = render.answer(script.refusal("？"), 0)
    assert "文件中没有找到答案" in html
    assert "mz-error" not in html
    assert 'data-n="1"' in html


def test_answer_says_which_engine_wrote_it() -> None:
    assert "离线" in render.answer(script.answer(), 0)
    assert "qwen-x" in render.answer(replace(script.answer(), engine=Engine.LLM, model="qwen-x"), 0)


def test_answer_says_when_a_cited_figure_is_contested() -> None:
    assert "请留意" in render.answer(script.answer(), 0)
    assert "请留意" not in render.answer(replace(script.answer(), findings=()), 0)


def test_picture_marks_the_quote_only_on_its_own_page() -> None:
    own, other = evidence.picture(view()), evidence.picture(view(page=3))
    assert "boxes=" in own
    assert "data-focus" in own
    assert "boxes=" not in other
    assert "引文在第 2 页" in other
    assert "/3.png" in other


def test_boxes_survive_their_address() -> None:
    boxes = ((72.0, 100.25, 200.5, 112.0), (0.0, 1.0, 2.0, 3.0))
    query = page_address("a b/预算", 3, boxes).split("boxes=")[1]
    assert boxes_of(query) == boxes
    assert page_address("a b/预算", 3).startswith("/api/page/a%20b%2F%E9%A2%84%E7%AE%97/3.png")


@pytest.mark.parametrize("text", ["1,2,3", "a,b,c,d", "1,2,3,nan", "1,2,3,inf", ";".join(["1,2,3,4"] * 401)])
def test_malformed_boxes_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        boxes_of(text)


def test_document_names() -> None:
    assert naming.document_name(script.info()) == "云栖市账目局（虚构） 2023 年部门决算"
    plain = replace(script.info(), org="", year=None, kind=Kind.OTHER, level="")
    assert naming.document_name(plain) == script.info().title
    twins = naming.document_choices([script.info(), replace(script.info(), doc="zwei")])
    assert twins[0][0] != twins[1][0]


def test_report_shows_both_sides_and_the_coverage() -> None:
    report = script.ScriptedSession.report(_session(), script.DOC)
    html = findings.report(script.info(), report, lambda _: (595.0, 842.0), ["error"])
    for text in ("180", "对不上", script.QUOTE, script.REASON, "8.9 %", "0.90 %", "没有找到公开04表"):
        assert text in html
    assert tags(html)


def test_many_rounding_differences_are_folded() -> None:
    small = tuple(replace(script.finding(), id=str(n), severity=Severity.ROUNDING) for n in range(9))
    html = reported(*small)
    assert "展开 9 处尾差" in html


def test_sentences_verified_so_far_are_shown_while_the_model_writes() -> None:
    html = render.messages([Turn("问", note=f"{VERIFIED}年初预算 400 万元。<b>")])[1]["content"]
    assert '<p class="mz-line">年初预算 400 万元。&lt;b&gt;</p>' in html
    assert "逐句核对中" in html


def test_what_a_scan_gave_is_not_called_printed() -> None:
    made = script.answer()
    scanned = replace(made.citations[0], place=replace(made.citations[0].place, ocr=True))
    html = render.answer(replace(made, citations=(scanned, *made.citations[1:])), 0)
    assert "OCR识别" in html
    assert "原文数字" not in html
    assert "OCR识别" in evidence.quote(View(scanned, 2, 3))


def test_only_the_last_turn_can_be_asked_again() -> None:
    turns = [Turn("问", Stage.ANSWERED, script.answer(), key="0" * 24)] * 2
    first, second = (render.messages(turns)[n]["content"] for n in (1, 3))
    assert 'data-act="again"' not in first
    assert 'data-act="again"' in second


def test_an_opinion_is_shown_as_pressed() -> None:
    html = render.messages([Turn("问", Stage.ANSWERED, script.answer(), key="0" * 24, good=False)])[1]["content"]
    pressed = {a["data-act"]: a["aria-pressed"] for tag, a in tags(html) if "aria-pressed" in a}
    assert pressed == {"good": "false", "bad": "true"}


def test_an_answer_that_was_not_kept_has_no_link_and_takes_no_opinion() -> None:
    html = render.messages([Turn("问", Stage.ANSWERED, script.answer())])[1]["content"]
    assert "/answer/" not in html
    assert 'data-act="good"' not in html


def test_the_copied_text_carries_its_sources() -> None:
    text = render.plain(script.answer())
    assert text.endswith(f"【2】{script.DOC} 第 2 页：{script.REASON}")


def test_the_welcome_says_who_answers_and_what_is_being_read() -> None:
    assert "没有配置模型" in render.welcome([script.info()])
    assert "由 qwen-x 起草" in render.welcome([script.info()], "qwen-x")
    assert "正在读入 2 份文件" in render.welcome([], reading=2)


def test_the_page_of_an_answer_names_what_it_rests_on() -> None:
    kept = Kept(script.answer(), ((script.DOC, "ab" * 32),), (), "cd" * 32, "2025-01-02T03:04:05+00:00")
    html = leaf.page(kept, {script.DOC: script.info()}, {(script.DOC, 2): (595.0, 842.0)})
    for text in (script.QUOTE, "abababababab", "cdcdcdcdcdcd", "2025-01-02 03:04:05 UTC", "part=", "#page=2", 'id="source-1"'):
        assert text in html
    assert "<script" not in html


def _session() -> script.ScriptedSession:
    class _Pageless(script.ScriptedSession):
        def page_count(self, doc: str) -> int:
            assert doc == script.DOC
            return 3

    from pathlib import Path

    return _Pageless(Path(tempfile.mkdtemp()) / "unused.pdf")


@pytest.mark.parametrize(("kind", "other"), [("sum", "推算"), ("text-vs-table", "另一处写"), ("logic", "对照")])
def test_the_other_side_is_named_as_in_the_report(kind: str, other: str) -> None:
    assert re.search(rf'class="mz-expected"><span[^>]*>{other}</span> <b>', reported(replace(script.finding(), kind=kind)))
