"""Facts → sentences: the figure first, in the document's own terms."""

import re
from collections.abc import Sequence
from decimal import Decimal

from service.amounts import plain
from service.records import Fact, Kind
from service.text import normal

ORDER = (
    "年初预算",
    "预算",
    "调整预算",
    "全年预算",
    "决算",
    "执行数",
    "完成率",
    "执行率",
    "较预算增减额",
    "较预算增减率",
    "上年数",
    "增减额",
    "增减率",
    "占比",
    "人数",
    "数量",
    "分值",
    "得分",
)
"""The order in which measures are told."""

_PLAIN = {"决算数", "预算数", "金额", "合计", "年初预算数", "全年预算数", "全年执行数", "执行数", "执行率", "分值", "得分", "总分"}
_YEAR = re.compile(r"^20\d\d年?")
"""A column's year is told with the subject: 2023年执行数."""
_NAMED_YEAR = re.compile(r"^20\d\d\s*年?度?(?![0-9A-Z])|^[0-9A-Z]{8,}[-—]")
"""A project's own year (2024年2024年档案整理经费 reads badly) or number."""
_SHEET = re.compile(r"(?<=表\d)[-—]\d+$|(?<=表\d\d)[-—]\d+$")
"""The sheet of a table that is printed on several: 表13-8."""
_COUNTED = r"个?批次|个?团组|人次"
"""Units of two words, which figures are read without."""
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
"""A column's formula: 执行率（B/A）."""
_WHY = re.compile(r"[/／][^/／]*原因[^/／]*$")
"""A column may hold the score and, where points were lost, the reason: 得分／原因."""
_MEASURES = {
    "年初预算": "年初预算{}",
    "预算": "预算{}",
    "调整预算": "调整预算{}",
    "全年预算": "全年预算{}",
    "决算": "决算{}",
    "执行数": "执行数{}",
    "完成率": "完成预算的{}",
    "执行率": "执行率{}",
    "上年数": "上年{}",
    "占比": "占{}",
    "分值": "分值{}",
    "得分": "得分{}",
    "人数": "{}",
    "数量": "{}",
}


_CHANGES = {
    "增减额": ("比上年", "增加", "减少", "与上年相比增减"),
    "增减率": ("", "增长", "下降", "增减幅度"),
    "较预算增减额": ("比预算", "增加", "减少", "与预算相比增减"),
    "较预算增减率": ("比预算", "增长", "下降", "与预算相比增减"),
}
"""Measure of a change → what leads to it, more, less, and all of it where nothing changed."""


def figure(fact: Fact) -> str:
    """The figure as printed, with its unit, without a sign (the words carry it)."""
    if fact.measure in ("数量", "人数") and (match := re.search(rf"{re.escape(fact.printed)}\s*({_COUNTED})", fact.place.quote)):
        return f"{plain(fact.value)}{match[1]}"
    if fact.unit == "批" and not re.search(rf"{re.escape(fact.printed)}\s*批(?!次)", fact.place.quote):
        return f"{plain(fact.value)}批次"
    return f"{plain(abs(fact.value)) if '增减' in fact.measure else plain(fact.value)}{fact.unit}"


def clause(fact: Fact, kind: Kind) -> str:
    """One fact as a clause: 「年初预算400万元」, 「比上年减少3.49万元」."""
    if (words := _CHANGES.get(fact.measure)) is not None:
        lead, more, less, none = words
        return f"{none if fact.value == 0 else lead + (more if fact.value > 0 else less)}{figure(fact)}"
    if fact.source == "table" and fact.column and not _plain_column(fact):
        return f"{_column(fact)}{figure(fact)}"
    form = _MEASURES.get(fact.measure, f"{fact.measure}{{}}")
    if fact.measure == "预算" and kind is Kind.BUDGET and fact.year:
        form = "预算{}"
    return form.format(figure(fact))


def _plain_column(fact: Fact) -> bool:
    """Whether the column's name says no more than the measure."""
    column = _YEAR.sub("", normal(_BRACKETS.sub("", fact.column or "")))
    return column in _PLAIN or column.endswith("/" + fact.measure)


def _column(fact: Fact) -> str:
    """The column's own heading: the last level of its path."""
    parts = _WHY.sub("", _BRACKETS.sub("", fact.column or "")).split("/")
    last = parts[-1]
    return f"{parts[-2]}{last}" if len(parts) > 1 and normal(last) in ("小计", "合计", "决算数", "预算数", "金额") else last


_SERIAL = re.compile(r"^\d{1,2}[\s.、]*(?=[\u4e00-\u9fff])(?![年月])")
"""03支出总表: a sheet's number, which is no figure."""


def title(name: str) -> str:
    """A table's title without the number of the project that it is about, without the sheet (表13-8) or its number (03)."""
    name = _SERIAL.sub("", name)
    return _SHEET.sub("", _NAMED_YEAR.sub("", name) if re.match(r"[0-9A-Z]{8,}[-—]", name) else name)


def subject(item: str, year: int | None, body: str = "") -> str:
    """What a sentence is about: 「莲湖区医疗保障局2023年公务员医疗补助」."""
    return f"{body}{f'{year}年' if year else ''}{_NAMED_YEAR.sub('', item)}"


def ordered(facts: Sequence[Fact]) -> list[Fact]:
    """Facts in the order of telling, one of each measure and column."""
    seen: set[tuple[str, str | None, int | None]] = set()
    kept = []
    for fact in sorted(facts, key=lambda f: ORDER.index(f.measure) if f.measure in ORDER else len(ORDER)):
        mark = (fact.measure, fact.column if fact.source == "table" else None, fact.year)
        if mark not in seen:
            seen.add(mark)
            kept.append(fact)
    return kept


def percent(value: Decimal) -> str:
    """A computed percentage, two decimals, halves away from zero."""
    from decimal import ROUND_HALF_UP

    return plain(abs(value).quantize(Decimal("0.01"), ROUND_HALF_UP))
