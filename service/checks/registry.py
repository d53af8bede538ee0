"""The catalogue of obligations: one rule, one function, registered under its code in CHECKS.md.

A rule takes the book (a disclosure with its views) and yields one outcome per instance that it owed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.checks.book import Book
from service.checks.outcomes import Outcome

Check = Callable[[Book], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule."""

    code: str
    check: Check

    @property
    def doc(self) -> str:
        """The arithmetic and its source."""
        return self.check.__doc__ or ""


RULES: dict[str, Rule] = {}

PENDING = {
    "A2": "数字单元格逐格与页面文字核对",
    "A6": "两种读法的对照",
    "B5": "财政拨款收支总表分基金平衡",
    "B8": "政府性基金、国有资本经营预算的收支结余",
    "B9": "科目编码的上级是否存在、重复编码、编码与名称",
    "B10": "负数、超过 100% 的比率、与上级相同的明细",
    "C6": "基本支出明细与“三公”经费的部分与整体",
    "C7": "预算各表之间的勾稽",
    "C8": "本年“上年数”与上年文件的衔接",
    "D5": "机关运行经费与公用经费",
    "D6": "口径误用的查找",
    "E6": "所列项数与所述个数",
    "F2": "占比合计为 100%",
    "F7": "缺少百分号、百分点与百分比",
    "I2": "截至日期、单位名称与部门（单位）称谓",
    "J1": "医保基金口径",
}
"""Obligations owed by every disclosure that are not built yet: reported as not checked, never passed over."""


def rule(code: str) -> Callable[[Check], Check]:
    """Register a rule under its obligation code.

    Raises:
        ValueError: the code is taken, or the rule does not say its arithmetic in a docstring.
    """

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules for {code}")
        if not check.__doc__:
            raise ValueError(f"rule {code} has no docstring")
        RULES[code] = Rule(code, check)
        return check

    return register
