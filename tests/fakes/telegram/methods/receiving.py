"""How the bot gets updates and files."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram.errors import broken
from tests.fakes.telegram.methods.common import Described
from tests.fakes.telegram.spec import description
from tests.fakes.telegram.updates import Webhook
from tests.fakes.telegram.world import World


async def get_me(world: World, params: dict[str, Any]) -> Any:
    """See getMe."""
    del params
    return world.bot | {
        "first_name": world.profile.get(("name", ""), world.bot["first_name"]),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


async def get_updates(world: World, params: dict[str, Any]) -> Any:
    """See getUpdates."""
    return await world.updates.poll(
        params.get("offset", 0), params.get("limit", 100), params.get("timeout", 0), _allowed(params)
    )


async def set_webhook(world: World, params: dict[str, Any]) -> Any:
    """See setWebhook. Plain http is taken, as a self-hosted server takes it."""
    secret = params.get("secret_token")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise broken("secret token contains unallowed characters")
    url = params["url"]
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise broken("bad webhook: an HTTPS URL must be provided for webhook")
    hook = Webhook(url, secret, "certificate" in params, params.get("max_connections", 40))
    was = world.updates.webhook.url
    await world.updates.set_webhook(hook, _allowed(params), bool(params.get("drop_pending_updates")))
    if not url:
        return Described(True, "Webhook was deleted" if was else "Webhook is already deleted")
    return Described(True, "Webhook is already set" if was == url else "Webhook was set")


async def delete_webhook(world: World, params: dict[str, Any]) -> Any:
    """See deleteWebhook."""
    was = world.updates.webhook.url
    await world.updates.set_webhook(Webhook(), None, bool(params.get("drop_pending_updates")))
    return Described(True, "Webhook was deleted" if was else "Webhook is already deleted")


async def get_webhook_info(world: World, params: dict[str, Any]) -> Any:
    """See getWebhookInfo."""
    del params
    info = world.updates.webhook.info() | {"pending_update_count": world.updates.pending}
    return info | ({"allowed_updates": world.updates.allowed} if world.updates.allowed else {})


async def get_file(world: World, params: dict[str, Any]) -> Any:
    """See getFile."""
    return world.files.describe(params["file_id"])


async def log_out(world: World, params: dict[str, Any]) -> Any:
    """See logOut: no method works after it."""
    del params
    world.logged_out = True
    return True


async def close(world: World, params: dict[str, Any]) -> Any:
    """See close."""
    del world, params
    return True


def _allowed(params: dict[str, Any]) -> list[str] | None:
    allowed: list[str] | None = params.get("allowed_updates")
    known = description().types["Update"].fields
    for name in allowed or ():
        if name not in known or name == "update_id":
            raise broken(f"unknown update type {name} in allowed_updates")
    return allowed


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
    "logOut": log_out,
    "close": close,
}
