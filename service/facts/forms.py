"""Performance forms (绩效自评表, 绩效目标表) → facts: labels and values under headings that change inside the form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from service import amounts
from service.amounts import Amount
from service.facts import grounding
from service.facts.appraisals import OVERALL
from service.facts.grounding import PageTexts
from service.records import Cell, Document, Fact, Place, Reason, Table
from service.text import normal

_HEADS: tuple[tuple[str, str], ...] = (
    (r"年初预算数?", "年初预算"),
    (r"全年预算数?", "全年预算"),
    (r"调整(?:后)?预算数?", "调整预算"),
    (r"(?:全年)?(?:预算)?执行数?", "执行数"),
    (r"(?:预算)?执行率", "执行率"),
    (r"分值", "分值"),
    (r"得分", "得分"),
)
_HEAD = tuple((re.compile(rf"{pattern}(?:\(.*\))?"), measure) for pattern, measure in _HEADS)
_SUB = re.compile(r"总额|财政拨款|其他资金|其中.*|小计|合计|自有资金|上级.*")
_FUNDS = re.compile(r"(?:年度)?资金总额|财政拨款|.*财政拨款|.*资金|.*拨款")
_MONEY = ("年初预算", "全年预算", "调整预算", "执行数", "预算")
_WHY = re.compile(r"偏差原因|存在问题")
_NAME = re.compile(r"项目(?:\(.*\))?名称")


@dataclass(frozen=True, slots=True)
class Form:
    """What a form states."""

    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]


@dataclass
class _Reading:
    """What holds while a form is read from top to bottom."""

    document: Document
    table: Table
    texts: PageTexts
    subject: str
    unit: str | None
    columns: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Column → (measure, header as printed) under the headings last met."""
    names: dict[int, str] = field(default_factory=dict)
    """Column → what it holds beside figures: 任务名称, 主要内容, 一级指标, 三级指标, 偏差原因…"""
    carried: dict[int, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    """Normal form of a cell → the cell as printed, without line breaks."""
    facts: list[Fact] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)


def read(document: Document, tables: Sequence[Table], texts: PageTexts) -> Form:
    """Read a form.

    Args:
        document: the disclosure.
        tables: the form; after its first page, next pages without headings of their own, whose cells belong to the
            columns that they stand under.
        texts: the document's pages.
    """
    table, more = tables[0], tables[1:]
    reading = _Reading(document, table, texts, _subject(table), table.unit or _unit(table))
    rows: list[tuple[Cell, ...] | None] = [None] * len(table.header)
    rows += list(table.rows) + [_under(row, table) for page in more for row in page.rows]
    words = [[normal(cell) for cell in row] for row in table.header]
    words += [[normal(cell.text) for cell in row] for row in rows if row is not None]
    for cell in (*(c for head in table.header for c in head), *(c.text for line in rows if line for c in line)):
        reading.printed.setdefault(normal(cell), re.sub(r"\s+", "", cell))
    for n, (row, cells) in enumerate(zip(words, rows, strict=True)):
        if _is_sub(reading, row):
            continue
        if _is_head(row):
            _take_heads(reading, row, words[n + 1] if n + 1 < len(words) else [])
        elif cells is not None:
            _take_row(reading, cells, row)
    return Form(tuple(reading.facts), tuple(reading.reasons))


def _under(row: Sequence[Cell], table: Table) -> tuple[Cell, ...]:
    """A row of a form's next page, each cell under the form's column that is nearest to its middle."""
    middles = {n: _middle(cell) for line in table.rows for n, cell in enumerate(line) if cell.text}
    placed: dict[int, Cell] = {}
    for cell in row:
        if cell.text and (free := [n for n in middles if n not in placed]):
            placed[min(free, key=lambda n: abs(middles[n] - _middle(cell)))] = cell
    blank = Cell("", row[0].page, row[0].box)
    return tuple(placed.get(n, blank) for n in range(len(table.columns)))


def _middle(cell: Cell) -> float:
    return (cell.box[0] + cell.box[2]) / 2


