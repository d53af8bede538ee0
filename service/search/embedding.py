"""Texts → vectors: hashed character n-grams made here, or an OpenAI-compatible embedding server where one is set."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.errors import LibraryError
from service.library import Vectors
from service.records import Passage
from service.settings import Settings
from service.text import normal

DIMENSION = 512
"""Numbers in a hashed vector."""
OWN = f"hashed-ngrams-1-{DIMENSION}"
"""Name of the hashed embedding; it changes with whatever changes the vectors."""

Matrix = NDArray[np.float32]
"""One row a text, each of length 1 (or all zeros for a text without characters)."""

_WEIGHTS = (0.3, 1.0, 0.7)
"""Weight of single characters, pairs and triples."""
_MULTIPLIERS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
"""Odd 32-bit constants of xxHash, one a position in the n-gram."""
_BATCH = 512
"""Texts in one call to a server, which cuts them further as it must."""


def name(settings: Settings) -> str:
    """The name of the embedding of the settings: vectors of different names are never compared."""
    return f"server:{settings.embedding_model}" if settings.embedding_model else OWN


def embed(settings: Settings, texts: Sequence[str]) -> Matrix:
    """The vectors of the texts, in order, each of length 1.

    Raises:
        ModelError: the embedding server cannot be reached, refuses, or answers unusably.
    """
    if not settings.embedding_model:
        return _hashed(texts)
    from service import llm  # kept out of the start: only a configured server needs it

    rows: list[list[float]] = []
    for start in range(0, len(texts), _BATCH):
        rows.extend(llm.embed(settings, list(texts[start : start + _BATCH])))
    return _unit(np.asarray(rows, np.float32).reshape(len(texts), -1))


def vectors(settings: Settings, passages: Sequence[Passage]) -> Vectors:
    """The vectors of a document's passages, as the library keeps them.

    Raises:
        ModelError: as `embed`.
    """
    made = embed(settings, [passage.text for passage in passages])
    return Vectors(name(settings), made.shape[1], made.astype("<f4").tobytes())


def matrix(kept: Vectors) -> Matrix:
    """The rows of kept vectors.

    Raises:
        LibraryError: the bytes are no whole number of rows.
    """
    if kept.count * kept.dimension * 4 != len(kept.data):
        raise LibraryError("资料库中的向量不完整；请运行 mingzhang reindex", "the library's vectors are damaged: run `mingzhang reindex`")
    return np.frombuffer(kept.data, "<f4").reshape(kept.count, kept.dimension)


def _hashed(texts: Sequence[str]) -> Matrix:
    """Signed hashing of n-grams of the normal form: each adds its weight, damped by the square root of its number, at its hash.

    All texts are hashed at once: one call of NumPy a text would cost ten times as much as the arithmetic.
    """
    forms = [normal(text).lower() for text in texts]
    codes = np.frombuffer("".join(forms).encode("utf-32-le"), np.uint32)
    owner = np.repeat(np.arange(len(forms), dtype=np.uint64), [len(form) for form in forms])
    cells, amounts = [], []
    gram = np.zeros(len(codes), np.uint32)
    for size, weight in enumerate(_WEIGHTS):
        if len(codes) <= size:
            break
        gram = gram[: len(codes) - size] + codes[size:] * np.uint32(_MULTIPLIERS[size])
        whole = owner[: len(gram)] == owner[size:]  # an n-gram over the end of a text is none
        keys, times = np.unique(owner[: len(gram)][whole] << np.uint64(32) | _mixed(gram[whole]), return_counts=True)
        signs = np.where(keys >> np.uint64(31) & np.uint64(1), 1.0, -1.0)
        cells.append((keys >> np.uint64(32)) * np.uint64(DIMENSION) + keys % np.uint64(DIMENSION))
        amounts.append(signs * weight * np.sqrt(times))
    if not cells:
        return np.zeros((len(texts), DIMENSION), np.float32)
    sums = np.bincount(np.concatenate(cells).astype(np.int64), np.concatenate(amounts), len(texts) * DIMENSION)
    return _unit(sums.reshape(len(texts), DIMENSION).astype(np.float64))


def _mixed(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A finaliser (murmur3's) that spreads near values over all bits."""
    mixed = values ^ (values >> np.uint32(16))
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed = mixed ^ (mixed >> np.uint32(13))
    mixed = mixed * np.uint32(0xC2B2AE35)
    spread: NDArray[np.uint32] = mixed ^ (mixed >> np.uint32(16))
    return spread


def _unit(rows: NDArray[np.float32] | NDArray[np.float64]) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
