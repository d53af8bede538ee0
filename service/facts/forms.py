"""Performance forms (绩效自评表, 绩效目标表) → facts: labels and values under headings that change inside the form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from service import amounts, statements
from service.amounts import Amount
from service.facts import fields, grounding, targets
from service.facts.appraisals import OVERALL
from service.facts.fields import Fields
from service.facts.grounding import PageTexts
from service.records import Cell, Document, Fact, Indicator, Place, Reason, Stated, Table
from service.statements import Role, Rows
from service.text import normal

_FUNDS = re.compile(r"(?:年度)?资金总额|财政拨款|.*财政拨款|.*资金|.*拨款")
_WHY = re.compile(r"偏差原因|存在问题|未完成原因|原因分析")
_PROBLEM = re.compile(r"(?:\d{1,2}[.、])?(?:自评)?(?:存在的?)?(?:主要)?问题(?:及(?:其)?原因(?:分析)?)?")
_SHORTEST = 5
"""Characters of a reason at least; shorter ones say that there is none (无)."""
_BODY = re.compile(r"(?:局|委员会|委|厅|中心|办公室|院|部|街道|办事处)$")
_TITLED = re.compile(r"(?P<name>.{3,40}?)(?:项目)?(?:支出)?绩效(?:自评|目标)")
_BUDGET = re.compile(r"(?:本?项目)?(?:20\d\d年)?(?:年度|当年|全年|本年)?(?:项目)?预算(?:金额|数|资金|总额|安排)?")
"""项目年度预算（万元）: a form's label for the money of the whole."""
_NAME = re.compile(r"项目(?:\(.*\))?名称")


@dataclass(frozen=True, slots=True)
class Form:
    """What a form states."""

    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    indicators: tuple[Indicator, ...]


