"""F2: the shares of one list make 100 % as far as their printed decimals allow."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from service import amounts
from service.checks import intervals
from service.checks.book import Book
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed
from service.checks.registry import rule
from service.checks.sentences import CURRENT, Mark, Role, Sentence
from service.records import Quantity, Severity

_OF_TOTAL = re.compile(
    r"占(?:比|比例|比重)?(?:的比[例重])?(?:(?:本年|当年|总|全部|部门|单位)*(?:收入|支出|预算|决算)*(?:合计|总计|总额|数)?的?(?:比例|比重)?)(?:为|约|达)?$"
)
_LEAST = 2
_TWO = Decimal(2)


@rule("F2")
def shares(book: Book) -> Iterator[Outcome]:
    """Σ shares of a list whose amounts make its head = 100 %, slack Σ u_i / 2; twice that is explained by cut-off or raised shares.

    Source: CHECKS.md F2. That the list is complete is proved by its amounts: Σ parts = head within their envelope.
    """
    for n, sentence in enumerate(book.sentences):
        if _paired(sentence) and _run(book, n)[0] == n and not any(m.opens for m in sentence.of(*CURRENT)) and implied_head(book, n):
            yield _summed(sentence, [share.printed for _, share in _run(book, n)[1]])
        for head in sentence.of(*CURRENT):
            if not head.opens:
                continue
            pairs = _pairs(book, n, head)
            if len(pairs) < _LEAST:
                continue
            parts = [part.printed for part, _ in pairs]
            if any(p.unit != head.printed.unit for p in parts):
                continue
            if intervals.total(head.printed.value, [p.value for p in parts], book.places).fit is Fit.OFF:
                yield unchecked(f"第{sentence.place.page}页：各项金额之和与总数不符，无法确定占比是否列全")
            else:
                yield _summed(sentence, [share.printed for _, share in pairs])


def implied_head(book: Book, n: int) -> Mark | None:
    """The total of a list of shares that prints none: the nearest amount before it that its parts make exactly.

    Args:
        book: the document.
        n: index of the sentence that prints the share.
    """
    first, pairs = _run(book, n)
    if len(pairs) < _LEAST:
        return None
    unit = pairs[0][0].printed.unit
    total = sum((a.printed.value for a, _ in pairs), Decimal(0))
    for sentence in reversed(book.sentences[:first]):
        for mark in reversed(sentence.of(*CURRENT)):
            if mark.printed.unit == unit and mark.printed.value == total != 0:
                return mark
    return None


def _run(book: Book, n: int) -> tuple[int, list[tuple[Mark, Mark]]]:
    """(index of its first sentence, its pairs) of the run of sentences around `n` that print an amount and its share each."""
    section = book.sentences[n].paragraph.section
    first = last = n
    while first > 0 and book.sentences[first - 1].paragraph.section == section and _paired(book.sentences[first - 1]):
        first -= 1
    while last + 1 < len(book.sentences) and book.sentences[last + 1].paragraph.section == section and _paired(book.sentences[last + 1]):
        last += 1
    return first, [pair for sentence in book.sentences[first : last + 1] for pair in _paired(sentence)]


def _paired(sentence: Sentence) -> list[tuple[Mark, Mark]]:
    """(amount, share) side by side in one sentence."""
    return [(a, b) for a, b in pairwise(sentence.marks) if a.role in CURRENT and b.role is Role.SHARE and _OF_TOTAL.search(b.words)]


def _pairs(book: Book, n: int, head: Mark) -> list[tuple[Mark, Mark]]:
    """(amount, share) after a head in its section, up to the next head of a list."""
    here = book.sentences[n]
    marks: list[Mark] = []
    for sentence in book.sentences[n:]:
        if sentence.paragraph.section != here.paragraph.section:
            break
        following = [m for m in sentence.marks if sentence is not here or m.start > head.start]
        cut = next((k for k, m in enumerate(following) if m.opens and m.role in CURRENT), len(following))
        marks.extend(following[: cut + 2] if cut < len(following) else following)
        if cut < len(following):
            break
    return [(a, b) for a, b in pairwise(marks) if a.role in CURRENT and b.role is Role.SHARE and _OF_TOTAL.search(b.words)]


def _summed(sentence: Sentence, printed: list[Printed]) -> Outcome:
    """The shares of one list."""
    total = sum((p.value for p in printed), Decimal(0))
    slack = sum((intervals.step(p.value) for p in printed), Decimal(0)) / _TWO
    gap = abs(total - intervals.HUNDRED)
    if gap <= slack:
        return passed(*printed)
    close = gap <= slack * _TWO
    ending = "，在四舍五入范围内（尾差）" if close else f"，相差 {amounts.plain(gap)}"
    explain = f"各项占比 {' + '.join(p.text for p in printed)} = {amounts.plain(total)} %，应合计为 100 %{ending}"
    severity = Severity.ROUNDING if close else Severity.ERROR
    stated, expected = Quantity(amounts.plain(total), "%"), Quantity("100", "%")
    return raised(Issue("share", severity, stated, expected, sentence.where, sentence.place, tuple(printed), explain))
