"""Two accounts become one person without loss and part again, whatever else is going on at that moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.merging import MEETING, PARTING, owned_tables
from storage.records import LinkOffer, ResultRecord, SentRecord, Standing
from storage.reports import export_person
from storage.retention import retire
from storage.tables import Consent, Favourite, Job, LinkCode, LinkTry, Media, Person, Result
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork, collided
from tests.integration.linked import do, opened, person_of, send_photo
from tests.programs import until
from tests.unit.catalog.products import product

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def shop(database: Database) -> Database:
    """A database with some products to save."""
    database.call(lambda uow: uow.products.put(product(name, name, name) for name in ("t-shirt", "coat", "skirt")))
    return database


def _link(database: Database, stays: str, joins: str) -> UUID:
    person = person_of(database, stays)
    assert database.call(lambda uow: uow.people.link(person, opened(uow, joins).person_id))
    return person


def _open_code(uow: UnitOfWork, code: str, account: str, valid: timedelta = TEN_MINUTES) -> None:
    talk = opened(uow, account)
    uow.links.open_code(code, talk.person_id, talk.id, valid)


def _try(uow: UnitOfWork, code: str, account: str) -> LinkOffer | str:
    return uow.links.try_code(code, "web", account)


def _ask(uow: UnitOfWork, account: str) -> None:
    """The person asks for a picture."""
    talk = opened(uow, account)
    uow.jobs.request(talk.person_id, talk.id, "q", f"key {account}", {})


def _export(uow: UnitOfWork, person: UUID) -> dict[str, list[dict[str, Any]]]:
    return export_person(uow.session, uow.house, person)


def _standing(uow: UnitOfWork, person: UUID) -> Standing:
    return uow.people.standing(person)


def _sees(uow: UnitOfWork, picture: str, person: UUID) -> bool:
    return uow.media.visible(picture, person) is not None


def _favourites(database: Database, person: UUID) -> set[str]:
    return set(database.call(lambda uow: uow.people.favourites(person, 100)))


# --- tomorrow's tables -----------------------------------------------------------------------------------


def test_every_table_of_a_person_says_how_rows_meet_and_where_they_go() -> None:
    owned = list(owned_tables())
    assert {one.table.name for one in owned} == set(PARTING), "say in storage.merging.PARTING where its rows go"
    meeting = {one.table.name for one in owned if one.unique_keys()}
    assert meeting == set(MEETING), "say in storage.merging.MEETING what becomes of rows that two people both have"


# --- codes -----------------------------------------------------------------------------------------------


def test_a_code_links_once_and_is_kept_as_its_hash_only(database: Database) -> None:
    talk = do(database, opened, "a")
    do(database, _open_code, "7KQ49XWM", "a")
    with database.unit_of_work() as uow:
        assert "7KQ49XWM" not in str(uow.session.execute(sa.select(LinkCode.__table__)).all())
    offer = do(database, _try, "7KQ49XWM", "b")
    assert isinstance(offer, LinkOffer)
    joins = person_of(database, "b")
    assert database.call(lambda uow: uow.links.link(offer.ticket, joins)) is not None
    other = person_of(database, "c")
    assert database.call(lambda uow: uow.links.link(offer.ticket, other)) is None, "it was used"
    assert person_of(database, "b") == person_of(database, "a") == talk.person_id
    assert person_of(database, "c") == other


def test_a_new_code_closes_the_one_before_and_time_closes_any(database: Database) -> None:
    for code, valid in (("AAA1111A", TEN_MINUTES), ("BBB2222B", TEN_MINUTES), ("CCC3333C", -TEN_MINUTES)):
        do(database, _open_code, code, "a", valid)
        tried = ("AAA1111A", "BBB2222B", "CCC3333C")
        answers = [do(database, _try, one, f"asks about {one} after {code}") for one in tried]
        open_now = [c for c, answer in zip("ABC", answers, strict=True) if isinstance(answer, LinkOffer)]
        assert open_now == ([code[0]] if valid > timedelta() else [])
    database.call(lambda uow: retire(uow.session))
    with database.unit_of_work() as uow:
        assert uow.session.query(LinkCode).count() == 0


def test_after_five_wrong_codes_an_account_is_not_even_given_the_right_one(database: Database) -> None:
    do(database, _open_code, "7KQ49XWM", "a")

    def guess(code: str, account: str = "guesser") -> object:
        return do(database, _try, code, account)

    assert [guess(f"1A1A1A1{n}") for n in range(6)] == ["unknown"] * 5 + ["too_many"]
    assert guess("7KQ49XWM") == "too_many"
    database.call(lambda uow: uow.people.erase(opened(uow, "guesser").person_id))
    assert guess("7KQ49XWM") == "too_many", "erasing oneself gives no fresh tries"
    assert isinstance(guess("7KQ49XWM", "somebody else"), LinkOffer)
    with database.unit_of_work() as uow:
        uow.session.execute(sa.update(LinkTry).values(at=sa.func.now() - timedelta(hours=2)))
    assert isinstance(guess("7KQ49XWM"), LinkOffer), "after an hour they may try again"
    database.call(lambda uow: retire(uow.session))
    with database.unit_of_work() as uow:
        assert uow.session.query(LinkTry).count() == 0


def test_twenty_guesses_at_once_count_as_twenty(database: Database) -> None:
    start = threading.Barrier(4)

    def guess(thread: int) -> list[str]:
        start.wait()
        return [str(do(database, _try, f"1A1A1A{thread}{n}", "a")) for n in range(5)]

    with ThreadPoolExecutor(4) as pool:
        answers = [answer for many in pool.map(guess, range(4)) for answer in many]
    assert answers.count("unknown") == 5
    assert answers.count("too_many") == 15


# --- two become one --------------------------------------------------------------------------------------


def test_linking_keeps_everything_of_both(shop: Database) -> None:
    def live(uow: UnitOfWork, account: str, *saved: str) -> None:
        talk = opened(uow, account)
        uow.people.record_consent(talk.person_id, "1")
        uow.conversations.heard(talk.id, "e", {"text": f"words of {account}"})
        for one in saved:
            uow.people.save_favourite(talk.person_id, one, saved=True)
        result = uow.media.keep(f"result {account}".encode(), "result", "image/jpeg", talk.person_id)
        uow.jobs.request(talk.person_id, talk.id, account, f"key {account}", {})
        lease = uow.jobs.claim(account, "w")
        assert lease is not None
        uow.jobs.finish(lease, ResultRecord(f"key {account}", result, 3, 4, "preview", {}))

    shop.call(lambda uow: live(uow, "a", "t-shirt", "coat"))
    shop.call(lambda uow: live(uow, "b", "coat", "skirt"))
    first = shop.call(lambda uow: uow.session.query(sa.func.min(Consent.given_at)).scalar())
    do(shop, send_photo, "a", b"photo a")
    newest = do(shop, send_photo, "b", b"photo b")
    before = [do(shop, _export, person_of(shop, account)) for account in "ab"]
    gone = person_of(shop, "b")

    person = _link(shop, "a", "b")

    after = do(shop, _export, person)
    for table in ("identities", "conversations", "turns", "photos", "media", "jobs", "results", "inbox"):
        assert len(after[table]) == sum(len(one[table]) for one in before), table
    assert _favourites(shop, person) == {"t-shirt", "coat", "skirt"}
    assert [row["given_at"] for row in after["consents"]] == [first]
    standing = do(shop, _standing, person)
    assert standing.photo is not None
    assert standing.photo.media_key == newest, "the newest photo counts"
    assert standing.accounts == (("web", "a"), ("web", "b"))
    assert do(shop, _export, gone) == {}


def test_a_blob_that_both_hold_is_held_once_and_for_the_longer_term(storage_config: StorageConfig) -> None:
    # As it was before pictures were sealed; since then only those who parted hold one together.
    database = Database(storage_config, LocalMediaStore(storage_config.media))

    def keep(uow: UnitOfWork, account: str, kept: timedelta | None, kind: str) -> None:
        uow.media.keep(b"the same", kind, "image/jpeg", opened(uow, account).person_id, kept=kept)

    for account, days in (("a", 1), ("b", 9)):
        do(database, keep, account, timedelta(days=days), "photo")
    for account, term in (("a", timedelta(days=1)), ("b", None)):
        do(database, keep, account, term, "result")
    _link(database, "a", "b")
    with database.unit_of_work() as uow:
        rows = uow.session.execute(
            sa.select(Media.kind, Media.expires_at > sa.func.now() + timedelta(days=8)).order_by(Media.kind)
        ).all()
    database.close()
    assert [tuple(row) for row in rows] == [("photo", True), ("result", None)]


def test_deleting_the_photo_deletes_the_older_one_of_the_other_account_too(database: Database) -> None:
    older = do(database, send_photo, "a", b"older")
    newest = do(database, send_photo, "b", b"newest")
    person = _link(database, "a", "b")
    assert set(database.call(lambda uow: uow.media.drop_photo(person, newest))) == {older, newest}
    assert database.call(lambda uow: uow.people.standing(person).photo) is None


def test_two_who_ask_for_the_same_picture_may_be_linked_while_it_is_made(database: Database) -> None:
    for account in "ab":
        do(database, _ask, account)
    person = _link(database, "a", "b")
    for _ in "ab":
        lease = database.call(lambda uow: uow.jobs.claim("q", "w"))
        assert lease is not None
        assert lease.person_id == person


# --- one becomes two -------------------------------------------------------------------------------------


def _unlink(database: Database, account: str) -> UUID | None:
    return database.call(lambda uow: uow.people.unlink(opened(uow, account).person_id, "web", account))


def test_linking_and_unlinking_leaves_everybody_with_their_own_photo(shop: Database) -> None:
    photos = {name: do(shop, send_photo, name, name.encode()) for name in "ab"}
    person = _link(shop, "a", "b")
    shop.call(lambda uow: uow.people.save_favourite(person, "t-shirt", saved=True))
    alone = _unlink(shop, "b")
    assert alone is not None
    assert alone != person
    for who, name in ((person, "a"), (alone, "b")):
        standing = do(shop, _standing, who)
        assert standing.photo is not None
        assert standing.photo.media_key == photos[name]
        assert standing.accounts == (("web", name),)
        other = photos["b" if name == "a" else "a"]
        assert not do(shop, _sees, other, who)
        assert _favourites(shop, who) == {"t-shirt"}, "what was saved is there twice"


def test_the_last_account_cannot_be_unlinked(database: Database) -> None:
    person_of(database, "a")
    assert _unlink(database, "a") is None
    with database.unit_of_work() as uow:
        assert uow.session.query(Person).count() == 1


def test_a_parted_chat_keeps_the_pictures_it_shows_and_takes_them_from_the_other(database: Database) -> None:
    def render(uow: UnitOfWork, account: str, *, shown: bool) -> str:
        talk = opened(uow, account)
        key = f"key {account}"
        picture = uow.media.keep(key.encode(), "result", "image/jpeg", talk.person_id)
        uow.jobs.request(talk.person_id, talk.id, "q", key, {})
        lease = uow.jobs.claim("q", "w")
        assert lease is not None
        uow.jobs.finish(lease, ResultRecord(key, picture, 3, 4, "preview", {}))
        if shown:
            body = {"text": "", "pictures": [{"media": picture, "alt": "", "role": "result"}]}
            uow.conversations.say(talk.id, "web", body)
        return picture

    person = _link(database, "a", "b")
    mine = database.call(lambda uow: render(uow, "a", shown=True))
    theirs = database.call(lambda uow: render(uow, "b", shown=False))
    alone = _unlink(database, "b")
    assert alone is not None

    assert [do(database, _sees, mine, who) for who in (person, alone)] == [True, False]
    assert [do(database, _sees, theirs, who) for who in (person, alone)] == [False, True], "soon shown there"
    talk = database.call(lambda uow: opened(uow, "a"))
    _, new = database.call(lambda uow: uow.jobs.request(person, talk.id, "q", "key b", {}))
    assert new
    assert database.call(lambda uow: uow.jobs.waiting("q")) == 1, "another's result does not count as one's own"


# --- at the same time ------------------------------------------------------------------------------------


def _wait_for_a_lock(database: Database) -> None:
    """Until somebody waits for somebody else's row."""
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    until(lambda: database.call(lambda uow: uow.session.scalar(waiting)), 20, "nobody came to wait")


