"""What a refusal shows beside it: the nearest thing that the documents hold, cited, without a figure of its own."""

import re
from collections.abc import Iterator, Sequence

from service.answering import bodies, refusing
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.records import DocumentInfo, Fact

MOST = 2
"""So many nearest things are shown."""
LONGEST = 20
"""Characters of a quote that stand for an item it does not name."""
_DIGIT = re.compile(r"\d")
_PAY = ("工资福利支出",)
"""What is published in place of one person's pay."""


def sentences(desk: Desk) -> tuple[Sentence, ...]:
    """Where the item asked stands in the documents of the body asked, of whatever year and statement they are.

    The sentences cite it and tell no figure, so that none can be taken for the answer.
    """
    plan = desk.plan
    if plan.choice.foreign is not None or plan.outside in ("opinion", "subject", "wide"):
        return ()
    asked = tuple(name for m in plan.items if m.score for name in m.names)
    names = (_PAY if re.search(r"工资|薪|奖金", plan.text) else ()) if plan.outside == "personal" else asked
    return tuple(_shown(desk, names)) if names else ()


def _shown(desk: Desk, names: Sequence[str]) -> Iterator[Sentence]:
    years = desk.plan.years
    documents = sorted(desk.plan.documents, key=lambda d: abs((d.year or 0) - years[0]) if years else -(d.year or 0))
    found = [(info, fact) for info in documents if (fact := _fact(desk, info, names)) is not None]
    # A disclosure that is held twice is shown once.
    once = {(info.org, info.year, info.kind): (info, fact) for info, fact in reversed(found)}
    for info, fact in [*reversed(once.values())][:MOST]:
        label = desk.book.cite(info, fact.where, fact.place, facts=[fact])
        about = f"{bodies.short(info.org)}{refusing.year_label(info)}"
        yield Sentence(f"最接近的内容是{about}中的「{_name(fact)}」（第{fact.place.page}页），但不是所问的内容。", (label,))


def _name(fact: Fact) -> str:
    """The item as the quote prints it, so that the quotation is verbatim."""
    return fact.item if fact.item in fact.place.quote else fact.place.quote[:LONGEST]


def _fact(desk: Desk, info: DocumentInfo, names: Sequence[str]) -> Fact | None:
    """The fact that shows the item best: of the first name that the document has, told in prose if possible."""
    facts = desk.material.facts(info.doc)
    for name in names:
        # What is printed apart from its name would be shown by its bare figures.
        own = [fact for fact in facts if fact.item == name and (name in fact.place.quote or not _DIGIT.search(_name(fact)))]
        if own:
            return next((fact for fact in own if fact.source == "text"), own[0])
    return None
