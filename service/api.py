"""The HTTP API over an open library: health, questions, the documents, their files, exports, and page pictures with boxes marked."""

import math
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Protocol
from urllib.parse import quote

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from service import contract, downloads
from service.errors import InputError, LibraryError, MingzhangError, ModelError, NotFoundError, UnknownDocumentError
from service.pipeline import LONGEST_QUESTION
from service.records import Answer, Box, DocumentInfo

HELD = "held"
"""Status of a listed document, where an ingestion says added, unchanged or replaced."""
MAX_EXPORTED = 40
"""Documents in one exported file."""
MAX_BOXES = 400
"""More boxes than any quote has; a longer list is refused."""
DPI = (40, 220)
"""Lowest and highest resolution at which a page is drawn."""
_PICTURE_SECONDS = 300
"""How long a browser may keep a page's picture: a document can be replaced under its name."""
_STATUS: tuple[tuple[type[MingzhangError], int], ...] = (
    (UnknownDocumentError, 404),
    (NotFoundError, 404),
    (InputError, 422),
    (LibraryError, 503),
    (ModelError, 502),
)
_MISTAKES = {
    "json_invalid": "，不是 JSON",
    "missing": "，缺少",
    "extra_forbidden": "，没有这一项",
    "string_too_long": "，最多 {max_length} 字",
    "string_too_short": "，是空的",
    "too_long": "，最多 {max_length} 个",
}
"""What is wrong with a request, by pydantic's name of the mistake."""


