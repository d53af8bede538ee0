"""Headings inside a performance form → what the columns under them hold, until the next headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from service import amounts
from service.facts.targets import ACTUAL, TARGET

_HEADS: tuple[tuple[str, str], ...] = (
    (r"年初预算数?", "年初预算"),
    (r"全年预算数?", "全年预算"),
    (r"调整(?:后)?预算数?", "调整预算"),
    (r"(?:全年)?(?:预算)?执行数?", "执行数"),
    (r"(?:预算)?执行率", "执行率"),
    (r"(?:指标|标准)?分值|权重", "分值"),
    (r"(?:自评|指标|评价)?得分(?:[/、]?(?:未完成|扣分|偏差)?原因(?:分析)?(?:及.*)?)?|自评分", "得分"),
)
_HEAD = tuple((re.compile(rf"{pattern}(?:\(.*\))?"), measure) for pattern, measure in _HEADS)
_LEVEL = re.compile(r"(?:绩效)?(?:一级|二级|三级)(?:绩效)?指标.*|指标内容|指标名称")
_LEVELS = {1: re.compile("一级指标"), 2: re.compile("二级指标"), 3: re.compile("三级指标|指标内容|指标名称")}
_SIGN = re.compile(r"(?:指标)?(?:性质|符号|方向)|比较符号?|计算符号")
_UNIT = re.compile(r"(?:度量|计量|指标值?)?单位")
_SUB = re.compile(r"总额|财政拨款|其他资金|其中.*|小计|合计|自有资金|上级.*")
_BUDGETED = re.compile(r"(?:20\d\d年?度?)?(?:年度|本年)?(?:支出|项目|资金)?预算(?:数|金额|安排|资金)(?:\(.*\))?")
_MONEY = frozenset(("年初预算", "全年预算", "调整预算", "执行数", "预算"))


@dataclass(frozen=True, slots=True)
class Fields:
    """What columns hold (indices from 0)."""

    figures: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Column → (measure, header as printed)."""
    words: dict[int, str] = field(default_factory=dict)
    """Column → heading of what is no figure: 任务名称, 主要内容, 一级指标, 三级指标, 偏差原因…"""
    target: int | None = None
    actual: int | None = None
    sign: int | None = None
    """The column of ≥, ≤, = before the targets, where they have one of their own."""
    unit: int | None = None
    """The column of the units of targets and actual values, where they have one of their own."""

    @property
    def is_money(self) -> bool:
        """Whether amounts stand under them."""
        return any(measure in _MONEY for measure, _ in self.figures.values())

    @property
    def is_indicators(self) -> bool:
        """Whether indicators stand under them."""
        return any(_LEVEL.fullmatch(head) for head in self.words.values())

    def level(self, level: int) -> list[int]:
        """The columns of a level of indicators (1 to 3), from left to right."""
        return [c for c, head in self.words.items() if _LEVELS[level].search(head)]

    def names(self) -> range:
        """The columns where an indicator's name may stand: right of the second level, left of what is said of it."""
        first = max([*self.level(2), *self.level(1)], default=-1) + 1
        said = [c for c in (self.sign, self.target, self.actual, *self.figures) if c is not None and c >= first]
        return range(first, min(said, default=first))


def is_head(row: Sequence[str]) -> bool:
    """Whether a row (cells in normal form) is headings: two of the measures, or a level of indicators and its target; no figure."""
    measures = {m for c in row if c and (m := _measure(c))}
    is_named = len(measures) >= 2 or (any(_LEVEL.fullmatch(c) for c in row if "指标" in c) and any(TARGET.fullmatch(c) for c in row))
    return is_named and not any(amounts.cell(c) for c in row)


def is_heading(row: Sequence[str]) -> bool:
    """Whether a row (cells in normal form) is headings, of whatever part of a form: those of `is_head`, or of budgeted amounts."""
    if any(amounts.cell(c) for c in row):
        return False
    return is_head(row) or (len({c for c in row if c}) > 2 and any(_BUDGETED.fullmatch(c) for c in row))


def is_sub(row: Sequence[str]) -> bool:
    """Whether a row (cells in normal form) can be a second level of headings (总额, 财政拨款, 其他资金)."""
    return sum(1 for c in row if c and _SUB.fullmatch(c)) >= 2 and not any(amounts.cell(c) for c in row)


def is_level(head: str) -> bool:
    """Whether a heading is that of a level of indicators."""
    return _LEVEL.fullmatch(head) is not None


def is_unit(head: str) -> bool:
    """Whether a heading is that of the units of targets."""
    return _UNIT.fullmatch(head) is not None


def is_second(fields: Fields, row: Sequence[str]) -> bool:
    """Whether a row is the second level of headings (总额, 财政拨款, 其他资金)."""
    return bool(fields.figures) and is_sub(row)


def of(row: Sequence[str], below: Sequence[str], printed: dict[str, str]) -> Fields:
    """Read a row of headings.

    Args:
        row: its cells in normal form.
        below: the next row, in normal form: perhaps the second level.
        printed: normal form of a cell → as printed.
    """
    level = below if any(_SUB.fullmatch(c) for c in below) and not any(amounts.cell(c) for c in below) else []
    fields, last = Fields(), ""
    places: dict[str, int] = {}
    levels = max((n for n, cell in enumerate(row) if _LEVEL.fullmatch(cell)), default=-1)
    for n, cell in enumerate(row):
        # A merged heading may be printed once for the columns it covers.
        last = cell or (last if level and n < len(level) and level[n] else "")
        measure = _measure(last)
        if measure:
            sub = level[n] if n < len(level) and _SUB.fullmatch(level[n]) else ""
            head = re.sub(r"[(（](?:万元|元)[)）]|[/／、](?:未完成|扣分|偏差)?原因.*", "", printed.get(last, last))
            fields.figures[n] = (measure, f"{head}{sub}")
        elif last:
            fields.words[n] = last
            if n > levels:
                # 年度绩效指标完成情况 left of the levels heads the whole part.
                for name, pattern in (("target", TARGET), ("actual", ACTUAL), ("sign", _SIGN), ("unit", _UNIT)):
                    if pattern.fullmatch(last):
                        places.setdefault(name, n)
                        break
    if not fields.is_indicators:
        return fields
    return Fields(fields.figures, fields.words, **places)


@lru_cache(maxsize=4096)
def _measure(cell: str) -> str | None:
    return next((measure for pattern, measure in _HEAD if pattern.fullmatch(cell)), None)
