"""What the tabs' wiring shares: options of events, the meant errors as a line on the page, the page's words as labels."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from service.errors import MingzhangError
from ui.words import ENGLISH, UNFORESEEN, both, toasted

log = logging.getLogger(__name__)

ASSETS = Path(__file__).parent / "assets"
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
"""Page events are no API; programs use `service.api`."""
QUIET: dict[str, Any] = {"show_progress": "hidden", **PRIVATE}
_PLAIN = {text: english for text, english in ENGLISH.items() if "{" not in text}
NOT_DONE = "没有完成"
"""Title of a toast that says what failed."""
I18N = gr.I18n(en=_PLAIN, **{"zh-CN": {text: text for text in _PLAIN}, "zh": {text: text for text in _PLAIN}})
"""Labels of components, the Chinese text being the key."""


def label(text: str) -> Any:  # noqa: ANN401  Gradio's marker, which its components take for a string
    """A word of the page as a component's label."""
    return I18N(text)


def guarded(step: Callable[..., Any]) -> Callable[..., Any]:
    """A step whose errors become one line on the page; those that nobody meant are logged."""

    def run(*values: Any) -> Any:  # noqa: ANN401  whatever the components hold
        try:
            return step(*values)
        except MingzhangError as error:
            raise gr.Error(toasted(error.zh, error.en), title=NOT_DONE, print_exception=False) from error
        except Exception as error:  # the outermost frame of an event: the page must say that it failed
            log.exception("unforeseen error in an event of the page")
            raise gr.Error(both(UNFORESEEN), title=NOT_DONE, print_exception=False) from error

    return run
