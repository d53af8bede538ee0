"""Prose → the lists in it: numbered entries, and names set side by side (办公室、业务股、基金管理科), with where they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from service.records import Passage
from service.text import normal

LONGEST_NAME = 30
"""Longest name (characters) of a body or a department."""
LEAST_ROW = 4
"""In a row of so many names one may be called otherwise …"""
LONGEST_BETWEEN = 8
"""… where it is no longer than that (characters)."""

_FORMS = {
    "1.": r"\d{1,2}[.、．](?!\d)",
    "(1)": r"[（(]\d{1,2}[)）]",
    "（一）": r"[（(][一二三四五六七八九十]{1,3}[)）]、?",
    "一、": r"[一二三四五六七八九十]{1,3}、",
    "①": r"[①-⑳]",
    "一是": r"[一二三四五六七八九十]{1,2}是",
}
MARK = rf"(?:{'|'.join(_FORMS.values())})"
_BEFORE = {"一是": "。；;：:，,、"}
"""What may stand before a mark inside a paragraph, where that is more than the end of a sentence."""
_SPLIT = re.compile(r"[、，,；;]|以及|(?<=[股科室处部所站院队心局])(?:和|及|与)")
_CLAUSES = re.compile(r"[^。]*。?")
_LEAD = re.compile(
    r"^.*(?:包括有|包括|分别为|分别是|分别有|有|为|是|设置|设立|内设|下设|下辖|(?<!建)设|[:：])(?=[\u4e00-\u9fff])"
    r"|^(?:其中|和|及|以及|与|即)|^" + MARK
)
_TAIL = re.compile(
    r"(?:等|共|共计|合计)*(?:\d+|[一二三四五六七八九十两]+)个(?:内设)?(?:职能)?[\u4e00-\u9fff]{0,4}$|等[\u4e00-\u9fff]{0,4}$|[(（](?!本级|机关|本部)[^)）]*[)）]$"
)
"""What ends the last name of a list: 基金管理科3个科室."""


_FIRST = re.compile(r"^[（(]?(?:1|一|①)(?![\d十])")


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
    def starts(self) -> frozenset[int]:
        """Where its printed lines begin."""
        ends = list(accumulate(len(text) for _, text, _ in self.passage.lines))
        return frozenset((0, *ends[:-1]))

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


def numbered(run: Run) -> list[list[Entry]]:
    """The numbered lists of a section, one for every form of mark; `name` is an entry up to its first stop."""
    text, starts = run.passage.quote, run.starts
    lists = []
    for form, mark in _FORMS.items():
        marks = [m for m in re.finditer(mark, text) if m.start() in starts or text[m.start() - 1] in _BEFORE.get(form, "。；;：:")]
        lists += [_entries(text, chosen, starts) for chosen in _series(marks)]
    return lists


def _series(marks: Sequence["re.Match[str]"]) -> Iterator[list["re.Match[str]"]]:
    """Marks that count up together: a mark of the first number begins a new list."""
    series: list[re.Match[str]] = []
    for mark in marks:
        if _FIRST.search(mark[0]) and series:
            if len(series) > 1:
                yield series
            series = []
        series.append(mark)
    if len(series) > 1:
        yield series


def _entries(text: str, marks: Sequence["re.Match[str]"], starts: frozenset[int]) -> list[Entry]:
    entries: list[Entry] = []
    for number, mark in enumerate(marks):
        last = number + 1 == len(marks)
        end = _last_end(text, mark.end(), entries, starts) if last else marks[number + 1].start()
        name = re.split(r"[。：:；;]", text[mark.end() : end], maxsplit=1)[0]
        entries.append(Entry(name.strip(), mark.start(), end))
    return entries


def _last_end(text: str, start: int, entries: Sequence[Entry], starts: frozenset[int]) -> int:
    """Where the last entry ends: at its line's end where the others are lines, else at its first stop (or second)."""
    if entries and not any("。" in text[e.start : e.end] for e in entries):
        below = min((at for at in starts if at > start), default=len(text))
        stop = min((at + 1 for at in (text.find(c, start) for c in "。；;") if at >= 0), default=len(text))
        return min(stop, below) if all(e.end in starts for e in entries) else stop
    end = text.find("。", start)
    if end < 0:
        return len(text)
    following = text.find("。", end + 1)
    short = end + 1 - start <= LONGEST_NAME // 2
    two = bool(entries) and all(text[e.start : e.end].count("。") > 1 for e in entries)
    return following + 1 if short and two and following > 0 else end + 1


def named(text: str, ending: "re.Pattern[str]") -> list[Entry]:
    """The names of one sentence that stand side by side and end as asked; the sentence with most of them."""
    best: list[Entry] = []
    for clause in _CLAUSES.finditer(text):
        found = _row(list(_names(clause[0], clause.start())), text, ending)
        if len(found) > len(best):
            best = found
    return best


def _names(clause: str, offset: int) -> Iterator[Entry]:
    at = 0
    for piece in _pieces(clause):
        start = clause.index(piece, at)
        at = start + len(piece)
        lead = _LEAD.match(piece)
        name = piece[lead.end() :] if lead else piece
        begin = start + (lead.end() if lead else 0)
        bare = name.rstrip("。.；;").strip()
        while (tail := _TAIL.search(bare)) is not None and tail.start() > 1:
            bare = bare[: tail.start()]
        if 1 < len(bare) <= LONGEST_NAME:
            begin = clause.index(bare, begin)
            yield Entry(bare, offset + begin, offset + begin + len(bare))


def _row(found: Sequence[Entry], text: str, ending: "re.Pattern[str]") -> list[Entry]:
    """The names that end as asked, and the one between two of them that is called otherwise (执行局 among courts)."""
    fitting = [n for n, entry in enumerate(found) if ending.search(normal(entry.name))]
    return [
        entry
        for n, entry in enumerate(found)
        if n in fitting
        or (
            len(fitting) >= LEAST_ROW
            and n - 1 in fitting
            and n + 1 in fitting
            and len(entry.name) <= LONGEST_BETWEEN
            and text[found[n - 1].end : entry.start].endswith("、")
            and text[entry.end : found[n + 1].start].startswith(("、", "（", "("))
        )
    ]


def _pieces(clause: str) -> list[str]:
    return [piece for piece in _SPLIT.split(clause) if piece]
