"""The main job, end to end on the sample documents: ingest, ask, pictures, idempotence, failures, two processes, a killed one."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pymupdf
import pytest

from service import amounts, pipeline
from service.amounts import Amount
from service.errors import InputError, LibraryLockedError, NotFoundError, StorageError, UnknownDocumentError
from service.pipeline import Session
from service.records import Answer, Support
from service.settings import Settings
from service.text import normal
from tests.pipeline.conftest import offline

WHY = "青禾区医保局2024年公务员医疗补助为什么没花完预算？"
MARK = re.compile(r"【\d+】")
FINAL, BUDGET = "qinghe-2024-final", "qinghe-2025-budget"


def page_text(path: Path, page: int) -> str:
    with pymupdf.open(path) as file:
        return normal(file[page - 1].get_text())


def test_the_library_holds_both_samples(session: Session) -> None:
    documents = {d.doc: d for d in session.documents()}
    assert set(documents) == {FINAL, BUDGET}
    assert (documents[FINAL].org, documents[FINAL].year, documents[FINAL].kind) == ("云汀市青禾区医疗保障局", 2024, "final")
    assert (documents[BUDGET].year, documents[BUDGET].kind) == (2025, "budget")
    assert all(d.passages > 50 and d.tables >= 9 for d in documents.values())


def test_the_flagship_question(session: Session, samples: Path) -> None:
    answer = session.ask(WHY)
    assert not answer.refused
    facts = {f.measure: f for f in session.facts(FINAL) if f.item == "公务员医疗补助" and f.source == "text"}
    for measure in ("年初预算", "决算", "完成率"):
        assert amounts.plain(facts[measure].value) in answer.answer
    reason = next(r for r in session.reasons(FINAL) if r.item == "公务员医疗补助" and "小于" in r.about)
    assert reason.text.rstrip("。") in answer.answer
    assert answer.citations
    for citation in answer.citations:
        assert normal(citation.place.quote) in page_text(samples / f"{citation.doc}.pdf", citation.place.page)
        assert citation.place.boxes
    assert all(f.status is not Support.UNVERIFIED for f in answer.figures)


def test_boxes_lie_on_the_quoted_text(session: Session, samples: Path) -> None:
    citation = session.ask(WHY).citations[0]
    with pymupdf.open(samples / f"{citation.doc}.pdf") as file:
        page = file[citation.place.page - 1]
        inside = "".join(page.get_textbox(pymupdf.Rect(box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1)) for box in citation.place.boxes)
    assert normal(citation.place.quote) in normal(inside)


def _printed(path: Path, page: int, quote: str) -> bool:
    """Whether a quote stands on a page: prose as one stretch, a table row by each of its cells."""
    text = page_text(path, page)
    return all(normal(part) in text for part in quote.split(" | "))


PAGE = re.compile(r"第\d+页")


def _support(answer: Answer) -> list[Amount]:
    """The figures of an answer that neither a cited quote prints nor a listed calculation gives."""
    printed = {abs(a.value) for c in answer.citations for a in amounts.numbers(c.place.quote)}
    derived = {abs(Decimal(f.value)) for f in answer.figures if f.status is Support.DERIVED and f.derivation}
    # A page's number is no figure of the document; that the citation stands on that page is checked by itself.
    text = PAGE.sub("", MARK.sub("", answer.answer))
    return [a for a in amounts.figures(text) if abs(a.value) not in printed | derived]


def test_every_sample_question_is_trustworthy(session: Session, samples: Path) -> None:
    lines = [json.loads(line) for line in (samples / "questions.jsonl").read_text("utf-8").splitlines()]
    right = 0
    for line in lines:
        docs = [line["doc"]] if isinstance(line["doc"], str) else line["doc"]
        answer = session.ask(line["question"], docs=docs, history=[tuple(h) for h in line.get("history") or ()])
        assert _support(answer) == [], line["id"]
        for citation in answer.citations:
            assert _printed(samples / f"{citation.doc}.pdf", citation.place.page, citation.place.quote), (line["id"], citation)
        said = [(abs(a.value), a.unit) for a in amounts.figures(answer.answer)]
        wanted = [(abs(Decimal(f["value"])), f["unit"]) for f in line["figures"]]
        told = not answer.refused and all(any(amounts.same(v, u, *want) for v, u in said) for want in wanted)
        right += (answer.refused or line.get("premise") == "false") if line["refuse"] else told
    # A floor, so that a change that breaks answering cannot pass; the suites measure the rest.
    assert right / len(lines) >= 0.9


def test_a_reason_behind_a_difference_is_cited_where_it_stands(session: Session) -> None:
    answer = session.ask("公务员医疗补助2024年决算和年初预算差多少")
    assert "34.63万元" in answer.answer
    assert "主要原因" in answer.answer or "文件给出的原因" in answer.answer
    assert not answer.withheld


def test_a_picture_marks_the_boxes(session: Session) -> None:
    citation = session.ask(WHY).citations[0]
    plain = session.picture(citation.doc, citation.place.page)
    marked = session.picture(citation.doc, citation.place.page, citation.place.boxes)
    assert plain.startswith(b"\x89PNG")
    assert plain != marked


def test_unknown_page_and_document(session: Session) -> None:
    with pytest.raises(InputError, match="没有第 99 页"):
        session.picture(FINAL, 99)
    with pytest.raises(UnknownDocumentError, match="qinghe-2024-final"):
        session.ask(WHY, docs=["qinghe-2024"])


def test_events_end_with_the_answer(session: Session) -> None:
    events = list(session.ask_events(WHY))
    assert [e.kind for e in events][-1] == "answer"
    assert events[0].kind == "status"
    assert events[-1].answer is not None


def test_reading_again_tells_its_stages_and_finds_the_same(tmp_path: Path, samples: Path) -> None:
    stages: list[tuple[str, str]] = []
    with pipeline.open_session(offline(tmp_path)) as session:
        session.ingest([samples / f"{BUDGET}.pdf"], on_stage=lambda path, stage: stages.append((path.name, stage.value)))
        assert stages == [(f"{BUDGET}.pdf", stage) for stage in ("读取", "表格", "抽取", "核对", "索引")]
        stages.clear()
        done = session.reread(BUDGET, lambda _, stage: stages.append((BUDGET, stage.value)))
        assert (done.status, done.info) == ("unchanged", session.info(BUDGET))
        assert [stage for _, stage in stages][:4] == ["读取", "表格", "抽取", "核对"]
        with pytest.raises(UnknownDocumentError):
            session.reread("nope")


def test_an_answer_is_kept_with_the_documents_it_was_asked_of(session: Session) -> None:
    answer = session.ask(WHY)
    kept = session.journal.kept(session.keep(answer, [FINAL], [("先前", "答过")]))
    assert kept.answer == answer
    assert kept.sources == ((FINAL, session.info(FINAL).digest),)
    assert session.keep(answer) != session.keep(answer, [FINAL])


def test_ingesting_again_changes_nothing(shelf: Settings, samples: Path) -> None:
    report = pipeline.ingest([samples], shelf)
    assert [d.status for d in report.documents] == ["unchanged", "unchanged"]


def test_a_changed_file_replaces_its_document(tmp_path: Path, samples: Path) -> None:
    settings = offline(tmp_path / "home")
    path = tmp_path / "disclosure.pdf"
    shutil.copy(samples / f"{FINAL}.pdf", path)
    assert [d.status for d in pipeline.ingest([path], settings).documents] == ["added"]
    shutil.copy(samples / f"{BUDGET}.pdf", path)
    (again,) = pipeline.ingest([path], settings).documents
    assert (again.status, again.info.doc, again.info.year) == ("replaced", "disclosure", 2025)
    session = pipeline.open_session(settings)
    assert [d.doc for d in session.documents()] == ["disclosure"]
    session.close()


def test_two_files_of_one_name_are_two_documents(tmp_path: Path, samples: Path) -> None:
    settings = offline(tmp_path / "home")
    for folder, name in (("a", FINAL), ("b", BUDGET)):
        (tmp_path / folder).mkdir()
        shutil.copy(samples / f"{name}.pdf", tmp_path / folder / "x.pdf")
    report = pipeline.ingest([tmp_path / "a", tmp_path / "b"], settings)
    assert [d.info.doc for d in report.documents] == ["x", "x-2"]
    session = pipeline.open_session(settings)
    assert session.find("机关运行经费", ["x-2"], 3)[0].passage.doc == "x-2"
    session.close()


def test_bad_files_are_reported_and_the_others_go_on(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "words.pdf").write_text("这不是 PDF", "utf-8")
    shutil.copy(samples / f"{FINAL}.pdf", tmp_path / "good.pdf")
    whole = (samples / f"{FINAL}.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    with pymupdf.open() as file:
        file.new_page()
        file.save(tmp_path / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    with pymupdf.open() as file:
        page = file.new_page()
        page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 50, 50)))
        file.save(tmp_path / "scan.pdf")
    report = pipeline.ingest([tmp_path], offline(tmp_path / "home"))
    messages = {f.path.name: str(f.error) for f in report.failed}
    assert "good" in {d.info.doc for d in report.documents}
    assert set(messages) >= {"empty.pdf", "words.pdf", "locked.pdf", "scan.pdf"}
    assert "空" in messages["empty.pdf"]
    assert "不是 PDF" in messages["words.pdf"]
    assert "加密" in messages["locked.pdf"]
    assert "扫描" in messages["scan.pdf"]
    assert all("\n" not in message for message in messages.values())


def test_missing_paths(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        pipeline.ingest([tmp_path / "nothing.pdf"], offline(tmp_path / "home"))
    with pytest.raises(NotFoundError):
        pipeline.ingest([tmp_path], offline(tmp_path / "home"))


def test_a_text_file_is_a_document_too(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("青禾区档案局2023年部门决算\n\n本年支出合计120.50万元，其中：基本支出100.00万元。\n", "gb18030")
    settings = offline(tmp_path / "home")
    assert pipeline.ingest([path], settings).documents[0].info.year == 2023
    session = pipeline.open_session(settings)
    assert "120.50万元" in session.ask("档案局2023年支出合计多少？").answer
    session.close()


def test_a_locked_library_says_so(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = offline(tmp_path / "home")
    settings.home.mkdir()
    monkeypatch.setattr("service.library.lock.WAIT_SECONDS", 0.2)
    lock = str(settings.home / "library.lock")
    code = f"import filelock,time; l = filelock.FileLock({lock!r}); l.acquire(); print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(LibraryLockedError, match="另一个"):
            pipeline.ingest([samples], settings)
        other.kill()


def test_a_file_in_the_way_of_the_library_says_so(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "home").write_text("in the way", "utf-8")
    with pytest.raises(StorageError, match="写不进去"):
        pipeline.ingest([samples], offline(tmp_path / "home"))


def _ingesting(home: Path, samples: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "MINGZHANG_HOME": str(home), "MINGZHANG_WORKERS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "service", "ingest", str(samples)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_a_killed_ingestion_loses_nothing(tmp_path: Path, samples: Path) -> None:
    settings = offline(tmp_path / "home")
    for wait in (0.6, 1.2, 1.8, 2.4):
        process = _ingesting(settings.home, samples)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
    report = pipeline.ingest([samples], settings)
    assert report.failed == ()
    assert {d.info.doc for d in report.documents} == {FINAL, BUDGET}
    session = pipeline.open_session(settings)
    assert not session.ask(WHY).refused
    session.close()


def test_two_processes_ingest_at_once(tmp_path: Path, samples: Path) -> None:
    home = tmp_path / "home"
    processes = [_ingesting(home, samples) for _ in range(2)]
    assert [p.wait(timeout=120) for p in processes] == [0, 0]
    session = pipeline.open_session(offline(home))
    assert len(session.documents()) == 2
    assert not session.ask(WHY).refused
    session.close()


def test_broken_indexes_are_rebuilt(tmp_path: Path, samples: Path) -> None:
    settings = offline(tmp_path / "home")
    pipeline.ingest([samples], settings)
    with pipeline.open_session(settings) as session:
        expected = session.ask(WHY).answer
    shutil.rmtree(settings.home / "index")
    with pipeline.open_session(settings) as session:
        assert session.find("机关运行经费", None, 3)
        assert session.ask(WHY).answer == expected
    assert pipeline.reindex(settings) > 100


def test_removing_a_document(tmp_path: Path, samples: Path) -> None:
    settings = offline(tmp_path / "home")
    pipeline.ingest([samples], settings)
    pipeline.remove([BUDGET], settings)
    session = pipeline.open_session(settings)
    assert [d.doc for d in session.documents()] == [FINAL]
    assert {h.passage.doc for h in session.find("预算安排", None, 20)} == {FINAL}
    session.close()
    with pytest.raises(UnknownDocumentError):
        pipeline.remove([BUDGET], settings)


def test_an_empty_library_refuses_calmly(tmp_path: Path) -> None:
    session = pipeline.open_session(offline(tmp_path / "home"))
    answer = session.ask("公务员医疗补助花了多少？")
    assert answer.refused
    assert "还没有文件" in answer.answer
    session.close()
