"""Facts, reasons and places → their published form."""

from collections.abc import Iterable

from service import records
from service.facts import schema
from service.records import Fact, Place


def evidence(place: Place) -> schema.Evidence:
    """Where something is printed."""
    return schema.Evidence(page=place.page, quote=place.quote, boxes=place.boxes, ocr=place.ocr)


def figure(fact: Fact) -> schema.Figure:
    """A fact as a published figure."""
    return schema.Figure(
        measure=fact.measure,
        value=fact.value,
        printed=fact.printed,
        unit=fact.unit,
        decimals=max(0, -int(fact.value.as_tuple().exponent)),
        year=fact.year,
        scope=fact.scope,
        column=fact.column,
        source="table" if fact.source == "table" else "text",
        where=fact.where,
        table=fact.table,
        origin=fact.origin,
        evidence=evidence(fact.place),
    )


def measures(facts: Iterable[Fact]) -> schema.Measures:
    """Facts of one item by measure, in their order."""
    by_field: dict[str, list[schema.Figure]] = {}
    for fact in facts:
        by_field.setdefault(schema.MEASURES.get(fact.measure, "other"), []).append(figure(fact))
    return schema.Measures(**{name: tuple(found) for name, found in by_field.items()})


def reason(cause: records.Reason) -> schema.Reason:
    """A reason in its published form."""
    return schema.Reason(about=cause.about, text=cause.text, where=cause.where, evidence=evidence(cause.place))


def stated(value: records.Stated | None) -> schema.Stated | None:
    """A target or actual value in its published form."""
    if value is None:
        return None
    return schema.Stated(
        printed=value.printed, comparator=value.comparator, value=value.value, unit=value.unit, evidence=evidence(value.place)
    )
