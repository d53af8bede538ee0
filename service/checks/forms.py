"""Money lines of self-evaluation forms (绩效自评表): budget, spending, rate and score of each project, from its facts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from service import amounts
from service.checks import intervals
from service.checks.book import Book
from service.checks.intervals import Interval
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_fact
from service.checks.rates import Rate, Stated, judge
from service.records import Fact, Quantity, Severity
from service.text import normal

_BUDGET, _CHANGED, _SPENT, _RATE, _WEIGHT, _SCORE = "全年预算", "调整预算", "执行数", "执行率", "分值", "得分"
MONEY = ("年初预算", _BUDGET, _CHANGED, _SPENT)
"""Measures of a form that are amounts of money."""
_FORM, _PROJECTS = "performance appraisal", "projects"
_PLANNED, _YEARLY = "预算", "年度资金总额"
_WHOLE = ("合计", "总计", "小计", "金额", "预算数", "项目金额")
_AS_MONEY = re.compile(r"(?:项目)?(?:资金|经费)$|项目$")
"""Said behind a project's name in prose: …活动资金168万元."""
_GOOD = Decimal(90)
"""Below this rate of execution in % full marks are odd. Source: judgement; from 90 a form's grade is 优, and the score of execution goes
by its rate (财预〔2020〕10号)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form; figures by measure (the first column of a measure: the 总额)."""

    item: str
    where: str
    fact: Fact
    figures: dict[str, Printed]
    is_project: bool
    """The project's or department's own line, not one of its funds or tasks."""

    def get(self, measure: str) -> Printed | None:
        """The figure of a measure, if printed."""
        return self.figures.get(measure)


def lines(book: Book) -> list[Line]:
    """The lines of forms that print a rate of execution, in reading order."""
    rows: dict[tuple[str | None, int, str, str], dict[str, Fact]] = {}
    for fact in book.table_facts:
        row = rows.setdefault((fact.table, fact.place.page, fact.place.quote, fact.item), {})
        row.setdefault(fact.measure, fact)
    found = []
    for row in rows.values():
        if _RATE in row:
            lead = row[_RATE]
            own = (not lead.path and lead.column != "总分") or lead.item == "金额合计"
            found.append(Line(lead.item, lead.where, lead, {m: printed(f) for m, f in row.items()}, own))
    return found


def completion(book: Book, known: list[Line]) -> Iterator[Outcome]:
    """F3 for forms: 执行率 of every line = 执行数 ÷ 全年预算数 × 100 (B/A)."""
    for line in known:
        rate, part, whole = line.get(_RATE), line.get(_SPENT), line.get(_BUDGET) or line.get(_CHANGED)
        if rate is None:
            continue
        if not line.is_project and _repeats(known, line):
            continue
        if part is None or whole is None:
            yield unchecked(f"第{line.fact.place.page}页：「{line.item}」的执行率缺少全年预算数或执行数")
            continue
        yield judge(_rate(book, line, (rate, part, whole)), 0)


def restated(book: Book, known: list[Line]) -> Iterator[Outcome]:
    """E1 for forms: a project's 全年预算, 年初预算 and 执行数 in prose = the same in its form."""
    own = {normal(line.item): line for line in known if line.is_project}
    for fact in book.text_facts:
        line = own.get(normal(fact.item))
        figure = line.get(fact.measure) if line else None
        if line is None or figure is None or fact.unit not in amounts.YUAN or fact.year != book.document.year:
            continue
        text = from_fact(fact)
        if amounts.same(text.value, text.unit, figure.value, figure.unit):
            yield passed(text, figure)
            continue
        explain = f"「{fact.item}」的{fact.measure}，文中写 {text.text} {text.unit}，{line.where}写 {figure.text} {figure.unit}，两处不一致"
        stated, expected = Quantity(text.text, text.unit), Quantity(figure.text, figure.unit)
        yield raised(
            Issue(
                kind="duplicate-conflict",
                severity=Severity.ERROR,
                stated=stated,
                expected=expected,
                where=fact.where,
                place=book.place_of(fact),
                figures=(text, figure),
                explain=explain,
                root=f"{fact.place.page}:{fact.item}",
            )
        )


def goals(book: Book) -> list[Fact]:
    """The yearly money of every project's form of goals."""
    return [f for f in book.table_facts if f.part == _FORM and f.measure == _PLANNED and f.column == _YEARLY]


