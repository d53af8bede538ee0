"""Reasons as the documents give them: which belong to an item, which fit the direction asked about."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from service import amounts
from service.answering import choosing, deriving, indicators, premises, reasons, resemblance, year_before
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import Match, key
from service.answering.material import part
from service.records import DocumentInfo, Reason
from service.text import normal

_WHOLE_SENTENCE = re.compile(r"[^。]+。?")
_WHOLE = re.compile(r"总|合计|三公|财政拨款|一般公共预算|收入|支出预算|基本支出|项目支出|收支")
"""Names of what has parts; a neighbour's reason explains no single item."""
_IMPROVING = re.compile(r"改进|整改|下一步")
_MEASURES_TAKEN = re.compile(r"(?:下一步(?:的)?)?(?:改进|整改|工作)(?:措施|打算|安排)[:：][^。]+。?")
_GIVEN = re.compile(r"原因|由于|因为|主要是")
_EXPENSE = re.compile(r"会议费|培训费|接待费|出国(?:[（(]境[）)])?费|用车|公积金|提租补贴|养老保险|年金")
_PROBLEM_ROW = re.compile(r"(?:自评)?存在(?:的)?(?:主要)?问题|(?:偏差|未完成)原因")
"""A row of a form that tells problems."""
_LEAST_HELD, _SHARE_HELD = 3, 0.35
"""Character pairs of the question, and their share, that a reason without an item named must hold."""
_NEAR = 40
"""A sentence that is about an item names it within so many characters."""
_AGAINST_BUDGET = re.compile(
    r"超预算|超支|没花完|没用完|未花完|(?:比|较|与|跟|和|低于|高于|超过)(?:年初|全年)?预算|预算数?[^,。]{0,8}(?:比|较|与|跟|和)(?:支出)?决算"
)
_LEVEL = re.compile(r"\([类款项]\)")
_ROOT = 3
"""An item is asked by so many of its characters, where the change asked is its own."""
_SCORED = re.compile(r"得分|扣分|扣了|[多少几]分|总分|满分")
UNEXPLAINED = "文件未说明原因。"
_CAUSE_QUOTED = re.compile(r"「[^「」]*原因[^「」]*」")
MOST_PARTS = 6
"""Reasons of more parts than so many are no answer for the whole."""
MOST_TOLD = 3
"""So many documents, and reasons of one item, are told."""


def why(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence] | None:
    """Figures, then the reasons as the document gives them, kept apart by what they explain; None where it gives none."""
    sentences: list[Sentence] = []
    for groups in _as_asked(desk, chosen)[:MOST_TOLD]:
        best = next((g for g in (*groups, *_called_otherwise(desk, groups[0])) if _reasons(desk, g)), groups[0])
        found = _of_change_asked(desk, _reasons(desk, best))[:3]
        if not any(best.item in m.names for m in desk.plan.items) and desk.plan.items and best.table:
            found = []  # a total row's column: its reasons are the total's
        # A row's quote is the row; a form's reason stands in a row of its own.
        near = [] if best.table else [r for r in found if r in reasons.printed_with(desk.material, best)]
        lost = indicators.lost(desk, best) if _SCORED.search(desk.plan.text) else []
        statement = desk.statement(next((g for g in groups if lost and any(f.column == "总分" for f in g.facts)), best), explained=near)
        parts = lost if lost or found else _of_parts(desk, best) or _in_words(desk, best)
        if found or parts:
            told = [because(r, statement.labels if r in near else desk.cite(best, [], [r])) for r in found]
            difference = deriving.gap(desk, [best])
            before = year_before.unprinted(desk, best)
            sentences.extend((*([difference] if difference else []), statement, *before, *told, *parts))
    return sentences or None


def nearest(desk: Desk) -> list[Sentence] | None:
    """For a why-question that names no item: the reason whose item, heading and words hold most of the question."""
    asked = _pairs(desk.plan.topic or desk.plan.text)
    best: tuple[float, DocumentInfo, Reason] | None = None
    for info in desk.documents[:MOST_TOLD]:
        for reason in desk.material.reasons(info.doc):
            held = _pairs(f"{reason.item}#{reason.where}#{reason.place.quote}") & asked
            share = len(held) / max(1, len(asked))
            if len(held) >= _LEAST_HELD and share >= _SHARE_HELD and (best is None or share > best[0]):
                best = (share, info, reason)
    if best is None:
        return None
    _, info, reason = best
    label = desk.book.cite(info, reason.where, reason.place, items=(reason.item,))
    return [Sentence(f"文件给出的原因（{reason.item}，{reason.about}）：「{reason.text.rstrip('。；;')}」。", (label,))]


def _pairs(text: str) -> set[str]:
    words = re.split(r"[^\u4e00-\u9fff]|为什么|为啥|怎么|原因|多少|[的了吗呢啊是才]", normal(text))
    return {a + b for word in words for a, b in pairwise(word)}


def _as_asked(desk: Desk, chosen: Sequence[Sequence[Group]]) -> Sequence[Sequence[Group]]:
    """Where the question names no body: the documents in which it happened, if it did in any."""
    if desk.plan.choice.named or len(chosen) < 2:
        return chosen
    return [groups for groups in chosen if not premises.denial(desk.plan, groups[0])] or chosen


