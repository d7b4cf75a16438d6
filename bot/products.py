"""Products as people see them: with fresh prices, in their currency, and with pictures as the shop allows."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from bot.dialogue.types import ProductCard
from bot.messages import card_of
from bot.pictures import PictureDesk
from catalog.rates import Rates, load_rates
from catalog.search import Catalogue
from catalog.types import Likeness, Product
from pipeline.types import CleanPhoto
from storage.errors import MediaMissing
from storage.products import SHOP_PICTURE, ProductPictures
from storage.unit_of_work import Transaction, UnitOfWork

log = logging.getLogger(__name__)

BORROWED = timedelta(hours=1)
"""How long a picture that only its shop may keep is lent to the try-on that needs it."""

ASKED_AGAIN = timedelta(minutes=10)
"""How long a product that its shop no longer has is taken for gone, before the shop is asked once more."""


class ProductDesk:
    """What is between the catalogue and a card."""

    def __init__(
        self, catalogue: Catalogue, pictures: PictureDesk | None = None, rates: Rates | None = None
    ) -> None:
        self._catalogue = catalogue
        self._pictures = pictures
        self._rates = rates or load_rates()

    def card(self, product: Product, pictures: ProductPictures, currency: str | None) -> ProductCard:
        """The card, with the price also in this currency where it has another."""
        about = self._rates.about(product.price, currency) if product.price and currency else None
        return card_of(product, pictures.front, about)

    async def shown(self, products: Iterable[Product]) -> bool:
        """Keep what live shops told and the pictures of all; whether the picture of one cannot be had."""
        return self._pictures is not None and await self._pictures.ready(products)

    async def cards(self, products: Iterable[Product], currency: str | None, tx: Transaction) -> list[ProductCard]:
        """Those of the products that have a picture to show, in their order."""
        shown = list(products)
        pictures = await tx.run(lambda uow: uow.products.pictures([product.id for product in shown]))
        return [self.card(one, pictures[one.id], currency) for one in shown if one.id in pictures]

    async def freshen(self, ids: Iterable[str], tx: Transaction) -> None:
        """Ask the shops again for those whose price may not be shown any more. What they do not tell stays as it
        is, and its price hidden.
        """
        wanted = list(ids)
        if not wanted:
            return
        now = datetime.now(UTC)
        known = await tx.run(lambda uow: uow.products.known(wanted))
        stale = [one for one in known.values() if one.fresh_until is not None and one.fresh_until <= now]
        if not stale:
            return
        told = await self._catalogue.refresh(stale)
        gone = [
            replace(one, in_stock=False, fresh_until=now + ASKED_AGAIN)
            for one in stale
            if told.get(one.id, one) is None
        ]
        found = [replace(new, id=ident) for ident, new in told.items() if new is not None]
        log.info("%d products asked for again: %d told, %d gone", len(stale), len(found), len(gone))
        await self.shown([*found, *gone])

    async def likeness(self, ident: str, tx: Transaction) -> Likeness | None:
        """What shops may know of a product that others shall look like; of somebody's own garment nothing."""

        def look(uow: UnitOfWork) -> Likeness | None:
            product, pictures = uow.products.get(ident), uow.products.pictures([ident])
            if product is None or ident not in pictures or pictures[ident].front.startswith(SHOP_PICTURE):
                return None
            try:
                picture = uow.media.read(pictures[ident].front)
            except MediaMissing:
                return None
            return Likeness(product.source, product.ref, ident, picture)

        return await tx.run(look)

    async def lent(self, ids: Iterable[str], person_id: UUID, tx: Transaction) -> dict[str, ProductPictures]:
        """Pictures that only their shop may keep, fetched for one try-on. Raises CatalogError, IntakeError."""
        wanted = list(ids)
        pictures = await tx.run(lambda uow: uow.products.pictures(wanted))
        found: dict[str, ProductPictures] = {}
        for ident in wanted:
            front = pictures[ident].front if ident in pictures else ""
            if self._pictures is None or not front.startswith(SHOP_PICTURE):
                continue
            address = await tx.run(partial(_link, front))
            if address is not None:
                clean = await self._pictures.bytes_of(address)
                found[ident] = ProductPictures(await tx.run(partial(_lend, clean, person_id)), None)
        return found


def _link(reference: str, uow: UnitOfWork) -> str | None:
    return uow.products.picture_link(reference)


def _lend(picture: CleanPhoto, person_id: UUID, uow: UnitOfWork) -> str:
    size = (picture.width, picture.height)
    return uow.media.keep(picture.data, "upload", "image/jpeg", person_id, size=size, kept=BORROWED)
