"""How a sentence words a printed figure (about, more than, not, per head, one end of a range) must be how the original words it."""

import re
from collections.abc import Sequence

from service import amounts
from service.amounts import Amount, Form
from service.answering import subjects
from service.answering.draft import Evidence
from service.text import normal

_BEFORE = re.compile(
    r"(?P<word>大约|将近|接近|约|近|逾|超过|超出|超|高于|多于|大于|不低于|不少于|不足|不到|不满|低于|少于|小于|至少|至多|最多|最少|不是|并非|未达到?|未完成率?|没有完成|未执行率?|未使用)为?[-+]?$"
)
_AFTER = re.compile(
    r"^(?P<word>[余多]|以上|以下|以内|左右|上下|不到|(?:没有|未)(?:完成|执行|使用)|(?:百万|十万|千万)元|美元|欧元|港元|港币|英镑|日元)"
)
_KINDS = (
    ("约", ("大约", "将近", "接近", "约", "近", "左右", "上下")),
    ("超", ("逾", "超过", "超出", "超", "高于", "多于", "大于", "余", "多", "以上", "不低于", "不少于", "至少", "最少")),
    ("不足", ("不足", "不到", "不满", "低于", "少于", "小于", "以下", "以内", "至多", "最多", "未达", "未达到")),
)  # fmt: skip
"""Words that say one thing of a figure."""
_MEASURE = re.compile(r"(?:(?:年初|全年|调整)?(?:预算|决算)|执行)数?$")
_PER = re.compile(r"每(?:一|个)?[人户家辆次批月年天日周季生班床](?:每(?:一|个)?[人户月年天日周季])?|[人户月年日次]均|平均")
_LEFT = re.compile(r"(结余|剩余|余下|剩下|节约)(?:[了为是]|资金|数)*$")
"""What is left over, which no figure is that the original does not call so."""
_RANGE_AFTER = re.compile(r"^(?:至|到|-|~|～)[\d,]*\d")
_RANGE_BEFORE = re.compile(r"\d(?:[万亿]?元|%|[人次辆户个])?(?:至|到|-|~|～)$")
_JOINED = re.compile(r"^(?:至|到|~|～)\d")
_JOINS = re.compile(r"\d(?:[万亿]?元|%|[人次辆户个])?(?:至|到|~|～)$")
_MOVING = re.compile(r"[从由自]")
"""A change from one figure to another, which is no range."""
_FILL = re.compile(r"(?:[为是共有约计达数的了]|安排|合计)*[-+]?$")
_TAKEN = re.compile(r"(?:[\d%)]|[万亿]?元|[人次辆件户个项分])$")
"""What stands before a minus that takes one figure from another."""
_RUN = re.compile(r"[\u4e00-\u9fff]*$")
SHARED = 3
"""Characters right before two figures that make them figures of one thing."""


def altered(text: str, amount: Amount, item: Evidence, printed: Sequence[Amount], *, alone: bool) -> str | None:
    """What speaks against the way in which the sentence words a printed figure, or None.

    Args:
        text: the sentence, its quotations blanked.
        amount: the figure in it.
        item: the evidence cited.
        printed: where it prints the figure.
        alone: whether no other figure of the sentence stands before: what is more or less than another is a comparison.
    """
    quote = item.place.quote
    said = f"{amount.printed}{amount.unit}"
    word = _hedge(text, amount)
    if word is not None and (alone or _kind(word) == "约") and not any(_same(word, _hedge(quote, place)) for place in printed):
        return f"{said} 在原文中没有「{word}」，数字请照录"
    if (left := _left_over(text, amount, item)) is not None:
        return f"{said} 在原文中不是「{left}」"
    if not _in_range(text, amount) and all(_in_range(quote, place) for place in printed):
        return f"{said} 在原文中是一个范围的一端，请写出整个范围"
    if _is_negative(text, amount) and not _negative(item, printed):
        return f"{said} 在原文中不是负数"
    joined = _JOINED.match(normal(text[amount.end :])) or _JOINS.search(normal(text[: amount.start]))
    if joined and not _MOVING.search(text) and not any(_in_range(quote, place) for place in printed):
        return f"{said} 在原文中不是一个范围的一端"
    return _of_another(text, amount, quote, printed)


