"""What is whose: of every table, which rows belong to a person, or why none does.

An export writes these rows, and erasing leaves none of them but those of STAYING. A table of which nobody said
anything here fails a test, and exporting itself. `docs/privacy.md` shows what stays, and why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, select, tuple_
from sqlalchemy.orm import Session

from storage.house_key import HouseKey
from storage.linking import account_hash
from storage.mail_address import address_hash, plain_hash
from storage.tables import Base, Conversation, IdentityRow, Media, Subscription

Rows = Callable[[FromClause, UUID], ColumnElement[bool]]
"""Which rows of a table are a person's."""


def _theirs(table: FromClause, person: UUID) -> ColumnElement[bool]:
    return table.c.person_id == person


def _of_their_talks(table: FromClause, person: UUID) -> ColumnElement[bool]:
    return table.c.conversation_id.in_(select(Conversation.id).where(Conversation.person_id == person))


def _to_their_addresses(table: FromClause, person: UUID) -> ColumnElement[bool]:
    """Events are stored before anybody knows whose they are, so they hang on the address."""
    talks = select(Conversation.channel, Conversation.address).where(Conversation.person_id == person)
    return tuple_(table.c.channel, table.c.address).in_(talks)


def _of_their_pictures(table: FromClause, person: UUID) -> ColumnElement[bool]:
    return table.c.media_key.in_(select(Media.key).where(Media.person_id == person))


def _of_their_telegram(table: FromClause, person: UUID) -> ColumnElement[bool]:
    mine = (IdentityRow.person_id == person, IdentityRow.channel == "telegram")
    return table.c.account.in_(select(IdentityRow.external_id).where(*mine))


LEAVING: dict[str, Rows] = {
    "people": lambda table, person: table.c.id == person,
    "identities": _theirs,
    "consents": _theirs,
    "person_keys": _theirs,
    "media": _theirs,
    "photos": _theirs,
    "provider_files": _of_their_pictures,
    "conversations": _theirs,
    "turns": _of_their_talks,
    "inbox": _to_their_addresses,
    "outbox": _of_their_talks,
    "sent_messages": _of_their_talks,
    "items": _theirs,
    "favourites": _theirs,
    "told_products": _theirs,
    "watches": _theirs,
    "preferences": _theirs,
    "jobs": _theirs,
    "results": _theirs,
    "link_codes": _theirs,
    "model_use": _theirs,
    "subscriptions": _theirs,
    "mails": _theirs,
    "activity": _theirs,
}
"""Tables whose rows go when their person is erased. Those of the inbox are emptied: their ids mean "seen"."""

STAYING: dict[str, str] = {
    "star_ledger": (
        "what a Telegram account paid and got for it: a record of money, by the account that Telegram refunds"
    ),
    "link_tries": "wrong codes of an account, as a keyed hash: erasing oneself gives no fresh tries",
    "mail_asks": "confirmations sent to an address, as a keyed hash: erasing oneself gives no fresh tries",
    "mail_stops": (
        "addresses that do not exist or whose owner complained, as a keyed hash: they are never written to"
    ),
}
"""Tables with rows that stay, and why."""

NOBODYS: dict[str, str] = {
    "products": "what shops sell, also what a shop told live when somebody asked",
    "offers": "where products are sold",
    "search_words": "word stems of products",
    "feeds": "how far imports of shops' feeds are",
    "feed_stage": "rows of a feed that is being imported",
    "house_keys": "the key of those hashes, wrapped with the operator's",
    "tallies": "how often something happened on a day, by channel, reason, product or shop",
}
"""Tables that hold nothing of anybody, and why."""

WITHHELD: dict[str, tuple[str, ...]] = {
    "person_keys": ("wrapped",),
    "media": ("key_id", "sealed"),
}
"""Columns that no export holds: they open pictures, which are in it opened."""


def _staying(session: Session, house: HouseKey, person: UUID) -> dict[str, Rows]:
    """Which rows of STAYING are a person's: those by a hash are found while it is known of what."""
    accounts = select(IdentityRow.channel, IdentityRow.external_id).where(IdentityRow.person_id == person)
    tried = [account_hash(session, house, *account) for account in session.execute(accounts)]
    addresses = session.scalars(select(Subscription.address).where(Subscription.person_id == person)).all()
    mailed = [address_hash(session, house, one) for one in addresses] + [plain_hash(one) for one in addresses]
    return {
        "star_ledger": _of_their_telegram,
        "link_tries": lambda table, _: table.c.account_hash.in_(tried),
        "mail_asks": lambda table, _: table.c.address_hash.in_(mailed),
        "mail_stops": lambda table, _: table.c.address_hash.in_(mailed),
    }


def rows_of(session: Session, house: HouseKey, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person by table name, whole; empty when there is no such person."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in NOBODYS:
            continue
        theirs = LEAVING.get(table.name) or _staying(session, house, person_id)[table.name]
        rows = [dict(row._mapping) for row in session.execute(select(table).where(theirs(table, person_id)))]
        if rows:
            found[table.name] = rows
    return found
