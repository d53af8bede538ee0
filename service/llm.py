"""The only door to openai and langchain_openai: settings and messages → a checked record, or vectors.

Whatever goes wrong there comes out as one of three errors of `service.errors`, worded for the user, never with the key in it:
ModelUnreachableError (no answer), ModelRejectedError (the request is refused), ModelReplyError (the answer is unusable).
"""

import importlib
import importlib.util
import json
import math
import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, SecretStr

import prompts
from service import replies
from service.errors import ModelError, ModelRejectedError, ModelReplyError, ModelUnreachableError
from service.replies import UnfitError
from service.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import LanguageModelInput
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.runnables import Runnable
    from langchain_openai import ChatOpenAI

# LangSmith reads these once and would send every prompt to its own server when a user's shell happens to have them on.
os.environ.update(dict.fromkeys(("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"), "false"))

ALLOW_CALLS = True
"""Tests set this to False, so that a call nobody planned is an error instead of a request."""

OPENAI_URL = "https://api.openai.com/v1"
"""The address meant when only a key is set; named, so that no other variable (LangSmith's gateway) can name another."""

_ADDRESS = re.compile(r"https?://(?:[^/@\s]*@)?(?P<host>[\w.-]+(?::\d+)?|\[[0-9a-fA-F:.]+\](?::\d+)?)(?:/|$)")
_DUMMY_KEY = "not-needed"
_PROGRESS_STEP = 60
"""Characters between two progress messages."""
_EMBED_BATCHES = (64, 10)
"""Texts in one embedding request: what most servers take, then the smallest limit met (DashScope's text-embedding-v3 and v4)."""
_OVERFLOW = ("context length", "context window", "context_length", "maximum context", "prompt is too long", "input is too long")

Record = TypeVar("Record", bound=BaseModel)
Listener = Callable[[str], None]
"""Takes a line in Chinese that says what is going on."""


class ContextOverflowError(ModelRejectedError):
    """The prompt is longer than the model can read; a shorter one may do."""


class Method(StrEnum):
    """How a server is asked for a record, in the order tried."""

    JSON_SCHEMA = "json_schema"
    FUNCTION_CALLING = "function_calling"
    JSON_MODE = "json_mode"


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

    @property
    def server(self) -> tuple[str, str]:
        return base_url(self.settings), self.settings.model or ""


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    usage: Usage


class _FormRefusedError(ModelRejectedError):
    """Status 400 or 422: perhaps the server only dislikes the form asked for."""


_methods: dict[tuple[str, str], Method] = {}
_default_temperature: set[tuple[str, str]] = set()
_embed_batch: dict[tuple[str, str], int] = {}


def forget() -> None:
    """Forget what the servers of this process were found to accept."""
    _methods.clear()
    _default_temperature.clear()
    _embed_batch.clear()


def base_url(settings: Settings) -> str:
    """The server that is spoken to.

    Raises:
        ModelRejectedError: the setting is no web address.
    """
    url = (settings.openai_base_url or OPENAI_URL).strip().rstrip("/")
    if not _ADDRESS.match(url):
        raise ModelRejectedError(
            "OPENAI_BASE_URL 不是网址，应如 http://127.0.0.1:8000/v1", "OPENAI_BASE_URL is no web address such as http://127.0.0.1:8000/v1"
        )
    return url


