"""What goes into the library at once, and what came of it."""

from dataclasses import dataclass, replace

from service.records import CheckReport, Disclosure, Document, DocumentInfo, Passage

FLOAT_BYTES = 4
"""A vector's number is a little-endian float32."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The embeddings of a document's passages.

    `data` is row-major little-endian float32, one row of `dimension` numbers a passage, in the passages' order.
    """

    embedding: str
    """Name of the embedding that made them; vectors of different embeddings are never compared."""
    dimension: int
    data: bytes

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.data) // (FLOAT_BYTES * self.dimension) if self.dimension else 0


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything the library keeps about one document; `vectors` has one row a passage.

    `beside` is what the report was checked beside (`Library.said` of that document); empty: nothing.
    """

    document: Document
    disclosure: Disclosure
    report: CheckReport
    passages: tuple[Passage, ...]
    vectors: Vectors
    beside: str = ""

    def named(self, doc: str) -> "Entry":
        """The same under another name."""
        return Entry(
            replace(self.document, doc=doc),
            replace(self.disclosure, doc=doc),
            replace(self.report, doc=doc),
            tuple(replace(p, doc=doc, id=f"{doc}#{n}") for n, p in enumerate(self.passages)),
            self.vectors,
            self.beside,
        )


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding an entry did: the document as listed, and added, unchanged or replaced."""

    info: DocumentInfo
    status: str
