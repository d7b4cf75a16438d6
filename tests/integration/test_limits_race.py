"""Every limit that is counted in PostgreSQL, asked by many at one moment: each lets through what it says."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import sqlalchemy as sa

from bot.web.chat import CHANNEL, MAX_WAITING
from storage.budgets import Spending
from storage.config import StorageConfig
from storage.linking import MAX_WRONG
from storage.media import LocalMediaStore
from storage.unit_of_work import Database, UnitOfWork

RACERS = 8


def _race(config: StorageConfig, work: Callable[[UnitOfWork, int], object]) -> Counter[object]:
    """What many transactions return that all have begun before any of them looks; by how often."""
    wide = StorageConfig(config.database_url, config.redis_url, config.data, pool_size=RACERS)
    database, gate = Database(wide, LocalMediaStore(wide.media)), threading.Barrier(RACERS)

    def run(number: int) -> object:
        with database.unit_of_work() as uow:
            uow.session.execute(sa.select(1))
            gate.wait(60)
            return work(uow, number)

    try:
        with ThreadPoolExecutor(RACERS) as pool:
            return Counter(pool.map(run, range(RACERS)))
    finally:
        database.close()


def test_the_last_credits_and_the_free_try_ons_are_taken_once(
    database: Database, storage_config: StorageConfig
) -> None:
    database.call(lambda uow: uow.credits.paid("7", "charge", 2, 50))
    taken = _race(storage_config, lambda uow, _: uow.credits.reserve("7", uuid4(), 3))
    assert taken == {True: 5, False: 3}, "three are free, two were bought"
    assert database.call(lambda uow: uow.credits.balance("7")) == 0


def test_a_payment_that_is_told_many_times_counts_once(database: Database, storage_config: StorageConfig) -> None:
    assert _race(storage_config, lambda uow, _: uow.credits.paid("7", "charge", 2, 50)) == {True: 1, False: 7}
    assert database.call(lambda uow: uow.credits.balance("7")) == 2


def test_what_everybody_may_spend_on_a_model_is_never_exceeded(
    database: Database, storage_config: StorageConfig
) -> None:
    people = [
        database.call(lambda uow, n=n: uow.people.find_or_create("web", f"person {n}"))  # type: ignore[misc] # a lambda's default
        for n in range(RACERS)
    ]
    most, plenty = Spending(100, 10), Spending(10_000, 1000)
    given = _race(
        storage_config,
        lambda uow, n: uow.budgets.reserve(people[n], most, plenty, Spending(350, 1000)) is not None,
    )
    assert given == {True: 3, False: 5}


def test_codes_are_guessed_so_often_and_no_more(storage_config: StorageConfig) -> None:
    answers = _race(storage_config, lambda uow, n: uow.links.try_code(f"0000-{n:04}", "web", "guesser"))
    assert answers == {"unknown": MAX_WRONG, "too_many": RACERS - MAX_WRONG}


def test_a_conversation_has_so_many_events_waiting_and_no_more(
    database: Database, storage_config: StorageConfig
) -> None:
    def send(uow: UnitOfWork, _number: int) -> bool:
        if uow.inbox.waiting(CHANNEL, "hasty") >= MAX_WAITING:
            return False
        return uow.inbox.accept(CHANNEL, "hasty", str(uuid4()), "text", {})

    for _ in range(MAX_WAITING - 2):
        database.call(lambda uow: send(uow, 0))
    assert _race(storage_config, send) == {True: 2, False: 6}
