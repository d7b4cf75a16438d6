"""Pages that links in mail lead to, and, where no mail server is set, the mails themselves.

What a program fetches that looks at links in mail changes nothing: a GET only shows a page, its button does what
it says. The POST of RFC 8058 needs no cookie and no page.
"""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.dialogue.language import N_, Text, in_locale, speaking, spoken
from bot.effects.mail import tell_confirmed
from bot.web.chat import CHANNEL
from bot.web.errors import not_found, unavailable
from bot.web.languages import accepted
from bot.web.sessions import session_of
from storage.letters import path_of
from storage.mailing import Mailing, SubscriptionRecord
from storage.tables import MailRow
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

STOP = N_("No more mails?")
STOP_ASK = N_("We will write to {address} no more, except for what you ask for in the chat.")
STOP_BUTTON = N_("No more mails")
STOPPED = N_("No more mails")
STOPPED_SAID = N_("We write to you no more. In the chat you can have mails again at any time.")
CONFIRM = N_("Is this address yours?")
CONFIRM_ASK = N_("Somebody asked for mails of fashionCORE to {address}. If that was you, please say yes.")
CONFIRM_BUTTON = N_("Yes, write to me")
CONFIRMED = N_("That is settled")
CONFIRMED_SAID = N_("From now on the mails that you asked for come to {address}.")
USED = N_("This link is used up")
USED_SAID = N_("It was used before, or is too old. In the chat you can ask for a new one.")
MAILS = N_("Your mails")
NO_MAILS = N_("There are none yet. Mails that are sent to you can be read here, since no mail server is set up.")
TO_CHAT = N_("To the chat")

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
}

_REF = re.compile("[0-9a-f]{40}")
MOST = 100
"""Mails on the page of them."""

