"""The command line. Imports of the stages stay inside the commands: `mingzhang --help` must not wait for them."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.errors import InputError, MingzhangError
from service.output import Output, ReaderGoneError

if TYPE_CHECKING:
    from service.pipeline import Failed, Progress, Record
    from service.settings import Settings

app = typer.Typer(
    name="mingzhang",
    help="明账：读懂部门预算和决算公开文件，有据回答，逐数核对。"
    " / Reads China's public budget disclosures, answers with the passage that says so, recomputes every figure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="JSON to standard output, as in the contract.")]
Files = Annotated[list[Path], typer.Argument(help="PDF files.", show_default=False)]


def main() -> None:
    """Run the command line; an error that was meant is one line on standard error and its exit status."""
    sys.stdout = Output.standard()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except MingzhangError as error:
        _complain(error)
        sys.exit(error.exit_status)
    except ReaderGoneError:
        sys.exit(0)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="PDFs, text files or folders.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """读入文件，加进资料库。 / Add documents to the library."""
    from service import contract, pipeline

    with _bar("读入 / reading") as progress:
        report = pipeline.ingest(paths, _settings(), progress)
    for failure in report.failed:
        _complain(failure.error)
    if as_json:
        _print({"documents": [contract.document(d.info, d.status) for d in report.documents], "failed": _failures(report.failed)})
    else:
        for item in report.documents:
            info = item.info
            print(f"{_STATUS[item.status]}\t{info.doc}\t{info.title}\t{info.pages} 页\t{info.tables} 张表\t{info.findings} 条核对发现")
    if report.failed and not report.documents:
        raise typer.Exit(2)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.", show_default=False)] = None,
    doc: Annotated[list[str] | None, typer.Option("--doc", help="Only this document; may be repeated.")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSON lines with id, question, doc?, history?.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where the batch's answers go.")] = None,
    as_json: AsJson = False,
) -> None:
    """提问，得到有出处的回答。 / Ask; every figure of the answer is cited or shown as a calculation."""
    from service import contract, pipeline

    if (batch is None) == (question is None) or (batch is None) != (out is None):
        raise InputError("请给出一个问题，或者同时给出 --batch 和 --out", "give one question, or both --batch and --out")
    if batch is not None and out is not None:
        _batch(batch, out)
        return
    asked, docs = _text(question or ""), [_text(name) for name in doc] if doc else None
    if len(asked) > pipeline.LONGEST_QUESTION:
        raise InputError(
            f"问题有 {len(asked)} 字，最多 {pipeline.LONGEST_QUESTION} 字",
            f"the question has {len(asked)} characters, at most {pipeline.LONGEST_QUESTION} are taken",
        )
    settings = _settings()
    _say_if_model_is_unusable(settings)
    answer = pipeline.open_session(settings).ask(asked, docs=docs)
    if as_json:
        _print(contract.answer(answer))
    else:
        from service import terminal

        terminal.answer(answer)


@app.command()
def extract(
    paths: Files,
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the facts as CSV.")] = None,
) -> None:
    """把文件变成结构化的数据。 / Turn documents into structured facts."""
    from service import contract

    records, failed = _read(paths, "抽取 / extracting")
    if csv is not None:
        from service import terminal

        terminal.write_csv([r.disclosure for r in records], csv)
    if as_json:
        _print({"documents": [contract.disclosure(r.disclosure) for r in records], "failed": _failures(failed)})
    elif csv is None:
        from service import terminal

        terminal.disclosures([r.disclosure for r in records])


@app.command()
def check(
    paths: Files,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when an error was found.")] = False,
) -> None:
    """逐数核对。 / Recompute every figure that can be recomputed."""
    from service import contract

    records, failed = _read(paths, "核对 / checking")
    reports = [r.report for r in records]
    if as_json:
        _print({"documents": [contract.report(r) for r in reports], "failed": _failures(failed)})
    else:
        from service import terminal

        terminal.reports(reports)
    if strict and any(f.severity == "error" for r in reports for f in r.findings):
        raise typer.Exit(1)


@app.command()
def tables(path: Annotated[Path, typer.Argument(help="A PDF file.", show_default=False)], as_json: AsJson = False) -> None:
    """读出文件里的表。 / The document's tables."""
    from service import contract, pipeline

    document = pipeline.document(path, _settings())
    if as_json:
        _print(contract.tables(document))
    else:
        from service import terminal

        terminal.tables(document)


