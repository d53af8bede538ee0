"""What servers reply: reasoning, fences, unfit and cut replies, refusals."""

import json
import pickle

import pytest

from service import llm
from service.errors import ModelReplyError
from tests.support.scripted_server import Reply, ScriptedServer
from tests.unit.llm.asked import MESSAGES, RIGHT, Sum, settings


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


def test_a_streamed_refusal_is_told_as_one_by_a_server_that_is_known() -> None:
    with ScriptedServer([json.dumps(RIGHT), Reply(None, refusal="I can't help")]) as server:
        llm.structured(settings(server), Sum, MESSAGES)
        with pytest.raises(ModelReplyError, match="拒绝回答"):
            llm.structured(settings(server), Sum, MESSAGES, on_event=lambda _: None)
    assert [r.body.get("stream", False) for r in server.requests] == [False, True, False]


def test_a_stream_of_nothing_is_asked_again_as_a_whole() -> None:
    with ScriptedServer([json.dumps(RIGHT), Reply(""), json.dumps(RIGHT)]) as server:
        llm.structured(settings(server), Sum, MESSAGES)
        made, usage = llm.structured(settings(server), Sum, MESSAGES, on_event=lambda _: None)
    assert made.value == RIGHT["value"]
    assert usage.calls == 2


@pytest.mark.parametrize(
    "raw",
    ["<html>登录</html>", '{"choices": null}', '{"error": {"message": "no"}}', "{}", '{"choices": []}', '{"choices": [{}]}', '{"choi'],
)
def test_a_body_that_is_no_completion(raw: str) -> None:
    with ScriptedServer([Reply(raw=raw)]) as server, pytest.raises(ModelReplyError, match="无法识别"):
        llm.structured(settings(server), Sum, MESSAGES)


@pytest.mark.parametrize("streamed", [False, True])
def test_the_text_is_handed_on_as_it_comes(streamed: bool) -> None:
    long = {"value": "2", "notes": ["一" * 200]}
    said: list[str] = []
    with ScriptedServer([f"<think>想</think>{json.dumps(long, ensure_ascii=False)}"]) as server:
        llm.structured(settings(server), Sum, MESSAGES, on_event=(lambda _: None) if streamed else None, on_text=said.append)
    assert bool(said) is streamed
    assert all(json.dumps(long, ensure_ascii=False).startswith(text) for text in said)
