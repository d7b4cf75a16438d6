"""Rounds of traffic with faults in it, by chance: after each, everything was answered once and nothing is left.

`python -m pytest tests/chaos/test_rounds.py --rounds 200 --seed 7`. A failure names the seed and the round; the
same seed gives the same people, deeds and faults, though not the same microseconds.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from storage.local_servers import LocalServers
from tests.chaos.checker import Checker, Expected
from tests.chaos.network import may_make_hosts, other_host
from tests.chaos.people import Chatter, Somebody, Visitor, act
from tests.chaos.town import FAULTS, POISON, STUB, Town, small_disk
from tests.data import needs_test_data
from tests.fakes.openai import KEY, MODEL, fake_model
from tests.fakes.shops import flipkart
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.programs import Stage, family_of

pytestmark = [pytest.mark.timeout(1800), needs_test_data]

BATCH = 10
"""Rounds of the same people with the same program."""

NIGHT = 200
"""So many rounds are a night's."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many batches as were asked for; each has a seed of its own, made of the one that was given."""
    if "batch" in metafunc.fixturenames:
        rounds: int = metafunc.config.getoption("--rounds")
        starts = range(0, rounds, BATCH)
        metafunc.parametrize(
            "batch", [range(start, min(start + BATCH, rounds)) for start in starts], ids=map(str, starts)
        )


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    given: int = request.config.getoption("--seed")
    return given


