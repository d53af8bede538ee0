"""Where a figure of the prose is quoted: the shortest stretch with its item and itself."""

import re

from service.amounts import YUAN, Amount
from service.facts.measures import Measured
from service.facts.sections import Subject
from service.facts.wording import Wording
from service.records import Paragraph, Place

LONGEST = 260
"""Characters of a quote; where the item is named farther away, the quote is the figure's own sentence."""

_SAID = re.compile(r"[\u4e00-\u9fff]{2}|占")
_SAID_OF_A_COUNT = re.compile(r"[\u4e00-\u9fff]")
"""The unit of a count (人次, 辆) says what is counted too."""
_CLAUSE_AFTER = re.compile(r",[^,。;:\d]{4,40}(?=[,。;:]|$)")
_SHARE_AFTER = re.compile(r",(?:占|完成)[^,。;:]{2,30}?[\d.]+%")
_WORDS = re.compile(r"[^\d.,%]")
_COMPARED = re.compile(r"(?:与|比|较|同)(?:上|去|20\d\d)")


def place(wording: Wording, figure: Amount, subject: Subject, measured: Measured) -> Place | None:
    """The stretch on the figure's page; over a page break, when no words of it stand there, from the page before.

    None when a word is cut by the break: what a page prints at its foot would stand inside the quote.

    Args:
        wording: the paragraph.
        figure: offsets by its normal form.
        subject: what the figure is about.
        measured: what it measures.
    """
    begin, end = wording.form.span(_start(wording, figure, subject, measured), figure.end)
    if subject.at == figure.start:
        end = wording.form.span(figure.start, figure.end + len(subject.name))[1]
    if is_sets(wording, figure):
        end = wording.form.span(figure.end, figure.end + 3)[1]
    paragraph, at = wording.paragraph, wording.form.at[figure.start]
    page, spread = paragraph.page_at(at), (begin, end)
    if paragraph.page_at(begin) != page:
        begin = _first_on(wording, page, begin, at)
    while paragraph.page_at(end - 1) != page:
        end -= 1
    said = _SAID if figure.unit in (*YUAN, "%") else _SAID_OF_A_COUNT
    if said.search(paragraph.text[begin:at]) or subject.at == figure.start:
        return paragraph.place(begin, end)
    # A page break cut the words off; the clause after the figure may say them again.
    said_again = _to_clause(wording, figure, begin, _CLAUSE_AFTER)
    if said_again is None and _parts_at_break(paragraph, spread, page):
        return paragraph.place(*spread)
    return said_again or _to_clause(wording, figure, begin, _SHARE_AFTER)


def _to_clause(wording: Wording, figure: Amount, begin: int, after: re.Pattern[str]) -> Place | None:
    """The stretch from `begin` to the end of the clause after the figure; None where that is another or goes on overleaf."""
    clause = after.match(wording.form.text, figure.end)
    if clause is None:
        return None
    end = wording.form.span(figure.end, clause.end())[1]
    paragraph = wording.paragraph
    same = paragraph.page_at(end - 1) == paragraph.page_at(begin)
    return paragraph.place(begin, end) if same else None


def _parts_at_break(paragraph: Paragraph, spread: tuple[int, int], page: int) -> bool:
    """Whether the page break stands beside a figure or a mark."""
    text = paragraph.text
    cut = next(n for n in range(*spread) if paragraph.page_at(n) == page)
    return cut == spread[0] or not (_WORDS.fullmatch(text[cut - 1]) and _WORDS.fullmatch(text[cut]))


def is_sets(wording: Wording, figure: Amount) -> bool:
    """Whether things are counted in 台（套）."""
    return figure.unit == "台" and wording.form.text[figure.end :].startswith("(套)")


def _start(wording: Wording, figure: Amount, subject: Subject, measured: Measured) -> int:
    """Where the quote begins, in the normal form."""
    sentence = wording.sentence(figure.start)
    start = sentence if subject.at is None or subject.at > figure.start else subject.at
    if measured.measure in ("增减额", "增减率", "上年数"):
        compared = [m.start() for m in _COMPARED.finditer(wording.form.text[sentence : figure.start])]
        start = min(start, sentence + compared[-1]) if compared else start
    if figure.end - start > LONGEST:
        near = max(wording.form.text.rfind(c, 0, figure.start) for c in "。;,") + 1
        start = sentence if figure.end - sentence <= LONGEST else near
    return start


def _first_on(wording: Wording, page: int, begin: int, figure: int) -> int:
    """The first character on `page`, or the clause that begins shortly after it."""
    while wording.paragraph.page_at(begin) != page:
        begin += 1
    cut = re.match(r"[^，。；,;]{0,4}[，。；,;](?!\d)", wording.paragraph.text[begin:figure])
    return begin + cut.end() if cut else begin
