"""Amazon through its Creators API: https://creatorsapi.amazon, for accepted associates.

A client of our own: the published ones fail a whole page for one unknown word or changed type. Amazon allows no
copies of pictures, links to them for a day, and prices for an hour; it filters by price and brand only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from catalog.live import at, joined, list_at, live_product, read_items, text_at, texts_at, utc_now, words_of
from catalog.money import minor_units, money_of
from catalog.pacing import Window
from catalog.shelf import Batch, ShelvedProvider
from catalog.shop_api import Reply, ShopApi, refused, unanswered
from catalog.tokens import Tokens
from catalog.types import Money, Product, Query

BASE = "https://creatorsapi.amazon"

FRESH = timedelta(hours=1)
"""A price that is older must say so; pictures' links may live for 24 hours."""

DISCLOSURE = "As an Amazon Associate I earn from qualifying purchases."
"""Amazon's own words, which its terms ask for."""

WINDOWS = (Window(1, 1.05), Window(8640, 86_400.0))
"""What new associates have, and a little air for the way."""

PAGE, PAGES, MOST_IDS = 10, 10, 10

CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        "www.amazon.com.au": "AUD", "www.amazon.com.be": "EUR", "www.amazon.com.br": "BRL", "www.amazon.ca": "CAD",
        "www.amazon.fr": "EUR", "www.amazon.de": "EUR", "www.amazon.in": "INR", "www.amazon.it": "EUR",
        "www.amazon.co.jp": "JPY", "www.amazon.com.mx": "MXN", "www.amazon.nl": "EUR", "www.amazon.pl": "PLN",
        "www.amazon.sg": "SGD", "www.amazon.sa": "SAR", "www.amazon.es": "EUR", "www.amazon.se": "SEK",
        "www.amazon.com.tr": "TRY", "www.amazon.ae": "AED", "www.amazon.co.uk": "GBP", "www.amazon.com": "USD",
    }
)  # fmt: skip
"""The marketplaces, and what they ask to be paid in."""

PICTURE_HOSTS = ("m.media-amazon.com", "images-na.ssl-images-amazon.com", "images-eu.ssl-images-amazon.com")
"""Where its pictures are, which may be shown from there alone."""

TOKEN_URLS: Mapping[str, str] = MappingProxyType(
    {
        "2.1": "https://creatorsapi.auth.us-east-1.amazoncognito.com/oauth2/token",
        "2.2": "https://creatorsapi.auth.eu-south-2.amazoncognito.com/oauth2/token",
        "2.3": "https://creatorsapi.auth.us-west-2.amazoncognito.com/oauth2/token",
        "3.1": "https://api.amazon.com/auth/o2/token",
        "3.2": "https://api.amazon.co.uk/auth/o2/token",
        "3.3": "https://api.amazon.co.jp/auth/o2/token",
    }
)
"""Where each version of credentials gets its token: 2 from Cognito, 3 from Login with Amazon."""

_RESOURCES = (
    "images.primary.large",
    "itemInfo.title",
    "itemInfo.byLineInfo",
    "itemInfo.features",
    "itemInfo.productInfo",
    "itemInfo.classifications",
    "offersV2.listings.price",
    "offersV2.listings.availability",
    "offersV2.listings.condition",
    "offersV2.listings.isBuyBoxWinner",
    "offersV2.listings.merchantInfo",
    "browseNodeInfo.browseNodes",
    "parentASIN",
)

_SORTS = {"price_asc": "Price:LowToHigh", "price_desc": "Price:HighToLow", "newest": "NewestArrivals"}

_ANYTHING = "All"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AmazonKeys:
    """What Amazon gives an associate. `version` is the credentials' own, a key of TOKEN_URLS."""

    credential_id: str
    secret: str = field(repr=False)
    version: str
    tag: str
    marketplace: str = "www.amazon.in"
    index: str = "Fashion"
    base: str = BASE
    token_url: str | None = None


