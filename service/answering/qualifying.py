"""What stands right beside an item's name in a question and makes it another item: 外宾 before 接待费, 租赁费 behind 会议室."""

import re
from collections.abc import Collection

from service import lexicon
from service.answering import shortening

LEAST_LED = 2
"""So many characters before a bare 采购 name what is bought."""
_COST = re.compile(r"费$|经费$|人员$|支出$")
_COST_BEHIND = re.compile(r"([\u4e00-\u9fff]{1,5}?)费(?![用了])")
_NO_NOUN = re.compile(r"[经花收免缴浪总了的是有里在和与及跟或各多几哪占比用]|支出|预算|决算")
"""Stands before 费 where no cost is named with it: 出国经费, 接待花费."""
_BOUGHT = "采购"
_WHOLE_BOUGHT = re.compile(r"(?:政府|全年|年度|部门|单位|本级|全部|整体|总共|一共|实际|[年各的类要总])+$")
"""Before 采购, and still all of it."""
_TIMES_BEHIND = re.compile(r"(?:总共|一共|都|有|了|开|办|召开|举办|组织)*(?:几|多少)[次场届期]")
_TIMES_BEFORE = re.compile(r"(?:几|多少)[次场届期][^,。?;、和与及]{0,6}$")
_LAST_RUN = re.compile(r"[\u4e00-\u9fff]*$")


def narrowed(text: str, start: int, names: Collection[str]) -> int:
    """How many characters before an item make it another one than those named; 0 where nothing does.

    Args:
        text: the question.
        start: where the item's name stands in it.
        names: keys of what it was taken for.
    """
    for word in lexicon.load().narrower:
        if text[:start].endswith(word) and any(_COST.search(name) for name in names) and not any(word in name for name in names):
            return len(word)
    return 0


def continued(text: str, end: int, said: str, names: Collection[str]) -> int:
    """How many characters behind a citizens' word make it another cost than those named: 租赁费 behind 公务用车."""
    rest = _COST_BEHIND.match(text, end)
    if rest is None or said.endswith("费") or _NO_NOUN.search(rest[1]) or any(said + rest[1] in name for name in names):
        return 0
    return len(rest[0])


def counts_times(text: str, start: int, end: int, name: str) -> bool:
    """Whether it is asked how often something was done, not what it cost: 开几次会议."""
    return name.endswith("费") and bool(_TIMES_BEHIND.match(text, end) or _TIMES_BEFORE.search(text[:start]))


def buys_one(text: str, start: int, end: int) -> bool:
    """Whether a bare 采购 is the buying of the one thing named before it, not all that is bought: 家具采购."""
    if text[start:end] != _BOUGHT:
        return False
    led = _LAST_RUN.search(text[:start])
    before = _WHOLE_BOUGHT.sub("", led[0] if led else "")
    return len(re.split(shortening.FUNCTION, before)[-1]) >= LEAST_LED
