"""What comes back by mail: bounces, complaints, and requests to stop. Everything else is left alone.

Nothing in a mail is believed but the random names that stand in the addresses and ids we made up: who does not
know one stops nobody's mail.
"""

from __future__ import annotations

import asyncio
import imaplib
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import Literal

from bot.mail.envelope import BOUNCE, STOP
from bot.mail.transport import is_gone
from bot.mail_settings import MailServer
from storage.unit_of_work import CONNECTION_LOST, Database

log = logging.getLogger(__name__)

POLL_S = 60.0
MAX_BYTES = 2_000_000
"""A bounce brings the mail back at most; of what is longer only the beginning is read."""

MOST = 50
"""Mails of one look into the mailbox."""

_NAME = "([0-9a-f]{40})"
_TO = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_BOUNCED = re.compile(rf"\+{BOUNCE}{_NAME}@", re.IGNORECASE)
_STOPPED = re.compile(rf"\+{STOP}{_NAME}@", re.IGNORECASE)
_OURS = re.compile(rf"<?{_NAME}@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Returned:
    """What a mail says: the token of whoever wants no more, or the name of our mail that did not arrive or that
    somebody complained about.
    """

    what: Literal["stop", "gone", "complaint", "delayed"]
    token: str


def read(data: bytes) -> Returned | None:
    """What this mail is to us; None when it is nothing of that kind."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data[:MAX_BYTES])
    to = [value for name in _TO for value in _values(message, name)]
    if token := _found(_STOPPED, to):
        return Returned("stop", token)
    parts = list(message.walk())
    ref = _found(_BOUNCED, to) or _found(_OURS, _ids_in(parts))
    if ref is None:
        return None
    kinds = {part.get_content_type() for part in parts}
    if "message/feedback-report" in kinds:
        return Returned("complaint", ref)
    statuses = [status for part in parts for status in _failures(part)]
    if "message/delivery-status" in kinds and statuses:
        return Returned("gone" if any(map(is_gone, statuses)) else "delayed", ref)
    return None


def _values(message: Message, name: str) -> list[str]:
    try:
        return [str(value) for value in message.get_all(name, [])]
    except (ValueError, IndexError, AttributeError, KeyError):
        # The parser of the standard library stumbles over some headers that people make up.
        return []


def _found(pattern: re.Pattern[str], values: Iterable[str]) -> str | None:
    return next((match[1].lower() for value in values if (match := pattern.search(value))), None)


def _ids_in(parts: Iterable[Message]) -> Iterator[str]:
    """The ids of the mails that this one brings back, whole or only their headers."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            text = payload if isinstance(payload, bytes) else b""
            yield from _values(BytesParser(policy=policy.default).parsebytes(text), "message-id")
        elif part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list):
                yield from (
                    one for each in inner if isinstance(each, Message) for one in _values(each, "message-id")
                )


def _failures(part: Message) -> Iterator[str]:
    """Status codes of recipients for whom it failed for good (RFC 3464)."""
    blocks = part.get_payload() if part.get_content_type() == "message/delivery-status" else []
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Message) and "failed" in " ".join(_values(block, "action")).lower():
            yield " ".join(_values(block, "status")).split(" ", 1)[0].strip()


class Letterbox:
    """Takes in what came back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, data: bytes) -> str:
        """Do what this mail asks for; says in a word what it was. Twice is fine."""
        found = read(data)
        if found is None or found.what == "delayed":
            return "nothing" if found is None else found.what
        token = found.token
        if found.what == "stop":
            known = await self._database.run(lambda uow: uow.mailing.end_by(token) is not None, attempts=6)
        else:
            wrong = found.what == "complaint"
            known = await self._database.run(
                lambda uow: uow.mailing.came_back(token, complained=wrong), attempts=6
            )
        return found.what if known else "unknown"

    async def poll(self, server: MailServer) -> None:
        """Look into a mailbox until cancelled."""
        while True:
            try:
                while await self.look(server):
                    pass
            except CONNECTION_LOST:
                log.warning("the database is away")
            except (imaplib.IMAP4.error, OSError) as error:
                log.warning("the mailbox cannot be read: %s", type(error).__name__)
            except Exception:
                log.exception("reading the mailbox failed")
            await asyncio.sleep(POLL_S)

    async def look(self, server: MailServer) -> int:
        """Take in what is unread in the mailbox and mark it read; returns how much there was."""
        box = await asyncio.to_thread(_opened, server)
        try:
            numbers = await asyncio.to_thread(_unread, box)
            for number in numbers:
                data = await asyncio.to_thread(_fetched, box, number)
                try:
                    said = await self.take(data)
                    log.info("mail came in: %s", said)
                except CONNECTION_LOST:
                    raise
                except Exception:
                    # One that cannot be read must not stand before all others for ever.
                    log.exception("a mail that came in")
                await asyncio.to_thread(box.store, number, "+FLAGS", r"(\Seen)")
            return len(numbers)
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                await asyncio.to_thread(box.logout)


def _opened(server: MailServer) -> imaplib.IMAP4:
    if server.security == "implicit":
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=server.tls(), timeout=30)
    else:
        box = imaplib.IMAP4(server.host, server.port, timeout=30)
        if server.security == "required" or (server.security == "auto" and "STARTTLS" in box.capabilities):
            box.starttls(server.tls())
    box.login(server.user or "", server.password or "")
    box.select(f'"{server.box}"')
    return box


def _unread(box: imaplib.IMAP4) -> list[str]:
    _, found = box.search(None, "UNSEEN")
    return [number.decode() for number in (found[0] or b"").split()][:MOST]


def _fetched(box: imaplib.IMAP4, number: str) -> bytes:
    _, parts = box.fetch(number, f"(BODY.PEEK[]<0.{MAX_BYTES}>)")
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")
