"""The commands: what each means, and the menus that Telegram shows for them in the person's language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import redis.asyncio
from redis.exceptions import RedisError
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.channels.telegram.words import COMMANDS
from bot.dialogue.language import ENGLISH, LANGUAGES, speaking

ACTIONS = {
    "help": "help",
    "photo": "photo",
    "saved": "saved",
    "status": "status",
    "cancel": "cancel",
    "privacy": "privacy",
    "forget": "erase",
}
"""Commands that are buttons of the dialogue."""

PRIVATE = ("start", "search", "photo", "saved", "status", "cancel", "privacy", "forget", "help")
GROUP = ("search", "saved", "status", "cancel", "help")

_KEPT = "fashioncore:telegram:menus"


def menus(*, credits_offered: bool) -> list[tuple[str, str, list[BotCommand]]]:
    """Every menu as (scope, language, commands); the language "" is for everybody else."""
    private = (*PRIVATE[:-1], *(("credits",) if credits_offered else ()), PRIVATE[-1])
    scopes = {"private": private, "groups": GROUP}
    return [
        (scope, "" if language == ENGLISH else language, _commands(language, names))
        for scope, names in scopes.items()
        for language in LANGUAGES
        # Telegram takes languages of two letters.
        if len(language) == 2
    ]


def _commands(language: str, names: Iterable[str]) -> list[BotCommand]:
    with speaking(language):
        return [BotCommand(name, COMMANDS[name]()) for name in names]


async def publish(bot: Bot, client: redis.asyncio.Redis, *, credits_offered: bool) -> bool:
    """Set the menus when they differ from the ones that were set last; True when they were set.

    Without Redis they are set at every start, which is harmless.
    """
    wanted = menus(credits_offered=credits_offered)
    plain = [(scope, language, [c.to_dict() for c in commands]) for scope, language, commands in wanted]
    digest = hashlib.sha256(json.dumps([bot.id, plain]).encode()).hexdigest()
    key = f"{_KEPT}:{bot.id}"
    try:
        known = await client.get(key)
    except (RedisError, OSError):
        known = None
    if known is not None and known.decode() == digest:
        return False
    scope_of: dict[str, BotCommandScope] = {
        "private": BotCommandScopeAllPrivateChats(),
        "groups": BotCommandScopeAllGroupChats(),
    }
    for scope, language, commands in wanted:
        await bot.set_my_commands(commands, scope=scope_of[scope], language_code=language or None)
    try:
        await client.set(key, digest)
    except (RedisError, OSError):
        return True
    return True
