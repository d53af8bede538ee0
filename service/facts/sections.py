"""Headings → what a paragraph is about: its topic, the money it covers (scope) and the item it speaks of when it names none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from service.records import Paragraph
from service.statements import ALL, CAPITAL, FISCAL, FUND, GENERAL
from service.text import normal


class Topic(StrEnum):
    """What the statutory narrative says in a section."""

    MONEY = "money"
    THREE_PUBLIC = "three public"
    PROCUREMENT = "procurement"
    ASSETS = "assets"
    STAFF = "staff"
    UNITS = "units"
    APPRAISAL = "appraisal"
    WORK = "work"
    """What was done in the year, as a self-evaluation reports it: people and things are counted, no money."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What figures are about: one item, or two at once (收入总计、支出总计均为…).

    `at` is the offset in the paragraph's normal form where it is named; None when it is named elsewhere.
    """

    items: tuple[str, ...]
    path: tuple[str, ...] = ()
    code: str | None = None
    at: int | None = None
    is_head: bool = False
    """Named by its 类, 款, 项 marks or its code."""

    @property
    def name(self) -> str:
        """Its items as one name."""
        return "、".join(self.items)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the statutory narrative."""

    topic: Topic
    scope: str | None
    subject: Subject | None = None


_FUNDS = (GENERAL, FUND, CAPITAL)
_TENS = "一二三四五六七八九十"
_ORDINAL = rf"^(?:[{_TENS}]+、|\([{_TENS}\d]+\)|\d{{1,2}}[.、])?(?:20\d\d年度?)?"
_SKIP = re.compile(
    r"名词解释|名词说明|目录|主要职[责能]|部门职[责能]|单位职[责能]|基本职能|内设机构|工作任务|重点工作|职责|工作目标|编制.*依据"
)

_PATTERNS: tuple[tuple[str, Topic, str | None, tuple[str, ...]], ...] = (
    # The narrower heading comes first.
    (r"(?:单位|部门|机构)构成|预算单位(?:情况|范围)|决算单位(?:情况|范围)|机构(?:设置|情况)", Topic.UNITS, None, ()),
    (r"人员(?:编制|构成|基本)?情况|人员(?:和|及|、)车辆", Topic.STAFF, None, ()),
    (r"因公出国", Topic.THREE_PUBLIC, FISCAL, ("因公出国（境）费",)),
    (r"公务用车购置及运行", Topic.THREE_PUBLIC, FISCAL, ("公务用车购置及运行维护费",)),
    (r"公务用车购置", Topic.THREE_PUBLIC, FISCAL, ("公务用车购置费",)),
    (r"公务用车运行", Topic.THREE_PUBLIC, FISCAL, ("公务用车运行维护费",)),
    (r"公务接待", Topic.THREE_PUBLIC, FISCAL, ("公务接待费",)),
    (r'三公"?经费', Topic.THREE_PUBLIC, FISCAL, ("“三公”经费",)),
    (r"会议费", Topic.THREE_PUBLIC, FISCAL, ("会议费",)),
    (r"培训费", Topic.THREE_PUBLIC, FISCAL, ("培训费",)),
    (r"一般性支出|会议.*培训", Topic.THREE_PUBLIC, None, ()),
    (r"机关运行经费", Topic.MONEY, GENERAL, ("机关运行经费",)),
    (r"政府采购", Topic.PROCUREMENT, ALL, ("政府采购",)),
    (r"国有资产|资产占|资产购置|车辆", Topic.ASSETS, None, ()),
    (r"履职(?:完成|尽责|履责)?(?:情况|成效|效能|效果)|(?:年度|主要|重点)?工作完成情况", Topic.WORK, None, ()),
    (r"绩效", Topic.APPRAISAL, None, ()),
    (rf"{_ORDINAL}基本支出(?:预算|决算)?(?:具体)?(?:执行)?情况", Topic.MONEY, None, ("基本支出",)),
    (rf"{_ORDINAL}项目支出(?:预算|决算)?(?:具体)?(?:执行)?情况", Topic.MONEY, None, ("项目支出",)),
    (r"政府性基金", Topic.MONEY, FUND, ("政府性基金预算财政拨款支出",)),
    (r"国有资本经营", Topic.MONEY, CAPITAL, ("国有资本经营预算财政拨款支出",)),
    (r"一般公共预算.*基本支出", Topic.MONEY, GENERAL, ("一般公共预算财政拨款基本支出",)),
    (r"财政拨款.*基本支出", Topic.MONEY, FISCAL, ("财政拨款基本支出",)),
    (r"一般公共预算", Topic.MONEY, GENERAL, ("一般公共预算财政拨款支出",)),
    (r"财政拨款(?:预算)?(?:收支|收入[、和]?支出|收[、和]支)", Topic.MONEY, FISCAL, ("财政拨款收入总计", "财政拨款支出总计")),
    (r"财政拨款.*支出", Topic.MONEY, FISCAL, ("财政拨款支出",)),
    (r"财政拨款.*收入", Topic.MONEY, FISCAL, ("财政拨款收入",)),
    (r"公用经费", Topic.MONEY, None, ("公用经费",)),
    (r"(?:收支|收入[、和]?支出)(?:预算|决算)?总体", Topic.MONEY, ALL, ("收入总计", "支出总计")),
    (r"(?<![支出])收入(?:预算|决算)", Topic.MONEY, ALL, ("本年收入合计",)),
    (rf"^(?:[{_TENS}]+、|\([{_TENS}]+\))?(?:关于.*?)?(?:20\d\d年度?)?支出(?:预算|决算)", Topic.MONEY, ALL, ("本年支出合计",)),
    (r"收支(?:说明|情况|预算)|编制说明|(?:预算|决算)(?:安排|执行)?(?:情况)?(?:的)?说明|其他重要事项|其他情况", Topic.MONEY, None, ()),
)
_COMPILED = tuple((re.compile(pattern), topic, scope, items) for pattern, topic, scope, items in _PATTERNS)
_INLINE = re.compile(
    rf"(?:[{_TENS}]+、|\([{_TENS}\d]+\)|\d{{1,2}}[.、])(?P<head>[^。;:,\d]{{2,20}}(?:情况|说明|经费|采购|管理|使用)(?:的?说明)?)[。:]"
)
"""「3.国有资产占有使用情况。截至…」 under 其他重要事项: a heading printed on its paragraph's first line."""
_POSTS = re.compile(r"编制(?:人?数)?(?:共|为|总数)*\d+[人名个]|(?:实有|在职)[^,。;]{0,8}\d+[人名]|人员情况[:]")
"""Staff told under 机构设置."""
_SETS_UP = re.compile(r"内设|下设|[科处股]室|\d+个(?:职能|机构|单位|部门|[所站])")
_REPORT = re.compile(r"(?:20\d\d年度?)?(?P<name>[^。;]*?)(?:项目)?(?:支出)?(?:部门)?(?:重点)?绩效评价报告")


