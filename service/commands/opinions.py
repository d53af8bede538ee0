"""Commands on what people said of answers: `feedback export`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from service.commands import terms

feedback = typer.Typer(name="feedback", help="网页上收到的评价。 / What people said of answers on the page.", no_args_is_help=True)


@feedback.callback()
def _group() -> None:
    """网页上收到的评价。 / What people said of answers on the page."""


@feedback.command()
def export(
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file instead of standard output.")] = None,
) -> None:
    """把评价导出成评测用例（JSON Lines）。 / Opinions as evaluation cases, one JSON object a line."""
    from service import feedback as cases
    from service import pipeline

    with pipeline.open_session(terms.settings()) as session:
        text = cases.lines(cases.cases(session.journal.opinions()))
    if out is None:
        sys.stdout.write(text)
        return
    from service.exports.target import Target

    Target(out, "--out", []).write(text.encode("utf-8", "replace"))
    print(f"已写出 {text.count(chr(10))} 条 / {text.count(chr(10))} cases written: {out}", file=sys.stderr)
