"""The guard over every answer: each figure is cited, derived by a declared calculation, or its sentence is taken out.

A sentence stands when: the evidence it names exists; every figure in it is printed in that evidence (same digits, same unit, same
role, same direction) or follows from a declared calculation over printed operands; and every quotation 「…」 is verbatim. Years,
dates, document numbers, list numbers, codes and page numbers are exempted by their form.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from service import addressed, amounts
from service.amounts import Amount, Form
from service.answering import arithmetic, operands, roles, subjects
from service.answering.arithmetic import Operandum
from service.answering.draft import Derivation, Draft, Evidence, Objection, Operation, Sentence
from service.records import Fact, Figure, Support
from service.text import find, normal

SMALL_COUNT = 4
"""Chinese counts up to this are taken for a manner of speaking."""
Subjects = tuple[frozenset[str], frozenset[str]]
_QUOTED = re.compile(r"「([^「」]+)」")
_PAGE = re.compile(r"第\s*\d+\s*(?:[-—至]\s*\d+\s*)?页")
_DIGITS = "一二三四五六七八九十百千两"
_NUMERAL = re.compile(rf"百分之[零点{_DIGITS}]+|[{_DIGITS}][万亿点{_DIGITS}]*(?:万元|亿元|元)")


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
        for label in _used(sentence):
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


def _used(sentence: Sentence) -> Iterator[str]:
    yield from sentence.labels
    for derivation in sentence.derivations:
        yield from (term.label for term in derivation.terms)


class _Inspection:
    """One sentence held against its evidence; objections gather as it is read."""

    def __init__(self, sentence: Sentence, evidence: Mapping[str, Evidence], question: str, subject: Subjects) -> None:
        self.sentence = sentence
        self.book = evidence
        self.question = question
        self.subject = subject
        """The items that the sentence before (or, for the first, the question) names, and those of the question."""
        self.objections: list[tuple[str, str]] = []
        self.cited: dict[str, Evidence] = {}
        for label in dict.fromkeys(_used(sentence)):
            if label in evidence:
                self.cited[label] = evidence[label]
            else:
                self._object("unknown-label", f"没有标号为 {label} 的材料")

    def figures(self, known: frozenset[str]) -> Iterator[tuple[Figure, str | None]]:
        """Every figure of the sentence with the label that supports it."""
        text = self._without_quotations(self.sentence.text)
        self._numerals(text)
        bare = subjects.without_names(text, [fact for item in self.cited.values() for fact in item.facts])
        printed = [a for a in amounts.numbers(text) if bare[a.start : a.end] == text[a.start : a.end]]
        found = [a for a in printed if a.form is Form.FIGURE or self._passes_for_another(a, text)]
        for amount in (*found, *_counts(bare)):
            yield from self._figure(amount, text, known)
        problem = roles.false_comparison(text, found) or roles.false_sufficiency(self.sentence.text, found)
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
        if subjects.bare(self.sentence):
            self._object("unlabelled", "这句话没有注明依据")
        figures = any(a.form in (Form.FIGURE, Form.CODE) for a in amounts.numbers(self.sentence.text))
        problems = {
            "body": subjects.another_body(self.sentence, self.cited, self.question),
            "reason": subjects.unfounded_reason(self.sentence, self.cited, book, subject, known),
            "claim": subjects.unfounded_claim(self.sentence, self.cited, known, figures=figures),
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

    def _numerals(self, text: str) -> None:
        """Amounts in Chinese numerals escape the digit check, so they must stand in the evidence as they are."""
        for match in _NUMERAL.finditer(normal(text)):
            if not any(match[0] in normal(e.place.quote) for e in self.cited.values()):
                self._object("numeral", f"「{match[0]}」请用阿拉伯数字照原文书写")

    def _figure(self, amount: Amount, text: str, known: frozenset[str]) -> Iterator[tuple[Figure, str | None]]:
        said = f"{amount.printed}{amount.unit}"
        problem = f"{said} 不在所引材料中，也没有可验证的算式"
        for derivation in self.sentence.derivations:
            if _states(derivation, amount):
                outcome = self._derived(derivation, amount, text, known)
                if isinstance(outcome, str):
                    problem = outcome
                    if _digits(amount.printed) in {_digits(term.printed) for term in derivation.terms}:
                        # A difference from nothing is printed as its own operand: that does not make the calculation right.
                        self._object("figure", problem)
                        return
                else:
                    yield outcome, None
                    return
        for name, item in self.cited.items():
            printed = [a for a in _printed(item) if _equal(amount, a)]
            if not printed:
                continue
            conflict = roles.conflict(text, amount, item, printed) or self._misattributed(amount, text, item, printed, known)
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
        terms = {_digits(term.printed) for d in self.sentence.derivations for term in d.terms}
        if _digits(amount.printed) in terms:
            return subjects.misplaced(text, amount, item, printed, known) if len(self.cited) > 1 else None
        prior = roles.is_prior(text, amount, item.year)
        return (
            subjects.misplaced(text, amount, item, printed, known)
            or subjects.another_year(text, amount, facts, prior=prior)
            or subjects.another_scope(text, amount, facts, self._titles(amount, item))
        )

    def _titles(self, amount: Amount, item: Evidence) -> str:
        """What stands with a figure and above it in the evidence, and in other evidence of the document that prints an equal one."""
        printing = [e for e in self.book.values() if e.doc == item.doc and any(_equal(amount, a) for a in _printed(e))]
        return " ".join(f"{e.place.quote} {e.section} {e.head}" for e in (item, *printing))

    def _derived(self, derivation: Derivation, amount: Amount, text: str, known: frozenset[str]) -> Figure | str:
        """The figure with its calculation, or what is wrong with it."""
        terms: list[Operandum] = []
        parts: list[set[str]] = []
        facts: list[tuple[Fact, ...]] = []
        for term in derivation.terms:
            item = self.cited.get(term.label)
            matches = [a for a in _printed(item) if _digits(a.printed) == _digits(term.printed)] if item else []
            if term.unit:
                matches = [a for a in matches if a.unit in (amounts.one_unit(term.unit), "")]
            if not matches:
                return f"算式中的 {term.printed} 不在材料 {term.label} 中"
            terms.append(Operandum(_signed_value(term.printed, matches[0], item.place.quote if item else ""), matches[0].unit))
            parts.append(roles.of(matches[0], item) if item else set())
            facts.append(tuple(f for f in item.facts if abs(f.value) == abs(matches[0].value)) if item else ())
        outcome = arithmetic.compute(derivation.operation, terms, amount.unit)
        if outcome is None or not arithmetic.agrees(amount.value, outcome.value):
            return f"{amount.printed}{amount.unit} 与所列算式的结果不符"
        if derivation.operation in (Operation.DIFFERENCE, Operation.CHANGE):
            signed = outcome.value if _in_order(roles.base(text, amount), parts) else -outcome.value
            if not roles.direction_agrees(text, amount, signed):
                return f"{amount.printed}{amount.unit} 的增减方向与算式不符"
        if (strange := operands.foreign(text, derivation, facts, known, self.subject)) is not None:
            return strange
        stated = amounts.plain(amount.value)
        return Figure(stated, amount.unit, Support.DERIVED, None, f"{outcome.formula} = {_signed(stated, outcome.value)}")


def _in_order(base: str | None, parts: Sequence[set[str]]) -> bool:
    """Whether the second operand is what the sentence measures against; so it is when the roles do not tell.

    Without words for it (超支, 少花, 结余), spending is measured against the budget, and this year against the last.
    """
    bases = {base} if base is not None else roles.BASES
    first, second = (not bases.isdisjoint(part) for part in parts)
    return second or not first


def _digits(printed: str) -> str:
    return normal(printed).replace(",", "").strip("-()")


def _signed_value(printed: str, amount: Amount, quote: str) -> Decimal:
    """The operand's value: negative where the draft says so and the quote prints it so (-12.00, or (12.00) in a row's cell)."""
    before, after = normal(quote[: amount.start])[-1:], normal(quote[amount.end :])[:1]
    start = normal(quote[amount.start : amount.end])[:1]
    negative = start == "-" or before == "-" or (before, after) == ("(", ")")
    said = normal(printed)
    return -abs(amount.value) if negative and said[:1] in ("-", "(") else abs(amount.value)


def _signed(stated: str, exact: Decimal) -> str:
    return f"-{stated}" if exact < 0 and not stated.startswith("-") else stated


def _counts(text: str) -> list[Amount]:
    """Counts in Chinese numerals (十二项) that state a figure; the smallest (两个数, 三项) mostly count what the sentence lists."""
    found = (replace(a, printed=a.printed.removesuffix(a.unit)) for a in amounts.counts(text))
    return [a for a in found if a.value > SMALL_COUNT]


def _states(derivation: Derivation, amount: Amount) -> bool:
    stated = amounts.cell(derivation.value)
    return stated is not None and abs(stated.value) == abs(amount.value) and amounts.one_unit(derivation.unit) == amount.unit


def _printed(item: Evidence) -> list[Amount]:
    """The figures of a quote; where it prints no unit, those of the facts read from it, or the evidence's own."""
    found: list[Amount] = []
    for amount in (*amounts.numbers(item.place.quote), *amounts.counts(item.place.quote)):
        if amount.form not in (Form.FIGURE, Form.CODE):
            continue
        units = {f.unit for f in item.facts if abs(f.value) == abs(amount.value)} if not amount.unit else set()
        if not units and item.unit is not None and not amount.unit:
            units = {item.unit}
        if not units and not amount.unit and roles.is_prior(item.place.quote, amount, item.year):
            units = _money_beside(item.place.quote, amount)
        found.extend(replace(amount, unit=unit) for unit in units or {amount.unit})
    return found


def _money_beside(quote: str, amount: Amount) -> set[str]:
    """The unit of a sentence's money, where all of it is printed in one: 「由上年的12.30增加到14.50万元」."""
    start = max(quote.rfind(mark, 0, amount.start) for mark in "。；;") + 1
    ends = [at for mark in "。；;" if (at := quote.find(mark, amount.end)) >= 0]
    units = {a.unit for a in amounts.numbers(quote[start : min(ends, default=len(quote))]) if a.unit in amounts.YUAN}
    return units if len(units) == 1 else set()


def _equal(said: Amount, printed: Amount) -> bool:
    """Same quantity; a figure said without unit may repeat a printed one with any unit but money and %."""
    if amounts.same(abs(said.value), said.unit, abs(printed.value), printed.unit):
        return True
    loose = not said.unit or not printed.unit
    return loose and said.value == printed.value and not {said.unit, printed.unit} & {"%", *amounts.YUAN}
