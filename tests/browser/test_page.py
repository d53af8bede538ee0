"""The page in a real browser: answer, citation, highlighted page; states; phone width; two users; nothing leaves the machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.highlight import ask, under_highlight
from tests.support.page import DOC, QUESTION, QUOTE, REASON, ScriptedSession, write_pdf
from ui import app, server
from ui.chromium import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> ScriptedSession:
    return ScriptedSession(write_pdf(tmp_path_factory.mktemp("page") / f"{DOC}.pdf"))


@pytest.fixture(scope="module")
def address(scripted: ScriptedSession) -> Iterator[str]:
    with server.running(app.mounted(scripted)) as base:
        yield base


def test_flagship_question_with_its_highlighted_citation(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    page = opened(address)
    page.get_by_role("button", name=QUESTION).click()
    answer = page.locator(".mz-answer")
    for text in ("400 万元", "350 万元", "87.50 %", "推算", "350 ÷ 400 = 87.50 %", "请留意", "离线"):
        expect(answer).to_contain_text(text)
    expect(page.locator("#mz-quote")).to_contain_text(QUOTE)
    expect(page.locator("#mz-quote")).to_contain_text("第 2 页")
    assert under_highlight(page, scripted.path) == QUOTE


def test_a_mark_in_the_text_shows_its_quote_and_pages_turn(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    page = opened(address)
    ask(page, QUESTION)
    page.locator(".mz-answer .mz-mark[data-n='2']").first.click()
    expect(page.locator("#mz-quote blockquote")).to_have_text(REASON)
    assert under_highlight(page, scripted.path) == REASON
    page.get_by_role("button", name="下一页").click()
    expect(page.locator("#mz-label")).to_contain_text("第 3 页，共 3 页")
    expect(page.locator("#mz-picture")).to_contain_text("引文在第 2 页")
    expect(page.get_by_role("button", name="下一页")).to_be_disabled()
    page.locator("#mz-citations").get_by_text("【1】第 2 页").click()
    expect(page.locator("#mz-quote blockquote")).to_have_text(QUOTE)
    expect(page.locator("#mz-label")).to_contain_text("第 2 页")


def test_status_stop_and_a_second_user_meanwhile(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    scripted.hold.clear()
    slow, quick = opened(address), opened(address)
    try:
        ask(slow, "慢慢查")
        expect(slow.locator(".mz-busy")).to_have_text("逐句核对中…")
        ask(quick, QUESTION)
        expect(quick.locator(".mz-answer")).to_contain_text("400 万元")
        slow.get_by_role("button", name="停止").click()
        expect(slow.locator(".mz-status")).to_have_text("已停止。")
        expect(slow.get_by_role("button", name="提问")).to_be_visible()
    finally:
        scripted.hold.set()
    ask(slow, QUESTION)
    expect(slow.locator(".mz-answer")).to_contain_text("350 万元")


def test_refusal_and_error_are_calm_and_the_follow_up_works(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    page = opened(address)
    ask(page, "2024年的三公经费是多少？")
    expect(page.locator(".mz-refused")).to_contain_text("文件中没有找到答案")
    ask(page, "坏")
    expect(page.locator(".mz-error")).to_have_text("资料库里没有这份文件，请重新选择")
    expect(page.locator("body")).not_to_contain_text("Traceback")
    page.locator("#mz-chooser").get_by_role("listbox").or_(page.locator("#mz-chooser input")).first.click()
    page.get_by_role("option", name="云栖市账目局").click()
    ask(page, QUESTION)
    expect(page.locator(".mz-answer").last).to_contain_text("87.50 %")
    question, docs, history = scripted.asked[-1]
    assert (question, docs) == (QUESTION, (DOC,))
    assert [q for q, _ in history] == ["2024年的三公经费是多少？"]


def test_an_unforeseen_error_leaves_a_page_that_works(opened: Opened, address: str) -> None:
    page = opened(address)
    ask(page, "崩")
    expect(page.locator(".mz-error")).to_contain_text("程序内部出错")
    expect(page.locator("body")).not_to_contain_text("ZeroDivision")
    expect(page.locator("body")).not_to_contain_text("秘密")
    ask(page, QUESTION)
    expect(page.locator(".mz-answer")).to_contain_text("350 万元")


def test_text_from_documents_and_users_stays_text(opened: Opened, address: str) -> None:
    page = opened(address)
    ask(page, "<img src=x onerror=\"document.title='broken'\"> **粗**")
    expect(page.locator(".mz-answer")).to_contain_text('<img src=x onerror="document.title=1">**不可信**')
    expect(page.locator(".mz-said")).to_contain_text("**粗**")
    assert page.title() == "明账"
    assert page.locator("#mz-chat img").count() == 0


def test_upload_of_a_pdf_and_of_a_broken_file(opened: Opened, address: str, scripted: ScriptedSession, tmp_path: Path) -> None:
    broken = tmp_path / "破损.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing follows")
    page = opened(address)
    page.get_by_role("tab", name="资料").click()
    expect(page.locator(".mz-docs")).to_contain_text("云栖市账目局")
    page.locator("#mz-upload input[type=file]").set_input_files([str(scripted.path), str(broken)])
    expect(page.locator(".mz-outcome")).to_contain_text("已在库中")
    expect(page.locator(".mz-failed")).to_contain_text("破损.pdf")


def test_findings_with_both_sides_and_coverage(opened: Opened, address: str) -> None:
    page = opened(address)
    page.get_by_role("tab", name="核对").click()
    report = page.locator(".mz-report")
    for text in ("180", "未能核对", "对不上", QUOTE, REASON, "0.90 %"):
        expect(report).to_contain_text(text)
    page.get_by_text("看原页").click()
    expect(page.locator(".mz-pages img")).to_have_js_property("complete", True)
    assert page.locator(".mz-pages img").evaluate("image => image.naturalWidth") > 100


def test_phone_width_stacks_the_panel_below(opened: Opened, address: str) -> None:
    page = opened(address, viewport=PHONE)
    ask(page, QUESTION)
    expect(page.locator(".mz-page img")).to_be_visible()
    question, panel = page.locator("#mz-question").bounding_box(), page.locator(".mz-panel").bounding_box()
    assert question
    assert panel
    assert panel["y"] >= question["y"] + question["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.locator(".mz-answer .mz-mark[data-n='2']").first.click()
    expect(page.locator("#mz-quote blockquote")).to_be_in_viewport()


def test_a_screen_reader_hears_who_speaks_in_chinese(opened: Opened, address: str) -> None:
    page = opened(address)
    ask(page, QUESTION)
    expect(page.get_by_label("回答", exact=True)).to_contain_text("350 万元")
    expect(page.get_by_label("问题", exact=True).locator(".mz-said")).to_have_text(QUESTION)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_keyboard_alone_is_enough(opened: Opened, address: str) -> None:
    page = opened(address)
    page.locator("#mz-question textarea").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".mz-answer")).to_be_visible()
    page.locator(".mz-answer .mz-mark[data-n='2']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#mz-quote blockquote")).to_have_text(REASON)
    page.locator("#mz-forward").focus()
    page.keyboard.press("Space")
    expect(page.locator("#mz-label")).to_contain_text("第 3 页")
