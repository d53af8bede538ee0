"""What cannot be bound to its page is no fact: a quote must stand on its page, and the figure's digits in the quote."""

import re
from collections.abc import Sequence

from service.records import Cell, Document, Fact, Place
from service.text import normal

_MARGIN = 80
"""Characters of a page's foot and head, in normal form."""
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
            self._known[key] = self._stands(normal(quote.replace("|", "")), page)
        return self._known[key]

    def _stands(self, quote: str, page: int) -> bool:
        """Whether a quote in normal form stands on a page, or begins at its end and goes on at the head of the next."""
        text = self._text(page)
        if self._holds(quote, text):
            return True
        following = self._text(page + 1)
        cuts = range(len(quote) - 1, 0, -1) if following and quote[:1] in text else ()
        # What a page prints at its foot or head stands between the halves.
        return any(quote[:n] in text[-n - _MARGIN :] and quote[n:] in following[: len(quote) - n + _MARGIN] for n in cuts)

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


def row(cells: Sequence[Cell], names: Sequence[int], columns: Sequence[int], texts: PageTexts) -> list[Place]:
    """Where a row's figures are printed, one place per column: the row, as much of it as stands on the page in the order read.

    Cells that wrap or span rows are drawn apart from their row; then the quote is the row's name and figures, or less.

    Args:
        cells: the cells to show, in order; a merged cell may stand in several columns.
        names: indices of the cells that name the row.
        columns: indices of the figures' cells.
        texts: the document's pages.
    """
    whole = {page: _whole(cells, names, page, texts) for page in {cells[c].page for c in columns}}
    places = []
    for column in columns:
        page = cells[column].page
        chosen, quote = whole[page] or _least(cells, names, column, texts)
        boxes = {cells[n].box: None for n in (*(n for n in names if n in chosen), column)}
        places.append(Place(page, quote, tuple(boxes)))
    return places


def _whole(cells: Sequence[Cell], names: Sequence[int], page: int, texts: PageTexts) -> tuple[list[int], str] | None:
    """The row, or its last name and its figures, when that stands on the page so: the cells and the quote."""
    every = [n for n, cell in enumerate(cells) if cell.text and cell.page == page]
    figures = [n for n in every if n not in names]
    last = [n for n in names if n in every][-1:]
    for chosen in (every, sorted({*last, *figures})):
        quote = _quote(cells, chosen)
        if texts.holds(quote, page):
            return chosen, quote
    return None


def _least(cells: Sequence[Cell], names: Sequence[int], column: int, texts: PageTexts) -> tuple[list[int], str]:
    """The row's last name and one figure, or the figure alone."""
    page = cells[column].page
    last = [n for n in names if cells[n].text and cells[n].page == page][-1:]
    chosen = sorted({*last, column})
    quote = _quote(cells, chosen)
    return (chosen, quote) if texts.holds(quote, page) else ([column], _quote(cells, [column]))


def _quote(cells: Sequence[Cell], chosen: Sequence[int]) -> str:
    """Cells as a quote, a merged cell once."""
    return " | ".join({(cells[n].text, cells[n].box): cells[n].text for n in chosen}.values())


def is_grounded(fact: Fact, texts: PageTexts) -> bool:
    """Whether the fact's quote stands on its page and its printed figure in the quote, digit for digit."""
    printed, quote = normal(fact.printed), normal(fact.place.quote)
    return _digits(fact) in quote.replace(",", "") and printed in quote and texts.holds(fact.place.quote, fact.place.page)


def _digits(fact: Fact) -> str:
    return format(abs(fact.value), "f")
