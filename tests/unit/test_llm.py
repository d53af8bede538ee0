"""Every way a model server answers, or does not."""

import json
import os
import pickle
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage, SystemMessage
from pydantic import BaseModel

from service import llm
from service.errors import ModelRejectedError, ModelReplyError, ModelUnreachableError
from service.llm import Method
from service.settings import Settings
from tests.support.scripted_server import DIMENSIONS, Body, Reply, Script, ScriptedServer, form_of, vector

KEY = "sk-secret-0123456789"
MESSAGES = [SystemMessage("你是算账的。"), HumanMessage("一加一？")]
RIGHT = {"value": "2", "notes": ["一加一"]}


class Sum(BaseModel):
    """A record to ask for."""

    value: str
    notes: list[str] = []


@pytest.fixture(autouse=True)
def _calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(llm, "ALLOW_CALLS", True)
    llm.forget()
    yield
    llm.forget()


def settings(server: ScriptedServer | None = None, **changes: object) -> Settings:
    values: dict[str, object] = {
        "model": "scripted",
        "openai_base_url": server.url if server else None,
        "openai_api_key": KEY,
        "model_timeout": 20.0,
        "model_retries": 0,
        "_env_file": None,
    }
    return Settings(**(values | changes))  # type: ignore[arg-type]  # values of several types


@pytest.mark.parametrize("streamed", [False, True])
def test_json_schema_first(streamed: bool) -> None:
    said: list[str] = []
    with ScriptedServer([RIGHT]) as server:
        record, usage = llm.structured(settings(server), Sum, MESSAGES, on_event=said.append if streamed else None)
    assert record == Sum(value="2", notes=["一加一"])
    assert server.forms == ["json_schema"]
    body = server.requests[0].body
    assert bool(body.get("stream")) is streamed
    form = body["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["required"] == ["value", "notes"]
    assert form["schema"]["additionalProperties"] is False
    assert "default" not in json.dumps(form)
    assert (usage.calls, usage.method) == (1, Method.JSON_SCHEMA)
    assert usage.prompt_tokens == len("你是算账的。一加一？")
    assert usage.completion_tokens == len(json.dumps(RIGHT, ensure_ascii=False))
    assert bool(said) is streamed


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("rejects", "method"), [(["json_schema"], Method.FUNCTION_CALLING), (["json_schema", "function"], Method.JSON_MODE)]
)
def test_falls_back_to_what_the_server_accepts_and_remembers_it(rejects: list[str], method: Method, streamed: bool) -> None:
    listener = [].append if streamed else None  # type: ignore[var-annotated]
    with ScriptedServer([RIGHT], rejects=rejects) as server:
        record, usage = llm.structured(settings(server), Sum, MESSAGES, on_event=listener)
        assert record.value == "2"
        assert usage.method is method
        assert len(server.forms) == len(rejects) + 1
        llm.structured(settings(server), Sum, MESSAGES, on_event=listener)
        assert len(server.forms) == len(rejects) + 2
        llm.structured(settings(server, model="another"), Sum, MESSAGES, on_event=listener)
    assert len(server.forms) == 2 * len(rejects) + 3, "another model has to be found out again"


def test_function_calling_forces_the_function() -> None:
    with ScriptedServer([RIGHT], rejects=["json_schema"]) as server:
        llm.structured(settings(server), Sum, MESSAGES)
    body = server.requests[1].body
    assert body["tool_choice"] == {"type": "function", "function": {"name": "Sum"}}
    assert body["tools"][0]["function"]["parameters"]["required"] == ["value", "notes"]


def test_json_mode_puts_the_schema_into_the_one_system_message() -> None:
    with ScriptedServer([RIGHT], rejects=["json_schema", "function"]) as server:
        llm.structured(settings(server), Sum, MESSAGES)
    sent = server.requests[-1].body["messages"]
    assert [m["role"] for m in sent] == ["system", "user"]
    assert "JSON Schema" in sent[0]["content"]
    assert '"notes"' in sent[0]["content"]


