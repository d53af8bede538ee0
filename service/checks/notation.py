"""F7: how percentages are written: a sign missing, 百分点 for %, more decimals than everywhere else."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service import amounts
from service.checks import intervals
from service.checks.book import Book
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.registry import rule
from service.checks.sentences import Mark, Role, Sentence
from service.records import Quantity, Severity
from service.text import normal

_RATED = re.compile(
    r"(?:占|占比|所占比例|比重)(?:的?比[例重])?(?:为|约|达)?$|(?:增长|下降|增幅|降幅|增长率|下降率)(?:了|为|约|达)?$"
    r"|完成(?:年初|全年|调整|调整后)?预算数?的?$|(?:完成率|执行率)(?:为|是|达到?)?$"
)
_ENDS = re.compile(r"\s*(?:[,，。；;、)）]|$)")
_USUAL = 2
"""Decimals of percentages that the statutory narrative prints."""
_LARGEST = Decimal(1000)


@rule("F7")
def notation(book: Book) -> Iterator[Outcome]:
    """A rate is printed with its sign: %, and 百分点 only for the difference of two rates; at two decimals like the others.

    「增加10万元，增长5个百分点」 gives a change of an amount in 百分点. Shares below 1 % may need more decimals. Source: CHECKS.md F7.
    Suspicious at most; a document without any percentage is not checked.
    """
    rates = [(s, m) for s in book.sentences for m in s.marks if m.printed.unit == "%"]
    if not rates:
        if any(_unsigned(s, m) for s in book.sentences for m in s.marks):
            yield unchecked("文中没有带百分号的比率，无法判断是否缺少百分号")
        return
    for sentence in book.sentences:
        for n, mark in enumerate(sentence.marks):
            if _unsigned(sentence, mark):
                yield raised(_issue(sentence, mark, "%", f"「{normal(mark.words)[-12:]}{mark.printed.text}」后没有百分号或单位"))
            elif _of_amount(sentence, n):
                said = f"金额的增减写 {mark.printed.text} 个百分点；百分点表示两个比率之差，金额的增减率以 % 表示"
                yield raised(_issue(sentence, mark, "%", said))
    yield from _decimals(rates)


def _unsigned(sentence: Sentence, mark: Mark) -> bool:
    """A figure after a word that wants a rate, with nothing behind it."""
    if mark.printed.unit or not _RATED.search(mark.words) or mark.printed.value >= _LARGEST:
        return False
    return bool(_ENDS.match(sentence.paragraph.text, mark.end))


def _of_amount(sentence: Sentence, n: int) -> bool:
    """A growth in 百分点 right after a difference of money."""
    mark = sentence.marks[n]
    before = sentence.marks[n - 1] if n else None
    growing = re.search(r"(?:增长|下降|增幅|降幅)(?:了|为|约|达)?$", mark.words)
    return mark.printed.unit == amounts.POINTS and growing is not None and before is not None and before.role is Role.DELTA


def _decimals(rates: list[tuple[Sentence, Mark]]) -> Iterator[Outcome]:
    """Percentages of 1 % and more with three decimals, where the others have two at most."""
    long = [(s, m) for s, m in rates if intervals.decimals(m.printed.value) > _USUAL and abs(m.printed.value) >= 1]
    usual = [m for _, m in rates if intervals.decimals(m.printed.value) <= _USUAL]
    if len(long) * 4 > len(rates):
        yield unchecked("文中的百分数多用三位以上小数，未判断小数位数")
        return
    yield passed(*(m.printed for m in usual))
    for sentence, mark in long:
        explain = f"文中写 {mark.printed.text} %，其余百分数不超过两位小数"
        yield raised(_issue(sentence, mark, None, explain))


def _issue(sentence: Sentence, mark: Mark, unit: str | None, explain: str) -> Issue:
    """A figure whose sign is odd."""
    stated = Quantity(mark.printed.text, mark.printed.unit)
    expected = Quantity(mark.printed.text, unit) if unit else None
    return Issue(
        "unit" if unit else "other", Severity.SUSPICIOUS, stated, expected, sentence.where, sentence.place, (mark.printed,), explain
    )
