"""A question → its needs: the two or three things that it asks at once, each with its words and the form of a fitting answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service import lexicon
from service.answering.countables import UNITS
from service.answering.matching import Match, key
from service.answering.plan import Ask, Plan
from service.text import normal

SURE = 0.9
"""Score from which the item that a question names may be called by its other names."""
SHORTEST = 2
"""Shortest word (characters) that tells something."""

_ASKING = re.compile(
    r"算不算|[包含]不[包含]|[在属]不[在属]|多[少大高长远久]|几|哪|什么|啥|谁|吗|呢|为何|怎[么样]|如何|咋|有没有|有无|是否|是不是|没有?$|干嘛|各|分别|占比|比例|原因|为什么"
)
_STOPS = re.compile(r"[,;?!。]+")
_LISTING = re.compile(r"、|还有|以及|并且|同时")
_COUNT = re.compile(
    r"(?:多少|(?<!哪)几)(?:个)?(批次|批|拨(?!款)|人次|人|名|次|辆|台|套|户|家|件|场|条|起|处|张|份|平方米|所|期|支|项|层|分(?!之|别)|级|天|例)|(?:多少|(?<!哪)几)(个)(?!百?分?点)"
)
_OF_SIZE = re.compile(r"多大(?!比|的?比|占|规模)|面积(?:是|有)?多少")
_OF_LENGTH = re.compile(r"(?:有|是)?多[高长宽深](?![的期])")
_RANK = re.compile(r"排(?:名|在)?第几|第几|排名")
_PERCENT = re.compile(
    r"百分之|占比|比例|比重|率(?:是|为|要求|达到?)?多少|几成|几个(?:百分)?点|多少个(?:百分)?点|多大比[例重]|占(?:了)?多少"
)
_HOW_MUCH = re.compile(r"多[少大高长]|几[万元亿]|各几|(?:什么|啥)标准")
_SCORE = re.compile(r"总分|得分|分数")
_STAFF = re.compile(r"人数(?=多少|[?。]*$)|编制(?=[?。]*$)")
_CHANGE = re.compile(r"(?:比|较)(?:去年|上年|上一年|前一年|20\d\d年|(?:年初)?预算)|(?:去年|上年)比|同比")
_WHY = re.compile(r"为什么|为啥|为何|原因|因素|咋|怎么(?:会|没|就|又|还|这么|突然|拖|少|多|降|涨|变|来的)|因为什么|啥(?:情况|原因)")
_USED = re.compile(r"(?:干|做)(?:什么|啥|嘛)(?:用)?的?|用[来去在于]|用途|花[在到]哪|什么用处|派什么用场")
_MEANING = re.compile(
    r"^#*(?:什么|啥)是|什么意思|啥意思|怎么理解|指(?:的)?(?:是)?(?:什么|啥|哪些)|什么叫|啥叫|含义|定义|包括(?:哪|什么|啥|些)|包含(?:哪|什么|啥)|管(?:的是)?什么"
)
_LIST = re.compile(r"哪[些几]|什么[^,。]{0,6}[和、]|都有(?:谁|什么|啥)|都叫|分别[是叫]|有(?:什么|啥)|都是些?(?:什么|啥|哪)|列出|名单|清单")
_WORDED = re.compile(
    r"叫(?:什么|啥)|[从跟和与给由归在](?:哪|谁)|哪[儿里]|哪个(?!.{0,4}[占更最多少高低大小])|谁(?!.{0,3}[占更最多少高低大小])|什么时候|哪[年月天]|"
    r"哪一[年月天]|怎[么样]|如何|什么|啥|等[次级]"
)
_QUESTION = re.compile(
    r"[归由](?=[^,。]{0,8}哪)|哪个?(?:科|股|处|室|庭|部门|单位|机构)室?(?:来)?(?:负责|在?管|承担|牵头|办)|20\d\d年?度?|(?:多少|几)(?:批次|人次|平方米|[个批拨人名次辆台套户家件场条起处张份所期支项层级天例])?|多大|多高|什么|怎么样?|为什么|为啥|为何|如何|"
    r"哪[些几个儿里一家条座栋层年月天张份块类种]?|(?:干|做)(?:什么|啥)用?|请问|帮我|我想知道|"
    r"排(?:名|在)?第|排名|一共|总共|合计|分别|到底|究竟|是不是|是否|算不算(?:在)?|属不属于?|[包含]不[包含]|在不在|有没有|有无|百分之|占比|比例|比重|[吗呢吧呀啊嘛啥谁咋]|今年|去年|上年|本年度?|全年|目前|现在|[办买设查请开搞建报领发花](?=了?(?:几|多少|哪))|"
    r"其中|整个|(?:那|这)个?(?:表|项目)|、|#+|[^\u4e00-\u9fffA-Za-z0-9.%]+"
)
"""Where the telling words of a question are parted."""
_EDGE = "的了着得和与跟及或把被为在从到给由就也都还又再这那各每是有没个们里中"
"""Words of form at the beginning or end of a telling word."""
_DULL = re.compile(
    r"(?:明细表?|预算数?|决算数?|执行数?|支出|收入|完成|增加|减少|增长|下降|比较|相比|对比|数额|金额|总额|总计|实际|变化|经费|资金|费用|项目|情况|单位|部门|年度|年|安排|打算|计划|准备|公开|文件|要求|"
    r"这么|那么|可以|原因|因素|包括|包含|纳入|列入|花[了得]?|用[了得]?(?!车|款)|用来|来自|干|做|来|去|说|看|叫|是|有|没|要|能|会|高|低|多|少|最|钱|块|元|万|共|比|占|了|的|所|"
    r"些|个|各|本|对|把|给|这|那|其|它|不少于|不低于|不超过|不多于|至少|最多|老百姓|群众|以上|以下|左右|以后|之后|然后|[\d.%]|[一二三四五六七八九十百千万两几多])+"
)
"""Tells nothing by itself."""
_SIDE_BY_SIDE = re.compile(
    r"(?P<lead>[^、]{0,12}(?:里面?|中|的))?(?P<things>[^、,]{2,24}(?:(?:、|和|与|跟|及)[^、,]{2,24}?)+?)(?:这[几两三]项|[两三四]项)?"
    r"(?P<tail>(?:都|又)?(?:分别|各自?)?(?:是|有|为|花了?|用了?)?(?:多少|几).*|呢)"
)
_TOGETHER = re.compile(r"合计|一共|总共|相差|差多少|加|占|比(?!例)|哪个|谁")
_JOINT = re.compile(r"、|和|与|跟|及(?!其)")
_KEPT = {"、": "\ue000", "和": "\ue001", "与": "\ue002", "跟": "\ue003", "及": "\ue004"}
"""Stands for a joint inside an item's name."""
_NUMBER_ASKED = re.compile(r"多少|几")
_FORM = re.compile(r"自评|绩效|项目表|那[个张]表|执行率|总分|得分")
_FORM_MONEY = re.compile(r"预算数?(?!执行)|执行数|资金总额|执行(?:了)?多少")
_TOP = re.compile(r"最|哪个|更|谁")


