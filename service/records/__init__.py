"""The records that cross module borders: a document as read, its facts, findings, and answers."""

from service.records.answers import Answer, Citation, Cost, Engine, Figure, Hit, Passage, Support
from service.records.documents import OCR, Box, Cell, Document, DocumentInfo, Kind, Line, Page, Paragraph, Place, Table, Unread
from service.records.facts import Disclosure, Fact, Indicator, Reason, Stated, Term
from service.records.findings import CheckReport, Finding, Gap, Operand, Quantity, Severity, State

__all__ = [
    "OCR",
    "Answer",
    "Box",
    "Cell",
    "CheckReport",
    "Citation",
    "Cost",
    "Disclosure",
    "Document",
    "DocumentInfo",
    "Engine",
    "Fact",
    "Figure",
    "Finding",
    "Gap",
    "Hit",
    "Indicator",
    "Kind",
    "Line",
    "Operand",
    "Page",
    "Paragraph",
    "Passage",
    "Place",
    "Quantity",
    "Reason",
    "Severity",
    "State",
    "Stated",
    "Support",
    "Table",
    "Term",
    "Unread",
]
