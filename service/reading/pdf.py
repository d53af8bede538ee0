"""The only door to PyMuPDF: a PDF file → sheets of lines with character positions and ruling lines, and page pictures."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from service.errors import EmptyFileError, EncryptedError, FormError, NotAPdfError, TooLargeError
from service.reading import digest, drawings, fonts, glyphs, signature, weight
from service.reading.glyphs import Ground
from service.reading.pixels import Pixels
from service.reading.sheet import Rule as Rule
from service.reading.sheet import Sheet as Sheet
from service.records import Box, Unread

MAX_PIXELS = 40_000_000
"""Pictures are drawn at a lower resolution rather than beyond this size."""
FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
"""Never TEXT_CID_FOR_UNKNOWN_UNICODE: characters without Unicode value must not be guessed from glyph numbers."""
COVERED = 0.5
"""A picture over so much of a page makes it a scan; invisible text on it is the scanner's own recognition."""
OUTLINES = 300
"""So many drawn shapes on a page without text are letters drawn as outlines, rather than ornament."""

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

_DAMAGE = (RuntimeError, ValueError, LookupError, TypeError, SystemError, pymupdf.mupdf.FzErrorBase)
"""What PyMuPDF raises where a file is damaged: a TypeError where names in it are not UTF-8, a SystemError where characters are none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may ask of its reader: MiB of drawing instructions, and characters or drawn shapes."""

    page_mb: int = 8
    page_items: int = 100_000


class Pdf:
    """An open PDF. Use through `opened`."""

    def __init__(self, document: "pymupdf.Document", digest: str, limits: Limits) -> None:
        self._document = document
        self._limits = limits
        self._fonts: dict[int, bool] = {}
        self.digest = digest
        self.pages: int = document.page_count
        self.title: str = (document.metadata or {}).get("title") or ""
        self.remarks: tuple[Unread, ...] = tuple(_remarks(document))

    def sheet(self, number: int) -> Sheet:
        """Read page `number` (from 1). One that cannot be read is empty, and its remarks say why."""
        try:
            return self._sheet(number)
        except _DAMAGE:
            return _unread(number, "本页已损坏，读不出来")

    def _sheet(self, number: int) -> Sheet:
        page = self._document[number - 1]
        size = weight.of(self._document, page.xref, page.read_contents())
        if size > self._limits.page_mb << 20:
            reason = f"本页的绘图指令超过上限 {self._limits.page_mb} MiB（MINGZHANG_MAX_PAGE_MB），未读"
            return _unread(number, reason, page.rect.width, page.rect.height)
        written = page.get_textpage(flags=FLAGS)
        count = len(written.extractText())
        if count > self._limits.page_items:
            reason = f"本页有 {count} 个字符，超过上限 {self._limits.page_items}（MINGZHANG_MAX_PAGE_ITEMS），未读"
            return _unread(number, reason, page.rect.width, page.rect.height)
        raw = page.get_text("rawdict", textpage=written)
        if _set_upright(page, raw):
            raw = page.get_text("rawdict", flags=FLAGS)
        return _read(page, number, raw, self._limits, self._unmapped(page))

    def _unmapped(self, page: "pymupdf.Page") -> set[str]:
        """Names of the page's fonts without Unicode values."""
        used = ((font[0], font[2], font[3]) for font in page.get_fonts())
        return fonts.unmapped(self._document, used, self._fonts, _is_glyph_name)

    def sheets(self) -> Iterator[Sheet]:
        """Every page in order."""
        for number in range(1, self.pages + 1):
            yield self.sheet(number)

    def _upright(self, number: int) -> "pymupdf.Page":
        """Page `number` (from 1) as `sheet` reads it: turned, where its text runs sideways.

        Raises:
            InputError: the page is too large to be drawn, or damaged.
        """
        try:
            page = self._document[number - 1]
            if weight.of(self._document, page.xref, page.read_contents()) > self._limits.page_mb << 20:
                raise TooLargeError(f"第 {number} 页太大，画不出来", f"page {number} is too large to be drawn")
            _set_upright(page, page.get_text("rawdict", flags=FLAGS))
        except _DAMAGE as error:
            raise NotAPdfError(f"第 {number} 页已损坏，画不出来", f"page {number} is damaged and cannot be drawn") from error
        return page

    def pixels(self, number: int, dpi: int, most: int) -> Pixels:
        """Page `number` (from 1) as grey pixels; at a lower resolution than `dpi` rather than more than `most` of them.

        Raises:
            InputError: the page is too large to be drawn, or damaged.
        """
        page = self._upright(number)
        scale = min(dpi / 72, (most / max(page.rect.width * page.rect.height, 1)) ** 0.5)
        drawn = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False)
        return Pixels(drawn.width, drawn.height, scale, bytes(drawn.samples))

    def picture(self, number: int, boxes: Sequence[Box] = (), dpi: int = 110, part: Box | None = None) -> bytes:
        """Page `number` (from 1) or a part of it as PNG, with `boxes` marked as with a highlighter."""
        page = self._upright(number)
        clip = page.rect if part is None else pymupdf.Rect(part) & page.rect
        scale = dpi / 72
        pixels = clip.width * clip.height * scale * scale
        if pixels > MAX_PIXELS:
            scale *= (MAX_PIXELS / pixels) ** 0.5
        back = page.derotation_matrix
        shape = page.new_shape()
        for x0, y0, x1, y1 in boxes:
            shape.draw_rect(pymupdf.Rect(x0 - 1, y0 - 1.5, x1 + 1, y1 + 1.5) * back)
        if boxes:
            shape.finish(color=None, fill=(1, 0.87, 0.2), fill_opacity=0.42)
            shape.commit(overlay=True)
        picture: bytes = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=clip, alpha=False).tobytes("png")
        return picture

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page `number` (from 1) in points, page rotation applied."""
        rect = self._upright(number).rect
        return rect.width, rect.height

    def crop(self, number: int, part: Box, dpi: int = 110) -> bytes:
        """A part of page `number` (from 1) as grey PNG, nothing marked on it; it is cut at the page's edges."""
        page = self._upright(number)
        clip = pymupdf.Rect(part) & page.rect
        scale = min(dpi / 72, (MAX_PIXELS / max(clip.width * clip.height, 1)) ** 0.5)
        # Pixel maps take the clip in page points as shown, rotation applied.
        drawn = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=clip, colorspace=pymupdf.csGRAY, alpha=False)
        picture: bytes = drawn.tobytes("png")
        return picture


