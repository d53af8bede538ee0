"""Which of a list's items has most or least, and which meet a condition: 花得最多, 完成率最低, 哪些超了预算."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from service.amounts import YUAN, plain
from service.answering import choosing, deriving, dividing, populations, project_rows, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.matching import Match, key
from service.answering.plan import Ask
from service.records import DocumentInfo, Fact, Kind
from service.text import normal

MOST_TOLD = 3
"""So many of the ranked are told with their figures."""
MOST_LISTED = 40
"""So many items that meet a condition are told."""
_OTHER_TABLE = re.compile(r"(?:采购|基金|国有资本|三公[\"”]?经费)[^,。]{0,6}表")
"""Tables whose rows are no functional items."""
_WHICH = re.compile(
    r"哪|来自|什么(?:支出|科目|项目|费用|钱|地方|方面)|谁|最[大多高少小低]的(?:是|一)|排名|排序|排行|前[一二三四五\d]|大头|"
    r"最[大多高]的?(?:前?[二两三四五几\d][项笔个件大]|.{0,4}[是有](?:什么|啥))|最[大多高少小低]的?[\u4e00-\u9fff]{2,4}[?。]?$"
)
_MOST = re.compile(r"最(?:多|大|高|快|猛|厉害|好|贵)|主要(?:花|用|支出|投|来自|靠)|大头|排名|排序|排行|前[二三四五\d]|第一")
_LEAST = re.compile(r"最(?:少|小|低|慢|差)|垫底")
_OVER = re.compile(r"超(?!过\d)|多花|超出|突破")
_UNDER = re.compile(
    r"没(?:有)?(?:花|用|执行|完成)完?|未(?:花|用|执行|完成)完?|花不完|用不完|剩|结余|节约|节省|省下|低于预算|不到(?:预算|100)|少花"
)
_ITEMS = re.compile(r"科目|哪[些几]个?(?:[项类款]|支出)|什么支出")
_MORE = re.compile(
    r"决算数?(?:比|较)[^,。]{0,6}预算数?都?[多大高]|决算数?(?:大于|多于|高于|超过)[^,。]{0,4}预算|预算数?(?:小于|少于|低于)[^,。]{0,4}决算"
)
_FEWER = re.compile(
    r"决算数?(?:比|较)[^,。]{0,6}预算数?都?[少小低]|决算数?(?:小于|少于|低于|没达到)[^,。]{0,4}预算|预算数?(?:大于|多于|高于)[^,。]{0,4}决算"
)
"""The outcome held against the budget, said of items together."""
_UNBUDGETED = re.compile(
    r"(?:没有?|未|无)(?:列|安排|编|做|纳入)?(?:入)?(?:年初)?预算|预算(?:数)?(?:都)?(?:是|为)(?:零|0)|(?:没有?|未)(?:在)?年初[^,。]{0,4}预算"
)
_RATE = re.compile(r"率|比例|百分比|百分之|幅度|程度|进度")
_UP = re.compile(r"增(?:加|长|幅)|涨|上升|变多|多了")
_DOWN = re.compile(r"减(?:少|幅)|下降|降(?:低|幅|了|得)|跌|变少|少了|压减")
_BUDGETED = re.compile(r"预算|安排|打算|计划")
_SPENT = re.compile(r"花|决算|实际|用了|用掉|开支|用得|支出了")
_SCORE = re.compile(r"得分|分数|扣分|自评")
_COLUMN = re.compile(r"项目支出|基本支出")
"""A column of the tables by function."""
_LEVELS = re.compile(r"[（(][类款][）)]")
"""In headings of functional items."""
_PROJECT = re.compile(r"项目(?!支出)")
_NEXT = ("其次是", "再次是", "之后是")
_SURE = 0.6
"""Score from which the question is taken to name an item."""
_UNKNOWN = "公开文件没有逐项列全"
LEAST_ITEMS = 3
LEAST_FEW = 2
"""Self-evaluations and sources of income are few: two can be ranked."""
_OVERALL = "部门整体支出绩效自评"
_UNIT = re.compile(r"(?:中心|本级|机关|局|委|所|站|院|校|馆|园|队|部|厅|办公室|联合会)$")
_INCOME = {"本年收入合计", "收入合计", "收入预算", "收入总计", "收支总预算"}
"""Fewer items are no list."""


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the list with its facts and what it is ranked by."""

    group: Group
    value: Decimal
    facts: tuple[Fact, ...]
    derivation: tuple[Fact, Fact] | None = None
    """(outcome, budget) when the value is their difference, or what one is of the other in percent."""
    is_rate: bool = False


