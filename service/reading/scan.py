"""The picture of a page without a text layer → the sheet that a text layer would have given: lines with character positions, and rules.

The steps are picture → upright picture → rules and the picture without them → areas of text, cut at rules and wide gaps →
lines. Everything is measured on the upright picture; `Posture.back` says where it stands on the page as shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from service.reading import image_rules, ocr
from service.reading.image_rules import Image, Mask
from service.reading.ocr import Area, Text
from service.reading.pixels import Pixels
from service.reading.posture import Posture
from service.reading.sheet import Rule, Sheet
from service.records import Line, Unread
from service.text import normal

GAP = 1.5
"""A gap wider than this many times the height of the ink parts two lines on one baseline (as in `pdf`)."""
MARGIN = 0.16
"""Blank paper left around a line's ink, by its height: what the models are used to."""
FULL, FIGURES = 0.92, 0.72
"""Height of the ink of Chinese characters, and of digits alone, by type size."""
JOINED = 0.6
"""Ink that the models overlooked is one text where gaps are narrower than this, by the height of the page's lines."""
DASH = (0.35, 1.6, 0.3)
"""A mark alone is a dash from and to these lengths and up to this height, by the height of the page's lines."""
LETTER = (0.45, 1.8)
"""Other overlooked ink is read when it is so high, by the height of the page's lines: neither specks nor stamps."""
BELIEVED = 0.9
"""Overlooked ink counts as text when the model is so certain of it."""
SIDEWAYS = 1.5
"""A page on which most areas of several characters are so much higher than wide lies on its side."""
ASKED = 12
"""So many of the longest lines tell whether a page stands on its head."""
ALIKE = 1.12
"""Type sizes within this ratio of each other are one: the ink of characters is not equally high."""
SURE_LINE, SURE_FIGURE = 0.7, 0.7
"""A line is taken when the models are so certain of it on average, a figure when they are of its every digit; else they look
again, and what they do not read alike both times is not taken."""
AGAIN = 0.4
"""Blank paper around a line that is looked at again, by its height."""
ILLEGIBLE = "□"
"""Stands for what could not be read, as is the custom in print: no figure and no blank."""
FLAT = 0.35
"""A stroke is a dash when its height is less of its length."""
_FIGURE = re.compile(r"[-+]?\d[\d.,，．]*[%％]?")
_STROKES = ("一", "-", "_", "－", "―", "─", "ー")


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as recognised. `sheet` is upright."""

    sheet: Sheet
    posture: Posture


@dataclass(frozen=True, slots=True)
class _Upright:
    image: Image
    turns: int
    tilt: float
    ruled: image_rules.Ruled
    areas: tuple[Area, ...]


def read(number: int, picture: Pixels) -> Scan:
    """Recognise page `number` (from 1)."""
    upright = _upright(picture)
    scale = picture.scale
    height, width = (side / scale for side in upright.image.shape)
    posture = Posture(width, height, upright.turns, upright.tilt)
    pieces = [piece for area in upright.areas for piece in _pieces(area, upright.ruled)]
    texts = ocr.eyes().read([_crop(upright.ruled.without, piece) for piece in pieces])
    found = [(piece, text) for piece, text in zip(pieces, texts, strict=True) if text.text]
    found.extend(_overlooked(upright.ruled, [piece for piece, _ in found]))
    marked = _marked(upright.ruled.without, [(piece, _as_drawn(piece, text)) for piece, text in _in_order(found)])
    sizes = _sizes(marked)
    lines = tuple(_line(number, piece, text, size, scale) for (piece, text), size in zip(marked, sizes, strict=True))
    rules = tuple(Rule(r.x0 / scale, r.y0 / scale, r.x1 / scale, r.y1 / scale) for r in upright.ruled.rules)
    return Scan(Sheet(number, width, height, lines, rules, 1, remarks=tuple(_remarks(number, marked))), posture)


def _upright(picture: Pixels) -> _Upright:
    image: Image = np.frombuffer(picture.grey, np.uint8).reshape(picture.height, picture.width)
    found = _set(image, 0, picture.scale)
    if _lies(found.areas):
        found = _set(image, 1, picture.scale)
    if _on_its_head(found):
        found = _set(image, found.turns + 2, picture.scale)
    return found


def _set(image: Image, turns: int, scale: float) -> _Upright:
    quartered = image_rules.quarter(image, turns)
    tilt = image_rules.tilt(quartered)
    upright = image_rules.turned(quartered, tilt)
    ruled = image_rules.ruled(upright, scale)
    return _Upright(upright, turns, tilt, ruled, tuple(ocr.eyes().find(ruled.without)))


def _lies(areas: Sequence[Area]) -> bool:
    sides = [(x1 - x0, y1 - y0) for x0, y0, x1, y1 in areas]
    high = sum(h for w, h in sides if h > SIDEWAYS * w)
    wide = sum(w for w, h in sides if w > SIDEWAYS * h)
    return high > wide


def _on_its_head(found: _Upright) -> bool:
    longest = sorted(found.areas, key=lambda a: a[0] - a[2])[:ASKED]
    return ocr.eyes().upside_down([_crop(found.ruled.without, area) for area in longest])


def _crop(image: Image, area: Area, share: float = MARGIN) -> Image:
    x0, y0, x1, y1 = area
    margin = round(share * (y1 - y0)) + 1
    height, width = image.shape
    return image[max(y0 - margin, 0) : min(y1 + margin, height), max(x0 - margin, 0) : min(x1 + margin, width)]


def _pieces(area: Area, ruled: image_rules.Ruled) -> Iterator[Area]:
    """The parts of an area of text between vertical rules and wide gaps, each drawn tight around its ink."""
    for part in _between(area, ruled.rules):
        tight = _tight(part, ruled.ink)
        if tight is None:
            continue
        x0, y0, x1, y1 = tight
        filled = np.flatnonzero(ruled.ink[y0:y1, x0:x1].any(axis=0))
        breaks = np.flatnonzero(np.diff(filled) > GAP * (y1 - y0))
        starts, ends = [0, *(breaks + 1)], [*breaks, len(filled) - 1]
        for start, end in zip(starts, ends, strict=True):
            piece = (x0 + int(filled[start]), y0, x0 + int(filled[end]) + 1, y1)
            yield (_tight(piece, ruled.ink) or piece) if len(starts) > 1 else piece


def _between(area: Area, rules: Sequence[Rule]) -> Iterator[Area]:
    """The area cut at the vertical rules that run through its middle."""
    x0, y0, x1, y1 = area
    middle = (y0 + y1) / 2
    at = sorted(round((r.x0 + r.x1) / 2) for r in rules if not r.horizontal and r.y0 <= middle <= r.y1 and x0 < (r.x0 + r.x1) / 2 < x1)
    for start, end in zip([x0, *at], [*at, x1], strict=True):
        if end - start > 2:
            yield (start, y0, end, y1)


def _tight(area: Area, ink: Mask) -> Area | None:
    """The area drawn in to the ink of its own line: what reaches in from the lines above and below is left out."""
    x0, y0, x1, y1 = area
    rows: NDArray[np.bool_] = np.any(ink[y0:y1, x0:x1], axis=1)
    runs = _runs(rows, max(2, round(0.12 * (y1 - y0))))
    if not runs:
        return None
    mass = ink[y0:y1, x0:x1].sum(axis=1, dtype=np.int64)
    top, bottom = max(runs, key=lambda run: int(mass[run[0] : run[1]].sum()))
    columns = np.flatnonzero(ink[y0 + top : y0 + bottom, x0:x1].any(axis=0))
    return (x0 + int(columns[0]), y0 + top, x0 + int(columns[-1]) + 1, y0 + bottom)


def _overlooked(ruled: image_rules.Ruled, pieces: Sequence[Area]) -> Iterator[tuple[Area, Text]]:
    """Text that the models' search for lines passes by: single characters and dashes alone in their cells."""
    if not pieces:
        return
    size = float(np.median([y1 - y0 for _, y0, _, y1 in pieces]))
    seen = ruled.ink.copy()
    for x0, y0, x1, y1 in pieces:
        reach = round(0.35 * (y1 - y0))
        seen[max(y0 - reach, 0) : y1 + reach, max(x0 - reach, 0) : x1 + reach] = 0
    unknown: list[Area] = []
    for area in image_rules.blobs(seen, round(JOINED * size)):
        width, height = area[2] - area[0], area[3] - area[1]
        if height <= min(DASH[2] * size, FLAT * width) and DASH[0] * size <= width <= DASH[1] * size:
            yield area, Text("—", (0.5,), (1.0,))
        elif LETTER[0] * size <= height <= LETTER[1] * size and width >= 0.1 * size:
            unknown.append(area)
    for area, text in zip(unknown, ocr.eyes().read([_crop(ruled.without, area) for area in unknown]), strict=True):
        if text.text and min(text.certain) >= BELIEVED:
            yield area, text


