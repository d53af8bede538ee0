"""Paragraphs → the same under their headings: 第X部分, 一、, （一）, 1., （1）; tables of contents are told from what they list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.records import Paragraph
from service.text import normal

HEADING_LENGTH = 45
"""Longest heading in characters."""

NUMERALS = "一二三四五六七八九十百"
LEVELS = (
    re.compile(rf"第[{NUMERALS}]+(?:部分|章|篇)"),
    re.compile(rf"[{NUMERALS}]+、"),
    re.compile(rf"\([{NUMERALS}]+\)"),
    re.compile(r"\d{1,2}(?:\.(?!\d)|、)"),
    re.compile(r"\(\d{1,2}\)"),
)
MARK = re.compile(rf"(?:{'|'.join(level.pattern for level in LEVELS)})")
_ANNEX = re.compile(rf"附件(?:[{NUMERALS}]+|\d{{1,2}})[.:、]?(?:20\d\d年度?)?[^\d:。;,]{{4,}}(?:报告|自评表|目标表|说明)(?:\([^)]*\))?")
"""附件2 项目支出绩效自评表: the title of an annex on a line of its own (normal form)."""
LEADER = re.compile(r"[.…·]{2,}[(\[-]*\d*[)\]-]*$|(?<![\d年])\d{1,3}$")
"""The dots and the page number that end an entry of a table of contents (normal form)."""
CONTENTS = ("目录", "目次")
_ENTRY_LENGTH = 80
"""Longest entry of a table of contents in characters."""
_NO_TITLE = re.compile(
    r"[\d\W]+|\d{4}年(?:度|\d+月(?:\d+日)?)?|(?!附).*[:：].*|.*(?:图|图\d.*)\)*|.*\d(?:万元|亿元|元|%).*|.*单位:.*|.*表(?:\(.*\))?"
)
"""Large centred lines that head nothing: dates, labels, figures' captions and numbers, tables' titles (normal form)."""


def sectioned(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, each with the path of headings above it."""
    return list(_sectioned(paragraphs))


def _level(paragraph: Paragraph) -> int | None:
    """0 for 第X部分 and titles, 1 for 一、 and 附件N, 2 for （一）, 3 for 1., 4 for （1）; None for prose."""
    text = normal(paragraph.text)
    if len(text) > HEADING_LENGTH or text[-1:] in "。;,:" or re.search(r"[。;]", text[:-1]):
        return None
    if _ANNEX.fullmatch(text):
        return 1
    for level, pattern in enumerate(LEVELS):
        if pattern.match(text):
            if level and re.search(r":.{9,}", text):
                return None  # 「七、机动经费：指…」 explains a term
            return level if level < 3 or not re.search(r"\d[\d,.]*(?:万元|元|%)", text) else None
    return 0 if paragraph.heading and not _NO_TITLE.fullmatch(text) else None


@dataclass(slots=True)
class _Contents:
    """A table of contents as far as it has been read: the page it begins on, its entries."""

    page: int
    entries: list[str]

    def takes(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is its next entry; notes it."""
        text = normal(paragraph.text)
        entry = LEADER.sub("", text)
        if not entry or len(text) > _ENTRY_LENGTH:
            return not entry
        part = LEVELS[0].match(entry)
        marked = [known for known in self.entries if MARK.match(known)]
        if any(known.startswith(part[0]) for known in marked) if part else marked[:1] == [entry]:
            return False
        if paragraph.page > self.page and (entry in self.entries or not (entry != text or MARK.match(text)) or text[-1:] in "。;"):
            return False
        self.entries.append(entry)
        return True


def _sectioned(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs with their section paths; a table of contents is a section of its own."""
    stack: dict[int, str] = {}
    contents: _Contents | None = None
    for paragraph in paragraphs:
        if normal(paragraph.text) in CONTENTS:
            contents = _Contents(paragraph.page, [])
            yield replace(paragraph, section=("目录",), heading=True)
            continue
        if contents is not None and contents.takes(paragraph):
            yield replace(paragraph, section=("目录",), heading=False)
            continue
        contents = None
        level = _level(paragraph)
        if level is not None:
            stack = {k: v for k, v in stack.items() if k < level}
            stack[level] = paragraph.text
        yield replace(paragraph, section=tuple(stack[k] for k in sorted(stack)), heading=level is not None)
