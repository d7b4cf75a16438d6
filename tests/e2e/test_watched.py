"""A whole conversation, watched from outside: what is told of it leads from event to message, and is not private.

Everything private has an unlikely word in it, and whatever the programs write anywhere but into the database and
the pictures is searched for these words, and for what stands in the database's private columns.
"""

from __future__ import annotations

import io
import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from secrets import choice
from threading import Event, Thread
from typing import Any
from uuid import UUID

import psycopg2
import pytest
import redis
from PIL import Image
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import ARRAY, Text
from sqlalchemy.dialects import postgresql

from catalog.samples import sample_picture, sample_products
from storage.belongings import LEAVING, STAYING
from storage.local_servers import LocalServers
from storage.metrics import SCRAPED
from storage.tables import Base
from tests import observe_page
from tests.chaos.database import query
from tests.collector import Collector, collecting
from tests.programs import Browser, Program, Stage, answers, family_of, free_port, stage, until
from tests.samples import sample_person
from tests.smtp import Mailbox, faulty_server

pytestmark = pytest.mark.timeout(600)

FACTS = {
    "channel", "kind", "event", "outcome", "job", "engine", "outbox", "mail",
}  # fmt: skip
"""What a span may tell of its step."""

Turn = dict[str, Any]

TOLD = {
    "inbox": {"id", "channel", "event_id", "kind", "status", "error_code", "trail"},
    "link_codes": {"conversation_id"},
    "link_tries": {"id"},
    "mail_asks": {"id"},
    "activity": {"id", "action"},
    "consents": {"id", "version"},
    "conversations": {"id", "channel"},
    "favourites": {"product_id"},
    "identities": {"id", "channel"},
    "items": {"source", "category", "part", "color", "sizes", "currency"},
    "jobs": {
        "id", "conversation_id", "queue", "next_queue", "status", "lease_owner", "stage", "error_code", "trail",
    },
    "mails": {"id", "kind", "key", "status", "error_code", "trail"},
    "media": {"id", "kind", "mime"},
    "outbox": {"id", "channel", "conversation_id", "turn_id", "status", "cause", "error_code", "trail"},
    "person_keys": {"id"},
    "photos": {"id"},
    "preferences": {"topic"},
    "provider_files": {"channel"},
    "results": {"engine"},
    "sent_messages": {"id", "channel", "conversation_id", "turn_id", "part", "product_id"},
    "star_ledger": {"id", "kind"},
    "subscriptions": {"locale", "cadence"},
    "told_products": {"product_id", "currency", "sizes"},
    "turns": {"id", "conversation_id", "author", "slot", "event_id"},
    "watches": {"conversation_id", "product_id", "currency"},
}  # fmt: skip
"""Columns of people's rows that may be told: names and numbers of ours, and what a shop sells. All others with
words in them are private; a new one is, until it stands here.
"""

WORDS = (Text, ARRAY, postgresql.UUID, postgresql.JSONB)
"""Types of columns that can have a canary in them."""

ELSEWHERE = {
    "provider_files.media_key", "provider_files.file_id", "sent_messages.place", "sent_messages.message_id",
    "star_ledger.account", "star_ledger.ref", "mail_stops.address_hash", "jobs.preview_key", "jobs.sketch",
    "inbox.payload", "mails.payload", "favourites.person_id", "told_products.person_id", "watches.person_id",
    "model_use.person_id",
}  # fmt: skip
"""Private columns that a conversation on the web with a quick engine leaves empty, or empties as it goes on."""

LONG = 12
"""Letters from which on a value is looked for; shorter ones stand anywhere."""


@dataclass
class Canaries:
    """Words that nobody writes by chance, by where they were put."""

    words: dict[str, str] = field(default_factory=dict)

    def __call__(self, where: str) -> str:
        # No digits: a stylist would take them for a price or an hour.
        return self.words.setdefault(where, "zq" + "".join(choice("bcdfghjkmnpqrstvwxz") for _ in range(12)))

    def found_in(self, told: dict[str, bytes]) -> list[str]:
        """Where which of them stands."""
        return [
            f"{where} in {source}"
            for source, content in told.items()
            for where, word in self.words.items()
            if word.encode() in content.lower()
        ]