_PAGE = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="{{ lang }}" dir="{{ dir }}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ title }}</title>
<style>
body { font: 17px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
button { font: inherit; font-weight: 600; padding: .7rem 1.3rem; border: 0; border-radius: .6rem;
  background: #b3412c; color: #fff; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid #2f6fd6; outline-offset: 2px; }
li { margin: .5rem 0; overflow-wrap: anywhere; }
</style>
<main>
<h1>{{ title }}</h1>
{% if said %}<p>{{ said }}</p>{% endif %}
{% if button %}<form method="post"><button>{{ button }}</button></form>{% endif %}
{% if mails %}<ul>{% for ref, subject in mails %}<li><a href="/mail/{{ ref }}">{{ subject }}</a></li>
{% endfor %}</ul>{% endif %}
<p><a href="/">{{ chat }}</a></p>
</main>
</html>
""")

Act = Callable[[Mailing, str], SubscriptionRecord | None]
Then = Callable[[UnitOfWork, UUID], object]


class MailPages:
    """The routes under /mail. `folder` holds the mails when no mail server is set."""

    def __init__(self, database: Database, folder: Path | None) -> None:
        self._database = database
        self._folder = folder

    def routes(self) -> list[Route]:
        """For the application."""
        routes = [
            Route("/mail/unsubscribe/{token}", self.ask_to_stop, methods=["GET"]),
            Route("/mail/unsubscribe/{token}", self.stop, methods=["POST"]),
            Route("/mail/confirm/{token}", self.ask_to_confirm, methods=["GET"]),
            Route("/mail/confirm/{token}", self.confirm, methods=["POST"]),
        ]
        if self._folder is not None:
            routes += [Route("/mail", self.mails), Route("/mail/{ref}", self.mail)]
        return routes

    async def ask_to_stop(self, request: Request) -> Response:
        """The question, with a button."""
        found = await self._found(request, Mailing.to_end)
        if found is None or found.ended:
            return _page(request, found, STOPPED, STOPPED_SAID)
        return _page(request, found, STOP, STOP_ASK, STOP_BUTTON)

    async def stop(self, request: Request) -> Response:
        """It is ended. The same answer for a link that means nothing: what it wants is so."""
        return _page(request, await self._found(request, Mailing.end_by), STOPPED, STOPPED_SAID)

    async def ask_to_confirm(self, request: Request) -> Response:
        """The question, with a button."""
        found = await self._found(request, Mailing.to_confirm)
        if found is None:
            return _page(request, found, USED, USED_SAID)
        return _page(request, found, CONFIRM, CONFIRM_ASK, CONFIRM_BUTTON)

    async def confirm(self, request: Request) -> Response:
        """The address is theirs."""
        found = await self._found(request, Mailing.confirm, tell_confirmed)
        return _page(request, found, *((CONFIRMED, CONFIRMED_SAID) if found else (USED, USED_SAID)))

    # --- mails of the data folder -----------------------------------------------------------------------

    async def mails(self, request: Request) -> Response:
        """The mails of whoever looks, newest first."""
        subjects = []
        for ref in await self._refs(request):
            message = await self._read(ref)
            if message is not None:
                subjects.append((ref, str(message["Subject"])))
        return _page(request, None, MAILS, None if subjects else NO_MAILS, mails=subjects)

    async def mail(self, request: Request) -> Response:
        """One of them, as a mail program shows it."""
        ref = request.path_params["ref"]
        message = await self._read(ref) if ref in await self._refs(request) else None
        if message is None:
            raise not_found()
        return HTMLResponse(_shown(message), headers=_HEADERS)

    async def _refs(self, request: Request) -> list[str]:
        session = session_of(request)

        def look(uow: UnitOfWork) -> list[str]:
            talk = None if session is None else uow.conversations.find(CHANNEL, session.address)
            if talk is None:
                return []
            mine = sa.select(MailRow.ref).where(MailRow.person_id == talk.person_id, MailRow.status == "sent")
            return list(uow.session.scalars(mine.order_by(MailRow.id.desc()).limit(MOST)))

        found: list[str] = await self._run(look)
        return found

    async def _read(self, ref: str) -> EmailMessage | None:
        if self._folder is None or not _REF.fullmatch(ref):
            return None
        try:
            data = await asyncio.to_thread(path_of(self._folder, ref).read_bytes)
        except FileNotFoundError:
            return None
        return BytesParser(EmailMessage, policy=policy.default).parsebytes(data)

    # --- helpers ----------------------------------------------------------------------------------------

    async def _found(self, request: Request, act: Act, then: Then | None = None) -> SubscriptionRecord | None:
        token = request.path_params["token"]
        if not _REF.fullmatch(token):
            return None

        def work(uow: UnitOfWork) -> SubscriptionRecord | None:
            found = act(uow.mailing, token)
            if found is not None and then is not None:
                then(uow, found.person_id)
            return found

        done: SubscriptionRecord | None = await self._run(work)
        return done

    async def _run(self, work: Callable[[UnitOfWork], Any]) -> Any:
        try:
            return await self._database.run(work, attempts=6)
        except CONNECTION_LOST as error:
            raise unavailable() from error


def _page(
    request: Request,
    found: SubscriptionRecord | None,
    title: Text,
    said: Text | None,
    button: Text | None = None,
    *,
    mails: list[tuple[str, str]] | None = None,
) -> Response:
    """In the language of their mails, or of their browser."""
    address = found.address if found else ""
    with speaking(found.locale if found else accepted(request)):
        html = _PAGE.render(
            lang=spoken(),
            dir="rtl" if in_locale().text_direction == "rtl" else "ltr",
            title=title(),
            said="" if said is None else said(address=address),
            button="" if button is None else button(),
            chat=TO_CHAT(),
            mails=mails,
        )
    return HTMLResponse(html, headers=_HEADERS)


def _shown(message: EmailMessage) -> str:
    """The HTML part with each picture in the place of its `cid:`."""
    body = message.get_body(("html",))
    html = str(body.get_content()) if body is not None else ""
    for part in message.walk():
        cid = str(part["Content-ID"] or "").strip("<>")
        data = part.get_payload(decode=True) if cid else None
        if isinstance(data, bytes):
            encoded = base64.b64encode(data).decode()
            html = html.replace(f"cid:{cid}", f"data:{part.get_content_type()};base64,{encoded}")
    return html
