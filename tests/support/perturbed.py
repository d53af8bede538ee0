"""Small changes of a book, drawn from a seed: what misprints, slips of the reader and other layouts do to tables, prose and facts."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from service.checks.book import Book
from service.records import Cell, Document, Fact, Paragraph, Table
from tests.support.books import paragraph

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CLAUSE = re.compile(r"[^，；：。]+[，；：。]?")
_WORDS = (
    ("增加", "减少"),
    ("增长", "下降"),
    ("大于", "小于"),
    ("等于", "大于"),
    ("持平", "基本持平"),
    ("年初预算", "全年预算"),
    ("决算", "预算"),
    ("上年", "2022年"),
    ("万元", "元"),
    ("%", ""),
    ("占", "为"),
    ("其中", "包括"),
    ("（项）", ""),
    ("原因是", "原因是：无"),
    ("合计", "总计"),
    ("共", ""),
    ("2023", "2022"),
    ("。", "；"),
    ("；", "。"),
)
_MARKS = ("其中：", "一、", "（一）", "1.", "其他", "年初结转和结余", "合计", "小计", "本年支出合计", "财政拨款")

Change = Callable[[Book, Random], Book | None]
"""A book with one thing changed; None where it has nothing of the kind."""


def each(made: Book, random: Random, times: int) -> Iterator[tuple[str, Book]]:
    """(name of the change, changed book): every kind of change up to so many times."""
    for change in CHANGES:
        for _ in range(times):
            changed = change(made, random)
            if changed is not None:
                yield change.__name__, changed


def _edited(text: str, random: Random) -> str:
    """A figure with its last digit moved, a digit changed or swapped, its point moved, its sign turned, or gone."""
    digits = text.replace(",", "")
    way, at = random.randrange(7), random.randrange(len(digits))
    if way == 0:
        return str(Decimal(digits) + Decimal(1).scaleb(int(Decimal(digits).as_tuple().exponent)))
    if way == 1:
        return "0" if random.random() < 0.5 else "0.00"
    if way == 2:
        return f"-{digits}"
    if way == 3:
        return str(Decimal(digits) * 10)
    if way == 4:
        return f"{digits}.1.2" if random.random() < 0.3 else digits[:at] + digits[at + 1 :]
    if way == 5:
        return digits[::-1].strip(".") if random.random() < 0.3 else f"{digits[:at]}{random.randint(1, 9)}{digits[at:]}"
    return ""


# Tables


def _tables(made: Book, tables: Sequence[Table]) -> Book:
    return Book(replace(made.document, tables=tuple(tables)), made.disclosure, made.earlier)


def _one(made: Book, random: Random, change: Callable[[Table], Table | None]) -> Book | None:
    """One table changed."""
    tables = list(made.document.tables)
    if not tables:
        return None
    at = random.randrange(len(tables))
    changed = change(tables[at]) if tables[at].rows else None
    return None if changed is None else _tables(made, [*tables[:at], changed, *tables[at + 1 :]])


def _with(table: Table, row: int, column: int, text: str) -> Table:
    cells = list(table.rows[row])
    cells[column] = replace(cells[column], text=text)
    return replace(table, rows=(*table.rows[:row], tuple(cells), *table.rows[row + 1 :]))


def figure(made: Book, random: Random) -> Book | None:
    """A figure of a table."""

    def change(table: Table) -> Table | None:
        spots = [(r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if _NUMBER.fullmatch(cell.text)]
        if not spots:
            return None
        row, column = random.choice(spots)
        return _with(table, row, column, _edited(table.rows[row][column].text, random))

    return _one(made, random, change)


def label(made: Book, random: Random) -> Book | None:
    """A text of a table: a name, a code."""

    def change(table: Table) -> Table | None:
        spots = [(r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if not _is_amount(cell)]
        if not spots:
            return None
        row, column = random.choice(spots)
        text = table.rows[row][column].text
        return _with(table, row, column, random.choice([f"{random.choice(_MARKS)}{text}", random.choice(_MARKS), "", text[:-2], "5.00"]))

    return _one(made, random, change)


def _is_amount(cell: Cell) -> bool:
    return bool(_NUMBER.fullmatch(cell.text)) and "." in cell.text


def line(made: Book, random: Random) -> Book | None:
    """A row dropped, repeated or moved."""

    def change(table: Table) -> Table | None:
        rows = list(table.rows)
        row = rows.pop(random.randrange(len(rows)))
        way = random.randrange(3)
        if way:
            rows.insert(random.randrange(len(rows) + 1), row)
        if way == 2:
            rows.insert(random.randrange(len(rows) + 1), row)
        return replace(table, rows=tuple(rows)) if rows else None

    return _one(made, random, change)


def column(made: Book, random: Random) -> Book | None:
    """A column dropped, blank, or with another heading."""

    def change(table: Table) -> Table | None:
        at, way = random.randrange(len(table.columns)), random.randrange(3)
        if way == 0 and len(table.columns) > 2:
            rows = tuple((*row[:at], *row[at + 1 :]) for row in table.rows)
            columns = (*table.columns[:at], *table.columns[at + 1 :])
            return replace(table, rows=rows, columns=columns, header=(columns,))
        if way == 1:
            return replace(table, rows=tuple((*row[:at], replace(row[at], text=""), *row[at + 1 :]) for row in table.rows))
        heading = random.choice([f"{random.choice(_MARKS)}", f"其中/{table.columns[at]}", table.columns[at - 1], "备注", "增减额", "占比%"])
        columns = (*table.columns[:at], heading, *table.columns[at + 1 :])
        return replace(table, columns=columns, header=(columns,))

    return _one(made, random, change)


def caption(made: Book, random: Random) -> Book | None:
    """What stands above a table: its unit, its statement; or the whole table is gone or there twice."""

    def change(table: Table) -> Table:
        return random.choice(
            [replace(table, unit=None), replace(table, unit="元"), replace(table, statement=None), replace(table, title="附表")]
        )

    tables = made.document.tables
    if len(tables) > 1 and random.random() < 0.4:
        at = random.randrange(len(tables))
        again = [replace(tables[at], pages=(tables[at].pages[0] + 9,))] if random.random() < 0.5 else []
        return _tables(made, [*tables[:at], *tables[at + 1 :], *(again * 2)])
    return _one(made, random, change)


# Prose


def _paragraphs(made: Book, paragraphs: Sequence[Paragraph]) -> Book:
    return Book(replace(made.document, paragraphs=tuple(paragraphs)), made.disclosure, made.earlier)


def _reworded(made: Book, random: Random, change: Callable[[str], Sequence[str]]) -> Book | None:
    """One paragraph replaced by others, each on a line of its own."""
    old = list(made.document.paragraphs)
    spots = [n for n, p in enumerate(old) if p.text]
    if not spots:
        return None
    at = random.choice(spots)
    texts = change(old[at].text)
    rows = [paragraph(t, page=old[at].page, row=40 + 3 * at + n, section=old[at].section) for n, t in enumerate(texts) if t]
    return None if list(texts) == [old[at].text] else _paragraphs(made, [*old[:at], *rows, *old[at + 1 :]])


def number(made: Book, random: Random) -> Book | None:
    """A figure of the prose."""

    def change(text: str) -> Sequence[str]:
        found = list(_NUMBER.finditer(text))
        if not found:
            return [text]
        match = random.choice(found)
        return [text[: match.start()] + _edited(match[0], random) + text[match.end() :]]

    return _reworded(made, random, change)


def numbers(made: Book, random: Random) -> Book | None:
    """Two figures of the prose exchanged."""

    def change(text: str) -> Sequence[str]:
        found = list(_NUMBER.finditer(text))
        if len(found) < 2:
            return [text]
        a, b = sorted(random.sample(found, 2), key=lambda m: m.start())
        return [text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]]

    return _reworded(made, random, change)


def clause(made: Book, random: Random) -> Book | None:
    """A clause of the prose dropped, repeated, moved, or made a paragraph of its own."""

    def change(text: str) -> Sequence[str]:
        parts = _CLAUSE.findall(text)
        if len(parts) < 2:
            return [text]
        way, at = random.randrange(4), random.randrange(len(parts))
        part = parts.pop(at) if way != 1 else parts[at]
        if way == 3:
            return ["".join(parts[:at]), part + "".join(parts[at:])]
        if way:
            parts.insert(random.randrange(len(parts) + 1), part)
        return ["".join(parts)]

    return _reworded(made, random, change)


def word(made: Book, random: Random) -> Book | None:
    """A word of the prose for its opposite."""

    def change(text: str) -> Sequence[str]:
        pairs = [(a, b) for pair in _WORDS for a, b in (pair, pair[::-1]) if a and a in text]
        if not pairs:
            return [text]
        old, new = random.choice(pairs)
        at = random.choice([m.start() for m in re.finditer(re.escape(old), text)])
        return [text[:at] + new + text[at + len(old) :]]

    return _reworded(made, random, change)


def text(made: Book, random: Random) -> Book | None:
    """A paragraph dropped, repeated on another page, joined with the next, or in another section."""
    old: list[Paragraph] = list(made.document.paragraphs)
    if not old:
        return None
    at, way = random.randrange(len(old)), random.randrange(4)
    if way == 0 and len(old) > 1:
        return _paragraphs(made, [*old[:at], *old[at + 1 :]])
    if way == 1:
        return _paragraphs(made, [*old, paragraph(old[at].text, page=old[at].page + 1, row=90, section=old[at].section)])
    if way == 2 and at + 1 < len(old):
        joined = paragraph(old[at].text + old[at + 1].text, page=old[at].page, row=95, section=old[at].section)
        return _paragraphs(made, [*old[:at], joined, *old[at + 2 :]])
    return _paragraphs(made, [*old[:at], replace(old[at], section=("九、其他",)), *old[at + 1 :]])


# Facts and the document


def fact(made: Book, random: Random) -> Book | None:
    """A fact dropped, or with another value, unit, year, measure, scope or name."""
    facts: list[Fact] = list(made.disclosure.facts)
    if not facts:
        return None
    at = random.randrange(len(facts))
    old = facts[at]
    step = Decimal(1).scaleb(int(old.value.as_tuple().exponent))
    new = random.choice(
        [
            None,
            replace(old, value=old.value + step, printed=str(old.value + step)),
            replace(old, value=old.value * 10, printed=str(old.value * 10)),
            replace(old, value=Decimal(0), printed="0"),
            replace(old, unit="元"),
            replace(old, year=(old.year or 0) + 1),
            replace(old, measure="预算" if old.measure == "决算" else "决算"),
            replace(old, scope=None),
            replace(old, code=None),
            replace(old, path=("卫生健康支出",)),
            replace(old, item=f"{old.item}支出"),
        ]
    )
    left = [*facts[:at], *([new] if new else []), *facts[at + 1 :]]
    return Book(made.document, replace(made.disclosure, facts=tuple(left)), made.earlier)


def head(made: Book, random: Random) -> Book:
    """The document's year, kind of account, or body."""
    kinds = [k for k in type(made.document.kind) if k is not made.document.kind]
    old: Document = made.document
    new = random.choice(
        [replace(old, year=2022), replace(old, year=None), replace(old, kind=random.choice(kinds)), replace(old, org="某厅")]
    )
    return Book(new, replace(made.disclosure, year=new.year, kind=new.kind), made.earlier)


CHANGES: tuple[Change, ...] = (figure, label, line, column, caption, number, numbers, clause, word, text, fact, head)
