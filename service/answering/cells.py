"""A question about a cell → the cell: by the table's name or number, the row's label and the column's headings.

A blank cell is told as 未填列, never as zero.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service import amounts
from service.answering import bodies, grids
from service.answering.draft import Sentence
from service.answering.grids import Grid, Slot
from service.answering.matching import key
from service.answering.material import EvidenceBook, Material
from service.answering.plan import Ask, Plan
from service.records import Box, DocumentInfo, Place, Table
from service.statements import Role, get
from service.text import normal

NAMED = 0.6
"""Least share of the named table's character pairs that stand in a title."""
WHOLE = 4
"""A heading of so many characters that stands in the question asks for its column."""
SHORTEST = 2
LONG_PART = 4
"""A part of a label of so many characters, and of its greater half, names the row."""
MOST_CELLS = 8
MOST_ROWS = 6
MOST_TABLES = 3
"""So many titles are tried."""

_NUMBER = re.compile(r"(?:公开|附?表|第)?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*号?表(?!格)|表(\d{1,2}|[一二三四五六七八九十]{1,3})(?!\d)")
_NAME = re.compile(r"([\u4e00-\u9fff\"“”'()（）]{2,30}?)(?:表(?![示现明述达]))")
_TOTAL = re.compile(r"(?:金额)?(?:合计|总计)|总分")
_SUM = re.compile(r"合计|总计|小计|总额")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
_MEASURE = {"预算数", "决算数", "金额", "年初预算数", "全年预算数", "预算", "决算", "合计", "小计", "项目", "支出", "收入", "总计", "数量", "分值", "得分"}
_SCORE = re.compile(r"分值|得分|评分|分数")
_SAID = {
    "目标值": ("指标值", "目标值", "绩效标准"),
    "目标": ("指标值", "目标值"),
    "实际完成": ("完成值", "实际完成", "完成情况"),
    "完成值": ("完成值", "实际完成"),
    "完成了": ("完成值", "实际完成"),
    "执行了": ("执行数",),
    "预算": ("预算数",),
    "决算": ("决算数",),
    "执行": ("执行数",),
    "得了几分": ("得分",),
    "得几分": ("得分",),
    "扣": ("得分", "分值"),
}
"""How people say a form's headings."""
_DERIVED = re.compile(r"占|比例|比重|相差|差多少|差额|以外|之外|除了|加起来|一共|总共|合起来|[多少]了?多少|为什么|哪个|谁")
"""Asks for what follows from cells, not for a cell."""
_REACHED = re.compile(r"达标|(?:达到|完成|实现)(?:了)?(?:目标|指标)|目标(?:达到|完成|实现)")
_TARGETS = re.compile(r"目标值|指标值|目标是|目标定|目标多少|目标为|完成值|实际完成|达标|达到目标|完成情况")


@dataclass(frozen=True, slots=True)
class _Found:
    """Cells of one row of a table that the question names, and how well (higher is better)."""

    score: float
    grid: Grid
    label: str
    slots: tuple[Slot, ...]
    span: tuple[int, int]