def of(paragraph: Paragraph) -> Section | None:
    """The section a paragraph stands in, or None where the statutory narrative states no figures (duties, glossary, contents)."""
    path = [normal(heading) for heading in paragraph.section]
    if paragraph.heading and path:
        path = path[:-1] if normal(paragraph.text) == path[-1] else path
    section = _of(path) if path else None
    if section is not None and section.topic is Topic.UNITS and _of_staff(normal(paragraph.text)):
        return replace(section, topic=Topic.STAFF)
    if section is not None and section.subject is None and section.topic is Topic.MONEY:
        inline = _INLINE.match(normal(paragraph.text))
        own = _heading(inline["head"]) if inline else None
        return own if own is not None and (own.topic is not Topic.MONEY or own.subject is not None) else section
    return section


def _of_staff(text: str) -> bool:
    """Whether a paragraph under 机构设置 counts people, not bodies."""
    return not _SETS_UP.search(text) and (len(_POSTS.findall(text)) > 1 or text.startswith("人员情况"))


def _of(path: Sequence[str]) -> Section | None:
    """By the innermost heading that is known; its scope by the innermost that has one."""
    found: Section | None = None
    for heading in reversed(path):
        section = _heading(heading)
        if section is None:
            if _SKIP.search(heading):
                return found
            continue
        if found is None:
            found = section
        elif found.scope is None or (found.topic is Topic.THREE_PUBLIC and section.topic is Topic.THREE_PUBLIC):
            found = Section(found.topic, found.scope or section.scope, found.subject)
        elif found.scope == ALL and found.topic is Topic.MONEY and section.topic is Topic.MONEY and section.scope in (FISCAL, *_FUNDS):
            # （三）支出决算具体情况 under 五、一般公共预算财政拨款支出决算情况说明 speaks of that fund, not of all.
            found = section
        elif found.scope == FISCAL and found.topic is Topic.MONEY and section.scope in _FUNDS:
            # （一）财政拨款支出决算总体情况 under 五、一般公共预算财政拨款支出决算情况说明 speaks of that fund alone.
            found = Section(found.topic, section.scope, _of_fund(found.subject, section.scope))
    return found


def _of_fund(subject: Subject | None, fund: str) -> Subject | None:
    """财政拨款支出 of one fund by that fund's name."""
    if subject is None:
        return None
    return replace(subject, items=tuple(item.replace(FISCAL, fund) if item.startswith(FISCAL) else item for item in subject.items))


@lru_cache(maxsize=4096)
def _heading(text: str) -> Section | None:
    report = _REPORT.search(text)
    if report:
        return Section(Topic.APPRAISAL, None, Subject((report["name"],)) if report["name"] else None)
    for pattern, topic, scope, items in _COMPILED:
        if pattern.search(text):
            if topic is Topic.THREE_PUBLIC and "一般公共预算" in text:
                scope = GENERAL
            return Section(topic, scope, Subject(items) if items else None)
    return None
