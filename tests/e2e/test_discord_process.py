"""The unmodified Discord process and worker over TCP: from the command to the picture, and kills between."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from catalog.samples import sample_products
from tests.chaos.database import barrier, query, wait_until_held
from tests.data import needs_test_data
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.discord.world import PRIVATE, Interaction, Json
from tests.programs import Program, Stage, stage, until
from tests.samples import sample_person

pytestmark = [pytest.mark.timeout(600), needs_test_data]

ANN, BOB = "501", "502"
PENDING = "SELECT 1 FROM inbox WHERE status = 'pending' UNION ALL SELECT 1 FROM outbox WHERE status = 'pending'"
RENDERING = "SELECT 1 FROM jobs WHERE status IN ('queued', 'running')"
LOADING = 1 << 7
SHIRT = next(product for product in sample_products() if product.part == "upper")


@dataclass
class Story:
    """The running processes, and Discord around them."""

    stage: Stage
    discord: FakeDiscord
    bot: Program = field(init=False)

    @property
    def url(self) -> str:
        return self.stage.environment["DATABASE_URL"]

    def start(self) -> None:
        """The bot process, once it listens to the gateway."""
        before = self.discord.gateway.sessions
        self.bot = self.stage.start("bot", "discord")

        def connected() -> bool:
            return self.discord.gateway.sessions > before

        until(connected, 60, lambda: f"it did not connect:\n{self.bot.output()}")

    def restart(self) -> None:
        """Killed, as a power cut would, and started again."""
        self.bot.kill()
        until(lambda: not self.discord.gateway.connected, 10, "the gateway did not see the end")
        self.start()

    def say(self, text: str, *, private: bool = True, **more: Any) -> Json:
        return self.discord.do(lambda: self.discord.gateway.say(ANN, text, private=private, **more))

    def command(self, name: str, **options: Any) -> Interaction:
        return self.discord.do(lambda: self.discord.gateway.command(ANN, name, **options))

    def press(self, message: Json, custom_id: str, value: str | None = None) -> Interaction:
        return self.discord.do(lambda: self.discord.gateway.press(ANN, message, custom_id, value))

    def messages(self) -> list[Json]:
        """Of the bot, oldest first."""
        world = self.discord.world
        return self.discord.do(
            lambda: [dict(m) for m in world.messages.values() if m["author"]["id"] == world.bot]
        )

    def message(self, fits: Callable[[Json], bool], what: str, timeout_s: float = 90) -> Json:
        """The newest message of the bot that fits, now or later."""

        def find() -> Json | None:
            return next((m for m in reversed(self.messages()) if fits(m)), None)

        def missing() -> str:
            return f"{what} did not come:\n{self.transcript()}\n{self.bot.output()}"

        found: Json = until(find, timeout_s, missing)
        return found

    def answer(self, asked: Interaction, fits: Callable[[Json], bool], what: str) -> Json:
        """An answer to an interaction that fits."""
        return self.message(
            lambda m: m["id"] in {asked.original, *asked.follow_ups} and not m["flags"] & LOADING and fits(m), what
        )

    def transcript(self) -> str:
        files = {m["id"]: [a["filename"] for a in m["attachments"]] for m in self.messages()}
        return "\n".join(
            f"{m['channel_id']} {m['flags']:3} {m['content'][:90]!r} {files[m['id']]}" for m in self.messages()
        )

    def settled(self) -> None:
        """Everything that came in is handled, everything that goes out is sent."""
        until(lambda: not query(self.url, PENDING), 60, lambda: f"something waits:\n{self.bot.output()}")
        assert query(self.url, "SELECT count(*) FROM inbox WHERE status = 'failed'") == [(0,)], self.bot.output()
        assert query(self.url, "SELECT count(*) FROM outbox WHERE status = 'failed'") == [(0,)], self.bot.output()


@pytest.fixture
def story(stocked_database_url: str, redis_url: str, stocked_data: Path, tmp_path: Path) -> Iterator[Story]:
    with (
        FakeDiscord().running() as discord,
        stage(stocked_database_url, redis_url, tmp_path / "stage", stocked_data) as opened,
    ):
        opened.environment.update(discord.environment)
        told = Story(opened, discord)
        told.start()
        yield told
        assert discord.violations == []
        assert discord.own == [], "our fake must speak as Discord does"
        took = [i.acknowledged_s for i in discord.world.interactions.values()]
        assert [s for s in took if s is not None and s > 3] == []
        assert "discord.token" not in told.bot.output()


def _custom_ids(message: Json) -> list[str]:
    return [part["custom_id"] for row in message["components"] for part in row["components"]]


def _offers(custom_id: str) -> Callable[[Json], bool]:
    return lambda message: custom_id in _custom_ids(message)


def _shows_result(message: Json) -> bool:
    return any(file["filename"].startswith("result") for file in message["attachments"])


def test_from_the_command_with_a_photo_to_the_picture_and_on_after_a_restart(story: Story) -> None:
    worker = story.stage.worker()
    assert story.discord.gateway.intents == (1 << 0) | (1 << 9) | (1 << 12), "no privileged intent"

    asked = story.command("tryon", photo=sample_person().read_bytes(), search=SHIRT.id)
    terms = story.answer(asked, _offers("fc:consent:yes"), "the question for consent")
    assert terms["flags"] & 64, "about a photo one is spoken to alone"

    story.restart()
    assert story.discord.world.syncs == 1, "the commands are told once a release"
    agreed = story.press(terms, "fc:consent:yes")
    result = story.message(_shows_result, "the result")
    assert result["flags"] & 64
    assert result["id"] in {agreed.original, *agreed.follow_ups}
    assert all(file.get("description") for file in result["attachments"])
    assert any("on its way" in text for _, text in result["_edits"]), "one message, from the queue to the picture"
    assert not [m for m in story.messages() if _shows_result(m) and not m["flags"] & 64]

    shared = story.press(result, "fc-share")
    posted = story.answer(shared, _shows_result, "the shared picture")
    assert not posted["flags"] & 64

    saved = story.press(result, f"fc:save:{SHIRT.id}")
    story.answer(saved, lambda m: "Saved" in m["content"], "the confirmation")
    story.discord.do(lambda: setattr(story.discord.world, "skew_s", 20 * 60.0))
    again = story.command("wardrobe")
    story.answer(again, lambda m: bool(m["embeds"]), "the saved item")
    story.settled()
    worker.stop()
    assert story.bot.stop() == 0


def test_discord_is_answered_in_time_while_the_database_is_slow(story: Story) -> None:
    with ExitStack() as held:
        held.enter_context(barrier(story.url, "inbox"))
        asked = [story.command("help"), story.command("privacy")]
        until(lambda: all(one.acknowledged_s is not None for one in asked), 10, "it was not acknowledged")
        time_held = max(one.acknowledged_s or 0.0 for one in asked)
        assert time_held < 3
        wait_until_held(story.url, "inbox")
    for one in asked:
        story.answer(one, lambda m: bool(m["content"]), "the answer")
    story.settled()


def test_nothing_is_lost_and_nothing_doubled_by_a_kill_at_every_step(story: Story) -> None:
    # Storing, opening, remembering, answering, noting what was sent.
    for table in ("inbox", "conversations", "turns", "outbox", "sent_messages"):
        _kill_while_a_message_is_handled(story, table)
        _kill_while_a_command_is_handled(story, table)
    _write_while_nobody_listens(story)
    _kill_between_the_message_and_its_note(story)
    _kill_on_the_way_to_a_picture(story)
    waiting = [m["content"] for m in story.messages() if m["flags"] & LOADING]
    assert waiting == [], "nobody is left with an answer that never comes"


def _answers(story: Story, said: Json) -> list[Json]:
    return [m for m in story.messages() if int(m["id"]) > int(said["id"])]


def _kill_while_a_message_is_handled(story: Story, table: str) -> None:
    with ExitStack() as held:
        held.enter_context(barrier(story.url, table))
        said = story.say("help")
        wait_until_held(story.url, table)
        story.bot.kill()
    story.start()
    story.settled()
    assert len(_answers(story, said)) == 1, f"{table}: {story.transcript()}"


def _kill_while_a_command_is_handled(story: Story, table: str) -> None:
    with ExitStack() as held:
        held.enter_context(barrier(story.url, table))
        asked = story.command("privacy")
        until(lambda: asked.acknowledged_s is not None, 10, "it was not acknowledged")
        wait_until_held(story.url, table)
        story.bot.kill()
    story.start()
    story.answer(asked, lambda m: "What I keep" in m["content"], f"the answer after a kill at {table}")
    story.settled()
    assert asked.follow_ups == []


def _write_while_nobody_listens(story: Story) -> None:
    story.bot.kill()
    until(lambda: not story.discord.gateway.connected, 10, "the gateway did not see the end")
    said = story.say("help")
    story.start()
    until(lambda: _answers(story, said), 60, "what was written meanwhile was not answered")
    story.settled()
    assert len(_answers(story, said)) == 1, story.transcript()


def _kill_between_the_message_and_its_note(story: Story) -> None:
    story.discord.slow_s = 2.0
    said = story.say("help")
    until(lambda: _answers(story, said), 30, "nothing was sent")
    story.bot.kill()
    story.discord.slow_s = 0.0
    story.start()
    story.settled()
    assert len(_answers(story, said)) == 1, story.transcript()


def _kill_on_the_way_to_a_picture(story: Story) -> None:
    """A kill at each write that only this way has."""
    photo = sample_person().read_bytes()
    worker = story.stage.worker()
    asked = story.command("tryon", photo=photo, search=SHIRT.id)
    terms = story.answer(asked, _offers("fc:consent:yes"), "the question for consent")
    story.settled()
    steps: tuple[tuple[str, Callable[[], Interaction]], ...] = (
        ("consents", lambda: story.press(terms, "fc:consent:yes")),
        ("media", lambda: story.command("tryon", photo=photo)),
        ("photos", lambda: story.command("tryon", photo=photo)),
        ("jobs", lambda: story.command("tryon", search=sample_products()[1].id)),
    )
    for table, act in steps:
        with ExitStack() as held:
            held.enter_context(barrier(story.url, table))
            step = act()
            wait_until_held(story.url, table)
            assert step.acknowledged_s is not None
            story.bot.kill()
        story.start()
        story.answer(step, lambda m: bool(m["content"]), f"the answer after a kill at {table}")
        until(lambda: not query(story.url, RENDERING), 90, "a job hangs")
        story.settled()
    results = Counter(m["content"] for m in story.messages() if _shows_result(m))
    assert set(results.values()) == {1}, story.transcript()
    worker.stop()


def test_only_the_person_may_press_their_buttons(story: Story) -> None:
    world = story.discord.world
    asked = story.say(f"<@{world.bot}> shirt", private=False)
    page = story.message(lambda m: m["channel_id"] == world.channel and bool(m["embeds"]), "cards in the channel")
    assert page["message_reference"]["message_id"] == asked["id"]
    custom_id = _custom_ids(page)[0]
    value = page["components"][0]["components"][0]["options"][0]["value"]
    refused = story.discord.do(lambda: story.discord.gateway.press(BOB, page, custom_id, value))
    answer = story.answer(refused, lambda m: "somebody else" in m["content"], "the refusal")
    assert answer["flags"] & 64
    story.say("a word to somebody else", private=False)
    story.say("what is in your wardrobe?", private=False)
    here = story.command("help", context=PRIVATE)
    told = story.answer(here, lambda m: bool(m["content"]), "help in private")
    assert not told["flags"] & 64
    story.settled()
    began = time.monotonic()
    assert story.bot.stop() == 0
    assert time.monotonic() - began < 15
