"""Whose documents a question is about: bodies and places named in it, matched with the library's documents."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from service import divisions, lexicon
from service.records import DocumentInfo
from service.text import normal

_PLACES = re.compile(
    r"(?:中共)?((?:(?!省|市|区|县)[\u4e00-\u9fff]){2,7}省)?((?:(?!市|区|县)[\u4e00-\u9fff]){2,8}?市)?((?:(?!区|县|旗)[\u4e00-\u9fff]){1,6}?(?:区|县|旗))?"
)
_KIND_LEFT = re.compile(r"(?<=#)[省市区县](?=#)")
_STREET = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:街道|镇|乡)")
NARROW = 5
"""Weight of the narrowest place in a body's name."""
SHORTEST_MASKED = 2
"""Shortest name (characters) that is blanked."""
LONGEST_SHORT = 3
"""Names up to so many characters may also begin a subject: 检察院 does not, 医保基金 does."""
_OFFICES = "院局委厅办部"
"""A short name that ends so is a body's, whatever follows: 检察院支出."""
_INSURED = ("居民", "职工", "基本", "生育", "城镇", "农村", "学生", "儿童")
"""Before 医保: an insurance, not its bureau."""
_SUBJECT = re.compile(
    r"拨款|财政|报销|目录|药品|待遇|支出|收入|事务|管理|经费|补助|保障|信息|专户|资金|基金|委托|业务|政策|经办|改革|支付|稽核|监管|宣传|系统|电子|卡"
)
_NAMED_PLACE = re.compile(
    r"([\u4e00-\u9fff]{1,5}?)(自治州|自治区|省(?![下了去出吃着钱多没])|市(?![场民政容值直级])|区(?![级域划间分别])|县(?![级域])|旗(?!帜)|街道|镇(?![级居])|乡(?![村镇级]))"
)
_LEAD = re.compile(
    r"^.*(?:除了|请问|知道|查查|查一下|关于|对比|相比|比较|属于|以及|还有|[在和与跟比年月的是问及或、])(?=[\u4e00-\u9fff]{2})"
)
_NO_PLACE = re.compile(
    r"[林矿厂营牧疫库灾景山]|.*(?:表|款|费|项目|单子|附件|说明)[里中上]|.*(?:预算|决算|经费|花销|节|构建|健全|覆盖|贯通)|.*(?:[全本我该各辖城地社郊市小园校片节超股门上夜都集房楼老街专两哪几每跨外]|"
    r"示范|工业|功能|自贸|开发|高新|贫困|哪个|那个|这个|县级|地级|直辖|下|家|们|个|比|跟|同|么|了|能|想|和|与|及|或|的|在|被|从|归|不|接待|陪同|招待|上报)"
)
_OFFICE = re.compile(r"([\u4e00-\u9fff]{1,8}?(?:局|厅|委员会|法院|检察院|街道办|学院|大学|医院|学校|中学|小学))(?!长|面|势|部|属)")
_NO_OFFICE = re.compile(
    r"(?:[该本我两各全当格布结哪几]|哪个|哪家|哪所|哪些|那个|这个|这家|每个|每家|任何)(?:局|厅|委员会|法院|检察院|医院|学校|学院|大学)$|办公厅$|布局|格局|(?:^|接待|陪同|招待|上报)[省市区县州旗]局$|[大前餐客门展]厅$|(?:音乐|服务|宴会|阅览|放映|办事|报告)厅$|们(?:局|厅|院|委员会|学校|医院)$"
)


