"""The whole way in a real browser: the sample documents read, a question asked, its citation's quote highlighted where it is printed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from service import pipeline
from service.pipeline import Session
from service.settings import Settings
from service.text import normal
from tests.browser.conftest import Opened
from tests.browser.highlight import ask, under_highlight
from ui import app, server

pytestmark = pytest.mark.browser

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


def test_upload_of_a_sample_is_listed(opened: Opened, address: str) -> None:
    page = opened(address)
    page.get_by_role("tab", name="资料").click()
    page.locator("#mz-upload input[type=file]").set_input_files([str(SAMPLES / f"{FINAL}.pdf")])
    expect(page.locator(".mz-outcome")).to_contain_text("已在库中", timeout=30_000)
    expect(page.locator(".mz-docs tbody tr")).to_have_count(2)
