"""Events: stored once, in order within a conversation, one consumer a conversation, nothing lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage.records import InboxRecord
from storage.tables import InboxRow
from storage.unit_of_work import Database, UnitOfWork


def _store(database: Database, address: str, event_id: str) -> bool:
    return database.call(lambda uow: uow.inbox.accept("web", address, event_id, "text", {"text": event_id}))


def _take(uow: UnitOfWork) -> str | None:
    row = uow.inbox.claim(["web"])
    if row is None:
        return None
    uow.inbox.close(row.id)
    return row.event_id


def test_the_same_event_fifty_times_at_once_is_stored_once(database: Database) -> None:
    start = threading.Barrier(10)

    def deliver(_: int) -> int:
        start.wait()
        return sum(_store(database, "a", "same") for _ in range(5))

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(deliver, range(10))) == 1


def test_events_of_one_conversation_come_in_the_order_they_were_stored(database: Database) -> None:
    for number in range(5):
        _store(database, "a", str(number))
    assert [database.call(_take) for _ in range(6)] == ["0", "1", "2", "3", "4", None]


def test_a_conversation_in_hand_waits_while_another_one_is_served(database: Database) -> None:
    for address, event in (("a", "a1"), ("a", "a2"), ("b", "b1")):
        _store(database, address, event)
    with database.unit_of_work() as busy:
        first = busy.inbox.claim(["web"])
        assert first is not None
        assert first.event_id == "a1"
        assert database.call(_take) == "b1"
        assert database.call(_take) is None, "a2 must wait for a1, which is in hand"
        busy.inbox.close(first.id)
    assert database.call(_take) == "a2"


def test_a_consumer_that_dies_leaves_the_event_to_the_next(database: Database) -> None:
    _store(database, "a", "a1")

    class Killed(Exception):
        pass

    def die(uow: UnitOfWork) -> None:
        assert _take(uow) == "a1"
        raise Killed

    with pytest.raises(Killed):
        database.call(die)
    assert database.call(_take) == "a1"


def test_a_failed_event_waits_and_holds_back_what_came_after_it(database: Database) -> None:
    _store(database, "a", "a1")
    _store(database, "a", "a2")

    def fail(uow: UnitOfWork) -> None:
        row = uow.inbox.claim(["web"])
        assert row is not None
        uow.inbox.postpone(row.id, "broken", timedelta(hours=1))

    database.call(fail)
    assert database.call(_take) is None


def test_a_failure_is_noted_by_nobody_but_the_first_of_two_who_met_it(database: Database) -> None:
    """The second one claims after the first has rolled back, and before it has noted so."""
    _store(database, "a", "a1")

    def note(uow: UnitOfWork, row: InboxRecord) -> bool:
        mine = uow.inbox.untried_since(row)
        if mine:
            uow.inbox.postpone(row.id, "broken", timedelta())
        return mine

    first, second = (database.call(lambda uow: uow.inbox.claim(["web"])) for _ in range(2))
    assert first is not None
    assert second is not None
    assert database.call(lambda uow: note(uow, first))
    assert not database.call(lambda uow: note(uow, second))
    again = database.call(lambda uow: uow.inbox.claim(["web"]))
    assert again is not None
    assert (again.attempts, again.error_code) == (1, "broken")
    database.call(_take)
    assert not database.call(lambda uow: note(uow, again)), "it is handled"


def test_a_handled_event_keeps_its_id_and_drops_its_content(database: Database) -> None:
    _store(database, "a", "a1")
    database.call(_take)
    assert not _store(database, "a", "a1"), "a repeat changes nothing"
    with database.unit_of_work() as uow:
        assert uow.session.query(InboxRow.payload).scalar() == {}


def test_only_the_channels_asked_for_are_served(database: Database) -> None:
    _store(database, "a", "a1")
    assert database.call(lambda uow: uow.inbox.claim(["telegram"])) is None


def test_many_consumers_take_every_event_once_and_in_order(database: Database) -> None:
    expected = {f"{who}": [f"{who}-{n}" for n in range(12)] for who in "abcdef"}
    for number in range(12):
        for who, events in expected.items():
            _store(database, who, events[number])
    taken: dict[str, list[str]] = {who: [] for who in expected}
    lock = threading.Lock()

    def consume(_: int) -> None:
        left = 72
        while left:
            with database.unit_of_work() as uow:
                row = uow.inbox.claim(["web"])
                if row is not None:
                    uow.inbox.close(row.id)
                    with lock:
                        taken[row.address].append(row.event_id)
            with lock:
                left = 72 - sum(map(len, taken.values()))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(consume, range(6)))
    assert taken == expected
