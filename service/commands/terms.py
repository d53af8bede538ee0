"""What the commands share: their common options, settings, progress, messages and machine-readable output."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.errors import InputError

if TYPE_CHECKING:
    from service.pipeline import Failed, Progress, Record
    from service.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="JSON to standard output, as in the contract.")]
Files = Annotated[list[Path], typer.Argument(help="PDF files or folders.", show_default=False)]


def settings() -> "Settings":
    """The settings of this process.

    Raises:
        InputError: one of them has a value that cannot be.
    """
    from pydantic import ValidationError

    from service import settings

    try:
        return settings.load()
    except ValidationError as error:
        names = "、".join(str(e["loc"][0]) for e in error.errors())
        raise InputError(f"设置不对：{names}（见 README 的设置表）", f"bad settings: {names} (see the README's table)") from error


def say_if_model_is_unusable(settings: "Settings") -> None:
    """Tell once that a model is named without a server."""
    if settings.model and not settings.has_model:
        complain(
            "已设置 MINGZHANG_MODEL，但没有 OPENAI_BASE_URL 或 OPENAI_API_KEY，按离线回答"
            " / MINGZHANG_MODEL is set, but neither OPENAI_BASE_URL nor OPENAI_API_KEY: answering offline"
        )


def text(argument: str) -> str:
    """An argument as text.

    Raises:
        InputError: it is not UTF-8: such bytes come as lone surrogates, which nothing behind this can take.
    """
    try:
        argument.encode()
    except UnicodeEncodeError as error:
        raise InputError("参数不是 UTF-8 编码的文字", "an argument is not UTF-8 text") from error
    return argument


def read(paths: list[Path], label: str) -> "tuple[Sequence[Record], Sequence[Failed]]":
    """Read files; each that cannot be read is one line on standard error, and an exit when there is no other."""
    from service import pipeline

    with bar(label) as progress:
        reading = pipeline.records(paths, settings(), progress)
    for failure in reading.failed:
        complain(failure.error)
    if not reading.records:
        raise typer.Exit(2)
    return reading.records, reading.failed


def failures(failed: "Sequence[Failed]") -> list[dict[str, str]]:
    """Files that could not be read, as in the contract."""
    return [{"path": str(f.path), "error": str(f.error)} for f in failed]


def put(payload: dict[str, Any]) -> None:
    """One JSON object to standard output."""
    sys.stdout.write(json.dumps(payload, ensure_ascii=False) + "\n")


def complain(what: object) -> None:
    """One line on standard error; where that is full or closed too, the exit status still tells."""
    with suppress(OSError):
        print(f"mingzhang: {what}", file=sys.stderr)


@contextmanager
def bar(label: str) -> "Iterator[Progress | None]":
    """A progress bar on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(label, total=None)

        def step(done: int, total: int, name: str) -> None:
            shown.update(task, completed=done, total=total, description=f"{label} {name}")

        yield step
