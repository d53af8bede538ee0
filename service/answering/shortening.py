"""Names said short: which stretch of a question is an item's name with characters left out, or with its halves turned round."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

SHORTEST = 4
"""Shortest stretch (characters) that is taken for a name said short."""
HALF = 3
"""Shortest half of a name whose halves are turned round: 居民医保 + 财政补助."""
LEAST_SHARE = 0.4
"""Least share of a name's characters that must be said."""
WHOLE_SHARE = 0.75
"""Least share of a name that one unbroken part of it must be."""
LEAST_RUN = 1.3
"""Characters said stand together in the name: so many, on average."""
OWN_END = 4
"""An end of a name of so many characters names it where no other name has it: 康复中心."""

FUNCTION = re.compile(
    r"20\d\d年?度?|年初预算|全年预算|预算|决算|完成率|执行率|比上年|比去年|为什么|为啥|为何|怎么|什么|多少|哪个|哪些|有没有|是不是|"
    r"自评|总分|得分|项目|目标|安排|一共|总共|合计|各是|分别|[的了吗呢啊吧是在里给比占把被让对向从到于有没几谁哪这那#\"'\W\dA-Za-z]"
)
_BEFORE_NAME = re.compile(r"(?:[今去上本当全每]年|本期|其中|以及|我们?|[本该你]们?[局院厅单部]位?)$")
"""Stands before a name and is none of it."""
_JOINTS = "和与跟及同"
"""What joins two names of a question begins and ends none of them."""
_VERBS = ("", *"买购要花用办修建请租给拨")
"""Stands beside a name said short; nothing does at the end of a stretch."""
_BRACKETS = re.compile(r"\([^)]*\)?")
_TAILS = re.compile(r"(?:缴费支出|支出|收入|经费|费用|费|项目|资金|补助|金额|总额)$")
_OWN = "本级"
_UNITS = re.compile(r"(?:中心|所|站|队|馆|院|校|园|局|办公室|本级)$")


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of what is left of a question between the words that name nothing."""
    at = 0
    for match in FUNCTION.finditer(text):
        if match.start() - at >= SHORTEST:
            yield at, match.start()
        at = match.end()
    if len(text) - at >= SHORTEST:
        yield at, len(text)


def said(text: str, names: Sequence[str]) -> Iterator[tuple[int, int, float, str]]:
    """(start, end, share of the name, name) of every name that a stretch of the question says short.

    Args:
        text: the question in normal form; what is known already is blanked with #.
        names: item names as keys.
    """
    for first, last in stretches(text):
        letters = frozenset(text[first:last])
        for name in names:
            core = _core(name)
            if len(core) > SHORTEST and len(_letters(core) & letters) >= SHORTEST:
                found = _longest(text[first:last], core)
                if found is not None:
                    start, end = found
                    yield first + start, first + end, (end - start) / len(core), name


def ends(text: str, names: Sequence[str], *, units: bool) -> Iterator[tuple[int, int, float, str]]:
    """(start, end, share, name) of every name whose end the question says, where no other name holds that end.

    Args:
        text: the question in normal form; what is known already is blanked with #.
        names: item names as keys.
        units: only names of units (中心, 所, 本级).
    """
    for name in names:
        core = _BRACKETS.sub("", name)
        unit = _UNITS.search(core)
        if units and unit is None:
            continue
        least = len(unit[0]) if unit is not None and unit[0] == _OWN else OWN_END
        if len(core) <= least or core[-least:] not in text:
            continue  # No longer end is said, either.
        for size in range(len(core) - 1, least - 1, -1):
            end = core[-size:]
            at = text.find(end)
            if at >= 0:
                if sum(1 for other in names if end in other) == 1:
                    yield at, at + size, size / len(core), name
                break


def begins(text: str, at: int) -> bool:
    """Whether a word can begin there: at the front, behind a sign or behind a word that names nothing, and not within one."""
    if at == 0 or text[at - 1] in _JOINTS or _BEFORE_NAME.search(text[:at]):
        return True
    spans = [match.span() for match in FUNCTION.finditer(text)]
    return any(end == at for _, end in spans) and not any(start <= at < end for start, end in spans)


@lru_cache(maxsize=65536)
def _core(name: str) -> str:
    core = _BRACKETS.sub("", name)
    return _TAILS.sub("", core) or core


@lru_cache(maxsize=65536)
def _letters(name: str) -> frozenset[str]:
    return frozenset(name)


def _longest(stretch: str, name: str) -> tuple[int, int] | None:
    """The longest part of the stretch that is the name said short, as (start, end)."""
    for size in range(len(stretch), SHORTEST - 1, -1):
        if size / len(name) < LEAST_SHARE:
            return None
        for start in range(len(stretch) - size + 1):
            part = stretch[start : start + size]
            if part[0] in _JOINTS or part[-1] in _JOINTS:
                continue
            if stretch[start - 1 : start] not in _VERBS and stretch[start + size : start + size + 1] not in _VERBS:
                continue  # inside other words: 社区公共服务中心 is no 公共法律服务
            unbroken = part in name and size / len(name) < WHOLE_SHARE
            if not unbroken and may_be_short(part, name):
                return start, start + size
    return None


def may_be_short(part: str, name: str) -> bool:
    """`is_short`, answered quickly where the name lacks a character."""
    return _letters(part) <= _letters(name) and is_short(part, name)


def is_short(part: str, name: str) -> bool:
    """Whether a text is a name with characters left out, its halves turned round at most.

    >>> is_short("居民医保财政补助", "财政对城乡居民基本医疗保险基金的补助")
    True
    >>> is_short("教育局会议费", "财政对城乡居民基本医疗保险基金的补助")
    False
    """
    if _drawn(part, name):
        return True
    return any(_drawn(part[:cut], name) and _drawn(part[cut:], name) for cut in range(HALF, len(part) - HALF + 1))


def _drawn(part: str, name: str) -> bool:
    """Whether the name has the part's characters in their order, most of them side by side."""
    at, runs = -1, 0
    for c in part:
        following = name.find(c, at + 1)
        if following < 0:
            return False
        runs += following != at + 1 or at < 0
        at = following
    return len(part) >= LEAST_RUN * runs
