"""What one composition works with: the question, the documents, the evidence book, and how a group of facts is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.amounts import YUAN
from service.answering import bodies, choosing, premises, reasons, refusing, wording
from service.answering.choosing import Group
from service.answering.draft import Sentence, Term
from service.answering.material import EvidenceBook, Material, rows, widened, within
from service.answering.plan import Plan
from service.records import DocumentInfo, Fact, Place, Reason
from service.text import normal

MOST_CLAUSES = 8
"""So many figures of a group are told."""
_WHOLE_COLUMN = re.compile(r"(?:合计|小计|总计|总额)$|^合计")
_NUMBERED = re.compile(r"(?:财决)?公开.{1,4}表|表\d+")


@dataclass(slots=True)
class Desk:
    """What one composition works with."""

    plan: Plan
    material: Material
    documents: tuple[DocumentInfo, ...]
    book: EvidenceBook = field(default_factory=EvidenceBook)
    joint: dict[tuple[str, Place], Place] = field(default_factory=dict)
    """Places of several items that one quote holds, and that quote."""

    @property
    def several(self) -> bool:
        """Whether sentences must say whose figures they tell."""
        return len({d.org for d in self.documents}) > 1 or len(self.documents) > 1

    def subject(self, group: Group, fact: Fact | None = None) -> str:
        """The beginning of a sentence about a group."""
        year = (fact or group.facts[0]).year or group.info.year
        return wording.subject(group.name, year, self.whose(group.info))

    def whose(self, info: DocumentInfo) -> str:
        """Whose document it is, where that must be said; of a body's department and of itself alone, which of them."""
        apart = any(refusing.level_apart(info, other) for other in self.documents)
        return f"{bodies.short(info.org)}{f'（{info.level}）' if apart else ''}" if self.several else ""

    def statement(self, group: Group, only: str | None = None, explained: Sequence[Reason] = ()) -> Sentence:
        """One sentence with a group's figures.

        Args:
            group: the facts.
            only: this measure only.
            explained: reasons printed with them, cited in the same quote.
        """
        return _statement(self, group, only, explained)

    def cite(self, group: Group, facts: Sequence[Fact], explained: Sequence[Reason] = ()) -> tuple[str, ...]:
        """Labels of the evidence for facts (and reasons) of a group, joined into one quote where they stand together."""
        info, where = group.info, facts[0].where if facts else explained[0].where
        if group.table:
            return tuple(
                dict.fromkeys(self._row(info, fact) for fact in facts) or (self._prose(info, where, r.place, group) for r in explained)
            )
        places = [f.place for f in facts] + [r.place for r in explained]
        shared = {self.joint.get((info.doc, place)) for place in places}
        one = shared.pop() if len(shared) == 1 else None
        joined = [one] if one is not None else widened(self.material.passages(info.doc), list(dict.fromkeys(places)), group.item)
        return tuple(self._prose(info, where, place, group) for place in joined)

    def terms(self, group: Group, *facts: Fact) -> tuple[Term, ...]:
        """Facts of a group as operands, each under the evidence that prints it."""
        joint = self.cite(group, facts)
        return tuple(Term(self._holding(joint, fact) or self.label(group, fact), fact.printed, fact.unit) for fact in facts)

    def label(self, group: Group, fact: Fact) -> str:
        """The label of the evidence that prints one fact of a group."""
        made = self.cite(group, [fact])
        return self._holding(made, fact) or made[0]

    def _holding(self, made: Sequence[str], fact: Fact) -> str | None:
        """Of several labels the one whose quote prints a fact; a quote may be cut by a page break."""
        form = normal(fact.place.quote)
        return next((label for label in made if form in normal(self.book.items[label].place.quote)), None)

    def _row(self, info: DocumentInfo, fact: Fact) -> str:
        """The label of a table row, with everything that was read from it."""
        row = rows(self.material.facts(info.doc))
        return self.book.cite(info, fact.where, fact.place, facts=row.get(fact.place.quote, ()), head=fact.table or "")

    def _prose(self, info: DocumentInfo, where: str, place: Place, group: Group) -> str:
        return self.book.cite(info, where, place, facts=within(self.material.facts(info.doc), place), items=(group.item,))

    def join(self, groups: Sequence[Group]) -> None:
        """Have groups of one document that stand close together cited as one quote."""
        text = [g for g in groups if not g.table]
        if len(text) < 2 or len({g.info.doc for g in text}) > 1:
            return
        doc = text[0].info.doc
        places = [f.place for g in text for f in g.facts] + [r.place for g in text for r in reasons.printed_with(self.material, g)]
        joined = widened(self.material.passages(doc), list(dict.fromkeys(places)), text[0].item)
        if len(joined) == 1:
            self.joint.update({(doc, place): joined[0] for place in places})


def _of_one_year(facts: Sequence[Fact], year: int | None) -> list[Fact]:
    """The facts of the document's year (or of the first fact's), with last year's figure beside them."""
    years = [f.year for f in facts if f.measure != "上年数"]
    told = year if year in years or not years else years[0]
    return [f for f in facts if f.year in (told, None) or f.measure == "上年数"]


def _statement(desk: Desk, group: Group, only: str | None, explained: Sequence[Reason]) -> Sentence:
    """One sentence with the group's figures, those asked for first; `explained` are reasons cited in the same quote."""
    asked = choosing.wanted(desk.plan, group.info)
    ordered = wording.ordered([f for f in group.facts if only is None or choosing.answers(f, only)])
    facts = _of_one_year(_asked_first(ordered, asked), group.info.year)
    if any(f.unit in YUAN for f in facts) and not any(m in choosing.COUNTS for m in asked):
        facts = [f for f in facts if f.measure not in choosing.COUNTS or f.value]  # 0批次 beside money says nothing
    if desk.plan.against_prior:
        facts = [f for f in facts if not f.measure.startswith("较预算")] or facts
    if group.table:
        facts = _columns(desk, facts, asked)
    clauses = [wording.clause(f, group.info.kind) for f in facts[:MOST_CLAUSES]]
    name = wording.title(group.facts[0].where)
    where = f"（{name if _NUMBERED.match(name) else f'《{name}》'}）" if group.table and name else ""
    about = desk.subject(group, next((f for f in facts if f.measure != "上年数"), None))
    text = f"{about}{where}{premises.denial(desk.plan, group)}：{'，'.join(clauses)}。"
    return Sentence(text, desk.cite(group, facts, explained))


def _asked_first(facts: Sequence[Fact], asked: Sequence[str]) -> list[Fact]:
    def rank(fact: Fact) -> int:
        return next((n for n, measure in enumerate(asked) if choosing.answers(fact, measure)), len(asked))

    return sorted(facts, key=rank)


def _columns(desk: Desk, facts: Sequence[Fact], asked: Sequence[str]) -> list[Fact]:
    """Of a table row, the columns that the question names, else the whole (合计) of each measure asked for."""
    text = desk.plan.text
    named = {f.column for f in facts if f.column and any(normal(p) in text for p in f.column.split("/") if len(p) > 1)}
    if named:
        scored = "得分" in desk.plan.measures
        return [f for f in facts if f.column in named or (scored and f.measure == "得分")]
    fitting = [f for f in facts if any(choosing.answers(f, measure) for measure in asked)] or list(facts)
    kept = []
    for fact in fitting:
        alike = [f for f in fitting if f.measure == fact.measure and f.year == fact.year]
        wholes = [f for f in alike if _WHOLE_COLUMN.search(normal(f.column or ""))]
        if fact in wholes or not wholes:
            kept.append(fact)
    return kept
