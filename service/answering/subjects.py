"""What a sentence is about: the item, column and year it names must be those of the evidence it cites."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from service import amounts
from service.amounts import Amount, Form
from service.answering.draft import Evidence
from service.answering.matching import key, stem
from service.records import Fact
from service.text import find, normal

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
_UPKEEP = ("运行维护费", "运行费")
"""Documents write the statutory 公务用车运行维护费 either way."""
RESEMBLED = 0.7
"""At least this part of a name's pairs of characters stands in a sentence that names it in words of its own."""
SHORTEST = 3
"""Shortest item name (characters) that a sentence is taken to name wherever it stands."""
_SHORT_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[和及与的中])$")
_SHORT_AFTER = re.compile(r"^(?:支出|收入)?(?:(?:年初|全年|调整)?(?:预算|决算)|执行)?数?[为是共计:|]*[-+]?\d")
"""What stands around a name of two characters, which is part of many words, where it is an item's: 「、奖金34.57万元」."""
_QUOTED = re.compile(r"「([^「」]+)」")


def names(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The items (as keys) that any evidence is about."""
    return frozenset(name for item in evidence for name in about(item) if len(name) > 1 and name not in DULL)


def unquoted(text: str, cited: Iterable[Evidence]) -> str:
    """The sentence without the marks around names of the cited items: 「图书采购」 names an item and quotes nothing."""
    named = {key(fact.item) for item in cited for fact in item.facts}
    return _QUOTED.sub(lambda match: match[1] if key(match[1]) in named else match[0], text)


def mentioned(text: str, known: frozenset[str]) -> list[tuple[int, str]]:
    """(end, item) of the items that a sentence names, in order; longer names cover shorter ones. `text` in normal form.

    A name of two characters is one where it stands alone before a figure.
    """
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
            if not any(a < end and start < b for a, b, _ in taken) and (len(name) >= SHORTEST or _stands_alone(bare, start, end)):
                taken.append((start, end, name))
            start = bare.find(name, start + 1)
    return tuple((end, name) for _, end, name in sorted(taken))


def _stands_alone(text: str, start: int, end: int) -> bool:
    return _SHORT_BEFORE.search(text[:start]) is not None and _SHORT_AFTER.match(text[end:]) is not None


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
    if _is_whole(head, rows) or _indicates(head, [(end, name) for end, name in said if end <= len(head)], facts):
        return None
    if any(_begins(item.place.quote, p) for p in printed) and any(related(name, key(other)) for name in told for other in item.items):
        return None  # a page break parts the item's name from its figure
    return f"{amount.printed}{amount.unit} 在原文中属于「{facts[0].item}」，不属于「{told[-1]}」"


def resembled(text: str, known: frozenset[str]) -> frozenset[str]:
    """The items that a sentence names in words of its own: most of a name's pairs of characters stand in it."""
    form = normal(text)
    return frozenset(name for name in known if len(name) >= SHORTEST and _share(name, form) >= RESEMBLED)


def _share(name: str, text: str) -> float:
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)


def own_places(text: str, amount: Amount, item: Evidence, printed: list[Amount], known: frozenset[str]) -> list[Amount]:
    """Where a quote prints a figure right behind the item that the sentence names for it; all places where it does nowhere."""
    told = mentioned(normal(text[: amount.start]), known)[-1:]
    own = [
        place
        for place in printed
        for _, name in mentioned(normal(item.place.quote[: place.start]), known)[-1:]
        if any(related(name, other) for _, other in told)
    ]
    return own or printed


def _is_whole(head: str, rows: Iterable[str]) -> bool:
    """Whether a figure is told as the total that another is a share of: 「甲（2万元）占合计（5万元）的40%」."""
    return any(row in DULL and re.search(rf"占(?:《某*》)?{re.escape(row)}\($", head) for row in rows)


def _begins(quote: str, printed: Amount) -> bool:
    """Whether a quote begins with a figure, whose name stands before the quote."""
    return not quote[: printed.start].strip()


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
    told = {key(name) for name in item.items} | {part for fact in item.facts for part in (*parts(fact), *map(key, fact.path))}
    named = frozenset(name for _, name in said)
    if not told or is_about(item, named) or any(related(name, other) for name in named for other in told):
        return None
    return f"{amount.printed}{amount.unit} 所在的材料说的是「{min(told, key=len)}」，不是「{said[-1][1]}」"


def _told_of(name: str, clause: str) -> bool:
    """Whether a clause names an item before its end, and no other one with a figure of its own after it.

    In a row the name is at least half of a cell: a cell that mentions it among other things is about them all.
    """
    short = len(name) < SHORTEST
    if "|" in clause:
        return any(name == cell if short else name in cell and len(cell) <= 2 * len(name) for cell in map(key, clause.split("|")))
    at = clause.rfind(name)
    return at >= 0 and (not short or _SHORT_BEFORE.search(clause[:at]) is not None) and _OWN_NAME.search(clause[at + len(name) :]) is None


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


def _indicates(head: str, before: Sequence[tuple[int, str]], facts: Sequence[Fact]) -> bool:
    """Whether a figure of an indicator is told under its project, and the indicator is named before: 「入馆人次」（图书馆运行）得分8分."""
    if len(before) < 2:
        return False
    (at, name), (end, told) = before[-2:]
    if re.search(r"\d", head[at : end - len(told)]):
        return False
    own = [fact for fact in facts if key(fact.item) == name and any("指标" in level for level in fact.path)]
    return any(told == key(level) for fact in own for level in fact.path)


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


def about(item: Evidence) -> set[str]:
    """The items (as keys) that evidence was read for."""
    return {key(name) for name in item.items} | {key(fact.item) for fact in item.facts}


def is_about(item: Evidence, named: frozenset[str]) -> bool:
    """Whether evidence is about one of the items (keys): it was read for it, or its quote names it."""
    quote = re.sub(r"[\"']", "", normal(item.place.quote))
    return any(name in quote or any(related(name, other) for other in about(item)) for name in named)


def parts(fact: Fact) -> set[str]:
    """The names a fact goes by: its item, and the column's where it stands in a table."""
    columns = (fact.column or "").split("/")
    return {key(fact.item), *(key(column) for column in columns if column)}


def related(name: str, other: str) -> bool:
    """Whether two names (as keys) can mean one item: one holds the other; a name of two characters means only itself."""
    if len(name) < SHORTEST:
        return name == stem(other)  # 电费 is part of 邮电费 only as a word
    name, other = name.replace(*_UPKEEP), other.replace(*_UPKEEP)
    return name == other or (len(other) >= SHORTEST and (name in other or other in name))
