"""F4 and F5: growth rates and differences of the prose, recomputed from the current and the prior figure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from service import amounts
from service.checks import diagnosis, intervals
from service.checks.book import Book
from service.checks.intervals import Fit, Interval
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed
from service.checks.rates import Rate, hint, judge, stated
from service.checks.registry import rule
from service.checks.sentences import CURRENT, Mark, Role, Sentence
from service.records import Quantity, Severity, State

_BACK = 3
"""Sentences that 「与上年相比」 may look back for the figure it speaks of (item, its use, the comparison)."""

_CHANGES = re.compile(r"(?:比上年|较上年|同比)?(?:增加|增长|上升|提高|减少|下降|降低)(?:了|额)?$")
_NAME = 4
"""Characters of a name that tells its amount from others (支出合计)."""


@rule("F4")
def growth(book: Book) -> Iterator[Outcome]:
    """增减率 = 增减额 ÷ (本年数 − 增减额), or (本年数 − 上年数) ÷ 上年数, by the four corners of the printed intervals.

    Source: CHECKS.md, "Growth with stated delta". The current figure stands before the difference, in the sentence or
    in the one before; a rate on a base of zero is undefined (F6).
    """
    for n, sentence in enumerate(book.sentences):
        for mark in sentence.of(Role.RATE):
            delta = _nearest_delta(sentence, mark)
            prior = next((m for m in reversed(sentence.before(mark, Role.PRIOR))), None)
            if delta is not None and delta.sign != mark.sign and delta.printed.value and mark.printed.value:
                yield _two_ways(book, n, mark, delta)
            elif delta is not None and prior is not None:
                yield judge(_from_base(sentence, mark, delta, prior.printed), book.places)
            elif delta is not None:
                yield _from_delta(book, n, mark, delta)
            elif prior is not None:
                yield _from_prior(book, sentence, mark, prior)
            else:
                yield unchecked(f"第{sentence.place.page}页：未找到计算增减率的金额")


@rule("F5")
def difference(book: Book) -> Iterator[Outcome]:
    """增减额 = 本年数 − 上年数 where the sentence prints all three; slack (u_c + u_p + u_δ) / 2.

    Source: CHECKS.md F5. Any amount before the prior figure may be the current one.
    """
    for sentence in book.sentences:
        for delta in sentence.of(Role.DELTA):
            prior = next((m for m in reversed(sentence.before(delta, Role.PRIOR))), None)
            if prior is None or any(prior.start < m.start < delta.start for m in sentence.marks):
                continue
            heads = [m for m in sentence.before(prior, *CURRENT) if m.printed.unit == delta.printed.unit == prior.printed.unit]
            if heads:
                yield _difference(book, sentence, heads, (prior, delta))
            else:
                yield unchecked(f"第{sentence.place.page}页：未找到与上年数比较的本年数")


def _difference(book: Book, sentence: Sentence, heads: list[Mark], change: tuple[Mark, Mark]) -> Outcome:
    """One stated difference against every amount that it may start from."""
    prior, delta = change
    signed = delta.printed.value * delta.sign
    sums = {m.start: intervals.total(m.printed.value, [prior.printed.value, signed], book.places) for m in heads}
    if any(s.fit is Fit.EXACT for s in sums.values()):
        return passed(delta.printed, prior.printed)
    current = _subject(heads)
    actual = current.printed.value - prior.printed.value
    tail = any(s.fit is Fit.TAIL for s in sums.values())
    hints = () if tail else diagnosis.of_amount(delta.printed.value, abs(actual))
    unit, verb = delta.printed.unit, "减少" if delta.sign < 0 else "增加"
    formula = f"{current.printed.text} − {prior.printed.text} = {amounts.plain(actual)} {unit}"
    return raised(
        Issue(
            kind="sum",
            severity=Severity.ROUNDING if tail else Severity.ERROR,
            stated=Quantity(delta.printed.text, unit),
            expected=Quantity(amounts.plain(abs(actual)), unit),
            where=sentence.where,
            place=sentence.place,
            figures=(delta.printed, current.printed, prior.printed),
            explain=f"{formula}，文中写{verb} {delta.printed.text} {unit}{hint(hints)}",
            diagnosis=hints,
        )
    )


def _from_delta(book: Book, n: int, mark: Mark, delta: Mark) -> Outcome:
    """A rate after a stated difference: the current figure is the subject of the sentence, or of one shortly before."""
    sentence = book.sentences[n]
    heads = _current(sentence.before(delta, *CURRENT, Role.BUDGET))
    near = bool(heads)
    for back in range(1, _BACK + 1):
        if heads or n - back < 0 or book.sentences[n - back].number != sentence.number:
            break
        heads = _current(list(book.sentences[n - back].marks))
    if not heads and (named := _named(book, n, delta)) is not None:
        return judge(_of_current(sentence, mark, delta, named.printed), book.places)
    if not heads:
        return unchecked(f"第{sentence.place.page}页：未找到计算增减率的本年数")
    subject = _subject(heads)
    if near and (slip := _unit_slip(book, sentence, mark, (subject, delta))) is not None:
        return raised(slip)
    outcomes = [(m, judge(_of_current(sentence, mark, delta, m.printed), book.places)) for m in heads]
    agreeing = next((o for _, o in outcomes if o.state is State.PASS), None)
    if agreeing is not None:
        return agreeing
    chosen = next(o for m, o in outcomes if m is subject)
    distinct = {m.printed.value for m in heads if m.printed.value != 0}
    if chosen.issue is not None and chosen.issue.severity is Severity.ERROR and (len(distinct) > 1 and not near):
        return unchecked(f"第{sentence.place.page}页：增减率所比的本年数有多个，无法确定")
    return chosen


def _unit_slip(book: Book, sentence: Sentence, mark: Mark, change: tuple[Mark, Mark]) -> Issue | None:
    """「预算61元，增加1万元，增长2%」: the rate is right for the digits, so that one of the two units is not meant, the rarer one."""
    units = [m.printed.unit for m in change]
    money = {"元", "万元"}
    if set(units) != money or not mark.printed.value:
        return None
    alike = replace(change[0].printed, unit=units[1])
    tried = [judge(_of_current(sentence, mark, change[1], current), book.places).state for current in (change[0].printed, alike)]
    if tried[0] in (State.PASS, State.TAIL) or tried[1] is not State.PASS:
        return None
    usual = Counter(m.printed.unit for s in book.sentences for m in s.marks if m.printed.unit in money).most_common(1)[0][0]
    wrong, other = change if units[0] != usual else change[::-1]
    said, meant = wrong.printed, Quantity(wrong.printed.text, other.printed.unit)
    explain = (
        f"增减率 {mark.printed.text} {mark.printed.unit} 按 {change[1].printed.text} 与 {change[0].printed.text} 同一单位算出，"
        f"文中一处写 {said.unit}、一处写 {meant.unit}，疑为元与万元混用"
    )
    figures = (said, other.printed, mark.printed)
    return Issue(
        "unit", Severity.ERROR, Quantity(said.text, said.unit), meant, sentence.where, sentence.place, figures, explain, ("unit-slip",)
    )


def _named(book: Book, n: int, delta: Mark) -> Mark | None:
    """The nearest amount before it in its section that bears the name of a change (「与上年相比，支出合计增加…」)."""
    here = book.sentences[n]
    name = _CHANGES.sub("", delta.label)
    if len(name) < _NAME:
        return None
    for sentence in reversed(book.sentences[:n]):
        if sentence.paragraph.section != here.paragraph.section:
            return None
        for mark in _current(list(sentence.marks)):
            if mark.words.endswith(name):
                return mark
    return None


def _two_ways(book: Book, n: int, mark: Mark, delta: Mark) -> Outcome:
    """「增加0.73万元，减少17.59%」: the two words contradict; the direction that makes the rate right is shown."""
    sentence = book.sentences[n]
    words = {1: "增加", -1: "减少"}
    sign = _fitting(book, n, mark, delta)
    wrong = delta if sign is None or sign == mark.sign else mark
    figures = (wrong.printed, *(m.printed for m in (delta, mark) if m is not wrong))
    explain = (
        f"增减额写「{words[delta.sign]}」{delta.printed.text} {delta.printed.unit}，"
        f"增减率写「{words[mark.sign]}」{mark.printed.text} {mark.printed.unit}，方向不一致"
    )
    said, expected = Quantity(words[wrong.sign], ""), Quantity(words[-wrong.sign], "")
    issue = Issue("direction-word", Severity.ERROR, said, expected, sentence.where, sentence.place, figures, explain, ("sign",))
    return raised(issue)


def _fitting(book: Book, n: int, mark: Mark, delta: Mark) -> int | None:
    """The direction (1 or −1) in which difference, rate and current figure agree; None where neither or both do."""
    fitting = []
    for sign in (1, -1):
        outcome = _from_delta(book, n, replace(mark, sign=sign), replace(delta, sign=sign))
        if outcome.state in (State.PASS, State.TAIL):
            fitting.append(sign)
    return fitting[0] if len(fitting) == 1 else None


def _from_prior(book: Book, sentence: Sentence, mark: Mark, prior: Mark) -> Outcome:
    """A rate between a prior and a current figure that the sentence prints."""
    after = [m for m in sentence.before(mark, *CURRENT) if m.start > prior.start]
    current = after[0] if after else next((m for m in reversed(sentence.before(prior, *CURRENT))), None)
    if current is None:
        return unchecked(f"第{sentence.place.page}页：未找到计算增减率的本年数")
    p, c = prior.printed, current.printed

    def compute(a: Printed, b: Printed, places: int) -> Interval | None:
        return intervals.growth(a.interval(places), b.interval(places)) if a.value > 0 else None

    alternatives = (("wrong-denominator", partial(_reverse, p, c)), ("roles-swapped", partial(compute, c, p)))
    formula = f"({c.text} − {p.text}) ÷ {p.text}"
    return judge(Rate("growth-rate", stated(sentence, mark), (c, p), formula, partial(compute, p, c), p.value, alternatives), book.places)


def _reverse(prior: Printed, current: Printed, places: int) -> Interval | None:
    """The change divided by the current figure instead of the prior one."""
    change = current.interval(places) - prior.interval(places)
    return intervals.ratio(change, current.interval(places)) if current.value else None


def _of_current(sentence: Sentence, mark: Mark, delta: Mark, current: Printed) -> Rate:
    """δ ÷ (c − δ), with the sign that the words give δ."""
    signed = replace(delta.printed, value=delta.printed.value * delta.sign)

    def compute(places: int) -> Interval | None:
        if current.value - signed.value <= 0:
            return None
        return intervals.growth_from_delta(current.interval(places), signed.interval(places))

    def over_current(places: int) -> Interval | None:
        return intervals.ratio(signed.interval(places), current.interval(places)) if current.value else None

    sign = "+" if delta.sign < 0 else "−"
    formula = f"{delta.printed.text} ÷ ({current.text} {sign} {delta.printed.text})"
    base, others = current.value - signed.value, (("wrong-denominator", over_current),)
    return Rate("growth-rate", stated(sentence, mark), (delta.printed, current), formula, compute, base, others)


def _from_base(sentence: Sentence, mark: Mark, delta: Mark, prior: Printed) -> Rate:
    """δ ÷ p where the sentence prints the prior figure."""
    signed = replace(delta.printed, value=delta.printed.value * delta.sign)

    def compute(places: int) -> Interval | None:
        return intervals.ratio(signed.interval(places), prior.interval(places)) if prior.value else None

    formula = f"{delta.printed.text} ÷ {prior.text}"
    return Rate("growth-rate", stated(sentence, mark), (delta.printed, prior), formula, compute, prior.value)


def _nearest_delta(sentence: Sentence, mark: Mark) -> Mark | None:
    """The difference that a rate restates: the last one before it, with no other rate between."""
    deltas = sentence.before(mark, Role.DELTA)
    if not deltas or any(deltas[-1].start < m.start < mark.start for m in sentence.of(Role.RATE)):
        return None
    return deltas[-1]


def _current(marks: list[Mark]) -> list[Mark]:
    """The amounts that may be this year's: plain or final ones, a budget only where there is nothing else."""
    money = [m for m in marks if m.printed.unit in amounts.YUAN]
    return [m for m in money if m.role in CURRENT] or [m for m in money if m.role is Role.BUDGET]


def _subject(heads: list[Mark]) -> Mark:
    """The amount that a comparison speaks of: the head of a list, else the last amount before it."""
    return next((m for m in heads if m.opens), heads[-1])