_JOINED = re.compile(r"#[省市区县]?(?:[和与跟同及、比]|还有|以及)[省市区县]?$")
"""Between a body's name and the next one's."""
_INNER = re.compile(r"多少个|几个|机构(?:设置|里|中)?|内设|下设|设[有了]|编制")
"""Asks what offices a body has within it …"""
_HAS = re.compile(r"有|设|多少个|几个")
"""… of which the one behind this word is one."""
_GIVER = re.compile(r"^财政[局厅](?=给|拨|批|下达|核)")
"""Who gives everybody's money is not whose document is asked about."""
_PARTY = "中共"
"""Begins a party office's name, or is left out."""
_PLACEHOLDER = re.compile(r"(?:[Xx×]{2,4}|某某?)(?:省|市|区|县)?(?:局|厅|委|院|办|部|街道|中心)")
"""No body's name, but a form's blank …"""
_QUOTED = ('"', "'", "《")
"""… unless it is itself what is asked about: 「“XX局”怎么改」."""
_ASKER = re.compile(r"(?:^|(?<=[,.?!;:、和与跟比]))(?:请问|我想知道|想知道|想问一?下?|帮我查一?下?|查一?下?|在)?")
"""Where a question may begin with a place."""
_BEHIND_PLACE = re.compile(r"20\d\d|[12]\d年|今年|去年|上年|本年|政府|街道")
"""What follows a place that is named without its kind: 浦东2024年…; a body does too."""
_PLACE_SPOKEN = (2, 5)
"""Characters of a place's name in speech."""
_ENDINGS = {"委员会": "委", "办公室": "办", "联合会": "联", "管理局": "局"}
"""How the end of a body's name is shortened in speech."""


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
        bodies[org] = max((a.weight for a in (*_aliases(org)[1], *_shortened(org, text)) if _names_body(a.text, text)), default=0)
    best = max(places.values(), default=0)
    chosen = [org for org in by_org if places[org] == best or _beside(org, best, places, text)] if best else list(by_org)
    if any(bodies[org] for org in chosen):
        # A place whose body is named leaves another place's bodies as they are: 莲湖 in 「莲湖和普陀财政局」.
        settled = {_ground(org, best, text) for org in chosen if bodies[org]}
        chosen = [org for org in chosen if bodies[org] or (best and _ground(org, best, text) not in settled)]
    chosen += _named_beside(text, by_org, chosen) if best else []
    foreign = _foreign(text, list(by_org), chosen)
    named = best > 0 or any(bodies[org] for org in chosen)
    return Choice(tuple(tuple(by_org[org]) for org in chosen), foreign, named)


def _named_beside(text: str, orgs: Iterable[str], chosen: Sequence[str]) -> list[str]:
    """Bodies of a chosen one's place that are joined to it by their own name: 「青禾区医保局跟区府办」 names two."""
    called = {a.text for org in chosen for a in (*_aliases(org)[0], *_aliases(org)[1], *_shortened(org, text))}
    rest = text
    for name in sorted(called, key=len, reverse=True):
        rest = rest.replace(name, "#" * len(name))
    grounds = {_PLACES.match(normal(org)) for org in chosen}
    places_ = {match.groups() for match in grounds if match is not None}
    found = []
    for org in orgs:
        place = _PLACES.match(normal(org))
        if org in chosen or place is None or place.groups() not in places_:
            continue
        if any(_JOINED.search(rest[:at]) for alias in _aliases(org)[1] for at in _said(alias.text, rest)):
            found.append(org)
    return found


def united(library: Sequence[DocumentInfo]) -> tuple[DocumentInfo, ...]:
    """The documents, those of one body that is printed under several names under its fullest: 中共…区委办公室 and …区委办公室."""
    fullest: dict[str, str] = {}
    for info in library:
        form = normal(info.org).removeprefix(_PARTY)
        fullest[form] = max(fullest.get(form, ""), info.org, key=len)
    return tuple(replace(info, org=fullest[normal(info.org).removeprefix(_PARTY)]) for info in library)


def _ground(org: str, weight: int, text: str) -> str:
    """The longest of a body's names of its place of a weight that the question has."""
    return max((a.text for a in _aliases(org)[0] if a.weight == weight and a.text in text), key=len, default="")


def _beside(org: str, best: int, places: Mapping[str, int], text: str) -> bool:
    """Whether a body is named by its own place apart from the better names: 「景澜县水务局和临洛区医保局」 names two."""
    if places[org] < NARROW:
        return False
    rest = text
    for other, weight in places.items():
        if weight == best:
            for alias in _aliases(other)[0]:
                if alias.weight == best:
                    rest = rest.replace(alias.text, "#" * len(alias.text))
    return any(alias.weight >= NARROW and alias.text in rest for alias in _aliases(org)[0])


