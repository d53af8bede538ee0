"""When the documents cannot hold the answer: another year, body or statement, or no subject of disclosures at all."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.answering.draft import Sentence
from service.answering.plan import Plan
from service.records import DocumentInfo, Kind

_OUTSIDE = {
    "personal": "部门预算和决算公开文件不公布个人的姓名、工资、待遇或联系方式，资料里没有这方面的内容。",
    "opinion": "公开文件只记载收支和原因，不作评价或判断；资料里没有这方面的内容。",
    "subject": "这个问题与部门预算、决算公开文件无关，资料里没有这方面的内容。",
    "offices": "部门预算和决算公开文件按功能和用途公布收支，不公布各内设科室的经费；资料里没有这方面的内容。",
    "wide": "部门预算、决算公开文件只反映本部门的收支，不含整个地区的数字；资料里没有这方面的内容。",
    "future": "公开文件没有说明以后年度的安排，资料里没有这方面的内容。",
}
_LEVELS = (
    (re.compile(r"本级|本单位|单位(?:预算|决算)|(?:机关|自己)这一级"), ("本级", "单位")),
    (re.compile(r"部门(?:预算|决算)|全部门|整个部门|汇总"), ("部门", "汇总")),
)
"""Words for the level of a disclosure, and how its cover names it."""
_NAMELESS = "未写明单位的"
PLAN_ONLY = "预算文件只有预算数，没有实际支出。"
ACTUAL = re.compile(
    r"实际(?:上)?(?:发放|发给|支出|花|用|执行|支付|拨付|拨|使用|开支|投入|列支|下达|报销|领|收到|到账|到位|采购|接待|购置|付|发)(?!率)"
)
"""Asks for what was done with the money, which a plan does not tell."""
MOST_NAMED = 3
"""So many documents are named in a refusal."""
_STATEMENTS = {Kind.FINAL: "决算", Kind.BUDGET: "预算", Kind.OTHER: "其他文件"}


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents left to answer from, or the reason why none is."""

    documents: tuple[DocumentInfo, ...]
    refusal: str | None = None


def scope(plan: Plan, library: Callable[[], Sequence[DocumentInfo]]) -> Scope:
    """Documents of the body, year and statement asked for, or a refusal that says which are there.

    Args:
        plan: the question.
        library: gives what is there; asked for only where a refusal tells it.
    """
    if not plan.documents and not library():
        return Scope((), "资料库里还没有文件，请先读入部门预算或决算公开文件。")
    if plan.outside is not None:
        return Scope((), _OUTSIDE[plan.outside])
    if plan.choice.foreign is not None:
        return Scope((), f"资料里没有「{plan.choice.foreign}」的公开文件。{_shelf(library())}")
    left = _without_twins(plan.documents)
    if plan.years:
        left, refusal = _by_year(plan, left)
        if refusal:
            return Scope((), refusal)
    if plan.statement is not None:
        fitting = [d for d in left if d.kind is plan.statement]
        if not fitting and plan.statement is Kind.FINAL:
            return Scope((), f"资料里没有所问的决算：{_shelf(left)}{PLAN_ONLY}")
        left = fitting or left
    return Scope(tuple(_of_level(plan, left)))


def missing(plan: Plan, documents: Sequence[DocumentInfo]) -> str:
    """What was looked for and where, in a sentence."""
    names = list(dict.fromkeys(_named(d) for d in documents))
    where = f"{'、'.join(names[:MOST_NAMED])}{'等' if len(names) > MOST_NAMED else ''}"
    if plan.years and documents and not any(d.year in plan.years or d.year is None for d in documents):
        asked = "、".join(f"{year}年" for year in plan.years)
        return f"资料里没有{asked}的文件，{where}里也没有找到所问的{asked}数字。"
    return f"在{where}的公开文件里没有找到这个问题的答案。"


def of_years_asked(plan: Plan, documents: Sequence[DocumentInfo], sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that may stand where only documents of the year after are there: those that tell the year asked.

    Args:
        plan: the question.
        documents: answered from.
        sentences: the answer.
    """
    if not plan.years or not sentences or any(d.year in plan.years or d.year is None for d in documents):
        return list(sentences)
    told = [s for s in sentences if any(str(year) in s.text for year in plan.years)]
    return list(sentences) if told else []


def _of_level(plan: Plan, documents: Sequence[DocumentInfo]) -> Sequence[DocumentInfo]:
    """Of a body's two disclosures, of the whole department and of the body by itself, the one that the question names."""
    asked = [levels for words, levels in _LEVELS if words.search(plan.text)]
    if len(asked) != 1 or len({d.level for d in documents}) < 2:
        return documents
    return [d for d in documents if d.level in asked[0] or not any(level_apart(d, o) and o.level in asked[0] for o in documents)]


def level_apart(one: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether two documents are one body's disclosures of one year that differ in level."""
    same = (one.org, one.year, one.kind) == (other.org, other.year, other.kind)
    return same and one.level != other.level and bool(one.level and other.level)


def _without_twins(documents: Sequence[DocumentInfo]) -> list[DocumentInfo]:
    """One file of each disclosure that is held twice; text and tables published apart differ in length and both stay."""
    kept: dict[tuple[object, ...], DocumentInfo] = {}
    for info in documents:
        same = (info.org, info.year, info.kind, info.level, info.pages)
        if not info.org or same not in kept or kept[same].tables < info.tables:
            kept[same if info.org else (info.doc,)] = info
    return list(kept.values())


def _named(info: DocumentInfo) -> str:
    """「水利局2023年决算」; a file's name may hold digits that no document prints, so it stands in no answer."""
    return f"{info.org or _NAMELESS}{year_label(info)}"


def year_label(info: DocumentInfo) -> str:
    """「2023年决算」."""
    return f"{info.year}年{_STATEMENTS[info.kind]}" if info.year else _STATEMENTS[info.kind]


def of_years(years: Sequence[int], documents: Sequence[DocumentInfo]) -> list[DocumentInfo]:
    """Documents of a year asked for; else those of the year after, which print the prior year's figures; else of no known year."""
    exact = [d for d in documents if d.year in years]
    after = [d for d in documents if d.year is not None and d.year - 1 in years]
    return exact or after or [d for d in documents if d.year is None]


def _by_year(plan: Plan, documents: Sequence[DocumentInfo]) -> tuple[list[DocumentInfo], str | None]:
    """The documents of the years asked for, or a refusal."""
    if left := of_years(plan.years, documents):
        return left, None
    asked = "、".join(f"{year}年" for year in plan.years)
    return [], f"资料里没有{asked}的文件。{_shelf(documents)}"


def _shelf(documents: Sequence[DocumentInfo]) -> str:
    """What is there, briefly."""
    names = list(dict.fromkeys(_named(d) for d in documents))
    shown = "；".join(names[:4])
    return f"现有：{shown}{'等' if len(names) > 4 else ''}。" if names else ""
