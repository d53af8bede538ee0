"""Retrieval over an open library: both indexes, their fusion, and every way in which an index can be out of step."""

import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service.errors import LibraryError, ModelUnreachableError
from service.library import Library
from service.records import Hit, Kind, Passage
from service.search import embedding, index, likeness, query, retrieve
from service.search.kept_vectors import KeptVectors
from service.session import Session
from service.settings import Settings
from tests.support import entries

QUESTION = "公务员医疗补助为什么没花完预算？"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", embedding_model=None)


@pytest.fixture
def library(settings: Settings, tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(settings)
    opened.add(entries.entry(entries.document(), settings), entries.file(tmp_path))
    second = entries.document("second", "某市财政局", prose=("公务接待费年初预算为2万元，支出决算为1.5万元。",))
    opened.add(entries.entry(second, settings), entries.file(tmp_path, "second"))
    yield opened
    index.close(opened)
    opened.close()


def ids(hits: list[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_the_passage_that_answers_is_first(library: Library, settings: Settings) -> None:
    found = retrieve.search(library, QUESTION, settings=settings)
    first = found.hits[0]
    assert first.passage.quote == entries.REASON + entries.REST
    assert (first.keyword_rank, found.keywords, found.vectors) == (1, "disk", "exact")
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_documents_are_filtered_before_ranking(library: Library, settings: Settings) -> None:
    found = retrieve.find(library, QUESTION, docs=["second"], settings=settings, k=3)
    assert len(found) == 3
    assert {hit.passage.doc for hit in found} == {"second"}
    assert retrieve.find(library, QUESTION, docs=[], settings=settings) == []


def test_the_kind_of_document_that_the_question_hints_at_is_preferred(library: Library, settings: Settings, tmp_path: Path) -> None:
    # The same sentence in a budget whose name sorts first, so that only the kind can put the final account's passage before it.
    prose = ("公务接待费为1.5万元。",)
    for doc, kind in (("a-budget", Kind.BUDGET), ("b-final", Kind.FINAL)):
        made = replace(entries.document(doc, "某市审计局", prose=prose), kind=kind)
        library.add(entries.entry(made, settings), entries.file(tmp_path, doc))
    for asked, doc in (("审计局公务接待费花了多少？", "b-final"), ("审计局公务接待费安排了多少？", "a-budget")):
        assert retrieve.find(library, asked, settings=settings, k=1)[0].passage.doc == doc


def test_each_document_named_has_its_share(library: Library, settings: Settings) -> None:
    found = retrieve.find(library, QUESTION, docs=["made", "second"], settings=settings, k=4)
    assert [hit.passage.doc for hit in found] == ["made", "second", "made", "second"]


def test_chroma_and_exact_search_agree(library: Library, settings: Settings) -> None:
    exact = retrieve.search(library, QUESTION, settings=settings)
    assert index.ensure(settings, library)
    chroma = retrieve.search(library, QUESTION, settings=settings)
    assert (exact.vectors, chroma.vectors) == ("exact", "chroma")
    assert ids(list(exact.hits)) == ids(list(chroma.hits))


def test_an_added_document_is_found_at_once(library: Library, settings: Settings, tmp_path: Path) -> None:
    index.ensure(settings, library)
    third = entries.document("third", "某县人大常委会办公厅", prose=("立法调研经费为7.25万元。",))
    library.add(entries.entry(third, settings), entries.file(tmp_path, "third"))
    found = retrieve.search(library, "立法调研经费", settings=settings)
    assert found.hits[0].passage.doc == "third"
    assert found.vectors == "exact"
    index.ensure(settings, library)
    found = retrieve.search(library, "立法调研经费", settings=settings)
    assert (found.hits[0].passage.doc, found.vectors) == ("third", "chroma")


def test_an_added_document_alone_is_indexed(library: Library, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    retrieve.find(library, QUESTION, settings=settings)
    library.add(entries.entry(entries.document("third"), settings), entries.file(tmp_path, "third"))
    read: list[str] = []
    held = library.passages

    def passages(doc: str) -> tuple[Passage, ...]:
        read.append(doc)
        return held(doc)

    monkeypatch.setattr(library, "passages", passages)
    assert index.opened(library).keywords(index.opened(library).now())[1] == "disk"
    assert read == ["third"]


def test_a_process_that_opens_the_library_later_finds_the_index(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    retrieve.find(library, QUESTION, settings=settings)
    again = Library.open(settings)
    monkeypatch.setattr(again, "passages", lambda doc: pytest.fail(f"{doc} is indexed again"))
    assert index.opened(again).keywords(index.opened(again).now())[1] == "disk"
    again.close()


def test_a_question_is_searched_in_the_documents_of_the_body_it_names(library: Library, settings: Settings) -> None:
    session = Session(library, settings)
    assert {hit.passage.doc for hit in session.find("某市财政局公务员医疗补助", None, 20)} == {"second"}
    assert {hit.passage.doc for hit in session.find("公务员医疗补助", None, 20)} == {"made", "second"}


def test_documents_are_as_near_as_their_best_passage(library: Library) -> None:
    near = likeness.read(library, "公务接待费支出决算多少？")
    assert near.documents["second"] > near.documents["made"] > 0
    assert near.documents["second"] <= 1
    assert near.of("公务接待费支出决算") > near.of("公务员医疗补助支出决算") > 0
    assert near.kind is Kind.FINAL


def test_replaced_and_removed_documents_are_not_found(library: Library, settings: Settings, tmp_path: Path) -> None:
    index.ensure(settings, library)
    changed = replace(entries.document(prose=("改成别的内容。",), tables=False), digest=entries.digest("other"))
    library.add(entries.entry(changed, settings), entries.file(tmp_path, "made", "other"))
    library.remove("second")
    for _ in range(2):
        found = retrieve.find(library, QUESTION, settings=settings)
        assert {hit.passage.quote for hit in found} == {"改成别的内容。"}
        index.ensure(settings, library)


def test_a_reader_while_another_process_writes(library: Library, settings: Settings) -> None:
    writer = Library.open(settings)
    with writer.writing():
        found = retrieve.search(library, QUESTION, settings=settings)
    writer.close()
    assert found.keywords == "memory"
    assert found.hits[0].passage.doc == "made"


def test_chroma_is_open_in_one_place_only(library: Library, settings: Settings) -> None:
    assert index.ensure(settings, library)
    second = Library.open(settings)
    assert not index.ensure(settings, second)
    assert retrieve.search(second, QUESTION, settings=settings).vectors == "exact"
    index.close(library)
    assert index.ensure(settings, second)
    index.close(second)
    second.close()


@pytest.mark.parametrize("broken", ["keywords/meta.json", "keywords.json", "vectors.json", "vectors-*/chroma.sqlite3"])
def test_damage_is_repaired_from_the_library(library: Library, settings: Settings, broken: str) -> None:
    index.ensure(settings, library)
    before = ids(retrieve.find(library, QUESTION, settings=settings))
    index.close(library)
    (path,) = (settings.home / "index").glob(broken)
    path.write_text("damage")

    again = Library.open(settings)
    assert ids(retrieve.find(again, QUESTION, settings=settings)) == before
    assert index.ensure(settings, again)
    found = retrieve.search(again, QUESTION, settings=settings)
    assert (ids(list(found.hits)), found.keywords, found.vectors) == (before, "disk", "chroma")
    index.close(again)
    again.close()


def _die_indexing(settings: Settings) -> None:
    library = Library.open(settings)
    index.opened(library).ensure(lambda done, _all, _name: os.kill(os.getpid(), signal.SIGKILL) if done == 1 else None)


def test_a_killed_indexer_leads_to_a_new_index(library: Library, settings: Settings) -> None:
    writer = multiprocessing.get_context("spawn").Process(target=_die_indexing, args=(settings,))
    writer.start()
    writer.join(60)
    assert writer.exitcode == -signal.SIGKILL
    writer.close()
    (half,) = (settings.home / "index").glob("vectors-*")
    assert not (settings.home / "index" / "vectors.json").exists()

    assert index.ensure(settings, library)
    assert not half.exists()
    found = retrieve.search(library, QUESTION, settings=settings)
    assert (found.hits[0].passage.doc, found.vectors) == ("made", "chroma")


def test_an_index_of_another_library_is_not_believed(library: Library, settings: Settings) -> None:
    index.ensure(settings, library)
    stamp = settings.home / "index" / "keywords.json"
    kept = json.loads(stamp.read_text())
    stamp.write_text(json.dumps({**kept, "revisions": dict.fromkeys(kept["revisions"], "0" * 32)}))
    again = Library.open(settings)
    assert retrieve.find(again, QUESTION, settings=settings)[0].passage.doc == "made"
    assert json.loads(stamp.read_text())["revisions"] == again.revisions()
    again.close()


def test_another_embedding_needs_a_reindex(library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    index.ensure(settings, library)
    other = Settings(home=settings.home, embedding_model="bge-m3")
    with pytest.raises(LibraryError, match="mingzhang reindex"):
        retrieve.find(library, QUESTION, settings=other)

    monkeypatch.setattr("service.llm.embed", lambda _settings, texts: [[float("补助" in text), 1.0, 0.0] for text in texts])
    passages = sum(info.passages for info in library.documents())
    assert index.rebuild(other, library) == passages
    assert library.embeddings() == {("server:bge-m3", 3)}
    found = retrieve.search(library, QUESTION, settings=other)
    assert (found.vectors, found.hits[0].passage.doc) == ("chroma", "made")
    with pytest.raises(LibraryError, match="mingzhang reindex"):
        retrieve.find(library, QUESTION, settings=settings)


def test_keywords_answer_when_the_embedding_server_does_not(library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Settings(home=settings.home, embedding_model="bge-m3")
    monkeypatch.setattr("service.llm.embed", lambda _settings, texts: [[1.0, 0.0] for _ in texts])
    index.rebuild(other, library)

    def down(_settings: Settings, _texts: list[str]) -> list[list[float]]:
        raise ModelUnreachableError("连不上", "unreachable")

    monkeypatch.setattr("service.llm.embed", down)
    found = retrieve.search(library, QUESTION, settings=other)
    assert found.hits[0].passage.doc == "made"
    assert found.vectors == "none"
    assert "连不上" in found.notes[0]


def test_a_failed_reindex_changes_nothing(library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_settings: Settings, _texts: list[str]) -> list[list[float]]:
        raise ModelUnreachableError("连不上", "unreachable")

    monkeypatch.setattr("service.llm.embed", down)
    with pytest.raises(ModelUnreachableError):
        index.rebuild(Settings(home=settings.home, embedding_model="bge-m3"), library)
    assert library.embeddings() == {(embedding.OWN, embedding.DIMENSION)}
    assert retrieve.find(library, QUESTION, settings=settings)[0].passage.doc == "made"


def test_an_empty_library_finds_nothing(settings: Settings) -> None:
    empty = Library.open(settings)
    assert retrieve.find(empty, QUESTION, settings=settings) == []
    assert index.ensure(settings, empty)
    assert retrieve.find(empty, QUESTION, settings=settings) == []
    index.close(empty)
    empty.close()


def test_a_question_is_searched_by_the_documents_words() -> None:
    read = query.read("公务员医补为啥没花完？")
    assert read.words["医疗"] == query.SYNONYM
    assert read.words["原因"] == query.CUE
    assert "为啥" not in read.words
    assert "公务员医疗补助" in read.text
    assert query.read("基本支出表里的津贴").rows > read.rows


def test_closing_lets_another_have_the_collection(tmp_path: Path, library: Library) -> None:
    first, second = KeptVectors(tmp_path / "index"), KeptVectors(tmp_path / "index")
    assert first.bring(library, library.revisions())
    assert not second.bring(library, library.revisions())
    first.close()
    assert second.bring(library, library.revisions())
    second.close()
