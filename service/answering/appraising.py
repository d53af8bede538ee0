"""A question about each of the self-evaluated projects → each with its score, budget, spending or rate."""

import re
from collections.abc import Sequence

from service.answering import project_forms, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.plan import Ask
from service.answering.project_forms import Form
from service.records import Fact

LEAST = 2
"""Fewer forms are not told one by one."""
MOST_TOLD = 16

_ABOUT = re.compile(
    r"(?:自评|绩效)[^,。]{0,8}?项目(?!资金)|项目[^,。]{0,6}?(?:自评|绩效)|(?:各|每|[两二三四五六七八九十\d]+个)个?项目[^,。]{0,10}(?:得分|执行率|几分|多少分)"
)
_NAMES = re.compile(r"叫(?:什么|啥)|名称|名字|名单|哪些项目|有哪些|列出|一共|总共|合计|最|平均|超过|以[上下]|[低高]于|不[足到]")
"""Asks for the list of them, for their sum, or for those that meet a condition."""
_MORE_ASKED = re.compile(r"[,;。?](?=.)")
_EACH = re.compile(r"各|分别|每个|都")
_MEASURES = (
    ("得分", re.compile(r"得分|[几多]少?分|分数|评分")),
    ("执行率", re.compile(r"执行率|完成率")),
    ("执行数", re.compile(r"执行数|花|用了|支出了|执行了")),
    ("全年预算", re.compile(r"预算|资金|钱|投入|金额")),
)
_SAME = {"全年预算": ("全年预算", "预算", "年初预算"), "执行数": ("执行数", "决算"), "执行率": ("执行率", "完成率")}


def tell(desk: Desk) -> list[Sentence] | None:
    """Each project's figures; None where the question is not about each of them, or there are no forms."""
    text = desk.plan.topic or desk.plan.text
    if desk.plan.ask in (Ask.WHY, Ask.DEFINITION) or len({d.doc for d in desk.documents}) != 1:
        return None
    if not (_ABOUT.search(text) and _EACH.search(text)) or _NAMES.search(text):
        return None
    forms = project_forms.of(desk, desk.documents[0])
    said = [(match.start(), name) for name, pattern in _MEASURES for match in [pattern.search(text)] if match is not None]
    measures = [name for _, name in sorted(said)]
    if len(forms) < LEAST or not measures or project_forms.named(text, forms):
        return None
    rows = [_row(desk, form, measures) for form in forms[:MOST_TOLD]]
    return [_sentence(desk, row) for row in rows if row is not None] if all(rows) else None


def whole(desk: Desk) -> list[Sentence] | None:
    """Each project's figures, where nothing else is asked."""
    return None if _MORE_ASKED.search(desk.plan.text) else tell(desk)


def _row(desk: Desk, form: Form, measures: Sequence[str]) -> Group | None:
    """A project's facts of the measures asked for: the prose's where it tells them all, else the form's."""
    total = project_forms.total(desk, form)
    for facts in (project_forms.told(desk, form), [*project_forms.money(desk, form), *([total] if total is not None else [])]):
        own = [_measure(facts, measure) for measure in measures]
        if all(fact is not None for fact in own):
            return Group(form.info, facts[0].item, tuple(f for f in own if f is not None), 0.0)
    return None


def _measure(facts: Sequence[Fact], measure: str) -> Fact | None:
    return next((f for m in _SAME.get(measure, (measure,)) for f in facts if f.measure == m), None)


def _sentence(desk: Desk, row: Group) -> Sentence:
    clauses = [wording.clause(fact, row.info.kind) for fact in row.facts]
    return Sentence(f"{desk.subject(row)}：{'，'.join(clauses)}。", desk.cite(row, row.facts))
