"""Writes the letter of an order: what there is to say, with its pictures, in the person's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from bot.dialogue.language import speaking
from bot.dialogue.profile import Profile
from bot.mail.content import Gatherer, SavedNews
from bot.mail.letter import Order, Written
from bot.mail.page import Page, Shot
from bot.mail.pictures import Pictures
from bot.mail.readers import Asked, Reader, TriedOn, readers, tried_on
from bot.mail.render import render
from bot.mail.shelf import Shelf, Stock
from bot.mail.words import tidied
from bot.mail.writing import Foot, House, Writer
from bot.products import ProductDesk
from bot.shop_links import ShopLinks
from catalog.types import Money
from storage.items import OWN
from storage.told import Told
from storage.unit_of_work import Database, UnitOfWork

FIRST = timedelta(days=7)
"""How far the first digest looks back."""

MAX_ITEMS = 12
"""Products in one letter of those on the screen, and saved ones whose shops are asked again."""


_Paged = tuple[Page, tuple[Told, ...]]
"""A letter's page, and what its reader knows once it is sent."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A letter to be written, and what suits its reader: None for letters that suggest nothing."""

    order: Order
    profile: Profile
    stock: Stock | None

    @property
    def person(self) -> UUID:
        return self.order.person_id

    @property
    def asked(self) -> Asked:
        order = self.order
        since = order.since or order.now - FIRST
        return Asked(order.person_id, since, order.now, self.profile, self.stock or Stock({}))


class Composer:
    """Shared by all letters of a process. Several orders are written at once, in one transaction.

    Nobody is linked, parted or erased while a letter about them is written; whoever is gone gets none.
    """

    def __init__(
        self,
        database: Database,
        products: ProductDesk,
        house: House,
        now: Callable[[], datetime],
        links: ShopLinks | None = None,
    ) -> None:
        self._database = database
        self._products = products
        self._house = house
        self._links = links or ShopLinks()
        self._gatherer = Gatherer(products, house.rules)
        self._shelf = Shelf(database, products, now)
        self._pictures = Pictures()

    async def write(self, orders: Sequence[Order]) -> list[Written | None]:
        """Their letters, at most one digest for each person; None when there is nothing to say: nothing is new, or
        the person or the picture is gone.
        """
        profiles, stale = await self._database.run(lambda uow: (_profiles(uow, orders), _stale(uow, orders)))
        if stale:
            async with self._database.transaction() as tx:
                await self._products.freshen(stale, tx)
        wanted = [
            _Wanted(order, profile, await self._shelf.stock(profile) if _tells_news(order) else None)
            for order, profile in zip(orders, profiles, strict=True)
        ]
        return await self._database.run(lambda uow: self._written(uow, wanted))

    def _written(self, uow: UnitOfWork, wanted: Sequence[_Wanted]) -> list[Written | None]:
        there = uow.people.stay_all({one.person for one in wanted})
        asked = [one.asked for one in wanted if one.stock is not None and one.person in there]
        known = {reader.asked.id: reader for reader in readers(uow, asked)}
        pages: list[_Paged | None] = []
        writer = Writer(self._house, partial(self._links.led, uow))
        for one in wanted:
            with speaking(one.order.language):
                pages.append(self._page(uow, writer, one, known) if one.person in there else None)
        shown: dict[UUID, set[Shot]] = {one.person: set() for one in wanted}
        for one, paged in zip(wanted, pages, strict=True):
            shown[one.person].update(paged[0].shots() if paged else ())
        pictures = self._pictures.attach(uow, shown)
        written: list[Written | None] = []
        for one, paged in zip(wanted, pages, strict=True):
            if paged is None:
                written.append(None)
                continue
            with speaking(one.order.language):
                letter = render(paged[0], pictures[one.person], brand=self._house.brand, home=self._house.home)
            written.append(Written(letter, paged[1]))
        return written

    def _page(
        self, uow: UnitOfWork, writer: Writer, wanted: _Wanted, known: Mapping[UUID, Reader]
    ) -> _Paged | None:
        order, payload = wanted.order, wanted.order.payload
        foot = Foot(order.stop, order.change)
        match order.kind:
            case "digest" if "product" in payload:
                return self._price(uow, writer, wanted, foot)
            case "digest":
                digest, worse = self._gatherer.digest(known[order.person_id])
                uow.told.keep(order.person_id, worse)
                return None if digest is None else (writer.digest(digest, order.now, foot), digest.told)
            case "confirm":
                return writer.confirm(str(payload["link"]), str(payload.get("when", ""))), ()
            case "sign_in":
                link = self._house.go("link", str(payload["code"]))
                return (writer.sign_in(link, int(payload["minutes"])), ()) if link else None
            case "ready":
                tried = _one_tried_on(uow, order)
                return None if tried is None else (writer.ready(tried, order.now, foot), ())
            case "items":
                return self._items(uow, writer, wanted)

    def _price(self, uow: UnitOfWork, writer: Writer, wanted: _Wanted, foot: Foot) -> _Paged | None:
        """The news of one price; none when it is sold out again, or may not be in a mail."""
        order = wanted.order
        found = uow.product_of(str(order.payload["product"]), order.person_id)
        if found is None or found[0].in_stock is False:
            return None
        card = tidied(self._products.card(*found, wanted.profile.currency))
        was = order.payload.get("was")
        before = Money(int(was[0]), str(was[1])) if was else None
        if not self._house.rules.allows(card) or (before is not None and card.price_minor is None):
            return None
        news = SavedNews(card, before, back=before is None)
        product = found[0]
        told = () if card.id.startswith(OWN) else (Told(card.id, product.price, False, product.sizes),)
        return writer.price(news, order.now, foot), told

    def _items(self, uow: UnitOfWork, writer: Writer, wanted: _Wanted) -> _Paged | None:
        person, payload = wanted.person, wanted.order.payload
        tried = _one_tried_on(uow, wanted.order)
        found = [uow.product_of(str(one), person) for one in payload.get("products", ())[:MAX_ITEMS]]
        cards = [tidied(self._products.card(*one, wanted.profile.currency)) for one in found if one is not None]
        if tried is None and not cards:
            return None
        return writer.items(cards, tried, wanted.order.now), ()