@contextmanager
def _overheard(url: str) -> Iterator[list[bytes]]:
    """Everything that is published on Valkey."""
    heard: list[bytes] = []
    stop = Event()

    def listen() -> None:
        with redis.Redis.from_url(url) as client, client.pubsub() as pubsub:
            pubsub.psubscribe("*")
            while not stop.is_set():
                message = pubsub.get_message(timeout=0.2)
                if message is not None and message["type"] == "pmessage":
                    heard.append(message["channel"] + b" " + message["data"])

    listening = Thread(target=listen)
    listening.start()
    try:
        yield heard
    finally:
        stop.set()
        listening.join()


def _kept_in(url: str) -> bytes:
    """Every key and value of Valkey."""
    read: dict[bytes, Callable[[redis.Redis, str], object]] = {
        b"string": lambda client, key: client.get(key),
        b"hash": lambda client, key: client.hgetall(key),
        b"list": lambda client, key: client.lrange(key, 0, -1),
        b"set": lambda client, key: client.smembers(key),
        b"zset": lambda client, key: client.zrange(key, 0, -1, withscores=True),
        b"stream": lambda client, key: client.xrange(key),
    }
    with redis.Redis.from_url(url) as client:
        return b"\n".join(
            key + repr(read[client.type(key)](client, key.decode())).encode() for key in client.keys("*")
        )


@dataclass
class Watched:
    """The running programs and whoever watches them."""

    stage: Stage
    port: int
    programs: dict[str, Program]
    health: dict[str, int]
    mailbox: Mailbox
    collector: Collector
    heard: list[bytes]
    arguments: set[bytes] = field(default_factory=set)

    def metrics(self, program: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.health[program]}/metrics", timeout=10) as answer:
            return str(answer.read().decode())

    def note_arguments(self) -> None:
        """What everybody on this machine can read of a process."""
        for program in self.programs.values():
            for pid in family_of(program.process.pid):
                line = Path(f"/proc/{pid}/cmdline")
                if line.exists():
                    self.arguments.add(line.read_bytes())

    def steps(self, program: str) -> list[dict[str, Any]]:
        """What a program told of its steps; every line it wrote is a JSON object."""
        entries = [json.loads(line) for line in self.programs[program].output().splitlines()]
        return [entry for entry in entries if entry["logger"] == "fashioncore.steps"]


def _texts(value: object) -> Iterator[str]:
    """Every text in a value of the database."""
    if isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))
    elif isinstance(value, str | UUID):
        yield str(value)


