"""What a question asks: kind, bodies, years, items, measures and direction, by words alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from service import lexicon
from service.answering import bodies, coordinating, instead, matching, scoping, shortening
from service.answering.bodies import Choice
from service.answering.matching import Match
from service.answering.traditional import simplified
from service.records import DocumentInfo, Kind
from service.text import normal


class Ask(StrEnum):
    """Kind of question."""

    LOOKUP = "lookup"
    WHY = "why"
    DEFINITION = "definition"
    LIST = "list"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Plan:
    """A question as understood."""

    question: str
    text: str
    """Normal form."""
    ask: Ask
    choice: Choice
    items: tuple[Match, ...]
    """Items named, in the order of the question."""
    measures: tuple[str, ...]
    years: tuple[int, ...]
    """Years named as such."""
    prior: bool
    """The year before the document's is asked for (去年多少)."""
    against_prior: bool
    """A comparison with the year before is asked for (比上年)."""
    direction: str | None
    """less, more or None."""
    statement: Kind | None
    """决算 or 预算, when the question can only mean one of them."""
    outside: str | None
    """personal, opinion, wide (a whole district), subject or future: nothing a disclosure answers."""
    comparing: bool
    """Words of comparison stand in it."""
    general: bool
    """Beside bodies, years and words of measure it says nothing: it asks about the whole."""
    counted: tuple[str, ...]
    """Units of what is to be counted (辆, 人次), where it asks how many."""
    table: str | None
    """A table that the question names: 公开03表, 基本支出, 三公, 自评."""
    whole: tuple[Match, ...] = ()
    """Items named only as what the items asked are a part of: 「占总支出多少」, 「采购里中小企业」."""
    topic: str = ""
    """Normal form with the names of bodies blanked (#)."""

    @property
    def documents(self) -> tuple[DocumentInfo, ...]:
        """The documents the question is about."""
        return self.choice.documents


