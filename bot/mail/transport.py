"""How a mail leaves: handed over to a server, or put into a folder; and what is known of it afterwards."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import aiosmtplib
from aiosmtplib.errors import SMTPConnectError, SMTPException, SMTPResponseException

from bot.mail_settings import MailServer
from storage.letters import path_of

TIMEOUT_S = 60.0
DATA_TIMEOUT_S = 600.0
"""RFC 5321, 4.5.3.2.6: whoever gives up sooner sends things twice."""

Begin = Callable[[], Awaitable[bool]]
"""Called at the last moment at which the mail is surely not handed over yet; False: it is not wanted any more."""


class NotSent(Exception):
    """The base of what may happen instead of sending."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Withdrawn(NotSent):
    """It was not wanted any more at the last moment."""


class Unreachable(NotSent):
    """The server is away or does not want us now; the mail has nothing to do with it."""


class Refused(NotSent):
    """The server does not take this mail: `final` says never, `gone` that there is no such mailbox."""

    def __init__(self, code: str, *, final: bool, gone: bool = False) -> None:
        super().__init__(code)
        self.final = final
        self.gone = gone


class Unknown(NotSent):
    """The connection broke after the mail and before the answer: it may have been taken."""


class Carrier(Protocol):
    """One way out; serves one mail at a time."""

    async def carry(self, sender: str, recipient: str, name: str, message: bytes, begin: Begin) -> None:
        """Hand it over once. Raises NotSent."""

    async def close(self) -> None:
        """No more."""


class SmtpCarrier:
    """One connection to a mail server, used again as long as it lives; each mail begins with RSET."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._client: aiosmtplib.SMTP | None = None

    async def carry(self, sender: str, recipient: str, name: str, message: bytes, begin: Begin) -> None:  # noqa: ARG002 # see Carrier
        """See Carrier."""
        client = await self._connected()
        try:
            await client.mail(sender)
            await client.rcpt(recipient)
        except SMTPResponseException as error:
            raise _refusal(error, about_mailbox=error.code != 421) from error
        except (SMTPException, OSError) as error:
            await self.close()
            raise Unreachable(type(error).__name__) from error
        if not await begin():
            raise Withdrawn("withdrawn")
        try:
            await client.data(message, timeout=DATA_TIMEOUT_S)
        except SMTPResponseException as error:
            raise _refusal(error, about_mailbox=False) from error
        except (SMTPException, OSError) as error:
            await self.close()
            raise Unknown(type(error).__name__) from error

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and self._client.is_connected:
            with suppress(SMTPException, OSError):
                # A server that was left alone may have gone away without a word.
                await self._client.rset()
                return self._client
        await self.close()
        server, tls = self._server, {"auto": None, "required": True, "no": False, "implicit": False}
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.security == "implicit",
            start_tls=tls[server.security],
            tls_context=None if server.security == "no" else server.tls(),
            timeout=TIMEOUT_S,
        )
        # Whoever is cancelled here finds it at close().
        self._client = client
        try:
            await client.connect()
        except (SMTPException, SMTPConnectError, OSError) as error:
            await self.close()
            code = getattr(error, "code", None)
            raise Unreachable(f"{type(error).__name__}{f' {code}' if code else ''}") from error
        return client

    async def close(self) -> None:
        """See Carrier."""
        client, self._client = self._client, None
        if client is not None:
            transport = client.transport
            try:
                with suppress(SMTPException, OSError, asyncio.TimeoutError):
                    await asyncio.wait_for(client.quit(), 2)
            finally:
                client.close()
                if isinstance(transport, asyncio.Transport):
                    # TLS would wait for the other side's goodbye, longer than our loop may run.
                    transport.abort()


class FolderCarrier:
    """Mails as .eml files, named by the mail: one that is put there twice is there once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def carry(self, sender: str, recipient: str, name: str, message: bytes, begin: Begin) -> None:  # noqa: ARG002 # see Carrier
        """See Carrier."""
        if not await begin():
            raise Withdrawn("withdrawn")
        await asyncio.to_thread(self._put, name, message)

    def _put(self, name: str, message: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._folder / f"{name}.part"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(message)
        part.rename(path_of(self._folder, name))

    async def close(self) -> None:
        """See Carrier."""


_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_NO_MAILBOX = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
"""RFC 3463: there is no such mailbox or domain, it moved, takes no mail at all, or is switched off."""


def is_gone(status: str) -> bool:
    """Whether an enhanced status code says that there is no such mailbox."""
    return status in _NO_MAILBOX


def _refusal(error: SMTPResponseException, *, about_mailbox: bool) -> NotSent:
    if error.code == 421:
        return Unreachable("421")
    said = _ENHANCED.search(error.message)
    status = said[0] if said else None
    final = error.code >= 500
    # Without an enhanced code a refusal of the recipient is taken at its word (RFC 5321, 4.2.3).
    gone = is_gone(status) if status else about_mailbox and error.code in (550, 551, 553)
    return Refused(f"{error.code} {status}" if status else str(error.code), final=final, gone=final and gone)
