"""E3: the items (类款项) of a section against the totals that the section states."""

import re
from collections.abc import Iterator

from service import amounts
from service.checks import covered, forms, intervals
from service.checks.book import Book
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.registry import rule
from service.checks.sentences import Mark, Role, Sentence
from service.checks.statements import Listed, summed, under
from service.records import Kind, Quantity, Severity

_ITEM_NAME = re.compile(r"\(项\)|\"科目$")


@rule("E3")
def items(book: Book) -> Iterator[Outcome]:
    """Σ 决算 of the items (类款项) = the section's 决算, and Σ 年初预算 = its 年初预算.

    Source: CHECKS.md E3. That all items are there is witnessed by the other column: when neither adds up, the list is
    taken as incomplete and nothing is said.
    """
    for n, sentence in enumerate(book.sentences):
        finals, initials = sentence.of(Role.FINAL), sentence.of(Role.INITIAL, Role.FULL)
        if len(finals) != 1 or not initials or _is_item(book, n):
            continue
        members = _items_after(book, n)
        if len(members) < 2:
            continue
        columns = [_column(sentence, finals[0], members)] + [_column(sentence, head, members) for head in initials]
        mixed = _mixed(book, sentence, members)
        if mixed is not None:
            yield mixed
        whole = [c for c in columns if c is not None]
        results = [intervals.total(c.head.printed.value, [m.printed.value for m in c.parts], book.places) for c in whole]
        if all(r.fit is Fit.OFF for r in results):
            yield unchecked(f"第{sentence.place.page}页：各项合计与总数均不符，无法确定各项是否列全")
            continue
        for column in whole:
            yield summed(book, column)
    yield from _budget_items(book)
    yield from covered.projects(book, forms.lines(book))


def _mixed(book: Book, sentence: Sentence, members: list[Sentence]) -> Outcome | None:
    """A section that states 年初预算 and items that state 全年预算: their sums differ in kind, which a reader must know."""
    heads, full = sentence.of(Role.INITIAL), [m for s in members for m in s.of(Role.FULL)[:1]]
    if len(heads) != 1 or sentence.of(Role.FULL) or len(full) != len(members):
        return None
    head, figures = heads[0].printed, [m.printed for m in full]
    result = intervals.total(head.value, [f.value for f in figures], book.places)
    if result.fit is not Fit.OFF:
        return passed(head, *figures)
    computed = amounts.plain(result.computed)
    terms = " + ".join(f"{f.text}{f.unit}" for f in figures)
    explain = f"各项「全年预算」{terms} = {computed} 万元，总数写「年初预算」{head.text} 万元，两处所用的预算口径不同"
    stated, expected = Quantity(head.text, head.unit), Quantity(computed, head.unit)
    return raised(Issue("sum", Severity.SUSPICIOUS, stated, expected, sentence.where, sentence.place, (head, *figures), explain))


def _budget_items(book: Book) -> Iterator[Outcome]:
    """A budget's list of items: their sum is one of the totals stated before them. No total, no judgement: the list may be a part."""
    sections: dict[tuple[str, ...], list[tuple[Sentence, Mark]]] = {}
    for sentence in book.sentences:
        for mark in sentence.of(Role.HEAD):
            sections.setdefault(sentence.paragraph.section, []).append((sentence, mark))
    for marks in sections.values():
        named = [n for n, (_, m) in enumerate(marks) if _ITEM_NAME.search(m.words)]
        if book.document.kind is not Kind.BUDGET or len(named) < 3:
            continue
        figures = tuple(marks[n][1] for n in named)
        results = [(s, m, intervals.total(m.printed.value, [f.printed.value for f in figures], book.places)) for s, m in marks[: named[0]]]
        whole = next((r for fit in (Fit.EXACT, Fit.TAIL) for r in results if r[2].fit is fit and r[1].printed.value != 0), None)
        if whole is None:
            yield unchecked(f"第{marks[named[0]][0].place.page}页：各项合计与前文的总数均不符，无法确定各项是否列全")
        else:
            yield summed(book, Listed(whole[0], whole[1], figures))


def _is_item(book: Book, n: int) -> bool:
    """Whether a sentence speaks of one 类款项 item: its words, or those shortly before in its paragraph, name a 项."""
    sentence = book.sentences[n]
    return "项）" in sentence.paragraph.text[: sentence.end] or "项)" in sentence.paragraph.text[: sentence.end]


def _items_after(book: Book, n: int) -> list[Sentence]:
    """The item sentences of a section after its head."""
    here, found = book.sentences[n], []
    for at in range(n + 1, len(book.sentences)):
        sentence = book.sentences[at]
        if sentence.paragraph.section != here.paragraph.section and not under(sentence, here):
            break
        if len(sentence.of(Role.FINAL)) == 1 and _is_item(book, at):
            found.append(sentence)
    return found


def _column(sentence: Sentence, head: Mark, members: list[Sentence]) -> Listed | None:
    """The items' figures of the head's role; None when an item does not print it."""
    found = [m for s in members for m in s.of(head.role)[:1]]
    return Listed(sentence, head, tuple(found)) if len(found) == len(members) else None
