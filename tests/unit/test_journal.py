"""Answers are kept once under a key of their own; opinions on them become evaluation cases."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service import feedback
from service.__main__ import app
from service.errors import NotFoundError
from service.library import Journal, Kept, Library
from service.settings import Settings
from tests.support import page as script


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", embedding_model=None)


@pytest.fixture
def journal(settings: Settings) -> Iterator[Journal]:
    library = Library.open(settings)
    yield library.journal
    library.close()


def kept() -> Kept:
    return Kept(script.answer(), ((script.DOC, "a" * 64),), (("先前", "答过"),), "p" * 64)


def test_an_answer_comes_back_whole(journal: Journal) -> None:
    key = journal.keep(kept())
    back = journal.kept(key)
    assert back.answer == script.answer()
    assert (back.sources, back.history, back.prompt) == (kept().sources, kept().history, kept().prompt)
    assert back.made
    assert back.key == key


def test_the_same_answer_is_kept_once(journal: Journal, settings: Settings) -> None:
    assert journal.keep(kept()) == journal.keep(replace(kept(), made="2020-01-01"))
    with sqlite3.connect(settings.home / "library.db") as db:
        assert db.execute("select count(*) from answers").fetchone() == (1,)


@pytest.mark.parametrize(
    "other",
    [
        replace(kept(), sources=((script.DOC, "b" * 64),)),
        replace(kept(), history=()),
        replace(kept(), prompt="q" * 64),
        replace(kept(), answer=replace(script.answer(), question="另一问")),
        replace(kept(), answer=replace(script.answer(), answer="另一答")),
    ],
)
def test_what_an_answer_rests_on_is_in_its_key(other: Kept) -> None:
    assert other.key != kept().key


def test_the_time_is_not_in_its_key() -> None:
    assert replace(kept(), answer=replace(script.answer(), elapsed_ms=9), made="x").key == kept().key


def test_an_unknown_key_is_told(journal: Journal) -> None:
    with pytest.raises(NotFoundError):
        journal.kept("nope")
    with pytest.raises(NotFoundError):
        journal.judge("nope", good=True)


def test_somebody_elses_opinion_is_not_overwritten(journal: Journal) -> None:
    key = journal.keep(kept())
    other = journal.keep(replace(kept(), prompt="q" * 64))
    mine = journal.judge(key, good=True)
    assert journal.judge(other, good=False, opinion=mine) != mine
    assert [o.good for o, _ in journal.opinions()] == [True, False]


def test_an_answer_is_kept_while_the_library_is_being_written(settings: Settings) -> None:
    library = Library.open(settings)
    with library.writing():
        second = Library.open(settings)
        assert second.journal.kept(second.journal.keep(kept())).answer == script.answer()
        second.close()
    library.close()


def test_a_good_opinion_is_a_case_with_its_figures_and_evidence(journal: Journal) -> None:
    journal.judge(journal.keep(kept()), good=True, comment="对")
    (case,) = feedback.cases(journal.opinions())
    assert case["figures"] == [{"value": "400", "unit": "万元"}, {"value": "350", "unit": "万元"}, {"value": "87.50", "unit": "%"}]
    assert case["evidence"][0]["contains"] == [script.QUOTE]
    assert (case["doc"], case["kind"], case["refuse"], case["note"]) == (script.DOC, "followup", False, "对")
    assert case["history"] == [["先前", "答过"]]


def test_of_a_bad_opinion_only_question_and_comment_are_known(journal: Journal) -> None:
    journal.judge(journal.keep(kept()), good=False, comment="少了单位")
    (case,) = feedback.cases(journal.opinions())
    assert (case["figures"], case["evidence"], case["vote"], case["note"]) == ([], [], "bad", "少了单位")
    assert case["draft"]


def test_a_good_answer_without_figures_is_a_case_of_its_passages_words(journal: Journal) -> None:
    answer = script.answer()
    (cited, *_) = answer.citations
    words = cited.place.quote[2:12]
    told = replace(answer, answer=f"文件写明：{words}！", figures=(), citations=(cited,))
    journal.judge(journal.keep(replace(kept(), answer=told)), good=True)
    (case,) = feedback.cases(journal.opinions())
    assert (case["mentions"], case["draft"]) == ([[words]], False)


def test_a_good_refusal_is_a_case_that_must_be_refused(journal: Journal) -> None:
    refused = replace(kept(), answer=script.refusal("问"), history=())
    journal.judge(journal.keep(refused), good=True)
    journal.judge(journal.keep(refused), good=False)
    good, bad = feedback.cases(journal.opinions())
    assert (good["refuse"], good["kind"]) == (True, "refuse")
    assert (bad["refuse"], bad["kind"]) == (False, "lookup")


def test_the_command_writes_json_lines(journal: Journal, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_HOME", str(settings.home))
    journal.judge(journal.keep(kept()), good=True, comment="对")
    out = tmp_path / "cases.jsonl"
    told = CliRunner().invoke(app, ["feedback", "export"])
    assert CliRunner().invoke(app, ["feedback", "export", "--out", str(out)]).exit_code == 0
    assert out.read_text("utf-8") == told.stdout
    assert [json.loads(line)["question"] for line in told.stdout.splitlines()] == [script.QUESTION]
