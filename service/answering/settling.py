"""A composition → the one that is verified: years kept apart, what is said to be absent, refusals with what is missing and nearest."""

from service.answering import absent, nearby, neighbouring, refusing
from service.answering.desk import Desk
from service.answering.draft import Draft, Sentence
from service.answering.material import Material
from service.answering.offline import Composition
from service.answering.plan import Plan
from service.records import Kind


def settled(plan: Plan, composed: Composition, material: Material) -> Composition:
    """The composition, or what must stand in its place.

    Args:
        plan: the question.
        composed: what the composer made of it.
        material: the documents.
    """
    scope = refusing.scope(plan, material.documents)
    desk = Desk(plan, material, scope.documents)
    beside = neighbouring.only(plan, composed.draft, composed.evidence)
    if not (composed.draft.refused or beside) and refusing.of_years_asked(plan, scope.documents, composed.draft.sentences):
        return _with_plan_only(plan, composed)
    if scope.refusal is None and (said := absent.tell(desk)) and refusing.of_years_asked(plan, scope.documents, said):
        return Composition(Draft(tuple(said)), desk.book.items)
    missing = scope.refusal or refusing.missing(plan, scope.documents)
    return Composition(Draft((Sentence(missing), *nearby.sentences(desk)), refused=True), desk.book.items)


def _with_plan_only(plan: Plan, composed: Composition) -> Composition:
    """The composition; where it tells a budget and the question asks for what was spent, too, it says that it is a plan."""
    cited = [composed.evidence[label].doc for s in composed.draft.sentences for label in s.labels if label in composed.evidence]
    kinds = {info.doc: info.kind for info in plan.documents}
    if not refusing.ACTUAL.search(plan.text) or not cited or any(kinds.get(doc) is not Kind.BUDGET for doc in cited):
        return composed
    return Composition(Draft((*composed.draft.sentences, Sentence(refusing.PLAN_ONLY))), composed.evidence)
