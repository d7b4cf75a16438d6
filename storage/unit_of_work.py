"""One transaction over everything that is kept, and the way to run it off the event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import copy_context
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from psycopg2.errors import DeadlockDetected
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from catalog.types import Product
from storage.budgets import Budgets
from storage.config import StorageConfig, sqlalchemy_url
from storage.conversations import Conversations
from storage.credits import Credits
from storage.errors import MediaUnavailable
from storage.feeds import Feeds
from storage.holdings import Holdings
from storage.house_key import HouseKey
from storage.inbox import Inbox
from storage.items import OWN, Items
from storage.jobs import JobPolicy, Jobs
from storage.letters import folder_of, letter_of, path_of, ref_of, refs_in
from storage.linking import Links
from storage.mailing import Mailing
from storage.master_key import MasterKey
from storage.media import MediaStore, probe
from storage.outbox import Outbox
from storage.people import People
from storage.products import PostgresProductIndex, ProductPictures
from storage.records import Standing
from storage.seals import Seals
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

RESTED_S = 1.0
"""A connection that nobody used for so long is asked whether it is alive. Asked each time, that was one statement
in nine; one that dies sooner is lost as one in use is, which whoever works bears.
"""

CONNECTION_LOST = (OperationalError, InterfaceError)
"""What SQLAlchemy raises when the database is away or went away."""


def reason(error: OperationalError | InterfaceError) -> str:
    """Why, in one line for the log: that nobody listens, or that its disk is full. Holds no values of rows."""
    return (str(error.orig).splitlines() or [type(error).__name__])[0]


def collided(error: OperationalError | InterfaceError) -> bool:
    """Whether it only means that two transactions waited for each other: this one was undone, try it again."""
    return isinstance(error.orig, DeadlockDetected)


def _ask_the_rested(engine: sa.Engine) -> None:
    """As `pool_pre_ping` does, but only where a connection had time to die."""

    @sa.event.listens_for(engine, "checkin")
    def _back(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["back_at"] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def _out(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
        back_at = record.info.get("back_at")
        if back_at is None or time.monotonic() - back_at < RESTED_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            # Then another one is opened in its place.
            raise DisconnectionError from error


class UnitOfWork:
    """Everything that is kept, inside one transaction. Most need a few parts: each is made at first use."""

    def __init__(
        self, session: Session, store: MediaStore, policy: JobPolicy, master: MasterKey | None, house: HouseKey
    ) -> None:
        self.session = session
        self._store = store
        self._policy = policy
        self._master = master
        self.house = house

    @cached_property
    def seals(self) -> Seals:
        """What people's pictures are sealed with."""
        return Seals(self.session, self._master)

    @cached_property
    def people(self) -> People:
        """Who they are, and what they told."""
        return People(self.session, self.seals)

    @cached_property
    def links(self) -> Links:
        """Codes that make two chats one person's."""
        return Links(self.session, self.people, self.house)

    @cached_property
    def conversations(self) -> Conversations:
        """What was said."""
        return Conversations(self.session, self.people)

    @cached_property
    def inbox(self) -> Inbox:
        """Events that came in."""
        return Inbox(self.session)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages on their way out."""
        return Outbox(self.session)

    @cached_property
    def jobs(self) -> Jobs:
        """Try-ons."""
        return Jobs(self.session, self.people, self.inbox, self._policy)

    @cached_property
    def media(self) -> Holdings:
        """Pictures, and whose they are."""
        return Holdings(self.session, self._store, self.seals)

    @cached_property
    def products(self) -> PostgresProductIndex:
        """What can be found."""
        return PostgresProductIndex(self.session)

    @cached_property
    def feeds(self) -> Feeds:
        """What was imported."""
        return Feeds(self.session, self.products)

    @cached_property
    def credits(self) -> Credits:
        """What was paid for."""
        return Credits(self.session)

    @cached_property
    def items(self) -> Items:
        """Garments of people's own."""
        return Items(self.session, self.media)

    @cached_property
    def budgets(self) -> Budgets:
        """What a language model may take."""
        return Budgets(self.session)

    @cached_property
    def watches(self) -> Watches:
        """Who waits for a price."""
        return Watches(self.session)

    @cached_property
    def mailing(self) -> Mailing:
        """Subscriptions and letters."""
        return Mailing(self.session, self.people, self.house)

    @cached_property
    def told(self) -> ToldProducts:
        """What shops told whom."""
        return ToldProducts(self.session)

    def standing(self, person_id: UUID) -> Standing:
        """What counts for the person on every channel, mails included."""
        standing, mailed = self.people.standing_and_mail(person_id)
        return replace(standing, mail=self.mailing.subscription(person_id)) if mailed else standing

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


def _commit(session: Session) -> None:
    try:
        session.commit()
    finally:
        session.close()


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

    def __init__(
        self,
        config: StorageConfig,
        store: MediaStore,
        policy: JobPolicy | None = None,
        master: MasterKey | None = None,
    ) -> None:
        """Without a master key pictures are kept plain."""
        self.store = store
        self._master = master
        self._house = HouseKey(master)
        self._letters = folder_of(config.data)
        self.policy = policy or JobPolicy()
        url = sqlalchemy_url(config.database_url)
        self._engine = sa.create_engine(
            url,
            pool_size=config.pool_size,
            max_overflow=0,
            # The one that was used last, which both sides still have in their caches.
            pool_use_lifo=True,
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
        _ask_the_rested(self._engine)
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
            yield UnitOfWork(session, self.store, self.policy, self._master, self._house)

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
        async with self._held:
            session = Session(self._engine, expire_on_commit=False)
            end = session.close
            try:
                uow = UnitOfWork(session, self.store, self.policy, self._master, self._house)
                yield Transaction(uow, self._held_executor)
                end = partial(_commit, session)
            finally:
                # Also after a cancellation: close() rolls back what was not committed.
                await _finished(self._held_executor, end)

    async def forget(self, names: list[str]) -> None:
        """Delete blobs that no row holds any more, each in a transaction of its own, and letters."""
        for key in dict.fromkeys(names):
            if (ref := ref_of(key)) is not None:
                path_of(self._letters, ref).unlink(missing_ok=True)
                continue
            await self.run(lambda uow, key=key: uow.media.forget(key), attempts=5)  # type: ignore[misc] # mypy cannot type a lambda's default

    async def store_trouble(self) -> MediaUnavailable | None:
        """Why the media store does not work, None when it does: then what failed was one picture's own fault."""
        try:
            await asyncio.to_thread(probe, self.store)
        except MediaUnavailable as error:
            return error
        return None

    def lost_letters(self) -> list[str]:
        """Letters in the folder whose mails are gone, for `forget`."""
        there = set(refs_in(self._letters))
        if not there:
            return []
        known = self.call(lambda uow: uow.mailing.known(there))
        return [letter_of(ref) for ref in there - known]

    def close(self) -> None:
        """Close connections and threads."""
        for executor in (self._executor, self._held_executor):
            executor.shutdown(wait=True, cancel_futures=True)
        self._engine.dispose()
