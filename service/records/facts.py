"""What a document says: typed facts, reasons, indicators and terms, each bound to its place.

Figures are Decimals of the printed digits; `None` is "not printed", never zero.
"""

from dataclasses import dataclass
from decimal import Decimal

from service.records.documents import Kind, Place, Unread


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