def test_a_server_that_ignores_the_schema_is_asked_by_the_next_method() -> None:
    def script(body: Body) -> Body | str:
        return RIGHT if form_of(body) == "function" else "好的，答案是二。"

    with ScriptedServer(script) as server:
        record, usage = llm.structured(settings(server), Sum, MESSAGES)
        assert record.value == "2"
        assert (usage.calls, usage.method) == (2, Method.FUNCTION_CALLING)
        llm.structured(settings(server), Sum, MESSAGES)
    assert server.forms == ["json_schema", "function", "function"]


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    "content",
    [
        f"<think>一加一，想想 {{}}</think>\n{json.dumps(RIGHT)}",
        f"想想……\n</think>\n\n{json.dumps(RIGHT)}",
        f"```json\n{json.dumps(RIGHT)}\n```",
        f"<think>…</think>```\n{json.dumps(RIGHT)}\n```",
        json.dumps({"value": "2", "notes": ["文件印着</think>三个字"]}, ensure_ascii=False),
    ],
)
def test_reasoning_and_fences_come_off(content: str, streamed: bool) -> None:
    with ScriptedServer([content]) as server:
        record, usage = llm.structured(settings(server), Sum, MESSAGES, on_event=(lambda _: None) if streamed else None)
    assert record.value == "2"
    assert usage.calls == 1


@pytest.mark.parametrize("content", ["", "<think>没想完", '{"value": "2", "notes": ["一加', '{"notes": []}', "不知道"])
def test_an_unfit_reply_is_sent_back_once(content: str) -> None:
    with ScriptedServer([RIGHT, content, RIGHT]) as server:
        llm.structured(settings(server), Sum, MESSAGES)
        record, usage = llm.structured(settings(server), Sum, MESSAGES)
        assert record.value == "2"
        assert usage.calls == 2
    assert server.forms == ["json_schema"] * 3
    if content and not content.startswith("<think>"):
        assert content in server.requests[2].prompt
        assert "不能用" in server.requests[2].prompt


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("content", ["", "不知道", '{"value": "2", "notes": ["一加'])
def test_a_reply_that_stays_unfit_is_an_error_after_four_calls(content: str, streamed: bool) -> None:
    with ScriptedServer([Reply(content)]) as server, pytest.raises(ModelReplyError) as caught:
        llm.structured(settings(server), Sum, MESSAGES, on_event=(lambda _: None) if streamed else None)
    assert server.forms == ["json_schema", "function", "json_object", "json_object"]
    assert caught.value.exit_status == 3
    assert pickle.loads(pickle.dumps(caught.value)).zh == caught.value.zh  # noqa: S301  # our own bytes


def test_a_cut_function_call_is_not_completed_by_guessing() -> None:
    with ScriptedServer([Reply('{"value": "2", "notes": ["一')], rejects=["json_schema"]) as server, pytest.raises(ModelReplyError):
        llm.structured(settings(server), Sum, MESSAGES, on_event=lambda _: None)


def test_a_function_asked_for_and_answered_in_the_content_is_read() -> None:
    with ScriptedServer([json.dumps(RIGHT)], rejects=["json_schema"]) as server:
        assert llm.structured(settings(server), Sum, MESSAGES)[0].value == "2"


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(json.dumps(RIGHT), finish_reason="length"), "截断"),
        (Reply(json.dumps(RIGHT), finish_reason="content_filter"), "拒绝回答"),
    ],
)
def test_a_reply_cut_or_withheld_by_the_server(reply: Reply, words: str, streamed: bool) -> None:
    with ScriptedServer([reply]) as server, pytest.raises(ModelReplyError, match=words):
        llm.structured(settings(server), Sum, MESSAGES, on_event=(lambda _: None) if streamed else None)
    assert len(server.requests) == 1


def test_a_refusal() -> None:
    with ScriptedServer([Reply(None, refusal="I can't help")]) as server, pytest.raises(ModelReplyError, match="拒绝回答"):
        llm.structured(settings(server), Sum, MESSAGES)


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


@pytest.mark.parametrize(
    "raw",
    ["<html>登录</html>", '{"choices": null}', '{"error": {"message": "no"}}', "{}", '{"choices": []}', '{"choices": [{}]}', '{"choi'],
)
def test_a_body_that_is_no_completion(raw: str) -> None:
    with ScriptedServer([Reply(raw=raw)]) as server, pytest.raises(ModelReplyError, match="无法识别"):
        llm.structured(settings(server), Sum, MESSAGES)


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


