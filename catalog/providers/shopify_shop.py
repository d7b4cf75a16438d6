"""One Shopify shop, named by its domain: asked through its own catalogue tool, or read as a whole.

Where our agent has a profile that shops can fetch, the shop's own search answers (`/api/ucp/mcp`). Otherwise,
and where a shop has none, its public list `/products.json` is read page by page, kept for an hour and searched
here. The domain is somebody's word, so everything goes through the guarded client.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from catalog import ucp
from catalog.errors import ProviderError
from catalog.live import at, digits, list_at, live_product, read_items, text_at, texts_at, utc_now, words_of
from catalog.matching import closest
from catalog.money import money_of
from catalog.outbound import Fetched, OutboundClient, OutboundError
from catalog.pacing import LocalPace, Window
from catalog.ports import Pace
from catalog.relaxing import attempts_at_a_shop
from catalog.shelf import Batch, Shelf
from catalog.shop_api import Waiting, unanswered
from catalog.types import Money, Page, Product, Query

FRESH = timedelta(hours=1)

PER_PAGE, MOST_PAGES = 250, 20

PATIENCE_S = 4.0
"""How long a search waits for a list that is being read; then it looks at what came so far."""

REREAD_S = 300.0
"""A list that is older is read again before somebody is told a price once more."""

WITHOUT_TOOL_S = 3600.0
"""How long a shop whose own search failed is read instead."""

WINDOWS = (Window(2, 1.0),)

AGAIN_S = 0.5
"""At most so long after a failure the shop is asked once more."""

_MAY_MEND = frozenset({"link_unreachable", "link_closed"})

_JSON = {"application/json": 16_000_000}
_COLORS, _SIZES = ("color", "colour", "colors", "farbe", "couleur"), ("size", "größe", "taille", "talla", "taglia")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shop:
    """`profile` as in ShopifyCatalog, None where shops could not fetch it. `currency` is that of the shop's
    prices, where the shop itself does not say.
    """

    domain: str
    profile: str | None = None
    country: str | None = None
    currency: str | None = None
    scheme: str = "https"


@dataclass(slots=True)
class _List:
    """What was read of a shop's list. `began` is on the clock, None when nothing was."""

    began: float | None = None
    fresh_until: datetime | None = None
    products: dict[str, Product] = field(default_factory=dict)


