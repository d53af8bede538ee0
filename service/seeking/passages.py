"""Documents → passages: paragraphs, every table row with its headings, and each table's head."""

from collections.abc import Iterator, Sequence

from service.records import Box, Document, Paragraph, Passage, Table

LONGEST = 400
"""Characters of a prose passage; a longer paragraph is cut at sentence ends."""
_STOPS = "。；;！!？?"
_Piece = tuple[int, str, Box]


def cut(document: Document) -> list[Passage]:
    """Cut a document into passages in reading order.

    Returns:
        Passages whose `lines` concatenated are the characters of `quote`; every character has one page.
    """
    made: list[Passage] = []
    for passage in (*_prose(document), *_tables(document)):
        made.append(Passage(f"{document.doc}#{len(made)}", document.doc, *passage))
    return made


_Made = tuple[int, str, str, str, str, tuple[_Piece, ...]]
"""Page, section, kind, text, quote, lines."""


def _prose(document: Document) -> Iterator[_Made]:
    """Paragraphs; a heading stands in the section of what follows it and is no passage of its own."""
    for paragraph in document.paragraphs:
        if paragraph.section[:1] == ("目录",) or paragraph.heading:
            continue
        section = "/".join(paragraph.section)
        for start, end in _cuts(paragraph.text):
            lines = tuple(pieces(paragraph, start, end))
            quote = paragraph.text[start:end]
            yield lines[0][0], section, "prose", f"{document.title} {section} {quote}", quote, lines


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of at most `LONGEST` characters that end with a sentence, where there is one."""
    start = 0
    while len(text) - start > LONGEST:
        stop = max(text.rfind(c, start, start + LONGEST) for c in _STOPS) + 1
        end = stop if stop > start else start + LONGEST
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def pieces(paragraph: Paragraph, start: int, end: int) -> Iterator[_Piece]:
    """(page, text, box) of every printed line that characters start to end (exclusive) of a paragraph stand on."""
    at = start
    while at < end:
        number, first = paragraph.spots[at]
        stop = at
        while stop + 1 < end and paragraph.spots[stop + 1][0] == number:
            stop += 1
        line = paragraph.lines[number]
        yield line.page, paragraph.text[at : stop + 1], line.part(first, paragraph.spots[stop][1] + 1)
        at = stop + 1


def _tables(document: Document) -> Iterator[_Made]:
    for table in document.tables:
        name = " ".join(filter(None, (table.number, table.title, f"单位：{table.unit}" if table.unit else None)))
        section = "/".join((*table.section, table.title)) if table.title else "/".join(table.section)
        if table.note:
            yield table.pages[-1], section, "table", f"{document.title} {name} {table.note}", table.note, ()
        for number, row in enumerate(table.rows):
            cells = [cell for cell in row if cell.text]
            if not cells:
                continue
            text = f"{document.title} {name} {_headed(table, number)}"
            yield cells[0].page, section, "row", text, table.quote(number), tuple(_cells(table, number))


def _headed(table: Table, number: int) -> str:
    """The row's cells, each after its column's heading."""
    return "；".join(
        f"{column}：{cell.text}" if column else cell.text
        for column, cell in zip(table.columns, table.rows[number], strict=True)
        if cell.text
    )


def _cells(table: Table, number: int) -> Iterator[_Piece]:
    """The row's cells with the bars that the quote puts between them."""
    cells: Sequence[_Piece] = [(cell.page, cell.text, cell.box) for cell in table.rows[number] if cell.text]
    for i, (page, text, box) in enumerate(cells):
        yield page, text if i == 0 else f" | {text}", box
