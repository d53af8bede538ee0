"""The library: what goes in comes out, once, whole or not at all; and what it says when it cannot."""

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from service.errors import InputError, LibraryError, LibraryLockedError, StorageError, UnknownDocumentError
from service.library import Library, Vectors
from service.library.lock import Lock
from service.settings import Settings
from tests.support import entries


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", embedding_model=None)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    opened = Library.open(settings)
    yield opened
    opened.close()


def test_what_is_added_is_read_back(library: Library, settings: Settings, tmp_path: Path) -> None:
    read = entries.document()
    added = entries.entry(read, settings)
    made = library.add(added, entries.file(tmp_path))

    assert made.status == "added"
    assert made.info == library.get("made")
    assert library.documents() == [made.info]
    assert (made.info.passages, made.info.tables, made.info.findings, made.info.pages) == (len(added.passages), 1, 1, 2)
    again = Library.open(settings, create=False)
    assert again.disclosure("made") == added.disclosure
    assert again.facts() == {"made": added.disclosure.facts}
    assert str(again.facts(["made"])["made"][1].value) == "350.00"
    assert again.reasons() == {"made": added.disclosure.reasons}
    assert again.report("made") == added.report
    assert again.findings("made") == added.report.findings
    assert again.tables("made") == read.tables
    assert again.unread("made") == read.unread
    assert again.passages("made") == added.passages
    assert again.page_lines("made", 1) == read.pages[0].lines
    assert again.vectors("made") == added.vectors
    assert again.pdf_path("made").read_bytes() == entries.file(tmp_path).read_bytes()
    assert again.by_digest(read.digest) == made.info
    assert again.current(read.digest) == made.info
    again.close()


def test_the_same_bytes_are_one_document(library: Library, settings: Settings, tmp_path: Path) -> None:
    read = entries.document()
    library.add(entries.entry(read, settings), entries.file(tmp_path))
    before = library.revisions()
    elsewhere = tmp_path / "copies"
    elsewhere.mkdir()
    copy = entries.file(elsewhere, "renamed", "made")

    assert library.add(entries.entry(replace(read, doc="renamed"), settings), copy).status == "unchanged"
    assert [info.doc for info in library.documents()] == ["made"]
    assert library.revisions() == before


def test_the_same_bytes_read_differently_are_replaced(library: Library, settings: Settings, tmp_path: Path) -> None:
    read = entries.document()
    path = entries.file(tmp_path)
    library.add(entries.entry(read, settings), path)
    before = library.revisions()

    assert library.add(entries.entry(entries.other(read, "另一标题"), settings), path).status == "replaced"
    assert library.get("made").title == "另一标题"
    assert library.revisions() != before


