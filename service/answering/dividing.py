"""What an item is made up of: its parts, as the document prints them with figures that add up to it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from service.amounts import YUAN
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.records import Fact

MOST_PARTS = 9
"""So many parts are told."""
_ASKED = re.compile(
    r"分别|各(?:是|占|花|用|有|项|部分|多少)|哪些方面|哪[几些]块|构成|组成|"
    r"细分|明细|分项|怎么分|都花在|由哪|(?:什么|啥|哪些)车"
)
_CHANGES = ("增减额", "上年数")
_COUNTED = ("辆", "人", "名", "个", "项", "台")
"""Units of counts whose kinds are printed: vehicles by use, staff by post."""


def tell(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """The item and its parts, where the question asks what one item is made up of; None where no parts are printed."""
    if len(chosen) != 1 or len(desk.plan.measures) > 1 or not _ASKED.search(desk.plan.text):
        return None
    info = chosen[0][0].info
    facts = [f for f in desk.material.facts(info.doc) if f.year in (info.year, None)]
    for group in chosen[0]:
        inside = [f for f in facts if f.where == group.facts[0].where]
        for divided in lists(inside, {key(group.item)}):
            parts = [f for f in _named(divided, desk.plan.text) if f.value or f.unit in YUAN]
            measure = parts[0].measure
            told = [desk.statement(Group(info, f.item, _all(inside, f), 0.0), only=measure) for f in parts[:MOST_PARTS]]
            return [desk.statement(group, only=measure), *told]
    return None


def lists(facts: Sequence[Fact], whole: set[str]) -> list[list[Fact]]:
    """The lists of items that add up to the one named, as far as one section or table prints them.

    Args:
        facts: in the order of the document.
        whole: keys of the names of the item.
    """
    found = []
    for total in facts:
        if key(total.item) not in whole or total.unit not in (*YUAN, *_COUNTED) or total.measure in _CHANGES or not total.value:
            continue
        kind = (total.where, total.measure, total.unit, total.source, total.column)
        inside = [f for f in facts if (f.where, f.measure, f.unit, f.source, f.column) == kind and key(f.item) not in whole]
        parts = _adding_up(inside, total.value)
        if parts:
            found.append(parts)
    return found


def _adding_up(facts: Sequence[Fact], total: Decimal) -> list[Fact]:
    """Facts one after another whose values add up to a total; the shortest such list."""
    unique = list({f.item: f for f in reversed(facts)}.values())[::-1]
    for length in range(2, len(unique) + 1):
        for start in range(len(unique) - length + 1):
            run = unique[start : start + length]
            if sum((f.value for f in run), Decimal(0)) == total:
                return run
    return []


def _named(parts: Sequence[Fact], text: str) -> Sequence[Fact]:
    """The parts that the question names by what tells them apart (货物, 工程), or all."""
    names = [key(f.item) for f in parts]
    before, behind = _shared(names), _shared([name[::-1] for name in names])
    words = [name[before : len(name) - behind] for name in names]
    said = [f for f, word in zip(parts, words, strict=True) if len(word) > 1 and word in text]
    return said or parts


def _shared(names: Sequence[str]) -> int:
    """How many first characters all names share."""
    shared = 0
    for characters in zip(*names, strict=False):
        if len(set(characters)) > 1:
            break
        shared += 1
    return shared


def _all(facts: Sequence[Fact], part: Fact) -> tuple[Fact, ...]:
    """The part's facts; of a table row only its own."""
    return tuple(f for f in facts if f.item == part.item and (f.source == "text" or f.place.quote == part.place.quote))
