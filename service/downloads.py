"""Documents of an open library → files to download: Excel, CSV, JSON, the report as a page that stands alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from service import contract
from service.exports import wording
from service.records import CheckReport, Disclosure, DocumentInfo
from service.settings import Settings


class Library(Protocol):
    """What is asked of an open library (`service.pipeline.Session`)."""

    settings: Settings

    def info(self, doc: str) -> DocumentInfo:
        """A document as listed."""

    def disclosure(self, doc: str) -> Disclosure:
        """Its facts."""

    def report(self, doc: str) -> CheckReport:
        """What the checker says of it."""

    def file(self, doc: str) -> Path:
        """The library's copy of its file."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its name, its media type, its bytes."""

    name: str
    media: str
    data: bytes


KINDS = ("xlsx", "csv", "json", "html")
"""What can be downloaded: workbook, facts, record, check report."""


def of(library: Library, docs: Sequence[str], kind: str) -> Download:
    """One file about some documents.

    Args:
        library: holds them.
        docs: their names, one at least.
        kind: one of `KINDS`.

    Raises:
        UnknownDocumentError: the library holds no such document.
    """
    make = {"xlsx": _workbook, "csv": _facts, "json": _record, "html": _report}[kind]
    return make(library, docs)


def _workbook(library: Library, docs: Sequence[str]) -> Download:
    from service.exports import ledger  # kept out of the start: openpyxl takes a quarter of a second

    made = ledger.of([ledger.Source(library.info(doc), library.disclosure(doc), library.report(doc)) for doc in docs])
    return Download(_name(library, docs, "xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", made)


def _facts(library: Library, docs: Sequence[str]) -> Download:
    from service.exports import commas

    return Download(_name(library, docs, "csv"), "text/csv; charset=utf-8", commas.facts([library.disclosure(doc) for doc in docs]))


def _record(library: Library, docs: Sequence[str]) -> Download:
    told = {"documents": [contract.extracted(library.disclosure(doc)) for doc in docs]}
    data = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return Download(_name(library, docs, "json"), "application/json", data)


def _report(library: Library, docs: Sequence[str]) -> Download:
    from service.exports import pictures, report

    infos = [library.info(doc) for doc in docs]
    made = f"mingzhang {version('mingzhang')} · {datetime.now().astimezone():%Y-%m-%d %H:%M}"
    with pictures.of_files({info.digest: library.file(info.doc) for info in infos}, library.settings) as source:
        page = report.html_report([report.Checked(info, library.report(info.doc)) for info in infos], source, made)
    return Download(_name(library, docs, "html", "核对报告"), "text/html; charset=utf-8", page.encode("utf-8", "replace"))


def _name(library: Library, docs: Sequence[str], suffix: str, what: str = "") -> str:
    """A file name that says what it is about; no characters that a file system would refuse."""
    info = library.info(docs[0])
    whole = f"{info.org}{info.year or ''}{wording.KINDS[info.kind]}" if info.org else info.doc
    more = f"等{len(docs)}份" if len(docs) > 1 else ""
    plain = "".join("_" if c in '\\/:*?"<>|' or not c.isprintable() else c for c in f"{whole}{more}{what}")
    return f"{plain[:80]}.{suffix}"
