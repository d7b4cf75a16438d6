"""Amazon's Creators API with its two token endpoints, as the contract has them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web

from catalog.money import EXPONENTS, USUAL_EXPONENT
from catalog.types import Product
from tests.fakes.shops.base import FakeShop, Json, Refused

ID, SECRET, TAG, MARKETPLACE = "amzn-client", "amzn-secret", "stylist-21", "www.amazon.in"
INDEXES = ("All", "Apparel", "Fashion")

_SORTS = {
    "AvgCustomerReviews", "Featured", "NewestArrivals", "Price:HighToLow", "Price:LowToHigh", "Relevance",
}  # fmt: skip
_RESOURCES = {
    "images.primary.large", "images.primary.highRes", "images.variants.large", "itemInfo.title",
    "itemInfo.byLineInfo", "itemInfo.features", "itemInfo.productInfo", "itemInfo.classifications",
    "offersV2.listings.price", "offersV2.listings.availability", "offersV2.listings.condition",
    "offersV2.listings.isBuyBoxWinner", "offersV2.listings.dealDetails", "offersV2.listings.merchantInfo",
    "parentASIN", "browseNodeInfo.browseNodes", "customerReviews.count", "customerReviews.starRating",
    "searchRefinements",
}  # fmt: skip
_FIELDS = {
    "partnerTag", "keywords", "title", "brand", "searchIndex", "browseNodeId", "minPrice", "maxPrice",
    "itemCount", "itemPage", "sortBy", "condition", "availability", "resources", "currencyOfPreference",
    "languagesOfPreference",
}  # fmt: skip


def asin(product: Product) -> str:
    """The product's number at Amazon."""
    return "B0" + "".join(filter(str.isalnum, product.id)).upper()


