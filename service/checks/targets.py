"""E1 for self-evaluation forms: a target, a count or the staff restated in other words in the form or in the prose."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service import statements
from service.checks import covered
from service.checks.equations import title
from service.checks.outcomes import Issue, Outcome, passed, raised
from service.checks.printed import Printed, key
from service.checks.sentences import Sentence
from service.records import Cell, Place, Quantity, Severity, Table
from service.statements import Role
from service.text import normal, normalised

_TARGET = re.compile(r"^(?:≥|≧|>=|大于等于|不低于|不少于)?(?P<value>\d+(?:\.\d+)?)(?P<unit>[^\d,。;]{1,4})$")
_SAID = re.compile(
    r"指标值(?:设定|设置|定)?[为是](?:≥|≧|>=|大于等于|不低于|不少于)?(?P<value>\d+(?:\.\d+)?)(?P<unit>[^\d,。;]{1,4}?)(?=[,。;]|$)"
)
_COUNT = re.compile(r"(?<![\d.])(?P<value>\d+)(?P<unit>个|名|家|户)(?P<noun>[一-鿿]{5})")
_STAFF = re.compile(r"实有(?:在职)?(?:人员|人数)(?P<value>\d+)(?P<unit>人)")
_ON_POST = re.compile(r"在职(?:人员|人数|职工)?[:为]?(?P<value>\d+)(?P<unit>人)")
_QUARTERS = re.compile(
    r"(?:辖区|全区|全县|全市|全旗)(?:内)?(?:共有?|有)?(?P<towns>\d+)[个各]?(?P<kind>街道|乡镇|镇|乡)[^\d,。;]{0,8}?"
    r"(?P<value>\d+)个?(?P<unit>社区|行政村|村)"
)
_ACTUAL = re.compile(r"实际完成|完成情况|实际值")


def restated(tables: Sequence[Table], sentences: Sequence[Sentence]) -> Iterator[Outcome]:
    """Targets, counts, staff and the district's quarters that the document states more than once.

    Suspicious at most: two counts may be of two things that share their name.
    """
    forms = [t for t in tables if (s := statements.get(t.statement)) is not None and s.role is Role.APPRAISAL]
    for table in forms:
        yield from _targets(table)
    yield from _same_count(list(_counts(forms)), "同一事项")
    yield from _same_count(list(_quarters(sentences)), "辖区")
    yield from _same_count([*_staff(sentences), *_on_post(forms)], "在职人员")
    yield from covered.changes(sentences)


def _targets(table: Table) -> Iterator[Outcome]:
    """「指标值设定为大于等于1起」 in a line's remark against the target column of that line."""
    for n, row in enumerate(table.rows):
        targets = [(c, m) for c, cell in enumerate(row) if (m := _TARGET.match(normal(cell.text)))]
        for c, cell in enumerate(row):
            said = _SAID.search(normal(cell.text))
            same = [(k, m) for k, m in targets if k < c and said and m["unit"] == said["unit"]]
            if said is None or not same:
                continue
            at, target = same[0]
            left, right = _printed(table, (n, at), target), _printed(table, (n, c), said)
            if left.value == right.value:
                yield passed(left, right)
                continue
            explain = f"同一指标的指标值，表中写「{normal(row[at].text)}」，本行的说明写「{said[0]}」，两处不一致"
            yield raised(_conflict((left, right), (title(table), table.place(n)), explain, Severity.ERROR))


def _counts(forms: list[Table]) -> Iterator[tuple[str, Printed, str, Place]]:
    """(what, figure, where, place) of every count of a named thing in the forms, results apart."""
    for table in forms:
        actual: set[int] = set()
        for n, row in enumerate(table.rows):
            heads = {c for c, cell in enumerate(row) if _ACTUAL.search(normal(cell.text)) and len(normal(cell.text)) < 10}
            actual = heads or actual
            for c, cell in enumerate(row):
                text = normal(cell.text)
                for match in _COUNT.finditer(text) if c not in actual and len(text) > 5 else ():
                    yield match["unit"] + match["noun"], _printed(table, (n, c), match), title(table), table.place(n)


