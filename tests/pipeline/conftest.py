"""A library of the sample documents and a record of one of them, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service import pipeline, record
from service.pipeline import Session
from service.record import Record
from service.settings import Settings


def offline(home: Path) -> Settings:
    """Settings that know no model, whatever the machine's environment says."""
    return Settings(home=home, model=None, openai_base_url=None, openai_api_key=None, embedding_model=None, workers=1)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Settings:
    """Settings of a library that holds the samples."""
    settings = offline(tmp_path_factory.mktemp("library"))
    report = pipeline.ingest([samples], settings)
    assert report.failed == ()
    return settings


@pytest.fixture(scope="session")
def whole(samples: Path) -> Record:
    """The record of a whole final account, read without a model."""
    return record.record(samples / "qinghe-2024-final.pdf", Settings(model=None, _env_file=None))


@pytest.fixture(scope="session")
def session(shelf: Settings) -> Iterator[Session]:
    """A session on the samples' library."""
    opened = pipeline.open_session(shelf)
    yield opened
    opened.close()
