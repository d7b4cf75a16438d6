"""The few REST calls that delivering needs, over discord.py's HTTP client: it waits out rate limits by itself.

Nothing here needs the gateway: a process with the token alone can deliver.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route

from bot.channels.base import DeliveryError

UNKNOWN_MESSAGE = 10008
INVALID_TOKEN = 50027
"""An interaction's token that is over, beside 10015 (unknown webhook)."""
TOO_LARGE = 40005
OUR_FAULT = frozenset({50006, 50035})
"""An empty message or a malformed one is so everywhere; any other refusal is about this place."""
RETRY_S = 5.0
"""How long to wait after a 429 that does not say it."""
EPHEMERAL = 1 << 6

Json = dict[str, Any]
"""A body as Discord describes it; its values are whatever JSON has."""


class NoWay(Exception):
    """This way to the person is closed: no access, no such channel, a token that is over. Try another."""


class MessageGone(Exception):
    """The message to change is not there any more."""


class TooLarge(Exception):
    """The files are more than this place takes."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture to send. `alt` is read to people who cannot see it."""

    name: str
    data: bytes
    alt: str


class Rest:
    """Raises NoWay, MessageGone, TooLarge, and DeliveryError for everything that only takes time."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http
        self._private: dict[str, str] = {}

    async def private_channel(self, account: str) -> str:
        """The channel in which we talk to this account alone."""
        if account not in self._private:
            found = await self._ask(Route("POST", "/users/@me/channels"), json={"recipient_id": account})
            self._private[account] = str(found["id"])
        return self._private[account]

    async def send(self, channel: str, body: Json, files: Sequence[Upload] = ()) -> Json:
        """A new message. With a `nonce` in the body, the same one sent again is the first one."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        return await self._write(route, body, files)

    async def edit(self, channel: str, message: str, body: Json, files: Sequence[Upload] | None = ()) -> Json:
        """Change a message of ours. None: the files that it has stay."""
        route = Route(
            "PATCH", "/channels/{channel_id}/messages/{message_id}", channel_id=channel, message_id=message
        )
        return await self._write(route, body, files)

    async def delete(self, channel: str, message: str) -> None:
        """Take a message of ours away."""
        await self._ask(
            Route("DELETE", "/channels/{channel_id}/messages/{message_id}", channel_id=channel, message_id=message)
        )

    async def respond(self, interaction: str, token: str, response: Json) -> None:
        """Answer an interaction at once, within its three seconds."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        await self._ask(Route("POST", path, webhook_id=interaction, webhook_token=token), json=response)

    async def follow_up(self, application: str, token: str, body: Json, files: Sequence[Upload] = ()) -> Json:
        """One more message in answer to an interaction."""
        path = "/webhooks/{webhook_id}/{webhook_token}"
        route = Route("POST", path, webhook_id=application, webhook_token=token)
        return await self._write(route, body, files)

    async def edit_answer(
        self, application: str, token: str, message: str, body: Json, files: Sequence[Upload] | None = ()
    ) -> Json:
        """Change an answer to an interaction; "@original" is the one that was promised when it came. Files as in
        `edit`.
        """
        return await self._write(_answer("PATCH", application, token, message), body, files)

    async def delete_answer(self, application: str, token: str, message: str) -> None:
        """Take an answer to an interaction away."""
        await self._ask(_answer("DELETE", application, token, message))

    async def _write(self, route: Route, body: Json, files: Sequence[Upload] | None) -> Json:
        body = {**body, "allowed_mentions": {"parse": []}}
        if files or (files is not None and route.method == "PATCH"):
            # In an edit the list also says that none of the files before stays.
            body["attachments"] = [
                {"id": str(number), "filename": file.name, "description": file.alt[:1024]}
                for number, file in enumerate(files)
            ]
        written: Json
        if not files:
            written = await self._ask(route, json=body)
            return written
        opened = [discord.File(io.BytesIO(f.data), f.name, description=f.alt[:1024]) for f in files]
        form: list[Json] = [{"name": "payload_json", "value": json.dumps(body)}]
        form += [
            {"name": f"files[{n}]", "value": f.fp, "filename": f.filename, "content_type": "image/jpeg"}
            for n, f in enumerate(opened)
        ]
        written = await self._ask(route, form=form, files=opened)
        return written

    # What comes back is JSON whose shape depends on the route, hence Any.
    async def _ask(self, route: Route, **arguments: Any) -> Any:
        try:
            return await self._http.request(route, **arguments)
        except discord.RateLimited as error:
            raise DeliveryError("rate_limited", retry_after_s=error.retry_after) from error
        except discord.HTTPException as error:
            raise _meaning(error) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise DeliveryError("unreachable") from error


def _answer(method: str, application: str, token: str, message: str) -> Route:
    path = "/webhooks/{webhook_id}/{webhook_token}/messages/" + ("@original" if message == "@original" else "{id}")
    rest = {} if message == "@original" else {"id": message}
    return Route(method, path, webhook_id=application, webhook_token=token, **rest)


def _meaning(error: discord.HTTPException) -> Exception:
    if error.status == 429:
        headers = getattr(error.response, "headers", {})
        return DeliveryError("rate_limited", retry_after_s=float(headers.get("Retry-After", RETRY_S)))
    if error.code == UNKNOWN_MESSAGE:
        return MessageGone(str(error.code))
    if error.status == 413 or error.code == TOO_LARGE:
        return TooLarge(str(error.code))
    if error.status == 400 and error.code in OUR_FAULT:
        return DeliveryError(f"refused_{error.code}", final=True)
    if (error.code and error.status in {400, 403, 404}) or error.code == INVALID_TOKEN:
        return NoWay(str(error.code))
    # Without a code it was not Discord's interface that answered, but something before it.
    return DeliveryError(f"discord_{error.status}")
