"""A mail server for tests that misbehaves on demand, made of aiosmtpd."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

from tests.programs import free_port


@dataclass
class Gate:
    """Where the server keeps a client waiting for its answer until the gate is opened."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)


@dataclass
class Mailbox:
    """What the server took, and what it says to the next mails: an answer to RCPT or DATA, or `drop`.

    `gates` by recipient and step: at `rcpt`, at `data` before the mail is taken, when it is `taken`.
    """

    taken: list[Envelope] = field(default_factory=list)
    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    gates: dict[tuple[str, str], Gate] = field(default_factory=dict)
    port: int = 0

    def gate(self, address: str, step: str) -> Gate:
        """Keep whoever writes to this address waiting at this step."""
        self.gates[address, step] = Gate()
        return self.gates[address, step]

    async def _through(self, address: str, step: str) -> None:
        gate = self.gates.pop((address, step), None)
        if gate is not None:
            gate.reached.set()
            await asyncio.to_thread(gate.opened.wait, 60)

    async def handle_RCPT(  # noqa: N802 # aiosmtpd's name
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """See aiosmtpd."""
        self.asked.append(address)
        await self._through(address, "rcpt")
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802 # its name
        """See aiosmtpd."""
        said = self.data.pop(0) if self.data else "250 OK"
        await self._through(envelope.rcpt_tos[0], "data")
        if said.startswith("250") or said == "drop after":
            self.taken.append(envelope)
            await self._through(envelope.rcpt_tos[0], "taken")
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
