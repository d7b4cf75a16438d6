"""What may be suggested: a choice of our own catalogue for each kind of taste, looked up once for many people.

Shops that are asked live are not asked for mails: they bear a question a second, and a digest has thousands.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.dialogue.profile import Profile
from bot.dialogue.styling.outfits import PLACES, Brief, Outfit, Place, acceptable, affordable, build, place_of
from bot.dialogue.types import ProductCard
from bot.dialogue.usual import usual_of
from bot.effects.shopping import WORN_AT
from bot.mail.words import tidied
from bot.products import ProductDesk
from catalog.query import query_from_slots
from catalog.types import Product
from storage.unit_of_work import Database, UnitOfWork

CLOSEST, NEWEST = 16, 8
"""Products of each place: those that come first for this taste, and the newest."""

COMBINED = 8
"""Of each place, so many are combined to outfits: a mail is written in milliseconds."""

PICTURED = 4
"""Of each place, so many get their picture fetched when nobody has seen them yet."""

FRESH = timedelta(minutes=10)
TASTES_KEPT = 64


@dataclass(frozen=True, slots=True)
class Stock:
    """What a taste may be shown, by place on the body, best first; and the outfits out of it, best first."""

    by_place: dict[Place, tuple[ProductCard, ...]]
    outfits: tuple[Outfit, ...] = ()

    def all(self) -> list[ProductCard]:
        """Every one, place by place."""
        return [card for place in PLACES for card in self.by_place.get(place, ())]

    @classmethod
    def of(cls, by_place: dict[Place, tuple[ProductCard, ...]], taste: Profile) -> Stock:
        """All outfits are made here, once: for a single mail that would take longer than everything else."""
        return cls(by_place, _outfits(by_place, Brief(profile=taste)))

    def outfit(self, profile: Profile, anchor: ProductCard | None, without: frozenset[str]) -> Outfit | None:
        """The best one around this piece that has nothing of what is left out; without a piece the best of all."""
        outfits = self.outfits
        if anchor is not None:
            outfits = _outfits(self.by_place, Brief((anchor,), profile=profile, without=without - {anchor.id}))
        return next((one for one in outfits if anchor or not without & {card.id for card in one.pieces}), None)


class Shelf:
    """Shared by all letters of a process."""

    def __init__(self, database: Database, products: ProductDesk, now: Callable[[], datetime]) -> None:
        self._database = database
        self._products = products
        self._now = now
        self._kept: OrderedDict[Profile, tuple[datetime, Stock]] = OrderedDict()

    async def stock(self, profile: Profile) -> Stock:
        """What suits this profile, at most FRESH old."""
        taste = Profile(tuple(sorted(fact for fact in profile.facts if fact.topic != "language")))
        at, kept = self._kept.get(taste, (None, None))
        if at is not None and kept is not None and self._now() - at < FRESH:
            self._kept.move_to_end(taste)
            return kept
        found = await self._database.run(lambda uow: _looked_up(uow, taste))
        await self._products.shown(one for products in found.values() for one in products[:PICTURED])
        made = await self._database.run(lambda uow: self._made(uow, found, taste))
        self._kept[taste] = (self._now(), made)
        while len(self._kept) > TASTES_KEPT:
            self._kept.popitem(last=False)
        return made

    def _made(self, uow: UnitOfWork, found: dict[Place, list[Product]], taste: Profile) -> Stock:
        budget = taste.budget()
        brief = Brief(profile=taste)
        if budget is not None:
            brief = replace(brief, most=Decimal(str(budget[0])), currency=budget[1])
        by_place: dict[Place, tuple[ProductCard, ...]] = {}
        for place, products in found.items():
            pictures = uow.products.pictures([one.id for one in products])
            cards = [
                tidied(self._products.card(one, pictures[one.id], taste.currency))
                for one in products
                if one.id in pictures
            ]
            by_place[place] = tuple(
                card
                for card in cards
                if place_of(card) == place and acceptable(card, brief) and affordable([card], brief)
            )
        return Stock.of(by_place, taste)


def _outfits(by_place: dict[Place, tuple[ProductCard, ...]], brief: Brief) -> tuple[Outfit, ...]:
    """All of two pieces or more."""
    few = {place: cards[:COMBINED] for place, cards in by_place.items()}
    return tuple(found for found in build(brief, few, limit=None) if len(found.pieces) > 1)


def _looked_up(uow: UnitOfWork, taste: Profile) -> dict[Place, list[Product]]:
    found: dict[Place, list[Product]] = {}
    for place in PLACES:
        products: dict[str, Product] = {}
        for sort, limit in ((None, CLOSEST), ("newest", NEWEST)):
            slots = {"category": list(WORN_AT[place]), "sort": sort}
            query = query_from_slots("", slots, usual_of(taste, slots))
            products |= {one.id: one for one in uow.products.search(query, limit).products}
        found[place] = list(products.values())
    return found
