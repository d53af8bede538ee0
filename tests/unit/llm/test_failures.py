"""What goes wrong at a server: statuses, time-outs, broken streams, prompts too long."""

import json
import time

import pytest

from service import llm
from service.errors import ModelRejectedError, ModelReplyError, ModelUnreachableError
from tests.support.scripted_server import Reply, ScriptedServer
from tests.unit.llm.asked import KEY, MESSAGES, RIGHT, Sum, settings


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("status", "error", "words", "calls"),
    [
        (400, ModelRejectedError, "scripted failure", 3),
        (422, ModelRejectedError, "scripted failure", 3),
        (401, ModelRejectedError, "OPENAI_API_KEY", 1),
        (403, ModelRejectedError, "OPENAI_API_KEY", 1),
        (402, ModelRejectedError, "402", 1),
        (404, ModelRejectedError, "没有 scripted", 1),
        (429, ModelUnreachableError, "繁忙", 1),
        (500, ModelUnreachableError, "500", 1),
        (503, ModelUnreachableError, "503", 1),
    ],
)
def test_statuses(status: int, error: type[Exception], words: str, calls: int, streamed: bool) -> None:
    reply = Reply(status=status, message=f"scripted failure of {KEY}\nline two")
    with ScriptedServer([reply]) as server, pytest.raises(error, match=words) as caught:
        llm.structured(settings(server), Sum, MESSAGES, on_event=(lambda _: None) if streamed else None)
    assert len(server.requests) == calls
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_busy_server_is_tried_again_when_it_says_so() -> None:
    with ScriptedServer([Reply(status=429, headers={"retry-after": "1"}), RIGHT]) as server:
        begun = time.monotonic()
        record, _ = llm.structured(settings(server, model_retries=1), Sum, MESSAGES)
    assert record.value == "2"
    assert time.monotonic() - begun >= 1
    assert len(server.requests) == 2


def test_a_failing_server_is_tried_as_often_as_the_settings_say() -> None:
    with ScriptedServer([Reply(status=500, headers={"retry-after-ms": "1"})]) as server, pytest.raises(ModelUnreachableError):
        llm.structured(settings(server, model_retries=2), Sum, MESSAGES)
    assert len(server.requests) == 3


@pytest.mark.parametrize("streamed", [False, True])
def test_a_silent_server_times_out(streamed: bool) -> None:
    with ScriptedServer([Reply(delay=30)]) as server, pytest.raises(ModelUnreachableError, match=r"0\.3 秒"):
        llm.structured(settings(server, model_timeout=0.3), Sum, MESSAGES, on_event=(lambda _: None) if streamed else None)
    assert len(server.requests) == 1


def test_a_stream_that_drips_for_ever_times_out() -> None:
    with ScriptedServer([Reply("滴" * 1600, pace=0.05)]) as server, pytest.raises(ModelUnreachableError, match=r"0\.5 秒"):
        llm.structured(settings(server, model_timeout=0.5), Sum, MESSAGES, on_event=lambda _: None)


@pytest.mark.parametrize("abrupt", [False, True])
def test_a_dropped_stream(abrupt: bool) -> None:
    reply = Reply(json.dumps({"value": "2", "notes": ["长" * 100]}), drop_after=4, abrupt=abrupt)
    with ScriptedServer([reply]) as server, pytest.raises(ModelUnreachableError):
        llm.structured(settings(server), Sum, MESSAGES, on_event=lambda _: None)
    assert len(server.requests) == 1


def test_a_stream_dropped_once_is_asked_again() -> None:
    said: list[str] = []
    with ScriptedServer([Reply(json.dumps(RIGHT), drop_after=2), RIGHT]) as server:
        assert llm.structured(settings(server, model_retries=1), Sum, MESSAGES, on_event=said.append)[0].value == "2"
    assert any("重试" in line for line in said)


def test_a_stream_of_nothing() -> None:
    with ScriptedServer([Reply(drop_after=0)]) as server, pytest.raises(ModelReplyError, match="无法识别"):
        llm.structured(settings(server), Sum, MESSAGES, on_event=lambda _: None)


@pytest.mark.parametrize("message", ["This model's maximum context length is 4096 tokens.", "context_length_exceeded"])
def test_a_prompt_that_is_too_long_is_told_apart(message: str) -> None:
    with ScriptedServer([Reply(status=400, message=message)]) as server, pytest.raises(llm.ContextOverflowError):
        llm.structured(settings(server), Sum, MESSAGES)
    assert len(server.requests) == 1


def test_a_server_that_says_to_wait_for_an_hour_is_not_waited_for() -> None:
    busy = Reply(status=429, headers={"retry-after": "3600"})
    begun = time.monotonic()
    with ScriptedServer([busy]) as server, pytest.raises(ModelUnreachableError, match="繁忙"):
        llm.structured(settings(server, model_retries=1), Sum, MESSAGES)
    assert len(server.requests) <= 2
    assert time.monotonic() - begun < 15
