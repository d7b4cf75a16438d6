"""The fake's gateway, and what people do on Discord as the events it sends."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord.world import ELSEWHERE, GUILD, PRIVATE, Interaction, Json, World

HELLO, IDENTIFY, RESUME, HEARTBEAT, ACK = 10, 2, 6, 1, 11


class Gateway:
    """One session at a time counts: the newest."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: web.WebSocketResponse | None = None
        self._sequence = 0
        self._sending: set[asyncio.Task[None]] = set()
        self.intents = 0
        self.sessions = 0

    @property
    def connected(self) -> bool:
        """Whether a bot listens."""
        return self._session is not None and not self._session.closed

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection of a bot."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": HELLO, "d": {"heartbeat_interval": 41250}, "s": None, "t": None}))
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            message = json.loads(frame.data)
            if message["op"] == HEARTBEAT:
                await socket.send_str(json.dumps({"op": ACK, "d": None, "s": None, "t": None}))
            elif message["op"] == IDENTIFY:
                self.intents = message["d"]["intents"]
                self.sessions += 1
                await self._ready(socket, message["d"].get("shard", [0, 1]))
        return socket

    async def _ready(self, socket: web.WebSocketResponse, shard: list[int]) -> None:
        world = self._world
        ready = {
            "v": 10,
            "user": world.user_of(world.bot),
            "guilds": [{"id": world.guild, "unavailable": True}],
            "session_id": f"session-{self.sessions}",
            "resume_gateway_url": f"ws://{world.base.removeprefix('http://')}/gateway",
            "shard": shard,
            "application": {"id": world.application, "flags": 0},
        }
        self._session = socket
        await self._send("READY", ready)
        await self._send("GUILD_CREATE", _guild(world))

    def emit(self, event: str, data: Json) -> None:
        """Send an event to the bot that listens; without one it is lost, as on Discord."""
        task = asyncio.get_running_loop().create_task(self._send(event, data))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, event: str, data: Json) -> None:
        if self._session is not None and not self._session.closed:
            self._sequence += 1
            frame = json.dumps({"op": 0, "t": event, "s": self._sequence, "d": data})
            await self._session.send_str(frame)

    # --- what people do -------------------------------------------------------------------------------

    def say(
        self, account: str, text: str, *, private: bool, pictures: tuple[bytes, ...] = (), **more: Any
    ) -> Json:
        """Write to the bot in private, or in the server's channel."""
        world = self._world
        channel = world.private_channel(account) if private else world.channel
        reference = {"message_id": more["answers"]} if "answers" in more else None
        message = world.write(channel, account, {"content": text}, {}, reference=reference)
        message["attachments"] = [
            world.attachment(channel, f"photo-{n}.jpg", data, {}) for n, data in enumerate(pictures)
        ]
        if f"<@{world.bot}>" in text:
            message["mentions"] = [world.user_of(world.bot)]
        event = {k: v for k, v in message.items() if not k.startswith("_")}
        if not private:
            event |= {"guild_id": world.guild, "member": _member(world, account, user=False)}
            if not message["mentions"]:
                # Without the privileged intent, what was not said to us comes empty.
                event |= {"content": "", "attachments": [], "embeds": [], "components": []}
        self.emit("MESSAGE_CREATE", event)
        return message

    def command(
        self, account: str, name: str, context: int = GUILD, *, few: bool = False, **options: Any
    ) -> Interaction:
        """Use a slash command. An option that is bytes is an attachment."""
        world = self._world
        known = next((c for c in world.commands if c["name"] == name), None)
        assert known is not None, f"/{name} was never synced"
        types = {option["name"]: option["type"] for option in known.get("options", [])}
        channel = self._channel(account, context)
        given, attached = [], {}
        for option, value in options.items():
            shown = value
            if isinstance(value, bytes):
                attachment = world.attachment(channel, f"{option}.jpg", value, {})
                attached[attachment["id"]] = attachment
                shown = attachment["id"]
            given.append({"name": option, "type": types[option], "value": shown})
        data: Json = {"id": known["id"], "name": name, "type": 1, "options": given}
        if attached:
            data["resolved"] = {"attachments": attached}
        return self._interact(account, context, 2, data, few=few)

    def press(self, account: str, message: Json, custom_id: str, value: str | None = None) -> Interaction:
        """Press a button of a message, or choose a value of its list."""
        parts = [part for row in message["components"] for part in row["components"]]
        part = next(part for part in parts if part["custom_id"] == custom_id)
        data: Json = {"custom_id": custom_id, "component_type": part["type"]}
        if value is not None:
            assert value in {option["value"] for option in part["options"]}
            data["values"] = [value]
        context = GUILD if message["channel_id"] == self._world.channel else PRIVATE
        shown = {k: v for k, v in message.items() if not k.startswith("_")}
        return self._interact(account, context, 3, data, message=shown)

    def submit(self, account: str, opened: Interaction, text: str) -> Interaction:
        """Fill in a form and send it."""
        assert opened.modal is not None
        row = opened.modal["components"][0]
        field = {"type": 4, "custom_id": row["components"][0]["custom_id"], "value": text}
        data = {"custom_id": opened.modal["custom_id"], "components": [{"type": 1, "components": [field]}]}
        return self._interact(account, opened.context, 5, data)

    def _channel(self, account: str, context: int) -> str:
        world = self._world
        if context == PRIVATE:
            return world.private.setdefault(account, world.snowflake())
        return world.channel if context == GUILD else "999"

    def _interact(
        self, account: str, context: int, kind: int, data: Json, *, few: bool = False, message: Json | None = None
    ) -> Interaction:
        world = self._world
        channel = self._channel(account, context)
        made = world.ask(account, channel, context, few=few)
        made.kind = kind
        event: Json = {
            "id": made.id,
            "application_id": world.application,
            "type": kind,
            "token": made.token,
            "version": 1,
            "data": data,
            "channel_id": channel,
            "channel": {"id": channel, "type": {GUILD: 0, PRIVATE: 1, ELSEWHERE: 3}[context], "recipients": []},
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"1": account} if few else {"0": world.guild},
            "context": context,
            "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": "0",
        }
        if context == GUILD:
            member = {**_member(world, account, user=True), "permissions": "0"}
            event |= {"guild_id": world.guild, "member": member, "guild_locale": "en-US"}
        else:
            event["user"] = world.user_of(account)
        if message is not None:
            event["message"] = message
        self.emit("INTERACTION_CREATE", event)
        return made


def _member(world: World, account: str, *, user: bool) -> Json:
    member: Json = {
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
    }
    return {**member, "user": world.user_of(account)} if user else member


def _guild(world: World) -> Json:
    channel = {"id": world.channel, "type": 0, "name": "style", "position": 0, "permission_overwrites": []}
    return {
        "id": world.guild,
        "name": "Studio",
        "owner_id": "1",
        "roles": [{"id": world.guild, "name": "@everyone", "permissions": "0", "position": 0, "color": 0,
                   "hoist": False, "managed": False, "mentionable": False}],
        "channels": [{**channel, "parent_id": None, "nsfw": False, "topic": None}],
        "threads": [],
        "members": [_member(world, world.bot, user=True)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "member_count": 2,
        "large": False,
        "unavailable": False,
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "system_channel_flags": 0,
        "afk_timeout": 300,
        "premium_progress_bar_enabled": False,
    }  # fmt: skip
