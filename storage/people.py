"""People, what they agreed to, what they saved, and forgetting them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.records import PhotoRecord, Standing
from storage.tables import (
    Activity,
    Consent,
    Conversation,
    Favourite,
    IdentityRow,
    InboxRow,
    Media,
    Person,
    Photo,
)


class People:
    """Rows about people inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_or_create(self, channel: str, external_id: str) -> UUID:
        """The person behind this account, made when they are new. Safe against a race of two first messages."""
        find = select(IdentityRow.person_id).where(
            IdentityRow.channel == channel, IdentityRow.external_id == external_id
        )
        known = self._session.execute(find).scalar_one_or_none()
        if known is not None:
            return known
        person = self._session.execute(insert(Person).returning(Person.id)).scalar_one()
        made = self._session.execute(
            insert(IdentityRow)
            .values(person_id=person, channel=channel, external_id=external_id)
            .on_conflict_do_nothing()
            .returning(IdentityRow.person_id)
        ).scalar_one_or_none()
        if made is not None:
            return made
        self._session.execute(delete(Person).where(Person.id == person))
        return self._session.execute(find).scalar_one()

    def record_consent(self, person_id: UUID, version: str) -> None:
        """The person agreed to the terms of this version. Agreeing twice keeps the first time."""
        statement = insert(Consent).values(person_id=person_id, version=version)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["person_id", "version"], set_={"withdrawn_at": None})
        )
        self.note(person_id, "consent_given", version=version)

    def standing(self, person_id: UUID) -> Standing:
        """What counts for the person on every channel."""
        consent = self._session.execute(
            select(Consent.version)
            .where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
            .order_by(Consent.given_at.desc(), Consent.version.desc())
            .limit(1)
        ).scalar_one_or_none()
        photo = self._session.execute(
            select(Photo)
            .where(Photo.person_id == person_id, Photo.expires_at > func.now())
            .order_by(Photo.created_at.desc(), Photo.media_key)
            .limit(1)
        ).scalar_one_or_none()
        if photo is None:
            return Standing(consent, None)
        return Standing(consent, PhotoRecord(photo.media_key, photo.width, photo.height, photo.person_index))

    def save_favourite(self, person_id: UUID, product_id: str, *, saved: bool) -> None:
        """Remember or forget a product; doing it twice changes nothing. Unknown products are ignored."""
        if saved:
            self._session.execute(
                insert(Favourite).values(person_id=person_id, product_id=product_id).on_conflict_do_nothing()
            )
        else:
            self._session.execute(
                delete(Favourite).where(Favourite.person_id == person_id, Favourite.product_id == product_id)
            )

    def favourites(self, person_id: UUID, limit: int) -> list[str]:
        """Ids of saved products, newest first."""
        return list(
            self._session.execute(
                select(Favourite.product_id)
                .where(Favourite.person_id == person_id)
                .order_by(Favourite.created_at.desc(), Favourite.product_id)
                .limit(limit)
            ).scalars()
        )

    def erase(self, person_id: UUID) -> list[str]:
        """Delete the person and everything that hangs on them.

        Returns the media keys they held; the caller forgets the blobs after the commit.
        """
        keys = list(
            self._session.execute(select(Media.key).where(Media.person_id == person_id).distinct()).scalars()
        )
        talks = select(Conversation.channel, Conversation.address).where(Conversation.person_id == person_id)
        for channel, address in self._session.execute(talks).all():
            # Events are stored before anybody knows whose they are, so they hang on the address.
            # What still waits is closed, not deleted: its event id must go on meaning "seen".
            self._session.execute(
                update(InboxRow)
                .where(InboxRow.channel == channel, InboxRow.address == address)
                .values(
                    payload={},
                    status="done",
                    address="",
                    done_at=func.coalesce(InboxRow.done_at, func.now()),
                )
            )
        self._session.execute(delete(Person).where(Person.id == person_id))
        self.note(None, "person_erased")
        return keys

    def note(self, person_id: UUID | None, action: str, **detail: str | int | float) -> None:
        """One line of the activity log; never content."""
        self._session.execute(insert(Activity).values(person_id=person_id, action=action, detail=detail))
