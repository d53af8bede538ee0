"""E: the prose against itself: an item stated twice, lists against their head, items against their section's total."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from service import amounts
from service.checks import diagnosis, enclosed, forms, intervals, targets
from service.checks.book import Book
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.rates import hint
from service.checks.registry import rule
from service.checks.sentences import CURRENT, Mark, Role, Sentence
from service.records import Place, Quantity, Severity
from service.text import normal

_ZERO = Decimal(0)
_NESTED = re.compile(r"其中|包括|包含")
_KINDS = {
    "采购": (("货物", "服务"), ("工程",)),
    "基本支出": (("人员", "公用"), ()),
}
"""Heads whose parts are fixed: word in the head's label → (parts that must be there, parts that may be)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A total of the prose with its parts."""

    sentence: Sentence
    head: Mark
    parts: tuple[Mark, ...]


@rule("E1")
def twice(book: Book) -> Iterator[Outcome]:
    """An item's amount restated in its paragraph (「2024年预算安排…万元」) or in its form is one figure, without slack.

    Source: CHECKS.md E1; a copied figure has no envelope.
    """
    for n, sentence in enumerate(book.sentences):
        for mark in sentence.of(Role.HEAD):
            if not mark.words.endswith(("预算安排", "预算安排为", "安排预算", "预算数为")) or not _this_year(book, mark):
                continue
            head = _item_head(book, n, mark)
            if head is None:
                yield unchecked(f"第{sentence.place.page}页：未找到同一项目前文的金额")
            elif amounts.same(head.printed.value, head.printed.unit, mark.printed.value, mark.printed.unit):
                yield passed(head.printed, mark.printed)
            else:
                yield raised(_conflict(sentence, head, mark))
    yield from forms.restated(book, forms.lines(book))
    yield from forms.planned(book, forms.goals(book))
    yield from targets.restated(book.document.tables, book.sentences)


@rule("E2")
def parts(book: Book) -> Iterator[Outcome]:
    """Σ parts = head, for lists that are complete by law (采购, 人员 + 公用) or by their own shares (Σ 占比 = 100 %).

    Source: CHECKS.md E2 and "Sum of n parts": slack (u_T + Σ u_i) / 2.
    """
    for n, sentence in enumerate(book.sentences):
        for head in sentence.of(*CURRENT):
            if not head.opens:
                continue
            listed = _list(book, n, head)
            inside = enclosed.judged(book.sentences, n, head, book.places) if listed is None else None
            if inside is not None:
                yield inside
            elif listed is None:
                yield unchecked(f"第{sentence.place.page}页：「{head.label}」之后的分项不能确定是否完整")
            else:
                yield summed(book, listed)


@rule("E4")
def counts(book: Book) -> Iterator[Outcome]:
    """Σ parts ≤ whole for counts and measures (人, 辆, 平方米 …) listed after 其中 in one sentence, each bracket by itself.

    Besides, what an amount was used for (主要用于…) is no more than the amount.
    Source: CHECKS.md E4. The list may be incomplete, so that less than the whole is no contradiction; one that ends with what
    is left over (其他用车) is complete, and its parts are the whole (CHECKS.md E2, counts of vehicles).
    """
    yield from enclosed.spent(book.sentences, book.places)
    for sentence in book.sentences:
        for n, whole in enumerate(sentence.marks):
            if whole.printed.unit in amounts.YUAN or not whole.printed.unit or not _lists_parts(sentence, n):
                continue
            members = _parts_of(sentence, n)
            if len(members) < 2:
                yield unchecked(f"第{sentence.place.page}页：「{whole.label}」之后的分项不足两项")
            elif _holds(members, whole):
                yield passed(whole.printed, *(m.printed for m in members))
            else:
                yield summed(book, Listed(sentence, whole, tuple(members)))


def _holds(members: list[Mark], whole: Mark) -> bool:
    listed = sum((m.printed.value for m in members), _ZERO)
    return listed == whole.printed.value if "其他" in members[-1].words or _posts(members) else listed <= whole.printed.value


