"""The page: its tabs, and what fills them when it is opened; mounted beside the HTTP API and served."""

import json
import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"  # else every event is summed up in pandas, for a page that is not served

from collections.abc import Sequence
from html import escape
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from service.api import application
from ui import answer_page, chat_tab, checks_tab, data_tab, handlers, render, server, shelf, shelf_tab
from ui.chat_tab import ChatTab
from ui.intake import Intake
from ui.render import Turn
from ui.session import Session
from ui.theme import theme
from ui.wiring import ASSETS, I18N, QUIET, guarded, label
from ui.words import english, said, say

_DRAWN = (
    *("预算与决算", "支出结构", "两份对比", "预算", "决算", "金额（万元）", "项目", "口径", "文件所印", "条形"),
    *("各科目的预算数与决算数，单位万元；同样的数字见下表", "各类支出，单位万元；同样的数字见下表"),
    "两份文件各科目的金额，单位万元；同样的数字见下表",
)
"""Words that Vega draws in charts, their tooltips and descriptions: the browser changes them into English."""
USERS_AT_ONCE = 16
"""Events that run side by side; each is a thread that mostly waits for a model or the library."""
KEPT_SECONDS = 3600
"""Uploaded copies are deleted after so long; the library keeps its own."""


def build(session: Session) -> gr.Blocks:
    """The page over an open library."""
    intake = Intake()
    with gr.Blocks(title="明账", analytics_enabled=False, fill_width=True, delete_cache=(KEPT_SECONDS, KEPT_SECONDS)) as page:
        gr.HTML(_header(), elem_classes="mz-header")
        with gr.Tabs(elem_classes="mz-tabs"):
            with gr.Tab(label("对话"), id="chat"):
                chat = chat_tab.build(session)
            with gr.Tab(label("资料"), id="documents"):
                held = gr.Column()
            with gr.Tab(label("数据"), id="data"):
                data = data_tab.build(session)
            with gr.Tab(label("核对"), id="checks"):
                checks = checks_tab.build(session)
        shown = [chat.chooser, chat.chat, *data.outputs, *checks.outputs]

        def refreshed() -> list[Any]:
            return _library(session, intake)

        with held:
            documents = shelf_tab.build(session, intake, refreshed, shown)
        _wire_opening(session, intake, page, chat, [documents.outcome, documents.documents, *shown])
    queued: gr.Blocks = page.queue(default_concurrency_limit=USERS_AT_ONCE)
    return queued


def mounted(session: Session, *, max_mb: int = 200) -> FastAPI:
    """The HTTP API with the page at its root; uploads over `max_mb` MiB are refused."""
    app = application(session)
    app.add_middleware(server.Opening, script=(ASSETS / "language.js").read_text("utf-8"))
    app.add_middleware(server.Policy)
    app.add_api_route(f"{render.ANSWER_PAGE}{{key}}", answer_page.route(session), methods=["GET"], response_class=HTMLResponse)
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
        theme=theme(),
        css_paths=[ASSETS / "page.css"],
        i18n=I18N,
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


def _wire_opening(session: Session, intake: Intake, page: gr.Blocks, chat: ChatTab, shown: list[Any]) -> None:
    """What is filled when the page is opened: the library, and the conversation that the browser or a link remembers."""

    def opened() -> list[Any]:
        return [shelf.progress(intake.jobs), shelf.documents(session.documents()), *_library(session, intake)]

    def restored(stored: object, turns: Sequence[Turn], request: gr.Request) -> list[Any]:
        if turns:  # asked before this: the conversation has begun
            return [gr.skip()] * len(chat.outputs)
        key = str(request.query_params.get("answer", ""))
        return chat_tab.screen(handlers.restored(session, stored, key))

    page.load(guarded(opened), None, shown, **QUIET).then(restored, [chat.stored, chat.turns], chat.outputs, **QUIET)


def _library(session: Session, intake: Intake) -> list[Any]:
    """What depends on the documents held: the chat's chooser, its welcome and examples, the figures, the findings."""
    held = session.documents()
    settings = session.settings
    welcome = render.welcome(held, settings.model if settings.has_model else None, intake.reading)
    return [
        gr.Dropdown(choices=handlers.chooser(held)),
        gr.Chatbot(placeholder=welcome, examples=[{"text": text} for text in session.examples()]),
        *data_tab.desk(session, None),
        *checks_tab.board(session, None),
    ]


def _header() -> str:
    tongue = f'<button type="button" class="mz-tongue" lang="en"{said("aria-label", "English")}>{say("English")}</button>'
    drawn = escape(json.dumps({word: english(word) for word in _DRAWN}, ensure_ascii=False))
    words = f'<span id="mz-words" data-words="{drawn}" hidden></span>'
    return f"<h1>{say('明账')}</h1><p>{say('读公开的部门预算和决算，每个数字都有出处。')}</p>{tongue}{words}"
