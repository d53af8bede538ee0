"""Provinces, cities and counties by their names without the kind (浦东 of 浦东新区), from the data file beside this module.

Source of the names: the division codes of the 国家统计局 (provinces, prefectures, counties), names of two to five characters;
those that are words of the disclosures themselves (公安, 合作, 资源 …) are left out.
"""

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def load() -> frozenset[str]:
    """Every name, read once."""
    return frozenset(Path(__file__).with_suffix(".txt").read_text("utf-8").split())
