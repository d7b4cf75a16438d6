"""What each change of a job's state leaves behind: in its row, in the conversation's inbox, in what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from storage import metrics, tallies
from storage.errors import LeaseLost
from storage.jobs import Jobs
from storage.queue import PREVIEW_QUEUE, queue_of
from storage.records import ConversationRecord, First, JobRecord, Lease, ResultRecord
from storage.tables import InboxRow, Job, Person, Result
from storage.trail import following
from storage.unit_of_work import Database, UnitOfWork

BETTER = queue_of("idm")
T = TypeVar("T")


class Desk:
    """One person's conversation, and a worker for it."""

    def __init__(self, database: Database, name: str = "a") -> None:
        self.database = database
        self.talk: ConversationRecord = database.call(lambda uow: uow.conversations.open("web", name))

    def ask(
        self, key: str | None = None, *, first: bool = False, trail: str | None = None, **request: Any
    ) -> tuple[JobRecord, bool]:
        key = key or uuid4().hex
        before = First(PREVIEW_QUEUE, f"preview {key}") if first else None
        queue = BETTER if first else PREVIEW_QUEUE
        with following(trail):
            return self.jobs(
                lambda jobs: jobs.request(self.talk.person_id, self.talk.id, queue, key, request, before)
            )

    def jobs(self, work: Callable[[Jobs], T]) -> T:
        return self.database.call(lambda uow: work(uow.jobs))

    def claim(self, queue: str = PREVIEW_QUEUE, owner: str = "w1") -> Lease:
        lease: Lease | None = self.jobs(lambda jobs: jobs.claim(queue, owner))
        assert lease is not None, "there is a job to take"
        return lease

    def finish(self, lease: Lease, **fields: Any) -> str | None:
        return self.jobs(lambda jobs: jobs.finish(lease, made(lease.key, **fields)))

    def row(self, job: UUID) -> Job:
        with self.database.unit_of_work() as uow:
            return uow.session.execute(sa.select(Job).where(Job.id == job)).scalar_one()

    def told(self) -> list[InboxRow]:
        with self.database.unit_of_work() as uow:
            return list(uow.session.execute(sa.select(InboxRow).order_by(InboxRow.id)).scalars())

    def counted(self) -> dict[tuple[str, str], int]:
        found = self.database.call(lambda uow: tallies.since(uow.session, 1))
        return {(one.what, one.subject): one.count for one in found}

    def change(self, **values: Any) -> None:
        with self.database.unit_of_work() as uow:
            uow.session.execute(sa.update(Job).values(**values))

    def lose_leases(self) -> None:
        self.change(lease_until=sa.func.now() - timedelta(seconds=1))


def made(key: str, **fields: Any) -> ResultRecord:
    values: dict[str, Any] = {
        "media_key": "0" * 64,
        "width": 10,
        "height": 20,
        "engine": "preview",
        "facts": {"seed": 1},
    }
    return ResultRecord(key, **(values | fields))


@pytest.fixture
def desk(emptied_database: Database) -> Desk:
    return Desk(emptied_database)


@contextmanager
def measured() -> Iterator[Counter[tuple[str, ...]]]:
    """How often each of the counters of jobs went up meanwhile: its name without the prefix, and its labels."""

    def now() -> Counter[tuple[str, ...]]:
        kinds = metrics.JOBS_ENDED, metrics.JOBS_RETURNED, metrics.JOB_WAIT
        return Counter(
            {
                (sample.name.removeprefix("fashioncore_"), *sample.labels.values()): int(sample.value)
                for kind in kinds
                for told in kind.collect()
                for sample in told.samples
                if sample.name.endswith(("_total", "_count"))
            }
        )

    before, counts = now(), Counter[tuple[str, ...]]()
    yield counts
    counts.update(now() - before)


@contextmanager
def impatient(database: Database) -> Iterator[UnitOfWork]:
    """A transaction that fails where it would have to wait for another one."""
    with database.unit_of_work() as uow:
        uow.session.execute(sa.text("SET LOCAL lock_timeout = '300ms'"))
        yield uow


