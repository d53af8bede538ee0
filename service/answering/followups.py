"""A question that leans on the conversation → one that can be understood alone; the model only fills in what was said before."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, Field

import prompts
from service import amounts, llm
from service.llm import Usage
from service.settings import Settings

TURNS = 3
CHARACTERS = 250
"""Of each question and answer of the conversation."""
LONGEST = 300
"""Characters of a rewritten question at most; a longer one is no question."""
_FENCE = str.maketrans({"<": "＜", ">": "＞", "\n": " "})
_LEANS = re.compile(
    r"^(?:那|那么|它|其|这|该|还有|另外|再|呢)|呢[?？]?$"
    r"|(?:它|这个|那个|这项|那项|该项|上面|刚才|前面|前者|后者|同样|也是|还是)"
)
_SHORT = 12
"""A question of fewer characters seldom says all."""


class StandaloneReply(BaseModel):
    """What the model is asked for."""

    question: str = Field(description="改写后的问题")


def leans(question: str) -> bool:
    """Whether a question seems to need the conversation before it."""
    return len(question) < _SHORT or _LEANS.search(question) is not None


def standalone(question: str, history: Sequence[tuple[str, str]], settings: Settings) -> tuple[str, Usage]:
    """Rewrite a question with the conversation before it.

    Args:
        question: as the user wrote it.
        history: (question, answer) pairs before it, oldest first.
        settings: which server and model.

    Returns:
        The question to be understood alone, or the question as it was where the model made something else of it (a figure that
        nobody said, an essay); and what it cost.

    Raises:
        ModelError: as `service.llm.structured`.
    """
    from langchain_core.messages import HumanMessage  # kept out of the start: 0.15 s

    turns = "\n".join(f"问：{_inside(asked)}\n答：{_inside(answered)}" for asked, answered in history[-TURNS:])
    said = prompts.load("followup").render(history=turns, question=question.translate(_FENCE))
    reply, usage = llm.structured(settings, StandaloneReply, [HumanMessage(said)])
    made = reply.question.strip()
    known = {a.value for text in (question, *(part for turn in history for part in turn)) for a in amounts.numbers(text)}
    strange = any(a.value not in known for a in amounts.numbers(made))
    return (question if strange or not made or len(made) > LONGEST else made), usage


def _inside(text: str) -> str:
    return text.translate(_FENCE)[:CHARACTERS]