def _subject(table: Table) -> str:
    """The project's name, or the department's own appraisal."""
    rows = [list(row) for row in table.header] + [[c.text for c in row] for row in table.rows]
    for row in rows[:6]:
        for n, cell in enumerate(row):
            if _NAME.fullmatch(normal(cell)):
                name = next((c for c in row[n + 1 :] if c and normal(c) != normal(cell)), "")
                if name:
                    return re.sub(r"\s+", "", name)
    if table.statement == "部门整体支出绩效自评表" or "整体" in table.title:
        return OVERALL
    return re.sub(r"\s+", "", re.sub(r"(?:项目)?(?:支出)?绩效(?:自评|目标).*$", "", table.title)) or OVERALL


def _unit(table: Table) -> str | None:
    """The unit that a form's labels print: 项目资金（万元）."""
    for row in [*table.header, *([c.text for c in r] for r in table.rows[:12])]:
        for cell in row:
            match = re.search(r"[(:](亿元|万元|元)\)?", normal(cell))
            if match:
                return match[1]
    return None


def _measure(cell: str) -> str | None:
    return next((measure for pattern, measure in _HEAD if pattern.fullmatch(cell)), None)


def _is_head(row: Sequence[str]) -> bool:
    """A row of headings: two of the measures, and no figure."""
    heads = {m for c in row if (m := _measure(c))}
    return len(heads) >= 2 and not any(amounts.cell(c) for c in row)


def _take_heads(reading: _Reading, row: Sequence[str], below: Sequence[str]) -> None:
    """Columns by the headings of a row, and by the second level below it."""
    reading.columns, reading.names, reading.carried = {}, {}, {}
    level = below if any(_SUB.fullmatch(c) for c in below) and not any(amounts.cell(c) for c in below) else []
    last = ""
    for n, cell in enumerate(row):
        # A merged heading may be printed once for the columns it covers.
        last = cell or (last if level and n < len(level) and level[n] else "")
        measure = _measure(last)
        if measure:
            sub = level[n] if n < len(level) and _SUB.fullmatch(level[n]) else ""
            reading.columns[n] = (measure, f"{re.sub(r'[(（](?:万元|元)[)）]', '', reading.printed.get(last, last))}{sub}")
        elif last:
            reading.names[n] = last


def _is_sub(reading: _Reading, row: Sequence[str]) -> bool:
    """The second level of headings."""
    return bool(reading.columns) and sum(1 for c in row if _SUB.fullmatch(c)) >= 2 and not any(amounts.cell(c) for c in row)


def _take_row(reading: _Reading, cells: Sequence[Cell], row: Sequence[str]) -> None:
    """Facts of a row under the headings that hold."""
    for column, text in enumerate(row):
        if text and column not in reading.columns:
            reading.carried[column] = text
    figures = {c: a for c in reading.columns if c < len(row) and (a := amounts.cell(row[c])) is not None}
    if not figures:
        _take_amounts(reading, cells, row)
        return
    item, path, total = _item(reading, row, min(reading.columns))
    if not item:
        return
    for column, figure in figures.items():
        measure, head = reading.columns[column]
        unit = _unit_of(reading, measure, figure)
        if unit is not None:
            reading.facts.append(_fact(reading, (cells, column), figure, (item, path), (measure, "总分" if total else head, unit)))
    _take_reason(reading, cells, item)


def _take_amounts(reading: _Reading, cells: Sequence[Cell], row: Sequence[str]) -> None:
    """「其中：财政拨款 | 50000.00」 of a 绩效目标表: a label and an amount without headings."""
    if reading.columns or reading.unit is None:
        return
    for column, text in enumerate(row):
        figure = amounts.cell(text)
        label = next((c for c in reversed(row[:column]) if c), "")
        if figure is not None and re.search(r"资金|拨款|总额", label):
            whole = "总额" in label
            name = reading.subject if whole else f"{reading.subject}（{_plain(label)}）"
            unit = figure.unit or reading.unit
            reading.facts.append(_fact(reading, (cells, column), figure, (name, ()), ("预算", _plain(label), unit)))


