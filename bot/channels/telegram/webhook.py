"""The webhook: an update is stored before Telegram is told that it came."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot, Update

from bot.channels.telegram.intake import Intake
from bot.channels.telegram.updates import KINDS
from storage.health import health_routes
from storage.hints import Hints
from storage.scraping import Measured
from storage.unit_of_work import CONNECTION_LOST, Database

log = logging.getLogger(__name__)

PATH = "/telegram/updates"
MAX_BODY = 1024 * 1024
HEADER = "x-telegram-bot-api-secret-token"
CONNECTIONS = 40


def secret_of(token: str) -> str:
    """The secret between Telegram and us: made of the token, so that every replica knows it, and tells nothing of
    it."""
    return hmac.new(token.encode(), b"fashioncore telegram webhook", hashlib.sha256).hexdigest()


async def begin_webhook(bot: Bot, public_url: str, secret: str) -> str:
    """Tell Telegram where updates go. Returns the address."""
    address = public_url.rstrip("/") + PATH
    await bot.set_webhook(
        address, secret_token=secret, allowed_updates=list(KINDS), max_connections=CONNECTIONS,
        drop_pending_updates=False,
    )  # fmt: skip
    return address


def build_app(bot: Bot, intake: Intake, database: Database, hints: Hints, secret: str) -> Starlette:
    """The application that Telegram posts to."""

    async def take(request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", 403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            data = json.loads(body)
            update = Update.de_json(data, bot)
            if not isinstance(data, dict) or update is None:
                raise ValueError("not an update")  # noqa: TRY301 # answered as every unreadable body
        except Exception:
            # Telegram would send it again for a day, and hold back what comes after it.
            log.exception("an update could not be read and is left out")
            return Response(status_code=200)
        try:
            await intake.take([update])
        except CONNECTION_LOST:
            log.warning("the database is away")
            return PlainTextResponse("try again", 503)
        return Response(status_code=200)

    routes = [Route(PATH, take, methods=["POST"]), *health_routes(database, hints)]
    return Starlette(routes=routes, middleware=[Middleware(Measured, routes)])


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is larger than an update ever is; a declared length may lie."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > MAX_BODY:
        return None
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > MAX_BODY:
            return None
    return bytes(taken)
