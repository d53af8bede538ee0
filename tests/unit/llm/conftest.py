"""Calls are let through, to servers of the tests only, and nothing is remembered between tests."""

from collections.abc import Iterator

import pytest

from service import llm


@pytest.fixture(autouse=True)
def _calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(llm, "ALLOW_CALLS", True)
    llm.forget()
    yield
    llm.forget()