def tell(desk: Desk) -> list[Sentence] | None:
    """The first of the ranked items with the next, or all that meet the condition; None where no ranking is asked for."""
    text = desk.plan.topic or desk.plan.text
    if desk.plan.ask in (Ask.WHY, Ask.DEFINITION) or not _WHICH.search(text) or len(desk.plan.items) > 1:
        return None
    if len({d.org for d in desk.documents}) != 1 or _OTHER_TABLE.search(text):
        return None
    superlative = _MOST.search(text) or _LEAST.search(text)
    if not superlative and _condition(text) is None:
        return None
    few = LEAST_FEW if _SCORE.search(text) or "收入" in text or _named(desk) is not None else LEAST_ITEMS
    facts = [f for info in desk.documents for f in desk.material.facts(info.doc)]
    among = populations.named(desk.plan, text, facts, least=bool(_LEAST.search(text)))
    least = 1 if among is not None else few
    for info in sorted(desk.documents, key=lambda d: (d.kind is not Kind.FINAL, -(d.year or 0))):
        lists = domains(desk, info, text) if among is None else among.lists(info, _of_year(desk, info))
        for value in _values(info, text):
            rows = next((found for domain in lists if len(found := valued(domain, value)) >= least), None)
            if rows is not None:
                return _ranked(desk, rows, text) if superlative else _meeting(desk, rows, text)
    if among is None or not superlative:
        return None
    return [Sentence(f"{_UNKNOWN}{among.name}所含的各项，不能比较。")]


def is_unknown(sentence: Sentence) -> bool:
    """Whether a sentence says that the members of what is ranked cannot be told."""
    return sentence.text.startswith(_UNKNOWN)


def _of_year(desk: Desk, info: DocumentInfo) -> list[Fact]:
    return [f for f in desk.material.facts(info.doc) if f.year in (info.year, None) or f.measure == "上年数"]


def is_list(desk: Desk) -> bool:
    """Whether nothing but the items that meet a condition is asked for: then the list is the whole answer."""
    text = desk.plan.topic or desk.plan.text
    superlative = _MOST.search(text) or _LEAST.search(text)
    return not superlative and bool(_ITEMS.search(text)) and _condition(text) is not None and not re.search(r"[,，;；。?？].", text)


def _condition(text: str) -> str | None:
    """What the items must do: over or under budget, up or down against last year; None where none is named."""
    if _UNBUDGETED.search(text):
        return "unbudgeted"
    if _ITEMS.search(text) and (_MORE.search(text) or _FEWER.search(text)):
        return "over" if _MORE.search(text) else "under"
    if _UNDER.search(text):
        return "under"
    if _OVER.search(text) and re.search(r"预算|超支|超了|超的", text):
        return "over"
    if re.search(r"哪[些几]|什么", text) and re.search(r"[比较](?:上年|去年|上一年|20)|[加少长降涨]了", text):
        return "down" if _DOWN.search(text) else "up" if _UP.search(text) else None
    return None


def domains(desk: Desk, info: DocumentInfo, text: str) -> list[list[Group]]:
    """The lists of items that the question may mean, likeliest first."""
    facts = _of_year(desk, info)
    if (column := _COLUMN.search(text)) is not None and re.search(r"科目|哪[一个项]|什么", text):
        own = [f for f in facts if f.code and f.source == "table" and (f.column or "").split("/")[-1] == column[0] and f.value]
        tables = sorted({f.part for f in own}, key=lambda p: (p != "expenditure", p != "general budget"))
        return [populations.grouped(info, [f for f in own if f.part == part and len(f.code or "") == 7]) for part in tables]
    named = _named(desk)
    # All the names together, or one of them: among the names of 采购 are those of its parts.
    wholes = [{key(n) for n in named.names}, *({key(n)} for n in named.names)] if named is not None else []
    if parts := next((found for whole in wholes if (found := _parts(facts, whole))), None):
        return [populations.grouped(info, part) for part in parts]
    if _PROJECT.search(text) and (listed := project_rows.lists(info, facts)):
        return listed
    if _SCORE.search(text):
        scores = [f for f in facts if f.measure == "得分" and (f.column == "总分" or (f.source == "text" and f.part == "appraisal"))]
        return [populations.grouped(info, [f for f in scores if f.item != _OVERALL])]
    if re.search(r"单位|站所|中心", text):
        return [
            populations.grouped(
                info, [f for f in facts if f.source == "table" and f.code is None and _UNIT.search(key(f.item)) and choosing.is_whole(f)]
            )
        ]
    if "收入" in text:
        return [populations.grouped(info, part) for part in sorted(_parts(facts, _INCOME), key=lambda part: part[0].source != "text")]
    functional = [f for f in facts if f.code and len(f.code) == 7 and f.part not in ("income",)]
    if "类" in text:
        functional = [f for f in facts if f.code and len(f.code) == 3 and f.part not in ("income",) and f.code[0] == "2"]
    if re.search(r"费用|哪[项种]费|经济分类", text):
        functional = [f for f in facts if f.code and len(f.code) == 5 and f.code[0] == "3"]
    # Where prose prints no codes, its items are known by the tables' names.
    names = {key(f.item) for f in functional}
    told = [f for f in facts if f.source == "text" and f.part == "money"]
    prose = [f for f in told if key(f.item) in names or (not names and _LEVELS.search(f.where)) or _is_item(f, text)]
    tables = sorted({f.part for f in functional if f.source == "table"}, key=lambda p: (p != "general budget", p != "expenditure"))
    lists = [prose, *([f for f in functional if f.source == "table" and f.part == part and choosing.is_whole(f)] for part in tables)]
    return [populations.grouped(info, one) for one in lists]