def _private(url: str) -> tuple[dict[str, str], set[str]]:
    """What stands in the private columns, by where and a number; and those of them that hold nothing."""
    private: dict[str, set[str]] = {}
    told: set[str] = set()
    for table in (*LEAVING, *STAYING):
        for column in Base.metadata.tables[table].columns:
            if isinstance(column.type, WORDS):
                rows = query(url, f'SELECT "{column.name}" FROM "{table}"')  # noqa: S608 - names of ours
                texts = {text for (value,) in rows for text in _texts(value)}
                if column.name in TOLD.get(table, ()):
                    told |= texts
                else:
                    private[f"{table}.{column.name}"] = texts
    found = {
        f"{name} {n}": text.lower()
        for name, texts in private.items()
        for n, text in enumerate(sorted(texts - told))
        if len(text) >= LONG
    }
    return found, {name for name, texts in private.items() if not texts}


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def watched(
    own_servers: LocalServers, stocked_data: Path, tmp_path: Path, canaries: Canaries
) -> Iterator[Watched]:
    names = ("web", "worker", "mail")
    with (
        collecting() as collector,
        faulty_server() as mailbox,
        _overheard(own_servers.redis_url) as heard,
        stage(own_servers.database_url, own_servers.redis_url, tmp_path / "stage", stocked_data) as theatre,
    ):
        temporary = tmp_path / "stage" / "tmp"
        temporary.mkdir()
        theatre.environment |= {
            "TMPDIR": str(temporary),
            "FASHIONCORE_LOG": "json",
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.port}",
            "SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}?tls=no",
            "FASHIONCORE_MAIL_FROM": "stylist@example.org",
            # A key without a model's name: nobody is asked.
            "OPENAI_API_KEY": canaries("a key"),
        }
        port, health = free_port(), {name: free_port() for name in names}
        theatre.environment["FASHIONCORE_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        arguments = {
            "web": ("bot", "web", "--port", str(port)),
            "worker": ("workers",),
            "mail": ("bot", "digest"),
        }
        programs = {
            name: theatre.start(*arguments[name], FASHIONCORE_HEALTH_PORT=str(health[name])) for name in names
        }
        made = Watched(theatre, port, programs, health, mailbox, collector, heard)
        for name, program in programs.items():
            until(partial(_ready, program, health[name]), 90, program.output)
            assert program.process.poll() is None, program.output()
        yield made


def _ready(program: Program, port: int) -> bool:
    return program.process.poll() is not None or answers(port)


def _says(words: str) -> Callable[[Turn], bool]:
    return lambda turn: turn["author"] == "stylist" and words in turn["text"]


def _photo(canary: str, of: Path | io.BytesIO | None = None) -> bytes:
    """A photo with words in its metadata."""
    out = io.BytesIO()
    picture = Image.open(of or sample_person())
    exif = picture.getexif()
    exif[0x010E] = canary
    picture.convert("RGB").save(out, "JPEG", comment=canary.encode(), exif=exif)
    return out.getvalue()


def _as_from_a_link(url: str, own: str, canaries: Canaries) -> None:
    """What a shop's page would have said of the garment: its link may be a person's own."""
    told = (
        f"{canaries('a title of an item')} shirt",
        canaries("a brand of an item"),
        f"https://shop.example/{canaries('a link of an item')}",
        own,
    )
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("UPDATE items SET title = %s, brand = %s, url = %s WHERE id = %s", told)


