"""Sums inside and across tables: a total against its parts, with the guard that the table's own majority confirms the reading."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from service import amounts
from service.checks import diagnosis, intervals
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed
from service.checks.rates import hint
from service.records import Quantity, Severity, Table

_WITNESSES = 2
"""Equations of the same reading that must hold for each figure that is called wrong: else the reading is doubted."""


@dataclass(frozen=True)
class Equation:
    """total = Σ parts, in one unit. `names` label the parts in the wording (codes, columns); parts in `minus` are subtracted."""

    table: Table
    what: str
    total: Printed
    parts: tuple[Printed, ...]
    names: tuple[str, ...]
    minus: frozenset[int] = frozenset()
    """Indices into `parts`."""
    kind: str = "sum"
    """Class of the contract."""

    @cached_property
    def result(self) -> intervals.Sum:
        """The residual and its envelope."""
        return intervals.total(self.total.value, [-p.value if n in self.minus else p.value for n, p in enumerate(self.parts)])

    @property
    def formula(self) -> str:
        """The left side with its figures: 「301 12.00 + 303 3.00 = 15.00」; zeros are left out where other figures are left."""
        written = [n for n, part in enumerate(self.parts) if part.value != 0] or [0]
        terms = [(n, f"{self.names[n]} {self.parts[n].text}".strip()) for n in written]
        left = "".join(f"{' − ' if n in self.minus else ' + ' if n != written[0] else ''}{term}" for n, term in terms).strip()
        return left if len(written) == 1 and not self.minus.issuperset(written) else f"{left} = {amounts.plain(self.result.computed)}"


def judge(equations: Sequence[Equation], witnesses: Sequence[Equation] | None = None, *, confirmed: bool = False) -> Iterator[Outcome]:
    """One outcome per equation.

    Args:
        equations: of one kind.
        witnesses: equations that rest on the same reading of the table (default: the equations themselves); empty where
            the identity is prescribed for the statement and needs none.
        confirmed: the table is a statutory one that was read the same in two ways: one witness is enough for each figure called
            wrong, and none where the difference is that of a slip of the pen.
    """
    known = equations if witnesses is None else witnesses
    off = [e for e in known if e.result.fit is Fit.OFF]
    doubted = bool(off) and _causes(off) * (2 if confirmed else _WITNESSES + 1) > len(known)
    for equation in equations:
        fit = equation.result.fit
        if fit is Fit.EXACT:
            yield passed(equation.total, *equation.parts)
        elif fit is Fit.OFF and doubted and not (confirmed and _is_slip(equation)):
            yield unchecked(f"{title(equation.table)}：{equation.what}的读法未得到表内多数行的印证")
        else:
            yield raised(_issue(equation))


@dataclass(frozen=True, slots=True)
class Tie:
    """One figure printed in two places. `names` label the two."""

    kind: str
    where: str
    left: Printed
    right: Printed
    names: tuple[str, str]
    table: str | None = None
    slack: bool = False
    """The two were rounded on their own (two tables made from 元): one unit in the last place is a tail."""


def compare(tie: Tie) -> Iterator[Outcome]:
    """One outcome for a figure printed twice; equal as amounts passes."""
    left, right = tie.left, tie.right
    if amounts.same(left.value, left.unit, right.value, right.unit):
        yield passed(left, right)
        return
    close = left.interval().meets(right.interval()) or (tie.slack and _within_a_unit(left, right))
    hints = () if close else diagnosis.of_amount(left.value, right.value)
    ending = "，在四舍五入范围内（尾差）" if close else f"，两处不一致{hint(hints)}"
    explain = f"{tie.names[0]}写 {left.text} {left.unit}，{tie.names[1]}写 {right.text} {right.unit}{ending}"
    yield raised(
        Issue(
            kind=tie.kind,
            severity=Severity.ROUNDING if close else Severity.ERROR,
            stated=Quantity(left.text, left.unit),
            expected=Quantity(right.text, right.unit),
            where=tie.where,
            place=left.place,
            figures=(left, right),
            explain=explain,
            diagnosis=hints,
            table=tie.table,
        )
    )


def _within_a_unit(left: Printed, right: Printed) -> bool:
    """The two differ by one unit in the last printed place at most."""
    return left.unit == right.unit and intervals.total(left.value, [right.value]).fit is not Fit.OFF


def _is_slip(equation: Equation) -> bool:
    """Whether one slip of the pen in the total explains the difference."""
    return bool(diagnosis.of_amount(equation.total.value, equation.result.computed))


def _causes(off: Sequence[Equation]) -> int:
    """The least number of wrong figures (found greedily) that would explain the broken equations."""
    left, count = [{f.key for f in (e.total, *e.parts)} for e in off], 0
    while left:
        worst = Counter(key for keys in left for key in keys).most_common(1)[0][0]
        left = [keys for keys in left if worst not in keys]
        count += 1
    return count


def title(table: Table) -> str:
    """The table's name for people."""
    return table.number or table.title or f"第{table.pages[0]}页表格"


def _issue(equation: Equation) -> Issue:
    """A total that is not the sum of its parts."""
    total, result = equation.total, equation.result
    tail = result.fit is Fit.TAIL
    expected = amounts.plain(result.computed)
    hints = () if tail else diagnosis.of_amount(total.value, result.computed)
    ending = "，在四舍五入范围内（尾差）" if tail else hint(hints)
    if result.improbable:
        ending = "，虽在四舍五入范围内，但偏大"
    gap = amounts.plain(abs(result.residual))
    return Issue(
        kind=equation.kind,
        severity=Severity.ROUNDING if tail else Severity.ERROR,
        stated=Quantity(total.text, total.unit),
        expected=Quantity(expected, total.unit),
        where=title(equation.table),
        place=total.place,
        figures=(total, *equation.parts),
        explain=f"{equation.formula}，{equation.what}写 {total.text} {total.unit}，相差 {gap}{ending}",
        diagnosis=hints,
        table=equation.table.title or title(equation.table),
    )
