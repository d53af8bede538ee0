"""The characters of a page as PyMuPDF gives them → lines of visible text, and counts of what is not readable or not visible.

What a reader of the page cannot see is not its content: text without paint, in white on white, too small, or off the page.
What has no Unicode value is never guessed: such characters stand as U+FFFD, or take their whole page with them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

from service.records import Box, Line

GAP = 1.5
"""A gap wider than this many characters separates two lines on one baseline."""
ABOVE, BELOW = 0.88, 0.12
"""A line's box reaches so far above and below its baseline, in type sizes: the em box of Chinese fonts. Glyph boxes are not
used, since WPS and ONLYOFFICE files give punctuation boxes that sit on other lines."""
OVERPRINT = 0.2
"""The same character drawn again within so many type sizes, and less than `OWN_WIDTH` of its width, is one in fake bold."""
OWN_WIDTH = 0.4
"""Two characters side by side are further apart than this share of their width, however narrow they are set."""
FAINTEST = 26
"""Text less opaque than this (of 255) is not seen; text without paint has 0."""
SMALLEST = 1.5
"""Text below this size (points) is not seen."""
PAPER = 0xF4
"""Text whose red, green and blue all reach this much is white: seen only on a coloured ground."""
UNMAPPED_SHARE = 0.3
"""Where more of a page's characters than this share have no Unicode value, none of its text is to be trusted."""
LEAST_MAPPED = 8
"""So few characters tell nothing about their font."""

RAISED = (0.1, 0.8)
"""A footnote's mark stands higher than the figure before it by from and to so many of that figure's type sizes."""
SMALLER = 0.8
"""And is smaller than this, in its type sizes."""

UNKNOWN = "\ufffd"

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"[\[(〔［（]?\d{1,2}[\])〕］）]?")
_SYMBOLS = re.compile(r"[\uf000-\uf0ff]")

Turn = tuple[float, float, float, float, float, float]
"""Affine map (a, b, c, d, e, f) from PDF space to the page as shown: x' = a·x + c·y + e, y' = b·x + d·y + f."""
Glyph = tuple[str, float, float, float, float]
"""Character, left edge, right edge, baseline, type size."""


@dataclass(slots=True)
class Text:
    """The text of a page. Counts are in characters."""

    lines: tuple[Line, ...] = ()
    slanted: int = 0
    """Neither from left to right nor from top to bottom; not in `lines`."""
    hidden: int = 0
    """Not visible; not in `lines`."""
    unmapped: int = 0
    """Without Unicode value."""
    mapped: int = 0

    @property
    def illegible(self) -> bool:
        """Whether the page's fonts lack so much of their Unicode maps that none of its text can be trusted."""
        return self.unmapped >= LEAST_MAPPED and self.unmapped > UNMAPPED_SHARE * (self.mapped + self.unmapped)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the text stands on: the page's size as shown, its turn, boxes (as shown) of coloured fills and pictures.

    `layer`: invisible text counts, as that of a scan's own recognition does. `unmapped`: fonts without Unicode values.
    """

    width: float
    height: float
    turn: Turn | None = None
    coloured: Sequence[Box] = ()
    layer: bool = False
    unmapped: Set[str] = frozenset()


def read(raw: Mapping[str, Any], number: int, ground: Ground) -> Text:
    """The lines of page `number`, from PyMuPDF's "rawdict"."""
    text = Text()
    runs: list[list[Glyph]] = []
    symbols = 0
    for line in _printed(raw):
        right, down = _direction(line["dir"], ground.turn)
        if right < 0.99 and down < 0.99:
            text.slanted += sum(1 for span in line["spans"] for char in span["chars"] if not char["c"].isspace())
            continue
        glyphs = list(_glyphs(line, ground, text))
        written = "".join([glyph[0] for glyph in glyphs])
        text.unmapped += written.count(UNKNOWN)
        symbols += len(_SYMBOLS.findall(written))
        text.mapped += len(glyphs)
        runs.extend(_runs(glyphs) if right >= 0.99 else ([g] for g in glyphs if not g[0].isspace()))
    text.mapped -= text.unmapped
    if symbols > UNMAPPED_SHARE * text.mapped:
        # A few signs of a symbol font are bullets; a page of them is a text font without its map.
        text.unmapped, text.mapped = text.unmapped + symbols, text.mapped - symbols
    text.lines = () if text.illegible else tuple(_line(run, number) for run in _noted(_once(list(_placed(runs, text)))))
    return text


def sideways(raw: Mapping[str, Any], turn: Turn | None) -> int:
    """The quarter turn (90 or 270 degrees clockwise) that sets most of a page's text upright; 0: it is."""
    votes = {0: 0, 90: 0, 270: 0}
    for line in _printed(raw):
        _, down = _direction(line["dir"], turn)
        way = 90 if down < -0.99 else 270 if down > 0.99 and not line["wmode"] else 0
        votes[way] += sum(len(span["chars"]) for span in line["spans"])
    best = max(votes, key=lambda way: votes[way])
    return best if votes[best] > 0.8 * sum(votes.values()) else 0