def test_another_edition_of_the_program_reads_again(
    library: Library, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = entries.document()
    library.add(entries.entry(read, settings), entries.file(tmp_path))
    monkeypatch.setattr("service.library.files.edition", lambda: "next")
    assert library.current(read.digest) is None
    assert library.add(entries.entry(read, settings), entries.file(tmp_path)).status == "unchanged"
    assert library.current(read.digest) is not None


def test_a_changed_file_replaces_its_document(library: Library, settings: Settings, tmp_path: Path) -> None:
    library.add(entries.entry(entries.document(), settings), entries.file(tmp_path))
    old = library.pdf_path("made")
    changed = replace(entries.document(prose=("改过的一段。",)), digest=entries.digest("second"))
    made = library.add(entries.entry(changed, settings), entries.file(tmp_path, "made", "second"))

    assert (made.status, made.info.doc) == ("replaced", "made")
    assert library.passages("made")[0].quote == "改过的一段。"
    assert not old.exists()


def test_a_taken_name_gets_a_number(library: Library, settings: Settings, tmp_path: Path) -> None:
    for number, folder in enumerate(("a", "b", "c")):
        (tmp_path / folder).mkdir()
        read = replace(entries.document(prose=(f"第{number}份。",)), digest=entries.digest(folder))
        library.add(entries.entry(read, settings), entries.file(tmp_path / folder, "made", folder))

    assert [info.doc for info in library.documents()] == ["made", "made-2", "made-3"]
    assert {p.doc for p in library.passages("made-2")} == {"made-2"}
    assert library.passages("made-2")[0].id == "made-2#0"
    assert library.report("made-2").doc == library.disclosure("made-2").doc == "made-2"


def test_removing_leaves_nothing(library: Library, settings: Settings, tmp_path: Path) -> None:
    library.add(entries.entry(entries.document(), settings), entries.file(tmp_path))
    copy = library.pdf_path("made")
    library.remove("made")

    assert library.documents() == []
    assert not copy.exists()
    with sqlite3.connect(settings.home / "library.db") as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'") if name != "meta"]
        assert tables
        assert {db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables} == {0}  # noqa: S608 - names from the database itself
    db.close()


def test_figures_can_be_queried_with_sql(library: Library, settings: Settings, tmp_path: Path) -> None:
    library.add(entries.entry(entries.document(), settings), entries.file(tmp_path))
    with sqlite3.connect(settings.home / "library.db") as db:
        found = db.execute("SELECT value, unit FROM facts WHERE code='2101103' AND measure='决算'").fetchall()
    db.close()
    assert found == [("350.00", "万元")]


def test_an_unknown_document_names_its_neighbours(library: Library, settings: Settings, tmp_path: Path) -> None:
    library.add(entries.entry(entries.document("lianhu-2023-final"), settings), entries.file(tmp_path, "lianhu-2023-final"))
    with pytest.raises(UnknownDocumentError, match="lianhu-2023-final"):
        library.get("lianhu-2023")
    with pytest.raises(UnknownDocumentError):
        library.page_lines("lianhu-2023-final", 3)
    with pytest.raises(UnknownDocumentError):
        library.remove("nothing")


def test_a_library_that_is_not_there_says_ingest(settings: Settings) -> None:
    with pytest.raises(LibraryError, match="mingzhang ingest"):
        Library.open(settings, create=False)
    assert not settings.home.exists()


def test_a_damaged_library_says_so(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "library.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryError, match="损坏"):
        Library.open(settings)


def test_another_format_is_refused(settings: Settings) -> None:
    Library.open(settings).close()
    with sqlite3.connect(settings.home / "library.db") as db:
        db.execute("UPDATE meta SET value='0' WHERE key='format'")
    db.close()
    with pytest.raises(LibraryError, match="格式 0"):
        Library.open(settings)


def test_a_library_whose_making_was_killed_is_made_whole(settings: Settings, tmp_path: Path) -> None:
    settings.home.mkdir()
    with sqlite3.connect(settings.home / "library.db") as db:
        db.execute("CREATE TABLE meta (key VARCHAR(40) PRIMARY KEY, value TEXT NOT NULL)")
    db.close()
    library = Library.open(settings)
    assert library.add(entries.entry(entries.document(), settings), entries.file(tmp_path)).status == "added"
    library.close()


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="file"):
        Library.open(Settings(home=tmp_path / "file" / "home"))


def test_a_full_disk_loses_nothing(library: Library, settings: Settings, tmp_path: Path) -> None:
    library.add(entries.entry(entries.document(), settings), entries.file(tmp_path))

    @event.listens_for(library._engine, "begin")
    def full(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # type: ignore[attr-defined]  # SQLAlchemy's Connection

    big = replace(entries.document("big", prose=tuple(f"第{n}段。" + "字" * 300 for n in range(200))), digest=entries.digest("big"))
    with pytest.raises(StorageError, match="full"):
        library.add(entries.entry(big, settings), entries.file(tmp_path, "big"))
    event.remove(library._engine, "begin", full)
    assert [info.doc for info in library.documents()] == ["made"]
    assert len(library.passages("made")) == library.get("made").passages


def test_a_file_that_changed_while_read_is_refused(library: Library, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="改动"):
        library.add(entries.entry(entries.document(), settings), entries.file(tmp_path, "made", "something else"))
    assert library.documents() == []


def test_vectors_of_two_embeddings_are_not_mixed(library: Library, settings: Settings, tmp_path: Path) -> None:
    library.add(entries.entry(entries.document(), settings), entries.file(tmp_path))
    second = entries.entry(entries.document("second"), settings)
    alien = replace(second, vectors=Vectors("server:other", 4, b"\0" * 16 * len(second.passages)))
    with pytest.raises(LibraryError, match="mingzhang reindex"):
        library.add(alien, entries.file(tmp_path, "second"))
    assert [info.doc for info in library.documents()] == ["made"]


def test_a_reader_sees_what_another_wrote(library: Library, settings: Settings, tmp_path: Path) -> None:
    reader = Library.open(settings)
    library.add(entries.entry(entries.document(), settings), entries.file(tmp_path))
    assert reader.get("made").title == "某区医疗保障局2023年度部门决算"
    library.add(entries.entry(entries.other(entries.document(), "另一标题"), settings), entries.file(tmp_path))
    assert [info.title for info in reader.documents()] == ["另一标题"]
    reader.close()


def _hold(home: Path, ready: "multiprocessing.synchronize.Event") -> None:
    with Lock(home).held():
        ready.set()
        signal.pause()


def test_a_second_writer_is_told_who_writes(library: Library, settings: Settings, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=_hold, args=(settings.home, ready))
    holder.start()
    try:
        assert ready.wait(30)
        with pytest.raises(LibraryLockedError, match=f"进程 {holder.pid}"), library.writing(wait=0.1):
            pass
        assert library.documents() == []
        assert holder.pid is not None
        os.kill(holder.pid, signal.SIGKILL)
        holder.join()
        assert library.add(entries.entry(entries.document(), settings), entries.file(tmp_path)).status == "added"
    finally:
        holder.kill()
        holder.join()
        holder.close()


def _die_writing(settings: Settings, folder: Path) -> None:
    library = Library.open(settings)

    @event.listens_for(library._engine, "commit")
    def die(_connection: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    library.add(entries.entry(entries.document("killed"), settings), entries.file(folder, "killed"))


def test_a_killed_writer_leaves_nothing_half_written(library: Library, settings: Settings, tmp_path: Path) -> None:
    library.add(entries.entry(entries.document(), settings), entries.file(tmp_path))
    writer = multiprocessing.get_context("spawn").Process(target=_die_writing, args=(settings, tmp_path))
    writer.start()
    writer.join(60)
    assert writer.exitcode == -signal.SIGKILL
    writer.close()

    again = Library.open(settings)
    assert [info.doc for info in again.documents()] == ["made"]
    assert again.add(entries.entry(entries.document("killed"), settings), entries.file(tmp_path, "killed")).status == "added"
    assert len(again.passages("killed")) == again.get("killed").passages
    again.close()
