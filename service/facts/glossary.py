"""The glossary (名词解释) → its terms: what stands before the colon or 「是指」, and the definition as printed."""

import re
from collections.abc import Iterator

from service.records import Document, Paragraph, Term
from service.text import normal, normalised

_SECTION = re.compile(r"名词(?:术语)?(?:解释|说明)|术语解释")
_ENTRY = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)](?!\d)|[①-⑳]|[-·*])*"
    r"(?P<term>[^。;:,]{2,60}?)(?P<mark>,(?=是指)|[:]|(?:主要)?是指(?=.)|(?<![所特专])指(?=.)|\(项\)(?=反映))[:]?"
)
_DEFINES = re.compile(r"(?:主要)?(?:是指|指|即|反映|包括|用于)")
_NO_TERM = re.compile(r"附件|附表|备?注|说明")
_LONGEST_TERM = 40
_LONGEST_TITLE = 30


def read(document: Document) -> tuple[Term, ...]:
    """The terms that a document explains, in its order; a paragraph that begins no term goes on with the one before.

    Args:
        document: as read.
    """
    entries: list[list[tuple[Paragraph, int, int, int]]] = []
    follows = False
    for paragraph in document.paragraphs:
        if _is_title(paragraph):
            follows = True
            continue
        inside = any(_SECTION.search(normal(heading)) for heading in paragraph.section)
        if not inside and not follows:
            continue
        found = list(_entries(paragraph))
        # A heading that was not known as one is followed by its terms all the same.
        follows = inside or (follows and bool(found) and bool(_DEFINES.match(normal(paragraph.text[found[0][2] :]))))
        if not follows:
            continue
        entries.extend([entry] for entry in found)
        if not found and entries and not paragraph.heading:
            entries[-1].append((paragraph, 0, 0, len(paragraph.text)))
    return tuple(_term(entry) for entry in entries)


def _is_title(paragraph: Paragraph) -> bool:
    """The glossary's own heading, or a page's head."""
    return len(paragraph.text) < _LONGEST_TITLE and bool(_SECTION.search(normal(paragraph.text)))


def _entries(paragraph: Paragraph) -> Iterator[tuple[Paragraph, int, int, int]]:
    """(paragraph, where the term begins, where its definition does, where it ends) by the printed text."""
    form = normalised(paragraph.text)
    match = _ENTRY.match(form.text)
    if match is None or match.end() >= len(form.text) or _NO_TERM.fullmatch(match["term"]):
        return
    begin = form.at[match.start("term")]
    end = form.at[match.end("term") - 1] + 1
    mark = match.end("mark") if match["mark"] in ":," else match.start("mark")
    if end - begin <= _LONGEST_TERM and not paragraph.heading:
        yield paragraph, begin, form.at[mark], len(paragraph.text)


def _term(entry: list[tuple[Paragraph, int, int, int]]) -> Term:
    paragraph, begin, definition, end = entry[0]
    form = normalised(paragraph.text[begin:definition])
    name = re.sub(r"[:,]$", "", form.text)
    printed = paragraph.text[begin : begin + (form.at[len(name) - 1] + 1 if name else 0)]
    last = end
    page = paragraph.page_at(begin)
    while last > begin + 1 and paragraph.page_at(last - 1) != page:
        last -= 1
    text = "".join(p.text[d:e] for p, _, d, e in entry)
    return Term(printed, text, paragraph.place(begin, last), paragraph.section[-1] if paragraph.section else "")
