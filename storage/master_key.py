"""The operator's key: what wraps the keys of people. It stands in no database and in no backup."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.errors import MediaUnavailable

MASTER_KEY = "master.key"
"""The file of the data folder that holds it where no other is set; mode 0600."""


class MasterKey:
    """What wraps people's keys. Of several the first wraps and all unwrap, so that one can follow another."""

    def __init__(self, given: str) -> None:
        """`given` holds keys as `new` makes them, apart by white space or commas. Raises ValueError."""
        self._keys = MultiFernet([Fernet(key) for key in given.replace(",", " ").split()])

    @staticmethod
    def new() -> str:
        """A random key: 44 letters."""
        return Fernet.generate_key().decode()

    def wrap(self, key: bytes) -> str:
        """A person's key as it is kept."""
        return self._keys.encrypt(key).decode()

    def unwrap(self, wrapped: str) -> bytes:
        """A person's key. Raises MediaUnavailable when it was wrapped with another master key."""
        try:
            return self._keys.decrypt(wrapped)
        except InvalidToken as error:
            raise MediaUnavailable("FASHIONCORE_MASTER_KEY is not what people's keys were wrapped with") from error

    def rewrap(self, wrapped: str) -> str:
        """The same key, wrapped with the first of the master keys. Raises MediaUnavailable."""
        return self.wrap(self.unwrap(wrapped))
