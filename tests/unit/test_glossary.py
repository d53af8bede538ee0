"""The glossary → its terms."""

import pytest

from service.facts import glossary
from service.records import Paragraph
from tests.support.made import document, paragraph

HERE = ("第四部分 名词解释",)


def terms(*paragraphs: Paragraph) -> list[tuple[str, str]]:
    return [(t.term, t.definition) for t in glossary.read(document(paragraphs))]


@pytest.mark.parametrize(
    ("text", "term", "definition"),
    [
        ("一、财政拨款收入：指本级财政当年拨付的资金。", "财政拨款收入", "指本级财政当年拨付的资金。"),
        ("（二）“三公”经费是指因公出国（境）费等。", "“三公”经费", "是指因公出国（境）费等。"),
        ("3.结转资金：即当年预算已执行但未完成的资金。", "结转资金", "即当年预算已执行但未完成的资金。"),
        ("4、机关运行经费，是指行政单位运行所需的经费。", "机关运行经费", "是指行政单位运行所需的经费。"),
    ],
)
def test_entries(text: str, term: str, definition: str) -> None:
    (found,) = glossary.read(document([paragraph(text, section=HERE)]))
    assert (found.term, found.definition) == (term, definition)
    assert found.place.quote in text
    assert found.place.page == 1


def test_a_definition_of_two_paragraphs() -> None:
    first = paragraph("一、基本支出：指为保障机构运转的支出。", section=HERE)
    second = paragraph("包括人员经费和公用经费。", section=HERE)
    assert terms(first, second) == [("基本支出", "指为保障机构运转的支出。包括人员经费和公用经费。")]


def test_a_heading_that_was_not_known_as_one() -> None:
    title = paragraph("第四部分 专业名词解释", section=("目录",))
    entry = paragraph("1.基本支出：指为保障机构运转的支出。", section=("第三部分 决算表",))
    after = paragraph("附件：部门决算公开表", section=("第三部分 决算表",))
    assert terms(title, entry, after) == [("基本支出", "指为保障机构运转的支出。")]


def test_a_table_of_contents_explains_nothing() -> None:
    title = paragraph("第四部分 名词解释", section=("目录",))
    assert terms(title, paragraph("第五部分 附件", section=("目录",))) == []
