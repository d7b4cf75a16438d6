"""Which rows are whose when two accounts become one person, and when one becomes a person of its own again.

Both walk the tables by their references to `people`. A table whose rows may meet, or of which nobody said where
they go, raises LookupError, and a test that says so fails before that: see MEETING and PARTING.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Table,
    UniqueConstraint,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.addresses import account_of
from storage.tables import Base, Conversation, Job, Media, Person, Result, Subscription, Turn

# Any: columns of every type.
Fold = Callable[[FromClause, FromClause], ColumnElement[Any]]
"""The value of a column out of the row that stays and the row that joins it."""


def _earlier(name: str) -> Fold:
    return lambda stays, joins: func.least(stays.c[name], joins.c[name])


def _later(name: str) -> Fold:
    return lambda stays, joins: func.greatest(stays.c[name], joins.c[name])


def _sum(name: str) -> Fold:
    return lambda stays, joins: stays.c[name] + joins.c[name]


def _later_or_never(name: str) -> Fold:
    def fold(stays: FromClause, joins: FromClause) -> ColumnElement[Any]:
        never = or_(stays.c[name].is_(None), joins.c[name].is_(None))
        return case((never, null()), else_=func.greatest(stays.c[name], joins.c[name]))

    return fold


def _of_the_newer(name: str) -> Fold:
    return lambda stays, joins: case((joins.c.created_at > stays.c.created_at, joins.c[name]), else_=stays.c[name])


def _of_the_confirmed(name: str) -> Fold:
    """Of the row whose mail address is confirmed; of the one that stays when both are, or neither."""
    return lambda stays, joins: case(
        (and_(joins.c.confirmed_at.is_not(None), stays.c.confirmed_at.is_(None)), joins.c[name]),
        else_=stays.c[name],
    )


_SUBSCRIPTION = [c.name for c in Subscription.__table__.columns if c.name != "person_id"]


MEETING: dict[str, dict[str, Fold]] = {
    "consents": {"given_at": _earlier("given_at"), "withdrawn_at": _later_or_never("withdrawn_at")},
    "favourites": {"created_at": _earlier("created_at")},
    "told_products": {
        **{name: _of_the_newer(name) for name in ("price_minor", "currency", "gone", "sizes")},
        "suggested_at": _later("suggested_at"),
    },
    "preferences": {"value": _of_the_newer("value"), "created_at": _later("created_at")},
    "media": {"expires_at": _later_or_never("expires_at")},
    "photos": {
        "person_index": _of_the_newer("person_index"),
        "created_at": _later("created_at"),
        "expires_at": _later("expires_at"),
    },
    "items": {"saved_at": _earlier("saved_at"), "expires_at": _later_or_never("expires_at")},
    "link_codes": {},
    "subscriptions": {name: _of_the_confirmed(name) for name in _SUBSCRIPTION},
    "mails": {},
    "model_use": {name: _sum(name) for name in ("messages", "tokens", "micro_usd")},
}
"""Tables in which both may have a row that only one may have, and what becomes of it: these columns are folded,
the others stay as they are with the one who stays.
"""

Way = Literal["account", "conversation", "copied", "pictures", "stays"]

PARTING: dict[str, Way] = {
    "identities": "account",
    "conversations": "account",
    "jobs": "conversation",
    "link_codes": "conversation",
    "watches": "conversation",
    "consents": "copied",
    "favourites": "copied",
    "told_products": "copied",
    "preferences": "copied",
    # Whoever parts takes what was spent along: else parting would make a budget new.
    "model_use": "copied",
    "items": "pictures",
    "media": "pictures",
    "photos": "pictures",
    "results": "pictures",
    # An address is one person's: whoever parts names one of their own.
    "subscriptions": "stays",
    "mails": "stays",
    "activity": "stays",
    # What goes along is given a key of whoever parts (storage/seals.py).
    "person_keys": "stays",
}
"""Where rows go when an account parts: those of the account itself and of its conversations go along; copied ones
are there twice; a picture goes along when only chats that part show it, and is there twice when others do too.
"""


@dataclass(frozen=True, slots=True)
class Owned:
    """A table whose rows belong to a person, and its column that says to whom."""

    table: Table
    owner: Column[Any]

    def unique_keys(self) -> list[list[Column[Any]]]:
        """What must be unique for each person: the other columns of every such key."""
        table = self.table
        keys = [list(c.columns) for c in table.constraints if isinstance(c, UniqueConstraint)]
        keys.append(list(table.primary_key.columns))
        keys += [list(index.columns.values()) for index in table.indexes if index.unique]
        for index in table.indexes:
            partly = index.unique and index.dialect_options["postgresql"]["where"] is not None
            if partly and self.owner in index.columns.values():
                raise LookupError(f"{index.name} holds for some rows of a person only: say here how they meet")
        return [[c for c in key if c is not self.owner] for key in keys if self.owner in key]

    def give(self, session: Session, giver: UUID, taker: UUID, *which: ColumnElement[bool]) -> None:
        """Rows of one person belong to the other."""
        session.execute(update(self.table).where(self.owner == giver, *which).values({self.owner: taker}))

    def copy(self, session: Session, giver: UUID, taker: UUID, *which: ColumnElement[bool]) -> None:
        """Rows of one person belong to the other too."""
        made = {c for c in self.table.primary_key if c.server_default is not None or c.identity is not None}
        kept = [c for c in self.table.columns if c is not self.owner and c not in made and c.computed is None]
        rows = select(literal(taker), *kept).where(self.owner == giver, *which)
        session.execute(insert(self.table).from_select([self.owner, *kept], rows))


def owned_tables() -> Iterator[Owned]:
    """Every table whose rows belong to a person."""
    people = Person.metadata.tables[Person.__tablename__]
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.references(people.columns["id"]):
                yield Owned(table, column)


# --- two become one ------------------------------------------------------------------------------------


def merge(session: Session, stays: UUID, joins: UUID) -> None:
    """Everything of `joins` belongs to `stays`. The caller holds both people alone."""
    for owned in owned_tables():
        for key in owned.unique_keys():
            _meet(session, owned, key, stays=stays, joins=joins)
        owned.give(session, joins, stays)


def _meet(session: Session, owned: Owned, key: list[Column[Any]], *, stays: UUID, joins: UUID) -> None:
    """Where both have a row that one person may have once, one is left."""
    table, owner = owned.table, owned.owner
    if table.name not in MEETING:
        raise LookupError(f"nobody said what becomes of rows of {table.name} that two people both have")
    other = table.alias("other")
    # Two people's rows; said, since a person's only row has nothing else to be joined by.
    others = (column.is_not_distinct_from(other.c[column.name]) for column in key)
    same = and_(owner != other.c[owner.name], *others)
    folded = {name: fold(table, other) for name, fold in MEETING[table.name].items()}
    if folded:
        session.execute(update(table).where(owner == stays, other.c[owner.name] == joins, same).values(folded))
    session.execute(delete(table).where(owner == joins, exists().where(other.c[owner.name] == stays, same)))


# --- one becomes two -----------------------------------------------------------------------------------


def part(session: Session, person: UUID, alone: UUID, channel: str, external_id: str) -> None:
    """The account with its conversations belongs to `alone`. The caller holds `person` alone."""
    talks = _conversations(session, person, channel, external_id)
    shown: list[Owned] = []
    for owned in owned_tables():
        columns, way = owned.table.c, PARTING.get(owned.table.name)
        if way is None:
            raise LookupError(f"nobody said where rows of {owned.table.name} go when an account parts")
        if way == "conversation":
            owned.give(session, person, alone, columns.conversation_id.in_(talks))
        elif way == "copied":
            owned.copy(session, person, alone)
        elif way == "pictures":
            shown.append(owned)
        elif way == "account" and owned.table.name == Conversation.__tablename__:
            owned.give(session, person, alone, columns.id.in_(talks))
        elif way == "account":
            owned.give(session, person, alone, columns.channel == channel, columns.external_id == external_id)
    # Pictures last: they follow the conversations and the jobs.
    for owned in shown:
        _part_pictures(session, owned, person, alone)


def _conversations(session: Session, person: UUID, channel: str, external_id: str) -> list[UUID]:
    rows = session.execute(
        select(Conversation.id, Conversation.address).where(
            Conversation.person_id == person, Conversation.channel == channel
        )
    )
    return [row.id for row in rows if account_of(row.address) == external_id]


def _part_pictures(session: Session, owned: Owned, person: UUID, alone: UUID) -> None:
    key = owned.table.c["key" if owned.table.name == Media.__tablename__ else "media_key"]
    here, there = key.in_(_pictures_of(alone)), key.in_(_pictures_of(person))
    if owned.table.name != Result.__tablename__:
        # A result is found again by whoever it belongs to; the picture itself may be seen by both.
        owned.copy(session, person, alone, here, there)
    owned.give(session, person, alone, here, ~there)


def _pictures_of(person: UUID) -> CompoundSelect[tuple[str]]:
    """Media keys of the pictures and products that a person's chats show, but for the photos that results were
    made of, and of results that are about to be shown.
    """
    picture = func.jsonb_array_elements(Turn.body["pictures"]).table_valued("value", name="picture")
    shown: Select[tuple[str]] = (
        select(picture.c.value.op("->>")("media"))
        .select_from(Turn)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .join(picture, true())
        .where(Conversation.person_id == person, picture.c.value.op("->>")("role") != "before")
    )
    product = func.jsonb_array_elements(Turn.body["products"]).table_valued("value", name="product")
    items: Select[tuple[str]] = (
        select(product.c.value.op("->>")("picture"))
        .select_from(Turn)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .join(product, true())
        .where(Conversation.person_id == person)
    )
    made = (
        select(Result.media_key)
        .join(Job, or_(Job.key == Result.key, Job.preview_key == Result.key))
        .where(Job.person_id == person)
    )
    return union(shown, items, made)