def _is_item(fact: Fact, text: str) -> bool:
    """Whether prose calls it an innermost item, though the tables may write its name otherwise."""
    return "类" not in text and f"{key(fact.item)}(项)" in normal(fact.place.quote)


def _named(desk: Desk) -> Match | None:
    """The item whose parts are ranked, where the question names one; its parts may be two."""
    return desk.plan.items[0] if desk.plan.items and desk.plan.items[0].score >= _SURE else None


def _parts(facts: Sequence[Fact], whole: set[str]) -> list[list[Fact]]:
    """All facts of the lists of items that add up to the one named."""
    found = []
    for parts in dividing.lists(facts, whole):
        names = {f.item for f in parts}
        found.append([f for f in facts if f.where == parts[0].where and f.item in names])
    return found


def valued(domain: Sequence[Group], value: Callable[[Group], Row | None]) -> list[Row]:
    """The items with what the question ranks them by; items that do not print it are left out."""
    rows: dict[tuple[str, str | None], Row] = {}
    for group in domain:
        row = value(group)
        if row is not None:
            rows.setdefault((group.name, group.facts[0].code), row)
    return list(rows.values())


def _values(info: DocumentInfo, text: str) -> list[Callable[[Group], Row | None]]:
    """What the question ranks by, and what else will do where no list prints it."""
    if _UNBUDGETED.search(text):
        return [_unbudgeted]
    if _OVER.search(text) or _UNDER.search(text) or (_ITEMS.search(text) and (_MORE.search(text) or _FEWER.search(text))):
        return [by_rate, excess] if _RATE.search(text) else [excess]
    if (_RATE.search(text) and re.search(r"完成|执行", text)) or re.search(r"完成(?:年初|全年)?预算|完成得|执行得", text):
        return [by_rate]
    if _UP.search(text) or _DOWN.search(text):
        rated = _RATE.search(text) or re.search(r"快|幅|猛", text)
        return [by_measure("增减率"), change] if rated else [change, by_measure("增减率")]
    if _SCORE.search(text):
        return [by_measure("得分")]
    if re.search(r"占", text) and "大头" not in text:
        return [by_measure("占比"), by_measure("决算", "预算")]
    if info.kind is Kind.BUDGET or (_BUDGETED.search(text) and not _SPENT.search(text)):
        return [by_measure("年初预算", "预算", "全年预算")]
    return [by_measure("决算", "执行数", "预算")]


def by_measure(*measures: str) -> Callable[[Group], Row | None]:
    """Ranks by the first of the measures that an item has."""

    def row(group: Group) -> Row | None:
        fact = group.measure(*measures)
        return None if fact is None else Row(group, fact.value * YUAN.get(fact.unit, Decimal(1)), (fact,))

    return row


def by_rate(group: Group) -> Row | None:
    """Ranks by how far the budget was spent."""
    fact = group.measure("完成率", "执行率")
    beside = [f for f in (group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)) if f is not None]
    if fact is not None:
        return Row(group, fact.value, (fact, *beside))
    budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
    if budget is None or spent is None or budget.unit != spent.unit or budget.value <= 0:
        return None
    return Row(group, 100 * spent.value / budget.value, (budget, spent), (spent, budget), is_rate=True)


def excess(group: Group) -> Row | None:
    """Ranks by what was spent beyond the budget."""
    budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
    if budget is None or spent is None or budget.unit != spent.unit:
        return None
    rate = group.measure(*choosing.RATES)
    facts = (budget, spent, *((rate,) if rate else ()))
    return Row(group, deriving.yuan(spent) - deriving.yuan(budget), facts, (spent, budget))


