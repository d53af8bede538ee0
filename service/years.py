"""Which documents of a library are compared: each with the same body's of the year before, whichever of the two changes."""

from collections.abc import Mapping, Sequence

from service import record as reading
from service.library import Library
from service.record import Record
from service.records import Disclosure, DocumentInfo

Standing = frozenset[tuple[str, str]]
"""The documents that one is compared with: names, and revisions of what the library holds of them."""


def beside(made: Record, others: Sequence[Disclosure]) -> Record:
    """The record, checked against last year's where that is among the others."""
    earlier = next((other for other in others if reading.precedes(other, made.disclosure)), None)
    return made if earlier is None else reading.following(made, earlier)


def before(shelf: Library, made: Disclosure | DocumentInfo) -> list[str]:
    """The same body's document of the year before, where the library has it."""
    return [info.doc for info in shelf.documents() if reading.precedes(info, made)]


def standing(shelf: Library) -> dict[str, Standing]:
    """What every document of the library is to be compared with, as it is now."""
    revisions = shelf.revisions()
    return {info.doc: frozenset((doc, revisions[doc]) for doc in before(shelf, info)) for info in shelf.documents()}


def outdated(shelf: Library, compared: Mapping[str, Standing]) -> list[str]:
    """The documents whose year before came, went or changed.

    Args:
        shelf: the library as it is now.
        compared: what each document was compared with.
    """
    return [doc for doc, now in standing(shelf).items() if now != compared.get(doc, frozenset())]
