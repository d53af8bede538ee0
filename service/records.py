"""The records that cross module borders: a document as read, its facts, findings, and answers.

Pages count from 1. Boxes are (x0, y0, x1, y1) in PDF points of the page as shown (rotation applied), origin top left.
Figures are Decimals of the printed digits; `None` is "not printed", never zero.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

Box = tuple[float, float, float, float]


OCR = "ocr"
"""Kind of a page whose text was recognised in its picture; also the diagnosis of findings that rest on such text."""


class Kind(StrEnum):
    """Kind of disclosure: final account (决算), budget (预算) or another document."""

    FINAL = "final"
    BUDGET = "budget"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: the page it begins on, the text exactly as printed (layout white space removed), boxes."""

    page: int
    quote: str
    boxes: tuple[Box, ...]
    """One box per printed line (or table cell) of the quote, on `page`."""
    ocr: bool = False
    """The page was recognised from its picture: the quote may differ from what is printed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page.

    `xs` has len(text) + 1 entries: the left edge of every character and the right edge of the last.
    """

    page: int
    text: str
    box: Box
    xs: tuple[float, ...]
    size: float = 0.0

    def part(self, start: int, end: int) -> Box:
        """The box of characters start (inclusive) to end (exclusive)."""
        return (self.xs[start], self.box[1], self.xs[end], self.box[3])


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. `kind` is text, scan (image without text layer, unread), ocr (text recognised in the image), or blank."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose joined over line and page breaks; layout white space removed.

    `spots[i]` is (index into `lines`, index into that line's text) of character i of `text`, so that any part of the
    paragraph can be placed on its page.
    """

    text: str
    lines: tuple[Line, ...]
    spots: tuple[tuple[int, int], ...]
    section: tuple[str, ...] = ()
    """Headings above it, outermost first; a heading's own path ends with itself."""
    heading: bool = False

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].page

    def place(self, start: int, end: int) -> Place:
        """Where characters start (inclusive) to end (exclusive) are printed; boxes of the first page only."""
        runs = list(self._runs(start, end))
        page = self.lines[runs[0][0]].page
        boxes = tuple(self.lines[n].part(a, b) for n, a, b in runs if self.lines[n].page == page)
        return Place(page, self.text[start:end], boxes)

    def page_at(self, offset: int) -> int:
        """The page on which character `offset` is printed."""
        return self.lines[self.spots[offset][0]].page

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(line index, first character, end character) per line touched."""
        run: tuple[int, int, int] | None = None
        for n, at in self.spots[start:end]:
            if run is not None and run[0] == n:
                run = (n, run[1], at + 1)
            else:
                if run is not None:
                    yield run
                run = (n, at, at + 1)
        if run is not None:
            yield run


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its text (wrapped lines joined, outer white space removed) and where it stands. Empty text is a blank cell."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """One table, joined over its pages.

    `header` rows repeat the text of merged cells; every row of `header` and of `rows` has `len(columns)` cells.
    `columns[i]` is the header path of column i joined by "/", without repeats.
    """

    title: str
    number: str | None
    unit: str | None
    pages: tuple[int, ...]
    header: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    section: tuple[str, ...] = ()
    note: str | None = None
    """The remark under the table, for example that it is empty and why."""
    statement: str | None = None
    """Name in `service.statements` when it is a recognised statutory table."""
    heads: tuple[tuple[int, tuple[Cell, ...]], ...] = ()
    """Header (and caption) rows as printed on every page, merged cells once: (index in `rows` before which it stands, cells)."""

    def quote(self, row: int) -> str:
        """The row as one line: its non-empty cells in order."""
        return " | ".join(c.text for c in self.rows[row] if c.text)

    def place(self, row: int, *columns: int) -> Place:
        """Where the row is printed; boxes of the named columns, or of all non-empty cells."""
        cells = self.rows[row]
        chosen = [cells[c] for c in columns] if columns else [c for c in cells if c.text]
        return Place(chosen[0].page, self.quote(row), tuple(c.box for c in chosen if c.page == chosen[0].page))


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read, and why (`reason` in Chinese, for people)."""

    page: int | None
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A disclosure as read."""

    doc: str
    title: str
    org: str
    year: int | None
    kind: Kind
    level: str
    """部门, 单位, 汇总 or empty."""
    digest: str
    """SHA-256 of the file's bytes, hexadecimal."""
    pages: tuple[Page, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def recognised(self) -> frozenset[int]:
        """Pages (from 1) whose text was recognised in their picture."""
        return frozenset(page.number for page in self.pages if page.kind == OCR)


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed figure, bound to its place.

    `value` carries the sign given by the words (a decrease is negative) and the printed number of decimals; `printed`
    is the figure's text in the quote.
    """

    item: str
    measure: str
    value: Decimal
    unit: str
    year: int | None
    source: str
    """text or table."""
    where: str
    """Section heading, or the table's number (公开05表) or title."""
    place: Place
    printed: str
    code: str | None = None
    column: str | None = None
    scope: str | None = None
    """Fund or statement the figure belongs to: 一般公共预算财政拨款, 财政拨款, 全部, 政府性基金…; None when not known."""
    table: str | None = None
    """Title of the table."""
    path: tuple[str, ...] = ()
    """Parents of the item, outermost first: (卫生健康支出, 行政事业单位医疗)."""
    origin: str = "rule"
    """rule, model, or model-retry."""
    part: str = ""
    """The part of the disclosure it stands in: the role of its statement, or the topic of its section; empty when not known."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason as the document gives it."""

    item: str
    about: str
    """What it explains: 决算数小于年初预算数, 比上年增加, 发现的问题及原因…"""
    text: str
    place: Place
    code: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document prints as a target or as what was reached: a figure (≥95%), or words (达标)."""

    printed: str
    place: Place
    comparator: str | None = None
    """≥, ≤, >, <, = as the words or signs say; None where none is printed."""
    value: Decimal | None = None
    """The printed figure; None for words, and where more than one figure is printed."""
    unit: str = ""
    """Empty where none is printed."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a performance form (绩效指标). `weight`, `score` and `reason` also stand among the disclosure's."""

    subject: str
    """The project, or the department's own appraisal."""
    item: str
    """The third level, or the innermost that is printed."""
    path: tuple[str, ...]
    """First and second level, outermost first."""
    target: Stated | None
    actual: Stated | None
    weight: Fact | None
    score: Fact | None
    reason: Reason | None
    where: str


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary (名词解释)."""

    term: str
    definition: str
    place: Place
    where: str = ""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a document says, as typed facts."""

    doc: str
    org: str
    year: int | None
    kind: Kind
    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    unread: tuple[Unread, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    terms: tuple[Term, ...] = ()
    title: str = ""
    level: str = ""
    """部门, 单位, 汇总, 本级 or empty."""
    digest: str = ""
    """SHA-256 of the file's bytes, hexadecimal; empty in disclosures kept before it was."""


class State(StrEnum):
    """State of one obligation."""

    PASS = "pass"
    TAIL = "tail"
    FINDING = "finding"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"


class Severity(StrEnum):
    """Grade of a finding."""

    ERROR = "error"
    ROUNDING = "rounding"
    SUSPICIOUS = "suspicious"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value (decimal string as printed, without thousands separators, or a word) and its unit."""

    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Operand:
    """A printed figure that a finding computes with."""

    text: str
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction, with both sides' evidence. Wording never says which side is right."""

    id: str
    obligation: str
    kind: str
    """Class of the contract: growth-rate, share, completion-rate, sum, cross-table, …"""
    severity: Severity
    stated: Quantity
    expected: Quantity | None
    where: str
    place: Place
    operands: tuple[Operand, ...]
    diagnosis: tuple[str, ...]
    explain: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An obligation that was owed and could not be checked."""

    obligation: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checker covered and found."""

    doc: str
    counts: dict[State, int]
    not_checked: tuple[Gap, ...]
    findings: tuple[Finding, ...]
    by_obligation: dict[str, dict[State, int]] = field(default_factory=dict)
    """`counts` by obligation code, states that occur; empty in reports made before it was kept."""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document of the library, as listed."""

    doc: str
    title: str
    org: str
    year: int | None
    kind: Kind
    level: str
    pages: int
    digest: str
    passages: int = 0
    tables: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document as indexed: prose, a table row, or a table's head.

    `text` is what is searched (it carries section and header words); `quote` is verbatim; `lines` place any part of it.
    """

    id: str
    """doc#ordinal, ordinal from 0 in reading order."""
    doc: str
    page: int
    section: str
    kind: str
    """prose, row or table."""
    text: str
    quote: str
    lines: tuple[tuple[int, str, Box], ...]
    """(page, text, box) per printed line or cell; texts joined give the quote's characters."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score and the rank each way gave it (from 1; None: not found that way)."""

    passage: Passage
    score: float
    keyword_rank: int | None = None
    vector_rank: int | None = None


class Engine(StrEnum):
    """Who wrote the answer."""

    OFFLINE = "offline"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence shown with an answer; `n` counts from 1 in the order of the answer."""

    n: int
    doc: str
    section: str
    place: Place


class Support(StrEnum):
    """How a figure of an answer is supported."""

    CITED = "cited"
    DERIVED = "derived"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in an answer and what supports it."""

    value: str
    unit: str
    status: Support
    citation: int | None = None
    derivation: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a model's part in an answer cost, as its server counts (0 where it does not say)."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer. Sentences carry their citation marks as 【n】, which no document number (〔2016〕143号) looks like."""

    question: str
    answer: str
    refused: bool
    engine: Engine
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...] = ()
    elapsed_ms: int = 0
    withheld: tuple[str, ...] = ()
    """What the guard took out, one message each, in Chinese."""
    model: str | None = None
    notes: tuple[str, ...] = field(default=())
    """Remarks for the user, for example why the model was not used."""
    cost: Cost | None = None
    """None where no model was asked."""
    prompts: tuple[tuple[str, str], ...] = ()
    """(prompt file without suffix, its digest) of the wordings that the model was asked with."""

    def timed(self, elapsed_ms: int) -> "Answer":
        """The same answer with its time."""
        return replace(self, elapsed_ms=elapsed_ms)
