"""The whole way in a real browser: the sample documents read, a question asked, its citation's quote highlighted where it is printed."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pymupdf
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from service import pipeline
from service.facts import assemble
from service.pipeline import Session
from service.settings import Settings
from service.text import normal
from tests.browser.conftest import Opened
from tests.browser.highlight import ask, under_highlight
from ui import app, figures, server

pytestmark = pytest.mark.browser

FIRST_WORDS = """() => {
  const chat = document.querySelector("#mz-chat"), field = document.querySelector("#mz-question textarea");
  const before = chat.querySelectorAll("[data-testid=bot]").length;
  let begun = 0;
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") begun = performance.now(); }, true);
  new MutationObserver(() => {
    if (window.firstWords === undefined && begun && chat.querySelectorAll("[data-testid=bot]").length > before) {
      window.firstWords = performance.now() - begun;
    }
  }).observe(chat, { childList: true, subtree: true });
}"""
"""Measures the milliseconds from the key to the first words of the answer."""
STAGES = """() => {
  window.stages = new Set();
  new MutationObserver(() => {
    document.querySelectorAll(".mz-steps .mz-now").forEach((now) => window.stages.add(now.textContent));
  }).observe(document.body, { childList: true, subtree: true, attributes: true });
}"""
"""Writes down every stage that is shown."""
SAMPLES = Path(__file__).parents[2] / "samples"
FINAL = "qinghe-2024-final"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    made = pipeline.open_session(Settings(home=tmp_path_factory.mktemp("home"), model=None, embedding_model=None))
    report = made.ingest([SAMPLES])
    assert report.failed == ()
    return made


@pytest.fixture(scope="module")
def address(session: Session) -> Iterator[str]:
    with server.running(app.mounted(session)) as base:
        yield base


def same_text(highlighted: str, quote: str) -> bool:
    """Whether the highlight covers the quote: prose in order (it may run on over the page's end), a table row cell by cell."""
    marked, wanted = normal(highlighted), normal(quote.replace(" | ", ""))
    return wanted.startswith(marked) if " | " not in quote else not Counter(marked) - Counter(wanted)


def test_flagship_question_on_the_samples(opened: Opened, address: str, session: Session) -> None:
    page = opened(address)
    ask(page, session.examples()[0])
    answer = page.locator(".mz-answer")
    expect(answer.locator(".mz-figure.mz-cited")).not_to_have_count(0)
    expect(answer.locator(".mz-badges")).to_contain_text("原文数字")
    marks = sorted({int(n) for n in answer.locator(".mz-mark").evaluate_all("marks => marks.map(mark => mark.dataset.n)")})
    assert marks
    for n in marks:
        answer.locator(f".mz-mark[data-n='{n}']").first.click()
        expect(page.locator("#mz-quote .mz-source")).to_contain_text(f"【{n}】")
        quote = page.locator("#mz-quote blockquote").inner_text()
        highlighted = under_highlight(page, SAMPLES / f"{FINAL}.pdf")
        assert len(highlighted) >= 4, quote
        assert same_text(highlighted, quote), (highlighted, quote)


def test_every_example_question_is_answered_with_a_citation(opened: Opened, address: str, session: Session) -> None:
    page = opened(address)
    for n, question in enumerate(session.examples()):
        ask(page, question)
        expect(page.locator(".mz-answer")).to_have_count(n + 1)
        answer = page.locator(".mz-answer").last
        expect(answer.locator(".mz-mark").first).to_be_visible()
        expect(answer).not_to_contain_text("文件中没有找到答案")


def test_another_year_is_refused(opened: Opened, address: str) -> None:
    page = opened(address)
    ask(page, "青禾区医保局2019年公务员医疗补助花了多少钱？")
    expect(page.locator(".mz-refused")).to_be_visible()


def test_planted_contradictions_are_found(opened: Opened, address: str, session: Session) -> None:
    found = session.report(FINAL).findings
    assert found
    page = opened(address)
    page.get_by_role("tab", name="核对").click()
    page.locator("#mz-checked input").click()
    page.get_by_role("option", name="2024").first.click()
    expect(page.locator(".mz-report")).to_contain_text(found[0].explain)
    expect(page.locator("article.mz-finding")).to_have_count(len(found))


def choose(page: Page, chooser: str, name: str) -> None:
    page.locator(f"{chooser} input").click()
    page.get_by_role("option", name=name).first.click()


def test_charts_are_drawn_with_units_and_the_printed_figures(opened: Opened, address: str, session: Session) -> None:
    page = opened(address)
    page.get_by_role("tab", name="数据").click()
    choose(page, "#mz-data-doc", "2024")
    rows = figures.budget_and_actual(assemble.assemble(session.disclosure(FINAL)))
    chart = page.locator("#mz-chart-execution svg.marks")
    expect(chart).to_contain_text("金额（万元）")
    expect(chart.locator(".mark-rect.role-mark path")).to_have_count(len(rows))
    for row in rows:
        expect(chart).to_contain_text(row.amount.printed)
    lengths = [box["width"] for box in (bar.bounding_box() for bar in chart.locator(".mark-rect.role-mark path").all()) if box is not None]
    values = [float(row.amount.value) for row in rows]
    assert max(lengths) > 100
    for length, value in zip(sorted(lengths), sorted(values), strict=True):
        assert length / max(lengths) == pytest.approx(value / max(values), abs=0.02)
    for other in ("structure", "compared"):
        assert page.locator(f"#mz-chart-{other} svg.marks .mark-rect.role-mark path").count() > 1


CONTRAST = """(text) => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((c) => c / 255);
    const [r, g, b] = parts.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = text;
  const paper = (e) => getComputedStyle(e).backgroundColor;
  while (["rgba(0, 0, 0, 0)", "transparent"].includes(paper(behind))) behind = behind.parentElement;
  const [a, b] = [light(getComputedStyle(text).fill), light(paper(behind))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""
"""Ratio of a drawn text's colour to what lies behind it (WCAG 2.1, relative luminance); axe-core does not look at drawings."""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_are_readable_in_both_themes(opened: Opened, address: str, theme: str) -> None:
    page = opened(f"{address}/?__theme={theme}")
    page.get_by_role("tab", name="数据").click()
    choose(page, "#mz-data-doc", "2024")
    texts = page.locator("#mz-chart-execution svg.marks text")
    expect(texts.first).to_be_visible()
    assert min(text.evaluate(CONTRAST) for text in texts.all()[:20]) >= 4.5


def test_two_documents_stand_side_by_side(opened: Opened, address: str) -> None:
    page = opened(address)
    page.get_by_role("tab", name="数据").click()
    choose(page, "#mz-data-doc", "2024")
    table = page.locator("table.mz-compared")
    for text in ("2024 年决算", "2025 年部门预算", "公务员医疗补助", "推算"):
        expect(page.locator("#mz-comparison")).to_contain_text(text)
    row = table.locator("tr").filter(has_text="2101103").first
    expect(row).to_contain_text("251.37万元")
    expect(row).to_contain_text("2,650,000.00元")
    expect(row).to_contain_text("+13.63")
    choose(page, "#mz-data-other", "不比较")
    expect(table).to_have_count(0)


def test_the_workbook_that_is_downloaded_opens(opened: Opened, address: str, tmp_path: Path) -> None:
    page = opened(address)
    page.get_by_role("tab", name="数据").click()
    choose(page, "#mz-data-doc", "2024")
    choose(page, "#mz-data-other", "不比较")
    with page.expect_download() as started:
        page.get_by_role("link", name="Excel").click()
    target = tmp_path / "book.xlsx"
    started.value.save_as(target)
    assert started.value.suggested_filename == "云汀市青禾区医疗保障局2024决算.xlsx"
    book = load_workbook(target)
    told = {cell.value for row in book["功能分类项目"].iter_rows() for cell in row}
    assert "公务员医疗补助" in told
    assert Decimal("251.37") in {Decimal(str(value)) for value in told if isinstance(value, int | float)}


def test_tables_of_the_record_mark_what_is_contested(opened: Opened, address: str) -> None:
    page = opened(address)
    page.get_by_role("tab", name="数据").click()
    choose(page, "#mz-data-doc", "2024")
    page.locator("#mz-data-table").get_by_text("功能分类项目").click()
    sheet = page.locator("#mz-table table.mz-sheet")
    expect(sheet.locator("caption")).to_have_text("功能分类项目")
    expect(sheet.locator(".mz-mark-error").first).to_be_visible()
    assert (sheet.locator("td a").first.get_attribute("href") or "").startswith(f"/api/file/{FINAL}#page=")


def test_the_report_is_downloaded(opened: Opened, address: str, tmp_path: Path, session: Session) -> None:
    page = opened(address)
    page.get_by_role("tab", name="核对").click()
    choose(page, "#mz-checked", "2024")
    with page.expect_download() as started:
        page.get_by_role("link", name="下载核对报告").click()
    target = tmp_path / "report.html"
    started.value.save_as(target)
    assert session.report(FINAL).findings[0].place.quote[:20] in target.read_text("utf-8")


def test_a_group_of_obligations_can_be_chosen(opened: Opened, address: str, session: Session) -> None:
    page = opened(address)
    page.get_by_role("tab", name="核对").click()
    choose(page, "#mz-checked", "2024")
    choose(page, "#mz-groups", "F 百分比")
    wanted = [f for f in session.report(FINAL).findings if f.obligation.startswith("F")]
    assert 0 < len(wanted) < len(session.report(FINAL).findings)
    expect(page.locator("article.mz-finding")).to_have_count(len(wanted))


def test_the_first_words_come_at_once_and_the_page_is_soon_ready(opened: Opened, address: str, session: Session) -> None:
    """The goals are 300 ms and 2 s on an idle machine; ten times that is what waiting for a lock, an import or an index would exceed."""
    page = opened(address)
    ask(page, session.examples()[0])
    expect(page.locator(".mz-answer")).to_be_visible()
    page.evaluate(FIRST_WORDS)
    ask(page, session.examples()[1])
    expect(page.locator(".mz-answer")).to_have_count(2)
    assert page.evaluate("window.firstWords") < 3000
    fresh = opened(address)
    ready = fresh.evaluate("performance.now()")
    assert ready < 20_000


def test_upload_of_a_sample_is_listed(opened: Opened, address: str) -> None:
    page = opened(address)
    page.get_by_role("tab", name="资料").click()
    page.locator("#mz-upload input[type=file]").set_input_files([str(SAMPLES / f"{FINAL}.pdf")])
    expect(page.locator(".mz-outcome")).to_contain_text("已在库中", timeout=30_000)
    expect(page.locator(".mz-docs tbody tr")).to_have_count(2)


def test_a_new_document_passes_all_stages_and_can_be_asked_about(opened: Opened, address: str, session: Session, tmp_path: Path) -> None:
    with pymupdf.open(SAMPLES / f"{FINAL}.pdf") as document:
        document.set_metadata({"title": "copy"})
        document.save(tmp_path / "another.pdf")
    page = opened(address)
    page.get_by_role("tab", name="资料").click()
    page.evaluate(STAGES)
    page.locator("#mz-upload input[type=file]").set_input_files(str(tmp_path / "another.pdf"))
    expect(page.locator(".mz-outcome")).to_contain_text("已读入", timeout=60_000)
    assert {"读取", "表格", "抽取", "核对", "索引"} == set(page.evaluate("[...window.stages]"))
    expect(page.locator(".mz-docs tbody tr")).to_have_count(3)
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(".mz-docs tr").filter(has_text="another").get_by_role("button", name="删除").click()
    expect(page.locator(".mz-docs tbody tr")).to_have_count(2, timeout=30_000)
    assert [info.doc for info in session.documents()] == [FINAL, "qinghe-2025-budget"]
