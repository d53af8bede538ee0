"""Questions → passages: whether the passage that answers is among the first, against plain BM25 in the same run."""

import math
import time
from collections.abc import Iterator, Sequence
from functools import partial

from evals import retrieval as plain
from evals.bench import Bench
from evals.observed import Case, Metric, Observation, Output, Shown, Suite
from evals.retrieval import DEEP, Piece, Question
from service.text import normal

SUITE = Suite(
    "retrieval",
    "检索",
    "含答案的段落排在第几：文件已知，和在全库里找；同一轮里以不懂文件结构的 BM25（500 字一段）为对照。",
    (
        Metric(
            "recall_5", "前5召回", "文件已知时，前 5 段里有金标证据的题的比例（跨文件题：每条证据都要有）。",
            "recall@k，Manning et al., Introduction to IR, 2008, ch. 8",
        ),
        Metric("recall_1", "前1召回", "同上，第 1 段。", "同上"),
        Metric("mrr", "MRR", "第一条金标证据名次的倒数，平均。", "Voorhees, TREC-8, 1999"),
        Metric("ndcg_10", "nDCG@10", "前 10 段的折损累积增益，理想排序取找到的相关段。", "Järvelin & Kekäläinen, TOIS 2002"),
        Metric("library_5", "全库前5", "不指定文件，在全库里找，前 5 段里有金标证据的比例。", "recall@k，同上"),
        Metric(
            "bm25_5", "BM25前5", "对照：不懂结构的 BM25，文件已知，前 5 段。",
            "Robertson & Zaragoza, Foundations and Trends in IR, 2009", slack=None,
        ),
        Metric("ms", "用时", "检索一次的用时，毫秒。", "本项目", unit="ms", lower_is_better=True, slack=None),
    ),
    asked=("recall_5",),
)  # fmt: skip


def cases(bench: Bench) -> Iterator[Case]:
    """One case an answerable question with evidence."""
    if not (bench.gold.folder / "questions.jsonl").exists():
        return
    ways = _Ways(bench)
    for question in plain.questions(bench.gold.folder):
        if bench.known(question.docs):
            doc = "+".join(question.docs)
            told = "；".join(" … ".join(strings) for _, strings in question.evidence)
            yield Case(question.id, "evidence", doc, question.text, told, partial(ways.find, question), partial(judge, question))


class _Ways:
    """Our retrieval and the plain one over the same library."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._plain: plain.Plain | None = None

    def find(self, question: Question) -> Output:
        """What each way finds, in order."""
        session, docs = self._bench.session, list(question.docs)
        if self._plain is None:
            self._plain = plain.Plain(session)
        begun = time.perf_counter()
        known = session.find(question.text, docs, DEEP)
        took = 1000 * (time.perf_counter() - begun)
        everywhere = session.find(question.text, None, DEEP)
        return {
            "known": [_piece(h.passage.doc, h.passage.page, h.passage.text + h.passage.quote, h.passage.quote) for h in known],
            "everywhere": [_piece(h.passage.doc, h.passage.page, h.passage.text + h.passage.quote, h.passage.quote) for h in everywhere],
            "plain": [_piece(p.doc, None, p.text, p.text) for p in self._plain.find(question, question.text, docs)],
            "ms": took,
        }


def _piece(doc: str, page: int | None, text: str, quote: str) -> dict[str, str | int | None]:
    return {"doc": doc, "page": page, "text": normal(text).replace("|", ""), "quote": quote}


def judge(question: Question, output: Output) -> list[Observation]:
    """Ranks → the metrics of one question."""
    known = [Piece(p["doc"], p["text"]) for p in output["known"]]
    ranks = [_rank(evidence, known, question) for evidence in question.evidence]
    first = min((r for r in ranks if r is not None), default=None)
    relevant = [any(_holds(p, e, question) for e in question.evidence) for p in known[:10]]
    ideal = sum(1 / math.log2(n + 2) for n in range(sum(relevant))) or 1.0
    values = {
        "recall_5": _complete(question, known, 5), "recall_1": _complete(question, known, 1), "mrr": 1 / first if first else 0.0,
        "ndcg_10": sum(hit / math.log2(n + 2) for n, hit in enumerate(relevant)) / ideal,
        "library_5": _complete(question, [Piece(p["doc"], p["text"]) for p in output["everywhere"]], 5),
        "bm25_5": _complete(question, [Piece(p["doc"], p["text"]) for p in output["plain"]], 5), "ms": output["ms"],
    }  # fmt: skip
    return [
        Observation(
            id=question.id, suite=SUITE.name, kind="across" if question.every else "single", doc="+".join(question.docs), values=values,
            question=question.text,
            reason="" if values["recall_5"] else (f"证据在第 {first} 位" if first else f"前 {DEEP} 段里没有证据"),
            wanted=tuple(Shown(doc=doc or question.docs[0], quote=" … ".join(strings)) for doc, strings in question.evidence),
            shown=tuple(Shown(doc=p["doc"], page=p["page"], quote=p["quote"]) for p in output["known"][:5]), ms=output["ms"],
        )
    ]  # fmt: skip


def _complete(question: Question, pieces: Sequence[Piece], k: int) -> float:
    """Whether the first k hold the evidence: every piece of it across documents, else any."""
    found = [_rank(evidence, pieces[:k], question) is not None for evidence in question.evidence]
    return float(all(found) if question.every else any(found))


def _rank(evidence: tuple[str | None, tuple[str, ...]], pieces: Sequence[Piece], question: Question) -> int | None:
    return next((n for n, piece in enumerate(pieces, 1) if _holds(piece, evidence, question)), None)


def _holds(piece: Piece, evidence: tuple[str | None, tuple[str, ...]], question: Question) -> bool:
    doc, strings = evidence
    return (piece.doc == doc if doc else piece.doc in question.docs) and all(s in piece.text for s in strings)
