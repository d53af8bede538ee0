"""Declared derivations recomputed from their printed operands, exactly, in Decimal."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from service.amounts import POINTS, YUAN, plain
from service.answering.draft import Operation

MOST_OPERANDS = 4
"""More operands are allowed only to sums, averages and counts over a column."""
LONG = (Operation.SUM, Operation.AVERAGE, Operation.COUNT)
_WHOLE = 100
"""All, in %."""
HEADS = {"人", "名"}
"""People are counted by either word: 编制20名, 在职18人."""
PRECISION = 50
"""Significant digits of intermediate results: beyond any printed figure."""


@dataclass(frozen=True, slots=True)
class Operandum:
    """An operand: its printed value and unit ("" for none), or what a step gives, and how it is written in a calculation."""

    value: Decimal
    unit: str
    formula: str = ""
    """How a step's result is written; empty for a printed operand, which is written as its value."""

    @property
    def text(self) -> str:
        """The operand as it stands in a calculation."""
        return f"({self.formula})" if self.formula else plain(self.value) if self.value >= 0 else f"({plain(self.value)})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exact result, its unit, and the calculation as text without the result."""

    value: Decimal
    unit: str
    formula: str


def compute(operation: Operation, terms: Sequence[Operandum], unit: str) -> Outcome | None:
    """Recompute a derivation.

    Args:
        operation: what is declared.
        terms: operands in order.
        unit: the unit the result is stated in.

    Returns:
        The result in `unit`, or None where the operation does not apply to such operands: wrong count, mixed units, a zero
        denominator, or a result of another unit.
    """
    if not terms or (len(terms) > MOST_OPERANDS and operation not in LONG):
        return None
    with localcontext() as context:
        context.prec = PRECISION
        if operation is Operation.COUNT:
            return Outcome(Decimal(len(terms)), unit, " + ".join("1" for _ in terms)) if unit not in YUAN and unit != "%" else None
        if operation in (Operation.SUM, Operation.AVERAGE, Operation.DIFFERENCE, Operation.CONVERT):
            return _linear(operation, terms, unit)
        return _ratio(operation, terms, unit)


def agrees(stated: Decimal, exact: Decimal) -> bool:
    """Whether a stated figure is the exact result rounded (half up or down) to its own decimals, sign aside."""
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    return abs(abs(stated) - abs(exact)) <= step / 2


def _linear(operation: Operation, terms: Sequence[Operandum], unit: str) -> Outcome | None:
    """Operations whose result has the operands' unit."""
    # The difference of two percentages is in percentage points; only what is left of the whole is a percentage.
    rates = operation is Operation.DIFFERENCE and all(term.unit == "%" for term in terms)
    if rates and unit == "%" and terms[0].value != _WHOLE:
        return None
    points = rates and unit == POINTS
    parts = [_in_unit(term, "%" if points else unit) for term in terms]
    if any(part is None for part in parts):
        return None
    values = [part[0] for part in parts if part is not None]
    texts = [part[1] for part in parts if part is not None]
    if operation is Operation.CONVERT:
        return Outcome(values[0], unit, texts[0]) if len(terms) == 1 else None
    if operation is Operation.DIFFERENCE:
        return Outcome(values[0] - values[1], unit, f"{texts[0]} - {texts[1]}") if len(terms) == 2 else None
    total = sum(values, Decimal(0))
    if operation is Operation.SUM:
        return Outcome(total, unit, " + ".join(texts)) if len(terms) >= 2 else None
    return Outcome(total / len(values), unit, f"({' + '.join(texts)}) / {len(values)}")


def _ratio(operation: Operation, terms: Sequence[Operandum], unit: str) -> Outcome | None:
    """Products, quotients, shares and changes."""
    if len(terms) != 2:
        return None
    a, b = terms
    if operation is Operation.PRODUCT:
        units = [t.unit for t in terms if t.unit not in ("", "%")]
        if len(units) > 1 or (units and units[0] != unit):
            return None
        hundred = 100 if "%" in (a.unit, b.unit) else 1
        formula = f"{a.text} * {b.text}" + (" / 100" if hundred == 100 else "")
        return Outcome(a.value * b.value / hundred, unit, formula)
    if operation is Operation.QUOTIENT and b.unit == "%" and a.unit != "%":
        return _whole(a, b, unit)
    if operation is Operation.QUOTIENT and unit in YUAN:
        return _each(a, b, unit)
    return _quotient(operation, a, b, unit)


def _quotient(operation: Operation, a: Operandum, b: Operandum, unit: str) -> Outcome | None:
    """Quotients of like quantities, shares and changes."""
    common = a.unit if a.unit in YUAN else b.unit
    first, second = _in_unit(a, common), _in_unit(b, common)
    if first is None or second is None or second[0] == 0:
        return None
    if operation is Operation.QUOTIENT:
        return Outcome(first[0] / second[0], unit, f"{first[1]} / {second[1]}")
    if unit not in ("%", ""):
        return None
    if operation is Operation.SHARE:
        return Outcome(100 * first[0] / second[0], "%", f"{first[1]} / {second[1]} * 100")
    return Outcome(100 * (first[0] - second[0]) / second[0], "%", f"({first[1]} - {second[1]}) / {second[1]} * 100")


def _whole(part: Operandum, share: Operandum, unit: str) -> Outcome | None:
    """The whole of which a part is the percentage given."""
    own = _in_unit(part, unit)
    if own is None or share.value == 0:
        return None
    return Outcome(100 * own[0] / share.value, unit, f"{own[1]} / {share.text} * 100")


def _each(money: Operandum, count: Operandum, unit: str) -> Outcome | None:
    """Money for each of what is counted."""
    part = _in_unit(money, unit)
    if part is None or count.unit in (*YUAN, "%", POINTS) or count.value == 0:
        return None
    return Outcome(part[0] / count.value, unit, f"{part[1]} / {count.text}")


def _in_unit(term: Operandum, unit: str) -> tuple[Decimal, str] | None:
    """The operand's value in `unit` with the text that says so; None when the units cannot be compared."""
    if term.unit == unit or {term.unit, unit} <= HEADS:
        return term.value, term.text
    if term.unit in YUAN and unit in YUAN:
        factor = YUAN[term.unit] / YUAN[unit]
        text = f"{term.text} * {plain(factor)}" if factor >= 1 else f"{term.text} / {plain(1 / factor)}"
        return term.value * factor, f"({text})"
    return None
