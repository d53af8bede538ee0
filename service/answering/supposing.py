"""Whether an amount that the question itself brings would do: 「给500万元够不够」, held against what the item is printed with.

The amount is repeated as the question's own words 「…」, and nothing is reckoned from it: what would follow stands in no document.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from service import amounts
from service.amounts import YUAN
from service.answering import choosing, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.records import Kind

_ENOUGH = re.compile(r"够不够|够吗|够么|够用|够花|够了|足够|不够|(?<!能)够")
MOST_YEARS = 3
"""So many documents' figures of the item are held against the amount."""


def tell(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """Whether the amount covers the one item asked, in each year; None where the question brings no amount, or several, or names more."""
    given = [a for a in amounts.figures(desk.plan.text) if a.unit in YUAN]
    if len(given) != 1 or not _ENOUGH.search(desk.plan.text) or len({groups[0].item for groups in chosen}) != 1:
        return None
    amount, said = given[0].value * YUAN[given[0].unit], desk.plan.text[given[0].start : given[0].end]
    told = [found for groups in chosen[:MOST_YEARS] if (found := _held(desk, groups[0], amount, said)) is not None]
    return told or None


def _held(desk: Desk, group: Group, amount: Decimal, said: str) -> Sentence | None:
    """The figure and the verdict: 「2024年会议费决算6.20万元，按这个数，5万不够」."""
    kinds = (choosing.BUDGETS, choosing.SPENT) if group.info.kind is Kind.BUDGET else (choosing.SPENT, choosing.BUDGETS)
    fact = next((fact for kind in kinds if (fact := group.measure(*kind)) is not None and fact.unit in YUAN), None)
    if fact is None:
        return None
    word = "够" if amount >= fact.value * YUAN[fact.unit] else "不够"
    text = f"{desk.subject(group, fact)}{fact.measure}{wording.figure(fact)}，按这个数，「{said}」{word}。"
    return Sentence(text, (desk.label(group, fact),))
