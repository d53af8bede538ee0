"""The page's wiring and its server: components, events, theme. The only door to Gradio; what happens is decided in `ui.handlers`."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"  # else every event is summed up in pandas, for a page that is not served

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from anyio import to_thread
from fastapi import FastAPI

from service.api import application
from service.errors import MingzhangError
from ui import handlers, render, server, shelf
from ui.handlers import ALL, MAX_QUESTION, Panel, Screen, Session
from ui.render import Turn

ASSETS = Path(__file__).parent / "assets"
USERS_AT_ONCE = 16
"""Events that run side by side; each is a thread that mostly waits for a model or the library."""
KEPT_SECONDS = 3600
"""Uploaded copies are deleted after so long; the library keeps its own."""
TEAL = gr.themes.Color(
    "#e6f1ef", "#cfe4e0", "#a5cdc6", "#78b3aa", "#43938a", "#1a766d", "#0f5f59", "#0c4d48", "#0a3d3a", "#08312e", "#061f1d", name="teal"
)
FONTS = ("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
_PRIVATE: dict[str, Any] = {"api_visibility": "private"}
"""Page events are no API; programs use `service.api`."""
_QUIET: dict[str, Any] = {"show_progress": "hidden", **_PRIVATE}


def build(session: Session) -> gr.Blocks:
    """The page over an open library."""
    with gr.Blocks(title="明账", analytics_enabled=False, fill_width=True, delete_cache=(KEPT_SECONDS, KEPT_SECONDS)) as page:
        gr.HTML(_header(), elem_classes="mz-header")
        with gr.Tabs(elem_classes="mz-tabs"):
            with gr.Tab("对话"):
                chooser, chat = _chat_tab(session)
            with gr.Tab("资料"):
                files, outcome, documents = _documents_tab()
            with gr.Tab("核对"):
                checked, report = _checks_tab()
        shown = [chooser, chat, documents, checked, report]
        page.load(_guarded(lambda doc: _library(session, doc)), checked, shown, **_QUIET)
        upload = files.upload(
            _ingest(session), [files, checked], [outcome, files, *shown], concurrency_limit=1, show_progress_on=outcome, **_PRIVATE
        )
        upload.failure(lambda: render.error(handlers.UNFORESEEN), None, outcome, **_QUIET)
        checked.input(_guarded(lambda doc: handlers.check(session, doc)), checked, report, **_PRIVATE)
    queued: gr.Blocks = page.queue(default_concurrency_limit=USERS_AT_ONCE)
    return queued


def mounted(session: Session, *, max_mb: int = 200) -> FastAPI:
    """The HTTP API with the page at its root; uploads over `max_mb` MiB are refused."""
    app = application(session)
    app.add_middleware(server.Policy)
    with_page: FastAPI = gr.mount_gradio_app(
        app,
        build(session),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=max_mb * 1024 * 1024,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        favicon_path=str(ASSETS / "favicon.png"),
        theme=_theme(),
        css_paths=[ASSETS / "page.css"],
    )
    return with_page


def serve(session: Session, host: str, port: int, *, max_mb: int = 200) -> None:
    """Serve the page and the HTTP API until interrupted; prints the address once it answers.

    Args:
        session: the open library.
        host: the address to listen on, such as 127.0.0.1.
        port: the port; 0 takes a free one.
        max_mb: largest upload in MiB.

    Raises:
        InputError: the address cannot be listened on, for example because the port is taken.
    """
    bound = server.listen(host, port)
    server.serve(mounted(session, max_mb=max_mb), bound, host)


def _chat_tab(session: Session) -> tuple[gr.Dropdown, gr.Chatbot]:
    """Chat on the left, evidence on the right (below on a phone)."""
    turns, panel = gr.State(()), gr.State(handlers.blank())
    with gr.Row(elem_classes="mz-desk"):
        with gr.Column(scale=6, min_width=340, elem_classes="mz-chat"):
            chooser = gr.Dropdown(
                [("全部资料", ALL)],
                value=ALL,
                label="在哪份资料里找",
                show_label=False,
                container=False,
                elem_id="mz-chooser",
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
            question = gr.Textbox(
                placeholder="用平常的话问，例如：三公经费多少？",
                show_label=False,
                label="问题",
                elem_id="mz-question",
                max_lines=4,
                max_length=MAX_QUESTION,
                submit_btn="提问",
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send"),
            )
        with gr.Column(scale=5, min_width=340, elem_classes="mz-panel"):
            parts = _panel()
    outputs = [turns, chat, question, panel, *parts]
    asked = (question, chooser, turns)
    runs: list[dict[str, Any]] = [
        question.submit(_ask(session), asked, outputs, **_QUIET),
        chat.example_select(_ask_example(session), [chooser, turns], outputs, **_QUIET),
    ]
    question.stop(_guarded(lambda held: _screen(handlers.stopped(held))), turns, outputs, cancels=runs, **_QUIET)
    chat.clear(lambda: _screen(Screen((), handlers.blank())), None, outputs, cancels=runs, **_QUIET)
    _wire_panel(session, turns, panel, parts)
    return chooser, chat


def _panel() -> list[Any]:
    """Citation chooser, quote, back, page label, forward, picture."""
    chosen = gr.Radio([], label="出处", show_label=False, container=False, elem_id="mz-citations", visible=False)
    quote = gr.HTML(
        render.no_quote(), elem_id="mz-quote", js_on_load=(ASSETS / "evidence.js").read_text(encoding="utf-8"), apply_default_css=False
    )
    with gr.Row(elem_classes="mz-pager"):
        back = gr.Button("上一页", size="sm", min_width=80, visible=False, elem_id="mz-back")
        label = gr.HTML("", elem_id="mz-label", apply_default_css=False)
        forward = gr.Button("下一页", size="sm", min_width=80, visible=False, elem_id="mz-forward")
    picture = gr.HTML("", elem_id="mz-picture", apply_default_css=False)
    return [chosen, quote, back, label, forward, picture]


def _wire_panel(session: Session, turns: gr.State, panel: gr.State, parts: Sequence[Any]) -> None:
    """A mark, the chooser and the page buttons each show another view."""
    chosen, quote, back, _, forward, _ = parts
    outputs = [panel, *parts]

    def choose(n: str, held: Sequence[Turn], shown: Panel) -> list[Any]:
        return _views(handlers.cited(session, held, shown.turn, int(n)))

    def mark(held: Sequence[Turn], event: gr.EventData) -> list[Any] | str:
        return _guarded(lambda: _views(handlers.cited(session, held, int(event.turn), int(event.n))))()

    def turn(by: int) -> Callable[[Sequence[Turn], Panel], list[Any]]:
        return lambda held, shown: _views(handlers.turned(session, held, shown, by))

    chosen.input(_guarded(choose), [chosen, turns, panel], outputs, **_QUIET)
    quote.click(mark, turns, outputs, **_QUIET)
    back.click(_guarded(turn(-1)), [turns, panel], outputs, **_QUIET)
    forward.click(_guarded(turn(1)), [turns, panel], outputs, **_QUIET)


def _documents_tab() -> tuple[gr.File, gr.HTML, gr.HTML]:
    files = gr.File(file_count="multiple", file_types=[".pdf"], label="上传 PDF（可多选）", height=150, elem_id="mz-upload")
    outcome = gr.HTML("", elem_id="mz-outcome", apply_default_css=False)
    documents = gr.HTML("", elem_id="mz-documents", apply_default_css=False)
    return files, outcome, documents


def _checks_tab() -> tuple[gr.Dropdown, gr.HTML]:
    checked = gr.Dropdown([], label="核对哪份文件", elem_id="mz-checked")
    report = gr.HTML("", elem_id="mz-report", apply_default_css=False)
    return checked, report


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


async def _steps(screens: Iterator[Screen]) -> AsyncIterator[list[Any]]:
    """The screens as they come, each drawn in a thread that is left behind on 停止: a model that hangs must not hold the page."""
    while (screen := await to_thread.run_sync(next, screens, None, abandon_on_cancel=True)) is not None:
        yield _screen(screen)


def _ingest(session: Session) -> Callable[..., list[Any]]:
    def ingest(paths: list[str], doc: str | None, progress: gr.Progress = gr.Progress()) -> list[Any]:  # noqa: B008  Gradio finds it by its default
        def report(done: int, total: int, label: str) -> None:
            progress((done, total), desc=label, unit="份")

        return [handlers.ingest(session, paths, report), None, *_library(session, doc)]

    return ingest


def _library(session: Session, doc: str | None) -> list[Any]:
    """What depends on the documents held: the chat's chooser, its welcome and examples, the shelf, the checker's chooser and findings."""
    held = session.documents()
    choices, chosen, report = handlers.checkable(session, doc)
    return [
        gr.Dropdown(choices=handlers.chooser(held)),
        gr.Chatbot(placeholder=render.welcome(held), examples=[{"text": text} for text in session.examples()]),
        shelf.documents(held),
        gr.Dropdown(choices=choices, value=chosen),
        report,
    ]


def _screen(screen: Screen) -> list[Any]:
    """The chat tab's components after a step: state, messages, question field, panel."""
    field = gr.Textbox(value="", submit_btn=False, stop_btn="停止") if screen.busy else gr.Textbox(submit_btn="提问", stop_btn=False)
    panel = _views(screen.panel) if screen.panel is not None else [gr.skip()] * 7
    return [screen.turns, render.messages(screen.turns), field, *panel]


