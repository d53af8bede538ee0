"""The command line as other programs call it: the contract's JSON, exit statuses, one-line errors, and a quick start."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from service.settings import Settings
from tests.support.command_line import FINAL, environment, is_refused, run

FULL = Path("/dev/full")
"""A device on which every write fails as on a full disk."""


HEAVY = (
    "langchain",
    "langchain_core",
    "langchain_openai",
    "openai",
    "chromadb",
    "gradio",
    "pymupdf",
    "sqlalchemy",
    "numpy",
    "openpyxl",
    "rich",
)


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


def test_extract_has_the_record_that_the_schema_describes(shelf: Settings, samples: Path) -> None:
    printed = run(shelf, "schema")
    assert printed.returncode == 0
    schema = json.loads(printed.stdout)
    (document,) = parsed(shelf, "extract", str(samples / f"{FINAL}.pdf"))["documents"]
    record = document["record"]
    assert set(record) == set(schema["properties"])
    assert record["identity"]["doc"] == FINAL
    figures = [f for item in record["totals"] for measure in item["figures"].values() for f in measure]
    assert all(isinstance(f["value"], str) for f in figures)


def test_xlsx(shelf: Settings, samples: Path, tmp_path: Path) -> None:
    target = tmp_path / "facts.xlsx"
    files = [str(samples / f"{name}.pdf") for name in (FINAL, "qinghe-2025-budget")]
    done = run(shelf, "extract", *files, "--xlsx", str(target), "--json")
    assert done.returncode == 0, done.stderr
    facts = [f for d in json.loads(done.stdout)["documents"] for f in d["facts"]]
    book = load_workbook(target)
    assert {"概览", "收支总体", "功能分类项目", "经济分类", "绩效指标", "原因", "名词解释", "核对发现", "未读出"} <= set(book.sheetnames)
    assert [row[0] for row in book["概览"].iter_rows(min_row=2, values_only=True)] == [FINAL, "qinghe-2025-budget"]
    listed = list(book["全部数字"].iter_rows(min_row=2))
    assert len(listed) == len(facts)
    for row, fact in zip(listed, facts, strict=True):
        assert Decimal(str(row[4].value)) == Decimal(fact["value"])
        assert row[11].hyperlink is not None
        assert (row[11].hyperlink.target or "").endswith(f".pdf#page={fact['page']}")
    (wrong,) = [row[4] for row, fact in zip(listed, facts, strict=True) if fact["value"] == "39.1" and fact["item"] == "收入总计"]
    assert wrong.comment is not None
    assert "3.91" in wrong.comment.text
    assert not any(cell.data_type == "f" for page in book for row in page.iter_rows() for cell in row)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["facts.xlsx"]


def test_html(shelf: Settings, samples: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    done = run(shelf, "check", str(samples / f"{FINAL}.pdf"), "--html", str(target), "--json", "--strict")
    assert done.returncode == 1
    (document,) = json.loads(done.stdout)["documents"]
    html = target.read_text("utf-8")
    shown = [f for f in document["findings"] if f["severity"] != "rounding"]
    assert html.count('<article class="finding"') == len(shown)
    for finding in shown:
        assert f'id="f{finding["id"]}"' in html
    assert html.count("data:image/png;base64,") >= len(shown)
    assert str(sum(n for state, n in document["obligations"].items() if state != "not_applicable")) in html


@pytest.mark.parametrize(("command", "option"), [("extract", "--csv"), ("extract", "--xlsx"), ("check", "--html")])
def test_a_bad_target_is_found_before_anything_is_read(shelf: Settings, samples: Path, tmp_path: Path, command: str, option: str) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes((samples / f"{FINAL}.pdf").read_bytes())
    folder, long = tmp_path / "none" / "x", tmp_path / ("x" * 300)
    for target, words in ((tmp_path, "是文件夹"), (folder, "没有文件夹"), (file, "同一个"), (long, "写不进去")):
        is_refused(run(shelf, command, str(file), option, str(target)), words)
    assert [p.name for p in tmp_path.iterdir()] == ["a.pdf"]
    if FULL.exists():
        is_refused(run(shelf, command, str(file), option, str(FULL)), "写不进去")


def test_check_in_the_terminal(shelf: Settings, samples: Path) -> None:
    done = run(shelf, "check", str(samples / f"{FINAL}.pdf"))
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    for words in ("应核对", "对不上", "存疑", "尾差", "未能核对", "54.30 ÷ (1441.60 − 54.30) = 3.91 %", "原文 第4页"):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("ask", "问题", "--doc", "nothing"), 2, "没有 nothing"),
        (("ask",), 2, "--batch"),
        (("ask", " "), 2, "空的"),
        (("ask", "问" * 2001), 2, "最多 2000 字"),
        (("ask", b"\xff"), 2, "不是 UTF-8"),
        (("ask", "问题", "--doc", b"\xff"), 2, "不是 UTF-8"),
        (("remove", b"\xff"), 2, "不是 UTF-8"),
        (("check", "nothing.pdf"), 2, "没有这个文件"),
        (("tables", "README.md.pdf"), 2, "没有这个文件"),
        (("ingest", "nothing"), 2, "没有这个文件"),
        (("remove", "nothing"), 2, "没有 nothing"),
        (("ask", "--batch", "nothing.jsonl", "--out", "x"), 2, "没有这个文件"),
    ],
)
def test_errors_are_one_line(shelf: Settings, arguments: tuple[str | bytes, ...], status: int, words: str) -> None:
    done = run(shelf, *arguments)
    assert done.returncode == status
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_one_line(shelf: Settings, samples: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "question": "x"}\n', "utf-8")
    is_refused(run(shelf, "ask", "--batch", str(source), "--out", str(FULL)), "写不进去")
    file = str(samples / f"{FINAL}.pdf")
    for arguments in (("check", file, "--json"), ("tables", file), ("documents",), ("--help",)):
        command = [sys.executable, "-m", "service", *arguments]
        with FULL.open("w") as full:
            done = subprocess.run(command, env=environment(shelf), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 2, arguments
        assert "标准输出写不进去" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("more", [("--json",), ()])
def test_a_reader_that_leaves_is_no_error(shelf: Settings, samples: Path, more: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "service", "tables", str(samples / f"{FINAL}.pdf"), *more],
        env=environment(shelf),
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", ["check", "extract"])
def test_a_bad_file_does_not_stop_the_others(shelf: Settings, samples: Path, tmp_path: Path, command: str) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no PDF")
    done = run(shelf, command, str(bad), str(samples / f"{FINAL}.pdf"), str(tmp_path / "none.pdf"), "--json")
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 2
    made = json.loads(done.stdout)
    assert [d["doc"] for d in made["documents"]] == [FINAL]
    assert [f["path"] for f in made["failed"]] == [str(bad), str(tmp_path / "none.pdf")]
    is_refused(run(shelf, command, str(bad), "--json"), "不是 PDF")


def test_a_model_without_a_server_is_said_once(shelf: Settings, tmp_path: Path) -> None:
    done = run(shelf, "ask", "机关运行经费是多少？", "--json", MINGZHANG_MODEL="some-model")
    assert json.loads(done.stdout)["engine"] == "offline"
    assert len(done.stderr.splitlines()) == 1
    assert "按离线回答" in done.stderr
    (tmp_path / "in.jsonl").write_text('{"id": 1, "question": "x"}\n{"id": 2, "question": "x"}\n', "utf-8")
    done = run(shelf, "ask", "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out"), MINGZHANG_MODEL="some-model")
    assert done.stderr.count("按离线回答") == 1


@pytest.mark.parametrize(("name", "doc"), [("决算2024".encode("gb18030"), "决算2024"), (b"\xff2024", "\ufffd2024")])
def test_a_name_that_is_not_utf8(shelf: Settings, samples: Path, tmp_path: Path, name: bytes, doc: str) -> None:
    path = os.fsencode(tmp_path) + b"/" + name + b".pdf"
    try:
        Path(os.fsdecode(path)).write_bytes((samples / f"{FINAL}.pdf").read_bytes())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    done = run(shelf, "check", path, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert [d["doc"] for d in json.loads(done.stdout)["documents"]] == [doc]
    assert run(shelf, "tables", path).returncode == 0
    assert run(shelf, "tables", path, "--json").returncode == 0
    Path(os.fsdecode(path)).write_bytes(b"no PDF")
    is_refused(run(shelf, "check", path), "不是 PDF")
    done = run(shelf, "ingest", path, "--json", MINGZHANG_HOME=str(tmp_path / "home"))
    assert done.returncode == 2
    assert "改名" in done.stderr
    assert len(json.loads(done.stdout)["failed"]) == 1


def test_bad_settings_are_one_line(shelf: Settings) -> None:
    done = run(shelf, "documents", MINGZHANG_WORKERS="many")
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
