"""How a page's picture was set upright, and back: boxes of the upright picture → boxes of the page as shown."""

import math
from dataclasses import dataclass, replace

from service.records import Box, Cell, Line, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Posture:
    """How a picture was set upright: `turns` quarters clockwise, then `tilt` degrees clockwise about the centre.

    `width` and `height` are the upright page's (points).
    """

    width: float
    height: float
    turns: int = 0
    tilt: float = 0.0

    def back(self, box: Box) -> Box:
        """Where a box of the upright picture stands on the page as shown."""
        x0, y0, x1, y1 = box
        angle = math.radians(-self.tilt)
        cos, sin = math.cos(angle), math.sin(angle)
        dx, dy = (x0 + x1 - self.width) / 2, (y0 + y1 - self.height) / 2
        x, y = self.width / 2 + dx * cos - dy * sin, self.height / 2 + dx * sin + dy * cos
        # Half sizes of the box that holds the tilted one.
        across = ((x1 - x0) * cos + (y1 - y0) * abs(sin)) / 2
        down = ((x1 - x0) * abs(sin) + (y1 - y0) * cos) / 2
        held = (x - across, y - down, x + across, y + down)
        width, height = self.width, self.height
        for _ in range(self.turns):
            # A quarter clockwise took (x, y) to (height before - y, x), and that height is the width after.
            held = (held[1], width - held[2], held[3], width - held[0])
            width, height = height, width
        return held

    def line(self, line: Line) -> Line:
        """The line on the page as shown; on a page that lay on its side the characters' edges are shared out over its box."""
        box = self.back(line.box)
        left, right = line.xs[0], line.xs[-1]
        by = (box[2] - box[0]) / (right - left) if right > left else 0.0
        return replace(line, box=box, xs=tuple(box[0] + (x - left) * by for x in line.xs))

    def cell(self, cell: Cell) -> Cell:
        """The cell on the page as shown."""
        return replace(cell, box=self.back(cell.box))


def paragraph(read: Paragraph, postures: dict[int, Posture]) -> Paragraph:
    """The paragraph with its recognised lines where they stand on their pages as shown."""
    if not any(line.page in postures for line in read.lines):
        return read
    return replace(read, lines=tuple(postures[line.page].line(line) if line.page in postures else line for line in read.lines))


def table(read: Table, postures: dict[int, Posture]) -> Table:
    """The table with its recognised cells where they stand on their pages as shown."""
    if not any(page in postures for page in read.pages):
        return read

    def shown(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(postures[cell.page].cell(cell) if cell.page in postures else cell for cell in cells)

    return replace(read, rows=tuple(map(shown, read.rows)), heads=tuple((index, shown(cells)) for index, cells in read.heads))