@contextmanager
def somebody_holds(database: Database, *jobs: UUID) -> Iterator[None]:
    with database.unit_of_work() as uow:
        uow.session.execute(sa.select(Job).where(Job.id.in_(jobs)).with_for_update())
        yield


# --- asking ------------------------------------------------------------------------------------------


def test_a_job_keeps_whose_it_is_and_what_was_asked(desk: Desk) -> None:
    job, new = desk.ask("k", garment="shirt")
    assert new
    assert (job.person_id, job.conversation_id) == (desk.talk.person_id, desk.talk.id)
    assert (job.queue, job.status, job.request) == (PREVIEW_QUEUE, "queued", {"garment": "shirt"})
    assert (job.stage, job.fraction, job.refining) == ("", 0.0, False)
    again, new = desk.ask("k", garment="shirt")
    assert (again.id, new) == (job.id, False)
    desk.claim()
    running, new = desk.ask("k")
    assert (running.id, running.status, new) == (job.id, "running", False)
    other, new = Desk(desk.database, "b").ask("k")
    assert (other.id != job.id, new) == (True, True), "another conversation's wish is its own"


def test_only_what_one_asked_for_lately_moves_ones_next_job_back(desk: Desk) -> None:
    for _ in range(2):
        desk.ask()
    desk.change(created_at=sa.func.now() - timedelta(minutes=61), order_at=sa.func.now() - timedelta(minutes=61))
    late = [desk.row(desk.ask()[0].id) for _ in range(3)]
    waits = [round((row.order_at - row.created_at).total_seconds()) for row in late]
    assert waits == [0, 20, 40]


def test_what_one_asked_for_an_hour_ago_moves_nothing_back(desk: Desk) -> None:
    desk.ask()
    with desk.database.unit_of_work() as uow:
        uow.session.execute(sa.update(Job).values(created_at=sa.func.now() - timedelta(hours=1)))
        job, _ = uow.jobs.request(desk.talk.person_id, desk.talk.id, PREVIEW_QUEUE, "k", {})
    row = desk.row(job.id)
    assert row.order_at - row.created_at < timedelta(seconds=20)


def test_the_same_wish_is_found_again_among_others_that_are_like_it(desk: Desk) -> None:
    over = desk.ask("k")[0].id
    desk.jobs(lambda jobs: jobs.cancel(over, desk.talk.id))
    job = desk.ask("k")[0].id
    desk.ask("another key")
    Desk(desk.database, "b").ask("k")
    again, new = desk.ask("k")
    assert (again.id, new) == (job, False)


def test_a_result_that_one_has_ends_the_wish_at_once_and_nobody_elses_does(desk: Desk) -> None:
    desk.ask("k")
    desk.finish(desk.claim())
    again, new = desk.ask("k")
    assert (again.status, again.fraction, new) == ("done", 1.0, True)
    assert Desk(desk.database, "b").ask("k")[0].status == "queued"


def test_a_preview_that_one_has_leaves_the_better_picture_to_be_made(desk: Desk) -> None:
    job = desk.ask("k", first=True)[0].id
    desk.finish(desk.claim())
    desk.jobs(lambda jobs: jobs.cancel(job, desk.talk.id))
    again, new = desk.ask("k", first=True)
    assert (again.queue, again.status, again.refining, new) == (BETTER, "queued", True, True)


# --- leases ------------------------------------------------------------------------------------------


def test_a_lease_says_what_there_is_to_do_and_who_does_it_until_when(desk: Desk) -> None:
    job = desk.ask("k", trail="f" * 32, garment="shirt")[0]
    with measured() as counts:
        lease = desk.claim()
    assert lease == Lease(
        job.id, desk.talk.person_id, desk.talk.id, "k", {"garment": "shirt"}, 1, 1, False, "f" * 32
    )
    row = desk.row(job.id)
    assert (row.status, row.lease_owner) == ("running", "w1")
    assert row.started_at is not None
    assert row.lease_until is not None
    assert row.lease_until - row.started_at == timedelta(seconds=10)
    assert counts == {("job_wait_seconds_count", "preview"): 1}


