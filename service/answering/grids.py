"""A table → its cells by what they are called: the labels to the left, the column's headings, and the figure or words inside.

Statutory tables have one header above; double-panel tables have labels in several columns; forms (绩效自评表) print new headings
between their rows. All become the same slots.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service import amounts
from service.records import Cell, Table
from service.text import normal

LONGEST_LABEL = 60
"""A longer text (characters) is no label but what the form says (年度目标)."""
LONGEST_SUBHEAD = 10
"""Longest text (characters) of a second line of headings in a form."""
FEWEST_HEADS = 3
"""So many texts without figures side by side are headings, where one of them is a form's usual heading."""

_CODE_HEAD = re.compile(r"编码|代码|序号|行次|^编号$")
_MEASURE = re.compile(r"预算数|决算数|金额|小计|合计|年初预算数|全年预算数|执行数|20\d\d年(?:预算|决算|执行)?数?")
_CODE = re.compile(r"\d{3,}(?:\|?\d+)*|[\d\s]{1,12}")
_NAME_HEAD = re.compile(r"名称|科目$|项目$|指标$|^单位$|内容$|类别|任务")
_VALUE_HEAD = re.compile(
    r"值|分值|权重|得分|评分|分数|数|额|率|金额|合计|原因|措施|说明|完成情况|实际完成|执行|依据|备注|(?:一般公共预算|政府性基金|财政拨款|其他资金|财政资金)$"
)
_FORM_ONLY = re.compile(r"指标值|目标值|完成值|分值|得分|权重|执行率|[一二三]级指标|任务名称")
_TOTAL = re.compile(r"合计$|总计$")
_FUND = re.compile(r"(?:其中[:：])?(?:一般公共预算|政府性基金预算|国有资本经营预算)财政拨款")
_CARRIED = re.compile(r"结转和?结余$")
_SUM = re.compile(r"总分|(?:金额)?(?:合计|总计)")
_SUBHEAD = re.compile(r"总额|小计|合计|(?:其中:)?(?:当年)?财政拨款|(?:其他|上级|财政)资金")
_FORM_HEAD = re.compile(r"指标值|目标值|完成值|分值|得分|权重|执行率|[一二三]级指标|预算数|执行数|完成情况|任务名称|主要内容|绩效标准")