class Library(downloads.Library, Protocol):
    """What the API asks of an open library (`service.pipeline.Session`)."""

    def documents(self) -> Sequence[DocumentInfo]:
        """The documents held."""

    def ask(self, question: str, *, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """A verified answer."""

    def picture(self, doc: str, page: int, boxes: Sequence[Box] = (), dpi: int = 110, part: Box | None = None) -> bytes:
        """Page `page` (from 1), or a part of it, as PNG with `boxes` marked."""

    def page_count(self, doc: str) -> int:
        """Number of pages."""


class Question(BaseModel):
    """Body of POST /api/ask: the contract's batch line without its id."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]
    doc: str | list[str] | None = None
    history: list[tuple[str, str]] = Field(default_factory=list, max_length=50)

    @property
    def docs(self) -> list[str] | None:
        """The documents named, or None for all."""
        return [self.doc] if isinstance(self.doc, str) else self.doc


def application(library: Library) -> FastAPI:
    """The HTTP application over an open library.

    Every error is a JSON object {"error": Chinese, "detail": English}; a traceback never leaves the process.
    """
    app = FastAPI(title="明账", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.add_exception_handler(MingzhangError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _unparsed)
    app.add_exception_handler(Exception, _failed)
    app.add_api_route("/healthz", _health(library), methods=["GET"])
    app.add_api_route("/api/ask", _ask(library), methods=["POST"])
    app.add_api_route("/api/documents", _documents(library), methods=["GET"])
    app.add_api_route("/api/page/{doc}/{page}.png", _picture(library), methods=["GET"], response_class=Response)
    app.add_api_route("/api/file/{doc}", _file(library), methods=["GET"], response_class=FileResponse)
    app.add_api_route("/api/export.{kind}", _export(library), methods=["GET"], response_class=Response)
    # Last, so that whatever is mounted at the root leaves mistaken addresses to us.
    app.add_api_route("/api/{rest:path}", _unknown, methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    return app


def page_address(doc: str, page: int, boxes: Sequence[Box] = (), dpi: int | None = None, part: Box | None = None) -> str:
    """The path under which a page's picture is served; `page` counts from 1, `boxes` and `part` in PDF points."""
    query = []
    if boxes:
        query.append("boxes=" + ";".join(",".join(f"{x:.2f}" for x in box) for box in boxes))
    if dpi is not None:
        query.append(f"dpi={dpi}")
    if part is not None:
        query.append("part=" + ",".join(f"{x:.2f}" for x in part))
    return f"/api/page/{quote(doc, safe='')}/{page}.png" + ("?" + "&".join(query) if query else "")


def file_address(doc: str, page: int | None = None) -> str:
    """The path under which a document's file is served; browsers open a PDF at `page` (from 1)."""
    return f"/api/file/{quote(doc, safe='')}" + (f"#page={page}" if page else "")


def export_address(docs: Sequence[str], kind: str) -> str:
    """The path under which documents are downloaded; `kind` is one of `downloads.KINDS`."""
    return f"/api/export.{kind}?" + "&".join(f"doc={quote(doc, safe='')}" for doc in docs)


def boxes_of(text: str) -> tuple[Box, ...]:
    """The boxes of a query such as `72.00,100.00,200.00,112.00;…`, in PDF points.

    Raises:
        InputError: not groups of four finite numbers, or more than `MAX_BOXES`.
    """
    groups = [g.split(",") for g in text.split(";") if g]
    try:
        boxes = [tuple(float(x) for x in group) for group in groups]
    except ValueError as error:
        raise _bad_boxes() from error
    if len(boxes) > MAX_BOXES or any(len(b) != 4 or not all(math.isfinite(x) for x in b) for b in boxes):
        raise _bad_boxes()
    return tuple((b[0], b[1], b[2], b[3]) for b in boxes)


def _health(library: Library) -> Callable[[], dict[str, Any]]:
    def healthz() -> dict[str, Any]:
        """200 once the library answers; its errors give 503."""
        return {"status": "ok", "documents": len(library.documents())}

    return healthz


def _ask(library: Library) -> Callable[[Question], dict[str, Any]]:
    def ask(body: Question) -> dict[str, Any]:
        return contract.answer(library.ask(body.question, docs=body.docs, history=body.history))

    return ask


def _documents(library: Library) -> Callable[[], dict[str, Any]]:
    def documents() -> dict[str, Any]:
        return {"documents": [contract.document(info, HELD) | {"findings": info.findings} for info in library.documents()]}

    return documents


def _picture(library: Library) -> Callable[[str, int, str, int, str], Response]:
    def picture(doc: str, page: int, boxes: str = "", dpi: int = 110, part: str = "") -> Response:
        marked, cut = boxes_of(boxes), boxes_of(part)
        if cut and not (len(cut) == 1 and cut[0][0] < cut[0][2] and cut[0][1] < cut[0][3]):
            raise _bad_boxes()
        pages = library.page_count(doc)
        if not 1 <= page <= pages:
            raise NotFoundError(f"{doc}：没有第 {page} 页（共 {pages} 页）", f"{doc}: no page {page} (it has {pages})")
        png = library.picture(doc, page, marked, max(DPI[0], min(DPI[1], dpi)), cut[0] if cut else None)
        return Response(png, media_type="image/png", headers={"Cache-Control": f"private, max-age={_PICTURE_SECONDS}"})

    return picture


def _file(library: Library) -> Callable[[str], Response]:
    def file(doc: str) -> Response:
        """The document as it was read. Nothing but a PDF is shown as anything but text."""
        path = library.file(doc)
        media = "application/pdf" if path.suffix.lower() == ".pdf" else "text/plain; charset=utf-8"
        if not path.is_file():
            raise NotFoundError(f"{doc}：资料库里没有它的原文件", f"{doc}: its file is not in the library")
        return FileResponse(
            path,
            media_type=media,
            filename=f"{doc}{path.suffix.lower()}",
            content_disposition_type="inline",
            headers={"X-Content-Type-Options": "nosniff"},
        )

    return file


def _export(library: Library) -> Callable[[str, list[str]], Response]:
    def export(kind: str, doc: Annotated[list[str], Query(min_length=1, max_length=MAX_EXPORTED)]) -> Response:
        if kind not in downloads.KINDS:
            raise NotFoundError(f"不能导出成 {kind}；可以是 {'、'.join(downloads.KINDS)}", f"no export as {kind}")
        made = downloads.of(library, doc, kind)
        named = f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"
        return Response(made.data, media_type=made.media, headers={"Content-Disposition": named, "X-Content-Type-Options": "nosniff"})

    return export


def _bad_boxes() -> InputError:
    return InputError(
        f"boxes 应为「x0,y0,x1,y1」，多个用分号隔开，最多 {MAX_BOXES} 个",
        f"boxes must be x0,y0,x1,y1 separated by semicolons, at most {MAX_BOXES}",
    )


def _refused(_request: Request, error: Exception) -> JSONResponse:
    """One of our errors; the status says whose fault it is."""
    if not isinstance(error, MingzhangError):
        raise error
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    return JSONResponse({"error": error.zh, "detail": error.en}, status)


def _malformed(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    why = _MISTAKES.get(first["type"], "").format_map(first.get("ctx", {}))
    return JSONResponse({"error": f"请求格式不对：{where}{why}", "detail": f"{where}: {first['msg']}"}, 422)


def _unparsed(_request: Request, error: Exception) -> JSONResponse:
    """The framework's own refusals, such as a body that is no UTF-8."""
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": f"请求不能处理（{error.status_code}）", "detail": error.detail}, error.status_code)


def _unknown(request: Request, rest: str) -> Response:
    """An address that is none of ours, or not with that method."""
    asked = f"{request.method} /api/{rest}"
    raise NotFoundError(f"没有 {asked} 这个接口；各接口见 /api/openapi.json", f"no {asked}; see /api/openapi.json")


def _failed(_request: Request, _error: Exception) -> JSONResponse:
    """Anything unforeseen: the server's log has the traceback."""
    return JSONResponse({"error": "程序内部出错，详情见服务日志", "detail": "internal error; see the server's log"}, 500)
