"""The composer without a model: a plan and the documents' facts, reasons and passages → a draft. Every step is by rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from service.amounts import YUAN, plain
from service.answering import bodies, choosing, extracting, matching, refusing, wording
from service.answering.choosing import Group
from service.answering.draft import Derivation, Draft, Evidence, Operation, Sentence, Term
from service.answering.matching import Match
from service.answering.material import EvidenceBook, Material, widened, within
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Fact, Place, Reason
from service.text import normal

MOST_ITEMS = 6
"""So many items of one question are answered."""
_NO_MONEY = {"人数", "数量", "得分", "分值"}
_WHICH = "如只想看其中一家，请在问题里写明单位和年份。"
_TOTALS = ("一般公共预算财政拨款支出", "支出总计", "本年支出合计", "支出预算", "收入总计")
MOST_DOCUMENTS = 3
"""Without a body named, so many documents are answered from."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A draft and the evidence that its labels name."""

    draft: Draft
    evidence: dict[str, Evidence]


@dataclass(slots=True)
class _Desk:
    """What one composition works with."""

    plan: Plan
    material: Material
    documents: tuple[DocumentInfo, ...]
    book: EvidenceBook = field(default_factory=EvidenceBook)
    joint: dict[tuple[str, Place], Place] = field(default_factory=dict)
    """Places of several items that one quote holds, and that quote."""

    @property
    def several(self) -> bool:
        """Whether sentences must say whose figures they tell."""
        return len({d.org for d in self.documents}) > 1 or len(self.documents) > 1

    def subject(self, group: Group, fact: Fact | None = None) -> str:
        """The beginning of a sentence about a group."""
        year = (fact or group.facts[0]).year or group.info.year
        return wording.subject(group.item, year, bodies.short(group.info.org) if self.several else "")

    def cite(self, group: Group, facts: Sequence[Fact], reasons: Sequence[Reason] = ()) -> tuple[str, ...]:
        """Labels of the evidence for facts (and reasons) of a group, joined into one quote where they stand together."""
        info, where = group.info, facts[0].where if facts else reasons[0].where
        if group.table:
            return tuple(
                dict.fromkeys(self._row(info, fact) for fact in facts) or (self._prose(info, where, r.place, group) for r in reasons)
            )
        places = [f.place for f in facts] + [r.place for r in reasons]
        shared = {self.joint.get((info.doc, place)) for place in places}
        one = shared.pop() if len(shared) == 1 else None
        joined = [one] if one is not None else widened(self.material.passages(info.doc), list(dict.fromkeys(places)), group.item)
        return tuple(self._prose(info, where, place, group) for place in joined)

    def _row(self, info: DocumentInfo, fact: Fact) -> str:
        """The label of a table row, with everything that was read from it."""
        row = [f for f in self.material.facts(info.doc) if f.source == "table" and f.place.quote == fact.place.quote]
        return self.book.cite(info, fact.where, fact.place, facts=row, head=fact.table or "")

    def _prose(self, info: DocumentInfo, where: str, place: Place, group: Group) -> str:
        return self.book.cite(info, where, place, facts=within(self.material.facts(info.doc), place), items=(group.item,))

    def join(self, groups: Sequence[Group]) -> None:
        """Have groups of one document that stand close together cited as one quote."""
        text = [g for g in groups if not g.table]
        if len(text) < 2 or len({g.info.doc for g in text}) > 1:
            return
        doc = text[0].info.doc
        places = [f.place for g in text for f in g.facts] + [r.place for g in text for r in _printed_with(self, g)]
        joined = widened(self.material.passages(doc), list(dict.fromkeys(places)), text[0].item)
        if len(joined) == 1:
            self.joint.update({(doc, place): joined[0] for place in places})


def compose(plan: Plan, material: Material) -> Composition:
    """Write a draft.

    Args:
        plan: the question as understood.
        material: where facts and passages come from.
    """
    scope = refusing.scope(plan, material.documents())
    desk = _Desk(plan, material, scope.documents)
    if scope.refusal is not None:
        return Composition(Draft((Sentence(scope.refusal),), refused=True), {})
    sentences = _sentences(desk)
    if sentences is None:
        return _refuse(desk)
    # Two files of one disclosure say the same; it is said once.
    said = {sentence.text: sentence for sentence in reversed(sentences)}
    return Composition(Draft(tuple(s for s in sentences if said[s.text] is s)), desk.book.items)