MOST_KEPT = 2000
"""So many grids are kept."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell with what it is called."""

    row: int
    """Index in `Table.rows`, from 0."""
    column: int
    labels: tuple[str, ...]
    """Names to its left in its panel, outermost first; empty where the row has no name."""
    path: tuple[str, ...]
    """Headings above, outermost first."""
    cell: Cell

    @property
    def label(self) -> str:
        """The innermost name of the row."""
        return self.labels[-1] if self.labels else ""

    @property
    def carried(self) -> str:
        """What was carried over, where the row is a fund's part of it; else nothing."""
        return next((label for label in self.labels[:-1] if _CARRIED.search(normal(label))), "")

    @property
    def head(self) -> str:
        """The innermost heading."""
        return self.path[-1] if self.path else ""

    @property
    def blank(self) -> bool:
        """Whether nothing is printed there."""
        return not self.cell.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as slots, in reading order."""

    table: Table
    slots: tuple[Slot, ...]

    @property
    def name(self) -> str:
        """What it is called in an answer: its number, else its title."""
        return self.table.number or self.table.title

    def empty(self) -> bool:
        """Whether no figure but zero is printed in it."""
        figures = [amounts.cell(slot.cell.text) for slot in self.slots]
        return not any(figure is not None and figure.value != 0 for figure in figures)


_kept: dict[int, Grid] = {}


def read(table: Table) -> Grid:
    """The grid of a table, made once while the table lives: hashing a table takes longer than reading it."""
    kept = _kept.get(id(table))
    if kept is None or kept.table is not table:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        kept = _kept[id(table)] = _made(table)
    return kept


def _made(table: Table) -> Grid:
    if is_form(table):
        return Grid(table, tuple(_form(table)))
    return Grid(table, tuple(_ledger(table)))


def is_form(table: Table) -> bool:
    """Whether a table prints the headings of a form between its rows, or none above them."""
    return not any(table.columns) or any(
        len({t for c in row if (t := normal(c.text)) and _FORM_ONLY.search(t)}) >= FEWEST_HEADS for row in table.rows
    )


def _ledger(table: Table) -> Iterator[Slot]:
    """Slots of a table with one header."""
    first = _first_row(table)
    roles = [_role(table, column, first) for column in range(len(table.columns))]
    paths = [_joined(table, column, first) for column in range(len(table.columns))]
    carried: dict[int, str] = {}
    for number, row in enumerate(table.rows[first:], first):
        labels: list[str] = []
        for column, cell in enumerate(row):
            # A total's figure may stand at the end of a panel that has nothing else in its row.
            ends = bool(cell.text) or not (labels and _TOTAL.search(normal(labels[-1])))
            if roles[column] == "code":
                labels = [] if ends and column and roles[column - 1] == "value" else labels
                # A total row often prints its name in the code's column.
                if cell.text and not _CODE.fullmatch(normal(cell.text)):
                    labels = [cell.text]
            elif roles[column] == "name":
                if ends and column and roles[column - 1] == "value":
                    labels = []
                if cell.text:
                    labels = [*labels, *_over(cell.text, column, carried), cell.text]
            elif labels or "name" not in roles:
                yield Slot(number, column, tuple(labels), paths[column], cell)


def _over(label: str, column: int, carried: dict[int, str]) -> tuple[str, ...]:
    """The row above that a fund's row is a part of: under 年初财政拨款结转和结余 it is what was carried over, not the year's money."""
    if _FUND.fullmatch(normal(label)):
        return (carried[column],) if column in carried else ()
    carried.pop(column, None)
    if _CARRIED.search(normal(label)):
        carried[column] = label
    return ()


def _first_row(table: Table) -> int:
    """The first row that is no further line of headings (预算数, 决算数 in turn)."""
    for number, row in enumerate(table.rows):
        if any(cell.text and not _MEASURE.fullmatch(normal(cell.text)) for cell in row):
            return number
    return 0


def _joined(table: Table, column: int, first: int) -> tuple[str, ...]:
    """The headings of a column, those in its first rows included."""
    below = [row[column].text for row in table.rows[:first] if row[column].text]
    return tuple(part for part in (*table.columns[column].split("/"), *below) if part)


def _role(table: Table, column: int, first: int) -> str:
    """What a column holds: code, name or value."""
    head = normal(table.columns[column].split("/")[-1])
    texts = [normal(row[column].text) for row in table.rows[first:] if row[column].text]
    if _CODE_HEAD.search(head) or head in ("类", "款", "项"):
        return "code"
    figures = sum(1 for text in texts if amounts.cell(text) is not None or amounts.is_absent(text))
    if _NAME_HEAD.search(head) and figures * 2 <= len(texts):
        return "name"
    if texts and figures * 2 < len(texts):
        return "value" if _VALUE_HEAD.search(head) else "name"
    if texts and all(re.fullmatch(r"\d{3,9}", text) for text in texts) and len(set(texts)) == len(texts) and len(texts) > 1:
        return "code"
    return "value"


def _form(table: Table) -> Iterator[Slot]:
    """Slots of a form, whose headings change from row to row."""
    heads: dict[int, tuple[str, ...]] = {c: tuple(path.split("/")) for c, path in enumerate(table.columns) if path}
    outer: dict[int, str] = {}
    below = -1
    for number, row in enumerate(table.rows):
        texts = [normal(cell.text) for cell in row]
        if _heads(texts):
            heads = {c: (cell.text,) for c, cell in enumerate(row) if cell.text}
            outer, below = {}, number + 1
            continue
        if number == below and not texts[0] and _subheads(texts):
            groups = {c: heads[max(h for h in heads if h <= c)][0] for c, text in enumerate(texts) if text}
            heads |= {c: (group, row[c].text) for c, group in groups.items()}
            continue
        labels: list[str] = [row[c].text for c, text in enumerate(texts) if _SUM.fullmatch(text)][:1]
        columns = [c for c in range(len(row)) if c in heads or row[c].text]
        seen = False
        for column in columns:
            text, head = texts[column], normal("/".join(heads.get(column, ())))
            valued = bool(_VALUE_HEAD.search(head)) and not head.endswith("级指标")
            if valued and not labels and not text:
                continue  # a heading that runs down its column (年度主要任务完成情况) is no value
            if valued or (seen and text and amounts.cell(text) is not None):
                seen = True
                yield Slot(
                    number, column, tuple(labels or [outer[c] for c in sorted(outer) if c < column]), heads.get(column, ()), row[column]
                )
            elif text and len(text) <= LONGEST_LABEL and amounts.cell(text) is None:
                outer = {c: name for c, name in outer.items() if c < column} | {column: row[column].text}
                labels.append(row[column].text)
            elif text:
                seen = amounts.cell(text) is not None
                yield Slot(number, column, tuple(labels), heads.get(column, ()), row[column])


def _heads(texts: Sequence[str]) -> bool:
    """Whether a row of a form prints headings."""
    words = [text for text in texts if text]
    if len(words) < FEWEST_HEADS or any(amounts.cell(text) is not None for text in words):
        return False
    return sum(1 for text in words if _FORM_HEAD.search(text)) >= min(FEWEST_HEADS, len(words)) - 1


def _subheads(texts: Sequence[str]) -> bool:
    """Whether a row under headings divides them: 总额, 财政拨款, 其他资金."""
    words = [text for text in texts if text]
    short = all(len(text) <= LONGEST_SUBHEAD and amounts.cell(text) is None for text in words)
    return len(words) >= FEWEST_HEADS and short and any(_SUBHEAD.fullmatch(text) for text in words)


def names(table: Table, head: "re.Pattern[str]") -> list[tuple[int, Cell]]:
    """(row, cell) of the column whose heading matches, without blanks, totals and headings; forms print the heading in a row."""
    for column, path in enumerate(table.columns):
        if head.search(normal(path.split("/")[-1])):
            found = [(n, row[column]) for n, row in enumerate(table.rows) if _is_name(row[column].text)]
            if found:
                return found
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if head.search(normal(cell.text)) and _heads([normal(c.text) for c in row]):
                under = range(number + 1, _block_end(table, number))
                found = [(n, table.rows[n][column]) for n in under if _is_name(table.rows[n][column].text)]
                if found:
                    return found
    return []


def _block_end(table: Table, start: int) -> int:
    """The row after the last that stands under the headings of row `start`."""
    for number in range(start + 1, len(table.rows)):
        texts = [normal(c.text) for c in table.rows[number]]
        first = next((text for text in texts if text), "")
        if _heads(texts) or re.match(r"年度(?:总体|主要)?(?:目标|任务)|绩效指标|总分|合计|金额合计", first):
            return number
    return len(table.rows)


def _is_name(text: str) -> bool:
    form = normal(text)
    return bool(re.search(r"[\u4e00-\u9fff]{2}", form)) and not re.fullmatch(r"(?:金额)?(?:合计|总计)|.*小计|总分|其他", form)
