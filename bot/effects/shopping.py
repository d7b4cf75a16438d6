"""Looking for garments, saving them, and waiting for their price."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.dialogue import types as d
from bot.dialogue.policy import Policy
from bot.dialogue.styling.outfits import place_for
from bot.effects.turn import Turn
from bot.products import ProductDesk
from bot.refusals import told
from catalog.errors import CatalogError
from catalog.query import query_from_slots
from catalog.search import Catalogue
from catalog.types import Product
from storage.items import OWN
from storage.unit_of_work import UnitOfWork

PAGE = 6
"""Products a page: two rows of three, or a swipe on a phone."""

PIECES = 40
"""Products that an outfit is chosen from, for each place on the body and each order."""

PICTURED = 4
"""Of each, those whose pictures are waited for; of the others those that were shown before are chosen from."""

WORN_AT = {
    "upper": ("top",),
    "layer": ("outerwear", "cardigan"),
    "lower": ("bottoms",),
    "dress": ("one-piece",),
}
"""The kinds of clothing for each place of an outfit."""


class Shopping:
    """Over the catalogue; `products` makes cards of what is found."""

    def __init__(self, catalogue: Catalogue, products: ProductDesk, policy: Policy) -> None:
        self._catalogue = catalogue
        self.products = products
        self._items_kept = timedelta(days=policy.photo_days)

    async def search(self, effect: d.Search, turn: Turn) -> list[d.Event]:
        """A page of what was asked for."""
        query = query_from_slots(effect.text, effect.slots, effect.usual)
        if like := effect.slots.get("like"):
            query = replace(query, like=await self.products.likeness(str(like), turn.tx))
        try:
            page = await self._catalogue.search(query, PAGE, effect.page * PAGE)
            if await self.products.shown(page.products):
                # What has no picture to show is in no search from now on, and others take its place.
                page = await self._catalogue.search(query, PAGE, effect.page * PAGE)
                await self.products.shown(page.products)
        except CatalogError as error:
            return [d.SearchFailed(told(error))]
        cards = tuple(await self.products.cards(page.products, turn.state.profile.currency, turn.tx))
        genders = dict.fromkeys(product.gender for product in page.products if product.gender)
        return [d.SearchCompleted(cards, page.total, effect.page, page.relaxed, tuple(genders), page.waiting)]

    async def gather(self, effect: d.GatherPieces, turn: Turn) -> list[d.Event]:
        """For each place the closest to what was asked for, and the cheapest."""
        asked = [(place, sort) for place in effect.places for sort in (None, "price_asc")]
        try:
            pages = await asyncio.gather(*(self._pieces(place, effect.slots, sort) for place, sort in asked))
        except CatalogError as error:
            return [d.SearchFailed(error.user_message)]
        found: dict[str, dict[str, Product]] = {place: {} for place in effect.places}
        for (place, _), products in zip(asked, pages, strict=True):
            found[place].update({product.id: product for product in products})
        await self.products.shown(one for products in pages for one in products[:PICTURED])
        currency = turn.state.profile.currency
        cards = {
            place: tuple(await self.products.cards(products.values(), currency, turn.tx))
            for place, products in found.items()
        }
        return [d.PiecesGathered(cards)]

    async def _pieces(self, place: str, slots: dict[str, Any], sort: str | None) -> tuple[Product, ...]:
        kinds = [kind for kind in slots.get("category", ()) if place_for(kind) == place]
        wanted = {**slots, "category": kinds or list(WORN_AT[place]), "sort": sort}
        # Occasion and season rank by the words of titles; the builder judges them by more than that.
        words = " ".join(map(str, (*slots.get("occasion", ()), *slots.get("season", ()))))
        return (await self._catalogue.search(query_from_slots(words, wanted), PIECES)).products

    async def favourites(self, turn: Turn) -> list[d.Event]:
        """What the person saved, as a page."""
        person = turn.talk.person_id
        saved = await turn.tx.run(lambda uow: uow.people.favourites(person, 2 * PAGE))
        cards = tuple((await self.current(saved, turn)).values())
        return [d.SearchCompleted(cards, len(cards), 0)]

    async def current(self, ids: Iterable[str], turn: Turn) -> dict[str, d.ProductCard]:
        """The cards of those products and items that there still are, with prices that may be shown, by id."""
        wanted, person, currency = list(ids), turn.talk.person_id, turn.state.profile.currency
        await self.products.freshen([ident for ident in wanted if not ident.startswith(OWN)], turn.tx)

        def work(uow: UnitOfWork) -> dict[str, d.ProductCard]:
            found = {ident: uow.product_of(ident, person) for ident in wanted}
            return {ident: self.products.card(*one, currency) for ident, one in found.items() if one is not None}

        return await turn.tx.run(work)

    async def picture_of(self, product_id: str, turn: Turn) -> None:
        """A product may be asked for that no page has shown: by its link, or by its id."""
        await self.products.freshen([product_id], turn.tx)
        product = await turn.tx.run(lambda uow: uow.products.get(product_id))
        if product is not None and product.fresh_until is None:
            await self.products.shown([product])

    async def save(self, effect: d.SaveFavourite, turn: Turn) -> list[d.Event]:
        """A heart is given or taken back."""
        person = turn.talk.person_id

        def work(uow: UnitOfWork) -> bool:
            if uow.product_of(effect.product_id, person) is None:
                return False
            if effect.product_id.startswith(OWN):
                uow.items.save(person, effect.product_id, self._items_kept, saved=effect.saved)
            else:
                uow.people.save_favourite(person, effect.product_id, saved=effect.saved)
            return True

        return [] if await turn.tx.run(work) else [d.ProductUnknown(effect.product_id)]

    async def watch(self, effect: d.Watch, turn: Turn) -> list[d.Event]:
        """The person waits for a price, or no longer."""
        talk, ident = turn.talk, effect.product_id

        def work(uow: UnitOfWork) -> bool:
            if not effect.on or ident is None:
                uow.watches.end(talk.person_id, ident)
                return True
            product = uow.products.get(ident)
            if product is None:
                return True
            gone = product.in_stock is False
            return uow.watches.begin(talk.person_id, talk.id, ident, product.price, gone=gone)

        return [] if await turn.tx.run(work) else [d.WatchRefused(ident or "")]
