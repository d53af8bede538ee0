"""Which of the documents' item names a question means: by the name, by a synonym, by a part of it, or with a typo."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from service import lexicon
from service.answering import officials, qualifying, resemblance, shortening
from service.text import normal

SHORTEST = 3
"""Shortest common part (characters) that can name an item."""
LONG_PART = 6
"""A common part of so many characters names an item whatever its share of the name."""
ENOUGH = 0.75
"""Least share of a name (without 支出, 经费 …) that a shorter part must be."""
LEAST_MISTYPED = 4
"""Shortest name that is recognised with a wrong character."""
LONGEST_PREFIX = 3
"""A name may be said without so many first characters: 医疗救助 for 城乡医疗救助."""
LONGEST_TAIL = 4
"""A long name may be said without so many last characters."""
MOSTLY = 0.6
"""Share from which a longer name replaces a citizen's word that stands in it."""
ALMOST = 0.9
"""Share from which a name is said almost in full."""
MOST_NAMES = 4
"""So many names of one match are kept."""

_DULL = {
    "合计",
    "支出",
    "收入",
    "项目",
    "总计",
    "小计",
    "其他",
    "类",
    "款",
    "项",
    "金额",
    "单位",
    "部门",
    "预算",
    "决算",
    "年度",
    "本年",
    "其中",
    "总额",
    "预算数",
    "决算数",
}
_PROJECT = re.compile(r"([\u4e00-\u9fff]{3,14}?)(?:那个|这个|的那个|的|那笔|这一?)?项目")
_DATED = re.compile(r"^20\d\d年?度?")
"""A project's name may be said without its year."""
_LETTERED = re.compile(r"(?:货物|工程|服务)[A-Ca-c]")
"""The catalogue of procurement letters its three kinds; they are said without, where nothing else is called so."""
_KINDS = ("货物", "工程", "服务")
_BEFORE_KIND = re.compile(r"(?:采购|购买|买|政府|[和与跟同及、比占加还是的里中有年在头面内下上个只用花给把])$|(?:货物|工程|服务)类?$")
_INSERTED = re.compile(r"(?<=[\u4e00-\u9fff]{2})\([\u4e00-\u9fff]{1,4}\)(?=[\u4e00-\u9fff])")
"""A name may be said without what brackets put into it: 中心(分)校 is 中心校."""
_SIDES = ("收入", "支出")
_JOINTS = {"、", "和", "与", "跟", "及", ","}
_BESIDE = re.compile(r"#(?:和|与|跟|同|及|、|还是|比)(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?:和|与|跟|同|及|、|还是|比)#")
"""Something is named beside an item that is known."""
_NO_ITEM = re.compile(r"[\d\W]+$|20\d\d年度?(?:.{0,6}数|.{0,3})$|\d+(?:\.\d+)?[%万元人]")
_ASKING = re.compile(r"多少|几")


@dataclass(frozen=True, slots=True)
class Match:
    """An item of the documents that the question names at characters start to end (exclusive) of its normal form."""

    names: tuple[str, ...]
    """Item names as the facts have them, best first."""
    start: int
    end: int
    score: float
    share: float = 1.0
    """Share of the best name's characters that the question says."""
    under: tuple[str, ...] = ()
    """Names of the parent that the question gives it: 宣传事务 of 宣传事务的一般行政管理事务."""


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """An item name to compare: normal form without quotation marks, list marks and level marks.

    >>> key("1.“三公”经费")
    '三公经费'
    """
    form = re.sub(r"^(?:[0-9A-Z]{8,}[-—]|[一二三四五六七八九十]+、|\(?\d+\)|\d+[.、]|其中[:：]?|指标\d*[:：])", "", normal(name))
    return re.sub(r"[\"'《》]|\((?:类|款|项)\)", "", form)


def stem(name: str) -> str:
    """The key of a class's name, which is printed with and without its last word: 社会保障和就业, 社会保障和就业支出."""
    return re.sub(r"(?:支出|收入)$", "", key(name))


