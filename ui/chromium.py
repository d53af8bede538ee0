"""Debian's Chromium through Playwright, for the page's tests and pictures. The only door to Playwright; development only."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PROGRAM = Path("/usr/bin/chromium")
"""Debian's; Playwright's own would be downloaded."""
MISSING = f"no Chromium at {PROGRAM}: apt-get install -y chromium fonts-noto-cjk"
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
"""Root needs no sandbox; the rest keeps the browser itself off the network."""
DESKTOP = (1280, 900)
PHONE = (390, 844)
"""Window sizes, width and height in CSS pixels."""


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser while the block runs.

    Raises:
        FileNotFoundError: Chromium is not installed.
    """
    if not PROGRAM.exists():
        raise FileNotFoundError(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(PROGRAM), args=list(FLAGS))
        yield browser
        browser.close()
