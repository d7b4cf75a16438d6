"""What the bot may ask about chats and their members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fakes.telegram.chats import PRIVATE, Chat
from tests.fakes.telegram.errors import refused
from tests.fakes.telegram.world import World

RIGHTS = {"can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"}
RIGHTS |= {"can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"}
RIGHTS |= {"can_edit_stories", "can_delete_stories", "can_pin_messages"}
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def get_chat(world: World, params: dict[str, Any]) -> Any:
    """See getChat."""
    chat = _visible(world, params)
    return {
        **chat.fields,
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


async def get_member(world: World, params: dict[str, Any]) -> Any:
    """See getChatMember."""
    chat = _visible(world, params)
    user_id = params["user_id"]
    if user_id == world.bot["id"]:
        return membership(world.bot, chat.bot_status)
    user = world.users.get(user_id)
    if user is None:
        raise refused("invalid user_id specified")
    if chat.type == PRIVATE:
        return membership(user, "member" if user_id == chat.id else "left")
    if user_id not in chat.members:
        return membership(user, "left")
    return membership(user, "creator" if user_id == chat.owner else "member")


async def get_member_count(world: World, params: dict[str, Any]) -> Any:
    """See getChatMemberCount: the bot is one of them."""
    chat = _visible(world, params)
    return 2 if chat.type == PRIVATE else len(chat.members) + 1


async def leave_chat(world: World, params: dict[str, Any]) -> Any:
    """See leaveChat."""
    chat = world.open_chat(params["chat_id"])
    if chat.type == PRIVATE:
        raise refused("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


def membership(user: Mapping[str, Any], status: str) -> dict[str, Any]:
    """A ChatMember."""
    member: dict[str, Any] = {"status": status, "user": dict(user)}
    match status:
        case "member":
            return member | {"tag": ""}
        case "kicked":
            return member | {"until_date": 0}
        case "creator":
            return member | {"is_anonymous": False}
        case "administrator":
            rights = dict.fromkeys(sorted(RIGHTS), True)
            return member | rights | {"can_be_edited": False, "is_anonymous": False}
        case _:
            return member


def _visible(world: World, params: Mapping[str, Any]) -> Chat:
    """A chat that the bot may look at: a person who blocked it, too."""
    chat = world.chat(params["chat_id"])
    return chat if chat.type == PRIVATE else world.open_chat(chat.id)


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatMemberCount": get_member_count,
    "leaveChat": leave_chat,
}
