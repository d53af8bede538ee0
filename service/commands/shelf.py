"""Commands on the library: ingest, documents, remove, reindex, and the page that serves it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from service.commands import terms
from service.commands.terms import AsJson

_STATUS = {"added": "新增", "unchanged": "未变", "replaced": "更新"}


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="PDFs, text files or folders.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """读入文件，加进资料库。 / Add documents to the library."""
    from service import contract, pipeline

    with terms.bar("读入 / reading") as progress:
        report = pipeline.ingest(paths, terms.settings(), progress)
    for failure in report.failed:
        terms.complain(failure.error)
    if as_json:
        terms.put({"documents": [contract.document(d.info, d.status) for d in report.documents], "failed": terms.failures(report.failed)})
    else:
        for item in report.documents:
            info = item.info
            print(f"{_STATUS[item.status]}\t{info.doc}\t{info.title}\t{info.pages} 页\t{info.tables} 张表\t{info.findings} 条核对发现")
    if report.failed and not report.documents:
        raise typer.Exit(2)


def documents(as_json: AsJson = False) -> None:
    """资料库里的文件。 / The library's documents."""
    from service import contract, pipeline

    session = pipeline.open_session(terms.settings())
    if as_json:
        terms.put({"documents": [contract.document(info, "unchanged") for info in session.documents()]})
        return
    for info in session.documents():
        print(f"{info.doc}\t{info.title}\t{info.pages} 页\t{info.findings} 条核对发现")


def remove(doc: Annotated[list[str], typer.Argument(help="Names of documents.", show_default=False)]) -> None:
    """从资料库删除文件。 / Remove documents from the library."""
    from service import pipeline

    pipeline.remove([terms.text(name) for name in doc], terms.settings())


def reindex() -> None:
    """重建索引（换了向量模型之后必须做）。 / Rebuild the indexes; needed after the embedding changed."""
    from service import pipeline

    with terms.bar("重建索引 / reindexing") as progress:
        count = pipeline.reindex(terms.settings(), progress)
    print(f"已重建 {count} 段文字的索引 / rebuilt the indexes of {count} passages", file=sys.stderr)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 7860,
) -> None:
    """打开问答网页。 / The chat page and the HTTP API."""
    from service import pipeline
    from ui import app as page

    settings = terms.settings()
    terms.say_if_model_is_unusable(settings)
    session = pipeline.open_session(settings)
    session.warm()
    page.serve(session, host, port, max_mb=settings.max_file_mb)
