"""The installation's own key: what must stay of an address or an account is hashed with it, and links are signed.

Without a key, whoever reads the database may try all addresses, or all account numbers, and see whose hash is
whose. The key is random, made with its table, and wrapped with the operator's master key as soon as there is one.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from storage.errors import MediaUnavailable
from storage.master_key import MasterKey
from storage.tables import HouseKeyRow

_PLAIN = "plain:"
"""How a key begins that is not wrapped."""

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

    def wrap(self, session: Session, *, again: bool = True) -> None:
        """Wrap it with the first of the master keys, where there is one; `again` also when it is wrapped."""
        if self._master is not None and (again or _kept(session).startswith(_PLAIN)):
            session.execute(select(HouseKeyRow.id).with_for_update())
            session.execute(update(HouseKeyRow).values(wrapped=self._master.wrap(self._opened(_kept(session)))))

    def begin_anew(self, session: Session) -> bool:
        """Whether it cannot be opened any more, as its master key is lost: then there is a new one from now on."""
        try:
            self._opened(_kept(session))
        except MediaUnavailable:
            session.execute(update(HouseKeyRow).values(wrapped=new(), created_at=func.now()))
            return True
        return False

    def _key(self, session: Session) -> bytes:
        if self._secret is None:
            self._secret = self._opened(_kept(session))
        return self._secret

    def _opened(self, kept: str) -> bytes:
        if kept.startswith(_PLAIN):
            return urlsafe_b64decode(kept.removeprefix(_PLAIN))
        if self._master is None:
            raise MediaUnavailable(
                "FASHIONCORE_MASTER_KEY is not set, and the key of this house is wrapped with it"
            )
        return self._master.unwrap(kept)


def new() -> str:
    """A random key, as it is kept until it is wrapped."""
    return _PLAIN + urlsafe_b64encode(secrets.token_bytes(_BYTES)).decode()


def _kept(session: Session) -> str:
    kept: str = session.execute(select(HouseKeyRow.wrapped)).scalar_one()
    return kept
