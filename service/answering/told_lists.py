"""Lists told in prose outside the statutory kinds: projects side by side or under headings, and 「A、B、C3个X」."""

import re
from collections.abc import Iterator, Sequence

from service.answering import enumerating
from service.answering.enumerating import Entry, Run
from service.records import Passage

CONTENTS = re.compile(r"\.{6,}|…{2,}")
"""The lines of a table of contents."""
_ASIDE = re.compile(r"项目[^。:：]{0,30}?(?:分别为|分别是|包括|即|具体为)[:：]?((?:[^、。]{2,40}、)+[^、。，,；;]{2,40})")
"""「…项目6个，分别为A、B和C」."""
_PROJECT_NAME = re.compile(r"(?:项目|经费|资金|补助|工程|补贴)$")
_AROUND = re.compile(r"^.*(?:下设|设有|设立|包括|分别为|分别是|有(?!限)|为)|^(?:和|及|\d+[.．])|等?\d*个?项目$|\d+个项目$")
"""What is no part of a name that stands in a row of names."""
_NAMES = (
    r"(?:(?<=[,，。；;：:])|^)((?:[^、,，。；;：:]{1,40}、)+[^、,，。；;：:\d]{1,20}?)等?"
    r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})[个家所种类座]"
)
_NUMBERING = re.compile(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]+\s*")
SHORTEST_KIND = 3
"""Shortest word (characters) that is a list's own heading."""
_STATUTORY = re.compile(r"(?:单位|部门|机构|项目|[科处股]室|任务|指标|问题|措施|职责|工作)$")
"""Lists of kinds that are known by their headings and tables."""
_WHICH = re.compile(r"(?:哪[些几]|有哪[些几]?|哪[两二三四五六七八九])(?:个|家|所|种|类|座)?(?P<kind>[\u4e00-\u9fff]{2,8}?)(?:[?吗呢,]|$)")
_WHICH_BEHIND = re.compile(r"(?P<kind>[\u4e00-\u9fff]{2,16}?)(?:都|分别|各|具体)*(?:有|是)哪[些几](?:个|家|所|种|类|座)?(?:[?吗呢,]|$)")


def counted(topic: str, passages: Sequence[Passage]) -> tuple[Run, list[Entry], str] | None:
    """「下设城关、石桥、河口3个人民法庭」 for a question which 人民法庭 there are, and what they are; None where no sentence says so.

    Args:
        topic: normal form of the question, names of bodies blanked.
        passages: the document's, in order.
    """
    match = _WHICH.search(topic) or _WHICH_BEHIND.search(topic)
    if match is None or _STATUTORY.search(match["kind"]):
        return None
    # The words before the noun may have been taken with it: 下设的人民法庭.
    kinds = [match["kind"][i:] for i in range(len(match["kind"]) - 1)]
    for kind in kinds:
        behind = re.compile(rf"{_NAMES}(?:[^、，。；;]{{0,6}})?{kind}")
        for run in enumerating.runs(passages):
            if CONTENTS.search(run.passage.quote) or (found := behind.search(run.passage.quote)) is None:
                continue
            entries = list(_side_by_side(run.passage.quote, found))
            if len(entries) > 1:
                return run, entries, kind
    return None


def under(topic: str, passages: Sequence[Passage]) -> list[tuple[Run, list[Entry], str]]:
    """The numbered lists that have a heading of their own, for a question which of them there are: 「（三）派出机构」 and 1., 2. below.

    Args:
        topic: normal form of the question, names of bodies blanked.
        passages: the document's, in order.
    """
    match = _WHICH.search(topic) or _WHICH_BEHIND.search(topic)
    if match is None:
        return []
    kinds = {kind[i:] for kind in re.split("[和与跟及、]", match["kind"]) for i in range(len(kind) - SHORTEST_KIND + 1)}
    found = []
    for run in enumerating.runs(passages):
        heading = _NUMBERING.sub("", run.heading)
        if heading in kinds and not CONTENTS.search(run.passage.quote):
            lists = enumerating.numbered(run)
            if lists and all(len(e.name) <= enumerating.LONGEST_NAME for e in lists[0]):
                found.append((run, lists[0], heading))
    return found


def projects(passages: Sequence[Passage]) -> tuple[Run, list[Entry]] | None:
    """The longest list of projects told in prose: side by side behind 分别为, or each with a number of its own (1.…项目)."""
    best: tuple[Run, list[Entry]] | None = None
    for run in enumerating.runs(passages):
        text = run.passage.quote
        if CONTENTS.search(text):
            continue
        aside = [list(_side_by_side(text, match)) for match in _ASIDE.finditer(text)]
        numbered = [found for entries in enumerating.numbered(run) if (found := _all_projects(text, entries))]
        for entries in (*aside, *numbered):
            if len(entries) > max(1, len(best[1]) if best else 0):
                best = (run, entries)
    return best


def headed(passages: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """Projects that have a section each: the passages that print their headings, and their names."""
    found: dict[str, tuple[Passage, str]] = {}
    for passage in passages:
        heading = passage.section.split("/")[-1]
        name = _NUMBERING.sub("", heading)
        if passage.kind == "prose" and name != heading and _PROJECT_NAME.search(name) and "项目" in name and name in passage.quote:
            found.setdefault(name, (passage, name))
    return list(found.values())


def _side_by_side(text: str, match: "re.Match[str]") -> Iterator[Entry]:
    at = match.start(1)
    for piece in re.split(r"[、，,；;]|以及", match[1]):
        name = _AROUND.sub("", piece.strip())
        start = text.index(piece, at)
        at = start + len(piece)
        if len(name) > 1:
            begin = text.index(name, start)
            yield Entry(name, begin, begin + len(name))


def _all_projects(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Numbered entries as the names that begin them, where every one names a project."""
    names = [re.split(r"[。：:；;，,（(\n]|绩效自评|项目(?=[绩自])", e.name, maxsplit=1)[0].strip() for e in entries]
    if not all(_PROJECT_NAME.search(name) and len(name) <= enumerating.LONGEST_NAME for name in names):
        return []
    return [Entry(name, at, at + len(name)) for e, name in zip(entries, names, strict=True) for at in [text.index(name, e.start)]]
