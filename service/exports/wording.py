"""Chinese names of what reports speak of: grades, states, classes of findings, obligations and their groups."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from service.records import CheckReport, Finding, Gap, Kind, Quantity, Severity, State

GRADES = {
    Severity.ERROR: ("对不上", "两处所印的数字或说法不能同时成立；哪一处为准，请以原件和发布单位的解释为准。"),
    Severity.SUSPICIOUS: ("存疑", "形式上可议，请人工判断。"),
    Severity.ROUNDING: ("尾差", "差额在四舍五入可以解释的范围内，通常不是差错。"),
}
"""Name and meaning, gravest first."""

STATES = {
    State.PASS: "相符",
    State.TAIL: "尾差",
    State.FINDING: "有发现",
    State.NOT_CHECKED: "未能核对",
    State.NOT_APPLICABLE: "不适用",
}

CLASSES = {
    "growth-rate": "增减率",
    "share": "占比",
    "completion-rate": "完成率",
    "sum": "合计",
    "cross-table": "表间",
    "text-vs-table": "文表",
    "unit": "单位",
    "direction-word": "增减方向",
    "score-sum": "得分合计",
    "carry-over": "结转",
    "duplicate-conflict": "重复表述",
    "logic": "逻辑",
    "other": "其他",
}

KINDS = {Kind.FINAL: "决算", Kind.BUDGET: "预算", Kind.OTHER: "其他文件"}

GROUPS = {
    "A": "读取是否完整",
    "B": "表内关系",
    "C": "表与表之间",
    "D": "文字与表",
    "E": "文字内部",
    "F": "百分比",
    "G": "单位",
    "H": "措辞与数字",
    "I": "名称与年份",
    "J": "医保专项",
}

OBLIGATIONS = {
    "A1": "应有的表是否读到",
    "A2": "表格数字与页面文字一致",
    "A3": "每张表的金额单位",
    "A4": "左右两栏的表分开读",
    "A5": "跨页表的接续",
    "A6": "两种读法的对照",
    "B1": "类、款、项逐级合计",
    "B2": "合计等于各类之和",
    "B3": "同一行各栏合计",
    "B4": "收入总计等于支出总计",
    "B5": "财政拨款总表分资金平衡",
    "B6": "人员经费与公用经费合计",
    "B7": "“三公”经费各项合计",
    "B8": "结转结余的衔接",
    "B9": "科目编码与名称",
    "B10": "负数与超限比率",
    "C1": "总表与收入表、支出表",
    "C2": "财政拨款收入两表一致",
    "C3": "财政拨款总表与分表",
    "C4": "基本支出两表一致",
    "C5": "各类支出两表一致",
    "C6": "基本支出明细与“三公”经费",
    "C7": "预算各表之间",
    "C8": "上年数与上年文件",
    "D1": "文中总额与表",
    "D2": "文中科目与表",
    "D3": "文中人员、公用经费与表",
    "D4": "文中“三公”经费与表",
    "D5": "机关运行经费与公用经费",
    "D6": "口径误用",
    "D7": "空表与文字说明",
    "E1": "同一数字前后一致",
    "E2": "分项之和等于总额",
    "E3": "各科目之和等于总额",
    "E4": "部分不大于整体",
    "E5": "绩效分值与得分合计",
    "E6": "所列项数与所述个数",
    "F1": "占比",
    "F2": "占比合计为 100%",
    "F3": "完成率、执行率",
    "F4": "增减率",
    "F5": "增减额",
    "F6": "基数为零的比率",
    "F7": "百分号与百分点",
    "G1": "元与万元",
    "H1": "大于、小于、持平等说法",
    "H2": "原因与增减方向",
    "I1": "年份",
    "I2": "截至日期与名称",
    "J1": "医保基金口径",
}
"""Obligations of the catalogue (CHECKS.md) in a citizen's words."""

_OTHERS = {
    **dict.fromkeys(("duplicate-conflict", "text-vs-table", "cross-table", "carry-over"), "另一处写"),
    **dict.fromkeys(("direction-word", "logic", "unit"), "对照"),
}
_COMPUTED = "推算"

