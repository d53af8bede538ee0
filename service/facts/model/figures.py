"""A figure as a model gives it → a fact: its digits in the quote, its unit, its measure and its item as printed, or the objection."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from service import amounts, statements
from service.amounts import Amount, Form
from service.facts import targets
from service.facts.columns import Column
from service.facts.headings import measure_of
from service.facts.measures import APART
from service.facts.model import naming, standing
from service.facts.model.replies import OFFERED, FigureReply, ItemReply
from service.facts.model.sources import Source
from service.facts.model.standing import Found
from service.facts.schema import MEASURES
from service.facts.targets import AIMS
from service.records import Document, Fact, Kind, Place, Stated
from service.statements import Rows
from service.text import find, normal

_CHANGES = ("增减额", "增减率", *APART)
_RATES = ("增减率", "较预算增减率", "完成率", "执行率", "占比")
_COUNTS = ("人数", "数量")
_DOWN = re.compile(r"减少|下降|降低|压减|缩减|降幅|减幅|小于|低于|少于")
_UP = re.compile(r"增加|增长|上升|提高|增幅|大于|高于|多于|超过")
_TURN = 24
"""A word of direction stands within so many characters before its figure."""
_NEAR = 16
"""A word for what a figure is stands within so many characters before it."""
_LAST = re.compile(r"(?:(?P<year>20\d\d)年度?|上年度?|去年)(?:当年|年初|预算|决算|执行|支出|收入)*数?(?:[为是:])*$")
"""Last year's, by name or by its number: 「2020年当年预算执行数为」."""
_ROLES = re.compile(r"(?P<word>年初预算|全年预算|调整预算|支出决算|收入决算|决算|执行数)(?:数|安排|总额|合计|[为是:])*$")
_MEANT = {"支出决算": "决算", "收入决算": "决算"}
_ALIKE = {"决算", "执行数", "预算"}
"""Words that tables use for one another: 预算数 of an execution, 决算数 of a form."""
_BASES = re.compile(
    r"(?:[与比较同]|小于|低于|少于|大于|高于|多于|超过|超出)(?:(?P<last>上一?年|去年)|(?P<year>20\d\d)年度?)?(?:当年|本年|年初|全年|调整|的)*(?P<budget>预算)?"
)
"""What a change is compared with: 比上年, 较年初预算."""
_OWN_UNITS = {"分值": "分", "得分": "分", "增减率": "%", "完成率": "%", "执行率": "%", "占比": "%"}
_BUDGETS = {"年初预算": "年初", "全年预算": "全年", "调整预算": "调整"}
"""Measures that must be named, by the word that names them."""
_WHOLES = re.compile(r"合计|总计|小计")
_PRIOR = re.compile(r"上年|去年|上一年")
_CLAUSE = re.compile(r"[，,；;。、]")
_MONEY = re.compile(r"亿元|万元|元")


class Gate(StrEnum):
    """The gate at which something was stopped."""

    QUOTE = "quote"
    DIGITS = "digits"
    LABEL = "label"
    MEASURE = "measure"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Case:
    """An item with the place of its quote."""

    item: ItemReply
    found: Found
    known: frozenset[str]
    """All items that the model names, as keys."""
    document: Document
    origin: str


def read(case: Case, figure: FigureReply) -> Fact | tuple[Gate, str]:
    """The figure as a fact, or the gate that stops it and the objection.

    Args:
        case: the item that it is given under, and where its quote stands.
        figure: as the model gives it.
    """
    found = case.found
    if figure.measure not in MEASURES:
        return Gate.MEASURE, f"measure 只能是 {'、'.join(OFFERED)} 之一，不能是「{figure.measure}」"
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
            unit = amount.unit or ("万人" if figure.unit == "万" else amounts.one_unit(figure.unit))
            place = found.source.place_of(found.start, found.end, found.start + amount.start)
            return _made(case, figure.measure, replace(amount, value=value, unit=unit), place)
    return next(problem for problem in problems if problem is not None)


