"""The Telegram process is killed at every step, and Telegram itself fails: nothing is lost or comes twice."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import pytest

from storage.local_servers import LocalServers
from tests.chaos.database import barrier, query, wait_until_held
from tests.data import needs_test_data
from tests.fakes.telegram import TOKEN, FakeTelegram, Message, Person
from tests.integration.telegram_stage import results
from tests.programs import Program, Stage, until
from tests.telegram import offers, person_photo, says

pytestmark = [pytest.mark.timeout(600), needs_test_data]


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram().in_thread() as running:
        yield running


@pytest.fixture
def theatre_with_bot(theatre: Stage, fake: FakeTelegram) -> Stage:
    theatre.environment |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": fake.base}
    return theatre


def started(theatre: Stage) -> Program:
    program = theatre.start("bot", "telegram")
    until(lambda: "is ready" in program.output(), 60, program.output)
    return program


def agreed(fake: FakeTelegram, person: Person) -> None:
    fake.run(person.command("/start"))
    asked = fake.run(person.chat.until(offers("consent:yes"), 30))
    fake.run(person.press(asked, "consent:yes"))
    fake.run(person.chat.until(says("Please send me a photo"), 30))


def shows_more_than(count: int, messages: list[Message]) -> bool:
    """Whether so many results and one more stand there."""
    return sum(results([message]) is not None for message in messages) > count


def told(person: Person, words: str) -> int:
    return sum(words in message.words for message in person.chat.from_bot)


TABLES = ("inbox", "conversations", "turns", "outbox", "sent_messages")
ASKED = {
    "inbox": ("help", "Here is what I do"),
    "conversations": ("privacy", "What I keep"),
    "turns": ("thanks", "You are welcome"),
    "outbox": ("show saved", "not saved anything"),
    "sent_messages": ("goodbye", "Goodbye"),
}


def test_a_kill_at_every_write_loses_and_doubles_no_message(theatre_with_bot: Stage, fake: FakeTelegram) -> None:
    theatre, url = theatre_with_bot, theatre_with_bot.environment["DATABASE_URL"]
    program = started(theatre)
    ann = fake.person(42, "Ann")
    agreed(fake, ann)
    for table in TABLES:
        said, answer = ASKED[table]
        with ExitStack() as held:
            held.enter_context(barrier(url, table))
            fake.run(ann.write(said))
            wait_until_held(url, table)
            program.kill()
        program = started(theatre)
        fake.run(ann.chat.until(says(answer), 40))
    until(lambda: not query(url, "SELECT 1 FROM outbox WHERE status = 'pending'"), 30, "something waits")
    for said, answer in ASKED.values():
        assert told(ann, answer) == 1, f"{said}: {ann.chat.transcript()}"
    fake.assert_clean()


def test_a_kill_between_telegrams_answer_and_our_note_sends_nothing_twice(
    theatre_with_bot: Stage, fake: FakeTelegram
) -> None:
    theatre = theatre_with_bot
    program = started(theatre)
    ann, bob = fake.person(42, "Ann"), fake.person(43, "Bob")
    agreed(fake, ann)
    agreed(fake, bob)
    for said, answer in (("help", "Here is what I do"), ("privacy", "What I keep")):
        fake.faults.slow("sendMessage", seconds=30, chat=42)
        fake.run(ann.write(said))
        fake.run(bob.write(said))
        fake.run(ann.chat.until(says(answer), 30))
        program.kill()
        program = started(theatre)
        fake.run(bob.chat.until(says(answer), 30))
        fake.run(ann.write("thanks"))
        fake.run(ann.chat.until(lambda m: says("You are welcome")([m[-1]]), 40))
        assert told(ann, answer) == 1, ann.chat.transcript()
        assert told(bob, answer) == 1, bob.chat.transcript()
    fake.faults.slow("sendMediaGroup", seconds=30, chat=42)
    fake.run(ann.write("shirt"))
    fake.run(ann.chat.until(lambda m: [x for x in m if x.album], 30))
    program.kill()
    started(theatre)
    fake.run(ann.chat.until(offers("try:"), 60))
    assert len({m.album for m in ann.chat.from_bot if m.album}) == 1, ann.chat.transcript()
    assert told(ann, "1. ") == 1


def test_a_kill_while_a_result_is_sent_shows_it_once(theatre_with_bot: Stage, fake: FakeTelegram) -> None:
    theatre, url = theatre_with_bot, theatre_with_bot.environment["DATABASE_URL"]
    program = started(theatre)
    worker = theatre.worker()
    ann = fake.person(42, "Ann")
    agreed(fake, ann)
    fake.run(ann.send_photo(person_photo()))
    fake.run(ann.chat.until(says("Your photo is ready"), 60))
    fake.run(ann.write("shirt"))
    found = fake.run(ann.chat.until(offers("try:"), 30))
    for step, action in enumerate(b.data for b in found.buttons if (b.data or "").startswith("try:")):
        method = ("editMessageMedia", "sendMessage")[step % 2]
        if method == "sendMessage":
            # Without a worker the card stands there until it was sent.
            worker.kill()
        fake.faults.slow(method, seconds=30, chat=42)
        fake.run(ann.press(found, str(action)))
        if method == "editMessageMedia":
            fake.run(ann.chat.until(partial(shows_more_than, step), 55))
        else:
            fake.run(ann.chat.until(lambda m: offers("cancel:")([m[-1]]), 30))
        program.kill()
        program = started(theatre)
        if method == "sendMessage":
            worker = theatre.worker()
        fake.run(ann.chat.until(partial(shows_more_than, step), 55))
    until(lambda: not query(url, "SELECT 1 FROM outbox WHERE status = 'pending'"), 30, "something waits")
    shown = Counter(m.words for m in ann.chat.from_bot if results([m]))
    assert set(shown.values()) == {1}, ann.chat.transcript()
    assert not offers("cancel:")(ann.chat.messages), "no card of a finished job is left"


def test_telegram_that_fails_is_asked_again_without_doubling(theatre_with_bot: Stage, fake: FakeTelegram) -> None:
    program = started(theatre_with_bot)
    ann = fake.person(42, "Ann")
    agreed(fake, ann)
    fake.faults.error("sendMessage", after=True)
    fake.run(ann.write("help"))
    fake.run(ann.chat.until(says("Here is what I do"), 30))
    fake.faults.error("sendMessage")
    fake.run(ann.write("privacy"))
    fake.run(ann.chat.until(says("What I keep"), 40))
    fake.faults.cut("sendMessage", after=True)
    fake.run(ann.write("thanks"))
    fake.run(ann.chat.until(says("You are welcome"), 40))
    fake.faults.flood("sendMessage", retry_after_s=2)
    fake.run(ann.write("goodbye"))
    fake.run(ann.chat.until(says("Goodbye"), 40))
    for answer in ("Here is what I do", "What I keep", "You are welcome", "Goodbye"):
        assert told(ann, answer) == 1, ann.chat.transcript()
    assert not [flood for flood in fake.floods if flood.ignored], "what Telegram asked for was obeyed"
    assert program.process.poll() is None


def test_who_blocks_the_bot_stops_nobody_else(theatre_with_bot: Stage, fake: FakeTelegram) -> None:
    started(theatre_with_bot)
    url = theatre_with_bot.environment["DATABASE_URL"]
    ann, bob = fake.person(42, "Ann"), fake.person(43, "Bob")
    agreed(fake, ann)
    agreed(fake, bob)
    fake.run(ann.write("help"))
    fake.run(ann.block())
    fake.run(bob.write("help"))
    fake.run(bob.chat.until(says("Here is what I do"), 30))
    until(lambda: not query(url, "SELECT 1 FROM outbox WHERE status = 'pending'"), 30, "something waits for ever")
    fake.run(ann.unblock())
    fake.run(ann.write("privacy"))
    fake.run(ann.chat.until(says("What I keep"), 30))


def test_without_redis_everything_goes_on(
    theatre_with_bot: Stage, fake: FakeTelegram, own_servers: LocalServers
) -> None:
    program = started(theatre_with_bot)
    ann = fake.person(42, "Ann")
    agreed(fake, ann)
    pid = own_servers.valkey_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    fake.run(ann.write("help"))
    fake.run(ann.chat.until(says("Here is what I do"), 30))
    fake.run(ann.write("privacy"))
    fake.run(ann.chat.until(says("What I keep"), 30))
    assert program.output().count("Redis is away") == 1
    fake.assert_clean()
