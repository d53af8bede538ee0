"""The operands of a declared calculation must be of the items and years that its sentence names."""

from collections.abc import Iterable, Sequence

from service import amounts
from service.amounts import Form
from service.answering import subjects
from service.answering.draft import Derivation, Operation
from service.answering.matching import key
from service.records import Fact
from service.text import normal

_WITHIN_YEAR = (Operation.SHARE, Operation.QUOTIENT, Operation.PRODUCT, Operation.CONVERT)
"""Operations on figures of one year, unless the sentence names more."""

_OF_TWO_YEARS = (Operation.DIFFERENCE, Operation.CHANGE, Operation.SUM, Operation.AVERAGE)
"""Operations that take a figure of each, where a sentence names two years."""


def foreign(
    text: str,
    derivation: Derivation,
    facts: Sequence[Sequence[Fact]],
    known: frozenset[str],
    subject: tuple[frozenset[str], frozenset[str]],
) -> str | None:
    """What speaks against the operands being of the items and years that the sentence names, or None.

    Every operand of a difference or a change is of something the sentence names (or the sentence before, where it names nothing);
    of a share, sum or mean, at least one.

    Args:
        text: the sentence, its quotations blanked.
        derivation: the calculation.
        facts: for each operand, what the rules read there; empty where nothing.
        known: items that any evidence is about.
        subject: items that the sentence before names, and the question.
    """
    before, asked = subject
    named = {name for _, name in subjects.mentioned(normal(text), known)} or before
    pairwise = derivation.operation in (Operation.DIFFERENCE, Operation.CHANGE)
    stated = [(term, read) for term, read in zip(derivation.terms, facts, strict=True) if read and not _is_dull(read)]
    foreign = [term.printed for term, read in stated if not _is_of(read, named)]
    if pairwise and 0 < len(foreign) < len(derivation.terms):
        # 「甲更高：…，另一方…，相差…」 names one side; the question names the other.
        foreign = [term.printed for term, read in stated if not _is_of(read, {*named, *asked})]
    if named and foreign and (pairwise or len(foreign) == len(derivation.terms)):
        return f"算式中的 {foreign[0]} 在原文中不属于「{'、'.join(sorted(named))}」"
    return _other_years(text, derivation, facts)


def _is_dull(read: Sequence[Fact]) -> bool:
    """Whether a figure is of a total or of a row without a name of its own."""
    return any(key(fact.item) in subjects.DULL for fact in read)


def _is_of(read: Sequence[Fact], named: Iterable[str]) -> bool:
    own = {part for fact in read for part in subjects.parts(fact)}
    return any(subjects.related(name, other) for name in named for other in own)


def _other_years(text: str, derivation: Derivation, facts: Sequence[Sequence[Fact]]) -> str | None:
    """What speaks against the operands' years, or None.

    Two years named mean those and what lies between; one means it, and for what is measured against the year before, that one too,
    but not that one alone.
    """
    said = {int(a.value) for a in amounts.numbers(text) if a.form is Form.YEAR}
    if not said:
        return None
    allowed = set(range(min(said), max(said) + 1))
    if len(said) == 1 and derivation.operation not in _WITHIN_YEAR:
        allowed.add(min(said) - 1)
    if (undated := _undated(derivation, facts, said)) is not None:
        return undated
    met: set[int] = set()
    for term, read in zip(derivation.terms, facts, strict=True):
        years = {fact.year for fact in read if fact.year is not None}
        met |= years
        if years and not years & allowed and not (any(f.measure == "增减额" for read in facts for f in read) and max(years) - 1 in said):
            return f"算式中的 {term.printed} 在原文中是 {max(years)} 年的，不是 {max(said)} 年的"
    moved = any(fact.measure == "增减额" for read in facts for fact in read)  # last year's figure follows from this year's and the change
    if met and not met & said and not moved:
        return f"算式中的数都是 {max(met)} 年的，不是 {max(said)} 年的"
    return None


def _undated(derivation: Derivation, facts: Sequence[Sequence[Fact]], said: set[int]) -> str | None:
    """What speaks against two operands of two years named: one stands in a column of no year, or both are one measure of one year."""
    if len(said) != 2 or len(facts) != 2 or derivation.operation not in _OF_TWO_YEARS or not all(facts):
        return None
    years = [{fact.year for fact in read if fact.year is not None} for read in facts]
    measures = [{fact.measure for fact in read} for read in facts]
    if any(years) and not all(years):
        bare = next(term for term, own in zip(derivation.terms, years, strict=True) if not own)
        return f"算式中的 {bare.printed} 在原文中不是哪一年的数"
    if years[0] == years[1] and len(years[0]) == 1 and measures[0] == measures[1]:
        return f"算式中的数都是 {max(years[0])} 年的，不是 {min(said)} 年和 {max(said)} 年的"
    return None