class ShopProvider:
    """Searches one shop; its domain is the provider's name."""

    def __init__(
        self,
        shop: Shop,
        client: OutboundClient,
        *,
        pace: Pace | None = None,
        waiting: Waiting | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.name = shop.domain.removeprefix("www.").partition(":")[0]
        self._shop = shop
        self._client = client
        self._pace = pace or LocalPace()
        self._waiting = waiting or Waiting(clock=time.monotonic)
        self._now = now
        self._list = _List()
        self._reading: asyncio.Task[None] | None = None
        self._tool_after = 0.0 if shop.profile else float("inf")
        self._shelf = Shelf(self._batch)

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See Provider."""
        if query.source and self.name not in query.source:
            return Page((), 0)
        if self._waiting.clock() >= self._tool_after:
            try:
                return await self._shelf.search(query, limit, offset)
            except ProviderError as error:
                self._tool_after = self._waiting.clock() + WITHOUT_TOOL_S
                _log.warning("%s has no search for us (%s): its list is read", self.name, error.code)
        products = await self._listed(FRESH.total_seconds(), PATIENCE_S)
        for_sale = [product for product in products.values() if product.in_stock is not False]
        # Thousands of products are too much to look through between two other things.
        return await asyncio.to_thread(closest, for_sale, query, limit, offset, attempts_at_a_shop)

    async def refresh(self, refs: Sequence[str]) -> dict[str, Product]:
        """See LiveProvider. What came from the shop's own search is asked there, the rest read again."""
        found: dict[str, Product] = {}
        asked = [ref for ref in refs if ref.startswith("gid:")]
        for start in range(0, len(asked) if self._shop.profile else 0, ucp.MOST):
            some = asked[start : start + ucp.MOST]
            content = await self._call("lookup_catalog", {"ids": some, "filters": {"available": False}})
            found |= ucp.asked_for(self.name, content, some, self._now() + FRESH)
        if len(asked) < len(refs):
            listed = await self._listed(REREAD_S, None)
            found |= {ref: listed[ref] for ref in refs if ref in listed}
        return found

    async def close(self) -> None:
        """Stop reading and close the connections."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        await self._client.close()

    # --- the shop's own search ------------------------------------------------------------------------

    async def _batch(self, query: Query, _following: str | None) -> Batch:
        words = words_of(query)
        told = {"country": self._shop.country, "currency": self._shop.currency}
        content = await self._call("search_catalog", ucp.search_arguments(query, words, **told))
        return Batch(tuple(ucp.products_of(self.name, content, self._now() + FRESH)))

    async def _call(self, tool: str, asked: dict[str, object]) -> Any:
        body = json.dumps(ucp.call(tool, self._shop.profile or "", asked)).encode()
        try:
            answer = await self._ask(lambda: self._client.post(self._url("/api/ucp/mcp"), _JSON, body))
        except OutboundError as error:
            raise unanswered(self.name) from error
        return ucp.content_of(self.name, answer)

    # --- its list -------------------------------------------------------------------------------------

    async def _listed(self, at_most_s: float, patience_s: float | None) -> dict[str, Product]:
        """The list, not older than so long; what of it has come when patience ends. Raises ProviderError."""
        clock = self._waiting.clock
        if self._reading is None and (self._list.began is None or clock() - self._list.began >= at_most_s):
            self._reading = asyncio.create_task(self._read_list())
            # Whether somebody still waits for it or not: how it ended has been looked at.
            self._reading.add_done_callback(lambda task: task.cancelled() or task.exception())
        if (reading := self._reading) is not None:
            # It goes on when whoever asked goes away: the next one finds it further.
            done, _ = await asyncio.wait([reading], timeout=patience_s)
            if done and (error := reading.exception()) is not None and (patience_s is None or self._too_old()):
                raise error
        if self._too_old():
            raise unanswered(self.name)
        return self._list.products

    def _too_old(self) -> bool:
        return self._list.fresh_until is None or self._list.fresh_until <= self._now()

    async def _read_list(self) -> None:
        """Read all pages into a new list, which is used at once where the old one is of no use any more."""
        new = _List(self._waiting.clock(), self._now() + FRESH)
        try:
            currency = text_at(await self._get("/meta.json", needed=False), "currency") or self._shop.currency
            for page in range(1, MOST_PAGES + 1):
                body = await self._get(f"/products.json?limit={PER_PAGE}&page={page}")
                items = list_at(body, "products")[:PER_PAGE]
                read = partial(self._read, currency=currency, fresh_until=new.fresh_until)
                products, _ = await asyncio.to_thread(read_items, self.name, items, read)
                new.products |= {product.ref: product for product in products if product.ref}
                if self._too_old():
                    self._list = new
                if len(items) < PER_PAGE:
                    break
            self._list = new
        finally:
            self._reading = None

    async def _get(self, path: str, *, needed: bool = True) -> Any:
        try:
            return await self._ask(lambda: self._client.get(self._url(path), _JSON))
        except OutboundError as error:
            if not needed:
                return None
            raise unanswered(self.name) from error

    async def _ask(self, ask: Callable[[], Awaitable[Fetched]]) -> Any:
        """The JSON that comes, at the second try where the first may have been bad luck. Raises OutboundError."""
        for again in (True, False):
            while (wait_s := await self._pace.take(self.name, WINDOWS)) > 0:
                await self._waiting.sleep(wait_s)
            try:
                return _parsed((await ask()).data)
            except OutboundError as error:
                if not again or error.code not in _MAY_MEND:
                    raise
            await self._waiting.sleep(self._waiting.chance() * AGAIN_S)
        return None

    def _url(self, path: str) -> str:
        return f"{self._shop.scheme}://{self._shop.domain}{path}"

    def _read(self, item: Any, currency: str | None, fresh_until: datetime | None) -> Product:
        handle, variants = text_at(item, "handle"), list_at(item, "variants")
        if not handle or fresh_until is None:
            raise ValueError("it has no handle")
        on_sale = [variant for variant in variants if at(variant, "available") is not False]
        names = [text_at(option, "name").lower() for option in list_at(item, "options")]
        prices = [money_of(text_at(variant, "price"), currency) for variant in on_sale or variants]
        known = [price for price in prices if price is not None]
        stocks = {at(variant, "available") for variant in variants}
        tags = at(item, "tags")
        codes = (digits(text_at(variant, "barcode")) for variant in variants)
        product = live_product(
            self.name,
            ref=handle,
            key=text_at(item, "id") or handle,
            picture=text_at(item, "images", 0, "src"),
            price=min(known, key=_minor) if known else None,
            url=self._url(f"/products/{handle}"),
            fresh_until=fresh_until,
            row={
                "title": text_at(item, "title"),
                "description": text_at(item, "body_html"),
                "brand": text_at(item, "vendor"),
                "product_type": text_at(item, "product_type"),
                "color": _values(names, on_sale, _COLORS),
                "size": _values(names, on_sale, _SIZES),
            },
            gtin=next(filter(None, codes), None),
            in_stock=True if True in stocks else False if stocks == {False} else None,
        )
        said = texts_at(item, "tags") or (tags.split(",") if isinstance(tags, str) else [])
        return replace(product, description=product.description or ", ".join(said)[:200])


def _values(names: Sequence[str], variants: Sequence[Any], meant: Sequence[str]) -> list[str]:
    """What the variants say under the option of one of these names."""
    place = next((n for n, name in enumerate(names, start=1) if name in meant), None)
    found = [text_at(variant, f"option{place}") for variant in variants] if place else []
    return list(dict.fromkeys(filter(None, found)))


def _minor(price: Money) -> int:
    return price.minor


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None
