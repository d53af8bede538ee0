"""The budget of an item where only what was spent and how far that is from it are printed: spent 30, 2 less than the budget → 32."""

import re

from service.amounts import YUAN, plain
from service.answering import choosing, deriving, picking, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.plan import Ask

_AGAINST = re.compile(r"(?:比|较|与|跟|和|同)(?:年初|全年|调整)?预算")
"""The distance is asked for, not the budget."""


def tell(desk: Desk) -> list[Sentence] | None:
    """The budget reckoned back; None where it is not asked, where it is printed, or where the distance from it is not."""
    plan = desk.plan
    if plan.ask is not Ask.LOOKUP or len(plan.items) != 1 or not set(plan.measures) & set(choosing.BUDGETS) or plan.prior:
        return None
    if _AGAINST.search(plan.text):
        return None
    chosen = picking.chosen(desk)
    if not chosen or any(g.measure(*choosing.BUDGETS) is not None for groups in chosen for g in groups):
        return None
    return [s for groups in chosen if (s := next((s for g in groups if (s := _of(desk, g)) is not None), None)) is not None] or None


def _of(desk: Desk, group: Group) -> Sentence | None:
    spent, change = group.measure(*choosing.SPENT), group.measure("较预算增减额")
    if spent is None or change is None or spent.unit != change.unit or spent.unit not in YUAN:
        return None
    value, less = plain(spent.value - change.value), change.value < 0
    shown = f"{wording.figure(spent)} {'+' if less else '−'} {wording.figure(change)}"
    terms = desk.terms(group, spent, change)
    text = f"推算{group.info.year}年{group.item}的预算为{value}{spent.unit}（{shown}）。"
    return Sentence(text, deriving.labels(terms), (Derivation(value, spent.unit, Operation.SUM if less else Operation.DIFFERENCE, terms),))
