"""Embeddings, the Chroma collection and the exact search: the same neighbours, filters, and damaged folders."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from service.search import embedding
from service.search.embedding import Matrix
from service.search.stamps import BrokenIndexError
from service.search.vectors import VectorIndex
from service.settings import Settings

OWN = Settings(embedding_model=None)


def rows(count: int, seed: int = 0) -> Matrix:
    made = np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32)
    unit: Matrix = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex(tmp_path / "vectors")
    opened.add("a", [f"a#{n}" for n in range(50)], rows(50))
    opened.add("b", [f"b#{n}" for n in range(50)], rows(50, 1))
    yield opened
    opened.close()


def test_the_nearest_is_found_and_the_filter_holds(index: VectorIndex) -> None:
    assert index.search(rows(50)[7], 3)[0] == "a#7"
    assert {name[0] for name in index.search(rows(50)[7], 10, ["b"])} == {"b"}
    assert index.search(rows(50)[7], 3, []) == []
    assert index.search(rows(50)[7], 3, ["nothing"]) == []


def test_known_ids_are_replaced(index: VectorIndex) -> None:
    index.add("a", ["a#7"], rows(50, 2)[:1])
    assert index.search(rows(50, 2)[0], 1) == ["a#7"]
    assert index.count() == 100


def test_removed_documents_are_gone_after_reopening(index: VectorIndex, tmp_path: Path) -> None:
    index.remove("a")
    index.close()
    again = VectorIndex(tmp_path / "vectors")
    assert again.count() == 50
    assert {name[0] for name in again.search(rows(50)[7], 60)} == {"b"}
    again.close()


def test_another_dimension_is_told(index: VectorIndex) -> None:
    with pytest.raises(BrokenIndexError, match="dimension"):
        index.search(np.ones(8, np.float32), 3)


@pytest.mark.parametrize("damage", [b"garbage" * 1000, None])
def test_a_damaged_folder_is_told(tmp_path: Path, damage: bytes | None) -> None:
    made = VectorIndex(tmp_path / "vectors")
    made.add("a", ["a#0"], rows(1))
    made.close()
    database = tmp_path / "vectors" / "chroma.sqlite3"
    database.write_bytes(damage or database.read_bytes()[:20_000])
    with pytest.raises(BrokenIndexError):
        VectorIndex(tmp_path / "vectors")


def test_hashed_vectors_are_of_length_one_and_always_the_same() -> None:
    made = embedding.embed(OWN, ["公务员医疗补助", "公务员医疗 补助", "机关运行经费", "", "元"])
    assert made.shape == (5, embedding.DIMENSION)
    assert np.allclose(np.linalg.norm(made, axis=1), [1, 1, 1, 0, 1])
    assert np.array_equal(made[0], made[1])
    assert made[0] @ embedding.embed(OWN, ["医疗补助公务员"])[0] > made[0] @ made[2] + 0.3


def test_hashed_vectors_do_not_depend_on_the_process() -> None:
    """A library's vectors outlive the process: a change of these numbers needs a new `embedding.OWN`."""
    made = embedding.embed(OWN, ["公务员医疗补助"])[0]
    largest = [(int(n), round(float(made[n]), 3)) for n in np.flatnonzero(np.abs(made) > 0.3)]
    assert largest == [(88, 0.332), (102, 0.332), (163, -0.332), (221, 0.332), (274, -0.332), (348, 0.332)]


def test_kept_vectors_come_back_as_they_were() -> None:
    from service.search import passages
    from tests.support import entries

    cut = passages.cut(entries.document())
    kept = embedding.vectors(OWN, cut)
    assert (kept.embedding, kept.dimension, kept.count) == (embedding.OWN, embedding.DIMENSION, len(cut))
    assert np.array_equal(embedding.matrix(kept), embedding.embed(OWN, [p.text for p in cut]))


def test_a_server_is_asked_when_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def answer(_settings: Settings, texts: list[str]) -> list[list[float]]:
        asked.append(texts)
        return [[3.0, 4.0] for _ in texts]

    monkeypatch.setattr("service.llm.embed", answer)
    settings = Settings(embedding_model="bge-m3")
    assert embedding.name(settings) == "server:bge-m3"
    assert embedding.embed(settings, ["甲", "乙"]).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)]] * 2
    assert asked == [["甲", "乙"]]
