"""Who gets mail, where and when, and the mails on their way: each is handed over once or not at all."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage import metrics
from storage.house_key import HouseKey
from storage.mail_address import address_hash, domain_of, keyed, normalised, plain_hash
from storage.people import People
from storage.schedules import Schedule, following, period
from storage.tables import HouseKeyRow, MailAsk, MailRow, MailStop, Person, Subscription
from storage.trail import trail_of

Kind = Literal["digest", "confirm", "sign_in", "ready", "items"]

VALID: dict[Kind, timedelta] = {
    "sign_in": timedelta(minutes=15),
    "confirm": timedelta(days=1),
    "ready": timedelta(hours=6),
    "items": timedelta(days=2),
    "digest": timedelta(hours=20),
}
"""For how long a mail is tried. What is not through by then is no use to anybody any more."""

UNASKED = ("digest", "ready")
"""What we write of our own accord: never to whoever ended that. Goes behind what was asked for, if a digest."""

CONFIRM_VALID = timedelta(days=3)
ASKS, ASKED_WITHIN = 3, timedelta(days=1)
"""So often an address is asked for a confirmation in that time, whoever names it: it may be a stranger's."""

LEASE = timedelta(minutes=10)
"""How long one sender may take from claiming a mail to the moment before it is handed over."""

HANDING = timedelta(minutes=20)
"""After so long a mail that is being handed over belongs to a sender that is gone."""

ROLLED_OUT = timedelta(days=1)
"""After that no process of an earlier version is left."""

PLAIN_LETTERS = 64
"""Of a hash that an earlier version made without a key."""

BOUNCED_KEPT = timedelta(days=90)
"""After that an address that did not exist may be tried again. A complaint stays."""

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Until when a pause without an end is."""


class MailRefused(Exception):
    """`code` says why this address gets no mail now: too_many, bounced, complained."""

    def __init__(self, code: Literal["too_many", "bounced", "complained"]) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class SubscriptionRecord:
    """Where and when a person gets mail. Without a `schedule` only what they ask for.

    `confirmed`: they opened the link that was sent there; until then nothing else is. `ended`: we write of our own
    accord no more.
    """

    person_id: UUID
    address: str
    locale: str
    schedule: Schedule | None
    confirmed: bool
    ended: bool
    paused_until: datetime | None
    next_at: datetime | None
    digested_at: datetime | None
    stop_token: str


@dataclass(frozen=True, slots=True)
class MailRecord:
    """A mail that a sender has claimed. `subscription` is as it was then; `attempts` is the sender's fence."""

    id: int
    person_id: UUID
    kind: Kind
    address: str
    domain: str
    payload: dict[str, Any]
    ref: str
    attempts: int
    until: datetime
    subscription: SubscriptionRecord
    trail: str = ""


