"""Asking on the page, and reading what its picture marks in yellow."""

import re
from pathlib import Path

import numpy as np
import pymupdf
from playwright.sync_api import Page, expect

from ui.evidence import PANEL_DPI, POINTS_PER_INCH


def ask(page: Page, question: str) -> None:
    page.locator("#mz-question textarea").fill(question)
    page.locator("#mz-question textarea").press("Enter")


def under_highlight(page: Page, pdf: Path) -> str:
    """The text of the PDF that the picture on view marks in yellow: read from the picture's pixels and the PDF's characters."""
    image = page.locator(".mz-page img")
    expect(image).to_have_js_property("complete", True)
    source = image.get_attribute("src") or ""
    match = re.search(r"/(\d+)\.png", source)
    assert match
    png = pymupdf.Pixmap(page.request.get(page.url.rstrip("/") + source).body())
    pixels = np.frombuffer(png.samples, dtype=np.uint8).reshape(png.height, png.width, png.n)
    yellow = (pixels[..., 0] > 225) & (pixels[..., 1] > 210) & (pixels[..., 2] < 200)
    scale = PANEL_DPI / POINTS_PER_INCH

    def marked(box: tuple[float, float, float, float]) -> bool:
        x0, y0, x1, y1 = (int(edge * scale) for edge in box)
        return bool(yellow[y0:y1, x0:x1].mean() > 0.4)

    with pymupdf.open(pdf) as document:
        raw = document[int(match[1]) - 1].get_text("rawdict")
    characters = [c for b in raw["blocks"] for line in b.get("lines", ()) for s in line["spans"] for c in s["chars"]]
    return "".join(c["c"] for c in characters if not c["c"].isspace() and marked(c["bbox"]))
