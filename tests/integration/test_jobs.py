"""Jobs: leases with fences, fair order, cancelling, results found again. Time passes by moving the leases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from storage.errors import LeaseLost
from storage.records import ConversationRecord, First, Lease, ResultRecord
from storage.tables import InboxRow, Job
from storage.unit_of_work import Database, UnitOfWork

QUEUE, BETTER = "q", "better"


@pytest.fixture
def database(emptied_database: Database) -> Database:
    return emptied_database


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


# --- a quick engine before a better one ------------------------------------------------------------


def _ask_both(database: Database, talk: ConversationRecord, key: str = "k", **request: Any) -> UUID:
    first = First(QUEUE, f"preview {key}")
    made = database.call(
        lambda uow: uow.jobs.request(talk.person_id, talk.id, BETTER, f"fine {key}", request, first)
    )
    return made[0].id


def _paint(database: Database, owner: str = "gpu") -> Lease:
    lease = database.call(lambda uow: uow.jobs.claim(BETTER, owner))
    assert lease is not None, "there is something to paint"
    return lease


def _preview(database: Database) -> Lease:
    lease = _claim(database)
    assert database.call(lambda uow: uow.jobs.finish(lease, _result(lease))) == BETTER
    return lease


def _told(database: Database) -> list[str]:
    with database.unit_of_work() as uow:
        rows = uow.session.execute(sa.select(InboxRow).order_by(InboxRow.id)).scalars()
        return [f"{row.kind} {row.payload.get('status', '')}".strip() for row in rows]


def test_a_job_goes_to_the_better_engine_behind_its_preview_and_tells_of_both(database: Database) -> None:
    job = _ask_both(database, _talk(database, "a"))
    assert database.call(lambda uow: uow.jobs.claim(BETTER, "gpu")) is None, "first the preview"
    quick = _preview(database)
    assert (quick.key, quick.refining) == ("preview k", False)
    record = database.call(lambda uow: uow.jobs.get(job))
    assert record is not None
    assert (record.status, record.queue, record.refining) == ("queued", BETTER, True)
    assert database.call(lambda uow: uow.jobs.place(job)).eta_s == 30.0, "nothing was painted yet"
    better = _paint(database)
    assert (better.key, better.refining, better.attempts) == ("fine k", True, 1)
    with pytest.raises(LeaseLost):
        database.call(lambda uow: uow.jobs.finish(quick, _result(quick)))
    assert database.call(lambda uow: uow.jobs.finish(better, _result(better))) is None
    assert _told(database) == ["job_previewed", "job_ended done"]


def test_what_is_kept_of_either_picture_is_not_made_again(database: Database) -> None:
    talk = _talk(database, "a")
    _ask_both(database, talk)
    _preview(database)
    lease = _paint(database)
    database.call(lambda uow: uow.jobs.fail(lease, "out_of_memory", "Later."))
    again = _ask_both(database, talk)
    assert _told(database) == ["job_previewed", "job_ended failed", "job_previewed"]
    lease = _paint(database)
    assert lease.job_id == again
    database.call(lambda uow: uow.jobs.finish(lease, _result(lease)))
    third = _ask_both(database, talk)
    assert _status(database, third) == "done"


def test_a_stopped_job_never_reaches_the_better_engine(database: Database) -> None:
    talk = _talk(database, "a")
    job = _ask_both(database, talk)
    lease = _claim(database)
    database.call(lambda uow: uow.jobs.cancel(job, talk.id))
    assert database.call(lambda uow: uow.jobs.finish(lease, _result(lease))) is None
    assert _told(database) == ["job_previewed", "job_ended cancelled"]
    assert database.call(lambda uow: uow.jobs.claim(BETTER, "gpu")) is None


def test_what_the_quick_engine_cannot_do_the_better_one_tries(database: Database) -> None:
    talk = _talk(database, "a")
    _ask_both(database, talk)
    lease = _claim(database)
    assert database.call(lambda uow: uow.jobs.fail(lease, "turned_away", "No.", for_all=False)) == BETTER
    better = _paint(database)
    assert database.call(lambda uow: uow.jobs.fail(better, "no_pose", "No.", for_all=False)) is None
    assert _told(database) == ["job_ended failed"]
    job = _ask_both(database, talk, "nobody there")
    nobody = _claim(database)
    database.call(lambda uow: uow.jobs.fail(nobody, "no_person", "No."))
    assert _status(database, job) == "failed"


def test_a_dead_painter_leaves_the_job_to_another_one(database: Database) -> None:
    job = _ask_both(database, _talk(database, "a"))
    _preview(database)
    dead = _paint(database, "gpu 0")
    database.call(lambda uow: uow.jobs.heartbeat(dead, "denoise", 0.6, "f" * 64))
    _let_leases_run_out(database)
    database.call(lambda uow: uow.jobs.reap())
    other = _paint(database, "gpu 1")
    record = database.call(lambda uow: uow.jobs.get(job))
    assert record is not None
    assert (record.fraction, record.sketch) == (0.0, None), "it begins again"
    database.call(lambda uow: uow.jobs.finish(other, _result(other)))
    assert _told(database) == ["job_previewed", "job_ended done"], "what was shown is not shown again"


def test_what_breaks_because_it_was_stopped_was_stopped(database: Database) -> None:
    talk = _talk(database, "a")
    job = _ask_both(database, talk)
    _preview(database)
    lease = _paint(database)
    database.call(lambda uow: uow.jobs.cancel(job, talk.id))
    database.call(lambda uow: uow.jobs.fail(lease, "media_missing", "It is gone."))
    assert _status(database, job) == "cancelled"


def test_of_many_previews_only_the_newest_are_painted(database: Database) -> None:
    talk = _talk(database, "a")
    jobs = [_ask_both(database, talk, str(n)) for n in range(4)]
    for _ in jobs:
        _preview(database)
    running = _paint(database)
    assert running.job_id == jobs[0]
    assert database.call(lambda uow: uow.jobs.thin_out(talk.id, 2)) == 1
    assert [_status(database, job) for job in jobs] == ["running", "cancelled", "queued", "queued"]


def test_nobody_waits_for_days_for_painters_that_are_away(database: Database) -> None:
    job = _ask_both(database, _talk(database, "a"))
    plain = _ask(database, _talk(database, "b"))
    _preview(database)
    assert database.call(lambda uow: uow.jobs.reap()) == (0, 0)
    with database.unit_of_work() as uow:
        uow.session.execute(sa.update(Job).values(created_at=Job.created_at - timedelta(hours=2)))
    assert database.call(lambda uow: uow.jobs.reap()) == (0, 1)
    assert (_status(database, job), _status(database, plain)) == ("failed", "queued")


def test_jobs_of_one_garment_are_leased_together(database: Database) -> None:
    shirt: dict[str, Any] = {"garment": "s", "garment_back": None, "part": "upper", "over": False, "more": []}
    asked = {}
    for name in "abcde":
        garment = {**shirt, "garment": "t"} if name == "b" else shirt
        asked[_ask_both(database, _talk(database, name), name, photo=name, **garment)] = name
    for _ in asked:
        _preview(database)
    first = _paint(database)
    alike = database.call(lambda uow: uow.jobs.claim_alike(first, "gpu", 2))
    assert [asked[lease.job_id] for lease in (first, *alike)] == ["a", "c", "d"]
    assert asked[_paint(database).job_id] == "b"
    _let_leases_run_out(database)
    database.call(lambda uow: uow.jobs.reap())
    again = _paint(database)
    assert database.call(lambda uow: uow.jobs.claim_alike(again, "gpu", 2)) == [], "what failed goes alone"