@pytest.fixture(scope="module")
def struck(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """How often each fault struck; a night has all of them."""
    counted: Counter[str] = Counter()
    yield counted
    print(f"\nchaos: {', '.join(f'{fault} {counted[fault]}' for fault in FAULTS)}")
    rounds: int = request.config.getoption("--rounds")
    if rounds >= NIGHT and not request.session.testsfailed:
        assert all(counted[fault] for fault in FAULTS), "a fault never struck"


@pytest.fixture
def town(theatre: Stage, own_servers: LocalServers, port: int, seed: int) -> Iterator[Town]:
    dice = random.Random(seed)  # noqa: S311 - repeatable
    with ExitStack() as stack:
        fake = stack.enter_context(FakeTelegram().in_thread())
        thinking = fake_model()
        model = fake.run(thinking.__aenter__())
        stack.callback(lambda: fake.run(thinking.__aexit__(None, None, None)))
        shop = flipkart.FakeFlipkart()
        fake.run(shop.__aenter__())
        stack.callback(lambda: fake.run(shop.__aexit__(None, None, None)))
        small = stack.enter_context(small_disk(theatre.folder / "data" / "media"))
        theatre.environment |= {
            "PYTHONPATH": f"{STUB}:{theatre.environment['PYTHONPATH']}",
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE": fake.base,
            "FASHIONCORE_STARS_PRICE": "1",
            "FASHIONCORE_STARS_FREE": "1000",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_MODEL": MODEL,
            "OPENAI_API_KEY": KEY,
            "FLIPKART_AFFILIATE_ID": flipkart.ID,
            "FLIPKART_AFFILIATE_TOKEN": flipkart.TOKEN,
            "FLIPKART_API_BASE": shop.url,
        }
        host = stack.enter_context(other_host(own_servers)) if may_make_hosts() else None
        opened = Town(theatre, own_servers, fake, model, shop, port, dice, host=host, small_disk=small)
        stack.callback(theatre.close)
        opened.start()
        yield opened


def test_rounds_of_faults_leave_everything_answered_once(
    town: Town, batch: range, seed: int, struck: Counter[str]
) -> None:
    print(f"chaos: seed {seed}, rounds {batch.start} to {batch.stop - 1}")
    town.dice.seed(f"{seed}:{batch.start}")
    _people_come(town)
    town.bad = town.visitors[-1].offered[-1]
    poisoned = town.poison(town.bad)
    deck: list[str] = []
    for number in batch:
        if len(deck) < 2:
            deck += town.dice.sample(sorted(town.possible), len(town.possible))
        drawn = [deck.pop(0) for _ in range(town.dice.choice((1, 1, 2)))]
        struck.update(drawn)
        _round(town, seed, number, drawn, Expected(poisoned, town.note_lost("disk full" in drawn)))


def test_a_job_that_kills_its_workers_is_given_up_and_everybody_else_is_served(town: Town, seed: int) -> None:
    print(f"chaos: seed {seed}, poison")
    _people_come(town)
    first = town.visitors[0]
    bad = first.offered[-1]
    expected = Expected(poisoned=town.poison(bad))
    first.press(bad)
    town.calm()
    _check(town, expected, "the poison is given up")
    told = [turn for turn in first.browser.turns.values() if turn["author"] == "stylist"]
    assert any(bad in [choice["action"] for choice in turn["choices"]] for turn in told), (
        first.browser.transcript()
    )
    for somebody in town.everybody:
        somebody.press(somebody.offered[0])
    town.calm()
    _check(town, expected, "the others are served")
    _prove_the_checker(town, expected)
    _no_secret_shows(town)


BREAKING = {
    "is not over": "UPDATE jobs SET status = 'queued' WHERE id = (SELECT id FROM jobs LIMIT 1)",
    "has a lease": "UPDATE jobs SET lease_owner = 'x' WHERE id = (SELECT id FROM jobs LIMIT 1)",
    "its end was told 0 times": "DELETE FROM inbox WHERE kind = 'job_ended'",
    "has 0 cards": "UPDATE turns SET slot = NULL WHERE slot LIKE 'job:%'",
    "has no picture": "DELETE FROM results",
    "inbox row": "UPDATE inbox SET status = 'failed' WHERE id = (SELECT max(id) FROM inbox)",
    "outbox row": "UPDATE outbox SET status = 'pending' WHERE id = (SELECT max(id) FROM outbox)",
    "was sent": "UPDATE sent_messages SET message_id = NULL WHERE id = (SELECT max(id) FROM sent_messages)",
    "share a revision": "UPDATE turns SET rev = 1",
    "nobody holds": "DELETE FROM media WHERE kind = 'result'",
    "is gone and somebody holds it": "UPDATE media SET key = md5(key) WHERE id = (SELECT min(id) FROM media)",
    "cost 0 try-ons": "UPDATE star_ledger SET free = 0",
    "cost nothing": "DELETE FROM star_ledger",
    "is missing 1 times": "DELETE FROM turns WHERE author = 'person'",
    "was answered 1 times": "INSERT INTO turns (conversation_id, seq, rev, author, body)"
    " SELECT conversation_id, max(seq) + 9, max(rev) + 9, 'stylist', '{\"text\": \"Goodbye\"}'"
    " FROM turns GROUP BY 1",
    "are stored": "DELETE FROM inbox WHERE channel = 'telegram' AND kind = 'text'",
}
"""What the checker says, and what was done to the database that it says it of."""


def _no_secret_shows(town: Town) -> None:
    """In no process argument, which everybody on the machine may read, and in nothing that was printed."""
    assert town.program is not None
    secrets = {"Telegram's token": TOKEN, "the model's key": KEY}
    for name, url in (("PostgreSQL", town.url), ("Valkey", town.servers.redis_url)):
        secrets[f"the password of {name}"] = str(urlsplit(url).password)
    servers = (town.servers.postgres_pid, town.servers.valkey_pid)
    family = {pid for root in (town.program.process.pid, *servers) if root for pid in family_of(root)}
    assert len(family) > 8, "the program, its parts, its servers and their own children"
    for pid in family:
        with suppress(FileNotFoundError, ProcessLookupError):
            line = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
            assert [name for name, secret in secrets.items() if secret in line] == [], f"{line!r} tells"
    printed = town.program.output() + (town.servers.data / "logs" / "postgres.log").read_text(errors="replace")
    assert [name for name, secret in secrets.items() if secret in printed] == []


def _prove_the_checker(town: Town, expected: Expected) -> None:
    """Whatever is broken, it says so: a checker that finds nothing may be blind."""
    with closing(psycopg2.connect(town.url)) as connection:
        checker = Checker(connection, town.data / "media")
        for said, statement in BREAKING.items():
            with connection.cursor() as cursor:
                cursor.execute(statement)
            found = checker.faults(town.visitors, town.chatters, expected)
            assert any(said in fault for fault in found), f"{statement}: {said!r} is not in {found}"
            connection.rollback()


def _people_come(town: Town) -> None:
    """Two on the web and two in Telegram, who begin at once."""

    def dice() -> random.Random:
        return random.Random(town.dice.getrandbits(64))  # noqa: S311 - repeatable

    town.visitors = [Visitor(f"visitor {n}", town.stage.visit(town.port), dice()) for n in range(2)]
    town.chatters = [Chatter(f"chatter {n}", town.fake, town.fake.person(1000 + n), dice()) for n in range(2)]
    _all_at_once([somebody.begin for somebody in town.everybody])
    town.calm()
    _check(town, Expected(), "people came")


def _round(town: Town, seed: int, number: int, drawn: list[str], expected: Expected) -> None:
    began = time.monotonic()
    about = f"seed {seed}, round {number}: {' and '.join(drawn)}"
    moments = [town.dice.uniform(0, 0.6) for _ in drawn]

    def lives(somebody: Somebody) -> Callable[[], None]:
        # At most two things to try on, so that nobody is told to wait.
        tries = somebody.dice.sample([action for action in somebody.offered if action != town.bad], 2)
        return lambda: act(somebody, tries)

    def strikes() -> None:
        for fault, moment in zip(drawn, moments, strict=True):
            town.wait(moment)
            FAULTS[fault](town)

    # Who asks for the poison asks for nothing else.
    alive = [somebody for somebody in town.everybody if POISON not in drawn or somebody is not town.visitors[-1]]
    _all_at_once([*map(lives, alive), strikes])
    town.start()
    town.calm()
    _check(town, expected, about)
    print(f"chaos: {about}: {time.monotonic() - began:.1f} s")


def _check(town: Town, expected: Expected, about: str) -> None:
    town.sweep()
    with closing(psycopg2.connect(town.url)) as connection:
        wrong = Checker(connection, town.data / "media").faults(town.visitors, town.chatters, expected)
    assert not wrong, "\n".join(
        [
            about,
            *wrong,
            *(v.browser.transcript() for v in town.visitors),
            *(c.person.chat.transcript() for c in town.chatters),
            town.log(),
        ]
    )


def _all_at_once(doing: list[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(len(doing)) as pool:
        for done in [pool.submit(one) for one in doing]:
            done.result()
