"""Passages of any prose: every character in exactly one of them, in order, on the line that prints it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.records import Line, Page, Paragraph
from service.search import passages
from tests.support import entries

sentences = st.lists(st.text("甲乙丙0123456789.，（）%", min_size=1, max_size=120).map(lambda text: text + "。"), min_size=1, max_size=12)
documents = st.lists(st.tuples(sentences, st.integers(0, 1), st.integers(8, 60)), min_size=1, max_size=5)


@given(documents)
def test_every_character_is_in_exactly_one_passage(drawn: list[tuple[list[str], int, int]]) -> None:
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    for texts, section, width in drawn:
        text = "".join(texts)
        printed = [entries.line(text[i : i + width], row=len(lines) + i // width) for i in range(0, len(text), width)]
        lines += printed
        paragraphs.append(entries.paragraph(*printed, section=(f"第{section}节",)))
    read = replace(entries.document(tables=False), paragraphs=tuple(paragraphs), pages=(Page(1, 595, 842, tuple(lines)),))

    cut = passages.cut(read)

    assert "".join(p.quote for p in cut) == "".join(p.text for p in paragraphs)
    pieces = [piece for p in cut for piece in p.lines]
    assert "".join(text for _, text, _ in pieces) == "".join(p.text for p in paragraphs)
    by_top = {line.box[1]: line for line in lines}
    for page, text, box in pieces:
        whole = by_top[box[1]]
        start = whole.xs.index(box[0])
        assert (page, text) == (whole.page, whole.text[start : start + len(text)])
        assert box == whole.part(start, start + len(text))
    for passage in cut:
        assert len(passage.quote) <= passages.LONGEST
