"""E5: self-evaluation forms (绩效自评表): weights and scores against their totals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service import amounts
from service.checks import breakdowns, forms, funds, grades, intervals
from service.checks.book import Book
from service.checks.equations import title
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_cell
from service.checks.registry import rule
from service.records import Quantity, Severity, Table
from service.text import normal

_WEIGHT = re.compile(r"^分值")
_SCORE = re.compile(r"^得分")
_TOTAL = re.compile(r"^(?:总分|合计|总计)")
_PART_OF_PART = re.compile(r"其中|财政拨款|财政专户|单位资金|上年结转|其他资金|^基本支出|^项目支出")
_UNIT = "分"


@dataclass(frozen=True, slots=True)
class Form:
    """The scored lines of a form and its total line; (weight, score) each."""

    table: Table
    lines: tuple[tuple[Printed, Printed | None], ...]
    total: tuple[Printed | None, Printed | None]
    unweighted: tuple[Printed, ...] = ()
    """Scores of lines above the first 分值 column (金额合计 of the money lines), which count towards the total."""


@rule("E5")
def score_sums(book: Book) -> Iterator[Outcome]:
    """Σ 分值 of the scored lines = the 分值 of 总分, and Σ 得分 = its 得分.

    Besides: a cost indicator against the lines that it lists; sums of money (总额, 年度资金总额, 金额合计); grades; full marks for
    a low rate of execution, and fewer marks than a lower rate got (suspicious).
    Source: CHECKS.md E5, "grade band vs score". Lines under 其中 (where the money came from) carry no score of their own.
    """
    for table in book.document.tables:
        if not _is_form(table):
            continue
        form = _read(table)
        if form is None:
            yield unchecked(f"{title(table)}（第{table.pages[0]}页）：未读出分值、得分栏或总分行")
            continue
        if None in form.total or any(score is None for _, score in form.lines):
            yield unchecked(f"{title(table)}（第{table.pages[0]}页）：有指标没有读到得分，或总分行不全")
        elif _is_glued(form):
            yield unchecked(f"{title(table)}（第{table.pages[0]}页）：有得分大于分值，或分值大于总分，单元格可能没有分开")
        else:
            yield _summed(form, _project(book, form))
    yield from forms.rewarded(book, forms.lines(book))
    yield from breakdowns.detailed(book.document.tables)
    yield from funds.summed(book, book.document.tables)
    yield from grades.graded(book.sentences)
    yield from grades.restated(book.sentences, book.table_facts)


def _is_glued(form: Form) -> bool:
    """Whether a line prints more than it can hold: two cells read as one."""
    whole = form.total[0].value if form.total[0] else None
    over = (score is not None and score.value > weight.value for weight, score in form.lines)
    return any(over) or any(whole is not None and weight.value > whole for weight, _ in form.lines)


def _is_form(table: Table) -> bool:
    """Whether a table prints both 分值 and 得分."""
    texts = {normal(t) for row in table.header for t in row} | {normal(c.text) for row in table.rows for c in row}
    return any(_WEIGHT.match(t) for t in texts) and any(_SCORE.match(t) for t in texts)


def _read(table: Table) -> Form | None:
    """The form's lines: under each heading line with 分值 and 得分, until the total."""
    columns = _columns([normal(t) for t in table.columns] if table.header else [])
    lines: list[tuple[Printed, Printed | None]] = []
    extra: list[Printed] = []
    scored: int | None = None
    for n, row in enumerate(table.rows):
        texts = [normal(c.text) for c in row]
        here = _columns(texts)
        scored = next((c for c, t in enumerate(texts) if _SCORE.match(t)), scored)
        if here is not None:
            columns = here
            continue
        label = next((t for t in texts if t), "")
        if columns is None:
            alone = from_cell(table, n, scored, _UNIT, label) if scored is not None else None
            extra.extend([alone] if alone is not None else [])
            continue
        weight, score = (from_cell(table, n, c, _UNIT, label) for c in columns)
        if _TOTAL.match(label):
            if weight is None and score is None:
                weight, score = _last_two(table, n)
            return Form(table, tuple(lines), (weight, score), tuple(extra)) if lines else None
        if weight is not None and not any(_PART_OF_PART.search(t) for t in texts[: columns[0]] if t):
            lines.append((weight, score))
    return None


def _columns(texts: Sequence[str]) -> tuple[int, int] | None:
    """Columns of 分值 and 得分 in a heading line."""
    weight = next((c for c, t in enumerate(texts) if _WEIGHT.match(t.split("/")[-1])), None)
    score = next((c for c, t in enumerate(texts) if _SCORE.match(t.split("/")[-1])), None)
    return (weight, score) if weight is not None and score is not None else None


def _last_two(table: Table, row: int) -> tuple[Printed | None, Printed | None]:
    """The total line's figures where merged cells moved them: its only two figures."""
    figures = [f for c in range(len(table.columns)) if (f := from_cell(table, row, c, _UNIT, "总分")) is not None]
    return (figures[0], figures[1]) if len(figures) == 2 else (None, None)


def _project(book: Book, form: Form) -> str:
    """The project that the form is about, as the facts name it."""
    totals = [f for f in book.table_facts if f.column == "总分" and f.table == form.table.title and f.place.page in form.table.pages]
    return next((f.item for f in totals if f.item not in form.table.title), "")


def _summed(form: Form, project: str) -> Outcome:
    """Both sums of a form; a form whose weights do not add up is one finding, its scores the witness."""
    weights = [w for w, _ in form.lines]
    scores = [s for _, s in form.lines if s is not None] + list(form.unweighted)
    total, parts, sayings = None, [], []
    checked = [(form.total[1], scores, "得分")] + ([] if form.unweighted else [(form.total[0], weights, "分值")])
    for whole, figures, what in checked:
        if whole is None:
            continue
        result = intervals.total(whole.value, [p.value for p in figures])
        if result.fit is Fit.EXACT:
            continue
        total = total or (whole, result.computed)
        parts.extend([whole, *figures])
        terms = " + ".join(p.text for p in figures)
        sayings.append(f"各项{what} {terms} = {amounts.plain(result.computed)}，总分的{what}写 {whole.text}")
    if total is None:
        return passed(*(f for f in form.total if f is not None), *weights, *scores)
    name = f"{form.table.title} {project}".strip()
    return raised(
        Issue(
            kind="score-sum",
            severity=Severity.ERROR,
            stated=Quantity(total[0].text, _UNIT),
            expected=Quantity(amounts.plain(total[1]), _UNIT),
            where=name,
            place=total[0].place,
            figures=tuple(parts),
            explain=f"{name}：{'；'.join(sayings)}",
        )
    )
