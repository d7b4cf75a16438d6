"""The server: HTTP in front of the methods, and what happens to every request on its way to them."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
import time
import traceback
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
from aiohttp import web

from tests.fakes.telegram.chats import GROUP, PRIVATE, SUPERGROUP, Chat
from tests.fakes.telegram.errors import ConnectionCut, FakeIsWrong, Refusal, Violation, refused, too_many
from tests.fakes.telegram.faults import DOWNLOAD, Fault, Faults
from tests.fakes.telegram.limits import Flood, FloodGate, Limits
from tests.fakes.telegram.methods import METHODS
from tests.fakes.telegram.methods.common import Described
from tests.fakes.telegram.people import Group, Person
from tests.fakes.telegram.requests import read_body, read_params, wording
from tests.fakes.telegram.spec import description
from tests.fakes.telegram.waiting import Waiters
from tests.fakes.telegram.world import World
from tests.patience import patient

Result = TypeVar("Result")

TOKEN = "7000000001:AAFakeFakeFakeFakeFakeFakeFakeFake00"


@dataclass(frozen=True)
class Call:
    """A request that was answered (or cut), for tests that count them."""

    at: float
    method: str
    params: dict[str, Any]
    code: int  # 0: the connection was cut
    description: str


class FakeTelegram:
    """A Bot API server for one bot, and the people who talk to it.

    `base` is what stands before `/bot<token>/` and `/file/bot<token>/`. `violations` holds what the bot has sent
    against the protocol and `floods` what it has sent too fast; a test asserts that both stay empty.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "fashioncore_bot",
        limits: Limits | None = None,
        port: int = 0,
        privacy: bool = True,
        callback_lifetime_s: float = 15,
        webhook_pause_s: float = 1,
    ) -> None:
        self.token = token
        self.violations: list[Violation] = []
        self.notes: set[str] = set()  # where a request used what only one of the two descriptions has
        self.mistakes: list[str] = []  # the server's own; leaving the context raises them
        self.calls: list[Call] = []
        self.faults = Faults()
        self.base = ""
        self._make_world = partial(
            World,
            token,
            username,
            privacy=privacy,
            callback_lifetime_s=callback_lifetime_s,
            webhook_pause_s=webhook_pause_s,
            fetch=_fetch,
        )
        self._gate = FloodGate(limits or Limits())
        self._port = port
        self._methods = {name.lower(): name for name in description().methods}
        self._waiters = Waiters()
        self._only_once = {one.split(" ")[0] for one in description().differences if " one description" in one}
        self._people: dict[int, Person] = {}
        self._groups: dict[int, Group] = {}

    # --- life ---------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        self.world = self._make_world()
        self.world.updates.answered_by(self._perform_reply)
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        # A bot that is killed leaves its long poll behind: it ends with the connection.
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.world.updates.close()
        await self._runner.cleanup()
        if self.mistakes and error is None:
            raise FakeIsWrong("\n".join(self.mistakes))

    @contextlib.contextmanager
    def in_thread(self) -> Iterator[Self]:
        """Runs in a thread of its own, for tests that are not asynchronous; `run` takes what people do."""
        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._loop.run_forever, name="fake-telegram", daemon=True)
        thread.start()
        try:
            self.run(self.__aenter__())
            try:
                yield self
            finally:
                self.run(self.__aexit__(None, None, None))
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    def run(self, doing: Coroutine[Any, Any, Result], timeout_s: float = 60) -> Result:
        """Does something in the server's thread and waits for it."""
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(patient(timeout_s))

    # --- people -------------------------------------------------------------------

    def person(
        self, id: int, first_name: str = "Ann", language_code: str | None = "en", username: str | None = None
    ) -> Person:
        """Somebody who may talk to the bot. Asked for twice, the same person."""
        if id not in self._people:
            self._people[id] = Person(self.world, id, first_name, language_code, username)
        return self._people[id]

    def group(self, id: int, title: str = "Friends", topics: bool = False) -> Group:
        """A group; a supergroup when its id begins with -100 or it has topics. Asked for twice, the same group."""
        if id not in self._groups:
            kind = SUPERGROUP if topics or str(id).startswith("-100") else GROUP
            self._groups[id] = Group(self.world, id, title, kind, topics)
        return self._groups[id]

    def chat(self, id: int) -> Chat:
        """What stands in a chat."""
        return self.world.chats[id] if id in self.world.chats else self._people[id].chat

    @property
    def floods(self) -> list[Flood]:
        """What came too fast."""
        return self._gate.floods

    def called(self, *methods: str) -> list[Call]:
        """The requests of these methods, oldest first."""
        return [one for one in self.calls if one.method in methods]

    async def until(self, wanted: Callable[[], Any], timeout_s: float | None = 10) -> Any:
        """Waits until `wanted()` is true, looked at after every request."""
        return await self._waiters.until(wanted, timeout_s, self._last_calls)

    def _last_calls(self) -> str:
        lines = (f"{one.method} {one.code} {one.description}" for one in self.calls[-20:])
        return "\n  ".join(["the last requests:", *lines])

    def assert_clean(self) -> None:
        """The bot has broken neither the protocol nor the limits."""
        assert not self.violations, "\n".join(map(str, self.violations))
        assert not self.floods, "\n".join(map(str, self.floods))

    # --- requests -----------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            known = re.fullmatch(r"\d+:[\w-]+", request.match_info["token"])
            return _answer(Refusal(401) if known else Refusal(404))
        method = request.match_info["method"]
        params: dict[str, Any] = {}
        try:
            given = await read_body(request)
            result = await self._perform(method, given, params)
        except Refusal as refusal:
            self._note(method, params, refusal.code, refusal.description, refusal.violation)
            return _answer(refusal)
        except ConnectionCut:
            self._note(method, params, 0, "the connection was cut")
            _cut(request)
            return web.Response(status=502)
        except Exception as error:  # whatever it is, it is not the bot's fault and must not pass unseen
            self.mistakes.append(f"{method}: {error}\n{traceback.format_exc()}")
            return _answer(Refusal(500, str(error)))
        self._note(method, params, 200, "")
        extra = {}
        if isinstance(result, Described):
            result, extra = result.result, {"description": result.description}
        return web.json_response({"ok": True, "result": result, **extra})

    async def _perform(self, name: str, given: dict[str, Any], params: dict[str, Any]) -> Any:
        """One request: read, held against the description, slowed or spoiled, carried out, its answer checked."""
        known = description()
        method = self._methods.get(name.lower())
        if method is None:
            raise Refusal(404, "method not found", violation=True)
        read, problems = read_params(known, known.methods[method], given)
        params.update(read)
        self.notes |= {f"{method}.{one}" for one in read} & self._only_once
        if problems:
            self.violations += [Violation(method, str(problem)) for problem in problems]
            raise refused(wording(problems[0]))
        if self.world.logged_out:
            raise refused("Logged out")
        if method not in METHODS:
            raise Refusal(501, f"this server has no {method}", violation=True)
        chat = self._chat_of(params)
        fault = self.faults.next(method, chat.id if chat else None)
        await self._spoil(fault, chat, after=False)
        if chat is not None:
            items = len(params["media"]) if method == "sendMediaGroup" else 1
            if wait_s := self._gate.pass_through(method, chat.id, chat.type != PRIVATE, items):
                raise too_many(wait_s)
        result = await METHODS[method](self.world, params)
        plain = result.result if isinstance(result, Described) else result
        if wrong := known.check(known.methods[method].returns, plain, method):
            raise FakeIsWrong("; ".join(map(str, wrong)))
        await self._spoil(fault, chat, after=True)
        return result

    async def _spoil(self, fault: Fault | None, chat: Chat | None, *, after: bool) -> None:
        if fault is None:
            return
        if fault.kind == "slow":
            if after:
                await asyncio.sleep(fault.seconds)
            return
        if fault.kind == "flood":
            if not after:
                self._gate.close(chat.id if chat else None, int(fault.seconds))
                raise too_many(int(fault.seconds))
            return
        if fault.after == after:
            raise Refusal(fault.code) if fault.kind == "error" else ConnectionCut

    def _chat_of(self, params: dict[str, Any]) -> Chat | None:
        if "chat_id" not in params:
            return None
        try:
            return self.world.chat(params["chat_id"])
        except Refusal:
            return None

    def _note(self, method: str, params: dict[str, Any], code: int, text: str, violation: bool = False) -> None:
        name = self._methods.get(method.lower(), method)
        self.calls.append(Call(time.monotonic(), name, params, code, text))
        if violation:
            self.violations.append(Violation(name, text))
        self._waiters.look()

    async def _perform_reply(self, body: dict[str, Any]) -> None:
        """The method that a webhook gave in its answer; nobody reads the result."""
        params: dict[str, Any] = {}
        method = str(body.pop("method"))
        try:
            await self._perform(method, body, params)
            self._note(method, params, 200, "")
        except Refusal as refusal:
            self._note(method, params, refusal.code, refusal.description, refusal.violation)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _answer(Refusal(401))
        fault = self.faults.next(DOWNLOAD, None)
        try:
            await self._spoil(fault, None, after=False)
            data = self.world.files.open(request.match_info["path"])
            await self._spoil(fault, None, after=True)
        except Refusal as refusal:
            return _answer(refusal)
        except ConnectionCut:
            _cut(request)
            return web.Response(status=502)
        self._note(DOWNLOAD, {"path": request.match_info["path"]}, 200 if data is not None else 404, "")
        return _answer(Refusal(404)) if data is None else web.Response(body=data)


async def _fetch(url: str, most_bytes: int) -> bytes:
    """What a URL in the place of a file leads to."""
    try:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            data = b""
            async for chunk in answer.content.iter_chunked(1 << 16):
                data += chunk
                if len(data) > most_bytes:
                    break
    except aiohttp.ClientError:
        raise refused("failed to get HTTP URL content") from None
    if answer.status != 200 or len(data) > most_bytes:
        raise refused("failed to get HTTP URL content")
    return data


def _answer(refusal: Refusal) -> web.Response:
    if refusal.code == 502:  # comes from the proxy in front, which speaks HTML
        page = "<html><head><title>502 Bad Gateway</title></head></html>"
        return web.Response(status=502, text=page, content_type="text/html")
    wait_s = refusal.parameters.get("retry_after")
    headers = {"Retry-After": str(wait_s)} if wait_s else None
    return web.json_response(refusal.body(), status=refusal.code, headers=headers)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