_YEAR = re.compile(r"(20\d\d)(?=年|[-至到、和]|$|[^\d万元%.])")
_SHORT_YEAR = re.compile(r"(?<!\d)([012]\d)年(?!来|前|后|间|以)")
_PRIOR = re.compile(r"(?:去年|上年|上一年|前一年|前年度|上年度)")
_PRIOR_ASKED = re.compile(
    r"(?:去年|上年|上一年|上年度)的?(?:年初)?(?:预算|决算)?(?:安排)?数?(?:是|又是|呢|有|为)?多少|(?<![比较与跟和同于])(?:去年|上年|上一年|上年度)的?(?:年初)?(?:预算|决算)(?:安排)?数?[?？]?$|(?:去年|上年)呢|^#*(?:上一年|前一年|上年度)度?的?(?!结转|结余)"
)
_CARRIED = re.compile(r"上年度?(?:结转|结余)")
"""The balance carried over from last year is a figure of this year."""
_AGAINST = re.compile(
    r"(?:比|较|相比)(?:去年|上年|上一年|前一年|上年度|20\d\d年?|[012]\d年)|(?<!20\d\d年)(?<!20\d\d)(?<!20\d\d年度)[跟和同与](?:去年|上年|上一年|前一年|上年度|20\d\d年?)|同比"
)
"""「2023年和2024年」 asks about both."""
_THIS = re.compile(r"今年|本年|当年")
_TABLE = re.compile(r"公开\d+表|(?:收入|支出|总表|收支|三公|基本支出|自评|采购|基金|国有资本)[\u4e00-\u9fff“”\"]*?表")
_COUNTED = re.compile(r"(?:多少|几)(?:(辆)|(人次)|(批次?|拨(?!款))|(台|套)|(平方米))")
COMMON = re.compile(
    r"一般公共预算|财政拨款|预算|决算|收入|支出|收支|总计|总额|合计|总共|一共|全部|全年|年度|今年|去年|上年|本年|部门|单位|实际|完成|安排|执行|增长|增加|减少|下降|"
    r"变化|增|减|相比|比较|对比|为什么|为啥|为何|怎么|原因|多少|几|什么|哪|是|了|的|比|年|钱|元|万|花|用|有|和|与|跟|各|分别|占|率|数|额|初|情况|请问|帮我|查|一下|到底|"
    r"得分|扣在哪儿?|扣分|扣了|得了|几分|多少分|还|就|也|都|呢|吗|啊|要|给|一|二|个|在|从|到|里|上|下|最后|最终|差|多|少|高|低|大|小|超|没|不|翻|倍|快|涨|降|百分之|比例|比重|文件|公开|规模|打算|计划|准备|总|按|据|文中|推算|推断|算|出去|掉"
)
LEAST_KEPT = 4
"""An item's name of so many characters is no body's, though it begins like one."""
MOST_LEFT = 1
"""So many characters may be left of a question about the whole."""
ROOT = 3
"""Names of one family begin with so many same characters: 政府采购支出总额, 政府采购货物支出."""
_ELLIPTIC = re.compile(r"(?:那么?|然后)?.{0,14}?(?:呢|咋样|怎么样)[?？]*")
_MEANING = re.compile(
    r"(?:究竟|到底)?(?:是|指)(?:个)?(?:什么|啥|干嘛|干什么|干啥|做什么)(?:用)?(?:的)?(?:东西|意思|概念|名堂|钱)?(?:的|呢|啊|呀|吗)*[?？。]*$|^(?:啥是|何为)"
)
"""「X是什么」: a definition, unless it asks what the reason, aim, money … is."""
_NO_MEANING = re.compile(
    r"(?:原因|理由|目标|目的|任务|职责|职能|内容|问题|情况|结果|依据|措施|成效|项目|用途|工作|重点|单位|部门|面|头|去向|变化|区别|关系|排第一的?|最[多少高低大小]的?[^,。]{0,6})(?:都|分别|主要|又|各|具体)?(?:是|指)(?:个)?(?:什么|啥)"
)
_EXPLAINED = re.compile(r"(?:这个?词|的意思|一词)?(?:是)?(?:怎么|如何|咋)(?:解释|理解)的?[?。]*$")
_QUOTED = re.compile(r"[\"'](?:这个?词)?(?:是)?(?:怎么|如何|咋)(?:解释|理解)的?[?。]*$")
"""A word in quotation marks is asked for its meaning."""
_HAPPENED = re.compile(r"[了没未不零]|\d|持平|结转|变")
"""Something happened: 「项目支出怎么解释」 asks for its meaning, 「项目支出超了怎么解释」 for the reason."""
_OF_BUDGET = re.compile(
    r"(?:花|用|支出?|执行|使用|完成)(?:了|掉|到)?(?:年初|全年|当年|本年|调整)?预算数?的?(?:百分之[几多]|百分之多少|几成|多大比例|多少比例|多少%)"
)
"""「花了预算的百分之几」 asks for the rate."""
_HOW_SO = re.compile(
    r"怎么(?!样|办|走|申|理解|设|算|分|花的|用的|构成|组成|个|报|查|读|看|安排|评|说|写|解读|称呼|去|联系|回事|改|做|解决|整|处理|用|落实|保障|提高|推进|开展|规定|处置|评价|看待|认定|定义|界定)[\u4e00-\u9fff]"
)
"""怎么拖到九月: why, not how."""
_PURPOSE = re.compile(
    r"(?:都|主要|具体)?(?:是)?(?:用来|用于|用在|花在|花到|拿来|干)(?:了)?(?:支付|做|干|买|付)?(?:什么|啥|哪里?|哪些|嘛)(?:方面|地方|用途)?(?:的|了|呢)*[?？]?"
)
_POINTING = re.compile(r"它|这个|这笔|这项|这块|该项|那个|那笔|那项|这些")
_AGAINST_EARLIER = re.compile(r"#*[和跟与同比](?!去年|上年|上一年)")
_OF_IT = re.compile(r"#*(?:其中|里面|这里面|这里头|这当中)")
MOST_LEFT_OF_WHY = 4
"""So many characters may be left of a follow-up that asks for a reason: 扣分原因."""
_SHARED = re.compile(r"(?:#|20\d\d年?度?|年|今年|本年|请问|的)*([\u4e00-\u9fff]{2,10}?)(?:一共|总共|大概)?占")
WHO = re.compile(r"[归由]哪|哪个?(?:科|股|处|室|庭|部门|单位|机构)室?(?:负责|管|办|承担|牵头|在管|在办)|谁(?:负责|承担|牵头|管这|来管)")
"""Asks who does something: the figures of what it costs are no answer."""
_SPENT = re.compile(r"决算|实际(?:上)?(?:支出|花|用|执行|发|拨|支付|开支|投入|列支|下达|报销|领|到账|到位)")
_FUTURE = re.compile(r"明年|后年|下一年|将来|未来")


