"""What `doctor` looks at: the token, how the application is set up, and what the servers let it do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import aiohttp
import discord

from bot.channels.discord.gateway import INTENTS
from bot.channels.discord.server import DiscordError, point_library, shards_of
from bot.findings import Finding
from bot.settings import BotSettings

PRIVILEGED = {
    "Message Content": ("gateway_message_content", "gateway_message_content_limited"),
    "Server Members": ("gateway_guild_members", "gateway_guild_members_limited"),
    "Presence": ("gateway_presence", "gateway_presence_limited"),
}
NEEDED = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")


def findings(settings: BotSettings) -> Iterator[Finding]:
    """Empty when no token is set: Discord is not asked for then."""
    if settings.discord_bot_token is None:
        return
    try:
        shards_of(settings.discord_shards)
        point_library(settings.discord_api_base, settings.discord_gateway)
        yield from asyncio.run(_ask(settings.discord_bot_token.get_secret_value()))
    except DiscordError as error:
        yield Finding("Discord", False, str(error))


async def _ask(token: str) -> list[Finding]:
    # Logged in without a gateway: REST knows all of it, and a running bot is not disturbed.
    async with discord.Client(intents=INTENTS) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            return [Finding("Discord token", False, "Discord does not know it; reset it in the portal, page Bot")]
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            return [Finding("Discord token", False, f"Discord cannot be asked: {error}")]
        info = await client.application_info()
        shown = [Finding("Discord token", True, f"{info.name}, application {info.id}")]
        return [*shown, _endpoint(info), _intents(info.flags), *_installs(info)]


def _endpoint(info: discord.AppInfo) -> Finding:
    url = info.interactions_endpoint_url
    if url:
        return Finding(
            "Discord interactions", False, f"they go to {url}; clear the endpoint, page General Information"
        )
    return Finding("Discord interactions", True, "they come through the gateway")


def _intents(flags: Any) -> Finding:
    more = [name for name, either in PRIVILEGED.items() if any(getattr(flags, flag) for flag in either)]
    if more:
        # They do no harm, but nobody should hold a right without a use for it.
        return Finding("Discord intents", True, f"none is needed; {', '.join(more)} may be turned off, page Bot")
    return Finding("Discord intents", True, "none of the privileged ones, and none is needed")


def _installs(info: discord.AppInfo) -> list[Finding]:
    """On servers and by people alone, and with the rights that answers in a channel need."""
    on_servers, by_people = info.guild_integration_config, info.user_integration_config
    if on_servers is None and by_people is None:
        return [Finding("Discord installation", True, "Discord does not tell; see page Installation")]
    found: list[Finding] = []
    for whom, config in (("servers", on_servers), ("people", by_people)):
        how = "it can be installed" if config else "tick it under Installation Contexts, page Installation"
        found.append(Finding(f"Discord for {whom}", config is not None, how))
    params = None if on_servers is None else on_servers.oauth2_install_params
    if params is not None:
        missing = [name for name in NEEDED if not getattr(params.permissions, name)]
        if "bot" not in params.scopes:
            missing.append("the scope bot")
        wanted = f"the install link lacks {', '.join(missing)}; add them, page Installation" if missing else ""
        found.append(Finding("Discord permissions", not missing, wanted or "the install link asks for enough"))
    return found
