"""The fonts of a page → those whose characters have no Unicode value, so that their text would be a guess.

PyMuPDF shows glyph numbers as if they were characters where a font has no map; figures read so would be wrong and look right.
"""

import re
from collections.abc import Callable, Iterable
from typing import Protocol

_COLLECTIONS = ("GB1", "CNS1", "Japan1", "Korea1", "KR", "Manga1")
"""Adobe's character collections, whose glyph numbers have known Unicode values."""
_SUBSET = re.compile(r"[A-Z]{6}\+")
_NAME = re.compile(r"/([^\s/<>\[\]()%]+)")
_SYMBOLIC = 4
"""Flag of a font whose codes are its own (PDF 1.7, table 123)."""
MEANT = 0.5
"""At least this share of the glyph names that a font gives must be known."""


class Objects(Protocol):
    """What is asked of an open PDF: entries of its objects, by number."""

    def xref_get_key(self, xref: int, key: str) -> tuple[str, str]:
        """(type, value) of an entry; ("null", "null") when there is none."""


def named(kind: str, xref: int, name: str) -> str:
    """The name that PyMuPDF gives a span in this font."""
    return f"Type3 ({xref} 0 R)" if kind == "Type3" else _SUBSET.sub("", name)


def is_mapped(objects: Objects, xref: int, kind: str, is_known: Callable[[str], bool]) -> bool:
    """Whether a font's characters have Unicode values.

    Args:
        objects: the open PDF.
        xref: the font's object number.
        kind: Type0, Type1, TrueType, Type3…
        is_known: whether a glyph's name has a Unicode value.
    """
    if xref == 0 or objects.xref_get_key(xref, "ToUnicode")[0] != "null":
        return True
    if kind == "Type0":
        return _is_composite_mapped(objects, xref)
    names = _differences(objects, xref)
    if names:
        return sum(map(is_known, names)) >= MEANT * len(names)
    if kind != "TrueType" or objects.xref_get_key(xref, "Encoding")[0] != "null":
        return True
    flags = objects.xref_get_key(xref, "FontDescriptor/Flags")[1]
    subset = _SUBSET.match(objects.xref_get_key(xref, "BaseFont")[1].lstrip("/"))
    return not (flags.isdigit() and int(flags) & _SYMBOLIC and subset)


def _is_composite_mapped(objects: Objects, xref: int) -> bool:
    """Whether a font of glyph numbers uses a known coding, or numbers of a known collection."""
    if not objects.xref_get_key(xref, "Encoding")[1].startswith("/Identity"):
        return True
    first = re.search(r"(\d+) 0 R", objects.xref_get_key(xref, "DescendantFonts")[1])
    if first is None:
        return False
    inner = int(first[1])
    if objects.xref_get_key(xref, "DescendantFonts")[0] == "xref":
        found = re.search(r"(\d+) 0 R", objects.xref_get_key(inner, "")[1])
        inner = int(found[1]) if found else inner
    return objects.xref_get_key(inner, "CIDSystemInfo/Ordering")[1].strip("()") in _COLLECTIONS


def _differences(objects: Objects, xref: int) -> list[str]:
    """Names of glyphs that a simple font lists itself."""
    return list(_NAME.findall(objects.xref_get_key(xref, "Encoding/Differences")[1]))


def unmapped(objects: Objects, fonts: Iterable[tuple[int, str, str]], known: dict[int, bool], is_known: Callable[[str], bool]) -> set[str]:
    """Names, as in spans, of fonts without Unicode values.

    Args:
        objects: the open PDF.
        fonts: (object number, kind, name) of the page's fonts.
        known: what has been found out about fonts of earlier pages, by object number; it is added to.
        is_known: whether a glyph's name has a Unicode value.
    """
    found = set()
    for xref, kind, name in fonts:
        if xref not in known:
            known[xref] = is_mapped(objects, xref, kind, is_known)
        if not known[xref]:
            found.add(named(kind, xref, name))
    return found
