"""Delivering on Discord with REST alone, over TCP: limits, pauses, lost answers, closed ways."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import redis
import sqlalchemy as sa
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from PIL import Image

from bot.channels.cards import LiveCards
from bot.channels.discord import texts
from bot.channels.discord.channel import MAIN, NAME, DiscordChannel
from bot.channels.discord.checks import findings
from bot.channels.discord.progress import EVERY_S, Cards
from bot.channels.discord.replies import Incoming, Replies, Reply
from bot.channels.discord.rest import Rest
from bot.delivery import Delivery
from bot.settings import BotSettings
from storage.bell import Bell
from storage.unit_of_work import Database, UnitOfWork
from tests.data import needs_test_data
from tests.fakes.discord.server import TOKEN, FakeDiscord
from tests.fakes.discord.world import ELSEWHERE, GUILD, MAX_FILE, PRIVATE, Interaction

pytestmark = needs_test_data

ANN = "501"


@pytest.fixture
def discord(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDiscord]:
    """Discord, with the library pointed to it."""
    with FakeDiscord().running() as fake:
        monkeypatch.setattr(Route, "BASE", fake.environment["DISCORD_API_BASE"])
        yield fake
        assert fake.violations == []
        assert fake.own == [], "our fake must speak as Discord does"


class Post:
    """A process that delivers: the token and the database, no gateway."""

    def __init__(self, database: Database, discord: FakeDiscord, replies: Replies, http: HTTPClient) -> None:
        async def fetch(attachment: dict[str, Any]) -> bytes:
            raise AssertionError(attachment)

        self.database, self.discord, self.replies = database, discord, replies
        self.rest = Rest(http)
        channel = DiscordChannel(self.rest, database, replies, fetch)
        self.delivery = Delivery(database, {channel.name: channel}, Bell(), loops=1)

    def say(self, address: str, text: str, cause: str | None = None, slot: str | None = None, **more: Any) -> UUID:
        body = {"text": text, "choices": [], "products": [], "pictures": [], "job": None, **more}

        def work(uow: Any) -> UUID:
            talk = uow.conversations.open("discord", address)
            uow.conversations.say(talk.id, "discord", body, slot, cause)
            return talk.person_id  # type: ignore[no-any-return]

        return self.database.call(work)

    def job(self, address: str) -> str:
        """A try-on that waits."""

        def work(uow: UnitOfWork) -> str:
            talk = uow.conversations.open("discord", address)
            request = {"card": {"title": "The shirt"}}
            return str(uow.jobs.request(talk.person_id, talk.id, "q", "key", request)[0].id)

        return self.database.call(work)

    def picture(self, person: UUID, data: bytes) -> dict[str, Any]:
        key = self.database.call(lambda uow: uow.media.keep(data, "result", "image/jpeg", person))
        return {"media": key, "alt": "You wearing a shirt", "role": "result"}

    async def asked(self, context: int, *, few: bool = False) -> tuple[Interaction, str]:
        """An interaction that was acknowledged."""
        world = self.discord.world

        def ask() -> Interaction:
            channel = {GUILD: world.channel, ELSEWHERE: "999"}.get(context) or world.private_channel(ANN)
            made = world.ask(ANN, channel, context, few=few)
            world.respond(made.id, made.token, {"type": 5, "data": {"flags": 0 if context == PRIVATE else 64}})
            return made

        made = self.discord.do(ask)
        reply = Reply(made.id, world.application, made.token, made.channel, context != PRIVATE, 10 * 2**20, few)
        await self.replies.keep(Incoming(made.id, ANN, ANN, made.channel, (), reply=reply))
        return made, f"i:{made.id}"

    async def deliver(self, count: int = 1) -> None:
        for _ in range(count):
            assert await self.delivery.send_next(), "nothing was ready to send"

    def outbox(self) -> list[tuple[str, str | None, int]]:
        """Status, error and attempts of every row."""
        with self.database.unit_of_work() as uow:
            rows = uow.session.execute(sa.text("SELECT status, error_code, attempts FROM outbox ORDER BY id"))
            return [(row.status, row.error_code, row.attempts) for row in rows]

    def texts(self, channel: str) -> list[str]:
        return [m["content"] for m in self.discord.do(lambda: list(self.discord.world.messages.values()))
                if m["channel_id"] == channel and m["author"]["id"] == self.discord.world.bot]  # fmt: skip


@asynccontextmanager
async def posting(database: Database, discord: FakeDiscord, redis_url: str) -> AsyncIterator[Post]:
    http, replies = HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=30), Replies(redis_url)
    await http.static_login(TOKEN)
    try:
        yield Post(database, discord, replies, http)
    finally:
        await http.close()
        await replies.close()


def _noise(width: int, height: int) -> bytes:
    """A JPEG that does not compress well."""
    pixels = np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=98, subsampling=0)
    return out.getvalue()


def test_after_the_fifth_follow_up_of_a_personal_app_the_answers_come_in_private(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            asked, cause = await post.asked(ELSEWHERE, few=True)
            for number in range(8):
                post.say(f"999:{ANN}", f"answer {number}", cause)
            await post.deliver(8)
            world = discord.world
            assert post.texts("999") == [f"answer {number}" for number in range(6)]
            assert len(asked.follow_ups) == 5
            assert all(world.messages[m]["flags"] & 64 for m in [asked.original, *asked.follow_ups] if m)
            assert post.texts(world.private[ANN]) == ["answer 6", "answer 7"]

    asyncio.run(story())


def test_pictures_are_made_small_enough_for_the_place(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            _, cause = await post.asked(GUILD)
            person = post.say(ANN, "hello")
            await post.deliver()
            huge = _noise(3200, 2600)
            assert len(huge) > MAX_FILE
            post.say(ANN, "Here you are", cause, pictures=[post.picture(person, huge)])
            await post.deliver()
            sent = next(m for m in discord.world.messages.values() if m["content"] == "Here you are")
            [file] = sent["attachments"]
            assert 2**20 < file["size"] <= MAX_FILE
            assert file["description"] == "You wearing a shirt"

    asyncio.run(story())


def test_a_lost_answer_leads_to_no_second_message(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            post.say(ANN, "once")
            # Discord takes the message, and its answer is lost: the library asks again with the same nonce.
            discord.trouble("POST", "/channels/.*/messages", 1, 502, after=True)
            await post.deliver()
            assert post.texts(discord.world.private[ANN]) == ["once"]
            post.say(ANN, "twice", slot="card")
            discord.trouble("POST", "/channels/.*/messages", 1, 503, after=True)
            await post.deliver()
            assert post.outbox()[-1] == ("pending", "discord_503", 1)
            # Meanwhile the turn changed: the message that is already there shows it as it is now.
            post.say(ANN, "twice, and changed", slot="card")
            database.call(lambda uow: uow.outbox.postpone(2, "test", timedelta(), counted=False))
            await post.deliver(2)
            assert post.texts(discord.world.private[ANN]) == ["once", "twice, and changed"]

    asyncio.run(story())


def test_a_long_pause_that_discord_asks_for_is_no_failed_attempt(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            post.say(ANN, "hello")
            discord.trouble("POST", "/channels/.*/messages", 1, 429, retry_after_s=3600.0)
            await post.deliver()
            assert post.outbox() == [("pending", "rate_limited", 0)]
            post.say("502", "hello")
            discord.trouble("POST", "/channels/.*/messages", 1, 429, retry_after_s=0.1)
            await post.deliver()
            assert post.outbox()[1][0] == "sent", "a short one is waited out"

    asyncio.run(story())


def test_what_shows_a_person_never_stands_in_the_channel(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            world = discord.world
            asked = discord.do(lambda: world.write(world.channel, ANN, {"content": "my photo"}, {}))
            address = f"{world.channel}:{ANN}"
            person = post.say(address, "I am looking", asked["id"])
            post.say(address, "Here you are", asked["id"], pictures=[post.picture(person, _noise(300, 300))])
            await post.deliver(2)
            assert post.texts(world.channel) == ["I am looking", texts.IN_PRIVATE()]
            assert post.texts(world.private[ANN]) == ["Here you are"]

            discord.do(lambda: world.barred.add(world.private[ANN]))
            post.say(address, "Here again", asked["id"], pictures=[post.picture(person, _noise(300, 300))])
            await post.deliver()
            assert post.outbox()[-1][:2] == ("failed", "no_way_to_person")
            _, cause = await post.asked(GUILD)
            post.say(address, "Your latest picture", cause)
            await post.deliver()
            assert any(text.startswith(texts.MISSED()) for text in post.texts(world.channel))

    asyncio.run(story())


def test_a_press_in_private_is_answered_in_private_to_the_last_word(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            world = discord.world
            asked, cause = await post.asked(PRIVATE)
            for text in ("first", "second"):
                # The conversation is the server's: its picture had been sent in private.
                post.say(f"{world.channel}:{ANN}", text, cause)
            await post.deliver(2)
            assert post.texts(world.private[ANN]) == ["first", "second"]
            assert post.texts(world.channel) == []
            assert asked.follow_ups == []

    asyncio.run(story())


def test_a_turn_that_moves_is_shown_once(database: Database, discord: FakeDiscord, redis_url: str) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            _, first = await post.asked(GUILD)
            post.say(ANN, "card", first, slot="card")
            await post.deliver()
            _, second = await post.asked(GUILD)
            post.say(ANN, "card again", second, slot="card")
            await post.deliver()
            assert post.texts(discord.world.channel) == ["card again"]
            # Its result has no cause: it takes the card's place where the card stands.
            post.say(ANN, "result", None, slot="card")
            await post.deliver()
            assert post.texts(discord.world.channel) == ["result"]

    asyncio.run(story())


def test_the_right_to_answer_ends_a_minute_before_discord_ends_it(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            asked, _ = await post.asked(GUILD)
            found = await post.replies.find(asked.id)
            assert found is not None
            assert found.token == asked.token
            with closing(redis.Redis.from_url(redis_url)) as client:
                left = client.ttl(f"fashioncore:discord:reply:{asked.id}")
            assert 0 < int(left) <= 14 * 60  # type: ignore[arg-type] # redis-py names the asynchronous case too

    asyncio.run(story())


def test_a_jobs_card_follows_it_and_never_comes_after_its_result(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            _, cause = await post.asked(GUILD)
            job = post.job(ANN)
            card, choices = f"job:{job}", [{"label": "Stop", "action": "cancel"}]
            post.say(ANN, "The shirt is on its way to you", cause, card, job=job, choices=choices)
            await post.deliver()
            progress = LiveCards(database, NAME, (MAIN,), Cards(post.rest, post.replies, database), EVERY_S)
            await progress.look()
            [waiting] = post.texts(discord.world.channel)
            assert "right now" in waiting
            lease = database.call(lambda uow: uow.jobs.claim("q", "worker"))
            assert lease is not None
            database.call(lambda uow: uow.jobs.heartbeat(lease, "dressing", 0.5))
            await progress.look()
            [message] = discord.world.messages.values()
            assert "50%" in message["content"]
            assert message["components"], "one can still stop it"

            post.say(ANN, "Here you are", None, card)
            await post.deliver()
            database.call(lambda uow: uow.jobs.heartbeat(lease, "dressing", 0.9))
            await progress.look()
            assert post.texts(discord.world.channel) == ["Here you are"]

    asyncio.run(story())


def test_under_a_preview_stands_how_far_the_better_picture_is_until_it_takes_its_place(
    database: Database, discord: FakeDiscord, redis_url: str
) -> None:
    def shown(message: dict[str, Any]) -> dict[str, bytes]:
        return {a["filename"]: discord.world.files[a["url"].removeprefix(discord.world.base)]
                for a in message["attachments"]}  # fmt: skip

    async def story() -> None:
        async with posting(database, discord, redis_url) as post:
            _, cause = await post.asked(PRIVATE)
            job = post.job(ANN)
            card, choices = f"job:{job}", [{"label": "Stop", "action": "cancel"}]
            person = post.say(ANN, "The shirt is on its way to you", cause, card, job=job, choices=choices)
            await post.deliver()
            preview, fine = (post.picture(person, _noise(60, 80 + n)) for n in range(2))
            words = {"choices": choices, "pictures": [preview]}
            post.say(ANN, "Here you are. It gets finer.", None, card, job=job, **words)
            await post.deliver()
            [message] = discord.world.messages.values()
            (before,) = shown(message).values()
            progress = LiveCards(database, NAME, (MAIN,), Cards(post.rest, post.replies, database), EVERY_S)
            lease = database.call(lambda uow: uow.jobs.claim("q", "gpu"))
            assert lease is not None
            sketch = database.call(lambda uow: uow.media.keep(_noise(12, 16), "sketch", "image/jpeg", person))
            for fraction, same in ((0.2, True), (0.5, False)):
                database.call(lambda uow, f=fraction: uow.jobs.heartbeat(lease, "denoise", f, sketch))  # type: ignore[misc] # a lambda's default
                await progress.look()
                assert message["content"].startswith("Here you are. It gets finer.")
                assert f"{fraction:.0%}" in message["content"]
                assert message["components"], "one can still stop it"
                (now,) = shown(message).values()
                assert (now == before) is same

            post.say(ANN, "Here you are", None, card, pictures=[fine])
            await post.deliver()
            [message] = discord.world.messages.values()
            assert message["content"] == "Here you are"
            assert list(shown(message).values()) == [_noise(60, 81)]

    asyncio.run(story())


def test_doctor_finds_what_is_wrong_in_the_developer_portal(
    database_url: str, redis_url: str, discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)

    def look(token: str = TOKEN) -> dict[str, tuple[bool, str]]:
        base = discord.environment["DISCORD_API_BASE"]
        settings = BotSettings(
            DATABASE_URL=database_url, REDIS_URL=redis_url, DISCORD_BOT_TOKEN=token, DISCORD_API_BASE=base
        )
        return {found.what: (found.well, found.detail) for found in findings(settings)}

    well = look()
    assert all(good for good, _ in well.values()), well
    assert set(well) >= {"Discord token", "Discord intents", "Discord for servers", "Discord for people"}
    discord.do(lambda: discord.world.install.update(scopes=["bot"], permissions="1024"))
    assert "send_messages" in look()["Discord permissions"][1]
    assert not look("another")["Discord token"][0]
