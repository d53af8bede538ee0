"""E5: cost indicators of self-evaluation forms that list their parts: in unscored lines below, or in the cell itself (合计…；分项…)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from service import amounts, statements
from service.checks import diagnosis, intervals
from service.checks.equations import title
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, key
from service.checks.rates import hint
from service.records import Cell, Place, Quantity, Severity, Table
from service.statements import Role
from service.text import normal

_WEIGHT = re.compile(r"^分值")
_WHOLE = re.compile(r"^(?:合计|共计|总计|共)[:为]?(?=\d)")
_LEAST = 2
"""Parts that make a list."""


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a broken-down indicator: the indicator's own amount and those of the lines below."""

    whole: Printed
    parts: tuple[Printed, ...]

    @property
    def fit(self) -> Fit:
        """Whether the parts make the whole at printed precision."""
        return intervals.total(self.whole.value, [p.value for p in self.parts]).fit


def detailed(tables: Sequence[Table]) -> Iterator[Outcome]:
    """Σ unscored lines below a scored cost indicator = its amount, in the target and in the actual column.

    That the lines are all of its parts is witnessed by the other column: where no column adds up, nothing is said.
    Besides, 「合计43人；在职12人；派遣31人」 inside one cell.
    """
    for table in tables:
        statement = statements.get(table.statement)
        if statement is None or statement.role is not Role.APPRAISAL:
            continue
        yield from _below(table)
        for n, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                yield from _inside(table, (n, c), cell)


def _below(table: Table) -> Iterator[Outcome]:
    """Every scored line that is followed by unscored ones."""
    weight = next((c for c, head in enumerate(table.columns) if _WEIGHT.match(normal(head).split("/")[-1])), None)
    for n, row in enumerate(table.rows):
        texts = [normal(c.text) for c in row]
        weight = next((c for c, t in enumerate(texts) if _WEIGHT.match(t)), weight)
        if weight is None or amounts.cell(texts[weight]) is None:
            continue
        lines = _unscored(table, n, weight)
        columns = [c for c in range(weight) if all(_money(table, m, c) for m in (n, *lines))]
        if len(lines) >= _LEAST and columns:
            yield from _judged(table, [_read(table, n, lines, c) for c in columns])


def _unscored(table: Table, n: int, weight: int) -> list[int]:
    """The lines right below a scored one that print no weight."""
    lines = []
    for m in range(n + 1, len(table.rows)):
        if not amounts.is_absent(table.rows[m][weight].text):
            break
        lines.append(m)
    return lines


def _judged(table: Table, columns: list[_Column]) -> Iterator[Outcome]:
    """The columns of one indicator, each witnessed by another."""
    if not any(c.fit is Fit.EXACT for c in columns):
        yield unchecked(f"{title(table)}（第{columns[0].whole.place.page}页）：指标下的分项与合计各列均不符，无法确定分项是否列全")
        return
    for column in columns:
        yield _summed(title(table), column)


def _inside(table: Table, at: tuple[int, int], cell: Cell) -> Iterator[Outcome]:
    """A cell that states a total and its parts, all in one unit."""
    match = _WHOLE.match(normal(cell.text))
    figures = amounts.figures(cell.text) if match else []
    if len(figures) <= _LEAST or len({f.unit for f in figures}) > 1 or not figures[0].unit or figures[0].unit == "%":
        return
    place = table.place(*at)
    made = [Printed(f.value, f.unit, place, f"{key(Place(cell.page, cell.text, (cell.box,)))}:{f.start}", "") for f in figures]
    yield _summed(title(table), _Column(made[0], tuple(made[1:])))


def _summed(where: str, column: _Column) -> Outcome:
    """One total of a form against its parts."""
    whole = column.whole
    result = intervals.total(whole.value, [p.value for p in column.parts])
    if result.fit is Fit.EXACT:
        return passed(whole, *column.parts)
    tail = result.fit is Fit.TAIL
    hints = () if tail else diagnosis.of_amount(whole.value, result.computed)
    computed = amounts.plain(result.computed)
    terms = " + ".join(p.text for p in column.parts)
    ending = "，在四舍五入范围内（尾差）" if tail else hint(hints)
    return raised(
        Issue(
            kind="sum",
            severity=Severity.ROUNDING if tail else Severity.ERROR,
            stated=Quantity(whole.text, whole.unit),
            expected=Quantity(computed, whole.unit),
            where=where,
            place=whole.place,
            figures=(whole, *column.parts),
            explain=f"{whole.label}：各分项 {terms} = {computed} {whole.unit}，合计写 {whole.text}{whole.unit}{ending}".lstrip("："),
            diagnosis=hints,
        )
    )


def _read(table: Table, n: int, lines: list[int], column: int) -> _Column:
    """The figures of one column; each is there (the caller looked)."""
    figures = [f for m in (n, *lines) if (f := _money(table, m, column)) is not None]
    return _Column(figures[0], tuple(figures[1:]))


def _money(table: Table, row: int, column: int) -> Printed | None:
    """The only amount of money that a cell prints with its unit."""
    cell = table.rows[row][column]
    amount = amounts.cell(cell.text)
    if amount is None or amount.unit not in amounts.YUAN or amount.value < Decimal(0):
        return None
    label = next((normal(c.text) for c in reversed(table.rows[row][:column]) if c.text), "")
    made = Printed(amount.value, amount.unit, table.place(row, column), key(Place(cell.page, cell.text, (cell.box,))), label)
    return replace(made, label=label.rstrip(":"))
