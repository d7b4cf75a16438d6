"""The Discord channel against simcord, which keeps Discord's rules: deferral, expiry, visibility, restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.simcord_stage import discord_stage


def test_a_command_is_acknowledged_and_answered_for_the_person_alone(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    async def story() -> None:
        async with discord_stage(database_url, redis_url, tmp_path) as stage:
            guild = stage.env.create_guild()
            channel = guild.create_text_channel("style")
            ann = guild.add_member(stage.env.create_user("ann"))
            asked = await ann.slash(channel, "help")
            assert asked.deferred
            assert asked.ephemeral
            answer = await stage.until(lambda: asked.response and asked.response.content, "the answer")
            assert "Here is what I do" in answer

    asyncio.run(story())