class AmazonProvider(ShelvedProvider):
    """Searches one marketplace."""

    name = "amazon"

    def __init__(self, keys: AmazonKeys, api: ShopApi, now: Callable[[], datetime] = utc_now) -> None:
        self._keys = keys
        super().__init__(api)
        self._now = now
        self._tokens = Tokens(self.name, self._new_token)
        self._index = keys.index

    async def refresh(self, refs: Sequence[str]) -> dict[str, Product]:
        """See LiveProvider. Ten products are one call."""
        found: dict[str, Product] = {}
        for start in range(0, len(refs), MOST_IDS):
            body = {"itemIds": list(refs[start : start + MOST_IDS])}
            reply = await self._call("getItems", {**body, "resources": _RESOURCES})
            if reply.status != 404:
                products, _ = read_items(self.name, at(reply.body, "itemsResult", "items"), self._read)
                found |= {product.ref: product for product in products if product.ref}
        return found

    # --- asking ---------------------------------------------------------------------------------------

    async def _batch(self, query: Query, following: str | None) -> Batch:
        page, words = int(following or 1), words_of(query)
        currency = CURRENCIES[self._keys.marketplace]
        limited = query.price_min is not None or query.price_max is not None
        if not words or (limited and query.currency not in (None, currency)):
            return Batch(())
        # In the smallest unit, as the interface before this one had it; what comes is looked at once more anyway.
        prices = {"minPrice": query.price_min, "maxPrice": query.price_max}
        body = {
            "keywords": words,
            "searchIndex": self._index,
            "itemPage": page,
            "itemCount": PAGE,
            "condition": "New",
            "availability": "Available",
            "resources": _RESOURCES,
            **{name: max(1, minor_units(value, currency)) for name, value in prices.items() if value is not None},
            **({"brand": query.brand[0]} if len(query.brand) == 1 else {}),
            **({"sortBy": _SORTS[query.sort]} if query.sort in _SORTS else {}),
        }
        reply = await self._call("searchItems", body)
        if reply.status == 404:
            return Batch(())
        items = at(reply.body, "searchResult", "items")
        products, left_out = read_items(self.name, items, self._read)
        told = at(reply.body, "searchResult", "totalResultCount")
        total = told if isinstance(told, int) and not isinstance(told, bool) else None
        more = len(products) + left_out == PAGE and page < PAGES and (total is None or total > page * PAGE)
        of = None if total is None else min(total, PAGE * PAGES)
        return Batch(tuple(products), str(page + 1) if more else None, of)

    async def _call(self, operation: str, body: Mapping[str, Any]) -> Reply:
        """The answer of status 200 or 404. Raises ProviderError."""
        token = await self._tokens.get()
        reply = await self._post(operation, body, token)
        if reply.status == 401:
            token = await self._tokens.get(instead_of=token)
            reply = await self._post(operation, body, token)
        wrong_index = reply.status == 400 and body.get("searchIndex", _ANYTHING) != _ANYTHING
        if wrong_index and at(reply.body, "reason") in ("FieldValidationFailed", "Other", None):
            # Which departments there are differs between marketplaces.
            reply = await self._post(operation, {**body, "searchIndex": _ANYTHING}, token)
            if reply.status == 200:
                _log.warning("amazon does not know the department %s here: all are searched", self._index)
                self._index = _ANYTHING
        if reply.status in (400, 401, 403):
            raise refused(self.name, f"{reply.status} {text_at(reply.body, 'reason')[:60]}")
        if reply.status not in (200, 404) or (reply.status == 200 and not isinstance(reply.body, dict)):
            raise unanswered(self.name)
        problems = [text_at(error, "code")[:40] for error in list_at(reply.body, "errors")]
        if problems and problems != ["NoResults"]:
            _log.info("amazon left something out: %s", ", ".join(problems[:5]))
        return reply

    async def _post(self, operation: str, body: Mapping[str, Any], token: str) -> Reply:
        version = f", Version {self._keys.version}" if self._keys.version.startswith("2.") else ""
        return await self._api.ask(
            "POST",
            f"{self._keys.base}/catalog/v1/{operation}",
            headers={"Authorization": f"Bearer {token}{version}", "x-marketplace": self._keys.marketplace},
            data={"partnerTag": self._keys.tag, **body},
        )

    async def _new_token(self) -> Reply:
        keys = self._keys
        cognito = keys.version.startswith("2.")
        asked = {
            "grant_type": "client_credentials",
            "client_id": keys.credential_id,
            "client_secret": keys.secret,
            "scope": "creatorsapi/default" if cognito else "creatorsapi::default",
        }
        url = keys.token_url or TOKEN_URLS[keys.version]
        if cognito:
            return await self._api.ask("POST", url, form=asked, counted=False)
        return await self._api.ask("POST", url, data=asked, counted=False)

    # --- reading --------------------------------------------------------------------------------------

    def _read(self, item: Any) -> Product:
        asin, info = text_at(item, "asin"), at(item, "itemInfo")
        if not asin.isalnum():
            raise ValueError("it has no ASIN")
        offer = _offer(item)
        # The response says hiRes where the request says highRes; neither is asked for: cards are small.
        image = at(item, "images", "primary")
        size = text_at(info, "productInfo", "size", "displayValue")
        features = texts_at(info, "features", "displayValues")
        nodes = list_at(item, "browseNodeInfo", "browseNodes")
        return live_product(
            self.name,
            ref=asin,
            picture=next(filter(None, (text_at(image, kind, "url") for kind in ("large", "hiRes", "medium"))), ""),
            price=_price(offer),
            url=self._with_tag(text_at(item, "detailPageURL")),
            fresh_until=self._now() + FRESH,
            row={
                "title": text_at(info, "title", "displayValue"),
                "description": joined(features),
                "brand": text_at(info, "byLineInfo", "brand", "displayValue"),
                "color": text_at(info, "productInfo", "color", "displayValue"),
                "size": [size] if size else None,
                "material": [text.partition(":")[2] for text in features if text.lower().startswith("fabric:")],
                "product_type": text_at(nodes, 0, "displayName"),
            },
            in_stock=_in_stock(offer),
            picture_kept=False,
            disclosure=DISCLOSURE,
            seller=text_at(offer, "merchantInfo", "name")[:60] or None,
        )

    def _with_tag(self, url: str) -> str:
        """The link with our tag; its own parameters are left as they are."""
        if not url or any(name == "tag" for name, _ in parse_qsl(urlsplit(url).query)):
            return url
        return f"{url}{'&' if '?' in url else '?'}tag={self._keys.tag}"


def _offer(item: Any) -> Any:
    """The listing whose price Amazon shows, or the first."""
    listings = list_at(item, "offersV2", "listings")
    return next((listing for listing in listings if at(listing, "isBuyBoxWinner") is True), at(listings, 0))


def _price(offer: Any) -> Money | None:
    money = at(offer, "price", "money")
    return money_of(at(money, "amount"), at(money, "currency"))


def _in_stock(offer: Any) -> bool | None:
    """What Amazon says in one of the words we know; it has others."""
    return {"IN_STOCK": True, "IN_STOCK_SCARCE": True, "AVAILABLE": True, "OUT_OF_STOCK": False}.get(
        text_at(offer, "availability", "type")
    )
