"""A folder of gold (JSON Lines, as docs/evaluation/cases.md describes) → validated records, every bad line named by file and number."""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from service.errors import InputError, NotFoundError

KINDS = ("lookup", "why", "compare", "list", "derive", "definition", "table", "crossdoc", "refuse", "followup")
"""Kinds of question."""

Kind = Literal["lookup", "why", "compare", "list", "derive", "definition", "table", "crossdoc", "refuse", "followup"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _as_decimal(text: str) -> str:
    """The text, if it prints a decimal."""
    try:
        Decimal(text.replace(",", ""))
    except ArithmeticError as error:
        raise ValueError(f"{text!r} is no decimal") from error
    return text


Printed = Annotated[str, AfterValidator(_as_decimal)]
"""A figure as printed: a decimal string, thousands separators allowed."""


class _Line(BaseModel):
    """A line of a gold file. Fields that we do not know are let be: other tools may keep their own beside these."""

    model_config = ConfigDict(frozen=True)


class Amount(_Line):
    """A figure with its unit; the unit is empty where none is printed."""

    value: Printed
    unit: str


class Said(_Line):
    """A figure, or a word, that a finding states."""

    value: str | None = None
    unit: str | None = None


class Piece(_Line):
    """Strings that must all stand in one cited quote; `doc` where the question is about several documents."""

    section: str = ""
    contains: tuple[Text, ...] = ()
    doc: str | None = None


def _figures(value: object) -> object:
    """Bare strings are figures without unit."""
    return [{"value": v, "unit": ""} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


class Question(_Line):
    """A question and what a right answer to it holds."""

    id: Text
    doc: str | tuple[str, ...]
    question: Text
    kind: Kind
    figures: tuple[Amount, ...] = ()
    mentions: tuple[tuple[Text, ...], ...] = ()
    evidence: tuple[Piece, ...] = ()
    refuse: bool = False
    premise: Literal["", "false"] = ""
    allow_figures: Annotated[tuple[Amount, ...], BeforeValidator(_figures)] = ()
    history: tuple[tuple[str, str], ...] = ()
    note: str = ""
    draft: bool = False
    """What is right is still to be written, as of a bad opinion from the page: passed over, and counted."""

    @property
    def docs(self) -> tuple[str, ...]:
        """The documents it is about."""
        return (self.doc,) if isinstance(self.doc, str) else self.doc

    @property
    def every(self) -> bool:
        """Whether all pieces of evidence must be shown, not any one: questions across documents."""
        return self.kind == "crossdoc"

    @model_validator(mode="after")
    def _answerable(self) -> "Question":
        if not self.draft and not self.refuse and not (self.figures or self.mentions):
            raise ValueError("a question that can be answered needs figures or mentions")
        return self


class Fact(_Line):
    """A figure that a document prints. The measure 原因 is a reason, not a figure."""

    doc: Text
    item: Text
    code: str | None = None
    measure: Text
    value: str
    unit: str
    source: Literal["text", "table"]
    where: str = ""
    column: str | None = None
    year: int | None = None

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure."""
        return self.measure != "原因"


class Finding(_Line):
    """A contradiction that a document holds. Findings of one `group` have one cause and count once."""

    id: Text
    doc: Text
    kind: Annotated[str, Field(alias="class")]
    severity: Literal["error", "rounding", "suspicious"]
    stated: Said | None = None
    expected: Said | None = None
    where: str = ""
    contains: tuple[Text, ...] = ()
    explain: str = ""
    group: str | None = None

    @property
    def cause(self) -> tuple[str, str, str]:
        """What counts once: severity, document, group or own id."""
        return self.severity, self.doc, self.group or self.id


class Clean(_Line):
    """A check that holds in a document: the checker stays silent on it."""

    doc: Text
    check: Text
    where: str = ""


Record = TypeVar("Record", bound=_Line)


class Gold(_Line):
    """All that a folder holds. A file that is not there is an empty tuple."""

    folder: Path
    questions: tuple[Question, ...] = ()
    drafts: tuple[str, ...] = ()
    """Ids of the questions that are still drafts and in no suite."""
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    clean: tuple[Clean, ...] = ()
    tables: dict[str, tuple[tuple[str, ...], ...]] = {}
    """By document: rows, non-empty cells in order."""
    digest: str = ""
    """SHA-256 over the files read."""

    @property
    def docs(self) -> tuple[str, ...]:
        """Every document that it speaks of, sorted."""
        named = {d for q in self.questions for d in q.docs}
        stated = {f.doc for f in self.facts} | {f.doc for f in self.findings} | {c.doc for c in self.clean}
        return tuple(sorted(named | stated | set(self.tables)))


def load(folder: Path) -> Gold:
    """Read a gold folder.

    Args:
        folder: holds any of questions.jsonl, facts.jsonl, findings.jsonl (or planted.jsonl), clean.jsonl, tables/DOC.json.

    Raises:
        NotFoundError: there is no such folder, or none of the files is in it.
        InputError: a line does not fit; the message has file, line number and field.
    """
    if not folder.is_dir():
        raise NotFoundError(f"{folder}：没有这个金标文件夹", f"{folder}: no such gold folder")
    digest = hashlib.sha256()
    findings, asked = folder / "findings.jsonl", folder / "questions.jsonl"
    questions = _unique(asked, tuple(_read(asked, Question, digest)))
    made = Gold(
        folder=folder,
        questions=tuple(q for q in questions if not q.draft),
        drafts=tuple(q.id for q in questions if q.draft),
        facts=tuple(_read(folder / "facts.jsonl", Fact, digest)),
        findings=tuple(_read(findings if findings.exists() else folder / "planted.jsonl", Finding, digest)),
        clean=tuple(_read(folder / "clean.jsonl", Clean, digest)),
        tables=dict(_tables(folder / "tables", digest)),
    )
    if not made.docs and made.drafts:
        raise InputError(
            f'{asked}：{len(made.drafts)} 题都是草稿（"draft": true），补上 figures 或 mentions 再把 draft 改成 false',
            f"{asked}: all {len(made.drafts)} questions are drafts: add figures or mentions and set draft to false",
        )
    if not made.docs:
        raise NotFoundError(
            f"{folder}：没有 questions.jsonl、facts.jsonl、findings.jsonl、clean.jsonl 或 tables/",
            f"{folder}: holds none of questions.jsonl, facts.jsonl, findings.jsonl, clean.jsonl, tables/",
        )
    return made.model_copy(update={"digest": digest.hexdigest()})


def _read(path: Path, form: type[Record], digest: "hashlib._Hash") -> Iterator[Record]:
    if not path.exists():
        return
    data = path.read_bytes()
    digest.update(path.name.encode() + data)
    for number, line in enumerate(_text(path, data).split("\n"), 1):
        if line.strip():
            try:
                yield form.model_validate_json(line)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                field = ".".join(str(part) for part in first["loc"]) or "JSON"
                raise InputError(
                    f"{path} 第 {number} 行：{field} 不对（{first['msg']}）", f"{path} line {number}: {field}: {first['msg']}"
                ) from error


def _text(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}：不是 UTF-8 编码", f"{path}: not UTF-8") from error


def _unique(path: Path, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise InputError(f"{path}：编号 {question.id} 出现两次", f"{path}: the id {question.id} is used twice")
        seen.add(question.id)
    return questions


def _tables(folder: Path, digest: "hashlib._Hash") -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    for path in sorted(folder.glob("*.json")):
        data = path.read_bytes()
        digest.update(path.name.encode() + data)
        try:
            rows = json.loads(_text(path, data))
        except json.JSONDecodeError as error:
            raise InputError(f"{path}：不是 JSON（{error}）", f"{path}: not JSON ({error})") from error
        if not isinstance(rows, list) or not all(isinstance(r, list) and all(isinstance(c, str) for c in r) for r in rows):
            raise InputError(f"{path}：应是行的列表，每行是文字的列表", f"{path}: must be a list of rows, each a list of texts")
        yield path.stem, tuple(tuple(row) for row in rows)
