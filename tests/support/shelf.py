"""A library held in memory, what stands in it, and questions asked of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from service.answering import respond
from service.records import Answer, Cell, DocumentInfo, Fact, Finding, Hit, Indicator, Passage, Place, Reason, Table
from service.search.likeness import Likeness
from service.settings import Settings

_NUMBER = re.compile(r"-?[\d.]+")


class Shelf:
    """The material of an answer: these documents and what each holds, by its `doc`; what is not named is not there."""

    def __init__(
        self,
        *infos: DocumentInfo,
        facts: Mapping[str, Sequence[Fact]] | None = None,
        reasons: Mapping[str, Sequence[Reason]] | None = None,
        passages: Mapping[str, Sequence[Passage]] | None = None,
        tables: Mapping[str, Sequence[Table]] | None = None,
        indicators: Mapping[str, Sequence[Indicator]] | None = None,
        findings: Mapping[str, Sequence[Finding]] | None = None,
        hits: Sequence[Hit] = (),
        likeness: Likeness | None = None,
    ) -> None:
        self._infos = infos
        self._facts, self._reasons, self._passages = facts or {}, reasons or {}, passages or {}
        self._tables, self._indicators, self._findings = tables or {}, indicators or {}, findings or {}
        self._hits, self._likeness = hits, likeness or Likeness({}, {}, None)

    def documents(self) -> Sequence[DocumentInfo]:
        return self._infos

    def facts(self, doc: str) -> Sequence[Fact]:
        return self._facts.get(doc, ())

    def reasons(self, doc: str) -> Sequence[Reason]:
        return self._reasons.get(doc, ())

    def passages(self, doc: str) -> Sequence[Passage]:
        return self._passages.get(doc, ())

    def tables(self, doc: str) -> Sequence[Table]:
        return self._tables.get(doc, ())

    def indicators(self, doc: str) -> Sequence[Indicator]:
        return self._indicators.get(doc, ())

    def findings(self, doc: str) -> Sequence[Finding]:
        return self._findings.get(doc, ())

    def is_recognised(self, doc: str, page: int) -> bool:  # noqa: ARG002 - no page of it is a picture
        return False

    def find(self, question: str, docs: Sequence[str], k: int) -> Sequence[Hit]:  # noqa: ARG002 - the same, whatever is asked
        return [hit for hit in self._hits if hit.passage.doc in docs][:k]

    def likeness(self, question: str) -> Likeness:  # noqa: ARG002 - the same, whatever is asked
        return self._likeness


def ask(question: str, shelf: Shelf, *documents: DocumentInfo) -> Answer:
    """The answer without a model, of which nothing had to be withheld; asked of these documents (default: all of the shelf)."""
    request = respond.Request(question, documents or tuple(shelf.documents()))
    made = respond.answer(request, shelf, Settings(model=None, embedding_model=None))
    assert made.withheld == ()
    return made


def fact(
    item: str,
    measure: str,
    value: str,
    where: str,
    place: str | Place,
    year: int | None = 2023,
    *,
    source: str = "text",
    code: str | None = None,
    column: str | None = None,
    scope: str | None = None,
    table: str | None = None,
    part: str = "",
) -> Fact:
    """A fact of a value with its unit (default 万元), at a place or a quote of page 3."""
    printed = _NUMBER.match(value)
    assert printed is not None, value
    number, unit = printed[0], value[printed.end() :] or "万元"
    at = place if isinstance(place, Place) else Place(3, place, ())
    return Fact(item, measure, Decimal(number), unit, year, source, where, at, number, code, column, scope, table, part=part)


def passage(doc: str, section: str, *lines: str, number: int = 0, page: int = 3) -> Passage:
    """A passage of prose, one printed line below the other."""
    pieces = tuple((page, line, (0.0, 20.0 * n, 300.0, 20.0 * n + 12)) for n, line in enumerate(lines))
    quote = "".join(lines)
    return Passage(f"{doc}#{number}", doc, page, section, "prose", f"\n\n{quote}", quote, pieces)


def passages(doc: str, told: Iterable[tuple[str, str]]) -> list[Passage]:
    """Passages of prose in reading order: each a section and its text."""
    return [passage(doc, section, text, number=n) for n, (section, text) in enumerate(told)]


def table(columns: Sequence[str], *rows: str, title: str = "", number: str | None = None, statement: str | None = None) -> Table:
    """A table on page 1 whose rows are written 「a|b|c」."""
    cells = tuple(
        tuple(Cell(text, 1, (50.0 * c, 20.0 * r, 50.0 * c + 50, 20.0 * r + 20)) for c, text in enumerate(row.split("|")))
        for r, row in enumerate(rows)
    )
    return Table(title, number, "万元", (1,), (), tuple(columns), cells, statement=statement)
