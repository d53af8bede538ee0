"""What an open library holds, to be read: documents, their pages, facts, findings, files."""

from collections.abc import Sequence
from pathlib import Path

from service.errors import InputError
from service.library import Journal, Library
from service.records import (
    OCR,
    Box,
    CheckReport,
    Disclosure,
    DocumentInfo,
    Fact,
    Finding,
    Indicator,
    Line,
    Passage,
    Reason,
    Table,
)
from service.settings import Settings


class Holdings:
    """An open library's contents; readers may share it between threads."""

    def __init__(self, shelf: Library, settings: Settings) -> None:
        self.settings = settings
        self._shelf = shelf

    def documents(self) -> list[DocumentInfo]:
        """The library's documents."""
        return self._shelf.documents()

    def info(self, doc: str) -> DocumentInfo:
        """A document as listed.

        Raises:
            UnknownDocumentError: the library holds no such document.
        """
        return self._shelf.get(doc)

    def page_count(self, doc: str) -> int:
        """Pages of a document."""
        return self._shelf.get(doc).pages

    def page_size(self, doc: str, page: int) -> tuple[float, float]:
        """Width and height of a page (from 1) in points."""
        read = self._shelf.page(doc, page)
        return read.width, read.height

    def page_lines(self, doc: str, page: int) -> Sequence[Line]:
        """The printed lines of a page (from 1)."""
        return self._shelf.page_lines(doc, page)

    def picture(self, doc: str, page: int, boxes: Sequence[Box] = (), dpi: int = 110, part: Box | None = None) -> bytes:
        """A page, or a part of it, as PNG with boxes highlighted.

        Raises:
            UnknownDocumentError: the library holds no such document.
            InputError: it has no such page, or is a text file.
        """
        info = self._shelf.get(doc)
        if not 1 <= page <= info.pages:
            raise InputError(f"{doc} 没有第 {page} 页", f"{doc} has no page {page}")
        from service.reading import pdf  # kept out of the start: PyMuPDF takes a second

        with pdf.opened(self._shelf.pdf_path(doc), max_mb=self.settings.max_file_mb, max_pages=self.settings.max_pages) as file:
            return file.picture(page, boxes, dpi, part)

    def file(self, doc: str) -> Path:
        """The library's copy of a document's file."""
        return self._shelf.pdf_path(doc)

    def report(self, doc: str) -> CheckReport:
        """What the checker covered and found in a document."""
        return self._shelf.report(doc)

    def findings(self, doc: str) -> Sequence[Finding]:
        """The checker's findings on a document."""
        return self._shelf.findings(doc)

    def disclosure(self, doc: str) -> Disclosure:
        """What a document says, as typed facts."""
        return self._shelf.disclosure(doc)

    def facts(self, doc: str) -> Sequence[Fact]:
        """Facts of a document."""
        return self._shelf.disclosure(doc).facts

    def reasons(self, doc: str) -> Sequence[Reason]:
        """Reasons of a document."""
        return self._shelf.disclosure(doc).reasons

    def indicators(self, doc: str) -> Sequence[Indicator]:
        """The indicators of a document's performance forms."""
        return self._shelf.disclosure(doc).indicators

    def passages(self, doc: str) -> Sequence[Passage]:
        """Passages of a document in reading order."""
        return self._shelf.passages(doc)

    def tables(self, doc: str) -> Sequence[Table]:
        """Tables of a document in reading order."""
        return self._shelf.tables(doc)

    def is_recognised(self, doc: str, page: int) -> bool:
        """Whether a page (from 1) of a document was recognised from its picture."""
        return self._shelf.page(doc, page).kind == OCR

    @property
    def journal(self) -> Journal:
        """Answers that were given, and what people said of them."""
        return self._shelf.journal
