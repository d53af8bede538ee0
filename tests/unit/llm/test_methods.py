"""How a server is asked: by JSON schema, by function calling or in JSON mode, and what is remembered of it."""

import json

import pytest

from service import llm
from service.errors import ModelRejectedError
from service.llm import Method
from tests.support.scripted_server import Body, Reply, Script, ScriptedServer, form_of
from tests.unit.llm.asked import MESSAGES, RIGHT, Sum, settings


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


def test_a_function_asked_for_and_answered_in_the_content_is_read() -> None:
    with ScriptedServer([json.dumps(RIGHT)], rejects=["json_schema"]) as server:
        assert llm.structured(settings(server), Sum, MESSAGES)[0].value == "2"


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
