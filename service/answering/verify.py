"""The guard over every answer: each figure is cited, derived by a declared calculation, or its sentence is taken out.

A sentence stands when: the evidence it names exists; every figure in it is printed in that evidence (same digits, same unit, same
role, same direction) or follows from a declared calculation over printed operands; and every quotation 「…」 is verbatim. Years,
dates, document numbers, list numbers, codes and page numbers are exempted by their form.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from service import addressed, amounts
from service.amounts import Amount, Form
from service.answering import arithmetic, calculation, claims, comparisons, manner, numerals, operands, relations, roles, subjects
from service.answering.draft import Derivation, Draft, Evidence, Objection, Operation, Sentence
from service.records import Figure, Support
from service.text import find, normal

SMALL_COUNT = 4
"""Chinese counts up to this are taken for a manner of speaking."""
Subjects = tuple[frozenset[str], frozenset[str]]
_QUOTED = re.compile(r"「([^「」]+)」")
_PAGE = re.compile(r"第\s*\d+\s*(?:[-—至]\s*\d+\s*)?页")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome of verification: sentences that stand, their figures, and the objections to the rest."""

    kept: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    """Figures of the kept sentences in order; `citation` is the index (from 1) into `labels`."""
    labels: tuple[str, ...]
    """Labels of the evidence that the kept sentences cite, in order of first use."""
    objections: tuple[Objection, ...]


def check(draft: Draft, evidence: Mapping[str, Evidence], question: str) -> Verdict:
    """Verify a draft.

    Args:
        draft: the sentences with the labels and derivations they declare.
        evidence: what may be cited, by label.
        question: the user's words; a quotation of them 「…」 needs no evidence.

    Returns:
        What stands and what does not; a sentence with one objection is not kept.
    """
    evidence = {label: _data(item) for label, item in evidence.items()}
    kept: list[Sentence] = []
    figures: list[Figure] = []
    labels: dict[str, int] = {}
    objections: list[Objection] = []
    known = subjects.names(evidence.values())
    asked = subject = frozenset(name for _, name in subjects.mentioned(normal(question), known))
    for index, sentence in enumerate(draft.sentences):
        inspection = _Inspection(sentence, evidence, question, (subject, asked))
        found = list(inspection.figures(known))
        if not draft.refused:
            inspection.claims(known, subject, evidence)
        subject = frozenset(name for _, name in subjects.mentioned(normal(sentence.text), known)) or subject
        if inspection.objections:
            objections.extend(Objection(index, code, message) for code, message in inspection.objections)
            continue
        kept.append(sentence)
        for label in sentence.cited:
            labels.setdefault(label, len(labels) + 1)
        for figure, source in found:
            numbered = Figure(figure.value, figure.unit, figure.status, labels[source] if source else None, figure.derivation)
            if numbered not in figures:
                figures.append(numbered)
    return Verdict(tuple(kept), tuple(figures), tuple(labels), tuple(objections))


def _data(item: Evidence) -> Evidence:
    """The evidence without what speaks to a machine: documents are data."""
    quote = addressed.without(item.place.quote)
    return item if quote == item.place.quote else replace(item, place=replace(item.place, quote=quote))