@contextmanager
def opened(path: Path, *, max_mb: int = 200, max_pages: int = 2000, limits: Limits | None = None) -> Iterator[Pdf]:
    """Open a PDF for reading.

    Args:
        path: the file.
        max_mb: larger files (MiB) are refused.
        max_pages: longer documents are refused.
        limits: what one page may ask for.

    Raises:
        NotFoundError: no such file.
        InputError: it may not be read.
        EmptyFileError: zero bytes, or no pages.
        NotAPdfError: not a PDF, or damaged beyond opening.
        EncryptedError: a password is needed.
        FormError: an XFA form, whose pages only Adobe's programs make.
        TooLargeError: over a limit.
    """
    document = _open(path, max_mb)
    try:
        if document.needs_pass:
            raise EncryptedError(
                f"{path.name}：文件已加密，请先解除密码再读入",
                f"{path.name}: the PDF is encrypted; remove its password first",
            )
        if document.page_count == 0:
            raise EmptyFileError(f"{path.name}：PDF 里没有页面", f"{path.name}: the PDF has no pages")
        if document.page_count > max_pages:
            raise TooLargeError(
                f"{path.name}：共 {document.page_count} 页，超过上限 {max_pages} 页（MINGZHANG_MAX_PAGES）",
                f"{path.name}: {document.page_count} pages, over the limit of {max_pages} (MINGZHANG_MAX_PAGES)",
            )
        if _is_dynamic_form(document):
            raise FormError(
                f"{path.name}：是 XFA 动态表单，页面只有用 Adobe 软件打开才生成，读不到内容；请另存或打印成普通 PDF",
                f"{path.name}: an XFA form, whose pages only Adobe's programs make; print it to an ordinary PDF",
            )
        yield Pdf(document, digest.of(path), limits or Limits())
    finally:
        document.close()


def _open(path: Path, max_mb: int) -> "pymupdf.Document":
    """The PyMuPDF document, or one of our errors."""
    signature.size(path, max_mb)
    signature.refuse_others(path)
    try:
        document = _by_name_or_bytes(path)
        counted = document.needs_pass or document.page_count
    except (*_DAMAGE, pymupdf.FileDataError, pymupdf.EmptyFileError) as error:
        raise _not_a_pdf(path) from error
    if not document.is_pdf or counted is None:
        document.close()
        raise _not_a_pdf(path)
    return document


def _by_name_or_bytes(path: Path) -> "pymupdf.Document":
    """Open a file; MuPDF takes names in UTF-8 only, so that one under another name is given as bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return pymupdf.open(stream=path.read_bytes(), filetype="pdf")
    return pymupdf.open(path, filetype="pdf")


def _not_a_pdf(path: Path) -> NotAPdfError:
    return NotAPdfError(f"{path.name}：不是 PDF，或已损坏无法打开", f"{path.name}: not a PDF, or damaged beyond opening")


def _is_glyph_name(name: str) -> bool:
    """Whether a glyph's name says its character (Adobe's glyph list, or uni4E00)."""
    character: int = pymupdf.mupdf.fz_unicode_from_glyph_name_strict(name)
    return character > 0 or bool(re.fullmatch(r"u(?:ni)?[0-9A-F]{4,6}", name))


def _is_dynamic_form(document: "pymupdf.Document") -> bool:
    """Whether the pages are but a notice to open the file with Adobe's programs (XFA 3.3, dynamic forms)."""
    catalog = document.pdf_catalog()
    if document.xref_get_key(catalog, "AcroForm/XFA")[0] == "null" or document.page_count > 2:
        return False
    if document.xref_get_key(catalog, "NeedsRendering")[1] == "true":
        return True
    try:
        text = "".join(page.get_text() for page in document).lower()
    except _DAMAGE:
        return False
    return "please wait" in text or "adobe reader" in text


