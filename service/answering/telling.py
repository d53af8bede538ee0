"""The figures of the items asked, each with its context: what is printed first, what follows from it after."""

import re
from collections.abc import Sequence

from service.answering import (
    choosing,
    deriving,
    disagreeing,
    explaining,
    indicators,
    reasons,
    relating,
    remaining,
    wording,
    year_before,
    years,
)
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.material import part, within
from service.records import Fact, Passage, Place
from service.text import find, normal

_COUNTED = re.compile(r"(?:多少|几)(批次|个?批|人次|个?人|次|场|期|辆|台|套|名|个)")
_PEOPLE, _GROUPS = {"人", "人次", "名"}, {"批次", "批", "个"}
_SAME_UNIT = {"次": {"次", "批次", "批"}, "批": _GROUPS, "个批": _GROUPS, "批次": _GROUPS, "人": _PEOPLE, "个人": _PEOPLE, "名": _PEOPLE}
"""What is asked for in one unit may be printed in another."""
_COUNTING = re.compile(r"人|编制|[几多少][个家辆台套名次批户所处]|数量|个数")
_SCORING = re.compile(r"得分|得了?[多少几]+分|[多少几]分|总分|打分|评分|分数")
_GRADED = re.compile(r"等级|评级|档次")
_OVERALL = "部门整体支出绩效自评"
_PURPOSE = re.compile(r"干[啥嘛什]|用[来于在]|用途|用在|做什么|是什么钱|[哪什]么?方面|花[在到]|怎么来|[哪什][儿里么]?来")
"""What money is for, or what brought it in: the sentence says either behind the figure."""
_CAME = re.compile(r"怎么来|[哪什][儿里么]?来")
_USED_FOR = re.compile(r"(?:主要)?用于|主要是用|用来")
_SAYS_USE = re.compile(r"用于|用来|用在|取得的|收[取到]的|来自|包括|包含|支付|主要(?:是|为)(?!原因)")
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_ROOT = 2
"""The name of what is counted begins with so many characters of the item's: 会议费, 会议; 公务接待费, 国内公务接待."""
_RECEPTION = 4
_COUNTED_AS = {"公务接待": ("接待", "来访", "来宾"), "因公出国": ("出国", "团组")}
"""What is counted of money that is called otherwise."""
_MOST_COUNTS = 4
_HEAD = 12
"""The head of a glossary's entry has at most so many characters beside the item's name: its number and level."""
_MORE = 6
"""So many characters after a figure say what it is for."""
_DERIVED = {
    "完成率": (choosing.BUDGETS, choosing.SPENT),
    "执行率": (choosing.BUDGETS, choosing.SPENT),
    "增减额": (("上年数",), ("决算", "预算", "年初预算")),
    "增减率": (("上年数",), ("决算", "预算", "年初预算")),
    "年初预算": (("较预算增减额", "较预算增减率"), choosing.SPENT),
    "上年数": (("增减额",), ("决算", "预算", "年初预算")),
    "占比": (("决算", "预算", "年初预算"),),
}
"""Measures that follow from others: one of each tuple is needed."""
_MONEY_TOO = re.compile(r"(?:资金|金额|经费|多少)钱?(?:一共|总共|是|有|为)?(?:多少|几何)|多少(?:钱|资金|经费|金额)")
"""Money is asked for beside a number."""


