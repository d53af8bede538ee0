"""Which columns of a row a question names: by their headings, or by how people say them."""

import re
from collections.abc import Sequence

from service.answering.grids import Slot
from service.text import normal

SHORTEST = 2
MOST_CELLS = 8
"""So many cells of a row are told."""

_SUM = re.compile(r"合计|总计|小计|总额")
_SAID = {
    "目标值": ("指标值", "目标值", "绩效标准"),
    "目标": ("指标值", "目标值"),
    "实际完成": ("完成值", "实际完成", "完成情况"),
    "完成值": ("完成值", "实际完成"),
    "完成得": ("完成值", "实际完成", "指标值"),
    "完成了": ("完成值", "实际完成"),
    "执行了": ("执行数",),
    "预算": ("预算数",),
    "决算": ("决算数",),
    "执行": ("执行数",),
    "得了几分": ("得分",),
    "得几分": ("得分",),
    "得多少分": ("得分",),
    "得了多少分": ("得分",),
    "扣": ("得分", "分值"),
}
"""How people say a form's headings."""


def chosen(slots: Sequence[Slot], text: str) -> tuple[float, tuple[Slot, ...]]:
    """The cells of a row whose headings the question names, and how well it does; else the total, or all of a few."""
    scored = [(_said(slot, text), slot) for slot in slots]
    best = max((score for score, _ in scored), default=0.0)
    if best > 0:
        groups: dict[str, list[Slot]] = {}
        for score, slot in scored:
            if score > 0 and slot.path:
                groups.setdefault(slot.path[0], []).append(slot)
        chosen = [slot for group in groups.values() for slot in _of_group(group, text)]
        return best, tuple(chosen[:MOST_CELLS])
    printed = [slot for slot in slots if not slot.blank]
    if len(printed) > MOST_CELLS // 2:
        total = [s for s in printed if _SUM.search(s.head)][:1]
        return 0.0, tuple(total or printed[:1])
    return 0.0, tuple(printed or slots[:1])


def _of_group(slots: Sequence[Slot], text: str) -> list[Slot]:
    """Of the columns under one heading, those named by their own; else their total."""
    own = [slot for slot in slots if len(slot.path) == 1 or _leaf(slot, text)]
    return own or [s for s in slots if _SUM.search(normal(s.head))][:1] or list(slots[:1])


def _said(slot: Slot, text: str) -> float:
    """How many characters of a slot's headings the question says."""
    return sum(share(normal(part), text) for part in slot.path) / 10


def _leaf(slot: Slot, text: str) -> bool:
    return share(normal(slot.head), text) > 0


def share(head: str, text: str) -> float:
    """Characters of a heading in the question: of the whole heading, or of how people say it."""
    core = re.sub(r"\(.*?\)|\d+$", "", head)
    if core in text:
        return float(len(core))
    dated = re.match(r"(20\d\d)年?度?(.+)", core)
    if dated and re.search(r"20\d\d", text):
        return float(len(core)) if dated[1] in text and dated[2] in text else 0.0
    short = re.sub(r"(?:数|值|收入|支出|情况)$", "", re.sub(r"^(?:本年|全年|年度|当年|财政拨款)", "", core))
    if len(short) >= SHORTEST and short in text and short not in ("项目", "财政", "预算", "决算", "执行", "支出", "收入", "指标"):
        return len(short) - 0.5
    return max((len(said) - 1.0 for said, heads in _SAID.items() if said in text and any(core.endswith(h) for h in heads)), default=0.0)
