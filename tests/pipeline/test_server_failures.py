"""Every failure in the table of docs/models.md: what the user is told, the exit status, the answer that is there all the same."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from service import extraction, pipeline
from service.errors import ModelError
from service.facts.model import chain
from service.record import Record
from service.records import Engine
from service.settings import Settings
from tests.support.scripted_server import Body, Reply, Script, ScriptedServer

pytestmark = pytest.mark.usefixtures("calls_allowed")
TABLE = Path(__file__).parents[2] / "docs" / "models.md"
QUESTION = "2024年公务员医疗补助为什么没花完预算？"
SPENT = "251.37"
EMPTY: Body = {"items": []}
ENGLISH: Body = {"refused": False, "sentences": [{"text": "Fewer people applied for it.", "labels": ["E1"], "derivations": []}]}


@dataclass(frozen=True)
class Failure:
    """A row of the table: the server that behaves so, and what the user is told; how many requests one question costs."""

    row: str
    script: Script
    words: str
    requests: int


def _without_temperature(body: Body) -> Reply:
    return Reply(status=400, message="temperature is not supported") if "temperature" in body else Reply(status=503)


FAILURES = (
    Failure("不接受这种要法（400、422）", [Reply(status=400)], "拒绝了请求（400", 3),
    Failure("回复空白、不是 JSON、缺字段、JSON 半截", [Reply("")], "空回复", 4),
    Failure("回复空白、不是 JSON、缺字段、JSON 半截", [Reply("我不知道")], "不合格式", 4),
    Failure("回复空白、不是 JSON、缺字段、JSON 半截", [Reply('{"refused": false}')], "不合格式", 4),
    Failure("回复空白、不是 JSON、缺字段、JSON 半截", [Reply('{"refused": fal')], "不合格式", 4),
    Failure("带 `<think>`、```` ```json ````", [Reply("<think>还没想完")], "空回复", 4),
    Failure("回复被长度限制截断、被内容审查拦下、拒答", [Reply("{", finish_reason="length")], "截断", 1),
    Failure("回复被长度限制截断、被内容审查拦下、拒答", [Reply("{", finish_reason="content_filter")], "拒绝回答", 1),
    Failure("拒答，而回复是流式的", [Reply(None, refusal="no")], "拒绝回答", 4),
    Failure("提示太长", [Reply(status=400, message="maximum context length is 10 tokens")], "超过模型能读的长度", 2),
    Failure("401、403、404", [Reply(status=401)], "OPENAI_API_KEY", 1),
    Failure("401、403、404", [Reply(status=403)], "OPENAI_API_KEY", 1),
    Failure("401、403、404", [Reply(status=404)], "MINGZHANG_MODEL", 1),
    Failure("429", [Reply(status=429)], "繁忙", 1),
    Failure("5xx、超时、连接断开、流中断", [Reply(status=502)], "内部出错（502）", 1),
    Failure("5xx、超时、连接断开、流中断", [Reply(delay=30)], "秒内没有答完", 1),
    Failure("5xx、超时、连接断开、流中断", [Reply("{}", drop_after=0)], "无法识别", 1),
    Failure("不接受 `temperature=0`", _without_temperature, "内部出错（503）", 2),
)
OF_ANSWERS = ("用别的语言回答",)
"""Rows about what is done with a draft that is well formed."""
OF_STREAMS = ("5xx、超时、连接断开、流中断|无法识别", "拒答，而回复是流式的|拒绝回答")
"""What only a stream can do: extraction asks without."""


def _told(server: ScriptedServer) -> dict[str, Any]:
    return {"model": "scripted", "openai_base_url": server.url, "model_timeout": 1.0, "model_retries": 0, "model_parallel": 1}


def test_every_row_of_the_table_is_tried() -> None:
    table = TABLE.read_text("utf-8").partition("| 服务器 | 程序 |")[2].partition("\n\n")[0]
    rows = {match[1] for match in re.finditer(r"^\| (.+?) \|", table, re.M)}
    assert rows == {f.row for f in FAILURES} | set(OF_ANSWERS)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda f: f.words)
def test_the_offline_answer_is_there_and_says_why(shelf: Settings, failure: Failure) -> None:
    with ScriptedServer(failure.script) as server, pipeline.open_session(shelf.model_copy(update=_told(server))) as session:
        answer = session.ask(QUESTION)
    assert answer.engine is Engine.OFFLINE
    assert SPENT in answer.answer
    assert failure.words in answer.notes[0]
    assert len(server.requests) == failure.requests


@pytest.mark.parametrize("failure", [f for f in FAILURES if f"{f.row}|{f.words}" not in OF_STREAMS], ids=lambda f: f.words)
def test_extraction_stops_with_status_three_within_its_calls(whole: Record, tmp_path: Path, failure: Failure) -> None:
    with ScriptedServer(failure.script) as server, pytest.raises(ModelError) as caught:
        extraction.alone(whole.document, whole.disclosure, Settings(home=tmp_path, _env_file=None, **_told(server)))
    assert caught.value.exit_status == 3
    assert failure.words in caught.value.zh
    assert len(server.requests) <= chain.MOST_CALLS


def test_an_answer_that_stays_in_another_language(shelf: Settings) -> None:
    with ScriptedServer([ENGLISH]) as server, pipeline.open_session(shelf.model_copy(update=_told(server))) as session:
        answer = session.ask(QUESTION)
    assert answer.engine is Engine.OFFLINE
    assert SPENT in answer.answer
    assert len(server.requests) == 2
    assert answer.notes


MOST_READ = 3_400
"""A short-sighted server reads so many characters."""


@pytest.mark.parametrize(
    "long",
    [Reply(status=400, message="maximum context length is 8192 tokens"), Reply("{", finish_reason="length")],
    ids=["overflow", "cut"],
)
def test_halves_cost_no_more_than_twelve_calls(whole: Record, tmp_path: Path, long: Reply) -> None:
    sizes: list[int] = []

    def short_sighted(body: Body) -> Body | Reply:
        # What is read, without what is asked for, which every half repeats.
        sizes.append(sum(len(m["content"]) for m in body["messages"] if m["role"] != "system"))
        return long if sizes[-1] > MOST_READ else EMPTY

    with ScriptedServer(short_sighted) as server:
        made = extraction.alone(whole.document, whole.disclosure, Settings(home=tmp_path, _env_file=None, **_told(server)))
    assert any(size > MOST_READ for size in sizes)
    assert any(size <= MOST_READ for size in sizes), "halves were asked"
    assert len(sizes) <= chain.MOST_CALLS
    assert json.dumps([u.what for u in made.disclosure.unread], ensure_ascii=False).count("模型抽取") <= len(sizes) // 2
