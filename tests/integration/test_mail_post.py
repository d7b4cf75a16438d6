"""Mail on its way: each is handed over once, whatever servers say and whenever the process dies."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import TypeVar
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.mail.composing import Composer
from bot.mail.envelope import House
from bot.mail.post import Post
from bot.mail.transport import FolderCarrier, SmtpCarrier
from bot.mail.writing import House as Paper
from bot.mail_settings import MailServer, mail_server
from bot.products import ProductDesk
from catalog.pacing import LocalPace
from catalog.search import Catalogue
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.reports import export_person
from storage.schedules import Schedule
from storage.tables import Base, MailRow
from storage.unit_of_work import Database, UnitOfWork
from tests.smtp import Mailbox, faulty_server

T = TypeVar("T")
HOME = "https://chat.example.org"
HOUSE = House("fashionCORE <stylist@example.org>", "back@example.org", HOME)
CODE = {"code": "K7QWM2PX", "minutes": 15}


class Killed(BaseException):
    """The process ends here."""


class MortalDatabase(Database):
    """Dies before or after one of its transactions: number 2n is before the n-th, 2n + 1 after it."""

    def __init__(self, config: StorageConfig, dies_at: int) -> None:
        super().__init__(config, LocalMediaStore(config.media))
        self.step = -1
        self.dies_at = dies_at

    def _next(self) -> None:
        self.step += 1
        if self.step == self.dies_at:
            raise Killed

    async def run(self, work: Callable[[UnitOfWork], T], *, attempts: int = 1) -> T:
        """See Database."""
        self._next()
        result = await super().run(work, attempts=attempts)
        self._next()
        return result


@pytest.fixture
def server() -> Iterator[Mailbox]:
    with faulty_server() as mailbox:
        yield mailbox


def _server(mailbox: Mailbox) -> MailServer:
    return mail_server(f"smtp://127.0.0.1:{mailbox.port}?tls=no")


def _post(database: Database, mailbox: Mailbox, per_minute: int = 100_000) -> tuple[Post, SmtpCarrier]:
    products = ProductDesk(Catalogue([]))
    composer = Composer(database, products, Paper("fashionCORE", HOME), lambda: datetime.now(UTC))
    carrier = SmtpCarrier(_server(mailbox))
    return Post(database, composer, HOUSE, [carrier], pace=LocalPace(), per_minute=per_minute), carrier


def _send(database: Database, mailbox: Mailbox, times: int = 1) -> int:
    """What one process does in so many rounds."""

    async def work() -> int:
        post, carrier = _post(database, mailbox)
        try:
            return sum([await post.send(carrier) for _ in range(times)])
        finally:
            await carrier.close()

    return asyncio.run(work())


def _reader(database: Database, name: str, address: str) -> UUID:
    """Somebody whose address is confirmed."""

    def work(uow: UnitOfWork) -> UUID:
        person = uow.people.find_or_create("web", name)
        uow.mailing.subscribe(person, address, Schedule("daily"), "en")
        uow.mailing.confirm(uow.mailing.new_confirmation(person))
        uow.session.execute(sa.delete(MailRow))
        return person

    return database.call(work)


def _order(database: Database, person: UUID) -> None:
    assert database.call(lambda uow: uow.mailing.post(person, "sign_in", CODE))


def _now(database: Database) -> None:
    """Leases and pauses are over, and mails that were being handed over have been so for long."""
    past = datetime.now(UTC) - timedelta(hours=1)
    waiting = sa.update(MailRow).where(MailRow.status == "waiting").values(available_at=past)
    sending = sa.update(MailRow).where(MailRow.status == "sending").values(sending_at=past)
    database.call(lambda uow: (uow.session.execute(waiting), uow.session.execute(sending)))
    database.call(lambda uow: uow.mailing.reap())


def _states(database: Database) -> dict[str, int]:
    rows = database.call(lambda uow: uow.session.scalars(sa.select(MailRow.status)).all())
    return dict(Counter(rows))


def _errors(database: Database) -> list[str | None]:
    return list(database.call(lambda uow: uow.session.scalars(sa.select(MailRow.error_code)).all()))


def test_the_question_goes_out_and_its_link_confirms(database: Database, server: Mailbox) -> None:
    person = database.call(lambda uow: uow.people.find_or_create("web", "anna"))
    database.call(lambda uow: uow.mailing.subscribe(person, "anna@bücher.example", Schedule("daily"), "de"))
    assert _send(database, server) == 1
    (taken,) = server.taken
    assert taken.rcpt_tos == ["anna@xn--bcher-kva.example"]
    assert taken.mail_from is not None
    assert taken.mail_from.startswith("back+b-")
    assert isinstance(taken.content, bytes)
    message = message_from_bytes(taken.content)
    text = next(part for part in message.walk() if part.get_content_type() == "text/plain").get_payload(
        decode=True
    )
    assert isinstance(text, bytes)
    token = text.decode().split(f"{HOME}/mail/confirm/", 1)[1].split()[0]
    record = database.call(lambda uow: uow.mailing.confirm(token))
    assert record is not None
    assert record.confirmed
    assert _send(database, server) == 0
    assert len(server.taken) == 1


def test_killed_between_every_two_steps_a_mail_is_sent_once_or_known_as_lost(
    storage_config: StorageConfig, database: Database, server: Mailbox
) -> None:
    person = _reader(database, "anna", "anna@example.org")
    lost = 0
    for dies_at in range(100):
        server.taken.clear()
        database.call(lambda uow: uow.session.execute(sa.delete(MailRow)))
        _order(database, person)
        mortal = MortalDatabase(storage_config, dies_at)
        try:
            _send(mortal, server)
            survived = True
        except Killed:
            survived = False
        finally:
            mortal.close()
        for _ in range(2):
            _now(database)
            _send(database, server)
        states = _states(database)
        assert len(server.taken) <= 1, f"sent twice after dying at {dies_at}"
        if states == {"unknown": 1}:
            lost += 1
        else:
            assert states == {"sent": 1}, f"after dying at {dies_at}"
            assert len(server.taken) == 1, f"not sent after dying at {dies_at}"
        if survived:
            break
    else:
        pytest.fail("it never gets through")
    # Only from the mark that it is handed over to the end of writing down that it was.
    assert lost == 2
    assert dies_at >= 8


@pytest.mark.parametrize(
    ("at_rcpt", "at_data"),
    [("451 4.7.1 Greylisted, try again", ""), ("450 4.2.2 Mailbox full", ""), ("", "452 4.3.1 No space")],
)
def test_what_is_refused_for_now_goes_later_and_once(
    database: Database, server: Mailbox, at_rcpt: str, at_data: str
) -> None:
    server.rcpt, server.data = [at_rcpt] if at_rcpt else [], [at_data] if at_data else []
    _order(database, _reader(database, "anna", "anna@example.org"))
    _send(database, server)
    assert _states(database) == {"waiting": 1}
    assert _send(database, server) == 0
    _now(database)
    _send(database, server)
    assert _states(database) == {"sent": 1}
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("answer", "stopped"),
    [
        ("550 5.1.1 No such user", True),
        ("550 No such user here", True),
        ("552 5.2.2 Mailbox full", False),
        ("552 Mailbox full", False),
        ("550 5.7.1 Blocked", False),
        ("554 5.7.1 Looks like spam", False),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again_and_a_missing_mailbox_stops_the_address(
    database: Database, server: Mailbox, answer: str, stopped: bool
) -> None:
    server.rcpt = [answer]
    person = _reader(database, "anna", "anna@example.org")
    _order(database, person)
    _send(database, server)
    assert _states(database) == {"failed": 1}
    _now(database)
    assert _send(database, server) == 0
    record = database.call(lambda uow: uow.mailing.subscription(person))
    assert record is not None
    assert record.ended is stopped


@pytest.mark.parametrize("how", ["drop before", "drop after"])
def test_a_server_that_goes_away_after_the_mail_gets_no_second_one(
    database: Database, server: Mailbox, how: str
) -> None:
    server.data = [how]
    _order(database, _reader(database, "anna", "anna@example.org"))
    _send(database, server)
    assert _states(database) == {"unknown": 1}
    _now(database)
    assert _send(database, server) == 0
    assert len(server.taken) == (how == "drop after")


def test_a_server_that_is_away_costs_no_mail(database: Database) -> None:
    _order(database, _reader(database, "anna", "anna@example.org"))
    with faulty_server() as gone:
        pass
    _send(database, gone)
    assert _states(database) == {"waiting": 1}
    with faulty_server() as server:
        _now(database)
        _send(database, server)
        assert len(server.taken) == 1


def test_a_domain_has_its_pace_and_the_others_do_not_wait_for_it(database: Database, server: Mailbox) -> None:
    for number in range(5):
        _order(database, _reader(database, f"slow {number}", f"{number}@slow.example.org"))
    other = _reader(database, "other", "other@quick.example.org")
    for number in range(5):
        person = database.call(lambda uow, n=number: uow.people.find_or_create("web", f"slow {n}"))  # type: ignore[misc] # a lambda's default
        _order(database, person)
    _order(database, other)

    async def work() -> None:
        post, carrier = _post(database, server, per_minute=20)
        while await post.send(carrier):
            pass
        await carrier.close()

    asyncio.run(work())
    assert Counter(address.rpartition("@")[2] for address in server.asked) == {
        "slow.example.org": 2,
        "quick.example.org": 1,
    }


def test_without_a_server_mails_are_files_for_nobody_elses_eyes_and_erasing_leaves_no_row(
    database: Database, storage_config: StorageConfig
) -> None:
    person = _reader(database, "anna", "anna@example.org")
    _order(database, person)
    folder = storage_config.data / "mail"

    async def work() -> None:
        composer = Composer(
            database, ProductDesk(Catalogue([])), Paper("fashionCORE", HOME), lambda: datetime.now(UTC)
        )
        carrier = FolderCarrier(folder)
        await Post(database, composer, HOUSE, [carrier], pace=LocalPace(), per_minute=600).send(carrier)

    asyncio.run(work())
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    assert file.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert b"/go/link/K7QWM2PX" in file.read_bytes()
    # What it was about is forgotten with that: the link opens somebody's chat.
    assert database.call(lambda uow: uow.session.scalars(sa.select(MailRow.payload)).all()) == [{}]

    exported = database.call(lambda uow: export_person(uow.session, uow.house, person))
    assert [exported[table][0]["address"] for table in ("subscriptions", "mails")] == ["anna@example.org"] * 2
    database.call(lambda uow: uow.people.erase(person))
    for table in Base.metadata.sorted_tables:
        rows = database.call(lambda uow, t=table: uow.session.execute(sa.select(t)).all())  # type: ignore[misc] # a lambda's default
        assert "anna@example.org" not in str(rows), f"{table.name} still names the address"
        assert str(person) not in str(rows), f"{table.name} still names the person"


def test_a_letter_that_cannot_be_written_costs_no_other(database: Database, server: Mailbox) -> None:
    broken, well = _reader(database, "broken", "a@example.org"), _reader(database, "well", "b@example.org")
    assert database.call(lambda uow: uow.mailing.post(broken, "sign_in", {}))
    _order(database, well)
    _send(database, server)
    assert server.asked == ["b@example.org"]
    assert sorted(_states(database)) == ["sent", "waiting"]
    assert "not_built" in _errors(database)