def _in_order(found: Sequence[tuple[Area, Text]]) -> Iterator[tuple[Area, Text]]:
    """The lines from top to bottom, those that stand beside each other from left to right."""
    row: list[tuple[Area, Text]] = []
    for item in sorted(found, key=lambda item: item[0][1] + item[0][3]):
        (_, top, _, bottom), (_, y0, _, y1) = row[0][0] if row else item[0], item[0]
        if (y0 + y1) - (top + bottom) > max(bottom - top, y1 - y0):
            yield from sorted(row, key=lambda item: item[0][0])
            row = []
        row.append(item)
    yield from sorted(row, key=lambda item: item[0][0])


def _as_drawn(piece: Area, text: Text) -> Text:
    """A lone stroke is a dash, whatever a model of Chinese makes of it."""
    x0, y0, x1, y1 = piece
    return replace(text, text="—") if text.text in _STROKES and (y1 - y0) < FLAT * (x1 - x0) else text


def _runs(filled: NDArray[np.bool_], gap: int) -> list[tuple[int, int]]:
    """Runs of filled places, ends exclusive; those at most `gap` apart are one."""
    at = np.flatnonzero(filled)
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > gap + 1)
    return [(int(at[a]), int(at[b]) + 1) for a, b in zip([0, *(breaks + 1)], [*breaks, len(at) - 1], strict=True)]