def _tells_news(order: Order) -> bool:
    """Whether it is the digest of whatever is new, and not of one price."""
    return order.kind == "digest" and "product" not in order.payload


def _one_tried_on(uow: UnitOfWork, order: Order) -> TriedOn | None:
    """The try-on that a letter is about."""
    job = order.payload.get("job")
    record = uow.jobs.try_on(UUID(str(job)), order.person_id) if job else None
    found = {} if record is None else tried_on(uow, {order.person_id: [record]})
    return next(iter(found.get(order.person_id, ())), None)


def _profiles(uow: UnitOfWork, orders: Sequence[Order]) -> list[Profile]:
    told = uow.people.preferences_of({order.person_id for order in orders})
    return [Profile.of(told.get(order.person_id, ())) for order in orders]


def _stale(uow: UnitOfWork, orders: Sequence[Order]) -> list[str]:
    """What digests are about and its shop must be asked for again, as before it is shown in the chat."""
    digests = [order for order in orders if order.kind == "digest"]
    if not digests:
        return []
    saved = uow.people.favourites_of([order.person_id for order in digests if _tells_news(order)], MAX_ITEMS)
    about = {one for ids in saved.values() for one in ids}
    about |= {str(order.payload["product"]) for order in digests if not _tells_news(order)}
    known = uow.products.known([one for one in about if not one.startswith(OWN)])
    now = min(order.now for order in digests)
    return [one.id for one in known.values() if one.fresh_until is not None and one.fresh_until <= now]