def test_who_begins_again_begins_anew_and_the_wait_is_measured_once(desk: Desk) -> None:
    job = desk.ask()[0].id
    lease = desk.claim()
    assert desk.jobs(lambda jobs: jobs.heartbeat(lease, "warp", 0.5, "f" * 64)) is False
    row = desk.row(job)
    assert (row.stage, row.fraction, row.sketch) == ("warp", 0.5, "f" * 64)
    desk.jobs(lambda jobs: jobs.heartbeat(lease, "paint", 0.7))
    row = desk.row(job)
    assert (row.stage, row.fraction, row.sketch) == ("paint", 0.7, "f" * 64), "a sketch stays until the next"
    with measured() as counts:
        desk.jobs(lambda jobs: jobs.release(lease, counted=True))
        again = desk.claim()
    assert (again.fence, again.attempts) == (2, 2)
    row = desk.row(job)
    assert (row.stage, row.fraction, row.sketch) == ("", 0.0, None)
    assert counts == {("jobs_returned_total", "preview", "failed"): 1}


def test_a_heartbeat_gives_another_ten_seconds_and_no_more(desk: Desk) -> None:
    job = desk.ask()[0].id
    lease = desk.claim()
    desk.lose_leases()
    with desk.database.unit_of_work() as uow:
        uow.jobs.heartbeat(lease, "warp", 0.5)
        left = uow.session.execute(sa.select(Job.lease_until - sa.func.now()).where(Job.id == job)).scalar_one()
    assert left == timedelta(seconds=10)


def test_a_lease_holds_until_its_last_moment(desk: Desk) -> None:
    desk.ask()
    desk.claim()
    with desk.database.unit_of_work() as uow:
        uow.session.execute(sa.update(Job).values(lease_until=sa.func.now()))
        assert uow.jobs.reap() == (0, 0)


def test_a_heartbeat_reaches_no_other_job(desk: Desk) -> None:
    desk.ask()
    other = desk.ask()[0].id
    first, second = desk.claim(), desk.claim()
    desk.jobs(lambda jobs: jobs.heartbeat(first, "warp", 0.5))
    assert desk.row(other).stage == ""
    assert second.job_id == other
    desk.finish(first)
    assert desk.row(other).status == "running"


def test_the_oldest_wish_of_its_queue_is_taken_and_nothing_that_somebody_holds(desk: Desk) -> None:
    first, second = desk.ask()[0].id, Desk(desk.database, "b").ask()[0].id
    elsewhere = Desk(desk.database, "c").ask()[0].id
    later = {elsewhere: 0, second: 1, first: 2}
    desk.change(
        queue=sa.case((Job.id == elsewhere, BETTER), else_=PREVIEW_QUEUE),
        order_at=sa.func.now() + sa.case(*((Job.id == job, timedelta(minutes=n)) for job, n in later.items())),
    )
    with somebody_holds(desk.database, second), impatient(desk.database) as uow:
        lease = uow.jobs.claim(PREVIEW_QUEUE, "w1")
        assert lease is not None
        assert lease.job_id == first
    assert desk.claim().job_id == second
    assert desk.jobs(lambda jobs: jobs.claim(PREVIEW_QUEUE, "w1")) is None


def test_jobs_come_in_the_order_that_people_were_told(desk: Desk) -> None:
    jobs = [desk.ask()[0].id for _ in range(6)]
    desk.change(order_at=sa.func.now())
    told = {desk.jobs(lambda every, job=job: every.place(job)).ahead: job for job in jobs}  # type: ignore[misc]  # a lambda's default
    assert [desk.claim().job_id for _ in jobs] == [told[place] for place in range(6)]


def test_jobs_alike_are_of_the_same_queue_and_have_not_failed(desk: Desk) -> None:
    garment: dict[str, Any] = {"garment": "s", "garment_back": None, "part": "upper", "over": False, "more": []}
    desk.ask(**garment)
    failed = desk.ask(**garment)[0].id
    desk.ask(first=True, **garment)
    other = desk.ask(**garment | {"over": True})[0].id
    also = desk.ask(**garment)[0].id
    desk.change(queue=sa.case((Job.next_queue.is_not(None), BETTER), else_=PREVIEW_QUEUE))
    first = desk.claim()
    with desk.database.unit_of_work() as uow:
        uow.session.execute(sa.update(Job).where(Job.id == failed).values(attempts=1))
    assert desk.jobs(lambda jobs: jobs.claim_alike(first, "w1", 0)) == []
    assert [lease.job_id for lease in desk.jobs(lambda jobs: jobs.claim_alike(first, "w1", 1))] == [also]
    assert desk.jobs(lambda jobs: jobs.claim_alike(first, "w1", 9)) == []
    assert (desk.row(also).lease_owner, desk.row(other).status) == ("w1", "queued")


