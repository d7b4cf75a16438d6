"""Which links to shops are led over us to be counted, and which stay as they are."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.dialogue.types import ProductCard
from bot.shop_links import ShopLinks, signed

HOME = "https://stylist.example.org"
URL = "https://shop.example/p/1?size=M&ref=x#top"
CARD = ProductCard("dress-1", "Red dress", "dress", "dress", "0" * 64, source="shop.example", url=URL)


class House:
    """Signs without a key: which key, tests/integration/test_house_key.py asks."""

    def digest(self, _session: object, purpose: str, text: str) -> str:
        return f"{purpose}-{sum(text.encode())}"


UOW: Any = SimpleNamespace(house=House(), session=None)


def test_a_link_says_where_it_goes_and_nothing_of_whom_it_was_given_to() -> None:
    link = ShopLinks.of(f"{HOME}/", ()).to(UOW, CARD)
    parts = urlsplit(link or "")
    assert f"{parts.scheme}://{parts.netloc}" == HOME
    assert parse_qs(parts.query) == {"shop": ["shop.example"], "to": [URL]}
    signature = parts.path.removeprefix("/shop/")
    assert signed(UOW, "shop.example", URL, signature)
    assert not signed(UOW, "shop.example", f"{URL}x", signature)
    assert not signed(UOW, "other", URL, signature)
    assert not signed(UOW, "shop.example", URL, "é")


@pytest.mark.parametrize(
    ("card", "why"),
    [
        (replace(CARD, id="own:0123456789ab"), "a person brought it"),
        (replace(CARD, id="amazon-B01"), "Amazon forbids it"),
        (replace(CARD, source="amazon"), "Amazon forbids it"),
        (replace(CARD, url="https://www.amazon.in/dp/B01?tag=x"), "Amazon forbids it"),
        (replace(CARD, url="https://amzn.to/x"), "Amazon forbids it"),
        (replace(CARD, id="flipkart-X"), "Flipkart's terms are not known"),
        (replace(CARD, url="https://dl.flipkart.com/dl/x?affid=y"), "Flipkart's terms are not known"),
        (replace(CARD, url="https://www.direct.example/p"), "the operator wants it so"),
        (replace(CARD, url="https://eu.direct.example/p"), "the operator wants it so"),
        (replace(CARD, url="javascript:alert(1)"), "it is no address"),
        (replace(CARD, url=f"https://shop.example/{'x' * 2000}"), "no message bears it"),
        (replace(CARD, url=None), "there is none"),
    ],
)
def test_some_links_are_the_shops_own(card: ProductCard, why: str) -> None:
    assert ShopLinks.of(HOME, ["direct.example"]).to(UOW, card) == card.url, why


@pytest.mark.parametrize(("home", "direct"), [(None, ()), ("http://localhost:8000", ()), (HOME, ("*",))])
def test_where_nobody_reaches_us_or_nothing_is_to_be_counted_links_are_the_shops_own(
    home: str | None, direct: tuple[str, ...]
) -> None:
    assert ShopLinks.of(home, direct).to(UOW, CARD) == URL


def test_a_turn_is_shown_with_such_links_and_kept_with_the_shops_own() -> None:
    body: dict[str, Any] = {"text": "Here", "products": [{"url": URL, "id": "dress-1", "title": "x",
            "category": "dress", "part": "dress", "picture": "0", "source": "shop.example"}]}  # fmt: skip
    shown = ShopLinks.of(HOME, ()).on(UOW, body)
    assert shown["products"][0]["url"].startswith(f"{HOME}/shop/")
    assert body["products"][0]["url"] == URL
