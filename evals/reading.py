"""How exactly tables are read: `python -m evals.reading [FOLDER]`. Needs no gold.

Digits: every cell that is a figure against PyMuPDF's words in its place, in every PDF with a text layer. Variants: the rows of each
document NAME-borderless.pdf against those of NAME.pdf, its twin with ruled tables.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pymupdf
from rich.console import Console
from rich.table import Table as Shown

from service import amounts
from service.errors import InputError
from service.reading import document
from service.records import Cell, Document, Table
from service.settings import Settings
from service.text import normal

SAMPLES = Path(__file__).parents[1] / "samples"
BARE = "-borderless"
SLACK = 0.5
"""Points by which a word must reach into a cell."""

Word = tuple[float, float, float, float, str]
Rows = Counter[tuple[str, ...]]


def main(folder: Path) -> None:
    """Measure and print."""
    out = Console()
    read: dict[Path, Document] = {}
    for path in sorted(folder.rglob("*.pdf")):
        with suppress(InputError), pymupdf.open(path) as file:
            if file.page_count and any(page.get_text().strip() for page in file):
                read[path] = document.read(path, Settings())
    shown = Shown("document", "pages", "tables", "figures in cells", "other digits than the page's words", "told as unread")
    totals = [0] * 5
    for path, made in read.items():
        compared, wrong = _digits(path, made)
        row = [len(made.pages), len(made.tables), compared, len(wrong), sum(item.what == "表格数字" for item in made.unread)]
        totals = [a + b for a, b in zip(totals, row, strict=True)]
        shown.add_row(path.stem, *map(str, row))
        for page, text, printed in wrong[:5]:
            out.print(f"{path.stem} p{page}: cell {text!r}, page {printed!r}")
    shown.add_row("all", *map(str, totals))
    out.print(shown)
    for path, made in read.items():
        twin = path.with_name(f"{path.stem}{BARE}.pdf")
        if twin in read:
            ruled, bare = _rows(made.tables), _rows(read[twin].tables)
            same = (ruled & bare).total()
            out.print(f"{twin.stem}: {same} of {ruled.total()} rows as in the ruled twin ({same / ruled.total():.4f})")


def _digits(path: Path, made: Document) -> tuple[int, list[tuple[int, str, str]]]:
    """How many figures were compared, and those whose digits are not the page's: (page, cell, words in its place)."""
    wrong, compared = [], 0
    with pymupdf.open(path) as file:
        words = {number: list(_words(file[number - 1])) for table in made.tables for number in table.pages}
    for cell in (cell for table in made.tables for row in table.rows for cell in row):
        if amounts.cell(cell.text) is None or not re.search(r"\d", cell.text):
            continue
        compared += 1
        printed = _printed(cell, words[cell.page])
        if _digit(cell.text) != _digit("".join(printed)) and not (len(printed) == 1 and _digit(cell.text) in _digit(printed[0])):
            wrong.append((cell.page, cell.text, " ".join(printed)))
    return compared, wrong


def _words(page: pymupdf.Page) -> Iterator[Word]:
    """The words of a page as shown."""
    for word in page.get_text("words"):
        x0, y0, x1, y1 = pymupdf.Rect(word[:4]) * page.rotation_matrix
        yield (x0, y0, x1, y1, word[4])


def _printed(cell: Cell, words: list[Word]) -> list[str]:
    """The words in a cell's place. One runs on over a border where no white space stands: it holds the cell's digits then."""
    x0, y0, x1, y1 = cell.box
    inside = [w for w in words if y0 <= (w[1] + w[3]) / 2 <= y1 and w[0] < x1 - SLACK and w[2] > x0 + SLACK]
    return [w[4] for w in sorted(inside, key=lambda w: (round(w[1]), w[0]))]


def _digit(text: str) -> str:
    return re.sub(r"[^\d.-]", "", normal(text))


def _rows(tables: tuple[Table, ...]) -> Rows:
    """All rows with two texts and more, headers too, in normal form."""
    rows = (row for table in tables for row in (*(head for _, head in table.heads), *table.rows))
    return Counter(key for row in rows if len(key := tuple(normal(cell.text) for cell in row if cell.text)) > 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("MINGZHANG_CORPUS", SAMPLES)))
