"""E6: a stated number of units, offices or projects against the list that follows it, in the sentence, as lines, or as a table."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service import amounts, statements
from service.checks.book import Book
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, key
from service.checks.registry import rule
from service.records import Paragraph, Place, Quantity, Severity, Table
from service.statements import Role
from service.text import Normal, normal, normalised

_THINGS = r"内设机构|内设处室|职能科室|科室|股室|处室|机构|单位|事业单位|预算单位|行政单位|参公单位|部门"
_STATED = re.compile(
    rf"(?P<before>(?:{_THINGS})(?:共计?|有|为)?)?(?P<value>\d+|[一二三四五六七八九十两]{{1,3}})(?P<unit>个|家)(?P<after>(?:[^,。;:、]{{0,8}}?)(?:{_THINGS}))?"
)
_LISTS = re.compile(r"(?:(?:分别|具体|主要)?(?:是|为|包括|包含|有|如下)(?:\([^)]*\))?:?|:)(?P<list>[^:。;]*、[^:。;]*)(?=[。;]|$)")
_ANNOUNCES = re.compile(r"(?:包括|包含|分别是|分别为|具体为|如下|列示)[^:。]{0,30}:$|(?:单位|机构)[^:。]{0,14}:$")
_NUMBERED = re.compile(r"^[(]?(?P<n>\d{1,2})[)、.](?!\d)")
_MEMBER = re.compile(r"单位名称|预算单位|部门名称|机构名称")
_PARTIAL = re.compile(r"等$|等(?:单位|机构|科室|部门|内设机构)$|其他")
_CHINESE = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_LEAST = 2
_PROJECTS = re.compile(
    r"(?:安排|设置|编制|有)(?:[^,。;\d]{0,8}?)(?P<value>\d+)(?P<unit>个)(?:[^,。;\d]{0,6}?)项目[^。;\d]{0,12}(?:具体)?(?:见|详见)[^。;]{0,12}项目[^。;]{0,6}表"
)


@rule("E6")
def counted(book: Book) -> Iterator[Outcome]:
    """The number of units or offices stated = those listed after it: in the sentence, as numbered lines, or in a table of units.

    Source: CHECKS.md E6. A name may hold 、 or 和 itself, so that every way of cutting the list must disagree; suspicious at most.
    """
    paragraphs = book.document.paragraphs
    for n, paragraph in enumerate(paragraphs):
        text = normal(paragraph.text)
        if "个" not in text and "家" not in text:
            continue
        if not _STATED.search(text) and not _PROJECTS.search(text):
            continue
        if paragraph.section and "目录" in normal(paragraph.section[-1]):
            continue
        form = normalised(paragraph.text)
        yield from _projects(book, paragraph, form)
        stated = [m for m in _STATED.finditer(form.text) if m["before"] or m["after"]]
        if stated:
            yield from _in_sentence(paragraph, form, stated)
            if _ANNOUNCES.search(form.text):
                yield from _below(book, n, form, stated)


def _projects(book: Book, paragraph: Paragraph, form: Normal) -> Iterator[Outcome]:
    """「共安排8个项目，具体见部门项目支出表」 against the named rows of that table."""
    for match in _PROJECTS.finditer(form.text):
        tables = [t for t in book.document.tables if (s := statements.get(t.statement)) is not None and s.role is Role.PROJECTS]
        found = _project_rows(tables[0]) if len(tables) == 1 else []
        figure = _figure(paragraph, form, match)
        if len(found) < _LEAST:
            yield unchecked(f"第{paragraph.page}页：没有读到唯一的项目支出表，项目个数未核对")
        elif figure.value == len(found):
            yield passed(figure)
        else:
            yield raised(_issue(figure, (len(found), found[-1]), paragraph))


def _project_rows(table: Table) -> list[Place]:
    """Rows that name a project beside an amount; none where a project may have several rows."""
    column = next((c for c, head in enumerate(table.columns) if re.search(r"项目名称|^项目$|项目$", normal(head))), None)
    if column is None:
        return []
    names = {n: normal(row[column].text) for n, row in enumerate(table.rows) if any(amounts.cell(c.text) for c in row)}
    named = {n: name for n, name in names.items() if name and not re.match(r"合计|总计|小计", name)}
    return [table.place(n) for n in named] if len(set(named.values())) == len(named) else []


def _in_sentence(paragraph: Paragraph, form: Normal, stated: list[re.Match[str]]) -> Iterator[Outcome]:
    """「内设机构8个，包括：办公室、…」."""
    for match in stated:
        end = _sentence_end(form.text, match.end())
        after = form.text[match.end() : end]
        listed = _LISTS.match(after.lstrip(","))
        if listed is None or any(match.end() < other.start() < end for other in stated):
            continue
        figure = _figure(paragraph, form, match)
        skipped = end - len(after.lstrip(","))
        place = paragraph.place(*form.span(skipped + listed.start("list"), skipped + listed.end("list")))
        yield _judged(figure, (listed["list"], place), paragraph)


def _below(book: Book, n: int, form: Normal, stated: list[re.Match[str]]) -> Iterator[Outcome]:
    """A list in the paragraphs or the table that follow."""
    paragraph = book.document.paragraphs[n]
    tail = form.text[_sentence_start(form.text) :]
    last = [m for m in stated if m.start() >= len(form.text) - len(tail)] or stated[-1:]
    figures = [_figure(paragraph, form, m) for m in last]
    values = {f.value for f in figures} | {sum((f.value for f in figures), Decimal(0))}
    lines = _numbered(book.document.paragraphs[n + 1 :])
    rows = _units(book, paragraph)
    found = lines or rows
    if len(found) < _LEAST or not figures:
        yield unchecked(f"第{paragraph.page}页：未找到所述 {figures[0].text} 个单位（机构）的名单")
    elif Decimal(len(found)) in values:
        yield passed(*figures)
    else:
        chosen = max(figures, key=lambda f: f.value)
        yield raised(_issue(chosen, (len(found), found[-1]), paragraph))


def _judged(figure: Printed, listed: tuple[str, Place], paragraph: Paragraph) -> Outcome:
    """One list inside a sentence: its text and its place."""
    text, place = listed
    ways = _ways(text)
    if figure.value in {Decimal(w) for w in ways} or (_PARTIAL.search(text) and min(ways) <= figure.value):
        return passed(figure)
    return raised(_issue(figure, (max(ways), place), paragraph))


def _ways(listed: str) -> set[int]:
    """Every length that a list may have: brackets taken out, cut at 、, or at 、 and 和/及/以及/与, or at , too."""
    bare = re.sub(r"\([^)]*\)", "", listed)
    cut = len([p for p in bare.split("、") if p])
    joined = len([p for p in re.split(r"、|以及|[和及与]", bare) if p])
    wide = len([p for p in re.split(r"、|,|以及|[和及与]", bare) if p])
    return set(range(min(cut, joined), max(joined, wide) + 1))


def _numbered(following: Sequence[Paragraph]) -> list[Place]:
    """Paragraphs 1, 2, 3 … right after, until the numbering breaks."""
    found: list[Place] = []
    for paragraph in following:
        match = _NUMBERED.match(normal(paragraph.text))
        if match is None or int(match["n"]) != len(found) + 1:
            break
        found.append(paragraph.place(0, len(paragraph.text)))
    return found


def _units(book: Book, paragraph: Paragraph) -> list[Place]:
    """Named rows of the table of units (序号, 单位名称) on the paragraph's page or the next."""
    for table in book.document.tables:
        column = next((c for c, head in enumerate(table.columns) if _MEMBER.search(normal(head))), None)
        if column is not None and paragraph.page <= table.pages[0] <= paragraph.page + 1:
            return _rows(table, column)
    return []


