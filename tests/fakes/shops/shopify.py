"""Shopify: the global catalogue and the tool of a single shop over UCP/MCP, and a shop's `/products.json`."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web

from catalog.types import Product
from tests.fakes.shops.base import FakeShop, Json, Refused

PROFILE = "https://stylist.example/ucp-agent.json"
ID, SECRET = "shopify-client", "shopify-secret"

_FILTERS = {"available", "price", "ships_to", "ships_from", "condition", "categories", "shop_ids"}
_ARGUMENTS = {
    "search_catalog": {"query", "context", "filters", "like", "pagination", "view"},
    "lookup_catalog": {"ids", "context", "filters", "view"},
}
_NEEDED = {
    "search_catalog": "dev.ucp.shopping.catalog.search",
    "lookup_catalog": "dev.ucp.shopping.catalog.lookup",
}


def gid(product: Product) -> str:
    """The product's id in the global catalogue."""
    return f"gid://shopify/p/{product.id}"


class FakeCatalog(FakeShop):
    """`profile` is what stands at PROFILE, None for nothing; `limit` says whether a call is one too many."""

    def __init__(self, profile: Any) -> None:
        super().__init__()
        self.profile = profile
        self.tokens: list[str] = []
        self.expired: set[str] = set()
        self.with_key = False
        self.calls: list[Json] = []
        self.limit: Callable[[], bool] = lambda: False
        self.edit: Callable[[Json], object] = lambda item: item

    def routes(self) -> Iterable[web.RouteDef]:
        return [web.post("/token", self._token), web.post("/api/ucp/mcp", self._call)]

    async def _token(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        if (asked["grant_type"], asked["client_id"], asked["client_secret"]) != ("client_credentials", ID, SECRET):
            raise Refused(401, {"error": "invalid_client"})
        self.tokens.append(f"jwt-{len(self.tokens)}")
        return web.json_response({"access_token": self.tokens[-1], "expires_in": 3600})

    async def _call(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if self.with_key:
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if token not in self.tokens or token in self.expired:
                raise Refused(
                    401, {"jsonrpc": "2.0", "id": 1, "error": {"code": -32000, "message": "Unauthorized"}}
                )
        if self.limit():
            error = {"code": -32000, "message": "Rate limit exceeded", "data": {"retry_after": 1}}
            raise Refused(429, {"jsonrpc": "2.0", "id": 1, "error": error}, Retry_After="1")
        if (body.get("jsonrpc"), body.get("method")) != ("2.0", "tools/call") or "id" not in body:
            raise _error(-32600, "Invalid Request")
        tool, arguments = body["params"]["name"], body["params"]["arguments"]
        self._negotiate(tool, arguments)
        catalog: Json = arguments["catalog"]
        if not set(catalog) <= _ARGUMENTS[tool] or not set(catalog.get("filters", {})) <= _FILTERS:
            raise _error(-32602, "Invalid params")
        self.calls.append(catalog)
        items = self._search(catalog) if tool == "search_catalog" else self._look_up(catalog)
        content = {"ucp": {"version": "2026-08-25"}, "products": items}
        # Texts beside it may be missing, and no next page ever comes.
        return web.json_response({"jsonrpc": "2.0", "id": body["id"], "result": {"structuredContent": content}})

    def _negotiate(self, tool: str, arguments: Json) -> None:
        profile = arguments.get("meta", {}).get("ucp-agent", {}).get("profile", "")
        if not profile.startswith("https://"):
            raise _error(-32001, "UCP discovery failed", 400, "invalid_profile_url")
        if profile != PROFILE or self.profile is None:
            raise _error(-32001, "UCP discovery failed", 424, "profile_unreachable")
        declared = self.profile["ucp"]["capabilities"].get(_NEEDED[tool], [])
        if not any(one["version"] == "2026-08-25" for one in declared):
            raise _error(-32602, f"Tool not found: {tool}", 200)

    def _search(self, catalog: Json) -> list[object]:
        limit = catalog.get("pagination", {}).get("limit", 10)
        if not 1 <= limit <= 50 or not (catalog.get("query") or catalog.get("like")):
            raise _error(-32602, "Invalid params")
        for like in catalog.get("like", ()):
            if "image" in like:
                assert set(like["image"]) == {"content_type", "data"}
                base64.b64decode(like["image"]["data"], validate=True)
        found = self.matching(catalog["query"]) if catalog.get("query") else list(self.products)
        price = catalog.get("filters", {}).get("price", {})
        assert all(isinstance(value, int) for value in price.values()), "prices are whole minor units"
        found = [
            p for p in found if p.price is None or price.get("min", 0) <= p.price.minor <= price.get("max", 10**9)
        ]
        if catalog.get("filters", {}).get("available", True):
            found = [product for product in found if product.in_stock is not False]
        items = [self.edit(_item(product)) for product in found[:limit]]
        items[1:1] = self.broken if items else ()
        return items

    def _look_up(self, catalog: Json) -> list[object]:
        if not 1 <= len(catalog["ids"]) <= 50:
            raise _error(-32602, "Invalid params")
        found: list[object] = []
        for product in self.products:
            item = _item(product)
            for variant in item["variants"]:
                variant["inputs"] = [
                    {"id": name, "match": "exact" if name == variant["id"] else "featured"}
                    for name in catalog["ids"]
                    if name in (variant["id"], item["id"])
                ]
            item["variants"] = [variant for variant in item["variants"] if variant["inputs"]]
            shown = product.in_stock is not False or not catalog.get("filters", {}).get("available", True)
            if item["variants"] and shown:
                found.append(self.edit(item))
        return found


class FakeShopifyShop(FakeCatalog):
    """A single shop. Without `tool` it has no search of its own; without `says_currency` no `/meta.json`."""

    def __init__(self, profile: Any = None) -> None:
        super().__init__(profile)
        self.tool = profile is not None
        self.says_currency = True
        self.per_page = 250
        self.pages: list[int] = []

    def routes(self) -> Iterable[web.RouteDef]:
        return [
            *super().routes(),
            web.get("/products.json", self._list),
            web.get("/meta.json", self._meta),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if not self.tool:
            raise web.HTTPNotFound
        return await super()._call(request)

    async def _meta(self, _request: web.Request) -> web.StreamResponse:
        if not self.says_currency:
            raise web.HTTPNotFound
        return web.json_response({"name": "Test shop", "currency": "INR", "country": "IN"})

    async def _list(self, request: web.Request) -> web.StreamResponse:
        limit, page = int(request.query.get("limit", 30)), int(request.query.get("page", 1))
        if not 1 <= limit <= 250 or page < 1:
            raise Refused(400, {})
        self.pages.append(page)
        limit = min(limit, self.per_page)
        shown = self.products[(page - 1) * limit : page * limit]
        items = [self.edit(_listed(product)) for product in shown]
        items[1:1] = self.broken if items else ()
        return web.json_response({"products": items})


def _item(product: Product) -> Json:
    money = {"amount": product.price.minor, "currency": product.price.currency} if product.price else {}
    media = [{"type": "video", "url": "https://cdn.example/a.mp4"}, {"type": "image", "url": product.picture}]
    options = [
        {"name": "Color", "values": [{"label": color.title()} for color in product.color]},
        {"name": "Size", "values": [{"label": size} for size in product.sizes]},
    ]
    number = "".join(filter(str.isdigit, product.id)) or "0"
    return {
        "id": gid(product),
        "title": product.title,
        "description": {"plain": product.description}
        if "<" not in product.description
        else {"html": product.description},
        "media": media,
        "price_range": {"min": money, "max": money},
        "options": [option for option in options if option["values"]],
        "variants": [
            {
                "id": f"gid://shopify/ProductVariant/{number}",
                "title": product.title,
                "url": f"https://shop-a.example/products/{product.id}?variant={number}&_gsid=abc&section=2",
                "price": money,
                "availability": {"available": product.in_stock is not False},
                "options": [{"name": "Color", "label": color.title()} for color in product.color],
                "seller": {"id": "gid://shopify/Shop/1", "name": "Test Shop", "domain": "shop-a.example"},
                "checkout_url": f"https://shop-a.example/cart/{number}:1?_gsid=abc",
                **({"barcodes": [{"type": "EAN", "value": product.gtin}]} if product.gtin else {}),
            }
        ],
    }


def _listed(product: Product) -> Json:
    sizes = product.sizes or ("One size",)
    return {
        "id": 7_000_000_000 + sum(product.id.encode()),
        "title": product.title,
        "handle": product.id,
        "body_html": product.description,
        "vendor": product.brand or "",
        "product_type": "",
        "tags": [],
        "options": [
            {"name": "Color", "position": 1, "values": list(product.color)},
            {"name": "Size", "position": 2, "values": list(sizes)},
        ],
        "images": [{"src": product.picture, "width": 800, "height": 1000}],
        "variants": [
            {
                "id": n,
                "title": f"{color} / {size}",
                "option1": color.title(),
                "option2": size,
                "option3": None,
                "price": f"{product.price.minor / 100:.2f}" if product.price else None,
                "available": product.in_stock is not False,
            }
            for n, (color, size) in enumerate((color, size) for color in product.color for size in sizes)
        ],
    }


def _error(code: int, message: str, status: int = 400, about: str = "") -> Refused:
    error: Json = {"code": code, "message": message}
    if about:
        error["data"] = {"code": about, "content": message}
    return Refused(status, {"jsonrpc": "2.0", "id": 1, "error": error})
