"""The command line. Imports of the stages stay inside the commands: `mingzhang --help` must not wait for them."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.errors import InputError, MingzhangError

if TYPE_CHECKING:
    from service.pipeline import Progress
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
    try:
        app()
    except MingzhangError as error:
        print(f"mingzhang: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:
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
        print(f"mingzhang: {failure.error}", file=sys.stderr)
    if as_json:
        _print(
            {
                "documents": [contract.document(d.info, d.status) for d in report.documents],
                "failed": [{"path": str(f.path), "error": str(f.error)} for f in report.failed],
            }
        )
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
    session = pipeline.open_session(_settings())
    if batch is not None and out is not None:
        _batch(session, batch, out)
        return
    answer = session.ask(question or "", docs=doc)
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
    from service import contract, pipeline

    with _bar("抽取 / extracting") as progress:
        records = pipeline.records(paths, _settings(), progress)
    if csv is not None:
        from service import terminal

        terminal.write_csv([r.disclosure for r in records], csv)
    if as_json:
        _print({"documents": [contract.disclosure(r.disclosure) for r in records]})
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
    from service import contract, pipeline

    with _bar("核对 / checking") as progress:
        records = pipeline.records(paths, _settings(), progress)
    reports = [r.report for r in records]
    if as_json:
        _print({"documents": [contract.report(r) for r in reports]})
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

    pipeline.remove(doc, _settings())


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


def _print(payload: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(payload, ensure_ascii=False) + "\n")


def _batch(session: Any, source: Path, target: Path) -> None:  # noqa: ANN401 - pipeline.Session, kept out of the start
    """Answer every line of a batch; an unusable line is an error before anything is written."""
    from service import contract

    lines = _lines(source)
    with _bar("回答 / answering") as progress:
        done = []
        for number, line in enumerate(lines, 1):
            docs = [line["doc"]] if isinstance(line.get("doc"), str) else line.get("doc")
            history = [(pair[0], pair[1]) for pair in line.get("history") or ()]
            answer = session.ask(line["question"], docs=docs, history=history)
            done.append(json.dumps({"id": line["id"], **contract.answer(answer)}, ensure_ascii=False))
            if progress is not None:
                progress(number, len(lines), str(line["id"]))
    try:
        target.write_text("\n".join(done) + "\n", "utf-8")
    except OSError as error:
        raise InputError(f"{target}：写不进去（{error.strerror}）", f"{target}: cannot be written ({error.strerror})") from error


def _lines(source: Path) -> list[dict[str, Any]]:
    if not source.is_file():
        raise InputError(f"{source}：没有这个文件", f"{source}: no such file")
    lines = []
    for number, text in enumerate(source.read_text("utf-8").splitlines(), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            lines.append({**line, "id": line["id"], "question": str(line["question"])})
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(
                f"{source} 第 {number} 行：不是带 id 和 question 的 JSON 对象",
                f"{source} line {number}: not a JSON object with id and question",
            ) from error
    return lines


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
