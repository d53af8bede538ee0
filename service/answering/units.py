"""A document → the stretches that an answer may quote: whole sentences of prose within their section, and rows of tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.answering import enumerating
from service.records import Passage
from service.text import normal

MOST_KEPT = 64
"""The stretches of so many documents are kept between questions."""
LONGEST = 300
"""A longer sentence (characters) is taken apart at its semicolons, too."""
_SENTENCE = re.compile(r"[^。！!？?]+[。！!？?]*")
_CLAUSE = re.compile(r"[^。！!？?；;]+[。！!？?；;]*")
_LEANING = re.compile(r"不[含包]|(?:主要)?(?:原因|用于|是因为|由于|系)|其中[:,]?|其(?![他它余次])|主要(?:是|变动)|[,;、]")
"""Begins a sentence that says nothing without the one before: they are one stretch."""
LABEL = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]+[\u4e00-\u9fff]{2,12}[。:：]")
"""A numbered name that stands before what is told of it: （八）外事科。"""
_CONTENTS = re.compile(r"\.{6,}|…{2,}|·{6,}")


@dataclass(frozen=True, slots=True)
class Unit:
    """Characters start to end (exclusive) of a passage's quote; prose passages are joined by section."""

    passage: Passage
    start: int
    end: int
    form: str
    """Normal form of what it prints."""
    head: str
    """Normal form of the headings above it; of a row: title and column headings."""
    before: str
    """Normal form of the sentence before it in the same section; of a row: nothing."""

    @property
    def text(self) -> str:
        """What it prints."""
        return self.passage.quote[self.start : self.end]

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.passage.kind != "prose"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's stretches in reading order, and the normal form of all together, one a line."""

    units: tuple[Unit, ...]
    text: str


_KEPT: dict[str, tuple[Sequence[Passage], Reading]] = {}


def of(doc: str, passages: Sequence[Passage]) -> Reading:
    """The stretches of a document; made once as long as its passages are the same object."""
    kept = _KEPT.get(doc)
    if kept is not None and kept[0] is passages:
        return kept[1]
    units = (*_prose(passages), *_rows(passages))
    made = Reading(units, "\n".join((*dict.fromkeys(u.head for u in units), *(u.form for u in units))))
    if len(_KEPT) >= MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)), None)
    _KEPT[doc] = (passages, made)
    return made


def _prose(passages: Sequence[Passage]) -> Iterator[Unit]:
    for run in enumerating.runs(passages):
        quote = run.passage.quote
        if _CONTENTS.search(quote):
            continue
        head, before, above = normal(run.passage.section), "", 0
        for start, end in _spans(quote):
            form = normal(quote[start:end])
            if not form:
                continue
            if before and (_LEANING.match(form) or LABEL.fullmatch(before)) and end - above <= LONGEST:
                yield Unit(run.passage, above, end, before + form, head, "")
            else:
                yield Unit(run.passage, start, end, form, head, before)
            before, above = form, start


def _spans(quote: str) -> Iterator[tuple[int, int]]:
    for sentence in _SENTENCE.finditer(quote):
        if sentence.end() - sentence.start() <= LONGEST:
            yield sentence.span()
        else:
            yield from (m.span() for m in _CLAUSE.finditer(quote, sentence.start(), sentence.end()))


def _rows(passages: Sequence[Passage]) -> Iterator[Unit]:
    for passage in passages:
        if passage.kind == "row":
            lines = passage.text.split("\n")
            yield Unit(passage, 0, len(passage.quote), normal(passage.quote), normal("".join((passage.section, *lines[1:]))), "")
