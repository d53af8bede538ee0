"""What a question takes for granted (why it rose, what was overspent), held against the figures: what they deny is said."""

import re

from service.answering import choosing
from service.answering.choosing import Group
from service.answering.plan import Ask, Plan

_OVERSPENT = re.compile(r"超预算|超支|超了|超出|多花")
_UNSPENT = re.compile(r"没花完|没用完|未花完|没完成|少花")
_ROSE = re.compile(r"增加|增长|涨|多了|上升")
_FELL = re.compile(r"减少|下降|降低|降了|少了")
_BUDGET_FIRST = re.compile(r"预算数?(?:会|要|为什么|为啥|为何|怎么){0,2}(?:比|较|低于|小于|少于|高于|大于|多于)(?:支出)?决算")
UNLIKE_BUDGET = ("没有超过预算", "没有少于预算")
"""What is denied where only the budget is printed to hold the figure against."""


def denial(plan: Plan, group: Group) -> str:
    """What the figures say against the question's premise: 「没有超预算」 where it asks why the budget was exceeded.

    Args:
        plan: the question.
        group: the item's figures.
    """
    text, direction = plan.text, plan.direction
    rate, change = group.measure(*choosing.RATES), group.measure("增减额", "增减率")
    budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
    ratio = spent.value - budget.value if budget and spent and budget.unit == spent.unit else rate.value - 100 if rate else None
    if _BUDGET_FIRST.search(text) and ratio is not None:
        return _of_budget(direction, more=ratio < 0, level=ratio == 0)
    if not of_last_year(plan):
        if direction == "more" and _OVERSPENT.search(text) and ratio is not None and ratio <= 0:
            return "没有超预算"
        if direction == "less" and _UNSPENT.search(text) and ratio is not None and ratio >= 0:
            return "并没有少花" if ratio > 0 else "已按预算花完"
    if plan.ask is not Ask.WHY:
        return ""
    rose, fell = direction == "more" and _ROSE.search(text), direction == "less" and _FELL.search(text)
    if change is not None:
        return "没有增加" if rose and change.value <= 0 else "没有减少" if fell and change.value >= 0 else ""
    if ratio is None or plan.against_prior:
        return ""
    return UNLIKE_BUDGET[0] if rose and ratio <= 0 else UNLIKE_BUDGET[1] if fell and ratio >= 0 else ""


def _of_budget(direction: str | None, *, more: bool, level: bool) -> str:
    """What is said where the budget is held against the outcome: whether it is less, more or the same."""
    if direction is None or (not level and (direction == "more") == more):
        return ""
    return "的预算与决算相同" if level else "的预算并不比决算少" if direction == "less" else "的预算并不比决算多"


def of_last_year(plan: Plan) -> bool:
    """Whether the year before is asked against, not the budget."""
    return plan.against_prior and "预算" not in plan.text
