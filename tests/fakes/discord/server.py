"""The fake's servers in a thread of their own, and the people who use Discord, for tests that stand outside."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import web

from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.specification import Specification
from tests.fakes.discord.world import Json, Refusal, World
from tests.patience import patient

T = TypeVar("T")
API = "/api/v10"
TOKEN = "fake.discord.token"


@dataclass
class Trouble:
    """What the next matching requests get instead of an answer. `after` lets the request be done first."""

    method: str
    path: re.Pattern[str]
    times: int
    status: int
    retry_after_s: float = 0.0
    after: bool = False


@dataclass
class FakeDiscord:
    """REST, gateway and CDN on one port. `violations` are the bot's against the description, `own` are ours."""

    world: World = field(default_factory=World)
    requests: list[tuple[float, str, str]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    slow_s: float = 0.0
    """How long an answer takes; the request is done at once."""
    address: str = ""

    def __post_init__(self) -> None:
        self.gateway = Gateway(self.world)
        self._specification = Specification()
        self._loop = asyncio.new_event_loop()

    @property
    def environment(self) -> dict[str, str]:
        """What points the bot here."""
        return {
            "DISCORD_BOT_TOKEN": TOKEN,
            "DISCORD_API_BASE": f"http://{self.address}{API}",
            "DISCORD_GATEWAY": f"ws://{self.address}/gateway",
        }

    def do(self, work: Callable[[], T]) -> T:
        """Run in the server's thread, where the world does not change meanwhile."""
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(work())
            except Exception as error:
                done.set_exception(error)

        self._loop.call_soon_threadsafe(run)
        return done.result(patient(10))

    def trouble(self, method: str, path: str, times: int, status: int, **more: Any) -> None:
        """Answer the next requests that match with an error."""
        self.do(lambda: self.troubles.append(Trouble(method, re.compile(path), times, status, **more)))

    @contextmanager
    def running(self) -> Iterator[FakeDiscord]:
        """Serve until the end of the block."""
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        runner = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(patient(10))
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(runner.cleanup(), self._loop).result(patient(20))
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/attachments/{rest:.*}", self._cdn)
        app.router.add_route("*", API + "/{path:.*}", self._rest)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.address = f"{host}:{port}"
        self.world.base = f"http://{self.address}"
        return runner

    async def _cdn(self, request: web.Request) -> web.Response:
        data = self.world.files.get(request.path)
        return web.Response(status=404) if data is None else web.Response(body=data, content_type="image/jpeg")

    # --- REST -----------------------------------------------------------------------------------------

    async def _rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        self.requests.append((self.world.now(), request.method, path))
        body, files = await _read(request)
        if body is not None or request.method in {"POST", "PATCH", "PUT"}:
            multipart = request.content_type == "multipart/form-data"
            self.violations += self._specification.request(request.method, path, body, multipart=multipart)
        trouble = self._trouble(request.method, path)
        if trouble is not None and not trouble.after:
            return _failed(trouble)
        if request.headers.get("Authorization") not in {f"Bot {TOKEN}", None}:
            return _json(401, {"message": "401: Unauthorized", "code": 0})
        try:
            status, answer = self._answer(request.method, path, body, files, request.query)
        except Refusal as refusal:
            return _json(refusal.status, {"message": refusal.message, "code": refusal.code})
        if self.slow_s and request.method != "GET":
            await asyncio.sleep(self.slow_s)
        if trouble is not None:
            return _failed(trouble)
        shown = _public(answer)
        if answer is not None:
            self.own += self._specification.answer(request.method, path, status, shown)
        return _json(status, shown)

    def _trouble(self, method: str, path: str) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.times > 0 and trouble.method == method and trouble.path.fullmatch(path):
                trouble.times -= 1
                return trouble
        return None

    def _answer(  # noqa: PLR0912 # a line a route
        self, method: str, path: str, body: Any, files: dict[int, tuple[str, bytes]], query: Any
    ) -> tuple[int, Any]:
        world = self.world
        match [method, *path.strip("/").split("/")]:
            case ["GET", "users", "@me"]:
                return 200, {**world.user_of(world.bot), "mfa_enabled": False, "locale": "en-US"}
            case ["GET", "oauth2" | "applications", *_] if path.endswith("applications/@me"):
                return 200, world_application(world)
            case ["GET", "gateway", "bot"]:
                limits = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                return 200, {"url": f"ws://{self.address}/gateway", "shards": 1, "session_start_limit": limits}
            case ["PUT", "applications", _, "commands"] | ["PUT", "applications", _, "guilds", _, "commands"]:
                world.syncs += 1
                world.commands = [_command(world, one) for one in body]
                return 200, world.commands
            case ["POST", "users", "@me", "channels"]:
                account = str(body["recipient_id"])
                user, channel = world.user_of(account), world.private_channel(account)
                return 200, {"id": channel, "type": 1, "flags": 0, "last_message_id": None, "recipients": [user]}
            case ["POST", "channels", channel, "messages"]:
                return 200, world.post(channel, body, files)
            case ["GET", "channels", channel, "messages"]:
                after = int(query.get("after", 0))
                found = [m for m in world.messages.values() if m["channel_id"] == channel and int(m["id"]) > after]
                return 200, list(reversed(found))[: int(query.get("limit", 50))]
            case ["PATCH", "channels", _, "messages", message]:
                self._not_private(message)
                return 200, world.edit(message, body, files)
            case ["DELETE", "channels", _, "messages", message]:
                self._not_private(message)
                world.delete(message)
                return 204, None
            case ["POST", "interactions", number, token, "callback"]:
                world.respond(number, token, body)
                if query.get("with_response") not in {"1", "true", "True"}:
                    return 204, None
                kind = world.interactions[number].kind
                return 200, {"interaction": {"id": number, "type": kind, "response_message_loading": False}}
            case ["POST", "webhooks", _, token]:
                return 200, world.follow_up(token, body, files)
            case ["PATCH", "webhooks", _, token, "messages", message]:
                return 200, world.edit(world.answer_of(token, message), body, files)
            case ["DELETE", "webhooks", _, token, "messages", message]:
                world.delete(world.answer_of(token, message))
                return 204, None
        raise Refusal(404, 0, f"404: the fake has no {method} {path}")

    def _not_private(self, message: str) -> None:
        """What one person alone sees is out of the bot's own reach."""
        if self.world.messages.get(message, {}).get("flags", 0) & (1 << 6):
            raise Refusal(404, 10008, "Unknown Message")


async def _read(request: web.Request) -> tuple[Any, dict[int, tuple[str, bytes]]]:
    """The JSON of a request and its files by number."""
    if request.content_type == "multipart/form-data":
        body, files = None, {}
        async for part in await request.multipart():
            data = await part.read(decode=False)  # type: ignore[union-attr] # discord.py nests no multiparts
            if part.name == "payload_json":  # type: ignore[union-attr]
                body = json.loads(data)
            elif found := re.fullmatch(r"files\[(\d+)\]", part.name or ""):  # type: ignore[union-attr]
                files[int(found[1])] = (part.filename or "", bytes(data))  # type: ignore[union-attr]
        return body, files
    data = await request.read()
    return (json.loads(data) if data else None), {}


def _json(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    if status == 204:
        return web.Response(status=204)
    # Exactly this type: discord.py takes anything else, a charset even, for text.
    content = {"Content-Type": "application/json", "Via": "1.1 fake", **(headers or {})}
    return web.Response(status=status, body=json.dumps(body).encode(), headers=content)


def _failed(trouble: Trouble) -> web.Response:
    if trouble.status == 429:
        wait = trouble.retry_after_s
        body: Json = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
        return _json(429, body, {"Retry-After": str(wait), "X-RateLimit-Scope": "user"})
    return _json(trouble.status, {"message": "trouble", "code": 0})


def _public(value: Any) -> Any:
    """Without what the world notes for itself, and without a nonce that is not there."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not k.startswith("_") and not (k == "nonce" and v is None)}
        return {k: _public(v) for k, v in kept.items()}
    return [_public(v) for v in value] if isinstance(value, list) else value


def _command(world: World, given: Json) -> Json:
    contexts = {"contexts": given.get("contexts"), "integration_types": given.get("integration_types")}
    shown = {"id": world.snowflake(), "application_id": world.application, "version": world.snowflake()}
    return {"type": 1, "description": "", "default_member_permissions": None, **given, **shown, **contexts}


def world_application(world: World) -> Json:
    """The application as its owner set it up in the Developer Portal."""
    return {
        "id": world.application,
        "name": "Stylist",
        "description": "",
        "icon": None,
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "owner": world.user_of("1"),
        "team": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "integration_types_config": {"0": {"oauth2_install_params": world.install}, "1": {}},
    }
