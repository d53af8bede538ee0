"""The tab 对话, wired: chat on the left, evidence on the right (below on a phone)."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from anyio import to_thread

from ui import evidence, handlers, render
from ui.handlers import ALL, MAX_QUESTION, Panel, Screen
from ui.render import Turn
from ui.session import Session
from ui.wiring import ASSETS, PRIVATE, QUIET, guarded, label
from ui.words import both


@dataclass(frozen=True, slots=True)
class ChatTab:
    """Components that others fill. `outputs` are those that a `Screen` fills, `stored` what the browser keeps."""

    chooser: gr.Dropdown
    chat: gr.Chatbot
    stored: gr.BrowserState
    turns: gr.State
    outputs: list[Any]


def build(session: Session) -> ChatTab:
    """The tab's components and events."""
    turns, panel, commenting = gr.State(()), gr.State(handlers.blank()), gr.State(None)
    # The secret only keeps the browser's store readable over restarts of the server; nothing in it is one.
    stored = gr.BrowserState([], storage_key="mingzhang-conversation", secret="mingzhang")  # noqa: S106
    with gr.Row(elem_classes="mz-desk"):
        with gr.Column(scale=6, min_width=340, elem_classes="mz-chat"):
            chooser, chat, comment, question = _chat()
        with gr.Column(scale=5, min_width=340, elem_classes="mz-panel"):
            parts = _panel()
    quote = parts[1]
    outputs = [turns, chat, question, commenting, comment, stored, panel, *parts]
    asked = (question, chooser, turns)
    runs: list[Any] = [
        question.submit(_ask(session), asked, outputs, **QUIET),
        chat.example_select(_ask_example(session), [chooser, turns], outputs, **QUIET),
        quote.again(_again(session), [chooser, turns], outputs, **QUIET),
    ]
    question.stop(guarded(lambda held: screen(handlers.stopped(held))), turns, outputs, cancels=runs, **QUIET)
    chat.clear(lambda: screen(Screen((), handlers.blank())), None, outputs, cancels=runs, **QUIET)
    quote.judge(_judge(session), turns, outputs, **QUIET)
    comment.submit(
        guarded(lambda held, turn, text: screen(handlers.commented(session, held, turn, text))),
        [turns, commenting, comment],
        outputs,
        **PRIVATE,
    ).success(lambda: gr.Info(both("已记下，谢谢。"), title="评价", duration=4), None, None, **QUIET)
    _wire_panel(session, turns, panel, parts)
    return ChatTab(chooser, chat, stored, turns, outputs)


def screen(shown: Screen) -> list[Any]:
    """The tab's components after a step, in the order of `ChatTab.outputs`."""
    field = (
        gr.Textbox(value="", submit_btn=False, stop_btn=str(label("停止")))
        if shown.busy
        else gr.Textbox(submit_btn=str(label("提问")), stop_btn=False)
    )
    panel = views(shown.panel) if shown.panel is not None else [gr.skip()] * 7
    comment = gr.Textbox(value="", visible=shown.commenting is not None, submit_btn=str(label("记下")))
    stored = gr.skip() if shown.busy else handlers.remembered(shown.turns)
    return [shown.turns, render.messages(shown.turns), field, shown.commenting, comment, stored, *panel]


def views(panel: Panel) -> list[Any]:
    """The panel's state and components."""
    shown = panel.n is not None
    return [
        panel,
        gr.Radio(choices=list(panel.choices), value=str(panel.n) if shown else None, visible=len(panel.choices) > 1),
        panel.quote,
        gr.Button(visible=shown, interactive=panel.page > 1),
        panel.label,
        gr.Button(visible=shown, interactive=panel.page < panel.pages),
        panel.picture,
    ]


def _chat() -> tuple[gr.Dropdown, gr.Chatbot, gr.Textbox, gr.Textbox]:
    chooser = gr.Dropdown(
        [("全部资料", ALL)], value=ALL, label=label("在哪份资料里找"), show_label=False, container=False, elem_id="mz-chooser"
    )
    chat = gr.Chatbot(
        show_label=False,
        elem_id="mz-chat",
        height=None,
        buttons=[],
        feedback_options=None,
        sanitize_html=False,  # ui.render escapes; citation marks are buttons
        latex_delimiters=[],
        layout="bubble",
    )
    comment = gr.Textbox(
        placeholder=label("说说哪里好、哪里不对（可不填）"),
        label=label("评价"),
        show_label=False,
        elem_id="mz-comment",
        visible=False,
        max_lines=3,
        max_length=MAX_QUESTION,
        submit_btn=str(label("记下")),
    )
    question = gr.Textbox(
        placeholder=label("用平常的话问，例如：三公经费多少？"),
        show_label=False,
        label=label("问题"),
        elem_id="mz-question",
        max_lines=4,
        max_length=MAX_QUESTION,
        submit_btn=str(label("提问")),
        html_attributes=gr.InputHTMLAttributes(enterkeyhint="send"),
    )
    return chooser, chat, comment, question


