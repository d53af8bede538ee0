"""A question → the passages that answer it: keywords and vectors, each ranked within the documents asked about, then fused."""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from itertools import zip_longest

from service.errors import ModelError
from service.library import Library
from service.records import Hit
from service.search import embedding, index, query
from service.search.embedding import Matrix
from service.settings import Settings

POOL = 60
"""Passages each way contributes before they are fused."""
RANK_CONSTANT = 60
"""Reciprocal rank fusion's constant. Source: Cormack, Clarke, Büttcher, SIGIR 2009."""
KEYWORDS, OWN_VECTORS, SERVER_VECTORS = 1.0, 0.05, 0.8
"""Weight of the keyword ranking, and of the vectors' with hashed n-grams (which mostly repeat what the keywords say; tuned on
the development questions) and with an embedding model (not tuned: no model is at hand)."""
HINTED = 1.25
"""How much more a passage counts in a search of the whole library when its document is of the kind that the question hints at: half
of the questions name no body (MRR of those 0.33 without, 0.39 with it on the development questions; little changes above 1.15)."""
FEW = 4
"""Up to so many documents named, each gets its share of the passages: a comparison needs all of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """Passages, best first, and which ways found them."""

    hits: tuple[Hit, ...]
    keywords: str
    """disk or memory: where the keyword index was."""
    vectors: str
    """chroma, exact or none."""
    notes: tuple[str, ...] = ()
    """For the user, in Chinese: for example that the embedding server did not answer."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A passage's id, its fused score, and its rank either way."""

    name: str
    score: float
    keyword: int | None
    vector: int | None


def find(library: Library, question: str, *, settings: Settings, docs: Sequence[str] | None = None, k: int = 8) -> list[Hit]:
    """The k passages nearest to a question, best first; see `search`."""
    return list(search(library, question, settings=settings, docs=docs, k=k).hits)


def search(library: Library, question: str, *, settings: Settings, docs: Sequence[str] | None = None, k: int = 8) -> Found:
    """The k passages nearest to a question, and how they were found.

    Args:
        library: where from.
        question: in the user's words.
        settings: which embedding.
        docs: only passages of these documents, before ranking; None: of all.
        k: how many.

    Raises:
        LibraryError: the library's vectors are of another embedding: `mingzhang reindex`.
    """
    held = index.opened(library)
    state = held.now()
    held.fits(state, settings)
    asked = query.read(question)
    words, where = held.keywords(state)
    notes: tuple[str, ...] = ()
    try:
        vector: Matrix | None = embedding.embed(settings, [asked.text])
    except ModelError as error:
        vector, notes = None, (f"向量检索没有参与：{error.zh}",)
    way = "none"
    rankings = []
    infos = library.documents()
    titles = {info.doc: f"{info.org} {info.year or ''}" for info in infos}
    hinted = {info.doc for info in infos if info.kind is asked.kind}
    for chosen in _shares(titles, docs):
        narrow = asked if chosen is None or len(chosen) > FEW else query.within(asked, (titles.get(doc, "") for doc in chosen))
        by_keyword = words.search(narrow.words, POOL, chosen, rows=narrow.rows)
        by_vector: list[str] = []
        if vector is not None:
            by_vector, way = held.nearest(state, vector, POOL, chosen)
        fused = _fused(by_keyword, by_vector, SERVER_VECTORS if settings.embedding_model else OWN_VECTORS)
        rankings.append(_preferred(fused, hinted) if chosen is None else fused)
    best = [ranked for turn in zip_longest(*rankings) for ranked in turn if ranked is not None][:k]
    passages = library.passages_by_id(ranked.name for ranked in best)
    hits = tuple(Hit(passages[r.name], r.score, r.keyword, r.vector) for r in best if r.name in passages)
    return Found(hits, where, way, notes)


def _shares(every: Collection[str], docs: Sequence[str] | None) -> list[list[str] | None]:
    """The documents to search together. None: all of them, without a filter, because a filter costs time."""
    if docs is None:
        return [None]
    wanted = sorted(set(docs))
    if 2 <= len(wanted) <= FEW:
        return [[doc] for doc in wanted]
    return [None if set(wanted) >= set(every) else wanted]


def _fused(by_keyword: Sequence[str], by_vector: Sequence[str], weight: float) -> list[_Ranked]:
    """Both rankings as one, best first."""
    keyword_ranks = {name: rank for rank, name in enumerate(by_keyword, 1)}
    vector_ranks = {name: rank for rank, name in enumerate(by_vector, 1)}
    ranked = [
        _Ranked(
            name,
            _score(keyword_ranks.get(name), KEYWORDS) + _score(vector_ranks.get(name), weight),
            keyword_ranks.get(name),
            vector_ranks.get(name),
        )
        for name in dict.fromkeys([*by_keyword, *by_vector])
    ]
    return sorted(ranked, key=lambda r: (-r.score, r.name))


def _preferred(ranked: Sequence[_Ranked], docs: Set[str]) -> list[_Ranked]:
    """The same with the passages of these documents further up."""
    weighed = [replace(r, score=r.score * HINTED) if r.name.rsplit("#", 1)[0] in docs else r for r in ranked]
    return sorted(weighed, key=lambda r: (-r.score, r.name))


def _score(rank: int | None, weight: float) -> float:
    return 0.0 if rank is None else weight / (RANK_CONSTANT + rank)
