"""A project that a budget describes under headings (项目概述, 立项依据, 实施周期 …) → what stands under the heading asked for, verbatim."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service import amounts
from service.answering import resemblance
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.matching import key
from service.answering.material import part
from service.answering.plan import Ask
from service.records import DocumentInfo, Passage
from service.text import normal

LONGEST = 260
"""Longest stretch (characters) that is quoted."""
LEAST_SAID = 2
LEAST_SHARE = 3
"""Of a name so many characters must be said together, or two stretches of two."""
LONGEST_LEAD = 100
"""Characters of a description that name its project."""
MOST_DOCUMENTS = 3
MOST_QUOTED = 4

_ASPECTS = (
    (
        re.compile(r"概述|概况|干(?:啥|什么|嘛)|做什么|(?<![据体期标案])是(?:个)?(?:什么|啥)|介绍|内容"),
        re.compile(r"概述|概况|项目(?:内容|简介|介绍)|基本情况"),
    ),
    (re.compile(r"依据|凭什么|为什么(?:要)?(?:立|设|搞|做)|根据"), re.compile(r"依据")),
    (re.compile(r"实施主体|主体|谁(?:来)?(?:实施|做|干|负责)|哪(?:个|家)?单位|由谁"), re.compile(r"实施主体|实施单位|主管")),
    (re.compile(r"实施方案|方案|怎么(?:实施|做|干|推进|开展)|如何(?:实施|开展|推进)|计划怎么"), re.compile(r"实施方案|实施计划|实施内容")),
    (re.compile(r"周期|多久|多长|什么时候|起止|期限|几年|时间"), re.compile(r"周期|期限|起止|进度|时间")),
    (
        re.compile(r"预算安排|多少(?:钱|资金|万|元|预算)|预算(?:是|有)?多少|安排(?:了)?多少|用款"),
        re.compile(r"预算安排|资金安排|经费安排|年度预算"),
    ),
    (re.compile(r"绩效目标|总目标|目标"), re.compile(r"目标")),
)
"""How an aspect is asked for, and how its heading reads."""
_ADDED = re.compile(r"合计|一共|总共|共多少|加起来|总额")
_DESCRIBED = re.compile(r"(.{4,60}?)(?:项目)?(?:经费|支出)?(?:情况)?(?:说明|介绍|情况)$")
_HEADING = re.compile(r"^[一二三四五六七八九十]+、|^[(（][一二三四五六七八九十]+[)）]|^\d+[.、]")
_PROJECT = re.compile(r"项目|工程|专项|经费")
_COMMON = re.compile(r"项目|经费|资金|工作|专项|业务|情况|说明|支出|预算|部门|单位|年度|实施|财政")


@dataclass(frozen=True, slots=True)
class _Described:
    """A project's description: its name and the passages under its headings."""

    name: str
    parts: tuple[tuple[str, Passage], ...]
    """(heading, passage), in order."""


def tell(desk: Desk) -> list[Sentence] | None:
    """What the document says under the headings asked for; None where the question names no project that is described so."""
    text = desk.plan.topic or desk.plan.text
    if desk.plan.ask is Ask.DEFINITION and not _PROJECT.search(text):
        return None
    if not _PROJECT.search(text) or len(desk.documents) > MOST_DOCUMENTS:
        return None
    for info in desk.documents:
        described = [one for one in _descriptions(desk.material.passages(info.doc)) if one.parts]
        if (one := _named(described, text)) is None:
            continue
        start, end = resemblance.common(text, one.name)
        rest = text[:start] + "#" * (end - start) + text[end:]
        told = [s for asked, heading in _ASPECTS if asked.search(rest) for s in _quoted(desk, info, one, heading)]
        if told:
            return [*told[:MOST_QUOTED], *(_added(desk, told[-1]) if _ADDED.search(rest) else ())]
    return None


def _descriptions(passages: Sequence[Passage]) -> list[_Described]:
    """Projects described under one heading with several below it."""
    found: dict[str, list[tuple[str, Passage]]] = {}
    for passage in passages:
        if passage.kind != "prose":
            continue
        path = passage.section.split("/")
        for above, below in itertools.pairwise(path):
            name = _DESCRIBED.search(normal(above))
            if name is not None and any(heading.search(normal(below)) for _, heading in _ASPECTS) and _HEADING.search(normal(below)):
                found.setdefault(re.sub(r"[\"'《》]", "", key(name[1])), []).append((normal(below), passage))
    return [_Described(name, tuple(parts)) for name, parts in found.items() if len({h for h, _ in parts}) > 1]


def _named(described: Sequence[_Described], text: str) -> _Described | None:
    """The project that the question names by most of its own characters; the only one described, where it says no other name."""
    scored = []
    for one in described:
        core = _COMMON.sub("#", one.name)
        if not core.strip("#"):  # the heading names no project: its first words do
            core = _COMMON.sub("#", normal(one.parts[0][1].quote)[:LONGEST_LEAD])
            if resemblance.common(text, core)[1] - resemblance.common(text, core)[0] <= LEAST_SHARE:
                continue
        pieces = {p for p in resemblance.pieces(core, LEAST_SAID) if "#" not in p and p in text}
        start, end = resemblance.common(text, core)
        if len(pieces) > 1 or (pieces and end - start >= LEAST_SHARE):
            scored.append((len(pieces), one))
    best = max((score for score, _ in scored), default=0)
    first = [one for score, one in scored if score == best]
    return first[0] if len(first) == 1 else None


def _quoted(desk: Desk, info: DocumentInfo, one: _Described, heading: "re.Pattern[str]") -> Iterator[Sentence]:
    for title, passage in one.parts:
        if heading.search(title):
            end = _end(passage.quote)
            labels = tuple(desk.book.cite(info, passage.section, place) for place in part(passage, 0, end))
            name = _HEADING.sub("", title)
            yield Sentence(f"{name}：「{passage.quote[:end].rstrip('。；;，')}」。", labels)
            return


def _added(desk: Desk, told: Sentence) -> Iterator[Sentence]:
    """The sum of the amounts that a quotation prints, where they are of one unit and asked for together."""
    if len(told.labels) != 1:
        return
    figures = [figure for figure in amounts.figures(desk.book.items[told.labels[0]].place.quote) if figure.unit in amounts.YUAN]
    if len(figures) < LEAST_SAID or len({figure.unit for figure in figures}) != 1:
        return
    unit = figures[0].unit or ""
    value = amounts.plain(sum((figure.value for figure in figures), Decimal(0)))
    terms = tuple(Term(told.labels[0], figure.printed, unit) for figure in figures)
    shown = " + ".join(f"{figure.printed}{unit}" for figure in figures)
    yield Sentence(f"合计{value}{unit}（{shown}）。", told.labels, (Derivation(value, unit, Operation.SUM, terms),))


def _end(quote: str) -> int:
    """Where a quotation ends: with the passage, or with the last sentence that fits."""
    if len(quote) <= LONGEST:
        return len(quote)
    cut = max(quote.rfind(stop, 0, LONGEST) for stop in "。；;")
    return cut + 1 if cut > 0 else LONGEST