def short(org: str) -> str:
    """The body's name without province and city, for sentences that name two bodies."""
    match = _PLACES.match(org)
    if match is None or not match[3]:
        return org
    return org[match.start(3) :]


def names(org: str) -> list[str]:
    """Every way to name a body or its place, longest first."""
    return sorted({a.text for group in _aliases(org) for a in group}, key=lambda name: (-len(name), name))


def places(text: str) -> list[str]:
    """Provinces, cities, districts, counties, streets and towns that a text names."""
    found = []
    for match in _NAMED_PLACE.finditer(normal(text)):
        name = _LEAD.sub("", match[1])
        least = 1 if match[2] in ("县", "旗") else 2
        if len(name) >= least and not _NO_PLACE.fullmatch(name):
            found.append(f"{name}{match[2]}")
    return list(dict.fromkeys(found))


def is_office(name: str) -> bool:
    """Whether a name ends as an office's does, not as a place's."""
    return len(name) >= LONGEST_SHORT and _OFFICE.fullmatch(name) is not None


def masked(text: str, library: Sequence[DocumentInfo], kept: Collection[str] = ()) -> str:
    """The question (normal form) with the names of bodies blanked, whose words (医疗保障, 检察) are no items.

    Args:
        text: the question.
        library: documents whose bodies are blanked.
        kept: names of items; a body's short name that one of them begins with (人大 in 人大立法) stays.
    """
    spans = [(at, at + len(name)) for name in kept if (at := text.find(name)) >= 0 and text[at + len(name) : at + len(name) + 1] != "费"]
    called = {alias.text for info in library for alias in _shortened(info.org, text)}
    called.update(n for info in library for n in names(info.org) if len(n) >= SHORTEST_MASKED)
    for name in sorted(called, key=lambda name: (-len(name), name)):
        for at in _said(name, text):
            inside = len(name) <= LONGEST_SHORT and any(a <= at and at + len(name) < b for a, b in spans)
            if not inside:
                text = text[:at] + "#" * len(name) + text[at + len(name) :]
    # The kind of place may stay between its name and its office: 青禾|区|财政局.
    return _KIND_LEFT.sub("#", text)


@lru_cache(maxsize=1024)
def _aliases(org: str) -> tuple[tuple[Alias, ...], tuple[Alias, ...]]:
    """(names of its place, names of the body itself)."""
    name = normal(org)
    return tuple(_place_names(name)), tuple(_body_names(name))


def _names_body(alias: str, text: str) -> bool:
    """Whether the question says it as a body: 财政 in 「财政拨款支出」 is none."""
    return any(True for _ in _said(alias, text))


def _said(alias: str, text: str) -> Iterator[int]:
    """Where the question says it as a body."""
    at = text.find(alias)
    while at >= 0:
        short = len(alias) <= LONGEST_SHORT and alias[-1] not in _OFFICES
        if not (short and (_SUBJECT.match(text, at + len(alias)) or text[:at].endswith(_INSURED))):
            yield at
        at = text.find(alias, at + len(alias))


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


def _shortened(org: str, text: str) -> Iterator[Alias]:
    """Short names of the body that nobody listed: some of its characters in their order, from the first to the last.

    退役军人局 is 退役军人事务局, 卫健委 is 卫生健康委员会. Two characters will do behind the body's place: 青禾残联.
    """
    name = normal(org)
    match = _PLACES.match(name)
    office = (name[match.end() :] if match else name).removeprefix("人民政府")
    forms = [office, *(office.removesuffix(long) + short for long, short in _ENDINGS.items() if office.endswith(long))]
    grounds = tuple(alias.text for alias in _aliases(org)[0] if alias.text != name)
    for form in forms:
        for start in (i for i, c in enumerate(text) if form and c == form[0]):
            said = _drawn(text[start:], form)
            if len(said) >= LONGEST_SHORT or (len(said) == SHORTEST_MASKED and text[:start].endswith(grounds)):
                yield Alias(said, 2)


