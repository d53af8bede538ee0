"""Rules and a model together: what the rules could not read is read by the model, or everything is, so that the two can be compared.

Where both read one figure the rules' value stands, and a disagreement is told. Every value says where it comes from (`Fact.origin`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from service import amounts
from service.checks import run as checks
from service.facts.model import chain, sources
from service.facts.model.chain import Reading
from service.facts.model.gates import Rejected
from service.facts.model.sources import Source
from service.llm import Usage
from service.recognised import marked
from service.records import CheckReport, Disclosure, Document, Fact, Finding, Indicator, Kind, Reason
from service.settings import Settings
from service.text import normal

Listener = Callable[[str], None]

_NO_MATTER = re.compile(r"名词解释|名词说明|^目录$")
_ORDINAL = re.compile(r"行次|栏次|序号|编码|代码")
_DEVIATION = re.compile(r"偏差(?:度|率|值|程度)?(?:\(.*\))?")
"""How far an indicator is off: no record holds it, since target and actual value say it."""
_LINE_NUMBER = 2
"""Digits of a number of a line at most."""
_MONEY = ("%", *amounts.YUAN)


class Engine(StrEnum):
    """Who extracts."""

    RULES = "rules"
    BOTH = "both"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One figure that rules and model read differently; the rules' stands."""

    rule: Fact
    model: Fact


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rules and model side by side, by measure: figures that both have, that only the rules have, that only the model has."""

    both: dict[str, int]
    only_rules: dict[str, int]
    only_model: dict[str, int]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """A disclosure with what a model added to it or made of it."""

    document: Document
    disclosure: Disclosure
    report: CheckReport
    engine: Engine
    model: str
    digests: dict[str, str]
    usage: Usage
    kept_replies: int
    """Replies that were at hand from an earlier try."""
    rejected: tuple[Rejected, ...]
    """What the model gave and the gates stopped, also after the retry."""
    comparison: Comparison


def filled(document: Document, rules: Disclosure, settings: Settings, on_status: Listener | None = None) -> Extraction:
    """Let the model read what the rules could not.

    Raises:
        ModelError: the server cannot be used.
    """
    return _extraction(document, rules, unread(document, rules), Engine.BOTH, settings, on_status)


def alone(document: Document, rules: Disclosure, settings: Settings, on_status: Listener | None = None) -> Extraction:
    """Let the model read the whole document, without the rules' facts; they are only compared with.

    Raises:
        ModelError: the server cannot be used.
    """
    everything = [source for source in sources.of(document) if sources.states(source) and not _is_glossary(source)]
    return _extraction(document, rules, everything, Engine.LLM, settings, on_status)


def unread(document: Document, rules: Disclosure) -> list[Source]:
    """The paragraphs and rows that print a figure or a reason that no rule read."""
    read = _Read(rules)
    return [source for source in sources.of(document) if not _is_glossary(source) and _owes(source, read, document.kind)]


def compare(rules: Disclosure, model: Disclosure) -> Comparison:
    """Hold two extractions of one document side by side."""
    pool: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in rules.facts:
        pool.setdefault(_figure(fact), []).append(fact)
    only_model: list[Fact] = []
    matched: set[int] = set()
    for fact in model.facts:
        same = [f for f in pool.get(_figure(fact), ()) if abs(f.place.page - fact.place.page) <= 1 and _related(f, fact)]
        if same:
            matched.update(map(id, same))
        else:
            only_model.append(fact)
    both = [fact for fact in rules.facts if id(fact) in matched]
    only_rules = [fact for fact in rules.facts if id(fact) not in matched]
    disagreements = tuple(d for fact in only_model if (d := _disagreement(fact, only_rules)) is not None)
    return Comparison(_counted(both), _counted(only_rules), _counted(only_model), disagreements)


def _extraction(
    document: Document, rules: Disclosure, shown: Sequence[Source], engine: Engine, settings: Settings, on_status: Listener | None
) -> Extraction:
    reading, rereader = chain.read(document, shown, settings, on_status=on_status)
    base = rules if engine is Engine.BOTH else replace(rules, facts=(), reasons=(), indicators=())
    disclosure = _joined(base, reading, document)
    report = checks.check(document, disclosure)
    doubtful = [fact for fact in disclosure.facts if fact.origin != "rule" and _is_in(fact, report.findings)]
    places = [source for source in shown if any(_holds(source, fact) for fact in doubtful)][:10]
    again = rereader.read(places, [f for f in doubtful if any(_holds(s, f) for s in places)]) if doubtful else None
    if again is not None and (changed := _reread(disclosure, doubtful, again.facts)) != disclosure:
        disclosure = changed
        report = checks.check(document, disclosure)
    return Extraction(
        document,
        disclosure,
        report,
        engine,
        reading.model,
        reading.digests,
        rereader.usage,
        reading.calls_kept,
        reading.passed.rejected,
        compare(rules, replace(disclosure, facts=reading.passed.facts)),
    )


def _joined(base: Disclosure, reading: Reading, document: Document) -> Disclosure:
    """The disclosure with the model's facts, reasons and indicators that it does not hold yet."""
    known = _Read(base)
    facts = tuple(f for f in dict.fromkeys(reading.passed.facts) if not known.has(f) and _disagreement(f, base.facts) is None)
    reasons = tuple(r for r in dict.fromkeys(reading.passed.reasons) if not known.gives(r))
    indicators = _indicators(base.indicators, reading.passed.indicators)
    joined = replace(
        base, facts=base.facts + facts, reasons=base.reasons + reasons, unread=base.unread + reading.unread, indicators=indicators
    )
    return marked(joined, document.recognised)


