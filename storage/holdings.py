"""Who holds which blob: the `media` and `photos` tables together with the media store.

A blob is written under a lock on its key, before the row that holds it commits, and deleted under the same
lock only when no row holds it. So a row never points to nothing, and nothing is left without a row for
longer than the sweeper's grace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.errors import MediaMissing
from storage.media import MediaStore, MovingMediaStore, media_key
from storage.records import MediaRecord
from storage.seals import Seals, is_sealed
from storage.tables import Media, Photo, ProviderFile


class Holdings:
    """Media rows inside one transaction."""

    def __init__(self, session: Session, store: MediaStore, seals: Seals) -> None:
        self._session = session
        self._store = store
        self._seals = seals

    def keep(
        self,
        data: bytes,
        kind: str,
        mime: str,
        person_id: UUID | None,
        *,
        size: tuple[int, int] | None = None,
        kept: timedelta | None = None,
    ) -> str:
        """Keep the bytes for a person (None: for everybody) as `kind`, for `kept` (None: until deleted).

        A person's are sealed. `size` is (width, height) in pixels. Returns the key. Raises MediaUnavailable.
        """
        blob, seal = data, None
        if person_id is not None and self._seals.on:
            blob, seal = self._seals.close(person_id, data)
        key = media_key(blob)
        self._lock(key)
        self._store.put(blob)
        values = {
            "mime": mime,
            "bytes": len(data),
            "width": size[0] if size else None,
            "height": size[1] if size else None,
            "key_id": seal and seal.key_id,
            "sealed": seal and seal.sealed,
            "expires_at": None if kept is None else func.now() + kept,
        }
        self._session.execute(
            insert(Media)
            .values(key=key, person_id=person_id, kind=kind, **values)
            .on_conflict_do_update(index_elements=["key", "person_id", "kind"], set_=values)
        )
        return key

    def read(self, key: str) -> bytes:
        """The bytes as they were kept. Raises MediaMissing, MediaUnavailable."""
        return self._seals.open(key, self._store.get(key))

    def link(self, picture: MediaRecord) -> str | None:
        """A signed address of the picture for a browser, where the store has such. Only of what everybody may see:
        a person's are sealed, and what opens them stays here.
        """
        return self._store.link(picture.key, picture.mime) if picture.shared else None

    def move(self, store: MovingMediaStore, key: str) -> None:
        """Bring the blob into the chosen store; who erases it meanwhile waits. Raises MediaUnavailable."""
        self._lock(key)
        store.move(key)

    def prepare_seal(self, key: str) -> bool:
        """The first of two steps that seal what was kept plain: its rows get their keys. False when nothing is
        to be sealed: it is, or is gone, or everybody's. Commit before `seal`. Raises MediaUnavailable.
        """
        self._lock(key)
        holders = self._session.execute(select(Media.person_id, Media.sealed).where(Media.key == key)).all()
        if not holders or any(row.person_id is None for row in holders):
            return False
        try:
            blob = self._store.get(key)
        except MediaMissing:
            return False
        if is_sealed(blob):
            return False
        if any(row.sealed is None for row in holders):
            self._seals.prepare(key, blob)
        return True

    def seal(self, key: str) -> None:
        """The second step: the bytes themselves. Whoever reads meanwhile finds either. Raises MediaUnavailable."""
        self._lock(key)
        try:
            blob = self._store.get(key)
        except MediaMissing:
            return
        closed = None if is_sealed(blob) else self._seals.close_as_prepared(key, blob)
        if closed is not None:
            self._store.put(closed, key)

    def visible(self, key: str, person_id: UUID | None) -> MediaRecord | None:
        """The blob, when this person (or everybody) may see it."""
        row = self._session.execute(select(Media).where(Media.key == key, *_open_to(person_id))).scalars().first()
        if row is None:
            return None
        return MediaRecord(row.key, row.mime, row.bytes, row.width, row.height, shared=row.person_id is None)

    def holds_one_like(self, begins: str, person_id: UUID) -> bool:
        """Whether this person may see a blob whose key begins so."""
        like = Media.key.startswith(begins, autoescape=True)
        return self._session.execute(select(exists().where(like, *_open_to(person_id)))).scalar_one()

    def seen_by(self, person_id: UUID, keys: Iterable[str]) -> frozenset[str]:
        """Those of the blobs that this person may see."""
        return self.seen_by_each({person_id: keys})[person_id]

    def seen_by_each(self, wanted: Mapping[UUID, Iterable[str]]) -> dict[UUID, frozenset[str]]:
        """Of the blobs asked for by each person those that this one may see."""
        asked = {person: frozenset(keys) for person, keys in wanted.items()}
        rows = self._session.execute(
            select(Media.key, Media.person_id).where(
                Media.key.in_(frozenset[str]().union(*asked.values())), *_open_to(*asked)
            )
        )
        held = {(row.key, row.person_id) for row in rows}
        return {
            person: frozenset(key for key in keys if (key, person) in held or (key, None) in held)
            for person, keys in asked.items()
        }

    def set_term(self, person_id: UUID, key: str, kind: str, kept: timedelta | None) -> None:
        """From now on the person holds this blob as `kind` for `kept` (None: until deleted)."""
        self._session.execute(
            update(Media)
            .where(Media.key == key, Media.person_id == person_id, Media.kind == kind)
            .values(expires_at=None if kept is None else func.now() + kept)
        )

    def release(self, key: str, person_id: UUID, kinds: Iterable[str]) -> None:
        """The person no longer holds this blob as any of `kinds`; call `forget` after the commit."""
        self._session.execute(
            delete(Media).where(Media.key == key, Media.person_id == person_id, Media.kind.in_(list(kinds)))
        )

    def keep_photo(
        self, person_id: UUID, key: str, size: tuple[int, int], person_index: int | None, kept: timedelta
    ) -> None:
        """This is the person's photo now; the blob's own row gets the same term."""
        values = {
            "width": size[0],
            "height": size[1],
            "person_index": person_index,
            "expires_at": func.now() + kept,
        }
        self._session.execute(
            insert(Photo)
            .values(person_id=person_id, media_key=key, **values)
            .on_conflict_do_update(
                index_elements=["person_id", "media_key"], set_={**values, "created_at": func.now()}
            )
        )
        self._session.execute(
            update(Media)
            .where(Media.key == key, Media.person_id == person_id, Media.kind == "photo")
            .values(expires_at=func.now() + kept)
        )

    def drop_photo(self, person_id: UUID, key: str) -> list[str]:
        """Forget a photo of the person; results made of it stay until they expire.

        Older photos go with it: they were replaced by it, be it by linking two accounts that each had one. Returns
        the keys; call `forget` with them after the commit.
        """
        since = select(Photo.created_at).where(Photo.person_id == person_id, Photo.media_key == key)
        dropped = self._session.execute(
            delete(Photo)
            .where(Photo.person_id == person_id, Photo.created_at <= since.scalar_subquery())
            .returning(Photo.media_key)
        ).scalars()
        keys = list(dict.fromkeys([key, *dropped]))
        for one in keys:
            self.release(one, person_id, ("photo", "numbered", "upload"))
        return keys

    def forget(self, key: str) -> bool:
        """Delete the blob when no row holds it; True when it was deleted."""
        self._lock(key)
        if self._session.execute(select(exists().where(Media.key == key))).scalar_one():
            return False
        self._session.execute(delete(ProviderFile).where(ProviderFile.media_key == key))
        self._store.delete(key)
        return True

    def _lock(self, key: str) -> None:
        self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def _open_to(*people: UUID | None) -> tuple[ColumnElement[bool], ...]:
    """What one of these people (or everybody) holds, and not for a term that is over."""
    return (
        or_(Media.person_id.in_(people), Media.person_id.is_(None)),
        or_(Media.expires_at.is_(None), Media.expires_at > func.now()),
    )
