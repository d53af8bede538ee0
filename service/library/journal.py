"""Answers that were given and what people said of them, in SQL beside the documents.

No writers' lock: nothing here is indexed, so that a long ingestion keeps nobody from answering or from an opinion.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Column, Connection, Engine, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from service.errors import NotFoundError
from service.library import schema
from service.library.packing import Packing
from service.records import Answer

KEY_LENGTH = 24
"""Hexadecimal digits of an answer's key: 96 bits, which nobody guesses and which fit in a line."""
LONGEST_COMMENT = 2000
"""Characters of a comment that are kept."""

_ANSWER: Packing[Answer] = Packing(Answer)
_metadata = MetaData()

_answers = Table(
    "answers",
    _metadata,
    Column("key", String(KEY_LENGTH), primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("sources", Text, nullable=False),
    Column("history", Text, nullable=False),
    Column("prompt", String(64), nullable=False),
    Column("made", String(40), nullable=False),
)
"""`sources`: JSON list of [document, digest of its bytes]. `prompt`: digest of the wording, or of the program, that made it."""

_opinions = Table(
    "opinions",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(KEY_LENGTH), ForeignKey("answers.key"), nullable=False, index=True),
    Column("good", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Column("made", String(40), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given. `sources` are (document, SHA-256 of its bytes) of what it was asked of, then of what it cites."""

    answer: Answer
    sources: tuple[tuple[str, str], ...]
    history: tuple[tuple[str, str], ...]
    prompt: str
    made: str = ""
    """When, in UTC, ISO 8601."""

    @property
    def key(self) -> str:
        """Names the answer for good: of the documents' bytes, the question and what came before it, the prompt, and the text."""
        told = [sorted(self.sources), self.answer.question, list(self.history), self.prompt, self.answer.engine.value, self.answer.answer]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of an answer."""

    id: int
    key: str
    good: bool
    comment: str
    made: str


class Journal:
    """The answers and opinions of one library."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self._engine = engine
        self._home = home
        self._ready = False
        self._guard = Lock()

    def keep(self, kept: Kept) -> str:
        """Keep an answer; the same one twice is kept once.

        Returns:
            Its key.

        Raises:
            StorageError: it cannot be written.
        """
        values = {
            "key": kept.key,
            "question": kept.answer.question,
            "answer": _ANSWER.pack(kept.answer),
            "sources": json.dumps(kept.sources, ensure_ascii=False),
            "history": json.dumps(kept.history, ensure_ascii=False),
            "prompt": kept.prompt,
            "made": kept.made or _now(),
        }
        with self._open() as db:
            if db.execute(select(_answers.c.key).where(_answers.c.key == kept.key)).first() is None:
                _put_once(db, values)
        return kept.key

    def kept(self, key: str) -> Kept:
        """The answer of a key.

        Raises:
            NotFoundError: there is none.
        """
        with self._open() as db:
            row = db.execute(select(_answers).where(_answers.c.key == key)).one_or_none()
        if row is None:
            raise NotFoundError("没有这个回答，链接可能不完整", f"no answer {key[:KEY_LENGTH]!r}")
        sources = tuple((doc, digest) for doc, digest in json.loads(row.sources))
        history = tuple((question, answer) for question, answer in json.loads(row.history))
        return Kept(_ANSWER.unpack(row.answer), sources, history, row.prompt, row.made)

    def judge(self, key: str, good: bool, comment: str = "", opinion: int | None = None) -> int:
        """Store what somebody thought of an answer, or change it.

        Args:
            key: of the answer.
            good: whether it was right.
            comment: why, cut at `LONGEST_COMMENT`.
            opinion: the number that storing it gave, to change it.

        Returns:
            The opinion's number.

        Raises:
            NotFoundError: there is no such answer.
        """
        values = {"key": key, "good": int(good), "comment": comment.strip()[:LONGEST_COMMENT], "made": _now()}
        self.kept(key)
        with self._open() as db:
            if opinion is not None:
                mine = (_opinions.c.id == opinion) & (_opinions.c.key == key)
                if db.execute(update(_opinions).where(mine).values(values)).rowcount:
                    return opinion
            made = db.execute(_opinions.insert().values(values)).inserted_primary_key
        return int(made[0]) if made else 0

    def opinions(self) -> Sequence[tuple[Opinion, Kept]]:
        """Every opinion with its answer, oldest first."""
        with self._open() as db:
            found = db.execute(select(_opinions).order_by(_opinions.c.id)).all()
        return [(Opinion(row.id, row.key, bool(row.good), row.comment, row.made), self.kept(row.key)) for row in found]

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        """A transaction; the tables are made when they are first needed, since older libraries have none."""
        with schema.failures(self._home), self._engine.begin() as db:
            with self._guard:
                if not self._ready:
                    for table in _metadata.sorted_tables:
                        db.execute(CreateTable(table, if_not_exists=True))
                    self._ready = True
            yield db


def _put_once(db: Connection, values: Mapping[str, object]) -> None:
    """Insert an answer that another process may just have kept."""
    try:
        with db.begin_nested():
            db.execute(_answers.insert().values(values))
    except IntegrityError:  # kept by another process since we looked: the same content under the same key
        return


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
