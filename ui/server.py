"""An ASGI application served: the port, the announced address, the content security policy."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from service.errors import InputError

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""Content-Security-Policy: whatever a document or a dependency asks for, the browser loads from this server alone."""
GRACE_SECONDS = 3
"""How long open requests may run on when the server is asked to end."""
START_SECONDS = 30
"""How long `running` waits for the server's start."""


class Policy:
    """ASGI middleware that adds the content security policy to every response."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Pass the request on."""

        async def with_policy(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ())]
                # A browser shows a PDF by a plug-in of its own, which the policy would forbid; it runs nothing of this page's.
                if (b"content-type", b"application/pdf") not in headers:
                    headers.append((b"content-security-policy", POLICY.encode("ascii")))
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, with_policy)


class Opening:
    """ASGI middleware that puts a script before all others of the page at `/`; Gradio adds its `head` when it has its language."""

    def __init__(self, app: Callable[..., Any], script: str) -> None:
        self._app = app
        self._script = f"<head><script>{script}</script>".encode()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Pass the request on; only the page itself is changed."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        started: MutableMapping[str, Any] = {}
        body: list[bytes] = []

        async def kept(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
                return
            body.append(message.get("body", b""))
            if message.get("more_body"):
                return
            page = b"".join(body).replace(b"<head>", self._script, 1)
            headers = [(name, value) for name, value in started["headers"] if name != b"content-length"]
            await send({**started, "headers": [*headers, (b"content-length", str(len(page)).encode("ascii"))]})
            await send({**message, "body": page})

        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]  # a packed page could not be changed
        await self._app({**scope, "headers": plain}, receive, kept)


class _Announced(uvicorn.Server):
    """A server that prints its address when it has started."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say where."""
        await super().startup(sockets)
        if self.started:
            print(f"明账已启动：{self._address}  （Ctrl+C 结束 / press Ctrl+C to stop）", flush=True)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 takes a free one.

    Raises:
        InputError: the address cannot be bound, for example because the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        raise InputError(
            f"不能在 {host}:{port} 上提供服务（{error}）；请用 --port 换一个端口",
            f"cannot listen on {host}:{port} ({error}); choose another port with --port",
        ) from error
    return bound


def serve(app: FastAPI, bound: socket.socket, host: str) -> None:
    """Serve until interrupted; prints the address once it answers."""
    name = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host  # noqa: S104  compared, not listened on
    shown = f"[{name}]" if ":" in name else name
    _Announced(_config(app), f"http://{shown}:{bound.getsockname()[1]}").run(sockets=[bound])


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serve from a thread of this process, on a free port of 127.0.0.1, while the block runs; gives the address.

    Raises:
        TimeoutError: not started within `START_SECONDS`.
    """
    bound = listen("127.0.0.1", 0)
    server = uvicorn.Server(_config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        end = time.monotonic() + START_SECONDS
        while not server.started:
            if time.monotonic() > end or not thread.is_alive():
                raise TimeoutError(f"the server did not start within {START_SECONDS} s")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(GRACE_SECONDS * 3)
        bound.close()


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS)
