"""The one number parser: printed text → figures with unit, printed precision and kind.

Years, dates, document numbers (财预〔2016〕143号), list numbers and subject codes are recognised by their form, never by size.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from service.text import Normal, normal, normalised

YUAN = {"元": Decimal(1), "千元": Decimal(1_000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
"""Units of money, in 元."""

POINTS = "百分点"
_BATCHES = {"批", "批次"}
"""Receptions are counted by either word."""

_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PEOPLE = (
    "(?:城乡|城镇|农村|参保|困难|脱贫|常住|户籍|流动)*(?:居民|职工|群众|人口|农民|市民|百姓|学生|老人)"
    "(?![\\u4e00-\\u9fff]{0,8}(?:费|资金|补助|补贴|待遇|基金))"
)
"""Who is counted in 万 when no word of measure stands between: 44万城乡居民."""
_COUNTED_IN = "万(?:人次|人|名|户|件|份|张|家|次|个|条|起|例|笔)(?!民币|体工商户|百分点)"
"""What is counted by ten thousands; the measure is part of the unit, and 万 none of money."""
_UNIT = (
    f"{_COUNTED_IN}|亿元|万元|千元|元|亿|万(?!{_PEOPLE})(?=[^\\d人名户件张份次个家条余多]|$)|%|‰|个百分点|百分点|平方米|公里|小时|"
    "人次|人|名|户|辆|台|套|件|份|张|家|次|个|项|条|所|处|批次|批|期|场|起|分|倍|天|日|月|年|号|字|页|届|周|期|款|类|级|面|封|本|间|栋|床|例|笔|篇"
)
_RAISED = "[⁰¹²³⁴-⁹①-⑳]"
_FOOTNOTE = rf"(?:{_RAISED}|[*※#△▲]){{1,3}}|\[?\(?注\d{{0,2}}\)?\]?|\[(?:\d|{_RAISED}){{1,2}}\]"
"""The mark at a figure that a note explains."""
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z])(?P<sign>[-+]?)(?P<number>{_NUMBER})(?P<more>[余多]?)(?:{_RAISED}{{1,2}}(?={_UNIT}))?(?P<unit>{_UNIT})?"
)
_CELL = re.compile(rf"(?P<open>\()?(?P<sign>[-+]?)(?P<number>{_NUMBER})(?P<unit>{_UNIT})?(?P<close>\))?(?P<mark>{_FOOTNOTE})?")
_APART = re.compile(r"\d\d\s+\d|\d\s+\d\d")
"""White space parts two figures, unless it stands between any two digits."""
_ABSENT = {"", "-", "--", "---", "/", "*", "无", "—"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHINESE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_COUNT = re.compile(r"(?<![一二三四五六七八九十百千零〇两第])([一二三四五六七八九十百两]+)(个|家|名|人|项|辆|台|套|次|件|类)")


class Form(StrEnum):
    """What a printed number is."""

    FIGURE = "figure"
    YEAR = "year"
    DATE = "date"
    DOCUMENT_NUMBER = "document number"
    LIST_NUMBER = "list number"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed figure.

    `value` has the printed digits and decimals; `unit` is "" when none is printed; `start` and `end` (exclusive) are the
    range in the source text, unit included.
    """

    value: Decimal
    unit: str
    printed: str
    start: int = 0
    end: int = 0
    form: Form = Form.FIGURE

    @property
    def decimals(self) -> int:
        """Printed digits after the point."""
        return max(0, -int(self.value.as_tuple().exponent))

    @property
    def yuan(self) -> Decimal | None:
        """The amount in 元, or None when it is not money."""
        return self.value * YUAN[self.unit] if self.unit in YUAN else None


