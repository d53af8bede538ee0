"""Settings and messages → a checked record: by JSON schema, function calling or JSON mode, as the server accepts; streamed or not."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

import prompts
from service import replies
from service.errors import ModelRejectedError, ModelUnreachableError
from service.llm import failures, manners, server
from service.llm.failures import FormRefusedError
from service.llm.manners import Method
from service.replies import UnfitError
from service.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import LanguageModelInput
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.runnables import Runnable
    from langchain_openai import ChatOpenAI

_PROGRESS_STEP = 60
"""Characters between two progress messages."""
Record = TypeVar("Record", bound=BaseModel)
Listener = Callable[[str], None]
"""Takes a line in Chinese that says what is going on."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls cost, as the server counts tokens (0 where it does not say), and the method that answered last."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    method: Method | None = None

    def __add__(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            other.method or self.method,
        )


@dataclass(frozen=True, slots=True)
class _Call:
    """One request for a record."""

    settings: Settings
    schema: type[BaseModel]
    on_event: Listener | None
    on_text: Listener | None = None


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    usage: Usage


def chat(settings: Settings) -> "ChatOpenAI":
    """The chat model of the settings.

    Raises:
        ModelRejectedError: no model is configured, or the key cannot be a key.
        RuntimeError: calls are switched off (`ALLOW_CALLS`).
    """
    server.require_calls()
    if not settings.has_model:
        raise ModelRejectedError(
            "没有设置模型：请设 MINGZHANG_MODEL，以及 OPENAI_BASE_URL 或 OPENAI_API_KEY",
            "no model is configured: set MINGZHANG_MODEL and OPENAI_BASE_URL or OPENAI_API_KEY",
        )
    from langchain_openai import ChatOpenAI  # kept out of the start: 1.4 s

    return ChatOpenAI(
        model=settings.model or "",
        base_url=server.base_url(settings),
        api_key=server.key(settings),
        timeout=settings.model_timeout,
        max_retries=settings.model_retries,
        stream_usage=True,
        use_responses_api=False,
        temperature=0 if manners.takes_temperature(settings) else None,
    )


def structured(
    settings: Settings,
    schema: type[Record],
    messages: "Sequence[BaseMessage]",
    *,
    on_event: Listener | None = None,
    on_text: Listener | None = None,
) -> tuple[Record, Usage]:
    """Ask for one record.

    The server is asked by JSON schema, else by function calling, else in JSON mode: the first that it accepts and answers
    with a fitting record is remembered beside the library, until it refuses. A reply that does not fit, by a method that is
    known to work or is the last, is sent back once with the error. So there are at most 4 calls, and 2 once it is known.

    Args:
        settings: server, model, key, time-out, tries.
        schema: the record's class.
        messages: system and user messages, LangChain's.
        on_event: told how far the reply is; when given, the reply is streamed.
        on_text: given the reply's text so far as it is streamed, out of reasoning and fences: no whole record yet.

    Returns:
        The record, and the cost of all calls made for it.

    Raises:
        ModelUnreachableError: no connection, a time-out, the server's own failure, or it stays busy.
        ModelRejectedError: the key, the model or the request is refused.
        ContextOverflowError: the prompt is longer than the model can read.
        ModelReplyError: the reply is empty, cut, refused, or does not fit after the second try.
        RuntimeError: calls are switched off (`ALLOW_CALLS`).
    """
    call = _Call(settings, schema, on_event, on_text)
    known = manners.method(settings)
    methods = (known,) if known else tuple(Method)
    spent = Usage()
    for method in methods[:-1]:
        try:
            reply = _reply(call, method, messages)
            spent += reply.usage
            record = replies.record(reply.text, schema)
        except (FormRefusedError, UnfitError):
            continue
        manners.accepts(settings, method)
        return record, spent
    try:
        record, usage = _twice(call, methods[-1], messages)
    except FormRefusedError:
        manners.refuses(settings)
        raise
    manners.accepts(settings, methods[-1])
    return record, spent + usage