def items(text: str, names: Sequence[str]) -> tuple[Match, ...]:
    """Items named in a question.

    Args:
        text: the question in normal form.
        names: item names of the facts.

    Returns:
        Matches that do not overlap, in the order of the question.
    """
    plain, back = _plain(text)
    keys = _with_inserted(_keys(tuple(names)), _inserted(tuple(names)), plain)
    found = [m for m in _unswallowed(list(_exact(plain, keys)), plain, keys) if not _of_longer_kind(m, plain)]
    found += _synonyms(plain, keys, found)
    found = _grown(plain, keys, found)
    found += [m for m in _of_project(plain, keys, found) if not _overlaps(m.start, m.end, found)]
    found += _guessed(plain, keys, found)
    found = [_led(m, plain) for m in _shared(plain, keys, sorted(found, key=lambda m: m.start))]
    found = [kept for m in found if (kept := _qualified(plain, keys, m, [o for o in found if o is not m])) is not None]
    return tuple(Match(m.names, back[m.start], back[m.end - 1] + 1, m.score) for m in sorted(found, key=lambda m: m.start))


def _of_longer_kind(match: Match, text: str) -> bool:
    """Whether one of the three kinds of procurement is only the end of a thing's name: 服务 in 印刷服务."""
    return of_longer_kind(text[match.start : match.end], text[: match.start])


def of_longer_kind(word: str, before: str) -> bool:
    """The same of a word and what stands before it."""
    return word in _KINDS and re.search(r"[\u4e00-\u9fff]$", before) is not None and _BEFORE_KIND.search(before) is None


@lru_cache(maxsize=64)
def _keys(names: tuple[str, ...]) -> dict[str, list[str]]:
    """The names by what is looked for in a question; not to be changed, a library's questions share it."""
    keys: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if not _NO_ITEM.match(key(name)):
            keys.setdefault(_said_key(name), []).append(name)
            if (undated := _DATED.sub("", _said_key(name))) != _said_key(name) and len(undated) >= LEAST_MISTYPED:
                keys.setdefault(undated, []).append(name)
    for form in [form for form in keys if _LETTERED.fullmatch(form)]:
        if not any(re.fullmatch(rf"(?:政府)?(?:采购)?{form[:-1]}(?:类|采购|支出|金额|预算)*", other) for other in keys):
            keys.setdefault(form[:-1], []).extend(keys[form])
    return keys