def aim(case: Case, figure: FigureReply) -> Stated | tuple[Gate, str]:
    """A target or an actual value of an indicator as its cell prints it, with or without a figure, or the gate that stops it.

    Args:
        case: the item that it is given under, and where its quote stands.
        figure: as the model gives it; `printed` is the cell, or the cell without its unit.
    """
    source = case.found.source
    printed = normal(figure.printed)
    cells = [(n, text, column) for n, (text, column) in enumerate(source.columns()) if column.measure in AIMS]
    if not cells:
        return Gate.MEASURE, f"「{figure.measure}」只用于绩效表里印着目标值、实际值的栏目"
    same = [cell for cell in cells if printed and normal(cell[1]) in (printed, f"{printed}{normal(figure.unit)}")]
    own = [cell for cell in same if cell[2].measure == figure.measure]
    if not own:
        if same:
            return Gate.MEASURE, f"{figure.printed} 在「{same[0][2].head}」下，不是「{figure.measure}」"
        return Gate.DIGITS, f"{figure.printed} 不是这一行「{figure.measure}」的整格，请照抄整格"
    n, text, column = own[0]
    stated = targets.stated("".join(text.split()), source.place(0, 0, [n]))
    if stated is None:
        return Gate.DIGITS, f"这一行的「{figure.measure}」是空的"
    unit = stated.unit or (column.unit or "" if stated.value is not None else "")
    if figure.unit and amounts.one_unit(figure.unit) != unit:
        return Gate.UNIT, f"{figure.printed} 的单位是「{unit}」，不是「{figure.unit}」" if unit else f"原文没有印单位「{figure.unit}」"
    return replace(stated, unit=unit)


def _misread(case: Case, figure: FigureReply, amount: Amount) -> tuple[Gate, str] | None:
    """What speaks against a printed figure being what the model says it is."""
    found = case.found
    unit = amounts.one_unit(figure.unit)
    after = normal(found.source.text[found.start + amount.start :])
    longer = unit.startswith(amount.unit) and normal(f"{amount.printed}{figure.unit}") in after[: len(amount.printed) + len(unit) + 2]
    if amount.unit and unit != amount.unit and not longer:  # 0台（套） is counted in 台
        return Gate.UNIT, f"{figure.printed} 在原文里的单位是「{amount.unit}」，不是「{figure.unit}」"
    if not amount.unit and unit and not _prints_unit(figure.unit, found.source.text[found.end :], found.source):
        return Gate.UNIT, f"原文没有印单位「{figure.unit}」"
    if (figure.measure in _COUNTS and amount.unit in amounts.YUAN) or (figure.measure == "金额" and amount.unit not in amounts.YUAN):
        return Gate.MEASURE, f"{amount.printed}{amount.unit} 不会是「{figure.measure}」"
    if (figure.measure in _RATES) != (amount.unit in ("%", amounts.POINTS, "‰")):
        return Gate.MEASURE, f"{amount.printed}{amount.unit} 不会是「{figure.measure}」"
    return (
        _another_role(case, figure, normal(found.source.text[: found.start + amount.start]))
        or _another_base(case, figure, normal(found.source.text[: found.start + amount.start]))
        or (None if _counts(case, figure, amount) else _another_item(case, figure, amount))
    )


def _counts(case: Case, figure: FigureReply, amount: Amount) -> bool:
    """Whether a count is of what stands right behind it: 「28家定点医疗机构」."""
    behind = standing.key(case.found.quote[amount.end :]).removeprefix("万").removeprefix(normal(figure.unit))
    return figure.measure in (*_COUNTS, "金额") and behind.startswith(standing.key(case.item.item))


def _another_item(case: Case, figure: FigureReply, amount: Amount) -> tuple[Gate, str] | None:
    return _another_part(case, figure, amount) or _another(case, figure, amount) or _later(case, figure, amount)


