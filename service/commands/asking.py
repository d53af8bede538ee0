"""The command that asks: one question, or a batch of them."""

from pathlib import Path
from typing import Annotated

import typer

from service.commands import terms
from service.commands.terms import AsJson
from service.errors import InputError


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
    asked, docs = terms.text(question or ""), [terms.text(name) for name in doc] if doc else None
    if len(asked) > pipeline.LONGEST_QUESTION:
        raise InputError(
            f"问题有 {len(asked)} 字，最多 {pipeline.LONGEST_QUESTION} 字",
            f"the question has {len(asked)} characters, at most {pipeline.LONGEST_QUESTION} are taken",
        )
    settings = terms.settings()
    terms.say_if_model_is_unusable(settings)
    answer = pipeline.open_session(settings).ask(asked, docs=docs)
    if as_json:
        terms.put(contract.answer(answer))
    else:
        from service import terminal

        terminal.answer(answer)


def _batch(source: Path, target: Path) -> None:
    from service import batch, pipeline

    lines = batch.read(source)
    if target.exists() and target.samefile(source):
        raise InputError(f"{target}：--out 与 --batch 是同一个文件", f"{target}: --out and --batch are one file")
    settings = terms.settings()
    terms.say_if_model_is_unusable(settings)
    session = pipeline.open_session(settings)
    with terms.bar("回答 / answering") as progress:
        batch.answer(session, lines, target, progress)
