"""One running Telegram channel for all tests of a file; each test has people and groups of its own."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import redis

from storage.local_servers import LocalServers
from tests.fakes.telegram import FakeTelegram, Group, Message, Person
from tests.servers import stock_media
from tests.telegram import Scene, action_of, offers, person_photo, says, scene, settings_of

_numbers = itertools.count(1000)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def stage(
    module_stocked_database_url: str,
    module_redis_url: str,
    stocked_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Scene]:
    async with FakeTelegram() as fake:
        folder = stock_media(stocked_data, tmp_path_factory.mktemp("telegram"))
        async with scene(fake, settings_of(fake, module_stocked_database_url, module_redis_url, folder)) as opened:
            yield opened


@pytest.fixture(scope="module")
def module_redis_url(servers: LocalServers) -> str:
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushdb()
    return servers.redis_url


@pytest.fixture
def ann(stage: Scene) -> Person:
    """Somebody nobody else knows."""
    return stage.fake.person(next(_numbers), "Ann")


@pytest.fixture
def bob(stage: Scene) -> Person:
    """Somebody else."""
    return stage.fake.person(next(_numbers), "Bob")


@pytest.fixture
async def group(stage: Scene, ann: Person, bob: Person) -> Group:
    """A group of the two, with the bot in it."""
    made = stage.fake.group(-1_001_000_000_000 - next(_numbers), "Friends")
    made.join(bob)
    await made.add_bot(ann)
    await made.chat.until(says("Mention me"))
    return made


async def begun(person: Person) -> None:
    """The person begins and agrees."""
    await person.command("/start")
    asked = await person.chat.until(offers("consent:yes"), 20)
    await person.press(asked, "consent:yes")
    await person.chat.until(says("Please send me a photo"), 20)


async def dressed(person: Person) -> None:
    """The person begins, agrees and sends a photo."""
    await begun(person)
    await person.send_photo(person_photo())
    await person.chat.until(says("Your photo is ready"), 40)


async def tried(stage: Scene, person: Person) -> tuple[Message, Message]:
    """The person looks for a shirt and tries the first one on: the card, and what it became."""
    await person.write("shirt")
    found = await person.chat.until(offers("try:"), 30)
    await person.press(found, action_of(found, "try:"))
    card = await person.chat.until(offers("cancel:"), 30)
    await stage.end_job()
    result = await person.chat.until(results, 30)
    return card, result


def results(messages: list[Message]) -> Message | None:
    """The newest result."""
    return next((m for m in reversed(messages) if m.by_bot and m.photo and "Here you are" in m.words), None)
