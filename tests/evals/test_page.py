"""The report stands alone, says what was measured, and takes text for text."""

import re

from evals import gold, page
from evals.comparing import compare
from evals.observed import Observation, Shown
from evals.page import kinds
from tests.evals.conftest import kept, observed


def test_the_page_loads_nothing_and_runs_nothing(many: list[Observation]) -> None:
    made = page.html(kept(many))
    assert "<script" not in made
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", made)
    assert "@import" not in made
    assert "url(" not in made
    assert "default-src 'none'" in made.replace("&#39;", "'")


def test_the_worst_cases_stand_side_by_side_with_their_evidence() -> None:
    shown = (Shown(doc="甲局", page=7, quote="支出决算为17.02万元"),)
    made = page.html(kept([observed("q1", "甲局", 0.0, expected="3万元", wanted=shown, shown=shown), observed("q2", "甲局", 1.0)]))
    for text in ("问题 q1", "缺数字：3万元", "甲局 · 第 7 页", "支出决算为17.02万元", "没有满分的题 1 道"):
        assert text in made
    assert "问题 q2" not in made


def test_text_of_documents_and_answers_is_text() -> None:
    evil = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    made = page.html(kept([observed("q1", evil, 0.0, answer=evil, question=evil, kind=evil, reason=evil)]))
    assert "<img" not in made
    assert "{{ 7*7 }}" in made


def test_a_comparison_is_shown_first(many: list[Observation]) -> None:
    after = [observed(o.id, o.doc, 0.0) for o in many]
    made = page.html(kept(after, "after"), compare(kept(many, "before"), kept(after, "after")), worst=3)
    assert "与 before 相比" in made
    assert "变差，显著" in made
    assert "新错 50 题" in made
    assert "最差的 3 道" in made


def test_kinds_are_told_in_chinese() -> None:
    assert all(not kinds.name(kind).isascii() for kind in (*gold.KINDS, "single", "across", "sum", "digit changed", "bad file"))
    made = page.html(kept([observed("q1", "甲局", 0.0, kind="lookup"), observed("q2", "甲局", 1.0, kind="甲类")]))
    assert "lookup" not in made
    assert "查数" in made
    assert "甲类" in made
