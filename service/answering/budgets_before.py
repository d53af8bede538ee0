"""The budget of an item where the prose prints only what was spent and how far that is from it: spent 30, 2 less than the budget → 32."""

import itertools
import re

from service import amounts
from service.amounts import YUAN, Amount, plain
from service.answering import choosing, picking, quoting, tallies
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.matching import key
from service.answering.plan import Ask
from service.answering.units import Unit
from service.records import DocumentInfo

_BETWEEN = re.compile(
    r"(?:[，,](?:与|同|较|比)(?:年初|全年|调整)?预算数?(?:相比)?[，,]?)(?:(?P<less>减少|下降|节约|少支?|低)|(?P<more>增加|增长|超支?|多支?|高))了?"
)
"""Between what was spent and how far that is from the budget."""


def tell(desk: Desk) -> list[Sentence] | None:
    """The budget reckoned back; None where it is not asked, where it is printed, or where the change is not."""
    plan = desk.plan
    if plan.ask is not Ask.LOOKUP or len(plan.items) != 1 or not set(plan.measures) & set(choosing.BUDGETS) or plan.prior:
        return None
    chosen = picking.chosen(desk)
    if not chosen or any(g.measure(*choosing.BUDGETS) is not None for groups in chosen for g in groups):
        return None
    made = [s for groups in chosen if (s := _of(desk, groups[0])) is not None]
    return made or None


def _of(desk: Desk, group: Group) -> Sentence | None:
    spent = group.measure(*choosing.SPENT)
    if spent is None or spent.unit not in YUAN:
        return None
    for unit in quoting.reading(desk, group.info).units:
        if unit.is_row:
            continue
        told = [a for a in amounts.figures(unit.text) if a.unit == spent.unit]
        for first, change in itertools.pairwise(told):
            between = _BETWEEN.fullmatch(unit.text[first.end : change.start])
            if between is not None and first.value == spent.value and key(group.item) in key(unit.text[: first.start]):
                return _sentence(desk, group.info, unit, (group.item, first, change), less=between["less"] is not None)
    return None


def _sentence(desk: Desk, info: DocumentInfo, unit: Unit, told: tuple[str, Amount, Amount], *, less: bool) -> Sentence:
    item, spent, change = told
    labels = tallies.cited(desk, info, unit)
    value = plain(spent.value + change.value if less else spent.value - change.value)
    terms = tuple(tallies.term(desk, labels, a) for a in (spent, change))
    operation, sign = (Operation.SUM, "+") if less else (Operation.DIFFERENCE, "−")
    shown = f"{tallies.shown(spent)} {sign} {tallies.shown(change)}"
    text = f"推算{info.year}年{item}的预算为{value}{spent.unit}（{shown}）。"
    return Sentence(text, labels, (Derivation(value, spent.unit, operation, terms),))
