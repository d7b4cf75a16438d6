"""The process that sends mail is killed between every two steps; the mailboxes tell how often each mail came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.settings import BotSettings
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.schedules import Schedule
from storage.unit_of_work import Database, UnitOfWork
from tests.chaos.database import barrier, query
from tests.chaos.sender import sender
from tests.programs import until
from tests.servers import stock_media
from tests.smtp import Mailbox, faulty_server

pytestmark = pytest.mark.timeout(300)

_STATES = "SELECT address, status FROM mails"
_HELD = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    " AND application_name = 'fashioncore' AND query LIKE %s"
)
_LATER = (
    "UPDATE mails SET available_at = now() - interval '1 hour' WHERE status = 'waiting' RETURNING id",
    "UPDATE mails SET sending_at = now() - interval '1 hour' WHERE status = 'sending' RETURNING id",
)


@dataclass
class Story:
    """The database, the mail server, and the processes that send from one to the other."""

    settings: BotSettings
    database: Database
    url: str
    mailbox: Mailbox
    running: list[BaseProcess] = field(default_factory=list)

    def pass_time(self) -> None:
        """Leases are over, and what was being handed over has been so for long."""
        for statement in _LATER:
            query(self.url, statement)

    def begin(self) -> BaseProcess:
        self.running.append(sender(self.settings))
        return self.running[-1]

    def due(self, name: str) -> str:
        """Somebody whose digest is due and has something to say; their address."""
        self.database.call(partial(_reader, name))
        return f"{name}@example.org"

    def queued(self, name: str) -> str:
        """The same, and the digest waits to be sent."""
        address = self.due(name)
        self.database.call(lambda uow: uow.mailing.due(10))
        return address

    def killed_at_statement(self, like: str) -> None:
        """Writes wait, and whoever comes to this one is killed there."""
        self.pass_time()
        with barrier(self.url, "mails"):
            process = self.begin()
            self._held(like)
            _kill(process)

    def killed_at_server(self, name: str, step: str, then: str = "") -> None:
        """The server keeps this mail waiting; the sender is killed there, or at the statement after it."""
        gate = self.mailbox.gate(self.queued(name), step)
        self.pass_time()
        process = self.begin()
        assert gate.reached.wait(60), f"nobody came to {step}"
        if then:
            with barrier(self.url, "mails"):
                gate.opened.set()
                self._held(then)
                _kill(process)
        else:
            _kill(process)
            gate.opened.set()

    def _held(self, like: str) -> None:
        until(lambda: query(self.url, _HELD, like), 60, f"nobody came to {like}", 0.02)

    def states(self) -> dict[str, str]:
        return {address.partition("@")[0]: status for address, status in query(self.url, _STATES)}


@pytest.fixture
def story(stocked_database_url: str, redis_url: str, stocked_data: Path, tmp_path: Path) -> Iterator[Story]:
    data = stock_media(stocked_data, tmp_path / "data")
    database = Database(
        StorageConfig(stocked_database_url, redis_url, data / "media"), LocalMediaStore(data / "media")
    )
    with faulty_server() as mailbox:
        settings = BotSettings(
            DATABASE_URL=stocked_database_url,
            REDIS_URL=redis_url,
            SMTP_URL=f"smtp://127.0.0.1:{mailbox.port}?tls=no",
            data=data,
            mail_from="stylist@example.org",
            mail_senders=1,
        )
        told = Story(settings, database, stocked_database_url, mailbox)
        try:
            yield told
        finally:
            for process in told.running:
                _kill(process)
            database.close()


def test_a_kill_between_any_two_steps_sends_nothing_twice_and_loses_nothing_unseen(story: Story) -> None:
    story.due("queueing")
    story.killed_at_statement("INSERT INTO mails%")
    assert story.states() == {}

    story.queued("claiming")
    story.killed_at_statement("UPDATE mails SET attempts%")
    story.killed_at_server("addressing", "rcpt")
    story.killed_at_server("marking", "rcpt", "UPDATE mails SET status='sending'%")
    story.killed_at_server("handing", "data")
    story.killed_at_server("answering", "taken")
    story.killed_at_server("noting", "taken", "UPDATE mails SET%done_at%")

    for _ in range(2):
        # The second finds nothing that is left to do.
        story.pass_time()
        process = story.begin()
        until(lambda: not {"waiting", "sending"} & set(story.states().values()), 60, lambda: str(story.states()))
        _kill(process)
    lost = {"handing": "unknown", "answering": "unknown", "noting": "unknown"}
    before = ("queueing", "claiming", "addressing", "marking")
    assert story.states() == {**dict.fromkeys(before, "sent"), **lost}
    came = Counter(mail.rcpt_tos[0].partition("@")[0] for mail in story.mailbox.taken)
    # A server may keep what it has whole, though nobody waits for its answer any more.
    assert came.pop("handing", 0) <= 1
    assert came == {**dict.fromkeys(before, 1), "answering": 1, "noting": 1}


def _reader(name: str, uow: UnitOfWork) -> None:
    """Something they saved was sold out and is there again."""
    person: UUID = uow.people.find_or_create("web", name)
    uow.mailing.subscribe(person, f"{name}@example.org", Schedule("daily"), "en")
    uow.mailing.confirm(uow.mailing.new_confirmation(person))
    product = uow.session.scalars(sa.text("SELECT id FROM products ORDER BY 1 LIMIT 1")).one()
    uow.people.save_favourite(person, product, saved=True)
    for statement in (
        "DELETE FROM mails WHERE person_id = :person",
        "UPDATE subscriptions SET next_at = now() - interval '1 minute' WHERE person_id = :person",
        "UPDATE told_products SET gone = true WHERE person_id = :person",
    ):
        uow.session.execute(sa.text(statement), {"person": person})


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join(30)
