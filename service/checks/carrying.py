"""C8: last year's figures as this document tells them against last year's document."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from service import amounts
from service.checks import diagnosis, intervals
from service.checks.book import Book
from service.checks.intervals import Interval
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_fact
from service.checks.rates import hint
from service.checks.registry import rule
from service.records import Fact, Kind, Quantity, Severity

_MEASURES = {Kind.FINAL: "决算", Kind.BUDGET: "预算"}
_PLACES = 2
"""Decimals of amounts in 万元 that the statutory narrative prescribes, though trailing zeros are not printed."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Last year's amount of an item as this document gives it: printed, or by its amount and its change; bounds in 元."""

    fact: Fact
    figures: tuple[Printed, ...]
    bounds: Interval
    wording: str


@rule("C8")
def carried(book: Book) -> Iterator[Outcome]:
    """上年数 (or 本年数 − 增减额) of an item = what last year's document of the same kind prints for it; 年初结转和结余 = last year's 年末.

    Source: CHECKS.md C8; intervals of the printed figures must meet. Bodies restate last year's figures when their duties change,
    so a difference is suspicious and no more. A budget that compares with last year's 执行数 has no counterpart in last year's budget.
    """
    earlier = book.earlier
    if earlier is None or earlier.kind is not book.document.kind or earlier.year is None or book.document.year is None:
        yield unchecked("资料库中没有同一单位上一年度的同类文件，未核对上年数")
        return
    if earlier.year != book.document.year - 1:
        yield unchecked(f"资料库中的另一份文件是 {earlier.year} 年度，不是上一年度")
        return
    measure = _MEASURES.get(book.document.kind, "决算")
    known: dict[tuple[str, str | None], list[Fact]] = {}
    for fact in earlier.facts:
        if fact.measure == measure and fact.unit in amounts.YUAN and fact.year == earlier.year:
            known.setdefault((fact.item, fact.scope), []).append(fact)
    for prior in _priors(book, measure):
        if prior.wording.startswith("执行"):
            yield unchecked(f"第{prior.fact.place.page}页 {prior.fact.item}：与上年执行数比较，上年文件没有该数")
            continue
        yield _outcome(prior, _same(known, prior.fact), earlier.doc)


def _priors(book: Book, measure: str) -> Iterator[Prior]:
    """Every item whose amount of last year this document gives."""
    current = {
        (f.item, f.code, f.scope, f.where): f for f in book.disclosure.facts if f.measure == measure and f.year == book.document.year
    }
    for fact in book.text_facts:
        if fact.unit not in amounts.YUAN:
            continue
        if fact.measure == "上年数":
            figure = from_fact(fact)
            executed = "执行数" in book.place_of(fact).quote and measure == "预算"
            yield Prior(fact, (figure,), figure.interval(_PLACES), "执行数" if executed else f"上年数写 {figure.text} {figure.unit}")
        elif fact.measure == "增减额" and fact.year == book.document.year:
            now = current.get((fact.item, fact.code, fact.scope, fact.where))
            if now is not None and now.unit in amounts.YUAN:
                figures = (from_fact(now), from_fact(fact))
                bounds = figures[0].interval(_PLACES) - figures[1].interval(_PLACES)
                text = amounts.plain(now.value - fact.value) if now.unit == fact.unit else ""
                yield Prior(
                    fact, figures, bounds, f"本年 {figures[0].text} {now.unit}，比上年增减 {figures[1].text} {fact.unit}，推得上年 {text}"
                )


def _same(known: dict[tuple[str, str | None], list[Fact]], fact: Fact) -> list[Fact]:
    """What last year's document prints for the item, of the same money and, where both have one, of the same code."""
    found = known.get((fact.item, fact.scope), [])
    return [f for f in found if f.code is None or fact.code is None or f.code == fact.code]


def _outcome(prior: Prior, printed: list[Fact], doc: str) -> Outcome:
    """One item."""
    item = f"第{prior.fact.place.page}页 {prior.fact.item}"
    if not printed:
        return unchecked(f"{item}：上年文件未读出对应的数")
    if any(from_fact(f).interval(_PLACES).meets(prior.bounds) for f in printed):
        return passed(*prior.figures)
    values = {f.value * amounts.YUAN[f.unit] for f in printed}
    if len(values) > 1:
        return unchecked(f"{item}：上年文件有 {len(values)} 个不同的数，不能确定以哪个比较")
    return raised(_issue(prior, printed[0], doc))


def _issue(prior: Prior, printed: Fact, doc: str) -> Issue:
    """Two documents that tell last year's amount differently; the same two amounts under several names have one cause."""
    figure, other = prior.figures[-1], from_fact(printed)
    middle = (prior.bounds.low + prior.bounds.high) / 2 / amounts.YUAN[other.unit]
    told = intervals.rounded(middle, max(_PLACES, intervals.decimals(other.value)))
    hints = diagnosis.of_amount(told, other.value + Decimal(0))
    explain = (
        f"{prior.fact.item}：{prior.wording}；上年文件（{doc}）第{printed.place.page}页写 {other.text} {other.unit}"
        f"（「{printed.place.quote[:60]}」），两处不一致，可能因口径调整{hint(hints)}"
    )
    return Issue(
        kind="carry-over",
        severity=Severity.SUSPICIOUS,
        stated=Quantity(figure.text, figure.unit),
        expected=Quantity(other.text, other.unit),
        where=prior.fact.where,
        place=prior.fact.place,
        figures=prior.figures,
        explain=explain,
        diagnosis=hints,
        root=f"{told} → {other.text} {other.unit}",
    )