def _remarks(document: "pymupdf.Document") -> Iterator[Unread]:
    """What of the file as a whole is not read as it stands."""
    if document.is_repaired:
        yield Unread(None, "整份文件", "文件结构已损坏（可能没有下载完整），按修复后的内容读取，可能缺页缺字")
    if count := document.embfile_count():
        yield Unread(None, "附件", f"文件里嵌有 {count} 个附件，未读")


def _unread(number: int, reason: str, width: float = 0.0, height: float = 0.0) -> Sheet:
    return Sheet(number, width, height, (), (), 0, remarks=(Unread(number, "整页", reason),))


def _turn(page: "pymupdf.Page") -> glyphs.Turn | None:
    if not page.rotation:
        return None
    matrix = page.rotation_matrix
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _set_upright(page: "pymupdf.Page", raw: dict[str, Any]) -> bool:
    """Turn a page on which most text runs up or down, so that it and its picture can be read; whether it was turned."""
    way = glyphs.sideways(raw, _turn(page))
    if way:
        page.set_rotation((page.rotation + way) % 360)
    return way != 0


def _read(page: "pymupdf.Page", number: int, raw: dict[str, Any], limits: Limits, blind: set[str]) -> Sheet:
    turn, width, height = _turn(page), page.rect.width, page.rect.height
    drawn = page.get_cdrawings()
    images = len(page.get_images())
    painted, unpainted = glyphs.unpainted(raw)
    covered, resolution = _picture(page) if images else (0.0, 0.0)
    layer = unpainted > painted and covered > COVERED
    ground = Ground(width, height, turn, _coloured(page, drawn, turn) if glyphs.has_white(raw) else (), layer, blind)
    text = glyphs.read(raw, number, ground)
    shapes = sum(len(drawing["items"]) for drawing in drawn)
    rules = () if shapes > limits.page_items else tuple(drawings.rules(drawn, turn, width, height))
    if not text.lines and not images:
        images = len(page.get_image_info())  # pictures within the page's own instructions are not among its resources
    outlined = not text.lines and not images and shapes > OUTLINES
    remarks = tuple(Unread(number, what, reason) for what, reason in _about(text, layer, outlined))
    if shapes > limits.page_items:
        reason = f"本页有 {shapes} 个图形，超过上限 {limits.page_items}（MINGZHANG_MAX_PAGE_ITEMS），表格线未读"
        remarks += (Unread(number, "表格线", reason),)
    drawn_only, scanned = text.illegible or outlined, layer and bool(text.lines)
    return Sheet(number, width, height, text.lines, rules, images, drawn_only, covered, scanned, remarks, resolution)


def _about(text: glyphs.Text, layer: bool, outlined: bool) -> Iterator[tuple[str, str]]:
    """What is to be said of a page's text: (what, why)."""
    if text.illegible:
        yield "整页", f"本页字体没有文字编码（{text.unmapped} 个字符），读不出来"
    elif text.unmapped:
        yield "部分文字", f"有 {text.unmapped} 个字符没有文字编码，读不出来"
    if outlined:
        yield "整页", "本页没有文字层，文字是画出来的图形，未读"
    if layer and text.lines:
        yield "整页", "本页是扫描图片，文字来自文件自带的识别结果，可能有错字"
    if text.slanted:
        yield "部分文字", f"有 {text.slanted} 个字符不是横排，未读"
    if text.hidden:
        yield "部分文字", f"有 {text.hidden} 个字符在页面上看不见（隐形、白色、极小或在页外），不作为内容"


def _picture(page: "pymupdf.Page") -> tuple[float, float]:
    """Share of the page that its largest picture covers, and that picture's resolution in dots an inch."""
    whole = page.rect
    largest, resolution = 0.0, 0.0
    for info in page.get_image_info():
        part = pymupdf.Rect(info["bbox"])
        area = float((part * page.rotation_matrix & whole).get_area())
        if area > largest:
            largest, resolution = area, 72 * (info["width"] * info["height"] / max(float(part.get_area()), 1.0)) ** 0.5
    return largest / max(float(whole.get_area()), 1.0), resolution


def _coloured(page: "pymupdf.Page", drawn: Sequence[dict[str, Any]], turn: glyphs.Turn | None) -> list[Box]:
    """Areas on which white text is seen: coloured fills and pictures."""
    return [*drawings.coloured(drawn, turn), *(glyphs.turned(info["bbox"], turn) for info in page.get_image_info())]
