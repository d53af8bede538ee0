"""F1 and F3: shares and completion rates of the prose, recomputed from the amounts of their sentence and section."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from service import amounts
from service.checks import forms, intervals
from service.checks.book import Book
from service.checks.intervals import Interval
from service.checks.outcomes import Outcome, unchecked
from service.checks.printed import Printed, from_fact
from service.checks.rates import Rate, judge, stated
from service.checks.registry import rule
from service.checks.sentences import BUDGETS, CURRENT, Mark, Role, Sentence
from service.records import Kind

_NAMED_BASE = re.compile(r"占(?P<name>.*?)的?(?:比例|比重|比)?(?:为|约|达)?$")
_FILLER = re.compile(r"本年|全年|部门|单位|预算|总额|总计|合计|合同|金额|的|\d{4}年度?|[“”\"]")


@rule("F3")
def completion(book: Book) -> Iterator[Outcome]:
    """完成率 = 决算 ÷ 预算 × 100, the base being the budget that the words name (年初, 全年, 调整), in the same sentence.

    Source: CHECKS.md F3; the percentage at its printed decimals. A zero budget with spending has no rate (F6).
    """
    for sentence in book.sentences:
        for mark in sentence.of(Role.COMPLETION):
            part = _last(sentence.before(mark, Role.FINAL))
            whole = _budget(sentence, mark)
            if part is None or whole is None or _parted(sentence, whole, part, mark):
                yield unchecked(f"第{sentence.place.page}页：本句未写出计算完成率的预算数和决算数")
                continue
            yield judge(_quotient("completion-rate", sentence, mark, part.printed, whole.printed), book.places)
    yield from forms.completion(book, forms.lines(book))


@rule("F1")
def share(book: Book) -> Iterator[Outcome]:
    """占比 = 部分 ÷ 总额 × 100. The base is the total that the words name, or the head of the list the part stands in.

    Source: CHECKS.md F1: base from the same sentence, then from the section.
    """
    for n, sentence in enumerate(book.sentences):
        for mark in sentence.of(Role.SHARE):
            part = _last(sentence.before(mark, *CURRENT)) or _last(sentence.before(mark, Role.BUDGET)) or _subject_before(book, n, mark)
            named = _NAMED_BASE.search(mark.words)
            if part is None or _has_between(sentence, part, mark):
                yield unchecked(f"第{sentence.place.page}页：未找到占比所说的金额")
            elif named and named["name"]:
                yield _share_of_named(book, n, mark, part, named["name"])
            else:
                yield _share_of_head(book, n, mark, part)


def _share_of_head(book: Book, n: int, mark: Mark, part: Mark) -> Outcome:
    """A share in a list whose head prints the total."""
    sentence = book.sentences[n]
    head = _head(book, n, part)
    if head is None:
        return unchecked(f"第{sentence.place.page}页：未找到占比的总额")
    rate = _quotient("share", sentence, mark, part.printed, head.printed)
    return judge(replace(rate, stated=replace(rate.stated, total_shares=_all_shares(book, n, head))), book.places)


def _all_shares(book: Book, n: int, head: Mark) -> Decimal:
    """Σ of the shares printed in the list of a head."""
    section = book.sentences[n].paragraph.section
    total = Decimal(0)
    started = False
    for sentence in book.sentences:
        if sentence.paragraph.section != section:
            continue
        for mark in sentence.marks:
            if mark is head:
                started = True
            elif started and mark.opens and mark.role in CURRENT:
                return total
            elif started and mark.role is Role.SHARE and mark.words.endswith(("占", "占比")):
                total += mark.printed.value
    return total


def _share_of_named(book: Book, n: int, mark: Mark, part: Mark, name: str) -> Outcome:
    """A share of a total named in words: passes when any printing of that total agrees."""
    sentence = book.sentences[n]
    bases = [b for b in _named(book, n, _FILLER.sub("", name)) if b.key != part.printed.key] or _tabled(book, name)
    if not bases:
        return unchecked(f"第{sentence.place.page}页：未找到占比的总额（{name}）")
    outcomes = [judge(replace(_quotient("share", sentence, mark, part.printed, b), arguable="预算" in name), book.places) for b in bases]
    best = next((o for o in outcomes if o.issue is None), None)
    if best is not None:
        return best
    if len({b.value for b in bases}) > 1:
        return unchecked(f"第{sentence.place.page}页：占比的总额（{name}）有多处不同的数，无法确定")
    return outcomes[0]


def _named(book: Book, n: int, name: str) -> list[Printed]:
    """Amounts of the prose up to sentence n whose label is the name, nearest first."""
    found: list[Printed] = []
    for sentence in reversed(book.sentences[: n + 1]):
        marks = reversed(sentence.of(*CURRENT))
        names = (name, f"{name}支出", name.removesuffix("支出")) if name else ()
        found.extend(m.printed for m in marks if _FILLER.sub("", m.label) in names)
    return found


def _tabled(book: Book, name: str) -> list[Printed]:
    """The total of “三公”经费 that its statement prints, where the prose names it without its amount."""
    if "三公" not in name:
        return []
    measure = "预算" if book.document.kind is Kind.BUDGET else "决算"
    return [from_fact(f) for f in book.table_facts if "三公" in f.item and f.measure == measure and f.unit in amounts.YUAN]


def _subject_before(book: Book, n: int, mark: Mark) -> Mark | None:
    """The amount that a sentence beginning with 占… speaks of: the last one of the sentence before, in its paragraph."""
    here = book.sentences[n]
    if n == 0 or not mark.words.startswith("占") or book.sentences[n - 1].number != here.number:
        return None
    return _last(book.sentences[n - 1].of(*CURRENT))


def _head(book: Book, n: int, part: Mark) -> Mark | None:
    """The total of the list that a figure stands in: the nearest amount before it, in its section, that opens a list."""
    here = book.sentences[n]
    for sentence in reversed(book.sentences[: n + 1]):
        if sentence.paragraph.section != here.paragraph.section:
            return None
        for mark in reversed(sentence.of(*CURRENT)):
            if mark.opens and (sentence is not here or mark.start < part.start):
                return mark
    return None


def _quotient(kind: str, sentence: Sentence, mark: Mark, part: Printed, whole: Printed) -> Rate:
    """100 · part ÷ whole."""

    def compute(a: Printed, b: Printed, places: int) -> Interval | None:
        return intervals.ratio(a.interval(places), b.interval(places)) if b.value != 0 else None

    others = [
        m.printed
        for m in sentence.marks
        if m.printed.unit == whole.unit and m.printed.value not in (0, whole.value, part.value) and m.start < mark.start
    ]
    alternatives = tuple(("wrong-denominator", partial(compute, part, other)) for other in others)
    formula = f"{part.text} ÷ {whole.text}"
    return Rate(kind, stated(sentence, mark), (part, whole), formula, partial(compute, part, whole), whole.value, alternatives)


def _budget(sentence: Sentence, mark: Mark) -> Mark | None:
    """The budget that 「完成……的」 names: 年初, 全年 or 调整 by its word, 「预算」 alone is the nearest."""
    budgets = sentence.before(mark, *BUDGETS)
    if "年初" in mark.words:
        return _last([m for m in budgets if m.role is Role.INITIAL])
    if "全年" in mark.words or "调整" in mark.words:
        return _last([m for m in budgets if m.role is Role.FULL]) or _last([m for m in budgets if m.role is Role.BUDGET])
    return _last(budgets)


def _parted(sentence: Sentence, whole: Mark, part: Mark, mark: Mark) -> bool:
    """Whether another completion rate stands between the amounts and this one: then they are another item's."""
    return any(min(whole.start, part.start) < m.start < mark.start for m in sentence.of(Role.COMPLETION) if m is not mark)


def _has_between(sentence: Sentence, part: Mark, mark: Mark) -> bool:
    """Whether another share stands between the amount and this one, with no amount of its own."""
    return any(part.start < m.start < mark.start for m in sentence.of(Role.SHARE) if m is not mark)


def _last(marks: list[Mark]) -> Mark | None:
    return marks[-1] if marks else None
