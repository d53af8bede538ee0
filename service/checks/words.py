"""H: direction words against the figures they speak of, and reasons against the direction they explain."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service import amounts
from service.checks import reasons, turns
from service.checks.book import Book
from service.checks.outcomes import Issue, Outcome, not_applicable, passed, raised, unchecked
from service.checks.printed import Printed
from service.checks.registry import rule
from service.checks.sentences import BUDGETS, CURRENT, Mark, Role, Sentence
from service.records import Quantity, Severity
from service.text import normal, normalised

_MORE = ("大于", "高于", "超过", "超出", "多于", "超")
_LESS = ("小于", "低于", "少于")
_COMPARISON = re.compile(
    rf"决算数?(?:均|略)?(?P<word>{'|'.join((*_MORE, *_LESS, '等于'))})(?:了)?(?P<which>年初|全年|调整后?)?预算(?!绩效)"
    r"|(?:预决算|决算数?与(?P<other>年初|全年|调整后?)?预算数?|预算数?与决算数?)(?:数)?(?P<even>基本持平|持平|相等|一致|基本一致)"
)
_NEAR = Decimal("0.05")
"""「基本持平」 is let stand up to a difference of one twentieth. Source: judgement; the word has no official measure."""
_EXPLAINS = re.compile(r"主要原因(?:是|为)?:?(?P<reason>[^。;]*)")
_SINGLE = re.compile(r"^[^,、及和0-9]{2,40}(?:经费|支出|预算|费用|补助|收入)(?:有所|相应|略有)?(?P<word>增加|减少|增长|下降)$")
_LEVEL = re.compile(r"(?<!基本)持平[。;]?$")
_PRIOR_LEVEL = re.compile(r"(?:比|较|与)(?:20\d\d年|上年)[^,。;]{0,12}(?<!基本)持平")
_ROOM = 2
"""Sentences that a comparison may look back for its amounts."""


@rule("H1")
def direction(book: Book) -> Iterator[Outcome]:
    """「决算数大于/小于/等于/持平 预算数」 against the two amounts of the same item, compared as printed.

    Besides, 「比20XX年…持平」 against the prior and the current figure of its sentence.
    Source: CHECKS.md H. 「基本持平」 allows one twentieth.
    """
    for n, sentence in enumerate(book.sentences):
        if "算" not in sentence.text and "平" not in sentence.text:
            continue
        form = normalised(sentence.text)
        yield from _unchanged(sentence, form.text)
        for match in _COMPARISON.finditer(form.text):
            at = sentence.start + form.span(match.start(), match.end())[0]
            pair = _pair(book, n, at, match["which"] or match["other"] or "")
            word = match["word"] or match["even"]
            if pair is None:
                yield unchecked(f"第{sentence.place.page}页：未找到「{word}」所比较的预算数和决算数")
            else:
                yield _compared(sentence, word, *pair)
    yield from turns.turned(book.sentences, book.places)


@rule("H2")
def reason(book: Book) -> Iterator[Outcome]:
    """The direction of a single-clause reason (「…经费增加」) against the direction it explains (「减少2.98%」).

    Source: CHECKS.md H, "reason text contradicting direction". Arguable, hence suspicious at most: an item may shrink
    for the growth of another.
    """
    for n, sentence in enumerate(book.sentences):
        if "原因" not in normal(sentence.text):
            continue
        form = normalised(sentence.text)
        match = _EXPLAINS.search(form.text)
        if match is None:
            continue
        clause = _SINGLE.match(match["reason"])
        change = _change_before(book, n, sentence.start + form.span(match.start(), match.start() + 1)[0])
        if level := _level_before(book, n):
            yield _unlevel(book, n, level, match["reason"] or _continued(book, n))
        elif clause is None:
            yield not_applicable()
        elif change is None:
            yield unchecked(f"第{sentence.place.page}页：未找到原因所解释的增减")
        else:
            yield _reasoned(book, n, change, clause["word"])
    yield from reasons.outcomes(book.document.paragraphs, book.sentences)


def _unchanged(sentence: Sentence, text: str) -> Iterator[Outcome]:
    """「2023年执行数为20万元，2024年预算安排20万元，比2023年持平」."""
    priors, currents = sentence.of(Role.PRIOR), sentence.of(Role.HEAD)
    if not _PRIOR_LEVEL.search(text) or len(priors) != 1 or len(currents) != 1 or sentence.of(Role.DELTA, Role.RATE):
        return
    prior, current = priors[0].printed, currents[0].printed
    if amounts.same(prior.value, prior.unit, current.value, current.unit):
        yield passed(prior, current)
        return
    actual = "增加" if current.value > prior.value else "减少"
    explain = f"{prior.text} {prior.unit} 与 {current.text} {current.unit} 不同，文中写「持平」"
    said, expected = Quantity("持平", ""), Quantity(actual, "")
    yield raised(Issue("direction-word", Severity.ERROR, said, expected, sentence.where, sentence.place, (current, prior), explain))


def _compared(sentence: Sentence, word: str, budget: Printed, final: Printed) -> Outcome:
    """One comparison in words."""
    gap = final.value - budget.value
    if word.startswith("基本"):
        holds = abs(gap) <= abs(budget.value) * _NEAR
    elif word in _MORE:
        holds = gap > 0
    elif word in _LESS:
        holds = gap < 0
    else:
        holds = gap == 0
    if holds:
        return passed(budget, final)
    actual = "大于" if gap > 0 else "小于" if gap < 0 else "等于"
    severity = Severity.SUSPICIOUS if word.startswith("基本") else Severity.ERROR
    explain = f"决算 {final.text} {final.unit}，预算 {budget.text} {budget.unit}，决算数{actual}预算数，文中写「{word}」"
    return raised(
        Issue(
            "direction-word", severity, Quantity(word, ""), Quantity(actual, ""), sentence.where, sentence.place, (final, budget), explain
        )
    )


def _pair(book: Book, n: int, at: int, which: str) -> tuple[Printed, Printed] | None:
    """(budget, final account) nearest before a comparison, both from one sentence of its paragraph."""
    here = book.sentences[n]
    for back in range(_ROOM + 1):
        if n - back < 0 or book.sentences[n - back].number != here.number:
            return None
        marks = [m for m in book.sentences[n - back].marks if m.start < at]
        finals = [m for m in marks if m.role is Role.FINAL]
        budgets = [m for m in marks if m.role in BUDGETS and (not which or which[:2] in m.role.value or m.role is Role.BUDGET)]
        if finals and budgets and finals[-1].printed.unit == budgets[-1].printed.unit:
            return budgets[-1].printed, finals[-1].printed
        if marks:
            return None
    return None


def _change_before(book: Book, n: int, at: int) -> Mark | None:
    """The stated change that a reason explains: in its sentence or the one before."""
    here = book.sentences[n]
    marks = [m for m in here.marks if m.start < at]
    if not marks and n > 0 and book.sentences[n - 1].number == here.number:
        marks = list(book.sentences[n - 1].marks)
    changes = [m for m in marks if m.role in (Role.RATE, Role.DELTA)]
    if not changes or changes[-1].printed.value == 0 or any(m.start > changes[-1].start and m.role in CURRENT for m in marks):
        return None
    return changes[-1]


def _level_before(book: Book, n: int) -> Mark | None:
    """The amount that the sentence before calls 持平 (without 基本), when a reason follows at once."""
    if n == 0 or book.sentences[n - 1].number != book.sentences[n].number or not _LEVEL.search(normal(book.sentences[n - 1].text)):
        return None
    marks = [m for s in book.sentences[max(0, n - 2) : n] if s.number == book.sentences[n].number for m in s.of(*CURRENT)]
    return marks[-1] if marks else None


def _continued(book: Book, n: int) -> str:
    """The reason that the next paragraph gives after 「主要原因：」 at the end of a paragraph."""
    following = book.sentences[n + 1 : n + 2]
    begins = following and following[0].number == book.sentences[n].number + 1 and following[0].start == 0
    return normal(following[0].text) if begins else ""


def _unlevel(book: Book, n: int, level: Mark, text: str) -> Outcome:
    """「持平」 explained by a change."""
    words = set(re.findall(r"减少|增加", text))
    if len(words) != 1 or re.search(r"不变|一致|持平|抵", text):
        return passed(level.printed)
    sentence, word = book.sentences[n], words.pop()
    place = sentence.paragraph.place(book.sentences[n - 1].start, sentence.end)
    explain = f"前文写「持平」，而所述原因为「{word}」，两者不一致"
    said, expected = Quantity("持平", ""), Quantity(word, "")
    return raised(Issue("direction-word", Severity.SUSPICIOUS, said, expected, sentence.where, place, (level.printed,), explain))


def _reasoned(book: Book, n: int, change: Mark, word: str) -> Outcome:
    """One reason of a single clause."""
    sentence = book.sentences[n]
    up = word in ("增加", "增长")
    if up == (change.sign > 0):
        return passed(change.printed)
    stated = "减少" if change.sign < 0 else "增加"
    explain = f"前文写{stated} {change.printed.text} {change.printed.unit}，而所述原因为「{word}」，方向相反"
    start = sentence.start if change.start >= sentence.start else book.sentences[n - 1].start
    place = sentence.paragraph.place(start, sentence.end)
    said, expected = Quantity(word, ""), Quantity(stated, "")
    return raised(Issue("direction-word", Severity.SUSPICIOUS, said, expected, sentence.where, place, (change.printed,), explain))
