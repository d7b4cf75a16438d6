"""A mail server for tests that misbehaves on demand, made of aiosmtpd."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

from tests.programs import free_port


@dataclass
class Mailbox:
    """What the server took, and what it says to the next mails: an answer to RCPT or DATA, or `drop`."""

    taken: list[Envelope] = field(default_factory=list)
    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 # aiosmtpd's name
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """See aiosmtpd."""
        self.asked.append(address)
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802 # its name
        """See aiosmtpd."""
        said = self.data.pop(0) if self.data else "250 OK"
        if said.startswith("250") or said == "drop after":
            self.taken.append(envelope)
        if said.startswith("drop"):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            await asyncio.sleep(0)
        return said


@contextmanager
def faulty_server() -> Iterator[Mailbox]:
    """Listens until the block ends."""
    mailbox = Mailbox(port=free_port())
    controller = Controller(mailbox, "127.0.0.1", mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
