"""A follow-up that puts one word in the place of another."""

import pytest

from service.answering import instead


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("那旱地补贴呢?", "种水田补贴每亩能拿多少?", "种旱地补贴每亩能拿多少?"),
        ("换成市级标准的呢", "主持县级标准每项奖多少", "主持市级标准每项奖多少"),
        ("那公务接待费呢?", "会议费是多少?", None),
        ("那水田补贴呢?", "种水田补贴每亩能拿多少?", None),
        ("那旱地补贴是谁发的?", "种水田补贴每亩能拿多少?", None),
        ("为什么呢?", "种水田补贴每亩能拿多少?", None),
    ],
)
def test_one_word_for_another(text: str, before: str, whole: str | None) -> None:
    assert instead.question(text, before) == whole
