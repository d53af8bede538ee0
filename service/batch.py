"""A file of questions, one JSON object a line → a file of answers that appears whole or, after a failure, beside its name."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StrictInt, StrictStr, ValidationError

from service import contract
from service.errors import InputError, MingzhangError, NotFoundError, StorageError, UnknownDocumentError
from service.pipeline import LONGEST_QUESTION, Progress, Session

_EXPECTED = {
    "id": ("应是文字或整数", "must be text or a whole number"),
    "question": (f"应是 1 到 {LONGEST_QUESTION} 字的文字", f"must be text of 1 to {LONGEST_QUESTION} characters"),
    "doc": ("应是文件名，或文件名的列表", "must be a document's name or a list of names"),
    "history": ("应是 [问题, 回答] 的列表", "must be a list of [question, answer]"),
}


def _spoken(text: str) -> str:
    """The text, if it holds more than white space."""
    if not text.strip():
        raise ValueError("blank")
    return text


class Line(BaseModel):
    """One question of a batch. Further fields are let be: suites keep their own beside these."""

    id: StrictStr | StrictInt
    question: Annotated[str, Field(max_length=LONGEST_QUESTION), AfterValidator(_spoken)]
    doc: str | list[str] | None = None
    history: list[tuple[str, str]] | None = None

    @property
    def docs(self) -> list[str] | None:
        """The documents named, or None for all."""
        return [self.doc] if isinstance(self.doc, str) else self.doc


def read(source: Path) -> dict[int, Line]:
    """Read a batch: UTF-8 (with or without a byte order mark), one object a line, lines ended by a line feed.

    Returns:
        The questions by line number, from 1; blank lines are left out.

    Raises:
        NotFoundError: no such file.
        InputError: it cannot be read, is not UTF-8, or a line is unusable; the message has the line's number.
    """
    try:
        data = source.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"{source}：没有这个文件", f"{source}: no such file") from error
    except OSError as error:
        raise InputError(f"{source}：读不了（{error.strerror}）", f"{source}: cannot be read ({error.strerror})") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind a byte order mark; a mark holds no line feed, so that the line's number is right.
        number = error.object[: error.start].count(b"\n") + 1
        raise _unusable(source, number, ("不是 UTF-8 编码", "not UTF-8")) from error
    # Not splitlines: U+2028 and its kind may stand raw inside a JSON string.
    return {number: _line(source, number, one) for number, one in enumerate(text.split("\n"), 1) if one.strip()}


def answer(session: Session, lines: Mapping[int, Line], target: Path, progress: Progress | None = None) -> None:
    """Answer a batch into a file, in its order.

    Each answer is on the disk before the next question is asked, in a file beside `target` (its name with ".part") that takes
    `target`'s place at the end. After a failure the answers made so far stay there, and the message says so.

    Args:
        session: the open library.
        lines: by line number, as `read` gives them.
        target: where the answers go; a device or a pipe is written directly.
        progress: called after each answer with the id.

    Raises:
        UnknownDocumentError: a line names a document that the library does not hold; nothing was asked.
        InputError: `target` is a folder, or lies in none; nothing was asked.
        StorageError: `target` cannot be written, or the disk is full.
    """
    _check_docs(session, lines)
    with _sheet(target) as write:
        for done, line in enumerate(lines.values(), 1):
            made = session.ask(line.question, docs=line.docs, history=line.history or ())
            write({"id": line.id, **contract.answer(made)})
            if progress is not None:
                progress(done, len(lines), str(line.id))


def _line(source: Path, number: int, text: str) -> Line:
    try:
        return Line.model_validate_json(text)
    except ValidationError as error:
        place = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
        if not place:
            what = ("不是带 id 和 question 的 JSON 对象", "not a JSON object with id and question")
        else:
            zh, en = _EXPECTED[str(place[0])]
            what = (f"{place[0]} {zh}", f"{place[0]} {en}")
        raise _unusable(source, number, what) from error


def _unusable(source: Path, number: int, what: tuple[str, str]) -> InputError:
    return InputError(f"{source} 第 {number} 行：{what[0]}", f"{source} line {number}: {what[1]}")


def _check_docs(session: Session, lines: Mapping[int, Line]) -> None:
    for number, line in lines.items():
        for doc in line.docs or ():
            try:
                session.page_count(doc)
            except UnknownDocumentError as error:
                raise UnknownDocumentError(f"第 {number} 行：{error.zh}", f"line {number}: {error.en}") from error


@contextmanager
def _sheet(target: Path) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Where the answers go; gives the function that writes one."""
    path = _beside(target)
    with _failures(target):
        file = path.open("w", encoding="utf-8", errors="replace", newline="\n")
    written = 0

    def write(made: dict[str, Any]) -> None:
        nonlocal written
        with _failures(target):
            file.write(json.dumps(made, ensure_ascii=False) + "\n")
            file.flush()
        written += 1

    try:
        yield write
        with _failures(target):
            file.close()
            if path != target:
                path.replace(target.resolve())
    except MingzhangError as error:
        with suppress(OSError):  # the error that is told is the first one
            file.close()
            if path != target and not written:
                path.unlink()
        if path == target or not written:
            raise
        raise type(error)(
            f"{error.zh}；已有 {written} 条回答，在 {path}", f"{error.en}; the {written} answers so far are in {path}"
        ) from error
    finally:
        with suppress(OSError):
            file.close()


def _beside(target: Path) -> Path:
    """The file to write: one beside the target, in the folder that its name leads to, or the target itself if it is a device."""
    if target.is_dir():
        raise InputError(f"{target}：是文件夹，--out 要一个文件", f"{target}: a folder; --out wants a file")
    if target.exists() and not target.is_file():
        return target
    real = target.resolve()
    if not real.parent.is_dir():
        raise InputError(f"{target}：没有文件夹 {real.parent}", f"{target}: no folder {real.parent}")
    if real.exists() and not os.access(real, os.W_OK):
        raise StorageError(f"{target}：写不进去（只读）", f"{target}: cannot be written (read-only)")
    return real.with_name(f"{real.name}.part")


@contextmanager
def _failures(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"{target}：写不进去（{error.strerror}）", f"{target}: cannot be written ({error.strerror})") from error
