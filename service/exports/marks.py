"""Which printed figures stand in which findings, and where a page is found: what a workbook adds to a figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from service import amounts
from service.checks import printed
from service.exports import wording
from service.exports.sheets import Mark
from service.records import Finding, Place, Severity

_GRAVITY = (Severity.ERROR, Severity.SUSPICIOUS, Severity.ROUNDING)
MOST_NOTES = 4


@dataclass(frozen=True, slots=True)
class _Use:
    """A finding that computes with a figure; `lead` where it questions that very figure."""

    finding: Finding
    size: Decimal | None
    lead: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """The findings of one document by the spots where the figures are printed that they compute with."""

    by_spot: dict[str, list[_Use]]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Marks":
        """Index findings; the first operand is the questioned figure.

        Rounding differences mark the total only: their parts are in order.
        """
        found: dict[str, list[_Use]] = {}
        for finding in findings:
            used = finding.operands[:1] if finding.severity is Severity.ROUNDING else finding.operands
            for n, operand in enumerate(used):
                found.setdefault(printed.key(operand.place), []).append(_Use(finding, _size(operand.text), n == 0))
        return cls(found)

    def at(self, value: Decimal, place: Place) -> Mark | None:
        """The mark of a figure that is printed at a place; None where it stands in no finding.

        The figures of one row can share a place: only those of the same digits are marked. Signs are the words', not the print's.
        """
        uses = [use for use in self.by_spot.get(printed.key(place), ()) if use.size in (None, abs(value))]
        if not uses:
            return None
        first = min(uses, key=lambda use: (_GRAVITY.index(use.finding.severity), not use.lead))
        ordered = [first, *(use for use in uses if use is not first)]
        notes = (f"{wording.explained(f).lead}（第{f.place.page}页，{f.obligation}）" for f in (use.finding for use in ordered))
        return Mark(first.finding.severity, tuple(dict.fromkeys(notes))[:MOST_NOTES], first.lead)


def _size(text: str) -> Decimal | None:
    """The figure without its sign; None for words."""
    amount = amounts.cell(text)
    return None if amount is None else abs(amount.value)


def page_link(path: Path | None, page: int | None) -> str | None:
    """The address of a page (from 1) in a file; readers of PDF open it there. None without a file."""
    if path is None:
        return None
    return path.resolve().as_uri() + (f"#page={page}" if page else "")
