"""The web chat's API: what a browser sends is stored in the inbox before it is acknowledged."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from sse_starlette import EventSourceResponse
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.dialogue.actions import is_product_id
from bot.dialogue.language import N_
from bot.dialogue.types import MAX_ACTION_BYTES
from bot.dialogue.zones import known
from bot.effects.turn import UNDECIDED
from bot.handling import PHOTO, PRESS, START, TEXT
from bot.web.errors import ApiError, invalid, not_found, too_large, unavailable
from bot.web.guards import PHOTO_LIMIT
from bot.web.languages import accepted
from bot.web.sessions import Session, give_cookie, new_session, session_of
from bot.web.streams import Streams
from bot.web.views import job_view, turn_view
from storage.bell import Bell
from storage.errors import MediaMissing, MediaUnavailable
from storage.items import OWN
from storage.products import SHOP_PICTURE
from storage.records import ConversationRecord
from storage.tallies import OWN_ITEM, count
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

CHANNEL = "web"
HISTORY = 200
"""Turns a page shows when it opens."""

MAX_WAITING = 30
"""Events of one conversation that may wait to be handled; a person does not type faster."""

MAX_REV_DIGITS = 18

MAX_TEXT = 4000
"""Characters of a message; the dialogue reads fewer and says so."""


class Chat:
    """The routes under /api and /media."""

    def __init__(self, database: Database, streams: Streams, inbox: Bell, *, secure: bool) -> None:
        self._database = database
        self._streams = streams
        self._inbox = inbox
        self._secure = secure

    def routes(self) -> list[Route]:
        """For the application."""
        return [
            Route("/api/conversation", self.conversation, methods=["GET"]),
            Route("/api/stream", self.stream, methods=["GET"]),
            Route("/api/messages", self.message, methods=["POST"]),
            Route("/api/presses", self.press, methods=["POST"]),
            Route("/api/photos", self.photo, methods=["POST"]),
            Route("/api/clicks", self.click, methods=["POST"]),
            Route("/media/{key:str}", self.media, methods=["GET"]),
        ]

    async def conversation(self, request: Request) -> Response:
        """The conversation so far. A browser without one gets a cookie and is greeted."""
        session = session_of(request) or new_session()

        def work(uow: UnitOfWork) -> dict[str, Any]:
            talk = opened(uow, session.address, language_in(request))
            if not talk.rev:
                return {"conversation": str(talk.id), "rev": 0, "turns": [], "jobs": []}
            turns = uow.conversations.latest_turns(talk.id, HISTORY)
            jobs = [job_view(job, uow.jobs.place(job.id)) for job in uow.jobs.active(talk.id)]
            views = [turn_view(turn) for turn in turns]
            return {"conversation": str(talk.id), "rev": talk.rev, "turns": views, "jobs": jobs}

        response = JSONResponse(await self._run(work), headers={"Cache-Control": "no-store"})
        self._inbox.ring()
        give_cookie(response, session, secure=self._secure)
        return response

    async def stream(self, request: Request) -> Response:
        """Server-sent events after the revision that the page knows."""
        session = self._session(request)
        known = request.headers.get("last-event-id") or request.query_params.get("after") or "0"
        # Digits of ours, and no more than a column holds: a “²” is a digit, too, and no number.
        if not (known.isascii() and known.isdigit() and len(known) <= MAX_REV_DIGITS):
            raise invalid("`after` is the number of a revision.")
        talk = await self._run(lambda uow: uow.conversations.find(CHANNEL, session.address))
        if talk is None:
            raise not_found()
        return EventSourceResponse(
            self._streams.events(talk.id, int(known)), ping=15, headers={"Cache-Control": "no-store"}
        )

    async def message(self, request: Request) -> Response:
        """The person wrote."""
        session, body = await self._json(request)
        text = body.get("text")
        if not isinstance(text, str) or not text.strip():
            raise invalid(N_("Please write something first."))
        # PostgreSQL keeps no NUL, and nobody types one.
        text = text.replace("\x00", "")[:MAX_TEXT]
        return await self._accept(request, session, _event_id(body.get("id")), TEXT, {"text": text})

    async def press(self, request: Request) -> Response:
        """The person pressed a button."""
        session, body = await self._json(request)
        action, turn = body.get("action"), _event_id(body.get("turn"))
        if not isinstance(action, str) or not 0 < len(action.encode()) <= MAX_ACTION_BYTES or "\x00" in action:
            raise invalid("That button is not one of ours.")
        payload = {"action": action, "turn": turn}
        return await self._accept(request, session, _event_id(body.get("id")), PRESS, payload)

    async def photo(self, request: Request) -> Response:
        """The person sent a picture. Its bytes are kept as they came until intake has cleaned them."""
        session = self._session(request, writing=True)
        try:
            async with request.form(max_files=1, max_fields=100) as form:
                upload, event_id = form.get("photo"), _event_id(form.get("id"))
                if not isinstance(upload, UploadFile):
                    raise invalid(N_("Please choose a picture."))
                data = await upload.read()
        except OSError as error:
            # What is larger than a megabyte goes through a file, whose disk may be full.
            raise unavailable() from error
        if len(data) > PHOTO_LIMIT:
            raise too_large()
        if not data:
            raise invalid(N_("That file is empty. Please choose another picture."))

        def keep(uow: UnitOfWork) -> dict[str, Any]:
            person = uow.conversations.owner(CHANNEL, session.address)
            if person is None:
                raise not_found()
            key = uow.media.keep(data, "upload", "application/octet-stream", person, kept=UNDECIDED)
            return {"upload": key}

        return await self._accept(request, session, event_id, PHOTO, keep)

    async def click(self, request: Request) -> Response:
        """Somebody went from a product to its shop by the shop's own link: counted for the shop, without whom."""
        session, body = await self._json(request)
        ident = body.get("product")
        if not isinstance(ident, str) or not is_product_id(ident):
            raise invalid("`product` is the id of a product.")

        def work(uow: UnitOfWork) -> bool:
            person = uow.conversations.owner(CHANNEL, session.address)
            found = None if person is None else uow.product_of(ident, person)
            if found is not None:
                product = found[0]
                shop = OWN_ITEM if ident.startswith(OWN) else product.seller or product.source
                count(uow.session, "click", shop)
            return found is not None

        if not await self._run(work):
            raise not_found()
        return Response(status_code=204)

    async def media(self, request: Request) -> Response:
        """A picture, to whoever may see it."""
        session, key = session_of(request), request.path_params["key"]
        if key.startswith(SHOP_PICTURE):
            return await self._shop_picture(key)

        def work(uow: UnitOfWork) -> tuple[str, bytes | str] | None:
            talk = None if session is None else uow.conversations.find(CHANNEL, session.address)
            found = uow.media.visible(key, None if talk is None else talk.person_id)
            # What has not passed intake is shown to nobody.
            if found is None or not found.mime.startswith("image/"):
                return None
            return found.mime, uow.media.link(found) or uow.media.read(key)

        try:
            found = await self._run(work)
        except MediaMissing as error:
            raise not_found() from error
        if found is None:
            raise not_found()
        mime, data = found
        if isinstance(data, str):
            return _elsewhere(data)
        return Response(data, media_type=mime, headers={"Cache-Control": "private, max-age=31536000, immutable"})

    async def _shop_picture(self, key: str) -> Response:
        """A picture that only its shop may keep is shown by its address, for as long as that may be known."""
        link = await self._run(lambda uow: uow.products.picture_link(key))
        if link is None:
            raise not_found()
        return _elsewhere(link)

    # --- helpers ----------------------------------------------------------------------------------------

    def _session(self, request: Request, *, writing: bool = False) -> Session:
        session = session_of(request)
        if session is None:
            raise not_found()
        if writing and request.headers.get("x-fashioncore") != "1":
            raise ApiError(403, "forbidden", N_("Please use the page of this chat."))
        return session

    async def _json(self, request: Request) -> tuple[Session, dict[str, Any]]:
        session = self._session(request, writing=True)
        try:
            body = json.loads(await request.body())
        except (ValueError, RecursionError) as error:
            raise invalid("The request is not JSON.") from error
        if not isinstance(body, dict):
            raise invalid("The request is not a JSON object.")
        return session, body

    async def _accept(
        self, request: Request, session: Session, event_id: str, kind: str, payload: Any
    ) -> Response:
        """Store the event, commit, and only then acknowledge. `payload` may be made in the transaction."""

        def work(uow: UnitOfWork) -> None:
            if uow.inbox.waiting(CHANNEL, session.address) >= MAX_WAITING:
                raise ApiError(429, "too_many", N_("One moment, please: I am still reading what you sent."), 2)
            content = payload(uow) if callable(payload) else payload
            uow.inbox.accept(CHANNEL, session.address, event_id, kind, {**content, **language_in(request)})

        await self._run(work)
        self._inbox.ring()
        return JSONResponse({"accepted": True}, 202)

    async def _run(self, work: Any) -> Any:
        try:
            return await self._database.run(work, attempts=6)
        except (*CONNECTION_LOST, MediaUnavailable) as error:
            raise unavailable() from error