Names = Callable[[Sequence[DocumentInfo]], Sequence[str]]
"""Gives the item names that documents use."""


def read(question: str, library: Sequence[DocumentInfo], names: Names, history: Sequence[tuple[str, str]] = ()) -> Plan:
    """Understand a question.

    Args:
        question: the user's words.
        library: documents it may be about.
        names: gives the item names of the documents that the question turns out to be about.
        history: (question, answer) pairs before it, oldest first; a follow-up takes what it leaves unsaid from the last.
    """
    question = lexicon.corrected(simplified(question))
    text = normal(question)
    before = read(history[-1][0], library, names, history[:-1]) if history else None
    if before is not None and (filled := instead.question(text, before.text)) is not None:
        question, text = filled, normal(filled)
    choice = bodies.choose(question, library)
    if before is not None and not (choice.named or choice.foreign):
        choice = before.choice
    known = names(choice.documents)
    if choice.foreign is not None and bodies.is_office(choice.foreign) and matching.names_one(choice.foreign, known):
        choice = replace(choice, foreign=None)  # 综合医院 is an item, 县福利院 a row of the tables
    masked = bodies.masked(text, library, [name for name in known if len(name) >= LEAST_KEPT])
    found = _both_ends(scoping.fitting(coordinating.joined(matching.items(masked, known), masked, known), text), text, known)
    items, whole = scoping.sorted_out(scoping.with_parts(scoping.of_posts(scoping.sided(found, text), text, known), text, known), text)
    items = items or _before_share(masked, known, whole)
    if WHO.search(text):
        items, whole = (), ()
    asked = _ask(text, items, choice)
    bare = _bare(text, items)
    made = Plan(
        question=question,
        text=text,
        ask=asked,
        choice=choice,
        items=items,
        whole=whole,
        measures=_measures(text, items, bare, _bare(bare, whole)),
        years=years_of(text),
        prior=_prior(text),
        against_prior=bool(_AGAINST.search(text)) or "上年" in text or "增长" in text,
        direction=_direction(text),
        statement=statement_of(text),
        outside=_outside(text),
        comparing=any(official == "compare" for _, _, official in lexicon.found(lexicon.load().kinds, text)),
        general=_general(masked),
        counted=tuple(dict.fromkeys(unit for found in _COUNTED.findall(text) for unit in found)),
        table=match[0] if (match := _TABLE.search(text)) else None,
        topic=_topic(masked),
    )
    return made if before is None else _followed(made, before, history[-1][1], known)


def _both_ends(items: Sequence[Match], text: str, known: Sequence[str]) -> list[Match]:
    """The items, with the balance at the other end of the year where it is asked for in a word: 年末结余多少？年初是多少."""
    found = list(items)
    for item in items:
        for end, other in (("年末", "年初"), ("年初", "年末")):
            name = item.names[0].replace(end, other, 1)
            at = text.find(other)
            if end in item.names[0] and name in known and at >= 0 and not any(m.start <= at < m.end for m in items):
                found.append(Match((name,), at, at + len(other), 0.7))
    return sorted(found, key=lambda m: m.start)