def chat(settings: Settings) -> "ChatOpenAI":
    """The chat model of the settings.

    Raises:
        ModelRejectedError: no model is configured, or the key cannot be a key.
        RuntimeError: calls are switched off (`ALLOW_CALLS`).
    """
    _require_calls()
    if not settings.has_model:
        raise ModelRejectedError(
            "没有设置模型：请设 MINGZHANG_MODEL，以及 OPENAI_BASE_URL 或 OPENAI_API_KEY",
            "no model is configured: set MINGZHANG_MODEL and OPENAI_BASE_URL or OPENAI_API_KEY",
        )
    from langchain_openai import ChatOpenAI  # kept out of the start: 1.4 s

    return ChatOpenAI(
        model=settings.model or "",
        base_url=base_url(settings),
        api_key=_key(settings),
        timeout=settings.model_timeout,
        max_retries=settings.model_retries,
        stream_usage=True,
        use_responses_api=False,
        temperature=None if (base_url(settings), settings.model) in _default_temperature else 0,
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
    with a fitting record is remembered for the process. A reply that does not fit, by a method that is known to work or is
    the last, is sent back once with the error. So there are at most 4 calls, and 2 once the method is known.

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
    known = _methods.get(call.server)
    methods = (known,) if known else tuple(Method)
    spent = Usage()
    for method in methods[:-1]:
        try:
            reply = _reply(call, method, messages)
            spent += reply.usage
            record = replies.record(reply.text, schema)
        except (_FormRefusedError, UnfitError):
            continue
        _methods[call.server] = method
        return record, spent
    try:
        record, usage = _twice(call, methods[-1], messages)
    except _FormRefusedError:
        _methods.pop(call.server, None)
        raise
    _methods[call.server] = methods[-1]
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
        second = _reply(call, method, again)
        return replies.record(second.text, call.schema), first.usage + second.usage


def embed(settings: Settings, texts: list[str]) -> list[list[float]]:
    """Vectors of the texts from the embedding server, in order, all of one length.

    Raises:
        ModelUnreachableError: no connection, a time-out, the server's own failure.
        ModelRejectedError: no embedding model is configured, or the server refuses the key, the model or the texts.
        ModelReplyError: the vectors are not one per text, differ in length or are not finite numbers.
        RuntimeError: calls are switched off (`ALLOW_CALLS`).
    """
    _require_calls()
    if not settings.embedding_model or not (settings.openai_base_url or settings.openai_api_key):
        raise ModelRejectedError(
            "没有设置向量模型：请设 MINGZHANG_EMBEDDING_MODEL，以及 OPENAI_BASE_URL 或 OPENAI_API_KEY",
            "no embedding model is configured: set MINGZHANG_EMBEDDING_MODEL and OPENAI_BASE_URL or OPENAI_API_KEY",
        )
    if not texts:
        return []
    server = (base_url(settings), settings.embedding_model)
    sizes = (_embed_batch[server],) if server in _embed_batch else _EMBED_BATCHES
    for size in sizes:
        try:
            vectors = _embedded(settings, texts, size)
        except _FormRefusedError:
            if size == sizes[-1] or len(texts) <= sizes[-1]:
                raise
            continue
        _embed_batch[server] = size
        break
    if len(vectors) != len(texts) or len({len(v) for v in vectors}) != 1 or not all(map(math.isfinite, (x for v in vectors for x in v))):
        raise ModelReplyError(
            f"向量服务器返回了 {len(vectors)} 个向量（应为 {len(texts)} 个），或长短不一、含非数值",
            f"the embedding server gave {len(vectors)} vectors for {len(texts)} texts, or of unequal length, or not numbers",
        )
    return vectors


def _embedded(settings: Settings, texts: list[str], size: int) -> list[list[float]]:
    from langchain_openai import OpenAIEmbeddings  # kept out of the start: 1.4 s

    embeddings = OpenAIEmbeddings(
        model=settings.embedding_model or "",
        openai_api_base=base_url(settings),
        openai_api_key=_key(settings),
        request_timeout=settings.model_timeout,
        max_retries=settings.model_retries,
        check_embedding_ctx_length=False,  # the length check downloads a tokenizer and sends token numbers, which only OpenAI reads
        chunk_size=size,
    )
    try:
        return embeddings.embed_documents(texts)
    except _failures() as error:
        raise _worded(error, settings) from error


def _reply(call: _Call, method: Method, messages: "Sequence[BaseMessage]") -> _Reply:
    """One answered request; a stream that breaks off is tried again as often as the settings say.

    Raises:
        ModelError: as `structured`; _FormRefusedError where another method may do.
    """
    for remaining in range(call.settings.model_retries, -1, -1):
        try:
            message = _received(call, method, messages)
        except _failures() as error:
            worded = _worded(error, call.settings)
            if isinstance(worded, _FormRefusedError) and "temperature" in str(error) and call.server not in _default_temperature:
                _default_temperature.add(call.server)
                return _reply(call, method, messages)
            raise worded from error
        reason = str(message.response_metadata.get("finish_reason") or "")
        if reason or call.on_event is None:
            return _Reply(replies.text(message, reason), _usage(message, method))
        if remaining:
            _tell(call, "模型服务器的连接中断，正在重试…")
    raise ModelUnreachableError(f"模型服务器 {_shown(call.settings)} 的回复中途断开", f"the reply from {_shown(call.settings)} broke off")


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


def _failures() -> tuple[type[Exception], ...]:
    """What the libraries raise when a server cannot be used or answers nonsense."""
    import openai  # kept out of the start: 0.7 s
    from langchain_core.exceptions import LangChainException  # kept out of the start: 0.15 s

    transports = [importlib.import_module(name) for name in ("httpx", "httpx2") if importlib.util.find_spec(name)]
    transport = [error for module in transports for error in (module.HTTPError, module.InvalidURL)]
    # The last four are langchain-openai's for a 200 whose body is no completion (null choices, an error object, HTML).
    return (openai.OpenAIError, LangChainException, *transport, TimeoutError, ValueError, TypeError, LookupError, AttributeError)


def _worded(error: Exception, settings: Settings) -> ModelError:
    """The library's exception in the user's words."""
    import openai  # kept out of the start: 0.7 s

    at, said = _shown(settings), _clean(str(getattr(error, "message", error)), settings)
    if any(words in str(error).lower() for words in _OVERFLOW):
        return ContextOverflowError(f"内容超过模型能读的长度（{said}）", f"the prompt is longer than the model can read ({said})")
    if isinstance(error, openai.APIStatusError):
        return _status(error.status_code, at, said, settings)
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        seconds = f"{settings.model_timeout:g}"
        return ModelUnreachableError(f"模型服务器 {at} 在 {seconds} 秒内没有答完", f"{at} did not finish within {seconds} s")
    if isinstance(error, openai.APIResponseValidationError | ValueError | TypeError | LookupError | AttributeError):
        return ModelReplyError(f"模型服务器 {at} 的回复无法识别（{said}）", f"the reply of {at} is not a completion ({said})")
    if isinstance(error, openai.APIConnectionError):
        return ModelUnreachableError(
            f"连不上模型服务器 {at}：请检查 OPENAI_BASE_URL 和网络",
            f"cannot reach the model server {at}: check OPENAI_BASE_URL and the network",
        )
    return ModelUnreachableError(f"模型服务器 {at} 出错（{said}）", f"the model server {at} failed ({said})")


def _status(status: int, at: str, said: str, settings: Settings) -> ModelError:
    """The error for an HTTP status."""
    if status in (401, 403):
        return ModelRejectedError(
            f"模型服务器 {at} 不接受密钥（{status}）：请检查 OPENAI_API_KEY", f"{at} refuses the key ({status}): check OPENAI_API_KEY"
        )
    if status == 404:
        name = settings.model or settings.embedding_model
        return ModelRejectedError(
            f"模型服务器 {at} 没有 {name}，或地址不对（404）：请检查 MINGZHANG_MODEL、MINGZHANG_EMBEDDING_MODEL 和 OPENAI_BASE_URL",
            f"{at} has no {name}, or the address is wrong (404): check the model's name and OPENAI_BASE_URL",
        )
    if status == 429:
        return ModelUnreachableError(
            f"模型服务器 {at} 繁忙或额度已用完（429），请稍后再试", f"{at} is busy or the quota is used up (429): try again later"
        )
    if status >= 500 or status == 408:
        return ModelUnreachableError(f"模型服务器 {at} 内部出错（{status}），请稍后再试", f"{at} failed ({status}): try again later")
    kind = _FormRefusedError if status in (400, 422) else ModelRejectedError
    return kind(f"模型服务器 {at} 拒绝了请求（{status}：{said}）", f"{at} refuses the request ({status}: {said})")


def _clean(said: str, settings: Settings) -> str:
    """A server's own words on one line of at most 160 characters, without the key should it be repeated there."""
    key = settings.openai_api_key.get_secret_value().strip() if settings.openai_api_key else ""
    line = " ".join((said.replace(key, "***") if key else said).split())
    return line if len(line) <= 160 else f"{line[:160]}…"


def _shown(settings: Settings) -> str:
    """The server's host and port: the address may carry a password."""
    found = _ADDRESS.match(base_url(settings))
    return found["host"] if found else ""


def _key(settings: Settings) -> SecretStr:
    """The key, or a dummy for servers that want none (the library insists on one).

    Raises:
        ModelRejectedError: it has characters that no key has and no header can carry.
    """
    key = settings.openai_api_key.get_secret_value().strip() if settings.openai_api_key else ""
    if not (key.isascii() and key.isprintable()):
        raise ModelRejectedError(
            "OPENAI_API_KEY 含有密钥不会有的字符，请重新复制", "OPENAI_API_KEY has characters that no key has: copy it again"
        )
    return SecretStr(key or _DUMMY_KEY)


def _tell(call: _Call, line: str) -> None:
    if call.on_event is not None:
        call.on_event(line)


def _require_calls() -> None:
    if not ALLOW_CALLS:
        raise RuntimeError("a model was called while service.llm.ALLOW_CALLS is False")
