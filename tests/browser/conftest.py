"""A real browser for the page's tests: Debian's Chromium through Playwright, with every request of it written down."""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from ui import chromium

Opened = Callable[..., Page]
"""Opens an address in a browser of its own (`viewport` optional) and waits until the page can be used."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests fail in continuous integration and are skipped elsewhere."""
    if not chromium.PROGRAM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(chromium.MISSING)
        pytest.skip(chromium.MISSING)
    with chromium.launched() as launched:
        yield launched


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens pages; at the end no request has left this machine and no script has failed."""
    contexts: list[BrowserContext] = []
    requests: list[str] = []
    failures: list[str] = []

    def opened(address: str, viewport: tuple[int, int] = chromium.DESKTOP) -> Page:
        context = browser.new_context(viewport={"width": viewport[0], "height": viewport[1]}, locale="zh-CN")
        contexts.append(context)
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(address)
        page.locator("#mz-question textarea").wait_for()
        page.locator(".mz-welcome, .mz-answer").first.wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert failures == []
    assert requests, "the browser asked for nothing: the record is broken"
    outside = [url for url in requests if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1"]
    assert outside == []