class Fit(StrEnum):
    """The form of a fitting answer."""

    COUNT = "count"
    """A figure in one of the units asked."""
    AMOUNT = "amount"
    """A figure."""
    CHANGE = "change"
    """How it stands to another year or to the budget."""
    PERCENT = "percent"
    RANK = "rank"
    WHY = "why"
    USE = "use"
    MEANING = "meaning"
    LIST = "list"
    WORDED = "worded"
    """What a figure does not tell: a name, a place, a time, a manner."""
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Term:
    """A telling word of the question, and the words that the documents may use for it, itself first."""

    words: tuple[str, ...]
    item: bool = False
    """Whether it names an item: then nothing but one of its words says it."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a question asks."""

    text: str
    """Normal form, names of bodies blanked."""
    terms: tuple[Term, ...]
    fit: Fit
    units: frozenset[str]
    """Of a count: units that its figure may be printed in."""
    context: tuple[Term, ...] = ()
    """Telling words of what is asked before it."""
    own: bool = True
    """Whether its words are its own; else they are those of what is asked before it."""


def of(plan: Plan, printed: str) -> tuple[Need, ...]:
    """The needs of a question, in its order; what has neither words nor a form of its own is no need.

    Args:
        plan: the question.
        printed: normal form of what the documents print, which tells words from words.
    """
    made: list[Need] = []
    for lead, part in parts(_guarded(plan)):
        led = terms(lead, plan, printed) if lead else ()
        before = tuple(dict.fromkeys((*(t for earlier in made for t in (*earlier.context, *earlier.terms)), *led)))
        own = terms(part, plan, printed) or (() if before else tuple(_items(part, plan)))
        inherited = led or (made[-1].terms if made else ())
        asked = f"{lead},{part}" if lead else part
        need = Need(asked, own or inherited, *_form(part, plan), before, own=bool(own or led))
        if not need.terms or (not need.own and (need.fit in (Fit.ANY, Fit.AMOUNT, Fit.PERCENT) or _TOP.search(part))):
            continue  # another measure of what was asked before: its answer tells it
        made.append(need)
    if not made and (named := _printed(plan, printed)):
        made = [Need(plan.topic or plan.text, named, *_form(plan.text, plan))]
    form = _of_form(plan, made)
    return (*made, form) if form is not None else tuple(made)


