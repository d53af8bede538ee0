"""A model's items → facts and reasons that stand in the document, and the objections to the rest.

Gates in order: the quote stands on the cited page, the digits in the quote, the name and the measure beside them, the unit as printed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from service import amounts, statements
from service.amounts import Amount, Form
from service.facts.model.replies import FigureReply, ItemReply, ReasonReply
from service.facts.model.sources import Source
from service.facts.schema import MEASURES
from service.records import Document, Fact, Kind, Place, Reason
from service.statements import Rows
from service.text import find, normal, normalised

_CHANGES = ("增减额", "增减率")
_RATES = ("增减率", "完成率", "执行率", "占比")
_COUNTS = ("人数", "数量")
_DOWN = re.compile(r"减少|下降|降低|压减|缩减|降幅|减幅|小于|低于|少于")
_UP = re.compile(r"增加|增长|上升|提高|增幅|大于|高于|多于|超过")
_TURN = 24
"""A word of direction stands within so many characters before its figure."""
_ROLES = re.compile(r"(?P<word>年初预算|全年预算|调整预算|支出决算|收入决算|决算|执行数|上年|去年)(?:数|安排|总额|合计|[为是:])*$")
_MEANT = {"支出决算": "决算", "收入决算": "决算", "上年": "上年数", "去年": "上年数"}
_ALIKE = {"决算", "执行数", "预算"}
"""Words that tables use for one another: 预算数 of an execution, 决算数 of a form."""
_TOTAL = re.compile(r"(?:本年)?(?:收入|支出)(合计|总计|小计)")
_HEAD_ROWS = 6
"""So many rows of a form may name its project."""
_OWN_UNITS = {"分值": "分", "得分": "分", "增减率": "%", "完成率": "%", "执行率": "%", "占比": "%"}
_BUDGETS = {"年初预算": "年初", "全年预算": "全年", "调整预算": "调整"}
"""Measures that must be named, by the word that names them."""
_MARKS = re.compile(r"[\"'《》]|\((?:类|款|项)\)|^(?:[一二三四五六七八九十]+、|\(?\d+\)|\d+[.、]|其中[:：]?)")
_PRIOR = re.compile(r"上年|去年|上一年")
SHORTEST = 2
"""Shortest name of an item (characters)."""


class Gate(StrEnum):
    """The gate at which something was stopped."""

    QUOTE = "quote"
    DIGITS = "digits"
    LABEL = "label"
    MEASURE = "measure"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A figure or reason that was stopped, with the item it was given under; `message` is for the model."""

    item: ItemReply
    gate: Gate
    message: str