def _rows(table: Table, column: int) -> list[Place]:
    """Rows that name a unit."""
    names = enumerate(normal(row[column].text) for row in table.rows)
    return [table.place(n) for n, name in names if len(name) > 2 and not re.match(r"合计|总计|[….。]+$", name)]


def _sentence_end(text: str, at: int) -> int:
    found = re.compile(r"[。;]").search(text, at)
    return found.end() if found else len(text)


def _sentence_start(text: str) -> int:
    """Where the last sentence begins."""
    return max((m.end() for m in re.finditer(r"[。;](?=.)", text)), default=0)


def _figure(paragraph: Paragraph, form: Normal, match: re.Match[str]) -> Printed:
    """A stated number, in digits or Chinese numerals."""
    start, end = form.span(match.start("value"), match.end("unit"))
    place = paragraph.place(start, end)
    return Printed(_value(match["value"]), match["unit"], place, key(place), match[0])


def _value(text: str) -> Decimal:
    """12, 十二, 二十 or 两."""
    if text.isdigit():
        return Decimal(text)
    if "十" not in text:
        return Decimal(_CHINESE[text[-1]])
    tens, ones = text.split("十", 1)
    return Decimal(_CHINESE.get(tens[-1:], 1) * 10 + (_CHINESE[ones[-1]] if ones else 0))


def _issue(figure: Printed, listed: tuple[int, Place], paragraph: Paragraph) -> Issue:
    """A number that is not the length of its list; the list (its end, where it is long) is the other side's evidence."""
    found, end = listed
    place: Place = paragraph.place(0, len(paragraph.text))
    where = paragraph.section[-1] if paragraph.section else ""
    explain = f"文中写 {figure.text} {figure.unit}（{figure.label}），其后列出 {found} {figure.unit}"
    stated, expected = Quantity(figure.text, figure.unit), Quantity(str(found), figure.unit)
    other = Printed(Decimal(found), figure.unit, end, f"{key(end)}:list", figure.label)
    return Issue("logic", Severity.SUSPICIOUS, stated, expected, where, place, (figure,), explain, witnesses=(other,))
