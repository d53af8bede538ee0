"""What the tabs' wiring shares: options of events, the meant errors as a line on the page, the page's words as labels."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from service.errors import MingzhangError
from ui.words import ENGLISH

ASSETS = Path(__file__).parent / "assets"
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
"""Page events are no API; programs use `service.api`."""
QUIET: dict[str, Any] = {"show_progress": "hidden", **PRIVATE}
_PLAIN = {text: english for text, english in ENGLISH.items() if "{" not in text}
I18N = gr.I18n(en=_PLAIN, **{"zh-CN": {text: text for text in _PLAIN}, "zh": {text: text for text in _PLAIN}})
"""Labels of components, the Chinese text being the key."""


def label(text: str) -> Any:  # noqa: ANN401  Gradio's marker, which its components take for a string
    """A word of the page as a component's label."""
    return I18N(text)


def guarded(step: Callable[..., Any]) -> Callable[..., Any]:
    """A step whose meant errors become one line on the page."""

    def run(*values: Any) -> Any:  # noqa: ANN401  whatever the components hold
        try:
            return step(*values)
        except MingzhangError as error:
            raise gr.Error(escape(error.zh), title="没有完成", print_exception=False) from error

    return run
