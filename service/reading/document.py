"""A PDF file → `Document`: pages, tables, paragraphs under their sections, and who published it. Shows every stage by name."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from service import statements
from service.errors import ScanOnlyError
from service.reading import identity, pdf, plain, prose, tables
from service.reading.pdf import Sheet
from service.records import Box, Document, Page, Paragraph, Table, Unread
from service.settings import Settings


def read(path: Path, settings: Settings, doc: str | None = None) -> Document:
    """Read a disclosure.

    Args:
        path: a PDF file, or a text file by its suffix (`plain.SUFFIXES`).
        settings: limits.
        doc: its name; default: the file's stem.

    Raises:
        InputError: the file cannot be read; the subclass says why.
    """
    if path.suffix.lower() in plain.SUFFIXES:
        return plain.read(path, settings, doc)
    with pdf.opened(path, max_mb=settings.max_file_mb, max_pages=settings.max_pages) as file:
        sheets = list(file.sheets())
        digest = file.digest
    pages = tuple(_page(sheet) for sheet in sheets)
    if not any(page.kind == "text" for page in pages):
        raise ScanOnlyError(
            f"{path.name}：整份文件是扫描图片，没有文字层；本版本还不能识别图片文字，请上传可复制文字的 PDF",
            f"{path.name}: a scan without a text layer; this version does not read images yet, use a PDF with text",
        )
    found, regions = tables.read(sheets)
    paragraphs = prose.read(sheets, regions)
    placed = tuple(_placed(table, paragraphs, regions) for table in found)
    heads = [line.text for sheet in sheets[:12] for line in sheet.lines if len(line.text) < 60]
    who = identity.read(paragraphs, placed, heads, path.stem)
    return Document(
        doc or path.stem, who.title, who.org, who.year, who.kind, who.level, digest, pages, tuple(paragraphs), placed, _unread(sheets)
    )


def _page(sheet: Sheet) -> Page:
    kind = "text" if sheet.lines else "scan" if sheet.images else "blank"
    return Page(sheet.number, sheet.width, sheet.height, sheet.lines, kind)


def _unread(sheets: Sequence[Sheet]) -> tuple[Unread, ...]:
    scans = [Unread(s.number, "整页", "本页是图片，没有文字层，未读") for s in sheets if not s.lines and s.images]
    slanted = [Unread(s.number, "部分文字", f"有 {s.slanted} 个字符不是横排，未读") for s in sheets if s.slanted]
    damaged = [Unread(s.number, "整页", "本页已损坏，读不出来") for s in sheets if s.damaged]
    return (*scans, *slanted, *damaged)


def _placed(table: Table, paragraphs: Sequence[Paragraph], regions: dict[int, list[Box]]) -> Table:
    """The table with its section (that of the last paragraph before it) and its statement's name."""
    page = table.pages[0]
    top = min(
        (cell.box[1] for row in table.rows for cell in row if cell.page == page),
        default=min((b[1] for b in regions.get(page, ())), default=0.0),
    )
    section: tuple[str, ...] = ()
    for paragraph in paragraphs:
        line = paragraph.lines[0]
        if (line.page, line.box[1]) > (page, top):
            break
        if paragraph.section != ("目录",):
            section = paragraph.section
    statement = statements.recognise(table.title, table.columns)
    return replace(table, section=section, statement=statement)
