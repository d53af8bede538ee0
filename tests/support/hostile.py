"""Files that break readers: damaged, endless, misnamed, and with text that nobody sees. Each function writes one file."""

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf

Drawing = Callable[[pymupdf.Page], object]

CHINESE = "china-s"
TEXT = "青禾区档案局2023年度部门决算"


def raw(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of the given objects, numbered from 1; a stream object is made by `stream`."""
    parts, at, offsets = [b"%PDF-1.7\n"], 9, []
    for number, body in enumerate(objects, 1):
        offsets.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    parts.append(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, at))
    return b"".join(parts)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data, 6)
    return b"<<%s/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (entries, len(packed), packed)


HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def page(
    contents: bytes,
    resources: bytes = b"",
    *more: bytes,
    size: tuple[float, float] = (595, 842),
    font: bytes = HELVETICA,
    catalog: bytes = b"",
) -> bytes:
    """A PDF of one page with these drawing instructions; `more` are objects from number 6 on, object 5 is the font F."""
    box = b"[0 0 %g %g]" % size
    return raw(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>" % (box, resources),
        stream(contents),
        font,
        *more,
    )


def drawings(count: int) -> bytes:
    """A page with a line of text and so many strokes."""
    return page(b"BT /F 12 Tf 72 700 Td (2023) Tj ET\n" + b"9 9 m 50 9 l S\n" * count)


def characters(count: int) -> bytes:
    """A page with so many characters."""
    return page(b"BT /F 4 Tf 0 TL 20 820 Td\n" + b"(%s) '\n" % (b"5" * 100) * (count // 100) + b"ET")


def laughs(levels: int, each: int = 10) -> bytes:
    """Forms that call the next form so many times each."""
    forms = []
    for level in range(levels):
        last = level == levels - 1
        body = b"BT /F 9 Tf 9 9 Td (ha) Tj ET\n" if last else b"/X Do\n" * each
        resources = b"/Font<</F 5 0 R>>" + (b"" if last else b"/XObject<</X %d 0 R>>" % (7 + level))
        forms.append(stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<<%s>>" % resources))
    return page(b"/X Do\n", b"/XObject<</X 6 0 R>>", *forms)


def patterns(levels: int, each: int = 10) -> bytes:
    """Tiling patterns painted with the next pattern, so many times each."""
    made = []
    for level in range(levels):
        last = level == levels - 1
        body = b"BT /F 9 Tf 9 9 Td (ha) Tj ET\n" if last else b"/Pattern cs /P scn\n" + b"0 0 9 9 re f\n" * each
        resources = b"/Font<</F 5 0 R>>" + (b"" if last else b"/Pattern<</P %d 0 R>>" % (7 + level))
        entries = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<%s>>"
        made.append(stream(body, entries % resources))
    return page(b"/Pattern cs /P scn 0 0 500 800 re f\n", b"/Pattern<</P 6 0 R>>", *made)


def glyphs(levels: int, each: int = 10) -> bytes:
    """Type 3 fonts whose one glyph is written in the next font, so many times."""
    made = []
    for level in range(levels):
        own = 6 + 2 * level
        last = level == levels - 1
        body = b"500 0 d0 0 0 9 9 re f" if last else b"500 0 d0 BT /G 9 Tf (%s) Tj ET" % (b"a" * each)
        resources = b"" if last else b"/Font<</G %d 0 R>>" % (own + 2)
        made.append(
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
            b"/Encoding<</Differences[97/a]>>/CharProcs<</a %d 0 R>>/Resources<<%s>>>>" % (own + 1, resources)
        )
        made.append(stream(body))
    return page(b"BT /G 9 Tf 9 9 Td (aaaaaaaaaa) Tj ET", b"", *made).replace(b"/Font<</F 5 0 R>>", b"/Font<</G 6 0 R>>")


def bomb(mebibytes: int) -> bytes:
    """A page whose instructions are a few kilobytes that unpack, in two steps, to so many MiB of blanks."""
    once = zlib.compressobj(9)
    block = b" " * (1 << 20)
    packed = b"".join(once.compress(block) for _ in range(mebibytes)) + once.flush()
    twice = zlib.compress(packed, 9)
    contents = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (len(twice), twice)
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        contents,
    )


def blank_pages(count: int) -> bytes:
    """So many empty pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count,
    )


def no_pages() -> bytes:
    """A PDF without pages."""
    return raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")


def xfa() -> bytes:
    """A dynamic XFA form: one page that asks the reader to wait for Adobe's program."""
    notice = b"BT /F 12 Tf 72 700 Td (Please wait... If this message is not eventually replaced) Tj ET"
    return page(notice, b"", stream(b"<xdp:xdp/>"), catalog=b"/NeedsRendering true/AcroForm<</Fields[]/XFA 6 0 R>>")


def scripted() -> bytes:
    """A document that runs JavaScript, starts a program and fetches an address on opening."""
    action = b"<</S/JavaScript/JS(app.alert\\(1\\))/Next[<</S/Launch/F(/bin/sh)>><</S/URI/URI(http://127.0.0.1:9/)>>]>>"
    catalog = b"/OpenAction%s/Names<</JavaScript<</Names[(a)%s]>>>>" % (action, action)
    return page(b"BT /F 12 Tf 72 700 Td (Total 2023: 12.50) Tj ET", catalog=catalog)


def unmapped(text: bytes) -> bytes:
    """A page in a Type 3 font whose glyph names mean nothing: its text can be seen and not read."""
    names = b"".join(b"/q%d" % code for code in range(33, 127))
    widths = b"600 " * 94
    procs = b"".join(b"/q%d 6 0 R" % code for code in range(33, 127))
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 33/LastChar 126"
        b"/Widths[%s]/Encoding<</Differences[33%s]>>/CharProcs<<%s>>/Resources<<>>>>" % (widths, names, procs)
    )
    return page(b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % text, b"", stream(b"600 0 d0 0 0 500 700 re f"), font=font)


def written(path: Path, *drawn: Drawing, **saving: object) -> Path:
    """A document of one page, drawn on by PyMuPDF."""
    with pymupdf.open() as document:
        sheet = document.new_page()
        for draw in drawn:
            draw(sheet)
        document.save(path, **saving)
    return path


def text(x: float, y: float, words: str, **style: object) -> Drawing:
    """Drawing of a line of text at a baseline."""
    settings: dict[str, object] = {"fontname": CHINESE, "fontsize": 12, **style}
    return lambda sheet: sheet.insert_text((x, y), words, **settings)


def repeated(path: Path, sources: Sequence[Path], pages: int) -> Path:
    """A file of so many pages, by repeating the pages of others."""
    with pymupdf.open() as document:
        while document.page_count < pages:
            for source in sources:
                with pymupdf.open(source) as other:
                    document.insert_pdf(other, to_page=min(other.page_count, pages - document.page_count) - 1)
                if document.page_count >= pages:
                    break
        document.save(path, garbage=0, deflate=True)
    return path
