"""Tables side by side in one (项目|决算数|项目|决算数) → lanes, each with its code, name and figure columns, and what names a row in one.

The only place that says which column is what: facts and checks both read tables by it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service import amounts
from service.facts import headings
from service.facts.headings import measure_of
from service.records import Cell, Table
from service.text import normal

CODE = re.compile(r"\d{3}(?:\d{2}){0,2}|\d{2}")
"""A subject's code, or two digits of it in a column of its own."""
LINE = re.compile(r"行次|栏次|序号|页码")
"""Headers of columns that number lines."""
_CODE_HEAD = re.compile(r"编码|代码|(?:^|/)[类款项]$")
_NAME_HEAD = re.compile(r"(?:项目|科目|名称|分类|内容)(?:\(.*\))?$")
_OWNER_HEAD = re.compile(r"(?:单位|部门)(?:名称)?(?:\(.*\))?$")
"""Headers of the column of the bodies whose rows follow."""
_NO_AMOUNT = re.compile(r"序号|率|比例|%|分值|得分|人数|数量|备注|比重|权重")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.](?!\d)|其中:)+")
_SUM = re.compile(r"(?:合计|总计|小计)")
_LEADING = re.compile(r"(\d{7}|\d{5}|\d{3})(?=[^\d.,])")


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


@dataclass(frozen=True, slots=True)
class Panels:
    """A table's lanes. `heads`: header path of every column, no numbers of lines; `start`: the first row (from 0) that is no header."""

    heads: tuple[str, ...]
    start: int
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What names a row in a lane: its code (empty: none) and its name as printed, apart from its ordinal (normal form)."""

    code: str
    name: str
    ordinal: str


def panels(table: Table) -> Panels:
    """The lanes of a table.

    Args:
        table: as read.
    """
    heads, start = headings.paths(table)
    roles = [role(table, heads[c], c, start) for c in range(len(heads))]
    return Panels(heads, start, tuple(of(heads, roles)))


def label(cells: Sequence[Cell], lane: Lane) -> Label:
    """The code and name that a row prints in a lane; a code may stand before the name in one cell.

    Args:
        cells: the row.
        lane: the lane.
    """
    code = "".join(normal(cells[c].text) for c in lane.codes)
    names = list(dict.fromkeys(cells[c].text for c in lane.names if cells[c].text and not amounts.is_absent(cells[c].text)))
    name = names[-1] if len(names) > 1 and normal(names[0]).isdigit() else "".join(names[:1])
    if len(names) > 1 and not code and CODE.fullmatch(normal(names[0])):
        code = normal(names[0])
    if not code.isdigit():
        name, code = name or "".join(cells[c].text for c in lane.codes), ""
    leading = _LEADING.match(normal(name))
    if leading and not code:
        code = leading[0]
        name = re.sub(rf"^\s*{leading[0]}\s*", "", name)
    return Label(code, *bare(name))


def bare(name: str) -> tuple[str, str]:
    """(printed name without its ordinal and white space, the ordinal in normal form)."""
    match = _ORDINAL.match(normal(name))
    if not match:
        return "".join(name.split()), ""
    kept, skip = [], match.end()
    for c in name:
        width = len(normal(c))
        if skip > 0:
            skip -= width
        elif width:
            kept.append(c)
    return "".join(kept), match[0]


def is_amount(head: str) -> bool:
    """Whether figures under a header are amounts: no rate, count, weight or score.

    Args:
        head: header path.
    """
    return not _NO_AMOUNT.search(normal(head).split("/")[-1])


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
        # 合计 is printed under 序号 where the first column is that of the line numbers.
        return Role.NAME if any(_SUM.fullmatch(c) for c in printed) else Role.OTHER
    digits = sum(1 for c in printed if re.search(r"\d", c))
    if _CODE_HEAD.search(head) and printed and 2 * sum(1 for c in printed if CODE.fullmatch(c)) > digits:
        return Role.CODE
    figures = sum(1 for c in printed if amounts.cell(c) is not None)
    if not printed:
        return Role.FIGURE if measure_of(leaf) or not _NAME_HEAD.search(leaf) else Role.NAME
    return Role.FIGURE if 2 * figures > len(printed) and not _CODE_HEAD.search(head) else Role.NAME


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
    codes, names = having(Role.CODE), having(Role.NAME)
    if codes:
        # 预算单位 | 科目编码 | 项目名称: what the row is stands under the last, whose it is under the first.
        names = tuple(sorted(names, key=lambda c: _OWNER_HEAD.search(normal(heads[c]).split("/")[-1]) is not None))
    return Lane(codes, names, having(Role.FIGURE), side)


def merged(first: Lane, second: Lane) -> Lane:
    """Two lanes as one: for names that are printed over both."""
    return Lane(first.codes + second.codes, first.names + second.names, first.figures + second.figures, first.side)