def _marked(image: Image, found: Sequence[tuple[Area, Text]]) -> list[tuple[Area, Text]]:
    """The lines with what stays in doubt after a second look marked as illegible."""
    doubted = [index for index, (_, text) in enumerate(found) if _is_vague(text) or _doubtful(text)]
    again = ocr.eyes().read([_crop(image, found[index][0], AGAIN) for index in doubted])
    made = list(found)
    for index, second in zip(doubted, again, strict=True):
        piece, first = found[index]
        made[index] = (piece, _legible(first, second))
    return made


def _is_vague(text: Text) -> bool:
    return sum(text.certain) / len(text.certain) < SURE_LINE


def _doubtful(text: Text) -> list[tuple[int, int]]:
    """The figures, as ranges of the text, in which the models are not sure of every character."""
    return [m.span() for m in _FIGURE.finditer(text.text) if min(text.certain[m.start() : m.end()]) < SURE_FIGURE]


def _legible(text: Text, second: Text) -> Text:
    """A text in doubt with `ILLEGIBLE` in place of what a second look reads otherwise: the line, or its doubtful figures."""
    if normal(text.text) == normal(second.text):
        return text
    if _is_vague(text):
        return Text(ILLEGIBLE, (0.5,), (0.0,))
    doubtful = _doubtful(text)
    if _FIGURE.findall(normal(text.text)) == _FIGURE.findall(normal(second.text)):
        return text
    chars, middles, certain = list(text.text), list(text.middles), list(text.certain)
    for start, end in reversed(doubtful):
        chars[start:end], certain[start:end] = [ILLEGIBLE], [0.0]
        middles[start:end] = [(middles[start] + middles[end - 1]) / 2]
    return Text("".join(chars), tuple(middles), tuple(certain))


def _remarks(number: int, marked: Sequence[tuple[Area, Text]]) -> Iterator[Unread]:
    if count := sum(text.text.count(ILLEGIBLE) for _, text in marked):
        yield Unread(number, "部分文字", f"OCR 对 {count} 处文字或数字没有把握，以“{ILLEGIBLE}”代替，未读")


def _sizes(marked: Sequence[tuple[Area, Text]]) -> list[float]:
    """The type size of every line, in pixels: by the height of its ink, alike sizes made one."""
    rough = [_size(piece, text.text) for piece, text in marked]
    known = [(size, len(text.text)) for size, (_, text) in zip(rough, marked, strict=True) if size is not None]
    usual = median([size for size, length in known for _ in range(length)]) if known else 1.0
    made: dict[float, float] = {}
    group: list[tuple[float, int]] = []
    for size, length in [*sorted(known), (float("inf"), 0)]:
        if group and size > ALIKE * group[0][0]:
            middle = median([value for value, times in group for _ in range(times)])
            made.update((value, middle) for value, _ in group)
            group = []
        group.append((size, length))
    return [usual if size is None else made[size] for size in rough]


def _size(piece: Area, text: str) -> float | None:
    """The size by one line's ink; None where its characters are not as high as their type."""
    width, height = piece[2] - piece[0], piece[3] - piece[1]
    if any(_is_chinese(char) for char in text):
        return max(height, width / len(text) if len(text) < 3 else 0) / FULL
    return height / FIGURES if any(char.isalnum() for char in text) else None


def _is_chinese(char: str) -> bool:
    return "⺀" <= char <= "鿿" and char not in "一、。"


def _line(number: int, piece: Area, text: Text, size: float, scale: float) -> Line:
    """A line in points; its box is the em box around the ink, as in `pdf`."""
    x0, y0, x1, y1 = piece
    margin = round(MARGIN * (y1 - y0)) + 1
    left, width = x0 - margin, x1 - x0 + 2 * margin
    middles = [min(max(left + middle * width, x0), x1) for middle in text.middles]
    inner = [(a + b) / 2 for a, b in pairwise(middles)]
    top = (y0 + y1 - size) / 2
    xs = tuple(x / scale for x in (x0, *inner, x1))
    return Line(number, text.text, (x0 / scale, top / scale, x1 / scale, (top + size) / scale), xs, size / scale)
