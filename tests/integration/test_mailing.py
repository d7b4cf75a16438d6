"""Who gets mail and when, and that each mail is queued once, as PostgreSQL keeps it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from storage.mail_address import NoAddress
from storage.mailing import MailRecord, MailRefused, SubscriptionRecord
from storage.reports import export_person
from storage.schedules import Schedule
from storage.tables import MailRow, Subscription
from storage.unit_of_work import Database, UnitOfWork

DAILY = Schedule("daily", hour=9, timezone="Europe/Berlin")
ANNA = "anna@example.org"


def _person(database: Database, name: str = "anna") -> UUID:
    return database.call(lambda uow: uow.people.find_or_create("web", name))


def _confirmed(database: Database, person: UUID, address: str = ANNA) -> SubscriptionRecord:
    """Subscribed, and the link opened."""

    def work(uow: UnitOfWork) -> SubscriptionRecord:
        uow.mailing.subscribe(person, address, DAILY, "en")
        record = uow.mailing.confirm(uow.mailing.new_confirmation(person))
        assert record is not None
        return record

    return database.call(work)


def _clear(database: Database) -> None:
    database.call(lambda uow: uow.session.execute(sa.delete(MailRow)))


def _let_it_be_due(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.session.execute(sa.update(Subscription).values(next_at=datetime(2026, 3, 6, 8, tzinfo=UTC)))

    database.call(work)


def _claim(database: Database) -> list[MailRecord]:
    return database.call(lambda uow: uow.mailing.claim(10))


def _states(database: Database) -> Counter[str]:
    rows = database.call(lambda uow: uow.session.execute(sa.select(MailRow.kind, MailRow.status)).all())
    return Counter(f"{kind} {status}" for kind, status in rows)


def test_nothing_is_written_but_the_question_until_its_link_was_used_once(database: Database) -> None:
    person = _person(database)
    asked = database.call(lambda uow: uow.mailing.subscribe(person, ANNA, DAILY, "en"))
    assert (asked.confirmed, asked.next_at) == (False, None)
    assert not database.call(lambda uow: uow.mailing.post(person, "items", {}))
    first = database.call(lambda uow: uow.mailing.new_confirmation(person))
    second = database.call(lambda uow: uow.mailing.new_confirmation(person))
    assert database.call(lambda uow: uow.mailing.confirm(first)) is None
    done = database.call(lambda uow: uow.mailing.confirm(second))
    assert done is not None
    assert done.confirmed
    assert done.next_at is not None
    assert database.call(lambda uow: uow.mailing.confirm(second)) is None
    assert _states(database) == {"confirm waiting": 1}
    # The question is no use any more.
    assert _claim(database) == []


def test_a_due_digest_is_queued_once_in_a_local_day_by_however_many(database: Database) -> None:
    for number in range(30):
        _confirmed(database, _person(database, str(number)), f"{number}@example.org")
    _clear(database)
    for _ in range(2):
        _let_it_be_due(database)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: database.call(lambda uow: uow.mailing.due(7)), range(8)))
        assert _states(database) == {"digest waiting": 30}
    person = _person(database, "3")
    record = database.call(lambda uow: uow.mailing.subscription(person))
    assert record is not None
    assert record.next_at is not None
    assert record.next_at > datetime.now(UTC)


def test_a_digest_that_is_still_on_its_way_gives_way_to_the_next_one(database: Database) -> None:
    person = _person(database)
    _confirmed(database, person)
    _clear(database)
    for day in (6, 7):
        at = datetime(2026, 3, day, 8, tzinfo=UTC)
        database.call(lambda uow, at=at: uow.session.execute(sa.update(Subscription).values(next_at=at)))  # type: ignore[misc] # a lambda's default
        database.call(lambda uow: uow.mailing.due(10))
        if day == 6:
            (early,) = _claim(database)
    assert _states(database) == {"digest dropped": 1, "digest waiting": 1}
    assert not database.call(lambda uow: uow.mailing.begin(early))
    assert len(_claim(database)) == 1


def test_a_pause_a_change_and_an_end_move_what_is_next(database: Database) -> None:
    person = _person(database)
    _confirmed(database, person)
    until = datetime(2100, 1, 1, tzinfo=UTC)

    def steps(uow: UnitOfWork) -> list[SubscriptionRecord | None]:
        mailing = uow.mailing
        weekly = Schedule("weekly", weekday=4)
        return [
            mailing.pause(person, until),
            mailing.pause(person, None),
            mailing.resume(person),
            mailing.change(person, schedule=weekly, locale="de"),
        ]

    later, never, again, weekly = database.call(steps)
    assert later is not None
    assert later.next_at is not None
    assert later.next_at > until
    assert never is not None
    assert never.next_at is None
    assert again is not None
    assert again.next_at is not None
    assert weekly is not None
    assert weekly.locale == "de"
    assert weekly.next_at is not None
    assert weekly.next_at.weekday() == 4
    assert database.call(lambda uow: uow.mailing.end(person))
    ended = database.call(lambda uow: uow.mailing.subscription(person))
    assert ended is not None
    assert ended.ended
    assert ended.next_at is None
    assert database.call(lambda uow: uow.mailing.post(person, "items", {}))
    assert not database.call(lambda uow: uow.mailing.post(person, "ready", {}))


def test_what_waits_is_not_sent_to_whoever_ended_it_moved_or_is_gone(database: Database) -> None:
    people = [_person(database, name) for name in ("ends", "moves", "goes", "stays")]
    for person in people:
        _confirmed(database, person, f"{person.hex}@example.org")
    _clear(database)
    _let_it_be_due(database)
    database.call(lambda uow: uow.mailing.due(10))
    ends, moves, goes, stays = people
    database.call(lambda uow: uow.mailing.end(ends))
    database.call(lambda uow: uow.mailing.subscribe(moves, "new@example.org", DAILY, "en"))
    database.call(lambda uow: uow.people.erase(goes))
    assert {mail.person_id for mail in _claim(database) if mail.kind == "digest"} == {stays}


def test_whoever_ends_it_while_their_mail_is_built_does_not_get_it(database: Database) -> None:
    person = _person(database)
    token = _confirmed(database, person).stop_token
    _clear(database)
    _let_it_be_due(database)
    database.call(lambda uow: uow.mailing.due(10))
    (mail,) = _claim(database)
    assert _claim(database) == []
    assert database.call(lambda uow: uow.mailing.end_by(token)) is not None
    assert not database.call(lambda uow: uow.mailing.begin(mail))


def test_a_sender_whose_lease_ran_out_may_not_hand_its_mail_over(database: Database) -> None:
    person = _person(database)
    _confirmed(database, person)
    _clear(database)
    database.call(lambda uow: uow.mailing.post(person, "items", {}, key="once"))
    assert not database.call(lambda uow: uow.mailing.post(person, "items", {}, key="once"))
    (slow,) = _claim(database)
    database.call(lambda uow: uow.session.execute(sa.update(MailRow).values(available_at=sa.func.now())))
    (quick,) = _claim(database)
    assert database.call(lambda uow: uow.mailing.begin(quick))
    assert not database.call(lambda uow: uow.mailing.begin(slow))
    database.call(lambda uow: uow.mailing.drop(slow, "late"))
    assert _states(database) == {"items sending": 1}
    # Its sender dies: nobody knows, so nobody sends it again.
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    database.call(lambda uow: uow.session.execute(sa.update(MailRow).values(sending_at=long_ago)))
    assert database.call(lambda uow: uow.mailing.reap()) == 1
    assert _states(database) == {"items unknown": 1}


def test_what_was_asked_for_goes_before_digests_and_a_domain_may_wait(database: Database) -> None:
    person, other = _person(database), _person(database, "other")
    _confirmed(database, person)
    _confirmed(database, other, "other@slow.example.org")
    _clear(database)
    _let_it_be_due(database)
    database.call(lambda uow: uow.mailing.due(10))
    database.call(lambda uow: uow.mailing.post(person, "items", {}))
    claimed = database.call(lambda uow: uow.mailing.claim(10, {"slow.example.org"}))
    assert [mail.kind for mail in claimed] == ["items", "digest"]
    assert {mail.person_id for mail in claimed} == {person}


def test_an_address_that_bounced_or_complained_is_stopped_for_everybody(database: Database) -> None:
    people = [_person(database, name) for name in ("one", "two")]
    for person in people:
        _confirmed(database, person, "Shared@example.org" if person == people[0] else "shared@example.org")
    _clear(database)
    database.call(lambda uow: uow.mailing.post(people[0], "items", {}))
    (mail,) = _claim(database)
    assert not database.call(lambda uow: uow.mailing.came_back("guessed", complained=True))
    assert database.call(lambda uow: uow.mailing.came_back(mail.ref, complained=True))
    for person in people:
        record = database.call(lambda uow, p=person: uow.mailing.subscription(p))  # type: ignore[misc] # a lambda's default
        assert record is not None
        assert (record.confirmed, record.ended, record.next_at) == (False, True, None)
    assert not database.call(lambda uow: uow.mailing.begin(mail))
    database.call(lambda uow: uow.people.erase(people[1]))
    again = _person(database, "two")
    with pytest.raises(MailRefused, match="complained"):
        database.call(lambda uow: uow.mailing.subscribe(again, "SHARED@example.org", DAILY, "en"))


def test_a_strangers_address_is_asked_three_times_a_day_whoever_names_it(database: Database) -> None:
    for name in ("a", "b", "c"):
        person = _person(database, name)
        database.call(lambda uow, p=person: uow.mailing.subscribe(p, ANNA, DAILY, "en"))  # type: ignore[misc] # a lambda's default
        database.call(lambda uow, p=person: uow.people.erase(p))  # type: ignore[misc] # a lambda's default
    fourth = _person(database, "d")
    with pytest.raises(MailRefused, match="too_many"):
        database.call(lambda uow: uow.mailing.subscribe(fourth, "ANNA@example.org", DAILY, "en"))
    with pytest.raises(NoAddress):
        database.call(lambda uow: uow.mailing.subscribe(fourth, "a@example.org\nBcc: b@example.org", None, "en"))


def test_linking_keeps_the_address_that_is_confirmed_and_its_links_work(database: Database) -> None:
    stays, joins = _person(database, "stays"), _person(database, "joins")
    database.call(lambda uow: uow.mailing.subscribe(stays, "unsure@example.org", DAILY, "en"))
    token = _confirmed(database, joins).stop_token
    assert database.call(lambda uow: uow.people.link(stays, joins))
    record = database.call(lambda uow: uow.mailing.end_by(token))
    assert record is not None
    assert (record.person_id, record.address, record.confirmed) == (stays, ANNA, True)


def test_an_export_names_it_and_erasing_leaves_nothing_of_it(database: Database) -> None:
    person = _person(database)
    _confirmed(database, person)
    exported = database.call(lambda uow: export_person(uow.session, uow.house, person))
    assert exported["subscriptions"][0]["address"] == ANNA
    assert exported["mails"][0]["address"] == ANNA
    database.call(lambda uow: uow.people.erase(person))
    left = database.call(
        lambda uow: [
            uow.session.scalar(sa.select(sa.func.count()).select_from(t)) for t in (MailRow, Subscription)
        ]
    )
    assert left == [0, 0]
