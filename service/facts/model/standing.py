"""Where a model's quote stands in a document, and whether the item that it names is printed there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service import statements
from service.facts.model import naming
from service.facts.model.replies import ItemReply
from service.facts.model.sources import Source
from service.statements import Rows
from service.text import find, normal, normalised

_HEAD_ROWS = 6
"""So many rows of a form may name its project."""
_TOTAL = re.compile(r"(?:本年)?(收入|支出)(合计|总计|小计)")
_MARKS = re.compile(r"[\"'《》]|\((?:类|款|项)\)|^(?:[一二三四五六七八九十]+、|\(?\d+\)|\d+[.、]|其中[:：]?)")
_COUNTED = re.compile(r"(?:[,、:]?其中:?|[,、:])(?P<part>[\u4e00-\u9fff]{2,4})(?=\d)")
_FUNCTIONAL = re.compile(r"\(项\)")
SHORTEST = 2
"""Shortest name of an item (characters)."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands: characters start to end (exclusive) of a source."""

    source: Source
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words as the document prints them."""
        return self.source.text[self.start : self.end]


def stands(item: ItemReply, sources: Sequence[Source]) -> Found | str:
    """Where the quote stands on the cited page, or why it does not."""
    wanted = normal(item.quote).replace("|", "")
    if not wanted:
        return "没有给出 quote"
    other: int | None = None
    for source in sources:
        spot = _spot(wanted, source)
        if spot is None:
            continue
        if item.page in source.pages:
            return Found(source, *spot)
        other = source.pages[0]
    if other is not None:
        return f"quote 不在第 {item.page} 页（在第 {other} 页）"
    return "quote 与原文不一致，请从原文一字不改地照抄"


def _spot(wanted: str, source: Source) -> tuple[int, int] | None:
    """Characters of the source that print the quote; bars between cells do not count, and numbers are not cut."""
    if source.table is None:
        return find(wanted, source.text)
    bare = normalised(source.text.replace("|", " "))
    at = bare.text.find(wanted)
    if at < 0 or _cuts(bare.text, at, at + len(wanted), source):
        return None
    return bare.span(at, at + len(wanted))


def _cuts(text: str, start: int, end: int, source: Source) -> bool:
    """Whether a quote of a row begins or ends inside a cell's number."""
    edges = {0}
    for cell in source.text.split("|"):
        edges.add(max(edges) + len(normal(cell)))
    inside = [at for at in (start, end) if at not in edges]
    return any(0 < at < len(text) and text[at - 1] in "0123456789.," and text[at] in "0123456789.," for at in inside)


def unlabelled(item: ItemReply, found: Found) -> str | None:
    """What speaks against the quote being about the item, or None: its name stands in it, before it, above it or in its heading."""
    name = key(item.item)
    if len(name) < SHORTEST or not any(c.isalpha() for c in name):
        return "item 不是一个名称"
    source = found.source
    if naming.is_label(re.sub(r"\(.*\)$", "", name)) and source.project:
        return f"「{item.item}」只说这个数是什么，item 写这张表的项目「{source.project}」"
    around = source.text[: found.end] if source.table is None else source.text
    # What names its own functional item is not about what the paragraph before it ends with.
    before = "" if source.table is None and _FUNCTIONAL.search(normal(around)) else source.before
    near = [key(text) for text in (around, source.heading, before, *([] if source.is_indicator else (source.project, *_form(source))))]
    told = [naming.forms(text) for text in near]
    named = all(any(naming.tells(text, part) for text in (told[:1] if is_total else told)) for part, is_total in _parts(item.item))
    if (total := _TOTAL.fullmatch(name)) is not None and source.table is not None and _is_of_other_way(total[1], source):
        return f"「{source.where}」的合计不是「{item.item}」"
    if not named and part_of(name, near[0]) is None and not naming.is_headed(name, near[0], (near[1], *near[:1])):
        return f"「{item.item}」不在这段原文、它的表头或章节标题里，item 要照原文写"
    if item.code and normal(item.code) not in normal(around) and normal(item.code) not in normal(source.heading):
        return f"编码 {item.code} 不在原文里，没有印编码的写空"
    return None


def _is_of_other_way(way: str, source: Source) -> bool:
    """Whether a row stands under a table's title and columns that speak of 收入 only and not of 支出, or the reverse."""
    other = {"收入": "支出", "支出": "收入"}[way]
    around = normal(source.heading + source.text)
    return other in around and way not in around


def part_of(name: str, text: str) -> str | None:
    """The part that a full name is of, where prose counts it under its whole: 行政 of 实有行政人员 in 「实有人员9人,其中行政7人」."""
    for found in _COUNTED.finditer(text):
        part = found["part"]
        before = text.rfind("其中", 0, found.start("part") + 1)
        sentence = text.rfind("。", 0, found.start()) + 1
        if before >= sentence and part in name and (whole := name.replace(part, "", 1)) and whole in text[sentence:before]:
            return part
    return None


def _form(source: Source) -> list[str]:
    """The rows of a form, whose head names what all its rows are about."""
    statement = statements.get(source.table.statement) if source.table else None
    if source.table is None or (statement is not None and statement.rows is not Rows.FORM):
        return []
    return [text for row in range(min(_HEAD_ROWS, len(source.table.rows))) if "名称" in (text := source.table.quote(row))]


def _parts(name: str) -> list[tuple[str, bool]]:
    """A name's parts, each of which is printed: 「甲项目（当年财政拨款）」; and whether it is a total, 「支出合计」 for a row 「合计」."""
    parts = [part for part in re.split(r"[()（）:：]", key(name)) if part]
    return [(total[2], True) if (total := _TOTAL.fullmatch(part)) else (part, False) for part in parts]


def key(name: str) -> str:
    """A name for comparing: without quotation marks, list numbers and 类、款、项."""
    return _MARKS.sub("", normal(name))