@lru_cache(maxsize=64)
def _inserted(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(name without what is put into it in brackets, name): 中医医院 of 中医(民族)医院."""
    bare = ((_INSERTED.sub("", _said_key(name)), name) for name in dict.fromkeys(names) if not _NO_ITEM.match(key(name)))
    return tuple((short, name) for short, name in bare if short != _said_key(name))


def _with_inserted(keys: dict[str, list[str]], inserted: Sequence[tuple[str, str]], plain: str) -> dict[str, list[str]]:
    """The names with those that the question says without their brackets."""
    said = [(short, name) for short, name in inserted if short in plain]
    if not said:
        return keys
    more = {word: list(names) for word, names in keys.items()}
    for short, name in said:
        more.setdefault(short, []).append(name)
    return more


def names_one(word: str, names: Sequence[str]) -> bool:
    """Whether a body's name is an item's of the documents: 县福利院 a row, 县中医院 the item 中医(民族)院."""
    own = word.lstrip("省市区县州旗")
    return any(word in normal(n) or (len(own) >= LEAST_MISTYPED and own == _INSERTED.sub("", key(n))) for n in names)


def _shared(text: str, keys: dict[str, list[str]], found: Sequence[Match]) -> list[Match]:
    """The matches, a second one joined to a first given the beginning that both share: 财政拨款年初结转和结余、年末结转和结余."""
    shared = list(found)
    for i, (first, second) in enumerate(pairwise(found), 1):
        if text[first.end : second.start] not in _JOINTS:
            continue
        said, name = text[first.start : first.end], text[second.start : second.end]
        # Two characters are too few where the second is a name of its own: 行政单位医疗和事业单位医疗 are two items.
        for size in range(len(said) - 1, SHORTEST - 1 if name in keys else 1, -1):
            fuller = [k for k in keys if len(k) == len(name) + size and k.replace(said[:size], "", 1) == name]
            if fuller:
                shared[i] = replace(second, names=tuple(keys[fuller[0]]))
                break
    return shared


def within(match: Match, text: str, names: Collection[str]) -> Match:
    """The match in one document's own names, where another document's name for the item matched better."""
    if not set(names).isdisjoint(match.names) or match.start >= match.end:
        return match
    own = items(text[match.start : match.end], list(names))
    return replace(match, names=own[0].names) if own else match


@lru_cache(maxsize=65536)
def _said_key(name: str) -> str:
    """An item name as it is looked for in a question, which may say 的 or leave it out."""
    return key(name).replace("的", "")


def _plain(text: str) -> tuple[str, list[int]]:
    """The question without quotation marks and 的, and the way back."""
    kept = [(c, i) for i, c in enumerate(text) if c not in "\"'《》的"]
    return "".join(c for c, _ in kept), [i for _, i in kept]


def _overlaps(start: int, end: int, found: Sequence[Match]) -> bool:
    return any(m.start < end and start < m.end for m in found)


def _exact(text: str, keys: dict[str, list[str]]) -> Iterator[Match]:
    """Names that stand in the question, longest first."""
    taken: list[Match] = []
    there = [(name, text.find(name)) for name in keys if len(name) >= 2 and name not in _DULL]
    for name, start in sorted(there, key=lambda pair: (-len(pair[0]), pair[1])):
        if start >= 0 and not _overlaps(start, start + len(name), taken):
            full = [original for k in _fuller(name, keys) for original in keys[k]]
            taken.append(Match((*keys[name], *full), start, start + len(name), 1.0))
            yield taken[-1]


def _fuller(name: str, keys: dict[str, list[str]]) -> list[str]:
    """Longer names that a name may be short for: 医疗救助 (款) has 城乡医疗救助 (项) alone; 政府性基金预算 is 政府性基金预算当年拨款."""
    if len(name) < LEAST_MISTYPED:
        return []
    longer = [k for k in keys if len(name) < len(k) <= len(name) + LONGEST_PREFIX and k.endswith(name) and not k.startswith("其他")]
    fuller = [k for k in keys if len(name) >= LONG_PART and len(name) < len(k) <= len(name) + LONGEST_TAIL and k.startswith(name)]
    return [*(longer if len(longer) == 1 else []), *sorted(fuller, key=lambda k: (k.endswith(_SIDES), len(k)))[: MOST_NAMES - 1]]


def _unswallowed(exact: Sequence[Match], text: str, keys: dict[str, list[str]]) -> list[Match]:
    """Names said in full, but for those inside a longer citizens' word for another name: 生活补助 in 老兵生活补助."""
    words = [(a, b) for a, b, official in lexicon.found(lexicon.load().items, text) if _said_key(official) in keys]
    return [m for m in exact if not any(a <= m.start and m.end <= b and b - a > m.end - m.start + 1 for a, b in words)]


def _synonyms(text: str, keys: dict[str, list[str]], found: Sequence[Match]) -> list[Match]:
    """Citizens' words, where no official name covers them; with score 0 where the documents have no such item."""
    exact: dict[tuple[int, int], list[str]] = {}
    alike: dict[tuple[int, int], list[str]] = {}
    absent: dict[tuple[int, int], str] = {}
    for start, end, official in (*_patterned(text), *lexicon.found(lexicon.load().items, text)):
        if _overlaps(start, end, found) or any(a < end and start < b and (a, b) != (start, end) for a, b in alike):
            continue
        form = _said_key(official)
        exact.setdefault((start, end), []).extend(keys.get(form, ()))
        names = officials.named(form, keys)
        alike.setdefault((start, end), []).extend(names)
        if not names:
            absent[start, end] = official
    known = [Match(tuple(dict.fromkeys((*exact[span], *names))), *span, 0.9) for span, names in alike.items() if names]
    # A word that is understood and has no item stays so: it must not be taken for a mistyped other name.
    return known + [Match((official,), *span, 0.0) for span, official in absent.items() if not alike[span]]


def _patterned(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, official) of the citizens' ways of saying an item that are no fixed words."""
    for pattern, official in lexicon.load().patterns:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), official


