"""Texts → vectors of the embedding server, in batches as large as it takes."""

import math

from service.errors import ModelRejectedError, ModelReplyError
from service.llm import failures, server
from service.llm.failures import FormRefusedError
from service.settings import Settings

_EMBED_BATCHES = (64, 10)
"""Texts in one embedding request: what most servers take, then the smallest limit met (DashScope's text-embedding-v3 and v4)."""

_batch_sizes: dict[tuple[str, str], int] = {}


def forget() -> None:
    """Forget what the servers of this process were found to accept."""
    _batch_sizes.clear()


def embed(settings: Settings, texts: list[str]) -> list[list[float]]:
    """Vectors of the texts from the embedding server, in order, all of one length.

    Raises:
        ModelUnreachableError: no connection, a time-out, the server's own failure.
        ModelRejectedError: no embedding model is configured, or the server refuses the key, the model or the texts.
        ModelReplyError: the vectors are not one per text, differ in length or are not finite numbers.
        RuntimeError: calls are switched off (`ALLOW_CALLS`).
    """
    server.require_calls()
    if not settings.embedding_model or not (settings.openai_base_url or settings.openai_api_key):
        raise ModelRejectedError(
            "没有设置向量模型：请设 MINGZHANG_EMBEDDING_MODEL，以及 OPENAI_BASE_URL 或 OPENAI_API_KEY",
            "no embedding model is configured: set MINGZHANG_EMBEDDING_MODEL and OPENAI_BASE_URL or OPENAI_API_KEY",
        )
    if not texts:
        return []
    at = (server.base_url(settings), settings.embedding_model)
    sizes = (_batch_sizes[at],) if at in _batch_sizes else _EMBED_BATCHES
    for size in sizes:
        try:
            vectors = _embedded(settings, texts, size)
        except FormRefusedError:
            if size == sizes[-1] or len(texts) <= sizes[-1]:
                raise
            continue
        _batch_sizes[at] = size
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
        openai_api_base=server.base_url(settings),
        openai_api_key=server.key(settings),
        request_timeout=settings.model_timeout,
        max_retries=settings.model_retries,
        check_embedding_ctx_length=False,  # the length check downloads a tokenizer and sends token numbers, which only OpenAI reads
        chunk_size=size,
    )
    try:
        return embeddings.embed_documents(texts)
    except failures.kinds() as error:
        raise failures.worded(error, settings) from error