@pytest.mark.parametrize("message", ["This model's maximum context length is 4096 tokens.", "context_length_exceeded"])
def test_a_prompt_that_is_too_long_is_told_apart(message: str) -> None:
    with ScriptedServer([Reply(status=400, message=message)]) as server, pytest.raises(llm.ContextOverflowError):
        llm.structured(settings(server), Sum, MESSAGES)
    assert len(server.requests) == 1


def test_a_model_without_temperature_is_asked_without() -> None:
    def script(body: Body) -> Body | Reply:
        return Reply(status=400, message="temperature is not supported") if "temperature" in body else RIGHT

    with ScriptedServer(script) as server:
        for _ in range(2):
            assert llm.structured(settings(server), Sum, MESSAGES)[0].value == "2"
    assert ["temperature" in r.body for r in server.requests] == [True, False, False]
    assert server.forms == ["json_schema"] * 3


def test_a_form_refused_later_is_found_out_again() -> None:
    script: Script = [RIGHT, Reply(status=400), RIGHT]
    with ScriptedServer(script) as server:
        llm.structured(settings(server), Sum, MESSAGES)
        with pytest.raises(ModelRejectedError):
            llm.structured(settings(server), Sum, MESSAGES)
        llm.structured(settings(server), Sum, MESSAGES)
    assert server.forms == ["json_schema"] * 3


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
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0


def test_embeddings_come_in_order() -> None:
    texts = [f"第{i}段" for i in range(150)]
    with ScriptedServer() as server:
        vectors = llm.embed(settings(server, model=None, embedding_model="vectors"), texts)
    assert [len(r.body["input"]) for r in server.requests] == [64, 64, 22]
    assert all(isinstance(t, str) for r in server.requests for t in r.body["input"])
    assert len(vectors[0]) == DIMENSIONS
    assert vectors == [pytest.approx(vector(t)) for t in texts]


def test_a_small_batch_limit_is_found_out_and_remembered() -> None:
    texts = [f"第{i}段" for i in range(25)]
    with ScriptedServer(largest_batch=10) as server:
        for _ in range(2):
            assert len(llm.embed(settings(server, embedding_model="vectors"), texts)) == 25
    assert [len(r.body["input"]) for r in server.requests] == [25, 10, 10, 5, 10, 10, 5]


def test_no_texts_no_call() -> None:
    with ScriptedServer() as server:
        assert llm.embed(settings(server, embedding_model="vectors"), []) == []
    assert server.requests == []


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(status=401), ModelRejectedError),
        (Reply(status=404), ModelRejectedError),
        (Reply(status=400), ModelRejectedError),
        (Reply(status=500), ModelUnreachableError),
        (Reply(delay=30), ModelUnreachableError),
        (Reply(raw='{"object": "list", "data": []}'), ModelReplyError),
        (Reply(raw='{"object": "list", "data": [{"index": 0, "embedding": [1.0]}]}'), ModelReplyError),
        (Reply(raw='{"object": "list", "data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1, 2]}]}'), ModelReplyError),
        (Reply(raw='{"object": "list", "data": [{"index": 0, "embedding": [NaN]}, {"index": 1, "embedding": [1]}]}'), ModelReplyError),
        (Reply(raw="<html>"), ModelReplyError),
    ],
)
def test_embedding_failures(reply: Reply, error: type[Exception]) -> None:
    with ScriptedServer(embeds=[reply]) as server, pytest.raises(error):
        llm.embed(settings(server, embedding_model="vectors", model_timeout=0.5), ["一", "二"])


def test_a_server_that_says_to_wait_for_an_hour_is_not_waited_for() -> None:
    busy = Reply(status=429, headers={"retry-after": "3600"})
    begun = time.monotonic()
    with ScriptedServer([busy]) as server, pytest.raises(ModelUnreachableError, match="繁忙"):
        llm.structured(settings(server, model_retries=1), Sum, MESSAGES)
    assert len(server.requests) <= 2
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("streamed", [False, True])
def test_the_text_is_handed_on_as_it_comes(streamed: bool) -> None:
    long = {"value": "2", "notes": ["一" * 200]}
    said: list[str] = []
    with ScriptedServer([f"<think>想</think>{json.dumps(long, ensure_ascii=False)}"]) as server:
        llm.structured(settings(server), Sum, MESSAGES, on_event=(lambda _: None) if streamed else None, on_text=said.append)
    assert bool(said) is streamed
    assert all(json.dumps(long, ensure_ascii=False).startswith(text) for text in said)
