"""A page as the PDF gives it: lines with character positions, ruling lines, and what could not be read."""

from dataclasses import dataclass

from service.records import Line, Unread


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line or a thin filled bar, as (x0, y0, x1, y1) with x0 <= x1 and y0 <= y1; horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, page rotation applied.

    `lines` are runs of text on one baseline, split where a gap is wide, so that a line never joins the texts of two columns
    that are visibly apart (it may still cross a vertical rule: split at rules by `xs`). Order: as in the file.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    images: int
    drawn: bool = False
    """Its text can only be seen, as in a picture: outlines, or a font without Unicode map. `lines` is empty then."""
    covered: float = 0.0
    """Share of the page that its largest picture covers."""
    layer: bool = False
    """Its text is unseen and lies over a picture: what a scanner recognised."""
    remarks: tuple[Unread, ...] = ()
    """What of the page could not be read, or was left out."""
    resolution: float = 0.0
    """Of its largest picture, in dots an inch; 0 without any."""
