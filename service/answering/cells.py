"""A question about a cell → the cell: by the table's name or number, the row's label and the column's headings.

A blank cell is told as 未填列, never as zero.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service import amounts
from service.answering import bodies, column_words, grids, indicators, shortening, titles, wording
from service.answering.draft import Sentence
from service.answering.grids import Grid, Slot
from service.answering.matching import key
from service.answering.material import EvidenceBook, Material
from service.answering.plan import Ask, Plan
from service.answering.titles import Wanted
from service.records import Box, DocumentInfo, Place, Table
from service.statements import Role, get
from service.text import normal

WHOLE = 4
"""A heading of so many characters that stands in the question asks for its column."""
SHORTEST = 2
LONG_PART = 4
"""A part of a label of so many characters, and of its greater half, names the row."""
SAID_SHORT = 0.75
"""A name of which so many characters are said is said short."""
MOST_ROWS = 6
MOST_DOCUMENTS = 4
"""In more documents no cell is looked for: the question names no body."""

_TOTAL = re.compile(r"(?:金额)?(?:合计|总计)|总分")
_PANELS = ("收入", "支出", "人员经费", "公用经费")
_HEAD_UNIT = re.compile(r"[(（]([万亿千]?元|人|分)[)）]")
_WHICH_ROW = re.compile(r"哪(?:个|一个|些|项|几个?)?(?:科目|项目|支出|功能|分类|行)")
_LABEL_UNIT = re.compile(r"[(（](元|万元|人次?|批次?|个|辆|台|套|次|家|户)[)）]")
"""A row may print the unit of its figures: 国内公务接待批次（个）."""
_MEASURE = {
    "预算数",
    "决算数",
    "金额",
    "年初预算数",
    "全年预算数",
    "预算",
    "决算",
    "合计",
    "小计",
    "项目",
    "支出",
    "收入",
    "总计",
    "数量",
    "分值",
    "得分",
}
_SCORE = re.compile(r"分值|得分|评分|分数")
_DERIVED = re.compile(r"占|比例|比重|相差|差多少|差额|以外|之外|除了|加起来|一共|总共|合起来|[多少]了?多少|为什么|哪个|谁")
"""Asks for what follows from cells, not for a cell."""
_CARRIED = re.compile(r"结转|结余")
_REACHED = re.compile(r"达标|(?:达到|完成|实现)(?:了)?(?:目标|指标)|目标(?:达到|完成|实现)")
_TARGETS = re.compile(r"目标值|指标值|目标是|目标定|目标多少|目标为|完成值|实际完成|达标|达到目标|完成情况|完成得|完成没")


@dataclass(frozen=True, slots=True)
class Found:
    """Cells of one row of a table that the question names, and how well (higher is better)."""

    score: float
    grid: Grid
    label: str
    slots: tuple[Slot, ...]
    span: tuple[int, int]


def named(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The cells of a table that the question names: 「06表里差旅费」; None where it names none or the row is not there."""
    if plan.ask in (Ask.WHY, Ask.DEFINITION) or len(documents) > MOST_DOCUMENTS:
        return None
    text = _bare(plan, documents)
    wanted = Wanted(_REACHED.sub("目标值和完成值", text))
    if not wanted.table and not _TARGETS.search(text):
        return None
    sentences: list[Sentence] = []
    for info in documents:
        grids_ = [grids.read(table) for table in material.tables(info.doc)]
        own, forms = _forms(grids_, plan)
        chosen = wanted.among(grids_) if wanted.table and not own else [own, forms]
        if own and wanted.table:
            chosen = [own]  # a form that is named by its project; the facts tell where it has no such row
        found: list[Found] = []
        # A total row is what is asked for only where the table has no row that the question names.
        for equals, totals in ((e, totals) for e in chosen for totals in (False, wanted.table and not own)):
            found = [f for score, grid in equals for f in _rows(grid, wanted.rest, score, exact=False, totals=totals)]
            if found and not (totals and all(slot.blank for f in found for slot in f.slots)):
                break
            found = []
        best = _best(found)
        sentences += [sentence(plan, info, f, material, book) for f in (*best, *_holders(best, text))]
    return sentences or None


