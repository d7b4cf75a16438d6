"""People, what they agreed to, what they saved, and forgetting them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID, uuid4

from sqlalchemy import case, delete, func, select, union_all, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage import merging
from storage.letters import letter_of
from storage.records import PhotoRecord, Standing
from storage.seals import Seals
from storage.statements import ID, statement
from storage.tables import (
    Activity,
    Consent,
    Conversation,
    Favourite,
    IdentityRow,
    InboxRow,
    Item,
    MailRow,
    Media,
    OutboxRow,
    Person,
    PersonKey,
    Preference,
)
from storage.told import ToldProducts


def erasure_mark(person_id: UUID) -> str:
    """What an erased person is known by, so that no backup brings them back: it leads to nothing else."""
    return hashlib.sha256(b"erased " + person_id.bytes).hexdigest()


_STANDING = statement(
    """
    SELECT
        (SELECT version FROM consents WHERE person_id = :person AND withdrawn_at IS NULL
            ORDER BY given_at DESC, version DESC LIMIT 1) AS consent,
        (SELECT jsonb_build_array(media_key, width, height, person_index) FROM photos
            WHERE person_id = :person AND expires_at > now()
            ORDER BY created_at DESC, media_key LIMIT 1) AS photo,
        (SELECT jsonb_agg(jsonb_build_array(channel, external_id) ORDER BY created_at, id) FROM identities
            WHERE person_id = :person) AS accounts,
        (SELECT jsonb_agg(jsonb_build_array(topic, subject, value) ORDER BY created_at, topic, subject)
            FROM preferences WHERE person_id = :person) AS preferences,
        EXISTS (SELECT FROM subscriptions WHERE person_id = :person) AS mailed
    """,
    person=ID,
)
_FIND = statement("SELECT person_id FROM identities WHERE channel = :channel AND external_id = :external_id")
_NEW = statement(
    """
    WITH somebody AS (INSERT INTO people (id) VALUES (:person) RETURNING id)
    INSERT INTO identities (person_id, channel, external_id) SELECT id, :channel, :external_id FROM somebody
    ON CONFLICT DO NOTHING RETURNING person_id
    """,
    person=ID,
)
_STAY = statement("SELECT id FROM people WHERE id = ANY(:people) ORDER BY id FOR KEY SHARE")
SAVED = """
    SELECT id FROM (
        SELECT product_id AS id, created_at AS at FROM favourites WHERE person_id = {person}
        UNION ALL SELECT id, saved_at FROM items WHERE person_id = {person} AND saved_at IS NOT NULL) saved
    ORDER BY at DESC, id LIMIT :most
