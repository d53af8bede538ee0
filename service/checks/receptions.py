"""D4: the counts of the 三公 statement (相关统计数: 团组, 人次, 批次, 车辆) against the prose that repeats them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service import amounts, statements
from service.checks import diagnosis
from service.checks.equations import title
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_cell, key
from service.checks.rates import hint
from service.checks.sentences import Sentence
from service.records import Quantity, Severity, Table
from service.statements import Role
from service.text import normal, normalised

_ABROAD, _BUYING, _CARS = r"出国\(境\)团组", r"公务用车购置数量?", r"公务用车(?:期末|年末)?保有量"
_GUESTS = r"国内(?:公务)?接待"
_COUNTS = (
    # (name, its row in the statement, what the prose says). Source: 财决附03表, 相关统计数.
    ("因公出国（境）团组", rf"{_ABROAD}数?", rf"{_ABROAD}(?:数|共|为|计)*(?P<value>\d+)(?P<unit>个|批)"),
    ("公务用车购置数", _BUYING, r"购置(?:公务用?车|车辆|数|数量)(?:共|为|了)*(?P<value>\d+)(?P<unit>辆|台)"),
    ("公务用车保有量", _CARS, rf"{_CARS}(?:共|为|是)*(?P<value>\d+)(?P<unit>辆|台)"),
    ("国内公务接待批次", r"国内公务接待批次", rf"{_GUESTS}(?:批次)?(?:共|为)*(?P<value>\d+)(?P<unit>个?批次|批|个)"),
    ("国内公务接待人次", r"国内公务接待人次", rf"{_GUESTS}[^。;]*?(?:批次|批|个)[^。;\d]{{0,40}}?(?P<value>\d+)(?P<unit>人次|人)"),
)
_ASIDE = re.compile(r"\((?:其中|含|不含|不包括)[^()]*\)")
_LINE = re.compile(r"^(?:其中:)?(?:\d+[.、])?")


def repeated(tables: Sequence[Table], sentences: Sequence[Sentence]) -> Iterator[Outcome]:
    """A count told in prose = the count of its row, a copied figure without slack. Counts in brackets (其中：外事接待) are parts."""
    table = next((t for t in tables if (s := statements.get(t.statement)) is not None and s.role is Role.THREE_PUBLIC), None)
    if table is None:
        return
    for name, row, telling in _COUNTS:
        printed = _row(table, name, re.compile(rf"{row}(?:\([个辆人批]次?\))?$"))
        for sentence in sentences if printed else ():
            form = normalised(sentence.text)
            plain = _ASIDE.sub(lambda m: " " * len(m[0]), form.text)
            for match in re.finditer(telling, plain):
                start, end = form.span(match.start("value"), match.end("unit"))
                place = sentence.paragraph.place(sentence.start + start, sentence.start + end)
                said = Printed(Decimal(match["value"]), match["unit"], place, key(place), name)
                yield from _compared(sentence, said, printed, title(table))


def _row(table: Table, name: str, pattern: re.Pattern[str]) -> list[Printed]:
    """What the statement prints for a count: the whole number right of its name."""
    found = []
    for n, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if pattern.search(_LINE.sub("", normal(cell.text))):
                figures = [from_cell(table, n, c, "", name) for c in range(column + 1, len(row))]
                found += [f for f in figures[-1:] if f is not None and f.value == int(f.value)]
    return found


def _compared(sentence: Sentence, said: Printed, printed: list[Printed], where: str) -> Iterator[Outcome]:
    """One count of the prose against its row."""
    if len({p.value for p in printed}) > 1:
        yield unchecked(f"{where}：「{said.label}」在表中有多处不同的数，未核对")
        return
    cell = printed[0]
    if said.value == cell.value:
        yield passed(said, cell)
        return
    hints = diagnosis.of_amount(said.value, cell.value)
    told, expected = amounts.plain(said.value), amounts.plain(cell.value)
    explain = f"「{said.label}」文中写 {told} {said.unit}，{where}为 {expected}，两处不一致{hint(hints)}"
    stated, other = Quantity(told, said.unit), Quantity(expected, said.unit)
    at = (sentence.where, sentence.place)
    yield raised(Issue("text-vs-table", Severity.ERROR, stated, other, at[0], at[1], (said, cell), explain, hints))