def _printed(plan: Plan, printed: str) -> tuple[Term, ...]:
    """The items of a question without a telling word (支出合计多少) that the documents print by their own names."""
    names = (tuple(word for name in m.names if (word := key(name)) in printed) for m in plan.items if m.start < m.end)
    return tuple(Term(words, item=True) for words in names if words)


def _of_form(plan: Plan, made: Sequence[Need]) -> Need | None:
    """The money of a project's form, where its budget or what was spent of it is asked for: 自评表上预算数、执行数是多少."""
    if not made or not _FORM.search(plan.text) or not _FORM_MONEY.search(plan.text) or not any(m.score for m in plan.items):
        return None
    return Need("", (Term(("年度资金总额", "全年预算", "年初预算数")),), Fit.AMOUNT, frozenset(), made[0].terms)


def _guarded(plan: Plan) -> str:
    """The question with the joints inside its items' names kept from parting them: 商品和服务支出 is one thing."""
    text = plan.topic or plan.text
    for match in (*plan.items, *plan.whole):
        inside = text[match.start : match.end]
        for joint, kept in _KEPT.items():
            inside = inside.replace(joint, kept)
        text = text[: match.start] + inside + text[match.end :]
    return text


def parts(text: str) -> tuple[tuple[str, str], ...]:
    """The parts of a question that ask, each after what leads to it: between stops, and between 、 or 还有 where both sides ask.

    >>> parts("公车运维费预算和决算各多少,有没有买新车?")
    (('', '公车运维费预算和决算各多少'), ('', '有没有买新车'))
    """
    made: list[tuple[str, str]] = []
    lead = ""
    for piece in (p for stretch in _STOPS.split(text) for p in _split(stretch) if p.strip("#")):
        if _ASKING.search(piece):
            made.append((lead, piece))
            lead = ""
        else:
            lead = f"{lead},{piece}" if lead else piece
    if lead and made:
        made[-1] = (made[-1][0], f"{made[-1][1]},{lead}")
    return tuple((_plain(a), _plain(b)) for a, b in made or [("", text)])


def _plain(part: str) -> str:
    for joint, kept in _KEPT.items():
        part = part.replace(kept, joint)
    return part


def _split(stretch: str) -> Sequence[str]:
    pieces = _LISTING.split(stretch)
    if len(pieces) > 1 and all(_ASKING.search(piece) for piece in pieces):
        return pieces
    return _each(stretch) or [stretch]


def _each(stretch: str) -> list[str]:
    """Things set side by side of which the same is asked, one by one: 「出国、接待分别多少钱」."""
    match = _SIDE_BY_SIDE.fullmatch(stretch)
    if match is None or _TOGETHER.search(stretch):
        return []
    things = _JOINT.split(match["things"])
    if len(things) < SHORTEST or any(_DULL.fullmatch(thing) for thing in things):
        return []
    return [f"{match['lead'] or ''}{thing}{match['tail']}" for thing in things]


def terms(part: str, plan: Plan, printed: str) -> tuple[Term, ...]:
    """The telling words of a part, each with what the documents may write for it."""
    made: list[tuple[int, Term]] = []
    for start, end, words in _sayings(part):
        made.append((start, Term(words)))
        part = part[:start] + "#" * (end - start) + part[end:]
    for whole in plan.whole:
        part = part.replace(plan.text[whole.start : whole.end] or "#", "#" * max(1, whole.end - whole.start))
    spans = [span for span in _words(part, printed) if not _DULL.fullmatch(part[slice(*span)])]
    for start, end, official in _known(part, plan):
        beside = 1 if _NUMBER_ASKED.search(part[start:end]) and not any(word.endswith("人员") for word in official) else 0
        inside = [s for s in spans if s[0] < end + beside and start < s[1] + beside]
        if inside and not any(s[0] <= start and end <= s[1] and s[1] - s[0] >= end - start + SHORTEST for s in inside):
            span = (min(start, inside[0][0]), max(end, inside[-1][1]))
            spans = sorted([*(s for s in spans if s not in inside), span])
            made.append((span[0], Term(tuple(dict.fromkeys((part[slice(*span)], *official))), item=True)))
    told = {at for at, _ in made}
    made += [(start, Term((part[start:end],))) for start, end in spans if start not in told]
    inherited = [Term(tuple(key(name) for name in m.names), item=True) for m in plan.items if m.score >= SURE and m.start == m.end]
    return tuple(dict.fromkeys([*inherited, *(one for _, one in sorted(made, key=lambda pair: pair[0]))]))


