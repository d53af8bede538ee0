"""Headers of tables → what they say: measures, mere sums, numbers of lines and columns."""

import re
from functools import lru_cache

from service import amounts
from service.records import Table
from service.text import normal

MEASURES: tuple[tuple[str, str], ...] = (
    # (words of a column's header, measure); the first that fits
    (r"增减(?:率|%|幅)|增长率|增长%|±%|增减变动\(?%", "增减率"),
    (r"增减|比上年增|较上年增", "增减额"),
    (r"(?:上年|去年)(?:.*(?:决算|预算|执行))?数?", "上年数"),
    (r"完成(?:率|预算|%)", "完成率"),
    (r"执行率", "执行率"),
    (r"占(?:比|总|%)|比重", "占比"),
    (r"年初预算", "年初预算"),
    (r"全年预算", "全年预算"),
    (r"调整预算|调整后预算|预算调整", "调整预算"),
    (r"执行数", "执行数"),
    (r"决算", "决算"),
    (r"预算(?:数|安排|金额|资金)|预算$", "预算"),
    (r"人数|编制数", "人数"),
    (r"数量", "数量"),
    (r"分值", "分值"),
    (r"得分", "得分"),
)
_MEASURES = tuple((re.compile(pattern), measure) for pattern, measure in MEASURES)
_MEASURE_HEAD = re.compile(r"(?:20\d\d年)?(?:年初|全年|上年|本年|调整)?(?:预算|决算|执行|统计)(?:统计)?数?(?:\(.*\))?|增减.{0,3}|比上年.*")
_FUNDS = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算|部门预算|政府预算")
_NO_HEAD = re.compile(r"栏次|\d{1,2}||.*(?:部门|单位):.*|.{4,}表(?:公开.*)?")
_LEVEL = re.compile(r"小计|合计|总额|财政拨款|其他资金|[类款项]")


@lru_cache(maxsize=4096)
def measure_of(header: str) -> str | None:
    """The measure that a column's header names, or None. Names of funds (一般公共预算…) name no measure.

    Args:
        header: header path or part of it.
    """
    for part in reversed(normal(header).split("/")):
        words = _FUNDS.sub("", part)
        for pattern, measure in _MEASURES:
            if pattern.search(words):
                return measure
    return None


def paths(table: Table) -> tuple[tuple[str, ...], int]:
    """The header path of every column, without the numbers of lines and columns, and how many rows belong to the header.

    A last level of the header (预算数, 决算数 under each item) may have been read as the first rows.
    """
    heads = [clean(column) for column in table.columns]
    lifted = 0
    for n, row in enumerate(table.rows[:3]):
        texts = [normal(cell.text) for cell in row]
        printed = [t for t in texts if t]
        if printed and not all(_MEASURE_HEAD.fullmatch(t) or _LEVEL.fullmatch(t) for t in printed):
            break
        if len(printed) > 1:
            heads = [f"{head}/{text}".strip("/") if text else head for head, text in zip(heads, texts, strict=True)]
            lifted = n + 1
    return tuple(heads), lifted if _has_figures(table, lifted) else 0


def clean(column: str) -> str:
    """A header path without the numbers of lines and columns."""
    return "/".join(part for part in column.split("/") if not _NO_HEAD.fullmatch(normal(part)))


def measure_words(head: str) -> str:
    """The part of a header path that is a measure alone (预算数, 决算数), or nothing."""
    for part in reversed(head.split("/")):
        if _MEASURE_HEAD.fullmatch(normal(part)):
            return part
    return ""


def _has_figures(table: Table, start: int) -> bool:
    return any(amounts.cell(cell.text) is not None for row in table.rows[start:] for cell in row)