def _item(reading: _Reading, row: Sequence[str], first: int) -> tuple[str, tuple[str, ...], bool]:
    """(item, path, is the form's total) of a row."""
    labels = [c for c in row[: max(first, 1)] if c]
    joined = "".join(dict.fromkeys(labels))
    money = {m for m, _ in reading.columns.values()} & set(_MONEY)
    if re.search(r"总分|总得分", joined) or (not money and labels and labels[-1] in ("合计", "总计")):
        return reading.subject, (), True
    if money and "金额合计" in joined:
        return "金额合计", (reading.subject,), False
    if money and any(re.fullmatch(r"任务名称|主要内容", t) for t in reading.names.values()):
        return _task(reading, row), (reading.subject,), False
    if money:
        return _fund(reading, labels)
    return _indicator(reading, row)


def _task(reading: _Reading, row: Sequence[str]) -> str:
    """The task's name, or its content where the name is a number (任务1)."""
    by_head = {head: row[c] for c, head in reading.names.items() if c < len(row)}
    name = by_head.get("任务名称", "")
    return name if name and not re.fullmatch(r"任务[\d一二三四五六七八九十]+", name) else by_head.get("主要内容", "") or name


def _fund(reading: _Reading, labels: Sequence[str]) -> tuple[str, tuple[str, ...], bool]:
    """The project itself for 年度资金总额, else one of its funds."""
    label = _plain(labels[-1]) if labels else ""
    if not label or "总额" in label or not _FUNDS.fullmatch(label):
        return reading.subject if "总额" in label else "", (), False
    return f"{reading.subject}（{label}）", (reading.subject,), False


def _indicator(reading: _Reading, row: Sequence[str]) -> tuple[str, tuple[str, ...], bool]:
    """An indicator by its text; its path is the subject and the classes above it."""

    def of(pattern: str) -> str:
        columns = [c for c, head in reading.names.items() if re.search(pattern, head)]
        return next((t for c in columns if (t := row[c] if c < len(row) and row[c] else reading.carried.get(c, ""))), "")

    name = of(r"三级指标|指标内容") or of(r"二级指标")
    if not name:
        labels = [c for c in row if c and not amounts.cell(c)]
        name = labels[0] if labels else ""
    path = tuple(p for p in (reading.subject, of(r"一级指标"), of(r"二级指标")) if p and p != name)
    return name, path, False


def _plain(label: str) -> str:
    return re.sub(r"^其中:|:$|\(.*元\)|:", "", label)


def _unit_of(reading: _Reading, measure: str, figure: Amount) -> str | None:
    if measure in ("分值", "得分"):
        return "分"
    if measure == "执行率":
        return "%" if figure.unit == "%" else None
    return figure.unit or reading.unit


def _fact(
    reading: _Reading, at: tuple[Sequence[Cell], int], figure: Amount, what: tuple[str, tuple[str, ...]], measured: tuple[str, str, str]
) -> Fact:
    cells, column = at
    measure, head, unit = measured
    names = [n for n in range(len(cells)) if n not in reading.columns and n != column]
    place = grounding.row(cells, names, column, reading.texts)
    return Fact(
        item=reading.printed.get(what[0], what[0]),
        measure=measure,
        value=figure.value,
        unit=unit,
        year=reading.document.year,
        source="table",
        where=reading.table.number or reading.table.title,
        place=place,
        printed=figure.printed,
        column=head,
        table=reading.table.title,
        path=tuple(reading.printed.get(part, part) for part in what[1]),
    )


def _take_reason(reading: _Reading, cells: Sequence[Cell], item: str) -> None:
    """The form's own column for why a target was missed."""
    for column, head in reading.names.items():
        if column < len(cells) and _WHY.search(head) and len(cells[column].text) > 3 and not amounts.is_absent(cells[column].text):
            cell = cells[column]
            place = Place(cell.page, cell.text, (cell.box,))
            reading.reasons.append(
                Reason(reading.printed.get(item, item), "偏差原因", cell.text, place, None, reading.table.number or reading.table.title)
            )
