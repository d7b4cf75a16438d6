"""Flipkart through its affiliate interface, for those who hold a token of it.

Its search gives ten products and takes neither filters nor a page. More come out of the feed of a category, whose
address is signed and ends after some hours. Sizes are products of their own; they become one again here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from catalog.live import at, joined, list_at, live_product, read_items, text_at, texts_at, utc_now, words_of
from catalog.matching import amount
from catalog.money import money_of
from catalog.pacing import Window
from catalog.shelf import Batch, ShelvedProvider
from catalog.shop_api import Reply, ShopApi, refused, unanswered
from catalog.taxonomy import is_a
from catalog.types import Product, Query

BASE = "https://affiliate-api.flipkart.net"

FRESH = timedelta(hours=1)

DISCLOSURE = "This is an affiliate link: whoever runs this stylist may earn from what you buy."

WINDOWS = (Window(20, 1.0),)

MOST = 10
"""Results of a search that were seen to be given."""

_FEED = "feed:"
_CLOTHES, _SHOES = (
    {"women": "womens_clothing", "men": "mens_clothing"},
    {
        "women": "womens_footwear",
        "men": "mens_footwear",
    },
)


@dataclass(frozen=True, slots=True)
class FlipkartKeys:
    """What Flipkart gives an affiliate: the tracking id and its one token."""

    tracking_id: str
    token: str = field(repr=False)
    base: str = BASE


class FlipkartProvider(ShelvedProvider):
    """Searches Flipkart, and its category feeds for what comes after."""

    name = "flipkart"

    def __init__(self, keys: FlipkartKeys, api: ShopApi, now: Callable[[], datetime] = utc_now) -> None:
        self._keys = keys
        super().__init__(api, batches=2)
        self._now = now
        self._feeds: dict[str, str] = {}

    async def refresh(self, refs: Sequence[str]) -> dict[str, Product]:
        """See LiveProvider. Each product is one call."""
        found: dict[str, Product] = {}
        for ref in refs:
            reply = await self._get("/affiliate/1.0/product.json", id=ref)
            if reply.status == 200:
                products, _ = read_items(self.name, [reply.body], self._read)
                found |= {product.ref: product for product in products if product.ref}
        return found

    # --- asking ---------------------------------------------------------------------------------------

    async def _batch(self, query: Query, following: str | None) -> Batch:
        if following is not None:
            return await self._feed(following)
        words = words_of(query)
        if not words:
            return Batch(())
        reply = await self._get("/affiliate/1.0/search.json", query=words, resultCount=str(MOST))
        if reply.status != 200:
            raise unanswered(self.name)
        # A feed holds everything: without a kind of garment nothing in it would be left out.
        feed = _feed_of(query) if len(_items(reply)) >= MOST else None
        return Batch(self._products(reply), f"{_FEED}{feed}" if feed else None)

    async def _feed(self, following: str) -> Batch:
        """The next 500 of a category. An address that ended is asked for anew, once; then the feed has ended."""
        category = following.removeprefix(_FEED) if following.startswith(_FEED) else None
        url = following if category is None else await self._feed_url(category)
        reply = await self._get(url) if url else None
        if reply is not None and category is not None and reply.status != 200:
            self._feeds.clear()
            url = await self._feed_url(category)
            reply = await self._get(url) if url else None
        if reply is None or reply.status != 200:
            return Batch(())
        # Five hundred take a tenth of a second.
        products = await asyncio.to_thread(self._products, reply)
        more = text_at(reply.body, "nextUrl")
        return Batch(products, more if products and self._ours(more) else None)

    async def _feed_url(self, category: str) -> str | None:
        if not self._feeds:
            reply = await self._get(f"/affiliate/api/{self._keys.tracking_id}.json")
            listings = at(reply.body, "apiGroups", "affiliate", "apiListings")
            for name in listings if isinstance(listings, dict) else ():
                url = text_at(listings, name, "availableVariants", "v1.1.0", "get")
                if self._ours(url):
                    self._feeds[name] = f"{url}&inStock=1"
        return self._feeds.get(category)

    def _ours(self, url: str) -> bool:
        """Whether our token may be sent there: the addresses come out of answers."""
        there, here = urlsplit(url), urlsplit(self._keys.base)
        return (there.scheme, there.netloc) == (here.scheme, here.netloc)

    async def _get(self, path: str, **params: str) -> Reply:
        headers = {"Fk-Affiliate-Id": self._keys.tracking_id, "Fk-Affiliate-Token": self._keys.token}
        url = path if "://" in path else f"{self._keys.base}{path}"
        reply = await self._api.ask("GET", url, headers=headers, params=params or None)
        if reply.status in (401, 403) and "sig=" not in url:
            raise refused(self.name, f"it answers {reply.status}; a new token makes the old one void")
        if reply.status == 200 and not isinstance(reply.body, dict):
            raise unanswered(self.name)
        return reply

    # --- reading --------------------------------------------------------------------------------------

    def _products(self, reply: Reply) -> tuple[Product, ...]:
        products, _ = read_items(self.name, _items(reply), self._read)
        return tuple(_with_sizes(products))

    def _read(self, item: Any) -> Product:
        """A product of either version."""
        base = at(item, "productBaseInfoV1")
        if base is None:
            old = at(item, "productBaseInfo")
            path = text_at(old, "productIdentifier", "categoryPaths", "categoryPath", 0, 0, "title")
            base = {
                **(at(old, "productAttributes") or {}),
                "productId": text_at(old, "productIdentifier", "productId"),
                "categoryPath": path,
            }
        ref = text_at(base, "productId")
        if not ref:
            raise ValueError("it has no id")
        # Version 0 has these beside the rest.
        said = at(base, "attributes") or base
        prices = (
            money_of(at(base, name, "amount"), at(base, name, "currency"))
            for name in ("flipkartSpecialPrice", "flipkartSellingPrice", "sellingPrice")
        )
        special = at(item, "categorySpecificInfoV1")
        facts = dict(_specifications(special))
        path = _path(text_at(base, "categoryPath"))
        size = text_at(said, "displaySize") or text_at(said, "size")
        stock = at(base, "inStock")
        return live_product(
            self.name,
            ref=ref,
            picture=_largest(at(base, "imageUrls")),
            price=next(filter(None, prices), None),
            url=text_at(base, "productUrl"),
            fresh_until=self._now() + FRESH,
            row={
                "title": text_at(base, "title"),
                "description": joined([text_at(base, "productDescription"), *texts_at(special, "keySpecs")]),
                "brand": text_at(base, "productBrand"),
                "color": text_at(said, "color"),
                "size": [size] if size else None,
                "gender": next(iter(texts_at(special, "lifeStyleInfo", "idealFor")), "") or facts.get("ideal for"),
                "material": facts.get("fabric"),
                "pattern": facts.get("pattern"),
                "product_type": path,
            },
            in_stock=stock if isinstance(stock, bool) else None,
            disclosure=DISCLOSURE,
            seller=text_at(item, "productShippingInfoV1", "sellerName")[:60] or None,
        )


def _items(reply: Reply) -> list[Any]:
    """What either version of the answer lists."""
    return [*list_at(reply.body, "products"), *list_at(reply.body, "productInfoList")]


def _feed_of(query: Query) -> str | None:
    if not query.category:
        return None
    kinds = _SHOES if any(is_a(name, "footwear") for name in query.category) else _CLOTHES
    return kinds.get(query.gender or "women")


def _with_sizes(products: Iterable[Product]) -> list[Product]:
    """Things that differ in size alone as one, with all its sizes, at its lowest price."""
    found: dict[object, Product] = {}
    for product in products:
        same = (product.title, product.brand, product.color) if product.sizes else product.id
        first = found.get(same)
        if first is None:
            found[same] = product
            continue
        kept = min(first, product, key=lambda one: (one.in_stock is False, one.price is None, amount(one)))
        sizes = [*first.sizes, *product.sizes] if first.in_stock == product.in_stock else kept.sizes
        found[same] = replace(kept, sizes=tuple(dict.fromkeys(sizes)))
    return list(found.values())


def _largest(pictures: object) -> str:
    """The picture with the most pixels; one of unknown size only where there is no other."""
    if not isinstance(pictures, dict):
        return ""
    sizes = {name: int(name.partition("x")[0]) for name in pictures if name.partition("x")[0].isdecimal()}
    best = max(sizes, key=lambda name: sizes[name], default=next(iter(pictures), ""))
    return text_at(pictures, best)


def _specifications(special: object) -> Iterable[tuple[str, str]]:
    for group in list_at(special, "specificationList"):
        for line in list_at(group, "values"):
            if values := texts_at(line, "value"):
                yield text_at(line, "key").lower(), values[0]


def _path(said: str) -> str:
    """The category, from general to special. Some dumps have JSON in the text."""
    if said[:1] not in ("[", "{"):
        return said
    try:
        inner = json.loads(said)
    except (ValueError, RecursionError):
        return ""
    while isinstance(inner, list) and inner:
        inner = inner[0]
    return inner if isinstance(inner, str) else text_at(inner, "title")