def _again(database: Database, work: Callable[[UnitOfWork], object]) -> object:
    """As the consumer does it: what PostgreSQL undid is done again."""
    while True:
        try:
            return database.call(work)
        except CONNECTION_LOST as error:
            if not collided(error):
                raise


@pytest.mark.parametrize("busy", ["a", "b"])
def test_what_is_being_written_for_either_of_two_is_not_lost_when_they_are_linked(
    shop: Database, busy: str
) -> None:
    for account in "ab":
        person_of(shop, account)
    with ThreadPoolExecutor(1) as pool:
        with shop.unit_of_work() as consumer:
            talk = opened(consumer, busy)
            linking = pool.submit(lambda: _link(shop, "a", "b"))
            _wait_for_a_lock(shop)
            assert not linking.done()
            consumer.people.save_favourite(talk.person_id, "t-shirt", saved=True)
            consumer.people.record_consent(talk.person_id, "1")
            consumer.jobs.request(talk.person_id, talk.id, "q", "k", {})
            consumer.conversations.heard(talk.id, "e", {"text": "words"})
        person = linking.result(20)
    after = do(shop, _export, person)
    for table in ("favourites", "consents", "jobs", "turns"):
        assert len(after[table]) == 1, table


def test_whoever_comes_while_two_are_linked_writes_for_the_one_they_become(shop: Database) -> None:
    stays, joins = person_of(shop, "a"), person_of(shop, "b")

    def save(uow: UnitOfWork) -> UUID:
        talk = opened(uow, "b")
        uow.people.save_favourite(talk.person_id, "t-shirt", saved=True)
        return talk.person_id

    with ThreadPoolExecutor(1) as pool:
        with shop.unit_of_work() as linker:
            assert linker.people.link(stays, joins)
            saving = pool.submit(shop.call, save)
            _wait_for_a_lock(shop)
        assert saving.result(20) == stays
    assert _favourites(shop, stays) == {"t-shirt"}


