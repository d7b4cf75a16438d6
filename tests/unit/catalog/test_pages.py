"""What a shop's page says of its product, however it says it."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

import pytest

from catalog.errors import CatalogError
from catalog.pages import read_page
from catalog.providers.link import LinkedProduct, LinkProvider, shop_of, spellings, without_tracking
from catalog.types import Money, Product
from tests.pages import answer, shop

URL = "https://www.shop.example/p/linen-shirt?utm_source=x&color=blue#reviews"

PRODUCT = {
    "@context": "https://schema.org",
    "@type": "Product",
    "name": "Linen shirt &amp; collar",
    "description": "<p>Light and <b>airy</b>.</p>",
    "brand": {"@type": "Brand", "name": "Example"},
    "color": "Light Blue",
    "material": "Linen",
    "category": "Clothing > Tops > Shirts",
    "size": ["S", "M"],
    "image": ["/img/model.jpg", {"@type": "ImageObject", "url": "https://cdn.example/shirt-front.jpg"}],
    "offers": {"@type": "Offer", "price": 1299.5, "priceCurrency": "EUR"},
}


def page(*scripts: Any, head: str = "", body: str = "") -> str:
    """A page with these JSON-LD scripts."""
    texts = (one if isinstance(one, str) else json.dumps(one).replace("</", "<\\/") for one in scripts)
    tags = "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    return f"<!doctype html><html><head><title>Shop</title>{head}{tags}</head><body>{body}</body></html>"


def opened(html: str | bytes, path: str = "/p/shirt", kind: str = "text/html; charset=utf-8") -> LinkedProduct:
    """What the provider makes of a page. Raises CatalogError."""

    async def read(data: bytes, url: str, charset: str | None) -> Any:
        return read_page(data, url, charset)

    async def run() -> LinkedProduct:
        async with shop({path: answer(html, kind)}) as served:
            provider = LinkProvider(served.client(), read)
            try:
                return await provider.open(served.url + path)
            finally:
                await provider.close()

    return asyncio.run(run())


def product(html: str) -> Product:
    found = opened(html).product
    assert found is not None
    return found


# --- where it is said ------------------------------------------------------------------------------


def test_json_ld_gives_the_whole_product() -> None:
    found = opened(page(PRODUCT))
    assert found.product is not None
    shirt = found.product
    assert (shirt.title, shirt.brand, shirt.category, shirt.part) == (
        "Linen shirt & collar",
        "Example",
        "shirt",
        "upper",
    )
    assert (shirt.price, shirt.color, shirt.sizes) == (Money(129950, "EUR"), ("light blue",), ("S", "M"))
    assert shirt.description == "Light and airy ."
    assert shirt.source == "127.0.0.1"
    assert shirt.url is not None
    assert shirt.url.endswith("/p/shirt")
    assert found.pictures[0] == "https://cdn.example/shirt-front.jpg", "the piece alone comes before the model"
    assert found.pictures[1].endswith("/img/model.jpg")


@pytest.mark.parametrize(
    "wrapped",
    [
        {"@graph": [{"@type": "WebSite", "name": "Shop"}, PRODUCT]},
        [{"@type": "BreadcrumbList"}, PRODUCT],
        {"@type": "ItemPage", "mainEntity": PRODUCT},
        {**PRODUCT, "@type": ["Product", "Thing"]},
        {**PRODUCT, "@type": "http://schema.org/Product"},
    ],
)
def test_json_ld_may_be_wrapped(wrapped: Any) -> None:
    assert product(page(wrapped)).title == "Linen shirt & collar"


def test_variants_give_sizes_and_prices() -> None:
    group = {
        "@type": "ProductGroup",
        "name": "Black jeans",
        "image": "https://cdn.example/1.jpg",
        "hasVariant": [
            {
                "@type": "Product",
                "size": "30",
                "offers": {"@type": "Offer", "price": "49.90", "priceCurrency": "GBP"},
            },
            {"@type": "Product", "size": "32"},
        ],
    }
    jeans = product(page(group))
    assert (jeans.sizes, jeans.price, jeans.part) == (("30", "32"), Money(4990, "GBP"), "lower")


@pytest.mark.parametrize(
    "offers",
    [
        {"@type": "AggregateOffer", "lowPrice": "19.90", "highPrice": "29.90", "priceCurrency": "EUR"},
        [{"@type": "Offer", "price": "19.90", "priceCurrency": "EUR"}, {"@type": "Offer", "price": "25"}],
        {"@type": "Offer", "priceSpecification": {"price": 19.9, "priceCurrency": "EUR"}},
        {"@type": "AggregateOffer", "offers": [{"price": "19.900", "priceCurrency": "EUR"}]},
    ],
)
def test_a_price_is_found_where_shops_put_it(offers: Any) -> None:
    assert product(page({**PRODUCT, "offers": offers})).price == Money(1990, "EUR")


def test_the_product_of_the_page_is_told_from_those_that_go_with_it() -> None:
    other = {**PRODUCT, "name": "Red dress", "url": "/p/dress"}
    carousel = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": other}]}
    assert product(page(carousel, PRODUCT)).title == "Linen shirt & collar"
    assert product(page(other, {**PRODUCT, "url": "/p/shirt/"})).title == "Linen shirt & collar"


def test_microdata_gives_the_product() -> None:
    body = """
      <div itemscope itemtype="https://schema.org/Product">
        <h1 itemprop="name">Green hoodie</h1><img itemprop="image" src="/hoodie.jpg">
        <span itemprop="brand" itemscope itemtype="https://schema.org/Brand"><i itemprop="name">Example</i></span>
        <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
          <meta itemprop="price" content="59.00"><meta itemprop="priceCurrency" content="USD">
        </div></div>"""
    found = opened(page(body=body))
    assert found.product is not None
    hoodie = found.product
    assert (hoodie.title, hoodie.brand, hoodie.price) == ("Green hoodie", "Example", Money(5900, "USD"))
    assert found.pictures[0].endswith("/hoodie.jpg")


def test_open_graph_gives_the_product() -> None:
    head = """
      <meta property="og:title" content="Blue denim jacket">
      <meta property="og:image" content="https://cdn.example/j.jpg">
      <meta property="product:price:amount" content="89,90">
      <meta property="product:price:currency" content="EUR">"""
    jacket = product(page(head=head))
    assert (jacket.title, jacket.category, jacket.price) == ("Blue denim jacket", "jacket", Money(8990, "EUR"))


def test_each_way_of_saying_it_fills_the_gaps_of_the_one_before() -> None:
    head = '<meta property="og:image" content="https://cdn.example/og.jpg">'
    bare = {"@type": "Product", "name": "Grey t-shirt"}
    assert opened(page(bare, head=head)).pictures == ("https://cdn.example/og.jpg",)


def test_a_broken_script_costs_only_itself() -> None:
    assert product(page("{not json", PRODUCT, "[" * 100_000)).title == "Linen shirt & collar"


def test_other_alphabets_are_read_as_the_page_declares_them() -> None:
    html = page(head='<meta charset="windows-1251"><meta property="og:title" content="Белая рубашка">'
                '<meta property="og:image" content="https://cdn.example/1.jpg">')  # fmt: skip
    found = opened(html.encode("cp1251"), kind="text/html").product
    assert found is not None
    assert found.title == "Белая рубашка"


def test_a_link_to_a_picture_is_the_picture() -> None:
    found = opened(b"\xff\xd8\xff bytes", kind="image/jpeg")
    assert (found.product, found.data) == (None, b"\xff\xd8\xff bytes")


# --- what it does not say --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    ["", "just words", page(), page(head='<meta property="og:title" content="A blog">'),
     page({"@type": "Product", "name": "Shirt"}), page({"@type": "Product", "image": "https://cdn.example/1.jpg"}),
     page({"@type": "Article", "name": "Ten shirts"}), page({**PRODUCT, "image": "javascript:alert(1)"})],
)  # fmt: skip
def test_a_page_that_tells_nothing_is_told_apart(html: str) -> None:
    with pytest.raises(CatalogError, match="link_tells_nothing"):
        opened(html)


@pytest.mark.parametrize("title", ["White sneakers", "Leather handbag", "Silk scarf", "Red bikini"])
def test_what_is_not_worn_on_the_body_is_said_so(title: str) -> None:
    with pytest.raises(CatalogError, match="link_not_worn") as refused:
        opened(page({**PRODUCT, "name": title, "category": ""}))
    assert title in refused.value.user_message


def test_markup_and_control_characters_do_not_reach_the_chat() -> None:
    evil = {**PRODUCT, "name": "Shirt <script>alert(1)</script>\u202e\x07 & more", "brand": "<b>X</b>"}
    found = product(page(evil))
    assert "<" not in found.title
    assert "\u202e" not in found.title
    assert found.brand == "X"


def test_a_price_without_sense_costs_only_the_price() -> None:
    assert product(page({**PRODUCT, "offers": {"price": "on request", "priceCurrency": "EUR"}})).price is None


@pytest.mark.parametrize(
    "html",
    [
        page({"@graph": [{"@type": "Thing", "name": "x" * 30} for _ in range(45_000)]}),
        "<div>" * 400_000,
        page("[" * 2_000_000),
        '<meta property="og:title" content="x">' * 70_000,
        '<div itemscope itemtype="https://schema.org/Product"><i itemprop="name">x</i>' * 30_000,
    ],
    ids=["many nodes", "deep markup", "deep json", "many tags", "nested items"],
)
def test_a_page_made_to_cost_time_costs_little_or_ends(html: str) -> None:
    assert len(html) < 3_000_000
    started = time.process_time()
    # In the program this runs in a child; here only the time counts, and not what others take of the machine.
    with suppress(Exception):
        read_page(html.encode(), URL)
    assert time.process_time() - started < 10


# --- addresses -------------------------------------------------------------------------------------


def test_addresses_are_compared_without_what_follows_visitors_around() -> None:
    assert without_tracking(URL) == "https://www.shop.example/p/linen-shirt?color=blue"
    assert "https://shop.example/p" in spellings("https://shop.example/p/?fbclid=1")
    assert spellings("https://shop.example/p?id=1") == ("https://shop.example/p?id=1",), (
        "the path may be another page"
    )
    assert spellings("https://[") == ()
    assert shop_of(URL) == "shop.example"
