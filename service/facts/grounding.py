"""What cannot be bound to its page is no fact: a quote must stand on its page, and the figure's digits in the quote."""

import re
from collections.abc import Sequence

from service.records import Cell, Document, Fact, Place
from service.text import normal

_PART = re.compile(r"[\d.,]+%?|[^\d.,%]+")


class PageTexts:
    """The normal form of every page, made when first asked for."""

    def __init__(self, document: Document) -> None:
        """Take the pages of a document."""
        self._pages = {page.number: page for page in document.pages}
        self._texts: dict[int, str] = {}
        self._known: dict[tuple[str, int], bool] = {}

    def holds(self, quote: str, page: int) -> bool:
        """Whether a quote stands on a page; the cells of a row may be drawn in another order than they are read.

        Args:
            quote: as printed; bars between cells do not count.
            page: number from 1.
        """
        key = (quote, page)
        if key not in self._known:
            self._known[key] = self._holds(normal(quote.replace("|", "")), self._text(page))
        return self._known[key]

    def _text(self, page: int) -> str:
        if page not in self._texts:
            found = self._pages.get(page)
            self._texts[page] = "".join(normal(line.text) for line in found.lines).replace("|", "") if found else ""
        return self._texts[page]

    @staticmethod
    def _holds(quote: str, text: str) -> bool:
        if not quote:
            return False
        if quote in text:
            return True
        parts = _PART.findall(quote)
        return len(parts) > 1 and all(part in text for part in parts)


def row(cells: Sequence[Cell], names: Sequence[int], column: int, texts: PageTexts) -> Place:
    """Where a table's figure is printed: its row, as much of it as stands on the page in the order read.

    Cells that wrap or span rows are drawn apart from their row; then the quote is the row's name and figures, or less.

    Args:
        cells: the cells to show, in order; a merged cell may stand in several columns.
        names: indices of the cells that name the row.
        column: index of the figure's cell.
        texts: the document's pages.
    """
    page = cells[column].page
    every = [n for n, cell in enumerate(cells) if cell.text and cell.page == page]
    figures = [n for n in every if n not in names]
    last = [n for n in names if n in every][-1:]
    for chosen in (every, [*last, *figures], [*last, column], [column]):
        shown = {(cells[n].text, cells[n].box): cells[n] for n in sorted({*chosen, column})}
        quote = " | ".join(cell.text for cell in shown.values())
        if texts.holds(quote, page):
            break
    boxes = {cells[n].box: None for n in (*(n for n in names if n in chosen), column)}
    return Place(page, quote, tuple(boxes))


def is_grounded(fact: Fact, texts: PageTexts) -> bool:
    """Whether the fact's quote stands on its page and its printed figure in the quote, digit for digit."""
    printed, quote = normal(fact.printed), normal(fact.place.quote)
    return _digits(fact) in quote.replace(",", "") and printed in quote and texts.holds(fact.place.quote, fact.place.page)


def _digits(fact: Fact) -> str:
    return format(abs(fact.value), "f")
