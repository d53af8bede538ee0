"""The command line as other programs call it: the contract's JSON, exit statuses, one-line errors, and a quick start."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from service.settings import Settings

FINAL = "qinghe-2024-final"
HEAVY = ("langchain", "langchain_core", "langchain_openai", "openai", "chromadb", "gradio", "pymupdf", "sqlalchemy", "numpy")


def run(settings: Settings, *arguments: str) -> "subprocess.CompletedProcess[str]":
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MINGZHANG_", "OPENAI_"))}
    environment = {**clean, "MINGZHANG_HOME": str(settings.home), "PYTHONWARNINGS": "error"}
    return subprocess.run([sys.executable, "-m", "service", *arguments], env=environment, capture_output=True, text=True, check=False)


def parsed(settings: Settings, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    done = run(settings, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_ask(shelf: Settings) -> None:
    answer = parsed(shelf, "ask", "青禾区医保局2024年公务员医疗补助为什么没花完预算？")
    assert set(answer) >= {"question", "answer", "refused", "engine", "citations", "figures", "findings", "elapsed_ms"}
    assert answer["engine"] == "offline"
    citation = answer["citations"][0]
    assert set(citation) >= {"n", "doc", "page", "section", "quote", "bboxes"}
    assert len(citation["bboxes"][0]) == 4
    for figure in answer["figures"]:
        assert figure["value"] in answer["answer"]
        assert figure["status"] in ("cited", "derived")


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


def test_extract(shelf: Settings, samples: Path) -> None:
    (document,) = parsed(shelf, "extract", str(samples / f"{FINAL}.pdf"))["documents"]
    assert (document["doc"], document["year"], document["kind"]) == (FINAL, 2024, "final")
    for fact in document["facts"]:
        assert fact["value"].lstrip("-") in fact["quote"].replace(",", "").replace(" ", "")
        assert isinstance(fact["value"], str)
    assert {"item", "about", "text", "page", "quote"} <= set(document["reasons"][0])


def test_check(shelf: Settings, samples: Path) -> None:
    (document,) = parsed(shelf, "check", str(samples / f"{FINAL}.pdf"))["documents"]
    assert set(document["obligations"]) == {"pass", "tail", "finding", "not_applicable", "not_checked"}
    assert document["obligations"]["pass"] > 50
    assert all(gap["reason"] for gap in document["not_checked"])
    for finding in document["findings"]:
        assert set(finding) >= {
            "id",
            "obligation",
            "class",
            "severity",
            "stated",
            "expected",
            "where",
            "page",
            "quote",
            "operands",
            "explain",
        }
        assert finding["quote"]


def test_strict(shelf: Settings, samples: Path, tmp_path: Path) -> None:
    from samples.make import write

    (final, _) = sorted(write(tmp_path, clean=True))
    assert run(shelf, "check", str(samples / f"{FINAL}.pdf"), "--strict").returncode == 1
    assert run(shelf, "check", str(final), "--strict").returncode == 0


def test_tables(shelf: Settings, samples: Path) -> None:
    document = parsed(shelf, "tables", str(samples / f"{FINAL}.pdf"))
    by_number = {t["number"]: t for t in document["tables"] if t["number"]}
    assert {"公开01表", "公开03表", "公开05表"} <= set(by_number)
    assert by_number["公开03表"]["unit"] == "万元"
    assert len(by_number["公开03表"]["pages"]) == 2


def test_csv(shelf: Settings, samples: Path, tmp_path: Path) -> None:
    target = tmp_path / "facts.csv"
    assert run(shelf, "extract", str(samples / f"{FINAL}.pdf"), "--csv", str(target)).returncode == 0
    assert target.read_text("utf-8-sig").startswith("文件,项目,科目编码")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("ask", "问题", "--doc", "nothing"), 2, "没有 nothing"),
        (("ask",), 2, "--batch"),
        (("ask", " "), 2, "空的"),
        (("check", "nothing.pdf"), 2, "没有这个文件"),
        (("tables", "README.md.pdf"), 2, "没有这个文件"),
        (("ingest", "nothing"), 2, "没有这个文件"),
        (("remove", "nothing"), 2, "没有 nothing"),
        (("ask", "--batch", "nothing.jsonl", "--out", "x"), 2, "没有这个文件"),
    ],
)
def test_errors_are_one_line(shelf: Settings, arguments: tuple[str, ...], status: int, words: str) -> None:
    done = run(shelf, *arguments)
    assert done.returncode == status
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_a_bad_batch_line_names_itself(shelf: Settings, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "question": "x"}\n{"id": "b"}\n', "utf-8")
    done = run(shelf, "ask", "--batch", str(source), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "第 2 行" in done.stderr
    assert not (tmp_path / "out").exists()


def test_bad_settings_are_one_line(shelf: Settings) -> None:
    environment = {**os.environ, "MINGZHANG_HOME": str(shelf.home), "MINGZHANG_WORKERS": "many"}
    done = subprocess.run([sys.executable, "-m", "service", "documents"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "workers" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys, service.__main__; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_ask_about_a_named_body_imports_no_model_and_no_reader(shelf: Settings) -> None:
    code = (
        "import sys\nfrom service import pipeline\nfrom service.settings import Settings\n"
        f"with pipeline.open_session(Settings(home={str(shelf.home)!r}, model=None, embedding_model=None)) as s:\n"
        "    s.ask('机关运行经费是多少？', docs=['qinghe-2024-final'])\n"
        "print([m for m in ('langchain_core', 'openai', 'chromadb', 'gradio', 'pymupdf') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