def test_a_picture_that_arrives_while_two_are_linked_belongs_to_the_one_they_become(database: Database) -> None:
    stays = person_of(database, "a")
    talk = database.call(lambda uow: opened(uow, "b"))
    database.call(lambda uow: uow.jobs.request(talk.person_id, talk.id, "q", "k", {}))
    lease = database.call(lambda uow: uow.jobs.claim("q", "w"))
    assert lease is not None

    def finish(uow: UnitOfWork) -> None:
        now = uow.jobs.lock(lease)
        picture = uow.media.keep(b"result", "result", "image/jpeg", now.person_id)
        uow.jobs.finish(now, ResultRecord("k", picture, 3, 4, "preview", {}))

    with ThreadPoolExecutor(1) as pool:
        with database.unit_of_work() as linker:
            assert linker.people.link(stays, talk.person_id)
            finishing = pool.submit(database.call, finish)
            _wait_for_a_lock(database)
        finishing.result(20)
    with database.unit_of_work() as uow:
        owners = [uow.session.query(table.person_id).scalar() for table in (Job, Result, Media)]
        assert owners == [stays] * 3
        assert uow.session.query(Job.status).scalar() == "done"
    assert database.call(lambda uow: uow.inbox.waiting("web", "b")) == 1, "the chat that asked is told"


