"""Two figures of two tables: one figure printed twice, or a part and its whole."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service import amounts
from service.checks import diagnosis, intervals, statutory
from service.checks.equations import Tie, compare, title
from service.checks.intervals import Fit
from service.checks.ledgers import Ledger
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed
from service.checks.rates import hint
from service.checks.statutory import At
from service.records import Quantity, Severity


def tie(lefts: Sequence[At], right: At | None, what: str) -> Iterator[Outcome]:
    """One figure of two tables; where the first may be one of several lines, the one that fits."""
    if not lefts and right is None:
        return
    if not lefts or right is None:
        known = right or lefts[0]
        yield unchecked(f"{what}：在{title(known[0].table)}之外未读出对应的数")
        return
    left = next((at for at in lefts if fits(at[1], right[1])), lefts[0])
    names = (f"{title(left[0].table)} {what}", f"{title(right[0].table)} {right[1].label or '合计'}")
    yield from compare(Tie("cross-table", title(left[0].table), left[1], right[1], names, table=left[0].table.title or None, slack=True))


def fits(left: Printed, right: Printed) -> bool:
    """Whether two printings agree within what rounding explains."""
    same_unit = left.unit == right.unit and intervals.total(left.value, [right.value]).fit is not Fit.OFF
    return same_unit or left.interval().meets(right.interval())


def within(part: Ledger, whole: Ledger, patterns: Sequence[re.Pattern[str]]) -> Iterator[Outcome]:
    """Every code of a table against the same code of the table that it is a part of, in the columns that the headings name.

    Where the two totals are one figure, nothing is left over for any code, and each is one figure too.
    """
    rows = {r.code: r for r in whole.coded}
    if not (part.has_unique_codes and whole.has_unique_codes):
        yield unchecked(f"{title(part.table)}：科目编码有重复，未与{title(whole.table)}逐项对照")
        return
    for pattern in patterns:
        mine, theirs = statutory.column(part, pattern), statutory.column(whole, pattern)
        if mine is None or theirs is None:
            continue
        same = _are_one(part, mine, whole, theirs)
        for row in part.coded:
            other = rows.get(row.code)
            if mine not in row.amounts or other is None or theirs not in other.amounts:
                continue
            left, right = (part, row.amounts[mine]), (whole, other.amounts[theirs])
            if same:
                yield from tie([left], right, f"{row.code}{row.name}")
            else:
                yield at_most(left, right, f"{row.code}{row.name}")


def _are_one(part: Ledger, mine: int, whole: Ledger, theirs: int) -> bool:
    """Whether the totals of the two columns are the same figure."""
    if part.total is None or whole.total is None or mine not in part.total.amounts or theirs not in whole.total.amounts:
        return False
    left, right = part.total.amounts[mine], whole.total.amounts[theirs]
    return left.value == right.value and left.unit == right.unit


def at_most(part: At, whole: At, what: str) -> Outcome:
    """A part against its whole, in 元."""
    left, right = part[1], whole[1]
    factors = [amounts.YUAN.get(f.unit, Decimal(1)) for f in (left, right)]
    excess = left.value * factors[0] - right.value * factors[1]
    slack = max(intervals.step(left.value) * factors[0], intervals.step(right.value) * factors[1])
    if excess <= slack:
        return passed()  # what is less than its whole may still be wrong: it is cleared of nothing
    hints = diagnosis.of_amount(left.value, right.value) if left.unit == right.unit else ()
    names = (title(part[0].table), title(whole[0].table))
    return raised(
        Issue(
            kind="cross-table",
            severity=Severity.ERROR,
            stated=Quantity(left.text, left.unit),
            expected=Quantity(right.text, right.unit),
            where=names[0],
            place=left.place,
            figures=(left, right),
            explain=f"{names[0]} {what}写 {left.text} {left.unit}，大于其整体：{names[1]}的 {right.text} {right.unit}{hint(hints)}",
            diagnosis=hints,
        )
    )