def _twice(call: _Call, method: Method, messages: "Sequence[BaseMessage]") -> tuple[Any, Usage]:
    """Ask, and ask once more with the error when the reply does not fit."""
    from langchain_core.messages import AIMessage, HumanMessage  # kept out of the start: 0.15 s

    first = _reply(call, method, messages)
    try:
        return replies.record(first.text, call.schema), first.usage
    except UnfitError as unfit:
        _tell(call, "模型的回复不合格式，正在请它重写…")
        mend = HumanMessage(prompts.load("mend_reply").render(problem=unfit.problem))
        again = [*messages, AIMessage(first.text), mend] if first.text else messages
        # A refusal that is streamed reads as nothing, because LangChain drops `delta.refusal`; whole, it is told apart.
        second = _reply(call if first.text else replace(call, on_event=None), method, again)
        return replies.record(second.text, call.schema), first.usage + second.usage


def _reply(call: _Call, method: Method, messages: "Sequence[BaseMessage]") -> _Reply:
    """One answered request; a stream that breaks off is tried again as often as the settings say.

    Raises:
        ModelError: as `structured`; FormRefusedError where another method may do.
    """
    for remaining in range(call.settings.model_retries, -1, -1):
        try:
            message = _received(call, method, messages)
        except failures.kinds() as error:
            worded = failures.worded(error, call.settings)
            if isinstance(worded, FormRefusedError) and "temperature" in str(error) and _takes_temperature(call):
                manners.refuses_temperature(call.settings)
                return _reply(call, method, messages)
            raise worded from error
        reason = str(message.response_metadata.get("finish_reason") or "")
        if reason or call.on_event is None:
            return _Reply(replies.text(message, reason), _usage(message, method))
        if remaining:
            _tell(call, "模型服务器的连接中断，正在重试…")
    raise ModelUnreachableError(
        f"模型服务器 {server.shown(call.settings)} 的回复中途断开", f"the reply from {server.shown(call.settings)} broke off"
    )


def _takes_temperature(call: _Call) -> bool:
    return manners.takes_temperature(call.settings)


def _received(call: _Call, method: Method, messages: "Sequence[BaseMessage]") -> "AIMessage":
    """The message as it comes, streamed when somebody listens."""
    runnable = _asking(call, method)
    whole: Any = None
    if call.on_event is None:
        return runnable.invoke(_said(call, method, messages))
    _tell(call, "正在等待模型…")
    until, told = time.monotonic() + call.settings.model_timeout, 0
    for chunk in runnable.stream(_said(call, method, messages)):
        whole = chunk if whole is None else whole + chunk
        written = replies.content(whole)
        if len(written) >= told + _PROGRESS_STEP:
            told = len(written)
            _tell(call, f"模型正在起草（已收到 {told} 字）…")
            if call.on_text is not None:
                call.on_text(written)
        if time.monotonic() > until:
            # A server may keep a stream alive for ever; the client's own time-out only sees the pause between two chunks.
            raise TimeoutError
    if whole is None:
        raise ValueError("an empty stream")
    return whole  # type: ignore[no-any-return]  # chunks of a chat model add up to an AIMessageChunk


def _asking(call: _Call, method: Method) -> "Runnable[LanguageModelInput, AIMessage]":
    """The chat model, told to answer with the record."""
    model, name, form = chat(call.settings), call.schema.__name__, replies.schema(call.schema)
    if method is Method.FUNCTION_CALLING:
        function = {"name": name, "description": "给出回答", "parameters": form}
        return model.bind_tools([{"type": "function", "function": function}], tool_choice={"type": "function", "function": {"name": name}})
    asked: dict[str, Any] = {"type": "json_object"}
    if method is Method.JSON_SCHEMA:
        asked = {"type": "json_schema", "json_schema": {"name": name, "schema": form, "strict": True}}
    # As `response_format` it would take openai's parsing path, which validates before <think> is off and raises on an empty stream.
    return model.bind(extra_body={"response_format": asked})


def _said(call: _Call, method: Method, messages: "Sequence[BaseMessage]") -> "list[BaseMessage]":
    """The messages; in JSON mode the schema goes into the first, because many chat templates allow one system message only."""
    if method is not Method.JSON_MODE:
        return list(messages)
    schema = json.dumps(replies.schema(call.schema), ensure_ascii=False)
    first = messages[0].model_copy(update={"content": f"{messages[0].content}{prompts.load('json_mode').render(schema=schema)}"})
    return [first, *messages[1:]]


def _usage(message: "AIMessage", method: Method) -> Usage:
    counted = message.usage_metadata
    return Usage(1, counted["input_tokens"], counted["output_tokens"], method) if counted else Usage(1, method=method)


def _tell(call: _Call, line: str) -> None:
    if call.on_event is not None:
        call.on_event(line)
