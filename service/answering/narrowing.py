"""The documents that a question can be about by the body, the years and the statement that it names: before passages are ranked."""

from collections.abc import Sequence

from service.answering import bodies, plan, refusing
from service.records import DocumentInfo
from service.text import normal


def documents(question: str, library: Sequence[DocumentInfo]) -> list[DocumentInfo]:
    """The documents left, all of them where nothing is named or where none would be left.

    Args:
        question: the user's words.
        library: the documents to choose from.
    """
    text = normal(question)
    choice = bodies.choose(question, library)
    left = list(choice.documents if choice.named and choice.foreign is None else library)
    if years := plan.years_of(text, compared=True):
        left = refusing.of_years(years, left) or left
    asked = plan.statement_of(text)
    return [info for info in left if info.kind is asked] or left
