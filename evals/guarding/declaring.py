"""A calculation read from TAT-QA, with the operands found → the derivation that a draft declares, with the value of every step."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

from evals.guarding import derivations
from evals.guarding.derivations import Calculation
from service import amounts
from service.answering import arithmetic
from service.answering.arithmetic import Operandum
from service.answering.draft import WHOLE, Derivation, Operation, Term

LINEAR = (Operation.SUM, Operation.DIFFERENCE, Operation.AVERAGE)
"""Operations whose result has its operands' unit."""
STEP_DECIMALS = 2
"""So many decimals the value of a step is written with."""
_RATES = (Operation.SHARE, Operation.CHANGE)


def declare(calculation: Calculation, terms: Sequence[Term], stated: str, unit: str) -> Derivation:
    """The derivation of a stated value.

    Args:
        calculation: over numbers as written.
        terms: for each number in order, where it is printed.
        stated: the value, digits and point.
        unit: its unit, "" for none.
    """
    return Derivation(stated, unit, calculation.operation, _operands(calculation, iter(terms)))


def computed(declared: Derivation, decimals: int) -> str | None:
    """What a derivation gives, without sign and with so many decimals; None where it cannot be computed."""
    exact = _exact(declared)
    if exact is None:
        return None
    with localcontext() as context:
        context.prec = arithmetic.PRECISION
        return amounts.plain(abs(exact.value).quantize(Decimal(1).scaleb(-decimals)))


def _operands(calculation: Calculation, terms: Iterator[Term]) -> tuple[Term | Derivation, ...]:
    return tuple(
        _step(operand, terms) if isinstance(operand, Calculation) else WHOLE if operand == derivations.WHOLE else next(terms)
        for operand in calculation.operands
    )


def _step(calculation: Calculation, terms: Iterator[Term]) -> Derivation:
    operands = _operands(calculation, terms)
    unit = "%" if calculation.operation in _RATES else operands[0].unit if calculation.operation in LINEAR else ""
    if unit == "%" and calculation.operation is Operation.DIFFERENCE and operands[0] != WHOLE:
        unit = amounts.POINTS
    bare = Derivation("0", unit, calculation.operation, operands)
    return Derivation(computed(bare, STEP_DECIMALS) or "0", unit, calculation.operation, operands)


def _exact(declared: Derivation) -> Operandum | None:
    """The exact result of a derivation, its operands taken as it writes them."""
    operands: list[Operandum] = []
    for term in declared.terms:
        found = _exact(term) if isinstance(term, Derivation) else _written(term)
        if found is None:
            return None
        operands.append(found)
    outcome = arithmetic.compute(declared.operation, operands, declared.unit)
    return None if outcome is None else Operandum(outcome.value, declared.unit)


def _written(term: Term) -> Operandum | None:
    figure = amounts.cell(term.printed)
    return None if figure is None else Operandum(figure.value, term.unit)