def planned(book: Book, known: list[Fact]) -> Iterator[Outcome]:
    """E1 for forms of goals: a project's yearly money is one figure in its form, in the table of projects and in prose that names it so."""
    plans = {normal(f.item): f for f in known}
    rows: dict[str, list[Fact]] = {}
    for fact in book.table_facts:
        if fact.part == _PROJECTS and fact.measure == _PLANNED and (fact.column or "合计").split("/")[-1] in _WHOLE:
            rows.setdefault(normal(fact.item), []).append(fact)
    for name, plan in plans.items():
        # A project of several bodies has a row for each; the form may be of one of them.
        listed = rows.get(name, [])
        # A functional item of the same name may hold more than the project.
        prose = [f for f in book.text_facts if f.code is None and f.measure == _PLANNED and f.year == plan.year]
        told = [f for f in prose if _AS_MONEY.sub("", normal(f.item)) == name]
        for other in (*(listed if len(listed) == 1 else []), *told):
            if plan.unit not in amounts.YUAN or other.unit not in amounts.YUAN:
                continue
            first, second = from_fact(plan), from_fact(other)
            if amounts.same(first.value, first.unit, second.value, second.unit):
                yield passed(first, second)
            else:
                yield raised(_differing(book, plan, other))


def _differing(book: Book, plan: Fact, other: Fact) -> Issue:
    form, figure = from_fact(plan), from_fact(other)
    there = f"{other.table or other.where}" if other.source == "table" else f"文中“{other.where}”"
    return Issue(
        kind="duplicate-conflict",
        severity=Severity.ERROR,
        stated=Quantity(form.text, form.unit),
        expected=Quantity(figure.text, figure.unit),
        where=plan.where,
        place=book.place_of(plan),
        figures=(form, figure),
        explain=f"「{plan.item}」的年度资金总额，{plan.table or plan.where}写 {form.text} {form.unit}，"
        f"{there}写 {figure.text} {figure.unit}，两处不一致",
        root=f"{plan.place.page}:{plan.item}",
    )


def rewarded(book: Book, known: list[Line]) -> Iterator[Outcome]:
    """E5 for forms: full marks for a low rate of execution, or fewer marks than a lower rate got in the same document: odd, not wrong."""
    scored = [s for line in known if line.is_project and (s := _scored(line)) is not None]
    for line, rate, weight, score in scored:
        better = [o for o in scored if o[1] < rate and o[3] * weight > score * o[2]]
        if rate < _GOOD and score == weight > 0:
            yield raised(_odd(book, line, f"执行率 {line.figures[_RATE].text} %，预算执行得分为满分 {line.figures[_SCORE].text} 分"))
        elif better and rate <= intervals.HUNDRED:
            other = better[0][0].figures
            comparison = f"而执行率 {other[_RATE].text} % 的「{better[0][0].item}」得 {other[_SCORE].text}/{other[_WEIGHT].text} 分"
            own = line.figures
            odd = _odd(book, line, f"执行率 {own[_RATE].text} % 得 {own[_SCORE].text}/{own[_WEIGHT].text} 分，{comparison}")
            yield raised(replace(odd, witnesses=(other[_RATE], other[_SCORE])))
        else:
            yield passed(line.figures[_RATE], line.figures[_SCORE])


def _repeats(known: list[Line], line: Line) -> bool:
    """Whether the project's own line prints the same: one fund pays it all."""

    def figures(other: Line) -> list[Decimal | None]:
        return [f.value if (f := other.get(m)) else None for m in (_BUDGET, _SPENT, _RATE)]

    return any(o.is_project and o.item in line.fact.path and figures(o) == figures(line) for o in known)


def _scored(line: Line) -> tuple[Line, Decimal, Decimal, Decimal] | None:
    """(line, rate, weight, score) of a line that prints all three."""
    rate, weight, score = line.get(_RATE), line.get(_WEIGHT), line.get(_SCORE)
    if rate is None or weight is None or score is None or weight.value <= 0:
        return None
    return line, rate.value, weight.value, score.value


def _odd(book: Book, line: Line, saying: str) -> Issue:
    """A score that is arguable."""
    score, rate = line.figures[_SCORE], line.figures[_RATE]
    return Issue(
        kind="score-sum",
        severity=Severity.SUSPICIOUS,
        stated=Quantity(score.text, "分"),
        expected=None,
        where=f"{line.where} {line.item}",
        place=book.place_of(line.fact),
        figures=(score, rate),
        explain=f"{line.item}：{saying}",
    )


def _rate(book: Book, line: Line, figures: tuple[Printed, Printed, Printed]) -> Rate:
    """B ÷ A of a line (rate, B, A); the budget at the beginning of the year is the usual wrong base."""
    rate, part, whole = figures

    def over(base: Printed, places: int) -> Interval | None:
        return intervals.ratio(part.interval(places), base.interval(places)) if base.value else None

    initial = line.get("年初预算")
    others = (("wrong-denominator", lambda places: over(initial, places)),) if initial is not None else ()
    stated = Stated(rate, 1, f"{line.where} {line.item}", book.place_of(line.fact))
    formula = f"{part.text} ÷ {whole.text}"
    return Rate("completion-rate", stated, (part, whole), formula, lambda places: over(whole, places), whole.value, others)


def printed(fact: Fact) -> Printed:
    """A figure of a form; its row is one place, so its measure and column make the key."""
    key = f"{fact.place.page}:{fact.place.quote}:{fact.measure}:{fact.column}"
    return Printed(fact.value, fact.unit, fact.place, key, fact.item)
