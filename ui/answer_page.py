"""The page of one kept answer, served: key → HTML."""

from collections.abc import Callable

from fastapi import Response
from fastapi.responses import HTMLResponse

from service.errors import MingzhangError, NotFoundError
from ui import leaf
from ui.session import Session


def route(session: Session) -> Callable[[str], Response]:
    """The route's function over an open library."""

    def answer(key: str) -> Response:
        try:
            kept = session.journal.kept(key)
        except NotFoundError as error:
            return HTMLResponse(leaf.missing(error), 404)
        held = {info.doc: info for info in session.documents()}
        cited = {c.doc for c in kept.answer.citations}
        # A document that was replaced since is no longer the one that was cited.
        digests = dict(kept.sources)
        same = {doc: info for doc, info in held.items() if doc in cited and digests.get(doc) == info.digest}
        sizes = {}
        for citation in kept.answer.citations:
            page = (citation.doc, citation.place.page)
            if citation.doc in same and page not in sizes:
                try:
                    sizes[page] = session.page_size(*page)
                except MingzhangError:
                    continue  # a text file has no pages to show
        return HTMLResponse(leaf.page(kept, same, sizes))

    return answer
