"""What goes wrong at a model server → one of three errors worded for the user, never with the key in it."""

import importlib
import importlib.util

from service.errors import ModelError, ModelRejectedError, ModelReplyError, ModelUnreachableError
from service.llm import server
from service.settings import Settings

_OVERFLOW = ("context length", "context window", "context_length", "maximum context", "prompt is too long", "input is too long")


class ContextOverflowError(ModelRejectedError):
    """The prompt is longer than the model can read; a shorter one may do."""


class FormRefusedError(ModelRejectedError):
    """Status 400 or 422: perhaps the server only dislikes the form asked for."""


def kinds() -> tuple[type[Exception], ...]:
    """What the libraries raise when a server cannot be used or answers nonsense."""
    import openai  # kept out of the start: 0.7 s
    from langchain_core.exceptions import LangChainException  # kept out of the start: 0.15 s

    transports = [importlib.import_module(name) for name in ("httpx", "httpx2") if importlib.util.find_spec(name)]
    transport = [error for module in transports for error in (module.HTTPError, module.InvalidURL)]
    # The last four are langchain-openai's for a 200 whose body is no completion (null choices, an error object, HTML).
    return (openai.OpenAIError, LangChainException, *transport, TimeoutError, ValueError, TypeError, LookupError, AttributeError)


def worded(error: Exception, settings: Settings) -> ModelError:
    """The library's exception in the user's words."""
    import openai  # kept out of the start: 0.7 s

    at, said = server.shown(settings), _clean(str(getattr(error, "message", error)), settings)
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
    kind = FormRefusedError if status in (400, 422) else ModelRejectedError
    return kind(f"模型服务器 {at} 拒绝了请求（{status}：{said}）", f"{at} refuses the request ({status}: {said})")


def _clean(said: str, settings: Settings) -> str:
    """A server's own words on one line of at most 160 characters, without the key should it be repeated there."""
    key = settings.openai_api_key.get_secret_value().strip() if settings.openai_api_key else ""
    line = " ".join((said.replace(key, "***") if key else said).split())
    return line if len(line) <= 160 else f"{line[:160]}…"