def _posts(members: list[Mark]) -> bool:
    """行政 and 事业 and no more: all posts of a body, but where it also has 工勤 and leaves them out."""
    return len(members) == 2 and all(kind in mark.words for kind, mark in zip(("行政", "事业"), members, strict=True))


def _lists_parts(sentence: Sentence, n: int) -> bool:
    """Whether 其中 stands between a figure and the next one of its unit."""
    marks = sentence.marks
    return n + 1 < len(marks) and marks[n + 1].printed.unit == marks[n].printed.unit and "其中" in marks[n + 1].words


def _parts_of(sentence: Sentence, n: int) -> list[Mark]:
    """Figures of the same unit after 其中, at the depth of brackets of the first, until it closes or a list within begins."""
    marks, text = sentence.marks, sentence.paragraph.text

    def depth(mark: Mark) -> int:
        form = normal(text[sentence.start : mark.start])
        return form.count("(") - form.count(")")

    first = depth(marks[n + 1])
    found: list[Mark] = []
    for mark in marks[n + 1 :]:
        if (
            depth(mark) < first
            or (found and depth(mark) == first and _NESTED.search(mark.words))
            or mark.printed.unit != marks[n].printed.unit
        ):
            break
        if depth(mark) == first:
            found.append(mark)
    return found


def summed(book: Book, listed: Listed) -> Outcome:
    """One total against its parts."""
    head = listed.head.printed
    figures = [m.printed for m in listed.parts]
    units = {f.unit for f in figures if f.value != 0}
    if units and units != {head.unit}:
        return _in_units(listed, units)
    result = intervals.total(head.value, [f.value for f in figures], book.places)
    if result.fit is Fit.EXACT:
        return passed(head, *figures)
    tail = result.fit is Fit.TAIL
    less = result.residual > 0 and _posts(list(listed.parts))
    hints = () if tail else diagnosis.of_amount(head.value, result.computed)
    formula = " + ".join(f"{f.text}{f.unit}" for f in figures)
    gap = amounts.plain(abs(result.residual))
    ending = f"，相差 {gap}，在四舍五入范围内（尾差）" if tail else f"，相差 {gap}{hint(hints)}"
    explain = f"{formula} = {amounts.plain(result.computed)} {head.unit}，文中写 {head.text} {head.unit}{ending}"
    return raised(
        Issue(
            kind="sum",
            severity=Severity.ROUNDING if tail else Severity.SUSPICIOUS if less else Severity.ERROR,
            stated=Quantity(head.text, head.unit),
            expected=Quantity(amounts.plain(result.computed), head.unit),
            where=listed.sentence.where,
            place=_span(listed),
            figures=(head, *figures),
            explain=explain,
            diagnosis=hints,
        )
    )


def _in_units(listed: Listed, units: set[str]) -> Outcome:
    """A total in one unit, its parts in another: right when they are the same money; the same digits are a slip of the unit."""
    head, figures = listed.head.printed, [m.printed for m in listed.parts]
    whole = head.interval()
    parts = [f.interval() for f in figures]
    if {head.unit, *units} <= set(amounts.YUAN) and whole.meets(sum(parts[1:], parts[0])):
        return passed(head, *figures)
    (unit,) = units if len(units) == 1 else (None,)
    if unit is None or intervals.total(head.value, [f.value for f in figures]).fit is Fit.OFF:
        return unchecked(f"第{head.place.page}页：「{listed.head.label}」与其分项的单位不同，未核对")
    formula = " + ".join(f"{f.text}{f.unit}" for f in figures)
    computed = amounts.plain(sum((f.value for f in figures), _ZERO))
    explain = f"{formula} = {computed} {unit}，文中写 {head.text} {head.unit}，数字相同而单位不同{hint(('unit-slip',))}"
    stated, expected = Quantity(head.text, head.unit), Quantity(head.text, unit)
    where, place, evidence = listed.sentence.where, _span(listed), (head, *figures)
    return raised(Issue("unit", Severity.ERROR, stated, expected, where, place, evidence, explain, ("unit-slip",)))