def _indicators(known: Sequence[Indicator], read: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The rules' indicators with the model's of which they have none; read twice, an indicator stands as read last."""
    found = {(normal(i.subject), normal(i.item)): i for i in read}
    return (*known, *(i for name, i in found.items() if name not in {(normal(k.subject), normal(k.item)) for k in known}))


def _reread(disclosure: Disclosure, doubtful: Sequence[Fact], again: Sequence[Fact]) -> Disclosure:
    """The disclosure with doubtful figures as the second reading has them; where it says the same they stay, and so does the finding."""
    instead: dict[int, Fact] = {}
    for fact in doubtful:
        places = [f for f in again if _place(f) == _place(fact) and (f.item, f.measure, f.column) == (fact.item, fact.measure, fact.column)]
        if places and all(f.value != fact.value for f in places):
            instead[id(fact)] = places[0]
    return replace(disclosure, facts=tuple(instead.get(id(fact), fact) for fact in disclosure.facts))


class _Read:
    """What a disclosure already holds, by page and digits."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._facts: dict[str, list[Fact]] = {}
        for fact in disclosure.facts:
            self._facts.setdefault(_digits(fact.printed, fact.unit), []).append(fact)
        stated = [s for i in disclosure.indicators for s in (i.target, i.actual) if s is not None]
        self._stated = [(s.place.page, s.place.quote, normal(s.printed)) for s in stated]
        self._reasons = [normal(reason.text) for reason in disclosure.reasons]
        self._quotes = [(reason.place.page, normal(reason.text)) for reason in disclosure.reasons]

    def holds(self, digits: str, source: Source) -> bool:
        """Whether a figure of a source has been read there."""
        if any(page in source.pages and digits in printed and source.prints(quote) for page, quote, printed in self._stated):
            return True
        return any(
            fact.place.page in source.pages and fact.source == source.kind and source.prints(fact.place.quote)
            for fact in self._facts.get(digits, ())
        )

    def has(self, fact: Fact) -> bool:
        """Whether a figure is there: the same digits on the same page, of an item that is related."""
        known = self._facts.get(_digits(fact.printed, fact.unit), ())
        return any(f.place.page == fact.place.page and f.source == fact.source and _related(f, fact) for f in known)

    def gives(self, reason: Reason) -> bool:
        """Whether a reason is there, or a longer one that holds it."""
        return any(normal(reason.text) in known or known in normal(reason.text) for known in self._reasons)

    def explains(self, source: Source) -> bool:
        """Whether a reason of a source has been read."""
        return any(text in source.form.text and abs(page - source.pages[0]) <= 1 for page, text in self._quotes)


def _owes(source: Source, read: _Read, kind: Kind) -> bool:
    """Whether a source prints something that was not read."""
    if not sources.states(source):
        return False
    if source.table is not None:
        return any(not read.holds(_digits(a.printed, a.unit), source) for a in _amounts(source))
    if "原因" in source.form.text and not read.explains(source):
        return True
    figures = [a for a in amounts.figures(source.text) if a.unit in _MONEY or (a.unit and (kind is Kind.OTHER or source.scope))]
    return any(not read.holds(_digits(a.printed, a.unit), source) for a in figures)


def _amounts(source: Source) -> list[amounts.Amount]:
    """The figures of a row: no codes, numbers of lines or ordinals (whole numbers beside the row's names), no deviations."""
    found: list[amounts.Amount] = []
    named = False
    for text, column in source.columns():
        amount = None if _DEVIATION.fullmatch(normal(column.head)) else amounts.cell(text)
        if amount is None:
            named = named or any(c.isalpha() for c in text)
        elif amount.decimals or amount.unit or (named and not _ORDINAL.search(normal(column.head)) and len(normal(text)) > _LINE_NUMBER):
            found.append(amount)
    return found


def _is_glossary(source: Source) -> bool:
    return _NO_MATTER.search(normal(source.heading)) is not None


def _disagreement(fact: Fact, rules: Iterable[Fact]) -> Disagreement | None:
    """A rule's fact of the same item, measure, column and quote with another value."""
    for rule in rules:
        if (
            rule.place.page == fact.place.page
            and rule.source == fact.source
            and rule.measure == fact.measure
            and normal(rule.item) == normal(fact.item)
            and normal(rule.column or "") == normal(fact.column or "")
            and rule.year == fact.year
            and not _equal(rule, fact)
            and (_quote(rule) in _quote(fact) or _quote(fact) in _quote(rule))
        ):
            return Disagreement(rule, fact)
    return None


def _equal(rule: Fact, fact: Fact) -> bool:
    """Whether two facts state one quantity; 台 and 台（套） are one unit."""
    return rule.value == fact.value and (rule.unit.startswith(fact.unit) or fact.unit.startswith(rule.unit))


def _is_in(fact: Fact, findings: Iterable[Finding]) -> bool:
    """Whether a finding rests on a figure."""
    for finding in findings:
        for place, text in ((finding.place, finding.stated.value), *((o.place, o.text) for o in finding.operands)):
            printed = normal(place.quote).replace("|", "")
            here = printed in _quote(fact) or _quote(fact) in printed
            if here and place.page == fact.place.page and _digits(text, "") == _digits(fact.printed, fact.unit):
                return True
    return False


def _holds(source: Source, fact: Fact) -> bool:
    return fact.place.page in source.pages and source.prints(fact.place.quote)


def _place(fact: Fact) -> tuple[int, str]:
    return fact.place.page, _quote(fact)


def _figure(fact: Fact) -> tuple[str, str, str]:
    return _digits(fact.printed, fact.unit), fact.unit, fact.source


def _related(fact: Fact, other: Fact) -> bool:
    """Whether two facts can be of one item: the same code, or one name within the other; a row's also by its quote."""
    a, b = normal(fact.item), normal(other.item)
    if fact.code and fact.code == other.code:
        return True
    return a in b or b in a or (fact.source == other.source == "table" and (a in _quote(other) or b in _quote(fact)))


def _quote(fact: Fact) -> str:
    return normal(fact.place.quote).replace("|", "")


def _digits(printed: str, unit: str) -> str:
    return normal(printed).removesuffix(unit).replace(",", "").strip("-+()%")


def _counted(facts: Iterable[Fact]) -> dict[str, int]:
    return dict(Counter(fact.measure for fact in facts))
