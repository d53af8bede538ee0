"""What a question finds and what it is answered: passages, citations, figures and their support."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from service.records.documents import Box, Place
from service.records.findings import Finding


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
