"""The Universal Commerce Protocol's catalogue over MCP, as Shopify speaks it: https://ucp.dev, spec of 2026-08-25.

Every question names our agent's profile, a document that the shop fetches to see what we understand. Amounts are
in minor units; a product has variants, each sold by somebody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.live import at, digits, joined, list_at, live_product, read_items, text_at
from catalog.money import minor_units
from catalog.shop_api import refused, unanswered
from catalog.types import Money, Product, Query

VERSION = "2026-08-25"

MOST = 50
"""Results of a search, and ids of one look-up."""

_SPEC, _SHOPIFY = f"https://ucp.dev/{VERSION}", "https://shopify.dev"
_CATALOG = f"{_SPEC}/specification/shopping/catalog"

PROFILE: Mapping[str, Any] = {
    "ucp": {
        "version": VERSION,
        "services": {
            "dev.ucp.shopping": [
                {
                    "version": VERSION,
                    "spec": f"{_SPEC}/specification/overview",
                    "transport": "mcp",
                    "schema": f"{_SPEC}/services/shopping/mcp.openrpc.json",
                }
            ]
        },
        "capabilities": {
            "dev.ucp.shopping.catalog.search": [
                {"version": VERSION, "spec": _CATALOG, "schema": f"{_SPEC}/schemas/shopping/catalog_search.json"}
            ],
            "dev.ucp.shopping.catalog.lookup": [
                {"version": VERSION, "spec": _CATALOG, "schema": f"{_SPEC}/schemas/shopping/catalog_lookup.json"}
            ],
            "dev.shopify.catalog.global": [
                {
                    "version": VERSION,
                    "spec": f"{_SHOPIFY}/docs/agents/catalog/global-catalog",
                    "schema": f"{_SHOPIFY}/ucp/schemas/{VERSION}/shopify_catalog_global.json",
                    "extends": ["dev.ucp.shopping.catalog.search", "dev.ucp.shopping.catalog.lookup"],
                }
            ],
        },
        "payment_handlers": {},
    }
}
"""Our agent's profile: it searches and looks up, and buys nothing. Search and look-up are declared one by one; the
coarse name of both is understood as neither.
"""

PROFILE_HEADERS: Mapping[str, str] = {"Cache-Control": "public, max-age=3600"}
"""The spec wants it public and good for a minute at least, over https and without redirects."""

_ALL_COLORS = ("color", "colour", "colors", "colours", "farbe", "couleur", "colore", "cor")
_ALL_SIZES = ("size", "sizes", "größe", "taille", "talla", "taglia", "tamanho")
_PROFILE_PROBLEMS = ("profile_unreachable", "invalid_profile_url", "profile_malformed", "version_unsupported")
_WRONG_CALL, _NO_PROFILE = -32602, -32001


def call(tool: str, profile: str, catalog: Mapping[str, object]) -> dict[str, object]:
    """The request that calls a tool."""
    arguments = {"meta": {"ucp-agent": {"profile": profile}}, "catalog": catalog}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}


def search_arguments(query: Query, words: str, *, country: str | None, currency: str | None) -> dict[str, object]:
    """What `search_catalog` is asked. Prices are limited where it is known in which currency they are meant."""
    meant = query.currency or currency
    price: dict[str, int] = {}
    if meant and query.price_min is not None:
        price["min"] = minor_units(query.price_min, meant)
    if meant and query.price_max is not None:
        price["max"] = minor_units(query.price_max, meant)
    filters: dict[str, object] = {"available": True, **({"price": price} if price else {})}
    if country:
        filters["ships_to"] = {"country": country}
    asked: dict[str, object] = {"filters": filters, "pagination": {"limit": MOST}}
    if words:
        asked["query"] = words
    return asked | context_of(country, meant)


def context_of(country: str | None, currency: str | None) -> dict[str, object]:
    """For whom prices are meant."""
    context = {"address_country": country, "currency": currency}
    told = {name: value for name, value in context.items() if value}
    return {"context": told} if told else {}


def content_of(name: str, body: Any) -> Any:
    """What a tool answered. Raises ProviderError, with what an operator can do in the log."""
    error = at(body, "error")
    code, about = at(error, "code"), text_at(error, "data", "code") or text_at(error, "message")
    if code in (_WRONG_CALL, _NO_PROFILE) or about in _PROFILE_PROBLEMS:
        # "Tool not found" means the same: the tools that there are depend on what the profile declares.
        raise refused(name, f"it cannot use our agent's profile ({about[:60]})")
    content = at(body, "result", "structuredContent")
    if error is not None or not isinstance(content, dict) or at(body, "result", "isError") is True:
        after = at(error, "data", "retry_after")
        raise unanswered(name, float(after) if isinstance(after, int) else 0.0)
    if text_at(content, "ucp", "status") == "error":
        messages = [text_at(message, "code") for message in list_at(content, "messages")]
        if "not_found" not in messages:
            raise refused(name, f"it answers {', '.join(messages)[:60]}")
    return content


def products_of(source: str, content: Any, fresh_until: datetime) -> list[Product]:
    """The products of a search."""
    found, _ = read_items(source, at(content, "products"), lambda item: _product(source, item, fresh_until))
    return found


def asked_for(source: str, content: Any, refs: Sequence[str], fresh_until: datetime) -> dict[str, Product]:
    """The products of a look-up, by the id of the variant or product that was asked for."""
    found: dict[str, Product] = {}

    def read(item: Any) -> Product:
        product = _product(source, item, fresh_until)
        for variant in list_at(item, "variants"):
            names = {text_at(variant, "id"), *(text_at(one, "id") for one in list_at(variant, "inputs"))}
            for ref in names & set(refs):
                found[ref] = _product(source, {**item, "variants": [variant]}, fresh_until, ref)
        return product

    read_items(source, at(content, "products"), read)
    return found


def _product(source: str, item: Any, fresh_until: datetime, ref: str = "") -> Product:
    variants = [variant for variant in list_at(item, "variants") if isinstance(variant, dict)]
    if not variants:
        raise ValueError("it has no variants")
    offer = min(variants, key=lambda one: (_available(one) is False, _price(one) is None, _minor(one)))
    media = [one for one in [*list_at(item, "media"), *list_at(offer, "media")] if text_at(one, "type") == "image"]
    stocks = {_available(variant) for variant in variants}
    on_sale = [variant for variant in variants if _available(variant) is not False]
    kinds = [text_at(kind, "value") for kind in list_at(item, "categories")]
    description = at(item, "description")
    codes = [text_at(code, "value") for code in list_at(offer, "barcodes")]
    return live_product(
        source,
        ref=ref or text_at(offer, "id"),
        key=text_at(item, "id"),
        picture=next((text_at(one, "url") for one in media), ""),
        price=_price(offer),
        url=text_at(offer, "url") or text_at(offer, "checkout_url"),
        fresh_until=fresh_until,
        row={
            "title": text_at(item, "title"),
            "description": joined(
                [
                    text_at(description, "plain") or text_at(description, "html"),
                    *text_at(item, "metadata", "top_features").splitlines(),
                ]
            ),
            "color": _labels(item, on_sale, _ALL_COLORS),
            "size": _labels(item, on_sale, _ALL_SIZES),
            "product_type": " > ".join(kinds),
            "google_category": next((kind for kind in kinds if kind.isdigit()), None),
        },
        gtin=next(filter(None, map(digits, codes)), None),
        in_stock=True if True in stocks else None if None in stocks else False,
        seller=text_at(offer, "seller", "name")[:60] or None,
    )


def _labels(item: Any, variants: Sequence[Any], names: Sequence[str]) -> list[str]:
    """The values of an option: all the product has, since a search shows one variant of several."""
    found = [
        text_at(value, "label")
        for option in list_at(item, "options")
        if text_at(option, "name").lower() in names
        for value in list_at(option, "values")
        if at(value, "available") is not False
    ]
    if not found:
        chosen = (o for one in variants for o in [*list_at(one, "options"), *list_at(one, "selected_options")])
        found = [text_at(option, "label") for option in chosen if text_at(option, "name").lower() in names]
    return list(dict.fromkeys(filter(None, found)))


def _available(variant: Any) -> bool | None:
    said = at(variant, "availability", "available")
    return said if isinstance(said, bool) else None


def _minor(variant: Any) -> int:
    said = text_at(variant, "price", "amount").removesuffix(".0")
    return int(said) if said.isdecimal() and len(said) < 13 else 0


def _price(variant: Any) -> Money | None:
    minor, currency = _minor(variant), text_at(variant, "price", "currency").upper()
    good = minor and len(currency) == 3 and currency.isascii() and currency.isalpha()
    return Money(minor, currency) if good else None