class FakeAmazon(FakeShop):
    """`version` is that of the credentials it gave; `limit` says at every call whether it is one too many."""

    def __init__(self, version: str = "3.2") -> None:
        super().__init__()
        self.version = version
        self.tokens: list[str] = []
        self.expired: set[str] = set()
        self.bodies: list[Json] = []
        self.indexes: tuple[str, ...] = INDEXES
        self.limit: Callable[[], bool] = lambda: False
        self.edit: Callable[[Json], object] = lambda item: item
        self._numbers = itertools.count(1)

    def routes(self) -> Iterable[web.RouteDef]:
        return [
            web.post("/token", self._token),
            web.post("/catalog/v1/searchItems", self._search),
            web.post("/catalog/v1/getItems", self._get),
        ]

    async def _token(self, request: web.Request) -> web.StreamResponse:
        cognito = self.version.startswith("2.")
        kind = "application/x-www-form-urlencoded" if cognito else "application/json"
        if request.content_type != kind:
            raise Refused(400, {"error": "invalid_request"})
        asked: dict[str, Any] = dict(await request.post()) if cognito else await request.json()
        scope = "creatorsapi/default" if cognito else "creatorsapi::default"
        if (asked.get("grant_type"), asked.get("scope")) != ("client_credentials", scope):
            raise Refused(400, {"error": "invalid_scope"})
        if (asked.get("client_id"), asked.get("client_secret")) != (ID, SECRET):
            raise Refused(400, {"error": "invalid_client", "error_description": "Client authentication failed"})
        self.tokens.append(f"Atc|{next(self._numbers)}")
        return web.json_response(
            {"access_token": self.tokens[-1], "expires_in": 3600, "token_type": "bearer", "scope": scope}
        )

    async def _body(self, request: web.Request, needed: Iterable[str], known: set[str]) -> Json:
        suffix = f", Version {self.version}" if self.version.startswith("2.") else ""
        said = request.headers.get("Authorization", "")
        good = {f"Bearer {token}{suffix}" for token in self.tokens}
        if said in {f"Bearer {token}{suffix}" for token in self.expired}:
            raise Refused(401, {"type": "UnauthorizedException", "reason": "TokenExpired", "message": "Expired."})
        if said not in good:
            raise Refused(401, {"type": "UnauthorizedException", "reason": "InvalidToken", "message": "No."})
        if self.limit():
            quota = {"serviceCode": "creatorsapi", "quotaCode": "TPS"}
            raise Refused(429, {"type": "ThrottleException", "message": "Too many.", **quota}, Retry_After="1")
        if request.headers.get("x-marketplace") != MARKETPLACE or request.content_type != "application/json":
            raise _invalid("InvalidAssociate", "x-marketplace")
        body: Json = await request.json()
        if body.get("partnerTag") != TAG:
            raise _invalid("InvalidPartnerTag", "partnerTag")
        for name in needed:
            if name not in body:
                raise _invalid("FieldValidationFailed", name)
        for name in body:
            if name not in known:
                raise _invalid("FieldValidationFailed", name)
        if not set(body.get("resources", ())) <= _RESOURCES or len(body.get("resources", ())) > 100:
            raise _invalid("FieldValidationFailed", "resources")
        self.bodies.append(body)
        return body

    async def _search(self, request: web.Request) -> web.StreamResponse:
        body = await self._body(request, ["keywords"], _FIELDS)
        page, count = body.get("itemPage", 1), body.get("itemCount", 10)
        checks = {
            "keywords": 0 < len(body["keywords"]) <= 1000,
            "itemPage": 1 <= page <= 10,
            "itemCount": 1 <= count <= 10,
            "searchIndex": body.get("searchIndex", "All") in self.indexes,
            "sortBy": body.get("sortBy", "Relevance") in _SORTS,
            "condition": body.get("condition", "Any") in ("Any", "New"),
            "availability": body.get("availability", "Available") in ("Available", "IncludeOutOfStock"),
            "minPrice": body.get("minPrice", 1) >= 1,
            "maxPrice": body.get("maxPrice", 1) >= 1,
        }
        for name, good in checks.items():
            if not good:
                raise _invalid("FieldValidationFailed", name)
        found = [product for product in self.matching(body["keywords"]) if product.in_stock is not False]
        # Its own limits are not to be relied on: every other time they are not kept.
        if "maxPrice" in body and page == 1 and len(self.bodies) % 2:
            found = [product for product in found if product.price and product.price.minor <= body["maxPrice"]]
        if (sort := body.get("sortBy", "")).startswith("Price:"):
            found.sort(key=_price_of, reverse=sort == "Price:HighToLow")
        if not found:
            return web.json_response({"errors": [{"code": "NoResults", "message": "No results found."}]})
        items = [self._item(product, body) for product in found[(page - 1) * count : page * count]]
        if page == 1 and len(items) < count:
            items[1:1] = self.broken
        result = {"totalResultCount": len(found), "searchURL": "https://www.amazon.in/s?k=x", "items": items}
        return web.json_response({"searchResult": result})

    async def _get(self, request: web.Request) -> web.StreamResponse:
        body = await self._body(request, ["itemIds"], {"partnerTag", "itemIds", "resources"})
        if not 1 <= len(body["itemIds"]) <= 10:
            raise _invalid("FieldValidationFailed", "itemIds")
        known = {asin(product): product for product in self.products}
        items = [self._item(known[name], body) for name in body["itemIds"] if name in known]
        errors = [
            {"code": "ItemNotAccessible", "message": f"The ItemId {name} is not accessible."}
            for name in body["itemIds"]
            if name not in known
        ]
        answer: Json = {"itemsResult": {"items": items}} if items else {}
        return web.json_response(answer | ({"errors": errors} if errors else {}))

    def _item(self, product: Product, body: Json) -> object:
        """The parts that were asked for, and no others."""
        number = asin(product)
        whole = {
            "images.primary.large": _in(
                product.picture.replace("http:", "https:"), "images", "primary", "large", "url"
            ),
            "itemInfo.title": _in(product.title, "itemInfo", "title", "displayValue"),
            "itemInfo.byLineInfo": _in(product.brand, "itemInfo", "byLineInfo", "brand", "displayValue"),
            "itemInfo.features": _in([product.description], "itemInfo", "features", "displayValues"),
            "itemInfo.productInfo": _in(
                {
                    "color": {"displayValue": ", ".join(product.color).title()},
                    "size": {"displayValue": product.sizes[0]} if product.sizes else {},
                    "isAdultProduct": {"displayValue": False},
                },
                "itemInfo",
                "productInfo",
            ),
            "offersV2.listings.price": _in([_listing(product)], "offersV2", "listings"),
            "parentASIN": {"parentASIN": number},
        }
        item: Json = {
            "asin": number,
            "detailPageURL": f"https://www.amazon.in/dp/{number}?tag={TAG}&linkCode=osi&th=1&psc=1&section=2",
        }
        for name in body.get("resources", ()):
            _merge(item, whole.get(name, {}))
        return self.edit(item)


def _listing(product: Product) -> Json:
    gone = product.in_stock is False
    listing: Json = {
        "availability": {"type": "OUT_OF_STOCK" if gone else "IN_STOCK", "message": "In stock"},
        "condition": {"value": "New"},
        "isBuyBoxWinner": True,
        "merchantInfo": {"id": "A1", "name": "Test seller"},
    }
    if product.price is not None:
        places = EXPONENTS.get(product.price.currency, USUAL_EXPONENT)
        money = {"amount": product.price.minor / 10**places, "currency": product.price.currency}
        listing["price"] = {"money": {**money, "displayAmount": "as shown"}}
    return listing


def _price_of(product: Product) -> int:
    return product.price.minor if product.price else 0


def _in(value: object, *path: str) -> Json:
    for name in reversed(path):
        value = {name: value}
    assert isinstance(value, dict)
    return value


def _merge(into: Json, more: Json) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            _merge(into[name], value)
        else:
            into[name] = value


def _invalid(reason: str, field: str) -> Refused:
    problem = {"name": field, "message": "It is not valid."}
    return Refused(
        400,
        {"type": "ValidationException", "message": "No.", "reason": reason, "fieldList": [problem]},
    )
