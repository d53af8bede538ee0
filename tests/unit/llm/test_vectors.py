"""Embeddings of a server."""

import pytest

from service import llm
from service.errors import ModelRejectedError, ModelReplyError, ModelUnreachableError
from tests.support.scripted_server import DIMENSIONS, Reply, ScriptedServer, vector
from tests.unit.llm.asked import settings


def test_embeddings_come_in_order() -> None:
    texts = [f"第{i}段" for i in range(150)]
    with ScriptedServer() as server:
        vectors = llm.embed(settings(server, model=None, embedding_model="vectors"), texts)
    assert [len(r.body["input"]) for r in server.requests] == [64, 64, 22]
    assert all(isinstance(t, str) for r in server.requests for t in r.body["input"])
    assert len(vectors[0]) == DIMENSIONS
    assert vectors == [pytest.approx(vector(t)) for t in texts]


def test_a_small_batch_limit_is_found_out_and_remembered() -> None:
    texts = [f"第{i}段" for i in range(25)]
    with ScriptedServer(largest_batch=10) as server:
        for _ in range(2):
            assert len(llm.embed(settings(server, embedding_model="vectors"), texts)) == 25
    assert [len(r.body["input"]) for r in server.requests] == [25, 10, 10, 5, 10, 10, 5]


def test_no_texts_no_call() -> None:
    with ScriptedServer() as server:
        assert llm.embed(settings(server, embedding_model="vectors"), []) == []
    assert server.requests == []


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(status=401), ModelRejectedError),
        (Reply(status=404), ModelRejectedError),
        (Reply(status=400), ModelRejectedError),
        (Reply(status=500), ModelUnreachableError),
        (Reply(delay=30), ModelUnreachableError),
        (Reply(raw='{"object": "list", "data": []}'), ModelReplyError),
        (Reply(raw='{"object": "list", "data": [{"index": 0, "embedding": [1.0]}]}'), ModelReplyError),
        (Reply(raw='{"object": "list", "data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1, 2]}]}'), ModelReplyError),
        (Reply(raw='{"object": "list", "data": [{"index": 0, "embedding": [NaN]}, {"index": 1, "embedding": [1]}]}'), ModelReplyError),
        (Reply(raw="<html>"), ModelReplyError),
    ],
)
def test_embedding_failures(reply: Reply, error: type[Exception]) -> None:
    with ScriptedServer(embeds=[reply]) as server, pytest.raises(error):
        llm.embed(settings(server, embedding_model="vectors", model_timeout=0.5), ["一", "二"])
