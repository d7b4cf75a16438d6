"""Shops are asked only where somebody set them up, and a half set-up says what is missing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError
from starlette.applications import Starlette

from bot.findings import Finding
from bot.settings import BotSettings
from bot.shop_checks import findings
from bot.shop_settings import PROFILE_PATH
from bot.web.app import build_app
from bot.web.chat import Chat
from bot.web.streams import Streams
from catalog.providers.registry import Shops
from catalog.ucp import PROFILE
from storage.bell import Bell
from storage.config import StorageConfig
from storage.hints import Hints
from storage.media import LocalMediaStore
from storage.unit_of_work import Database
from tests.fakes.product_index import FakeProductIndex
from tests.fakes.shops.amazon import ID, SECRET, FakeAmazon
from tests.fakes.shops.flipkart import FakeFlipkart
from tests.unit.catalog.products import product

AMAZON = {
    "AMAZON_CREDENTIAL_ID": "id",
    "AMAZON_CREDENTIAL_SECRET": "hunter2",
    "AMAZON_CREDENTIAL_VERSION": "3.2",
    "AMAZON_PARTNER_TAG": "stylist-21",
}
FLIPKART = {"FLIPKART_AFFILIATE_ID": "id", "FLIPKART_AFFILIATE_TOKEN": "hunter2"}


def settings(**given: Any) -> BotSettings:
    return BotSettings(DATABASE_URL="postgresql://d", REDIS_URL="redis://r", _env_file=None, **given)


def test_without_settings_no_shop_is_asked() -> None:
    assert settings().shops == Shops()


def test_each_shop_is_set_up_by_its_own_settings() -> None:
    found = settings(
        **AMAZON, **FLIPKART, SHOPIFY_CATALOG="1", SHOPIFY_SHOPS="A.example, b.example", SHOPIFY_COUNTRY="IN",
        public_url="https://stylist.example/",
    ).shops  # fmt: skip
    assert found.amazon is not None
    assert (found.amazon.version, found.amazon.secret) == ("3.2", "hunter2")
    assert found.flipkart is not None
    assert found.shopify is not None
    assert found.shopify.profile == "https://stylist.example/ucp-agent.json"
    assert [(shop.domain, shop.country, shop.profile) for shop in found.shopify_shops] == [
        ("a.example", "IN", found.shopify.profile),
        ("b.example", "IN", found.shopify.profile),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        *(({name: value for name, value in AMAZON.items() if name != left_out}, "AMAZON") for left_out in AMAZON),
        ({"FLIPKART_AFFILIATE_ID": "id"}, "FLIPKART"),
        ({**AMAZON, "AMAZON_CREDENTIAL_VERSION": "1.0"}, "AMAZON_CREDENTIAL_VERSION"),
        ({**AMAZON, "AMAZON_MARKETPLACE": "amazon.in"}, "www.amazon.in"),
        ({"SHOPIFY_CATALOG": "1"}, "SHOPIFY_AGENT_PROFILE"),
        ({"SHOPIFY_CATALOG": "1", "public_url": "http://stylist.example"}, "https"),
        ({"SHOPIFY_SHOPS": "https://shop.example/"}, "not a domain"),
        ({"SHOPIFY_SHOPS": "127.0.0.1"}, "not a domain"),
        ({"SHOPIFY_CURRENCY": "rupees"}, "SHOPIFY_CURRENCY"),
    ],
)
def test_a_setting_that_cannot_work_says_so(given: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        settings(**given)


def test_all_shopify_shops_are_searched_where_they_can_find_us_unless_told_otherwise() -> None:
    assert settings().shops.names == ()
    assert settings(public_url="http://stylist.example").shops.names == (), "they fetch our profile over https"
    assert settings(public_url="https://stylist.example").shops.names == ("Shopify",)
    assert settings(public_url="https://stylist.example", SHOPIFY_CATALOG="0").shops.names == ()


def test_no_key_shows() -> None:
    found = settings(**AMAZON, **FLIPKART, SHOPIFY_CLIENT_ID="id", SHOPIFY_CLIENT_SECRET="hunter2")
    assert "hunter2" not in repr(found)
    assert "hunter2" not in repr(found.shops)
    assert [secret.get_secret_value() for secret in found.secrets()].count("hunter2") == 3, "logs leave them out"


def test_the_web_chat_serves_the_agents_profile_as_the_protocol_wants_it(tmp_path: Path) -> None:
    database = Database(
        StorageConfig("postgresql://nobody@127.0.0.1:1/none", "", tmp_path), LocalMediaStore(tmp_path)
    )
    hints = Hints("redis://127.0.0.1:1/0")

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield

    app = build_app(Chat(database, Streams(database, hints), Bell(), secure=True), database, hints, lifespan)

    async def fetch() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://stylist.example") as client:
            return await client.get(PROFILE_PATH)

    answer = asyncio.run(fetch())
    database.close()
    assert answer.status_code == 200
    assert answer.json() == PROFILE
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "public, max-age=3600"


def test_doctor_asks_each_shop_once_and_says_what_is_wrong() -> None:
    async def look() -> list[Finding]:
        async with FakeAmazon() as amazon, FakeFlipkart() as flipkart:
            amazon.products = (
                product("d", "Red dress", "dress", color="red", picture="https://cdn.example/1.jpg"),
            )
            keys = {**AMAZON, "AMAZON_CREDENTIAL_ID": ID, "AMAZON_CREDENTIAL_SECRET": SECRET}
            there = {"AMAZON_API_BASE": amazon.url, "AMAZON_TOKEN_URL": f"{amazon.url}/token"}
            found = settings(**keys, **there, **FLIPKART, FLIPKART_API_BASE=flipkart.url)
            return await findings(found, FakeProductIndex())

    good, bad = asyncio.run(look())
    assert (good.what, good.well) == ("shop amazon", True)
    assert good.detail.startswith("1 red dresses")
    assert (bad.what, bad.well) == ("shop flipkart", False)
    assert "401" in bad.detail
    assert asyncio.run(findings(settings(), FakeProductIndex())) == []
