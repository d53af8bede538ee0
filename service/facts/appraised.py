"""Facts, indicators and reasons of performance forms and prose → self-evaluations, one for each project and one for the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service import records
from service.facts import schema
from service.facts.appraisals import OVERALL
from service.facts.printed import figure, measures, reason, stated
from service.facts.schema import Appraisal, Item
from service.records import Disclosure, Fact, Reason
from service.text import normal


@dataclass
class _Form:
    """What is gathered of one self-evaluation."""

    name: str
    total: list[Fact] = field(default_factory=list)
    rows: dict[tuple[str, tuple[str, ...]], list[Fact]] = field(default_factory=dict)
    indicators: list[records.Indicator] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)


def read(
    disclosure: Disclosure, facts: Sequence[Fact], reasons: Sequence[Reason]
) -> tuple[Appraisal | None, tuple[Appraisal, ...], tuple[Item, ...]]:
    """The department's own appraisal, those of projects, and what is said of the work itself.

    Args:
        disclosure: for its indicators.
        facts: those of performance forms and of the section on performance.
        reasons: those that no other item took.
    """
    forms: dict[str, _Form] = {}
    for indicator in disclosure.indicators:
        _form(forms, indicator.subject).indicators.append(indicator)
    own = {id(f) for f in _matched(facts, disclosure.indicators)}
    said: list[Fact] = []
    for fact in facts:
        subject = fact.path[0] if fact.path else fact.item
        if fact.source == "text" and normal(subject) not in forms and subject != OVERALL:
            said.append(fact)
        elif id(fact) not in own:
            form = _form(forms, subject)
            if not fact.path and normal(fact.item) == normal(form.name):
                form.total.append(fact)
            else:
                form.rows.setdefault((fact.item, fact.path), []).append(fact)
    for cause in reasons:
        taker = forms.get(normal(cause.item)) or next((f for f in forms.values() if cause.where and _holds(f, cause)), None)
        if not _is_indicators(cause, disclosure.indicators):
            (taker or _form(forms, cause.item)).reasons.append(cause)
    built = {key: _appraisal(form) for key, form in forms.items()}
    overall = built.pop(normal(OVERALL), None)
    return overall, tuple(built.values()), tuple(_said(said))


def _form(forms: dict[str, _Form], subject: str) -> _Form:
    return forms.setdefault(normal(subject), _Form(subject))


def _matched(facts: Sequence[Fact], indicators: Sequence[records.Indicator]) -> list[Fact]:
    """The facts that stand in the record as an indicator's 分值 and 得分."""
    wanted = [f for i in indicators for f in (i.weight, i.score) if f is not None]
    keys = {_key(f) for f in wanted}
    return [f for f in facts if f.source == "table" and _key(f) in keys]


def _key(fact: Fact) -> tuple[object, ...]:
    return fact.item, fact.path, fact.measure, fact.value, fact.place.page, fact.place.boxes


def _is_indicators(cause: Reason, indicators: Sequence[records.Indicator]) -> bool:
    return any(i.reason is not None and i.reason.text == cause.text and i.reason.place.page == cause.place.page for i in indicators)


def _holds(form: _Form, cause: Reason) -> bool:
    return any(i.where == cause.where and normal(i.item) == normal(cause.item) for i in form.indicators)


def _appraisal(form: _Form) -> Appraisal:
    return Appraisal(
        name=form.name,
        total=measures(form.total),
        amounts=tuple(
            Item(name=item, parents=tuple(schema.Parent(name=p, code=None) for p in path), scope=facts[0].scope, figures=measures(facts))
            for (item, path), facts in form.rows.items()
        ),
        indicators=tuple(_indicator(i) for i in form.indicators),
        reasons=tuple(reason(cause) for cause in form.reasons),
    )


def _indicator(of: records.Indicator) -> schema.Indicator:
    return schema.Indicator(
        level1=of.path[0] if of.path else None,
        level2=of.path[1] if len(of.path) > 1 else None,
        level3=of.item,
        target=stated(of.target),
        actual=stated(of.actual),
        weight=None if of.weight is None else figure(of.weight),
        score=None if of.score is None else figure(of.score),
        reason=None if of.reason is None else reason(of.reason),
        where=of.where,
    )


def _said(facts: Sequence[Fact]) -> list[Item]:
    """What the prose says of the work: counts of projects, amounts, scores, by what they are about."""
    by_item: dict[str, list[Fact]] = {}
    for fact in facts:
        by_item.setdefault(fact.item, []).append(fact)
    return [Item(name=name, scope=found[0].scope, figures=measures(found)) for name, found in by_item.items()]