@app.command()
def documents(as_json: AsJson = False) -> None:
    """资料库里的文件。 / The library's documents."""
    from service import contract, pipeline

    session = pipeline.open_session(_settings())
    if as_json:
        _print({"documents": [contract.document(info, "unchanged") for info in session.documents()]})
        return
    for info in session.documents():
        print(f"{info.doc}\t{info.title}\t{info.pages} 页\t{info.findings} 条核对发现")


@app.command()
def remove(doc: Annotated[list[str], typer.Argument(help="Names of documents.", show_default=False)]) -> None:
    """从资料库删除文件。 / Remove documents from the library."""
    from service import pipeline

    pipeline.remove([_text(name) for name in doc], _settings())


@app.command()
def reindex() -> None:
    """重建索引（换了向量模型之后必须做）。 / Rebuild the indexes; needed after the embedding changed."""
    from service import pipeline

    with _bar("重建索引 / reindexing") as progress:
        count = pipeline.reindex(_settings(), progress)
    print(f"已重建 {count} 段文字的索引 / rebuilt the indexes of {count} passages", file=sys.stderr)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 7860,
) -> None:
    """打开问答网页。 / The chat page and the HTTP API."""
    from service import pipeline
    from ui import app as page

    settings = _settings()
    _say_if_model_is_unusable(settings)
    session = pipeline.open_session(settings)
    session.warm()
    page.serve(session, host, port, max_mb=settings.max_file_mb)


_STATUS = {"added": "新增", "unchanged": "未变", "replaced": "更新"}


def _settings() -> "Settings":
    from pydantic import ValidationError

    from service import settings

    try:
        return settings.load()
    except ValidationError as error:
        names = "、".join(str(e["loc"][0]) for e in error.errors())
        raise InputError(f"设置不对：{names}（见 README 的设置表）", f"bad settings: {names} (see the README's table)") from error


def _say_if_model_is_unusable(settings: "Settings") -> None:
    if settings.model and not settings.has_model:
        _complain(
            "已设置 MINGZHANG_MODEL，但没有 OPENAI_BASE_URL 或 OPENAI_API_KEY，按离线回答"
            " / MINGZHANG_MODEL is set, but neither OPENAI_BASE_URL nor OPENAI_API_KEY: answering offline"
        )


def _text(argument: str) -> str:
    """An argument as text; bytes that are not UTF-8 come as lone surrogates, which nothing behind this can take."""
    try:
        argument.encode()
    except UnicodeEncodeError as error:
        raise InputError("参数不是 UTF-8 编码的文字", "an argument is not UTF-8 text") from error
    return argument


def _read(paths: list[Path], label: str) -> "tuple[Sequence[Record], Sequence[Failed]]":
    """Read files; each that cannot be read is one line on standard error, and an exit when there is no other."""
    from service import pipeline

    with _bar(label) as progress:
        reading = pipeline.records(paths, _settings(), progress)
    for failure in reading.failed:
        _complain(failure.error)
    if not reading.records:
        raise typer.Exit(2)
    return reading.records, reading.failed


def _batch(source: Path, target: Path) -> None:
    from service import batch, pipeline

    lines = batch.read(source)
    if target.exists() and target.samefile(source):
        raise InputError(f"{target}：--out 与 --batch 是同一个文件", f"{target}: --out and --batch are one file")
    settings = _settings()
    _say_if_model_is_unusable(settings)
    session = pipeline.open_session(settings)
    with _bar("回答 / answering") as progress:
        batch.answer(session, lines, target, progress)


def _failures(failed: "Sequence[Failed]") -> list[dict[str, str]]:
    return [{"path": str(f.path), "error": str(f.error)} for f in failed]


def _print(payload: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(payload, ensure_ascii=False) + "\n")


def _complain(what: object) -> None:
    """One line on standard error; where that is full or closed too, the exit status still tells."""
    with suppress(OSError):
        print(f"mingzhang: {what}", file=sys.stderr)


@contextmanager
def _bar(label: str) -> "Iterator[Progress | None]":
    """A progress bar on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def step(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{label} {name}")

        yield step


if __name__ == "__main__":
    main()
