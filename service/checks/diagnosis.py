"""F8: what kind of slip turns the expected figure into the printed one. A hint for the reader, never a verdict."""

from collections.abc import Iterable
from decimal import Decimal

from service.checks import intervals
from service.checks.intervals import Interval
from service.recognised import NOTE
from service.records import OCR

NAMES = {
    "truncation": "截尾而未四舍五入",
    "rounded-up": "进位而未四舍五入",
    "plug-to-100": "为使合计为 100% 而调整",
    "wrong-denominator": "分母疑用了另一个数",
    "copied-from-neighbour": "疑与相邻处的数字相同（复制）",
    "sign": "增减方向疑相反",
    "decimal-slip": "疑为小数点错位",
    "digit-inserted": "疑多一位数字",
    "digit-dropped": "疑少一位数字",
    "digit-changed": "疑有一位数字不同",
    "digits-transposed": "疑有两位数字颠倒",
    "roles-swapped": "疑两个数字位置互换",
    "unit-slip": "疑为元与万元混用",
    "zero-base": "基数为零，比率无意义",
    "other-column": "与表中另一处的数字相同",
    OCR: NOTE,
}
"""Code of the contract → wording."""

_SHIFTS = (1, -1, 2, -2, 3, -3)


def wording(codes: Iterable[str]) -> str:
    """The wording of diagnoses, joined; empty for none."""
    return "，".join(NAMES[c] for c in codes if c in NAMES)


def of_rate(printed: Decimal, computed: Interval, neighbours: Iterable[Decimal] = ()) -> tuple[str, ...]:
    """What turns the computed percentage into the printed one: the first that explains it, in the order of CHECKS.md F8.

    Truncation, plugging and other bases are the caller's (they need the operands); then a neighbour's figure, the sign, the
    decimal point, one digit. A neighbour's 0 or 100 says nothing.
    """
    if printed not in (0, 100) and printed in set(neighbours):
        return ("copied-from-neighbour",)
    if printed != 0 and intervals.interval(-printed).meets(computed):
        return ("sign",)
    if _shifted(printed, computed):
        return ("decimal-slip",)
    middle = (computed.low + computed.high) / 2
    return of_digits(printed, intervals.rounded(middle, intervals.decimals(printed)))


def of_amount(printed: Decimal, expected: Decimal, neighbours: Iterable[Decimal] = ()) -> tuple[str, ...]:
    """What turns the expected amount into the printed one, both in one unit, in the order of CHECKS.md F8."""
    if expected in (printed, Decimal(0)):
        return ()
    if printed != 0 and printed in set(neighbours):
        return ("copied-from-neighbour",)
    if printed == 0:
        return ()
    if printed == -expected:
        return ("sign",)
    if any(printed == expected.scaleb(shift) for shift in _SHIFTS):
        return ("decimal-slip",)
    return of_digits(printed, expected) or _unit_slip(printed, expected)


def of_digits(printed: Decimal, expected: Decimal) -> tuple[str, ...]:
    """One edit between the two figures' digits: inserted, dropped, changed, or two neighbours transposed."""
    places = max(intervals.decimals(printed), intervals.decimals(expected))
    a, b = (str(int(abs(v).scaleb(places))) for v in (printed, expected))
    if len(a) < 3 or (printed < 0) != (expected < 0):
        return ()
    if len(a) == len(b) + 1 and any(a[:i] + a[i + 1 :] == b for i in range(len(a))):
        return ("digit-inserted",)
    if len(b) == len(a) + 1 and any(b[:i] + b[i + 1 :] == a for i in range(len(b))):
        return ("digit-dropped",)
    if len(a) != len(b):
        return ()
    differing = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differing) == 1:
        return ("digit-changed",)
    i = differing[0] if differing else 0
    swapped = differing == [i, i + 1] and a[i : i + 2] == b[i : i + 2][::-1]
    return ("digits-transposed",) if swapped else ()


def _unit_slip(printed: Decimal, expected: Decimal) -> tuple[str, ...]:
    """元 and 万元 (or 万元 and 亿元) mistaken for each other."""
    return ("unit-slip",) if printed in (expected.scaleb(4), expected.scaleb(-4)) else ()


def _shifted(printed: Decimal, computed: Interval) -> bool:
    """The printed percentage is the computed one with the point moved."""
    for shift in _SHIFTS:
        moved = Interval(computed.low.scaleb(shift), computed.high.scaleb(shift))
        if printed != 0 and intervals.interval(printed).meets(moved):
            return True
    return False