def named(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The cells of a table that the question names: 「06表里差旅费」; None where it names none or the row is not there."""
    if plan.ask in (Ask.WHY, Ask.DEFINITION):
        return None
    text = _bare(plan, documents)
    wanted = _Wanted(_REACHED.sub("目标值和完成值", text))
    if not wanted.table and not _TARGETS.search(text):
        return None
    sentences: list[Sentence] = []
    for info in documents:
        grids_ = [grids.read(table) for table in material.tables(info.doc)]
        chosen = wanted.among(grids_) if wanted.table else [[(0.0, g) for g in grids_ if _is_form(g.table)]]
        found: list[_Found] = []
        for equals in chosen:
            found = [f for score, grid in equals for f in _rows(grid, wanted.rest, score, exact=False, totals=wanted.table)]
            if found:
                break
        sentences += [_told(plan, info, f, material, book) for f in _best(found)]
    return sentences or None


def headed(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The cells of a row and a column that the question both names word for word, whatever the table."""
    if plan.ask not in (Ask.LOOKUP, Ask.LIST) or _DERIVED.search(plan.text):
        return None
    text = _bare(plan, documents)
    sentences: list[Sentence] = []
    for info in documents:
        found: list[_Found] = []
        for table in material.tables(info.doc):
            for row in _rows(grids.read(table), text, _titled(text, table), exact=True):
                heads = [s for s in row.slots if _literal(s, text)]
                if heads and row.span[1] > row.span[0] and row.slots[0].labels and not _TOTAL.fullmatch(key(row.label)):
                    found.append(row)
        sentences += [_told(plan, info, f, material, book) for f in _best(found)]
    return sentences or None


def nearest(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The cells of a row that the question names in full, where nothing else answers."""
    if plan.ask in (Ask.WHY, Ask.DEFINITION, Ask.LIST):
        return None
    text = _bare(plan, documents)
    sentences: list[Sentence] = []
    for info in documents:
        found = [
            row
            for table in material.tables(info.doc)
            for row in _rows(grids.read(table), text, _titled(text, table), exact=False)
            if len(row.slots) <= MOST_CELLS // 2 and not _TOTAL.fullmatch(key(row.label))
        ]
        sentences += [_told(plan, info, f, material, book) for f in _best(found)]
    return sentences or None


class _Wanted:
    """The table that a question names, and the question without it."""

    def __init__(self, text: str) -> None:
        self.number: int | None = None
        self.name = ""
        self.rest = text
        number = _NUMBER.search(text)
        if number is not None:
            self.number = _value(number[1] or number[2])
            self.rest = self.rest.replace(number[0], "#")
        name = _NAME.search(self.rest)
        if name is not None:
            self.name = re.sub(r"^.*(?:在|的|里|中|看|查)(?=.{2})|那张|这张|哪张|这个|那个|[\"“”'()（）]", "", name[1])
            self.rest = f"{self.rest[: name.start(1)]}{'#' if len(self.name) < len(name[1]) else ''}{name[1][: len(name[1]) - len(self.name)]}#{self.rest[name.end() :]}"

    @property
    def table(self) -> bool:
        return self.number is not None or bool(self.name)

    def among(self, every: Sequence[Grid]) -> list[list[tuple[float, Grid]]]:
        """The grids that it may mean, with how well they fit: those that fit best, then those that fit next best, and so on."""
        scored = [(self._fit(grid.table), grid) for grid in every]
        fits = sorted({score for score, _ in scored if score >= NAMED}, reverse=True)
        return [[pair for pair in scored if pair[0] == fit] for fit in fits[:MOST_TABLES]]

    def _fit(self, table: Table) -> float:
        if self.number is not None:
            digits = re.search(r"(\d{1,2})\D*$", normal(table.number or ""))
            return 2.0 if digits and int(digits[1]) == self.number else 0.0
        title = _words(table.title) | _words(_project(table))
        asked = _words(self.name)
        official = _words(table.statement or "") if table.statement else set()
        if not asked:
            return 0.0
        held = max(len(asked & title), len(asked & (title | official)) - 0.5) / len(asked)
        return held + 0.3 * len(asked & title) / max(1, len(title)) if held >= NAMED else 0.0


def _value(digits: str) -> int:
    """A table's number: 6, 06, 六, 十一."""
    if digits.isdigit():
        return int(digits)
    tens, _, ones = digits.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if "十" in digits else 0) + _DIGITS.get(ones, 0)


def _words(text: str) -> set[str]:
    form = re.sub(r"[\"'()表]|20\d\d年?度?|部门|单位", "", normal(text))
    return {a + b for a, b in pairwise(form)}


def _project(table: Table) -> str:
    """The project that a form is about."""
    for row in table.rows[:4]:
        texts = [cell.text for cell in row if cell.text]
        if len(texts) > 1 and re.search(r"(?:项目|专项|政策)(?:支出)?名称$", normal(texts[0])):
            return texts[1]
    return ""


def _titled(text: str, table: Table) -> float:
    """How much of a table's title the question says anyway: 收入预算总计 is rather in the 收入预算总表."""
    title = _words(table.title) | _words(_project(table))
    return 0.8 * len(title & _words(text)) / max(1, len(title))


def _rows(grid: Grid, text: str, fit: float, *, exact: bool, totals: bool = False) -> Iterator[_Found]:
    """Rows of a grid that the question names, with the columns it names."""
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
        elif (span := _span(key(labels[-1]), text, exact=exact)) is not None:
            said = True
            rest = text[: span[0]] + "#" * (span[1] - span[0]) + text[span[1] :]
            share = (span[1] - span[0]) / len(key(labels[-1]))
            yield _Found(fit + share + 0.05 * (span[1] - span[0]) + _heads(slots, rest)[0], grid, labels[-1], _heads(slots, rest)[1], span)
    if totals and not said:
        for slots in sums:
            score, chosen = _heads(slots, text)
            at = _TOTAL.search(text)
            if score or at:
                yield _Found(fit + score, grid, slots[0].label, chosen, at.span() if at else (0, 0))


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
    for length in range(len(label) - 1, LONG_PART - 1, -1):
        for start in {len(label) - length, *(range(len(label) - length + 1) if length * 2 > len(label) else ())}:
            if (at := plain.find(label[start : start + length])) >= 0:
                return at, at + length
    return None


def _heads(slots: Sequence[Slot], text: str) -> tuple[float, tuple[Slot, ...]]:
    """The cells of a row whose headings the question names, and how well it does; else the total, or all of a few."""
    scored = [(_said(slot, text), slot) for slot in slots]
    best = max((score for score, _ in scored), default=0.0)
    if best > 0:
        groups: dict[str, list[Slot]] = {}
        for score, slot in scored:
            if score > 0:
                groups.setdefault(slot.path[0], []).append(slot)
        chosen = [slot for group in groups.values() for slot in _of_group(group, text)]
        return best, tuple(chosen[:MOST_CELLS])
    printed = [slot for slot in slots if not slot.blank]
    if len(printed) > MOST_CELLS // 2:
        total = [s for s in printed if _SUM.search(s.head)][:1]
        return 0.0, tuple(total or printed[:1])
    return 0.0, tuple(printed or slots[:1])


def _of_group(slots: Sequence[Slot], text: str) -> list[Slot]:
    """Of the columns under one heading, those named by their own; else their total."""
    own = [slot for slot in slots if len(slot.path) == 1 or _leaf(slot, text)]
    return own or [s for s in slots if _SUM.search(normal(s.head))][:1] or list(slots[:1])


def _said(slot: Slot, text: str) -> float:
    """How many characters of a slot's headings the question says."""
    return sum(_share(normal(part), text) for part in slot.path) / 10


def _leaf(slot: Slot, text: str) -> bool:
    return _share(normal(slot.head), text) > 0


def _share(head: str, text: str) -> float:
    """Characters of a heading in the question: of the whole heading, or of how people say it."""
    core = re.sub(r"\(.*?\)|\d+$", "", head)
    if core in text:
        return float(len(core))
    dated = re.match(r"(20\d\d)年?度?(.+)", core)
    if dated and dated[1] in text and dated[2] in text:
        return float(len(core))
    short = re.sub(r"(?:数|值|收入|支出|情况)$", "", re.sub(r"^(?:本年|全年|年度|当年|财政拨款)", "", core))
    if len(short) >= SHORTEST and short in text and short not in ("项目", "财政", "预算", "决算", "执行", "支出", "收入", "指标"):
        return len(short) - 0.5
    return max((len(said) - 1.0 for said, heads in _SAID.items() if said in text and any(h in core for h in heads)), default=0.0)


def _literal(slot: Slot, text: str) -> bool:
    """Whether the question has the heading word for word, and it is no mere measure."""
    head = re.sub(r"\(.*?\)", "", normal(slot.head))
    return len(head) >= WHOLE and head in text and head not in _MEASURE


def _unlabelled(grid: Grid, slots: Sequence[Slot], text: str, fit: float) -> Iterator[_Found]:
    """Cells of a table of one row, whose items stand in the headings: 预算数/公务接待费."""
    if len({slot.row for slot in grid.slots}) > 2:
        return
    items: dict[str, list[Slot]] = {}
    for slot in slots:
        names = [key(part) for part in slot.path if part not in _MEASURE and len(key(part)) > SHORTEST]
        if names and key(names[-1]) in text:
            items.setdefault(names[-1], []).append(slot)
    longest = [n for n in items if not any(n != other and n in other for other in items)]
    for name in longest:
        chosen = [s for s in items[name] if any(p in _MEASURE and _share(normal(p), text) for p in s.path)] or items[name]
        at = text.find(name)
        yield _Found(fit + 1.0 + 0.05 * len(name), grid, name, tuple(chosen[:MOST_CELLS]), (at, at + len(name)))


def _best(found: Sequence[_Found]) -> list[_Found]:
    """Of rows that the same words name, the best; rows named by other words beside it."""
    kept: list[_Found] = []
    for row in sorted(found, key=lambda f: -f.score):
        if not any(row.span[0] < other.span[1] and other.span[0] < row.span[1] for other in kept):
            kept.append(row)
    return sorted(kept, key=lambda f: f.span)[:MOST_ROWS]


def _told(plan: Plan, info: DocumentInfo, found: _Found, material: Material, book: EvidenceBook) -> Sentence:
    """One sentence with the cells of a row."""
    table = found.grid.table
    facts = material.facts(info.doc)
    clauses: list[str] = []
    labels: list[str] = []
    for slot in found.slots:
        place = _place(table, slot)
        read = [f for f in facts if f.source == "table" and f.place.quote == table.quote(slot.row) and f.place.page == place.page]
        scores = any(_SCORE.search(normal(s.head)) for s in found.slots)
        labels.append(book.cite(info, found.grid.name, place, facts=read, head=table.title, unit="分" if scores else table.unit))
        clauses.append(_clause(table, slot, info, {f.unit for f in read if f.column and normal(f.column.split("/")[-1]) == normal(slot.head)}))
    number = table.number or f"《{table.title}》"
    project = _project(table)
    where = f"（{number}{'，' + project if project and project != found.label else ''}）" if number != "《》" else ""
    year = "" if any(re.search(r"20\d\d", part) for slot in found.slots for part in slot.path) or not info.year else f"{info.year}年"
    body = bodies.short(info.org) if len(plan.documents) > 1 else ""
    return Sentence(f"{body}{year}{key(found.label)}{where}：{'，'.join(clauses)}。", tuple(dict.fromkeys(labels)))


def _clause(table: Table, slot: Slot, info: DocumentInfo, units: set[str]) -> str:
    text = " ".join(slot.cell.text.split())
    heads = [re.sub(r"\s", "", part) for part in slot.path]
    own = [h for h in heads[-2:] if normal(h) not in ("收入", "支出", "人员经费", "公用经费")] if len(heads) > 1 else heads
    head = "".join(own)
    if slot.blank:
        return f"{head}未填列（原表此格空白）"
    figure = amounts.cell(text)
    if figure is None or figure.unit:
        return f"{head}「{text}」" if figure is None else f"{head}{text.replace(' ', '')}"
    score = _SCORE.search(normal(slot.head))
    ratio = re.search(r"%|率", slot.head) and not score
    unit = units.pop() if len(units) == 1 else "分" if score else "" if ratio or _counts(table) else table.unit or ""
    return f"{head}{amounts.plain(figure.value)}{unit}"


def _counts(table: Table) -> bool:
    """Whether a form's figures may be other than money."""
    return not any(table.columns)


def _is_form(table: Table) -> bool:
    statement = get(table.statement)
    return statement is not None and statement.role in (Role.APPRAISAL, Role.GOALS)


def _place(table: Table, slot: Slot) -> Place:
    """Where the row is printed; of a row without a name, the cell under its heading."""
    if slot.labels or not slot.path:
        return table.place(slot.row)
    cell = slot.cell
    boxes: list[Box] = []
    for _, heads in table.heads:
        boxes += [head.box for head in heads if head.text == slot.head and head.page == cell.page and _above(head.box, cell.box)][:1]
    return Place(cell.page, f"{slot.head} | {cell.text}" if cell.text else slot.head, (*boxes[:1], cell.box))


def _above(head: Box, cell: Box) -> bool:
    return head[0] < cell[2] and cell[0] < head[2]


def _bare(plan: Plan, documents: Sequence[DocumentInfo]) -> str:
    """The question in normal form with the names of bodies blanked."""
    return plan.topic or bodies.masked(plan.text, documents)
