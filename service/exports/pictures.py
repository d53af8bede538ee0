"""Boxes on a page → the strips of the page that show them, as pictures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import InputError
from service.records import Box, DocumentInfo
from service.settings import Settings

if TYPE_CHECKING:
    from service.reading.pdf import Pdf

DPI = 120
"""Sharp at the size at which a report shows a strip (1.1 CSS pixels a point), and 5 to 20 kB a strip."""
AROUND = 22.0
"""Points shown above and below the marked boxes: the lines beside them."""
APART = 80.0
"""Boxes farther apart than this (points) are shown in strips of their own."""
TALLEST = 460.0
"""Points of the tallest strip: half a page."""
MARGIN = 0.045
"""Share of the page's width that is empty margin on either side."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a page (in points of the page as shown) as PNG."""

    page: int
    part: Box
    png: bytes


Pictures = Callable[[DocumentInfo, int, Sequence[Box]], Sequence[Crop]]
"""The strips of a document's page (from 1) that show these boxes, in the order of the page; none where there is no picture."""


def no_pictures(info: DocumentInfo, page: int, boxes: Sequence[Box]) -> Sequence[Crop]:  # noqa: ARG001 - the form of Pictures
    """For documents that have no pages to show."""
    return ()


@contextmanager
def of_files(paths: Mapping[str, Path], settings: Settings) -> Iterator[Pictures]:
    """Pictures from PDF files, each opened when first needed and closed at the end.

    Args:
        paths: files by the digest of their bytes; a document without one, or one that is no PDF, has no pictures.
        settings: limits for opening.
    """
    with ExitStack() as stack:
        files: dict[str, Pdf | None] = {}

        def pictures(info: DocumentInfo, page: int, boxes: Sequence[Box]) -> Sequence[Crop]:
            if info.digest not in files:
                files[info.digest] = _opened(stack, paths.get(info.digest), settings)
            file = files[info.digest]
            if file is None or not 1 <= page <= file.pages:
                return ()
            width, height = file.size(page)
            return [Crop(page, part, file.crop(page, part, DPI)) for part in strips(boxes, width, height)]

        yield pictures


def strips(boxes: Sequence[Box], width: float, height: float) -> list[Box]:
    """The parts of a page that show boxes: as wide as the page's print, as high as the boxes that stand together.

    Args:
        boxes: in points; those that lie outside the page are left out.
        width: of the page in points.
        height: of the page in points.
    """
    inside = sorted((b for b in boxes if b[1] < height and b[3] > 0 and b[0] < width and b[2] > 0), key=lambda b: (b[1], b[0]))
    groups: list[list[Box]] = []
    for box in inside:
        top = groups[-1][0][1] if groups else 0.0
        if groups and box[1] - max(b[3] for b in groups[-1]) <= APART and box[3] - top <= TALLEST:
            groups[-1].append(box)
        else:
            groups.append([box])
    return [_around(group, width, height) for group in groups]


def _around(boxes: Sequence[Box], width: float, height: float) -> Box:
    left = min(MARGIN * width, *(b[0] - 6 for b in boxes))
    right = max((1 - MARGIN) * width, *(b[2] + 6 for b in boxes))
    top, bottom = min(b[1] for b in boxes) - AROUND, max(b[3] for b in boxes) + AROUND
    return (max(0.0, left), max(0.0, top), min(width, right), min(height, bottom))


def _opened(stack: ExitStack, path: Path | None, settings: Settings) -> "Pdf | None":
    from service.reading import pdf  # kept out of the start: PyMuPDF takes a second

    if path is None:
        return None
    try:
        return stack.enter_context(pdf.opened(path, max_mb=settings.max_file_mb, max_pages=settings.max_pages))
    except InputError:
        return None  # a text file: it was read, and has no pages to show