def test_a_worker_in_the_middle_of_its_last_step_is_waited_for(database: Database) -> None:
    stays = person_of(database, "a")
    talk = database.call(lambda uow: opened(uow, "b"))
    database.call(lambda uow: uow.jobs.request(talk.person_id, talk.id, "q", "k", {}))
    lease = database.call(lambda uow: uow.jobs.claim("q", "w"))
    assert lease is not None
    with ThreadPoolExecutor(1) as pool:
        with database.unit_of_work() as worker:
            now = worker.jobs.lock(lease)
            linking = pool.submit(lambda: _link(database, "a", "b"))
            _wait_for_a_lock(database)
            picture = worker.media.keep(b"result", "result", "image/jpeg", now.person_id)
            worker.jobs.finish(now, ResultRecord("k", picture, 3, 4, "preview", {}))
        assert linking.result(20) == stays
    assert do(database, _sees, picture, stays)


def test_two_who_send_each_other_a_code_become_one_person(shop: Database) -> None:
    def offer(uow: UnitOfWork, account: str, code: str) -> None:
        _open_code(uow, code, account)
        uow.people.save_favourite(
            opened(uow, account).person_id, {"a": "t-shirt", "b": "coat"}[account], saved=True
        )

    codes = {"a": "7KQ49XWM", "b": "8KQ49XWM"}
    for account, code in codes.items():
        do(shop, offer, account, code)
    tickets = {}
    for account, other in (("a", "b"), ("b", "a")):
        found = do(shop, _try, codes[other], account)
        assert isinstance(found, LinkOffer)
        tickets[account] = found.ticket
    start = threading.Barrier(2)
    met: list[str] = []

    def say_yes(account: str) -> object:
        def work(uow: UnitOfWork) -> object:
            talk = opened(uow, account)
            if account not in met:
                met.append(account)
                start.wait(20)
            return uow.links.link(tickets[account], talk.person_id)

        return _again(shop, work)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(say_yes, "ab"))
    assert sum(answer is not None for answer in answers) == 1, "the second finds that it is done"
    assert person_of(shop, "a") == person_of(shop, "b")
    assert _favourites(shop, person_of(shop, "a")) == {"t-shirt", "coat"}


