"""Every route of the web chat: another person's ids lead nowhere, bodies have limits, the document is true."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import jsonschema
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from bot.shop_settings import PROFILE_PATH
from bot.web import openapi
from bot.web.app import build_app
from bot.web.chat import Chat
from bot.web.guards import JSON_LIMIT, PHOTO_LIMIT
from bot.web.mail_links import MailLinks
from bot.web.mail_pages import MailPages
from bot.web.sessions import COOKIE, address_of
from bot.web.shop_door import ShopDoor
from bot.web.streams import Streams
from storage.bell import Bell
from storage.config import StorageConfig
from storage.hints import Hints
from storage.unit_of_work import Database
from tests.integration.strangers import Owner, owner

ANN, BOB = "ann-" + "a" * 40, "bob-" + "b" * 40


@dataclass
class Shop:
    """The application, whoever has something in it, and Bob, who is a stranger."""

    app: Starlette
    database: Database
    ann: Owner
    runner: asyncio.Runner

    def ask(self, method: str, path: str, who: str | None = BOB, **content: Any) -> httpx.Response:
        """Ask as somebody, or as nobody."""

        async def asked() -> httpx.Response:
            cookies = None if who is None else {COOKIE: who}
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://shop", cookies=cookies) as client:
                return await client.request(method, path, **content)

        return self.runner.run(asked())

    def get(self, path: str) -> httpx.Response:
        """As Bob."""
        return self.ask("GET", path)

    def post(self, path: str, **content: Any) -> httpx.Response:
        """As Bob, from the page."""
        return self.ask("POST", path, headers={"X-Fashioncore": "1"}, **content)


@pytest.fixture
def shop(database: Database, storage_config: StorageConfig) -> Iterator[Shop]:
    hints, bell = Hints(storage_config.redis_url), Bell()
    streams = Streams(database, hints)

    more = [
        *MailLinks(database, bell, secure=False).routes(),
        *MailPages(database, storage_config.data / "mails").routes(),
        *ShopDoor(database).routes(),
    ]
    app = build_app(Chat(database, streams, bell, secure=False), database, hints, _nothing, (), more)
    with asyncio.Runner() as runner:
        opened = Shop(app, database, owner(database, address_of(ANN)), runner)
        opened.get("/api/conversation").raise_for_status()
        yield opened
        runner.run(hints.close())


@asynccontextmanager
async def _nothing(_app: Starlette) -> AsyncIterator[None]:
    yield


def _event() -> str:
    return str(uuid.uuid4())


Case = Callable[[Shop, dict[str, str]], Any]

CASES: dict[tuple[str, str], tuple[int, Case]] = {
    ("GET", "/api/conversation"): (200, lambda shop, _: shop.get("/api/conversation")),
    ("GET", "/api/stream"): (200, lambda shop, _: shop.get("/api/stream?after=99")),
    ("GET", openapi.PATH): (200, lambda shop, _: shop.get(openapi.PATH)),
    ("POST", "/api/messages"): (
        202,
        lambda shop, ids: shop.post("/api/messages", json={"id": ids["turn"], "text": f"show {ids['item']}"}),
    ),
    ("POST", "/api/presses"): (
        202,
        lambda shop, ids: shop.post(
            "/api/presses", json={"id": _event(), "turn": ids["turn"], "action": f"cancel:{ids['waiting job']}"}
        ),
    ),
    ("POST", "/api/photos"): (
        202,
        lambda shop, ids: shop.post("/api/photos", data={"id": ids["turn"]}, files={"photo": ("p.jpg", b"mine")}),
    ),
    ("POST", "/api/clicks"): (404, lambda shop, ids: shop.post("/api/clicks", json={"product": ids["item"]})),
    ("GET", "/media/{key:str}"): (404, lambda shop, ids: shop.get(f"/media/{ids['photo']}")),
    ("GET", "/go/{verb}"): (303, lambda shop, _: shop.get("/go/last")),
    ("GET", "/go/{verb}/{about}"): (303, lambda shop, ids: shop.get(f"/go/try/{ids['item']}")),
    ("GET", "/shop/{signature}"): (
        404,
        lambda shop, ids: shop.get(f"/shop/{ids['result']}?shop={ids['item']}&to=https://evil.example"),
    ),
    ("GET", "/mail/unsubscribe/{token}"): (200, lambda shop, ids: shop.get(f"/mail/unsubscribe/{ids['result']}")),
    ("POST", "/mail/unsubscribe/{token}"): (
        200,
        lambda shop, ids: shop.post(f"/mail/unsubscribe/{ids['result']}"),
    ),
    ("GET", "/mail/confirm/{token}"): (200, lambda shop, ids: shop.get(f"/mail/confirm/{ids['result']}")),
    ("POST", "/mail/confirm/{token}"): (200, lambda shop, ids: shop.post(f"/mail/confirm/{ids['result']}")),
    ("GET", "/mail"): (200, lambda shop, _: shop.get("/mail")),
    ("GET", "/mail/{ref}"): (404, lambda shop, ids: shop.get(f"/mail/{ids['result']}")),
    ("GET", "/healthz"): (200, lambda shop, _: shop.get("/healthz")),
    ("GET", "/readyz"): (200, lambda shop, _: shop.get("/readyz")),
    ("GET", PROFILE_PATH): (200, lambda shop, _: shop.get(PROFILE_PATH)),
}
"""What Bob tries at each route with the ids of Ann, and the status that he gets."""


def routes_of(app: Starlette) -> set[tuple[str, str]]:
    """Method and path of every route; the page's own files are the same for everybody."""
    found = set()
    for route in app.routes:
        if isinstance(route, Mount):
            assert route.path == "", f"{route.path} is mounted, and nobody looks into it"
        else:
            assert isinstance(route, Route)
            found |= {(method, route.path) for method in (route.methods or set()) - {"HEAD"}}
    return found