def test_whoever_holds_a_job_keeps_nobody_else_from_working_for_its_person(desk: Desk) -> None:
    desk.ask()
    desk.ask()
    first, second = desk.claim(), desk.claim()
    with desk.database.unit_of_work() as holder:
        assert holder.jobs.lock(first) == first
        with impatient(desk.database) as uow:
            assert uow.jobs.lock(second) == second
            uow.jobs.request(desk.talk.person_id, desk.talk.id, PREVIEW_QUEUE, "new", {})
            uow.session.execute(
                sa.update(Person).where(Person.id == desk.talk.person_id).values(created_at=sa.func.now())
            )
        with pytest.raises(sa.exc.OperationalError), impatient(desk.database) as uow:
            uow.jobs.lock(first)


def test_nobody_writes_with_a_lease_that_is_over(desk: Desk) -> None:
    desk.ask()
    lease = desk.claim()
    desk.lose_leases()
    desk.jobs(lambda jobs: jobs.reap())
    desk.claim(owner="w2")
    writes: tuple[Callable[[Jobs], object], ...] = (
        lambda jobs: jobs.lock(lease),
        lambda jobs: jobs.heartbeat(lease, "", 0.0),
        lambda jobs: jobs.finish(lease, made("k")),
        lambda jobs: jobs.finish_from_kept(lease),
        lambda jobs: jobs.fail(lease, "no_pose", "No."),
        lambda jobs: jobs.release(lease, counted=True),
        lambda jobs: jobs.hold(lease),
    )
    for write in writes:
        with pytest.raises(LeaseLost, match=str(lease.job_id)):
            desk.jobs(write)


# --- the end -----------------------------------------------------------------------------------------


def test_a_finished_job_keeps_its_picture_for_a_month_and_lets_go_of_its_lease(desk: Desk) -> None:
    job = desk.ask("k")[0].id
    lease = desk.claim()
    with measured() as counts:
        assert desk.finish(lease, media_key="1" * 64, width=3, height=4, engine="x", facts={"seed": 2}) is None
    assert desk.jobs(lambda jobs: jobs.result_of(job)) == made(
        "k", media_key="1" * 64, width=3, height=4, engine="x", facts={"seed": 2}
    )
    row = desk.row(job)
    assert (row.status, row.fraction, row.error_code) == ("done", 1.0, None)
    assert (row.lease_owner, row.lease_until) == (None, None)
    assert row.finished_at is not None
    with desk.database.unit_of_work() as uow:
        (kept,) = uow.session.execute(sa.select(Result)).scalars()
        assert timedelta(days=29) < kept.expires_at - row.finished_at < timedelta(days=31)
        assert kept.person_id == desk.talk.person_id
    assert counts == {("jobs_ended_total", "preview", "done", "none"): 1}
    assert desk.counted() == {("tryon", "done"): 1}


def test_a_picture_that_is_made_again_takes_the_place_of_the_old_one(desk: Desk) -> None:
    desk.ask("k")
    desk.finish(desk.claim())
    other = Desk(desk.database, "b")
    job = other.ask("k")[0].id
    other.finish(other.claim(), media_key="1" * 64)
    found = other.jobs(lambda jobs: jobs.result_of(job))
    assert found is not None
    assert found.media_key == "1" * 64


def test_what_was_locked_before_is_finished_in_the_same_transaction(desk: Desk) -> None:
    job = desk.ask("k")[0].id
    lease = desk.claim()

    def work(uow: UnitOfWork) -> None:
        uow.jobs.finish(uow.jobs.lock(lease), made("k"), locked=True)

    desk.database.call(work)
    assert desk.row(job).status == "done"


