"""What stands on the fake Discord, and its rules: 3 seconds, 15 minutes, 5 follow-ups, 10 MiB a file."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

EPOCH_MS = 1_420_070_400_000
ACKNOWLEDGE_S = 3.0
TOKEN_S = 15 * 60.0
MAX_FOLLOW_UPS = 5
MAX_FILE = 10 * 1024 * 1024
EPHEMERAL, LOADING = 1 << 6, 1 << 7
NONCE_S = 300.0
INSTALL = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16
"""View channels, send messages, embed links, attach files, read history."""
GUILD, PRIVATE, ELSEWHERE = 0, 1, 2
"""Contexts of an interaction: a server, the chat with the bot, a chat the bot is not in."""


class Refusal(Exception):
    """An error as Discord gives it."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message = status, code, message


@dataclass
class Interaction:
    """One command, press or form, and what became of it."""

    id: str
    token: str
    channel: str
    user: str
    context: int
    few: bool
    asked_at: float
    kind: int = 2
    acknowledged_s: float | None = None
    modal: Json | None = None
    choices: list[Json] | None = None
    ephemeral: bool = False
    original: str | None = None
    follow_ups: list[str] = field(default_factory=list)


@dataclass
class World:
    """Everything there is. Only the server's thread changes it."""

    bot: str = "100"
    application: str = "100"
    guild: str = "200"
    channel: str = "300"
    skew_s: float = 0.0
    messages: dict[str, Json] = field(default_factory=dict)
    gone: list[Json] = field(default_factory=list)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    tokens: dict[str, Interaction] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)
    """Account to channel."""
    commands: list[Json] = field(default_factory=list)
    syncs: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    """Channels the bot may not write to, and accounts it may not write to in private."""
    base: str = ""
    install: Json = field(
        default_factory=lambda: {"scopes": ["applications.commands", "bot"], "permissions": str(INSTALL)}
    )
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def now(self) -> float:
        """Seconds, with the time that a test let pass."""
        return time.time() + self.skew_s

    def snowflake(self) -> str:
        """A new id."""
        return str((int(self.now() * 1000) - EPOCH_MS) << 22 | next(self._numbers) & 0xFFF)

    def user_of(self, account: str) -> Json:
        """A user as Discord writes it."""
        return {
            "id": account,
            "username": f"user{account}",
            "discriminator": "0",
            "global_name": None,
            "avatar": None,
            "bot": account == self.bot,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
        }

    def private_channel(self, account: str) -> str:
        """The chat of an account with the bot."""
        if account in self.barred:
            raise Refusal(403, 50007, "Cannot send messages to this user")
        return self.private.setdefault(account, self.snowflake())

    # --- messages -------------------------------------------------------------------------------------

    def post(self, channel: str, body: Json, files: dict[int, tuple[str, bytes]]) -> Json:
        """A message of the bot in a channel."""
        self._may_write(channel)
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce"):
            for message in self.messages.values():
                fresh = self.now() - message["_at"] < NONCE_S
                if fresh and message["channel_id"] == channel and message["nonce"] == nonce:
                    return message
        return self.write(channel, self.bot, body, files, nonce=nonce, reference=body.get("message_reference"))

    def write(
        self,
        channel: str,
        author: str,
        body: Json,
        files: dict[int, tuple[str, bytes]],
        *,
        nonce: str | None = None,
        reference: Json | None = None,
        interaction: Interaction | None = None,
    ) -> Json:
        """A new message of anybody."""
        message: Json = {
            "id": self.snowflake(),
            "type": 0 if reference is None else 19,
            "channel_id": channel,
            "author": self.user_of(author),
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "flags": int(body.get("flags") or 0),
            "nonce": nonce,
            "_at": self.now(),
            "_edits": [],
            "_interaction": None if interaction is None else interaction.id,
        }
        if reference is not None:
            message["message_reference"] = {
                "type": 0,
                "channel_id": channel,
                "message_id": reference["message_id"],
            }
        self._fill(message, body, files)
        empty = not (message["content"] or message["embeds"] or message["attachments"])
        if author == self.bot and empty and not message["flags"] & LOADING:
            raise Refusal(400, 50006, "Cannot send an empty message")
        self.messages[message["id"]] = message
        return message

    def edit(self, message_id: str, body: Json, files: dict[int, tuple[str, bytes]]) -> Json:
        """A message of the bot, changed."""
        message = self.messages.get(message_id)
        if message is None:
            raise Refusal(404, 10008, "Unknown Message")
        self._fill(message, body, files)
        message["flags"] &= ~LOADING
        message["edited_timestamp"] = datetime.now(UTC).isoformat()
        message["_edits"].append((self.now(), message["content"]))
        return message

    def delete(self, message_id: str) -> None:
        """A message, taken away."""
        message = self.messages.pop(message_id, None)
        if message is None:
            raise Refusal(404, 10008, "Unknown Message")
        self.gone.append(message)

    def _may_write(self, channel: str) -> None:
        known = channel == self.channel or channel in self.private.values()
        if not known:
            raise Refusal(403, 50001, "Missing Access")
        if channel in self.barred:
            raise Refusal(403, 50013, "Missing Permissions")

    def _fill(self, message: Json, body: Json, files: dict[int, tuple[str, bytes]]) -> None:
        if any(len(data) > MAX_FILE for _, data in files.values()):
            raise Refusal(413, 40005, "Request entity too large")
        content = body.get("content", message.get("content", ""))
        if len(content or "") > 2000:
            raise Refusal(400, 50035, "Invalid Form Body")
        message["content"] = content or ""
        message["components"] = self._numbered(body.get("components", message.get("components")) or [])
        kept = [a for a in message.get("attachments", []) if "attachments" not in body]
        described = {int(a["id"]): a for a in body.get("attachments") or []}
        for number, (name, data) in files.items():
            kept.append(self.attachment(message["channel_id"], name, data, described.get(number, {})))
        message["attachments"] = kept
        names = {f"attachment://{a['filename']}": a["url"] for a in kept}
        message["embeds"] = [self._embed(e, names) for e in body.get("embeds", message.get("embeds")) or []]

    def attachment(self, channel: str, name: str, data: bytes, described: Json) -> Json:
        """A file that is kept, as a message names it."""
        number = self.snowflake()
        path = f"/attachments/{channel}/{number}/{name}"
        self.files[path] = data
        url = f"{self.base}{path}"
        kept: Json = {"id": number, "filename": name, "size": len(data), "url": url, "proxy_url": url}
        kept |= {"content_type": "image/jpeg", "ephemeral": False}
        return kept | ({"description": described["description"]} if described.get("description") else {})

    @staticmethod
    def _embed(embed: Json, names: dict[str, str]) -> Json:
        shown = {"type": "rich", **embed}
        if "thumbnail" in shown:
            url = shown["thumbnail"]["url"]
            if url.startswith("attachment://") and url not in names:
                raise Refusal(400, 50035, "Invalid Form Body: no such attachment")
            url = names.get(url, url)
            shown["thumbnail"] = {"url": url, "proxy_url": url, "width": 1, "height": 1, "flags": 0}
        return shown

    @staticmethod
    def _numbered(rows: list[Json]) -> list[Json]:
        """Components with the numbers that Discord gives them. Five rows, five buttons, no name twice."""
        named = [part["custom_id"] for row in rows for part in row["components"]]
        if len(rows) > 5 or any(len(row["components"]) > 5 for row in rows) or len(set(named)) < len(named):
            raise Refusal(400, 50035, "Invalid Form Body: components")
        numbers = itertools.count(1)

        def numbered(part: Json) -> Json:
            chosen = {"min_values": 1, "max_values": 1} if part["type"] == 3 else {}
            return {**chosen, **part, "id": next(numbers)}

        return [
            {**row, "id": next(numbers), "components": [numbered(part) for part in row["components"]]}
            for row in rows
        ]

    # --- interactions ---------------------------------------------------------------------------------

    def ask(self, account: str, channel: str, context: int, *, few: bool = False) -> Interaction:
        """A new interaction; its event is the server's to send."""
        number = self.snowflake()
        made = Interaction(number, f"token-{number}", channel, account, context, few, self.now())
        self.interactions[number] = self.tokens[made.token] = made
        return made

    def respond(self, number: str, token: str, body: Json) -> None:
        """The first answer, within three seconds and once."""
        interaction = self.interactions.get(number)
        late = interaction is not None and self.now() - interaction.asked_at > ACKNOWLEDGE_S
        if interaction is None or interaction.token != token or late:
            raise Refusal(404, 10062, "Unknown interaction")
        if interaction.acknowledged_s is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        data = body.get("data") or {}
        kind = body["type"]
        interaction.ephemeral = bool(int(data.get("flags") or 0) & EPHEMERAL)
        if kind in {4, 5}:
            flags = int(data.get("flags") or 0) | (LOADING if kind == 5 else 0)
            made = self.write(interaction.channel, self.bot, {**data, "flags": flags}, {}, interaction=interaction)
            interaction.original = made["id"]
        elif kind == 8:
            interaction.choices = data["choices"]
        elif kind == 9:
            interaction.modal = data
        interaction.acknowledged_s = self.now() - interaction.asked_at

    def of_token(self, token: str) -> Interaction:
        """The interaction that may be answered with this token."""
        interaction = self.tokens.get(token)
        if interaction is None or interaction.acknowledged_s is None:
            raise Refusal(404, 10015, "Unknown Webhook")
        if self.now() - interaction.asked_at > TOKEN_S:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return interaction

    def follow_up(self, token: str, body: Json, files: dict[int, tuple[str, bytes]]) -> Json:
        """One more answer; while the first is still "thinking", it is that one."""
        interaction = self.of_token(token)
        original = self.messages.get(interaction.original or "")
        if original is not None and original["flags"] & LOADING:
            return self.edit(original["id"], body, files)
        if interaction.few and len(interaction.follow_ups) >= MAX_FOLLOW_UPS:
            raise Refusal(400, 40094, "Maximum number of follow-up messages for this interaction reached")
        made = self.write(interaction.channel, self.bot, body, files, interaction=interaction)
        interaction.follow_ups.append(made["id"])
        return made

    def answer_of(self, token: str, message_id: str) -> str:
        """The id of an answer to an interaction."""
        interaction = self.of_token(token)
        found = interaction.original if message_id == "@original" else message_id
        if found is None or found not in {interaction.original, *interaction.follow_ups}:
            raise Refusal(404, 10008, "Unknown Message")
        return found
