"""The products of all Shopify shops through Shopify's global catalogue. It needs no key, only our agent's profile.

With a key of the Dev Dashboard more may be asked. One question gives fifty products, and there is no next page.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from catalog import ucp
from catalog.live import utc_now, words_of
from catalog.pacing import Window
from catalog.shelf import Batch, ShelvedProvider
from catalog.shop_api import Reply, ShopApi, refused, unanswered
from catalog.tokens import Tokens
from catalog.types import Product, Query

URL = "https://catalog.shopify.com/api/ucp/mcp"
TOKEN_URL = "https://api.shopify.com/auth/access_token"  # noqa: S105  # where to ask for one

FRESH = timedelta(minutes=15)
"""Prices may be shown within the conversation they were asked in; later they are asked for again."""

WINDOWS = (Window(2, 1.0),)
WINDOWS_WITH_KEY = (Window(5, 1.0),)


@dataclass(frozen=True, slots=True)
class ShopifyCatalog:
    """`profile` is the https address of our agent's profile; `country` (ISO 3166) and `currency` say for whom
    prices are meant; `client_id` and `secret` are those of the Dev Dashboard, if there are any.
    """

    profile: str
    country: str | None = None
    currency: str | None = None
    client_id: str | None = None
    secret: str | None = field(default=None, repr=False)
    url: str = URL
    token_url: str = TOKEN_URL


class ShopifyProvider(ShelvedProvider):
    """Searches all shops."""

    name = "shopify"

    def __init__(self, catalog: ShopifyCatalog, api: ShopApi, now: Callable[[], datetime] = utc_now) -> None:
        self._catalog = catalog
        super().__init__(api)
        self._now = now
        self._tokens = Tokens(self.name, self._new_token) if catalog.client_id and catalog.secret else None

    async def refresh(self, refs: Sequence[str]) -> dict[str, Product]:
        """See LiveProvider."""
        found: dict[str, Product] = {}
        context = ucp.context_of(self._catalog.country, self._catalog.currency)
        for start in range(0, len(refs), ucp.MOST):
            some = list(refs[start : start + ucp.MOST])
            asked = {"ids": some, "filters": {"available": False}, **context}
            found |= ucp.asked_for(self.name, await self._call("lookup_catalog", asked), some, self._fresh())
        return found

    async def _batch(self, query: Query, _following: str | None) -> Batch:
        words, like = words_of(query), self._like(query)
        return await self._ask(query, words, {"like": like} if like else {}) if words or like else Batch(())

    def _like(self, query: Query) -> list[dict[str, object]]:
        """By its own reference here, or else by its picture."""
        if query.like is None:
            return []
        if query.like.source == self.name and query.like.ref:
            return [{"id": query.like.ref}]
        if not query.like.picture:
            return []
        return [{"image": {"content_type": "image/jpeg", "data": base64.b64encode(query.like.picture).decode()}}]

    async def _ask(self, query: Query, words: str, more: Mapping[str, object]) -> Batch:
        told = {"country": self._catalog.country, "currency": self._catalog.currency}
        asked = {**ucp.search_arguments(query, words, **told), **more}
        content = await self._call("search_catalog", asked)
        return Batch(tuple(ucp.products_of(self.name, content, self._fresh())))

    async def _call(self, tool: str, asked: Mapping[str, object]) -> Any:
        request = ucp.call(tool, self._catalog.profile, asked)
        token = await self._tokens.get() if self._tokens else ""
        reply = await self._post(request, token)
        if reply.status == 401 and self._tokens:
            reply = await self._post(request, await self._tokens.get(instead_of=token))
        if reply.status in (401, 403):
            raise refused(self.name, f"it answers {reply.status}")
        if not isinstance(reply.body, dict):
            raise unanswered(self.name)
        return ucp.content_of(self.name, reply.body)

    async def _post(self, request: object, token: str) -> Reply:
        headers = {"Authorization": f"Bearer {token}"} if token else None
        return await self._api.ask("POST", self._catalog.url, headers=headers, data=request)

    async def _new_token(self) -> Reply:
        asked = {
            "grant_type": "client_credentials",
            "client_id": self._catalog.client_id,
            "client_secret": self._catalog.secret,
        }
        return await self._api.ask("POST", self._catalog.token_url, data=asked, counted=False)

    def _fresh(self) -> datetime:
        return self._now() + FRESH