def _another_role(case: Case, figure: FigureReply, before: str) -> tuple[Gate, str] | None:
    """What the words before a figure of prose say against its measure.

    Args:
        case: the item.
        figure: as the model gives it.
        before: the paragraph up to the figure, in normal form.
    """
    last = (case.document.year or 0) - 1
    head = re.sub(r"[-+]?[\d.,]*$", "", before)
    prior, role = _LAST.search(head), _ROLES.search(head[-_NEAR:])
    if figure.measure not in (*_CHANGES, *_RATES):
        if prior is not None and prior["year"] in (None, str(last)):
            return None if figure.measure == "上年数" else (Gate.MEASURE, f"{figure.printed} 在原文里是上年的，应是「上年数」")
        meant = _MEANT.get(role["word"], role["word"]) if role is not None else figure.measure
        if role is not None and meant != figure.measure and {meant, figure.measure} != {"决算", "执行数"}:
            return Gate.MEASURE, f"{figure.printed} 在原文里是「{role['word']}」，不是「{figure.measure}」"
    word = _BUDGETS.get(figure.measure)
    if word is not None and word not in before:
        return Gate.MEASURE, f"原文没有说 {figure.printed} 是「{figure.measure}」"
    if figure.measure == "上年数" and not _PRIOR.search(before) and str(last) not in before:
        return Gate.LABEL, f"原文没有说 {figure.printed} 是上年的"
    return None


def _another_base(case: Case, figure: FigureReply, before: str) -> tuple[Gate, str] | None:
    """What the sentence before a change says against what it is compared with: the budget or the year before."""
    if figure.measure not in _CHANGES:
        return None
    year = str(case.document.year)
    bases = [m for m in _BASES.finditer(before[before.rfind("。") + 1 :]) if m["last"] or m["year"] or m["budget"]]
    budget = [bool(m["budget"]) and not m["last"] and m["year"] in (None, year) for m in bases]
    if figure.measure in APART and not any(budget):
        return Gate.MEASURE, f"原文没有说 {figure.printed} 是与预算相比的"
    if figure.measure not in APART and budget and all(budget):
        return Gate.MEASURE, f"{figure.printed} 在原文里是与预算相比的，应是「较预算{figure.measure}」"
    return None


def _prints_unit(unit: str, after: str, source: Source) -> bool:
    """Whether a unit is printed: right behind a quote that ends with the figure, else anywhere around it; 元 is not that of 万元."""
    cut = _MONEY.match(normal(after))
    if cut is not None and amounts.one_unit(unit) in amounts.YUAN:
        return amounts.one_unit(cut[0]) == amounts.one_unit(unit)
    around = normal(source.text + source.heading)
    return re.search(r"(?<![万亿])元", around) is not None if unit == "元" else find(unit, around) is not None


def _another_part(case: Case, figure: FigureReply, amount: Amount) -> tuple[Gate, str] | None:
    """Where the item is a part counted under its whole: another part named before the figure."""
    name, text, found = standing.key(case.item.item), case.found.source.text, case.found
    around = standing.key(text[: found.start + amount.start])
    part = None if name in around else standing.part_of(name, standing.key(text[: found.end]))
    if part is None or re.search(f"{part}[为有是:]*$", around):
        return None
    return Gate.LABEL, f"{figure.printed} 前面写的不是「{part}」"


def _later(case: Case, figure: FigureReply, amount: Amount) -> tuple[Gate, str] | None:
    """Another item with a figure of its own between the name and the figure; or a name of the next clause, or of what a share is of."""
    found, name = case.found, standing.key(case.item.item)
    told = (found.source.heading, found.source.before, found.source.text[: found.start + amount.start])
    text = "。".join(map(standing.key, told))
    bare = naming.without_bystanders(text, is_rate=figure.measure in _RATES)
    if name not in bare and (name in text or name in standing.key("".join(_CLAUSE.split(found.quote[amount.end :])[1:]))):
        return Gate.LABEL, f"{figure.printed} 前面没有写「{case.item.item}」，或者它只是占的整体"
    other = naming.later(name, bare)
    return None if other is None else (Gate.LABEL, f"{figure.printed} 前面写的是「{other}」，不是「{case.item.item}」")


