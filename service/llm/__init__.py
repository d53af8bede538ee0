"""The only door to openai and langchain_openai: settings and messages → a checked record, or vectors.

Whatever goes wrong there comes out as one of three errors of `service.errors`, worded for the user, never with the key in it:
ModelUnreachableError (no answer), ModelRejectedError (the request is refused), ModelReplyError (the answer is unusable).
"""

import os

# LangSmith reads these once and would send every prompt to its own server when a user's shell happens to have them on.
os.environ.update(dict.fromkeys(("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"), "false"))

from service.llm import manners, vectors
from service.llm.asking import Usage, chat, structured
from service.llm.failures import ContextOverflowError
from service.llm.manners import Method
from service.llm.server import OPENAI_URL, base_url
from service.llm.vectors import embed

ALLOW_CALLS = True
"""Tests set this to False, so that a call nobody planned is an error instead of a request."""


__all__ = ["ALLOW_CALLS", "OPENAI_URL", "ContextOverflowError", "Method", "Usage", "base_url", "chat", "embed", "forget", "structured"]


def forget() -> None:
    """Forget what this process holds of what servers accept; what is kept beside the library is read again."""
    manners.forget()
    vectors.forget()
