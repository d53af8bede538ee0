"""How alike a question and a name are: what they have in common, and whether one is the other with a wrong character."""

from functools import lru_cache
from itertools import pairwise


@lru_cache(maxsize=65536)
def pieces(text: str, size: int) -> frozenset[str]:
    """Every stretch of `size` characters of a text."""
    return frozenset(text[i : i + size] for i in range(len(text) - size + 1))


def common(text: str, name: str) -> tuple[int, int]:
    """Where the longest common substring stands in `text`."""
    best = (0, 0)
    for i in range(len(name)):
        for j in range(len(name), i + best[1] - best[0], -1):
            at = text.find(name[i:j])
            if at >= 0:
                best = (at, at + j - i)
                break
    return best


def mistyped(said: str, word: str, known: frozenset[str]) -> bool:
    """Whether two texts of one length differ in one character that is no digit and makes no word of other names: 基金 is no 基本."""
    wrong = [i for i, (a, b) in enumerate(zip(said, word, strict=True)) if a != b]
    if len(wrong) != 1 or said[wrong[0]].isdigit():
        return False
    i = wrong[0]
    return not {said[max(0, i - 1) : i + 1], said[i : i + 2]} & known


@lru_cache(maxsize=64)
def pairs(names: tuple[str, ...]) -> frozenset[str]:
    """Every two neighbouring characters of names."""
    return frozenset(a + b for name in names for a, b in pairwise(name))
