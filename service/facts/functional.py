"""Functional items (支出功能分类科目) in the prose: by their 类, 款, 项 marks, by codes before or after the name, by “类-款-项”."""

import re
from dataclasses import dataclass, replace

from service.facts.sections import Subject
from service.facts.subjects import skip_ordinal
from service.facts.wording import STOP, Wording

_BREAK = f'。;:,、!?"{STOP}'
_CLASS = re.compile(rf"(?P<name>[^\d{re.escape(_BREAK)}%()]{{2,38}}支出)类科目(?:支出)?(?=\d)")
"""社会保障和就业支出类科目100元: the level behind the name, without brackets."""
_MARK = re.compile(r"\((?P<code>\d{2,7})?(?P<level>类|款|项)\)")
_DASHED = re.compile(r'"(?P<a>[^"\-]{2,30})-(?P<b>[^"\-]{2,40})-(?P<c>[^"]{2,40})"')
_QUOTED = re.compile(r'"(?P<name>[^"\-(),。;:]{2,40})"(?=(?:20\d\d年度?)?(?:年初预算|支出决算|决算))')
_QUOTED_CODED = re.compile(r'"(?P<name>[^"\-。;:,]{2,40})"(?:支出)?\((?P<code>\d{3}|\d{5}|\d{7})\)')
_CODED = re.compile(rf"(?P<name>[^\d{re.escape(_BREAK)}%][^{re.escape(_BREAK)}%]{{1,38}}?)\((?P<code>\d{{3}}|\d{{5}}|\d{{7}})\)")
_CODE_FIRST = re.compile(
    rf"(?:^|(?<=[\-{re.escape(_BREAK)}])|(?<=\d[.)]))(?P<open>\()?(?P<code>\d{{7}}|\d{{5}}|\d{{3}})(?(open)\))"
    rf"(?P<name>(?![万亿千]?元)[^\d{re.escape(_BREAK)}%()\-]{{2,38}}?)(?=[\-:,(]|年初预算|全年预算|支出决算|决算|预算数|20\d\d年|\d[\d,]*(?:\.\d+)?[万亿]?元|$)"
)
_NUMBERED = re.compile(r"(?P<a>\d{3})类\)?\(?(?P<b>\d{2})款\)?(?:\(?(?P<c>\d{2})项\)?)?\(?(?P<name>[^\d()。;:,]{2,40})\)?(?=[:,。])")
_CODE_MARKS = re.compile(r"\(\d{2,7}(?:类|款|项)\)|\d{3}类\)?\(?\d{2}款\)?(?:\(?\d{2}项\)?)?")
_LEVELS = {3: "类", 5: "款", 7: "项"}


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The 类 and 款 that stand above."""

    upper: str | None = None
    middle: str | None = None


Head = tuple[Subject, Hierarchy]


def heads(wording: Wording, above: Hierarchy) -> tuple[list[Subject], Hierarchy]:
    """Functional items named in a paragraph, in order, and the 类 and 款 that hold after it.

    Args:
        wording: the paragraph.
        above: the 类 and 款 that hold before it.
    """
    found = [
        *_marked(wording, above),
        *_dashed(wording),
        *_quoted(wording),
        *_quoted_coded(wording),
        *_coded(wording),
        *_code_first(wording),
        *_numbered(wording),
        *_classes(wording),
    ]
    found.sort(key=lambda pair: pair[0].at or 0)
    held = found[-1][1] if found else above
    return [subject for subject, _ in found], held


def code_marks(text: str) -> list[tuple[int, int]]:
    """Ranges of codes written as marks: 208类05款05项, （05款）. Their digits are no figures."""
    return [match.span() for match in _CODE_MARKS.finditer(text)] if "款" in text or "类" in text else []


def _marked(wording: Wording, above: Hierarchy) -> list[Head]:
    """Items with 类, 款, 项 in brackets."""
    found: list[Head] = []
    text, held, after, code = wording.masked, above, 0, ""
    for match in _MARK.finditer(text):
        begin, end = _name(text, after, match.start())
        code = _joined_code(code, match["code"] or "", match["level"])
        if begin >= end or re.search(r"\d", text[begin:end]):
            after = match.end()
            continue
        name = wording.printed(begin, end)
        follows = text[match.end() : match.end() + 2]
        if match["level"] == "类" and follows == "支出" and not name.endswith("支出"):
            name += follows
        held, path = _place(held, match["level"], name)
        found.append((Subject((name,), path, code if len(code) in _LEVELS else None, begin, True), held))
        after = match.end() + (2 if follows == "支出" else 0)
    return _joined(found, text)


def _name(text: str, after: int, end: int) -> tuple[int, int]:
    """Where the name before a mark begins and ends; it may stand in quotation marks."""
    if text[end - 1 : end] == '"':
        return text.rfind('"', after, end - 1) + 1, end - 1
    begin = max((text.rfind(c, 0, end) for c in _BREAK), default=-1) + 1
    begin = skip_ordinal(text, max(begin, after), end)
    return begin, end


def _joined_code(above: str, digits: str, level: str) -> str:
    """The code of a mark: 208 of （208类）, 20805 of （05款） under it."""
    whole = {"类": 3, "款": 5, "项": 7}[level]
    if len(digits) == whole:
        return digits
    return above[: whole - 2] + digits if len(digits) == 2 and len(above) >= whole - 2 else ""


def _place(held: Hierarchy, level: str, name: str) -> tuple[Hierarchy, tuple[str, ...]]:
    if level == "类":
        return Hierarchy(name), ()
    if level == "款":
        return Hierarchy(held.upper, name), tuple(p for p in (held.upper,) if p)
    return held, tuple(p for p in (held.upper, held.middle) if p)


def _joined(found: list[Head], text: str) -> list[Head]:
    """Of marks that follow one another (…（类）…（款）…（项）), the last is the item; it begins where the first does."""
    joined: list[Head] = []
    for subject, held in found:
        if joined and _adjacent(text, joined[-1][0], subject):
            joined[-1] = (replace(subject, at=joined[-1][0].at), held)
        else:
            joined.append((subject, held))
    return joined


def _adjacent(text: str, first: Subject, second: Subject) -> bool:
    between = text[first.at or 0 : second.at or 0]
    return bool(re.fullmatch(r'[^。;:,\d]*\((?:\d{2,7})?(?:类|款)\)(?:支出)?[、\-"]*', between))


def _dashed(wording: Wording) -> list[Head]:
    """“类-款-项”."""
    found = []
    for match in _DASHED.finditer(wording.masked):
        a, b, c = (wording.printed(match.start(g), match.end(g)) for g in ("a", "b", "c"))
        found.append((Subject((c,), (a, b), None, match.start("a"), True), Hierarchy(a, b)))
    return found


def _quoted(wording: Wording) -> list[Head]:
    """“进修及培训”2023年度决算4.50万元: a name in quotation marks right before what is said of it."""
    return [
        (Subject((wording.printed(match.start("name"), match.end("name")),), (), None, match.start("name"), True), Hierarchy())
        for match in _QUOTED.finditer(wording.masked)
    ]


def _quoted_coded(wording: Wording) -> list[Head]:
    """“中医（民族）医院”（2100202）: a name in quotation marks right before its code."""
    return [
        (Subject((wording.printed(m.start("name"), m.end("name")),), (), m["code"], m.start("name"), True), Hierarchy())
        for m in _QUOTED_CODED.finditer(wording.masked)
    ]


def _coded(wording: Wording) -> list[Head]:
    """Item（2080505)."""
    found = []
    for match in _CODED.finditer(wording.masked):
        begin = skip_ordinal(wording.masked, match.start("name"), match.end("name"))
        while begin < match.end("name") and wording.masked[begin] in ".)-":
            begin += 1
        if begin >= match.end("name") or wording.masked[match.end("name") - 1] == "-":
            continue
        name = wording.printed(begin, match.end("name"))
        found.append((Subject((name,), (), match["code"], begin, True), Hierarchy()))
    return found


def _code_first(wording: Wording) -> list[Head]:
    """(2101501)行政运行, 2101501行政运行; parents of a chain (210)…—(21015)…—(2101501)… by their codes."""
    found: list[Head] = []
    names: dict[str, str] = {}
    for match in _CODE_FIRST.finditer(wording.masked):
        code = match["code"]
        if not match["open"] and len(code) < len("21015"):
            # Three digits without brackets may be any number.
            continue
        name = wording.printed(match.start("name"), match.end("name"))
        names[code] = name
        path = tuple(names[code[:n]] for n in (3, 5) if n < len(code) and code[:n] in names)
        found.append((Subject((name,), path, code, match.start("name"), True), Hierarchy()))
    return found


def _classes(wording: Wording) -> list[Head]:
    """（一）卫生健康支出类科目…: a 类 and what is said of it."""
    found: list[Head] = []
    for match in _CLASS.finditer(wording.masked):
        begin = skip_ordinal(wording.masked, match.start("name"), match.end("name"))
        if begin < match.end("name"):
            name = wording.printed(begin, match.end("name"))
            found.append((Subject((name,), (), None, begin, True), Hierarchy(name)))
    return found


def _numbered(wording: Wording) -> list[Head]:
    """208类05款05项（…）: its name stands after the code."""
    found: list[Head] = []
    for match in _NUMBERED.finditer(wording.masked):
        code = f"{match['a']}{match['b']}{match['c'] or ''}"
        name = wording.printed(match.start("name"), match.end("name"))
        found.append((Subject((name,), (), code, match.start("name"), True), Hierarchy()))
    return found
