"""Two years of one body: last year's figures are compared with last year's document, whichever arrives first."""

from pathlib import Path

import pytest

from service import pipeline, record
from service.library import Library
from service.records import Disclosure, Kind
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
