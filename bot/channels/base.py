"""What every channel is to the rest of the bot: a name, and a way to hand a turn to the person."""

from __future__ import annotations

from typing import Protocol

from storage.records import ConversationRecord, TurnRecord


class DeliveryError(Exception):
    """The channel did not take a message.

    `code` is for machines. `retry_after_s` says how long the platform asks us to wait; `final` that it will
    never take this message (the person blocked us).
    """

    def __init__(self, code: str, *, retry_after_s: float | None = None, final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_s = retry_after_s
        self.final = final


class Channel(Protocol):
    """One way to talk to people."""

    @property
    def name(self) -> str:
        """Lower case, unique, kept in rows: "web"."""
        ...

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord) -> str | None:
        """Hand the turn over, new or changed; returns the platform's id of the message.

        Raises DeliveryError. May be called again for the same turn and revision after a crash.
        """
        ...
