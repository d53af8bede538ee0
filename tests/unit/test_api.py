"""The HTTP API: health, questions, documents, pictures, and errors as JSON."""

import socket
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient

from service.api import application
from service.errors import InputError, StorageError
from service.records import Answer, DocumentInfo
from tests.support.page import DOC, QUESTION, QUOTE, ScriptedSession, quoted, write_pdf
from ui import answer_page, server


class _Broken(ScriptedSession):
    """A session whose library is gone, or that fails unforeseen."""

    def documents(self) -> list[DocumentInfo]:
        raise StorageError("资料库打不开", "the library cannot be opened")

    def ask(self, question: str, *, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        raise ZeroDivisionError(question, docs, history)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> ScriptedSession:
    return ScriptedSession(write_pdf(tmp_path_factory.mktemp("api") / f"{DOC}.pdf"))


@pytest.fixture
def client(session: ScriptedSession) -> Iterator[TestClient]:
    with TestClient(application(session)) as made:
        yield made


@pytest.fixture
def broken(session: ScriptedSession) -> Iterator[TestClient]:
    with TestClient(application(_Broken(session.path)), raise_server_exceptions=False) as made:
        yield made


def test_health_is_that_of_the_library(client: TestClient, broken: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "documents": 1}
    assert broken.get("/healthz").status_code == 503


def test_ask_gives_the_contracts_object(client: TestClient, session: ScriptedSession) -> None:
    body = {"question": QUESTION, "doc": DOC, "history": [["先前", "答过"]]}
    answer = client.post("/api/ask", json=body).json()
    assert answer["citations"][0]["quote"] == QUOTE
    assert answer["figures"][2]["derivation"] == "350 ÷ 400 = 87.50 %"
    assert session.asked[-1] == (QUESTION, (DOC,), (("先前", "答过"),))


@pytest.mark.parametrize("body", [{}, {"question": ""}, {"question": "x" * 3000}, {"question": "x", "docs": []}, {"question": 1}])
def test_a_malformed_question_is_refused_in_one_line(client: TestClient, body: dict[str, object]) -> None:
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == 422
    assert reply.json()["error"].startswith("请求格式不对")


@pytest.mark.parametrize(
    ("body", "why"), [(b"{", "，不是 JSON"), (b"", "，缺少"), (b'{"question":"x","y":1}', "，没有这一项"), (b'{"question":""}', "，是空的")]
)
def test_what_is_wrong_with_a_request_is_said(client: TestClient, body: bytes, why: str) -> None:
    reply = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 422
    assert reply.json()["error"].endswith(why)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [("POST", "/api/ask", b'{"question":"\xff"}', 400), ("GET", "/api/ask", b"", 404), ("GET", "/api/nothing", b"", 404)],
)
def test_every_error_is_the_same_object(client: TestClient, method: str, path: str, body: bytes, status: int) -> None:
    reply = client.request(method, path, content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == status
    assert reply.json().keys() == {"error", "detail"}


def test_a_link_to_no_answer_is_a_page_that_says_so(session: ScriptedSession) -> None:
    reply = answer_page.route(session)("nothing")
    assert reply.status_code == 404
    assert "没有这个回答，链接可能不完整" in bytes(reply.body).decode()
    assert reply.headers["content-type"].startswith("text/html")


def test_our_errors_carry_their_chinese_line(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "坏"})
    assert (reply.status_code, reply.json()["error"]) == (404, "资料库里没有这份文件，请重新选择")


def test_an_unforeseen_error_shows_no_traceback(broken: TestClient) -> None:
    reply = broken.post("/api/ask", json={"question": "x"})
    assert reply.status_code == 500
    assert "ZeroDivision" not in reply.text


def test_documents_are_listed(client: TestClient) -> None:
    (document,) = client.get("/api/documents").json()["documents"]
    assert (document["doc"], document["year"], document["kind"], document["pages"]) == (DOC, 2023, "final", 3)


