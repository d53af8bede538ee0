"""A plain text file → `Document`, one paragraph a line; form feeds part pages. It has no tables and no pictures."""

from pathlib import Path

from service.errors import EmptyFileError, NotAPdfError, NotFoundError, TooLargeError
from service.reading import digest, identity, prose, sections
from service.records import Document, Line, Page, Paragraph
from service.settings import Settings

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in order: UTF-8, and what older Chinese software writes."""
SUFFIXES = (".txt", ".md", ".text")
ADVANCE, LEADING, EDGE = 12.0, 18.0, 72.0
"""Widths and heights (points) of the page that such a text would fill: its boxes are nominal."""


def read(path: Path, settings: Settings, doc: str | None = None) -> Document:
    """Read a text file.

    Args:
        path: the file.
        settings: limits.
        doc: its name; default: the file's stem.

    Raises:
        NotFoundError: no such file.
        EmptyFileError: nothing but white space.
        TooLargeError: over the limit.
        NotAPdfError: neither UTF-8 nor GB 18030, or with control characters: not a text.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}：没有这个文件", f"{path}: no such file")
    if path.stat().st_size > settings.max_file_mb * 1024 * 1024:
        raise TooLargeError(
            f"{path.name}：文件超过上限 {settings.max_file_mb} MiB", f"{path.name}: over the limit of {settings.max_file_mb} MiB"
        )
    data = path.read_bytes()
    text = _decoded(path, data)
    if not text.strip():
        raise EmptyFileError(f"{path.name}：文件是空的", f"{path.name}: the file is empty")
    pages = [_page(number, part) for number, part in enumerate(text.split("\f"), 1)]
    lines = [line for page in pages for line in page.lines]
    paragraphs = sections.sectioned([_paragraph(line) for line in lines])
    who = identity.read(paragraphs, (), [line.text for line in lines[:200]], path.stem)
    return Document(
        doc or path.stem, who.title, who.org, who.year, who.kind, who.level, digest.of(path), tuple(pages), tuple(paragraphs), ()
    )


def _decoded(path: Path, data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(c < " " and c not in "\t\n\r\f\v" for c in text[:10_000]):
            return text
    raise NotAPdfError(f"{path.name}：不是可读的文本文件", f"{path.name}: not a readable text file")


def _page(number: int, text: str) -> Page:
    lines = []
    for row, content in enumerate(line.strip() for line in text.splitlines()):
        if content:
            top = EDGE + row * LEADING
            xs = tuple(EDGE + ADVANCE * i for i in range(len(content) + 1))
            lines.append(Line(number, content, (xs[0], top, xs[-1], top + ADVANCE), xs, ADVANCE))
    height = 2 * EDGE + LEADING * (text.count("\n") + 1)
    return Page(number, max((line.box[2] for line in lines), default=0.0) + EDGE, height, tuple(lines), "text" if lines else "blank")


def _paragraph(line: Line) -> Paragraph:
    text, at = prose.tidy(line.text)
    return Paragraph(text, (line,), tuple((0, i) for i in at))