def _holders(found: Sequence[Found], text: str) -> list[Found]:
    """The rows that a total's figure falls on, where the question asks which item it is: 落在哪个科目."""
    rows: list[Found] = []
    if not _WHICH_ROW.search(text):
        return rows
    for total in (f for f in found if _TOTAL.fullmatch(key(f.label)) and len(f.slots) == 1):
        column = [s for s in total.grid.slots if s.column == total.slots[0].column and not s.blank and s.row != total.slots[0].row]
        same = [s for s in column if s.labels and s.cell.text == total.slots[0].cell.text] or column
        rows += [replace(total, label=s.label, slots=(s,)) for s in same[-1:]]
    return rows


def headed(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The cells of a row and a column that the question both names word for word, whatever the table."""
    if plan.ask not in (Ask.LOOKUP, Ask.LIST) or _DERIVED.search(plan.text) or len(documents) > MOST_DOCUMENTS:
        return None
    text = _bare(plan, documents)
    columns = frozenset(key(name) for match in plan.items for name in match.names[:1] if match.score)
    sentences: list[Sentence] = []
    for info in documents:
        found: list[Found] = []
        for table in material.tables(info.doc):
            for row in _rows(grids.read(table), text, titles.said(text, table), exact=True, heads=columns):
                heads = [s for s in row.slots if _literal(s, text) or key(s.head) in columns - {key(row.label)}]
                if heads and row.span[1] > row.span[0] and row.slots[0].labels and not _TOTAL.fullmatch(key(row.label)):
                    found.append(row)
        sentences += [sentence(plan, info, f, material, book) for f in _best(found)]
    return sentences or None


def _forms(every: Sequence[Grid], plan: Plan) -> list[list[tuple[float, Grid]]]:
    """The forms: those of a project that is asked about first."""
    forms = [grid for grid in every if _is_form(grid.table)]
    asked = {key(name) for match in plan.items for name in match.names}
    own = [(0.0, grid) for grid in forms if key(titles.project(grid.table)) in asked]
    return [own, [(0.0, grid) for grid in forms]]


def _rows(grid: Grid, text: str, fit: float, *, exact: bool, totals: bool = False, heads: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Rows of a grid that the question names, with the columns it names (`heads`: their names where it says them otherwise)."""
    rows: dict[tuple[int, tuple[str, ...]], list[Slot]] = {}
    for slot in grid.slots:
        rows.setdefault((slot.row, slot.labels), []).append(slot)
    sums: list[list[Slot]] = []
    said = False
    for (_, labels), slots in rows.items():
        if not labels:
            yield from _unlabelled(grid, slots, text, fit)
            continue
        if _TOTAL.fullmatch(key(labels[-1])):
            sums.append(slots)
        elif slots[0].carried and not _CARRIED.search(text):
            continue
        elif (span := _span(key(labels[-1]), text, exact=exact)) is not None:
            said = True
            rest = "#".join((text[: span[0]] + "#" * (span[1] - span[0]) + text[span[1] :], *(heads - {key(labels[-1])})))
            share = (span[1] - span[0]) / len(key(labels[-1]))
            yield Found(
                fit + share + 0.05 * (span[1] - span[0]) + column_words.chosen(slots, rest)[0] + bool(slots[0].carried),
                grid,
                labels[-1],
                column_words.chosen(slots, rest)[1],
                span,
            )
    if totals and not said:
        for slots in sums:
            score, chosen = column_words.chosen(slots, text)
            at = _TOTAL.search(text)
            if score or at:
                yield Found(fit + score, grid, slots[0].label, chosen, at.span() if at else (0, 0))


def _span(label: str, text: str, *, exact: bool) -> tuple[int, int] | None:
    """Where the question names a row: its whole label, or a telling end or part of a longer one."""
    if len(label) < SHORTEST:
        return None
    plain = re.sub(r"[\"'《》]", "#", text)
    at = plain.find(label)
    if at >= 0:
        return at, at + len(label)
    core = re.sub(r"\(.*?\)|支出$|经费$", "", label)
    if len(core) >= LONG_PART and core != label and (at := plain.find(core)) >= 0:
        return at, at + len(core)
    if exact:
        return None
    # A name's end tells it (…康复中心), and so does its greater half.
    if label.endswith("满意度") and (at := plain.find("满意度")) >= 0:
        whose = indicators.WHOSE.search(plain[:at])
        return (at, at + 3) if whose is None or whose[0] in label else None
    for length in range(len(label) - 1, LONG_PART - 1, -1):
        for start in {len(label) - length, *(range(len(label) - length + 1) if length * 2 > len(label) else ())}:
            if (at := plain.find(label[start : start + length])) >= 0:
                return at, at + length
    return None


def _literal(slot: Slot, text: str) -> bool:
    """Whether the question has the heading word for word, and it is no mere measure."""
    head = re.sub(r"\(.*?\)", "", normal(slot.head))
    return len(head) >= WHOLE and head in text and head not in _MEASURE


def _unlabelled(grid: Grid, slots: Sequence[Slot], text: str, fit: float) -> Iterator[Found]:
    """Cells of a table of one row, whose items stand in the headings: 预算数/公务接待费."""
    if len({slot.row for slot in grid.slots}) > 2:
        return
    items: dict[str, list[Slot]] = {}
    for slot in slots:
        names = [part for part in slot.path if part not in _MEASURE and len(key(part)) > SHORTEST]
        if names and key(names[-1]) in text:
            items.setdefault(names[-1], []).append(slot)
    longest = [n for n in items if not any(n != other and key(n) in key(other) for other in items)]
    for name in longest:
        chosen = [s for s in items[name] if any(p in _MEASURE and column_words.share(normal(p), text) for p in s.path)] or items[name]
        at, length = text.find(key(name)), len(key(name))
        yield Found(fit + 1.0 + 0.05 * length, grid, name, tuple(chosen[: column_words.MOST_CELLS]), (at, at + length))


def _best(found: Sequence[Found]) -> list[Found]:
    """Of rows that the same words name, the best; rows named by other words beside it."""
    kept: list[Found] = []
    whole = [f for f in found if f.span[1] - f.span[0] >= len(key(f.label))]
    # A name inside another that is said in full (the class inside 其他…支出) is not what is asked for.
    whole = [f for f in whole if not any(o.span != f.span and o.span[0] <= f.span[0] and f.span[1] <= o.span[1] for o in whole)]
    for row in sorted(whole or found, key=lambda f: -f.score):
        heads = {key(part) for other in kept for slot in other.slots for part in slot.path}
        if key(row.label) not in heads and not any(row.span[0] < other.span[1] and other.span[0] < row.span[1] for other in kept):
            kept.append(row)
    return sorted(kept, key=lambda f: f.span)[:MOST_ROWS]


def sentence(plan: Plan, info: DocumentInfo, found: Found, material: Material, book: EvidenceBook) -> Sentence:
    """One sentence with the cells of a row."""
    table = found.grid.table
    facts = material.facts(info.doc)
    clauses: list[str] = []
    labels: list[str] = []
    for slot in found.slots:
        place = _place(table, slot, found.label)
        read = [f for f in facts if f.source == "table" and f.place.quote == table.quote(slot.row) and f.place.page == place.page]
        scores = any(_SCORE.search(normal(s.head)) for s in found.slots)
        label = book.cite(info, found.grid.name, place, facts=read, head=table.title)
        own = _LABEL_UNIT.search(slot.label)
        labels.append(book.measure(label, own[1] if own else "分" if scores else table.unit))
        clauses.append(
            _clause(table, slot, found.label, {f.unit for f in read if f.column and normal(f.column.split("/")[-1]) == normal(slot.head)})
        )
    number = table.number or f"《{wording.title(table.title)}》"
    project = key(titles.project(table))
    where = f"（{number}{'，' + project if project and project != found.label else ''}）" if number != "《》" else ""
    year = "" if any(re.search(r"20\d\d", part) for slot in found.slots for part in slot.path) or not info.year else f"{info.year}年"
    body = bodies.short(info.org) if len(plan.documents) > 1 else ""
    over = f"{key(found.slots[0].carried)}中的" if found.slots[0].carried else ""
    return Sentence(f"{body}{year}{over}{key(found.label)}{where}：{'，'.join(clauses)}。", tuple(dict.fromkeys(labels)))


def _clause(table: Table, slot: Slot, name: str, units: set[str]) -> str:
    text = " ".join(slot.cell.text.split())
    heads = [re.sub(r"\s|[/／][^/／]*原因.*|[(（](?:[万亿千]?元|人|分|A|B|B/A)[)）]", "", part) for part in slot.path]
    told = [h for n, h in enumerate(heads[-2:]) if (n or normal(h) not in _PANELS) and key(h) != key(name)] if len(heads) > 1 else heads
    if not slot.labels:
        told = [h for h in heads if h in _MEASURE] or told
    head = "".join(dict.fromkeys(told))
    if slot.blank:
        return f"{head}未填列（原表此格空白）"
    figure = amounts.cell(text)
    if figure is None or figure.unit:
        return f"{head}「{text}」" if figure is None else f"{head}{text.replace(' ', '')}"
    score = _SCORE.search(normal(slot.head))
    ratio = re.search(r"%|率", slot.head) and not score
    own = _LABEL_UNIT.search(slot.label) or _HEAD_UNIT.search("".join(slot.path))
    unit = units.pop() if len(units) == 1 else "分" if score else own[1] if own else "" if ratio or _counts(table) else table.unit or ""
    return f"{head}{amounts.plain(figure.value)}{unit}"


def _counts(table: Table) -> bool:
    """Whether a form's figures may be other than money."""
    return not any(table.columns)


def _is_form(table: Table) -> bool:
    statement = get(table.statement)
    return statement is not None and statement.role in (Role.APPRAISAL, Role.GOALS)


def _place(table: Table, slot: Slot, name: str) -> Place:
    """Where the row is printed; of a row without a name with the heading that names the cell, a blank cell alone."""
    if slot.labels or not name:
        return table.place(slot.row)
    cell, row = slot.cell, table.place(slot.row)
    boxes = [h.box for _, heads in table.heads for h in heads if h.text == name and h.page == cell.page and _above(h.box, cell.box)]
    if row.page == cell.page and cell.text:
        return Place(cell.page, f"{name} | {row.quote}", (*boxes[:1], *row.boxes))
    return Place(cell.page, f"{name} | {cell.text}" if cell.text else name, (*boxes[:1], cell.box))


def _above(head: Box, cell: Box) -> bool:
    return head[0] < cell[2] and cell[0] < head[2]


def _bare(plan: Plan, documents: Sequence[DocumentInfo]) -> str:
    """The question in normal form with the names of bodies blanked."""
    text = plan.topic or bodies.masked(plan.text, documents)
    for match in sorted(plan.items, key=lambda m: -m.start):  # a name as it is printed where it was mistyped or said short
        name, said = key(match.names[0]), text[match.start : match.end]
        short = len(said) < len(name) and len(said) >= SAID_SHORT * len(name) and said not in name and shortening.may_be_short(said, name)
        if (len(said) == len(name) or short) and "#" not in said:
            text = text[: match.start] + name + text[match.end :]
    return text
