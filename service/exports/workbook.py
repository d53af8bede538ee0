"""The only door to openpyxl: sheets → the bytes of an Excel workbook.

Texts of documents are texts whatever they begin with: no cell is ever a formula.
"""

import io
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from service.exports import wording
from service.exports.sheets import Entry, Mark, Sheet
from service.records import Severity

LONGEST = 32_000
"""Characters of one cell; Excel takes 32,767."""
MOST_DIGITS = 15
"""A spreadsheet's numbers hold so many digits exactly; a longer figure is written as text."""
LONGEST_NOTE = 900
"""Characters of one comment."""
FONT = "Microsoft YaHei"
_LINE_HEIGHT, _HIGHEST = 14, 409
"""Points of a line of text, and of the highest row that Excel shows."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")

_PLAIN = Font(name=FONT, size=10)
_HEAD = Font(name=FONT, size=10, bold=True, color="FFFFFF")
_LINK = Font(name=FONT, size=10, color="0F5F59", underline="single")
_MISSING = Font(name=FONT, size=10, italic=True, color="7A7A7A")
_HEAD_FILL = PatternFill("solid", fgColor="0F5F59")
_BAND = PatternFill("solid", fgColor="F6F4EF")
_LINE = Side(style="hair", color="B8B4AA")
_GRID = Border(bottom=_LINE, right=_LINE)
_FILLS = {
    (Severity.ERROR, True): PatternFill("solid", fgColor="F4B6AE"),
    (Severity.ERROR, False): PatternFill("solid", fgColor="FBE3E0"),
    (Severity.SUSPICIOUS, True): PatternFill("solid", fgColor="FFE08A"),
    (Severity.SUSPICIOUS, False): PatternFill("solid", fgColor="FFF4CF"),
    (Severity.ROUNDING, True): PatternFill("solid", fgColor="D5E0F5"),
    (Severity.ROUNDING, False): PatternFill("solid", fgColor="EEF3FB"),
}
_TOP = Alignment(vertical="top", wrap_text=True)
_RIGHT = Alignment(vertical="top", horizontal="right")
_MIDDLE = Alignment(vertical="top", horizontal="center")
_CENTRE = Alignment(vertical="center", horizontal="center", wrap_text=True)


def workbook(sheets: Sequence[Sheet], title: str) -> bytes:
    """The workbook as the bytes of an .xlsx file.

    Args:
        sheets: in order; the first is shown when the file is opened.
        title: of the workbook, in its properties and on printed pages.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = text(title)
    book.properties.creator = "mingzhang"
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet, text(title))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(printed: str) -> str:
    """A text as XML can hold it, cut to what a cell can hold."""
    clean = _FORBIDDEN.sub("", printed)
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}……（已截断）"


def number_format(value: Decimal, unit: str = "") -> str:
    """The format that shows a figure with its printed decimals, and with a unit behind it where one is given.

    >>> number_format(Decimal("1208.80"), "万元")
    '#,##0.00"万元"'
    """
    decimals = max(0, -int(value.as_tuple().exponent))
    shown = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    quoted = unit.replace('"', "")
    return f'{shown}"{quoted}"' if quoted else shown


def _fill(page: Worksheet, sheet: Sheet, title: str) -> None:
    columns = range(len(sheet.columns))
    shared = [sheet.unit(column) for column in columns]
    page.append([_head(page, sheet.head(column)) for column in columns])
    for number, row in enumerate(sheet.rows, 2):
        cells = [_cell(page, entry, "" if unit else entry.unit) for entry, unit in zip(row, shared, strict=True)]
        page.append(cells)
        for cell, entry in zip(cells, row, strict=True):
            if entry.link:
                cell.hyperlink = entry.link  # after appending: a link remembers the cell's address
            if number % 2 and not entry.mark:
                cell.fill = _BAND
    if not sheet.rows:
        page.append([_empty(page, sheet.empty)])
    _arrange(page, sheet)
    _print(page, sheet, title)


def _head(page: Worksheet, title: str) -> Cell:
    cell = WriteOnlyCell(page)
    _set_text(cell, title)
    cell.font, cell.fill, cell.alignment = _HEAD, _HEAD_FILL, _CENTRE
    return cell


