"""Which pages of a file have to be recognised from their picture, and the sheets that come of it where the extra is installed."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from service.errors import InputError
from service.reading import ocr
from service.reading.pdf import Pdf
from service.reading.posture import Posture
from service.reading.sheet import Sheet
from service.records import Unread

Progress = Callable[[int, int], None]
"""Called with (pages recognised, pages to recognise)."""

DPI = 150
"""Resolution at which pages are recognised."""
LEAST_DPI = 80
"""Coarser pictures are not read. Measured on a ruled table of 74 figures, a little askew and noisy: at 60 dpi three were wrong
without a doubt shown, at 72 dpi one, at 85 and 100 dpi none."""
MOST_PIXELS = 12_000_000
"""Larger pages are recognised at a lower resolution: the models take about 100 bytes a pixel."""
SHARE = 0.8
"""Recognition stops when it has taken this share of the time that reading one file may take."""
PICTURE = 0.5
"""A picture over so much of a page may hold its text."""
TITLE = 6
"""So many characters of text on the first page are its title: the picture behind them is a cover's, not a page's."""
FEW = 100
"""Fewer characters than this beside such a picture are a page number, a stamp or a remark, not the page's text."""

_WHOLE = "整页"


@dataclass(frozen=True, slots=True)
class Recognised:
    """All sheets of a file, the recognised ones in place of the empty ones; `postures` of those that were recognised here.

    `numbers` are the pages whose text was recognised, here or by the scanner that made the file.
    """

    sheets: tuple[Sheet, ...]
    numbers: frozenset[int] = frozenset()
    postures: dict[int, Posture] = field(default_factory=dict)


def read(file: Pdf, sheets: Sequence[Sheet], seconds: float, progress: Progress | None = None) -> Recognised:
    """Recognise the pages that want it.

    Args:
        file: the open PDF.
        sheets: all its pages.
        seconds: time that reading the file may take; what is left over after `SHARE` of it stays unread.
        progress: told after every page.

    Returns:
        Every page; one that is not recognised says why in its remarks.
    """
    layered = frozenset(sheet.number for sheet in sheets if sheet.layer)
    wanted = {sheet.number for sheet in sheets if _wants(sheet)}
    if not ocr.installed():
        return Recognised(tuple(_refused(sheet, ocr.MISSING) if _is_scan(sheet) else sheet for sheet in sheets), layered)
    until = time.monotonic() + SHARE * seconds
    made: list[Sheet] = []
    postures: dict[int, Posture] = {}
    for sheet in sheets:
        taken = sheet
        if sheet.number in wanted:
            taken, posture = _recognised(file, sheet, until)
            if posture is not None:
                postures[sheet.number] = posture
            if progress is not None:
                progress(sum(number <= sheet.number for number in wanted), len(wanted))
        made.append(taken)
    return Recognised(tuple(made), layered | postures.keys(), postures)


def too_coarse(sheet: Sheet) -> str:
    """Why the picture of a page is not read, for people."""
    return f"本页图片只有约 {sheet.resolution:.0f} dpi，太粗，数字认不准，未读；请用 150 dpi 以上重新扫描"


def _is_scan(sheet: Sheet) -> bool:
    """Whether the page has a picture or outlines, and no text at all."""
    return not sheet.lines and (sheet.images > 0 or sheet.drawn)


def _wants(sheet: Sheet) -> bool:
    """Whether the page's text is, or may be, in its picture.

    The text that a scanner has laid over its picture is recognised again: nothing tells how good it is, and it comes
    without the ruling lines.
    """
    beside = sum(len(line.text) for line in sheet.lines)
    cover = sheet.number == 1 and beside >= TITLE
    return _is_scan(sheet) or sheet.layer or (sheet.covered > PICTURE and beside < FEW and not cover)


def _recognised(file: Pdf, sheet: Sheet, until: float) -> tuple[Sheet, Posture | None]:
    """The sheet recognised, with its posture; or the sheet as it was, where that says more."""
    if time.monotonic() > until:
        reason = "本页是图片；识别用时已到上限，未读；可调大 MINGZHANG_READ_TIMEOUT，移除文件后重新读入"
        return (_refused(sheet, reason) if _is_scan(sheet) else sheet), None
    if 0 < sheet.resolution < LEAST_DPI and not sheet.drawn:
        return (_refused(sheet, too_coarse(sheet)) if _is_scan(sheet) else sheet), None
    try:
        picture = file.pixels(sheet.number, DPI, MOST_PIXELS)
    except InputError as error:
        return (_refused(sheet, f"本页是图片，未读：{error.zh}") if _is_scan(sheet) else sheet), None
    try:
        from service.reading import scan  # kept out of the start: OpenCV, and only where a page is a picture

        found = scan.read(sheet.number, picture)
    except ImportError as error:  # the extra is there and does not work, as OpenCV without its system's libraries
        return (_refused(sheet, f"{ocr.MISSING}（{error}）") if _is_scan(sheet) else sheet), None
    had, has = (sum(len(line.text) for line in s.lines) for s in (sheet, found.sheet))
    if not sheet.layer and has < 2 * had:
        return sheet, None
    others = tuple(remark for remark in sheet.remarks if remark.what != _WHOLE)
    if not found.sheet.lines:
        others += (Unread(sheet.number, _WHOLE, "本页是图片，没有认出文字"),)
    return replace(found.sheet, images=sheet.images, covered=sheet.covered, remarks=(*others, *found.sheet.remarks)), found.posture


def _refused(sheet: Sheet, reason: str) -> Sheet:
    """The sheet with the reason why it is not read in place of others about the whole page."""
    others = tuple(remark for remark in sheet.remarks if remark.what != _WHOLE)
    return replace(sheet, remarks=(*others, Unread(sheet.number, _WHOLE, reason)))