def _another(case: Case, figure: FigureReply, amount: Amount) -> tuple[Gate, str] | None:
    """Another item named later than the figure's own, between it and the figure."""
    before = naming.without_bystanders(standing.key(case.found.quote[: amount.start]), is_rate=figure.measure in _RATES)
    other = naming.between(standing.key(case.item.item), before, case.known)
    return None if other is None else (Gate.LABEL, f"{figure.printed} 前面写的是「{other}」，不是「{case.item.item}」")


def _of_row(case: Case, figure: FigureReply) -> Fact | tuple[Gate, str]:
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
    own = _own_columns(case)
    if own and not (cells := [cell for cell in cells if cell[0] in own]):
        return Gate.LABEL, f"{figure.printed} 不在「{case.item.item}」一栏"
    n, column, amount = cells[0]
    others = [other.measure for _, other, _ in cells if other.measure is not None]
    if column.measure is None and others and not (said and said in normal(column.head)):
        # A cell that says nothing of its measure (分值) does not vouch for what equal cells beside it say otherwise.
        column = next(other for _, other, _ in cells if other.measure is not None)
    meant = column.measure or measure_of(figure.column) or _of_statement(source)
    if meant is not None and meant != figure.measure and not {meant, figure.measure} <= _ALIKE:
        words = column.head if column.measure else figure.column if measure_of(figure.column) else source.where
        return Gate.MEASURE, f"{figure.printed} 在「{words}」下，应是「{meant}」，不是「{figure.measure}」"
    unit = amount.unit or _OWN_UNITS.get(figure.measure) or column.unit or ""
    if unit and amounts.one_unit(figure.unit) != unit:
        return Gate.UNIT, f"{figure.printed} 的单位是「{unit}」，不是「{figure.unit}」"
    if not unit and figure.unit and not _names_unit(figure.unit, source, column):
        return Gate.UNIT, f"这一格没有印单位「{figure.unit}」"
    made = _made(case, figure.measure, replace(amount, unit=unit or amounts.one_unit(figure.unit)), source.place(0, 0, [n]))
    title = source.table.title if source.table else None
    return replace(made, column=column.head or None, scope=column.scope or made.scope, table=title)


def _own_columns(case: Case) -> list[int]:
    """The columns that name the item where its row, of a year, does not; none where the row names it, or it is a total."""
    source, name = case.found.source, standing.key(case.item.item)
    if name in standing.key(source.text) or _WHOLES.search(name):
        return []
    return [n for n, (_, column) in enumerate(source.columns()) if standing.key(column.head).endswith(name)]


def _names_unit(unit: str, source: Source, column: Column) -> bool:
    """Whether a cell's unit is printed: in the row (a form's units have a column of their own), or in what stands above the cell."""
    cells = [normal(text) for text, _ in source.columns()]
    return normal(unit) in cells or any(f"({normal(unit)})" in text for text in (*cells, normal(column.head)))


def _of_statement(source: Source) -> str | None:
    """What the figures of a statement are whose columns name parts only (基本支出, 项目支出); None for forms and unknown tables."""
    statement = statements.get(source.table.statement) if source.table else None
    if statement is None or statement.rows not in (Rows.LANES, Rows.FUNCTION, Rows.ECONOMIC):
        return None
    return "决算" if statement.kind is Kind.FINAL else "预算"


def _made(case: Case, measure: str, amount: Amount, place: Place) -> Fact:
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


def _directed(value: Decimal, measure: str, before: str) -> Decimal:
    """The value with the sign that the words before it give to a change."""
    if measure not in _CHANGES:
        return value
    head = normal(before)[-_TURN:]
    down, up = _last(_DOWN, head), _last(_UP, head)
    return -abs(value) if down > up else value


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _digits(printed: str) -> str:
    return normal(printed).replace(",", "").strip("-()%")
