"""Pictures of every tab for the README: `python -m ui.screenshots` reads the sample documents and writes docs/images/*.png."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from service import pipeline
from service.settings import Settings
from ui import app, chromium, server

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SAMPLES = Path(__file__).parents[1] / "samples"
TABS = {"documents": ("资料", ".mz-docs"), "data": ("数据", "#mz-chart-execution svg.marks"), "checks": ("核对", ".mz-report")}
"""Name of the picture → the tab's name, and what is waited for."""
CHOOSERS = {"data": "#mz-data-doc", "checks": "#mz-checked"}
_SETTLED = 400
"""Milliseconds that the page is given to stand still."""


def main() -> None:
    """Write the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        session = pipeline.open_session(Settings(home=Path(home), model=None, embedding_model=None))
        session.ingest([SAMPLES])
        question = session.examples()[0]
        with server.running(app.mounted(session)) as address, chromium.launched() as browser:
            for name, (width, height) in {"desktop": chromium.DESKTOP, "phone": chromium.PHONE}.items():
                page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN", device_scale_factor=1.5)
                page.goto(address)
                _shoot(page, name, question)
            page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1.5)
            page.goto(f"{address}/?lang=en")
            page.locator(".mz-welcome").wait_for()
            _ask(page, question)
            page.screenshot(path=IMAGES / "desktop-english.png")
            page.goto(address + str(page.locator("a.mz-act[href^='/answer/']").get_attribute("href")))
            _settle(page)
            page.screenshot(path=IMAGES / "desktop-answer.png", full_page=True)


def _shoot(page: Page, name: str, question: str) -> None:
    """The start, an answer with its evidence, and the other tabs."""
    page.locator(".mz-welcome").wait_for()
    page.wait_for_timeout(_SETTLED)
    page.screenshot(path=IMAGES / f"{name}-start.png")
    _ask(page, question)
    page.screenshot(path=IMAGES / f"{name}-chat.png", full_page=name == "phone")
    for tab, (label, there) in TABS.items():
        page.get_by_role("tab", name=label).click()
        page.locator(there).first.wait_for()
        if tab in CHOOSERS:
            page.locator(f"{CHOOSERS[tab]} input").click()
            page.get_by_role("option", name="2024").first.click()
            page.wait_for_timeout(_SETTLED)
        page.locator(there).first.wait_for()
        _settle(page)
        page.screenshot(path=IMAGES / f"{name}-{tab}.png")
    print(f"{name}: docs/images/{name}-*.png")


def _ask(page: Page, question: str) -> None:
    """Ask, and wait for the evidence."""
    page.locator("#mz-question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator(".mz-page img").wait_for()
    _settle(page)


def _settle(page: Page) -> None:
    """Wait until the pictures in view are there."""
    page.wait_for_timeout(_SETTLED)
    page.wait_for_function(
        "[...document.images].filter((i) => i.offsetParent && i.getBoundingClientRect().top < innerHeight).every((i) => i.complete)"
    )
    page.wait_for_timeout(_SETTLED)


if __name__ == "__main__":
    main()
