"""The operands of a declared calculation must be of the items and years that its sentence names."""

from collections.abc import Collection, Iterable, Sequence

from service import amounts
from service.amounts import Form
from service.answering import subjects
from service.answering.calculation import Calculation, Operand
from service.answering.draft import Operation
from service.answering.matching import key
from service.records import Fact
from service.text import normal

_WITHIN_YEAR = (Operation.SHARE, Operation.QUOTIENT, Operation.PRODUCT, Operation.CONVERT)
"""Operations on figures of one year, unless the sentence names more."""

_OF_TWO_YEARS = (Operation.DIFFERENCE, Operation.CHANGE, Operation.SUM, Operation.AVERAGE)
"""Operations that take a figure of each, where a sentence names two years."""


def foreign(
    text: str,
    made: Calculation,
    known: frozenset[str],
    subject: tuple[frozenset[str], frozenset[str]],
) -> str | None:
    """What speaks against the operands being of the items and years that the sentence names, or None.

    Every operand of a difference or a change is of something the sentence names (or the sentence before, where it names nothing);
    of a share, sum or mean, at least one. So it is for every step.

    Args:
        text: the sentence, its quotations blanked.
        made: the calculation.
        known: items that any evidence is about.
        subject: items that the sentence before names, and the question.
    """
    before, asked = subject
    named = {name for _, name in subjects.mentioned(normal(text), known)} or before or subjects.resembled(text, known)
    for step in made.steps:
        if (strange := _of_another(step, named, asked)) is not None:
            return f"算式中的 {strange} 在原文中不属于「{'、'.join(sorted(named))}」"
    leaves = [leaf for leaf, _ in made.printed]
    if (swapped := _swapped(named, leaves)) is not None:
        return f"算式中的 {swapped[0]} 在原文中不属于「{swapped[1]}」"
    if (swapped := _of_another_column(normal(text), leaves)) is not None:
        return f"算式中的 {swapped[0]} 在原文中不属于「{swapped[1]}」一列"
    return _other_years(text, made)


def _swapped(named: Collection[str], leaves: Sequence[Operand]) -> tuple[str, str] | None:
    """An operand of nothing that the sentence names, with what it names and no operand is of: one was taken for the other; or None."""
    facts = [fact for leaf in leaves for fact in leaf.facts]
    parents = {key(name) for fact in facts for name in (*fact.path, fact.where, fact.scope or "")}
    missing = [name for name in named if not _is_of(facts, [name]) and not any(subjects.related(name, other) for other in parents if other)]
    foreign = [leaf.said for leaf in leaves if leaf.facts and not _is_dull(leaf.facts) and not _is_of(leaf.facts, named)]
    return (foreign[0], min(missing)) if missing and foreign else None


def _of_another_column(text: str, leaves: Sequence[Operand]) -> tuple[str, str] | None:
    """The same of the columns of the operands' rows."""
    every = {column for leaf in leaves for column in _columns(leaf.row) if len(column) >= subjects.SHORTEST and column not in subjects.DULL}
    own = {column for leaf in leaves for column in _columns(leaf.facts)}
    said = [column for column in every if column in text]
    missing = [column for column in said if not any(subjects.related(column, other) for other in own)]
    for leaf in leaves:
        mine = _columns(leaf.facts)
        if missing and mine and not any(subjects.related(column, other) for column in said for other in mine):
            return leaf.said, min(missing)
    return None


def _columns(facts: Iterable[Fact]) -> set[str]:
    return {key(part) for fact in facts if fact.source == "table" for part in (fact.column or "").split("/") if part}


