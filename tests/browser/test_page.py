"""The page in a real browser: answer, citation, highlighted page; states; phone width; two users; nothing leaves the machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from service.records import DocumentInfo
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


def test_stages_of_reading_are_seen_by_all_and_hold_nobody(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    page = opened(address)
    page.get_by_role("tab", name="资料").click()
    scripted.hold.clear()
    try:
        page.locator("#mz-upload input[type=file]").set_input_files(str(scripted.path))
        expect(page.locator(".mz-steps .mz-now")).to_have_text("表格")
        expect(page.locator(".mz-steps .mz-past")).to_have_text("读取")
        other = opened(address)
        expect(other.locator(".mz-reading")).to_contain_text("正在读入 1 份文件")
        ask(other, QUESTION)
        expect(other.locator(".mz-answer")).to_contain_text("350 万元")
        other.get_by_role("tab", name="资料").click()
        expect(other.locator(".mz-job")).to_contain_text(scripted.path.name)
    finally:
        scripted.hold.set()
    expect(page.locator(".mz-outcome")).to_contain_text("已在库中")


def test_reading_again_and_deleting(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    page = opened(address)
    page.get_by_role("tab", name="资料").click()
    page.get_by_role("button", name="重读").click()
    expect(page.locator(".mz-outcome")).to_contain_text("没有变化")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="删除").click()
    page.wait_for_timeout(300)
    assert scripted.removed == []
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="删除").click()
    expect(page.locator(".mz-outcome")).to_contain_text("已删除")
    assert scripted.removed == [DOC]


def test_an_opinion_with_its_comment_is_stored(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    page = opened(address)
    ask(page, QUESTION)
    page.get_by_role("button", name="有问题").click()
    expect(page.get_by_role("button", name="有问题")).to_have_attribute("aria-pressed", "true")
    page.locator("#mz-comment textarea").fill("少了单位")
    page.locator("#mz-comment").get_by_role("button", name="记下").click()
    expect(page.locator("#mz-comment textarea")).to_have_count(0)
    opinion, kept = scripted.journal.opinions()[-1]
    assert (opinion.good, opinion.comment, kept.answer.question) == (False, "少了单位", QUESTION)


def test_a_reload_keeps_the_conversation(opened: Opened, address: str) -> None:
    page = opened(address)
    ask(page, QUESTION)
    expect(page.locator(".mz-answer")).to_contain_text("350 万元")
    ask(page, "2024年的三公经费是多少？")
    expect(page.locator(".mz-refused")).to_be_visible()
    page.reload()
    expect(page.locator(".mz-answer")).to_have_count(2)
    expect(page.locator(".mz-answer").first).to_contain_text("350 万元")
    page.locator(".mz-answer .mz-mark[data-n='2']").first.click()
    expect(page.locator("#mz-quote blockquote")).to_have_text(REASON)
    page.get_by_label("清空").or_(page.locator("#mz-chat button[title]").first).first.click()
    expect(page.locator(".mz-welcome")).to_be_visible()
    expect(page.locator(".mz-legend")).to_be_visible()  # the server's reply, which also empties what the browser keeps
    page.reload()
    page.locator(".mz-welcome").wait_for()
    expect(page.locator(".mz-answer")).to_have_count(0)


def test_a_permanent_link_opens_the_same_answer(opened: Opened, address: str, browser: Browser) -> None:
    page = opened(address)
    ask(page, QUESTION)
    link = page.get_by_role("link", name="链接与打印").get_attribute("href") or ""
    leaf = browser.new_context().new_page()  # somebody else's browser
    leaf.goto(address + link)
    expect(leaf.locator("h1")).to_have_text(QUESTION)
    expect(leaf.locator(".mz-answer")).to_contain_text("350 ÷ 400 = 87.50 %")
    expect(leaf.locator("#source-1 blockquote")).to_have_text(QUOTE)
    picture = leaf.locator("#source-1 img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    assert leaf.pdf()[:5] == b"%PDF-"
    leaf.get_by_role("link", name="在明账里继续问").click()
    expect(leaf.locator("#mz-chat .mz-answer")).to_contain_text("350 万元")
    leaf.context.close()


def test_asking_again_and_copying(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    page = opened(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    expect(page.locator(".mz-answer")).to_be_visible()
    before = len(scripted.asked)
    page.get_by_role("button", name="重答").click()
    page.wait_for_timeout(300)
    expect(page.locator(".mz-answer")).to_have_count(1)
    assert [question for question, _, _ in scripted.asked[before:]] == [QUESTION]
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(QUESTION)
    assert REASON in copied


def test_the_pdf_opens_at_the_cited_page(opened: Opened, address: str, scripted: ScriptedSession) -> None:
    page = opened(address)
    ask(page, QUESTION)
    link = page.get_by_role("link", name="打开 PDF 第 2 页")
    target = link.get_attribute("href") or ""
    assert target.endswith("#page=2")
    reply = page.request.get(address + target)
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.body() == scripted.path.read_bytes()


def test_english_is_a_choice_that_stays(opened: Opened, address: str) -> None:
    page = opened(address)
    expect(page.get_by_role("tab", name="数据")).to_be_visible()  # Chinese first, whatever the browser speaks
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("tab", name="Figures")).to_be_visible()
    expect(page.locator(".mz-welcome")).to_contain_text("Where does the money go?")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("#mz-question textarea").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    answer = page.locator(".mz-answer")
    for text in ("Calculated", "As printed", "Offline", "350 ÷ 400 = 87.50 %"):
        expect(answer).to_contain_text(text)
    expect(page.locator("#mz-label")).to_have_text("page 2 of 3")
    expect(page.locator("#mz-citations label").first).to_contain_text("【1】page 2")
    page.get_by_role("tab", name="Checks").click()
    expect(page.locator(".mz-report")).to_contain_text("Contradiction")
    for name in ("Change", "Balance of each kind of fund"):
        expect(page.locator(".mz-report")).to_contain_text(name)
    page.locator("#mz-groups input").click()
    expect(page.get_by_role("option", name="F Percentages 1")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Documents").click()
    expect(page.get_by_role("button", name="Read again")).to_be_visible()
    page.reload()
    expect(page.get_by_role("tab", name="Figures")).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("tab", name="数据")).to_be_visible()


def test_an_empty_library_says_what_to_do(opened: Opened, tmp_path: Path) -> None:
    class _Empty(ScriptedSession):
        def documents(self) -> list[DocumentInfo]:
            return []

        def examples(self) -> list[str]:
            return []

    with server.running(app.mounted(_Empty(write_pdf(tmp_path / f"{DOC}.pdf")))) as base:
        page = opened(base)
        expect(page.locator(".mz-welcome")).to_contain_text("资料库还是空的")
        for tab, text in (("资料", "还没有资料"), ("数据", "还没有可看的数据"), ("核对", "还没有可核对的文件")):
            page.get_by_role("tab", name=tab).click()
            expect(page.get_by_role("tabpanel").filter(visible=True)).to_contain_text(text)


def test_findings_with_both_sides_and_coverage(opened: Opened, address: str) -> None:
    page = opened(address)
    page.get_by_role("tab", name="核对").click()
    report = page.locator(".mz-report")
    for text in ("180", "未能核对", "对不上", QUOTE, REASON, "0.90 %"):
        expect(report).to_contain_text(text)
    picture = page.locator(".mz-side img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.mz-side img').naturalWidth > 100")
    page.locator("#mz-grades").get_by_text("对不上").click()
    expect(page.locator(".mz-calm")).to_have_text("没有符合筛选的发现。")


def test_phone_width_stacks_the_panel_below(opened: Opened, address: str) -> None:
    page = opened(address, viewport=PHONE)
    ask(page, QUESTION)
    expect(page.locator(".mz-page img")).to_be_visible()
    question, panel = page.locator("#mz-question").bounding_box(), page.locator(".mz-panel").bounding_box()
    assert question
    assert panel
    assert panel["y"] >= question["y"] + question["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    picture, frame = page.locator(".mz-page img").bounding_box(), page.locator(".mz-page").bounding_box()
    assert picture
    assert frame
    assert picture["width"] <= frame["width"]  # nothing to push sideways
    page.locator(".mz-answer .mz-mark[data-n='2']").first.click()
    expect(page.locator("#mz-quote blockquote")).to_be_in_viewport()
    for tab in ("资料", "数据", "核对"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], tab


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
    page.get_by_role("button", name="有帮助").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="有帮助")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("tab", name="对话").focus()
    for name, there in (("资料", "#mz-documents"), ("数据", "#mz-downloads"), ("核对", "#mz-report")):
        page.get_by_role("tab", name=name).focus()
        page.keyboard.press("Enter")
        expect(page.locator(there)).to_be_visible()


def test_everything_of_an_answer_is_reached_by_the_tabulator(opened: Opened, address: str) -> None:
    page = opened(address)
    ask(page, QUESTION)
    expect(page.locator(".mz-page img")).to_be_visible()
    page.locator(".mz-tongue").focus()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || '').trim()"))
    assert {"【1】", "【2】", "复制", "重答", "链接与打印", "有帮助", "有问题", "下一页", "打开 PDF 第 2 页", "原文页面"} <= reached
