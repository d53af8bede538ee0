"""The lines around a table → its title, number, unit and note."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.records import Box, Line
from service.text import normal

REACH = 150.0
"""A title stands at most so far (points) above its table."""
TITLE_LENGTH = 60
"""Longest title in characters."""
NOTE_LINES = 8
"""Longest note in printed lines."""
LANES = "栏次"
"""Heads the row that numbers the columns."""
CANDIDATES = 3
"""So many lines above a table may be its title."""

_NUMBER = re.compile(r"[财预部决门]{0,4}公开\d{1,2}(?:-\d{1,2})?表|(?:附|公开)?表[\d一二三四五六七八九十]{1,3}(?:-\d{1,2})?|附件\d{1,2}")
_NUMBER_HEAD = re.compile(rf"({_NUMBER.pattern})[:：、.]?(?=\S)")
_NUMBER_TAIL = re.compile(rf"(?<=表)({_NUMBER.pattern})$")
_UNIT = re.compile(r"单位[:：]?\(?(?:人民币)?(亿元|万元|千元|元)")
_UNIT_INSIDE = re.compile(r"\((?:金额)?(?:单位:)?(亿元|万元|千元|元)\)|单位:(亿元|万元|千元|元)")
_MAKER = re.compile(r"(?:编制|填报|公开|预算|主管|申报)?(?:部门|单位)(?:名称|\(单位\)|\(盖章\))?:")
_META = re.compile(
    r"(?:编制|填报|公开|预算|主管|申报)?(?:部门|单位)(?:名称|\(单位\)|\(盖章\))?:.*|金额单位.*|单位:?.*元"
    r"|\(?(?:20\d\d|20XX)年度?\)?|\(?20\d\d年\d+月\d+日\)?|\(?续表?\)?"
)
_PAGE = re.compile(r"[-·.]*第?\d{1,4}页?(?:[/,共]+\d{1,4}页?)?[-·.]*")
_TABLE = re.compile(r"表(?:\([^()]*\))?(?:\(续\)|续)?$|自评|一览|情况表")
_PART = re.compile(r"第[一二三四五六七八九十]+(?:部分|章|篇)")
_ENDS = re.compile(r"[。；;，,：:、]$")
_NOTE = re.compile(
    r"(?:备?注|说明)\d*[:：.、]|(?:本(?:部门|单位|表|级)|我(?:部门|单位|局|委|办)).{0,60}(?:空表|无数据|未安排|不涉及|没有|无此)"
)
_HEADING = re.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+部分")


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a table; empty or None where it is not printed."""

    title: str = ""
    number: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """The lines on one baseline, as one text."""

    text: str
    box: Box
    size: float
    lines: tuple[Line, ...] = ()
    """The lines it is gathered from, from left to right."""

    @property
    def parts(self) -> int:
        """How many lines it is gathered from."""
        return len(self.lines)


def printed(lines: Iterable[Line]) -> list[Printed]:
    """Lines gathered by baseline, from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box[3]):
        if rows and line.box[3] - rows[-1][0].box[3] < 0.35 * max(line.size, 1.0):
            rows[-1].append(line)
        else:
            rows.append([line])
    found = []
    for row in rows:
        row.sort(key=lambda line: line.box[0])
        box = (row[0].box[0], min(n.box[1] for n in row), max(n.box[2] for n in row), max(n.box[3] for n in row))
        found.append(Printed(" ".join(n.text for n in row), box, max(n.size for n in row), tuple(row)))
    return found


def above(rows: Sequence[Printed], top: float) -> Caption:
    """The caption of a table.

    Args:
        rows: what is printed above it on its page and under the table before, from top to bottom.
        top: y of its upper edge.
    """
    number = named_unit = None
    candidates: list[int] = []
    for index in range(len(rows) - 1, -1, -1):
        row, text = rows[index], normal(rows[index].text)
        if top - row.box[3] > REACH or _is_prose(text):
            break
        found = _number(text)
        if candidates and (_is_titled(rows[candidates[-1]]) or len(candidates) == CANDIDATES) and not (number is None and is_meta(text)):
            break
        named_unit, number = named_unit or unit(text), number or found
        if not is_meta(text):
            candidates.append(index)
    return Caption(_title(rows, candidates), number, named_unit)


def labels(rows: Sequence[Printed], top: float) -> list[Printed]:
    """The lines between a table and its title that say who made it and in what unit, from top to bottom.

    Args:
        rows: what is printed above it on its page and under the table before, from top to bottom.
        top: y of its upper edge.
    """
    found: list[Printed] = []
    for row in reversed(rows):
        text = normal(row.text)
        if top - row.box[3] > REACH or not is_meta(text) or is_page_number(text) or _NUMBER_TAIL.search(text):
            break
        found.append(row)
    return found[::-1]


def at_end(rows: Sequence[Printed]) -> Caption:
    """The caption that ends a page, of a table on the next; empty when the page does not end with a title."""
    shown = [row for row in rows if not is_page_number(normal(row.text))]
    titles = [row for row in shown if not is_meta(normal(row.text))]
    return above(shown, shown[-1].box[3]) if titles and _is_titled(titles[-1]) else Caption()


def named(text: str) -> tuple[str, str | None]:
    """A title without layout white space and without the number that shares its line, and that number."""
    tight = re.sub(r"\s+", "", text)
    form = normal(tight)
    match = _NUMBER_HEAD.match(form) or _NUMBER_TAIL.search(form)
    if match is None or len(form) != len(tight):
        return tight, None
    return (tight[: match.start()] if match.start() else tight[match.end() :]), match[1]


def inside(text: str) -> str | None:
    """The unit named in a table's own first cells: 「资金(万元)」."""
    match = _UNIT_INSIDE.search(normal(text))
    return (match[1] or match[2]) if match else None