def leads(plan: Plan, material: Material) -> dict[str, Evidence]:
    """What the documents print about the items asked, whatever the composer made of it: evidence for a model."""
    scope = refusing.scope(plan, material.documents())
    desk = _Desk(plan, material, scope.documents or plan.documents)
    for groups in _chosen(desk):
        for group in groups[:2]:
            desk.cite(group, group.facts, [] if group.table else _printed_with(desk, group))
    return desk.book.items


def _sentences(desk: _Desk) -> list[Sentence] | None:
    plan = desk.plan
    if plan.ask is Ask.DEFINITION:
        found = extracting.definition(plan, desk.documents, desk.material, desk.book)
        if found:
            return found
    if plan.ask is Ask.LIST:
        found = extracting.listing(plan, desk.documents, desk.material, desk.book)
        if found:
            return found
    chosen = _chosen(desk)
    if chosen:
        if plan.ask is Ask.WHY:
            return _why(desk, chosen)
        if plan.ask is Ask.COMPARE or (plan.choice.named and len(plan.choice.groups) > 1):
            return _compare(desk, chosen)
        told = _tell(desk, chosen)
        if told and not plan.choice.named and len({groups[0].info.org for groups in chosen}) > 1:
            told.append(Sentence(_WHICH))
        if told or all(_of_prior_year(desk, groups[0]) for groups in chosen):
            return told
    return extracting.nearest(plan, desk.documents, desk.material, desk.book)


def _refuse(desk: _Desk) -> Composition:
    """Say that it is not there, and show what is nearest."""
    names = list(dict.fromkeys(f"{d.org or d.doc}{refusing.year_label(d)}" for d in desk.documents))
    where = "、".join(names[:MOST_DOCUMENTS])
    more = "等" if len(names) > MOST_DOCUMENTS else ""
    return Composition(Draft((Sentence(f"在{where}{more}的公开文件里没有找到这个问题的答案。"),), refused=True), desk.book.items)


def _chosen(desk: _Desk) -> list[list[Group]]:
    """For each item asked, in each document, the groups that answer it best; empty where no item is known."""
    found: list[list[Group]] = []
    for info in _candidates(desk):
        facts = desk.material.facts(info.doc)
        items = desk.plan.items[:MOST_ITEMS] or _totals(desk.plan, facts)
        rows = [m for m in items if not _is_column(m, items, facts)]
        columns = [name for m in items if m not in rows for name in m.names]
        for named in rows or items:
            match = matching.within(named, desk.plan.text, {f.item for f in facts})
            groups = choosing.groups(desk.plan, info, facts, match, columns)
            if groups:
                found.append(groups)
    return found


def _totals(plan: Plan, facts: Sequence[Fact]) -> tuple[Match, ...]:
    """What a question about money without an item is about: the document's total."""
    if not plan.measures or plan.ask not in (Ask.LOOKUP, Ask.WHY) or not _NO_MONEY.isdisjoint(plan.measures):
        return ()
    known = {f.item for f in facts if f.source == "text"}
    names = tuple(name for name in _TOTALS if name in known)
    return (Match(names, 0, 0, 0.5),) if names else ()


def _candidates(desk: _Desk) -> list[DocumentInfo]:
    """The documents to look into; without a body named only those that know the items best."""
    if desk.plan.choice.named or len(desk.documents) <= 1:
        return list(desk.documents)
    scored = []
    for info in desk.documents:
        names = {f.item for f in desk.material.facts(info.doc)}
        hits = sum(m.score for m in desk.plan.items if any(n in names for n in m.names[:1]))
        scored.append((hits, info))
    best = max((s for s, _ in scored), default=0)
    return [info for s, info in scored if s == best][:MOST_DOCUMENTS] if best else list(desk.documents)[:MOST_DOCUMENTS]


def _is_column(match: Match, items: Sequence[Match], facts: Sequence[Fact]) -> bool:
    """Whether an item of the question is rather a column of another item's row: 「…这一款的基本支出和项目支出」."""
    keys = {normal(n) for n in match.names}
    for other in items:
        if other is match:
            continue
        for fact in facts:
            if (
                fact.source == "table"
                and fact.column
                and fact.item in other.names
                and any(normal(p) in keys for p in fact.column.split("/"))
            ):
                return other.start < match.start
    return False


