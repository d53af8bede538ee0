"""Tables against independent readers: pdfplumber's rows, and the words that PyMuPDF finds in every cell's place."""

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pdfplumber
import pymupdf
import pytest

from service import amounts
from service.reading import agreement, pdf, tables
from service.records import Page, Table
from service.text import normal

PAGES = 8
"""pdfplumber reads so many pages of each file, since it takes about 0.1 s for one."""
SAMPLES = ["qinghe-2024-final", "qinghe-2025-budget"]
CORPUS = [
    "real/jiangsu-shengwei-2019-budget-tables",
    "real/putuo-caizheng-2024-final",
    "real/putuo-wanli-2024-budget",
    "seeds/sanmenxia-2023-final",
]

Printed = Counter[tuple[str, ...]]


@lru_cache(maxsize=4)
def read(path: Path) -> tuple[list[Table], list[Page]]:
    with pdf.opened(path) as file:
        sheets = list(file.sheets())
    return tables.read(sheets)[0], [Page(s.number, s.width, s.height, s.lines) for s in sheets]


def ours(found: list[Table]) -> Printed:
    """All rows as printed that hold two texts and more, headers and captions too, in normal form."""
    rows = [row for t in found for row in (*(head for _, head in t.heads), *t.rows)]
    return Counter(key for row in rows if len(key := tuple(normal(c.text) for c in row if c.text)) > 1)


def plumbed(path: Path, pages: list[int]) -> Printed:
    """The same rows as pdfplumber reads them."""
    with pdfplumber.open(path) as other:
        rows = [row for number in pages for table in other.pages[number - 1].extract_tables() for row in table]
    return Counter(key for row in rows if len(key := tuple(normal(c) for c in row if c and normal(c))) > 1)


def missing(path: Path) -> tuple[Printed, int]:
    """Rows of pdfplumber that are not ours, and how many it reads."""
    found, _ = read(path)
    other = plumbed(path, sorted({number for t in found for number in t.pages})[:PAGES])
    return other - ours(found), other.total()


def differing(path: Path) -> tuple[list[tuple[int, str, str]], int]:
    """Numeric cells whose digits are not those of PyMuPDF's words in their place, and how many cells were compared."""
    found, _ = read(path)
    wrong, compared = [], 0
    with pymupdf.open(path) as file:
        words = {number: _words(file[number - 1]) for number in {number for t in found for number in t.pages}}
    for table in found:
        for cell in (cell for row in table.rows for cell in row):
            if amounts.cell(cell.text) is None or not re.search(r"\d", cell.text):
                continue
            compared += 1
            x0, y0, x1, y1 = cell.box
            inside = [w for w in words[cell.page] if y0 <= (w[1] + w[3]) / 2 <= y1 and w[0] < x1 - 0.5 and w[2] > x0 + 0.5]
            # A word of PyMuPDF runs on over a border where no white space stands: it holds the cell's digits then.
            printed = "".join(w[4] for w in sorted(inside, key=lambda w: (round(w[1]), w[0])))
            if _digits(cell.text) != _digits(printed) and not (len(inside) == 1 and _digits(cell.text) in _digits(printed)):
                wrong.append((cell.page, cell.text, printed))
    return wrong, compared


def _words(page: pymupdf.Page) -> list[tuple[float, float, float, float, str]]:
    """The words of a page as shown."""
    return [(*(pymupdf.Rect(w[:4]) * page.rotation_matrix), w[4]) for w in page.get_text("words")]


def _digits(text: str) -> str:
    return re.sub(r"[^\d.-]", "", normal(text))


@pytest.mark.parametrize("name", SAMPLES)
def test_pdfplumber_reads_the_same_rows_of_the_samples(samples: Path, name: str) -> None:
    rows, total = missing(samples / f"{name}.pdf")
    assert rows == Counter()
    assert total > 100


@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_of_the_samples_is_the_word_in_its_place(samples: Path, name: str) -> None:
    wrong, compared = differing(samples / f"{name}.pdf")
    assert wrong == []
    assert compared > 150
    assert agreement.read(*read(samples / f"{name}.pdf")) == []


@pytest.mark.corpus
@pytest.mark.parametrize("name", CORPUS)
def test_pdfplumber_reads_the_same_rows_of_real_documents(corpus: Path, name: str) -> None:
    rows, total = missing(corpus / f"{name}.pdf")
    assert rows.total() <= 0.01 * total
    assert total > 60


@pytest.mark.corpus
def test_every_figure_of_every_real_document_is_the_word_in_its_place(corpus: Path) -> None:
    compared = 0
    for path in sorted(corpus.rglob("*.pdf")):
        if path.stem.endswith("scanned"):
            continue
        wrong, count = differing(path)
        assert wrong == [], path.stem
        assert agreement.read(*read(path)) == [], path.stem
        compared += count
    assert compared > 7000
