"""Keys, addresses and switches: who is asked, and who is not."""

import os
import socket
import sys
from pathlib import Path

import pytest

from service import llm
from service.errors import ModelRejectedError, ModelUnreachableError
from tests.support.scripted_server import ScriptedServer
from tests.unit.llm.asked import KEY, MESSAGES, RIGHT, Sum, settings


def test_no_server_at_all() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://user:password@127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(ModelUnreachableError, match=r"127\.0\.0\.1") as caught:
        llm.structured(settings(openai_base_url=url), Sum, MESSAGES)
    assert "password" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://[bad/v1", "127.0.0.1:1/v1", "ftp://127.0.0.1/v1"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(ModelRejectedError, match="OPENAI_BASE_URL"):
        llm.structured(settings(openai_base_url=url), Sum, MESSAGES)


@pytest.mark.parametrize("key", [None, "", "  "])
def test_a_local_server_needs_no_key(key: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    with ScriptedServer([RIGHT]) as server:
        llm.structured(settings(server, openai_api_key=key), Sum, MESSAGES)
    assert server.requests[0].headers["authorization"] == "Bearer not-needed"


def test_a_key_with_its_line_end_is_used_without() -> None:
    with ScriptedServer([RIGHT]) as server:
        llm.structured(settings(server, openai_api_key=f"{KEY}\n"), Sum, MESSAGES)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("key", ["壹贰叁肆", "sk-a\nb"])
def test_a_key_that_is_none(key: str) -> None:
    with ScriptedServer([RIGHT]) as server, pytest.raises(ModelRejectedError, match="OPENAI_API_KEY") as caught:
        llm.structured(settings(server, openai_api_key=key), Sum, MESSAGES)
    assert server.requests == []
    assert key not in str(caught.value)


def test_nothing_is_asked_when_nothing_is_configured() -> None:
    with pytest.raises(ModelRejectedError, match="MINGZHANG_MODEL"):
        llm.structured(settings(model=None), Sum, MESSAGES)
    with pytest.raises(ModelRejectedError, match="MINGZHANG_EMBEDDING_MODEL"):
        llm.embed(settings(), ["一"])


def test_the_switch_stops_every_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm, "ALLOW_CALLS", False)
    with ScriptedServer([RIGHT]) as server:
        with pytest.raises(RuntimeError, match="ALLOW_CALLS"):
            llm.structured(settings(server), Sum, MESSAGES)
        with pytest.raises(RuntimeError, match="ALLOW_CALLS"):
            llm.embed(settings(server, embedding_model="vectors"), ["一"])
    assert server.requests == []


def test_only_the_address_of_the_settings_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/other")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/other")
    monkeypatch.setenv("LANGSMITH_GATEWAY", "true")
    assert str(llm.chat(settings(openai_base_url=None)).root_client.base_url) == "https://api.openai.com/v1/"


def test_tracing_is_off() -> None:
    from langsmith import utils

    assert not utils.tracing_is_enabled()
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        assert os.environ[name] == "false"


def test_the_door_opens_late() -> None:
    import subprocess

    heavy = "('openai', 'langchain', 'httpx')"
    code = f"import sys, service.llm, service.answering.chain; sys.exit(any(m.startswith({heavy}) for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3]).returncode == 0
