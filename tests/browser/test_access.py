"""axe-core over every tab, in both languages and in a phone's width: no serious violation of accessibility rules."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.highlight import ask
from tests.support.page import DOC, QUESTION, ScriptedSession, write_pdf
from ui import app, server
from ui.chromium import DESKTOP, PHONE

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / ".axe" / "node_modules" / "axe-core" / "axe.min.js"
MISSING = f"no axe-core at {AXE}: npm install --prefix .axe axe-core@4.10.3 (.ci/run does)"
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def rules() -> str:
    """The script of axe-core; without it the tests fail in continuous integration and are skipped elsewhere."""
    if not AXE.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return AXE.read_text("utf-8")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server.running(app.mounted(ScriptedSession(write_pdf(tmp_path_factory.mktemp("axe") / f"{DOC}.pdf")))) as base:
        yield base


def violations(page: Page, rules: str) -> list[str]:
    """What axe-core finds serious on the page as it stands, one line each."""
    page.evaluate(rules)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(found["passes"]) > 10, "axe looked at nothing"
    return [
        f"{v['id']}: {v['help']}: {[node['html'][:200] for node in v['nodes']][:3]}" for v in found["violations"] if v["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_serious_violation(opened: Opened, address: str, rules: str, language: str, viewport: tuple[int, int]) -> None:
    page = opened(f"{address}/?lang={language}", viewport=viewport)
    assert violations(page, rules) == []
    ask(page, QUESTION)
    expect(page.locator(".mz-page img")).to_be_visible()
    page.locator("[data-act=bad]").click()
    expect(page.locator("#mz-comment textarea")).to_be_visible()
    assert violations(page, rules) == []
    for tab, there in ((1, "#mz-documents"), (2, "#mz-downloads"), (3, "#mz-report")):
        page.get_by_role("tab").nth(tab).click()
        expect(page.locator(there)).to_be_visible()
        assert violations(page, rules) == []


def test_no_serious_violation_in_the_dark(opened: Opened, address: str, rules: str) -> None:
    page = opened(f"{address}/?__theme=dark")
    assert page.evaluate("document.body.classList.contains('dark')")
    for question, there in ((QUESTION, ".mz-page img"), ("2024年的三公经费是多少？", ".mz-refused"), ("坏", ".mz-error")):
        ask(page, question)
        expect(page.locator(there)).to_be_visible()
    assert violations(page, rules) == []
    for tab, there in ((1, "#mz-documents"), (2, "#mz-downloads"), (3, "#mz-report")):
        page.get_by_role("tab").nth(tab).click()
        expect(page.locator(there)).to_be_visible()
        assert violations(page, rules) == []


def test_the_page_of_an_answer_has_no_serious_violation(opened: Opened, address: str, rules: str) -> None:
    page = opened(address)
    ask(page, QUESTION)
    link = page.locator("a.mz-act[href^='/answer/']").get_attribute("href")
    page.goto(f"{address}{link}")
    assert violations(page, rules) == []


def test_axe_sees_what_is_wrong(opened: Opened, address: str, rules: str) -> None:
    page = opened(address)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\"><p style=\"color:#ccc;background:#fff\">x</p>')")
    assert {line.split(":")[0] for line in violations(page, rules)} >= {"image-alt"}
