"""Whose documents a question is about: bodies and places named in it, matched with the library's documents."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service import lexicon
from service.records import DocumentInfo
from service.text import normal

_PLACES = re.compile(
    r"(?:中共)?((?:(?!省|市|区|县)[\u4e00-\u9fff]){2,7}省)?((?:(?!市|区|县)[\u4e00-\u9fff]){2,8}?市)?((?:(?!区|县|旗)[\u4e00-\u9fff]){1,6}?(?:区|县|旗))?"
)
_STREET = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:街道|镇|乡)")
SHORTEST_MASKED = 2
"""Shortest name (characters) that is blanked."""
LONGEST_SHORT = 3
"""Names up to so many characters may also begin a subject: 检察院 does not, 医保基金 does."""
_SUBJECT = re.compile(r"拨款|支出|收入|事务|管理|经费|补助|保障|信息|专户|资金|基金|委托|业务")
_NAMED_PLACE = re.compile(r"([\u4e00-\u9fff]{1,4}?)(区|县|市)(?=[\u4e00-\u9fff]{0,10}?(?:局|委|院|厅|办|街道|政府|医保|财政|部门|20\d\d))")
_GENERIC = {
    "全",
    "本",
    "我",
    "该",
    "各",
    "辖",
    "城",
    "地",
    "社",
    "郊",
    "市",
    "小",
    "园",
    "校",
    "片",
    "山",
    "开发",
    "哪个",
    "那个",
    "这个",
    "哪",
    "两个",
    "几个",
    "两",
}
_BODY_NAME = re.compile(r"(?:局|委员会|委|院|厅)(?:$|[^\u4e00-\u9fff]|的|有|在|今|去|本|一|多|20|为|花|下|领|长|设)")


@dataclass(frozen=True, slots=True)
class Alias:
    """A way to name a document's body, with its weight: a full name names one body, a city many."""

    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The documents a question is about, as groups: one group per body named. `foreign` is a body that none of them is."""

    groups: tuple[tuple[DocumentInfo, ...], ...]
    foreign: str | None = None
    named: bool = False
    """Whether the question names a body at all."""

    @property
    def documents(self) -> tuple[DocumentInfo, ...]:
        """All groups together."""
        return tuple(info for group in self.groups for info in group)


def choose(question: str, library: Sequence[DocumentInfo]) -> Choice:
    """Match the bodies and places that a question names.

    Args:
        question: the user's words.
        library: the documents to choose from.
    """
    text = normal(question)
    by_org: dict[str, list[DocumentInfo]] = {}
    for info in library:
        by_org.setdefault(info.org, []).append(info)
    places, bodies = {}, {}
    for org in by_org:
        places[org] = max((a.weight for a in _aliases(org)[0] if a.text in text), default=0)
        bodies[org] = max((a.weight for a in _aliases(org)[1] if _names_body(a.text, text)), default=0)
    best = max(places.values(), default=0)
    chosen = [org for org in by_org if places[org] == best] if best else list(by_org)
    if any(bodies[org] for org in chosen):
        top = {org for org in chosen if bodies[org]}
        chosen = [org for org in chosen if org in top]
    foreign = _foreign(text, list(by_org), chosen, placed=best > 0, bodied=any(bodies[org] for org in chosen))
    named = best > 0 or any(bodies[org] for org in chosen)
    return Choice(tuple(tuple(by_org[org]) for org in chosen), foreign, named)


def short(org: str) -> str:
    """The body's name without province and city, for sentences that name two bodies."""
    match = _PLACES.match(org)
    if match is None or not match[3]:
        return org
    return org[match.start(3) :]


def names(org: str) -> list[str]:
    """Every way to name a body or its place, longest first."""
    return sorted({a.text for group in _aliases(org) for a in group}, key=len, reverse=True)


def places(text: str) -> list[str]:
    """Districts, counties and cities that a text names as seats of bodies."""
    found = (f"{m[1]}{m[2]}" for m in _NAMED_PLACE.finditer(normal(text)) if m[1] not in _GENERIC and m[1][-1:] not in _GENERIC)
    return list(dict.fromkeys(found))


def masked(text: str, library: Sequence[DocumentInfo]) -> str:
    """The question (normal form) with the names of bodies blanked, whose words (医疗保障, 检察) are no items."""
    for name in sorted({n for info in library for n in names(info.org) if len(n) >= SHORTEST_MASKED}, key=len, reverse=True):
        at = text.find(name)
        if at >= 0 and _names_body(name, text):
            text = text.replace(name, "#" * len(name))
    return text


@lru_cache(maxsize=1024)
def _aliases(org: str) -> tuple[tuple[Alias, ...], tuple[Alias, ...]]:
    """(names of its place, names of the body itself)."""
    name = normal(org)
    return tuple(_place_names(name)), tuple(_body_names(name))


def _names_body(alias: str, text: str) -> bool:
    """Whether the question says it as a body: 财政 in 「财政拨款支出」 is none."""
    at = text.find(alias)
    return at >= 0 and not (len(alias) <= LONGEST_SHORT and _SUBJECT.match(text, at + len(alias)))


def _place_names(name: str) -> Iterator[Alias]:
    if not name:
        return
    yield Alias(name, 9)
    match = _PLACES.match(name)
    parts = [part for part in (match.groups() if match else ()) if part]
    for i, part in enumerate(reversed(parts)):
        # The narrowest place names the body best; a province or city is shared by many.
        weight = 5 - i if len(parts) > 1 else 5
        yield Alias(part, weight)
        if len(part) > 2:
            yield Alias(part[:-1], weight)
    rest = (name[match.end() :] if match else name).removeprefix("人民政府")
    for street in _STREET.finditer(rest):
        yield Alias(street[0], 6)
        yield Alias(street[1], 6)


def _body_names(name: str) -> Iterator[Alias]:
    match = _PLACES.match(name)
    rest = name[match.end() :] if match else name
    if len(rest) >= 2:
        yield Alias(rest, 4)
    for official, shorts in lexicon.load().bodies:
        if name.endswith(official):
            yield Alias(official, 3)
            yield from (Alias(s, 2) for s in shorts)


def _foreign(text: str, orgs: Sequence[str], chosen: Sequence[str], *, placed: bool, bodied: bool) -> str | None:
    """A place or body in the question that no chosen document is of, or None."""
    known = "".join(normal(org) for org in orgs)
    for match in _NAMED_PLACE.finditer(text):
        name = match[1]
        if (
            name not in _GENERIC
            and not any(name.endswith(g) for g in _GENERIC if len(g) > 1)
            and f"{name}{match[2]}" not in known
            and name not in known
        ):
            cut = _known_tail(name, known)
            if cut is None and not placed:
                return f"{name}{match[2]}"
    if bodied:
        return None
    for official, shorts in lexicon.load().bodies:
        for word in (official, *(s for s in shorts if len(s) >= 3)):
            if (
                word in text
                and _BODY_NAME.search(text[text.find(word) + len(word) - 1 :])
                and not any(normal(org).endswith(official) for org in chosen)
            ):
                return word
    return None


def _known_tail(name: str, known: str) -> str | None:
    """The longest end of `name` that stands in a known name: the greedy pattern may have taken words before the place."""
    return next((name[i:] for i in range(len(name)) if len(name) - i >= 2 and name[i:] in known), None)
