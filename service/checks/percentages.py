"""F1 and F3: shares and completion rates of the prose, recomputed from the amounts of their sentence and section."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from service import amounts
from service.checks import forms, intervals, shares
from service.checks.book import Book
from service.checks.intervals import Interval
from service.checks.outcomes import Outcome, unchecked
from service.checks.printed import Printed, from_fact, key
from service.checks.rates import Rate, judge, stated
from service.checks.registry import rule
from service.checks.sentences import BUDGETS, CURRENT, Mark, Role, Sentence
from service.records import Kind, Severity
from service.text import normal

_NAMED_BASE = re.compile(r"占(?P<name>.*?)的?(?:比例|比重|比)?(?:为|约|达)?$")
_VARIANCE = re.compile(r"(?:差异率|偏差率|偏离率|偏离度)(?:为|是)?$")
_TELLING = 5
"""Characters from which the end of a label names its amount."""
_TOTAL_NAMES = {
    # Name without its filler → items of the facts that are that total.
    "支出": ("本年支出合计", "支出合计"),
    "总支出": ("本年支出合计", "支出合计"),
    "收入": ("本年收入合计", "收入合计"),
    "总收入": ("本年收入合计", "收入合计"),
    "政府采购支出": ("政府采购支出总额", "政府采购支出"),
}
_TOTALS = re.compile(r"合计|总计|总额|^(?:基本|项目)支出|财政拨款(?:收入|支出|基本支出|项目支出)$|^\"?三公")
_FILLER = re.compile(r"本(?:部门|单位)|本年|全年|部门|单位|预算|总额|总计|合计|合同|金额|的|\d{4}年度?|[“”\"]")


@rule("F3")
def completion(book: Book) -> Iterator[Outcome]:
    """完成率 = 决算 ÷ 预算 × 100, the base being the budget that the words name (年初, 全年, 调整), in the same sentence.

    Source: CHECKS.md F3; the percentage at its printed decimals. A zero budget with spending has no rate (F6).
    """
    for sentence in book.sentences:
        for mark in sentence.of(Role.COMPLETION):
            part = _last(sentence.before(mark, Role.FINAL))
            whole = _budget(sentence, mark) or _printed_budget(book, mark)
            if part is None or whole is None or _parted(sentence, whole, part, mark):
                yield unchecked(f"第{sentence.place.page}页：本句未写出计算完成率的预算数和决算数")
                continue
            yield judge(_quotient("completion-rate", sentence, mark, part.printed, whole.printed), book.places)
        for mark in sentence.marks:
            if mark.printed.unit == "%" and mark.role is Role.ASIDE and _VARIANCE.search(mark.words):
                yield _variance(book, sentence, mark)
    yield from forms.completion(book, forms.lines(book))


@rule("F1")
def share(book: Book) -> Iterator[Outcome]:
    """占比 = 部分 ÷ 总额 × 100. The base is the total that the words name, or the head of the list the part stands in.

    Source: CHECKS.md F1: base from the same sentence, then from the section.
    """
    for n, sentence in enumerate(book.sentences):
        for mark in sentence.of(Role.SHARE):
            part = _subject(sentence, mark) or _subject_before(book, n, mark)
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
    head = _head(book, n, part) or shares.implied_head(book, n)
    if head is None:
        return unchecked(f"第{sentence.place.page}页：未找到占比的总额")
    rate = _quotient("share", sentence, mark, part.printed, head.printed)
    return _judged(book, replace(rate, stated=replace(rate.stated, total_shares=_all_shares(book, n, head))))


def _judged(book: Book, rate: Rate) -> Outcome:
    """A share, and when it fails, whether another total of the document is the base that makes it right."""
    outcome = judge(rate, book.places)
    if outcome.issue is None or outcome.issue.severity is not Severity.ERROR or outcome.issue.diagnosis == ("wrong-denominator",):
        return outcome
    part, whole = rate.operands
    known = {f.value: from_fact(f) for f in book.text_facts if _TOTALS.search(normal(f.item)) and f.unit == whole.unit}
    others = [p for p in known.values() if p.value not in (0, whole.value, part.value)]
    tried = tuple(("wrong-denominator", partial(_part_of, part, other)) for other in others)
    return judge(replace(rate, alternatives=tried), book.places) if tried else outcome


def _part_of(part: Printed, whole: Printed, places: int) -> Interval | None:
    """100 · part ÷ whole."""
    return intervals.ratio(part.interval(places), whole.interval(places))


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
    distinct = {b.value: b for b in reversed(bases)}
    rates = [replace(_quotient("share", sentence, mark, part.printed, b), arguable="预算" in name) for b in reversed(distinct.values())]
    agreeing = next((o for rate in rates if (o := judge(rate, book.places)).issue is None), None)
    if agreeing is not None:
        return agreeing
    if len(rates) > 1:
        return unchecked(f"第{sentence.place.page}页：占比的总额（{name}）有多处不同的数，无法确定")
    return _judged(book, rates[0])


def _named(book: Book, n: int, name: str) -> list[Printed]:
    """Amounts of the prose up to sentence n whose label is the name, nearest first."""
    found: list[Printed] = []
    for sentence in reversed(book.sentences[: n + 1]):
        marks = reversed(sentence.of(*CURRENT))
        names = (name, f"{name}支出", name.removesuffix("支出")) if name else ()
        found.extend(m.printed for m in marks if _is_named(_FILLER.sub("", m.label), names))
    return found


def _is_named(label: str, names: tuple[str, ...]) -> bool:
    """Whether a label is one of the names, or ends with it after words of its own (「（二）政府采购授予中小企业」)."""
    return label in names or any(len(name) >= _TELLING and label.endswith(name) for name in names)


def _tabled(book: Book, name: str) -> list[Printed]:
    """A total that a statement or another place of the prose prints, where the sentence names it without its amount."""
    measure = "预算" if book.document.kind is Kind.BUDGET else "决算"
    own = [f for f in book.disclosure.facts if f.measure == measure and f.unit in amounts.YUAN and f.year == book.document.year]
    if "三公" in name:
        return [from_fact(f) for f in own if f.source == "table" and "三公" in f.item]
    wanted = _TOTAL_NAMES.get(_FILLER.sub("", name), ())
    return [from_fact(f) for f in own if normal(f.item) in wanted]


def _subject(sentence: Sentence, mark: Mark) -> Mark | None:
    """The amount that a share is of: the last one spent, or the budget that stands right before it (「公务接待费预算5万元，占10%」)."""
    current, planned = _last(sentence.before(mark, *CURRENT)), _last(sentence.before(mark, *BUDGETS))
    directly = planned is not None and not any(planned.start < m.start < mark.start for m in sentence.marks)
    return planned if current is None or directly else current


def _subject_before(book: Book, n: int, mark: Mark) -> Mark | None:
    """The amount that a sentence beginning with 占… speaks of: the last one of the sentence before, in its paragraph."""
    here = book.sentences[n]
    if n == 0 or not mark.words.startswith("占") or book.sentences[n - 1].number != here.number:
        return None
    return _last(book.sentences[n - 1].of(*CURRENT))


def _head(book: Book, n: int, part: Mark) -> Mark | None:
    """The total of the list that a figure stands in: the nearest amount of its kind before it, in its section, that opens a list."""
    here, kinds = book.sentences[n], BUDGETS if part.role in BUDGETS else CURRENT
    for sentence in reversed(book.sentences[: n + 1]):
        if sentence.paragraph.section != here.paragraph.section:
            return None
        for mark in reversed(sentence.of(*kinds)):
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
    formula = f"{part.text} ÷ {whole.text}" if part.unit == whole.unit else f"{part.text} {part.unit} ÷ {whole.text} {whole.unit}"
    return Rate(kind, stated(sentence, mark), (part, whole), formula, partial(compute, part, whole), whole.value, alternatives)


def _budget(sentence: Sentence, mark: Mark) -> Mark | None:
    """The budget that 「完成……的」 names: 年初, 全年 or 调整 by its word, 「预算」 alone is the nearest."""
    budgets = sentence.before(mark, *BUDGETS)
    if "年初" in mark.words:
        return _last([m for m in budgets if m.role is Role.INITIAL])
    if "全年" in mark.words or "调整" in mark.words:
        return _last([m for m in budgets if m.role is Role.FULL]) or _last([m for m in budgets if m.role is Role.BUDGET])
    return _last(budgets)


def _variance(book: Book, sentence: Sentence, mark: Mark) -> Outcome:
    """预决算差异率 = (决算 − 预算) ÷ 预算 × 100; some print it without its sign."""
    part, whole = _last(sentence.before(mark, Role.FINAL)), _last(sentence.before(mark, *BUDGETS))
    if part is None or whole is None:
        return unchecked(f"第{sentence.place.page}页：本句未写出计算差异率的预算数和决算数")
    a, b = part.printed, whole.printed
    sign = -1 if a.value < b.value and mark.printed.value > 0 else 1

    def compute(places: int) -> Interval | None:
        return intervals.growth(b.interval(places), a.interval(places)) if b.value > 0 else None

    formula = f"({a.text} − {b.text}) ÷ {b.text}"
    return judge(Rate("completion-rate", replace(stated(sentence, mark), sign=sign), (a, b), formula, compute, b.value), book.places)


def _printed_budget(book: Book, mark: Mark) -> Mark | None:
    """The budget of a 三公 item that the prose leaves to the statement (「公务接待费决算…，完成预算的80%」)."""
    item = next((f.item for f in book.text_facts if f.measure == "完成率" and key(f.place) == mark.printed.key), None)
    if item is None or "年初" in mark.words:
        return None
    name = _public(item)
    planned = [f for f in book.table_facts if f.measure in ("预算", "年初预算") and f.unit in amounts.YUAN]
    found = {f.value: f for f in planned if _public(f.item) == name}
    if len(found) != 1:
        return None
    figure = from_fact(next(iter(found.values())))
    return replace(mark, role=Role.BUDGET, printed=figure, start=-1)


def _public(item: str) -> str:
    """One name for an item of the 三公 statement."""
    return re.sub(r"运行维护", "运行", re.sub(r"[\"“”]|支出$", "", normal(item)))


def _parted(sentence: Sentence, whole: Mark, part: Mark, mark: Mark) -> bool:
    """Whether another completion rate stands between the amounts and this one: then they are another item's."""
    return any(min(whole.start, part.start) < m.start < mark.start for m in sentence.of(Role.COMPLETION) if m is not mark)


def _has_between(sentence: Sentence, part: Mark, mark: Mark) -> bool:
    """Whether another share stands between the amount and this one, with no amount of its own."""
    return any(part.start < m.start < mark.start for m in sentence.of(Role.SHARE) if m is not mark)


def _last(marks: list[Mark]) -> Mark | None:
    return marks[-1] if marks else None