def _of_another(made: Calculation, named: Collection[str], asked: Collection[str]) -> str | None:
    """The first operand that is not of what the sentence names and would have to be, or None."""
    pairwise = made.operation in (Operation.DIFFERENCE, Operation.CHANGE)
    stated = [operand for operand in made.operands if operand.facts and not _is_dull(operand.facts)]
    foreign = [operand.said for operand in stated if not _is_of(operand.facts, named)]
    read = [fact for operand in stated for fact in operand.facts]
    if pairwise and 0 < len(foreign) < len(made.operands) and all(_is_of(read, [name]) for name in named):
        # 「甲更高：…，另一方…，相差…」 names one side; the question names the other.
        foreign = [operand.said for operand in stated if not _is_of(operand.facts, {*named, *asked})]
    return foreign[0] if named and foreign and (pairwise or len(foreign) == len(made.operands)) else None


def _is_dull(read: Sequence[Fact]) -> bool:
    """Whether a figure is of a total or of a row without a name of its own."""
    return any(key(fact.item) in subjects.DULL for fact in read)


def _is_of(read: Sequence[Fact], named: Iterable[str]) -> bool:
    own = {part for fact in read for part in subjects.parts(fact)}
    return any(subjects.related(name, other) for name in named for other in own)


def _other_years(text: str, made: Calculation) -> str | None:
    """What speaks against the operands' years, or None.

    Two years named mean those and what lies between; one means it, and for what is measured against the year before, that one too,
    but not that one alone.
    """
    said = {int(a.value) for a in amounts.numbers(text) if a.form is Form.YEAR}
    if not said:
        return None
    if (undated := _undated(made, said)) is not None:
        return undated
    moved = any(fact.measure == "增减额" for operand in made.operands for fact in operand.facts)
    met: set[int] = set()
    for operand, above in made.printed:
        allowed = set(range(min(said), max(said) + 1))
        if _goes_back(above, said):
            allowed.add(min(said) - 1)
        years = {fact.year for fact in operand.facts if fact.year is not None}
        met |= years
        if years and not years & allowed and not (moved and max(years) - 1 in said):
            return f"算式中的 {operand.said} 在原文中是 {max(years)} 年的，不是 {max(said)} 年的"
    # last year's figure follows from this year's and the change
    if met and not met & said and not moved:
        return f"算式中的数都是 {max(met)} 年的，不是 {max(said)} 年的"
    return None


def _goes_back(above: Sequence[Operation], said: Collection[int]) -> bool:
    """Whether an operand under these operations may be of the year before the first one named."""
    if len(said) == 1 and above[0] not in _WITHIN_YEAR:
        return True
    return any(operation in _OF_TWO_YEARS and operation is not Operation.SUM for operation in above[1:])


def _beside_years(leaf: Operand, said: set[int]) -> bool:
    """Whether an operand stands in a column of no year while its row has one of the years named."""
    return all(fact.year is None for fact in leaf.facts) and any(fact.year in said for fact in leaf.row)


def _undated(made: Calculation, said: set[int]) -> str | None:
    """What speaks against operands in columns of no year, or None.

    None of them is of the years named, which their rows print in other columns; or of two operands of two years named one stands in a
    column of no year, or both are one measure of one year.
    """
    leaves = [leaf for leaf, _ in made.printed if leaf.facts]
    if len(said) > 1 and leaves and all(_beside_years(leaf, said) for leaf in leaves):
        return f"算式中的 {leaves[0].said} 在原文中不是 {max(said)} 年的数"
    if len(said) != 2 or len(made.operands) != 2 or made.operation not in _OF_TWO_YEARS or not all(o.facts for o in made.operands):
        return None
    years = [{fact.year for fact in operand.facts if fact.year is not None} for operand in made.operands]
    measures = [{fact.measure for fact in operand.facts} for operand in made.operands]
    if any(years) and not all(years):
        bare = next(operand for operand, own in zip(made.operands, years, strict=True) if not own)
        return f"算式中的 {bare.said} 在原文中不是哪一年的数"
    if years[0] == years[1] and len(years[0]) == 1 and measures[0] == measures[1]:
        return f"算式中的数都是 {max(years[0])} 年的，不是 {min(said)} 年和 {max(said)} 年的"
    return None
