"""A page as grey pixels: what is recognised when it has no text layer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pixels:
    """Grey pixels row by row from the top, 0 black; `scale` of them make a point."""

    width: int
    height: int
    scale: float
    grey: bytes