def test_erasing_waits_for_the_persons_other_chat_and_leaves_nothing(shop: Database) -> None:
    person = _link(shop, "a", "b")
    with ThreadPoolExecutor(1) as pool:
        with shop.unit_of_work() as consumer:
            talk = opened(consumer, "b")
            erasing = pool.submit(shop.call, lambda uow: uow.people.erase(person))
            _wait_for_a_lock(shop)
            consumer.people.save_favourite(person, "t-shirt", saved=True)
            key = consumer.media.keep(b"late", "photo", "image/jpeg", person)
            consumer.conversations.say(talk.id, "web", {"text": "late"})
        assert key in erasing.result(20), "what was kept meanwhile is forgotten too"
    with shop.unit_of_work() as uow:
        for table in (Person, Favourite, Media):
            assert uow.session.query(table).count() == 0
        assert uow.session.scalar(sa.text("SELECT count(*) FROM conversations")) == 0


def test_erasing_lets_a_message_that_is_being_sent_through(database: Database) -> None:
    talk = database.call(lambda uow: opened(uow, "a"))
    database.call(lambda uow: uow.conversations.say(talk.id, "web", {"text": "on its way"}))
    with ThreadPoolExecutor(1) as pool:
        with database.unit_of_work() as sender:
            (row,) = sender.outbox.claim(["web"], 1)
            erasing = pool.submit(database.call, lambda uow: uow.people.erase(talk.person_id))
            _wait_for_a_lock(database)
            note = SentRecord(talk.id, row.turn_id, "words", row.rev, "a", "m1", None)
            # In a transaction of its own, as the journal does it.
            database.call(lambda uow: uow.outbox.note("web", note))
            sender.outbox.sent(row.id)
        erasing.result(20)
    assert database.call(lambda uow: uow.conversations.find("web", "a")) is None
