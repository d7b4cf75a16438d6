"""Every table, in one place. Times are UTC with zone; money is integer minor units with its currency.

Rows that belong to a person hang on `people` by foreign keys that cascade: deleting the person deletes them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage import trail

Sealed = bytes
"""By another name, where a column is called `bytes`."""

JOB_STATUSES = ("queued", "running", "done", "failed", "cancelled")


class Base(DeclarativeBase):
    """Declarative base with stable constraint names, so that migrations can name what they change."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        str: Text(),
        dict[str, Any]: JSONB(),
        UUID: PG_UUID(as_uuid=True),
    }


def _now() -> Mapped[datetime]:
    return mapped_column(server_default=func.now())


def _trail() -> Mapped[str | None]:
    """See storage.trail: the one that was followed when the row was written."""
    return mapped_column(default=trail.current)


def _person(*, primary_key: bool = False) -> Mapped[UUID]:
    return mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=primary_key)


class Person(Base):
    """Somebody who talks to us, through one channel or several."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    created_at: Mapped[datetime] = _now()


class IdentityRow(Base):
    """A person's account on one channel. The web channel keeps the hash of a cookie, never the cookie."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("channel", "external_id"), Index(None, "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    person_id: Mapped[UUID] = _person()
    channel: Mapped[str]
    external_id: Mapped[str]
    created_at: Mapped[datetime] = _now()


class Consent(Base):
    """What a person agreed to and when; withdrawing keeps the row and closes it."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("person_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    person_id: Mapped[UUID] = _person()
    version: Mapped[str]
    given_at: Mapped[datetime] = _now()
    withdrawn_at: Mapped[datetime | None]


class PersonKey(Base):
    """What a person's pictures are sealed with, itself wrapped with the master key (storage/seals.py).

    Somebody whose accounts were linked has the keys of all of them; the oldest one seals what is new.
    """

    __tablename__ = "person_keys"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    person_id: Mapped[UUID] = _person()
    wrapped: Mapped[str]
    created_at: Mapped[datetime] = _now()


class Media(Base):
    """Who holds a blob of the media store, as what, and until when. The blob goes with its last holder.

    `sealed` is the blob's key, wrapped with the person's key `key_id`; both are null where the blob is plain.
    """

    __tablename__ = "media"
    __table_args__ = (
        UniqueConstraint("key", "person_id", "kind", postgresql_nulls_not_distinct=True),
        Index(None, "person_id"),
        Index("ix_media_expiry", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
        CheckConstraint(
            "kind IN ('upload', 'photo', 'numbered', 'garment', 'result', 'catalogue', 'sketch')", name="kind"
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    key: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str]
    mime: Mapped[str]
    bytes: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    key_id: Mapped[UUID | None]
    """No foreign key: a backup's dump holds these rows, and the keys are beside it (bot/backup.py)."""
    sealed: Mapped[Sealed | None]
    created_at: Mapped[datetime] = _now()
    expires_at: Mapped[datetime | None]