def test_what_was_kept_meanwhile_is_not_made_again(desk: Desk) -> None:
    desk.ask("k", first=True)
    lease = desk.claim()
    assert desk.jobs(lambda jobs: jobs.finish_from_kept(lease)) == (False, None)
    with desk.database.unit_of_work() as uow:
        for key in ("k", "preview k"):
            values: dict[str, Any] = {"media_key": "0" * 64, "width": 1, "height": 1, "engine": "e", "facts": {}}
            expires = sa.func.now() + timedelta(days=1)
            uow.session.add(Result(key=key, person_id=desk.talk.person_id, expires_at=expires, **values))
    assert desk.jobs(lambda jobs: jobs.finish_from_kept(lease)) == (True, BETTER)
    better = desk.claim(BETTER)
    assert desk.jobs(lambda jobs: jobs.finish_from_kept(better)) == (True, None)
    assert desk.row(lease.job_id).status == "done"


def test_a_failure_is_told_with_its_reason_and_counted(desk: Desk) -> None:
    job = desk.ask("k")[0].id
    lease = desk.claim()
    desk.jobs(lambda jobs: jobs.heartbeat(lease, "warp", 0.5))
    with measured() as counts:
        assert desk.jobs(lambda jobs: jobs.fail(lease, "no_pose", "Stand up, please.")) is None
    row = desk.row(job)
    assert (row.status, row.error_code, row.fraction) == ("failed", "no_pose", 0.5)
    (told,) = desk.told()
    assert (told.channel, told.address, told.kind) == ("web", "a", "job_ended")
    assert told.event_id == f"job:{job}:end"
    assert told.payload == {
        "job": str(job),
        "status": "failed",
        "code": "no_pose",
        "message": "Stand up, please.",
    }
    assert counts == {("jobs_ended_total", "preview", "failed", "no_pose"): 1}
    assert desk.counted() == {("tryon", "failed"): 1, ("failure", "no_pose"): 1}


@pytest.mark.parametrize("first", [False, True])
def test_what_stopped_because_it_was_asked_to_is_no_failure(desk: Desk, first: bool) -> None:
    job = desk.ask("k", first=first)[0].id
    lease = desk.claim()
    with measured() as counts:
        assert desk.jobs(lambda jobs: jobs.fail(lease, "cancelled", "Stopped.", for_all=False)) is None
    assert (desk.row(job).status, desk.row(job).error_code) == ("cancelled", "cancelled")
    assert desk.told()[0].payload["message"] is None
    assert counts == {("jobs_ended_total", "preview", "cancelled", "cancelled"): 1}
    assert desk.counted() == {("tryon", "cancelled"): 1}


def test_a_queued_job_that_is_cancelled_ends_once_and_an_ended_one_stays_as_it_is(desk: Desk) -> None:
    job, other = desk.ask()[0].id, desk.ask()[0].id
    for _ in range(2):
        desk.jobs(lambda jobs: jobs.cancel(job, desk.talk.id))
    row = desk.row(job)
    assert (row.status, row.error_code, row.cancel_requested) == ("cancelled", "cancelled", False)
    assert [told.payload["status"] for told in desk.told()] == ["cancelled"]
    assert (desk.row(other).status, desk.row(other).cancel_requested) == ("queued", False)


# --- a better engine ---------------------------------------------------------------------------------


def test_behind_its_preview_a_job_waits_as_if_it_were_new(desk: Desk) -> None:
    job = desk.ask("k", first=True)[0].id
    lease = desk.claim()
    desk.jobs(lambda jobs: jobs.heartbeat(lease, "warp", 0.5))
    with measured() as counts:
        assert desk.finish(lease) == BETTER
    row = desk.row(job)
    assert (row.status, row.queue, row.next_queue, row.attempts) == ("queued", BETTER, None, 0)
    assert (row.lease_owner, row.lease_until, row.stage, row.fraction) == (None, None, "", 0.0)
    (told,) = desk.told()
    assert (told.channel, told.address, told.event_id) == ("web", "a", f"job:{job}:preview")
    assert (told.kind, told.payload) == ("job_previewed", {"job": str(job)})
    with measured() as later:
        desk.claim(BETTER)
    assert counts == {("jobs_ended_total", "preview", "previewed", "none"): 1}
    assert later == {}, "nobody waited for the first worker any more"


