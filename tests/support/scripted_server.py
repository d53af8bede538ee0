"""An OpenAI-compatible server on 127.0.0.1 that says what a script says and keeps what it was asked.

    with ScriptedServer([{"answer": "…"}, Reply(status=500)]) as server:
        settings = Settings(model="scripted", openai_base_url=server.url)

A script is a list of replies (the last one is repeated) or a function of the request's body. A dict is a record, given in the
form that the request asks for; a string is the message's content as it stands; a `Reply` says more. Standard library only.
"""

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Body = dict[str, Any]
DIMENSIONS = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request."""

    content: str | None = ""
    """The message's content, or the call's arguments when a function is asked for and `as_content` is off."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    message: str = "scripted failure"
    """The error's message, for a status other than 200."""
    raw: str | None = None
    """The whole body instead of a completion (status 200)."""
    finish_reason: str | None = "stop"
    refusal: str | None = None
    as_content: bool = False
    """Answer in the content though a function is asked for."""
    delay: float = 0.0
    """Seconds before anything is sent."""
    pace: float = 0.0
    """Seconds between two chunks of a stream."""
    drop_after: int | None = None
    """Chunks after which a stream ends without a word, as a closed connection looks to the client."""
    abrupt: bool = False
    """With `drop_after`: end in the middle of the announced length, which the client notices."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the server was asked."""

    path: str
    headers: dict[str, str]
    body: Body

    @property
    def form(self) -> str:
        """json_schema, json_object, function or text: how the reply is to be given."""
        return form_of(self.body)

    @property
    def prompt(self) -> str:
        """All messages' texts."""
        return "\n".join(str(m.get("content")) for m in self.body["messages"])


Scripted = Reply | Body | str
Script = Iterable[Scripted] | Callable[[Body], Scripted]


def form_of(body: Body) -> str:
    """How the reply to a chat request is to be given."""
    if body.get("tools"):
        return "function"
    return str((body.get("response_format") or {}).get("type", "text"))


def vector(text: str) -> list[float]:
    """The text's vector: the same for the same text, 0 to 1 in each of `DIMENSIONS` places."""
    return [byte / 255 for byte in hashlib.sha256(text.encode()).digest()[:DIMENSIONS]]


class ScriptedServer:
    """The server; it runs while the `with` block does.

    Args:
        script: the replies to chat requests in order, or a function of the body.
        rejects: forms refused with status 400 without using up a reply: json_schema, function, json_object.
        embeds: replies to embedding requests before the deterministic vectors begin.
        largest_batch: embedding requests with more texts are refused with status 400.
    """

    def __init__(
        self, script: Script = (), *, rejects: Iterable[str] = (), embeds: Iterable[Reply] = (), largest_batch: int = 2048
    ) -> None:
        self.requests: list[Request] = []
        self._script = script if callable(script) else _repeating(list(script))
        self._rejects = frozenset(rejects)
        self._embeds = list(embeds)
        self._largest_batch = largest_batch
        self._lock = threading.Lock()
        self._closing = threading.Event()

    @property
    def url(self) -> str:
        """The base URL, ending in /v1."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def forms(self) -> list[str]:
        """How each chat request wanted its reply, in order."""
        return [r.form for r in self.requests if r.path.endswith("/chat/completions")]

    def __enter__(self) -> Self:
        script = self

        class Handler(BaseHTTPRequestHandler):
            # HTTP/1.0 closes after every reply, so that no connection is left open when the test ends.
            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:  # http.server's name
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                script._answer(self, Request(self.path, {k.lower(): v for k, v in self.headers.items()}, body))

        class Server(ThreadingHTTPServer):
            daemon_threads = False

            def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  # socketserver's signature
                if not script._closing.is_set() and not script._hung_up():
                    super().handle_error(request, client_address)

        self._http = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @staticmethod
    def _hung_up() -> bool:
        """Whether the error being handled is only a client that went away."""
        return isinstance(sys.exc_info()[1], ConnectionError)

    def _answer(self, to: BaseHTTPRequestHandler, request: Request) -> None:
        with self._lock:
            self.requests.append(request)
            reply = self._reply(request)
        if reply.delay:
            self._closing.wait(reply.delay)
        if reply.status != 200:
            error = {"error": {"message": reply.message, "type": "scripted", "code": None}}
            _send(to, reply.status, json.dumps(error), reply.headers)
        elif reply.raw is not None:
            _send(to, 200, reply.raw, reply.headers)
        elif request.path.endswith("/embeddings"):
            _send(to, 200, json.dumps(_vectors(request.body)), reply.headers)
        elif request.body.get("stream"):
            self._stream(to, request.body, reply)
        else:
            _send(to, 200, json.dumps(_completion(request.body, reply)), reply.headers)

    def _reply(self, request: Request) -> Reply:
        """What the script says to a request."""
        if request.path.endswith("/embeddings"):
            texts = request.body["input"]
            if len(texts) > self._largest_batch:
                return Reply(status=400, message=f"batch size is invalid, it should not be larger than {self._largest_batch}")
            return self._embeds.pop(0) if self._embeds else Reply()
        if not request.path.endswith("/chat/completions"):
            return Reply(status=404, message=f"no {request.path} here")
        if request.form in self._rejects:
            return Reply(status=400, message=f"This {request.form} type is unavailable now")
        said = self._script(request.body)
        if isinstance(said, dict):
            return Reply(json.dumps(said, ensure_ascii=False))
        return Reply(said, as_content=True) if isinstance(said, str) else said

    def _stream(self, to: BaseHTTPRequestHandler, body: Body, reply: Reply) -> None:
        chunks = [f"data: {json.dumps(c)}\n\n".encode() for c in _chunks(body, reply)] + [b"data: [DONE]\n\n"]
        to.send_response(200)
        to.send_header("content-type", "text/event-stream")
        if reply.abrupt:
            to.send_header("content-length", str(sum(map(len, chunks))))
        to.end_headers()
        for chunk in chunks[: reply.drop_after]:
            to.wfile.write(chunk)
            to.wfile.flush()
            if reply.pace and self._closing.wait(reply.pace):
                return


def _repeating(script: list[Scripted]) -> Callable[[Body], Scripted]:
    """The script's replies in order, the last one for ever."""

    def say(_: Body) -> Scripted:
        assert script, "the script has no reply to a chat request"
        return script.pop(0) if len(script) > 1 else script[0]

    return say


