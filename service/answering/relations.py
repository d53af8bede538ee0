"""How the operands of a calculation stand to one another in its sentence: which is part, base or greater, and what may be added up."""

import re
from collections.abc import Sequence

from service.amounts import Amount
from service.answering import roles, subjects
from service.answering.calculation import Calculation, Operand
from service.answering.draft import Operation
from service.text import normal

_PART_OF = re.compile(r"占|(?<!不)(?:是|为|相当于)(?=[^,。;]*的)")
_MORE = re.compile(r"高于|大于|多于|超过|高过")
_LESS = re.compile(r"低于|小于|少于|不及")
_THAN = re.compile(r"比")
_PLANNED = {"年初预算", "全年预算", "调整预算", "预算"}
_SPENT = {"决算", "执行"}


def objection(text: str, amount: Amount, made: Calculation) -> str | None:
    """What speaks against the relation that a sentence tells between two operands, or None.

    Args:
        text: the sentence, its quotations blanked.
        amount: the computed figure in it.
        made: the calculation.
    """
    head = normal(text[: amount.start])
    said = f"{amount.printed}{amount.unit}"
    if made.operation in (Operation.SUM, Operation.AVERAGE):
        return _mixed(made) or _backwards(text, amount, made)
    if len(made.operands) != 2:
        return None
    if made.operation in (Operation.SHARE, Operation.QUOTIENT):
        rate = re.search(r"(?:完成率|执行率|完成[^,。;]*预算的?)(?:[为是约])*$", head) is not None
        if _order(head, _PART_OF, made.operands) is False or (rate and _is_only(made.operands[0], _PLANNED)):
            return f"{said} 的算式把部分和整体（或基数）弄反了"
    if made.operation is Operation.CHANGE and not in_order(text, amount, made.operands):
        return f"{said} 的算式要以所比较的那个数为分母"
    if made.operation is Operation.DIFFERENCE:
        greater = made.outcome.value > 0
        for words, first_is_greater in ((_MORE, True), (_LESS, False)):
            order = _order(head, words, made.operands)
            if order is not None and made.outcome.value != 0 and (order is greater) is not first_is_greater:
                return f"{said}：谁大谁小与算式相反"
        return _backwards(text, amount, made)
    return None


def in_order(text: str, amount: Amount, operands: Sequence[Operand]) -> bool:
    """Whether the second operand is what the sentence measures against; so it is when neither the words nor the roles tell.

    Without words for it (超支, 少花, 结余), spending is measured against the budget, and this year against the last.

    Args:
        text: the sentence, its quotations blanked.
        amount: the computed figure in it.
        operands: two.
    """
    base = roles.base(text, amount)
    bases = {base} if base is not None else roles.BASES
    first, second = (not bases.isdisjoint(operand.roles) for operand in operands)
    if first is not second:
        return second
    return _order(normal(text[: amount.start]), _THAN, operands) is not False


def _order(head: str, between: re.Pattern[str], operands: Sequence[Operand]) -> bool | None:
    """Whether the first operand is named before the last such word and the second behind it (False: the other way); None: not told."""
    marks = list(between.finditer(head))
    if not marks:
        return None
    before, after = re.split(r"[,。;]", head[: marks[-1].start()])[-1], head[marks[-1].end() :]
    left = [_is_named(operand, other, before) for operand, other in (operands, operands[::-1])]
    right = [_is_named(operand, other, after) for operand, other in (operands, operands[::-1])]
    if left == [True, False] and right == [False, True]:
        return True
    return False if left == [False, True] and right == [True, False] else None


def _is_named(operand: Operand, other: Operand, text: str) -> bool:
    """Whether words name an operand by what it does not share with the other: its role or its item."""
    own = (operand.roles - other.roles) | (_items(operand) - _items(other))
    return any(name in text for name in own)


def _items(operand: Operand) -> set[str]:
    return {name for fact in operand.facts for name in subjects.parts(fact) if len(name) >= subjects.SHORTEST}


def _is_only(operand: Operand, wanted: set[str]) -> bool:
    return bool(operand.roles) and operand.roles <= wanted


def _mixed(made: Calculation) -> str | None:
    """That what was planned and what was spent are added up, or None."""
    planned = next((operand for operand in made.operands if _is_only(operand, _PLANNED)), None)
    spent = next((operand for operand in made.operands if _is_only(operand, _SPENT)), None)
    return f"{planned.said} 是预算，{spent.said} 是决算，不能相加" if planned is not None and spent is not None else None


def _backwards(text: str, amount: Amount, made: Calculation) -> str | None:
    """That last year's figure is reckoned with the change in the wrong direction, or None."""
    if not roles.is_prior(text, amount, None) or len(made.operands) != 2:
        return None
    for operand in made.operands:
        moves = {fact.value > 0 for fact in operand.facts if fact.measure == "增减额" and fact.value}
        if len(moves) == 1:
            grew = moves.pop() if operand.value.value > 0 else True
            if grew is (made.operation is Operation.SUM):
                return f"上年数要由本年数减去增加的、加上减少的；{operand.said} 在原文中是{'增加' if grew else '减少'}"
    return None
