"""Which tables of a document are empty: by its own words, and by their cells."""

import re
from collections.abc import Iterator, Sequence

from service.answering import grids
from service.answering.draft import Sentence
from service.answering.material import EvidenceBook, Material, part
from service.records import DocumentInfo, Passage, Place, Table
from service.statements import Role, get
from service.text import normal


def tell(info: DocumentInfo, material: Material, book: EvidenceBook) -> Iterator[Sentence]:
    """The tables that are empty: by what the document says, and by their cells."""
    said = list(_says_empty(material.passages(info.doc)))
    titles: list[str] = []
    labels: list[str] = []
    for table in material.tables(info.doc):
        statement = get(table.statement)
        if statement is None or statement.role in (Role.APPRAISAL, Role.GOALS) or not grids.read(table).empty():
            continue
        head = next((p for p in material.passages(info.doc) if p.kind == "table" and p.page in table.pages and _heads(p, table)), None)
        if head is not None:
            place = next((Place(n, text, (box,)) for n, text, box in head.lines if normal(text) == normal(table.title)), None)
            if place is not None:
                labels.append(book.cite(info, table.number or table.title, place))
                titles.append(place.quote)
    listed, label = _listed_empty(info, material, book)
    titles += [title for title in listed if not any(normal(title).endswith(normal(t)) or normal(t) in normal(title) for t in titles)]
    labels += [label] if label else []
    notes = []
    for passage, place in said:
        labels.append(book.cite(info, passage.section, place))
        notes.append(place.quote.strip().rstrip("。；;"))
    named = "、".join(f"「{title}」" for title in dict.fromkeys(titles))
    quoted = "；".join(f"「{note}」" for note in dict.fromkeys(notes))
    if named:
        yield Sentence(f"没有数据的表：{named}{f'。文件写明：{quoted}' if quoted else ''}。", tuple(dict.fromkeys(labels)))
    elif quoted:
        yield Sentence(f"文件写明：{quoted}。", tuple(dict.fromkeys(labels)))


def _listed_empty(info: DocumentInfo, material: Material, book: EvidenceBook) -> tuple[list[str], str | None]:
    """The tables that a list of tables marks as empty (是否空表: 是), and the evidence."""
    for table in material.tables(info.doc):
        column = next((c for c, head in enumerate(table.columns) if re.search(r"是否(?:为)?空表", normal(head))), None)
        name = next((c for c, head in enumerate(table.columns) if re.search(r"内容|名称|报表|表名", normal(head))), None)
        if column is None or name is None:
            continue
        rows = [n for n, row in enumerate(table.rows) if normal(row[column].text) == "是" and row[name].text]
        rows = [n for n in rows if table.place(n).page == table.place(rows[0]).page]
        if rows:
            places = [table.place(n) for n in rows]
            quote = " | ".join(place.quote for place in places)
            place = Place(places[0].page, quote, tuple(box for p in places for box in p.boxes))
            return [" ".join(table.rows[n][name].text.split()) for n in rows], book.cite(info, table.title, place)
    return [], None


def _heads(passage: Passage, table: Table) -> bool:
    return any(normal(text) == normal(table.title) for _, text, _ in passage.lines)


def _says_empty(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Place]]:
    """Sentences that say of a table that it is empty; of a table's head line by line."""
    seen: set[str] = set()
    for passage in passages:
        for place in _sentences(passage):
            form = normal(place.quote)
            if form not in seen and re.search(r"空表|无数据|表为空|空白表|本表无内容", form) and not re.search(r"[应须]公开空表", form):
                seen.add(form)
                yield passage, place


def _sentences(passage: Passage) -> Iterator[Place]:
    if passage.kind == "prose":
        for match in re.finditer(r"[^。；;！!]+[。；;！!]?", passage.quote):
            yield from part(passage, match.start(), match.end())
    elif passage.kind == "row":
        yield Place(passage.page, passage.quote, tuple(box for _, _, box in passage.lines))
    else:
        yield from (Place(page, text, (box,)) for page, text, box in passage.lines)