def _words(part: str, printed: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the telling words: the longest stretches that the documents print, and what lies between them."""
    at = 0
    for stop in (*_QUESTION.finditer(part), None):
        end = stop.start() if stop is not None else len(part)
        yield from _stretches(part, at, end, printed)
        at = stop.end() if stop is not None else end


def _stretches(part: str, start: int, end: int, printed: str) -> Iterator[tuple[int, int]]:
    open_ = start
    while start < end:
        stop = start
        while stop < end and part[start] != "的" and part[start : stop + 1] in printed:
            stop += 1
        if stop - start >= SHORTEST:
            yield from _trimmed(part, open_, start)
            yield from _trimmed(part, start, stop)
            open_ = start = stop
        else:
            start += 1
    yield from _trimmed(part, open_, end)


def _trimmed(part: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and part[start] in _EDGE:
        start += 1
    while start < end and part[end - 1] in _EDGE:
        end -= 1
    if end - start >= SHORTEST:
        yield start, end


def _sayings(part: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Ways of speaking that the documents put otherwise: 从哪划过来 is 划转."""
    taken: list[tuple[int, int]] = []
    for pattern, words in lexicon.load().sayings:
        for match in pattern.finditer(part):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                yield match.start(), match.end(), words


def _known(part: str, plan: Plan) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """(start, end, official words) of citizens' words and of the items that the question names, longest first."""
    said: dict[tuple[int, int], list[str]] = {}
    for match, at in _placed(part, plan):
        said.setdefault((at, at + match.end - match.start), []).extend(map(key, match.names))
    placed = list(said)
    patterned = ((*m.span(), official) for pattern, official in lexicon.load().patterns for m in pattern.finditer(part))
    for start, end, official in (*lexicon.found(lexicon.load().items, part), *patterned):
        if (start, end) in said or not any(a < end and start < b for a, b in placed):
            said.setdefault((start, end), []).append(normal(official))
    for (start, end), words in sorted(said.items(), key=lambda item: item[0][0] - item[0][1]):
        yield start, end, tuple(words)


def _items(part: str, plan: Plan) -> list[Term]:
    """The items that a part names, by the documents' names."""
    return [Term(tuple(map(key, match.names)), item=True) for match, _ in _placed(part, plan)]


def _placed(part: str, plan: Plan) -> Iterator[tuple[Match, int]]:
    """The items that a part names for certain, and where."""
    for match in plan.items:
        said = plan.text[match.start : match.end]
        at = part.find(said) if said and match.score >= SURE else -1
        if at >= 0:
            yield match, at


def _form(part: str, plan: Plan) -> tuple[Fit, frozenset[str]]:
    """The form of a fitting answer, and the units of a count."""
    units = frozenset(u for m in _COUNT.finditer(part) for u in UNITS.get(m[1] or "", "个|家|项|名|人|辆|台|处|所|件").split("|"))
    if _OF_SIZE.search(part):
        return Fit.COUNT, frozenset({"平方米", "公顷", "亩"})
    if _OF_LENGTH.search(part):
        return Fit.COUNT, frozenset({"", "米", "公里", "千米", "厘米"})
    if units:
        return Fit.COUNT, units
    if _STAFF.search(part):
        return Fit.COUNT, frozenset({"人", "名", "个"})
    for pattern, fit in (
        (_RANK, Fit.RANK),
        (_PERCENT, Fit.PERCENT),
        (_WHY, Fit.WHY),
        (_MEANING, Fit.MEANING),
        (_USED, Fit.USE),
        (_CHANGE, Fit.CHANGE),
        (_HOW_MUCH, Fit.AMOUNT),
        (_SCORE, Fit.AMOUNT),
        (_LIST, Fit.LIST),
        (_WORDED, Fit.WORDED),
    ):
        if pattern.search(part):
            return fit, frozenset()
    return (Fit.WHY if plan.ask is Ask.WHY else Fit.ANY), frozenset()
