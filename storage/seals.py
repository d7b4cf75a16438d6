"""Pictures of people at rest: sealed with keys of their own, which are sealed with the operator's master key.

Every person has a random key (`person_keys`), wrapped by the master key. Each picture has a key that is made of
the person's key and of the picture, so that the same picture sent again is the same blob, for them and for nobody
else; that key stands wrapped in the `media` rows of whoever holds the picture. Once a person's key is gone, no
copy of a blob that is left somewhere says anything.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.errors import MediaMissing, MediaUnavailable
from storage.master_key import MasterKey
from storage.tables import Media, Person, PersonKey

MAGIC = b"\x00fcs1"
"""How sealed blobs begin; no picture does."""

_HALF = 32
_NONCE = bytes(12)
"""Each key seals one text only, so no nonce ever meets another text."""


def is_sealed(blob: bytes) -> bool:
    """Whether these bytes are sealed."""
    return blob.startswith(MAGIC)


@dataclass(frozen=True, slots=True)
class Seal:
    """What a `media` row keeps of a sealed blob: its key, wrapped, and which key of the person unwraps it."""

    key_id: UUID
    sealed: bytes


@dataclass(frozen=True, slots=True)
class _Key:
    id: UUID
    secret: bytes

    def blob_key(self, data: bytes) -> bytes:
        return hmac.digest(self.secret[:_HALF], data, "sha256")

    def wrap(self, blob_key: bytes) -> Seal:
        return Seal(self.id, aes_key_wrap(self.secret[_HALF:], blob_key))

    def unwrap(self, sealed: bytes) -> bytes:
        try:
            return aes_key_unwrap(self.secret[_HALF:], sealed)
        except InvalidUnwrap as error:
            raise MediaUnavailable("a picture's key and its person's key do not belong together") from error


class Seals:
    """People's keys inside one transaction. Without a master key nothing is sealed, and nothing sealed opens."""

    def __init__(self, session: Session, master: MasterKey | None) -> None:
        self._session = session
        self._master = master

    @property
    def on(self) -> bool:
        """Whether what is new is sealed."""
        return self._master is not None

    def close(self, person_id: UUID, data: bytes) -> tuple[bytes, Seal]:
        """The sealed blob of a picture, and what the row of this person keeps of it."""
        key = self._key_of(person_id)
        blob_key = key.blob_key(data)
        return MAGIC + AESGCM(blob_key).encrypt(_NONCE, data, MAGIC), key.wrap(blob_key)

    def open(self, name: str, blob: bytes) -> bytes:
        """The picture. Raises MediaMissing when nobody holds it any more, MediaUnavailable."""
        if not is_sealed(blob):
            return blob
        held = self._session.execute(
            select(Media.sealed, PersonKey.id, PersonKey.wrapped)
            .join(PersonKey, PersonKey.id == Media.key_id)
            .where(Media.key == name, Media.sealed.is_not(None))
            .limit(1)
        ).first()
        if held is None:
            raise MediaMissing(name)
        blob_key = _Key(held.id, self._unwrap(held.wrapped)).unwrap(held.sealed)
        try:
            return AESGCM(blob_key).decrypt(_NONCE, blob[len(MAGIC) :], MAGIC)
        except InvalidTag as error:
            raise MediaUnavailable(f"the bytes of picture {name[:16]} are not those that were sealed") from error

    def prepare(self, name: str, data: bytes) -> None:
        """Give a plain blob a key of its own, which everybody who holds it keeps; `close_as_prepared` uses it."""
        rows = self._session.execute(
            select(Media.id, Media.person_id).where(Media.key == name).order_by(Media.id)
        ).all()
        holders = [(row.id, self._key_of(row.person_id)) for row in rows if row.person_id is not None]
        blob_key = holders[0][1].blob_key(data)
        for row_id, key in holders:
            self._keep(row_id, key.wrap(blob_key))

    def close_as_prepared(self, name: str, data: bytes) -> bytes | None:
        """The sealed blob of what `prepare` gave a key; None when nobody holds it any more."""
        held = self._session.execute(
            select(Media.sealed, PersonKey.id, PersonKey.wrapped)
            .join(PersonKey, PersonKey.id == Media.key_id)
            .where(Media.key == name)
            .limit(1)
        ).first()
        if held is None:
            return None
        blob_key = _Key(held.id, self._unwrap(held.wrapped)).unwrap(held.sealed)
        return MAGIC + AESGCM(blob_key).encrypt(_NONCE, data, MAGIC)

    def make_own(self, person_id: UUID) -> None:
        """What this person holds opens with their own key from now on, not with that of whom they left."""
        foreign = self._session.execute(
            select(Media.id, Media.sealed, PersonKey.id.label("key_id"), PersonKey.wrapped)
            .join(PersonKey, PersonKey.id == Media.key_id)
            .where(Media.person_id == person_id, PersonKey.person_id != person_id)
        ).all()
        if not foreign:
            return
        own = self._key_of(person_id)
        for row in foreign:
            self._keep(row.id, own.wrap(_Key(row.key_id, self._unwrap(row.wrapped)).unwrap(row.sealed)))

    def rewrap(self, after: UUID | None, many: int) -> tuple[UUID | None, int]:
        """Wrap so many keys behind this one with the newest master key; the last of them, None at the end, and how
        many. Raises MediaUnavailable.
        """
        master = self._known()
        rows = self._session.execute(
            select(PersonKey.id, PersonKey.wrapped)
            .where(PersonKey.id > (after or UUID(int=0)))
            .order_by(PersonKey.id)
            .limit(many)
            .with_for_update()
        ).all()
        for row in rows:
            self._session.execute(
                update(PersonKey).where(PersonKey.id == row.id).values(wrapped=master.rewrap(row.wrapped))
            )
        return (rows[-1].id if len(rows) == many else None), len(rows)

    def exported(self) -> Iterator[dict[str, str]]:
        """Every key as it is kept, for `import_`; the newest stands last."""
        rows = self._session.execute(
            select(PersonKey.id, PersonKey.person_id, PersonKey.wrapped, PersonKey.created_at).order_by(
                PersonKey.created_at, PersonKey.id
            ),
            execution_options={"yield_per": 1000},
        )
        yield from ({name: str(value) for name, value in row._mapping.items()} for row in rows)

    def import_(self, keys: list[dict[str, str]]) -> None:
        """Keys of a backup, to whom the pictures belong here: accounts may have been linked or parted since."""
        for key in keys:
            holder = (
                select(Media.person_id)
                .where(Media.key_id == key["id"])
                .order_by((Media.person_id == key["person_id"]).desc(), Media.id)
                .limit(1)
                .scalar_subquery()
            )
            known = select(Person.id).where(Person.id == key["person_id"]).scalar_subquery()
            owner = self._session.execute(select(func.coalesce(holder, known))).scalar_one()
            if owner is not None:
                self._session.execute(insert(PersonKey).values(**{**key, "person_id": owner}))

    def check(self) -> int:
        """How many keys there are, of which the newest was unwrapped. Raises MediaUnavailable."""
        newest = self._session.execute(
            select(PersonKey.wrapped).order_by(PersonKey.created_at.desc(), PersonKey.id).limit(1)
        ).scalar_one_or_none()
        if newest is not None:
            self._unwrap(newest)
        return self._session.execute(select(func.count()).select_from(PersonKey)).scalar_one()

    def _key_of(self, person_id: UUID) -> _Key:
        # Two who make the first one at once make two, and the older one counts from then on: both open.
        row = self._session.execute(
            select(PersonKey.id, PersonKey.wrapped)
            .where(PersonKey.person_id == person_id)
            .order_by(PersonKey.created_at, PersonKey.id)
            .limit(1)
        ).first()
        if row is not None:
            return _Key(row.id, self._unwrap(row.wrapped))
        secret = secrets.token_bytes(2 * _HALF)
        made = insert(PersonKey).values(person_id=person_id, wrapped=self._known().wrap(secret))
        return _Key(self._session.execute(made.returning(PersonKey.id)).scalar_one(), secret)

    def _keep(self, row: int, seal: Seal) -> None:
        self._session.execute(update(Media).where(Media.id == row).values(key_id=seal.key_id, sealed=seal.sealed))

    def _unwrap(self, wrapped: str) -> bytes:
        return self._known().unwrap(wrapped)

    def _known(self) -> MasterKey:
        if self._master is None:
            raise MediaUnavailable("FASHIONCORE_MASTER_KEY is not set, and pictures here are sealed with it")
        return self._master
