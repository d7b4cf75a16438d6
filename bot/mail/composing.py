"""Writes the letter of an order: what there is to say, with its pictures, in the person's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from bot.dialogue.language import speaking
from bot.dialogue.profile import Profile
from bot.mail.content import Gatherer, Reader, SavedNews, tried_on
from bot.mail.letter import Order, Written
from bot.mail.page import Page
from bot.mail.pictures import Pictures
from bot.mail.render import render
from bot.mail.shelf import Shelf, Stock
from bot.mail.words import tidied
from bot.mail.writing import Foot, House, Writer
from bot.products import ProductDesk
from catalog.types import Money
from storage.items import OWN
from storage.told import Told
from storage.unit_of_work import Database, UnitOfWork

FIRST = timedelta(days=7)
"""How far the first digest looks back."""

MAX_ITEMS = 12
"""Products in one letter of those on the screen, and saved ones whose shops are asked again."""


class Composer:
    """Shared by all letters of a process: several are written at once, each in a transaction of its own.

    Nobody is linked, parted or erased while a letter about them is written; whoever is gone gets none.
    """

    def __init__(
        self, database: Database, products: ProductDesk, house: House, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._products = products
        self._house = house
        self._writer = Writer(house)
        self._gatherer = Gatherer(products, house.rules)
        self._shelf = Shelf(database, products, now)
        self._pictures = Pictures()

    async def write(self, order: Order) -> Written | None:
        """The letter; None when there is nothing to say: nothing is new, or the person or the picture is gone."""
        reader, profile, stale = order.person_id, Profile(), list[str]()
        if order.kind == "digest":
            profile, stale = await self._database.run(lambda uow: (_profile(uow, reader), _stale(uow, order)))
        if stale:
            async with self._database.transaction() as tx:
                await self._products.freshen(stale, tx)
        news = order.kind == "digest" and "product" not in order.payload
        stock = await self._shelf.stock(profile) if news else Stock({})
        return await self._database.run(lambda uow: self._written(uow, order, stock))

    def _written(self, uow: UnitOfWork, order: Order, stock: Stock) -> Written | None:
        if not uow.people.stay(order.person_id):
            return None
        with speaking(order.language):
            found = self._page(uow, order, stock)
            if found is None:
                return None
            page, told = found
            pictures = self._pictures.attach(uow, order.person_id, page.shots())
            letter = render(page, pictures, brand=self._house.brand, home=self._house.home)
        return Written(letter, told)

    def _page(self, uow: UnitOfWork, order: Order, stock: Stock) -> tuple[Page, tuple[Told, ...]] | None:
        payload, foot = order.payload, Foot(order.stop, order.change)
        match order.kind:
            case "digest" if "product" in payload:
                return self._price(uow, order, foot)
            case "digest":
                person, profile = order.person_id, _profile(uow, order.person_id)
                reader = Reader(person, order.since or order.now - FIRST, order.now, profile, stock)
                digest = self._gatherer.digest(uow, reader)
                return None if digest is None else (self._writer.digest(digest, order.now, foot), digest.told)
            case "confirm":
                return self._writer.confirm(str(payload["link"]), str(payload.get("when", ""))), ()
            case "sign_in":
                link = self._house.go("link", str(payload["code"]))
                return (self._writer.sign_in(link, int(payload["minutes"])), ()) if link else None
            case "ready":
                record = uow.jobs.try_on(UUID(str(payload["job"])), order.person_id)
                tried = None if record is None else tried_on(uow, order.person_id, record)
                return None if tried is None else (self._writer.ready(tried, order.now, foot), ())
            case "items":
                return self._items(uow, order)

    def _price(self, uow: UnitOfWork, order: Order, foot: Foot) -> tuple[Page, tuple[Told, ...]] | None:
        """The news of one price; none when it is sold out again, or may not be in a mail."""
        found = uow.product_of(str(order.payload["product"]), order.person_id)
        if found is None or found[0].in_stock is False:
            return None
        card = tidied(self._products.card(*found, _profile(uow, order.person_id).currency))
        was = order.payload.get("was")
        before = Money(int(was[0]), str(was[1])) if was else None
        if not self._house.rules.allows(card) or (before is not None and card.price_minor is None):
            return None
        news = SavedNews(card, before, back=before is None)
        product = found[0]
        told = () if card.id.startswith(OWN) else (Told(card.id, product.price, False, product.sizes),)
        return self._writer.price(news, order.now, foot), told

    def _items(self, uow: UnitOfWork, order: Order) -> tuple[Page, tuple[Told, ...]] | None:
        person, job = order.person_id, order.payload.get("job")
        record = uow.jobs.try_on(UUID(str(job)), person) if job else None
        tried = None if record is None else tried_on(uow, person, record)
        found = [uow.product_of(str(one), person) for one in order.payload.get("products", ())[:MAX_ITEMS]]
        currency = _profile(uow, person).currency
        cards = [tidied(self._products.card(*one, currency)) for one in found if one is not None]
        if tried is None and not cards:
            return None
        return self._writer.items(cards, tried, order.now), ()


def _profile(uow: UnitOfWork, person_id: UUID) -> Profile:
    return Profile.of(uow.people.preferences(person_id))


def _stale(uow: UnitOfWork, order: Order) -> list[str]:
    """What a digest is about and its shop must be asked for again, as before it is shown in the chat."""
    product = order.payload.get("product")
    about = [str(product)] if product else uow.people.favourites(order.person_id, MAX_ITEMS)
    known = uow.products.known([one for one in about if not one.startswith(OWN)])
    return [one.id for one in known.values() if one.fresh_until is not None and one.fresh_until <= order.now]