def improving(desk: Desk) -> list[Sentence] | None:
    """What is to be improved (下一步改进措施) of the item asked, in the document's words; None where it is not asked or said."""
    if not _IMPROVING.search(desk.plan.text):
        return None
    names = {key(n).removesuffix("支出绩效自评") for m in desk.plan.items[:1] for n in m.names[:MOST_TOLD]} or {"整体", "绩效"}
    for info in desk.documents[:MOST_TOLD]:
        for passage in desk.material.passages(info.doc):
            about = f"{key(passage.section)}{normal(passage.quote)[: 2 * _NEAR]}"
            match = _MEASURES_TAKEN.search(passage.quote) if any(n in about for n in names) else None
            if match is not None:
                labels = tuple(desk.book.cite(info, passage.section, place) for place in part(passage, *match.span()))
                return [Sentence(f"文件写明：「{match[0].strip().rstrip('。；;')}」。", labels)]
    return None


def unexplained(desk: Desk, chosen: Sequence[Sequence[Group]]) -> list[Sentence]:
    """The figures, and that the document gives no reason; where it says that nothing changed, its words for that."""
    sentences: list[Sentence] = []
    for groups in chosen[:MOST_TOLD]:
        statement = desk.statement(groups[0])
        before = year_before.level(desk, groups[0]) or year_before.unprinted(desk, groups[0])
        difference = deriving.gap(desk, groups[:1])
        told = [*([difference] if difference else []), statement, *before]
        sentences.extend([*told, *([] if before else [Sentence(UNEXPLAINED, statement.labels)])])
    return sentences


