"""Items that prose tells one after another with their figures: which there are, what several make, a part's share, the greatest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from service.amounts import YUAN, plain
from service.answering import quoting, tallies, wording
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.matching import key
from service.answering.plan import Ask
from service.answering.tallies import Tally, Told
from service.records import DocumentInfo
from service.text import normal

MOST_DOCUMENTS = 2
ENOUGH = 0.6
"""Least share of the question's telling pairs of characters that the sentence and its headings must hold."""
LEAST = 0.3
"""Where the question names the items themselves, so much of it will do."""
NAMED = 3
"""An item is named by so many characters of its name, or by all."""
FEW = 2
"""A sum is of so many items at least."""
_USES = re.compile(
    r"(?:花|用|投|安排|分|拨)[在到给于]?了?(?:[几哪]|什么|啥)[^,。]{0,3}(?:事|方面|地方|项目|块|用途|上|里|去)|"
    r"(?:哪[几些]|几)(?:件事|方面|个方面|块|笔|项)[^,。]{0,6}(?:各|分别|花|用|多少|$)|(?:具体|都|各)(?:花|用)在"
)
_SHARE = re.compile(r"占[^,。]{0,16}(?:百分之|比例|比重|多少|几成|多大|%)|占比")
_SUM = re.compile(r"一共|合计|总共|共计|加(?:起来|在?一块|在?一起)|合起来|之和|两项|三项|加上")
_MOST = re.compile(r"最(?:多|大|高)|大头")
_LEAST = re.compile(r"最(?:少|小|低)")
_MONEY = re.compile(r"预算|决算|钱|花|经费|资金|支出|金额|费用")
_EXCEPT = re.compile(r"除了[^,。]*?(?:以外|之外|外|,|，)")
_NUMERALS = "一二三四五六七八九十"
_COUNTED = re.compile(r"([一二三四五六七八九十]|\d+)个?([\u4e00-\u9fff]{2})")
_PRINTED = re.compile(r"[,，]?占")
"""Right behind a part: its share is printed."""
_DULL = re.compile(
    r"20\d\d年?度?|今年|去年|本年|全年|多少|几[个件项块笔家]?|什么|哪[些几个]?|打算|准备|计划|安排|一共|总共|合计|分别|各|花|用|在|了|的|是|占|百分之|比例|比重|钱|万元|元|"
    r"最[多大高少小低]|加起来|加一块|两项|三项|事|上|方面|地方|吗|呢|里|中|和|与|、|#+|支出|其他|共"
)


@dataclass(frozen=True, slots=True)
class _Found:
    said: float
    info: DocumentInfo
    tally: Tally


def tell(desk: Desk, *, known: bool = False) -> list[Sentence] | None:
    """What the list that the question is about answers; None where it asks nothing of a list, or prose tells none.

    Args:
        desk: the composition.
        known: lists of which facts were read, too: where the facts did not answer.
    """
    text = desk.plan.topic or desk.plan.text
    few = len(desk.plan.items) < FEW  # several items that facts are read of are the facts' to tell
    if desk.plan.ask in (Ask.WHY, Ask.DEFINITION) or not 0 < len(desk.documents) <= MOST_DOCUMENTS:
        return None
    if _SHARE.search(text) and (found := _share(desk, _EXCEPT.sub("", text), known=known and few)):
        return found
    if _SUM.search(text) and (found := _sum(desk, text, known=few)):
        return found
    if _MOST.search(text) or _LEAST.search(text):
        return _extreme(desk, text, known=known and few)
    return _uses(desk, text) if _USES.search(text) else None


def _uses(desk: Desk, text: str) -> list[Sentence] | None:
    """The whole sentence that tells what the money is for."""
    money = [f for f in _tallies(desk, text) if f.tally.entries[0].amount.unit in YUAN]
    best = max(money, key=lambda f: (f.said, len(f.tally.entries)), default=None)
    if best is None or best.said < ENOUGH:
        return None
    labels = tallies.cited(desk, best.info, best.tally.unit)
    return [Sentence(f"文件写明：「{best.tally.unit.text.rstrip('。；;，')}」。", labels)]


def _share(desk: Desk, text: str, *, known: bool) -> list[Sentence] | None:
    """A part that only prose tells as a share of what its list adds up to."""
    head = text.split("占", 1)[0]
    if not known:
        # Words of an item that facts are read of name no entry of a list: 公务员 in 公务员医疗补助.
        for item in desk.plan.items:
            head = head.replace(desk.plan.text[item.start : item.end], "#") if item.start < item.end else head
    for found in _tallies(desk, text):
        whole = found.tally.whole
        named = [t for t in _named(found.tally, head) if not known or _EXCEPT.search(desk.plan.text) or _of_items(desk, t)]
        if found.said < LEAST or whole is None or len(named) != 1 or not whole.amount.value or not (known or _new(desk, found)):
            continue
        part = named[0]
        if _PRINTED.match(found.tally.unit.text[part.amount.end :]):
            continue
        labels = tallies.cited(desk, found.info, found.tally.unit)
        terms = tuple(tallies.term(desk, labels, t.amount) for t in (part, whole))
        value = wording.percent(100 * part.amount.value / whole.amount.value)
        sentence = f"{part.name}（{tallies.shown(part.amount)}）占{tallies.shown(whole.amount)}的{value}%。"
        return [Sentence(sentence, labels, (Derivation(value, "%", Operation.SHARE, terms),))]
    return None


