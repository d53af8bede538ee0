"""A declared calculation held against its evidence: every operand printed there, every step recomputed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from service import amounts
from service.amounts import Amount, Form
from service.answering import arithmetic, roles
from service.answering.arithmetic import Operandum, Outcome
from service.answering.draft import WHOLE, Derivation, Evidence, Operation, Term
from service.records import Fact
from service.text import normal

MOST_STEPS = 3
"""Steps within steps, the declared calculation itself counted: a sum within a share within a difference."""


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand of a calculation, as its evidence prints it or as its own steps give it."""

    said: str
    """As the draft writes it."""
    value: Operandum
    roles: frozenset[str] = frozenset()
    """What the evidence says it is (年初预算, 决算 …); of a step, what it says of all its operands."""
    facts: tuple[Fact, ...] = ()
    """What the rules read there; of a step, for all its operands."""
    row: tuple[Fact, ...] = ()
    """All that the rules read in the evidence of a printed operand: the other columns of its row."""
    step: "Calculation | None" = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation over operands that were found, with its exact result."""

    operation: Operation
    operands: tuple[Operand, ...]
    outcome: Outcome

    @property
    def steps(self) -> Iterator["Calculation"]:
        """This calculation and those within it."""
        yield self
        for operand in self.operands:
            if operand.step is not None:
                yield from operand.step.steps

    @property
    def printed(self) -> Iterator[tuple["Operand", tuple[Operation, ...]]]:
        """The printed operands, each under its operations, the outermost first."""
        for operand in self.operands:
            if operand.step is None:
                yield operand, (self.operation,)
            else:
                yield from ((leaf, (self.operation, *above)) for leaf, above in operand.step.printed)


def of(derivation: Derivation, cited: Mapping[str, Evidence], unit: str) -> Calculation | str:
    """A declared calculation recomputed, or what is wrong with it.

    Args:
        derivation: as declared; the value it states is compared by the caller.
        cited: the evidence by label.
        unit: the unit of the result, one name per unit.
    """
    if derivation.depth > MOST_STEPS:
        return f"算式的步骤套得太深，至多 {MOST_STEPS} 层"
    operands: list[Operand] = []
    for term in derivation.terms:
        operand = _step(term, cited) if isinstance(term, Derivation) else _operand(term, derivation.operation, cited)
        if isinstance(operand, str):
            return operand
        operands.append(operand)
    if derivation.operation is Operation.COUNT and len(set(derivation.terms)) < len(derivation.terms):
        return "同一个数不能数两次"
    outcome = arithmetic.compute(derivation.operation, [operand.value for operand in operands], unit)
    return "所列算式不能这样计算" if outcome is None else Calculation(derivation.operation, tuple(operands), outcome)


def figures(item: Evidence) -> list[Amount]:
    """The figures of a quote; where it prints no unit, those of the facts read from it, or the evidence's own."""
    found: list[Amount] = []
    for amount in (*amounts.numbers(item.place.quote), *amounts.counts(item.place.quote)):
        if amount.form not in (Form.FIGURE, Form.CODE) and not _in_brackets(amount, item):
            continue
        units = {f.unit for f in item.facts if abs(f.value) == abs(amount.value)} if not amount.unit else set()
        if not units and item.unit is not None and not amount.unit:
            units = {item.unit}
        if not units and not amount.unit and roles.is_prior(item.place.quote, amount, item.year):
            units = _money_beside(item.place.quote, amount)
        found.extend(replace(amount, unit=unit) for unit in units or {amount.unit})
    return found


def digits(printed: str) -> str:
    """A figure's digits and point, by which it is found again."""
    return normal(printed).replace(",", "").strip("-()")


def _in_brackets(amount: Amount, item: Evidence) -> bool:
    """Whether what looks like a list number is a row's negative figure: (12)."""
    return amount.form is Form.LIST_NUMBER and any(f.source == "table" and f.value == -amount.value < 0 for f in item.facts)


def _step(derivation: Derivation, cited: Mapping[str, Evidence]) -> Operand | str:
    """The result of a step; the value that the draft states for it must be the right one."""
    unit = amounts.one_unit(derivation.unit)
    made = of(derivation, cited, unit)
    if isinstance(made, str):
        return made
    stated = amounts.cell(derivation.value)
    if stated is None or not arithmetic.agrees(stated.value, made.outcome.value):
        return f"步骤中的 {derivation.value}{derivation.unit} 与所列算式的结果不符"
    common: frozenset[str] = frozenset.intersection(*(operand.roles for operand in made.operands))
    read = tuple(fact for operand in made.operands for fact in operand.facts)
    return Operand(derivation.value, Operandum(made.outcome.value, unit, made.outcome.formula), common, read, (), made)


def _operand(term: Term, operation: Operation, cited: Mapping[str, Evidence]) -> Operand | str:
    """The figure as the evidence named prints it, or that it does not; the whole of shares (100 %) needs none."""
    if term == WHOLE and operation is Operation.DIFFERENCE:
        return Operand(term.printed, Operandum(Decimal(term.printed), term.unit))
    item = cited.get(term.label)
    matches = [a for a in figures(item) if digits(a.printed) == digits(term.printed)] if item else []
    if term.unit:
        matches = [a for a in matches if a.unit in (amounts.one_unit(term.unit), "")]
    if item is None or not matches:
        return f"算式中的 {term.printed} 不在材料 {term.label} 中"
    first = matches[0]
    facts = tuple(f for f in item.facts if abs(f.value) == abs(first.value))
    value = Operandum(_signed(term.printed, first, item.place.quote), first.unit)
    return Operand(term.printed, value, frozenset(roles.of(first, item)), facts, item.facts)


def _signed(printed: str, amount: Amount, quote: str) -> Decimal:
    """The operand's value: negative where the draft says so and the quote prints it so (-12.00, or (12.00) in a row's cell)."""
    before, after = normal(quote[: amount.start])[-1:], normal(quote[amount.end :])[:1]
    start = normal(quote[amount.start : amount.end])[:1]
    negative = start == "-" or before == "-" or (before, after) == ("(", ")")
    said = normal(printed)
    return -abs(amount.value) if negative and said[:1] in ("-", "(") else abs(amount.value)


def _money_beside(quote: str, amount: Amount) -> set[str]:
    """The unit of a sentence's money, where all of it is printed in one: 「由上年的12.30增加到14.50万元」."""
    start = max(quote.rfind(mark, 0, amount.start) for mark in "。；;") + 1
    ends = [at for mark in "。；;" if (at := quote.find(mark, amount.end)) >= 0]
    units = {a.unit for a in amounts.numbers(quote[start : min(ends, default=len(quote))]) if a.unit in amounts.YUAN}
    return units if len(units) == 1 else set()
