"""The Discord channel against simcord, which keeps Discord's rules: deferral, expiry, visibility, restarts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.channels.discord import texts
from tests.chaos.database import barrier
from tests.samples import sample_person
from tests.servers import stock_media
from tests.simcord_stage import Stage, discord_stage

Story = Callable[[Callable[[Stage], Coroutine[Any, Any, None]]], None]
MINUTES = 60


@pytest.fixture
def play(stocked_database_url: str, redis_url: str, stocked_data: Path, tmp_path: Path) -> Story:
    """Runs a story on a stage of its own."""

    def run(story: Callable[[Stage], Coroutine[Any, Any, None]]) -> None:
        async def on_stage() -> None:
            folder = stock_media(stocked_data, tmp_path)
            async with discord_stage(stocked_database_url, redis_url, folder) as stage:
                await story(stage)

        asyncio.run(on_stage())

    return run


def _custom_ids(message: Any) -> list[str]:
    return [part["custom_id"] for row in _rows(message) for part in row["components"]]


def _rows(message: Any) -> list[dict[str, Any]]:
    rows = message.components
    return [row if isinstance(row, dict) else row.to_dict() for row in rows]


def _options(message: Any, custom_id: str) -> list[str]:
    parts = [part for row in _rows(message) for part in row["components"]]
    return [o["value"] for part in parts if part["custom_id"] == custom_id for o in part["options"]]


def test_every_command_is_deferred_at_once_and_answered_for_the_person_alone(play: Story) -> None:
    async def story(stage: Stage) -> None:
        guild = stage.env.create_guild()
        channel = guild.create_text_channel("style")
        ann = guild.add_member(stage.env.create_user("ann"))
        plain: dict[str, dict[str, Any]] = {name: {} for name in texts.COMMANDS}
        for name in ("style", "search"):
            plain[name] = {"text": "white shirt"}
        plain["profile"] = {"text": "I wear size M"}
        for name, options in plain.items():
            asked = await ann.slash(channel, name, **options)
            assert _deferred(asked), name
            assert asked.ephemeral, name
            answer = await _answer(stage, asked, lambda m: bool(m.content), name)
            assert answer.content != texts.TROUBLE(), name
            assert answer.ephemeral, name
        found = await ann.autocomplete(channel, "tryon", "search", "shirt")
        assert found, "there are suggestions out of the catalogue"
        asked = await ann.slash(channel, "tryon", search=found[0]["value"])
        await _answer(stage, asked, lambda m: "photo" in m.content, "the question for a photo")
        opened = await ann.slash(channel, "profile")
        assert opened.modal is not None, "without words there is a form for them"

    play(story)


def test_buttons_lists_and_forms_work_after_a_restart(play: Story) -> None:
    async def story(stage: Stage) -> None:
        guild = stage.env.create_guild()
        channel = guild.create_text_channel("style")
        ann = guild.add_member(stage.env.create_user("ann"))
        asked = await ann.slash(channel, "search", text="shirt")
        page = await _answer(stage, asked, lambda m: bool(m.embeds), "cards")
        assert len(page.embeds) == len(page.attachments)
        assert all(file.description for file in page.attachments), "each picture is told in words"
        items = _options(page, "fc-list:try")
        assert len(items) == len(page.embeds)
        opened = await ann.click(page.message, label=texts.OWN_WORDS())

        await stage.restart()

        filled = await ann.submit_modal(opened, {"text": "black trousers"})
        await _answer(stage, filled, lambda m: bool(m.embeds), "what the form asked for")
        chosen = await ann.select(page.message, [items[0]], custom_id="fc-list:try")
        question = await _answer(stage, chosen, lambda m: "photo" in m.content, "the question for a photo")
        pressed = await ann.click(question.message, custom_id="fc:privacy")
        await _answer(stage, pressed, lambda m: "What I keep" in m.content, "the promise")

    play(story)


def test_an_answer_that_comes_after_fifteen_minutes_goes_to_the_channel_and_then_to_private(play: Story) -> None:
    async def story(stage: Stage) -> None:
        guild = stage.env.create_guild()
        channel = guild.create_text_channel("style")
        user = stage.env.create_user("ann")
        ann = guild.add_member(user)
        async with _nothing_sent(stage):
            asked = await ann.slash(channel, "help")
            await stage.env.advance_time(16 * MINUTES)
        late = await stage.until(lambda: channel.last_message, "the late answer")
        assert late.content.startswith(user.mention), "in the channel it says whom it is for"
        assert "Here is what I do" in late.content
        assert asked.response is None or not asked.response.content

        stage.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013, times=None)
        async with _nothing_sent(stage):
            await ann.slash(channel, "wardrobe")
            await stage.env.advance_time(16 * MINUTES)
        private = await stage.until(lambda: user.dm_channel.last_message, "the answer in private")
        assert "not saved anything" in private.content

        stage.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=None)
        await stage.restart()
        async with _nothing_sent(stage):
            await ann.slash(channel, "privacy")
            await stage.env.advance_time(16 * MINUTES)
        await stage.until(lambda: stage.failed() == ["no_way_to_person"], "the answer that reached nobody")
        told = await ann.slash(channel, "result")
        answer = await _answer(stage, told, lambda m: bool(m.content), "the next answer")
        assert answer.content.startswith(texts.MISSED())

    play(story)


def test_a_photo_given_by_mention_is_answered_in_private_and_its_result_can_be_shared(play: Story) -> None:
    async def story(stage: Stage) -> None:
        guild = stage.env.create_guild()
        channel = guild.create_text_channel("style")
        user, bob = stage.env.create_user("ann"), guild.add_member(stage.env.create_user("bob"))
        ann = guild.add_member(user)
        me = stage.gateway.user
        assert me is not None
        await ann.send(channel, "white shirt")
        asked = await ann.send(channel, f"{me.mention} white shirt")
        page = await stage.until(lambda: _last(channel, lambda m: bool(m.embeds)), "cards in the channel")
        await stage.settled()
        assert page.reference is not None
        assert page.reference.message_id == asked.id, "the answer is a reply"
        assert len(channel.history()) == 3, "what was not said to us is not answered"

        refused = await bob.select(page, [_options(page, "fc-list:try")[0]], custom_id="fc-list:try")
        await _answer(stage, refused, lambda m: m.content == texts.NOT_YOURS(), "the refusal")

        photo = ("me.jpg", sample_person().read_bytes())
        await ann.send(channel, me.mention, attachments=[photo])
        terms = await stage.until(lambda: _last(channel, lambda m: "fc:consent:yes" in _custom_ids(m)), "terms")
        agreed = await ann.click(terms, custom_id="fc:consent:yes")
        await _answer(stage, agreed, lambda m: bool(m.content), "thanks")
        tried = await ann.select(page, [_options(page, "fc-list:try")[0]], custom_id="fc-list:try")
        await _answer(stage, tried, lambda m: "on its way" in m.content, "the job's card")
        await stage.render()
        result = await _answer(stage, tried, lambda m: len(m.attachments) > 1, "the result")
        assert result.ephemeral, "a picture of the person is for the person"
        assert any("You wearing" in (file.description or "") for file in result.attachments)
        seen = [message for message in channel.history(viewer=bob) if message.author.id == me.id]
        assert [message.id for message in seen if message.attachments] == [page.id], "nobody else sees the person"

        shared = await ann.click(result.message, custom_id="fc-share")
        posted = await _answer(stage, shared, lambda m: bool(m.attachments), "the shared picture")
        assert not posted.ephemeral
        assert "tried on" in posted.content

    play(story)


def test_in_private_one_simply_talks(play: Story) -> None:
    async def story(stage: Stage) -> None:
        ann = stage.env.create_user("ann")
        await ann.send_dm("shirt")
        page = await stage.until(lambda: _last(ann.dm_channel, lambda m: bool(m.embeds)), "cards")
        await ann.click(page, label=next(b["label"] for b in _rows(page)[2]["components"]))
        await stage.until(lambda: _last(ann.dm_channel, lambda m: m.id > page.id), "an answer")
        assert not stage.failed()

    play(story)


@asynccontextmanager
async def _nothing_sent(stage: Stage) -> AsyncIterator[None]:
    """Whatever is to be sent waits. Off the loop, where the bot may be about to end a transaction we wait for."""
    with ExitStack() as held:
        await asyncio.to_thread(held.enter_context, barrier(stage.url, "outbox"))
        yield


def _deferred(asked: Any) -> bool:
    """Whether "thinking ..." came first. The answer may have taken its place already, which is an edit."""
    return bool(asked.deferred or (asked.response and asked.response.message.edited_at))


async def _answer(stage: Stage, asked: Any, fits: Callable[[Any], bool], what: str) -> Any:
    """What stands in place of "thinking ..." once it fits."""
    return await stage.until(lambda: asked.response and fits(asked.response) and asked.response, what)


def _last(channel: Any, fits: Callable[[discord.Message], bool]) -> discord.Message | None:
    return next((m for m in reversed(channel.history()) if fits(m)), None)
