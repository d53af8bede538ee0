"""What the page says when something fails, in both languages: errors, toasts, a model that is down; very long answers; charts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from service import llm, pipeline
from service.pipeline import Session
from service.records import Answer, DocumentInfo
from service.settings import Settings
from tests.browser.conftest import Opened
from tests.browser.highlight import ask
from tests.support import page as script
from tests.support.page import DOC, ScriptedSession, write_pdf
from ui import app, server
from ui.chromium import DESKTOP, PHONE

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parents[2] / "samples"
WHY = "青禾区医保局2024年公务员医疗补助为什么没花完预算？"
NOBODY = "http://127.0.0.1:9/v1"
"""Nothing listens at the discard port."""


class _Forgetful(ScriptedSession):
    """Lists a document that is gone when it is asked for; answers at length."""

    def info(self, doc: str) -> DocumentInfo:
        return super().info(f"{doc}, gone")

    def file(self, doc: str) -> Path:
        return super().file(f"{doc}, gone")

    def ask(self, question: str, **_: object) -> Answer:
        return _long(question)

    def ask_events(self, question: str, **_: object) -> Iterator[script.Step]:
        if "坏" in question:
            yield from super().ask_events(question)
        yield script.Step("answer", "", _long(question))


def _long(question: str) -> Answer:
    made = script.answer(question)
    lines = "".join(f"- 第{n}项：{script.REASON * 3}，年初预算 400 万元，支出决算 350 万元【1】。\n" for n in range(60))
    return replace(made, answer=f"{made.answer}\n{lines}{'x' * 400}【2】。")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    session = _Forgetful(write_pdf(tmp_path_factory.mktemp("page") / f"{DOC}.pdf"))
    with server.running(app.mounted(session, max_mb=1)) as base:
        yield base


@pytest.fixture(scope="module")
def unreachable(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The samples, and a model whose server is down."""
    home = tmp_path_factory.mktemp("home")
    made = pipeline.open_session(
        Settings(home=home, model="m", openai_base_url=NOBODY, openai_api_key="k", embedding_model=None, model_retries=0)
    )
    assert made.ingest([SAMPLES]).failed == ()
    return made


@pytest.mark.parametrize(
    ("language", "tab", "button", "words"),
    [("zh-CN", "资料", "重读", "资料库里没有「"), ("en", "Documents", "Read again", "no document")],
)
def test_errors_speak_the_pages_language(opened: Opened, address: str, language: str, tab: str, button: str, words: str) -> None:
    page = opened(f"{address}/?lang={language}")
    ask(page, "坏")
    expect(page.locator(".mz-error")).to_have_text("资料库里没有这份文件，请重新选择" if language == "zh-CN" else "no such document")
    page.reload()
    expect(page.locator(".mz-error")).to_have_text("资料库里没有这份文件，请重新选择" if language == "zh-CN" else "no such document")
    page.get_by_role("tab", name=tab).click()
    page.get_by_role("button", name=button).click()
    expect(page.locator(".mz-failed")).to_contain_text(words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", ("没有完成", "资料库里没有「", "这里只收", "文件太大，上限 1.0 MB")),
        ("en", ("Error", "no document", "Only .pdf", "exceed the maximum")),
    ],
)
def test_toasts_speak_the_pages_language(
    opened: Opened, address: str, tmp_path: Path, language: str, words: tuple[str, str, str, str]
) -> None:
    title, gone, refused, large = words
    page = opened(f"{address}/?lang={language}")
    page.get_by_role("tab").nth(1).click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(".mz-danger").click()
    toast = page.locator(".toast-body")
    expect(toast).to_contain_text(gone)
    expect(toast).to_contain_text(title)
    assert ("资料库" in toast.inner_text()) is (language == "zh-CN")
    (tmp_path / "picture.png").write_bytes(b"png")
    (tmp_path / "large.pdf").write_bytes(b"%PDF" + b" " * 2_000_000)
    for name, said in (("picture.png", refused), ("large.pdf", large)):
        page.locator("#mz-upload input[type=file]").set_input_files(tmp_path / name)
        expect(page.locator(".toast-wrap")).to_contain_text(said)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_very_long_answer_stays_in_its_place(opened: Opened, address: str, size: tuple[int, int]) -> None:
    page = opened(address, viewport=size)
    ask(page, "都说一遍")
    expect(page.locator(".mz-answer .mz-item")).to_have_count(60)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator(".mz-answer").evaluate("answer => answer.scrollWidth <= answer.clientWidth")
    if size == DESKTOP:
        expect(page.locator("#mz-question textarea")).to_be_in_viewport()


def test_a_model_that_is_down_is_named_and_the_offline_answer_stands(
    opened: Opened, unreachable: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm, "ALLOW_CALLS", True)
    with server.running(app.mounted(unreachable)) as base:
        page = opened(base)
        ask(page, WHY)
        answer = page.locator(".mz-answer")
        expect(answer).to_contain_text("模型没有参与回答：连不上模型服务器 127.0.0.1:9", timeout=30_000)
        for text in ("251.37", "286.00", "离线"):
            expect(answer).to_contain_text(text)
        expect(page.locator(".mz-page img")).to_be_visible()


@pytest.mark.parametrize(("language", "words"), [("zh-CN", ("项目", "预算", "文件所印")), ("en", ("Item", "Budget", "As printed"))])
def test_charts_speak_the_pages_language(opened: Opened, unreachable: Session, language: str, words: tuple[str, str, str]) -> None:
    with server.running(app.mounted(unreachable)) as base:
        page = opened(f"{base}/?lang={language}")
        page.get_by_role("tab").nth(2).click()
        page.locator("#mz-data-doc input").click()
        page.get_by_role("option", name="2024").first.click()
        bar = page.locator("#mz-chart-execution path[aria-label*='412.75']")
        expect(bar).to_have_attribute("aria-label", f"行政运行 · {words[1]} · 412.75万元")
        told = "各科目的预算数与决算数" if language == "zh-CN" else "budget and actual by item"
        expect(page.locator("#mz-chart-execution .vega-embed")).to_have_attribute("aria-label", re.compile(told))
        bar.hover()
        for word in words:
            expect(page.locator("#vg-tooltip-element")).to_contain_text(word)
