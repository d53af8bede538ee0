"""The book: a document with its facts, and the views of it that rules share, each made once."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from service.checks import intervals, ledgers, sentences
from service.checks.hierarchies import Hierarchy
from service.checks.ledgers import Ledger
from service.checks.printed import key
from service.checks.sentences import Sentence
from service.reading import agreement
from service.reading.agreement import Disagreement
from service.records import Box, Disclosure, Document, Fact, Place, Table

_PROSE_PLACES = 2
"""Decimals of amounts in 万元 that the statutory narrative prescribes."""


@dataclass(frozen=True)
class Book:
    """What the rules check."""

    document: Document
    disclosure: Disclosure
    earlier: Disclosure | None = None
    """The same body's disclosure of the year before, of the same kind, where the library holds it."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Prose sentences, in reading order."""
        return sentences.read(self.document)

    @cached_property
    def places(self) -> int:
        """Decimals that amounts of the prose have at least, though trailing zeros are not printed.

        Two, unless most of the amounts with decimals print fewer: then the author rounds, and each amount stands for
        its own printed decimals.
        """
        fractions = [d for d in map(intervals.decimals, self._money) if d > 0]
        short = sum(1 for d in fractions if d < _PROSE_PLACES)
        return 0 if fractions and 2 * short > len(fractions) else _PROSE_PLACES

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Figures of tables that two ways of reading tell differently; none where the document keeps no lines of its pages."""
        return tuple(agreement.read(self.document.tables, self.document.pages))

    @cached_property
    def doubted_tables(self) -> tuple[Table, ...]:
        """Tables that print a figure which stands in none of their cells: a row may be missing."""
        return tuple(self.document.tables[d.table] for d in self.disagreements if d.row is None)

    def is_confirmed(self, table: Table) -> bool:
        """Whether a table is a recognised statement, every figure of which was read the same in two ways."""
        return table.statement is not None and not any(self.document.tables[d.table] is table for d in self.disagreements)

    @cached_property
    def panels(self) -> tuple[tuple[Ledger, ...], ...]:
        """The tables of amounts, each as its panels."""
        doubted = {(d.page, d.box) for d in self.disagreements}
        return ledgers.read(self.document, frozenset(doubted))

    @cached_property
    def ledgers(self) -> tuple[Ledger, ...]:
        """Every panel, those that continue one list of codes joined."""
        return tuple(ledger for panels in self.panels for ledger in ledgers.joined(panels))

    @cached_property
    def hierarchies(self) -> tuple[Hierarchy, ...]:
        """The sums that the codes of each ledger prescribe."""
        return tuple(Hierarchy(ledger) for ledger in self.ledgers)

    @cached_property
    def text_facts(self) -> tuple[Fact, ...]:
        """Facts of the prose."""
        return tuple(f for f in self.disclosure.facts if f.source == "text")

    @cached_property
    def table_facts(self) -> tuple[Fact, ...]:
        """Facts of the tables."""
        return tuple(f for f in self.disclosure.facts if f.source == "table")

    @cached_property
    def by_key(self) -> dict[str, Sentence]:
        """The sentence that prints a figure, by the figure's key."""
        return {m.printed.key: s for s in self.sentences for m in s.marks}

    @cached_property
    def rows(self) -> dict[tuple[int, Box], tuple[Table, int]]:
        """The table and row of a cell, by page and box."""
        return {(c.page, c.box): (t, n) for t in self.document.tables for n, row in enumerate(t.rows) for c in row if c.text}

    @cached_property
    def _statements(self) -> dict[tuple[str, int], str]:
        """Title and page of a table → its statement."""
        return {(t.title, page): t.statement for t in self.document.tables if t.statement for page in t.pages}

    def statement_of(self, fact: Fact) -> str | None:
        """The statement that a fact's table is."""
        return self._statements.get((fact.table or "", fact.place.page))

    def place_of(self, fact: Fact) -> Place:
        """The whole sentence or table row that prints a fact: more to read than the fact's own quote."""
        sentence = self.by_key.get(key(fact.place))
        if sentence is not None and fact.source == "text":
            return sentence.place
        at = next((self.rows[fact.place.page, box] for box in fact.place.boxes if (fact.place.page, box) in self.rows), None)
        return at[0].place(at[1]) if at and at[0].rows[at[1]] else fact.place

    @cached_property
    def _money(self) -> list[Decimal]:
        """Every amount in 万元 of the prose."""
        return [m.printed.value for s in self.sentences for m in s.marks if m.printed.unit == "万元"]
