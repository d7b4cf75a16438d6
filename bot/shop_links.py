"""Links to shops that are counted: they lead over our own address, which says where it goes, to the shop.

A link is made for products that everybody can find, never for what a person brought, or they would be given
addresses of ours that lead wherever they like; and it is signed, so that what we did not make leads nowhere. It
holds the shop's name and address, and nothing of who was given it.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.dialogue.types import ProductCard
from bot.messages import card_in
from storage.items import OWN
from storage.unit_of_work import UnitOfWork

PATH = "/shop"

MAX_URL = 1500
"""Characters of a link; a longer one is the shop's own, which messages can bear."""

ALL = "*"
"""In the list of shops: every one."""


@dataclass(frozen=True, slots=True)
class ShopLinks:
    """`home` is where people reach us, over https; without it links are the shops' own. `direct` are domains whose
    links stay as they are, with all below them.
    """

    home: str = ""
    direct: frozenset[str] = frozenset()

    @classmethod
    def of(cls, public_url: str | None, direct: Iterable[str]) -> ShopLinks:
        """As the operator's settings say."""
        home = (public_url or "").rstrip("/")
        return cls(home if home.startswith("https://") else "", frozenset(direct))

    def to(self, uow: UnitOfWork, card: ProductCard) -> str | None:
        """The link of this product's shop, counted where that may be."""
        url = card.url
        if not url or not self.home or self._is_direct(card):
            return url
        asked = urlencode({"shop": card.source or "", "to": url})
        link = f"{self.home}{PATH}/{_signature(uow, card.source or '', url)}?{asked}"
        return link if len(link) <= MAX_URL else url

    def on(self, uow: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
        """A turn's body with such links."""
        products = [{**product, "url": self.to(uow, card_in(product))} for product in body["products"]]
        return {**body, "products": products}

    def led(self, uow: UnitOfWork, card: ProductCard) -> ProductCard:
        """The same of one product."""
        return replace(card, url=self.to(uow, card))

    def _is_direct(self, card: ProductCard) -> bool:
        host = _host(card)
        below = {".".join(host.split(".")[n:]) for n in range(host.count(".") + 1)}
        return (
            card.id.startswith(OWN)
            or urlsplit(card.url or "").scheme not in ("https", "http")
            or is_amazon(card)
            or is_flipkart(card)
            or ALL in self.direct
            or not self.direct.isdisjoint(below)
        )


def signed(uow: UnitOfWork, shop: str, url: str, signature: str) -> bool:
    """Whether we made a link with this shop, address and signature."""
    return hmac.compare_digest(_signature(uow, shop, url).encode(), signature.encode())


def is_amazon(card: ProductCard) -> bool:
    """Whether Amazon sells it, or its link leads there, be it one that a person sent us."""
    return card.source == "amazon" or card.id.startswith("amazon-") or _AMAZON.fullmatch(_host(card)) is not None


def is_flipkart(card: ProductCard) -> bool:
    """The same for Flipkart."""
    return card.id.startswith("flipkart-") or _FLIPKART.fullmatch(_host(card)) is not None


def _signature(uow: UnitOfWork, shop: str, url: str) -> str:
    return uow.house.digest(uow.session, "shop", f"{shop}\0{url}")


def _host(card: ProductCard) -> str:
    try:
        return (urlsplit(card.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


_AMAZON = re.compile(r"(?:[a-z0-9-]+\.)*(?:amazon(?:\.[a-z]{2,3}){1,2}|amzn\.[a-z]{2,4}|a\.co)")
_FLIPKART = re.compile(r"(?:[a-z0-9-]+\.)*(?:flipkart\.com|fkrt\.(?:it|cc))")
