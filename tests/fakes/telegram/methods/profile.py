"""How the bot presents itself: commands, name, descriptions, menu button."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.fakes.telegram.errors import broken
from tests.fakes.telegram.world import World

MAX_COMMANDS = 100


async def set_commands(world: World, params: dict[str, Any]) -> Any:
    """See setMyCommands."""
    commands = params["commands"]
    if len(commands) > MAX_COMMANDS:
        raise broken("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", one["command"]):
            raise broken("BOT_COMMAND_INVALID")
    if len({one["command"] for one in commands}) < len(commands):
        raise broken("BOT_COMMAND_DUPLICATE")
    kept = [{"command": one["command"].lstrip("/"), "description": one["description"]} for one in commands]
    world.commands[_scope(world, params)] = kept
    return True


async def get_commands(world: World, params: dict[str, Any]) -> Any:
    """See getMyCommands."""
    return world.commands.get(_scope(world, params), [])


async def delete_commands(world: World, params: dict[str, Any]) -> Any:
    """See deleteMyCommands."""
    world.commands.pop(_scope(world, params), None)
    return True


async def set_menu_button(world: World, params: dict[str, Any]) -> Any:
    """See setChatMenuButton."""
    button = params.get("menu_button") or {"type": "default"}
    if button["type"] == "default":
        button = {"type": "commands"}
    if "chat_id" in params:
        world.chat(params["chat_id"]).menu_button = button
    else:
        world.menu_button = button
    return True


async def get_menu_button(world: World, params: dict[str, Any]) -> Any:
    """See getChatMenuButton."""
    return world.chat(params["chat_id"]).menu_button if "chat_id" in params else world.menu_button


def _setter(what: str) -> Any:
    async def set_text(world: World, params: dict[str, Any]) -> Any:
        key = (what, _language(params))
        if text := params.get(what):
            world.profile[key] = text
        else:
            world.profile.pop(key, None)
        return True

    return set_text


def _getter(what: str) -> Any:
    async def get_text(world: World, params: dict[str, Any]) -> Any:
        usual = world.bot["first_name"] if what == "name" else ""
        return {what: world.profile.get((what, _language(params)), world.profile.get((what, ""), usual))}

    return get_text


def _language(params: Mapping[str, Any]) -> str:
    code = str(params.get("language_code", ""))
    if code and not re.fullmatch("[a-z]{2}", code):
        raise broken("invalid language code specified")
    return code


def _scope(world: World, params: Mapping[str, Any]) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    name = scope["type"]
    if "chat_id" in scope:
        name += f":{world.chat(scope['chat_id']).id}"
    if "user_id" in scope:
        name += f":{scope['user_id']}"
    return name, _language(params)


METHODS = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
