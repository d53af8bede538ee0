"""Every job of the command line and the page, each stage by its name: ingest, ask, extract, check, tables."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from service import answering, library
from service.checks import run as checks
from service.errors import InputError, MingzhangError, NotFoundError
from service.facts import rules as facts
from service.library import Library
from service.reading import document as reading
from service.reading import plain
from service.records import Answer, Box, CheckReport, Disclosure, Document, DocumentInfo, Finding, Passage
from service.search import embedding, index, passages, retrieve
from service.settings import Settings

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, name of the file just done)."""

ALONE = 3
"""Up to so many files are read in this process: starting workers costs more than they save."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is derived from one file."""

    document: Document
    disclosure: Disclosure
    report: CheckReport
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that is in the library, and whether it was added, unchanged or replaced."""

    info: DocumentInfo
    status: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read."""

    path: Path
    error: MingzhangError


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did."""

    documents: tuple[Ingested, ...]
    failed: tuple[Failed, ...]


def record(path: Path, settings: Settings, doc: str | None = None) -> Record:
    """Read a file, extract its facts, check them, and cut it into passages. Needs no library.

    Raises:
        InputError: the file cannot be read; the subclass says why.
    """
    document = reading.read(path, settings, doc)
    disclosure = facts.read(document)
    report = checks.check(document, disclosure)
    return Record(document, disclosure, report, tuple(passages.cut(document)))


def files(paths: Sequence[Path]) -> list[Path]:
    """The PDFs and text files under files and folders, each once, in order.

    Raises:
        NotFoundError: a path does not exist, or a folder holds nothing to read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
            if not inside:
                raise NotFoundError(f"{path}：文件夹里没有 PDF", f"{path}: no PDF in this folder")
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            raise NotFoundError(f"{path}：没有这个文件或文件夹", f"{path}: no such file or folder")
    return list(found)