def _elsewhere(link: str) -> Response:
    """A picture that is shown by an address of its own, which is not kept: it ends."""
    return RedirectResponse(link, 302, headers={"Cache-Control": "no-store"})


def opened(uow: UnitOfWork, address: str, language: dict[str, Any]) -> ConversationRecord:
    """The conversation of a browser, which is greeted once."""
    # Opening waits for whoever works on the conversation; looking does not.
    talk = uow.conversations.find(CHANNEL, address) or uow.conversations.open(CHANNEL, address)
    # Hashed again: erasing a person closes their events but keeps the ids.
    started = hashlib.sha256(f"start:{talk.id}".encode()).hexdigest()
    uow.inbox.accept(CHANNEL, address, started, START, language)
    return talk


def language_in(request: Request) -> dict[str, Any]:
    """What the browser is set to, as events carry it: its language, and the time zone that the page tells."""
    language, zone = accepted(request), request.headers.get("x-time-zone", "")
    told = {} if language is None else {"language": language}
    return told | ({"timezone": zone} if known(zone) else {})


def _event_id(value: object) -> str:
    """A UUID in its usual spelling; whoever makes ids up cannot meet another person's."""
    try:
        return str(UUID(str(value)))
    except ValueError as error:
        raise invalid("`id` and `turn` are UUIDs.") from error