def _conversation(browser: Browser, watched: Watched, canaries: Canaries) -> str:
    """Everything a person may tell, and what goes wrong; returns the event that asked for a try-on."""
    hello = browser.wait(lambda turn: bool(turn["choices"]), "the greeting")
    browser.press(hello, "consent:yes")
    browser.wait(_says("Please send me a photo"), "the request for a photo")
    files = {"photo": (f"{canaries('a file name')}.jpg", _photo(canaries("a photo's metadata")))}
    sent = browser.client.post("/api/photos", data={"id": "0b0f6f1c-5a3f-4d0e-9f70-5b2f6a1f8e11"}, files=files)
    assert sent.status_code == 202
    browser.wait(_says("Your photo is ready"), "the photo", 120)
    browser.photo(f"no picture {canaries('a broken file')}".encode())
    browser.wait(lambda turn: turn["author"] == "stylist" and "picture" in turn["text"], "the refusal")
    garment = sample_picture(next(one.picture for one in sample_products() if one.part == "upper"))
    browser.photo(_photo(canaries("a garment's metadata"), io.BytesIO(garment)))
    seen = browser.wait(
        lambda turn: any(one["source"] == "Your picture" for one in turn["products"]), "the garment"
    )
    own = seen["products"][0]["id"]
    _as_from_a_link(watched.stage.environment["DATABASE_URL"], own, canaries)
    for text in (
        f"my name is {canaries('a name')}",
        f"I wear size M, {canaries('a note about sizes')}",
        f"I never wear {canaries('a dislike')}",
        f"https://{canaries('a host')}.invalid/{canaries('a link')}?token={canaries('a query')}",
    ):
        browser.say(text)
    browser.wait(_says("could not reach that page"), "the refusal of the link", 60)
    browser.say("link my other app")
    code = browser.wait(_says("Your code is"), "a code to link with")["text"].split()[3]
    canaries.words["a code to link with"] = code.lower()
    browser.say("7KQ4-9XWM")
    browser.wait(_says("That code is no longer valid"), "the refusal of a code")
    browser.say("email me every friday at 9")
    browser.wait(_says("Which address"), "the question for an address")
    browser.say(f"{canaries('an address')}@example.org")
    browser.wait(_says("Where are you"), "the question for the hour's place")
    browser.say("Berlin")
    until(lambda: watched.mailbox.taken, 60, lambda: browser.transcript() + watched.programs["mail"].output())
    # What does not belong here, too.
    browser.client.post("/api/messages", content=f'{{"text": "{canaries("broken JSON")}')
    browser.client.post("/api/messages", json={"id": canaries("an id"), "text": "hello"})
    browser.client.get(f"/{canaries('a path')}?q={canaries('a parameter')}")
    browser.client.get(f"/media/{canaries('a key of a picture')}")
    browser.press(hello, f"try:{canaries('an action')}")
    browser.say(f"white shirt {canaries('a wish')}")
    found = browser.wait(lambda turn: any(one["part"] == "upper" for one in turn["products"]), "products")
    product = next(one["id"] for one in found["products"] if one["part"] == "upper")
    clicked = browser.client.post("/api/clicks", json={"product": product})
    assert clicked.status_code == 204
    assert browser.client.post("/api/clicks", json={"product": canaries("a product")}).status_code == 404
    event = browser.press(found, f"try:{own}")
    browser.wait(lambda turn: turn["id"] in {one["id"] for one in browser.results()}, "the result", 120)
    return event


def test_a_conversation_is_followed_by_whoever_watches_and_told_to_nobody(
    watched: Watched, canaries: Canaries, own_servers: LocalServers, tmp_path: Path
) -> None:
    browser = watched.stage.visit(watched.port)
    canaries.words |= {f"the cookie {name}": value.lower() for name, value in browser.client.cookies.items()}
    event = _conversation(browser, watched, canaries)
    watched.note_arguments()
    until(lambda: any(one.get("kind") == "job_ended" for one in watched.steps("web")), 30, "the end was not told")
    until(lambda: watched.steps("web")[-1]["step"] == "delivery", 30, lambda: str(watched.steps("web")))
    metrics = {name: watched.metrics(name) for name in watched.programs}
    stats = watched.stage.start("bot", "stats", "--json")
    assert stats.ended(60) == 0, stats.output()
    for program in watched.programs.values():
        assert program.stop() == 0, program.output()

    trail = _followed(watched, event)
    _traced(watched, trail)
    _counted(metrics)
    counted = json.loads(stats.output())
    (today,) = counted["days"]
    assert (today["came"], today["new"], today["asked"], today["done"], today["clicks"]) == (1, 1, 1, 1, 1)
    assert counted["channels"] == {"web": 1}
    assert [item["asked"] for item in counted["items"]] == [1]

    told = {f"metrics of {name}": text.encode() for name, text in metrics.items()}
    told |= {f"trace {number}": body for number, body in enumerate(watched.collector.bodies)}
    told["arguments"] = b"\n".join(watched.arguments)
    told["what is published"] = b"\n".join(watched.heard)
    told["Valkey"] = _kept_in(own_servers.redis_url)
    media = tmp_path / "stage" / "data" / "media"
    files = [file for file in (tmp_path / "stage").rglob("*") if file.is_file() and media not in file.parents]
    files += [file for file in (tmp_path / "data").rglob("*.log*") if file.is_file()]
    told |= {str(file.relative_to(tmp_path)): file.read_bytes() for file in files}
    assert canaries.found_in(told) == []
    kept, empty = _private(own_servers.database_url)
    assert empty == ELSEWHERE, "a private column that this story leaves empty, or one that it fills"
    assert Canaries(kept).found_in(told) == []
    # And the search finds what is there.
    assert b"fashioncore.steps" in told["stage/0-bot.log"]
    assert b"fashioncore:hints" in told["what is published"]
    assert any(name.startswith("data/") for name in told), sorted(told)


