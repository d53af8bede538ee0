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
    r"(?:未|没有|没)[^,，。]{0,4}(?:说明|给出|写明|解释|提及|列明)[^。]{0,40}原因|原因[^。]{0,6}(?:未|没有)(?:说明|给出|写明)"
)
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:局|委员会|法院|检察院)")
_OWN_OFFICE = re.compile(r"[该本我两各全当格布结]局$|两院$|[该本各]委员会$")
_WIDE = re.compile(r"全市|全省|全国|全县|全区")
_JUDGING = re.compile(r"挪用|贪污|侵占|浪费|乱花|腐败|造假|作假|违法|违规|不合理|过高|过低|偏高|偏低|反映出|意味着|由此可见|表明")
_USED_FOR = re.compile(r"用于:?([^,。;]{4,})")
_COMPARING = re.compile(r"更[高低多少快慢大小]|超出了?预算|没有超|未超|超额完成|没有完成|未完成")
_LEVELS = re.compile(r"\((?:类|款|项)\)")
_TITLED = re.compile(r"《[^》]*》")
_SHARE = re.compile(r"占[^,。;]{0,20}$")
_FISCAL = "财政拨款"
_PART = re.compile(r"其中(?:[^其]*[,、:])?(?P<part>[\u4e00-\u9fff]{2,6}?)[为有是:]*[-+]?$")
"""A part, named right before its figure (the head of a sentence up to it)."""
_SUM = re.compile(r"总计|合计|总额$")
_OWN_NAME = re.compile(r"\d[^\d、]*、[\u4e00-\u9fff]{2,}(?:支出|收入|费|资金|补助)[为是:]*[-+]?$")
"""A figure, and another item named after it: 「12.00万元、丙资金」 (the head of a clause up to the next figure)."""
_FUNDS = ("一般公共预算", "政府性基金", "国有资本经营")
SHORTEST_PLACE = 2
"""Shortest name of a place or office (characters)."""
_PLAIN = re.compile(r"没有|未|无|不|请|资料|文件|如")
DULL = {
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
_UPKEEP = ("运行维护费", "运行费")
"""Documents write the statutory 公务用车运行维护费 either way."""
WORDED = 0.5
"""More than this part of a sentence without figures stands in its evidence, pair of characters by pair."""
SHORTEST = 3
"""Shortest item name (characters) that a sentence is taken to name."""


def names(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The items (as keys) that any evidence is about."""
    return frozenset(name for item in evidence for name in _about(item) if len(name) >= SHORTEST and name not in DULL)


def mentioned(text: str, known: frozenset[str]) -> list[tuple[int, str]]:
    """(end, item) of the items that a sentence names, in order; longer names cover shorter ones. `text` in normal form."""
    return list(_mentioned(re.sub(r"[\"']", "#", without_levels(text)), known))


def without_levels(text: str) -> str:
    """A text in normal form without the level of functional items, which names leave out: 「卫生健康(类)支出」."""
    return _LEVELS.sub("", text)


@lru_cache(maxsize=512)
def _mentioned(text: str, known: frozenset[str]) -> tuple[tuple[int, str], ...]:
    bare = text.replace("#", "")
    taken: list[tuple[int, int, str]] = []
    for name in sorted(known, key=len, reverse=True):
        start = bare.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(a < end and start < b for a, b, _ in taken):
                taken.append((start, end, name))
            start = bare.find(name, start + 1)
    return tuple((end, name) for _, end, name in sorted(taken))


def misplaced(text: str, amount: Amount, item: Evidence, printed: Sequence[Amount], known: frozenset[str]) -> str | None:
    """What speaks against the figure being of the item that the sentence names, or None.

    Args:
        text: the sentence, its quotations blanked.
        amount: the figure in it.
        item: the cited evidence.
        printed: where it prints the figure.
        known: items that any evidence is about.
    """
    facts = [f for f in item.facts if amounts.same(abs(f.value), f.unit, abs(amount.value), amount.unit)]
    text = _TITLED.sub(lambda match: "《" + "某" * (len(match[0]) - 2) + "》", text)
    said = mentioned(normal(text), known)
    if not said:
        return None
    if not facts:
        return _unread(amount, item, said)
    own = {part for fact in facts for part in parts(fact)}
    rows = {key(fact.item) for fact in facts}
    head = re.sub(r"[\"']", "", without_levels(normal(text[: amount.start])))
    before = [name for end, name in said if end <= len(head)]
    share = amount.unit == "%" and _SHARE.search(head) is not None
    told = before[-1:] if before and not share else [name for _, name in said]
    if (total := _other_total(text, told, facts, item)) is not None:
        return f"{amount.printed}{amount.unit} 在原文中属于「{total}」，不属于「{told[-1]}」"
    if any(related(name, other) for name in told for other in own) and not _column_alone([name for _, name in said], facts, item, rows):
        return None
    if any(_told_of(name, _clause(item.place.quote, p)) for name in told for p in printed) or _part_of(head, told, facts):
        return None
    return f"{amount.printed}{amount.unit} 在原文中属于「{facts[0].item}」，不属于「{told[-1]}」"


def _other_total(text: str, told: Sequence[str], facts: Sequence[Fact], item: Evidence) -> str | None:
    """The total that a figure is of, where the sentence names that of other money: 收入总计 for 财政拨款收入总计, or the reverse."""
    said, printed = normal(text), normal(f"{item.place.quote}{item.section}{item.head}")
    totals = [name for name in told if _SUM.search(name)]
    if not totals or not all(_SUM.search(key(fact.item)) for fact in facts):
        return None
    for fact in facts:
        own = {fund for fund in (_FISCAL, *_FUNDS) if fund in key(fact.item)}
        named = {fund for fund in (_FISCAL, *_FUNDS) if fund in said}
        if any(key(fact.item) == name for name in totals) or (own <= named <= own | {f for f in named if f in printed}):
            return None
    return facts[0].item


def _column_alone(said: Sequence[str], facts: Sequence[Fact], item: Evidence, rows: set[str]) -> bool:
    """Whether a sentence names only the column of a figure (本年支出合计) and not its row, which is no total."""
    if not all(fact.source == "table" for fact in facts) or not rows.isdisjoint(DULL) or any("合计" in r or "总计" in r for r in rows):
        return False
    parents = {key(name) for fact in facts for name in fact.path}
    return not any(related(name, other) for name in said for other in (*rows, *parents, *map(key, item.items)))


def _unread(amount: Amount, item: Evidence, said: Sequence[tuple[int, str]]) -> str | None:
    """What speaks against a printed figure that the rules read no fact from: evidence about other items only, or None."""
    about = {key(name) for name in item.items} | {part for fact in item.facts for part in (*parts(fact), *map(key, fact.path))}
    named = frozenset(name for _, name in said)
    if not about or _is_about(item, named) or any(related(name, other) for name in named for other in about):
        return None
    return f"{amount.printed}{amount.unit} 所在的材料说的是「{min(about, key=len)}」，不是「{said[-1][1]}」"


def _told_of(name: str, clause: str) -> bool:
    """Whether a clause names an item before its end, and no other one with a figure of its own after it.

    In a row the name is at least half of a cell: a cell that mentions it among other things is about them all.
    """
    if "|" in clause:
        return any(name in cell and len(cell) <= 2 * len(name) for cell in map(key, clause.split("|")))
    at = clause.rfind(name)
    return at >= 0 and _OWN_NAME.search(clause[at + len(name) :]) is None


def another_scope(text: str, amount: Amount, facts: Sequence[Fact], titles: str) -> str | None:
    """What speaks against the figure being of the fund that the sentence names, or None.

    After 「…：」 a fund that stands in another figure's clause (一般公共预算4万元，事业收入3万元) is that figure's alone.

    Args:
        text: the sentence.
        amount: the figure, in it.
        facts: what the rules read in the figure.
        titles: what is printed with the figure and above it, wherever it is printed: quotes, section headings, titles of tables.
    """
    head, colon, told = text[: amount.start].partition("：")
    form = normal(f"{head}{re.split('[，；]', told)[-1]}" if colon else text)
    for fund in _FUNDS:
        if fund in form and facts and fund not in normal(titles) and all(f.scope is not None and fund not in f.scope for f in facts):
            return f"所引数字的口径是「{facts[0].scope}」，不是「{fund}」"
    return None


def _part_of(head: str, told: Sequence[str], facts: Sequence[Fact]) -> bool:
    """Whether a figure is given as a part of what the sentence names before it: 实有行政人员 in 「实有人员9人，其中行政7人」."""
    part = _PART.search(re.split(r"[。;]", head)[-1])
    return part is not None and any(key(fact.item).replace(part["part"], "", 1) in told for fact in facts if part["part"] in key(fact.item))


def _clause(quote: str, printed: Amount) -> str:
    """What is printed in the same clause before a figure (normal form without quotation marks)."""
    return re.split(r"[,。;]", re.sub(r"[\"']", "", without_levels(normal(quote[: printed.start]))))[-1]


def another_year(text: str, amount: Amount, facts: Sequence[Fact], *, prior: bool) -> str | None:
    """What speaks against the figure being of the year that the sentence names, or None. `prior`: it is called last year's."""
    years = {int(a.value) for a in amounts.numbers(without_names(text, facts)) if a.form is Form.YEAR}
    theirs = {fact.year for fact in facts if fact.year is not None}
    if not years or not theirs or years & theirs or (prior and {year - 1 for year in years} & theirs):
        return None
    return f"{amount.printed}{amount.unit} 在原文中是 {max(theirs)} 年的，不是 {max(years)} 年的"


def without_names(text: str, facts: Iterable[Fact]) -> str:
    """The sentence without the items' own names, which may print years and figures: 「2021年普查经费」, 「“2022”行动」."""
    for name in sorted({fact.item for fact in facts}, key=len, reverse=True):
        if re.search(r"\d", name) and re.search(r"[\u4e00-\u9fff]{4}", name) and (spot := find(name, text)) is not None:
            text = f"{text[: spot[0]]}{'某' * (spot[1] - spot[0])}{text[spot[1] :]}"
    return text


def another_body(sentence: Sentence, cited: Mapping[str, Evidence], question: str) -> str | None:
    """A body or place that the sentence names and no cited evidence is of, or None."""
    orgs = dict.fromkeys(e.org for e in cited.values() if e.org)
    known = normal("".join(f"{e.org}{e.head}{e.section}{e.place.quote}" for e in cited.values()) + question)
    known += "".join(alias for org in orgs for alias in bodies.names(org))
    text = normal(_QUOTED.sub("", sentence.text))
    for place in (*bodies.places(text), *_OFFICE.findall(text)):
        # The pattern may have taken words before the name; an end of it that is known will do.
        if not _OWN_OFFICE.search(place) and not any(place[i:] in known for i in range(len(place) - 1) if len(place) - i >= SHORTEST_PLACE):
            return f"没有材料属于「{place}」；所引材料属于 {'、'.join(orgs) or '别的单位'}"
    wide = next((word for word in _WIDE.findall(text) if word not in known), None)
    return f"所引材料说的不是「{wide}」，而是 {'、'.join(orgs) or '一个单位'}" if wide else None


def unfounded_reason(
    sentence: Sentence, cited: Mapping[str, Evidence], book: Mapping[str, Evidence], subject: frozenset[str], known: frozenset[str]
) -> str | None:
    """What speaks against a sentence that gives a reason, or None.

    A reason is quoted, from evidence about the item that the sentence (or the one before) names; that there is none may be
    said only where none of the `book` about the item gives one.
    """
    text = _QUOTED.sub("", sentence.text)
    named = frozenset(name for _, name in mentioned(normal(text), known)) or subject
    if _UNEXPLAINED.search(text):
        about = [e for e in book.values() if _is_about(e, named)] if named else list(cited.values())
        return "材料里写有原因，请照录" if any("原因" in e.place.quote for e in about) else None
    if not _REASON.search(text):
        return None
    quotations = _QUOTED.findall(sentence.text)
    if not quotations:
        return "原因要用「」照录原文，不能自己写"
    for words in quotations:
        sources = [e for e in cited.values() if find(words, e.place.quote)]
        if named and sources and not any(_explains(e, named, words, known) for e in sources):
            return f"「{words}」说的不是{'、'.join(sorted(named))}的原因"
    return None


def unfounded_claim(sentence: Sentence, cited: Mapping[str, Evidence], known: frozenset[str], *, figures: bool) -> str | None:
    """What speaks against words that no figure can bear out: judgements, uses of money, comparisons without figures; or None."""
    text = normal(_QUOTED.sub("", sentence.text))
    quotes = [normal(e.place.quote) for e in cited.values()]
    heads = [normal(f"{e.org}{e.head}{e.section}{e.doc}") for e in cited.values()]
    for word in _JUDGING.findall(text):
        if not any(word in quote for quote in quotes):
            return f"「{word}」是评价或推断，原文没有写"
    for words in _USED_FOR.findall(text):
        if not any(words in quote for quote in quotes):
            return f"「用于{words}」与原文不一致，请照录"
    if _COMPARING.search(text) and not figures:
        return "比较要写出两边的数字"
    if (
        not figures
        and not _QUOTED.search(sentence.text)
        and not _PLAIN.search(text)
        and not _is_worded(_nameless(text, known), [*quotes, *heads])
    ):
        return "这句话的说法在所引材料里找不到"
    return None


def _nameless(text: str, known: frozenset[str]) -> str:
    """The text without the items that it names: that they are named says nothing for what is said of them."""
    for _, name in mentioned(text, known):
        text = text.replace(name, "")
    return text


def _is_worded(text: str, sources: Sequence[str]) -> bool:
    """Whether most of what a sentence says (pairs of characters) stands in what it cites."""
    words = re.sub(r"[^\u4e00-\u9fff]", "", text)
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return not pairs or sum(any(pair in source for source in sources) for pair in pairs) / len(pairs) > WORDED


def bare(sentence: Sentence) -> bool:
    """Whether a sentence cites nothing although it states something."""
    return not sentence.labels and not sentence.derivations and not _PLAIN.search(sentence.text)


def _about(item: Evidence) -> set[str]:
    return {key(name) for name in item.items} | {key(fact.item) for fact in item.facts}


def _is_about(item: Evidence, named: frozenset[str]) -> bool:
    quote = re.sub(r"[\"']", "", normal(item.place.quote))
    return any(name in quote or any(related(name, other) for other in _about(item)) for name in named)


def _explains(item: Evidence, named: frozenset[str], words: str, known: frozenset[str]) -> bool:
    """Whether a quote's reason can be one for the items: those it was read for, or those named last before it."""
    quote, sought = normal(item.place.quote), normal(words)
    # One reason may be given twice, of a whole and of its part.
    said = [mentioned(quote[: match.start()], known) for match in re.finditer(re.escape(sought), quote)]
    last = [before[-1][1] for before in said if before]
    if len(set(item.items)) > 1 and _is_another(said, named, quote, item):
        return False
    if any(related(name, key(other)) for name in named for other in item.items):
        return True
    if item.items and last and len(last) == len(said) and not any(related(name, other) for name in named for other in last):
        return False
    about = _about(item)
    if about:
        return any(related(name, other) for name in named for other in about)
    return _is_about(item, named)


def _is_another(said: Sequence[Sequence[tuple[int, str]]], named: frozenset[str], quote: str, item: Evidence) -> bool:
    """Whether every place of a reason is behind another item with figures of its own, or before the first that is meant is named.

    For evidence that explains several items.
    """
    about = _about(item)
    plain = re.sub(r"[\"']", "", quote)
    if not any(name in plain for name in named):
        return False
    for before in said:
        told = [name for _, name in before]
        if any(related(name, other) for name in named for other in told[-1:]) or (told and told[-1] not in about):
            return False
    return bool(said)


def parts(fact: Fact) -> set[str]:
    """The names a fact goes by: its item, and the column's where it stands in a table."""
    columns = (fact.column or "").split("/")
    return {key(fact.item), *(key(column) for column in columns if column)}


def related(name: str, other: str) -> bool:
    """Whether two names (as keys) can mean one item: one holds the other."""
    name, other = name.replace(*_UPKEEP), other.replace(*_UPKEEP)
    return name == other or (len(other) >= SHORTEST and (name in other or other in name))
