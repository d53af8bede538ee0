"""The picture of a page → the picture set upright, its ruling lines, and the picture without them. The only door to OpenCV."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from service.reading.sheet import Rule

Image = NDArray[np.uint8]
"""Grey pixels, shape (height, width), 0 black."""
Mask = NDArray[np.uint8]
"""Marked pixels, shape (height, width): 255 where marked, else 0."""

MOST_TILT = 4.0
"""Pages that lie further askew (degrees) are not set upright: it is no scan of a flat sheet."""
SEARCH = 800
"""Width in pixels at which the tilt is looked for; the finest step needs no more."""
SURE = 60.0
"""Rules of this length (points) are rules wherever they stand: no stroke of a character is as long."""
SHORT = 7.0
"""Shorter ones, from this length (points) on, count where they lead from rule to rule."""
THICK = 3.5
"""Ruling lines are at most so thick (points)."""
MEETS = 1.2
"""A rule meets another that ends so near (points)."""
BESIDE = (1.5, 3.0)
"""Beside a rule the paper is clean from and to these distances (points); strokes of characters have others beside them."""
CLEAN = 0.8
"""It is so along so much of a rule; on one side at least, for text may be set close to the other."""
WINDOW = 25
"""Side (points) of the neighbourhood whose brightness tells ink from paper."""
CONTRAST = 18
"""Ink is darker than its neighbourhood by so many of 255 steps: above the noise of scanners, below grey hairlines."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a picture's ruling lines are. `rules` are in pixels; `ink` marks everything dark that is not a rule."""

    rules: tuple[Rule, ...]
    without: Image
    ink: Mask


def tilt(image: Image) -> float:
    """By how many degrees the text and rules of a page climb to the right; 0 where no angle is better than none.

    The rows of a page that stands upright are either full or empty: the angle is that at which the counts of ink in
    neighbouring rows differ most.
    """
    scale = min(1.0, SEARCH / image.shape[1])
    small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    ink: NDArray[np.float32] = ink_of(small, WINDOW * 2).astype(np.float32) / np.float32(255)
    if ink.mean() < 0.0005:
        return 0.0
    best, span = 0.0, MOST_TILT
    for step in (0.5, 0.1, 0.02):
        angles = np.arange(best - span, best + span + step / 2, step)
        best = float(max(angles, key=lambda angle: _contrast(ink, float(angle))))
        span = step
    return best if abs(best) <= MOST_TILT and _contrast(ink, best) > 1.01 * _contrast(ink, 0.0) else 0.0


def turned(image: Image, degrees: float) -> Image:
    """The picture turned clockwise about its centre, its size kept and what comes in at the corners as bright as the paper."""
    if degrees == 0.0:
        return image
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    made = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(float(np.median(image)),)
    )
    return np.asarray(made, np.uint8)


def quarter(image: Image, turns: int) -> Image:
    """The picture turned clockwise by so many quarters."""
    return np.ascontiguousarray(np.rot90(image, -turns))


def ink_of(image: Image, window: int) -> Mask:
    """The pixels that are darker than their neighbourhood of `window` pixels a side."""
    smooth = cv2.GaussianBlur(image, (3, 3), 0)
    made = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window | 1, CONTRAST)
    return np.asarray(made, np.uint8)


def ruled(image: Image, pixels: float) -> Ruled:
    """The ruling lines of an upright picture.

    Args:
        image: the page.
        pixels: how many make one point.
    """
    ink = ink_of(image, round(WINDOW * pixels))
    level, level_ink = _straight(ink, pixels, horizontal=True)
    upright, upright_ink = _straight(ink, pixels, horizontal=False)
    drawn = _bordering([*level, *upright], pixels)
    erased = _erased(image, ink, drawn, level_ink | upright_ink)
    return Ruled(tuple(drawn), *erased)


