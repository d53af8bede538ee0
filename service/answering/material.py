"""What answers are made from: the chosen documents' facts, reasons, passages and findings, and the evidence book over them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from service.answering.draft import Evidence
from service.answering.remembered import remembered
from service.records import Box, DocumentInfo, Fact, Finding, Hit, Indicator, Passage, Place, Reason, Table
from service.search.likeness import Likeness
from service.text import find, normal

WIDEST = 420
"""Longest quote (characters) that is made by joining the quotes of one passage."""
NEIGHBOURS = 3
"""So many following passages may be joined into one quote."""
NAME_BEFORE = 80
"""An item's name stands at most so many characters before its figures."""
_STOPS = "。"


class Material(Protocol):
    """Where answers come from; the pipeline's session is one."""

    def documents(self) -> Sequence[DocumentInfo]:
        """The library's documents."""
        ...

    def facts(self, doc: str) -> Sequence[Fact]:
        """Facts of a document."""
        ...

    def reasons(self, doc: str) -> Sequence[Reason]:
        """Reasons of a document."""
        ...

    def indicators(self, doc: str) -> Sequence[Indicator]:
        """The indicators of a document's performance forms."""
        ...

    def passages(self, doc: str) -> Sequence[Passage]:
        """Passages of a document in reading order."""
        ...

    def tables(self, doc: str) -> Sequence[Table]:
        """Tables of a document in reading order."""
        ...

    def findings(self, doc: str) -> Sequence[Finding]:
        """The checker's findings on a document."""
        ...

    def is_recognised(self, doc: str, page: int) -> bool:
        """Whether a page (from 1) of a document was recognised from its picture."""
        ...

    def find(self, question: str, docs: Sequence[str], k: int) -> Sequence[Hit]:
        """The k passages of those documents nearest to the question."""
        ...

    def likeness(self, question: str) -> Likeness:
        """How near each document is to the question."""
        ...


class EvidenceBook:
    """Evidence under labels E1, E2, … in the order in which it is first cited; the same place has one label."""

    def __init__(self) -> None:
        self._by_place: dict[tuple[str, int, str], str] = {}
        self.items: dict[str, Evidence] = {}

    def cite(
        self,
        info: DocumentInfo,
        section: str,
        place: Place,
        *,
        facts: Sequence[Fact] = (),
        items: Sequence[str] = (),
        head: str = "",
    ) -> str:
        """The label of a place of a document, new or known; what is known of the place is gathered."""
        where = (info.doc, place.page, place.quote)
        label = self._by_place.setdefault(where, f"E{len(self.items) + 1}")
        known = self.items.get(label) or Evidence(label, info.doc, section, place, None, info.year, (), "", info.org)
        self.items[label] = replace(
            known,
            facts=tuple(dict.fromkeys((*known.facts, *facts))),
            items=tuple(dict.fromkeys((*known.items, *items))),
            head=max(known.head, head, key=len),
        )
        return label

    def measure(self, label: str, unit: str | None) -> str:
        """The same label, once it is known in which unit its quote prints figures without one."""
        self.items[label] = replace(self.items[label], unit=self.items[label].unit or unit)
        return label


def part(passage: Passage, start: int, end: int) -> list[Place]:
    """Where characters start to end (exclusive) of a passage's quote are printed: one place a page.

    A line's box is cut in proportion to the characters taken, since passages keep boxes by line.
    """
    places: list[Place] = []
    boxes: list[Box] = []
    texts: list[str] = []
    page, at = 0, 0
    for number, text, box in passage.lines:
        first, last = max(start, at), min(end, at + len(text))
        if first < last:
            if texts and number != page:
                places.append(Place(page, "".join(texts), tuple(boxes)))
                boxes, texts = [], []
            page = number
            width = (box[2] - box[0]) / max(1, len(text))
            boxes.append((box[0] + width * (first - at), box[1], box[0] + width * (last - at), box[3]))
            texts.append(passage.quote[first:last])
        at += len(text)
    if texts:
        places.append(Place(page, "".join(texts), tuple(boxes)))
    return places


def within(facts: Sequence[Fact], place: Place) -> list[Fact]:
    """The facts of the prose that a quote holds."""
    form = normal(place.quote)
    told = _told(facts)
    near = (f for page in (place.page - 1, place.page, place.page + 1) for f in told.get(page, ()))
    return [f for f in near if normal(f.place.quote) in form]


@remembered
def rows(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """The facts of a document's table rows, by the row as printed."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.source == "table":
            found.setdefault(fact.place.quote, []).append(fact)
    return found


@remembered
def _told(facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    """The facts of a document's prose, by page."""
    found: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.source == "text":
            found.setdefault(fact.place.page, []).append(fact)
    return found


def widened(passages: Sequence[Passage], quotes: Sequence[Place], name: str = "") -> list[Place]:
    """One place that holds several quotes of one passage with the sentence around them; else the quotes themselves.

    Args:
        passages: of the document.
        quotes: what must be in it.
        name: an item's name; the quote begins with it where it stands shortly before.
    """
    near = list(_prose(passages, {q.page for q in quotes}))
    for passage in (*near, *_neighbours(near)):
        ranges = [find(q.quote, passage.quote) for q in quotes]
        if all(ranges):
            start = min(r[0] for r in ranges if r)
            end = max(r[1] for r in ranges if r)
            if end - start <= WIDEST:
                return part(passage, *_sentences(passage.quote, start, end, name))
    return list(dict.fromkeys(quotes))


def _neighbours(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Passages of one section that follow one another, as one passage."""
    for i, first in enumerate(passages):
        quote, lines = first.quote, first.lines
        for following in passages[i + 1 : i + 1 + NEIGHBOURS]:
            if following.section != first.section:
                break
            quote, lines = quote + following.quote, lines + following.lines
            yield replace(first, quote=quote, lines=lines)


def _sentences(text: str, start: int, end: int, name: str) -> tuple[int, int]:
    """The range widened to whole sentences and to the item's name before it, as far as the longest quote allows."""
    first = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    named = text.rfind(name, max(0, start - NAME_BEFORE), start) if name else -1
    if 0 <= named < first:
        first = max(text.rfind(stop, 0, named) for stop in _STOPS) + 1
    last = min((at for stop in _STOPS if (at := text.find(stop, max(start, end - 1))) >= 0), default=len(text) - 1) + 1
    if end - first <= WIDEST:
        start = first
    return (start, last) if last - start <= WIDEST else (start, end)


def _prose(passages: Sequence[Passage], pages: set[int]) -> Iterator[Passage]:
    by_page = _pages(passages)
    for at in sorted({at for page in pages for at in by_page.get(page, ())}):
        yield passages[at]


@remembered
def _pages(passages: Sequence[Passage]) -> dict[int, list[int]]:
    """Where a document's passages of prose are, by the pages that they are printed on."""
    found: dict[int, list[int]] = {}
    for at, passage in enumerate(passages):
        for page in {number for number, _, _ in passage.lines} if passage.kind == "prose" else ():
            found.setdefault(page, []).append(at)
    return found
