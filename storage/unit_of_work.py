"""One transaction over everything that is kept, and the way to run it off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import copy_context
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from psycopg2.errors import DeadlockDetected
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from catalog.types import Product
from storage.budgets import Budgets
from storage.config import StorageConfig, sqlalchemy_url
from storage.conversations import Conversations
from storage.credits import Credits
from storage.feeds import Feeds
from storage.holdings import Holdings
from storage.inbox import Inbox
from storage.items import OWN, Items
from storage.jobs import JobPolicy, Jobs
from storage.linking import Links
from storage.mailing import Mailing
from storage.media import MediaStore
from storage.outbox import Outbox
from storage.people import People
from storage.products import PostgresProductIndex, ProductPictures
from storage.records import Standing
from storage.told import ToldProducts
from storage.watches import Watches

T = TypeVar("T")

BOUNDS = (
    "-c lock_timeout=60s -c idle_in_transaction_session_timeout=10min"
    " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c tcp_user_timeout=60s"
)
"""Nobody waits for a lock for ever, and whoever holds one and does nothing loses it: at the server's end of a cut
cable after a minute too, or the rows of a worker that is gone would be held for ten.
"""

CONNECTION_LOST = (OperationalError, InterfaceError)
"""What SQLAlchemy raises when the database is away or went away."""


def collided(error: OperationalError | InterfaceError) -> bool:
    """Whether it only means that two transactions waited for each other: this one was undone, try it again."""
    return isinstance(error.orig, DeadlockDetected)


class UnitOfWork:
    """Everything that is kept, inside one transaction."""

    def __init__(self, session: Session, store: MediaStore, policy: JobPolicy) -> None:
        self.session = session
        self.people = People(session)
        self.links = Links(session, self.people)
        self.conversations = Conversations(session, self.people)
        self.inbox = Inbox(session)
        self.outbox = Outbox(session)
        self.jobs = Jobs(session, self.people, self.inbox, policy)
        self.media = Holdings(session, store)
        self.products = PostgresProductIndex(session)
        self.feeds = Feeds(session, self.products)
        self.credits = Credits(session)
        self.items = Items(session, self.media)
        self.budgets = Budgets(session)
        self.watches = Watches(session)
        self.mailing = Mailing(session, self.people)
        self.told = ToldProducts(session)

    def standing(self, person_id: UUID) -> Standing:
        """What counts for the person on every channel, mails included."""
        return replace(self.people.standing(person_id), mail=self.mailing.subscription(person_id))

    def product_of(self, product_id: str, person_id: UUID) -> tuple[Product, ProductPictures] | None:
        """What this person means by an id: a product that everybody can find, or an item of their own."""
        if product_id.startswith(OWN):
            return self.items.get(person_id, product_id)
        product = self.products.get(product_id)
        pictures = self.products.pictures([product_id]).get(product_id)
        return None if product is None or pictures is None else (product, pictures)


class Transaction:
    """A unit of work that lives on the event loop; each call runs in the database's threads, one at a time."""

    def __init__(self, uow: UnitOfWork, executor: ThreadPoolExecutor) -> None:
        self._uow = uow
        self._executor = executor

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run blocking work inside this transaction."""
        return await _finished(self._executor, work, self._uow)


async def _finished(executor: ThreadPoolExecutor, work: Callable[..., T], *arguments: Any) -> T:
    """What the work returns. Whoever is cancelled waits for its end: until then the thread uses the session."""
    working = asyncio.get_running_loop().run_in_executor(executor, copy_context().run, work, *arguments)
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise


class Database:
    """Connections, threads and transactions. Nothing connects before the first transaction."""

    def __init__(self, config: StorageConfig, store: MediaStore, policy: JobPolicy | None = None) -> None:
        self.store = store
        self.policy = policy or JobPolicy()
        url = sqlalchemy_url(config.database_url)
        self._engine = sa.create_engine(
            url,
            pool_size=config.pool_size,
            max_overflow=0,
            pool_pre_ping=True,
            pool_timeout=10,
            # An error message must not carry what people wrote.
            hide_parameters=True,
            connect_args={
                "connect_timeout": 5,
                "application_name": "fashioncore",
                "options": f"{url.query.get('options', '')} {BOUNDS}".strip(),
                # A server behind a cut network is gone after a minute, not after the two hours of the kernel.
                "keepalives_idle": 30,
                "keepalives_interval": 10,
                "keepalives_count": 3,
                "tcp_user_timeout": 60_000,
            },
        )
        # Half of the connections are for transactions that span awaits, half for short ones, each with a
        # thread of its own: nobody ever waits for a connection while holding one.
        half = max(1, config.pool_size // 2)
        self._executor = ThreadPoolExecutor(half, thread_name_prefix="database")
        self._held_executor = ThreadPoolExecutor(half, thread_name_prefix="transaction")
        self._held = asyncio.Semaphore(half)

    @contextmanager
    def unit_of_work(self) -> Iterator[UnitOfWork]:
        """A transaction that commits at the end of the block and rolls back on any exception."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield UnitOfWork(session, self.store, self.policy)

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether we are the only one, of all processes on this database, to be inside such a block now.

        The lock is the connection's: it goes with the process, however that ends.
        """
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            key = sa.func.hashtextextended(name, 0)
            mine = bool(connection.execute(sa.select(sa.func.pg_try_advisory_lock(key))).scalar_one())
            try:
                yield mine
            finally:
                if mine:
                    with suppress(*CONNECTION_LOST):
                        connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))

    def call(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run work in a transaction of its own, blocking."""
        with self.unit_of_work() as uow:
            return work(uow)

    async def run(self, work: Callable[[UnitOfWork], T], *, attempts: int = 1) -> T:
        """Run work in a transaction of its own, off the event loop.

        With `attempts` above 1 it is repeated while the database is away, 0.1 s later, then twice as long
        each time. The work must bear repeating: a commit may have happened when the connection broke.
        """
        loop = asyncio.get_running_loop()
        delay = 0.1
        for left in range(attempts - 1, -1, -1):
            try:
                # With the caller's context, as asyncio.to_thread does.
                return await loop.run_in_executor(self._executor, copy_context().run, self.call, work)
            except CONNECTION_LOST:
                if not left:
                    raise
            await asyncio.sleep(delay)
            delay = min(2 * delay, 2.0)
        raise AssertionError("attempts must be at least 1")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A transaction that spans awaits: commits at the end of the block, rolls back on any exception."""
        loop = asyncio.get_running_loop()
        async with self._held:
            session = Session(self._engine, expire_on_commit=False)
            try:
                yield Transaction(UnitOfWork(session, self.store, self.policy), self._held_executor)
                await _finished(self._held_executor, session.commit)
            finally:
                # Also after a cancellation: close() rolls back what was not committed.
                await asyncio.shield(loop.run_in_executor(self._held_executor, session.close))

    async def forget(self, keys: list[str]) -> None:
        """Delete blobs that no row holds any more, each in a transaction of its own."""
        for key in dict.fromkeys(keys):
            await self.run(lambda uow, key=key: uow.media.forget(key), attempts=5)  # type: ignore[misc] # mypy cannot type a lambda's default

    def close(self) -> None:
        """Close connections and threads."""
        for executor in (self._executor, self._held_executor):
            executor.shutdown(wait=True, cancel_futures=True)
        self._engine.dispose()
