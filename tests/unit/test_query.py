"""A question as searched: the documents' words for what it says, and less of what all of them say."""

from service.records import Kind
from service.search import query


def test_the_words_that_announce_a_list_are_added() -> None:
    words = query.read("有哪些科室").words
    assert words["内设"] == words["机构"] == query.SYNONYM


def test_a_table_s_name_counts_less_than_the_row_asked() -> None:
    words = query.read("基本支出表里水费多少").words
    assert words["水费"] == 1.0
    assert words["基本"] == query.TABLE_NAME


def test_the_body_s_name_counts_little_among_its_own_documents() -> None:
    asked = query.read("青松县茶叶发展中心2023年的培训费")
    narrow = query.within(asked, ["青松县茶叶发展中心 2023"]).words
    assert narrow["茶叶"] == query.OWN_NAME
    assert narrow["2023"] == query.OWN_NAME
    assert narrow["培训"] == asked.words["培训"] == 1.0


def test_words_hint_at_the_kind_of_document() -> None:
    assert query.read("项目支出花了多少？").kind is Kind.FINAL
    assert query.read("培训费安排了多少？").kind is Kind.BUDGET
    assert query.read("啥叫基本支出？").kind is None
    assert query.read("会议费2024年决算和2025年预算分别是多少？").kind is None
    assert query.read("决算里的年初预算数和预算文件里的一样吗？").kind is None
