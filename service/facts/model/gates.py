"""A model's items → facts and reasons that stand in the document, and the objections to the rest.

Gates in order: the quote stands on the cited page, the digits in the quote, the name and the measure beside them, the unit as printed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.facts import forms
from service.facts.model import figures, standing
from service.facts.model.figures import Gate
from service.facts.model.replies import ItemReply, ReasonReply
from service.facts.model.sources import Source
from service.facts.model.standing import Found
from service.facts.targets import AIMS
from service.records import Document, Fact, Indicator, Reason, Stated
from service.text import find, normal

__all__ = ["Gate", "Passed", "Rejected", "check", "sources_of"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A figure or reason that was stopped, with the item it was given under; `message` is for the model."""

    item: ItemReply
    gate: Gate
    message: str


@dataclass(frozen=True, slots=True)
class Passed:
    """What stands, and what does not."""

    facts: tuple[Fact, ...] = ()
    reasons: tuple[Reason, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    """What performance forms print as targets and as reached, with the weight and the score given beside them."""

    def __add__(self, other: "Passed") -> "Passed":
        """Both together."""
        return Passed(
            self.facts + other.facts, self.reasons + other.reasons, self.rejected + other.rejected, self.indicators + other.indicators
        )


def check(items: Iterable[ItemReply], sources: Sequence[Source], document: Document, origin: str) -> Passed:
    """Hold a model's items against the document.

    Args:
        items: as given.
        sources: what the model was shown.
        document: whose year the figures are of.
        origin: model, or model-retry.
    """
    known = frozenset(name for item in items if len(name := standing.key(item.item)) > standing.SHORTEST)
    passed = Passed()
    for item in items:
        passed += _item(item, sources, known, document, origin)
    return passed


def _item(item: ItemReply, sources: Sequence[Source], known: frozenset[str], document: Document, origin: str) -> Passed:
    found = standing.stands(item, sources)
    if isinstance(found, str):
        return Passed(rejected=(Rejected(item, Gate.QUOTE, found),))
    if (problem := standing.unlabelled(item, found)) is not None:
        return Passed(rejected=(Rejected(item, Gate.LABEL, problem),))
    case = figures.Case(item, found, known, document, origin)
    facts: list[Fact] = []
    reasons: list[Reason] = []
    rejected: list[Rejected] = []
    aims: dict[str, Stated] = {}
    for figure in item.figures:
        made = figures.aim(case, figure) if figure.measure in AIMS else figures.read(case, figure)
        if isinstance(made, Fact):
            facts.append(made)
        elif isinstance(made, Stated):
            aims[figure.measure] = made
        else:
            rejected.append(Rejected(item.model_copy(update={"figures": [figure], "reasons": []}), *made))
    for reason in item.reasons:
        cause = _reason(item, reason, found)
        if isinstance(cause, Reason):
            reasons.append(cause)
        else:
            rejected.append(Rejected(item.model_copy(update={"figures": [], "reasons": [reason]}), *cause))
    return Passed(tuple(facts), tuple(reasons), tuple(rejected), _indicators(item, found, aims, facts, reasons))


def _indicators(
    item: ItemReply, found: Found, aims: dict[str, Stated], facts: Sequence[Fact], reasons: Sequence[Reason]
) -> tuple[Indicator, ...]:
    """The indicator that a form's row states, with its weight, score and reason; nothing without a target or an actual value."""
    source = found.source
    if not aims or source.table is None:
        return ()
    weight, score = (next((f for f in facts if f.measure == measure), None) for measure in ("分值", "得分"))
    target, actual = (aims.get(measure) for measure in AIMS)
    reason = next(iter(reasons), None)
    return (
        Indicator(
            source.project or forms.subject(source.table), item.item.strip(), (), target, actual, weight, score, reason, source.where
        ),
    )


def _reason(item: ItemReply, reason: ReasonReply, found: Found) -> Reason | tuple[Gate, str]:
    spot = _reason_at(reason.text, found)
    if spot is None:
        return Gate.QUOTE, "原因的 text 与原文不一致，请照抄原话"
    start = min(spot[0], found.start)
    place = found.source.place(start, max(spot[1], found.end))
    text = found.source.text[spot[0] : spot[1]]
    return Reason(item.item.strip(), reason.about.strip(), text, place, item.code.strip() or None, found.source.where)


def _reason_at(words: str, found: Found) -> tuple[int, int] | None:
    """Where the item's reason is printed: in its quote, else after it, else before it (a whole and its part may give the same)."""
    for start, end in ((found.start, found.end), (found.start, None), (0, None)):
        if (spot := find(words, found.source.text[start:end])) is not None:
            return start + spot[0], start + spot[1]
    return None


def sources_of(rejected: Sequence[Rejected], sources: Sequence[Source]) -> Iterator[Source]:
    """Where rejected entries may have been read: the sources of the cited page that share the most with the quote."""
    chosen: dict[int, Source] = {}
    for entry in rejected:
        near = [source for source in sources if entry.item.page in source.pages] or list(sources)
        best = sorted(near, key=lambda source: -_shared(entry.item, source))[:2]
        chosen.update({source.number: source for source in best})
    yield from (chosen[number] for number in sorted(chosen))


def _shared(item: ItemReply, source: Source) -> int:
    """Pairs of characters that the entry's quote and name share with a source."""
    text = normal(f"{item.quote}{item.item}")
    return sum(text[i : i + 2] in source.form.text for i in range(len(text) - 1))
