"""Questions asked in a batch, from the command line: answers a line each, what a bad line says, failures halfway."""

import json
import subprocess
from pathlib import Path
from typing import cast

import pytest

from service import batch
from service.errors import InputError, ModelUnreachableError
from service.pipeline import Session
from service.records import Answer, Engine
from service.settings import Settings
from tests.support.command_line import FINAL, is_refused, run


def run_batch(settings: Settings, folder: Path, data: bytes, out: str = "out.jsonl") -> "subprocess.CompletedProcess[str]":
    source = folder / "in.jsonl"
    source.write_bytes(data)
    return run(settings, "ask", "--batch", str(source), "--out", str(folder / out))


def test_ask_in_a_batch(shelf: Settings, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "question": "机关运行经费是多少？", "doc": FINAL},
        {"id": "b", "question": "比上年多还是少？", "doc": [FINAL], "history": [["机关运行经费是多少？", "…"]]},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    done = run(shelf, "ask", "--batch", str(source), "--out", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    answers = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [a["id"] for a in answers] == ["a", "b"]
    assert "机关运行经费" in answers[1]["answer"]


def test_a_bad_batch_line_names_itself(shelf: Settings, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "question": "x"}\n{"id": "b"}\n', "utf-8")
    done = run(shelf, "ask", "--batch", str(source), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "第 2 行" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"id": 1, "question": "x", "history": [["q"]]}', "history"),
        (b'{"id": 1, "question": "x", "history": "abc"}', "history"),
        (b'{"id": 1, "question": "x", "history": [{"q": "a"}]}', "history"),
        (b'{"id": 1, "question": "x", "history": [[1, null]]}', "history"),
        (b'{"id": 1, "question": "x", "doc": 5}', "doc"),
        (b'{"id": 1, "question": null}', "question"),
        (b'{"id": 1, "question": 5}', "question"),
        (b'{"id": 1, "question": "  "}', "question"),
        (b'{"id": 1, "question": "' + b"x" * 2001 + b'"}', "question"),
        (b'{"id": null, "question": "x"}', "id"),
        (b'{"id": true, "question": "x"}', "id"),
        (b'{"id": 1, "question": "\\ud800"}', "JSON"),
        (b'{"id": 1, "question": "\xff"}', "UTF-8"),
        (b'["id", "question"]', "JSON"),
        (b"[" * 5000, "JSON"),
        (b"null", "JSON"),
    ],
)
def test_an_unusable_batch_line_is_named(tmp_path: Path, line: bytes, words: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": 0, "question": "x"}\n\n' + line + b"\n")
    with pytest.raises(InputError, match=f"第 3 行：.*{words}") as raised:
        batch.read(source)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("more", [b'"history": [["q"]]', b'"doc": "nothing"', b'"note": "\xff"'])
def test_an_unusable_batch_line_is_one_line(shelf: Settings, tmp_path: Path, more: bytes) -> None:
    done = run_batch(shelf, tmp_path, b'{"id": 0, "question": "x"}\n{"id": 1, "question": "x", ' + more + b"}\n")
    is_refused(done, "第 2 行")
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_batch_with_a_mark_and_separators(shelf: Settings, tmp_path: Path) -> None:
    question = "机关运行经费\u2028是多少？"
    lines: list[dict[str, object]] = [{"id": n, "question": question, "history": None, "doc": [], "note": "a suite's"} for n in (7, "b")]
    data = "\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode("utf-8-sig")
    done = run_batch(shelf, tmp_path, data)
    assert (done.returncode, done.stderr) == (0, "")
    written = (tmp_path / "out.jsonl").read_text("utf-8").split("\n")
    assert [json.loads(line)["id"] for line in written[:-1]] == [7, "b"]
    assert json.loads(written[0])["question"] == question
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.mark.parametrize(
    ("out", "words"), [("", "是文件夹"), ("none/out.jsonl", "没有文件夹"), ("in.jsonl", "同一个文件"), ("x" * 255, "写不进去")]
)
def test_a_bad_out_is_found_before_any_question(shelf: Settings, tmp_path: Path, out: str, words: str) -> None:
    data = b'{"id": 1, "question": "x"}\n'
    is_refused(run_batch(shelf, tmp_path, data, out), words)
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]
    assert (tmp_path / "in.jsonl").read_bytes() == data


class Failing:
    """A session that asks its second question in vain."""

    def __init__(self, target: Path, error: Exception) -> None:
        self.target, self.error, self.asked = target, error, 0

    def ask(self, question: str, **_: object) -> Answer:
        self.asked += 1
        assert not self.target.exists()
        if self.asked == 2:
            raise self.error
        return Answer(question, "\ud800", True, Engine.OFFLINE, (), ())


@pytest.mark.parametrize("error", [ModelUnreachableError("连不上", "no connection"), KeyboardInterrupt()])
def test_answers_made_before_a_failure_are_kept(tmp_path: Path, error: Exception) -> None:
    target = tmp_path / "out.jsonl"
    lines = {n: batch.Line(id=n, question="x") for n in (1, 2, 3)}
    with pytest.raises(type(error)) as raised:
        batch.answer(cast("Session", Failing(target, error)), lines, target)
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl.part").read_text("utf-8").splitlines()] == [1]
    assert isinstance(error, KeyboardInterrupt) or "已有 1 条回答" in str(raised.value)
    assert not target.exists()
