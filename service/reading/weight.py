"""How much a page makes its reader do: the size of its drawing instructions with every form drawn as often as it is called.

A form or a tiling pattern that calls another ten times, which calls another ten times, is a few bytes in the file and hours
in the reader.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

MOST = 1 << 40
"""Sizes beyond this are not told apart."""
DEEPEST = 60
"""Forms nested deeper than this are as good as endless."""

_CALL = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
_PAINT = re.compile(rb"(?<=\s)(?:[fFBb]\*?|[Ss]|T[jJ]|['\"])(?=\s|$)")
_REFERENCE = re.compile(r"/([^\s/<>\[\]()%]+)\s+(\d+)\s+\d+\s+R\b")


class Objects(Protocol):
    """What is asked of an open PDF: entries and streams of its objects, by number."""

    def xref_get_key(self, xref: int, key: str) -> tuple[str, str]:
        """(type, value) of an entry; ("null", "null") when there is none."""

    def xref_stream(self, xref: int) -> bytes | None:
        """The stream's bytes."""


def of(objects: Objects, page: int, contents: bytes) -> int:
    """Bytes of drawing instructions of a page.

    Args:
        objects: the open PDF.
        page: the page's object number.
        contents: the page's own instructions.
    """
    if b"Do" not in contents and b"/Pattern" not in contents:
        return len(contents)
    return _weight(objects, contents, _called(objects, _with_resources(objects, page)), {}, 0)


def _with_resources(objects: Objects, page: int) -> int:
    """The object that holds a page's resources: itself, or the nearest node above it in the tree of pages."""
    node = page
    for _ in range(DEEPEST):
        if objects.xref_get_key(node, "Resources")[0] != "null":
            break
        kind, value = objects.xref_get_key(node, "Parent")
        if kind != "xref":
            break
        node = int(value.split()[0])
    return node


def _called(objects: Objects, owner: int) -> list[tuple[bytes, int]]:
    """Forms (name, object number) and tiling patterns (no name) among an object's resources."""
    forms = [(name, n) for name, n in _named(objects, owner, "Resources/XObject") if objects.xref_get_key(n, "Subtype")[1] == "/Form"]
    tiles = [n for _, n in _named(objects, owner, "Resources/Pattern") if objects.xref_get_key(n, "PatternType")[1] == "1"]
    return [*forms, *((b"", n) for n in tiles)]


def _named(objects: Objects, owner: int, key: str) -> list[tuple[bytes, int]]:
    kind, value = objects.xref_get_key(owner, key)
    if kind == "xref":
        _, value = objects.xref_get_key(int(value.split()[0]), "")
    return [(name.encode(), int(number)) for name, number in _REFERENCE.findall(value)]


def _weight(objects: Objects, stream: bytes, called: Sequence[tuple[bytes, int]], known: dict[int, int], depth: int) -> int:
    total = len(stream)
    calls, paints = Counter(_CALL.findall(stream)), len(_PAINT.findall(stream))
    for name, number in called:
        if number not in known:
            known[number] = 0  # a form that draws itself is drawn once
            inner = objects.xref_stream(number) or b""
            known[number] = _weight(objects, inner, _called(objects, number), known, depth + 1) if depth < DEEPEST else MOST
        total += max(calls[name] if name else paints, 1) * known[number]
    return min(total, MOST)
