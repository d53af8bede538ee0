"""What a sentence is about: the item, year and body it names must be those of the evidence it cites, and reasons must be quoted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from service import amounts
from service.amounts import Amount, Form
from service.answering import bodies
from service.answering.draft import Evidence, Sentence
from service.answering.matching import key
from service.records import Fact
from service.text import find, normal

_REASON = re.compile(r"原因|因为|由于|是因|缘于|主要是")
_UNEXPLAINED = re.compile(
    r"(?:未|没有|没)(?:有)?(?:说明|给出|写明|解释|提及|列明)[^。]{0,12}原因|原因[^。]{0,6}(?:未|没有)(?:说明|给出|写明)"
)
_PLAIN = re.compile(r"没有|未|无|不|请|资料|文件|如")
_DULL = {
    "合计",
    "总计",
    "小计",
    "决算",
    "预算",
    "决算数",
    "预算数",
    "金额",
    "执行率",
    "分值",
    "得分",
    "年初预算",
    "年初预算数",
    "全年预算数",
    "支出",
    "收入",
}
_QUOTED = re.compile(r"「([^「」]+)」")
SHORTEST = 3
"""Shortest item name (characters) that a sentence is taken to name."""


def names(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The items (as keys) that any evidence is about."""
    return frozenset(name for item in evidence for name in _about(item) if len(name) >= SHORTEST and name not in _DULL)


def mentioned(text: str, known: frozenset[str]) -> list[tuple[int, str]]:
    """(end, item) of the items that a sentence names, in order; longer names cover shorter ones. `text` in normal form."""
    return list(_mentioned(re.sub(r"[\"']", "#", text), known))


@lru_cache(maxsize=512)
def _mentioned(text: str, known: frozenset[str]) -> tuple[tuple[int, str], ...]:
    plain = text.replace("#", "")
    taken: list[tuple[int, int, str]] = []
    for name in sorted(known, key=len, reverse=True):
        start = plain.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(a < end and start < b for a, b, _ in taken):
                taken.append((start, end, name))
            start = plain.find(name, start + 1)
    return tuple((end, name) for _, end, name in sorted(taken))


def misplaced(text: str, amount: Amount, facts: Sequence[Fact], known: frozenset[str]) -> str | None:
    """What speaks against the figure being of the item that the sentence names, or None.

    Args:
        text: the sentence, its quotations blanked.
        amount: the figure in it.
        facts: the facts of the cited evidence with that figure.
        known: items that any evidence is about.
    """
    said = mentioned(normal(text), known)
    if not said or not facts:
        return None
    own = {part for fact in facts for part in _parts(fact)}
    at = len(re.sub(r"[\"']", "", normal(text[: amount.start])))
    before = [name for end, name in said if end <= at]
    told = before[-1:] if before and amount.unit != "%" else [name for _, name in said]
    if any(_related(name, other) for name in told for other in own):
        return None
    return f"{amount.printed}{amount.unit} 在原文中属于「{facts[0].item}」，不属于「{told[-1]}」"


def another_year(text: str, amount: Amount, facts: Sequence[Fact], *, prior: bool) -> str | None:
    """What speaks against the figure being of the year that the sentence names, or None. `prior`: it is called last year's."""
    years = {int(a.value) for a in amounts.numbers(text) if a.form is Form.YEAR}
    theirs = {fact.year for fact in facts if fact.year is not None}
    if not years or not theirs or years & theirs or (prior and {year - 1 for year in years} & theirs):
        return None
    return f"{amount.printed}{amount.unit} 在原文中是 {max(theirs)} 年的，不是 {max(years)} 年的"


def another_body(sentence: Sentence, cited: Mapping[str, Evidence], question: str) -> str | None:
    """A body or place that the sentence names and no cited evidence is of, or None."""
    known = normal("".join(f"{e.org}{e.head}{e.section}{e.place.quote}" for e in cited.values()) + question)
    return next((f"所引材料不是「{place}」的" for place in bodies.places(_QUOTED.sub("", sentence.text)) if place not in known), None)


def unfounded_reason(sentence: Sentence, cited: Mapping[str, Evidence], subject: frozenset[str], known: frozenset[str]) -> str | None:
    """What speaks against a sentence that gives a reason, or None.

    A reason is quoted, from evidence about the item that the sentence (or the one before) names; that there is none may be
    said only of evidence that gives none.
    """
    text = _QUOTED.sub("", sentence.text)
    if _UNEXPLAINED.search(text):
        told = any("原因" in e.place.quote for e in cited.values())
        return "所引材料写有原因，请照录" if told else None
    quotations = _QUOTED.findall(sentence.text)
    if not _REASON.search(text):
        return None
    if not quotations:
        return "原因要用「」照录原文，不能自己写"
    named = frozenset(name for _, name in mentioned(normal(text), known)) or subject
    if not named:
        return None
    for words in quotations:
        sources = [e for e in cited.values() if find(words, e.place.quote)]
        if sources and not any(_is_about(e, named) for e in sources):
            return f"「{words}」说的不是{'、'.join(sorted(named))}的原因"
    return None


def bare(sentence: Sentence) -> bool:
    """Whether a sentence cites nothing although it states something."""
    return not sentence.labels and not sentence.derivations and not _PLAIN.search(sentence.text)


def _about(item: Evidence) -> set[str]:
    return {key(name) for name in item.items} | {key(fact.item) for fact in item.facts}


def _is_about(item: Evidence, named: frozenset[str]) -> bool:
    quote = re.sub(r"[\"']", "", normal(item.place.quote))
    return any(name in quote or any(_related(name, other) for other in _about(item)) for name in named)


def _parts(fact: Fact) -> set[str]:
    """The names a fact goes by: its item, and the column's where it stands in a table."""
    columns = (fact.column or "").split("/")
    return {key(fact.item), *(key(column) for column in columns if column)}


def _related(name: str, other: str) -> bool:
    return name == other or (len(other) >= SHORTEST and (name in other or other in name))