def _of_items(desk: Desk, told: Told) -> bool:
    """Whether an entry is called as an item asked is: 参照公务员法管理人员 is not 公务员医疗补助."""
    names = [key(name) for m in desk.plan.items for name in m.names]
    return not names or any(name in key(told.name) or key(told.name) in name for name in names)


def _sum(desk: Desk, text: str, *, known: bool) -> list[Sentence] | None:
    """Several items of one list that the question names, added up."""
    for found in _tallies(desk, text):
        named = _named(found.tally, text)
        every = _all_of_kind(found.tally, text) if len(named) < FEW else []
        named = every or named
        if len(named) < FEW or (found.said < LEAST and not every) or not (known or _new(desk, found)):
            continue
        labels = tallies.cited(desk, found.info, found.tally.unit)
        terms = tuple(tallies.term(desk, labels, t.amount) for t in named)
        value, unit = plain(sum((t.amount.value for t in named), Decimal(0))), named[0].amount.unit
        shown = " + ".join(f"{t.name}{tallies.shown(t.amount)}" for t in named)
        return [Sentence(f"合计{value}{unit}（{shown}）。", labels, (Derivation(value, unit, Operation.SUM, terms),))]
    return None


def _all_of_kind(tally: Tally, text: str) -> list[Told]:
    """All entries, where the question counts them by the word that they share, and names what they are: 四个季度的用款计划."""
    for number, kind in _COUNTED.findall(text):
        size = int(number) if number.isdecimal() else _NUMERALS.find(number) + 1
        if size == len(tally.entries) and all(
            kind in t.name and len(_longest(t.name.replace(kind, "#"), text)) >= NAMED for t in tally.entries
        ):
            return list(tally.entries)
    return []


def _extreme(desk: Desk, text: str, *, known: bool) -> list[Sentence] | None:
    """The greatest (or least) item of the list that the question is about, with the sentence that tells them all."""
    if "项目" in text and any(f.part == "projects" for info in desk.documents for f in desk.material.facts(info.doc)):
        return None  # a table lists them all
    told = [f for f in _tallies(desk, text) if f.said >= ENOUGH and (known or _new(desk, f)) and f.tally.entries[0].amount.unit != "%"]
    lists = [f for f in told if f.tally.entries[0].amount.unit in YUAN or not _MONEY.search(text)]
    best = max(lists, key=lambda f: (f.said, len(f.tally.entries)), default=None)
    if best is None:
        return None
    least = _LEAST.search(text) is not None
    top = min(best.tally.entries, key=lambda t: t.amount.value if least else -t.amount.value)
    labels = tallies.cited(desk, best.info, best.tally.unit)
    lead = f"最{'少' if least else '多'}的是{top.name}：{tallies.shown(top.amount)}。"
    return [Sentence(lead, labels), Sentence(f"文件写明：「{best.tally.unit.text.rstrip('。；;，')}」。", labels)]


def _tallies(desk: Desk, text: str) -> Iterator[_Found]:
    """The lists of prose, with how much of the question their sentence and headings hold."""
    asked = _pairs(_DULL.sub(" ", text))
    for info in desk.documents:
        for unit in quoting.reading(desk, info).units:
            if unit.is_row or not asked:
                continue
            where = unit.form + unit.head.split("/")[-1]
            held = sum(1 for pair in asked if pair in where)
            if not held:
                continue
            for tally in tallies.of(unit):
                yield _Found(held / len(asked), info, tally)


def _new(desk: Desk, found: _Found) -> bool:
    """Whether no facts were read of most of the list's items: else the facts answer."""
    form = normal(found.tally.unit.text)
    facts = [f for f in desk.material.facts(found.info.doc) if f.source == "text" and normal(f.place.quote)[:12] in form]
    known = sum(1 for t in found.tally.entries if any(abs(f.value) == t.amount.value and f.unit == t.amount.unit for f in facts))
    return known * 2 <= len(found.tally.entries)


def _named(tally: Tally, text: str) -> list[Told]:
    """The entries that the question names, by as many characters as no other entry's name has."""
    named = []
    for entry in tally.entries:
        others = [t.name for t in tally.entries if t is not entry]
        word = _longest(entry.name, text)
        if word and not any(word in other for other in others) and (len(word) >= NAMED or word == entry.name):
            named.append(entry)
    return named


def _longest(name: str, text: str) -> str:
    """The longest stretch of a name that a text holds."""
    parts = (name[a:b] for a in range(len(name)) for b in range(a + 2, len(name) + 1))
    return max((p for p in parts if p in text), key=len, default="")


def _pairs(text: str) -> list[str]:
    words: Sequence[str] = re.split(r"[^\u4e00-\u9fff]+", normal(text))
    return [a + b for word in words for a, b in pairwise(word)]
