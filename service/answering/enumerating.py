"""Prose → the lists in it: numbered entries, and names set side by side (办公室、业务股、基金管理科), with where they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from service.records import Passage
from service.text import normal

LONGEST_NAME = 30
"""Longest name (characters) of a body or a department."""

MARK = r"(?:\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[)）]|[（(][一二三四五六七八九十]{1,3}[)）]、?|[一二三四五六七八九十]{1,3}、|[①-⑳]|[一二三四五六七八九十]{1,2}是)"
_MARKED = re.compile(rf"(?:^|(?<=[。；;：:]))\s*({MARK})\s*")
_SPLIT = re.compile(r"[、，,；;]|以及|(?<=[股科室处部所站院队心局])(?:和|及|与)")
_CLAUSES = re.compile(r"[^。]*。?")
_LEAD = re.compile(
    r"^.*(?:包括有|包括|分别为|分别是|分别有|有|为|是|设置|设立|内设|下设|下辖|设|[:：])(?=[\u4e00-\u9fff])"
    r"|^(?:其中|和|及|以及|与|即)|^" + MARK
)
_TAIL = re.compile(r"(?:等|共|共计|合计)*(?:\d+|[一二三四五六七八九十两]+)个(?:内设)?(?:职能)?[\u4e00-\u9fff]{0,4}$|等[\u4e00-\u9fff]{0,4}$|[(（][^)）]*[)）]$")
"""What ends the last name of a list: 基金管理科3个科室."""
_KINDS = {"数字": re.compile(r"\d"), "是": re.compile(r"是$"), "括": re.compile(r"[（(][一二三四五六七八九十]"), "一": re.compile(r"^[一二三四五六七八九十]+、")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its name, and the characters of the text it takes."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Passages of one section that follow one another, as one passage."""

    passage: Passage

    @property
    def heading(self) -> str:
        """The innermost heading."""
        return self.passage.section.split("/")[-1]


def runs(passages: Sequence[Passage]) -> Iterator[Run]:
    """The prose by section."""
    prose = (p for p in passages if p.kind == "prose")
    for _, group in groupby(prose, key=lambda p: p.section):
        parts = list(group)
        quote, lines = "".join(p.quote for p in parts), tuple(line for p in parts for line in p.lines)
        yield Run(replace(parts[0], quote=quote, lines=lines))


def numbered(text: str) -> list[Entry]:
    """The numbered entries of a text that are of the kind most frequent in it; `name` is the entry up to its first stop."""
    marks = [(m, next((kind for kind, form in _KINDS.items() if form.search(m[1])), "圈")) for m in _MARKED.finditer(text)]
    marks += [(m, "是") for m in re.finditer(r"(?<=[，,；;。：:])()([一二三四五六七八九十]{1,2}是)", text) if not any(o.start() <= m.start() < o.end() for o, _ in marks)]
    if not marks:
        return []
    kinds = [kind for _, kind in marks]
    kind = max(dict.fromkeys(kinds), key=kinds.count)
    chosen = sorted((m for m, k in marks if k == kind), key=lambda m: m.start())
    entries = []
    for number, mark in enumerate(chosen):
        end = chosen[number + 1].start() if number + 1 < len(chosen) else _last_end(text, mark.end(), [e.end - e.start for e in entries])
        body = text[mark.end() : end]
        name = re.split(r"[。：:；;]", body, maxsplit=1)[0]
        entries.append(Entry(name.strip(), mark.start(), end))
    return entries if len(entries) > 1 else []


def _last_end(text: str, start: int, lengths: Sequence[int]) -> int:
    """Where the last entry ends: at its first full stop, or the second where the others have two sentences."""
    end = text.find("。", start)
    if end < 0:
        return len(text)
    following = text.find("。", end + 1)
    short = end + 1 - start <= LONGEST_NAME // 2
    return following + 1 if short and following > 0 and lengths and min(lengths) > LONGEST_NAME // 2 else end + 1


def named(text: str, ending: "re.Pattern[str]") -> list[Entry]:
    """The names of one sentence that stand side by side and end as asked; the sentence with most of them."""
    best: list[Entry] = []
    for clause in _CLAUSES.finditer(text):
        found = list(_names(clause[0], clause.start(), ending))
        if len(found) > len(best):
            best = found
    return best


def _names(clause: str, offset: int, ending: "re.Pattern[str]") -> Iterator[Entry]:
    at = 0
    for piece in _pieces(clause):
        start = clause.index(piece, at)
        at = start + len(piece)
        lead = _LEAD.match(piece)
        name = piece[lead.end() :] if lead else piece
        begin = start + (lead.end() if lead else 0)
        bare = name.rstrip("。.；;").strip()
        if (tail := _TAIL.search(bare)) is not None and tail.start() > 1:
            bare = bare[: tail.start()]
        if 1 < len(bare) <= LONGEST_NAME and ending.search(normal(bare)):
            begin = clause.index(bare, begin)
            yield Entry(bare, offset + begin, offset + begin + len(bare))


def _pieces(clause: str) -> list[str]:
    return [piece for piece in _SPLIT.split(clause) if piece]
