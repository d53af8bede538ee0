"""The sums that a ledger's codes prescribe: 类 = Σ 款 = Σ 项, 合计 = Σ 类, 人员经费 and 公用经费 = Σ their 类."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from service.checks.equations import Equation
from service.checks.ledgers import Ledger, Row

Family = tuple[Row, list[Row]]
"""A total's row and the rows that it sums."""

_PEOPLE = ("301", "303")
_SUBTOTALS = 2


@dataclass(frozen=True)
class Hierarchy:
    """A ledger with its sums, made once."""

    ledger: Ledger

    @cached_property
    def families(self) -> list[Family]:
        """Every row with a code that has rows under it."""
        return [(row, children) for row in self.ledger.coded if (children := self.ledger.children(row))]

    @cached_property
    def top(self) -> list[Family]:
        """合计 and the rows without a printed parent; empty where either is missing."""
        tops = self.ledger.children(None)
        return [(self.ledger.total, tops)] if self.ledger.total and tops else []

    @cached_property
    def staff(self) -> list[Family]:
        """人员经费合计 and 公用经费合计 with their 类; a total whose 类 are not printed has none."""
        found = []
        for row in self.ledger.rows:
            people, running = row.name.startswith("人员经费合计"), row.name.startswith("公用经费合计")
            if people or running:
                found.append((row, [r for r in self.ledger.coded if len(r.code) == 3 and (r.code in _PEOPLE) == people]))
        return found

    @cached_property
    def subtotals(self) -> list[Family]:
        """合计 with the rows called 小计, and each 小计 with the lines under it; only in a table without codes."""
        rows = [r for r in self.ledger.rows if r.name]
        starts = [n for n, r in enumerate(rows) if r.name.endswith("小计")]
        if self.ledger.coded or self.ledger.total is None or len(starts) < _SUBTOTALS:
            return []
        found = [(self.ledger.total, [rows[n] for n in starts])]
        for start, end in pairwise([*starts, len(rows)]):
            lines = [r for r in rows[start + 1 : end] if "其中" not in r.name and not r.is_total]
            if any(r.amounts for r in lines):
                found.append((rows[start], lines))
        return found

    @cached_property
    def by_subtotal(self) -> list[Equation]:
        """Sums of `subtotals` in every amount column."""
        return sums(self.ledger, self.subtotals)

    @cached_property
    def by_code(self) -> list[Equation]:
        """Sums of `families` in every amount column."""
        return sums(self.ledger, self.families)

    @cached_property
    def by_total(self) -> list[Equation]:
        """Sums of `top` in every amount column."""
        return sums(self.ledger, self.top)

    @cached_property
    def by_staff(self) -> list[Equation]:
        """Sums of `staff` in every amount column."""
        return sums(self.ledger, self.staff)

    @cached_property
    def every(self) -> list[Equation]:
        """All of them: what the reading of the table is judged by."""
        return [*self.by_code, *self.by_total, *self.by_staff]


def sums(ledger: Ledger, families: Iterable[Family]) -> list[Equation]:
    """The equations of these families in every amount column; where a part could not be read there is none."""
    found = []
    for column in ledger.columns:
        head = f"（{'/'.join(ledger.path(column))}）" if len(ledger.columns) > 1 else ""
        for parent, children in families:
            if column not in parent.amounts or any(column in r.unreadable for r in children):
                continue
            printed = [r for r in children if column in r.amounts]
            if printed:
                parts = tuple(r.amounts[column] for r in printed)
                names = tuple(r.code or r.name for r in printed)
                found.append(Equation(ledger.table, f"{parent.code}{parent.name}{head}", parent.amounts[column], parts, names))
    return found
