"""What an answer is before it is verified: sentences that name their evidence, and derivations that name their operands.

The offline composer and the model chain both produce a `Draft`; `service.answering.verify` turns it into an `Answer`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from service.records import Fact, Place


class Operation(StrEnum):
    """The arithmetic an answer may declare. `a`, `b`, … are the operands in order."""

    SUM = "sum"
    """a + b + …"""
    DIFFERENCE = "difference"
    """a − b"""
    PRODUCT = "product"
    """a × b"""
    QUOTIENT = "quotient"
    """a ÷ b; where b is a percentage, the whole of which a is that part"""
    SHARE = "share"
    """100 × a ÷ b, in %"""
    CHANGE = "change"
    """100 × (a − b) ÷ b, in %"""
    AVERAGE = "average"
    """(a + b + …) ÷ n"""
    CONVERT = "convert"
    """a in another unit of money"""
    COUNT = "count"
    """the number of operands"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage or fact that sentences may cite, under a label such as E3.

    `unit` is the unit of figures that the quote prints without one (a table's unit line), None where the quote prints units.
    """

    label: str
    doc: str
    section: str
    place: Place
    unit: str | None = None
    year: int | None = None
    """The document's year, which tells this year's figures from the prior year's."""
    facts: tuple[Fact, ...] = ()
    """Facts read from the quote; they give a table row's figures their units and roles."""
    head: str = ""
    """Words that describe the quote but are not in it: table title, column headings."""
    org: str = ""
    """The body whose document it is."""
    items: tuple[str, ...] = ()
    """Items that the quote explains, beside those of its facts."""


@dataclass(frozen=True, slots=True)
class Term:
    """One operand of a derivation: a figure as printed in the evidence named."""

    label: str
    printed: str
    unit: str = ""


WHOLE = Term("", "100", "%")
"""The operand that no evidence prints: all of what shares are of."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A figure that is computed: its value and unit as they stand in the sentence, the operation and its operands.

    An operand that is itself a derivation is a step on the way, whose value need not stand in the sentence.
    """

    value: str
    unit: str
    operation: Operation
    terms: tuple["Term | Derivation", ...]

    @property
    def printed(self) -> Iterator[Term]:
        """The operands that evidence prints, those of the steps too."""
        for term in self.terms:
            if isinstance(term, Derivation):
                yield from term.printed
            elif term != WHOLE:
                yield term

    @property
    def depth(self) -> int:
        """How many calculations are within each other, this one counted."""
        return 1 + max((term.depth for term in self.terms if isinstance(term, Derivation)), default=0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the labels of the evidence it rests on."""

    text: str
    labels: tuple[str, ...] = ()
    derivations: tuple[Derivation, ...] = ()

    @property
    def cited(self) -> tuple[str, ...]:
        """Labels of all evidence the sentence rests on, its calculations' too, each once."""
        return tuple(dict.fromkeys((*self.labels, *(term.label for d in self.derivations for term in d.printed))))


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer to be verified. `refused`: the documents do not hold what was asked."""

    sentences: tuple[Sentence, ...]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """What the guard has against a sentence: which (index from 0), a code, and the wording for the model and the log."""

    sentence: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A draft with what the guard has against it."""

    draft: Draft
    objections: tuple[Objection, ...]
