"""A PDF file → `Document`: pages, tables, paragraphs under their sections, and who published it. Shows every stage by name."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from service import statements, workers
from service.errors import EmptyFileError, ScanOnlyError, UnreadableError
from service.reading import agreement, identity, ocr, pdf, plain, posture, prose, recognition, tables
from service.reading.pdf import Sheet
from service.records import OCR, Box, Document, Page, Paragraph, Table
from service.settings import Settings


def read(path: Path, settings: Settings, doc: str | None = None, progress: recognition.Progress | None = None) -> Document:
    """Read a disclosure.

    Args:
        path: a PDF file, or a text file by its suffix (`plain.SUFFIXES`).
        settings: limits.
        doc: its name; default: the file's stem.
        progress: told after every page that is recognised from its picture; the others take no time.

    Raises:
        InputError: the file cannot be read; the subclass says why.
    """
    if path.suffix.lower() in plain.SUFFIXES:
        return plain.read(path, settings, doc)
    limits = pdf.Limits(settings.max_page_mb, settings.max_page_items)
    with pdf.opened(path, max_mb=settings.max_file_mb, max_pages=settings.max_pages, limits=limits) as file:
        seen = recognition.read(file, list(file.sheets()), settings.read_timeout, progress)
        digest, remarks = file.digest, file.remarks
    sheets = seen.sheets
    _refuse_unreadable(path, sheets)
    if not any(sheet.lines for sheet in sheets):
        raise _nothing(path, sheets)
    workers.tell(workers.TABLES)
    found, regions = tables.read(sheets)
    paragraphs = prose.read(sheets, regions)
    placed = tuple(_placed(table, paragraphs, regions) for table in found)
    heads = [line.text for sheet in sheets[:12] for line in sheet.lines if len(line.text) < 60]
    who = identity.read(paragraphs, placed, heads, path.stem)
    pages = tuple(_page(sheet, seen) for sheet in sheets)
    # The engine works on upright sheets; what is cited is where it stands on the page as shown.
    shown = tuple(posture.table(table, seen.postures) for table in placed)
    return Document(
        doc or path.stem,
        who.title,
        who.org,
        who.year,
        who.kind,
        who.level,
        digest,
        pages=pages,
        paragraphs=tuple(posture.paragraph(paragraph, seen.postures) for paragraph in paragraphs),
        tables=shown,
        unread=(
            *remarks,
            *(remark for sheet in sheets for remark in sheet.remarks),
            *(found.unread() for found in agreement.read(shown, pages)),
        ),
    )


def _refuse_unreadable(path: Path, sheets: Sequence[Sheet]) -> None:
    """Pass a document with anything to read, be it a picture.

    Raises:
        EmptyFileError: nothing is printed on any page.
        UnreadableError: something is, and it can be neither read nor recognised in a picture of the page.
    """
    if any(sheet.lines or (sheet.images and not sheet.drawn) for sheet in sheets):
        return
    reasons = [remark.reason for sheet in sheets for remark in sheet.remarks]
    if not reasons:
        raise EmptyFileError(f"{path.name}：所有页面都是空白", f"{path.name}: every page is blank")
    page = f"第 {next(sheet.number for sheet in sheets if sheet.remarks)} 页"
    raise UnreadableError(f"{path.name}：没有一页能读；{page}：{reasons[0]}", f"{path.name}: no page of it can be read")


def _nothing(path: Path, sheets: Sequence[Sheet]) -> ScanOnlyError:
    """Why a file of pictures gives no text."""
    coarse = next((sheet for sheet in sheets if 0 < sheet.resolution < recognition.LEAST_DPI), None)
    if ocr.installed() and coarse is not None:
        return ScanOnlyError(
            f"{path.name}：没有一页能读；第 {coarse.number} 页：{recognition.too_coarse(coarse)}",
            f"{path.name}: a scan without a text layer, too coarse to be recognised (about {coarse.resolution:.0f} dpi)",
        )
    if ocr.installed():
        return ScanOnlyError(
            f"{path.name}：整份文件是扫描图片，没有文字层，图片里也没有认出文字",
            f"{path.name}: a scan without a text layer, and no text was recognised in its pictures",
        )
    return ScanOnlyError(
        f"{path.name}：整份文件是扫描图片，没有文字层；请安装 OCR 组件后重试：{ocr.INSTALL}，或上传可复制文字的 PDF",
        f"{path.name}: a scan without a text layer; install the OCR extra ({ocr.INSTALL}), or use a PDF with text",
    )


def _page(sheet: Sheet, seen: recognition.Recognised) -> Page:
    """The page as shown: what was recognised on an upright picture is put back to where it stands."""
    stood = seen.postures.get(sheet.number)
    if stood is not None:
        width, height = (stood.height, stood.width) if stood.turns % 2 else (stood.width, stood.height)
        return Page(sheet.number, width, height, tuple(map(stood.line, sheet.lines)), OCR)
    kind = OCR if sheet.layer else "text" if sheet.lines else "scan" if sheet.images or sheet.drawn else "blank"
    return Page(sheet.number, sheet.width, sheet.height, sheet.lines, kind)


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