def has_white(raw: Mapping[str, Any]) -> bool:
    """Whether any text is white, so that what it stands on matters."""
    return any(_is_white(span["color"]) for line in _printed(raw) for span in line["spans"])


def unpainted(raw: Mapping[str, Any]) -> tuple[int, int]:
    """Characters that are painted, and those that are not."""
    counts = [0, 0]
    for line in _printed(raw):
        for span in line["spans"]:
            counts[span["alpha"] < FAINTEST and not span["font"].startswith("Type3")] += len(span["chars"])
    return counts[0], counts[1]


def _printed(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for block in raw["blocks"]:
        yield from block.get("lines", ())


def _direction(way: tuple[float, float], turn: Turn | None) -> tuple[float, float]:
    """How far a line runs to the right and down the page as shown; a unit vector."""
    x, y = way
    return (x, y) if turn is None else (turn[0] * x + turn[2] * y, turn[1] * x + turn[3] * y)


def _is_white(colour: int) -> bool:
    return (colour >> 16) & 255 >= PAPER and (colour >> 8) & 255 >= PAPER and colour & 255 >= PAPER


def _glyphs(line: Mapping[str, Any], ground: Ground, text: Text) -> Iterator[Glyph]:
    """The visible glyphs of a line; the others are counted."""
    turn, upright = ground.turn, _direction(line["dir"], ground.turn)[0] >= 0.99
    for span in line["spans"]:
        size = span["size"]
        # Type 3 glyphs that bring their own colours are given without any.
        painted = ground.layer or span["alpha"] >= FAINTEST or span["font"].startswith("Type3")
        if not painted or size < SMALLEST:
            text.hidden += sum(1 for char in span["chars"] if not char["c"].isspace())
            continue
        blind = span["font"] in ground.unmapped
        white = _is_white(span["color"]) and span["alpha"] >= FAINTEST
        doubtful = white or _is_out(turned(span["bbox"], turn), ground)
        if turn is None and upright and not (doubtful or blind):
            plain = [(char["c"], char["bbox"][0], char["bbox"][2], char["origin"][1], size) for char in span["chars"]]
            if not _STRANGE.search("".join([glyph[0] for glyph in plain])):
                yield from plain  # nearly every span of a document: what follows asks more of every character
                continue
        for char in span["chars"]:
            box = char["bbox"] if turn is None else turned(char["bbox"], turn)
            if doubtful and (_is_off(box, ground) or (white and not _on_colour(box, ground))):
                text.hidden += not char["c"].isspace()
                continue
            if not upright:
                base = box[3] - BELOW * size
            elif turn is None:
                base = char["origin"][1]
            else:
                x, y = char["origin"]
                base = turn[1] * x + turn[3] * y + turn[5]
            c = char["c"]
            # Common characters first: this is asked of every character of a document.
            meant = not blind and ("\u4e00" <= c < "\ua000" or " " <= c < "\x7f" or _has_meaning(c))
            yield (c if meant or c.isspace() else UNKNOWN), box[0], box[2], base, size


def _is_out(box: Box, ground: Ground) -> bool:
    """Whether a part of a box is not on the page."""
    return box[0] < 0 or box[1] < 0 or box[2] > ground.width or box[3] > ground.height


_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uefff\uf100-\uf8ff\ufffd\U000f0000-\U0010ffff]")
"""Characters that may have no meaning, or are white space that only looks like a control."""


def _has_meaning(c: str) -> bool:
    """Whether a character has a public meaning: no control, no private use (but for the signs of symbol fonts), no U+FFFD."""
    return c >= " " and not (
        "\x7f" <= c < "\xa0" or "\ue000" <= c < "\uf000" or "\uf100" <= c <= "\uf8ff" or c >= "\U000f0000" or c == UNKNOWN
    )


def _is_off(box: Sequence[float], ground: Ground) -> bool:
    return box[2] <= 0 or box[3] <= 0 or box[0] >= ground.width or box[1] >= ground.height


def _on_colour(box: Sequence[float], ground: Ground) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in ground.coloured)