def without_contradiction(desk: Desk, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences; that no reason is given is not said beside one that is quoted, or that its evidence prints."""
    given = any("给出的原因" in s.text or _CAUSE_QUOTED.search(s.text) for s in sentences)

    def printed(sentence: Sentence) -> bool:
        return any("原因" in desk.book.items[label].place.quote for label in sentence.labels if label in desk.book.items)

    return [s for s in sentences if s.text != UNEXPLAINED or not (given or printed(s))]


def of_figure(desk: Desk) -> list[list[Group]]:
    """Of a question that says by how much (降了83%): the items of its words whose printed change is just that."""
    rates = [a for a in amounts.figures(desk.plan.text) if a.unit == "%" and a.value]
    if len(rates) != 1:
        return []
    asked = rates[0]
    text = normal(desk.plan.topic or desk.plan.text)
    found: list[tuple[int, list[Group]]] = []
    for info in desk.documents[:MOST_TOLD]:
        facts = desk.material.facts(info.doc)
        alike = [f for f in facts if f.measure == "增减率" and abs(round(f.value, asked.decimals)) == abs(asked.value)]
        for item in dict.fromkeys(f.item for f in alike):
            start, end = resemblance.common(text, key(item))
            groups = [g for g in choosing.groups(desk.plan, info, facts, Match((item,), start, end, 1.0)) if not g.table]
            if end - start >= _ROOT and groups:
                found.append((end - start, groups))
    longest = max((length for length, _ in found), default=0)
    return [groups for length, groups in found if length == longest][:1]


def _called_otherwise(desk: Desk, group: Group) -> list[Group]:
    """The groups of the same item under another form of its name: 其他…事务（项） for 其他…事务支出, of one code."""
    facts = desk.material.facts(group.info.doc)
    code, core = group.facts[0].code, _core(group.item)
    names = dict.fromkeys(
        f.item for f in facts if f.item != group.item and _core(f.item) == core and None not in (code, f.code) and f.code == code
    )
    return [g for name in names for g in choosing.groups(desk.plan, group.info, facts, Match((name,), 0, 0, 1.0))]


def _core(name: str) -> str:
    return _LEVEL.sub("", key(name)).removesuffix("支出")


def _of_change_asked(desk: Desk, found: Sequence[Reason]) -> list[Reason]:
    """The reasons of the change asked: what was spent against the budget is explained by none of a change against last year."""
    text = desk.plan.text
    if desk.plan.against_prior:
        return [r for r in found if "上年" in r.about or "预算" not in r.about]
    if _AGAINST_BUDGET.search(text):
        return [r for r in found if "上年" not in r.about or "预算" in r.about]
    return list(found)


def _in_words(desk: Desk, group: Group) -> list[Sentence]:
    """The sentence that gives a reason under a heading of the item's name, or that begins with its name."""
    names = {key(n) for m in desk.plan.items[:1] for n in m.names[:MOST_TOLD]} or {key(group.item)}
    for passage in desk.material.passages(group.info.doc):
        if "名词解释" in passage.section or passage.kind == "table":
            continue
        heading, form = key(passage.section.split("/")[-1]), _unquoted(passage.quote)
        # A heading of several items (会议费、培训费) is not about one of them.
        about = any(("、" not in heading and n in heading) or 0 <= form.find(n) <= _NEAR for n in names)
        if passage.kind == "row":
            spans = [(0, len(passage.quote))] if about and _PROBLEM_ROW.match(form) else []
        else:
            spans = [m.span() for m in _WHOLE_SENTENCE.finditer(passage.quote) if about or _names_one(m[0], names)]
        for start, end in spans:
            told = _unquoted(passage.quote[start:end])
            given = (_GIVEN.search(told) or passage.kind == "row") and not _names_another(told, names)
            if given and (desk.plan.direction is None or not reasons.opposed(told, desk.plan.direction)):
                labels = tuple(desk.book.cite(group.info, passage.section, p) for p in part(passage, start, end))
                return [Sentence(f"文件写明：「{passage.quote[start:end].strip().rstrip('。；;')}」。", labels)]
    return []


def _names_another(told: str, names: set[str]) -> bool:
    """Whether a sentence is about another kind of expense than the one asked."""
    return not any(name in told for name in names) and any(e[0] not in name for e in _EXPENSE.finditer(told) for name in names)


def _names_one(sentence: str, names: set[str]) -> bool:
    form = _unquoted(sentence)
    return any(0 <= form.find(n) <= _NEAR for n in names)


def _unquoted(text: str) -> str:
    """Normal form without quotation marks, as the keys of names have it."""
    return normal(text).replace('"', "")


def _of_parts(desk: Desk, group: Group) -> list[Sentence]:
    """Where the whole is not explained: the reasons given for its parts in the same section, in the direction asked."""
    where, code = group.facts[0].where, group.facts[0].code
    known = desk.material.reasons(group.info.doc)
    below = [r for r in known if code and r.code and len(r.code) > len(code) and r.code.startswith(code)]
    if below and len({r.item for r in below}) <= MOST_TOLD:
        return [_of_part(desk, group, r) for r in dict.fromkeys(below) if _not_opposed(desk, r)]
    if not _WHOLE.search(key(group.item)):
        return []
    inside = [r for r in known if r.where == where]
    if carried := _carrying(desk, group, inside):
        return carried
    fitting = [r for r in inside if desk.plan.direction and reasons.says(r.about, desk.plan.direction)]
    if len({r.item for r in inside}) > MOST_PARTS:
        return []
    return [_of_part(desk, group, r) for r in fitting[:MOST_TOLD]]


def _carrying(desk: Desk, group: Group, inside: Sequence[Reason]) -> list[Sentence]:
    """The reason of the part that makes up the whole change: the line below a total that prints the same change."""
    change = group.measure("增减额")
    if change is None or not change.value:
        return []
    facts = desk.material.facts(group.info.doc)
    alike = {f.item for f in facts if (f.measure, f.value, f.unit, f.where) == ("增减额", change.value, change.unit, change.where)}
    side = next((word for word in ("收入", "支出") if word in group.item), "")
    parts = [r for r in inside if r.item in alike and side in r.item and "、" not in r.item]
    return [_of_part(desk, group, r) for r in parts[:1] if _not_opposed(desk, r)]


def _of_part(desk: Desk, group: Group, reason: Reason) -> Sentence:
    told = f"其中{reason.item}（{reason.about}）的原因：「{reason.text.rstrip('。；;')}」。"
    place = Group(group.info, reason.item, tuple(replace(f, source="text") for f in group.facts), 0.0)
    return Sentence(told, desk.cite(place, [], [reason]))


def _not_opposed(desk: Desk, reason: Reason) -> bool:
    return desk.plan.direction is None or not reasons.opposed(reason.about, desk.plan.direction)


def because(reason: Reason, labels: tuple[str, ...]) -> Sentence:
    """A reason as a sentence, verbatim."""
    return Sentence(f"文件给出的原因（{reason.about}）：「{reason.text.rstrip('。；;')}」。", labels)


def _reasons(desk: Desk, group: Group) -> list[Reason]:
    """Reasons for the item of a group: those of its own passage first, then those that fit the direction asked about."""
    names = {group.item, *(n for m in desk.plan.items for n in m.names)}
    found = [r for r in desk.material.reasons(group.info.doc) if reasons.explains(r, names)] or _beside(desk, group)
    found = [r for r in found if not reasons.is_of_namesake(r, group)]
    direction = desk.plan.direction
    if direction is not None:
        found = [r for r in found if not reasons.opposed(r.about, direction)] or found

    def rank(reason: Reason) -> tuple[bool, bool, int]:
        fits = direction is None or not reasons.opposed(reason.about, direction)
        return (not fits, reason.where != group.facts[0].where, abs(reason.place.page - group.facts[0].place.page))

    return [r for r in sorted(dict.fromkeys(found), key=rank) if not reasons.contradicts(r, group)]


def _beside(desk: Desk, group: Group) -> list[Reason]:
    """Reasons of an item that shares this group's figures: 收入总计、支出总计 are told together and explained once."""
    info, where = group.info, group.facts[0].where
    quotes = {f.place.quote for f in group.facts}
    twins = {f.item for f in desk.material.facts(info.doc) if f.where == where and f.place.quote in quotes}
    return [r for r in desk.material.reasons(info.doc) if r.where == where and reasons.explains(r, twins)]