class Mailing:
    """Rows about mail inside one transaction. Where there is no subscription, nothing happens."""

    def __init__(self, session: Session, people: People, house: HouseKey) -> None:
        self._session = session
        self._people = people
        self._house = house

    # --- subscribing ------------------------------------------------------------------------------------

    def subscribe(
        self, person_id: UUID, address: str, schedule: Schedule | None, locale: str
    ) -> SubscriptionRecord:
        """Write to this address from now on, in place of an earlier one; a new one is asked to confirm first.

        Raises NoAddress; MailRefused when it may not be asked.
        """
        address = normalised(address)
        before = self._row(person_id)
        confirmed = before.confirmed_at if before is not None and before.address == address else None
        self._refuse(address)
        if confirmed is None:
            self._ask(address)
        now = self._now()
        row = before or Subscription(person_id=person_id, stop_token=_token())
        if row.address != address:
            # The links of mails to the earlier address end nothing here, and its news is not this one's.
            row.stop_token, row.digested_at = _token(), None
        row.address, row.locale = address, locale
        row.confirmed_at, row.ended_at, row.paused_until = confirmed, None, None
        _write(row, schedule)
        self._plan(row, now)
        self._session.add(row)
        self._session.flush()
        if confirmed is None:
            self.post(person_id, "confirm", {})
        return _subscription(row)

    def subscription(self, person_id: UUID) -> SubscriptionRecord | None:
        """How it stands; None for whoever never named an address."""
        row = self._row(person_id)
        return None if row is None else _subscription(row)

    def change(
        self, person_id: UUID, *, schedule: Schedule | None = None, locale: str | None = None
    ) -> SubscriptionRecord | None:
        """Another schedule, which also begins again what was ended, or another language."""
        row = self._row(person_id)
        if row is None:
            return None
        row.locale = locale or row.locale
        if schedule is not None:
            _write(row, schedule)
            row.ended_at = None
        self._plan(row, self._now())
        return _subscription(row)

    def pause(self, person_id: UUID, until: datetime | None) -> SubscriptionRecord | None:
        """No digest until then, or until they say so."""
        row = self._row(person_id)
        if row is None:
            return None
        row.paused_until = until or FOREVER
        self._plan(row, self._now())
        return _subscription(row)

    def resume(self, person_id: UUID) -> SubscriptionRecord | None:
        """The pause is over."""
        row = self._row(person_id)
        if row is None:
            return None
        row.paused_until = None
        self._plan(row, self._now())
        return _subscription(row)

    def end(self, person_id: UUID) -> bool:
        """Write of our own accord no more; the address stays known for what they ask for. False: never began."""
        row = self._row(person_id)
        if row is not None:
            self._end(row)
        return row is not None

    def forget(self, person_id: UUID) -> bool:
        """The address is not kept any more, nor what waits to go there."""
        self._session.execute(sa.delete(MailRow).where(MailRow.person_id == person_id))
        gone = sa.delete(Subscription).where(Subscription.person_id == person_id)
        return bool(self._session.execute(gone.returning(Subscription.person_id)).all())

    # --- links ------------------------------------------------------------------------------------------

    def new_confirmation(self, person_id: UUID) -> str:
        """The token of the link that confirms the address, in place of an earlier one."""
        token = _token()
        self._session.execute(
            sa.update(Subscription)
            .where(Subscription.person_id == person_id)
            .values(confirm_hash=_hash(token), confirm_until=sa.func.now() + CONFIRM_VALID)
        )
        return token

    def to_confirm(self, token: str) -> SubscriptionRecord | None:
        """What the token of a link would confirm; None when it did so before, or its time is over."""
        row = self._session.scalars(
            sa.select(Subscription)
            .where(Subscription.confirm_hash == _hash(token), Subscription.confirm_until > sa.func.now())
            .with_for_update()
        ).one_or_none()
        return None if row is None else _subscription(row)

    def confirm(self, token: str) -> SubscriptionRecord | None:
        """The address is theirs. Once: None when the link was used, or its time is over."""
        found = self.to_confirm(token)
        row = None if found is None else self._row(found.person_id)
        if row is None:
            return None
        row.confirmed_at, row.confirm_hash, row.confirm_until = self._now(), None, None
        self._plan(row, row.confirmed_at)
        self._people.note(row.person_id, "mail_confirmed")
        return _subscription(row)

    def to_end(self, token: str) -> SubscriptionRecord | None:
        """Whose mails the token in them ends."""
        row = self._session.scalars(
            sa.select(Subscription).where(Subscription.stop_token == token).with_for_update()
        ).one_or_none()
        return None if row is None else _subscription(row)

    def end_by(self, token: str) -> SubscriptionRecord | None:
        """The link in a mail, or a mail to its address, ends it. Twice is fine."""
        found = self.to_end(token)
        row = None if found is None else self._row(found.person_id)
        if row is None:
            return None
        self._end(row)
        return _subscription(row)

    # --- mails on their way -----------------------------------------------------------------------------

    def post(self, person_id: UUID, kind: Kind, payload: Mapping[str, Any], *, key: str | None = None) -> bool:
        """Queue one mail to the person's address. False when they get none of this kind, or had it: `key` names
        what it is for. A `confirm` and a `digest` queue themselves (`subscribe`, `due`), but for the digest of
        one price, {"product": ...}.
        """
        row = self._row(person_id)
        if row is None or _why_not(row.confirmed_at, row.ended_at, kind) or self._stopped(row.address):
            return False
        return bool(self._insert([_mail(row, kind, payload, key or _token(), self._now())]))

    def due(self, limit: int) -> int:
        """Queue the digests whose time has come, each once in a local day; returns how many subscriptions were
        looked at, of which nobody else looks at any meanwhile. What was missed comes once.
        """
        now = self._now()
        # Both rows without waiting: whoever is linked or erased at this moment is looked at later.
        rows = self._session.scalars(
            sa.select(Subscription)
            .join(Person, Person.id == Subscription.person_id)
            .where(Subscription.next_at <= now)
            .order_by(Subscription.next_at)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True, of=(Subscription, Person))
        ).all()
        mails = []
        for row in rows:
            schedule = _schedule(row)
            if schedule is not None and row.next_at is not None:
                key = f"digest:{period(schedule, row.next_at)}"
                mails.append(_mail(row, "digest", {}, key, now))
            self._plan(row, now)
        new = self._insert(mails)
        # An earlier one that is still on its way would tell the same news.
        theirs = sa.select(MailRow.person_id).where(MailRow.id.in_(new))
        earlier = (MailRow.kind == "digest", MailRow.status == "waiting", MailRow.payload == {})
        self._close("dropped", "followed", *earlier, MailRow.person_id.in_(theirs), MailRow.id.not_in(new))
        return len(rows)

    def claim(self, limit: int, without: Collection[str] = ()) -> list[MailRecord]:
        """Mails to build and send now, but for these domains; nobody else gets them for the time of a lease.

        Whose address changed, is stopped, or who ended it meanwhile gets none: those are dropped here.
        """
        now = self._now()
        rows = self._session.scalars(
            sa.select(MailRow)
            .where(MailRow.status == "waiting", MailRow.available_at <= now, MailRow.domain.not_in(without))
            .order_by(MailRow.priority, MailRow.available_at, MailRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        people = {row.person_id for row in rows}
        subscribed = {
            one.person_id: one
            for one in self._session.scalars(sa.select(Subscription).where(Subscription.person_id.in_(people)))
        }
        hashes = {row.address: self._hashes(row.address) for row in rows}
        every = [one for both in hashes.values() for one in both]
        stopped = set(
            self._session.scalars(
                sa.select(MailStop.address_hash).where(_is_stopped(MailStop.address_hash.in_(every)))
            )
        )
        claimed = []
        for row in rows:
            where, kind = subscribed.get(row.person_id), _kind(row.kind)
            why = "erased" if where is None else _why_not(where.confirmed_at, where.ended_at, kind)
            if where is not None and where.address != row.address:
                why = "moved"
            if not stopped.isdisjoint(hashes[row.address]):
                why = "stopped"
            if row.until <= now:
                why = "expired"
            if why is not None or where is None:
                self._close(
                    "failed" if why == "expired" else "dropped", row.error_code or why, MailRow.id == row.id
                )
                continue
            claimed.append(_mail_record(row, _subscription(where)))
        leased = sa.update(MailRow).where(MailRow.id.in_([mail.id for mail in claimed]))
        self._session.execute(leased.values(attempts=MailRow.attempts + 1, available_at=now + LEASE))
        return claimed

    def begin(self, mail: MailRecord) -> bool:
        """From now on it may be at the other server. False when the lease ran out and another sender has it, when
        the person was erased, moved or ended it while it was built, or its address was stopped.
        """
        which = {"mail": mail.id, "fence": mail.attempts, "to": mail.address, "hashes": self._hashes(mail.address)}
        where = self._session.execute(_WANTED, which).one_or_none()
        if where is None or _why_not(where.confirmed_at, where.ended_at, mail.kind) is not None:
            return False
        self._session.execute(_BEGUN, {"mail": mail.id})
        return True

    def sent(self, mail: MailRecord, *, told_until: datetime | None = None) -> None:
        """The other server has it. A digest told everything up to then."""
        self._finish(mail, "sent", None)
        if mail.kind == "digest" and told_until is not None:
            self._session.execute(_DIGESTED, {"whose": mail.person_id, "until": told_until})

    def give_up(self, mail: MailRecord, error_code: str) -> None:
        """The other server will never take it."""
        self._finish(mail, "failed", error_code)

    def drop(self, mail: MailRecord, reason: str) -> None:
        """There is nothing to send."""
        self._finish(mail, "dropped", reason)

    def lose(self, mail: MailRecord, error_code: str) -> None:
        """Nobody knows whether the other server has it, so it is not handed over again."""
        self._finish(mail, "unknown", error_code)

    def postpone(self, mail: MailRecord, error_code: str, delay: timedelta, *, counted: bool = True) -> None:
        """The other server said that it did not take it now. What was not `counted` was no attempt."""
        if counted:
            metrics.after_commit(self._session, metrics.MAILS.labels(mail.kind, "again").inc)
        self._session.execute(
            sa.update(MailRow)
            .where(MailRow.id == mail.id, MailRow.attempts == mail.attempts, MailRow.done_at.is_(None))
            .values(
                status="waiting",
                sending_at=None,
                available_at=sa.func.now() + delay,
                error_code=error_code,
                attempts=MailRow.attempts if counted else MailRow.attempts - 1,
            )
        )

    def reap(self) -> int:
        """Mails whose sender died while handing them over: nobody knows of them. Returns how many."""
        lost = self._session.scalars(
            sa.select(MailRow.id)
            .where(MailRow.status == "sending", MailRow.sending_at < sa.func.now() - HANDING)
            .with_for_update(skip_locked=True)
        ).all()
        self._close("unknown", "lost", MailRow.id.in_(lost))
        return len(lost)

    # --- what comes back --------------------------------------------------------------------------------

    def came_back(self, ref: str, *, complained: bool) -> bool:
        """The address of this mail does not exist, or its owner complained: nobody is written to there any more.

        False for a mail that is none of ours.
        """
        address = self._session.execute(sa.select(MailRow.address).where(MailRow.ref == ref)).scalar_one_or_none()
        if address is None:
            return False
        self.stop(address, complained=complained)
        return True

    def stop(self, address: str, *, complained: bool) -> None:
        """Nobody is written to at this address any more."""
        self._stop(self._hash(address), complained, self._now())
        rows = self._session.scalars(
            sa.select(Subscription).where(sa.func.lower(Subscription.address) == address.lower()).with_for_update()
        )
        for row in rows:
            self._end(row)
            row.confirmed_at = None

    def key_old_stops(self, most: int = 1000) -> None:
        """Hash with our key what an earlier version hashed without: a day after the key was made, when no process
        of that version is left, which would look for its own.
        """
        plain = sa.func.length(MailStop.address_hash) == PLAIN_LETTERS
        if not self._session.execute(sa.select(sa.exists().where(plain))).scalar_one():
            return
        settled = sa.exists().where(HouseKeyRow.created_at < sa.func.now() - ROLLED_OUT)
        rows = self._session.scalars(
            sa.select(MailStop).where(plain, settled).limit(most).with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            self._stop(keyed(self._session, self._house, row.address_hash), row.complained, row.at)
            self._session.delete(row)

    def known(self, refs: Collection[str]) -> set[str]:
        """Those of the mails that are kept."""
        return set(self._session.scalars(sa.select(MailRow.ref).where(MailRow.ref.in_(refs))))

    # --- helpers ----------------------------------------------------------------------------------------

    def _stop(self, hashed: str, complained: bool, at: datetime) -> None:
        self._session.execute(
            insert(MailStop)
            .values(address_hash=hashed, complained=complained, at=at)
            .on_conflict_do_update(
                index_elements=["address_hash"],
                set_={
                    "complained": sa.or_(MailStop.complained, sa.literal(complained)),
                    "at": sa.func.greatest(MailStop.at, at),
                },
            )
        )

    def _hash(self, address: str) -> str:
        return address_hash(self._session, self._house, address)

    def _hashes(self, address: str) -> list[str]:
        """As it is kept, and as an earlier version kept it."""
        return [self._hash(address), plain_hash(address)]

    def _now(self) -> datetime:
        now: datetime = self._session.execute(sa.select(sa.func.now())).scalar_one()
        return now

    def _row(self, person_id: UUID) -> Subscription | None:
        return self._session.scalars(
            sa.select(Subscription).where(Subscription.person_id == person_id).with_for_update()
        ).one_or_none()

    def _plan(self, row: Subscription, now: datetime) -> None:
        """When the next digest is due."""
        schedule, paused = _schedule(row), row.paused_until or now
        off = row.confirmed_at is None or row.ended_at is not None or paused >= FOREVER
        row.next_at = None if off or schedule is None else following(schedule, max(now, paused))

    def _end(self, row: Subscription) -> None:
        row.ended_at, row.next_at, row.paused_until = row.ended_at or self._now(), None, None

    def _ask(self, address: str) -> None:
        """Count one more question to this address; refuse when it had too many."""
        who = self._hash(address)
        self._session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(who, 2))))
        lately = (MailAsk.address_hash == who, MailAsk.at > sa.func.now() - ASKED_WITHIN)
        if self._session.execute(sa.select(sa.func.count()).where(*lately)).scalar_one() >= ASKS:
            raise MailRefused("too_many")
        self._session.execute(insert(MailAsk).values(address_hash=who))

    def _refuse(self, address: str) -> None:
        complained = self._session.execute(
            sa.select(sa.func.bool_or(MailStop.complained)).where(
                _is_stopped(MailStop.address_hash.in_(self._hashes(address)))
            )
        ).scalar_one()
        if complained is not None:
            raise MailRefused("complained" if complained else "bounced")

    def _stopped(self, address: str) -> bool:
        try:
            self._refuse(address)
        except MailRefused:
            return True
        return False

    def _insert(self, mails: list[dict[str, Any]]) -> list[int]:
        """The ids of those that were not queued before."""
        if not mails:
            return []
        made = insert(MailRow).values(mails).on_conflict_do_nothing(index_elements=["person_id", "key"])
        return list(self._session.scalars(made.returning(MailRow.id)))

    def _finish(self, mail: MailRecord, status: str, error_code: str | None) -> None:
        values = {"mail": mail.id, "fence": mail.attempts, "now_is": status, "why": error_code}
        for kind in self._session.scalars(_FINISHED, values).all():
            metrics.after_commit(self._session, metrics.MAILS.labels(kind, status).inc)

    def _close(self, status: str, error_code: str | None, *which: sa.ColumnElement[bool]) -> None:
        closing = _CLOSED.where(*which).returning(MailRow.kind)
        for kind in self._session.scalars(closing, {"now_is": status, "why": error_code}).all():
            metrics.after_commit(self._session, metrics.MAILS.labels(kind, status).inc)


