"""The purchases of a procurement table: under which of its sections each stands, and that they add up to what it prints."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.amounts import YUAN, cell
from service.answering import choosing
from service.answering.choosing import Group
from service.answering.matching import key
from service.records import DocumentInfo, Fact
from service.text import normal

_SECTIONS = re.compile(r"货物|工程|服务")
_ROWS = re.compile(
    r"采购(?:的)?(?:项目|品目|清单|明细)|最贵|采购(?:货物|工程|服务)[^,。]{0,6}(?:项|什么|哪)|"
    r"(?:货物|工程|服务)(?:类)?采购[^,。]{0,8}(?:项|什么)"
)
_OTHER = re.compile(r"中小|小微|预留")
_HEAD = re.compile(r"(?:政府采购)?(货物|工程|服务)(?:类)?[A-C]?(?:采购|支出|预算|合计|小计)*")
_TOTAL = re.compile(r"(?:合计|总计)$")


@dataclass(frozen=True, slots=True)
class Purchases:
    """The purchases asked about: all of them, or those of one section."""

    name: str
    section: str | None

    def lists(self, info: DocumentInfo, facts: Sequence[Fact]) -> list[list[Group]]:
        """The purchases of each table whose figures add up to its total, if it has one; none where they do not."""
        own = [f for f in facts if f.part == "procurement" and f.source == "table" and f.unit in YUAN and choosing.is_whole(f)]
        found = []
        for where in dict.fromkeys(f.where for f in own):
            rows = [f for f in own if f.where == where]
            bought = list(_by_heads(rows) if any(_head(f) for f in rows) else _by_cells(rows))
            groups = [Group(info, item, (fact,), 0.0, under) for section, under, item, fact in bought if self.section in (None, section)]
            if groups:
                found.append(groups)
        return found


def asked(text: str) -> Purchases | None:
    """The purchases that a question ranks; None where it is about the sums of the sections, or about no purchases."""
    sections = set(_SECTIONS.findall(text))
    if "采购" not in text or _OTHER.search(text) or len(sections) > 1 or not _ROWS.search(text):
        return None
    section = next(iter(sections), None)
    return Purchases(f"政府采购{section or '项目'}", section)


_Bought = tuple[str | None, str, str, Fact]
"""Section, what it is bought for, its name and its figure."""


def _by_heads(rows: Sequence[Fact]) -> Iterator[_Bought]:
    """Of a table with a row for each section: the innermost rows, where they (or all rows) add up to the section's."""
    starts = [i for i, f in enumerate(rows) if _head(f)]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        inside = [f for f in rows[start + 1 : end] if not _TOTAL.search(key(f.item))]
        section, total = _head(rows[start]), rows[start].value
        flat = [(section, "", f.item, f) for f in inside]
        nested = [(section, under, f.item, f) for under, f in _innermost(inside)]
        yield from next((made for made in (flat, nested) if sum((b[3].value for b in made), Decimal(0)) == total), [])


def _innermost(rows: Sequence[Fact]) -> Iterator[tuple[str, Fact]]:
    """Rows under one that the rows after it add up to, with its name; a row without any is one itself."""
    at = 0
    while at < len(rows):
        inside: list[Fact] = []
        while at + 1 + len(inside) < len(rows) and sum((f.value for f in inside), Decimal(0)) < rows[at].value:
            inside.append(rows[at + 1 + len(inside)])
        if inside and sum((f.value for f in inside), Decimal(0)) == rows[at].value:
            yield from ((rows[at].item, f) for f in inside)
            at += 1 + len(inside)
        else:
            yield "", rows[at]
            at += 1


def _by_cells(rows: Sequence[Fact]) -> list[_Bought]:
    """Of a table whose rows name their section in a cell, where they add up to the total, if there is one."""
    inside = [f for f in rows if not _TOTAL.search(key(f.item))]
    totals = [f.value for f in rows if _TOTAL.search(key(f.item))]
    if not inside or (totals and sum((f.value for f in inside), Decimal(0)) != totals[-1]):
        return []
    return [(_section(f), *_named(f), f) for f in inside]


def _named(fact: Fact) -> tuple[str, str]:
    """What a row is bought for, and what it buys: the words behind the section's cell, if any."""
    cells = [c.strip() for c in fact.place.quote.split("|")]
    at = next((i for i, text in enumerate(cells) if _HEAD.fullmatch(normal(text))), len(cells))
    behind = next((text for text in cells[at + 1 :] if text and cell(text) is None), None)
    return ("", fact.item) if behind is None or key(behind) == key(fact.item) else (fact.item, behind)


def _section(fact: Fact) -> str | None:
    return next((m[1] for text in fact.place.quote.split("|") if (m := _HEAD.fullmatch(normal(text.strip())))), None)


def _head(fact: Fact) -> str | None:
    found = _HEAD.fullmatch(key(fact.item))
    return found[1] if found is not None else None