def _grown(text: str, keys: dict[str, list[str]], found: Sequence[Match]) -> list[Match]:
    """The matches, some replaced by a name of which a longer stretch around them is a part.

    公务员医疗救助金, not 医疗救助; 财政拨款年初结转和结余 is 年初财政拨款结转和结余. Only a name said almost in full
    replaces one said in full.
    """
    grown = list(found)
    wider = [*(_parts(text, keys, sure=True) if any(m.score < 1 for m in found) else ()), *_short(text, keys, [])]
    for wide in sorted(wider, key=lambda w: (w.start - w.end, -w.share)):
        inside = [m for m in grown if wide.start <= m.start and m.end <= wide.end]
        least = ALMOST if any(m.score >= 1 for m in inside) else MOSTLY
        longest = max((m.end - m.start for m in inside), default=wide.end)
        others = [m for m in grown if m not in inside]
        if wide.share >= least and wide.end - wide.start >= longest + SHORTEST and not _overlaps(wide.start, wide.end, others):
            grown = [*others, wide]
    return grown


def _of_project(text: str, keys: dict[str, list[str]], found: Sequence[Match]) -> Iterator[Match]:
    """Names of which the words before 项目 are a part: 「大厅搬迁那个项目」 is 经办大厅搬迁改造."""
    for said in _PROJECT.finditer(text):
        for start in range(said.start(1), said.end(1) - SHORTEST + 1):
            word = text[start : said.end(1)]
            holders = sorted((name for name in keys if word in name and name not in _DULL), key=len)
            if holders and not _overlaps(start, said.end(1), [m for m in found if m.score]):
                alike = [name for name in holders if name.startswith(holders[0][:LEAST_MISTYPED])]
                if len(alike) == len(holders):
                    yield Match(tuple(n for k in holders[:MOST_NAMES] for n in keys[k]), start, said.end(1), 0.75)
                break


def _led(match: Match, text: str) -> Match:
    """The match grown by the words before it that one of its other names begins with: 机关 before 工资福利 is 机关工资福利支出."""
    first = _said_key(match.names[0]) if match.names else ""
    for name in match.names[1:]:
        lead = _said_key(name).removesuffix(first)
        if first and lead != _said_key(name) and lead and text[: match.start].endswith(lead):
            others = [n for n in match.names if n != name]
            return replace(match, names=(name, *others), start=match.start - len(lead))
    return match


def _qualified(text: str, keys: dict[str, list[str]], match: Match, others: Sequence[Match]) -> Match | None:
    """The match, or what the words beside it make of it: another name that holds them, an item that nobody prints, or none."""
    said, names = text[match.start : match.end], [_said_key(name) for name in match.names]
    if match.score < 1 and (
        qualifying.counts_times(text, match.start, match.end, names[0]) or qualifying.buys_one(text, match.start, match.end)
    ):
        return None
    before = qualifying.narrowed(text, match.start, names)
    behind = qualifying.continued(text, match.end, said, names) if match.score < 1 else 0
    start, end = match.start - before, match.end + behind
    if not before + behind or _overlaps(start, end, others):
        return match
    core = officials.TAILS.sub("", text[start:end])
    holding = sorted((k for k in keys if core in k), key=len)[:MOST_NAMES]
    held = tuple(name for k in holding for name in keys[k])
    return Match(held or (text[start:end],), start, end, match.score if held else 0.0)


