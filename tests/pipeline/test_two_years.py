"""Two years of one body: last year's figures are compared with last year's document, whichever arrives first."""

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from service import pipeline, precedents, record, shelving
from service.errors import UnknownDocumentError
from service.library import Entry, Library
from service.records import Disclosure, Kind
from service.settings import Settings
from tests.pipeline.conftest import offline

EARLIER, LATER = "jiangsu-jianchayuan-2017-budget", "jiangsu-jianchayuan-2018-budget"


@pytest.mark.parametrize(
    ("org", "year", "kind", "precedes"),
    [
        ("甲局", 2022, Kind.FINAL, True),
        ("乙局", 2022, Kind.FINAL, False),
        ("甲局", 2021, Kind.FINAL, False),
        ("甲局", 2022, Kind.BUDGET, False),
        ("甲局", None, Kind.FINAL, False),
    ],
)
def test_what_precedes(org: str, year: int | None, kind: Kind, precedes: bool) -> None:
    later = Disclosure("later", "甲局", 2023, Kind.FINAL, (), ())
    assert record.precedes(Disclosure("earlier", org, year, kind, (), ()), later) is precedes


@pytest.mark.corpus
@pytest.mark.parametrize("order", [(EARLIER, LATER), (LATER, EARLIER)])
def test_last_years_figures_are_compared(corpus: Path, tmp_path: Path, order: tuple[str, str]) -> None:
    settings = offline(tmp_path)
    for name in order:
        pipeline.ingest([corpus / "real" / f"{name}.pdf"], settings)
    shelf = Library.open(settings)
    # The 2018 budget tells growth from 3,958.98; the 2017 budget prints 3,959.28.
    assert any(f.obligation == "C8" and "2017" in f.explain for f in shelf.findings(LATER))
    assert not any(f.obligation == "C8" for f in shelf.findings(EARLIER))
    shelf.close()
    pipeline.remove([EARLIER], settings)
    shelf = Library.open(settings)
    assert not any(f.obligation == "C8" for f in shelf.findings(LATER))
    shelf.close()


def written(folder: Path, year: int, amount: str, more: str, rate: str, org: str = "云汀市青禾区档案局") -> Path:
    """A final account of a made-up bureau, as text."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{year}.txt"
    text = f"{org}{year}年度部门决算\n\n一、收入决算情况说明\n\n{year}年度收入合计{amount}万元，与上年相比增加{more}万元，增长{rate}%。\n"
    path.write_text(text, "utf-8")
    return path


def compared(settings: Settings, doc: str) -> list[str]:
    """What the checker says of a document beside last year's."""
    with pipeline.open_session(settings) as session:
        return [f.explain for f in session.findings(doc) if f.obligation == "C8"]


@pytest.fixture
def two(tmp_path: Path) -> Settings:
    """A library of two years; the later one tells growth from 110, the earlier one prints 100."""
    settings = offline(tmp_path / "home")
    folder = tmp_path / "files"
    pipeline.ingest([written(folder, 2022, "100.00", "10.00", "11.11"), written(folder, 2023, "130.00", "20.00", "18.18")], settings)
    assert len(compared(settings, "2023")) == 1
    return settings


def test_deleting_the_year_before_on_the_page_drops_the_comparison(two: Settings) -> None:
    with pipeline.open_session(two) as session:
        session.remove("2022")
    assert compared(two, "2023") == []


def test_replacing_the_year_before_refreshes_the_comparison(two: Settings, tmp_path: Path) -> None:
    pipeline.ingest([written(tmp_path / "files", 2022, "110.00", "10.00", "10.00")], two)
    assert compared(two, "2023") == []
    pipeline.ingest([written(tmp_path / "files", 2022, "90.00", "10.00", "12.50")], two)
    assert "90.00" in compared(two, "2023")[0]


def test_a_file_that_became_another_bodys_drops_the_comparison(two: Settings, tmp_path: Path) -> None:
    pipeline.ingest([written(tmp_path / "files", 2022, "100.00", "10.00", "11.11", org="云汀市青禾区水务局")], two)
    assert compared(two, "2023") == []


def test_reading_again_compares_the_year_after(two: Settings) -> None:
    shelf = Library.open(two)
    path = shelf.pdf_path("2022")
    made = record.record(path, two, "2022")
    # As a program that saw less in it would have left it.
    shelf.add(Entry(made.document, replace(made.disclosure, facts=()), made.report, made.passages, shelf.vectors("2022")), path)
    shelf.close()
    with pipeline.open_session(two) as session:
        session.reread("2023")
    assert compared(two, "2023") == []
    with pipeline.open_session(two) as session:
        assert session.reread("2022").status == "replaced"
    assert len(compared(two, "2023")) == 1


def test_removing_stops_before_anything_when_one_is_unknown(two: Settings) -> None:
    with pytest.raises(UnknownDocumentError):
        pipeline.remove(["2022", "nothing"], two)
    with pipeline.open_session(two) as session:
        assert {info.doc for info in session.documents()} == {"2022", "2023"}
    assert len(compared(two, "2023")) == 1


def _killed_before_checking_again(home: Path, paths: list[Path]) -> None:
    """An ingestion that ends between putting a document on the shelf and checking the one that follows it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelving, "_check_again", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        pipeline.ingest(paths, offline(home))


@pytest.mark.parametrize("then", ["ingest", "reread", "remove"])
def test_a_comparison_that_a_killed_ingestion_left_is_made_up_for(two: Settings, tmp_path: Path, then: str) -> None:
    other = written(tmp_path / "other", 2020, "1.00", "0.10", "11.11", org="云汀市青禾区水务局")
    pipeline.ingest([other], two)
    changed = written(tmp_path / "files", 2022, "110.00", "10.00", "10.00")
    ingestion = multiprocessing.get_context("spawn").Process(target=_killed_before_checking_again, args=(two.home, [changed]))
    ingestion.start()
    ingestion.join(60)
    assert ingestion.exitcode == -signal.SIGKILL
    assert "100.00" in compared(two, "2023")[0]  # as it was left
    if then == "ingest":
        pipeline.ingest([other], two)
    elif then == "remove":
        pipeline.remove(["2020"], two)
    else:
        with pipeline.open_session(two) as session:
            session.reread("2020")
    assert compared(two, "2023") == []


def test_nothing_is_outdated_once_it_was_checked(two: Settings, tmp_path: Path) -> None:
    pipeline.ingest([written(tmp_path / "files", 2024, "150.00", "20.00", "15.38")], two)
    shelf = Library.open(two)
    assert shelf.beside().keys() == {"2023", "2024"}
    assert precedents.outdated(shelf) == []
    shelf.close()