def blobs(ink: Mask, gap: int) -> list[tuple[int, int, int, int]]:
    """Boxes (x0, y0, x1, y1; ends exclusive) of ink, one for pieces on a line that are less than `gap` pixels apart."""
    near = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((max(gap // 2, 1), max(gap, 1)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    boxes = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:count]]
    height, width = ink.shape
    # What touches the picture's edge is the edge of the paper, or cut off.
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in boxes if x0 > 1 and y0 > 1 and x1 < width - 1 and y1 < height - 1]


def _contrast(ink: NDArray[np.float32], degrees: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1)
    return float((np.diff(rows) ** 2).sum())


def _straight(ink: Mask, pixels: float, *, horizontal: bool) -> tuple[list[Rule], Mask]:
    """Straight thin strokes of at least `SHORT` points in one direction, and their ink."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _bar(max(3, round(pixels)), horizontal=horizontal))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _bar(round(SHORT * pixels), horizontal=horizontal))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    found: list[Rule] = []
    kept = np.zeros(count, np.uint8)
    for index in range(1, count):
        x, y, width, height = (int(v) for v in stats[index, :4])
        length, thick = (width, height) if horizontal else (height, width)
        # A long rule on a curled page drifts by more than it is thick: what counts is the ink by length.
        thin = stats[index, cv2.CC_STAT_AREA] / length <= THICK * pixels and thick <= max(THICK * pixels, 0.02 * length)
        rule = Rule(x, y, x + width, y + height)
        if thin and _alone(rule, ink if horizontal else ink.T, pixels):
            found.append(rule)
            kept[index] = 255
    return found, kept[labels]


def _alone(rule: Rule, ink: Mask, pixels: float) -> bool:
    """Whether the paper beside a stroke is clean; `ink` is turned so that the stroke runs along its rows."""
    level = rule.horizontal
    start, end, low, high = (rule.x0, rule.x1, rule.y0, rule.y1) if level else (rule.y0, rule.y1, rule.x0, rule.x1)
    first, last = (round(d * pixels) for d in BESIDE)
    along = slice(int(start), int(end))
    before = ink[max(int(low) - last, 0) : max(int(low) - first, 0), along]
    after = ink[int(high) + first : int(high) + last, along]
    return max(float(1 - side.any(axis=0).mean()) for side in (before, after)) >= CLEAN


def _bar(length: int, *, horizontal: bool) -> Mask:
    return np.ones((1, length) if horizontal else (length, 1), np.uint8)


def _bordering(drawn: list[Rule], pixels: float) -> list[Rule]:
    """The long strokes, and the short ones that lead from one accepted stroke across it to another."""
    sure = [r for r in drawn if max(r.x1 - r.x0, r.y1 - r.y0) >= SURE * pixels]
    rest = [r for r in drawn if r not in set(sure)]
    near = MEETS * pixels
    return [*sure, *(r for r in rest if _ends_meet(r, sure, near))]


def _ends_meet(rule: Rule, sure: list[Rule], near: float) -> bool:
    """Whether both ends of a stroke lie on strokes that cross its direction."""
    if rule.horizontal:
        middle = (rule.y0 + rule.y1) / 2
        ends = [(x, middle) for x in (rule.x0, rule.x1)]
    else:
        middle = (rule.x0 + rule.x1) / 2
        ends = [(middle, y) for y in (rule.y0, rule.y1)]
    across = [r for r in sure if r.horizontal != rule.horizontal]
    return all(any(r.x0 - near <= x <= r.x1 + near and r.y0 - near <= y <= r.y1 + near for r in across) for x, y in ends)


def _erased(image: Image, ink: Mask, drawn: list[Rule], straight: Mask) -> tuple[Image, Mask]:
    """The picture and its ink without the rules: only their own pixels, so that text that touches them stays."""
    where: Any = np.zeros_like(ink)
    for rule in drawn:
        area = np.s_[int(rule.y0) : int(rule.y1), int(rule.x0) : int(rule.x1)]
        where[area] = straight[area]
    where = cv2.dilate(where, np.ones((3, 3), np.uint8))
    paper = int(np.median(image))
    without = image.copy()
    without[where > 0] = paper
    clean = ink.copy()
    clean[where > 0] = 0
    return without, clean
