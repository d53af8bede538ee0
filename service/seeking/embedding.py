"""Texts → vectors: hashed character n-grams made here, or an OpenAI-compatible embedding server."""

import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from service.settings import Settings
from service.text import normal

DIMENSION = 512
"""Length of a hashed vector."""
GRAMS = (1, 2, 3)
"""Lengths of the character n-grams."""
HASHED = f"hashed-ngrams-{DIMENSION}"
"""Name of the embedding made here."""

Vectors = npt.NDArray[np.float32]


def name(settings: Settings) -> str:
    """The name of the embedding that the settings ask for; stored with every vector."""
    return f"{settings.embedding_model}@{settings.openai_base_url or 'openai'}" if settings.embedding_model else HASHED


def vectors(texts: Sequence[str], settings: Settings) -> Vectors:
    """Unit vectors of texts, one row a text.

    Raises:
        ModelError: the embedding server failed.
    """
    if not texts:
        return np.zeros((0, DIMENSION), np.float32)
    if settings.embedding_model:
        from service import llm  # kept out of the start: openai takes 0.7 s

        made = np.asarray(llm.embed(settings, list(texts)), np.float32)
    else:
        made = np.stack([_hashed(text) for text in texts])
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made / np.where(lengths == 0, 1, lengths), np.float32)


def packed(rows: Vectors) -> list[bytes]:
    """Vectors as the library keeps them: float32, little endian."""
    return [row.astype("<f4").tobytes() for row in rows]


def unpacked(kept: Sequence[bytes]) -> Vectors:
    """The matrix of kept vectors, one row each."""
    return np.frombuffer(b"".join(kept), "<f4").reshape(len(kept), -1) if kept else np.zeros((0, DIMENSION), np.float32)


def _hashed(text: str) -> Vectors:
    """The hashed n-grams of a text: each n-gram adds to one place, with a sign, the root of its count."""
    form = normal(text)
    vector = np.zeros(DIMENSION, np.float32)
    for size in GRAMS:
        for gram, count in Counter(form[i : i + size] for i in range(len(form) - size + 1)).items():
            place, sign = _place(gram)
            vector[place] += sign * count**0.5 * size
    return vector


@lru_cache(maxsize=1 << 18)
def _place(gram: str) -> tuple[int, int]:
    code = zlib.crc32(gram.encode())
    return code % DIMENSION, 1 if code >> 31 else -1
