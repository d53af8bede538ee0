"""Which printed reason belongs to which figures: by item, by place, by direction."""

from service.answering import choosing
from service.answering.choosing import Group
from service.answering.material import Material
from service.records import Reason

_WORDS = {"less": ("小于", "减少", "低于", "下降"), "more": ("大于", "增加", "超", "增长")}


def explains(reason: Reason, names: set[str]) -> bool:
    """Whether a reason is for one of the items; it may be for several at once (收入总计、支出总计)."""
    return reason.item in names or not names.isdisjoint(reason.item.split("、"))


def says(about: str, direction: str) -> bool:
    """Whether what a reason explains goes in a direction (less, more)."""
    return any(word in about for word in _WORDS[direction])


def opposed(about: str, direction: str) -> bool:
    """Whether it goes in the other direction only."""
    other = "more" if direction == "less" else "less"
    return says(about, other) and not says(about, direction)


def is_of_namesake(reason: Reason, group: Group) -> bool:
    """Whether a reason is for another item of the group's name, as its code tells."""
    code = group.facts[0].code
    return reason.item == group.item and None not in (reason.code, code) and reason.code != code


def printed_with(material: Material, group: Group) -> list[Reason]:
    """The reasons printed with a group's figures, nearest first."""
    where, page = group.facts[0].where, group.facts[0].place.page
    own = [r for r in material.reasons(group.info.doc) if explains(r, {group.item}) and not is_of_namesake(r, group)]
    found = [r for r in own if r.where == where and abs(r.place.page - page) <= 1]
    return [r for r in sorted(found, key=lambda r: abs(r.place.page - page)) if not contradicts(r, group)][:2]


def contradicts(reason: Reason, group: Group) -> bool:
    """Whether a reason for a change explains the opposite of the change that the group prints."""
    change = group.measure(*choosing.CHANGES)
    if change is None or change.value == 0 or "上年" not in reason.about:
        return False
    return says(reason.about, "less") if change.value > 0 else says(reason.about, "more")
