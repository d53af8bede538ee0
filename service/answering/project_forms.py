"""A document's performance forms (绩效自评表, 绩效目标表) by the project that each is about, and those that a question names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.answering import resemblance, titles
from service.answering.desk import Desk
from service.answering.matching import key
from service.records import DocumentInfo, Fact, Indicator, Table
from service.statements import Role, get
from service.text import normal

LEAST_SAID = 3
"""A project is named by so many characters of its name that stand together …"""
LEAST_BEFORE = 2
"""… or by so many right before the word project: 档案项目."""
LEAST_WEIGHT = 1.0
"""… that are its own: two neighbouring characters weigh 1 divided by the number of forms whose names hold them."""
_NUMBER = re.compile(r"^[0-9A-Z]{8,}[-—]|20\d\d年?度?")
_COMMON = re.compile(r"经费|资金|项目|补助|专项|工作|支出|部门|单位|年度")
_PROJECT_WORD = re.compile(r"(?:那个|这个|的)?(?:项目|专项)")
_OWN = ("年初预算", "全年预算", "预算", "调整预算", "执行数", "执行率")


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one project."""

    info: DocumentInfo
    table: Table
    project: str
    """As printed."""

    @property
    def name(self) -> str:
        """The project's name in normal form, without number and year."""
        return re.sub(r"[\"'《》]", "", _NUMBER.sub("", key(self.project)))


@dataclass(frozen=True, slots=True)
class Named:
    """A form that a question names, and where."""

    form: Form
    start: int
    end: int
    weight: float


def of(desk: Desk, info: DocumentInfo) -> list[Form]:
    """The forms of a document that are about a project."""
    forms = []
    for table in desk.material.tables(info.doc):
        statement = get(table.statement)
        if statement is not None and statement.role in (Role.APPRAISAL, Role.GOALS) and (name := titles.project(table)):
            forms.append(Form(info, table, name))
    return forms


def named(text: str, forms: Sequence[Form]) -> list[Named]:
    """The forms that a text (normal form) names, in full or by a telling part, in its order; alike names are all there."""
    held = Counter(pair for form in forms for pair in _pairs(form.name))
    said = _pairs(text)
    found: list[Named] = []
    for form in forms:
        start, end = resemblance.common(text, form.name)
        own = [pair for pair in _pairs(form.name) & said if not _COMMON.fullmatch(pair)]
        weight = sum(1 / held[pair] for pair in own)
        least = LEAST_BEFORE if _PROJECT_WORD.match(text, end) else LEAST_SAID
        telling = len(_COMMON.sub("", text[start:end])) >= LEAST_BEFORE
        if weight >= LEAST_WEIGHT and end - start >= least and telling:
            found.append(Named(form, start, end, weight))
    # Of forms that the same words name, those that the question says most of.
    best = [one for one in found if not any(o.weight > one.weight and o.start < one.end and one.start < o.end for o in found)]
    return sorted(best, key=lambda one: one.start)


def facts(desk: Desk, form: Form) -> list[Fact]:
    """The facts of a form that are about the whole project."""
    own = [f for f in desk.material.facts(form.info.doc) if f.source == "table" and f.place.page in form.table.pages]
    return [f for f in own if f.item == form.project or key(f.item) == key(form.project)]


def told(desk: Desk, form: Form) -> list[Fact]:
    """What the prose says of the project as a whole."""
    prose = (f for f in desk.material.facts(form.info.doc) if f.source == "text" and f.part == "appraisal")
    return [f for f in prose if _NUMBER.sub("", key(f.item)) == form.name]


def total(desk: Desk, form: Form) -> Fact | None:
    """The project's score."""
    return next((f for f in facts(desk, form) if f.measure == "得分" and f.column == "总分"), None)


def money(desk: Desk, form: Form, *, scored: bool = False) -> list[Fact]:
    """The project's budget, spending and rate (and the score of that row); where only its parts are printed, the first part's."""
    whole = [f for f in facts(desk, form) if f.measure in _OWN]
    if whole and scored:
        whole += [f for f in facts(desk, form) if f.measure == "得分" and f.place.quote == whole[0].place.quote]
    if whole:
        return whole
    parts = [f for f in desk.material.facts(form.info.doc) if f.source == "table" and f.place.page in form.table.pages]
    parts = [f for f in parts if key(f.item).startswith(key(form.project)) and f.measure in _OWN]
    return [f for f in parts if f.item == parts[0].item]


def indicators(desk: Desk, form: Form) -> list[Indicator]:
    """The indicators that the form lists."""
    return [i for i in desk.material.indicators(form.info.doc) if key(i.subject) == key(form.project)]


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(normal(text)) if "\u4e00" <= a <= "\u9fff" and "\u4e00" <= b <= "\u9fff"}