"""
"""Ids of what `person` saved, products and items of their own, newest first."""
_FAVOURITES = statement(SAVED.format(person=":person"), person=ID)


class People:
    """Rows about people inside one transaction.

    Whoever writes rows of a person holds the person's row first, shared (`stay`); whoever changes which rows are
    whose holds it alone (`hold`). So no write goes to a person who is being linked, parted or erased meanwhile.
    """

    def __init__(self, session: Session, seals: Seals) -> None:
        self._session = session
        self._seals = seals

    def find_or_create(self, channel: str, external_id: str) -> UUID:
        """The person behind this account, made when they are new. Safe against a race of two first messages."""
        account = {"channel": channel, "external_id": external_id}
        person: UUID | None = self._session.execute(_FIND, account).scalar_one_or_none()
        if person is None:
            person = uuid4()
            made = self._session.execute(_NEW, {"person": person, **account}).scalar_one_or_none()
            if made is None:
                self._session.execute(delete(Person).where(Person.id == person))
                person = self._session.execute(_FIND, account).scalar_one()
        return person

    def stay(self, person_id: UUID) -> bool:
        """Keep the person from being linked, parted or erased until the end of the transaction.

        Waits for one that is under way; False when the person is gone.
        """
        return bool(self.stay_all([person_id]))

    def stay_all(self, people: Iterable[UUID]) -> frozenset[UUID]:
        """The same for several; returns those who are not gone."""
        return frozenset(self._session.scalars(_STAY, {"people": list(people)}))

    def hold(self, *people: UUID) -> bool:
        """Wait until nobody else writes rows of these people, and let nobody until the end of the transaction.

        False when one of them is gone. Two who hold the same people and each wait for the other's share: one of
        them is ended by PostgreSQL and tried again (`collided`).
        """
        alone = select(Person.id).where(Person.id.in_(people)).order_by(Person.id).with_for_update()
        return len(self._session.execute(alone).all()) == len(set(people))

    def link(self, stays: UUID, joins: UUID) -> bool:
        """Two are one person: everything of `joins` belongs to `stays`, and `joins` is gone.

        False when one of them is gone or both are the same.
        """
        if stays == joins or not self.hold(stays, joins):
            return False
        merging.merge(self._session, stays, joins)
        self._session.execute(delete(Person).where(Person.id == joins))
        self.note(stays, "linked")
        return True

    def unlink(self, person_id: UUID, channel: str, external_id: str) -> UUID | None:
        """The account becomes a person of its own again, whose id is returned; see `merging.part`.

        None when the person has no other account, or is gone.
        """
        if not self.hold(person_id):
            return None
        accounts = self.accounts(person_id)
        if (channel, external_id) not in accounts or len(accounts) < 2:
            return None
        alone = self._session.execute(insert(Person).returning(Person.id)).scalar_one()
        merging.part(self._session, person_id, alone, channel, external_id)
        self._seals.make_own(alone)
        for person in (person_id, alone):
            self.note(person, "unlinked")
        return alone

    def accounts(self, person_id: UUID) -> tuple[tuple[str, str], ...]:
        """The person's accounts as (channel, external id), oldest first."""
        rows = self._session.execute(
            select(IdentityRow.channel, IdentityRow.external_id)
            .where(IdentityRow.person_id == person_id)
            .order_by(IdentityRow.created_at, IdentityRow.id)
        )
        return tuple((row.channel, row.external_id) for row in rows)

    def record_consent(self, person_id: UUID, version: str) -> None:
        """The person agreed to the terms of this version. Agreeing twice keeps the first time."""
        statement = insert(Consent).values(person_id=person_id, version=version)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["person_id", "version"], set_={"withdrawn_at": None})
        )
        self.note(person_id, "consent_given", version=version)

    def standing(self, person_id: UUID) -> Standing:
        """What counts for the person on every channel, but for mails."""
        return self.standing_and_mail(person_id)[0]

    def standing_and_mail(self, person_id: UUID) -> tuple[Standing, bool]:
        """The same, and whether there is anything to know of mails. Every event asks: one statement."""
        row = self._session.execute(_STANDING, {"person": person_id}).one()
        photo = None if row.photo is None else PhotoRecord(*row.photo)
        accounts = tuple((channel, external_id) for channel, external_id in row.accounts or ())
        told = tuple((topic, subject, value) for topic, subject, value in row.preferences or ())
        return Standing(row.consent, photo, accounts, told), row.mailed

    def preferences(self, person_id: UUID) -> tuple[tuple[str, str, str], ...]:
        """What the person told for good as (topic, subject, value), oldest first."""
        return self.preferences_of([person_id]).get(person_id, ())

    def preferences_of(self, people: Iterable[UUID]) -> dict[UUID, tuple[tuple[str, str, str], ...]]:
        """The same of several people, of whom some told nothing."""
        rows = self._session.execute(
            select(Preference.person_id, Preference.topic, Preference.subject, Preference.value)
            .where(Preference.person_id.in_(list(people)))
            .order_by(Preference.created_at, Preference.topic, Preference.subject)
        )
        told: defaultdict[UUID, list[tuple[str, str, str]]] = defaultdict(list)
        for row in rows:
            told[row.person_id].append((row.topic, row.subject, row.value))
        return {person: tuple(facts) for person, facts in told.items()}

    def prefer(self, person_id: UUID, topic: str, subject: str, value: str) -> None:
        """Keep what the person told of this topic and subject; with no value, forget it."""
        if not value:
            self._session.execute(
                delete(Preference).where(
                    Preference.person_id == person_id, Preference.topic == topic, Preference.subject == subject
                )
            )
            return
        self._session.execute(
            insert(Preference)
            .values(person_id=person_id, topic=topic, subject=subject, value=value)
            .on_conflict_do_update(
                index_elements=["person_id", "topic", "subject"],
                set_={"value": value, "created_at": func.clock_timestamp()},
            )
        )

    def save_favourite(self, person_id: UUID, product_id: str, *, saved: bool) -> None:
        """Remember or forget a product; doing it twice changes nothing. Unknown products are ignored."""
        if saved:
            new = self._session.execute(
                insert(Favourite)
                .values(person_id=person_id, product_id=product_id)
                .on_conflict_do_nothing()
                .returning(Favourite.product_id)
            ).scalar_one_or_none()
            if new is not None:
                ToldProducts(self._session).saw(person_id, product_id)
        else:
            self._session.execute(
                delete(Favourite).where(Favourite.person_id == person_id, Favourite.product_id == product_id)
            )

    def favourites(self, person_id: UUID, limit: int) -> list[str]:
        """Ids of saved products and of saved items of their own, newest first."""
        return list(self._session.execute(_FAVOURITES, {"person": person_id, "most": limit}).scalars())

    def favourites_of(self, people: Iterable[UUID], limit: int) -> dict[UUID, list[str]]:
        """The same of several people, so many of each, of whom some saved nothing."""
        whose = list(people)
        saved = union_all(
            select(Favourite.person_id, Favourite.product_id.label("id"), Favourite.created_at.label("at")).where(
                Favourite.person_id.in_(whose)
            ),
            select(Item.person_id, Item.id, Item.saved_at).where(
                Item.person_id.in_(whose), Item.saved_at.is_not(None)
            ),
        ).subquery()
        newest = [saved.c.at.desc(), saved.c.id]
        place = func.row_number().over(partition_by=saved.c.person_id, order_by=newest)
        numbered = select(saved, place.label("place")).subquery()
        rows = self._session.execute(
            select(numbered.c.person_id, numbered.c.id).where(numbered.c.place <= limit).order_by(numbered.c.place)
        )
        found: defaultdict[UUID, list[str]] = defaultdict(list)
        for row in rows:
            found[row.person_id].append(row.id)
        return dict(found)

    def erase(self, person_id: UUID) -> list[str]:
        """Delete the person and everything that hangs on them, on every channel.

        Returns what of them lies outside of the database: media keys, and letters in the folder (`letter_of`). The
        caller forgets it after the commit.
        """
        self.hold(person_id)
        # First, so that no copy of a picture, wherever it is, can be opened any more.
        self._session.execute(delete(PersonKey).where(PersonKey.person_id == person_id))
        # A message that is being sent is let through first: its sender notes what it sent beside the row it
        # holds, and would wait for us while we wait for that row.
        waiting = select(OutboxRow.id).join(Conversation, Conversation.id == OutboxRow.conversation_id)
        self._session.execute(
            waiting.where(Conversation.person_id == person_id, OutboxRow.status == "pending")
            .order_by(OutboxRow.id)
            .with_for_update(of=OutboxRow)
        )
        keys = list(
            self._session.execute(select(Media.key).where(Media.person_id == person_id).distinct()).scalars()
        )
        letters = self._session.execute(select(MailRow.ref).where(MailRow.person_id == person_id)).scalars()
        keys += [letter_of(ref) for ref in letters]
        talks = select(Conversation.channel, Conversation.address).where(Conversation.person_id == person_id)
        for channel, address in self._session.execute(talks).all():
            # Events are stored before anybody knows whose they are, so they hang on the address.
            # What still waits is closed, not deleted: its event id must go on meaning "seen". Those of jobs name
            # what is gone, and no other will come.
            self._session.execute(
                update(InboxRow)
                .where(InboxRow.channel == channel, InboxRow.address == address)
                .values(
                    payload={},
                    status="done",
                    address="",
                    event_id=case(
                        (InboxRow.event_id.startswith("job:"), func.concat("erased:", InboxRow.id)),
                        else_=InboxRow.event_id,
                    ),
                    done_at=func.coalesce(InboxRow.done_at, func.now()),
                )
            )
        self._session.execute(delete(Person).where(Person.id == person_id))
        self.note(None, "person_erased", was=erasure_mark(person_id))
        return keys

    def erased(self) -> list[str]:
        """The marks of everybody who was erased."""
        marks = select(Activity.detail["was"].astext).where(Activity.action == "person_erased")
        return [mark for mark in self._session.execute(marks).scalars() if mark]

    def note(self, person_id: UUID | None, action: str, **detail: str | int | float) -> None:
        """One line of the activity log; never content."""
        self._session.execute(insert(Activity).values(person_id=person_id, action=action, detail=detail))
