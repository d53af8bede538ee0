"""Which documents of a library are compared: each with the same body's of the year before, whichever of the two changes."""

from collections.abc import Sequence

from service import record as reading
from service.library import Library
from service.record import Record
from service.records import Disclosure, DocumentInfo, Kind


def beside(made: Record, others: Sequence[Disclosure]) -> Record:
    """The record, checked against last year's where that is among the others."""
    earlier = next((other for other in others if reading.precedes(other, made.disclosure)), None)
    return made if earlier is None else reading.following(made, earlier)


def before(held: Sequence[DocumentInfo], made: Disclosure | DocumentInfo) -> str | None:
    """The same body's document of the year before among those held, in their order."""
    return next((info.doc for info in held if reading.precedes(info, made)), None)


def outdated(shelf: Library) -> list[str]:
    """The documents whose year before came, went or changed since they were checked, also where that change was never finished."""
    checked, held = shelf.beside(), shelf.documents()
    alike: dict[tuple[str, Kind], list[DocumentInfo]] = {}
    for info in held:
        alike.setdefault((info.org, info.kind), []).append(info)
    now = {info.doc: before(alike[info.org, info.kind], info) for info in held}
    return [doc for doc, earlier in now.items() if (shelf.said(earlier) if earlier else "") != checked.get(doc, "")]
