"""What a ranking is among where the question names it: the parts of 三公经费, a class's items, purchases; never what is beside them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.amounts import YUAN
from service.answering import choosing, dividing, project_rows, purchases
from service.answering.choosing import Group
from service.answering.matching import Match, key
from service.answering.plan import COMMON, Plan
from service.records import DocumentInfo, Fact

Lists = Callable[[DocumentInfo, Sequence[Fact]], list[list[Group]]]

THREE = "“三公”经费"
_THREE_PARTS = re.compile(r"因公出国|公务用车购置(?:及|和|与)?运行|公务接待")
_HALVES = re.compile(r"公务用车(?:购置|运行)")
"""What is spent on vehicles, told apart."""
_PARTS = 3
_STAFF, _OFFICE, _RUNNING = {"人员经费"}, {"公用经费", "日常公用经费"}, {"机关运行经费"}
_OF_STAFF = ("301", "303")
"""Account classes that pay people; all others of basic spending are what an office runs on."""
_BASIC = ("general budget, basic", "fiscal basic", "basic")
"""The statements that print economic items, likeliest first."""
_RUNNING_COSTS = ("running costs",)
_ECONOMIC = re.compile(r"3\d{4}")
_TOTAL = re.compile(r"(?:支出)?(?:合计|总计|小计)")
_COLUMNS = ("基本支出", "项目支出")
_EVERYTHING = re.compile(
    r"(?:总|本年|全年|当年|部门|单位|财政|财政拨款|一般公共预算|综合|预算|决算|年初|收支|收入|支出|开支|花费|费用|总计|合计|总额|数)+"
)
"""Names of all that is spent: what is ranked then are its items."""
_WITHIN = r"(?:里面?|里头|当中|之中|中(?!小)|内|下面?|其中)"
_SCOPED = re.compile(rf"(?:类|款|经费|资金|费用|支出|这块|方面)*(?:{_WITHIN}|的?占比最|最|的?各项)")
"""What follows the name that a ranking is within: 公用经费里哪项…, 人员经费最多的是…."""
_KIND = re.compile(rf"(人员经费|公用经费|机关运行经费){_SCOPED.pattern}")
_ASKED_OF = re.compile(r"(?:哪一?[个项种类笔]|什么)$")
"""Before the name: 哪项三公经费最多."""
_PHRASE = re.compile(
    rf"(?:#|20\d\d年?度?|年|的|在|今年|本年|全年)*([\u4e00-\u9fff]{{2,14}}?)[类款]?(?:支出|费用|经费|资金)?{_WITHIN}[,，]?"
)
_LEVELS = re.compile(r"功能|经济|分类|科目|明细|各[项类款]|类级|款级|项级|所有|列|表|项目|专项|单位|部门")
"""Words of levels and lists, which name no item that others belong to."""
_BODIES = re.compile(r"哪一?家|谁|哪一?个?(?:单位|部门|局|街道)|最[多大高少小低]的(?:单位|部门|机构)|单位.{0,4}最")
_OF_YEAR = re.compile(r"20\d\d年.*(?:预算|决算|执行)数$")
"""What a year's figure is called, which is no item."""
SPECIAL = r"专项(?:业务|工作|经费|资金|支出)*(?=里|中|当中|之中|内|是|有|的|哪|各|最|分别|执行|完成|预算|得分|花|用|自评|[,，。?？]|$)"
"""Projects that are called special ones; 专项普查 is an item's name."""
_PROJECTS = re.compile(rf"{SPECIAL}|(?:\d|[一二三四五六七八九十])个项目")
_LEAST_NAMED = 2
_SLACK = Decimal(1000)
"""Rounded items may miss their total by so many yuan."""


@dataclass(frozen=True, slots=True)
class Population:
    """What the question ranks among."""

    name: str
    lists: Lists
    """Gives the lists of its members among a document's facts, likeliest first; none where they cannot be told."""