class _Inspection:
    """One sentence held against its evidence; objections gather as it is read."""

    def __init__(self, sentence: Sentence, evidence: Mapping[str, Evidence], question: str, subject: Subjects) -> None:
        self.cited: dict[str, Evidence] = {label: evidence[label] for label in sentence.cited if label in evidence}
        self.sentence = replace(sentence, text=subjects.unquoted(sentence.text, self.cited.values()))
        self.book = evidence
        self.question = question
        self.subject = subject
        """The items that the sentence before (or, for the first, the question) names, and those of the question."""
        self.objections: list[tuple[str, str]] = []
        for label in sentence.cited:
            if label not in evidence:
                self._object("unknown-label", f"没有标号为 {label} 的材料")

    def figures(self, known: frozenset[str]) -> Iterator[tuple[Figure, str | None]]:
        """Every figure of the sentence with the label that supports it."""
        text = self._without_quotations(self.sentence.text)
        quotes = [item.place.quote for item in self.cited.values()]
        for code, message in numerals.unfounded(text, self.sentence.text, quotes, self.question):
            self._object(code, message)
        bare = subjects.without_names(text, [fact for item in self.cited.values() for fact in item.facts])
        printed = [a for a in amounts.numbers(text) if bare[a.start : a.end] == text[a.start : a.end]]
        found = [a for a in printed if a.form is Form.FIGURE or self._passes_for_another(a, text)]
        for amount in (*found, *_counts(bare)):
            yield from self._figure(amount, text, known, first=amount is found[0] if found else True)
        if found and not self.sentence.derivations:
            sources = [self.question, *(f"{e.place.quote}{e.head}{e.section}" for e in self.cited.values())]
            if (per := manner.another_measure(text, sources)) is not None:
                self._object("measure", per)
        problem = (
            comparisons.false_comparison(text, found)
            or comparisons.false_level(text, found, (fact for item in self.cited.values() for fact in item.facts))
            or comparisons.false_sufficiency(self.sentence.text, found)
        )
        if problem is not None:
            self._object("comparison", problem)

    def _passes_for_another(self, number: Amount, text: str) -> bool:
        """Whether a figure only looks like a subject code (16458) or a list number (「为: 97.」)."""
        if number.form is Form.CODE:
            sources = [self.question, *(f"{e.place.quote}{e.head}" for e in self.cited.values())]
            return not any(find(number.printed, source) for source in sources)
        return number.form is Form.LIST_NUMBER and number.start > 0 and not text[number.end :].strip(".。) ）")

    def claims(self, known: frozenset[str], subject: frozenset[str], book: Mapping[str, Evidence]) -> None:
        """What the sentence says beside figures: bodies, reasons, judgements, and that it cites anything at all."""
        if claims.bare(self.sentence):
            self._object("unlabelled", "这句话没有注明依据")
        figures = any(a.form in (Form.FIGURE, Form.CODE) for a in amounts.numbers(self.sentence.text))
        problems = {
            "body": claims.another_body(self.sentence, self.cited, self.question),
            "reason": claims.unfounded_reason(self.sentence, self.cited, book, subject, known),
            "claim": claims.unfounded_claim(self.sentence, self.cited, known, figures=figures),
        }
        for code, problem in problems.items():
            if problem is not None:
                self._object(code, problem)

    def _object(self, code: str, message: str) -> None:
        self.objections.append((code, message))

    def _without_quotations(self, text: str) -> str:
        """The sentence with its quotations blanked; one that is not verbatim is objected to."""

        def blank(match: re.Match[str]) -> str:
            words = match[1]
            if not any(find(words, quote) for quote in self._quotes()) and not find(words, self.question):
                self._object("quotation", f"引文「{words}」与所引材料不一致")
            return "「" + "某" * len(words) + "」"

        return _PAGE.sub("", _QUOTED.sub(blank, text))

    def _quotes(self) -> Iterator[str]:
        """The cited quotes, and those that go on over a page break."""
        items = list(self.cited.values())
        yield from (item.place.quote for item in items)
        for item, following in pairwise(items):
            if item.doc == following.doc and following.place.page == item.place.page + 1:
                yield item.place.quote + following.place.quote

    def _figure(self, amount: Amount, text: str, known: frozenset[str], *, first: bool) -> Iterator[tuple[Figure, str | None]]:
        said = f"{amount.printed}{amount.unit}"
        problem = f"{said} 不在所引材料中，也没有可验证的算式"
        for derivation in self.sentence.derivations:
            if _states(derivation, amount):
                outcome = self._derived(derivation, amount, text, known)
                if isinstance(outcome, str):
                    problem = outcome
                    if calculation.digits(amount.printed) in _operands(derivation):
                        # A difference from nothing is printed as its own operand: that does not make the calculation right.
                        self._object("figure", problem)
                        return
                else:
                    yield outcome, None
                    return
        for name, item in self.cited.items():
            printed = [a for a in calculation.figures(item) if _equal(amount, a)]
            if not printed:
                continue
            printed = subjects.own_places(text, amount, item, printed, known)
            conflict = (
                roles.conflict(text, amount, item, printed)
                or self._misattributed(amount, text, item, printed, known)
                or manner.altered(text, amount, item, printed, alone=first)
            )
            if conflict is None:
                yield Figure(amounts.plain(amount.value), amount.unit, Support.CITED, None), name
                return
            problem = conflict
        self._object("figure", problem)

    def _misattributed(self, amount: Amount, text: str, item: Evidence, printed: list[Amount], known: frozenset[str]) -> str | None:
        """What speaks against the figure being of the item, year and fund that the sentence names.

        Operands of a declared calculation may be of another year, as the calculation says.
        """
        facts = [f for f in item.facts if amounts.same(abs(f.value), f.unit, abs(amount.value), amount.unit)]
        if any(calculation.digits(amount.printed) in _operands(derivation) for derivation in self.sentence.derivations):
            return subjects.misplaced(text, amount, item, printed, known) if len(self.cited) > 1 else None
        prior = roles.is_prior(text, amount, item.year)
        return (
            subjects.misplaced(text, amount, item, printed, known)
            or subjects.another_year(text, amount, facts, prior=prior)
            or subjects.another_scope(text, amount, facts, self._titles(amount, item))
        )

    def _titles(self, amount: Amount, item: Evidence) -> str:
        """What stands with a figure and above it in the evidence, and in other evidence of the document that prints an equal one."""
        printing = [e for e in self.book.values() if e.doc == item.doc and any(_equal(amount, a) for a in calculation.figures(e))]
        return " ".join(f"{e.place.quote} {e.section} {e.head}" for e in (item, *printing))

    def _derived(self, derivation: Derivation, amount: Amount, text: str, known: frozenset[str]) -> Figure | str:
        """The figure with its calculation, or what is wrong with it."""
        made = calculation.of(derivation, self.cited, amount.unit)
        if isinstance(made, str):
            return made
        exact = made.outcome.value
        if not arithmetic.agrees(amount.value, exact):
            return f"{amount.printed}{amount.unit} 与所列算式的结果不符"
        if derivation.operation in (Operation.DIFFERENCE, Operation.CHANGE):
            signed = exact if relations.in_order(text, amount, made.operands) else -exact
            if not roles.direction_agrees(text, amount, signed):
                return f"{amount.printed}{amount.unit} 的增减方向与算式不符"
        if (against := relations.objection(text, amount, made)) is not None:
            return against
        if (strange := operands.foreign(text, made, known, self.subject)) is not None:
            return strange
        stated = amounts.plain(amount.value)
        return Figure(stated, amount.unit, Support.DERIVED, None, f"{made.outcome.formula} = {_signed(stated, exact)}")


def _signed(stated: str, exact: Decimal) -> str:
    return f"-{stated}" if exact < 0 and not stated.startswith("-") else stated


def _counts(text: str) -> list[Amount]:
    """Counts in Chinese numerals (十二项) that state a figure; the smallest (两个数, 三项) mostly count what the sentence lists."""
    found = (replace(a, printed=a.printed.removesuffix(a.unit)) for a in amounts.counts(text))
    return [a for a in found if a.value > SMALL_COUNT]


def _operands(derivation: Derivation) -> set[str]:
    return {calculation.digits(term.printed) for term in derivation.printed}


def _states(derivation: Derivation, amount: Amount) -> bool:
    stated = amounts.cell(derivation.value)
    return stated is not None and abs(stated.value) == abs(amount.value) and amounts.one_unit(derivation.unit) == amount.unit


def _equal(said: Amount, printed: Amount) -> bool:
    """Same quantity; a figure said without unit may repeat a printed one with any unit but money and %."""
    if amounts.same(abs(said.value), said.unit, abs(printed.value), printed.unit):
        return True
    loose = not said.unit or not printed.unit
    return loose and said.value == printed.value and not {said.unit, printed.unit} & {"%", *amounts.YUAN}
