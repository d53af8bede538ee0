"""Pages turned into pictures, as scanners make them: a little askew and noisy."""

from pathlib import Path

import numpy as np
import pymupdf

from service.reading.image_rules import Image, quarter, turned

SEED = 7


def picture(path: Path, number: int, clip: tuple[float, float, float, float], dpi: int = 150) -> Image:
    """A part of page `number` (from 1) as grey pixels."""
    with pymupdf.open(path) as file:
        drawn = file[number - 1].get_pixmap(dpi=dpi, clip=pymupdf.Rect(clip), colorspace=pymupdf.csGRAY)
        return np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width).copy()


def worn(image: Image, degrees: float, quarters: int = 0) -> Image:
    """The picture turned clockwise by `degrees`, its greys unsteady, its black not quite black; then by quarters clockwise."""
    noise = np.random.default_rng(SEED).normal(0, 7, image.shape)
    return quarter(np.clip(turned(image, degrees) * 0.85 + 32 + noise, 0, 255).astype(np.uint8), quarters)


def as_pdf(target: Path, image: Image, dpi: int = 150, before: tuple[Path, int] | None = None) -> Path:
    """A PDF whose one page is the picture; `before`: a page (file, number from 1) that comes first as it is."""
    height, width = image.shape
    with pymupdf.open() as made:
        if before is not None:
            with pymupdf.open(before[0]) as file:
                made.insert_pdf(file, from_page=before[1] - 1, to_page=before[1] - 1)
        page = made.new_page(width=width * 72 / dpi, height=height * 72 / dpi)
        page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, width, height, image.tobytes(), False))
        made.save(target, deflate=True)
    return target