def tell(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """Sentences about the items asked; None when the measure asked for is neither printed nor follows from printed ones."""
    sentences: list[Sentence] = []
    desk.join([groups[0] for groups in chosen])
    for groups in _without_overall(desk, chosen):
        told = _item(desk, groups)
        sentences.extend(s for s in told if s not in sentences)
    return sentences or None


def _without_overall(desk: Desk, chosen: Sequence[Sequence[Group]]) -> Sequence[Sequence[Group]]:
    """Without the department's own appraisal where a project's score is asked for: 自评 is a word of both."""
    if len(chosen) < 2 or not _SCORING.search(desk.plan.text) or re.search(r"整体|部门", desk.plan.text):
        return chosen
    projects = [groups for groups in chosen if groups[0].item != _OVERALL and any(g.measure("得分") for g in groups)]
    return projects or chosen


def of_prior_year(desk: Desk, group: Group) -> bool:
    """Whether only the year before the document's is asked for."""
    year = group.info.year
    return year is not None and bool(desk.plan.years) and year not in desk.plan.years and year - 1 in desk.plan.years


def _item(desk: Desk, groups: Sequence[Group]) -> list[Sentence]:
    if of_prior_year(desk, groups[0]):
        return _prior_year(desk, groups)
    if _SCORING.search(desk.plan.text) and not _GRADED.search(desk.plan.text) and (scores := _scores(desk, groups)):
        return scores
    asked = choosing.wanted(desk.plan, groups[0].info)
    best = _printing_all(groups, asked)
    counted = _counts(desk, best)
    if _against_earlier(desk, groups, asked) and (found := years.tell(desk, groups)):
        return found
    if not (_counted(desk, groups, counted) and _answerable(desk, groups, asked)):
        return []
    if counted and all(measure in choosing.COUNTS for measure in asked) and not _MONEY_TOO.search(desk.plan.text):
        return counted
    listed = best.under and not any(m.under for m in desk.plan.items)  # several items of one name, asked of without their parents
    printed = [] if best.table or listed else reasons.printed_with(desk.material, best)
    statement = desk.statement(best, explained=printed)
    sentences = [statement, *_elsewhere(desk, groups, best, asked)]
    if (gap := relating.budgets(desk, groups) or deriving.gap(desk, groups) or deriving.unchanged(desk, best)) is not None:
        sentences.insert(0, gap)
    sentences.extend(deriving.prior_total(desk, best) if desk.plan.prior else [])
    sentences.extend(years.beside(desk, best))
    sentences.extend(deriving.recomputed(desk, best))
    sentences.extend([*deriving.share(desk, best), *deriving.average(desk, best), *deriving.converted(desk, best)])
    sentences.extend(remaining.tell(desk, best, sentences))
    sentences.extend(year_before.unprinted(desk, best))
    sentences.extend([*_purpose(desk, groups), *disagreeing.other_places(desk, best, statement.text)])
    # A number that the statement tells beside the money is not told again.
    besides = [s for s in counted if s.text.rstrip("。").split("：")[-1] not in statement.text]
    return [*sentences, *(explaining.because(reason, statement.labels) for reason in printed), *besides]


def _against_earlier(desk: Desk, groups: Sequence[Group], asked: Sequence[str]) -> bool:
    """Whether a change is asked for that this document neither prints nor gives the year before's figure for."""
    changes = [m for m in asked if m in choosing.CHANGES]
    own = [g for g in groups if g.item == groups[0].item]
    return bool(changes) and desk.plan.against_prior and not any(_has(own, m) for m in changes)


def _counted(desk: Desk, groups: Sequence[Group], counted: Sequence[Sentence]) -> bool:
    """Whether what the question counts is printed of the item, where it counts."""
    units = {*desk.plan.counted, *(("辆",) if "台" in desk.plan.counted else ())}
    return not units or bool(counted) or any(f.unit in units for g in groups for f in g.facts)


def _answerable(desk: Desk, groups: Sequence[Group], asked: Sequence[str]) -> bool:
    """Whether any measure asked for is there; a count (编制30人) has none of money's."""
    counts = all(f.measure in choosing.COUNTS for f in groups[0].facts) and _COUNTING.search(desk.plan.text)
    return not asked or bool(counts) or any(_has(groups, measure) for measure in asked)


def _printing_all(groups: Sequence[Group], asked: Sequence[str]) -> Group:
    """The best group; where what is asked for is printed under the item's other name only, the group of that name."""
    best = groups[0]
    own = [g for g in groups if g.item == best.item]
    missing = [m for m in asked if not _has(own, m)]
    if missing and len(own) < len(groups):
        return next((g for g in groups if all(_has([g], m) for m in missing)), best)
    return best


def _elsewhere(desk: Desk, groups: Sequence[Group], best: Group, asked: Sequence[str]) -> list[Sentence]:
    """The measures asked for that the best group does not print: printed in another place, or derived."""
    sentences = []
    for measure in (m for m in asked if not any(choosing.answers(f, m) for f in best.facts)):
        other = _printing(best, groups[1:], measure)
        told = desk.statement(other, only=measure) if other is not None else deriving.derive(desk, groups, measure)
        if told is not None:
            sentences.append(told)
    return sentences


def _has(groups: Sequence[Group], measure: str) -> bool:
    """Whether a measure is printed of the item or follows from printed ones."""
    if any(choosing.answers(f, measure) for g in groups for f in g.facts):
        return True
    needed = _DERIVED.get(measure)
    return needed is not None and any(all(g.measure(*one) is not None for one in needed) for g in groups)


def _printing(best: Group, others: Sequence[Group], measure: str) -> Group | None:
    """Another place where the item's measure is printed."""
    same = [g for g in others if g.item == best.item and g.facts[0].code in (best.facts[0].code, None)]
    return next((g for g in same if any(choosing.answers(f, measure) for f in g.facts)), None)


def _counts(desk: Desk, group: Group) -> list[Sentence]:
    """How many times, people or visits are printed beside a sum of money, where the question asks: 开了几次会."""
    units = {unit for said in _COUNTED.findall(desk.plan.text) for unit in _SAME_UNIT.get(said, {said})}
    if not units or all(f.measure in choosing.COUNTS for f in group.facts):
        return []
    roots = (key(group.item)[:_ROOT], *_COUNTED_AS.get(key(group.item)[:_RECEPTION], ()))
    beside = [
        f
        for f in desk.material.facts(group.info.doc)
        if f.where == group.facts[0].where
        and f.measure in choosing.COUNTS
        and f.unit in units
        and any(root in key(f.item) for root in roots)
    ]
    told = [f for f in beside if f.value] or beside
    return [desk.statement(Group(group.info, f.item, (f,), 0.0)) for f in told[:_MOST_COUNTS]]


def _purpose(desk: Desk, groups: Sequence[Group]) -> list[Sentence]:
    """The sentence that says what the money is for, verbatim, where the question asks."""
    if not _PURPOSE.search(desk.plan.text):
        return []
    for group in groups[:_MOST_COUNTS]:
        for passage in desk.material.passages(group.info.doc):
            match = _used_for(passage, key(group.item)) if passage.kind == "prose" and "名词解释" not in passage.section else None
            if match is not None:
                places = part(passage, *match)
                facts = within(desk.material.facts(group.info.doc), places[0])
                labels = tuple(desk.book.cite(group.info, passage.section, place, facts=facts) for place in places)
                return [Sentence(f"原文：「{passage.quote[slice(*match)].strip().rstrip('。；;')}」。", labels)]
    for group in groups:
        for fact in group.facts:
            place = None if group.table else _sentence_around(desk, group, fact)
            if place is not None:
                entry = [] if _SAYS_USE.search(normal(place.quote)) else _entry(desk, group)
                label = desk.book.cite(group.info, fact.where, place, facts=within(desk.material.facts(group.info.doc), place))
                return entry or [Sentence(f"原文：「{place.quote.strip().rstrip('。；;')}」。", (label,))]
    return _entry(desk, groups[0])


def source(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """The figures and the sentence that says where they came from, where that is asked as a reason is: 怎么来的; None where none says."""
    told = [(desk.statement(groups[0]), said) for groups in chosen if _CAME.search(desk.plan.text) and (said := _purpose(desk, groups))]
    return [sentence for statement, said in told for sentence in (statement, *said)] or None


def _entry(desk: Desk, group: Group) -> list[Sentence]:
    """The glossary's entry of the item, which says what its money is for where nothing else does."""
    name = key(group.item)
    for passage in desk.material.passages(group.info.doc):
        if passage.kind != "prose" or "名词" not in passage.section:
            continue
        for match in _SENTENCE.finditer(passage.quote):
            head = re.split(r"[:：]|是?指|反映", key(match[0]), maxsplit=1)
            if len(head) > 1 and name in head[0] and len(head[0]) <= len(name) + _HEAD:
                labels = tuple(desk.book.cite(group.info, passage.section, p) for p in part(passage, *match.span()))
                return [Sentence(f"原文：「{match[0].strip().rstrip('。；;')}」。", labels)]
    return []


def _used_for(passage: Passage, name: str) -> tuple[int, int] | None:
    """The sentence of a passage that says what an item's money is used for: its own, or the one right after it."""
    spans = [m.span() for m in _SENTENCE.finditer(passage.quote)]
    for n, (start, end) in enumerate(spans):
        form = normal(passage.quote[start:end])
        if name in key(form) and _USED_FOR.search(form, form.find(name[:_ROOT])):
            return start, end
        following = passage.quote[end : spans[n + 1][1]] if n + 1 < len(spans) else ""
        if name in key(form) and re.match(r"\s*(?:主要)?用于", following):
            return start, spans[n + 1][1]
    return None


def _sentence_around(desk: Desk, group: Group, fact: Fact) -> Place | None:
    """The sentence that prints a figure, where it says more than the figure."""
    for passage in desk.material.passages(group.info.doc):
        at = find(fact.place.quote, passage.quote) if passage.kind == "prose" and abs(passage.page - fact.place.page) <= 1 else None
        if at is None:
            continue
        for match in _SENTENCE.finditer(passage.quote):
            if match.start() <= at[0] < match.end() and match.end() - at[1] >= _MORE:
                return part(passage, match.start(), match.end())[0]
    return None


def _scores(desk: Desk, groups: Sequence[Group]) -> list[Sentence]:
    """The total score of a self-evaluation form, and the rate and score of its money where the question asks (预算执行率)."""
    rows = [g for g in groups if g.table and g.measure("得分") is not None]
    total = next((g for g in rows if any(f.column == "总分" for f in g.facts)), None)
    told = next((g for g in groups if not g.table and g.measure("得分") is not None), None)
    if total is None and told is None:
        return []
    item = (total or told or groups[0]).item
    rate = next((g for g in rows if g.item == item and g.measure("执行率") is not None), None) if "执行率" in desk.plan.text else None
    if told is not None and total is not None and _same_score(told, total):
        told, total = (told, None) if groups[0] is told else (None, total)
    lost = indicators.lost(desk, total or told or groups[0]) if "扣" in desk.plan.text else []
    return [*(desk.statement(g) for g in (told, total, rate) if g is not None), *lost]


def _same_score(a: Group, b: Group) -> bool:
    first, second = a.measure("得分"), b.measure("得分")
    return first is not None and second is not None and first.value == second.value


def _prior_year(desk: Desk, groups: Sequence[Group]) -> list[Sentence]:
    """The prior year's figure as this document prints it, or as it follows from the change; nothing else of this year."""
    for group in groups:
        facts = [f for f in group.facts if f.year in desk.plan.years]
        if facts:
            # The sentence names the year, so its own figure is not called last year's; a change keeps the words 比上年.
            told = [(f, wording.clause(f, group.info.kind)) for f in wording.ordered(facts)]
            clauses = [_unprior(f, text) for f, text in told]
            text = f"{desk.subject(group, facts[0])}：{'，'.join(clauses)}。"
            return [Sentence(text, desk.cite(group, facts))]
        derived = deriving.prior_total(desk, group)
        if derived:
            return derived
    return []


def _unprior(fact: Fact, text: str) -> str:
    return text.removeprefix("上年") if fact.measure == "上年数" else text