def test_another_persons_ids_show_and_change_nothing_at_any_route(shop: Shop) -> None:
    assert set(CASES) == routes_of(shop.app), "a route without a case, or a case without a route"
    before = shop.ann.rows(shop.database)
    for (method, path), (status, attack) in CASES.items():
        answer = attack(shop, shop.ann.ids)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        told = answer.text + str(answer.headers)
        assert shop.ann.traces_in(told, asked=str(answer.request.url)) == [], f"{method} {path}"
        assert shop.ann.rows(shop.database) == before, f"{method} {path} changed what is Ann's"


def test_no_key_of_hers_is_a_picture_for_him_or_for_nobody(shop: Shop) -> None:
    for name in ("photo", "upload", "result"):
        for who in (BOB, None):
            assert shop.ask("GET", f"/media/{shop.ann.ids[name]}", who).status_code == 404
    assert shop.ask("GET", f"/media/{shop.ann.ids['photo']}", ANN).content == b"canary photo"
    unread = shop.ask("GET", f"/media/{shop.ann.ids['upload']}", ANN)
    assert unread.status_code == 404, "what intake has not read is shown to nobody"


def test_writing_needs_the_header_that_no_foreign_page_can_send(shop: Shop) -> None:
    for method, path in routes_of(shop.app):
        if method == "POST" and path.startswith("/api/"):
            assert shop.ask("POST", path, json={}).status_code == 403, path


def test_no_route_takes_a_body_without_end(shop: Shop) -> None:
    for method, path in sorted(routes_of(shop.app)):
        limit = PHOTO_LIMIT if path == "/api/photos" else JSON_LIMIT
        status, taken = shop.runner.run(_pour(shop.app, method, path.replace("{key:str}", "0" * 64)))
        assert taken <= limit + 128 * 1024, f"{method} {path} took {taken} bytes"
        assert status < 500, f"{method} {path}: {status}"
        if method == "POST" and path.startswith("/api/"):
            assert status == 413, f"{method} {path}: {status}"


async def _pour(app: Starlette, method: str, path: str) -> tuple[int, int]:
    """Send a body that does not end; the status, and how many bytes were taken."""
    taken, status = 0, 0
    form = path == "/api/photos"
    kind = b"multipart/form-data; boundary=x" if form else b"application/json"
    first = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="p"\r\n\r\n' if form else b'"'

    async def receive() -> dict[str, Any]:
        nonlocal taken
        chunk = first if taken == 0 else b"x" * 65536
        taken += len(chunk)
        assert taken < 10 * PHOTO_LIMIT, f"{path} takes everything"
        return {"type": "http.request", "body": chunk, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    headers = [(b"content-type", kind), (b"x-fashioncore", b"1"), (b"cookie", f"{COOKIE}={BOB}".encode())]
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "root_path": "",
        "query_string": b"after=99", "headers": headers, "http_version": "1.1", "scheme": "http",
        "server": ("t", 80), "client": ("t", 1), "state": {},
    }  # fmt: skip
    async with asyncio.timeout(30):
        await app(scope, receive, send)  # type: ignore[arg-type] # ASGI's own types are wider
    return status, taken


# --- the document ---------------------------------------------------------------------------------------------


def test_the_document_names_every_route_of_the_api_and_no_other(shop: Shop) -> None:
    told = {(method.upper(), path) for path, item in openapi.DOCUMENT["paths"].items() for method in item}
    ours = {
        (method, path.replace(":str", ""))
        for method, path in routes_of(shop.app)
        if path.startswith(("/api/", "/media/", "/healthz", "/readyz"))
    }
    assert told == ours
    assert shop.get(openapi.PATH).json() == openapi.DOCUMENT


def test_what_the_conversation_says_is_what_the_document_says(shop: Shop) -> None:
    schema = openapi.DOCUMENT["paths"]["/api/conversation"]["get"]["responses"]["200"]["content"][
        "application/json"
    ]
    whole = {**schema["schema"], "components": openapi.DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(shop.get("/api/conversation").json())


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        (
            "POST",
            "/api/photos",
            {"content": b"--x", "headers": {"Content-Type": "multipart/form-data; boundary=y"}},
            400,
        ),
        ("DELETE", "/api/messages", {}, 405),
        ("POST", "/api/messages", {"content": b"\xff"}, 422),
        ("GET", "/api/nothing", {}, 404),
        ("GET", "/api/stream?after=%C2%B2", {}, 422),
        ("GET", f"/api/stream?after={'9' * 40}", {}, 422),
    ],
)
def test_every_refusal_of_the_api_is_an_error_in_json(
    shop: Shop, method: str, path: str, content: dict[str, Any], status: int
) -> None:
    headers = {"X-Fashioncore": "1", **content.pop("headers", {})}
    answer = shop.ask(method, path, headers=headers, **content)
    assert answer.status_code == status
    jsonschema.Draft202012Validator(openapi.SCHEMAS["Error"]).validate(answer.json())


def test_a_method_that_a_path_has_not_is_refused_with_those_it_has(shop: Shop) -> None:
    assert shop.ask("OPTIONS", "/api/messages").headers["allow"] == "POST"
    assert shop.ask("PUT", "/mail/unsubscribe/x").headers["allow"] == "GET, HEAD, POST"


def test_cookies_are_kept_as_hashes(shop: Shop) -> None:
    assert shop.ann.address == hashlib.sha256(ANN.encode()).hexdigest()
    assert ANN not in shop.ann.rows(shop.database)
