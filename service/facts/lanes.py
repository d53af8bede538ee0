"""Tables side by side in one (项目|决算数|项目|决算数) → lanes, each with its code, name and figure columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service import amounts
from service.facts.headings import measure_of
from service.records import Table
from service.text import normal

CODE = re.compile(r"\d{3}(?:\d{2}){0,2}|\d{2}")
"""A subject's code, or two digits of it in a column of its own."""
LINE = re.compile(r"行次|栏次|序号|页码")
"""Headers of columns that number lines."""
_CODE_HEAD = re.compile(r"编码|代码|(?:^|/)[类款项]$")
_NAME_HEAD = re.compile(r"(?:项目|科目|名称|分类|内容)(?:\(.*\))?$")


class Role(StrEnum):
    """What a column holds."""

    CODE = "code"
    NAME = "name"
    FIGURE = "figure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Lane:
    """A panel of a table: its code, name and figure columns (indices of `Table.columns`)."""

    codes: tuple[int, ...]
    names: tuple[int, ...]
    figures: tuple[int, ...]
    side: str
    """收入 or 支出 where the header says so, else empty."""


def role(table: Table, path: str, column: int, start: int = 0) -> Role:
    """What a column holds, by its header and by what its cells print.

    Args:
        table: the table.
        path: the column's header path.
        column: index from 0.
        start: the first row (from 0) that is no header.
    """
    head = normal(path)
    leaf = head.split("/")[-1]
    printed = [normal(row[column].text) for row in table.rows[start:] if not amounts.is_absent(row[column].text)]
    if LINE.search(leaf):
        return Role.OTHER
    digits = sum(1 for c in printed if re.search(r"\d", c))
    if _CODE_HEAD.search(head) and printed and 2 * sum(1 for c in printed if CODE.fullmatch(c)) > digits:
        return Role.CODE
    figures = sum(1 for c in printed if amounts.cell(c) is not None)
    if not printed:
        return Role.FIGURE if measure_of(leaf) or not _NAME_HEAD.search(leaf) else Role.NAME
    return Role.FIGURE if 2 * figures > len(printed) else Role.NAME


def of(heads: Sequence[str], roles: Sequence[Role]) -> Iterator[Lane]:
    """The lanes of a table, left to right: one begins at a code or name column that follows figures.

    Args:
        heads: header path of every column.
        roles: what every column holds.
    """
    start = 0
    for end in range(1, len(roles) + 1):
        if end == len(roles) or (Role.FIGURE in roles[start:end] and _begins(heads, roles, end)):
            lane = _lane(heads, roles, range(start, end))
            if lane.figures:
                yield lane
            start = end


def _begins(heads: Sequence[str], roles: Sequence[Role], column: int) -> bool:
    """Whether a code or name column after figures begins a lane: figures follow it, and it is no remark."""
    named = roles[column] in (Role.CODE, Role.NAME)
    return named and Role.FIGURE in roles[column:] and not re.search(r"备注|说明|完成情况|原因", heads[column])


def _lane(heads: Sequence[str], roles: Sequence[Role], columns: range) -> Lane:
    def having(role: Role) -> tuple[int, ...]:
        return tuple(c for c in columns if roles[c] is role)

    tops = [normal(heads[c]).split("/")[0] for c in columns]
    side = next((word for word in ("收入", "支出") if sum(word in top for top in tops) * 2 > len(tops)), "")
    return Lane(having(Role.CODE), having(Role.NAME), having(Role.FIGURE), side)


def merged(first: Lane, second: Lane) -> Lane:
    """Two lanes as one: for names that are printed over both."""
    return Lane(first.codes + second.codes, first.names + second.names, first.figures + second.figures, first.side)