def _guessed(text: str, keys: dict[str, list[str]], found: Sequence[Match]) -> list[Match]:
    """Parts of names and mistyped names in what is left of the question; the longer stretch wins."""
    taken = list(found)
    guesses = [*_parts(text, keys, sure=any(m.score for m in found)), *_typos(text, keys, found), *_short(text, keys, found)]
    for match in sorted(guesses, key=lambda m: m.start - m.end):
        if not _overlaps(match.start, match.end, taken):
            taken.append(match)
    return taken[len(found) :]


def _parts(text: str, keys: dict[str, list[str]], *, sure: bool) -> Iterator[Match]:
    """Names of which the question has a telling part: 「公务员医疗救助金那个项目」.

    With an item known for sure already, only long parts count.
    """
    together: dict[tuple[int, int], list[tuple[float, str]]] = {}
    there = resemblance.pieces(text, SHORTEST)
    for name in keys:
        if len(name) < SHORTEST or name in _DULL or there.isdisjoint(resemblance.pieces(name, SHORTEST)):
            continue
        start, end = resemblance.common(text, name)
        length = end - start
        if length < LONG_PART and not name.startswith(text[start:end]) and not shortening.begins(text, start):
            continue  # inside another word: 居委会经费 is no 工会经费
        share = length / len(officials.TAILS.sub("", name) or name)
        if length >= LONG_PART or (not sure and length >= SHORTEST and share >= ENOUGH):
            together.setdefault((start, end), []).append((share, name))
    for (start, end), named in together.items():
        best = sorted(named, reverse=True)[:4]
        yield Match(tuple(original for _, name in best for original in keys[name]), start, end, min(0.8, 0.8 * best[0][0]), best[0][0])


def _short(text: str, keys: dict[str, list[str]], found: Sequence[Match]) -> Iterator[Match]:
    """Names of which the question has some characters in their order, and units by the end of their name."""
    left = text
    for match in found:
        left = left[: match.start] + "#" * (match.end - match.start) + left[match.end :]
    names = [name for name in keys if name not in _DULL]
    together: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for start, end, share, name in (
        *shortening.said(left, names),
        *shortening.ends(left, names, units=any(m.score for m in found) and not _BESIDE.search(left)),
    ):
        together.setdefault((start, end), []).append((share, name))
    for (start, end), named in together.items():
        best = sorted(named, key=lambda pair: (-pair[0], len(pair[1])))[:MOST_NAMES]
        yield Match(tuple(original for _, name in best for original in keys[name]), start, end, 0.7, best[0][0])


def _typos(text: str, keys: dict[str, list[str]], found: Sequence[Match]) -> Iterator[Match]:
    """Names and citizens' words that stand in the question with one wrong character: 行政运形."""
    official = {word: name for word, name in lexicon.load().items if len(word) >= LEAST_MISTYPED and not _ASKING.search(word)}
    words = {*official, *(n for n in keys if n not in _DULL and len(n) >= LEAST_MISTYPED - n.endswith("费"))}
    taken = list(found)
    known = resemblance.pairs(tuple(keys))
    # With one character wrong, one half of the word is right.
    near = [word for word in words if word[: len(word) // 2] in text or word[len(word) // 2 :] in text]
    for word in sorted(near, key=lambda w: (-len(w), w)):
        for start in range(len(text) - len(word) + 1):
            end = start + len(word)
            if len(word) < LEAST_MISTYPED and text[end - 1] != word[-1]:
                continue  # 办公楼 is no 办公费: of so short a name the class must be right
            if len(word) <= LEAST_MISTYPED and not shortening.begins(text, start):
                continue  # inside another word: 社工部支出 is no 工资支出
            if not _overlaps(start, end, taken) and resemblance.mistyped(text[start:end], word, known):
                names = keys[word] if word in keys else officials.named(_said_key(official[word]), keys)
                if names:
                    taken.append(Match(tuple(names), start, end, 0.6))
                    yield taken[-1]
                break