def turned(box: Sequence[float], turn: Turn | None) -> Box:
    """A box of PDF space on the page as shown."""
    if turn is None:
        return (box[0], box[1], box[2], box[3])
    a, b, c, d, e, f = turn
    xs = (a * box[0] + c * box[1] + e, a * box[2] + c * box[3] + e)
    ys = (b * box[0] + d * box[1] + f, b * box[2] + d * box[3] + f)
    return (min(xs), min(ys), max(xs), max(ys))


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs of a line, cut at wide gaps; outer white space and overprinted glyphs are left out."""
    run: list[Glyph] = []
    before = last = ("", 0.0, 0.0, 0.0, 0.0)  # the glyph before, and the last one that is no white space
    for glyph in glyphs:
        char, left, _, base, size = glyph
        if run and char == before[0] and abs(left - before[1]) < _reach(glyph) and abs(base - before[3]) < OVERPRINT * size:
            continue
        if char.isspace():
            if run and not before[0].isspace():
                before = (" ", *glyph[1:])
                run.append(before)
            continue
        if run and (left - last[2] > GAP * size or left < last[1] - size or abs(base - last[3]) > 0.6 * size):
            yield _stripped(run)
            run = []
        run.append(glyph)
        before = last = glyph
    if any(not g[0].isspace() for g in run):
        yield _stripped(run)


def _stripped(run: list[Glyph]) -> list[Glyph]:
    return run[:-1] if run[-1][0].isspace() else run


def _once(runs: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The runs without glyphs that are drawn again over themselves; in their order."""
    over = _overlapping(runs)
    if not over:
        return list(runs)
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    kept = []
    for index, run in enumerate(runs):
        rest = [g for g in run if _first(g, seen)] if index in over else run
        rest = rest if len(rest) < len(run) else run
        while rest and rest[0][0].isspace():
            rest = rest[1:]
        if rest:
            kept.append(_stripped(rest))
    return kept


def _overlapping(runs: Sequence[list[Glyph]]) -> set[int]:
    """Indexes of runs on baselines where some run begins well before another one has ended."""
    order = sorted(range(len(runs)), key=lambda i: runs[i][0][3])
    groups: list[list[int]] = []
    for index in order:
        glyph = runs[index][0]
        if groups and glyph[3] - runs[groups[-1][-1]][0][3] < OVERPRINT * glyph[4]:
            groups[-1].append(index)
        else:
            groups.append([index])
    found: set[int] = set()
    for group in groups:
        across = sorted((runs[i][0][1], runs[i][-1][2], runs[i][0][4]) for i in group)
        if any(after[0] < before[1] - 0.5 * after[2] for before, after in pairwise(across)):
            found.update(group)
    return found


def _placed(runs: Sequence[list[Glyph]], text: Text) -> Iterator[list[Glyph]]:
    """The runs that stand somewhere; a damaged page puts some at infinity, and those are counted."""
    for run in runs:
        if isfinite(sum([left + right + base + size for _, left, right, base, size in run])):
            yield run
        else:
            text.hidden += len(run)


def _noted(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """The runs with the digits of footnotes' marks at figures as raised digits, so that they do not lengthen the figures."""
    made = []
    for run in runs:
        size = max([g[4] for g in run])
        if min([g[4] for g in run]) < SMALLER * size:
            run = [_raised(g) if n and _is_mark(run[n - 1], g, size) else g for n, g in enumerate(run)]
        made.append(run)
    marks = [n for n, run in enumerate(made) if len(run) < 5 and _MARK.fullmatch("".join([g[0] for g in run]))]
    for n in marks:
        mark = made[n][0]
        if any(_is_mark(run[-1], mark, run[-1][4]) and abs(mark[1] - run[-1][2]) < 0.35 * run[-1][4] for run in runs):
            made[n] = [_raised(glyph) for glyph in made[n]]
    return made


def _is_mark(before: Glyph, glyph: Glyph, size: float) -> bool:
    """Whether a glyph is smaller and higher than the last one of a figure, or goes on with such a mark."""
    if glyph[4] >= SMALLER * size or not (before[0].isdigit() or before[0] in "%％[(〔［（"):
        return False
    up = before[3] - glyph[3]
    return RAISED[0] * size < up < RAISED[1] * size if before[4] >= SMALLER * size else abs(up) < RAISED[0] * size


def _raised(glyph: Glyph) -> Glyph:
    return (glyph[0].translate(_SUPERSCRIPTS), *glyph[1:])


def _first(glyph: Glyph, seen: dict[tuple[str, int, int], list[tuple[float, float]]]) -> bool:
    """Whether a glyph is the first of its kind at its place; notes it."""
    char, left, _, base, _ = glyph
    if char.isspace():
        return True
    reach = _reach(glyph)
    step = max(2 * reach, 0.1)
    cell = (round(left / step), round(base / step))
    for x in (cell[0] - 1, cell[0], cell[0] + 1):
        for y in (cell[1] - 1, cell[1], cell[1] + 1):
            if any(abs(left - a) < reach and abs(base - b) < reach for a, b in seen.get((char, x, y), ())):
                return False
    seen.setdefault((char, *cell), []).append((left, base))
    return True


def _reach(glyph: Glyph) -> float:
    """How far (points) the same character may stand from this one to be the same, drawn again."""
    return min(OVERPRINT * glyph[4], OWN_WIDTH * (glyph[2] - glyph[1]))


def _line(run: list[Glyph], number: int) -> Line:
    chars, lefts, rights, bases, sizes = zip(*run, strict=True)
    size, base = max(sizes), bases[-1]
    xs = (*lefts, rights[-1])
    box = (min(xs), base - ABOVE * size, max(xs), base + BELOW * size)
    return Line(number, "".join(chars), box, xs, size)
