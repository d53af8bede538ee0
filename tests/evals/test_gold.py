"""Gold folders are validated: every bad line is named."""

import json
from pathlib import Path

import pytest

from evals import gold
from evals.bench import SAMPLES
from service.errors import InputError, NotFoundError

QUESTION = {
    "id": "q1",
    "doc": "a",
    "question": "多少？",
    "kind": "lookup",
    "figures": [{"value": "1,200.50", "unit": "万元"}],
    "refuse": False,
}


def _folder(folder: Path, name: str, *lines: object) -> Path:
    (folder / name).write_text(
        "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines), "utf-8"
    )
    return folder


def test_own_cases_load() -> None:
    made = gold.load(SAMPLES)
    assert len(made.questions) >= 120
    assert set(made.tables) == {"qinghe-2024-final", "qinghe-2025-budget"}
    assert made.facts
    assert made.findings
    assert len(made.digest) == 64


def test_blank_lines_and_unknown_fields_are_let_be(tmp_path: Path) -> None:
    made = gold.load(_folder(tmp_path, "questions.jsonl", {**QUESTION, "mine": 1}, "", {**QUESTION, "id": "q2", "doc": ["a", "b"]}))
    assert [q.docs for q in made.questions] == [("a",), ("a", "b")]
    assert made.docs == ("a", "b")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"kind": "riddle"}, "kind"),
        ({"figures": [{"value": "约三百", "unit": "万元"}]}, "figures.0.value"),
        ({"figures": []}, "needs figures or mentions"),
        ({"question": "  "}, "question"),
    ],
)
def test_a_bad_line_is_named(change: dict[str, object], named: str, tmp_path: Path) -> None:
    _folder(tmp_path, "questions.jsonl", QUESTION, {**QUESTION, "id": "q2", **change})
    with pytest.raises(InputError, match=f"questions.jsonl line 2.*{named}"):
        gold.load(tmp_path)


def test_an_id_may_not_come_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="q1 is used twice"):
        gold.load(_folder(tmp_path, "questions.jsonl", QUESTION, QUESTION))


def test_not_json_and_not_utf8_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: JSON"):
        gold.load(_folder(tmp_path, "facts.jsonl", "{"))
    (tmp_path / "facts.jsonl").write_bytes("文".encode("gb18030"))
    with pytest.raises(InputError, match="not UTF-8"):
        gold.load(tmp_path)


def test_an_empty_or_missing_folder_is_no_gold(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="holds none"):
        gold.load(tmp_path)
    with pytest.raises(NotFoundError, match="no such gold folder"):
        gold.load(tmp_path / "nowhere")


def test_tables_are_rows_of_texts(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.json").write_text('[["合计", "1.00"]]', "utf-8")
    assert gold.load(tmp_path).tables == {"a": (("合计", "1.00"),)}
    (tmp_path / "tables" / "a.json").write_text('[["合计", 1.00]]', "utf-8")
    with pytest.raises(InputError, match="a list of rows"):
        gold.load(tmp_path)


def test_findings_of_one_group_have_one_cause(tmp_path: Path) -> None:
    line = {"doc": "a", "class": "sum", "severity": "error", "contains": ["1.00"]}
    made = gold.load(_folder(tmp_path, "findings.jsonl", {"id": "f1", "group": "g", **line}, {"id": "f2", "group": "g", **line}))
    assert len({f.cause for f in made.findings}) == 1


def test_opinions_from_the_page_load_as_they_are_exported(tmp_path: Path) -> None:
    good = {"id": "feedback-1", "doc": "d", "question": "问", "kind": "lookup", "figures": [{"value": "1", "unit": "元"}], "draft": False}
    bad = {"id": "feedback-2", "doc": "d", "question": "问", "kind": "lookup", "figures": [], "mentions": [], "draft": True, "vote": "bad"}
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(good) + "\n" + json.dumps(bad) + "\n", "utf-8")
    made = gold.load(tmp_path)
    assert [q.id for q in made.questions] == ["feedback-1"]
    assert made.drafts == ("feedback-2",)
    path.write_text(json.dumps(bad), "utf-8")
    with pytest.raises(InputError, match="are drafts"):
        gold.load(tmp_path)