def _list(book: Book, n: int, head: Mark) -> Listed | None:
    """The parts after a head when they are known to be all: by law, or because their shares add up to 100 %."""
    sentence = book.sentences[n]
    following = _following(book, n, head)
    for word, (needed, optional) in _KINDS.items():
        if word in head.label:
            chosen = _named_parts(following, needed, optional)
            if chosen:
                return Listed(sentence, head, chosen)
    paired = [(m, s) for m, s in pairwise(following) if m.role in CURRENT and s.role is Role.SHARE and s.words.endswith(("占", "占比"))]
    shares = [s.printed.value for _, s in paired]
    if len(shares) >= 2 and intervals.total(intervals.HUNDRED.quantize(shares[0]), shares).fit is not Fit.OFF:
        return Listed(sentence, head, tuple(m for m, _ in paired))
    return None


def _following(book: Book, n: int, head: Mark) -> list[Mark]:
    """Figures after a head in its section, up to the next head of a list."""
    here, found = book.sentences[n], []
    for sentence in book.sentences[n:]:
        if sentence.paragraph.section != here.paragraph.section and not under(sentence, here):
            break
        for mark in sentence.marks:
            if sentence is here and mark.start <= head.start:
                continue
            if mark.opens and mark.printed.value != head.printed.value and mark.role in CURRENT:
                found.append(mark)
                return found
            found.append(mark)
    return found


def _named_parts(following: list[Mark], needed: tuple[str, ...], optional: tuple[str, ...]) -> tuple[Mark, ...]:
    """The first run of parts with the fixed names; empty when a needed one is missing."""
    names = (*needed, *optional)
    chosen: dict[str, Mark] = {}
    for mark in following[: 2 * len(names) + 2]:
        name = next((w for w in names if w in mark.label), None)
        if name is None or name in chosen or mark.role not in CURRENT:
            break
        chosen[name] = mark
    return tuple(chosen.values()) if all(w in chosen for w in needed) else ()


def _conflict(sentence: Sentence, head: Mark, mark: Mark) -> Issue:
    """Two figures for one item."""
    a, b = head.printed, mark.printed
    hints = diagnosis.of_amount(b.value, a.value)
    explain = f"同一项目前文写 {a.text} {a.unit}，此处写 {b.text} {b.unit}，两处不一致{hint(hints)}"
    place = sentence.paragraph.place(min(head.start, sentence.start), sentence.end)
    stated, expected = Quantity(b.text, b.unit), Quantity(a.text, a.unit)
    return Issue("duplicate-conflict", Severity.ERROR, stated, expected, sentence.where, place, (b, a), explain, hints)


def _item_head(book: Book, n: int, mark: Mark) -> Mark | None:
    """The amount printed with the item's own name in the same paragraph: 「…（项）」25.77万元."""
    here = book.sentences[n]
    for sentence in reversed(book.sentences[: n + 1]):
        if sentence.number != here.number:
            return None
        for other in reversed(sentence.of(Role.HEAD)):
            if other.start < mark.start and ("(项)" in other.words or "科目" in other.words):
                return other
    return None


def _this_year(book: Book, mark: Mark) -> bool:
    """The words before the figure name the document's own year."""
    return book.document.year is not None and f"{book.document.year}年" in mark.words


def under(sentence: Sentence, here: Sentence) -> bool:
    """Whether a sentence stands under a heading inside the other's section."""
    outer = here.paragraph.section
    return bool(outer) and sentence.paragraph.section[: len(outer)] == outer


def _span(listed: Listed) -> Place:
    """The head's sentence, on to the last part when it stands in the same paragraph."""
    ends = [m.end for m in listed.parts if m.paragraph == listed.sentence.number]
    return listed.sentence.paragraph.place(listed.sentence.start, max([listed.sentence.end, *ends]))