def _empty(page: Worksheet, why: str) -> Cell:
    cell = WriteOnlyCell(page)
    _set_text(cell, why)
    cell.font = _MISSING
    return cell


def _cell(page: Worksheet, entry: Entry, unit: str) -> Cell:
    cell = WriteOnlyCell(page)
    cell.font, cell.border = _LINK if entry.link else _PLAIN, _GRID
    _set(cell, entry, unit)
    if entry.link:
        cell.alignment = _MIDDLE
    if entry.mark:
        cell.fill = _FILLS[entry.mark.grade, entry.mark.lead]
        cell.comment = _comment(entry.mark, entry.note)
    elif entry.note:
        cell.comment = _balloon(entry.note)
    return cell


def _set(cell: Cell, entry: Entry, unit: str) -> None:
    value = entry.value
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= MOST_DIGITS:
        cell.value = value
        cell.number_format = number_format(value, unit)
        cell.alignment = _RIGHT
    elif isinstance(value, Decimal):
        _set_text(cell, f"{value:f}{unit}")
        cell.alignment = _RIGHT
    elif isinstance(value, int):
        cell.value = value
        cell.alignment = _RIGHT
    elif value is not None:
        _set_text(cell, value)
        cell.alignment = _TOP


def _set_text(cell: Cell, printed: str) -> None:
    """A text as text: never a formula or an error value, also after somebody has edited the cell."""
    cell.value = text(printed)
    cell.data_type = "s"
    if printed.startswith(_FORMULA_LIKE):
        cell.quotePrefix = True


def _comment(mark: Mark, note: str) -> Comment:
    role = "所说的数" if mark.lead else "所对照的数"
    return _balloon("\n".join([f"{wording.GRADES[mark.grade][0]}（{role}）", *mark.notes, *([note] if note else [])]))


def _balloon(printed: str) -> Comment:
    words = text(printed)
    words = words if len(words) <= LONGEST_NOTE else f"{words[:LONGEST_NOTE]}……"
    lines = sum(1 + _width(line) // 44 for line in words.split("\n"))
    return Comment(words, "明账", height=24 + 18 * min(lines, 16), width=340)


def _arrange(page: Worksheet, sheet: Sheet) -> None:
    """Widths, the frozen head, filters."""
    widths = [_wide(sheet, column) for column in range(len(sheet.columns))]
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.row_dimensions[1].height = 32
    for number, row in enumerate(sheet.rows, 2):
        lines = max(_lines(entry, width) for entry, width in zip(row, widths, strict=True))
        if lines > 1:  # not every program makes rows as high as their wrapped texts
            page.row_dimensions[number].height = min(_HIGHEST, 3 + _LINE_HEIGHT * lines)
    page.freeze_panes = "A2"
    page.sheet_view.showGridLines = False
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{max(2, len(sheet.rows) + 1)}"


def _print(page: Worksheet, sheet: Sheet, title: str) -> None:
    """A4 across, all columns on one page's width, the head on every page."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.7, bottom=0.6, header=0.3, footer=0.3)
    page.HeaderFooter.oddHeader = HeaderFooterItem(
        left=_HeaderFooterPart(title.replace("&", "&&")), right=_HeaderFooterPart(sheet.name.replace("&", "&&"))
    )
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页"))


def _wide(sheet: Sheet, column: int) -> int:
    """Half-width characters of a column: as wide as its widest entry, within its bound."""
    unit = sheet.unit(column)
    heads = (_width(line) + 3 for line in sheet.head(column).split("\n"))
    return max(7, min(sheet.columns[column].widest, max([*heads, *(_shown(row[column], unit) for row in sheet.rows)])) + 2)


def _lines(entry: Entry, width: int) -> int:
    """Lines that a wrapped text takes in a column."""
    if not isinstance(entry.value, str):
        return 1
    return sum(1 + _width(line) // (width - 1) for line in entry.value.split("\n"))


def _shown(entry: Entry, shared: str) -> int:
    """Half-width characters that an entry takes."""
    if isinstance(entry.value, Decimal):
        return len(f"{entry.value:,f}") + (0 if shared else _width(entry.unit)) + 1
    return max((_width(line) for line in str(entry.value).split("\n")), default=0) if entry.value is not None else 0


def _width(printed: str) -> int:
    """Half-width characters that a text takes: two for each wide one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in printed)
