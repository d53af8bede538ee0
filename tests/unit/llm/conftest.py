"""Every test of the model's door may call."""

import pytest


@pytest.fixture(autouse=True)
def _calls(calls_allowed: None) -> None:
    """Calls are let through."""
