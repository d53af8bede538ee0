"""A composition → the one that is verified: years kept apart, what is said to be absent, refusals with what is missing and nearest."""

from service.answering import absent, nearby, refusing
from service.answering.desk import Desk
from service.answering.draft import Draft, Sentence
from service.answering.material import Material
from service.answering.offline import Composition
from service.answering.plan import Plan


def settled(plan: Plan, composed: Composition, material: Material) -> Composition:
    """The composition, or what must stand in its place.

    Args:
        plan: the question.
        composed: what the composer made of it.
        material: the documents.
    """
    scope = refusing.scope(plan, material.documents())
    desk = Desk(plan, material, scope.documents)
    if not composed.draft.refused and refusing.of_years_asked(plan, scope.documents, composed.draft.sentences):
        return composed
    if scope.refusal is None and (said := absent.tell(desk)) and refusing.of_years_asked(plan, scope.documents, said):
        return Composition(Draft(tuple(said)), desk.book.items)
    missing = scope.refusal or refusing.missing(plan, scope.documents)
    return Composition(Draft((Sentence(missing), *nearby.sentences(desk)), refused=True), desk.book.items)
