"""How well passages are found: `python -m evals.retrieval --gold DIR --corpus DIR [--home DIR]`.

Prints recall@1, 5 and 8, MRR, nDCG@10 and times over the answerable questions of `questions.jsonl`, for three scopes: the whole
library, the documents that the plan resolves (body, year, statement), and the document known. The named alternative in the same
run is plain BM25 over character bigrams of 500-character pieces of the pages' text, without any of our structure; `facts first` is
what an answer is made from: the facts that the rules choose, then passages. A result counts where it holds every string of one piece
of evidence; nDCG's ideal order is that of the results found. `R@5 twins` also counts the same strings in another document: half of
the questions name no body, and some documents are held twice.
"""

import argparse
import json
import math
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from service import pipeline
from service.answering import bodies, plan, quoting, refusing, respond
from service.records import DocumentInfo
from service.settings import Settings
from service.text import normal

PIECE = 500
"""Characters of a piece of the alternative."""
K1, B = 1.2, 0.75
"""BM25's usual constants. Source: Robertson, Zaragoza, Foundations and Trends in IR 2009."""
RECALLED = 5
DEEP = 20
"""So many results are looked at."""
NAMED = "whole library, body named"
SCOPES = ("whole library", "as the plan resolves", "document known")


@dataclass(frozen=True, slots=True)
class Question:
    """An answerable question: its documents, and the strings that each piece of evidence holds."""

    id: str
    """As in the gold."""
    text: str
    docs: tuple[str, ...]
    evidence: tuple[tuple[str | None, tuple[str, ...]], ...]
    every: bool
    """All pieces of evidence are needed (questions across documents), not any one."""
    history: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something found: its document and what it prints (normal form)."""

    doc: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Of one question: rank (from 1) at which the evidence is complete, of its first piece (None: not found), nDCG@10, seconds."""

    rank: int | None
    elsewhere: int | None
    """The same where any document will do."""
    first: int | None
    gain: float
    seconds: float


Find = Callable[[Question, str, Sequence[str] | None], list[Piece]]
"""A question, the words that passages are searched by, and the documents that are searched (None: all)."""


def main() -> None:
    """Measure and print."""
    given = arguments(__doc__)
    with library(given) as session:
        session.warm()
        asked = list(questions(given.gold))
        ways: dict[str, Find] = {
            "mingzhang": partial(_found, session),
            "mingzhang, facts first": partial(_gathered, session),
            "BM25, 500-character pieces": Plain(session).find,
        }
        named = [q for q in asked if _names_body(q, session)]
        table = Table(
            "way",
            "scope",
            "n",
            "R@1",
            "R@5",
            "R@5 twins",
            "R@8",
            "MRR",
            "nDCG@10",
            "p50 ms",
            "p95 ms",
            title=f"{given.gold} in {len(session.documents())} documents",
        )
        for way, find in ways.items():
            for scope in SCOPES:
                table.add_row(way, scope, *_summary([_score(q, find, *_scope(q, scope, session)) for q in asked]))
            table.add_row(way, NAMED, *_summary([_score(q, find, *_scope(q, SCOPES[0], session)) for q in named]))
        Console(width=170).print(table)


def arguments(about: str) -> argparse.Namespace:
    """What a measurement over a library is told on the command line: `gold`, `corpus` and `home`.

    Args:
        about: what it measures.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--home", type=Path, help="a library that holds the corpus already")
    return parser.parse_args()


@contextmanager
def library(given: argparse.Namespace) -> Iterator[pipeline.Session]:
    """The library of the arguments, or one made of the corpus for as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="mingzhang-eval-") as folder:
        settings = Settings(home=given.home or Path(folder), model=None, embedding_model=None)
        if given.home is None:
            pipeline.ingest([given.corpus], settings)
        with pipeline.open_session(settings) as session:
            yield session


def questions(gold: Path) -> Iterator[Question]:
    """The questions of `questions.jsonl` that have evidence."""
    for line in (gold / "questions.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        evidence = tuple(
            (e.get("doc"), tuple(normal(s).replace("|", "") for s in e["contains"])) for e in case.get("evidence", []) if e["contains"]
        )
        if case.get("refuse") or case.get("draft") or not evidence:
            continue
        docs = (case["doc"],) if isinstance(case["doc"], str) else tuple(case["doc"])
        history = tuple((a, b) for a, b in case.get("history", []))
        yield Question(str(case["id"]), case["question"], docs, evidence, case["kind"] == "crossdoc", history)


def _scope(question: Question, scope: str, session: pipeline.Session) -> tuple[str, list[str] | None]:
    """What is searched for, and in which documents (None: in all)."""
    if scope == SCOPES[0]:
        return question.text, None
    if scope == SCOPES[2]:
        return question.text, list(question.docs)
    # Where the question names no body, a citizen has picked the document: it is the line's.
    every = (
        [info for info in session.documents() if info.doc in question.docs] if not _names_body(question, session) else session.documents()
    )
    read = plan.read(question.text, every, partial(_names, session=session), question.history)
    chosen: Sequence[DocumentInfo] = refusing.scope(read, lambda: every).documents
    return quoting.searched(read), [info.doc for info in chosen] or list(question.docs)