def _send(to: BaseHTTPRequestHandler, status: int, text: str, headers: dict[str, str]) -> None:
    data = text.encode()
    to.send_response(status)
    for name, value in {"content-type": "application/json", "content-length": str(len(data)), **headers}.items():
        to.send_header(name, value)
    to.end_headers()
    to.wfile.write(data)


def _vectors(body: Body) -> Body:
    data = [{"object": "embedding", "index": i, "embedding": vector(str(t))} for i, t in enumerate(body["input"])]
    return {"object": "list", "model": body["model"], "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def _message(body: Body, reply: Reply) -> tuple[Body, str | None]:
    """The assistant's message and its finish_reason."""
    message: Body = {"role": "assistant", "content": reply.content, "refusal": reply.refusal}
    if form_of(body) != "function" or reply.as_content or not reply.content:
        return message, reply.finish_reason
    function = {"name": body["tools"][0]["function"]["name"], "arguments": reply.content}
    call = {"id": "call_1", "type": "function", "function": function}
    return message | {"content": None, "tool_calls": [call]}, "tool_calls" if reply.finish_reason == "stop" else reply.finish_reason


def _usage(body: Body, reply: Reply) -> Body:
    asked, said = sum(len(str(m.get("content"))) for m in body["messages"]), len(reply.content or "")
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _completion(body: Body, reply: Reply) -> Body:
    message, finish = _message(body, reply)
    choice = {"index": 0, "message": message, "finish_reason": finish}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": body["model"]}
    return head | {"choices": [choice], "usage": _usage(body, reply)}


def _chunks(body: Body, reply: Reply) -> Iterator[Body]:
    """The completion in pieces of 16 characters, then the finish_reason, then the usage when it is asked for."""
    message, finish = _message(body, reply)
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": body["model"]}

    def chunk(delta: Body, reason: str | None = None) -> Body:
        return head | {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}

    yield chunk({"role": "assistant", "content": ""})
    if calls := message.get("tool_calls"):
        arguments = calls[0]["function"]["arguments"]
        yield chunk({"tool_calls": [{"index": 0, **calls[0], "function": {"name": calls[0]["function"]["name"], "arguments": ""}}]})
        for i in range(0, len(arguments), 16):
            yield chunk({"tool_calls": [{"index": 0, "function": {"arguments": arguments[i : i + 16]}}]})
    else:
        content = message["content"] or ""
        for i in range(0, len(content), 16):
            yield chunk({"content": content[i : i + 16]})
    yield chunk({}, finish)
    if (body.get("stream_options") or {}).get("include_usage"):
        yield head | {"choices": [], "usage": _usage(body, reply)}
