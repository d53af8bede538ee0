"""The first bytes of a file → what it is, so that only PDFs are given to the PDF reader and the user hears what the others are."""

from pathlib import Path

from service.errors import EmptyFileError, InputError, NotAPdfError, NotFoundError, TooLargeError

HEAD = 1024
"""A PDF says so within its first bytes (PDF 1.7, appendix H.3)."""

_KINDS = (
    (b"PK\x03\x04", "Word、Excel 或压缩文件", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件", "an old Word or Excel file"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"BM", "图片", "a picture"),
    (b"II*\x00", "图片", "a picture"),
    (b"MM\x00*", "图片", "a picture"),
    (b"RIFF", "图片", "a picture"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"%!PS", "PostScript 文件", "a PostScript file"),
    (b"Rar!", "压缩文件", "an archive"),
    (b"7z\xbc\xaf", "压缩文件", "an archive"),
    (b"\x1f\x8b", "压缩文件", "an archive"),
)


def size(path: Path, max_mb: int) -> int:
    """The file's size in bytes.

    Raises:
        NotFoundError: no such file.
        InputError: it may not be read.
        EmptyFileError: zero bytes.
        TooLargeError: over the limit (MiB).
    """
    try:
        if not path.is_file():
            raise NotFoundError(f"{path}：没有这个文件", f"{path}: no such file")
        length = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise unreadable(path) from error
    if length == 0:
        raise EmptyFileError(f"{path.name}：文件是空的（0 字节）", f"{path.name}: the file is empty (0 bytes)")
    if length > max_mb * 1024 * 1024:
        raise TooLargeError(
            f"{path.name}：文件超过上限 {max_mb} MiB（MINGZHANG_MAX_FILE_MB）",
            f"{path.name}: the file is over the limit of {max_mb} MiB (MINGZHANG_MAX_FILE_MB)",
        )
    return length


def unreadable(path: Path) -> InputError:
    """The error for a file that the system does not let us read."""
    return InputError(f"{path.name}：打不开，请检查权限", f"{path.name}: cannot be opened; check its permissions")


def is_pdf(data: bytes) -> bool:
    """Whether a file that begins with `data` says that it is a PDF."""
    return b"%PDF-" in data[:HEAD]


def refuse_others(path: Path) -> None:
    """Pass a PDF, and what may be a damaged one.

    Raises:
        NotAPdfError: the file is plainly something else; the message says what.
    """
    with path.open("rb") as file:
        data = file.read(HEAD)
    if is_pdf(data):
        return
    for mark, zh, en in _KINDS:
        if data.startswith(mark):
            raise NotAPdfError(f"{path.name}：不是 PDF，而是{zh}", f"{path.name}: not a PDF but {en}")
    begins = data.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")):
        raise NotAPdfError(f"{path.name}：不是 PDF，而是网页", f"{path.name}: not a PDF but a web page")
    if _is_text(data):
        raise NotAPdfError(
            f"{path.name}：不是 PDF，而是文本；请把后缀改为 .txt 再读入", f"{path.name}: not a PDF but plain text; rename it to .txt"
        )


def _is_text(data: bytes) -> bool:
    """Whether bytes without control characters read as UTF-8 or GB 18030, but for a character cut at the end."""
    if any(byte < 32 and byte not in b"\t\r\n\f" for byte in data) or b" obj" in data:
        return False
    for encoding in ("utf-8", "gb18030"):
        for end in range(len(data), max(len(data) - 4, 0), -1):
            try:
                data[:end].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