def _names_body(question: Question, session: pipeline.Session) -> bool:
    return bodies.choose(question.text, session.documents()).named


def _names(documents: Sequence[DocumentInfo], session: pipeline.Session) -> list[str]:
    return list(dict.fromkeys(fact.item for info in documents for fact in session.facts(info.doc)))


def _found(session: pipeline.Session, _: Question, text: str, docs: Sequence[str] | None) -> list[Piece]:
    hits = session.find(text, docs, DEEP)
    return [Piece(hit.passage.doc, normal(hit.passage.text + hit.passage.quote).replace("|", "")) for hit in hits]


def _gathered(session: pipeline.Session, question: Question, _: str, docs: Sequence[str] | None) -> list[Piece]:
    infos = tuple(info for info in session.documents() if docs is None or info.doc in docs)
    found = respond.evidence(respond.Request(question.text, infos, question.history), session)
    return [Piece(e.doc, normal(f"{e.head}{e.section}{e.place.quote}").replace("|", "")) for e in found][:DEEP]


class Plain:
    """Plain BM25 over bigrams of pieces of the pages' text."""

    def __init__(self, session: pipeline.Session) -> None:
        """Index every document of the library."""
        self._pieces: list[Piece] = []
        self._counts: list[Counter[str]] = []
        self._posting: dict[str, list[int]] = defaultdict(list)
        for info in session.documents():
            text = normal("".join(line.text for page in range(1, info.pages + 1) for line in session.page_lines(info.doc, page)))
            for start in range(0, len(text), PIECE):
                self._add(Piece(info.doc, text[start : start + PIECE]))
        self._mean = sum(sum(c.values()) for c in self._counts) / max(1, len(self._counts))

    def _add(self, piece: Piece) -> None:
        counts = Counter(a + b for a, b in pairwise(piece.text))
        for word in counts:
            self._posting[word].append(len(self._pieces))
        self._pieces.append(piece)
        self._counts.append(counts)

    def find(self, _: Question, text: str, docs: Sequence[str] | None) -> list[Piece]:
        """The pieces nearest to a question, best first; only of `docs` where given."""
        scores: Counter[int] = Counter()
        for word in {a + b for a, b in pairwise(normal(text))}:
            holders = self._posting.get(word, [])
            weight = math.log(1 + (len(self._pieces) - len(holders) + 0.5) / (len(holders) + 0.5))
            for number in holders:
                if docs is None or self._pieces[number].doc in docs:
                    times, length = self._counts[number][word], sum(self._counts[number].values())
                    scores[number] += weight * times * (K1 + 1) / (times + K1 * (1 - B + B * length / self._mean))  # type: ignore[assignment]
        return [self._pieces[number] for number, _ in scores.most_common(DEEP)]


def _score(question: Question, find: Find, text: str, docs: Sequence[str] | None) -> Score:
    begun = time.perf_counter()
    found = find(question, text, docs)
    seconds = time.perf_counter() - begun
    ranks = [
        next((n for n, piece in enumerate(found, 1) if _holds(piece, doc, strings, question)), None) for doc, strings in question.evidence
    ]
    known = [rank for rank in ranks if rank is not None]
    complete = (max(known) if len(known) == len(ranks) else None) if question.every else min(known, default=None)
    anywhere = [next((n for n, p in enumerate(found, 1) if all(s in p.text for s in strings)), None) for _, strings in question.evidence]
    seen = [rank for rank in anywhere if rank is not None]
    elsewhere = (max(seen) if len(seen) == len(ranks) else None) if question.every else min(seen, default=None)
    relevant = [any(_holds(piece, doc, strings, question) for doc, strings in question.evidence) for piece in found[:10]]
    ideal = sum(1 / math.log2(n + 2) for n in range(sum(relevant))) or 1.0
    gain = sum(hit / math.log2(n + 2) for n, hit in enumerate(relevant)) / ideal
    return Score(complete, elsewhere, min(known, default=None), gain, seconds)


def _holds(piece: Piece, doc: str | None, strings: Sequence[str], question: Question) -> bool:
    right = piece.doc == doc if doc else piece.doc in question.docs
    return right and all(string in piece.text for string in strings)


def _summary(scores: Sequence[Score]) -> list[str]:
    n = len(scores) or 1
    times = sorted(1000 * s.seconds for s in scores)
    recalls = [sum(1 for s in scores if s.rank is not None and s.rank <= k) / n for k in (1, 5, 8)]
    recalls.insert(2, sum(1 for s in scores if s.elsewhere is not None and s.elsewhere <= RECALLED) / n)
    mean = sum(1 / s.first for s in scores if s.first) / n
    figures = [*recalls, mean, sum(s.gain for s in scores) / n]
    return [str(len(scores)), *(f"{x:.3f}" for x in figures), f"{times[len(times) // 2]:.1f}", f"{times[int(len(times) * 0.95)]:.1f}"]


if __name__ == "__main__":
    main()
