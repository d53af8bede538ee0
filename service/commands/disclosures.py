"""Commands on files that need no library: extract, check, tables, schema."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands import terms
from service.commands.terms import AsJson, Files
from service.errors import InputError, MingzhangError, ModelError

if TYPE_CHECKING:
    from service.exports.target import Target
    from service.extraction import Extraction
    from service.pipeline import Record


def extract(
    paths: Files,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the facts as CSV.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write an Excel workbook, findings marked.")] = None,
    engine: Annotated[
        str, typer.Option(help="rules; both: a model reads what the rules could not; llm: the model alone, compared with the rules.")
    ] = "rules",
) -> None:
    """把文件变成结构化的数据。 / Turn documents into structured facts."""
    from service import contract

    if engine not in ("rules", "both", "llm"):
        raise InputError("--engine 只能是 rules、both 或 llm", "--engine is rules, both or llm")
    table, book = _target(csv, "--csv", paths), _target(xlsx, "--xlsx", paths)
    records, failed = terms.read(paths, "抽取 / extracting")
    extractions = {} if engine == "rules" else _by_model(records, engine)
    records = [_extended(r, extractions.get(r.document.digest)) for r in records]
    if table is not None:
        from service.exports import commas

        table.write(commas.facts([r.disclosure for r in records]))
    if book is not None:
        from service.exports import ledger

        files = _files(paths)
        book.write(ledger.of([ledger.Source(r.info, r.disclosure, r.report, files.get(r.info.digest)) for r in records]))
    if as_json:
        by_model = [extractions.get(r.document.digest) for r in records]
        told = [contract.extracted(r.disclosure) if e is None else contract.extraction(e) for r, e in zip(records, by_model, strict=True)]
        terms.put({"documents": told, "failed": terms.failures(failed)})
    elif table is None and book is None:
        from service import terminal

        terminal.disclosures([r.disclosure for r in records])
    if engine != "rules" and len(extractions) < len({r.document.digest for r in records}):
        raise typer.Exit(ModelError.exit_status)


def _by_model(records: "Sequence[Record]", engine: str) -> "dict[str, Extraction]":
    """What a model made of the documents, by digest; one that it could not read is told, and keeps the rules' facts."""
    from service import pipeline, terminal
    from service.extraction import Engine

    done: dict[str, Extraction] = {}
    outcomes = pipeline.extractions(records, Engine(engine), terms.settings(), terms.complain)
    for record, outcome in zip(records, outcomes, strict=True):
        if isinstance(outcome, MingzhangError):
            terms.complain(f"{record.document.doc}：{outcome}")
        else:
            done[record.document.digest] = outcome
    terminal.comparisons(list(done.values()))
    return done


def _extended(record: "Record", made: "Extraction | None") -> "Record":
    return record if made is None else replace(record, disclosure=made.disclosure, report=made.report)


def check(
    paths: Files,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when an error was found.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a report that stands alone, with pictures of the pages.")] = None,
) -> None:
    """逐数核对。 / Recompute every figure that can be recomputed."""
    from service import contract

    page = _target(html, "--html", paths)
    records, failed = terms.read(paths, "核对 / checking")
    if page is not None:
        page.write(_html(records, paths).encode("utf-8", "replace"))
    if as_json:
        terms.put({"documents": [contract.report(r.report) for r in records], "failed": terms.failures(failed)})
    elif page is None:
        from service import terminal_report

        terminal_report.show([(r.document, r.report) for r in records])
    if strict and any(f.severity == "error" for r in records for f in r.report.findings):
        raise typer.Exit(1)


def tables(path: Annotated[Path, typer.Argument(help="A PDF file.", show_default=False)], as_json: AsJson = False) -> None:
    """读出文件里的表。 / The document's tables."""
    from service import contract, pipeline

    document = pipeline.document(path, terms.settings())
    if as_json:
        terms.put(contract.tables(document))
    else:
        from service import terminal

        terminal.tables(document)


def schema() -> None:
    """结构化数据的 JSON 模式。 / The JSON schema of `record` in `extract --json`."""
    from service import contract

    sys.stdout.write(contract.schema())


def _target(path: Path | None, option: str, sources: Sequence[Path]) -> "Target | None":
    """The file that an option names, before anything is read: a bad name is told at once."""
    if path is None:
        return None
    from service.exports.target import Target

    return Target(path, option, [source for source in sources if source.is_file()])


def _html(records: "Sequence[Record]", paths: Sequence[Path]) -> str:
    from datetime import datetime
    from importlib.metadata import version

    from service.exports import pictures, report

    files = _files(paths)
    checked = [report.Checked(r.info, r.report, files[r.info.digest].name if r.info.digest in files else "") for r in records]
    made = f"mingzhang {version('mingzhang')} · {datetime.now().astimezone():%Y-%m-%d %H:%M}"
    with pictures.of_files(files, terms.settings()) as source:
        return report.html_report(checked, source, made)


def _files(paths: Sequence[Path]) -> dict[str, Path]:
    """The files that were read, by the digest of their bytes (two files may share a name)."""
    from service import pipeline
    from service.reading import digest

    found: dict[str, Path] = {}
    for path in paths:
        with suppress(MingzhangError, OSError):  # what could not be read was told when it was read
            found.update({digest.of(file): file for file in pipeline.files([path])})
    return found