def test_a_preview_that_only_the_quick_engine_could_not_make_is_counted_as_failed(desk: Desk) -> None:
    job = desk.ask("k", first=True)[0].id
    lease = desk.claim()
    with measured() as counts:
        assert desk.jobs(lambda jobs: jobs.fail(lease, "turned_away", "No.", for_all=False)) == BETTER
    assert counts == {("jobs_ended_total", "preview", "failed", "turned_away"): 1}
    assert desk.told() == []
    assert desk.row(job).status == "queued"


def test_a_stopped_preview_is_told_and_then_its_end(desk: Desk) -> None:
    job = desk.ask("k", first=True)[0].id
    lease = desk.claim()
    desk.jobs(lambda jobs: jobs.cancel(job, desk.talk.id))
    desk.finish(lease)
    assert [told.payload.get("code") for told in desk.told()] == [None, "cancelled"]


def test_of_previews_that_wait_the_newest_stay_and_those_of_others_too(desk: Desk) -> None:
    other = Desk(desk.database, "b")
    jobs = [one.ask(first=True)[0].id for one in (other, desk, desk, desk)]
    plain = desk.ask()[0].id
    for _ in jobs:
        desk.finish(desk.claim())
    assert desk.row(plain).status == "queued"
    with somebody_holds(desk.database, jobs[1]), impatient(desk.database) as uow:
        assert uow.jobs.thin_out(desk.talk.id, 1) == 1
    states = [(desk.row(job).status, desk.row(job).error_code) for job in jobs]
    assert states == [("queued", None), ("queued", None), ("cancelled", "cancelled"), ("queued", None)]
    assert desk.jobs(lambda jobs: jobs.thin_out(desk.talk.id, 1)) == 1
    assert [desk.row(job).status for job in (jobs[0], jobs[3])] == ["queued", "queued"]


def test_only_who_waits_for_painters_too_long_is_given_up(desk: Desk) -> None:
    held, late, soon, painted = (desk.ask(first=True)[0].id for _ in range(4))
    for _ in range(4):
        desk.finish(desk.claim())
    running = desk.claim(BETTER).job_id
    waits = sa.case((Job.id == soon, timedelta(minutes=59)), else_=timedelta(minutes=61))
    desk.change(created_at=sa.func.now() - waits)
    assert running == held
    with desk.database.unit_of_work() as uow:
        until = sa.func.now() - timedelta(hours=1)
        uow.session.execute(sa.update(Job).where(Job.id == soon).values(created_at=until))
        assert uow.jobs.reap() == (0, 2), "an hour is not too long"
        uow.session.rollback()
    with somebody_holds(desk.database, painted), impatient(desk.database) as uow:
        assert uow.jobs.reap() == (0, 1)
    states = [(desk.row(job).status, desk.row(job).error_code) for job in (held, late, soon, painted)]
    assert states == [("running", None), ("failed", "gave_up"), ("queued", None), ("queued", None)]
    assert desk.jobs(lambda jobs: jobs.reap()) == (0, 1)


# --- given back --------------------------------------------------------------------------------------


def test_what_a_leaving_worker_gives_back_was_no_attempt_and_has_no_owner(desk: Desk) -> None:
    job = desk.ask()[0].id
    lease = desk.claim()
    with measured() as counts:
        desk.jobs(lambda jobs: jobs.release(lease, counted=False))
    row = desk.row(job)
    assert (row.status, row.attempts, row.lease_owner, row.lease_until) == ("queued", 0, None, None)
    assert counts == {("jobs_returned_total", "preview", "left"): 1}


def test_a_third_attempt_that_fails_is_the_last_unless_the_worker_only_leaves(desk: Desk) -> None:
    job = desk.ask()[0].id
    for _ in range(2):
        lease = desk.claim()
        desk.jobs(lambda jobs, lease=lease: jobs.release(lease, counted=True))  # type: ignore[misc]  # a lambda's default
    third = desk.claim()
    desk.jobs(lambda jobs: jobs.release(third, counted=False))
    assert desk.row(job).status == "queued"
    last = desk.claim()
    desk.jobs(lambda jobs: jobs.release(last, counted=True))
    assert (desk.row(job).status, desk.row(job).error_code) == ("failed", "gave_up")


