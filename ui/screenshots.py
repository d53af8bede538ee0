"""Pictures of every tab for the README: `python -m ui.screenshots` reads the sample documents and writes docs/images/*.png."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from service import pipeline
from service.settings import Settings
from ui import app, chromium, server

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SAMPLES = Path(__file__).parents[1] / "samples"
TABS = {"documents": "资料", "checks": "核对"}


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


def _shoot(page: Page, name: str, question: str) -> None:
    """The start, an answer with its evidence, and the other tabs."""
    page.locator(".mz-welcome").wait_for()
    page.screenshot(path=IMAGES / f"{name}-start.png")
    page.locator("#mz-question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator(".mz-page img").wait_for()
    page.wait_for_function("document.querySelector('.mz-page img').complete")
    page.screenshot(path=IMAGES / f"{name}-chat.png", full_page=name == "phone")
    for tab, label in TABS.items():
        page.get_by_role("tab", name=label).click()
        page.locator({"documents": ".mz-docs", "checks": ".mz-report"}[tab]).wait_for()
        page.screenshot(path=IMAGES / f"{name}-{tab}.png")
    print(f"{name}: docs/images/{name}-*.png")


if __name__ == "__main__":
    main()