class Photo(Base):
    """A photo that a person keeps with us; the newest one is the one that is dressed."""

    __tablename__ = "photos"
    __table_args__ = (UniqueConstraint("person_id", "media_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    person_id: Mapped[UUID] = _person()
    media_key: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    person_index: Mapped[int | None]
    created_at: Mapped[datetime] = _now()
    expires_at: Mapped[datetime]


class Conversation(Base):
    """One person on one channel. `state` belongs to the dialogue; `rev` counts new and changed turns.

    `address` is the person's account there, or PLACE:ACCOUNT where an account talks in several places.
    """

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "address"), Index(None, "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    person_id: Mapped[UUID] = _person()
    channel: Mapped[str]
    address: Mapped[str]
    state: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    rev: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    created_at: Mapped[datetime] = _now()
    updated_at: Mapped[datetime] = _now()


class Turn(Base):
    """One message of either side. A turn with a `slot` is replaced in place by the next of that slot."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "slot"),
        UniqueConstraint("conversation_id", "event_id"),
        Index(None, "conversation_id", "rev"),
        CheckConstraint("author IN ('person', 'stylist')", name="author"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(BigInteger)
    rev: Mapped[int] = mapped_column(BigInteger)
    author: Mapped[str]
    slot: Mapped[str | None]
    event_id: Mapped[str | None]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = _now()


class ProductRow(Base):
    """A catalogue item: of the samples and imported feeds, which is our index, or one that a shop told live."""

    __tablename__ = "products"
    __table_args__ = (
        # One index for all of it: what has several facets is met in one scan, and read of them is only the rarest.
        Index(
            "ix_products_facets",
            text("(ARRAY[category])"),
            "color",
            text("(ARRAY[pattern])"),
            "material",
            "sizes",
            text("(ARRAY[lower(brand)])"),
            text("(ARRAY[source])"),
            "search",
            postgresql_using="gin",
        ),
        # For pages in order of price or age, of kinds that have more products than anybody would sort.
        Index(None, "category", "price", "id"),
        Index(None, "category", "updated_at", "id"),
        Index("ix_products_told", "told_at", postgresql_where=text("told_at IS NOT NULL")),
        CheckConstraint("part IN ('upper', 'lower', 'dress')", name="part"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    title: Mapped[str]
    category: Mapped[str]
    part: Mapped[str | None]
    picture: Mapped[str]
    picture_back: Mapped[str | None]
    picture_media: Mapped[str | None]
    picture_back_media: Mapped[str | None]
    color: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    pattern: Mapped[str | None]
    material: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    gender: Mapped[str | None]
    sizes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    brand: Mapped[str | None]
    description: Mapped[str] = mapped_column(server_default=text("''"))
    credit: Mapped[str | None]
    chart: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    """See catalog.types.SizeChart."""
    gtin: Mapped[str | None]
    in_stock: Mapped[bool | None]
    """False takes it out of every search; who saved it or tried it on still has it."""
    unseen_until: Mapped[datetime | None]
    """Its picture could not be had: until then it is in no search, and nobody asks for it again."""
    words: Mapped[str] = mapped_column(server_default=text("''"))
    """What search reads besides title and description: facets and their broader terms, written by put()."""
    search: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(
            "setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', words), 'B')"
            " || setweight(to_tsvector('english', description), 'D')",
            persisted=True,
        ),
    )
    price: Mapped[Decimal | None]
    """That of its own offer, in whole units, and `currency`: what filters and sorts must stand in the row."""
    currency: Mapped[str | None]
    ref: Mapped[str | None]
    shop: Mapped[str | None]
    """Who sells it, where that is not the source."""
    disclosure: Mapped[str | None]
    picture_kept: Mapped[bool] = mapped_column(server_default=text("true"))
    fresh_until: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    """When a shop told it live, which makes it part of no search: the shop is asked instead. See Product."""
    updated_at: Mapped[datetime] = _now()


class SearchWord(Base):
    """A stem that some product says: what a slip of the finger may have meant. Stems outlive their products."""

    __tablename__ = "search_words"
    __table_args__ = (Index(None, "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),)

    word: Mapped[str] = mapped_column(primary_key=True)


class Offer(Base):
    """Where a product can be bought and for how much. The sample catalogue has none: it is not for sale."""

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("product_id", "seller"),
        Index(None, "url", postgresql_using="hash"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    seller: Mapped[str]
    url: Mapped[str | None]
    price_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    updated_at: Mapped[datetime] = _now()


class Feed(Base):
    """A shop's feed: how far its import is, or what the last one gave.

    `fingerprint` is the hash of the file and of how to read it: only the same file is read on. `etag` and
    `last_modified` are what its server calls it. `rows` counts what was staged.
    """

    __tablename__ = "feeds"
    __table_args__ = (CheckConstraint("stage IN ('reading', 'writing', 'done')", name="stage"),)

    source: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str]
    fingerprint: Mapped[str]
    stage: Mapped[str]
    rows: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    written_to: Mapped[str] = mapped_column(server_default=text("''"))
    added: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    changed: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    unchanged: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    retired: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    error: Mapped[str | None]
    tried_at: Mapped[datetime] = _now()
    finished_at: Mapped[datetime | None]


class StagedRow(Base):
    """A row of a feed that is being imported: its product as JSON, or why it is left out.

    Unlogged: a crash of the database empties it, and the feed is read again.
    """

    __tablename__ = "feed_stage"
    __table_args__ = (Index("ix_feed_stage_product", "source", "product_id", "row"), {"prefixes": ["UNLOGGED"]})

    source: Mapped[str] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(BigInteger)
    product_id: Mapped[str | None]
    variant: Mapped[bool] = mapped_column(Boolean)
    product: Mapped[str | None]
    reason: Mapped[str | None]


class Item(Base):
    """A garment that a person brought, as a picture or as a link. It is in no search; only they see it.

    It goes with its picture when its term is over; one that was saved has none.
    """

    __tablename__ = "items"
    __table_args__ = (
        Index("ix_items_expiry", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
        CheckConstraint("part IN ('upper', 'lower', 'dress')", name="part"),
    )

    person_id: Mapped[UUID] = _person(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    title: Mapped[str]
    category: Mapped[str]
    part: Mapped[str]
    media_key: Mapped[str]
    color: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    sizes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    brand: Mapped[str | None]
    url: Mapped[str | None]
    price_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    created_at: Mapped[datetime] = _now()
    saved_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class Favourite(Base):
    """A product that a person saved."""

    __tablename__ = "favourites"

    person_id: Mapped[UUID] = _person(primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), primary_key=True)
    created_at: Mapped[datetime] = _now()


class ToldProduct(Base):
    """A product as a person knows it: as it was when they saved it, or as a mail told it since."""

    __tablename__ = "told_products"
    __table_args__ = (Index(None, "product_id"),)

    person_id: Mapped[UUID] = _person(primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), primary_key=True)
    price_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    gone: Mapped[bool] = mapped_column(server_default=text("false"))
    sizes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    suggested_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = _now()


class Watch(Base):
    """A product whose price somebody waits for; told in the conversation in which they asked."""

    __tablename__ = "watches"
    __table_args__ = (Index(None, "looked_at"), Index(None, "person_id"), Index(None, "product_id"))

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    product_id: Mapped[str] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = _person()
    price_minor: Mapped[int | None] = mapped_column(BigInteger)
    """The lowest that the person knows of."""
    currency: Mapped[str | None]
    gone: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = _now()
    looked_at: Mapped[datetime] = _now()


class Preference(Base):
    """One thing that a person told about themselves for good; what it means is the dialogue's."""

    __tablename__ = "preferences"

    person_id: Mapped[UUID] = _person(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Job(Base):
    """A try-on to render. This row is the truth about it; the queue only wakes workers.

    `order_at` decides who is next: the time of asking, moved back for people who asked much lately.
    `fence` grows with every lease; whoever holds an older one can no longer write.

    A job whose engine takes long begins in the queue of a quick one: `preview_key` is the key of what that one
    makes, and `next_queue` where the job goes afterwards, null once it is there. `sketch` is the media key of what
    the picture looks like so far.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_next", "queue", "order_at", "id", postgresql_where=text("status = 'queued'")),
        Index("ix_jobs_leases", "lease_until", postgresql_where=text("status = 'running'")),
        Index("ix_jobs_latest", "queue", "finished_at", postgresql_where=text("status = 'done'")),
        Index(None, "person_id", "created_at"),
        Index(
            "uq_jobs_active_key",
            "conversation_id",
            "key",
            unique=True,
            postgresql_where=text("status IN ('queued', 'running')"),
        ),
        CheckConstraint(f"status IN {JOB_STATUSES}", name="status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    person_id: Mapped[UUID] = _person()
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    queue: Mapped[str]
    key: Mapped[str]
    preview_key: Mapped[str | None]
    next_queue: Mapped[str | None]
    request: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(server_default=text("'queued'"))
    order_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    fence: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    cancel_requested: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    stage: Mapped[str] = mapped_column(server_default=text("''"))
    fraction: Mapped[float] = mapped_column(Float, server_default=text("0"))
    sketch: Mapped[str | None]
    error_code: Mapped[str | None]
    trail: Mapped[str | None] = _trail()
    created_at: Mapped[datetime] = _now()
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Result(Base):
    """A rendered try-on, found again by the hash of everything that went into it."""

    __tablename__ = "results"
    __table_args__ = (Index(None, "person_id"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = _person()
    media_key: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    engine: Mapped[str]
    facts: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = _now()
    expires_at: Mapped[datetime]


class InboxRow(Base):
    """An event from outside or from a worker, stored before it is acknowledged, handled once."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "event_id"),
        Index("ix_inbox_pending", "channel", "address", "id", postgresql_where=text("status = 'pending'")),
        Index("ix_inbox_next", "channel", "id", postgresql_where=text("status = 'pending'")),
        Index("ix_inbox_done", "done_at", postgresql_where=text("status <> 'pending'")),
        CheckConstraint("status IN ('pending', 'done', 'failed')", name="status"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    channel: Mapped[str]
    address: Mapped[str]
    event_id: Mapped[str]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(server_default=text("'pending'"))
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    available_at: Mapped[datetime] = _now()
    received_at: Mapped[datetime] = _now()
    done_at: Mapped[datetime | None]
    error_code: Mapped[str | None]
    trail: Mapped[str | None] = _trail()


class OutboxRow(Base):
    """A turn that must reach the person; deleted from `pending` only when the channel took it.

    `order_at` decides who is next: albums wait a little behind words. `cause` is the channel's id of the
    message that is answered, when there is one.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_pending", "channel", "conversation_id", "id", postgresql_where=text("status = 'pending'")
        ),
        Index("ix_outbox_next", "channel", "order_at", "id", postgresql_where=text("status = 'pending'")),
        Index(None, "turn_id"),
        CheckConstraint("status IN ('pending', 'sent', 'failed')", name="status"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    channel: Mapped[str]
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    turn_id: Mapped[UUID] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"))
    rev: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(server_default=text("'pending'"))
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    order_at: Mapped[datetime] = _now()
    available_at: Mapped[datetime] = _now()
    created_at: Mapped[datetime] = _now()
    sent_at: Mapped[datetime | None]
    cause: Mapped[str | None]
    error_code: Mapped[str | None]
    trail: Mapped[str | None] = _trail()


class SentMessage(Base):
    """One message on a platform that shows (a part of) a turn, written before it is sent.

    Without `message_id` it is not known whether the platform took it: the process died in between.
    `place` is where it stands (a chat, a Discord channel), `product_id` the item that it shows alone.
    """

    __tablename__ = "sent_messages"
    __table_args__ = (
        UniqueConstraint("turn_id", "part"),
        Index(None, "channel", "place", "message_id"),
        Index(None, "conversation_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    channel: Mapped[str]
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    turn_id: Mapped[UUID] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"))
    part: Mapped[str]
    rev: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[str]
    message_id: Mapped[str | None]
    product_id: Mapped[str | None]
    at: Mapped[datetime] = _now()


class ProviderFile(Base):
    """What a platform calls a picture that it has from us; it goes with the blob."""

    __tablename__ = "provider_files"

    channel: Mapped[str] = mapped_column(primary_key=True)
    media_key: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str]
    at: Mapped[datetime] = _now()


class LinkCode(Base):
    """A code that links another account with this person: one a person, used once, kept as its hash.

    `conversation_id` is the chat that asked for it.
    """

    __tablename__ = "link_codes"
    __table_args__ = (UniqueConstraint("person_id"),)

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = _person()
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LinkTry(Base):
    """A code that was none. Hangs on the hash of the account, so that erasing oneself gives no fresh tries."""

    __tablename__ = "link_tries"
    __table_args__ = (Index(None, "account_hash"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    account_hash: Mapped[str]
    at: Mapped[datetime] = _now()


class StarEntry(Base):
    """One change of what a Telegram account may try on: paid, refunded, spent, free, given back.

    Hangs on the account and not on the person: a record of money stays when the person is forgotten. What was free
    goes (storage/retention.py).
    `ref` names what it is for, once: a charge or a job. `free` counts free try-ons, `credits` paid ones.
    """

    __tablename__ = "star_ledger"
    __table_args__ = (
        UniqueConstraint("ref"),
        Index("ix_star_ledger_account", "account", "at"),
        Index("ix_star_ledger_free", "at", postgresql_where=text("credits = 0 AND stars = 0")),
        CheckConstraint("kind IN ('paid', 'refunded', 'spent', 'free', 'returned')", name="kind"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    account: Mapped[str]
    ref: Mapped[str]
    kind: Mapped[str]
    credits: Mapped[int]
    stars: Mapped[int]
    free: Mapped[int]
    at: Mapped[datetime] = _now()


class ModelUse(Base):
    """What a person's messages of a day (UTC) took of a language model: set aside, or already counted."""

    __tablename__ = "model_use"
    __table_args__ = (Index(None, "day"),)

    person_id: Mapped[UUID] = _person(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    messages: Mapped[int] = mapped_column(Integer)
    tokens: Mapped[int] = mapped_column(BigInteger)
    micro_usd: Mapped[int] = mapped_column(BigInteger)


class Subscription(Base):
    """Where and when a person gets mail. `confirmed_at` is set by the link that was sent there.

    `next_at` is when the next digest is due: none while it is not confirmed, is paused without an end, or ended.
    Ended means that we write of our own accord no more. `stop_token` ends it and stands in every mail;
    `confirm_hash` is the hash of the token that confirms it.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        Index("ix_subscriptions_next", "next_at", postgresql_where=text("next_at IS NOT NULL")),
        Index("ix_subscriptions_address", text("lower(address)")),
        # Not unique, so that linking two people may copy one's row into the other's; both are random.
        Index(None, "stop_token"),
        Index(None, "confirm_hash"),
        CheckConstraint("cadence IN ('daily', 'weekly', 'monthly', 'alert')", name="cadence"),
    )

    person_id: Mapped[UUID] = _person(primary_key=True)
    address: Mapped[str]
    locale: Mapped[str]
    cadence: Mapped[str | None]
    """None: only what they ask for."""
    weekday: Mapped[int] = mapped_column(server_default=text("0"))
    day: Mapped[int] = mapped_column(server_default=text("1"))
    hour: Mapped[int] = mapped_column(server_default=text("9"))
    minute: Mapped[int] = mapped_column(server_default=text("0"))
    timezone: Mapped[str] = mapped_column(server_default=text("'UTC'"))
    stop_token: Mapped[str]
    confirm_hash: Mapped[str | None]
    confirm_until: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    digested_at: Mapped[datetime | None]
    """Up to when the last digest told."""
    created_at: Mapped[datetime] = _now()


class MailRow(Base):
    """One mail to one person. `key` names what it is for, once: a digest its local day.

    `waiting` may be leased until `available_at` by a sender that builds it; `attempts` is its fence. From
    `sending` on it may be at the other server and is never handed over again: without an answer it is `unknown`.
    `ref` stands in its return path.
    """

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        UniqueConstraint("ref"),
        Index("ix_mails_next", "priority", "available_at", "id", postgresql_where=text("status = 'waiting'")),
        Index("ix_mails_sending", "sending_at", postgresql_where=text("status = 'sending'")),
        Index("ix_mails_done", "done_at", postgresql_where=text("done_at IS NOT NULL")),
        CheckConstraint("kind IN ('digest', 'confirm', 'sign_in', 'ready', 'items')", name="kind"),
        CheckConstraint("status IN ('waiting', 'sending', 'sent', 'failed', 'dropped', 'unknown')", name="status"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[UUID] = _person()
    kind: Mapped[str]
    key: Mapped[str]
    address: Mapped[str]
    domain: Mapped[str]
    payload: Mapped[dict[str, Any]]
    """What it is about; empty once it is done."""
    ref: Mapped[str]
    priority: Mapped[int]
    status: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    available_at: Mapped[datetime] = _now()
    until: Mapped[datetime]
    """After that it is no use to anybody."""
    created_at: Mapped[datetime] = _now()
    sending_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    error_code: Mapped[str | None]
    trail: Mapped[str | None] = _trail()


class HouseKeyRow(Base):
    """The installation's own key, wrapped (storage/house_key.py)."""

    __tablename__ = "house_keys"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, server_default=text("1"))
    wrapped: Mapped[str]
    created_at: Mapped[datetime] = _now()


class MailStop(Base):
    """An address that nobody is written to at, by its hash: it does not exist, or its owner complained.

    It belongs to nobody here, and stays when everything of a person is erased.
    """

    __tablename__ = "mail_stops"
    __table_args__ = (
        # Hashes of an earlier version, without a key (`Mailing.key_old_stops`).
        Index("ix_mail_stops_plain", "at", postgresql_where=text("length(address_hash) = 64")),
    )

    address_hash: Mapped[str] = mapped_column(primary_key=True)
    complained: Mapped[bool]
    at: Mapped[datetime] = _now()


class MailAsk(Base):
    """An address was asked for a confirmation: by its hash, so that erasing oneself gives no fresh tries."""

    __tablename__ = "mail_asks"
    __table_args__ = (Index(None, "address_hash"), Index(None, "at"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    address_hash: Mapped[str]
    at: Mapped[datetime] = _now()


class Activity(Base):
    """What happened, without content: consent given, photo kept, try-on finished, person erased."""

    __tablename__ = "activity"
    __table_args__ = (Index(None, "person_id"), Index(None, "at"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = _now()
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    action: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))


class Tally(Base):
    """How often something happened on a day (UTC), without whom: see storage.tallies. A row counts some of it; all
    rows of the same day, thing and subject together are the whole.
    """

    __tablename__ = "tallies"
    __table_args__ = (Index(None, "day", "what", "subject"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    day: Mapped[date] = mapped_column(server_default=text("(now() AT TIME ZONE 'UTC')::date"))
    what: Mapped[str]
    subject: Mapped[str]
    count: Mapped[int] = mapped_column(BigInteger, server_default=text("1"))