def _views(panel: Panel) -> list[Any]:
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


def _guarded(step: Callable[..., list[Any] | str]) -> Callable[..., list[Any] | str]:
    """A step whose meant errors become one line on the page."""

    def run(*values: Any) -> list[Any] | str:  # noqa: ANN401  whatever the components hold
        try:
            return step(*values)
        except MingzhangError as error:
            raise gr.Error(escape(error.zh), title="没有完成", print_exception=False) from error

    return run


def _header() -> str:
    return "<h1>明账</h1><p>读公开的部门预算和决算，每个数字都有出处。</p>"


def _theme() -> gr.themes.Base:
    """Calm, and with fonts of the reader's own system."""
    fonts = [gr.themes.Font(name) for name in FONTS]
    theme = gr.themes.Base(
        primary_hue=TEAL,
        secondary_hue=TEAL,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_md,
        font=fonts,
        font_mono=fonts,
    )
    return theme.set(
        body_background_fill="#f8f6f1",
        block_background_fill="#ffffff",
        input_background_fill="#ffffff",
        input_background_fill_dark="*neutral_800",
        input_border_width="1px",
        block_radius="12px",
        button_primary_background_fill="#0f5f59",
        button_primary_background_fill_hover="#0b4a45",
        button_primary_text_color="#ffffff",
        checkbox_label_background_fill_selected="*primary_50",
        checkbox_label_background_fill_selected_dark="*primary_900",
        checkbox_background_color_selected="#0f5f59",
    )
