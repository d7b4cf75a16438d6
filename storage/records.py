"""What the storage hands out: plain frozen records, safe to carry between threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from storage.mailing import SubscriptionRecord


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """One person on one channel. `state` is the dialogue's own JSON."""

    id: UUID
    person_id: UUID
    channel: str
    address: str
    state: dict[str, Any]
    rev: int


@dataclass(frozen=True, slots=True)
class Glance:
    """A conversation: its newest revision, whether a job is not over, and what its person saved, newest first."""

    rev: int
    trying: bool
    saved: list[str]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is still to come in a conversation at one moment: events to handle and jobs to end."""

    events: int
    jobs: int


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One message of either side, as the channels read it."""

    id: UUID
    conversation_id: UUID
    seq: int
    rev: int
    author: str
    event_id: str | None
    body: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class InboxRecord:
    """An event that waits to be handled."""

    id: int
    channel: str
    address: str
    event_id: str
    kind: str
    payload: dict[str, Any]
    attempts: int
    received_at: datetime
    trail: str = ""
    begins: bool = False
    """Whether its trail begins with it."""
    error_code: str | None = None
    """Why it was postponed the last time."""


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """A turn that waits to be sent. `rev` is the revision it was queued for, `cause` the message it answers."""

    id: int
    channel: str
    conversation_id: UUID
    turn_id: UUID
    rev: int
    attempts: int
    cause: str | None
    trail: str | None = None


@dataclass(frozen=True, slots=True)
class SentRecord:
    """A message on a platform. Without `message_id` nobody knows whether the platform took it."""

    conversation_id: UUID
    turn_id: UUID
    part: str
    rev: int
    place: str
    message_id: str | None
    product_id: str | None


@dataclass(frozen=True, slots=True)
class CardRecord:
    """The message on a platform that shows a job which is not over, and the turn it belongs to."""

    job_id: UUID
    turn_id: UUID
    rev: int
    body: dict[str, Any]
    address: str
    place: str
    message_id: str
    part: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts for a person on every channel: the terms they agreed to, the photo that is dressed, their
    accounts as (channel, external id), what they told for good as (topic, subject, value), oldest first, and where
    and when they get mail.
    """

    consent: str | None
    photo: PhotoRecord | None
    accounts: tuple[tuple[str, str], ...] = ()
    preferences: tuple[tuple[str, str, str], ...] = ()
    mail: SubscriptionRecord | None = None


@dataclass(frozen=True, slots=True)
class LinkOffer:
    """A code that is open. `ticket` stands for it; the person asked for it in this conversation."""

    ticket: str
    person_id: UUID
    conversation_id: UUID


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """A photo that a person keeps with us; width and height in pixels."""

    media_key: str
    width: int
    height: int
    person_index: int | None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A try-on as the bot sees it.

    `refining`: a quick engine is done with it, and a better one is at work. `sketch` is the media key of what the
    picture looks like so far.
    """

    id: UUID
    person_id: UUID
    conversation_id: UUID
    queue: str
    status: str
    request: dict[str, Any]
    stage: str
    fraction: float
    refining: bool
    sketch: str | None


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """`ahead` jobs come first; `eta_s` is the estimated time to the result in seconds."""

    ahead: int
    eta_s: float


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to render a job until the lease runs out. Writing needs the current `fence`.

    `key` is that of the picture which this queue's engine makes of it; `refining` as in JobRecord.
    """

    job_id: UUID
    person_id: UUID
    conversation_id: UUID
    key: str
    request: dict[str, Any]
    fence: int
    attempts: int
    refining: bool
    trail: str | None = None


@dataclass(frozen=True, slots=True)
class First:
    """What is made of a job first, by whoever serves this queue, and kept under this key."""

    queue: str
    key: str


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """A rendered picture. `facts` say how it came about (seconds a stage, warnings)."""

    key: str
    media_key: str
    width: int
    height: int
    engine: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TryOnRecord:
    """A finished try-on: what was asked for, and under which key its picture is kept."""

    job_id: UUID
    request: dict[str, Any]
    media_key: str
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class MediaRecord:
    """A blob that somebody holds; `shared` says that everybody may see it."""

    key: str
    mime: str
    bytes: int
    width: int | None
    height: int | None
    shared: bool
