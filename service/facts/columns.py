"""A table's column: what its header says of every figure under it, read once."""

import re
from dataclasses import dataclass

from service import statements
from service.facts.headings import measure_of, measure_words
from service.records import Table
from service.statements import Statement
from service.text import normal

SUMS = ("合计", "小计", "总计")
"""Names of mere sums."""
_RATE = re.compile(r"率|比例|比重|占比|%|±")
_THINGS = ("个", "辆", "台", "套", "台（套）", "批", "批次", "次", "家", "户")
COUNTS = dict.fromkeys(("人", "人次", "名"), "人数") | dict.fromkeys(_THINGS, "数量")
"""Units of counts → the measure of what is counted."""
_OWN_UNIT = re.compile(r"\((?:单位:)?(亿元|万元|千元|元|个|辆|人次|人|批次|批|次|台|套|家|户|%)\)$")
_COUNT = re.compile(r"(?:批次|人次|人数|团组|保有量|购置)数?(?:量)?$")
_AMOUNT = re.compile(r"(?:金额|数额|价值)(?:\(.*\))?")
_UNIT = re.compile(r"\((亿元|万元|千元|元|人|辆|台|个|套)\)")


@dataclass(frozen=True, slots=True)
class Column:
    """What a header says. `unit` is None where neither the header nor the table prints one."""

    head: str
    """Its path without numbers of lines and columns."""
    measure: str | None
    item: str
    """The item that the path names; empty when it names only measures."""
    words: str
    """Its measure as printed (预算数), or nothing."""
    unit: str | None
    scope: str | None


def of(head: str, table: Table, statement: Statement | None) -> Column:
    """Read a header.

    Args:
        head: the column's path.
        table: the table.
        statement: what the table is, when it is known.
    """
    return Column(head, measure_of(head), _item(head, table, statement), measure_words(head), _unit(table, head), _scope(head, statement))


def own_unit(name: str) -> str | None:
    """The unit that a row's name prints at its end (国内公务接待批次（个）), or None."""
    match = _OWN_UNIT.search(normal(name))
    return match[1] if match else None


def is_count(name: str) -> bool:
    """Whether a row's name is that of a count: of groups, visits, people, cars."""
    return bool(_COUNT.search(_OWN_UNIT.sub("", normal(name))))


def is_mere_amount(head: str) -> bool:
    """Whether a heading says only that amounts stand under it."""
    return bool(_AMOUNT.fullmatch(normal(head)))


def _unit(table: Table, head: str) -> str | None:
    """The column's unit, else the table's; None when none is printed."""
    leaf = normal(head).split("/")[-1]
    if _RATE.search(leaf):
        return "%"
    if measure_of(leaf) == "人数":
        return "人"
    if re.search(r"分值|得分", leaf):
        return "分"
    bracket = _UNIT.search(normal(head))
    if bracket:
        return bracket[1]
    return None if measure_of(leaf) == "数量" else table.unit


def _item(head: str, table: Table, statement: Statement | None) -> str:
    """The innermost part of a path that is neither a measure nor a mere 小计."""
    parts = [p for p in head.split("/") if p and not measure_words(p)]
    while parts and normal(parts[-1]) in SUMS:
        if len(parts) == 1:
            whole = not any("会议费" in c for c in table.columns)
            return "“三公”经费" if statement and statement.role is statements.Role.THREE_PUBLIC and whole else parts[-1]
        parts.pop()
    if not parts:
        return ""
    return "“三公”经费" if re.search(r'三公"?经费', normal(parts[-1])) else parts[-1]


def _scope(head: str, statement: Statement | None) -> str | None:
    """The fund that the header names, else the statement's."""
    leaf = normal(head).split("/")[-1]
    for words, scope in (("一般公共预算", statements.GENERAL), ("政府性基金", statements.FUND), ("国有资本", statements.CAPITAL)):
        if words in leaf:
            return scope
    return statement.scope if statement else None