def below(rows: Sequence[Printed], bottom: float) -> str | None:
    """The note under a table.

    Args:
        rows: what is printed under it on its page and above the next table's caption, from top to bottom.
        bottom: y of its lower edge.
    """
    parts: list[str] = []
    end = bottom
    for row in rows:
        text = normal(row.text)
        if is_page_number(text):
            continue
        starts = _NOTE.match(text)
        close = row.box[1] - end < (1.5 if parts else 3.0) * row.size
        if not close or len(parts) >= NOTE_LINES or _HEADING.match(text) or (not parts and not starts) or _TABLE.search(text):
            break
        parts.append(row.text.strip())
        end = row.box[3]
    return "".join(parts) or None


def is_meta(text: str) -> bool:
    """Whether a text (normal form) is a line between a title and its table: number, maker, year, unit, page number."""
    return bool(_META.fullmatch(text) or _NUMBER.fullmatch(text) or is_page_number(text) or _UNIT.search(text))


def is_label(text: str) -> bool:
    """Whether a text (normal form) names a table's maker or its unit."""
    return unit(text) is not None or bool(_MAKER.match(text))


def unit(text: str) -> str | None:
    """The unit of money that a line over a table (normal form) names, or None."""
    match = _UNIT.search(text)
    return match[1] if match else None


def is_title(text: str) -> bool:
    """Whether a text (normal form) reads as a table's title."""
    return len(text) <= TITLE_LENGTH and bool(_TABLE.search(text))


def is_note(text: str) -> bool:
    """Whether a text (normal form) begins a note under a table."""
    return bool(_NOTE.match(text))


def opens_table(row: Printed, size: float) -> bool:
    """Whether a line stands above a table, and so in none: a number, a unit line, a part's heading, a title.

    Args:
        row: the line.
        size: the type size of the table; a title is larger.
    """
    text = normal(row.text)
    return bool(_NUMBER.fullmatch(text) or _UNIT.search(text) or _PART.match(text)) or (is_title(text) and row.size > 1.1 * size)


def is_page_number(text: str) -> bool:
    """Whether a text (normal form) is a page number."""
    return bool(_PAGE.fullmatch(text))


def _is_prose(text: str) -> bool:
    return bool(_ENDS.search(text)) and not is_meta(text) and not _UNIT.search(text)


def _number(text: str) -> str | None:
    """The table's number in a line of its own, or in the title's line."""
    match = _NUMBER.fullmatch(text)
    return match[0] if match else named(text)[1]


def _is_titled(row: Printed) -> bool:
    return bool(_TABLE.search(normal(row.text))) and not _PART.match(normal(row.text))


def _title(rows: Sequence[Printed], candidates: Sequence[int]) -> str:
    if not candidates:
        return ""
    tabled = [i for i in candidates if _is_titled(rows[i])]
    index = tabled[0] if tabled else candidates[0]
    row = rows[index]
    if len(normal(row.text)) > TITLE_LENGTH or (not tabled and _PART.match(normal(row.text))):
        return ""
    text = named(row.text)[0]
    if index and _wrapped(rows[index - 1], row):
        text = named(rows[index - 1].text)[0] + text
    return text


def _wrapped(upper: Printed, lower: Printed) -> bool:
    """Whether a title begins on the line above: the same type, close by, and the lower line alone is no whole title."""
    text = normal(upper.text)
    if abs(upper.size - lower.size) > 0.7 or lower.box[1] - upper.box[3] > 1.3 * lower.size or _HEADING.match(normal(lower.text)):
        return False
    if _TABLE.search(text) or _is_prose(text) or is_meta(text) or _PART.match(text):
        return False
    return upper.box[2] - upper.box[0] > lower.box[2] - lower.box[0] and len(text) + len(lower.text) <= TITLE_LENGTH
