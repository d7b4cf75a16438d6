"""What an operator does with the media store: prepare a bucket, move pictures into the store that is chosen, seal
what was kept plain, and follow a new master key.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.bootstrap import open_database
from bot.settings import BotSettings
from storage.media import MovingMediaStore

Told = Callable[[str, float | None, int], None]
"""How far it is, as ProgressBar takes it."""

REWRAPPED = 500
"""Keys in one transaction: whoever needs one of them waits for its end."""


def prepare_bucket(settings: BotSettings) -> bool:
    """Make the bucket, where there is none, and set its rules; False when none is set. Raises MediaUnavailable."""
    bucket = settings.bucket()
    if bucket is not None:
        bucket.prepare()
    return bucket is not None


def move_media(settings: BotSettings, told: Told) -> int | None:
    """Move all pictures from the other store into the chosen one, while the program runs or not.

    Returns how many; None when there are no two stores. What was moved stays moved if it breaks off: start again.
    Raises MediaUnavailable.
    """
    database = open_database(settings)
    try:
        store = database.store
        if not isinstance(store, MovingMediaStore):
            return None
        keys = list(store.left())
        for count, key in enumerate(keys, start=1):
            # The call is over before the next one: nothing of the loop outlives it.
            database.call(lambda uow: uow.media.move(store, key))  # noqa: B023
            told("moved", count / len(keys), count)
        return len(keys)
    finally:
        database.close()


def seal_media(settings: BotSettings, told: Told) -> int:
    """Seal people's pictures that were kept plain, and our own key, while the program runs or not; how many
    pictures. If it breaks off, start again. Raises MediaUnavailable.
    """
    database = open_database(settings)
    try:
        keys = [key for key, _ in database.store.listing()]
        sealed = 0
        for count, key in enumerate(keys, start=1):
            # Its rows first: who died between the two left a plain blob, which is begun with again.
            if database.call(lambda uow: uow.media.prepare_seal(key)):  # noqa: B023 # over before the next one
                database.call(lambda uow: uow.media.seal(key))  # noqa: B023
                sealed += 1
            told("pictures", count / len(keys), count)
        database.call(lambda uow: uow.house.wrap(uow.session))
        return sealed
    finally:
        database.close()


def rotate_master_key(settings: BotSettings, told: Told) -> int:
    """Wrap people's keys, and our own, with the first of the master keys, while the program runs or not; how many
    people's. Raises MediaUnavailable.
    """
    database = open_database(settings)
    try:
        last, total = None, 0
        database.call(lambda uow: uow.house.wrap(uow.session))
        while True:
            last, count = database.call(lambda uow: uow.seals.rewrap(last, REWRAPPED))  # noqa: B023
            total += count
            told("keys", None, total)
            if last is None:
                return total
    finally:
        database.close()