def _before_share(masked: str, known: Sequence[str], whole: Sequence[Match]) -> tuple[Match, ...]:
    """What stands before 占 and a whole, said without its last word: 财政拨款占收入预算 is 财政拨款收入."""
    said = _SHARED.match(masked) if whole else None
    if said is None:
        return ()
    names = tuple(n for n in known if matching.key(n) in {f"{said[1]}{side}" for side in ("收入", "支出", "预算")})
    return (Match(names, said.start(1), said.end(1), 0.8),) if names else ()


def _measures(text: str, items: Sequence[Match], bare: str, alone: str) -> tuple[str, ...]:
    """The measures asked for; a citizen's word for an item may hold one: 总预算.

    `bare` is the question without its items, `alone` without its wholes, too.
    """
    found = tuple(dict.fromkeys(official for _, _, official in lexicon.found(lexicon.load().measures, bare)))
    if _OF_BUDGET.search(alone):
        found = tuple(dict.fromkeys(("完成率", *found)))
    if not found and any(m.score < scoping.LEAST_SURE and text[m.start : m.end].endswith("预算") for m in items):
        return ("预算",)
    return found


def _followed(plan: Plan, before: Plan, told: str, known: Sequence[str]) -> Plan:
    """A follow-up with what it leaves unsaid taken from the question before it, and from that one's answer.

    Args:
        plan: the follow-up by itself.
        before: the question before it.
        told: its answer.
        known: item names of the documents.
    """
    elsewhere = plan.choice != before.choice and not any(d.year in before.years for d in plan.documents)
    years = plan.years or (() if elsewhere else before.years)
    plan = replace(plan, years=years, statement=plan.statement or before.statement)
    earlier = before.items or (() if before.general else matching.items(normal(told), known)[:1])
    # Where they stand in the earlier question says nothing about this one.
    earlier = tuple(replace(m, start=0, end=0) for m in earlier)
    most = MOST_LEFT_OF_WHY if plan.ask is Ask.WHY else MOST_LEFT
    short = _ELLIPTIC.fullmatch(plan.text) is not None or _POINTING.search(plan.text) is not None or _left(plan.topic, plan) <= most
    short = short or (not plan.items and _PURPOSE.fullmatch(plan.topic) is not None)
    if _OF_IT.match(plan.topic) and plan.items and not plan.whole:
        plan = replace(plan, whole=earlier)
    if plan.items and _AGAINST_EARLIER.match(plan.topic) and plan.comparing:
        plan = replace(plan, items=(*earlier, *plan.items), ask=Ask.COMPARE)
    if not plan.items:
        part = _other_side(plan, earlier, known) or _part_of(plan, earlier, known)
        if part:
            plan = replace(plan, items=part)
        elif short or plan.whole:
            plan = replace(plan, items=earlier, general=before.general or plan.general)
    measures = plan.measures or (before.measures if plan.ask is Ask.LOOKUP else ())
    again = short and plan.ask is Ask.LOOKUP and not plan.measures and before.ask in (Ask.WHY, Ask.DEFINITION) and bool(plan.items)
    return replace(
        plan,
        measures=measures,
        ask=before.ask if again else plan.ask,
        direction=plan.direction or (before.direction if again else None),
        table=plan.table or (before.table if plan.items else None),
    )


def _part_of(plan: Plan, earlier: Sequence[Match], known: Sequence[str]) -> tuple[Match, ...]:
    """The part of the earlier item that a follow-up names by its own word alone: 「其中货物多少」 after 政府采购."""
    words = re.findall(r"[\u4e00-\u9fff]{2,}", COMMON.sub("#", _OF_IT.sub("", plan.topic)))
    for word in words:
        for item in earlier:
            names = sorted(
                (n for n in known if word in matching.key(n) and _of_family(matching.key(item.names[0]), matching.key(n))), key=len
            )
            if names:
                return (Match(tuple(names), 0, 0, 0.7),)
    return ()


def _of_family(whole: str, part: str) -> bool:
    """Whether two names belong together: they begin alike, or one is the other with a word put in (实有人员, 实有行政人员)."""
    return part.startswith(whole[:ROOT]) or (len(part) > len(whole) and shortening.may_be_short(whole, part))