def test_what_was_to_be_stopped_is_not_given_back(desk: Desk) -> None:
    job = desk.ask()[0].id
    lease = desk.claim()
    desk.jobs(lambda jobs: jobs.cancel(job, desk.talk.id))
    with measured() as counts:
        desk.jobs(lambda jobs: jobs.release(lease, counted=True))
    assert (desk.row(job).status, desk.row(job).error_code) == ("cancelled", "cancelled")
    assert counts == {("jobs_ended_total", "preview", "cancelled", "cancelled"): 1}


def test_while_pictures_cannot_be_kept_a_person_hears_once_that_it_takes_longer(desk: Desk) -> None:
    job, other = desk.ask()[0].id, Desk(desk.database, "b").ask()[0].id
    for _ in range(2):
        lease = desk.claim()
        assert lease.job_id == job
        desk.jobs(lambda jobs, lease=lease: jobs.hold(lease))  # type: ignore[misc]  # a lambda's default
    assert desk.row(job).attempts == 0
    (told,) = desk.told()
    assert (told.channel, told.address, told.kind) == ("web", "a", "job_held")
    assert (told.event_id, told.payload) == (f"job:{job}:held", {"job": str(job)})
    assert desk.row(other).status == "queued"


def test_lost_leases_are_counted_by_what_became_of_the_job(desk: Desk) -> None:
    returned, tired, stopped, well, held = (desk.ask()[0].id for _ in range(5))
    also = desk.ask()[0].id
    for _ in range(6):
        desk.claim()
    desk.jobs(lambda jobs: jobs.cancel(stopped, desk.talk.id))
    runs_on = sa.case((Job.id == well, timedelta(minutes=1)), else_=timedelta(seconds=-1))
    desk.change(lease_until=sa.func.now() + runs_on, attempts=sa.case((Job.id == tired, 3), else_=2))
    with measured() as counts, somebody_holds(desk.database, held), impatient(desk.database) as uow:
        assert uow.jobs.reap() == (2, 1)
    assert {job: desk.row(job).status for job in (returned, tired, stopped, well, held, also)} == {
        returned: "queued",
        tired: "failed",
        stopped: "cancelled",
        well: "running",
        held: "running",
        also: "queued",
    }
    row = desk.row(returned)
    assert (row.lease_owner, row.lease_until, row.attempts) == (None, None, 2), "the attempt counts"
    assert (desk.row(tired).error_code, desk.row(stopped).error_code) == ("gave_up", "cancelled")
    assert counts == {
        ("jobs_returned_total", "preview", "lost"): 2,
        ("jobs_ended_total", "preview", "failed", "gave_up"): 1,
        ("jobs_ended_total", "preview", "cancelled", "cancelled"): 1,
    }


def test_everybody_who_is_given_up_is_counted(desk: Desk) -> None:
    for _ in range(2):
        desk.ask()
        desk.claim()
    desk.change(lease_until=sa.func.now() - timedelta(seconds=1), attempts=3)
    assert desk.jobs(lambda jobs: jobs.reap()) == (0, 2)


def test_what_nobody_renders_any_more_cannot_be_lost(desk: Desk) -> None:
    job = desk.ask()[0].id
    desk.finish(desk.claim())
    desk.lose_leases()
    assert desk.jobs(lambda jobs: jobs.reap()) == (0, 0)
    assert desk.row(job).status == "done"


def test_all_that_is_told_of_a_job_belongs_to_the_trail_of_the_wish(desk: Desk) -> None:
    desk.ask(first=True, trail="f" * 32)
    lease = desk.claim()
    desk.jobs(lambda jobs: jobs.hold(lease))
    desk.finish(desk.claim())
    desk.finish(desk.claim(BETTER))
    assert [(told.kind, told.trail) for told in desk.told()] == [
        ("job_held", "f" * 32),
        ("job_previewed", "f" * 32),
        ("job_ended", "f" * 32),
    ]