def _followed(watched: Watched, event: str) -> str:
    """The way of one wish through the log of all programs; returns its trail."""
    from storage.trail import trail_of  # noqa: PLC0415

    trail = trail_of("web", event)
    mine = {name: [one for one in watched.steps(name) if one.get("trail") == trail] for name in watched.programs}
    turns = [one["kind"] for one in mine["web"] if one["step"] == "turn"]
    assert turns == ["press", "job_ended"], mine
    assert [one["outcome"] for one in mine["worker"]] == ["done"], mine
    deliveries = [one["outcome"] for one in mine["web"] if one["step"] == "delivery"]
    assert len(deliveries) == 2, mine
    assert set(deliveries) == {"sent"}, mine
    (mail,) = watched.steps("mail")
    assert (mail["kind"], mail["outcome"]) == ("confirm", "sent")
    asked = [one for one in watched.steps("web") if one["trail"] == mail["trail"] and one.get("kind") == "text"]
    assert len(asked) == 1, "the letter belongs to what asked for it"
    return trail


def _traced(watched: Watched, trail: str) -> None:
    spans = [(service, span) for service, span in watched.collector.spans if span.trace_id.hex() == trail]
    by_name: dict[str, list[Any]] = {}
    for _, span in spans:
        by_name.setdefault(span.name, []).append(span)
        assert span.start_time_unix_nano <= span.end_time_unix_nano, span
    (first,), (job,) = by_name["event"], by_name["job"]
    assert not first.parent_span_id
    for name in ("turn", "job", "delivery"):
        assert {span.parent_span_id for span in by_name[name]} == {first.span_id}, name
    stages = {name: one[0] for name, one in by_name.items() if name.startswith("stage ")}
    assert {"stage person", "stage garment", "stage warp"} <= stages.keys()
    for stage_span in stages.values():
        assert stage_span.parent_span_id == job.span_id
        assert stage_span.start_time_unix_nano >= job.start_time_unix_nano - 1_000_000
    assert {service for service, _ in spans} == {"fashioncore-web", "fashioncore-worker"}
    attributes = {one.key for _, span in watched.collector.spans for one in span.attributes}
    assert attributes <= FACTS


def _counted(metrics: dict[str, str]) -> None:
    known = {name.removesuffix("_total"): set(labels) for name, _, labels, _ in observe_page.defined()}
    values: dict[tuple[str, str], float] = {}
    for program, text in metrics.items():
        for family in text_string_to_metric_families(text):
            if family.name.startswith("fashioncore_process_"):
                continue
            assert family.name in known, family.name
            for sample in family.samples:
                assert sample.labels.keys() - {"le"} == known[family.name], sample
                assert all(re.fullmatch(r"[\w./{}:+-]*", value) for value in sample.labels.values()), sample
                # What the database tells, every program tells; the rest is the program's own.
                key = sample.name, "any" if family.name in SCRAPED else program
                values[key] = values.get(key, 0.0) + sample.value
    assert values["fashioncore_database_up", "any"] == len(metrics)
    for name, program in (
        ("fashioncore_http_request_seconds_count", "web"),
        ("fashioncore_event_seconds_count", "web"),
        ("fashioncore_delivery_seconds_count", "web"),
        ("fashioncore_shop_seconds_count", "web"),
        ("fashioncore_job_wait_seconds_count", "worker"),
        ("fashioncore_jobs_ended_total", "worker"),
        ("fashioncore_engine_stage_seconds_count", "worker"),
        ("fashioncore_mails_total", "mail"),
    ):
        assert values[name, program] > 0, name