def _why_not(confirmed_at: datetime | None, ended_at: datetime | None, kind: Kind) -> str | None:
    """Why the person gets no mail of this kind, if so."""
    if kind == "confirm":
        return None if confirmed_at is None else "confirmed"
    if confirmed_at is None:
        return "unconfirmed"
    return "ended" if kind in UNASKED and ended_at is not None else None


# Any: SQLAlchemy's conditions.
def _is_stopped(which: Any) -> Any:
    return sa.and_(which, sa.or_(MailStop.complained, MailStop.at > sa.func.now() - BOUNCED_KEPT))


_THIS = MailRow.id == sa.bindparam("mail")
_FENCED = MailRow.attempts == sa.bindparam("fence")

_WANTED = (
    sa.select(Subscription.confirmed_at, Subscription.ended_at)
    .join(MailRow, MailRow.person_id == Subscription.person_id)
    .where(_THIS, _FENCED, MailRow.status == "waiting", Subscription.address == sa.bindparam("to"))
    .where(~sa.exists().where(_is_stopped(MailStop.address_hash.in_(sa.bindparam("hashes", expanding=True)))))
    .with_for_update(of=MailRow)
)
_BEGUN = (
    sa.update(MailRow)
    .execution_options(synchronize_session=False)
    .where(_THIS)
    .values(status="sending", sending_at=sa.func.now())
)
_CLOSED = (
    sa.update(MailRow)
    .execution_options(synchronize_session=False)
    .values(status=sa.bindparam("now_is"), done_at=sa.func.now(), error_code=sa.bindparam("why"), payload={})
)
"""They are done, one way or another; what they were about is forgotten with that."""

