"""Jobs: leases with fences, fair order, cancelling, results found again. Time passes by moving the leases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from storage.errors import LeaseLost
from storage.records import ConversationRecord, Lease, ResultRecord
from storage.tables import InboxRow, Job
from storage.unit_of_work import Database, UnitOfWork

QUEUE = "q"


def _talk(database: Database, name: str) -> ConversationRecord:
    return database.call(lambda uow: uow.conversations.open("web", name))


def _ask(database: Database, talk: ConversationRecord, key: str | None = None) -> UUID:
    made = database.call(lambda uow: uow.jobs.request(talk.person_id, talk.id, QUEUE, key or uuid4().hex, {}))
    return made[0].id


def _claim(database: Database, owner: str = "w1") -> Lease:
    lease = database.call(lambda uow: uow.jobs.claim(QUEUE, owner))
    assert lease is not None, "there is a job to take"
    return lease


def _result(lease: Lease) -> ResultRecord:
    return ResultRecord(lease.key, "0" * 64, 10, 20, "preview", {})


def _status(database: Database, job_id: UUID) -> str:
    job = database.call(lambda uow: uow.jobs.get(job_id))
    assert job is not None
    return job.status


def _ends(database: Database) -> list[dict[str, Any]]:
    with database.unit_of_work() as uow:
        rows = uow.session.execute(sa.select(InboxRow.payload).where(InboxRow.kind == "job_ended"))
        return [row.payload for row in rows]


def _let_leases_run_out(database: Database) -> None:
    with database.unit_of_work() as uow:
        uow.session.execute(sa.update(Job).values(lease_until=sa.func.now() - timedelta(seconds=1)))


def test_a_finished_job_tells_its_conversation_once(database: Database) -> None:
    job = _ask(database, _talk(database, "a"))
    lease = _claim(database)
    database.call(lambda uow: uow.jobs.finish(lease, _result(lease)))
    assert _status(database, job) == "done"
    assert [end["job"] for end in _ends(database)] == [str(job)]


def test_a_job_is_leased_to_one_worker(database: Database) -> None:
    talk = _talk(database, "a")
    jobs = {_ask(database, talk) for _ in range(10)}
    with ThreadPoolExecutor(5) as pool:
        leases = list(pool.map(lambda n: _claim(database, f"w{n}"), range(10)))
    assert {lease.job_id for lease in leases} == jobs


def test_a_worker_that_lost_its_lease_cannot_write(database: Database) -> None:
    job = _ask(database, _talk(database, "a"))
    slow = _claim(database, "slow")
    _let_leases_run_out(database)
    assert database.call(lambda uow: uow.jobs.reap()) == (1, 0)
    quick = _claim(database, "quick")
    with pytest.raises(LeaseLost):
        database.call(lambda uow: uow.jobs.heartbeat(slow, "warp", 0.5))
    with pytest.raises(LeaseLost):
        database.call(lambda uow: uow.jobs.finish(slow, _result(slow)))
    database.call(lambda uow: uow.jobs.finish(quick, _result(quick)))
    assert _status(database, job) == "done"
    assert len(_ends(database)) == 1


def test_a_heartbeat_keeps_the_lease(database: Database) -> None:
    _ask(database, _talk(database, "a"))
    lease = _claim(database)
    _let_leases_run_out(database)
    assert database.call(lambda uow: uow.jobs.heartbeat(lease, "warp", 0.5)) is False
    assert database.call(lambda uow: uow.jobs.reap()) == (0, 0)


def test_a_job_that_kills_its_workers_is_given_up_and_the_person_told(database: Database) -> None:
    job = _ask(database, _talk(database, "a"))
    for _ in range(3):
        _claim(database)
        _let_leases_run_out(database)
        database.call(lambda uow: uow.jobs.reap())
    assert _status(database, job) == "failed"
    assert _ends(database)[0]["code"] == "gave_up"


def test_a_job_given_back_by_a_leaving_worker_is_no_failed_attempt(database: Database) -> None:
    job = _ask(database, _talk(database, "a"))
    for _ in range(5):
        lease = _claim(database)
        database.call(lambda uow, lease=lease: uow.jobs.release(lease, counted=False))  # type: ignore[misc] # a lambda's default
    assert _status(database, job) == "queued"


def test_the_same_wish_while_it_runs_is_the_same_job(database: Database) -> None:
    talk = _talk(database, "a")
    with ThreadPoolExecutor(8) as pool:
        asked = set(pool.map(lambda _: _ask(database, talk, "k"), range(8)))
    assert len(asked) == 1


def test_asked_twice_rendered_once(database: Database) -> None:
    talk = _talk(database, "a")
    _ask(database, talk, "k")
    lease = _claim(database)
    database.call(lambda uow: uow.jobs.finish(lease, _result(lease)))
    again = _ask(database, talk, "k")
    assert _status(database, again) == "done"
    assert database.call(lambda uow: uow.jobs.claim(QUEUE, "w1")) is None
    assert len(_ends(database)) == 2, "the person is told each time"


def test_a_first_try_on_goes_before_somebodys_tenth(database: Database) -> None:
    keen, new = _talk(database, "keen"), _talk(database, "new")
    keen_jobs = [_ask(database, keen) for _ in range(10)]
    new_job = _ask(database, new)
    order = [_claim(database).job_id for _ in range(11)]
    assert order.index(new_job) <= 1
    assert [job for job in order if job != new_job] == keen_jobs


def test_nobody_waits_for_ever_behind_newcomers(database: Database) -> None:
    keen = _talk(database, "keen")
    jobs = [_ask(database, keen) for _ in range(2)]
    with database.unit_of_work() as uow:
        uow.session.execute(sa.update(Job).values(order_at=Job.order_at - timedelta(minutes=1)))
    _ask(database, _talk(database, "new"))
    assert [_claim(database).job_id for _ in range(2)] == jobs


def test_places_count_the_jobs_ahead(database: Database) -> None:
    asked = [_ask(database, _talk(database, f"p{n}")) for n in range(4)]
    places = [database.call(lambda uow, job=job: uow.jobs.place(job)) for job in asked]  # type: ignore[misc] # a lambda's default
    assert [place.ahead for place in places] == [0, 1, 2, 3]
    assert [place.eta_s for place in places] == sorted(place.eta_s for place in places)


def test_a_queued_job_is_cancelled_at_once_and_a_running_one_is_asked_to_stop(database: Database) -> None:
    talk = _talk(database, "a")
    running, queued = _ask(database, talk), _ask(database, talk)
    lease = _claim(database)

    def cancel(uow: UnitOfWork) -> None:
        uow.jobs.cancel(running, talk.id)
        uow.jobs.cancel(queued, talk.id)

    database.call(cancel)
    assert _status(database, queued) == "cancelled"
    assert _status(database, running) == "running"
    assert database.call(lambda uow: uow.jobs.heartbeat(lease, "", 0.0)) is True


def test_nobody_cancels_another_persons_job(database: Database) -> None:
    job = _ask(database, _talk(database, "a"))
    other = _talk(database, "b")
    database.call(lambda uow: uow.jobs.cancel(job, other.id))
    assert _status(database, job) == "queued"


def test_a_cancelled_job_of_a_dead_worker_ends_cancelled(database: Database) -> None:
    talk = _talk(database, "a")
    job = _ask(database, talk)
    _claim(database)
    database.call(lambda uow: uow.jobs.cancel(job, talk.id))
    _let_leases_run_out(database)
    database.call(lambda uow: uow.jobs.reap())
    assert _status(database, job) == "cancelled"
