"""Transactions that span awaits end cleanly, however they end."""

from __future__ import annotations

import asyncio
import threading

import sqlalchemy as sa

from storage.unit_of_work import Database, UnitOfWork

_OPEN = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in trans%'"


def test_whoever_is_cancelled_leaves_no_transaction_open(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork) -> None:
        begun.set()
        go_on.wait()
        uow.session.execute(sa.text("SELECT 1"))

    async def hold() -> None:
        async with database.transaction() as tx:
            await tx.run(slow)

    async def cancelled() -> None:
        holding = asyncio.create_task(hold())
        await asyncio.to_thread(begun.wait)
        holding.cancel()
        asyncio.get_running_loop().call_later(0.05, go_on.set)
        await asyncio.gather(holding, return_exceptions=True)
        assert holding.cancelled()

    asyncio.run(cancelled())
    assert database.call(lambda uow: uow.session.execute(sa.text(_OPEN)).scalar_one()) == 0
