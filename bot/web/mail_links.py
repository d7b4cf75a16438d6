"""Where the buttons of letters lead: a page of the chat in which what the button says has been asked for.

Following a link does what pressing the button in the chat does, for the browser that follows it and nobody else.
Programs that look at links in mail have no cookie of ours: for them nothing happens, and nobody is made up.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.dialogue.actions import is_product_id, pieces_of
from bot.dialogue.codes import code_in
from bot.handling import PRESS, TEXT
from bot.web.chat import CHANNEL, MAX_WAITING, language_in, opened
from bot.web.errors import unavailable
from bot.web.sessions import give_cookie, new_session, session_of
from storage.bell import Bell
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

ABOUT = "Tell me more about this one"
"""What is said of a product that somebody wants to talk about."""

MAILS = "What mails do I get?"

_PLAIN = ("last", "saved")
"""Buttons without an argument: the latest picture, what was saved."""

MOST_PIECES = 6


class MailLinks:
    """The routes under /go."""

    def __init__(self, database: Database, inbox: Bell, *, secure: bool) -> None:
        self._database = database
        self._inbox = inbox
        self._secure = secure

    def routes(self) -> list[Route]:
        """For the application."""
        return [Route("/go/{verb}", self.go), Route("/go/{verb}/{about}", self.go)]

    async def go(self, request: Request) -> Response:
        """Store what was pressed and show the chat, where the answer comes."""
        if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
            # Nobody pressed anything yet.
            return Response(status_code=503)
        session = session_of(request)
        event = _event(request.path_params["verb"], request.path_params.get("about", ""))
        if session is None and event is not None and "new" not in request.query_params:
            # A browser comes again with the cookie; what only looks at links does not.
            back = RedirectResponse(f"{request.url.path}?new", 303, headers={"Cache-Control": "no-store"})
            give_cookie(back, new_session(), secure=self._secure)
            return back
        if session is not None and event is not None:
            await self._accept(request, session.address, *event)
        return RedirectResponse("/", 303, headers={"Cache-Control": "no-store"})

    async def _accept(self, request: Request, address: str, kind: str, payload: dict[str, Any]) -> None:
        language = language_in(request)

        def work(uow: UnitOfWork) -> None:
            opened(uow, address, language)
            if uow.inbox.waiting(CHANNEL, address) < MAX_WAITING:
                uow.inbox.accept(CHANNEL, address, str(uuid4()), kind, {**payload, **language})

        try:
            await self._database.run(work, attempts=6)
        except CONNECTION_LOST as error:
            raise unavailable() from error
        self._inbox.ring()


def _event(verb: str, about: str) -> tuple[str, dict[str, Any]] | None:
    """What the link means as an event, or None when it means nothing."""
    pieces = pieces_of(about)
    if verb == "try" and len(pieces) <= MOST_PIECES and all(map(is_product_id, pieces)):
        return PRESS, {"action": f"try:{about}", "turn": None}
    if verb == "about" and is_product_id(about):
        return TEXT, {"text": ABOUT, "about": about, "ours": True}
    if verb == "mail" and not about:
        return TEXT, {"text": MAILS, "ours": True}
    if verb == "link" and code_in(about) is not None:
        # It asks before it links.
        return PRESS, {"action": f"link:{about}", "turn": None}
    if verb in _PLAIN and not about:
        return PRESS, {"action": verb, "turn": None}
    return None