def _drawn(text: str, name: str) -> str:
    """The longest beginning of the text that has characters of the name in their order and ends with its last; or nothing."""
    at, said = -1, ""
    for length, c in enumerate(text, 1):
        at = name.find(c, at + 1)
        if at < 0:
            break
        if c == name[-1]:
            said = text[:length]
    return said


def _foreign(text: str, orgs: Sequence[str], chosen: Sequence[str]) -> str | None:
    """A place or body in the question that no chosen document is of, or None."""
    every = {alias.text for org in orgs for alias in _aliases(org)[0]}
    for place in places(text):
        base = place.removesuffix(_suffix(place))
        # The pattern may have taken words before the name; an end of it that is known will do.
        known = any(base[i:] in every or f"{base[i:]}{_suffix(place)}" in every for i in range(len(base)))
        if not known and not _overlapping(place, text, orgs):
            return place
    if (spoken := _spoken_place(text, orgs, every)) is not None:
        return spoken
    if (blank := _PLACEHOLDER.search(text)) is not None and text[blank.start() - 1 : blank.start()] not in _QUOTED:
        return blank[0]
    own = {name for org in chosen for name in (*names(org), normal(org), *(alias.text for alias in _shortened(org, text)))}
    for match in _OFFICE.finditer(text):
        office = _LEAD.sub("", match[1])
        if (_HAS.search(office) and _INNER.search(text)) or _GIVER.match(text[match.end() - len(office) :]):
            continue
        if not _NO_OFFICE.search(office) and not any(office[i:] in own or _ends(office[i:], chosen) for i in range(len(office) - 1)):
            return office
    return _of_wider_place(text, chosen)


def _spoken_place(text: str, orgs: Sequence[str], every: Collection[str]) -> str | None:
    """A place named without its kind (浦东) that no document is of, before a year or a body; or None."""
    offices = sorted({name for long, shorts in lexicon.load().bodies for name in (long, *shorts)}, key=len, reverse=True)
    for begin in _ASKER.finditer(text):
        for length in range(_PLACE_SPOKEN[1], _PLACE_SPOKEN[0] - 1, -1):
            name = text[begin.end() : begin.end() + length]
            rest = text[begin.end() + length :]
            if name not in divisions.load() or not (_BEHIND_PLACE.match(rest) or rest.startswith(tuple(offices))):
                continue
            if name not in every and not any(name in normal(org) for org in orgs):
                return name
    return None


def _overlapping(place: str, text: str, orgs: Sequence[str]) -> bool:
    """Whether what was taken for a place begins in the name of a known body: 大办公厅跟省 in 省人大办公厅跟省政协办公厅."""
    at = text.find(place)
    called = {alias.text for org in orgs for alias in (*_aliases(org)[1], *_shortened(org, text))}
    return any(start < at < start + len(name) for name in called for start in _places_of(name, text))


def _places_of(name: str, text: str) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + 1)


def _suffix(place: str) -> str:
    match = _NAMED_PLACE.search(place)
    return match[2] if match else place[-1]


def _ends(office: str, orgs: Sequence[str]) -> bool:
    """Whether one of the bodies' names ends with the office named."""
    return len(office) >= LONGEST_SHORT and any(normal(org).endswith(office) for org in orgs)


def _of_wider_place(text: str, chosen: Sequence[str]) -> str | None:
    """The body of a city or province, where only a district's of it is there: 宝鸡市医保局 is not 宝鸡市凤翔区's."""
    for org in chosen:
        match = _PLACES.match(normal(org))
        wider = [part for part in (match[1], match[2]) if part] if match and match[3] else []
        narrow = match[3] if match else None
        for part in wider:
            for office in (a.text for a in _aliases(org)[1] if len(a.text) > LONGEST_SHORT - 1):
                if f"{part}{office}" in text and narrow and narrow[:-1] not in text:
                    return f"{part}{office}"
    return None