def named(plan: Plan, text: str, facts: Sequence[Fact], *, least: bool) -> Population | None:
    """The population that the question names; None where it names none, so that all items of the document are meant.

    Args:
        plan: the question.
        text: its topic.
        facts: of the documents, whose classes may be named by their first words.
        least: the least is asked for.
    """
    if _BODIES.search(text) or "收入" in text or len(plan.items) > 1:
        return None
    item = plan.items[0] if plan.items else None
    if "三公" in text and (item is None or "三公" in item.names[0]):
        return Population(THREE, _of(lambda own: _three(own, least=least)))
    if (bought := purchases.asked(text)) is not None:
        return Population(bought.name, bought.lists)
    if _PROJECTS.search(text):
        return Population("项目", lambda info, own: project_rows.lists(info, own, text))
    kind = _KIND.search(text)
    if kind is not None and (item is None or kind.start() <= item.start < kind.end()):
        return _of_kind(kind[1], least=least)
    if item is not None:
        return _of_item(item, text, least=least)
    phrase = _PHRASE.match(text)
    if phrase is None or _LEVELS.search(phrase[1]) or len(re.sub(r"[^\u4e00-\u9fff]", "", COMMON.sub("", phrase[1]))) < _LEAST_NAMED:
        return None
    classes = {f.item for f in facts if re.fullmatch(r"2\d{2}(?:\d\d)?", f.code or "") and key(f.item).startswith(phrase[1])}
    one = len({key(name) for name in classes}) == 1
    return Population(phrase[1], _of(lambda own: _belonging(own, classes, least=least) if one else []))


def _of_kind(name: str, *, least: bool) -> Population:
    """The economic items of a kind of basic spending."""
    if name in _STAFF:
        return Population(name, _of(lambda own: _economic(own, _STAFF, lambda code: code.startswith(_OF_STAFF), least=least)))
    if name in _OFFICE:
        return Population(name, _of(lambda own: _economic(own, _OFFICE, lambda code: not code.startswith(_OF_STAFF), least=least)))
    return Population(name, _of(lambda own: _economic(own, _RUNNING, bool, least=least, parts=_RUNNING_COSTS)))


def _of(members: Callable[[Sequence[Fact]], list[list[Fact]]]) -> Lists:
    """Lists of groups from lists of facts."""
    return lambda info, facts: [grouped(info, one) for one in members(facts) if one]


def _of_item(item: Match, text: str, *, least: bool) -> Population | None:
    """The population of an item that the question says something is within."""
    name = key(item.names[0]).removesuffix("合计")
    # 基本支出 and 项目支出 are columns of every functional item: items are ranked by them.
    if name in _COLUMNS or _EVERYTHING.fullmatch(name) or not (_SCOPED.match(text, item.end) or _ASKED_OF.search(text[: item.start])):
        return None
    if name in (*_STAFF, *_OFFICE, *_RUNNING):
        return _of_kind(name, least=least)
    return Population(name, _of(lambda own: _belonging(own, set(item.names), least=least)))


def _three(facts: Sequence[Fact], *, least: bool) -> list[list[Fact]]:
    """The three parts of 三公经费."""
    found = []
    for source in ("table", "text"):
        own = [f for f in facts if f.part == "three public" and f.source == source]
        members = [f for f in own if _THREE_PARTS.match(key(f.item))]
        halves = [f for f in own if _HALVES.match(key(f.item)) and f not in members and f.value]
        if not any("用车" in f.item for f in members) and len({key(f.item) for f in halves}) == 1:
            members += halves
        found.append(_covered(members, [f for f in own if key(f.item) == key(THREE)], least=least, alone=_PARTS))
    return found


def _economic(
    facts: Sequence[Fact], names: set[str], of: Callable[[str], bool], *, least: bool, parts: Sequence[str] = _BASIC
) -> list[list[Fact]]:
    """Economic items by the column of their kind, where a table has one, else by the account classes that the kind is made of."""
    found = []
    for part in parts:
        own = [f for f in facts if f.source == "table" and f.part == part]
        column = [f for f in own if key((f.column or "").split("/")[-1]) in names]
        items = [f for f in column or own if _ECONOMIC.fullmatch(f.code or "") and (column or (of(f.code or "") and _whole(f)))]
        totals = [f for f in column if _TOTAL.fullmatch(key(f.item))] or [f for f in own if key(f.item).removesuffix("合计") in names]
        found.append(_covered(items, totals, least=least))
    return found


