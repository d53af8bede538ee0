"""A model's message → its text, out of reasoning and fences → a checked record; and the schema that asks for one."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar, cast

from pydantic import BaseModel, ValidationError

from service.errors import ModelReplyError

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

Record = TypeVar("Record", bound=BaseModel)
Json = Mapping[str, object]


class UnfitError(ModelReplyError):
    """The reply is whole but no such record; `problem` says why, for the model."""

    def __init__(self, zh: str, en: str, problem: str = "") -> None:
        super().__init__(zh, en)
        self.problem = problem


def schema(record: type[BaseModel]) -> Json:
    """The record's JSON schema as strict servers want it: all properties required, no others, no defaults, no titles.

    Source: OpenAI, Structured Outputs, "Supported schemas".
    """
    return cast(Json, _strict(record.model_json_schema()))


def text(message: "AIMessage", reason: str) -> str:
    """The message's text when it is whole.

    Args:
        message: as received; a stream's chunks added up.
        reason: the server's finish_reason, "" when it gave none.

    Raises:
        ModelReplyError: the server says that it cut or withheld the reply.
    """
    if "length" in reason:
        raise ModelReplyError("模型的回复太长，被服务器截断", "the model's reply was cut at the server's length limit")
    if "content_filter" in reason or message.additional_kwargs.get("refusal"):
        raise ModelReplyError("模型服务器拒绝回答这个问题", "the model server refused to answer")
    return content(message)


def content(message: "AIMessage") -> str:
    """The arguments of the function call as they came, else the content without reasoning and code fence."""
    # `tool_calls` of a stream are completed by LangChain where they were cut; the chunks are as received.
    parts = [str(c["args"] or "") for c in getattr(message, "tool_call_chunks", [])]
    parts = parts or [json.dumps(c["args"], ensure_ascii=False) for c in message.tool_calls]
    parts = parts or [str(c["args"] or "") for c in message.invalid_tool_calls]
    return "".join(parts) or _bare(str(message.text))


def record(reply: str, kind: type[Record]) -> Record:
    """The record in a reply.

    Raises:
        UnfitError: there is none.
    """
    if not reply:
        raise UnfitError("模型给了空回复", "the model's reply is empty", "回复是空的。")
    try:
        return kind.model_validate_json(reply)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc'])) or '整体'}: {e['msg']}" for e in error.errors(include_url=False, include_input=False)[:3]]
        problem = "；".join(wrong)[:300]
        raise UnfitError(f"模型的回复不合格式（{problem}）", f"the model's reply does not fit the schema ({problem})", problem) from error


def _strict(form: object) -> object:
    if isinstance(form, list):
        return [_strict(part) for part in form]
    if not isinstance(form, dict):
        return form
    # A property may itself be called "title"; then its value is a schema.
    kept = {k: _strict(v) for k, v in form.items() if k not in ("default", "title") or isinstance(v, dict)}
    if "properties" in kept or "enum" in kept:
        kept.pop("description", None)  # a class's docstring, which is for readers of the code
    if kept.get("type") == "object" and isinstance(properties := kept.get("properties"), dict):
        kept |= {"required": list(properties), "additionalProperties": False}
    return kept


def _bare(written: str) -> str:
    """The content after a reasoning model's <think>…</think>, out of its Markdown fence."""
    bare = written.strip()
    if not bare.startswith("{"):
        # Some chat templates open the block themselves, so that only its end is in the reply.
        bare = bare.rpartition("</think>")[2].strip() if "</think>" in bare else bare.partition("<think>")[0].strip()
    if bare.startswith("```"):
        bare = bare.partition("\n")[2].strip().removesuffix("```").strip()
    return bare
