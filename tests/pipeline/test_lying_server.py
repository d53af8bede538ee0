"""A server that lies, over many questions, through the whole of answering: not one unsupported figure reaches an answer."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.guarding import lies
from service import pipeline
from service.records import Answer, Engine, Support
from service.settings import Settings
from tests.support.scripted_server import Body, ScriptedServer

pytestmark = pytest.mark.usefixtures("calls_allowed")
QUESTIONS = 24
_PIECE = re.compile(r'<证据 编号="(?P<label>E\d+)"(?P<attributes>[^>]*)>(?P<quote>[^<]*)</证据>')
_READING = re.compile(r"(?P<item>[^/：；\"]+)：(?P<year>20\d\d)年 (?P<measure>年初预算|决算|预算) (?P<number>[\d,.]*\d)(?P<unit>万元|元)")

Reading = dict[str, str]
Lie = Callable[[list[Reading]], tuple[str, str, str] | None]
"""From what the prompt says was read: (sentence, label, the wrong words), or None where the evidence does not lend itself."""


def readings(body: Body) -> list[Reading]:
    """What the prompt says was read in its evidence, as a model sees it."""
    prompt = str(body["messages"][1]["content"])
    return [
        {"label": piece["label"], **match.groupdict()}
        for piece in _PIECE.finditer(prompt)
        for match in _READING.finditer(piece["attributes"])
        if re.search(r"[1-9]", match["number"])
    ]


def _told(one: Reading, number: str, unit: str = "") -> str:
    return f"{one['year']}年{one['item']}{one['measure']}{number}{unit or one['unit']}"


def honest(read: list[Reading]) -> tuple[str, str, str] | None:
    return (f"{_told(read[0], read[0]['number'])}。", read[0]["label"], "") if read else None


def digit(read: list[Reading]) -> tuple[str, str, str] | None:
    if not read:
        return None
    number = read[0]["number"]
    wrong = f"{9 - int(number[0]) or 7}{number[1:]}" if number[0] != "7" else f"4{number[1:]}"
    return f"{_told(read[0], wrong)}。", read[0]["label"], f"{wrong}{read[0]['unit']}"


def unit(read: list[Reading]) -> tuple[str, str, str] | None:
    if not read:
        return None
    wrong = "亿元"
    return f"{_told(read[0], read[0]['number'], wrong)}。", read[0]["label"], f"{read[0]['number']}{wrong}"


def neighbour(read: list[Reading]) -> tuple[str, str, str] | None:
    for other in read[1:]:
        first = read[0]
        names = first["item"], other["item"]
        if any(one["item"] == first["item"] and one["number"] == other["number"] for one in read):
            continue
        if names[0] not in names[1] and names[1] not in names[0] and "合计" not in "".join(names) and "总计" not in "".join(names):
            said = f"{first['year']}年{first['item']}{first['measure']}{other['number']}{other['unit']}"
            return f"{said}。", other["label"], said
    return None


def reason(read: list[Reading]) -> tuple[str, str, str] | None:
    return (f"{read[0]['item']}的原因是「单位撤并导致业务停办」。", read[0]["label"], "单位撤并") if read else None


def uncited(read: list[Reading]) -> tuple[str, str, str] | None:
    return ("该单位当年总支出为8,765.43万元。", "E98", "8,765.43") if read else None


LIES: tuple[Lie, ...] = (digit, unit, neighbour, reason, uncited)


def ask(shelf: Settings, samples: Path, chosen: Callable[[int], Lie]) -> list[tuple[Answer, str]]:
    """Answers to the sample questions by a server that says one sentence, and the wrong words of each."""
    made = []
    wrong, number = "", 0

    def script(body: Body) -> dict[str, Any]:
        nonlocal wrong
        if "改写成" in str(body["messages"][0]["content"]):
            return {"question": ""}
        told = chosen(number)(readings(body))
        wrong = told[2] if told else ""
        text, label = (told[0], told[1]) if told else ("文件中没有所问的内容。", "")
        return {"refused": told is None, "sentences": [{"text": text, "labels": [label] if label else [], "derivations": []}]}

    with ScriptedServer(script) as server:
        model = {"model": "scripted", "openai_base_url": server.url, "model_timeout": 10.0, "model_retries": 0}
        with pipeline.open_session(shelf.model_copy(update=model)) as session:
            for asked in lies.read(samples)[:QUESTIONS]:
                number += 1
                made.append((session.ask(asked.text, docs=asked.docs or None, history=asked.history), wrong))
    return made


def test_no_lie_reaches_an_answer(shelf: Settings, samples: Path) -> None:
    made = ask(shelf, samples, lambda n: LIES[n % len(LIES)])
    told = [(answer, wrong) for answer, wrong in made if wrong]
    assert len(told) >= QUESTIONS / 2
    assert [answer.answer for answer, wrong in told if wrong in answer.answer] == []
    for answer, _ in made:
        assert all(figure.status is not Support.UNVERIFIED for figure in answer.figures)


def test_honest_drafts_are_the_answers(shelf: Settings, samples: Path) -> None:
    made = ask(shelf, samples, lambda _: honest)
    by_model = [answer for answer, _ in made if answer.engine is Engine.LLM]
    assert len(by_model) / len(made) >= 0.95
    assert all(answer.withheld == () for answer in by_model)
