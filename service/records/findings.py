"""What the checker covered and found."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.records.documents import Place


class State(StrEnum):
    """State of one obligation."""

    PASS = "pass"
    TAIL = "tail"
    FINDING = "finding"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"


class Severity(StrEnum):
    """Grade of a finding."""

    ERROR = "error"
    ROUNDING = "rounding"
    SUSPICIOUS = "suspicious"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value (decimal string as printed, without thousands separators, or a word) and its unit."""

    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Operand:
    """A printed figure that a finding computes with."""

    text: str
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction, with both sides' evidence. Wording never says which side is right."""

    id: str
    obligation: str
    kind: str
    """Class of the contract: growth-rate, share, completion-rate, sum, cross-table, …"""
    severity: Severity
    stated: Quantity
    expected: Quantity | None
    where: str
    place: Place
    operands: tuple[Operand, ...]
    diagnosis: tuple[str, ...]
    explain: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An obligation that was owed and could not be checked."""

    obligation: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checker covered and found."""

    doc: str
    counts: dict[State, int]
    not_checked: tuple[Gap, ...]
    findings: tuple[Finding, ...]
    by_obligation: dict[str, dict[State, int]] = field(default_factory=dict)
    """`counts` by obligation code, states that occur; empty in reports made before it was kept."""
