"""What the page does: a conversation's steps, the evidence panel, uploads, checks."""

import json
from pathlib import Path

import pytest

from service.errors import LibraryLockedError, StorageError
from service.record import Stage as Stages
from tests.support.page import DOC, QUESTION, QUOTE, REASON, ScriptedSession, write_pdf
from ui import checking, handlers, shelf
from ui.handlers import ALL, Screen
from ui.intake import Intake
from ui.render import Stage, Turn
from ui.words import UNFORESEEN


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pdf(tmp_path_factory.mktemp("page") / f"{DOC}.pdf")


@pytest.fixture
def session(pdf: Path) -> ScriptedSession:
    return ScriptedSession(pdf)


def last(session: ScriptedSession, question: str, turns: tuple[Turn, ...] = (), doc: str = ALL) -> Screen:
    return list(handlers.ask(session, question, doc, turns))[-1]


def test_ask_shows_statuses_and_then_the_answer(session: ScriptedSession) -> None:
    screens = list(handlers.ask(session, f" {QUESTION} ", ALL, ()))
    assert [s.turns[-1].note for s in screens[:-1]] == ["正在查找…", "逐句核对中…"]
    assert [s.busy for s in screens] == [True, True, False]
    assert screens[-1].turns[-1].stage is Stage.ANSWERED
    assert screens[-1].turns[-1].question == QUESTION


def test_the_panel_opens_at_the_first_citation(session: ScriptedSession) -> None:
    panel = last(session, QUESTION).panel
    assert panel is not None
    assert (panel.n, panel.page, panel.pages) == (1, 2, 3)
    assert [value for _, value in panel.choices] == ["1", "2"]
    assert "400万元" in panel.quote


def test_a_blank_question_changes_nothing(session: ScriptedSession) -> None:
    assert list(handlers.ask(session, "  \n", ALL, ())) == [Screen(())]
    assert session.asked == []


def test_the_chosen_document_and_the_history_are_passed_on(session: ScriptedSession) -> None:
    first = last(session, QUESTION)
    failed = last(session, "坏", first.turns)
    last(session, "那2022年呢？", failed.turns, doc=DOC)
    question, docs, history = session.asked[-1]
    assert (question, docs) == ("那2022年呢？", (DOC,))
    assert [q for q, _ in history] == [QUESTION]  # the failed turn is no history
    assert session.asked[0][1] is None


def test_an_error_is_one_chinese_line_and_the_conversation_goes_on(session: ScriptedSession) -> None:
    screen = last(session, "坏")
    assert screen.turns[-1].stage is Stage.FAILED
    assert screen.turns[-1].note == "资料库里没有这份文件，请重新选择"
    assert screen.turns[-1].english == "no such document"
    (again,) = handlers.restored(session, handlers.remembered(screen.turns)).turns
    assert (again.note, again.english) == (screen.turns[-1].note, screen.turns[-1].english)
    assert last(session, QUESTION, screen.turns).turns[-1].stage is Stage.ANSWERED


def test_an_unforeseen_error_is_logged_and_ends_the_turn(session: ScriptedSession, caplog: pytest.LogCaptureFixture) -> None:
    screen = last(session, "崩")
    assert screen.turns[-1].note == UNFORESEEN
    assert not screen.busy
    assert "ZeroDivisionError" in caplog.text


def test_stopping_ends_the_turn_that_was_being_drafted(session: ScriptedSession) -> None:
    running = next(handlers.ask(session, QUESTION, ALL, ()))
    stopped = handlers.stopped(running.turns)
    assert [t.stage for t in stopped.turns] == [Stage.STOPPED]
    assert not stopped.busy


def test_choosing_and_turning_pages(session: ScriptedSession) -> None:
    turns = last(session, QUESTION).turns
    second = handlers.cited(session, turns, 0, 2)
    assert REASON in second.quote
    back = handlers.turned(session, turns, second, -1)
    assert (back.page, back.n) == (1, 2)
    assert handlers.turned(session, turns, back, -1).page == 1
    assert handlers.turned(session, turns, second, 5).page == 3


@pytest.mark.parametrize(("turn", "n"), [(0, 9), (7, 1), (-1, 1)])
def test_a_mark_that_does_not_exist_shows_nothing(session: ScriptedSession, turn: int, n: int) -> None:
    turns = last(session, QUESTION).turns
    assert handlers.cited(session, turns, turn, n) == handlers.blank()


def test_an_answer_is_kept_and_comes_back_after_a_reload(session: ScriptedSession) -> None:
    turns = last(session, "坏", last(session, QUESTION).turns).turns
    stored = json.loads(json.dumps(handlers.remembered(turns)))
    assert REASON not in str(stored)  # texts stay in the library
    screen = handlers.restored(session, stored)
    assert [(t.question, t.stage, t.answer) for t in screen.turns] == [(t.question, t.stage, t.answer) for t in turns]
    assert screen.turns[1].note == "资料库里没有这份文件，请重新选择"


def test_a_link_opens_the_same_answer(session: ScriptedSession) -> None:
    turns = last(session, QUESTION).turns
    screen = handlers.restored(session, [], turns[0].key)
    assert screen.turns[0].answer == turns[0].answer
    assert screen.panel is not None
    assert screen.panel.n == 1


