"""The installation's own key: what must stay of an address or an account is hashed with it, and links are signed.

Without a key, whoever reads the database may try all addresses, or all account numbers, and see whose hash is
whose. The key is random, made by whoever needs it first, and kept wrapped with the operator's master key.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.errors import MediaUnavailable
from storage.master_key import MasterKey
from storage.tables import HouseKeyRow

_PLAIN = "plain:"
"""How a key begins that was made without a master key."""

_BYTES = 32


class HouseKey:
    """One of a process. Every use raises MediaUnavailable where the master key is missing or another one."""

    def __init__(self, master: MasterKey | None) -> None:
        self._master = master
        self._secret: bytes | None = None

    def digest(self, session: Session, purpose: str, text: str) -> str:
        """HMAC-SHA-256 of the text for this purpose, as 43 letters that may stand in an address."""
        digest = hmac.digest(self._key(session), f"{purpose}\0{text}".encode(), "sha256")
        return urlsafe_b64encode(digest).decode().rstrip("=")

    def wrap(self, session: Session) -> None:
        """Wrap it with the first of the master keys, also where it was made without one."""
        kept = session.execute(select(HouseKeyRow.wrapped).with_for_update()).scalar_one_or_none()
        if kept is not None and self._master is not None:
            session.execute(update(HouseKeyRow).values(wrapped=self._master.wrap(self._opened(kept))))

    def begin_anew(self, session: Session) -> bool:
        """Whether it cannot be opened any more, as its master key is lost: then there is a new one from now on."""
        kept = session.execute(select(HouseKeyRow.wrapped)).scalar_one_or_none()
        if kept is None:
            return False
        try:
            self._opened(kept)
        except MediaUnavailable:
            session.execute(delete(HouseKeyRow))
            return True
        return False

    def _key(self, session: Session) -> bytes:
        if self._secret is not None:
            return self._secret
        kept = session.execute(select(HouseKeyRow.wrapped)).scalar_one_or_none()
        if kept is not None:
            self._secret = self._opened(kept)
            return self._secret
        made = secrets.token_bytes(_BYTES)
        wrapped = self._master.wrap(made) if self._master else _PLAIN + urlsafe_b64encode(made).decode()
        session.execute(insert(HouseKeyRow).values(wrapped=wrapped).on_conflict_do_nothing())
        # Another one may have been first, and ours is not kept unless this transaction is: nothing is remembered.
        return self._opened(session.execute(select(HouseKeyRow.wrapped)).scalar_one())

    def _opened(self, kept: str) -> bytes:
        if kept.startswith(_PLAIN):
            return urlsafe_b64decode(kept.removeprefix(_PLAIN))
        if self._master is None:
            raise MediaUnavailable(
                "FASHIONCORE_MASTER_KEY is not set, and the key of this house is wrapped with it"
            )
        return self._master.unwrap(kept)