def change(group: Group) -> Row | None:
    """The change against last year: as printed, else as both years' figures give it."""
    prior, now = group.measure("上年数"), group.measure("决算", "预算")
    if (printed := by_measure("增减额")(group)) is not None:
        return printed
    if prior is None or now is None or prior.unit not in YUAN or prior.unit != now.unit:
        return None
    rate = group.measure("增减率")
    return Row(group, (now.value - prior.value) * YUAN[now.unit], (prior, now, *((rate,) if rate else ())), (now, prior))


def _unbudgeted(group: Group) -> Row | None:
    budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
    if budget is None or spent is None:
        return None
    return Row(group, deriving.yuan(spent) if budget.value == 0 else Decimal(0), (budget, spent))


def _ranked(desk: Desk, rows: Sequence[Row], text: str) -> list[Sentence] | None:
    """The first few, in order."""
    falling = bool(_DOWN.search(text) or (_UNDER.search(text) and not _RATE.search(text)))
    least = bool(_LEAST.search(text)) or (bool(_UNDER.search(text)) and bool(_RATE.search(text)))
    ascending = (least != falling) if not (_UNDER.search(text) and _RATE.search(text)) else True
    growing = bool(_OVER.search(text)) or (bool(_UP.search(text)) and not falling and not least)
    fitting = [r for r in rows if r.value < 0] if falling else [r for r in rows if not growing or r.value > 0]
    if not fitting:
        return None
    order = sorted(fitting, key=lambda r: r.value if ascending else -r.value)
    first = [r for r in order if r.value == order[0].value][:MOST_TOLD]
    told = [stated(desk, r, lead) for r, lead in zip(first, _leads(text, falling=falling, ascending=ascending), strict=False)]
    rest = [r for r in order if r not in first][: max(0, MOST_TOLD - len(first))]
    return [*told, *(stated(desk, r, lead) for r, lead in zip(rest, _NEXT, strict=False))]


def _leads(text: str, *, falling: bool, ascending: bool) -> list[str]:
    word = "最低的是" if ascending and not falling else "最高的是"
    if _OVER.search(text):
        word = "超出最多的是"
    elif _UNDER.search(text):
        word = "没花完最多的是" if not _RATE.search(text) else "最低的是"
    elif falling:
        word = "减少最多的是"
    elif _UP.search(text):
        word = "增加最多的是"
    return [word] + ["并列的还有"] * MOST_TOLD


def _meeting(desk: Desk, rows: Sequence[Row], text: str) -> list[Sentence] | None:
    """All items over, or under, budget; up, or down, against last year."""
    sign = 1 if _condition(text) in ("over", "up", "unbudgeted") else -1
    base = Decimal(100) if _condition(text) in ("over", "under") and rows[0].derivation is None else Decimal(0)
    meeting = sorted((r for r in rows if sign * (r.value - base) > 0), key=lambda r: -sign * r.value)
    if not meeting:
        return None
    return [stated(desk, replace(r, derivation=None), "") for r in meeting[:MOST_LISTED]]


def stated(desk: Desk, row: Row, lead: str) -> Sentence:
    """One item of the list with what it is ranked by."""
    group = row.group
    clauses = [wording.clause(f, group.info.kind) for f in row.facts]
    labels = desk.cite(group, row.facts)
    derivations: tuple[Derivation, ...] = ()
    if row.derivation is not None and row.is_rate:
        spent, budget = row.derivation
        value = wording.percent(row.value)
        clauses.append(f"完成预算的{value}%（{wording.figure(spent)} ÷ {wording.figure(budget)}）")
        derivations = (Derivation(value, "%", Operation.SHARE, desk.terms(group, spent, budget)),)
    elif row.derivation is not None and row.value != 0:
        spent, budget = row.derivation
        value = plain(abs(spent.value - budget.value))
        more, less = (spent, budget) if row.value > 0 else (budget, spent)
        clauses.append(
            f"{spent.measure}比{budget.measure.removesuffix('数')}{'多' if row.value > 0 else '少'}{value}{spent.unit}"
            f"（{wording.figure(more)} − {wording.figure(less)}）"
        )
        terms = desk.terms(group, spent, budget)
        derivations = (Derivation(value, spent.unit, Operation.DIFFERENCE, terms),)
    return Sentence(f"{lead}{desk.subject(group)}：{'，'.join(clauses)}。", labels, derivations)