def _belonging(facts: Sequence[Fact], names: set[str], *, least: bool) -> list[list[Fact]]:
    """The innermost items whose codes begin with that of the class named; else the parts that add up to the item named."""
    wholes = [f for f in facts if f.item in names and re.fullmatch(r"2\d{2}(?:\d\d)?|3\d\d", f.code or "") and f.measure != "上年数"]
    codes = {f.code for f in wholes if f.code}
    length = 7 if all(code.startswith("2") for code in codes) else 5
    inside = [f for f in facts if f.code and len(f.code) == length and any(f.code.startswith(c) for c in codes) and _whole(f)]
    inside = [f for f in inside if f.part not in ("income", *_RUNNING_COSTS)]
    found = []
    order = ("general budget", "expenditure", *_BASIC)
    for part in sorted({f.part for f in inside if f.source == "table"}, key=lambda p: order.index(p) if p in order else len(order)):
        own = [f for f in inside if f.part == part and f.source == "table"]
        found.append(_covered(own, [f for f in wholes if f.part == part and f.source == "table" and _whole(f)], least=least))
    prose = [f for f in inside if f.source == "text" and f.part == "money"]
    found.append(_covered(prose, [f for f in wholes if _whole(f)], least=least))
    if codes:
        return found
    adding = next((parts for name in names if (parts := dividing.lists(facts, {key(name)}))), [])
    return [_alike(facts, parts) for parts in adding]


def _alike(facts: Sequence[Fact], parts: Sequence[Fact]) -> list[Fact]:
    """All facts of parts that add up to an item."""
    names = {f.item for f in parts}
    return [f for f in facts if f.where == parts[0].where and f.source == parts[0].source and f.item in names]


def _whole(fact: Fact) -> bool:
    return choosing.is_whole(fact) or fact.part in _RUNNING_COSTS


def _covered(members: Sequence[Fact], totals: Sequence[Fact], *, least: bool, alone: int = 2) -> list[Fact]:
    """The members, of each measure only where those not printed cannot be the one asked for.

    Args:
        members: all facts of the items.
        totals: facts of their whole.
        least: the least is asked for: then none may be missing.
        alone: so many members do where no total is printed.
    """
    kept: set[str] = set()
    for measure in dict.fromkeys(f.measure for f in members if f.unit in YUAN):
        values = list({key(f.item): f.value * YUAN[f.unit] for f in members if f.measure == measure and f.unit in YUAN}.values())
        wholes = {f.value * YUAN[f.unit] for f in totals if f.measure == measure and f.unit in YUAN}
        missing = [whole - sum(values, Decimal(0)) for whole in wholes]
        enough = any(-_SLACK <= m <= (_SLACK if least else max(values)) for m in missing) if wholes else len(values) >= alone
        kept |= {measure} if enough else set()
    # Shares only where every item whose money is told has one.
    shares = {key(f.item) for f in members if f.measure == "占比"}
    shared = all(key(f.item) in shares for f in members if f.measure in kept)
    return [f for f in members if f.measure in kept or (kept and f.unit not in YUAN and (shared or f.measure != "占比"))]


def grouped(info: DocumentInfo, facts: Sequence[Fact]) -> list[Group]:
    """Facts by item, code and place."""
    together: dict[tuple[str, str | None, str], list[Fact]] = {}
    for fact in facts:
        if not _OF_YEAR.match(fact.item):
            together.setdefault((fact.item, fact.code, fact.where), []).append(fact)
    codes: dict[tuple[str, str], set[str | None]] = {}
    for item, code, where in together:
        codes.setdefault((item, where), set()).add(code)

    def parent(item: str, where: str, fact: Fact) -> str:
        return fact.path[-1] if fact.path and len(codes[item, where]) > 1 else ""

    return [Group(info, item, tuple(found), 0.0, parent(item, where, found[0])) for (item, _, where), found in together.items()]
