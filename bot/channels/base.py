"""What every channel is to the rest of the bot: a name, and a way to hand a turn to the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from bot.dialogue.types import Choice
from storage.records import ConversationRecord, SentRecord, TurnRecord
from storage.unit_of_work import UnitOfWork


class DeliveryError(Exception):
    """The channel did not take a message.

    `code` is for machines. `retry_after_s` says how long the platform, or our own pace, asks us to wait: such a
    pause is no failed attempt. `final` says that it will never take this message (the person blocked us).
    """

    def __init__(self, code: str, *, retry_after_s: float | None = None, final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_s = retry_after_s
        self.final = final


class AttachmentGone(Exception):
    """What the person sent cannot be fetched any more, or never could; `message` says so to them."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class Journal(Protocol):
    """What is known about the messages that show one turn. Each note commits at once, so that a channel whose
    process dies between two messages goes on with the second.
    """

    @property
    def cause(self) -> str | None:
        """The platform's id of the message that this turn answers."""
        ...

    @property
    def messages(self) -> Sequence[SentRecord]:
        """The messages that show the turn, in order; those of an older `rev` show how it was."""
        ...

    async def intend(self, part: str, place: str, product_id: str | None = None) -> bool:
        """Right before `part` is sent for the first time; True when an earlier try began and its end is not known.

        Raises, and nothing may be sent, when the message is not ours to send any more.
        """
        ...

    async def note(self, part: str, place: str, message_id: str, product_id: str | None = None) -> None:
        """The platform took `part` (or its change): it is this message, and shows the turn as it is now."""
        ...

    async def found(self, message: SentRecord) -> None:
        """It is known again which message this is, which shows the turn as it was at its own `rev`."""
        ...

    async def forget(self, part: str) -> None:
        """The message of `part` stands there no more."""
        ...


class Channel(Protocol):
    """One way to talk to people."""

    @property
    def name(self) -> str:
        """Lower case, unique, kept in rows: "web"."""
        ...

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """Hand the turn over, new or changed.

        Raises DeliveryError. May be called again for the same turn and revision after a crash.
        """
        ...


@dataclass(frozen=True, slots=True)
class Declined:
    """A try-on that the channel does not pay for: a sentence for the person, and what they can do."""

    message: str
    choices: tuple[Choice, ...] = ()


@runtime_checkable
class ChargesTryOns(Protocol):
    """A channel where a try-on may cost something."""

    def reserve(self, uow: UnitOfWork, account: str, job: UUID) -> Declined | None:
        """Take what a job costs from the account, in the job's own transaction; None when it may be done."""
        ...

    def give_back(self, uow: UnitOfWork, job: UUID) -> None:
        """The job came to nothing."""
        ...


@runtime_checkable
class FetchesAttachments(Protocol):
    """A channel whose people's pictures stay on the platform until they are asked for."""

    async def fetch(self, attachment: dict[str, Any]) -> bytes:
        """The bytes of an attachment of an inbox event, within the intake's limit of bytes.

        Raises AttachmentGone; any other exception means "try again".
        """
        ...