_FINISHED = _CLOSED.where(_THIS, _FENCED).returning(MailRow.kind)
_DIGESTED = (
    sa.update(Subscription)
    .execution_options(synchronize_session=False)
    .where(Subscription.person_id == sa.bindparam("whose"))
    .values(digested_at=sa.bindparam("until"))
)
"""What each mail needs is made once: putting a statement together takes longer than carrying it out."""


def _mail(row: Subscription, kind: Kind, payload: Mapping[str, Any], key: str, now: datetime) -> dict[str, Any]:
    return {
        "person_id": row.person_id,
        "kind": kind,
        "key": key,
        "address": row.address,
        "domain": domain_of(row.address),
        "payload": dict(payload),
        "ref": _token(),
        "priority": int(kind == "digest"),
        "until": now + VALID[kind],
    }


def _write(row: Subscription, schedule: Schedule | None) -> None:
    row.cadence = None if schedule is None else schedule.cadence
    plan = schedule or Schedule("weekly")
    row.weekday, row.day, row.hour, row.minute = plan.weekday, plan.day, plan.hour, plan.minute
    row.timezone = plan.timezone


def _schedule(row: Subscription) -> Schedule | None:
    if row.cadence is None:
        return None
    cadence: Any = row.cadence  # the table's check knows the same words
    return Schedule(cadence, row.weekday, row.day, row.hour, row.minute, row.timezone)


def _subscription(row: Subscription) -> SubscriptionRecord:
    return SubscriptionRecord(
        row.person_id,
        row.address,
        row.locale,
        _schedule(row),
        row.confirmed_at is not None,
        row.ended_at is not None,
        row.paused_until,
        row.next_at,
        row.digested_at,
        row.stop_token,
    )


def _mail_record(row: MailRow, where: SubscriptionRecord) -> MailRecord:
    """One that is about to be claimed."""
    return MailRecord(
        row.id,
        row.person_id,
        _kind(row.kind),
        row.address,
        row.domain,
        row.payload,
        row.ref,
        row.attempts + 1,
        row.until,
        where,
        row.trail or trail_of("mail", row.id),
    )


def _kind(name: str) -> Kind:
    kind: Any = name  # the table's check knows the same words
    return kind  # type: ignore[no-any-return]


def _token() -> str:
    """160 random bits that survive a mail server which changes case."""
    return secrets.token_hex(20)


def _hash(token: str) -> str:
    return hashlib.sha256(f"confirm:{token}".encode()).hexdigest()
