"""Try-on jobs: who is next, who may write, what was lost, and results found again.

PostgreSQL holds the truth. A worker takes a lease with a fence token; every write checks the fence, so a
worker that was thought dead cannot overwrite what another one did since. The end of a job and the event that
tells the conversation commit together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from storage import metrics, tallies
from storage.errors import LeaseLost
from storage.inbox import Inbox
from storage.people import People
from storage.queue import PREVIEW_QUEUE, engine_of
from storage.records import First, JobRecord, Lease, QueuePlace, ResultRecord, TryOnRecord
from storage.tables import Conversation, Job, Person, Result
from storage.trail import following

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

_REFINING = Job.preview_key.is_not(None) & Job.next_queue.is_(None)
"""With the better engine, for which a quick one went before."""

JOB_PREVIEWED, JOB_HELD, JOB_ENDED = "job_previewed", "job_held", "job_ended"
"""Kinds of the inbox events that tell a conversation that its job has a preview, that it waits for the media
store, and how it ended.
"""

SAME_GARMENT = ("garment", "garment_back", "part", "over", "more")
"""What two jobs have in common that an engine may render together: all of it is the garment's."""


@dataclass(frozen=True, slots=True)
class JobPolicy:
    """How jobs are ordered and when they are given up.

    Each job that a person asked for within `fairness_window` moves their next one back by `fairness_step`,
    so a first try-on goes before a tenth and nobody waits for ever. A job whose worker vanished
    `max_attempts` times is not tried again: it may be what kills them. `assumed_s` is the estimate in
    seconds while nothing was rendered yet, `refining_s` that of the better engine behind a preview; who waited
    for that one longer than `patience` keeps the preview.
    """

    fairness_step: timedelta = timedelta(seconds=20)
    fairness_window: timedelta = timedelta(hours=1)
    lease: timedelta = timedelta(seconds=10)
    max_attempts: int = 3
    assumed_s: float = 4.0
    refining_s: float = 30.0
    patience: timedelta = timedelta(hours=1)
    result_kept: timedelta = timedelta(days=30)


