"""What every worker does beside rendering: return lost jobs, end terms, forget blobs nobody holds."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from storage import retention, tallies
from storage.queue import WakeUps
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

ORPHAN_GRACE = timedelta(hours=1)
"""A blob without a row may belong to a transaction that has not committed yet; none lasts this long."""

_REAPER_LOCK = 0xFA54_10C1
_RETENTION_LOCK = 0xFA54_10C2


def _mine(uow: UnitOfWork, lock: int) -> bool:
    """Whether this process does the round; the others skip it."""
    return bool(uow.session.execute(select(func.pg_try_advisory_xact_lock(lock))).scalar_one())


async def reap(database: Database) -> None:
    """Return jobs of dead workers to the queue."""

    def work(uow: UnitOfWork) -> tuple[int, int]:
        return uow.jobs.reap() if _mine(uow, _REAPER_LOCK) else (0, 0)

    returned, given_up = await database.run(work)
    if returned or given_up:
        log.warning("leases ran out: %d jobs returned to the queue, %d given up", returned, given_up)


async def retire(database: Database, at: datetime | None = None) -> None:
    """End every term that is over (storage/retention.py), and forget the blobs that nobody holds any more."""

    def work(uow: UnitOfWork) -> list[str]:
        if not _mine(uow, _RETENTION_LOCK):
            return []
        tallies.fold(uow.session)
        uow.house.wrap(uow.session, again=False)
        uow.mailing.key_old_stops()
        return retention.retire(uow.session, at)

    await database.forget(await database.run(work))


async def clear_wake_ups(database: Database, wake_ups: WakeUps, queue: str) -> None:
    """Where no job is left, no wake-up is: arq keeps that of a worker that was killed for an hour, and a cluster
    that counts them would pay for a GPU as long.
    """
    if not await database.run(lambda uow: uow.jobs.unfinished(queue)):
        await wake_ups.clear(queue)


async def sweep(database: Database, at: datetime | None = None) -> None:
    """Forget blobs that no row ever came to hold, as their writer died before its commit, and letters whose mails
    are gone.
    """
    old = (at or datetime.now(UTC)) - ORPHAN_GRACE

    def work() -> list[str]:
        lost = [key for key, written in database.store.listing() if written < old]
        return lost + database.lost_letters()

    await database.forget(await asyncio.to_thread(work))