def test_a_picture_is_a_png_and_boxes_change_it(client: TestClient) -> None:
    plain = client.get(f"/api/page/{DOC}/2.png")
    boxes = ";".join(",".join(str(x) for x in box) for box in quoted().boxes)
    marked = client.get(f"/api/page/{DOC}/2.png", params={"boxes": boxes})
    assert plain.headers["content-type"] == marked.headers["content-type"] == "image/png"
    assert plain.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert plain.content != marked.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/api/page/{DOC}/0.png", 404),
        (f"/api/page/{DOC}/4.png", 404),
        ("/api/page/nope/1.png", 404),
        (f"/api/page/{DOC}/eins.png", 422),
        (f"/api/page/{DOC}/1.png?boxes=1,2", 422),
        (f"/api/page/{DOC}/1.png?dpi=x", 422),
        ("/api/page/..%2F..%2Fetc%2Fpasswd/1.png", 404),
    ],
)
def test_pictures_that_do_not_exist(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_part_of_a_page_is_a_smaller_picture(client: TestClient) -> None:
    whole = client.get(f"/api/page/{DOC}/2.png")
    part = client.get(f"/api/page/{DOC}/2.png", params={"part": "72,180,400,240"})
    assert 0 < len(part.content) < len(whole.content)
    for bad in ("1,2,3", "5,5,1,9", "1,1,2,2;1,1,2,2"):
        assert client.get(f"/api/page/{DOC}/2.png", params={"part": bad}).status_code == 422


def test_a_document_is_served_as_what_it_is(client: TestClient, session: ScriptedSession) -> None:
    reply = client.get(f"/api/file/{DOC}")
    assert (reply.headers["content-type"], reply.headers["x-content-type-options"]) == ("application/pdf", "nosniff")
    assert reply.headers["content-disposition"].startswith("inline")
    assert reply.content == session.path.read_bytes()
    assert client.get("/api/file/..%2F..%2Fetc%2Fpasswd").status_code == 404


@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{"), ("html", b"<!DOCTYPE")])
def test_documents_are_downloaded_in_every_form(client: TestClient, kind: str, start: bytes) -> None:
    reply = client.get(f"/api/export.{kind}", params={"doc": DOC})
    assert reply.status_code == 200
    assert reply.content.startswith(start)
    assert unquote(reply.headers["content-disposition"]).endswith(f".{kind}")


@pytest.mark.parametrize("path", ["/api/export.exe?doc=x", "/api/export.csv?doc=nope"])
def test_what_cannot_be_downloaded(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get("/api/export.csv").status_code == 422


def test_resolution_is_kept_within_bounds(client: TestClient) -> None:
    assert len(client.get(f"/api/page/{DOC}/1.png?dpi=100000").content) < 2_000_000


def test_a_taken_port_is_a_clear_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=str(port)):
            server.listen("127.0.0.1", port)


def test_a_script_stands_before_all_others_of_the_page_and_of_nothing_else() -> None:
    app = FastAPI()
    app.add_api_route("/", lambda: HTMLResponse("<html><head><script>a</script></head></html>"))
    app.add_api_route("/other", lambda: HTMLResponse("<html><head></head></html>"))
    app.add_middleware(server.Opening, script="first()")
    with TestClient(app) as client:
        page = client.get("/", headers={"accept-encoding": "br, gzip"})
        assert page.text == "<html><head><script>first()</script><script>a</script></head></html>"
        assert "first()" not in client.get("/other").text
        assert "first()" not in client.head("/").text


def test_every_response_forbids_other_origins(session: ScriptedSession) -> None:
    app = application(session)
    app.add_middleware(server.Policy)
    with TestClient(app) as client:
        assert "default-src 'self'" in client.get("/healthz").headers["content-security-policy"]
        # The browser's own viewer of PDFs is a plug-in, which the policy forbids.
        assert "content-security-policy" not in client.get(f"/api/file/{DOC}").headers