_WITNESSES = "。与此相关："
"""How the checker joins the leading explanation and what else does not fit because of the same figure."""
_PAGE = re.compile(r"第(\d+)页：")
_NAMED = re.compile(r"「([^」]*)」")
_BETWEEN = re.compile(r"；(?![^「]*」)")
"""A semicolon that joins explanations, not one inside a quotation."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding's explanation: the leading arithmetic, and what else does not fit because of the same figure."""

    lead: str
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """Instances of one obligation that could not be checked for one reason.

    `reason` has 「…」 where the instances differ in the name; `subjects` are (name, page) of each, either of which may be missing.
    """

    obligation: str
    reason: str
    count: int
    subjects: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a group of obligations was owed and done; `not_applicable` is not owed."""

    group: str
    counts: dict[State, int]

    @property
    def owed(self) -> int:
        """Instances that apply to this document."""
        return sum(n for state, n in self.counts.items() if state is not State.NOT_APPLICABLE)

    @property
    def checked(self) -> int:
        """Instances that were recomputed."""
        return self.owed - self.counts.get(State.NOT_CHECKED, 0)


def other_side(finding: Finding) -> str:
    """What the expected quantity of a finding is: computed, printed elsewhere, or told by something else than a number."""
    return _OTHERS.get(finding.kind, _COMPUTED)


def coverage(report: CheckReport) -> tuple[Coverage, ...]:
    """Coverage by group, in the catalogue's order; empty for a report that does not know its obligations."""
    groups: dict[str, dict[State, int]] = {}
    for code, states in report.by_obligation.items():
        counts = groups.setdefault(code[:1], {})
        for state, n in states.items():
            counts[state] = counts.get(state, 0) + n
    return tuple(Coverage(group, groups[group]) for group in sorted(groups))


def whole(report: CheckReport) -> Coverage:
    """Coverage of the whole document."""
    return Coverage("", report.counts)


def obligation(code: str) -> str:
    """The name of an obligation; its group's where it has none."""
    return OBLIGATIONS.get(code) or GROUPS.get(code[:1], "其他")


def explained(finding: Finding) -> Explained:
    """The explanation in its parts."""
    lead, _, rest = finding.explain.partition(_WITNESSES)
    if finding.severity is Severity.ROUNDING:
        lead, *more = _BETWEEN.split(lead)
        return Explained(lead, tuple(more))
    return Explained(lead, tuple(part for part in _BETWEEN.split(rest) if part))


def missed(gaps: Iterable[Gap]) -> tuple[Missed, ...]:
    """What could not be checked, alike ones together, in the catalogue's order."""
    alike: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
    for gap in gaps:
        page = _PAGE.match(gap.reason)
        rest = gap.reason[page.end() :] if page else gap.reason
        name = _NAMED.search(rest)
        reason = _NAMED.sub("「…」", rest, count=1)
        alike.setdefault((gap.obligation, reason), []).append((name[1] if name else "", int(page[1]) if page else None))
    found = [Missed(code, reason, len(subjects), tuple(dict.fromkeys(subjects))) for (code, reason), subjects in alike.items()]
    return tuple(sorted(found, key=lambda m: (m.obligation[:1], len(m.obligation), m.obligation)))


def subjects(item: Missed) -> str:
    """The names and pages of what could not be checked, by page: 「收入总计、支出总计（第17页）」."""
    pages: dict[int | None, list[str]] = {}
    for name, page in item.subjects:
        pages.setdefault(page, []).append(name)
    if not any(name for name, _ in item.subjects):
        known = [str(page) for page in pages if page is not None]
        return f"第{'、'.join(known)}页" if known else ""
    return "；".join("、".join(filter(None, names)) + (f"（第{page}页）" if page else "") for page, names in pages.items())


def quantity(of: Quantity) -> str:
    """A figure with its unit."""
    return f"{of.value} {of.unit}".strip()
