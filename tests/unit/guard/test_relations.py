"""What a sentence tells of two operands must be what its calculation does with them."""

import pytest

from service.answering import verify
from service.answering.draft import Derivation, Draft, Operation, Sentence, Term
from tests.unit.guard.test_wording import BOOK

BUDGET, SPENT = Term("E1", "120", "万元"), Term("E1", "96", "万元")
VISITS, CARS = Term("E5", "2.00", "万元"), Term("E5", "7.50", "万元")
INCOME = Term("E2", "1,441.60", "万元")


def objected(text: str, value: str, unit: str, operation: Operation, *terms: Term) -> bool:
    sentence = Sentence(text, (), (Derivation(value, unit, operation, terms),))
    return bool(verify.check(Draft((sentence,)), BOOK, "情况怎么样？").objections)


@pytest.mark.parametrize(
    ("text", "terms", "stands"),
    [
        ("2021年群众文化支出决算占年初预算的80%。", (SPENT, BUDGET), True),
        ("2021年群众文化年初预算占支出决算的125%。", (BUDGET, SPENT), True),
        ("2021年群众文化支出决算占年初预算的125%。", (BUDGET, SPENT), False),
        ("2021年群众文化完成率为125%。", (BUDGET, SPENT), False),
        ("2021年群众文化完成率为80%。", (SPENT, BUDGET), True),
    ],
)
def test_a_part_is_not_taken_for_the_whole(text: str, terms: tuple[Term, Term], *, stands: bool) -> None:
    value = "125" if terms[0] == BUDGET else "80"
    assert objected(text, value, "%", Operation.SHARE, *terms) is not stands


def test_how_many_times_one_is_the_other() -> None:
    assert not objected("2021年公务用车运行维护费是公务接待费的3.75倍。", "3.75", "倍", Operation.QUOTIENT, CARS, VISITS)
    assert objected("2021年公务接待费是公务用车运行维护费的3.75倍。", "3.75", "倍", Operation.QUOTIENT, CARS, VISITS)


def test_a_change_is_of_what_it_is_measured_against() -> None:
    assert not objected("2021年群众文化支出决算比年初预算少20%。", "20", "%", Operation.CHANGE, SPENT, BUDGET)
    assert objected("2021年群众文化支出决算比年初预算少25%。", "25", "%", Operation.CHANGE, BUDGET, SPENT)


@pytest.mark.parametrize(
    ("text", "terms", "stands"),
    [
        ("2021年公务接待费低于公务用车运行维护费，相差5.50万元。", (VISITS, CARS), True),
        ("2021年公务接待费高于公务用车运行维护费，相差5.50万元。", (VISITS, CARS), False),
        ("2021年公务用车运行维护费高于公务接待费，相差5.50万元。", (VISITS, CARS), True),
        ("2021年公务用车运行维护费比公务接待费多5.50万元。", (CARS, VISITS), True),
        ("2021年公务接待费比公务用车运行维护费多5.50万元。", (CARS, VISITS), False),
        ("2021年群众文化支出决算比年初预算高24万元。", (BUDGET, SPENT), False),
    ],
)
def test_the_greater_is_the_one_that_the_sentence_says(text: str, terms: tuple[Term, Term], *, stands: bool) -> None:
    value = "24" if BUDGET in terms else "5.50"
    assert objected(text, value, "万元", Operation.DIFFERENCE, *terms) is not stands


def test_what_was_planned_and_what_was_spent_are_not_added_up() -> None:
    assert objected("2021年群众文化合计216万元。", "216", "万元", Operation.SUM, BUDGET, SPENT)
    assert objected("2021年群众文化平均108万元。", "108", "万元", Operation.AVERAGE, BUDGET, SPENT)
    assert not objected("2021年公务接待费和公务用车运行维护费合计9.50万元。", "9.50", "万元", Operation.SUM, VISITS, CARS)


def test_last_years_figure_is_reckoned_the_right_way_round() -> None:
    change = Term("E2", "49.5", "万元")
    assert not objected("收入总计上年为1,491.10万元。", "1,491.10", "万元", Operation.SUM, INCOME, change)
    assert objected("收入总计上年为1,392.10万元。", "1,392.10", "万元", Operation.DIFFERENCE, INCOME, change)


def test_a_figure_is_counted_once() -> None:
    assert objected("共5个单位。", "5", "个", Operation.COUNT, *[SPENT] * 5)
