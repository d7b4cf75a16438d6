"""Flipkart's affiliate interface: search, product, and the feeds of categories with their signed addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from aiohttp import web

from catalog.types import Product
from tests.fakes.shops.base import FakeShop, Json, Refused

ID, TOKEN = "stylisttest", "fk-token"
BATCH = 500


class FakeFlipkart(FakeShop):
    """`legacy` makes searches answer as version 0 did; `signature` is what feeds are signed with now."""

    def __init__(self) -> None:
        super().__init__()
        self.legacy = False
        self.signature = "sig1"
        self.batch = BATCH
        self.limit: Callable[[], bool] = lambda: False
        self.edit: Callable[[Json], object] = lambda item: item

    def routes(self) -> Iterable[web.RouteDef]:
        return [
            web.get("/affiliate/1.0/search.json", self._search),
            web.get("/affiliate/1.0/product.json", self._product),
            web.get(f"/affiliate/api/{ID}.json", self._listing),
            web.get("/affiliate/1.0/feeds/{id}/category/{name}", self._feed),
        ]

    def _let_in(self, request: web.Request) -> None:
        if (request.headers.get("Fk-Affiliate-Id"), request.headers.get("Fk-Affiliate-Token")) != (ID, TOKEN):
            raise Refused(401, {})
        if self.limit():
            raise Refused(429, {})

    async def _search(self, request: web.Request) -> web.StreamResponse:
        self._let_in(request)
        if set(request.query) != {"query", "resultCount"} or not 1 <= int(request.query["resultCount"]) <= 10:
            raise Refused(400, {})
        found = self.matching(request.query["query"])[: int(request.query["resultCount"])]
        if self.legacy:
            return web.json_response({"productInfoList": [_old(product) for product in found]})
        items = [self.edit(_new(product)) for product in found]
        items[1:1] = self.broken if items else ()
        return web.json_response({"products": items})

    async def _product(self, request: web.Request) -> web.StreamResponse:
        self._let_in(request)
        for product in self.products:
            if product.id.upper() == request.query["id"]:
                return web.json_response(self.edit(_new(product)))
        return web.json_response({}, status=404)

    async def _listing(self, request: web.Request) -> web.StreamResponse:
        self._let_in(request)
        feeds = {
            name: {
                "apiName": name,
                "availableVariants": {
                    "v1.1.0": {"resourceName": name, "get": self._address(name, 0), "post": None}
                },
            }
            for name in ("womens_clothing", "mens_clothing")
        }
        return web.json_response(
            {"title": "Directory", "apiGroups": {"affiliate": {"name": "affiliate", "apiListings": feeds}}}
        )

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        self._let_in(request)
        if request.query.get("sig") != self.signature:
            raise Refused(410, {"error": "The address has expired."})
        name, _, start = request.match_info["name"].removesuffix(".json").partition("-")
        at = int(start or 0)
        gender = "women" if name.startswith("women") else "men"
        shop = [product for product in self.products if product.gender in (gender, None)]
        if request.query.get("inStock"):
            shop = [product for product in shop if product.in_stock is not False]
        more = self._address(name, at + self.batch) if at + self.batch < len(shop) else None
        return web.json_response(
            {
                "category": name,
                "version": "v1.1.0",
                "validTill": 1795420800000,
                "nextUrl": more,
                "products": [self.edit(_new(product)) for product in shop[at : at + self.batch]],
            }
        )

    def _address(self, name: str, at: int) -> str:
        path = f"{name}-{at}.json" if at else f"{name}.json"
        return (
            f"{self.url}/affiliate/1.0/feeds/{ID}/category/{path}?expiresAt=1795420800000&sig={self.signature}"
            f"{'&inStock=1' if at else ''}"
        )


def _pictures(product: Product) -> Json:
    return {
        "unknown": "http://rukminim1.flixcart.com/any.jpeg",
        "200x200": product.picture.replace("https:", "http:"),
        "400x400": product.picture.replace("https:", "http:"),
    }


def _money(product: Product) -> Json | None:
    return {"amount": product.price.minor / 100, "currency": product.price.currency} if product.price else None


def _new(product: Product) -> Json:
    return {
        "productBaseInfoV1": {
            "productId": product.id.upper(),
            "title": product.title,
            "productDescription": product.description or "NA",
            "imageUrls": _pictures(product),
            "productFamily": [],
            "maximumRetailPrice": {"amount": 99999.0, "currency": "INR"},
            "flipkartSellingPrice": _money(product),
            "flipkartSpecialPrice": None,
            "productUrl": f"https://dl.flipkart.com/dl/x?pid={product.id}&affid={ID}&section=2",
            "productBrand": product.brand or "NA",
            "inStock": product.in_stock is not False,
            "categoryPath": "Apparels>Women>Western Wear",
            "attributes": {
                "size": product.sizes[0] if product.sizes else "",
                "color": ", ".join(product.color).title(),
                "displaySize": "",
            },
        },
        "productShippingInfoV1": {"sellerName": "TestRetail"},
        "categorySpecificInfoV1": {
            "keySpecs": [],
            "specificationList": [
                {"key": "General", "values": [{"key": "Pattern", "value": [(product.pattern or "NA").title()]}]}
            ],
            "lifeStyleInfo": {"idealFor": [product.gender.title()] if product.gender else []},
        },
    }


def _old(product: Product) -> Json:
    return {
        "productBaseInfo": {
            "productIdentifier": {
                "productId": product.id.upper(),
                "categoryPaths": {"categoryPath": [[{"title": "Apparels>Women>Western Wear"}]]},
            },
            "productAttributes": {
                "title": product.title,
                "productDescription": product.description,
                "imageUrls": _pictures(product),
                "sellingPrice": _money(product),
                "productUrl": f"https://dl.flipkart.com/dl/x?pid={product.id}&affid={ID}&section=2",
                "productBrand": product.brand,
                "inStock": product.in_stock is not False,
                "size": product.sizes[0] if product.sizes else "",
                "color": ", ".join(product.color).title(),
                "sizeVariants": "[]",
            },
        }
    }