@dataclass
class _Reading:
    """What holds while a form is read from top to bottom."""

    document: Document
    table: Table
    texts: PageTexts
    subject: str
    unit: str | None
    fields: Fields = field(default_factory=Fields)
    """What the columns hold under the headings last met."""
    carried: dict[int, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    """Normal form of a cell → the cell as printed, without line breaks."""
    facts: list[Fact] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The form's number or title."""
        return self.table.number or self.table.title


def read(document: Document, tables: Sequence[Table], texts: PageTexts) -> Form:
    """Read a form.

    Args:
        document: the disclosure.
        tables: the form; after its first page, next pages without headings of their own, whose cells belong to the
            columns that they stand under.
        texts: the document's pages.
    """
    table, more = tables[0], tables[1:]
    reading = _Reading(document, table, texts, subject(table), unit(table))
    rows: list[tuple[Cell, ...] | None] = [None] * len(table.header)
    rows += list(table.rows) + [_under(row, table) for page in more for row in page.rows]
    words = [[normal(cell) for cell in row] for row in table.header]
    words += [[normal(cell.text) for cell in row] for row in rows if row is not None]
    for cell in (*(c for head in table.header for c in head), *(c.text for line in rows if line for c in line)):
        reading.printed.setdefault(normal(cell), "".join(cell.split()))
    for n, (row, cells) in enumerate(zip(words, rows, strict=True)):
        if fields.is_second(reading.fields, row):
            continue
        if fields.is_head(row):
            reading.fields = fields.of(row, words[n + 1] if n + 1 < len(words) else [], reading.printed)
            reading.carried = {}
        elif cells is not None and (problem := _problem(reading, cells)) is not None:
            reading.reasons.append(problem)
        elif cells is not None:
            _take_row(reading, cells, row)
    return Form(tuple(reading.facts), tuple(reading.reasons), tuple(reading.indicators))


def continues(tables: Sequence[Table], n: int) -> bool:
    """Whether table `n` is the next page of a form: no heading of its own, on the page after a form's last."""
    for at in range(n, 0, -1):
        table, before = tables[at], tables[at - 1]
        headed = table.statement is not None or any(normal(c) for c in table.columns)
        if headed or table.pages[0] != before.pages[-1] + 1:
            return False
        statement = statements.get(before.statement)
        if statement is not None and statement.rows is Rows.FORM:
            return True
    return False


def is_money_label(label: str) -> bool:
    """Whether a label stands before money: 年度资金总额, 其中：财政拨款."""
    return re.search(r"资金|拨款|总额", label) is not None


def _under(row: Sequence[Cell], table: Table) -> tuple[Cell, ...]:
    """A row of a form's next page, each cell under the form's column that is nearest to its middle."""
    middles = {n: middle(cell) for line in table.rows for n, cell in enumerate(line) if cell.text}
    placed: dict[int, Cell] = {}
    for cell in row:
        if cell.text and (free := [n for n in middles if n not in placed]):
            placed[min(free, key=lambda n: abs(middles[n] - middle(cell)))] = cell
    blank = Cell("", row[0].page, row[0].box)
    return tuple(placed.get(n, blank) for n in range(len(table.columns)))


def middle(cell: Cell) -> float:
    """The middle of a cell from left to right, in points."""
    return (cell.box[0] + cell.box[2]) / 2


def subject(table: Table) -> str:
    """The project's name, or the department's own appraisal."""
    if (name := project(table)) is not None:
        return name
    if table.statement == "部门整体支出绩效自评表" or "整体" in table.title:
        return OVERALL
    return re.sub(r"\s+", "", re.sub(r"(?:项目)?(?:支出)?绩效(?:自评|目标).*$", "", table.title)) or OVERALL


def project(table: Table) -> str | None:
    """The project's name as the form's head prints it, or None."""
    rows = [list(row) for row in table.header] + [[c.text for c in row] for row in table.rows]
    for row in rows[:6]:
        for n, cell in enumerate(row):
            if _NAME.fullmatch(normal(cell)):
                name = next((c for c in row[n + 1 :] if c and normal(c) != normal(cell)), "")
                titled = _TITLED.match(table.title)
                if (
                    name
                    and titled
                    and _BODY.search(normal(name))
                    and not _BODY.search(normal(titled["name"]))
                    and "整体" not in table.title
                ):
                    return re.sub(r"\s+", "", titled["name"])  # the row of the department in charge, read as one with the name's
                if name:
                    return re.sub(r"\s+", "", name)
    return None


def unit(table: Table) -> str | None:
    """The unit of a form's money: the table's, else what its labels print: 项目资金（万元）."""
    if table.unit:
        return table.unit
    for row in [*table.header, *([c.text for c in r] for r in table.rows[:12])]:
        for cell in row:
            match = re.search(r"[(:](亿元|万元|元)\)?", normal(cell))
            if match:
                return match[1]
    return None


def _take_row(reading: _Reading, cells: Sequence[Cell], row: Sequence[str]) -> None:
    """Facts of a row under the headings that hold."""
    heads = reading.fields
    for column, text in enumerate(row):
        if text and column not in heads.figures:
            # What stood to the right belonged to the one above.
            for c in [c for c in reading.carried if c > column]:
                del reading.carried[c]
            reading.carried[column] = text
    figures = {c: a for c in heads.figures if c < len(row) and (a := amounts.cell(row[c])) is not None}
    aims = _aims(cells, heads)
    if not figures and not any(aims):
        _take_amounts(reading, cells, row)
        return
    item, path, total = _item(reading, row, min(heads.figures, default=len(row)))
    if not item or (not figures and item in row and row.index(item) not in (*heads.level(2), *heads.level(3), *heads.names())):
        # 项目负责人：…, 财务负责人：… below the indicators are none.
        return
    made: dict[str, Fact] = {}
    places = grounding.row(cells, [n for n in range(len(cells)) if n not in heads.figures], list(figures), reading.texts)
    for (column, figure), place in zip(figures.items(), places, strict=True):
        measure, head = heads.figures[column]
        unit = _unit_of(reading, measure, figure)
        if unit is not None:
            fact = _fact(reading, place, figure, (item, path), (measure, "总分" if total else head, unit))
            made.setdefault(measure, fact)
            reading.facts.append(fact)
    why = _reason(reading, cells, item)
    if heads.is_indicators and any(aims) and not total:
        reading.indicators.append(_indicated(reading, (item, path), aims, made, why))
    if why is not None:
        reading.reasons.append(why)


def _aims(cells: Sequence[Cell], heads: Fields) -> tuple[Stated | None, Stated | None]:
    """The target and the actual value that a row prints, each with the sign and the unit that stand in columns of their own."""

    def at(column: int | None) -> Cell | None:
        cell = cells[column] if column is not None and column < len(cells) else None
        return None if cell is None or amounts.is_absent(cell.text) else cell

    target, actual, unit = at(heads.target), at(heads.actual), at(heads.unit)
    return (
        targets.joined(at(heads.sign), target, unit) if target is not None else None,
        targets.joined(None, actual, unit) if actual is not None else None,
    )


def _indicated(
    reading: _Reading,
    what: tuple[str, tuple[str, ...]],
    aims: tuple[Stated | None, Stated | None],
    made: dict[str, Fact],
    why: Reason | None,
) -> Indicator:
    item, path = what
    levels = tuple(reading.printed.get(part, part) for part in path if part != reading.subject)
    name = reading.printed.get(item, item)
    return Indicator(reading.subject, name, levels, *aims, made.get("分值"), made.get("得分"), why, reading.where)


def _take_amounts(reading: _Reading, cells: Sequence[Cell], row: Sequence[str]) -> None:
    """「其中：财政拨款 | 50000.00」 of a 绩效目标表: a label and an amount without headings."""
    if reading.fields.figures or reading.fields.is_indicators or reading.unit is None:
        return
    for column, text in enumerate(row):
        figure = amounts.cell(text)
        label = next((c for c in reversed(row[:column]) if c), "")
        budget = _BUDGET.fullmatch(_plain(label)) is not None
        if figure is not None and (budget or is_money_label(label)):
            whole = budget or "总额" in label
            name = reading.subject if whole else f"{reading.subject}（{_plain(label)}）"
            unit = figure.unit or reading.unit
            names = [n for n in range(len(cells)) if n != column]
            (place,) = grounding.row(cells, names, [column], reading.texts)
            reading.facts.append(_fact(reading, place, figure, (name, ()), ("预算", _plain(label), unit)))


def _item(reading: _Reading, row: Sequence[str], first: int) -> tuple[str, tuple[str, ...], bool]:
    """(item, path, is the form's total) of a row."""
    labels = [c for c in row[: max(first, 1)] if c]
    joined = "".join(dict.fromkeys(labels))
    money = reading.fields.is_money
    if re.search(r"总分|总得分", joined) or (not money and labels and labels[-1] in ("合计", "总计")):
        return reading.subject, (), True
    if money and "金额合计" in joined:
        return "金额合计", (reading.subject,), False
    if money and any(re.fullmatch(r"任务名称|主要内容", t) for t in reading.fields.words.values()):
        return _task(reading, row), (reading.subject,), False
    if money:
        return _fund(reading, labels)
    return _indicator(reading, row)


def _task(reading: _Reading, row: Sequence[str]) -> str:
    """The task's name, or its content where the name is a number (任务1)."""
    by_head = {head: row[c] for c, head in reading.fields.words.items() if c < len(row)}
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

    def of(level: int) -> str:
        columns = reading.fields.level(level)
        return next((t for c in columns if (t := row[c] if c < len(row) and row[c] else reading.carried.get(c, ""))), "")

    between = (row[c] for c in reading.fields.names() if c < len(row) and row[c])
    name = of(3) or next(between, "") or of(2)
    if not name:
        labels = [c for c in row if c and not amounts.cell(c)]
        name = labels[0] if labels else ""
    path = tuple(p for p in (reading.subject, of(1), of(2)) if p and p != name)
    return name, path, False


def _plain(label: str) -> str:
    return re.sub(r"^其中:|:$|\(.*元\)|:", "", label)


def _unit_of(reading: _Reading, measure: str, figure: Amount) -> str | None:
    if measure in ("分值", "得分"):
        return "分"
    if measure == "执行率":
        return "%" if figure.unit == "%" else None
    return figure.unit or reading.unit


def _fact(reading: _Reading, place: Place, figure: Amount, what: tuple[str, tuple[str, ...]], measured: tuple[str, str, str]) -> Fact:
    """The fact of one cell: what it is about (item, path), how it is measured (measure, header, unit)."""
    measure, head, unit = measured
    return Fact(
        item=reading.printed.get(what[0], what[0]),
        measure=measure,
        value=figure.value,
        unit=unit,
        year=reading.document.year,
        source="table",
        where=reading.where,
        place=place,
        printed=figure.printed,
        column=head,
        table=reading.table.title,
        path=tuple(reading.printed.get(part, part) for part in what[1]),
        part=Role.APPRAISAL.value,
    )


def _says_why(text: str) -> bool:
    """Whether a cell gives a reason: no dash, no figure, not 无."""
    return len(text) > 3 and not amounts.is_absent(text) and amounts.cell(text) is None


def _problem(reading: _Reading, cells: Sequence[Cell]) -> Reason | None:
    """「存在问题 | 检验报告出具不及时」: a line of the form that says what went wrong with the whole."""
    printed = [cell for n, cell in enumerate(cells) if cell.text and cell.text not in [c.text for c in cells[:n]]]
    if len(printed) != 2 or not _PROBLEM.fullmatch(normal(printed[0].text)) or len(normal(printed[1].text)) < _SHORTEST:
        return None
    label, cell = printed
    place = Place(cell.page, cell.text, (cell.box,))
    return Reason(reading.subject, normal(label.text), cell.text, place, None, reading.where)


def _reason(reading: _Reading, cells: Sequence[Cell], item: str) -> Reason | None:
    """The form's own column for why a target was missed."""
    for column, head in reading.fields.words.items():
        cell = cells[column] if column < len(cells) else None
        if cell is not None and _WHY.search(head) and _says_why(cell.text):
            place = Place(cell.page, cell.text, (cell.box,))
            return Reason(reading.printed.get(item, item), "偏差原因", cell.text, place, None, reading.where)
    return None