def _panel() -> list[Any]:
    """Citation chooser, quote, back, page label, forward, picture."""
    chosen = gr.Radio([], label=label("出处"), show_label=False, container=False, elem_id="mz-citations", visible=False)
    quote = gr.HTML(
        evidence.legend(), elem_id="mz-quote", js_on_load=(ASSETS / "page.js").read_text(encoding="utf-8"), apply_default_css=False
    )
    with gr.Row(elem_classes="mz-pager"):
        back = gr.Button(label("上一页"), size="sm", min_width=80, visible=False, elem_id="mz-back")
        at = gr.HTML("", elem_id="mz-label", apply_default_css=False)
        forward = gr.Button(label("下一页"), size="sm", min_width=80, visible=False, elem_id="mz-forward")
    picture = gr.HTML("", elem_id="mz-picture", apply_default_css=False)
    return [chosen, quote, back, at, forward, picture]


def _wire_panel(session: Session, turns: gr.State, panel: gr.State, parts: Sequence[Any]) -> None:
    """A mark, the chooser and the page buttons each show another view."""
    chosen, quote, back, _, forward, _ = parts
    outputs = [panel, *parts]

    def choose(n: str, held: Sequence[Turn], shown: Panel) -> list[Any]:
        return views(handlers.cited(session, held, shown.turn, int(n)))

    def mark(held: Sequence[Turn], event: gr.EventData) -> Any:  # noqa: ANN401  whatever the guarded step gives
        return guarded(lambda: views(handlers.cited(session, held, int(event.turn), int(event.n))))()

    def turn(by: int) -> Callable[[Sequence[Turn], Panel], list[Any]]:
        return lambda held, shown: views(handlers.turned(session, held, shown, by))

    chosen.input(guarded(choose), [chosen, turns, panel], outputs, **QUIET)
    quote.click(mark, turns, outputs, **QUIET)
    back.click(guarded(turn(-1)), [turns, panel], outputs, **QUIET)
    forward.click(guarded(turn(1)), [turns, panel], outputs, **QUIET)


def _judge(session: Session) -> Callable[[Sequence[Turn], gr.EventData], Any]:
    def judge(held: Sequence[Turn], event: gr.EventData) -> Any:  # noqa: ANN401  as above
        return guarded(lambda: screen(handlers.judged(session, held, int(event.turn), good=bool(event.good))))()

    return judge


def _ask(session: Session) -> Callable[[str, str, Sequence[Turn]], AsyncIterator[list[Any]]]:
    async def ask(question: str, doc: str, turns: Sequence[Turn]) -> AsyncIterator[list[Any]]:
        async for step in _steps(handlers.ask(session, question, doc or ALL, turns)):
            yield step

    return ask


def _ask_example(session: Session) -> Callable[[str, Sequence[Turn], gr.SelectData], AsyncIterator[list[Any]]]:
    async def ask(doc: str, turns: Sequence[Turn], event: gr.SelectData) -> AsyncIterator[list[Any]]:
        async for step in _steps(handlers.ask(session, str(event.value["text"]), doc or ALL, turns)):
            yield step

    return ask


def _again(session: Session) -> Callable[[str, Sequence[Turn]], AsyncIterator[list[Any]]]:
    async def again(doc: str, turns: Sequence[Turn]) -> AsyncIterator[list[Any]]:
        async for step in _steps(handlers.again(session, doc or ALL, turns)):
            yield step

    return again


async def _steps(screens: Iterator[Screen]) -> AsyncIterator[list[Any]]:
    """The screens as they come, each drawn in a thread that is left behind on 停止: a model that hangs must not hold the page."""
    while (shown := await to_thread.run_sync(next, screens, None, abandon_on_cancel=True)) is not None:
        yield screen(shown)
