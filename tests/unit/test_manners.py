"""What a server accepts is kept beside the library, by address and model, until it refuses."""

import json
import logging
from pathlib import Path

import pytest

from service import llm
from service.llm import Method, manners
from service.settings import Settings


def _settings(home: Path, model: str = "scripted", url: str = "http://user:secret@127.0.0.1:9/v1") -> Settings:
    return Settings(home=home, model=model, openai_base_url=url, _env_file=None)


def test_another_process_knows_it(tmp_path: Path) -> None:
    manners.accepts(_settings(tmp_path), Method.JSON_MODE)
    manners.refuses_temperature(_settings(tmp_path))
    llm.forget()
    assert manners.method(_settings(tmp_path)) is Method.JSON_MODE
    assert not manners.takes_temperature(_settings(tmp_path))
    assert manners.method(_settings(tmp_path, model="another")) is None
    assert manners.method(_settings(tmp_path, url="http://127.0.0.1:8/v1")) is None


def test_a_refusal_is_forgotten_on_disk_too(tmp_path: Path) -> None:
    manners.accepts(_settings(tmp_path), Method.JSON_SCHEMA)
    manners.refuses_temperature(_settings(tmp_path))
    manners.refuses(_settings(tmp_path))
    llm.forget()
    assert manners.method(_settings(tmp_path)) is None
    assert not manners.takes_temperature(_settings(tmp_path)), "only the method was refused"


def test_no_password_is_kept(tmp_path: Path) -> None:
    manners.accepts(_settings(tmp_path), Method.JSON_SCHEMA)
    assert json.loads((tmp_path / manners.FILE).read_text("utf-8")) == {"http://127.0.0.1:9/v1 scripted": {"method": "json_schema"}}


@pytest.mark.parametrize("kept", ["{", "[]", '{"http://127.0.0.1:9/v1 scripted": {"method": "telepathy"}}'])
def test_a_file_that_is_none_of_ours_costs_one_finding_out(tmp_path: Path, kept: str) -> None:
    (tmp_path / manners.FILE).write_text(kept, "utf-8")
    llm.forget()
    assert manners.method(_settings(tmp_path)) is None
    manners.accepts(_settings(tmp_path), Method.FUNCTION_CALLING)
    llm.forget()
    assert manners.method(_settings(tmp_path)) is Method.FUNCTION_CALLING


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with caplog.at_level(logging.WARNING):
        manners.accepts(_settings(tmp_path / "file"), Method.JSON_MODE)
    assert manners.FILE in caplog.text
    assert manners.method(_settings(tmp_path / "file")) is Method.JSON_MODE