@pytest.mark.parametrize("stored", [None, "x", [1, None], [{}], [{"key": 5, "question": None}], {"key": "x"}])
def test_what_a_browser_brings_back_is_not_trusted(session: ScriptedSession, stored: object) -> None:
    assert handlers.restored(session, stored).turns in ((), (Turn("", Stage.FAILED),))


def test_an_unknown_key_is_a_calm_line(session: ScriptedSession) -> None:
    (turn,) = handlers.restored(session, [{"question": "问", "key": "0" * 24}]).turns
    assert (turn.stage, turn.note) == (Stage.FAILED, "没有这个回答，链接可能不完整")


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same(session: ScriptedSession, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise StorageError("盘满", "disk full")

    monkeypatch.setattr(session, "keep", full)
    (turn,) = last(session, QUESTION).turns
    assert (turn.stage, turn.key) == (Stage.ANSWERED, "")


def test_an_opinion_is_stored_changed_and_explained(session: ScriptedSession) -> None:
    turns = last(session, QUESTION).turns
    liked = handlers.judged(session, turns, 0, good=True)
    assert (liked.turns[0].good, liked.commenting) == (True, 0)
    disliked = handlers.judged(session, liked.turns, 0, good=False)
    handlers.commented(session, disliked.turns, 0, " 少了单位 ")
    stored = [(o.good, o.comment) for o, kept in session.journal.opinions() if kept.key == turns[0].key]
    assert stored[-1] == (False, "少了单位")
    assert disliked.turns[0].opinion == liked.turns[0].opinion


@pytest.mark.parametrize("turn", [-1, 5])
def test_an_opinion_on_nothing_changes_nothing(session: ScriptedSession, turn: int) -> None:
    turns = last(session, QUESTION).turns
    assert handlers.judged(session, turns, turn, good=True) == Screen(turns)


def test_asking_again_replaces_the_last_turn(session: ScriptedSession) -> None:
    failed = last(session, "坏", last(session, QUESTION).turns)
    again = list(handlers.again(session, ALL, failed.turns))[-1]
    assert [t.question for t in again.turns] == [QUESTION, "坏"]
    assert session.asked[-1][0] == "坏"
    assert list(handlers.again(session, ALL, ())) == [Screen(())]


def test_upload_tells_the_stages_and_what_became_of_each_file(session: ScriptedSession, pdf: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"not a pdf")
    intake = Intake()
    steps = list(intake.upload(session, [str(pdf), str(broken)]))
    assert [job.stage for job in steps[2]] == [Stages.TABLES, None]
    good, bad = steps[-1]
    assert (good.status, good.info) == ("unchanged", session.documents()[0])
    assert "坏.pdf" in bad.error
    assert intake.jobs == ()
    html = shelf.progress(steps[-1])
    assert "已在库中" in html
    assert "没有读入" in html


def test_others_see_what_is_being_read(session: ScriptedSession, pdf: Path) -> None:
    intake = Intake()
    steps = intake.upload(session, [str(pdf)])
    next(steps)
    assert intake.reading == 1
    assert [job.name for job in intake.jobs] == [pdf.name]
    list(steps)
    assert intake.reading == 0


def test_a_failure_of_the_whole_ingestion_is_told_of_every_file(
    session: ScriptedSession, pdf: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise LibraryLockedError("另一个程序正在写资料库", "locked")

    monkeypatch.setattr(session, "ingest", locked)
    assert [job.error for job in list(Intake().upload(session, [str(pdf)]))[-1]] == ["另一个程序正在写资料库"]
    monkeypatch.setattr(session, "ingest", lambda *_, **__: 1 / 0)
    assert [job.error for job in list(Intake().upload(session, [str(pdf)]))[-1]] == [UNFORESEEN]
    assert "ZeroDivisionError" in caplog.text


def test_reading_again_says_when_nothing_is_new(session: ScriptedSession) -> None:
    (job,) = list(Intake().reread(session, DOC))[-1]
    assert "没有变化" in shelf.progress([job])


def test_reading_again_what_somebody_else_deleted_is_told(session: ScriptedSession) -> None:
    (job,) = list(Intake().reread(session, "gone"))[-1]
    assert (job.error, job.english) == ("资料库里没有「gone」", "no document gone")


def test_the_document_chosen_for_checking_stays_chosen(session: ScriptedSession) -> None:
    board = checking.board(session, DOC)
    assert [name for _, name in board.choices] == [DOC]
    assert (board.doc, "有发现" in board.report) == (DOC, True)
    assert checking.board(session, "removed").doc == DOC
    assert board.grades[0] == ("对不上", 1, "error")


def test_findings_are_filtered_by_grade_and_group(session: ScriptedSession) -> None:
    def shown(grades: list[str], group: str) -> bool:
        return QUOTE in checking.report(session, DOC, grades, group)

    assert shown(["error"], "")
    assert shown(["error"], "F")
    assert not shown(["rounding"], "")
    assert not shown(["error"], "B")
    assert "没有符合筛选的发现" in checking.report(session, DOC, ["rounding"], "")


def test_check_of_an_unknown_document_is_a_calm_line(session: ScriptedSession) -> None:
    assert "资料库里没有" in checking.report(session, "nope", ["error"], "")
    assert "还没有可核对的文件" in checking.report(session, None, ["error"], "")
