"""What the page does: a conversation's steps, the evidence panel, uploads, checks."""

from pathlib import Path

import pytest

from tests.support.page import DOC, QUESTION, REASON, ScriptedSession, write_pdf
from ui import handlers
from ui.handlers import ALL, Screen
from ui.render import Stage, Turn


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
    assert last(session, QUESTION, screen.turns).turns[-1].stage is Stage.ANSWERED


def test_an_unforeseen_error_is_logged_and_ends_the_turn(session: ScriptedSession, caplog: pytest.LogCaptureFixture) -> None:
    screen = last(session, "崩")
    assert screen.turns[-1].note == handlers.UNFORESEEN
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


def test_upload_reports_each_file(session: ScriptedSession, pdf: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"not a pdf")
    steps: list[tuple[int, int, str]] = []
    html = handlers.ingest(session, [str(pdf), str(broken)], lambda done, total, label: steps.append((done, total, label)))
    assert "已在库中" in html
    assert "没有读入" in html
    assert "坏.pdf" in html
    assert [total for _, total, _ in steps] == [2, 2]


def test_the_document_chosen_for_checking_stays_chosen(session: ScriptedSession) -> None:
    choices, chosen, html = handlers.checkable(session, DOC)
    assert [name for _, name in choices] == [DOC]
    assert (chosen, "有发现" in html) == (DOC, True)
    assert handlers.checkable(session, "removed")[1] == DOC


def test_check_of_an_unknown_document_is_a_calm_line(session: ScriptedSession) -> None:
    assert "资料库里没有" in handlers.check(session, "nope")
    assert "还没有可核对的文件" in handlers.check(session, None)
    assert "有发现" in handlers.check(session, DOC)