def another_measure(text: str, sources: Sequence[str]) -> str | None:
    """What speaks against what figures are told to be for each of (每人每月), or None.

    Args:
        text: the sentence, its quotations blanked; its figures are printed ones.
        sources: the cited quotes, what describes them, and the question.
    """
    plain = [re.sub(r"每(?:一|个)", "每", normal(source)) for source in sources]
    for match in _PER.finditer(normal(text)):
        word = re.sub(r"每(?:一|个)", "每", match[0])
        if not any(word in source for source in plain):
            return f"「{match[0]}」与原文不一致，请照录"
    return None


def _left_over(text: str, amount: Amount, item: Evidence) -> str | None:
    """The word that makes a figure what is left over, where the original has no such word."""
    match = _LEFT.search(normal(text[: amount.start]))
    names = (name for fact in item.facts for name in (fact.item, fact.column or ""))
    sources = (item.place.quote, item.head, item.section, *names)
    return match[1] if match is not None and not any(match[1] in normal(source) for source in sources) else None


def _hedge(text: str, amount: Amount) -> str | None:
    """The word beside a figure that makes it more or less than itself, or denies it."""
    before = _BEFORE.search(normal(text[: amount.start]))
    if before is not None:
        return before["word"]
    after = _AFTER.match(normal(text[amount.end :])) or _AFTER.match(normal(text[amount.start : amount.end]).lstrip("+-0123456789.,"))
    return after["word"] if after is not None else None


def _same(word: str, other: str | None) -> bool:
    return other is not None and (word == other or _kind(word) == _kind(other) != "")


def _kind(word: str) -> str:
    return next((kind for kind, words in _KINDS if word in words), "")


def _in_range(text: str, amount: Amount) -> bool:
    """Whether a figure is one end of a range: 「9.80万元至12.50万元」."""
    before, after = normal(text[: amount.start]), normal(text[amount.end :])
    return _RANGE_AFTER.match(after) is not None or _RANGE_BEFORE.search(before) is not None


def _is_negative(text: str, amount: Amount) -> bool:
    """Whether a figure is written with a minus that takes it from nothing before it."""
    return normal(text[amount.start : amount.end])[:1] == "-" and _TAKEN.search(normal(text[: amount.start])) is None


def _negative(item: Evidence, printed: Sequence[Amount]) -> bool:
    quote = item.place.quote
    signs = (normal(quote[: place.start])[-1:] + normal(quote[place.start : place.end])[:1] for place in printed)
    values = {abs(place.value) for place in printed}
    return any("-" in sign or "(" in sign for sign in signs) or any(f.value < 0 and abs(f.value) in values for f in item.facts)


def _of_another(text: str, amount: Amount, quote: str, printed: Sequence[Amount]) -> str | None:
    """The thing that a figure is told of, where the quote prints that thing's own figure beside its very words, or None."""
    said, measure = _label(text, amount)
    if len(said) < SHARED or any(_common(said, _label(quote, place)[0]) for place in printed):
        return None
    for other in amounts.numbers(quote):
        rival = other.form is Form.FIGURE and other.unit == amount.unit and other.value != abs(amount.value)
        name, of = _label(quote, other)
        if rival and of == measure and _common(said, name) >= SHARED:
            return f"原文中「{said[-SHARED:]}」后面的数是 {other.printed}{other.unit}，不是 {amount.printed}{amount.unit}"
    return None


def _label(text: str, amount: Amount) -> tuple[str, str]:
    """The Chinese words right before a figure without what joins them to it, and their measure: 教育(类)支出决算为 is (教育支出, 决算)."""
    bare = _FILL.sub("", subjects.without_levels(normal(text[: amount.start])))
    measure = _MEASURE.search(bare)
    match = _RUN.search(_FILL.sub("", bare[: measure.start()] if measure is not None else bare))
    return (match[0] if match is not None else "", measure[0] if measure is not None else "")


def _common(a: str, b: str) -> int:
    """So many characters two labels end in alike."""
    count = 0
    for left, right in zip(reversed(a), reversed(b), strict=False):
        if left != right:
            break
        count += 1
    return count
