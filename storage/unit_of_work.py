"""One transaction over everything that is kept, and the way to run it off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import copy_context
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
from storage.told import ToldProducts
from storage.watches import Watches

T = TypeVar("T")

BOUNDS = "-c lock_timeout=60s -c idle_in_transaction_session_timeout=10min"
"""Nobody waits for a lock for ever, and whoever holds one and does nothing loses it."""

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
