"""The keyword index: what words a text is found by, filters, changes, and a damaged folder."""

from pathlib import Path

import pytest

from service.search import passages
from service.search.keywords import KeywordIndex, pieces
from service.search.stamps import BrokenIndexError
from tests.support import entries


def words(text: str) -> dict[str, float]:
    return dict.fromkeys(pieces(text), 1.0)


def filled(folder: Path | None = None) -> KeywordIndex:
    index = KeywordIndex(folder)
    index.change((), [passages.cut(entries.document("a")), passages.cut(entries.document("b", "某市财政局", prose=("公务接待费为零。",)))])
    return index


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("医疗补助", ["医疗", "疗补", "补助"]),
        ("１，３５０．００ 万元", ["1350", "万元"]),
        ("87.50%", ["87.5"]),
        ("0.00", ["0"]),
        ("⻋辆2台", ["车辆", "2", "台"]),
        ("WPS表", ["wps", "表"]),
        ("，。！", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_the_nearest_is_first_and_kinds_count_differently() -> None:
    found = filled().search(words("公务员医疗补助 为什么减少"), 5)
    assert found[0] == "a#0"
    assert "a#2" in found


def test_a_number_is_found_whole() -> None:
    assert filled().search(words("194.39"), 5, ["a"])[0] in ("a#0", "a#3")
    assert filled().search(words("94.39"), 5) == []


def test_the_filter_holds_before_ranking() -> None:
    index = filled()
    assert {name.split("#")[0] for name in index.search(words("一般公共预算财政拨款支出"), 3, ["b"])} == {"b"}
    assert index.search(words("一般公共预算财政拨款支出"), 3, []) == []
    assert index.search(words("一般公共预算财政拨款支出"), 3, ["nothing"]) == []


def test_the_filter_is_no_sieve_of_the_best() -> None:
    index = KeywordIndex()
    better = [passages.cut(entries.document(f"a{n}", prose=("公务接待费公务接待费。",), tables=False)) for n in range(9)]
    index.change((), [*better, passages.cut(entries.document("z", prose=("另有公务接待费和许多别的事项一并列示。",), tables=False))])
    assert index.search(words("公务接待费"), 1)[0] != "z#0"
    assert index.search(words("公务接待费"), 1, ["z"]) == ["z#0"]


def test_a_document_is_as_near_as_its_best_passage_and_rare_words_count_more() -> None:
    index = filled()
    rarity = index.rarity(words("公务接待费 公共预算 没有这些词"))
    assert rarity["接待"] > rarity["预算"] > 0
    assert "这些" not in rarity
    held = index.holders({"接待": 2.0, "预算": 1.0}, 50)
    assert (held["a"], held["b"]) == (1.0, 3.0)  # the heading above its sentence says 预算
    assert index.holders({}, 50) == {}


def test_changes_are_kept_on_disk(tmp_path: Path) -> None:
    index = filled(tmp_path)
    before = index.count()
    index.change(["b"], [passages.cut(entries.document("c"))])
    again = KeywordIndex(tmp_path)
    assert again.count() == index.count()
    assert before > 0
    assert again.search(words("公务接待费"), 5, ["b"]) == []
    assert again.search(words("公务员医疗补助"), 5, ["c"])


def test_syntax_in_a_question_is_only_text() -> None:
    assert filled().search(words('公务接待费 AND (title:"x" OR -*)'), 3)[0] == "b#0"


def test_a_damaged_folder_is_told(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(BrokenIndexError):
        KeywordIndex(tmp_path)
