"""How long what is kept: every rule, once. `docs/privacy.md` shows this table, and a test compares the two.

What is not here stays until its person deletes it, or everything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, literal
from sqlalchemy.orm import Session

from storage.linking import WRONG_WITHIN
from storage.mailing import ASKED_WITHIN, BOUNCED_KEPT
from storage.products import PostgresProductIndex
from storage.tables import (
    Base,
    InboxRow,
    Item,
    Job,
    LinkCode,
    LinkTry,
    MailAsk,
    MailRow,
    MailStop,
    Media,
    ModelUse,
    OutboxRow,
    Photo,
    Result,
    StarEntry,
)

LOG_KEPT = timedelta(days=7)
"""Closed events, sent messages and finished jobs; an event is never repeated after so long."""

MAILS_KEPT = timedelta(days=60)
"""How long it is known that a mail was sent: bounces come within days, complaints within weeks."""

Moment = ColumnElement[datetime]


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `table` for which `over` holds at a moment are deleted; `what` they are and `term` for people."""

    table: type[Base]
    what: str
    term: str
    over: Callable[[Moment], ColumnElement[bool]]


RULES = (
    Rule(
        Photo,
        "which photo of a person is the one to dress",
        "`FASHIONCORE_PHOTO_DAYS`, 30 days",
        lambda now: Photo.expires_at < now,
    ),
    Rule(
        Item,
        "garments that a person brought, unless they saved them",
        "`FASHIONCORE_PHOTO_DAYS`, 30 days",
        lambda now: Item.expires_at < now,
    ),
    Rule(
        Result,
        "what is known of a finished picture",
        "`FASHIONCORE_RESULT_DAYS`, 30 days",
        lambda now: Result.expires_at < now,
    ),
    Rule(
        Media,
        "the pictures themselves",
        "as those three say; 1 hour before anybody decided on them; 10 minutes for sketches of a running try-on",
        lambda now: Media.expires_at < now,
    ),
    Rule(
        InboxRow,
        "that an event was handled; its words are gone as soon as it was",
        f"{LOG_KEPT.days} days",
        lambda now: and_(InboxRow.status != "pending", InboxRow.done_at < now - LOG_KEPT),
    ),
    Rule(
        OutboxRow,
        "that a message was delivered",
        f"{LOG_KEPT.days} days",
        lambda now: and_(OutboxRow.status != "pending", OutboxRow.created_at < now - LOG_KEPT),
    ),
    Rule(
        Job,
        "try-ons that are over",
        f"{LOG_KEPT.days} days",
        lambda now: Job.finished_at < now - LOG_KEPT,
    ),
    Rule(
        ModelUse,
        "what a language model took for a person in a day",
        f"{LOG_KEPT.days} days",
        lambda now: ModelUse.day < func.date(func.timezone("UTC", now - LOG_KEPT)),
    ),
    Rule(
        StarEntry,
        "free try-ons of a Telegram account; what was paid stays",
        f"{LOG_KEPT.days} days",
        lambda now: and_(StarEntry.credits == 0, StarEntry.stars == 0, StarEntry.at < now - LOG_KEPT),
    ),
    Rule(
        LinkCode,
        "codes that link two accounts",
        "the minutes for which they are open",
        lambda now: LinkCode.expires_at < now,
    ),
    Rule(
        LinkTry,
        "wrong codes of an account, as a hash",
        f"{WRONG_WITHIN.total_seconds() / 3600:.0f} hour",
        lambda now: LinkTry.at < now - WRONG_WITHIN,
    ),
    Rule(
        MailAsk,
        "confirmations that an address was sent, as a hash",
        f"{ASKED_WITHIN.days} day",
        lambda now: MailAsk.at < now - ASKED_WITHIN,
    ),
    Rule(
        MailStop,
        "addresses that do not exist, as a hash; those whose owner complained stay",
        f"{BOUNCED_KEPT.days} days",
        lambda now: and_(~MailStop.complained, MailStop.at < now - BOUNCED_KEPT),
    ),
    Rule(
        MailRow,
        "mails that were sent or given up, and their letters where no server takes them",
        f"{MAILS_KEPT.days} days",
        lambda now: MailRow.done_at < now - MAILS_KEPT,
    ),
)


def retire(session: Session, at: datetime | None = None) -> list[str]:
    """Delete whatever has had its time, now or as if it were `at`; returns media keys whose blobs may go, too."""
    now = func.now() if at is None else literal(at)
    keys: list[str] = []
    for rule in RULES:
        gone = delete(rule.table).where(rule.over(now))
        if rule.table is Media:
            keys = list(session.scalars(gone.returning(Media.key)))
        else:
            session.execute(gone)
    PostgresProductIndex(session).forget_told(now)
    return keys