def _tell(desk: _Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """Figures of the items asked, each with its context; None when the measure asked for is not printed."""
    sentences: list[Sentence] = []
    desk.join([groups[0] for groups in chosen])
    for groups in chosen:
        told = _tell_item(desk, groups)
        sentences.extend(s for s in told if s not in sentences)
    return sentences or None


def _tell_item(desk: _Desk, groups: Sequence[Group]) -> list[Sentence]:
    best = groups[0]
    asked = choosing.wanted(desk.plan, best.info)
    if _of_prior_year(desk, best):
        return _prior_year(desk, groups)
    if "得分" in desk.plan.measures and (scores := _scores(desk, groups)):
        return scores
    printed = [] if best.table else _printed_with(desk, best)
    sentences = [_statement(desk, best, reasons=printed)]
    missing = [m for m in asked if not any(choosing.answers(f, m) for f in best.facts)]
    for measure in missing:
        other = next((g for g in groups[1:] if g.item == best.item and any(choosing.answers(f, measure) for f in g.facts)), None)
        if other is not None:
            sentences.append(_statement(desk, other, only=measure))
        elif (derived := _derive(desk, groups, measure)) is not None:
            sentences.append(derived)
    if (gap := _gap(desk, best)) is not None:
        sentences.append(gap)
    if desk.plan.prior:
        sentences.extend(_prior_total(desk, best))
    sentences.extend(_share(desk, best))
    return [*sentences, *(_because(reason, sentences[0].labels) for reason in printed)]


def _scores(desk: _Desk, groups: Sequence[Group]) -> list[Sentence]:
    """The total score of a self-evaluation form, and the score of the row that the question names (预算执行率)."""
    rows = [g for g in groups if g.table and g.measure("得分") is not None]
    total = next((g for g in rows if any(f.column == "总分" for f in g.facts)), None)
    if total is None:
        return []
    rate = next((g for g in rows if g.item == total.item and g.measure("执行率") is not None), None) if "执行率" in desk.plan.text else None
    told = groups[0] if not groups[0].table and groups[0].measure("得分") is not None else None
    if told is not None and told.measure("得分") == total.measure("得分"):
        total = None
    return [_statement(desk, g) for g in (told, total, rate) if g is not None]


def _of_prior_year(desk: _Desk, group: Group) -> bool:
    """Whether only the year before the document's is asked for."""
    year = group.info.year
    return year is not None and bool(desk.plan.years) and year not in desk.plan.years and year - 1 in desk.plan.years


def _prior_year(desk: _Desk, groups: Sequence[Group]) -> list[Sentence]:
    """The prior year's figure as this document prints it, or as it follows from the change; nothing else of this year."""
    for group in groups:
        facts = [f for f in group.facts if f.year in desk.plan.years]
        if facts:
            clauses = [wording.clause(f, group.info.kind) for f in wording.ordered(facts)]
            text = f"{desk.subject(group, facts[0])}：{'，'.join(clauses).replace('上年', '')}。"
            return [Sentence(text, desk.cite(group, facts))]
        derived = _prior_total(desk, group)
        if derived:
            return derived
    return []


def _statement(desk: _Desk, group: Group, only: str | None = None, reasons: Sequence[Reason] = ()) -> Sentence:
    """One sentence with the group's figures; `reasons` printed with them are cited in the same quote."""
    facts = [f for f in wording.ordered(group.facts) if only is None or choosing.answers(f, only)]
    if group.table:
        facts = _columns(desk, facts)
    clauses = [wording.clause(f, group.info.kind) for f in facts[:8]]
    where = f"（{group.facts[0].where}）" if group.table else ""
    text = f"{desk.subject(group, next((f for f in facts if f.measure != '上年数'), None))}{where}：{'，'.join(clauses)}。"
    return Sentence(text, desk.cite(group, facts, reasons))


def _columns(desk: _Desk, facts: Sequence[Fact]) -> list[Fact]:
    """Of a table row, the columns that the question names, else all."""
    text = desk.plan.text
    named = {f.column for f in facts if f.column and any(normal(p) in text for p in f.column.split("/") if len(p) > 1)}
    scored = "得分" in desk.plan.measures
    return [f for f in facts if f.column in named or (scored and f.measure == "得分")] if named else list(facts)


def _gap(desk: _Desk, group: Group) -> Sentence | None:
    """The difference between budget and outcome, where the question asks for one."""
    if (
        not any(w in desk.plan.text for w in ("差", "多花", "少花", "多了多少", "少了多少", "多少", "结余", "剩"))
        or "比上年" in desk.plan.text
    ):
        return None
    if not any(w in desk.plan.text for w in ("差", "多花", "少花", "多", "少花", "剩", "结余", "超", "省")):
        return None
    budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
    prior, now = group.measure("上年数"), group.measure("预算", "决算")
    if budget is not None and spent is not None:
        return _difference(desk, group, spent, budget, budget.measure)
    if prior is not None and now is not None and group.measure("增减额") is None:
        return _difference(desk, group, now, prior, "上年")
    return None


def _difference(desk: _Desk, group: Group, a: Fact, b: Fact, base: str) -> Sentence | None:
    """「决算比年初预算少50万元（350万元 − 400万元）」."""
    if a.unit != b.unit or a.value == b.value:
        return None
    result = a.value - b.value
    label = desk.cite(group, [a, b])[0]
    value = plain(abs(result))
    text = f"{a.measure}比{base}{'多' if result > 0 else '少'}{value}{a.unit}（{plain(a.value)}{a.unit} − {plain(b.value)}{b.unit}）。"
    terms = (Term(label, a.printed, a.unit), Term(label, b.printed, b.unit))
    return Sentence(text, (label,), (Derivation(value, a.unit, Operation.DIFFERENCE, terms),))


def _derive(desk: _Desk, groups: Sequence[Group], measure: str) -> Sentence | None:
    """A measure that is not printed but follows from printed ones."""
    for group in groups:
        budget, spent = group.measure(*choosing.BUDGETS), group.measure(*choosing.SPENT)
        if measure in choosing.RATES and budget and spent and budget.unit == spent.unit and budget.value:
            return _ratio(desk, group, (spent, budget), Operation.SHARE, "完成预算的")
        change, now = group.measure("增减额"), group.measure("决算", "预算", "年初预算")
        if measure == "增减率" and change and change.value and now and now.unit == change.unit and group.measure("上年数"):
            return _ratio(desk, group, (change, group.measure("上年数")), Operation.SHARE, "增长" if change.value > 0 else "下降")
    return None


def _ratio(desk: _Desk, group: Group, pair: tuple[Fact, Fact | None], operation: Operation, words: str) -> Sentence | None:
    a, b = pair
    if b is None or b.value == 0:
        return None
    label = desk.cite(group, [a, b])[0]
    value = wording.percent(100 * a.value / b.value)
    text = f"{words}{value}%（{wording.figure(a)} ÷ {wording.figure(b)}）。"
    terms = (Term(label, a.printed, a.unit), Term(label, b.printed, b.unit))
    return Sentence(text, (label,), (Derivation(value, "%", operation, terms),))


def _prior_total(desk: _Desk, group: Group) -> list[Sentence]:
    """The prior year's total from this year's and the change, where the prior year is asked for and not printed."""
    change, now = group.measure("增减额"), group.measure("决算", "预算", "年初预算")
    if group.measure("上年数") or not change or not now or change.unit != now.unit or not group.info.year:
        return []
    label = desk.cite(group, [now, change])[0]
    result = now.value - change.value
    value, sign = plain(result), "−" if change.value > 0 else "+"
    text = f"推算{group.info.year - 1}年{group.item}为{value}{now.unit}（{wording.figure(now)} {sign} {wording.figure(change)}）。"
    operation = Operation.DIFFERENCE if change.value > 0 else Operation.SUM
    terms = (Term(label, now.printed, now.unit), Term(label, change.printed, change.unit))
    return [Sentence(text, (label,), (Derivation(value, now.unit, operation, terms),))]


def _share(desk: _Desk, group: Group) -> list[Sentence]:
    """The item's share of a total, where one is asked for and none is printed."""
    # In 「差旅费占公用经费多少」 only the first item is a part; what is named after it is what it is a part of.
    first_item = desk.plan.items[0].names if desk.plan.items else (group.item,)
    if "占比" not in desk.plan.measures or group.measure("占比") or group.item not in first_item:
        return []
    now = group.measure("决算", "预算", "年初预算")
    total = _total(desk, group.info, now) if now else None
    if now is None or total is None or total.value == 0 or total.item == group.item:
        return []
    first = desk.cite(group, [now])[0]
    second = desk.book.cite(group.info, total.where, total.place, facts=[total])
    value = wording.percent(100 * _yuan(now) / _yuan(total))
    text = f"{group.item}（{wording.figure(now)}）占{total.item}（{wording.figure(total)}）的{value}%。"
    terms = (Term(first, now.printed, now.unit), Term(second, total.printed, total.unit))
    return [Sentence(text, (first, second), (Derivation(value, "%", Operation.SHARE, terms),))]


def _total(desk: _Desk, info: DocumentInfo, part: Fact) -> Fact | None:
    """The total that a share is taken of: one named in the question, else the year's expenditure."""
    facts = [f for f in desk.material.facts(info.doc) if f.measure in (part.measure, "决算", "预算") and f.unit in YUAN and f.value]
    named = {name for m in desk.plan.items for name in m.names} - {part.item}
    for wanted in (named, {"本年支出合计"}, {"一般公共预算财政拨款支出"}, {"支出总计"}, {"收入总计、支出总计"}):
        found = [f for f in facts if f.item in wanted and abs(f.value) >= abs(part.value)]
        if found:
            return max(found, key=lambda f: (f.source == "text", f.unit == part.unit))
    return None


def _yuan(fact: Fact) -> Decimal:
    return fact.value * YUAN.get(fact.unit, Decimal(1))


def _why(desk: _Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence]:
    """Figures, then the reasons as the document gives them, kept apart by what they explain."""
    sentences: list[Sentence] = []
    for groups in chosen[:MOST_DOCUMENTS]:
        best = next((g for g in groups if _reasons(desk, g)), groups[0])
        found = _reasons(desk, best)[:3]
        near = [r for r in found if r in _printed_with(desk, best)]
        statement = _statement(desk, best, reasons=near)
        sentences.append(statement)
        for reason in found:
            labels = statement.labels if reason in near else desk.cite(best, [], [reason])
            sentences.append(_because(reason, labels))
        if not found:
            parts = _of_parts(desk, best)
            sentences.extend(parts or [Sentence("文件未说明原因。", statement.labels)])
    return sentences


def _of_parts(desk: _Desk, group: Group) -> list[Sentence]:
    """Where the whole is not explained: the reasons given for its parts in the same section, in the direction asked."""
    where = group.facts[0].where
    inside = [r for r in desk.material.reasons(group.info.doc) if r.where == where]
    fitting = [r for r in inside if desk.plan.direction and _says(r.about, desk.plan.direction)]
    if len({r.item for r in inside}) > MOST_ITEMS:
        return []
    return [
        Sentence(f"其中{r.item}（{r.about}）的原因：「{r.text.rstrip('。；;')}」。", desk.cite(group, [], [r]))
        for r in fitting[:MOST_DOCUMENTS]
    ]


def _because(reason: Reason, labels: tuple[str, ...]) -> Sentence:
    return Sentence(f"文件给出的原因（{reason.about}）：「{reason.text.rstrip('。；;')}」。", labels)


def _reasons(desk: _Desk, group: Group) -> list[Reason]:
    """Reasons for the item of a group: those of its own passage first, then those that fit the direction asked about."""
    names = {group.item, *(n for m in desk.plan.items for n in m.names)}
    found = [r for r in desk.material.reasons(group.info.doc) if _explains(r, names)] or _beside(desk, group)
    direction = desk.plan.direction
    if direction is not None:
        found = [r for r in found if not _opposed(r.about, direction)] or found

    def rank(reason: Reason) -> tuple[bool, bool, int]:
        fits = direction is None or not _opposed(reason.about, direction)
        return (not fits, reason.where != group.facts[0].where, abs(reason.place.page - group.facts[0].place.page))

    return sorted(dict.fromkeys(found), key=rank)


def _beside(desk: _Desk, group: Group) -> list[Reason]:
    """Reasons of an item that shares this group's figures: 收入总计、支出总计 are told together and explained once."""
    info, where = group.info, group.facts[0].where
    quotes = {f.place.quote for f in group.facts}
    twins = {f.item for f in desk.material.facts(info.doc) if f.where == where and f.place.quote in quotes}
    return [r for r in desk.material.reasons(info.doc) if r.where == where and _explains(r, twins)]


def _explains(reason: Reason, names: set[str]) -> bool:
    """Whether a reason is for one of the items; it may be for several at once (收入总计、支出总计)."""
    return reason.item in names or not names.isdisjoint(reason.item.split("、"))


_WORDS = {"less": ("小于", "减少", "低于", "下降"), "more": ("大于", "增加", "超", "增长")}


def _says(about: str, direction: str) -> bool:
    return any(word in about for word in _WORDS[direction])


def _opposed(about: str, direction: str) -> bool:
    other = "more" if direction == "less" else "less"
    return _says(about, other) and not _says(about, direction)


def _printed_with(desk: _Desk, group: Group) -> list[Reason]:
    """The reasons printed with a group's figures, nearest first."""
    where, page = group.facts[0].where, group.facts[0].place.page
    found = [
        r for r in desk.material.reasons(group.info.doc) if r.item == group.item and r.where == where and abs(r.place.page - page) <= 1
    ]
    return sorted(found, key=lambda r: abs(r.place.page - page))[:2]


def _compare(desk: _Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence]:
    """Both sides' figures, then which is the greater and by how much."""
    sentences: list[Sentence] = []
    sides: list[tuple[Group, Fact, str]] = []
    measure = _common_measure(desk, chosen)
    picked = [next((g for g in groups if measure and any(choosing.answers(f, measure) for f in g.facts)), groups[0]) for groups in chosen]
    desk.join(picked)
    for group in picked:
        sentence = _statement(desk, group)
        if sentence not in sentences:
            sentences.append(sentence)
        fact = next((f for f in wording.ordered(group.facts) if measure and choosing.answers(f, measure)), None)
        if fact is not None:
            sides.append((group, fact, sentence.labels[0]))
    verdict = _verdict(desk, sides)
    return [verdict, *sentences] if verdict else sentences


def _common_measure(desk: _Desk, chosen: Sequence[Sequence[Group]]) -> str | None:
    """A measure that every side has: the one asked for, else spending, else budget."""
    info = chosen[0][0].info
    fallback: tuple[str, ...] = ("决算", "预算", "完成率", "增减额", "增减率")
    if any(w in desk.plan.text for w in ("增加", "减少", "涨")):
        fallback = ("增减额", *fallback)
    if any(w in desk.plan.text for w in ("增长", "快", "增幅", "降幅")):
        fallback = ("增减率", *fallback)
    if "完成" in desk.plan.text or "超" in desk.plan.text:
        fallback = ("完成率", *fallback)
    for measure in (*fallback[:1], *choosing.wanted(desk.plan, info), *fallback):
        if all(any(choosing.answers(f, measure) for g in groups for f in g.facts) for groups in chosen):
            return measure
    return None


def _verdict(desk: _Desk, sides: Sequence[tuple[Group, Fact, str]]) -> Sentence | None:
    """Which side is the greater; with two sides in one unit also by how much."""
    if len(sides) < 2 or len({f.measure for _, f, _ in sides}) > 1 or len({f.unit in YUAN for _, f, _ in sides}) > 1:
        return None
    (g1, f1, l1), (g2, f2, l2) = sorted(sides, key=lambda side: -_yuan(side[1]))[:2]
    if _yuan(f1) == _yuan(f2):
        return Sentence(f"两者相同，都是{wording.figure(f1)}。", (l1, l2))
    name1 = bodies.short(g1.info.org) + ("" if g1.item == g2.item else g1.item) if desk.several else g1.item
    text = f"{name1}更高：{wording.clause(f1, g1.info.kind)}，另一方{wording.clause(f2, g2.info.kind)}"
    if f1.unit != f2.unit or f1.unit == "%" or len(sides) > 2:
        return Sentence(text + "。", (l1, l2))
    value = plain(f1.value - f2.value)
    terms = (Term(l1, f1.printed, f1.unit), Term(l2, f2.printed, f2.unit))
    return Sentence(f"{text}，相差{value}{f1.unit}。", (l1, l2), (Derivation(value, f1.unit, Operation.DIFFERENCE, terms),))