class Jobs:
    """Rows of jobs and results inside one transaction."""

    def __init__(self, session: Session, people: People, inbox: Inbox, policy: JobPolicy) -> None:
        self._session = session
        self._people = people
        self._inbox = inbox
        self._policy = policy

    # --- asking -------------------------------------------------------------------------------------

    def request(  # noqa: PLR0917  # a job's columns, plainly
        self,
        person_id: UUID,
        conversation_id: UUID,
        queue: str,
        key: str,
        request: dict[str, Any],
        first: First | None = None,
    ) -> tuple[JobRecord, bool]:
        """Queue a job, or return the active one with the same key; True when it is new.

        With `first` it goes through that queue before. When the person has a result of a key, that part of the
        work is done at once.
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
                queue=first.queue if first else queue,
                key=key,
                preview_key=first.key if first else None,
                next_queue=queue if first else None,
                request=request,
                order_at=func.clock_timestamp() + lately * literal(self._policy.fairness_step),
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
        elif first is not None and self.result(first.key, person_id) is not None:
            self._go_on(made.id, previewed=True)
        return self._now(made.id), True

    def thin_out(self, conversation_id: UUID, most: int) -> int:
        """Of a conversation's previews only the newest `most` wait for the better engine; the others stay as they
        are. Returns how many do.
        """
        beyond = self._session.execute(
            select(Job.id)
            .where(Job.conversation_id == conversation_id, Job.status == "queued", _REFINING)
            .order_by(Job.created_at.desc(), Job.id)
            .offset(most)
            .with_for_update(skip_locked=True)
        ).scalars()
        return self._end_all(list(beyond), "cancelled", "cancelled")

    def place(self, job_id: UUID) -> QueuePlace:
        """How many jobs come before this one, and when its result may be expected."""
        # One statement: a try-on waits for its answer, and every look of an open page asks again.
        job = self._session.execute(
            select(
                Job.status,
                _RUNNING.label("running"),
                _EARLIER.label("earlier"),
                _MEAN_SECONDS.label("seconds"),
                _REFINING.label("refining"),
            ).where(Job.id == job_id)
        ).one()
        assumed_s = self._policy.refining_s if job.refining else self._policy.assumed_s
        each_s = assumed_s if job.seconds is None else max(0.5, float(job.seconds))
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

    def _now(self, job_id: UUID) -> JobRecord:
        job = self.get(job_id)
        if job is None:
            raise LookupError(f"job {job_id} is gone within its own transaction")
        return job

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

    def preview_of(self, job_id: UUID) -> ResultRecord | None:
        """What a quick engine made of a job before."""
        job = self._session.execute(select(Job.preview_key, Job.person_id).where(Job.id == job_id)).one_or_none()
        return None if job is None or job.preview_key is None else self.result(job.preview_key, job.person_id)

    def tried_on(self, people: Iterable[UUID], since: datetime, limit: int) -> dict[UUID, list[TryOnRecord]]:
        """Pictures of these people that were made since then and are kept, newest first, each once."""
        place = func.row_number().over(partition_by=Job.person_id, order_by=[Job.finished_at.desc(), Job.id])
        later = _tried_on(people).add_columns(place.label("place")).where(Job.finished_at > since).subquery()
        newest = self._session.execute(select(later).where(later.c.place <= limit).order_by(later.c.place.desc()))
        found: defaultdict[UUID, dict[str, TryOnRecord]] = defaultdict(dict)
        for row in newest:
            found[row.person_id][row.key] = _try_on(row)
        return {person: list(records.values())[::-1] for person, records in found.items()}

    def try_on(self, job_id: UUID, person_id: UUID) -> TryOnRecord | None:
        """One of them."""
        row = self._session.execute(_tried_on([person_id]).where(Job.id == job_id)).one_or_none()
        return None if row is None else _try_on(row)

    # --- rendering ----------------------------------------------------------------------------------

    def claim(self, queue: str, owner: str) -> Lease | None:
        """Lease the next job of the queue, or None when there is none."""
        return next(iter(self._claim(owner, 1, Job.queue == queue)), None)

    def claim_alike(self, lease: Lease, owner: str, most: int) -> list[Lease]:
        """Lease up to so many further jobs of the same queue that put the same garment on, whoever's turn it is.

        What failed before is tried alone: it may be what breaks the others.
        """
        if most < 1 or lease.attempts > 1:
            return []
        garment = Job.request.contains({name: lease.request.get(name) for name in SAME_GARMENT})
        queue = select(Job.queue).where(Job.id == lease.job_id).scalar_subquery()
        return self._claim(owner, most, Job.queue == queue, garment, Job.attempts == 0)

    def _claim(self, owner: str, most: int, *which: ColumnElement[bool]) -> list[Lease]:
        following = (
            select(Job.id)
            .where(Job.status == "queued", *which)
            .order_by(Job.order_at, Job.id)
            .limit(most)
            .with_for_update(skip_locked=True)
            # Not a subquery: the planner may run one several times, and each run locks others.
            .cte()
        )
        rows = self._session.execute(
            update(Job)
            .where(Job.id.in_(select(following.c.id)))
            .values(
                status="running",
                lease_owner=owner,
                lease_until=func.now() + self._policy.lease,
                fence=Job.fence + 1,
                attempts=Job.attempts + 1,
                started_at=func.now(),
                stage="",
                fraction=0.0,
                sketch=None,
            )
            .returning(Job)
        ).scalars()
        leased = sorted(rows, key=lambda row: (row.order_at, row.id))
        for row in leased:
            if row.attempts == 1 and row.started_at is not None and not _refining(row):
                wait_s = (row.started_at - row.created_at).total_seconds()
                metrics.JOB_WAIT.labels(_engine(row.queue)).observe(wait_s)
        return [_lease(row) for row in leased]

    def heartbeat(self, lease: Lease, stage: str, fraction: float, sketch: str | None = None) -> bool:
        """Extend the lease and note the progress; True when the person asked to stop. Raises LeaseLost."""
        row = self._session.execute(
            update(Job)
            .where(*self._held(lease))
            .values(
                lease_until=func.now() + self._policy.lease,
                stage=stage,
                fraction=fraction,
                sketch=Job.sketch if sketch is None else sketch,
            )
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
        # The person first, as everywhere: whoever links people holds them and waits for jobs.
        staying = (
            select(Person.id)
            .join(Job, Job.person_id == Person.id)
            .where(*self._held(lease))
            .with_for_update(read=True, key_share=True, of=Person)
        )
        while True:
            person = self._session.execute(staying).scalar_one_or_none()
            if person is None:
                # It is another's, or changes hands now.
                if self._session.execute(whose).scalar_one_or_none() is None:
                    raise LeaseLost(str(lease.job_id))
            elif self._session.execute(whose.with_for_update()).scalar_one_or_none() == person:
                return replace(lease, person_id=person)

    def finish(self, lease: Lease, result: ResultRecord, *, locked: bool = False) -> str | None:
        """Keep the result and end the job, or send it on to the better engine. `locked`: the lease is what `lock`
        returned in this transaction. Raises LeaseLost.

        Returns the queue in which it goes on.
        """
        if not locked:
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
        return self._done(lease.job_id)

    def finish_from_kept(self, lease: Lease) -> tuple[bool, str | None]:
        """Whether what the job would render was kept meanwhile, which is the end of it, or of this part of it.

        Then also the queue in which it goes on. Raises LeaseLost.
        """
        now = self.lock(lease)
        if self.result(lease.key, now.person_id) is None:
            return False, None
        return True, self._done(lease.job_id)

    def fail(self, lease: Lease, code: str, message: str, *, for_all: bool = True) -> str | None:
        """End the job without a picture; `message` is for the person. Raises LeaseLost.

        With `for_all` false it is only this engine that cannot: a job that has a better one goes on there, and its
        queue is returned.
        """
        self.lock(lease)
        job = self._session.execute(
            select(Job.cancel_requested, Job.next_queue).where(Job.id == lease.job_id)
        ).one()
        if job.cancel_requested or code == "cancelled":
            # What was to be stopped may have broken over it: the photo may be gone.
            self._end(lease.job_id, "cancelled", "cancelled")
        elif job.next_queue is not None and not for_all:
            self._count(PREVIEW_QUEUE, "failed", code)
            return self._go_on(lease.job_id, previewed=False)
        else:
            self._end(lease.job_id, "failed", code, message)
        return None

    def release(self, lease: Lease, *, counted: bool) -> None:
        """Give the job back unfinished; `counted` when the attempt failed by itself. Raises LeaseLost."""
        self.lock(lease)
        if self._session.execute(select(Job.cancel_requested).where(Job.id == lease.job_id)).scalar_one():
            self._end(lease.job_id, "cancelled", "cancelled")
            return
        if counted and lease.attempts >= self._policy.max_attempts:
            self._end(lease.job_id, "failed", "gave_up")
            return
        attempts = Job.attempts if counted else Job.attempts - 1
        queue = self._session.execute(
            update(Job)
            .where(Job.id == lease.job_id)
            .values(status="queued", lease_owner=None, lease_until=None, attempts=attempts)
            .returning(Job.queue)
        ).scalar_one()
        self._count_returned(queue, "failed" if counted else "left")

    def hold(self, lease: Lease) -> None:
        """Give the job back while the media store does not work; its person hears of it once. Raises LeaseLost."""
        self.release(lease, counted=False)
        talk = self._session.execute(
            select(Conversation.channel, Conversation.address).join(Job).where(Job.id == lease.job_id)
        ).one()
        with following(lease.trail):
            self._tell(talk.channel, talk.address, lease.job_id, "held", JOB_HELD, {})

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
                self._count_returned(job.queue, "lost")
                returned += 1
        return returned, given_up + self._give_up_waiting()

    def _give_up_waiting(self) -> int:
        """Who waited too long for the better engine keeps the preview: its workers may be away for days."""
        late = self._session.execute(
            select(Job.id)
            .where(Job.status == "queued", _REFINING, Job.created_at < func.now() - self._policy.patience)
            .with_for_update(skip_locked=True)
        ).scalars()
        return self._end_all(list(late), "failed", "gave_up")

    def waiting(self, queue: str) -> int:
        """How many jobs nobody renders yet."""
        return self._session.execute(
            select(func.count()).select_from(Job).where(Job.queue == queue, Job.status == "queued")
        ).scalar_one()

    def unfinished(self, queue: str) -> int:
        """How many jobs of the queue wait or are rendered."""
        return self._session.execute(
            select(func.count()).select_from(Job).where(Job.queue == queue, Job.status.in_(("queued", "running")))
        ).scalar_one()

    # --- helpers ------------------------------------------------------------------------------------

    @staticmethod
    def _held(lease: Lease) -> tuple[Any, ...]:
        return Job.id == lease.job_id, Job.fence == lease.fence, Job.status == "running"

    def _done(self, job_id: UUID) -> str | None:
        if self._end(job_id, "done", None, None, Job.next_queue.is_(None)):
            return None
        return self._go_on(job_id, previewed=True)

    def _go_on(self, job_id: UUID, *, previewed: bool) -> str | None:
        """From the quick engine to the better one; the queue of that one, None where the person stopped it."""
        moved = self._session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(
                queue=Job.next_queue,
                next_queue=None,
                status="queued",
                attempts=0,
                lease_owner=None,
                lease_until=None,
                stage="",
                fraction=0.0,
            )
            .where(Conversation.id == Job.conversation_id)
            .returning(Job.queue, Job.cancel_requested, Job.trail, Conversation.channel, Conversation.address)
            .execution_options(synchronize_session=False)
        ).one()
        if previewed:
            self._count(PREVIEW_QUEUE, "previewed", None)
            with following(moved.trail):
                self._tell(moved.channel, moved.address, job_id, "preview", JOB_PREVIEWED, {})
        if moved.cancel_requested:
            self._end(job_id, "cancelled", "cancelled")
            return None
        queue: str = moved.queue
        return queue

    def _end(
        self,
        job_id: UUID,
        status: str,
        code: str | None = None,
        message: str | None = None,
        *where: ColumnElement[bool],
    ) -> bool:
        """End the job, if it is so, and tell the conversation; whether it was."""
        talk = self._session.execute(
            update(Job)
            .where(Job.id == job_id, Conversation.id == Job.conversation_id, *where)
            .values(
                status=status,
                error_code=code,
                finished_at=func.clock_timestamp(),
                lease_owner=None,
                lease_until=None,
                fraction=1.0 if status == "done" else Job.fraction,
            )
            .returning(Conversation.channel, Conversation.address, Job.queue, Job.trail)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        if talk is not None:
            self._count(talk.queue, status, code)
            tallies.count(self._session, "tryon", status)
            if status == "failed" and code:
                tallies.count(self._session, "failure", code)
            payload = {"status": status, "code": code, "message": message}
            with following(talk.trail):
                self._tell(talk.channel, talk.address, job_id, "end", JOB_ENDED, payload)
        return talk is not None

    def _count(self, queue: str, status: str, code: str | None) -> None:
        ended = metrics.JOBS_ENDED.labels(_engine(queue), status, metrics.label("reason", code))
        metrics.after_commit(self._session, ended.inc)

    def _count_returned(self, queue: str, why: str) -> None:
        metrics.after_commit(self._session, metrics.JOBS_RETURNED.labels(_engine(queue), why).inc)

    def _end_all(self, jobs: list[UUID], status: str, code: str) -> int:
        for job_id in jobs:
            self._end(job_id, status, code)
        return len(jobs)

    def _tell(  # noqa: PLR0917  # where, and an event
        self, channel: str, address: str, job_id: UUID, what: str, kind: str, payload: dict[str, Any]
    ) -> None:
        """The conversation hears of it once, in the order in which it happened."""
        self._inbox.accept(channel, address, f"job:{job_id}:{what}", kind, {"job": str(job_id), **payload})


def _job(row: Job) -> JobRecord:
    return JobRecord(
        row.id,
        row.person_id,
        row.conversation_id,
        row.queue,
        row.status,
        row.request,
        row.stage,
        row.fraction,
        _refining(row),
        row.sketch,
    )


def _lease(row: Job) -> Lease:
    key = row.key if row.next_queue is None or row.preview_key is None else row.preview_key
    talk, refining = row.conversation_id, _refining(row)
    return Lease(row.id, row.person_id, talk, key, row.request, row.fence, row.attempts, refining, row.trail)


def _engine(queue: str) -> str:
    return metrics.label("engine", engine_of(queue))


def _refining(row: Job) -> bool:
    return row.preview_key is not None and row.next_queue is None


# Any: SQLAlchemy's rows, whose columns are read by name in _try_on.
def _tried_on(people: Iterable[UUID]) -> Select[Any]:
    return (
        select(Job.id, Job.person_id, Job.request, Job.finished_at, Result.key, Result.media_key)
        .join(Result, and_(Result.key == Job.key, Result.person_id == Job.person_id))
        .where(Job.person_id.in_(list(people)), Job.status == "done", Result.expires_at > func.now())
    )


def _try_on(row: Row[Any]) -> TryOnRecord:
    return TryOnRecord(row.id, row.request, row.media_key, row.finished_at)
