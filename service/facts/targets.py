"""What a performance form prints as target or as reached (≥95%, 不低于15次, 达标) → the words, and the figure where there is one."""

import re
from dataclasses import replace
from decimal import Decimal

from service import amounts
from service.records import Cell, Place, Stated
from service.text import normal

TARGET = re.compile(
    r"(?:年度|全年|绩效|计划|预期|目标|年初|设定)*(?:指标|目标|计划|预期|设定|绩效)值.*|(?:指标|目标|计划)(?:内容及)?(?:值|数)(?:\(.*\))?"
)
"""Headings of the column of targets, in normal form."""
ACTUAL = re.compile(r"(?=.*(?:实际|完成|实现|达成))(?!.*(?:预算|执行|原因|偏差|未完成|措施)).{2,16}")
"""Headings of the column of what was reached, in normal form."""
AIMS = ("目标值", "实际值")
"""What an indicator's two cells are called: the target and what was reached."""

_SIGNS = {
    "≥": "≥", "≧": "≥", ">=": "≥", "大于等于": "≥", "大于或等于": "≥", "高于或等于": "≥",
    "不低于": "≥", "不少于": "≥", "不小于": "≥", "至少": "≥",
    "≤": "≤", "≦": "≤", "<=": "≤", "小于等于": "≤", "小于或等于": "≤", "低于或等于": "≤",
    "不超过": "≤", "不高于": "≤", "不大于": "≤", "不多于": "≤", "至多": "≤",
    ">": ">", "大于": ">", "高于": ">", "超过": ">", "多于": ">",
    "<": "<", "小于": "<", "低于": "<", "少于": "<",
    "=": "=", "等于": "=", "达到": "=", "达": "=",
}  # fmt: skip
_AFTER = {"以上": "≥", "及以上": "≥", "以内": "≤", "以下": "≤", "及以下": "≤", "之内": "≤"}
_DATE = re.compile(r"[年月日号]")
_SIGNED = re.compile(
    rf"(?P<sign>{'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[^\d,.。;:、~\-至]{0,8}?)"
    rf"(?P<after>{'|'.join(sorted(_AFTER, key=len, reverse=True))})?"
)


def joined(sign: Cell | None, value: Cell, unit: Cell | None) -> Stated | None:
    """What a cell states, with the sign before it and the unit after it where those have cells of their own.

    Args:
        sign: the cell of ≥, ≤, =; other words (定性) are no sign.
        value: the target or the actual value.
        unit: the cell of its unit.
    """
    form = normal(value.text)
    before = sign if sign is not None and normal(sign.text) in _SIGNS and form not in _SIGNS and form[:1].isdigit() else None
    after = unit if unit is not None and re.fullmatch(r"[\d.,]+", form) else None
    cells = [cell for cell in (before, value) if cell is not None]
    quoted = [*cells, after] if before is not None and after is not None else cells
    printed = "".join("".join(cell.text.split()) for cell in quoted)
    place = Place(value.page, " | ".join(cell.text for cell in quoted), tuple(cell.box for cell in quoted))
    found = stated(printed, place)
    return found if found is None or found.unit or after is None else replace(found, unit=amounts.one_unit(after.text))


def stated(printed: str, place: Place) -> Stated | None:
    """What a cell states; None when it is blank or a dash.

    Args:
        printed: as printed, line breaks joined.
        place: where.
    """
    if amounts.is_absent(printed):
        return None
    match = _SIGNED.fullmatch(normal(printed))
    if match is None or _DATE.match(match["unit"]):
        return Stated(printed, place)
    sign = _SIGNS[match["sign"]] if match["sign"] else _AFTER.get(match["after"] or "")
    return Stated(printed, place, sign, Decimal(match["number"].replace(",", "")), amounts.one_unit(match["unit"]))
