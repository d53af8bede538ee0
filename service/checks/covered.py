"""E3 and E1: amounts that cover several projects against their forms, and one change stated with two amounts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from service import amounts
from service.checks import intervals
from service.checks.book import Book
from service.checks.forms import Line
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed
from service.checks.sentences import CURRENT, Mark, Role, Sentence
from service.records import Quantity, Severity
from service.text import normal

_COVERS = re.compile(r"(?P<count>\d+)个[^,。;\d]{0,20}?(?:项目|专项|资金)")
_INVOLVED = re.compile(r"涉及[^,。;]{0,10}(?:资金|金额|预算)(?:合计|共计)?(?:为|共)?$")
_REVIEW = re.compile(r"^\(?\d+[)、.].*综述")
_BUDGETS = ("全年预算", "年初预算")
_SPENT = "执行数"
_LEAST = 2
_NEAR = Decimal("0.01")
"""Two changes of one figure closer than one hundredth of it are one change printed twice. Source: judgement."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class _Change:
    """A stated difference from the prior year with the figure it belongs to."""

    sentence: Sentence
    current: Mark
    delta: Mark


def projects(book: Book, lines: Sequence[Line]) -> Iterator[Outcome]:
    """「N个项目…涉及预算资金X」 = Σ 全年预算 (or 年初预算) of the N forms; Σ 执行数 in its place mixes budget and spending.

    Only where forms of one title are exactly N. Suspicious at most: the amount may be of another scope.
    """
    known: dict[str, list[Line]] = {}
    for line in lines:
        if line.is_project and "整体" not in line.where:
            known.setdefault(normal(line.fact.table or ""), []).append(line)
    every = [line for group in known.values() for line in group]
    groups = [*known.values(), every, _reviewed(book, every)]
    for sentence in book.sentences:
        text = normal(sentence.text)
        counts = [int(m["count"]) for m in _COVERS.finditer(text)]
        mark = next((m for m in sentence.of(*CURRENT, Role.BUDGET) if _INVOLVED.search(m.words)), None)
        if mark is None or len(counts) != 1 or counts[0] < _LEAST:
            continue
        group = next((g for g in groups if len(g) == counts[0]), None)
        if group is None:
            yield unchecked(f"第{sentence.place.page}页：没有读到所述 {counts[0]} 个项目的全部自评表，涉及金额未核对")
        else:
            yield _compared(book, sentence, mark, group)


def changes(sentences: Sequence[Sentence]) -> Iterator[Outcome]:
    """One current figure has one difference from the prior year, wherever it is restated with the same amount.

    Differences less than 1 % apart: the figures may be two items that happen to be equal this year, hence suspicious.
    """
    groups: dict[tuple[Decimal, int], list[_Change]] = {}
    for change in _stated(sentences):
        figure = change.current.printed
        groups.setdefault((figure.value * amounts.YUAN[figure.unit], change.delta.sign), []).append(change)
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            a, b = first.delta.printed, other.delta.printed
            if amounts.same(a.value, a.unit, b.value, b.unit):
                yield passed(a, b)
            elif a.unit == b.unit and abs(a.value - b.value) <= _NEAR * max(a.value, b.value):
                yield raised(_differing(first, other))


def _reviewed(book: Book, lines: list[Line]) -> list[Line]:
    """The forms of the projects that the prose goes through one by one (1、…绩效自评综述)."""
    texts = [t for p in book.document.paragraphs if _REVIEW.match(t := normal(p.text[:120]))]
    return [line for line in lines if any(normal(line.item) in t for t in texts)]


def _compared(book: Book, sentence: Sentence, mark: Mark, group: list[Line]) -> Outcome:
    """One amount against the sums of the forms."""
    stated = mark.printed
    sums: list[str] = []
    figures: list[Printed] = []
    for measure in (*_BUDGETS, _SPENT):
        printed = [f for line in group if (f := line.get(measure)) is not None]
        if len(printed) != len(group) or any(p.unit != stated.unit for p in printed):
            continue
        result = intervals.total(stated.value, [p.value for p in printed], book.places)
        if result.fit is Fit.EXACT and measure != _SPENT:
            return passed(stated, *printed)
        if result.fit is Fit.TAIL and measure in _BUDGETS and not figures:
            return passed(stated, *printed)
        figures.extend(printed)
        sums.append(f"{measure}合计 {amounts.plain(result.computed)}")
    if not sums:
        return unchecked(f"第{sentence.place.page}页：自评表没有读全各项目的金额，涉及金额未核对")
    explain = f"文中写 {len(group)} 个项目涉及 {stated.text} {stated.unit}，{len(group)} 张自评表的{'、'.join(sums)}，口径不一致"
    expected = Quantity(sums[0].split(" ")[-1], stated.unit)
    said = Quantity(stated.text, stated.unit)
    issue = Issue("logic", Severity.SUSPICIOUS, said, expected, sentence.where, sentence.place, (stated,), explain)
    return raised(replace(issue, witnesses=tuple(figures)))


def _stated(sentences: Sequence[Sentence]) -> Iterator[_Change]:
    """Differences from the prior year right after a current amount, in its sentence or the one before."""
    for n, sentence in enumerate(sentences):
        for delta in sentence.of(Role.DELTA):
            if not re.search(r"上年|上一年|去年|同比|20\d\d年", delta.words):
                continue
            heads = sentence.before(delta, *CURRENT)
            if not heads and n and sentences[n - 1].number == sentence.number:
                heads = sentences[n - 1].of(*CURRENT)
            money = [h for h in heads if h.printed.unit in amounts.YUAN and len(h.printed.text.replace(".", "").strip("0")) >= _DIGITS]
            if money:
                yield _Change(sentence, money[-1], delta)


def _differing(first: _Change, other: _Change) -> Issue:
    """Two differences for one figure."""
    a, b, figure = first.delta.printed, other.delta.printed, first.current.printed
    sayings = "，".join(f"第{d.place.page}页写 {d.text} {d.unit}" for d in (a, b))
    explain = f"{figure.text} {figure.unit} 与上年相比的增减额，{sayings}，两处不一致"
    stated, expected = Quantity(a.text, a.unit), Quantity(b.text, b.unit)
    place, where = first.sentence.place, first.sentence.where
    return Issue("duplicate-conflict", Severity.SUSPICIOUS, stated, expected, where, place, (a, b, figure), explain)