def _quarters(sentences: Sequence[Sentence]) -> Iterator[tuple[str, Printed, str, Place]]:
    """「辖区9个街道142个社区」: subdivisions of the whole district, told apart by the number of its streets."""
    for sentence in sentences:
        if "区" not in sentence.text or not any(word in sentence.text for word in ("街道", "镇", "乡")):
            continue
        form = normalised(sentence.text)
        for match in _QUARTERS.finditer(form.text):
            start, end = form.span(match.start("value"), match.end("unit"))
            place = sentence.paragraph.place(sentence.start + start, sentence.start + end)
            figure = Printed(Decimal(match["value"]), match["unit"], place, key(place), match[0])
            yield f"{match['towns']}{match['kind']}{match['unit']}", figure, sentence.where, sentence.place


def _staff(sentences: Sequence[Sentence]) -> Iterator[tuple[str, Printed, str, Place]]:
    """「实有人员14人」 of the section on staff."""
    for sentence in sentences:
        if "实有" not in sentence.text:
            continue
        form = normalised(sentence.text)
        match = _STAFF.search(form.text)
        if match:
            start, end = form.span(match.start(), match.end())
            place = sentence.paragraph.place(sentence.start + start, sentence.start + end)
            yield "在职", Printed(Decimal(match["value"]), "人", place, key(place), match[0]), sentence.where, sentence.place


def _on_post(forms: list[Table]) -> Iterator[tuple[str, Printed, str, Place]]:
    """「在职: 12人」 of the form of the whole body (部门整体支出)."""
    for table in forms:
        for n, row in enumerate(table.rows) if "整体支出" in normal(table.title) else ():
            for c, cell in enumerate(row):
                match = _ON_POST.search(normal(cell.text))
                if match:
                    yield "在职", _printed(table, (n, c), match), title(table), table.place(n)


def _same_count(found: list[tuple[str, Printed, str, Place]], what: str) -> Iterator[Outcome]:
    """Counts of one thing: the first against each that differs."""
    groups: dict[str, list[tuple[str, Printed, str, Place]]] = defaultdict(list)
    for entry in found:
        groups[entry[0]].append(entry)
    for entries in groups.values():
        first = entries[0]
        others = {e[1].value: e for e in entries if e[1].value != first[1].value}
        if len(entries) > 1 and not others:
            yield passed(*(e[1] for e in entries))
        for other in others.values():
            label = f"（{first[1].label}）" if first[1].label else ""
            sayings = "，".join(f"第{e[1].place.page}页写「{_quoted(e)}」" for e in (first, other))
            explain = f"{what}{label}，{sayings}，两处的数不同"
            yield raised(_conflict((other[1], first[1]), (other[2], other[3]), explain, Severity.SUSPICIOUS))


def _quoted(entry: tuple[str, Printed, str, Place]) -> str:
    """A count in the document's words."""
    return entry[1].label or f"{entry[1].text}{entry[0]}"


def _conflict(figures: tuple[Printed, Printed], at: tuple[str, Place], explain: str, severity: Severity) -> Issue:
    """Two printings of one thing."""
    one, two = figures
    return Issue(
        kind="duplicate-conflict",
        severity=severity,
        stated=Quantity(one.text, one.unit),
        expected=Quantity(two.text, two.unit),
        where=at[0],
        place=at[1],
        figures=figures,
        explain=explain,
    )


def _printed(table: Table, at: tuple[int, int], match: re.Match[str]) -> Printed:
    """A figure inside a cell; its column and offset make the key."""
    cell: Cell = table.rows[at[0]][at[1]]
    spot = f"{key(Place(cell.page, cell.text, (cell.box,)))}:{match.start('value')}"
    return Printed(Decimal(match["value"]), match["unit"], table.place(*at), spot, match[0])