@dataclass(frozen=True, slots=True)
class Passed:
    """What stands, and what does not."""

    facts: tuple[Fact, ...] = ()
    reasons: tuple[Reason, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    def __add__(self, other: "Passed") -> "Passed":
        """Both together."""
        return Passed(self.facts + other.facts, self.reasons + other.reasons, self.rejected + other.rejected)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a quote stands: characters start to end (exclusive) of a source."""

    source: Source
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.source.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Case:
    """An item with the place of its quote."""

    item: ItemReply
    found: _Found
    known: frozenset[str]
    """All items that the model names, as keys."""
    document: Document
    origin: str


def check(items: Iterable[ItemReply], sources: Sequence[Source], document: Document, origin: str) -> Passed:
    """Hold a model's items against the document.

    Args:
        items: as given.
        sources: what the model was shown.
        document: whose year the figures are of.
        origin: model, or model-retry.
    """
    known = frozenset(name for item in items if len(name := _key(item.item)) > SHORTEST)
    passed = Passed()
    for item in items:
        passed += _item(item, sources, known, document, origin)
    return passed


def _item(item: ItemReply, sources: Sequence[Source], known: frozenset[str], document: Document, origin: str) -> Passed:
    found = _stands(item, sources)
    if isinstance(found, str):
        return Passed(rejected=(Rejected(item, Gate.QUOTE, found),))
    if (problem := _unlabelled(item, found)) is not None:
        return Passed(rejected=(Rejected(item, Gate.LABEL, problem),))
    case = _Case(item, found, known, document, origin)
    facts: list[Fact] = []
    reasons: list[Reason] = []
    rejected: list[Rejected] = []
    for figure in item.figures:
        made = _fact(case, figure)
        if isinstance(made, Fact):
            facts.append(made)
        else:
            rejected.append(Rejected(item.model_copy(update={"figures": [figure], "reasons": []}), *made))
    for reason in item.reasons:
        cause = _reason(item, reason, found)
        if isinstance(cause, Reason):
            reasons.append(cause)
        else:
            rejected.append(Rejected(item.model_copy(update={"figures": [], "reasons": [reason]}), *cause))
    return Passed(tuple(facts), tuple(reasons), tuple(rejected))


def _stands(item: ItemReply, sources: Sequence[Source]) -> _Found | str:
    """Where the quote stands on the cited page, or why it does not."""
    wanted = normal(item.quote).replace("|", "")
    if not wanted:
        return "没有给出 quote"
    other: int | None = None
    for source in sources:
        spot = _spot(wanted, source)
        if spot is None:
            continue
        if item.page in source.pages:
            return _Found(source, *spot)
        other = source.pages[0]
    if other is not None:
        return f"quote 不在第 {item.page} 页（在第 {other} 页）"
    return "quote 与原文不一致，请从原文一字不改地照抄"


def _spot(wanted: str, source: Source) -> tuple[int, int] | None:
    """Characters of the source that print the quote; bars between cells do not count, and numbers are not cut."""
    if source.table is None:
        return find(wanted, source.text)
    bare = normalised(source.text.replace("|", " "))
    at = bare.text.find(wanted)
    if at < 0 or _cuts(bare.text, at, at + len(wanted), source):
        return None
    return bare.span(at, at + len(wanted))


def _cuts(text: str, start: int, end: int, source: Source) -> bool:
    """Whether a quote of a row begins or ends inside a cell's number."""
    edges = {0}
    for cell in source.text.split("|"):
        edges.add(max(edges) + len(normal(cell)))
    inside = [at for at in (start, end) if at not in edges]
    return any(0 < at < len(text) and text[at - 1] in "0123456789.," and text[at] in "0123456789.," for at in inside)


def _unlabelled(item: ItemReply, found: _Found) -> str | None:
    """What speaks against the quote being about the item, or None: its name stands in it, before it, above it or in its heading."""
    name = _key(item.item)
    if len(name) < SHORTEST or not any(c.isalpha() for c in name):
        return "item 不是一个名称"
    source = found.source
    around = source.text[: found.end] if source.table is None else source.text
    near = [_key(text) for text in (around, source.heading, source.before, *_form(source))]
    if not all(any(part in text for text in (near[:1] if is_total else near)) for part, is_total in _parts(item.item)):
        return f"「{item.item}」不在这段原文、它的表头或章节标题里，item 要照原文写"
    if item.code and normal(item.code) not in normal(around) and normal(item.code) not in normal(source.heading):
        return f"编码 {item.code} 不在原文里，没有印编码的写空"
    return None


def _form(source: Source) -> list[str]:
    """The rows of a form, whose head names what all its rows are about."""
    statement = statements.get(source.table.statement) if source.table else None
    if source.table is None or (statement is not None and statement.rows is not Rows.FORM):
        return []
    return [text for row in range(min(_HEAD_ROWS, len(source.table.rows))) if "名称" in (text := source.table.quote(row))]


def _parts(name: str) -> list[tuple[str, bool]]:
    """A name's parts, each of which is printed: 「甲项目（当年财政拨款）」; and whether it is a total, 「支出合计」 for a row 「合计」."""
    parts = [part for part in re.split(r"[()（）:：]", _key(name)) if part]
    return [(total[1], True) if (total := _TOTAL.fullmatch(part)) else (part, False) for part in parts]


def _fact(case: _Case, figure: FigureReply) -> Fact | tuple[Gate, str]:
    found = case.found
    if figure.measure not in MEASURES:
        return Gate.MEASURE, f"measure 只能是 {'、'.join(MEASURES)} 之一，不能是「{figure.measure}」"
    printed = _digits(figure.printed)
    spots = [a for a in amounts.numbers(found.quote) if a.form in (Form.FIGURE, Form.CODE) and _digits(a.printed) == printed]
    spots += [a for a in amounts.counts(found.quote) if normal(a.printed.removesuffix(a.unit)) == normal(figure.printed)]
    if not spots:
        return Gate.DIGITS, f"{figure.printed} 没有逐位印在这条 quote 里"
    if found.source.table is not None:
        return _of_row(case, figure)
    problems = [_misread(case, figure, amount) for amount in spots]
    for amount, problem in zip(spots, problems, strict=True):
        if problem is None:
            value = _directed(amount.value, figure.measure, found.quote[: amount.start])
            unit = amount.unit or amounts.one_unit(figure.unit)
            return _made(case, figure.measure, replace(amount, value=value, unit=unit), found.source.place(found.start, found.end))
    return next(problem for problem in problems if problem is not None)


def _misread(case: _Case, figure: FigureReply, amount: Amount) -> tuple[Gate, str] | None:
    """What speaks against a printed figure being what the model says it is."""
    found = case.found
    unit = amounts.one_unit(figure.unit)
    after = normal(found.source.text[found.start + amount.start :])
    longer = unit.startswith(amount.unit) and normal(f"{amount.printed}{figure.unit}") in after[: len(amount.printed) + len(unit) + 2]
    if amount.unit and unit != amount.unit and not longer:  # 0台（套） is counted in 台
        return Gate.UNIT, f"{figure.printed} 在原文里的单位是「{amount.unit}」，不是「{figure.unit}」"
    if not amount.unit and unit and not find(figure.unit, found.source.text + found.source.heading):
        return Gate.UNIT, f"原文没有印单位「{figure.unit}」"
    if figure.measure in _COUNTS and amount.unit in amounts.YUAN:
        return Gate.MEASURE, f"{amount.printed}{amount.unit} 是金额，不是「{figure.measure}」"
    if (figure.measure in _RATES) != (amount.unit in ("%", amounts.POINTS, "‰")):
        return Gate.MEASURE, f"{amount.printed}{amount.unit} 不会是「{figure.measure}」"
    before = normal(found.source.text[: found.start + amount.start])
    role = _ROLES.search(re.sub(r"[-+]?[\d.,]*$", "", before)[-16:])
    if role is not None and figure.measure not in (*_CHANGES, *_RATES):
        meant = _MEANT.get(role["word"], role["word"])
        if meant != figure.measure and {meant, figure.measure} != {"决算", "执行数"}:
            return Gate.MEASURE, f"{figure.printed} 在原文里是「{role['word']}」，不是「{figure.measure}」"
    word = _BUDGETS.get(figure.measure)
    if word is not None and word not in before:
        return Gate.MEASURE, f"原文没有说 {figure.printed} 是「{figure.measure}」"
    if figure.measure == "上年数" and not _PRIOR.search(before) and str((case.document.year or 0) - 1) not in before:
        return Gate.LABEL, f"原文没有说 {figure.printed} 是上年的"
    return _another(case.item, _key(found.quote[: amount.start]), case.known, figure)


def _another(item: ItemReply, before: str, known: frozenset[str], figure: FigureReply) -> tuple[Gate, str] | None:
    """Another item named later than the figure's own, between it and the figure."""
    name = _key(item.item)
    own = before.rfind(name)
    for other in known:
        at = before.rfind(other)
        if at > own >= 0 and at >= own + len(name) and name not in other and other not in name:
            return Gate.LABEL, f"{figure.printed} 前面写的是「{other}」，不是「{item.item}」"
    return None


def _of_row(case: _Case, figure: FigureReply) -> Fact | tuple[Gate, str]:
    """A figure of a table row: the column it stands in decides its measure's words, its unit and its column."""
    source = case.found.source
    cells = [
        (n, column, amount)
        for n, (text, column) in enumerate(source.columns())
        if (amount := amounts.cell(text)) is not None and _digits(normal(text).removesuffix(amount.unit)) == _digits(figure.printed)
    ]
    if not cells:
        return Gate.DIGITS, f"{figure.printed} 不是这一行的一个完整的格"
    said = normal(figure.column)
    cells.sort(key=lambda cell: (not said or said not in normal(cell[1].head), cell[1].measure not in (None, figure.measure)))
    n, column, amount = cells[0]
    meant = column.measure or _of_statement(source)
    if meant is not None and meant != figure.measure and not {meant, figure.measure} <= _ALIKE:
        words = column.head if column.measure else source.where
        return Gate.MEASURE, f"{figure.printed} 在「{words}」下，应是「{meant}」，不是「{figure.measure}」"
    unit = amount.unit or _OWN_UNITS.get(figure.measure) or column.unit or ""
    if amounts.one_unit(figure.unit) != unit and unit:
        return Gate.UNIT, f"{figure.printed} 的单位是「{unit}」，不是「{figure.unit}」"
    made = _made(case, figure.measure, replace(amount, unit=unit or amounts.one_unit(figure.unit)), source.place(0, 0, [n]))
    title = source.table.title if source.table else None
    return replace(made, column=column.head or None, scope=column.scope or made.scope, table=title)


def _of_statement(source: Source) -> str | None:
    """What the figures of a statement are whose columns name parts only (基本支出, 项目支出); None for forms and unknown tables."""
    statement = statements.get(source.table.statement) if source.table else None
    if statement is None or statement.rows not in (Rows.LANES, Rows.FUNCTION, Rows.ECONOMIC):
        return None
    return "决算" if statement.kind is Kind.FINAL else "预算"


def _made(case: _Case, measure: str, amount: Amount, place: Place) -> Fact:
    year, source = case.document.year, case.found.source
    return Fact(
        case.item.item.strip(),
        measure,
        amount.value,
        amount.unit,
        year - 1 if measure == "上年数" and year is not None else year,
        source.kind,
        source.where,
        place,
        amount.printed,
        code=case.item.code.strip() or None,
        scope=source.scope,
        origin=case.origin,
    )


def _reason(item: ItemReply, reason: ReasonReply, found: _Found) -> Reason | tuple[Gate, str]:
    spot = find(reason.text, found.source.text)
    if spot is None:
        return Gate.QUOTE, "原因的 text 与原文不一致，请照抄原话"
    start = min(spot[0], found.start)
    place = found.source.place(start, max(spot[1], found.end))
    text = found.source.text[spot[0] : spot[1]]
    return Reason(item.item.strip(), reason.about.strip(), text, place, item.code.strip() or None, found.source.where)


def _directed(value: Decimal, measure: str, before: str) -> Decimal:
    """The value with the sign that the words before it give to a change."""
    if measure not in _CHANGES:
        return value
    head = normal(before)[-_TURN:]
    down, up = _last(_DOWN, head), _last(_UP, head)
    return -abs(value) if down > up else value


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _key(name: str) -> str:
    return _MARKS.sub("", normal(name))


def _digits(printed: str) -> str:
    return normal(printed).replace(",", "").strip("-()%")


def sources_of(rejected: Sequence[Rejected], sources: Sequence[Source]) -> Iterator[Source]:
    """Where rejected entries may have been read: the sources of the cited page that share the most with the quote."""
    chosen: dict[int, Source] = {}
    for entry in rejected:
        near = [source for source in sources if entry.item.page in source.pages] or list(sources)
        best = sorted(near, key=lambda source: -_shared(entry.item, source))[:2]
        chosen.update({source.number: source for source in best})
    yield from (chosen[number] for number in sorted(chosen))


def _shared(item: ItemReply, source: Source) -> int:
    """Pairs of characters that the entry's quote and name share with a source."""
    text = normal(f"{item.quote}{item.item}")
    return sum(text[i : i + 2] in source.form.text for i in range(len(text) - 1))
