"""A bound that a question states for figures: 超过100万元, 执行率不低于90%, 20%以上."""

import re
from dataclasses import dataclass
from decimal import Decimal

from service.amounts import YUAN

_ABOVE = ("超过", "超", "大于", "高于", "多于")
_REACHED = ("达到", "到", "足", "满")
_BELOW = ("小于", "低于", "少于", "以下", "以内")
_BOUND = re.compile(
    rf"(?:(?P<denied>不|没有?|未|达不)?(?P<way>{'|'.join((*_ABOVE, *_REACHED, *_BELOW))}|在))?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>亿元|万元|元|亿|万|块|%|分)(?!之)的?(?:及?(?P<after>以上|以下|以内|以外))?"
)
_UNITS = {"块": "元", "万": "万元", "亿": "亿元"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit (money in 元, else in its unit), the side of it that is asked for, and whether the limit itself counts."""

    limit: Decimal
    unit: str
    below: bool
    even: bool
    number: str
    said: str
    """As the question has it."""
    start: int

    def meets(self, value: Decimal) -> bool:
        """Whether a value (money in 元) is on the side asked for."""
        return (self.even and value == self.limit) or (value < self.limit if self.below else value > self.limit)


def find(text: str) -> Bound | None:
    """The first bound of a question, or None.

    Args:
        text: in normal form.

    >>> bound = find("执行率不低于90%的项目")
    >>> bound.below, bound.even, bound.limit
    (False, True, Decimal('90'))
    """
    for match in _BOUND.finditer(text):
        if match["way"] in (*_ABOVE, *_REACHED, *_BELOW) or match["after"]:
            return _read(match)
    return None


def _read(match: "re.Match[str]") -> Bound:
    denied = bool(match["denied"])
    word = match["way"] if match["way"] not in (None, "在") else match["after"]
    if word in _REACHED:
        below, even = denied, not denied
    elif word in _ABOVE or word in ("以上", "以外"):
        below, even = denied, denied or word == "以上"
    else:
        below, even = not denied, denied or word in ("以下", "以内")
    unit = _UNITS.get(match["unit"], match["unit"])
    limit = Decimal(match["number"]) * YUAN.get(unit, Decimal(1))
    return Bound(limit, unit, below, even, match["number"], match[0].rstrip("的"), match.start())