def same(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    """Whether two figures are the same quantity, printed differently at most: 400 = 400.00, 1 万元 = 10000 元."""
    if unit in YUAN and other_unit in YUAN:
        return value * YUAN[unit] == other * YUAN[other_unit]
    return value == other and (unit == other_unit or {unit, other_unit} <= _BATCHES)


def plain(value: Decimal) -> str:
    """The decimal string of the contract: printed decimals kept, no exponent, no thousands separators."""
    return format(value, "f")


def one_unit(unit: str) -> str:
    """One name per unit: 亿 is 亿元, 个百分点 is 百分点."""
    return _unit(normal(unit))


@lru_cache(maxsize=16384)
def cell(text: str) -> Amount | None:
    """The figure of a table cell, or None when the cell is blank, a dash or not a single figure.

    (12.00) in a cell is a negative amount, as bookkeepers write it. The mark of a footnote at a figure is no part of it.

    >>> cell("2,995.39").value
    Decimal('2995.39')
    """
    form = normal(text).replace("¥", "").replace("￥", "")
    if form in _ABSENT:
        return None
    match = _CELL.fullmatch(form)
    if match is None or bool(match["open"]) != bool(match["close"]) or _APART.search(text.strip()):
        return None
    value = Decimal(match["number"].replace(",", ""))
    negative = match["sign"] == "-" or bool(match["open"])
    shown = text.strip()
    printed = shown[: len(shown) - len(match["mark"])].rstrip() if match["mark"] else shown
    return Amount(-value if negative else value, _unit(match["unit"]), printed, 0, len(text))


def is_absent(text: str) -> bool:
    """Whether a cell prints nothing, a dash or a stroke (which is not zero)."""
    return normal(text) in _ABSENT


def numbers(text: str) -> list[Amount]:
    """Every number of a text in order, each with its form.

    White space inside a number (「657. 63万元」) and width are forgiven; digits are not.
    """
    return list(_numbers(text))


@lru_cache(maxsize=8192)
def _numbers(text: str) -> tuple[Amount, ...]:
    """The numbers of a text, which questions come back to again and again."""
    form = normalised(text)
    found = []
    for match in _FIGURE.finditer(form.text):
        start, end = form.span(match.start(), match.end())
        kind = _form(form.text, match)
        unit = "" if kind in (Form.LIST_NUMBER, Form.CODE, Form.DOCUMENT_NUMBER) else _unit(match["unit"])
        value = Decimal(match["number"].replace(",", ""))
        negative = match["sign"] == "-" and _is_minus(form.text, match.start())
        found.append(Amount(-value if negative else value, unit, _printed(text, form, match), start, end, kind))
    return tuple(found)


def figures(text: str) -> list[Amount]:
    """The numbers that are figures: no years, dates, document numbers, list numbers or codes."""
    return [a for a in _numbers(text) if a.form is Form.FIGURE]


def chinese(text: str) -> int | None:
    """A Chinese numeral up to 999 as it is used in counts (三, 十二, 一百零五), or None.

    >>> chinese("二十六")
    26
    """
    total, digit = 0, 0
    for c in text:
        if c in _CHINESE:
            digit = _CHINESE[c]
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif c == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            return None
    return total + digit if text else None


def counts(text: str) -> list[Amount]:
    """Counts written with Chinese numerals: 「两个单位」, 「十二项」."""
    found = []
    form = normalised(text)
    for match in _CHINESE_COUNT.finditer(form.text):
        value = chinese(match[1])
        if value is not None:
            start, end = form.span(match.start(), match.end())
            found.append(Amount(Decimal(value), match[2], text[start:end], start, end))
    return found


def _unit(unit: str | None) -> str:
    """One name per unit."""
    if not unit:
        return ""
    return {"亿": "亿元", "万": "万元", "百分点": POINTS, "个百分点": POINTS}.get(unit, unit)


def _printed(text: str, form: Normal, match: re.Match[str]) -> str:
    """The source text of the number itself."""
    start, end = form.span(match.start("number"), match.end("number"))
    return text[start:end]


def _is_minus(text: str, at: int) -> bool:
    """A dash before a number is a minus unless it joins a range, a code or follows a word or figure."""
    return at == 0 or text[at - 1] in "(:,;。、为是约"


def _form(text: str, match: re.Match[str]) -> Form:
    """What the number is, by what stands around it."""
    before, after = text[: match.start()], text[match.end("number") :]
    digits, unit = match["number"], match["unit"] or ""
    head = before[-1:]
    if (head == "[" and after[:1] == "]") or after[:1] in ("号", "表") or (head == "第" and after[:1] in ("条", "款", "章")):
        return Form.DOCUMENT_NUMBER
    if _YEAR.fullmatch(digits) and (after[:1] == "年" or re.match(r"[-至]\d{4}年", after)):
        return Form.YEAR
    if _YEAR.fullmatch(digits) and unit == "" and re.match(r"年?(?:度|初|末|底|版|财年)", after):
        return Form.YEAR
    if unit in ("月", "日", "号") or (unit == "年" and digits.isdigit() and len(digits) == 4):
        return Form.DATE
    if unit == "" and digits.isdigit() and len(digits) in (5, 7) and re.match(r"[12]\d\d", digits) and after[:1] != "%":
        return Form.CODE
    if _is_list_number(before, after, digits, unit):
        return Form.LIST_NUMBER
    return Form.FIGURE


def _is_list_number(before: str, after: str, digits: str, unit: str) -> bool:
    """「1. 」, 「1、」, 「（1）」, 「目标1:」 at the beginning of a text or sentence."""
    if unit or not digits.isdigit() or len(digits) > 3:
        return False
    opened = before[-1:] == "(" and after[:1] == ")"
    starts = before == "" or before[-1] in "。;:!?)"
    listed = starts and after[:1] in ("、", ".", ")") and not re.match(r"\.\d", after)
    labelled = bool(re.search(r"(目标|指标|任务|附件|表|第|问题|措施)$", before))
    return opened or listed or labelled
