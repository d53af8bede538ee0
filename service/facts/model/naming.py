"""What else a text may be read as when a name is looked for in it: documents print one official name in several ways.

All texts and names are keys: normal form without quotation marks and list numbers.
"""

import re
from collections.abc import Iterable

_FUND = re.compile(r"(一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:财政)?(?:拨款)?(?=收入|支出)")
_BOUGHT = re.compile(r"购置(?:预算)?支出")
_UPKEEP = ("运行维护费", "运行费")
_MEASURE = re.compile(r"(?:预算|决算)(?=总计|合计|总额)")
_BOTH = re.compile(r"(?P<head>[\u4e00-\u9fff]*?)收入?(?:总计)?[、,和及]?支出?(?:总计|合计|总额|总预算|总决算|预算|决算)")
"""Income and expenditure told in one: 「财政拨款收、支总预算」, 「收入总计、支出总计」."""
_LIGHT = re.compile(r"20\d\d年度?的?|\d+个|的|进行|开展了?")
"""Words that stand inside a printed name and are left out where it is named."""
_SPENT = re.compile(r"(?:支出|收入|经费|费用?|资金|预算)+$")
_COUNTED = re.compile(
    r"(?:^|[^\u4e00-\u9fff])(?:其中|包括|拟|共|(?:采|订)?购[买置]?)*(?P<part>[\u4e00-\u9fff]{2,8}?)(?:支出|预算|决算|金额|总额|数|安排|[为是:])*(?=[-+]?\d)"
)
"""A part right before its figure, by a name that is no more than it: 「拟采购货物支出9万元」."""
_OWN = re.compile(
    r"(?P<name>[\u4e00-\u9fff()]{2,24}?(?:费|支出|收入|经费|资金|补助|离退休))(?:\(\d+\))?(?:预算|决算|支出|收入|安排|总额|总计|合计|数|[为是:])*(?=[-+]?\d)"
)
"""An item with a figure right behind its name."""
_PLAIN = re.compile(r"^(?:年度?|涉及|本年|当年|全年|累计|实际|到位|下达|拨付|财政拨款|项目|预算|支出|合计)+")
"""What a stretch before a figure may begin with that names no item."""
_LABEL = re.compile(
    r"(?:本?项目|年度|当年|本年|全年|年初|调整|实际)*(?:预算|到位资金|支出)(?:执行)?(?:金额|资金|数额|总额|数|率)?|(?:预算)?(?:执行|完成)率?数?"
)
"""What a figure is, and of no item in particular: 实际支出, 预算执行率, 年度预算金额."""
_USED = re.compile(r"(?:主要)?用于[^\d。;]*(?=[。;])")
"""What an amount is used for, up to the end of its sentence: 「主要用于房租、水费支出。」."""
_JOINED = re.compile(r"[、和及与]")
_SHARED = re.compile(r"占(?P<whole>[^,。;:\d占]{2,30}?)(?=[-+]?\d[\d.,]*%|$)")
"""The whole that a share is of: 「占收入总预算的89.21%」."""
_COMPARED = re.compile(r"[较比](?:上|去|20\d\d)年[^,。;]*$")
"""A comparison in the last clause."""
LONGEST_PLAIN = 6
"""From so many characters on a name may have a comma or a light word inside where it is printed."""
SHORTEST = 2
"""Shortest part of a name (characters)."""


def forms(text: str) -> tuple[str, str, str, str]:
    """The ways in which a text names things: as official names go, with both sides of a total told in one, without light words."""
    plain = _official(text)
    both = "".join(f"{m['head']}收入总计 {m['head']}支出总计 " for m in _BOTH.finditer(plain))
    return plain, _MEASURE.sub("", plain), both, _LIGHT.sub("", plain).replace(",", "")


def tells(told: tuple[str, str, str, str], name: str) -> bool:
    """Whether a text, by its `forms`, prints a name."""
    plain, bare, both, light = told
    official = _official(name)
    if official in plain or official in bare or f"{official} " in both:
        return True
    return len(name) >= LONGEST_PLAIN and _LIGHT.sub("", official) in light


def is_headed(name: str, text: str, heads: Iterable[str]) -> bool:
    """Whether a full name is of a whole that a heading prints and of the part before a figure: 政府采购货物支出 in 「拟采购货物9万元」.

    Args:
        name: the name.
        text: what holds the figure.
        heads: what may print the whole.
    """
    bare = _SPENT.sub("", name)
    for match in _COUNTED.finditer(text):
        part = _SPENT.sub("", match["part"])
        whole = bare.removesuffix(part)
        if len(part) >= SHORTEST and whole != bare and len(whole) >= SHORTEST and any(whole in head for head in heads):
            return True
    return False


def is_label(name: str) -> bool:
    """Whether a name says what a figure is and not of what: 实际支出, 预算执行率."""
    return _LABEL.fullmatch(name) is not None and name not in ("支出", "预算", "项目支出")


def without_bystanders(text: str, *, is_rate: bool) -> str:
    """A text without names that own none of its figures: what a share is of, and what something is used for, no figure beside it.

    Args:
        text: what stands before a figure.
        is_rate: whether the figure is a rate, so that a 占 right before it is of a share.
    """
    return _USED.sub("", _SHARED.sub(lambda m: m[0] if m.end() == len(text) and not is_rate else "占", text))


def between(name: str, text: str, known: Iterable[str]) -> str | None:
    """A known name that stands later than a figure's own, between it and the figure; or None.

    Two names joined (收入总计、支出总计) share what follows, and after its parts the whole itself is compared with the year before.

    Args:
        name: the figure's own.
        text: what stands before the figure.
        known: names of items.
    """
    own = text.rfind(name)
    after = text[own + len(name) :]
    if own < 0 or ("其中" in after and _COMPARED.search(after)):
        return None
    for other in known:
        at = after.rfind(other)
        joined = _JOINED.fullmatch(after[: max(at, 0)]) is not None and "其中" not in after
        if at >= 0 and name not in other and other not in name and not joined and not is_label(other):
            return other
    return None


def later(name: str, text: str) -> str | None:
    """Another item that has a figure of its own after the last place where the name is printed, up to the end of a text; or None.

    Args:
        name: the name.
        text: what stands before a figure.
    """
    own, told = _official(name), _official(text)
    at = told.rfind(own)
    if at < 0:
        return None
    after = told[at + len(own) :]
    if "其中" in after and _COMPARED.search(after):
        return None  # after its parts the whole itself is compared with the year before
    bare = _SPENT.sub("", own)
    for match in reversed([*_OWN.finditer(f"{after}0")]):
        if own.endswith("基本支出") and match["name"].endswith("项目支出"):
            return "项目支出"
        other = _SPENT.sub("", _PLAIN.sub("", match["name"]))
        if len(other) >= SHORTEST and bare not in other and other not in own and not is_label(match["name"]):
            return match["name"]
    return None


def _official(text: str) -> str:
    return _BOUGHT.sub("购置费", _FUND.sub(r"\1", text)).replace(*_UPKEEP)