def _other_side(plan: Plan, earlier: Sequence[Match], known: Sequence[str]) -> tuple[Match, ...]:
    """The same item on the other side: 「支出呢」 after 收入总计."""
    said = re.search(r"收入|支出", plan.topic)
    if said is None or _left(plan.topic, plan) > MOST_LEFT:
        return ()
    names = [n.replace("收入" if said[0] == "支出" else "支出", said[0]) for m in earlier for n in m.names]
    there = tuple(n for n in dict.fromkeys(names) if n in known)
    return (Match(there, 0, 0, 0.7),) if there else ()


def _left(topic: str, plan: Plan) -> int:
    """Characters that are left of a question without its common words and items."""
    return len(re.sub(r"[^\u4e00-\u9fff]", "", COMMON.sub("", _OF_IT.sub("", _bare(topic, (*plan.items, *plan.whole))))))


def _topic(masked: str) -> str:
    """The question with bodies and the words that only lead over to it blanked."""
    return re.sub(r"^(?:那么?|然后|还有|另外|再问)", lambda m: "#" * len(m[0]), masked)


def years_of(text: str, *, compared: bool = False) -> tuple[int, ...]:
    """The years named as those asked about; those compared with (比2023年, …和2025年) only where these are wanted, too."""
    own = text if compared else _AGAINST.sub("", text)
    return tuple(dict.fromkeys([int(y) for y in _YEAR.findall(own)] + [2000 + int(y) for y in _SHORT_YEAR.findall(own)]))


def _prior(text: str) -> bool:
    own = _CARRIED.sub("", _AGAINST.sub("", text))
    return bool(_PRIOR_ASKED.search(text)) or (bool(_PRIOR.search(own)) and bool(_THIS.search(text) or years_of(text)))


def _general(text: str) -> bool:
    """Whether nothing is left of a question (bodies blanked) without its common words."""
    return len(re.sub(r"[^\u4e00-\u9fff]", "", COMMON.sub("", text))) <= MOST_LEFT


def _bare(text: str, items: Sequence[Match]) -> str:
    """The question without its item names, whose words (支出, 人员) are no measures."""
    for item in items:
        if item.start < item.end:
            text = text[: item.start] + "#" * (item.end - item.start) + text[item.end :]
    return text


def _ask(text: str, items: Sequence[Match], choice: Choice) -> Ask:
    if _QUOTED.search(text):
        return Ask.DEFINITION
    explained = _EXPLAINED.search(text)
    if explained is not None:
        happened = _direction(text) or _HAPPENED.search(_bare(text[: explained.start()], items))
        return Ask.WHY if happened else Ask.DEFINITION
    found = {official for _, _, official in lexicon.found(lexicon.load().kinds, text)}
    if "why" in found or _HOW_SO.search(text):
        return Ask.WHY
    if "definition" in found or (_MEANING.search(text) and not _NO_MEANING.search(text)):
        return Ask.DEFINITION
    if "compare" in found and (len(items) > 1 or len(choice.groups) > 1):
        return Ask.COMPARE
    return Ask.LIST if "list" in found or ("compare" in found and re.search(r"哪个|哪几|哪一", text)) else Ask.LOOKUP


def _direction(text: str) -> str | None:
    found = lexicon.found(lexicon.load().directions, _AGAINST.sub("", text).replace("多少", "").replace("差多少", ""))
    return found[0][2] if found else None


def statement_of(text: str) -> Kind | None:
    """决算 and 预算 are told apart only by words that cannot mean the other's budget column."""
    if _SPENT.search(text) and "预算" not in text:
        return Kind.FINAL
    if re.search(r"预算安排|安排了?多少|打算|计划", text) and not re.search(r"决算|实际|执行|花|用了", text):
        return Kind.BUDGET
    return None


def _outside(text: str) -> str | None:
    if _FUTURE.search(text) and not _YEAR.search(text):
        return "future"
    found = next((name for name, pattern in lexicon.load().outside if pattern.search(text)), None)
    return None if found == "personal" and re.search(r"人均|平均每人", text) else found
