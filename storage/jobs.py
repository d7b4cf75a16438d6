"""Try-on jobs: who is next, who may write, what was lost, and results found again.

PostgreSQL holds the truth. A worker takes a lease with a fence token; every write checks the fence, so a
worker that was thought dead cannot overwrite what another one did since. The end of a job and the event that
tells the conversation commit together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Interval, Row, Select, and_, delete, func, literal, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from storage.errors import LeaseLost
from storage.inbox import Inbox
from storage.people import People
from storage.records import JobRecord, Lease, QueuePlace, ResultRecord, TryOnRecord
from storage.tables import Conversation, Job, Result

# Made once, and used while there is one thread: see storage/inbox.py.
_OTHER = aliased(Job)
_RUNNING = select(func.count()).where(_OTHER.queue == Job.queue, _OTHER.status == "running").scalar_subquery()
_EARLIER = (
    select(func.count())
    .where(
        _OTHER.queue == Job.queue,
        _OTHER.status == "queued",
        tuple_(_OTHER.order_at, _OTHER.id) < tuple_(Job.order_at, Job.id),
    )
    .scalar_subquery()
)
_LATEST = (
    select(func.extract("epoch", _OTHER.finished_at - _OTHER.started_at).label("seconds"))
    .where(_OTHER.queue == Job.queue, _OTHER.status == "done", _OTHER.started_at.is_not(None))
    .order_by(_OTHER.finished_at.desc())
    .limit(20)
    .correlate(Job)
    .subquery()
)
_MEAN_SECONDS = select(func.avg(_LATEST.c.seconds)).scalar_subquery()
"""Mean render time of the last jobs of the queue of the row outside."""

JOB_ENDED = "job_ended"
"""Kind of the inbox event that tells a conversation how its job ended."""


@dataclass(frozen=True, slots=True)
class JobPolicy:
    """How jobs are ordered and when they are given up.

    Each job that a person asked for within `fairness_window` moves their next one back by `fairness_step`,
    so a first try-on goes before a tenth and nobody waits for ever. A job whose worker vanished
    `max_attempts` times is not tried again: it may be what kills them. `assumed_s` is the estimate in
    seconds while nothing was rendered yet.
    """

    fairness_step: timedelta = timedelta(seconds=20)
    fairness_window: timedelta = timedelta(hours=1)
    lease: timedelta = timedelta(seconds=10)
    max_attempts: int = 3
    assumed_s: float = 4.0
    result_kept: timedelta = timedelta(days=30)


class Jobs:
    """Rows of jobs and results inside one transaction."""

    def __init__(self, session: Session, people: People, inbox: Inbox, policy: JobPolicy) -> None:
        self._session = session
        self._people = people
        self._inbox = inbox
        self._policy = policy

    # --- asking -------------------------------------------------------------------------------------

    def request(
        self, person_id: UUID, conversation_id: UUID, queue: str, key: str, request: dict[str, Any]
    ) -> tuple[JobRecord, bool]:
        """Queue a job, or return the active one with the same key; True when it is new.

        When the person has a result of that key, the new job is done at once.
        """
        lately = (
            select(func.count())
            .select_from(Job)
            .where(Job.person_id == person_id, Job.created_at > func.now() - self._policy.fairness_window)
            .scalar_subquery()
        )
        made = self._session.execute(
            insert(Job)
            .values(
                person_id=person_id,
                conversation_id=conversation_id,
                queue=queue,
                key=key,
                request=request,
                order_at=func.clock_timestamp() + lately * literal(self._policy.fairness_step, Interval),
            )
            .on_conflict_do_nothing(
                index_elements=["conversation_id", "key"], index_where=Job.status.in_(("queued", "running"))
            )
            .returning(Job)
        ).scalar_one_or_none()
        if made is None:
            active = self._session.execute(
                select(Job).where(
                    Job.conversation_id == conversation_id,
                    Job.key == key,
                    Job.status.in_(("queued", "running")),
                )
            ).scalar_one()
            return _job(active), False
        if self.result(key, person_id) is not None:
            self._end(made.id, "done")
        return _job(made), True

    def place(self, job_id: UUID) -> QueuePlace:
        """How many jobs come before this one, and when its result may be expected."""
        # One statement: a try-on waits for its answer, and every look of an open page asks again.
        job = self._session.execute(
            select(
                Job.status,
                _RUNNING.label("running"),
                _EARLIER.label("earlier"),
                _MEAN_SECONDS.label("seconds"),
            ).where(Job.id == job_id)
        ).one()
        each_s = self._policy.assumed_s if job.seconds is None else max(0.5, float(job.seconds))
        if job.status != "queued":
            return QueuePlace(0, each_s if job.status == "running" else 0.0)
        ahead = job.earlier + job.running
        # As many jobs as run now are finished at a time; an idle queue starts the next one at once.
        rounds = ahead / max(1, job.running) + 1 if ahead else 1
        return QueuePlace(ahead, rounds * each_s)

    def active(self, conversation_id: UUID) -> list[JobRecord]:
        """Jobs of a conversation that are not over."""
        rows = self._session.execute(
            select(Job)
            .where(Job.conversation_id == conversation_id, Job.status.in_(("queued", "running")))
            .order_by(Job.created_at)
        ).scalars()
        return [_job(row) for row in rows]

    def get(self, job_id: UUID) -> JobRecord | None:
        """One job."""
        row = self._session.get(Job, job_id, populate_existing=True)
        return None if row is None else _job(row)

    def took(self, job_id: UUID) -> timedelta:
        """How long ago the job was asked for."""
        asked = self._session.execute(select(Job.created_at).where(Job.id == job_id)).scalar_one_or_none()
        return timedelta() if asked is None else datetime.now(UTC) - asked

    def cancel(self, job_id: UUID, conversation_id: UUID) -> None:
        """Stop a job of this conversation: at once while queued, between two steps while running."""
        job = self._session.execute(
            select(Job).where(Job.id == job_id, Job.conversation_id == conversation_id).with_for_update()
        ).scalar_one_or_none()
        if job is None or job.status not in {"queued", "running"}:
            return
        if job.status == "queued":
            self._end(job_id, "cancelled", "cancelled")
        else:
            job.cancel_requested = True
            self._session.flush()

    def result(self, key: str, person_id: UUID) -> ResultRecord | None:
        """A kept result of this person. The key was made for somebody, but may have gone with a parted account."""
        row = self._session.get(Result, key, populate_existing=True)
        if row is None or row.person_id != person_id:
            return None
        return ResultRecord(row.key, row.media_key, row.width, row.height, row.engine, row.facts)

    def result_of(self, job_id: UUID) -> ResultRecord | None:
        """The result of a job that is done."""
        job = self._session.execute(select(Job.key, Job.person_id).where(Job.id == job_id)).one_or_none()
        return None if job is None else self.result(job.key, job.person_id)

    def tried_on(self, person_id: UUID, since: datetime, limit: int) -> list[TryOnRecord]:
        """Pictures of the person that were made since then and are kept, newest first, each once."""
        later = _tried_on(person_id).where(Job.finished_at > since)
        newest = self._session.execute(later.order_by(Job.finished_at.desc(), Job.id).limit(limit)).all()
        return [_try_on(row) for row in {row.key: row for row in reversed(newest)}.values()][::-1]

    def try_on(self, job_id: UUID, person_id: UUID) -> TryOnRecord | None:
        """One of them."""
        row = self._session.execute(_tried_on(person_id).where(Job.id == job_id)).one_or_none()
        return None if row is None else _try_on(row)

    # --- rendering ----------------------------------------------------------------------------------

    def claim(self, queue: str, owner: str) -> Lease | None:
        """Lease the next job of the queue, or None when there is none."""
        following = (
            select(Job.id)
            .where(Job.queue == queue, Job.status == "queued")
            .order_by(Job.order_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        row = self._session.execute(
            update(Job)
            .where(Job.id == following)
            .values(
                status="running",
                lease_owner=owner,
                lease_until=func.now() + self._policy.lease,
                fence=Job.fence + 1,
                attempts=Job.attempts + 1,
                started_at=func.now(),
                stage="",
                fraction=0.0,
            )
            .returning(Job)
        ).scalar_one_or_none()
        if row is None:
            return None
        return Lease(row.id, row.person_id, row.conversation_id, row.key, row.request, row.fence, row.attempts)

    def heartbeat(self, lease: Lease, stage: str, fraction: float) -> bool:
        """Extend the lease and note the progress; True when the person asked to stop. Raises LeaseLost."""
        row = self._session.execute(
            update(Job)
            .where(*self._held(lease))
            .values(lease_until=func.now() + self._policy.lease, stage=stage, fraction=fraction)
            .returning(Job.cancel_requested)
        ).scalar_one_or_none()
        if row is None:
            raise LeaseLost(str(lease.job_id))
        return row

    def lock(self, lease: Lease) -> Lease:
        """Hold the job and its person until the end of the transaction; the lease with whose job it is now.

        Raises LeaseLost when the lease is over.
        """
        whose = select(Job.person_id).where(*self._held(lease))
        while (person := self._session.execute(whose).scalar_one_or_none()) is not None:
            # The person first, as everywhere: whoever links people holds them and waits for jobs.
            stays = self._people.stay(person)
            if stays and self._session.execute(whose.with_for_update()).scalar_one_or_none() == person:
                return replace(lease, person_id=person)
        raise LeaseLost(str(lease.job_id))

    def finish(self, lease: Lease, result: ResultRecord) -> None:
        """Keep the result and end the job. Raises LeaseLost."""
        lease = self.lock(lease)
        values = {
            "person_id": lease.person_id,
            "media_key": result.media_key,
            "width": result.width,
            "height": result.height,
            "engine": result.engine,
            "facts": result.facts,
            "expires_at": func.now() + self._policy.result_kept,
        }
        self._session.execute(
            insert(Result)
            .values(key=result.key, **values)
            .on_conflict_do_update(index_elements=["key"], set_=values)
        )
        self._end(lease.job_id, "done")

    def kept(self, lease: Lease) -> ResultRecord | None:
        """What the job would render, when it is there already."""
        return self.result_of(lease.job_id)

    def finish_from_kept(self, lease: Lease) -> None:
        """End the job with the result that was kept meanwhile. Raises LeaseLost."""
        self.lock(lease)
        self._end(lease.job_id, "done")

    def fail(self, lease: Lease, code: str, message: str) -> None:
        """End the job without a picture; `message` is for the person. Raises LeaseLost."""
        self.lock(lease)
        self._end(lease.job_id, "cancelled" if code == "cancelled" else "failed", code, message)

    def release(self, lease: Lease, *, counted: bool) -> None:
        """Give the job back unfinished; `counted` when the attempt failed by itself. Raises LeaseLost."""
        self.lock(lease)
        if counted and lease.attempts >= self._policy.max_attempts:
            self._end(lease.job_id, "failed", "gave_up")
            return
        attempts = Job.attempts if counted else Job.attempts - 1
        self._session.execute(
            update(Job)
            .where(Job.id == lease.job_id)
            .values(status="queued", lease_owner=None, lease_until=None, attempts=attempts)
        )

    def reap(self) -> tuple[int, int]:
        """Return jobs whose lease ran out to the queue, give up those that failed too often.

        Returns how many were returned and how many were given up.
        """
        lost = self._session.execute(
            select(Job)
            .where(Job.status == "running", Job.lease_until < func.now())
            .with_for_update(skip_locked=True)
        ).scalars()
        returned = given_up = 0
        for job in list(lost):
            if job.cancel_requested:
                self._end(job.id, "cancelled", "cancelled")
            elif job.attempts >= self._policy.max_attempts:
                self._end(job.id, "failed", "gave_up")
                given_up += 1
            else:
                self._session.execute(
                    update(Job).where(Job.id == job.id).values(status="queued", lease_owner=None, lease_until=None)
                )
                returned += 1
        return returned, given_up

    def waiting(self, queue: str) -> int:
        """How many jobs nobody renders yet."""
        return self._session.execute(
            select(func.count()).select_from(Job).where(Job.queue == queue, Job.status == "queued")
        ).scalar_one()

    def purge(self, older_than: timedelta) -> int:
        """Delete jobs that were over long ago."""
        gone = self._session.execute(
            delete(Job).where(Job.finished_at < func.now() - older_than).returning(Job.id)
        )
        return len(gone.all())

    # --- helpers ------------------------------------------------------------------------------------

    @staticmethod
    def _held(lease: Lease) -> tuple[Any, ...]:
        return Job.id == lease.job_id, Job.fence == lease.fence, Job.status == "running"

    def _end(self, job_id: UUID, status: str, code: str | None = None, message: str | None = None) -> None:
        ended = self._session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(
                status=status,
                error_code=code,
                finished_at=func.clock_timestamp(),
                lease_owner=None,
                lease_until=None,
                fraction=1.0 if status == "done" else Job.fraction,
            )
            .returning(Job.conversation_id)
        ).scalar_one()
        talk = self._session.execute(
            select(Conversation.channel, Conversation.address).where(Conversation.id == ended)
        ).one()
        self._inbox.accept(
            talk.channel,
            talk.address,
            f"job:{job_id}:end",
            JOB_ENDED,
            {"job": str(job_id), "status": status, "code": code, "message": message},
        )


def _job(row: Job) -> JobRecord:
    return JobRecord(row.id, row.person_id, row.conversation_id, row.status, row.request, row.stage, row.fraction)


def _tried_on(person_id: UUID) -> Select[tuple[UUID, dict[str, Any], str, str]]:
    return (
        select(Job.id, Job.request, Result.key, Result.media_key)
        .join(Result, and_(Result.key == Job.key, Result.person_id == Job.person_id))
        .where(Job.person_id == person_id, Job.status == "done", Result.expires_at > func.now())
    )


def _try_on(row: Row[tuple[UUID, dict[str, Any], str, str]]) -> TryOnRecord:
    return TryOnRecord(row.id, row.request, row.media_key)
