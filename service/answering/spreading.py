"""Where no body is named: what each document that may be meant says to the question, the likeliest first, one place of each in turn."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from service.answering import offline, refusing
from service.answering.bodies import Choice
from service.answering.draft import Evidence
from service.answering.material import Material
from service.answering.offline import Composition
from service.answering.plan import Plan
from service.records import DocumentInfo

MOST = 5
"""So many documents are asked."""
EACH = 3
"""So many places of each are given."""
HINTED = 0.15
"""What being of the kind that the question hints at is worth, beside the share of the question that is held (0 to 1)."""
KNOWING = 0.1
"""What printing the item under the name that it is asked by is worth."""


def turns(question: str, plan: Plan, asked: Sequence[DocumentInfo], material: Material) -> list[Evidence]:
    """The evidence of the likeliest documents in turn; nothing where the question names its body or one document is left.

    Args:
        question: in the words that are searched for.
        plan: the question as understood.
        asked: the documents that it is asked of, those that call the item otherwise among them.
        material: where they are read.
    """
    whole = replace(plan, choice=replace(plan.choice, groups=(tuple(asked),)))
    documents = refusing.scope(whole, material.documents).documents
    if plan.choice.named or len(documents) < 2:
        return []
    likeness = material.likeness(question)
    knowing = {info.doc for info in plan.documents}

    def alike(info: DocumentInfo) -> float:
        hinted = likeness.kind is None or info.kind is likeness.kind
        return likeness.documents.get(info.doc, 0.0) + HINTED * hinted + KNOWING * (info.doc in knowing)

    likely = sorted(documents, key=lambda info: (-alike(info), info.doc))[:MOST]
    found = {info.doc: _of(info, plan, material)[:EACH] for info in likely}

    def worth(info: DocumentInfo) -> float:
        first = next(iter(found[info.doc]), None)
        return alike(info) + (likeness.of(said(first)) if first is not None else 0.0)

    best = sorted(likely, key=lambda info: (-worth(info), info.doc))
    return [item for turn in zip_longest(*(found[info.doc] for info in best)) for item in turn if item is not None]


def said(item: Evidence) -> str:
    """What evidence says, with the words around it."""
    return f"{item.head}\n{item.section}\n{item.place.quote}"


def told(composed: Composition) -> list[Evidence]:
    """A composition's evidence, what its sentences cite first, in their order."""
    labels: Iterable[str] = (label for sentence in composed.draft.sentences for label in sentence.labels)
    return [composed.evidence[label] for label in dict.fromkeys((*labels, *composed.evidence)) if label in composed.evidence]


def _of(info: DocumentInfo, plan: Plan, material: Material) -> list[Evidence]:
    """What one document says to the question."""
    own = replace(plan, choice=Choice(((info,),)))
    return told(offline.compose(own, material)) or list(offline.leads(own, material).values())
