"""The product behind a link that a person sends: one page of any shop, and the pictures on it.

Nobody searches here: the page is read when its link comes, and becomes an item that only this person sees.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from catalog.errors import CatalogError
from catalog.feed_rows import Row
from catalog.feeds import product_of_row
from catalog.money import parse_money
from catalog.outbound import OutboundClient
from catalog.taxonomy import CATEGORIES, CLOTHING
from catalog.types import Product

MAX_PAGE_BYTES = 3_000_000
MAX_PICTURE_BYTES = 10_000_000

PAGES = {"text/html": MAX_PAGE_BYTES, "application/xhtml+xml": MAX_PAGE_BYTES}
PICTURES = {"image/": MAX_PICTURE_BYTES}

_TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mc_", "igsh", "srsltid", "ref_", "_pos", "_sid", "_ss")
"""Beginnings of what says who sent a visitor, and nothing about the page."""

ReadPage = Callable[[bytes, str, str | None], Awaitable[tuple[Row, tuple[str, ...]]]]
"""`catalog.pages.read_page`, wherever it runs. Raises CatalogError."""

SENTENCES = {
    "link_tells_nothing": "I cannot find a product on that page. Send the link of the piece's own page, "
    "or a picture of it.",
    "link_not_worn": "{title} is nothing that I can put on a photo; I do tops, trousers, skirts and dresses.",
}


@dataclass(frozen=True, slots=True)
class LinkedProduct:
    """`product` is what the page says, its part None when that names no kind of clothing; None when the link leads
    to a picture. `pictures` are addresses to look at, likeliest first; `data` is the picture that came already.
    """

    product: Product | None
    pictures: tuple[str, ...] = ()
    data: bytes | None = None


class LinkProvider:
    """Reads pages and pictures through the guarded client."""

    name = "link"

    def __init__(self, client: OutboundClient, read_page: ReadPage) -> None:
        self._client = client
        self._read_page = read_page

    async def open(self, url: str) -> LinkedProduct:
        """What the page sells. Raises OutboundError, or CatalogError with a code of `SENTENCES`."""
        found = await self._client.get(url, {**PAGES, **PICTURES})
        if found.kind.startswith("image/"):
            return LinkedProduct(None, (), found.data)
        row, pictures = await self._read_page(found.data, found.url, found.charset)
        if not pictures or not row.get("title"):
            raise CatalogError("link_tells_nothing", SENTENCES["link_tells_nothing"])
        address = without_tracking(found.url)
        said = {**row, "id": address, "link": address, "image_link": pictures[0]}
        try:
            product = product_of_row(said if _has_price(said) else {**said, "price": ""}, shop_of(found.url))
        except ValueError as error:
            raise CatalogError("link_tells_nothing", SENTENCES["link_tells_nothing"]) from error
        if product.part is None and product.category in CATEGORIES and product.category != CLOTHING:
            raise CatalogError("link_not_worn", SENTENCES["link_not_worn"], title=product.title)
        return LinkedProduct(product, pictures)

    async def picture(self, url: str) -> bytes:
        """The bytes of a picture, which may be anything. Raises OutboundError."""
        return (await self._client.get(url, PICTURES)).data

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def _has_price(row: Row) -> bool:
    try:
        parse_money(str(row.get("price", "")), str(row.get("currency", "")))
    except ValueError:
        return False
    return True


def without_tracking(url: str) -> str:
    """The address without its fragment and without what only says where a visitor came from."""
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_TRACKING)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))


def spellings(url: str) -> tuple[str, ...]:
    """How a catalogue may write the address of this page; empty when it is no address."""
    try:
        clean = without_tracking(url)
    except ValueError:
        return ()
    # With a query the path alone may be another page.
    forms = (url, clean) if "?" in clean else (url, clean, clean.rstrip("/"), f"{clean.rstrip('/')}/")
    return tuple(dict.fromkeys(forms))


def shop_of(url: str) -> str:
    """The shop's host, as people read it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
