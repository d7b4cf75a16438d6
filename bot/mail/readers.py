"""Who a digest is for and all that is known for it, read for several people at once: a question to the database
costs more than what is made of its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.dialogue.profile import Profile
from bot.dialogue.types import ProductCard
from bot.mail.shelf import Stock
from bot.mail.words import tidied
from bot.messages import card_in
from catalog.types import Product
from storage.items import OWN
from storage.products import ProductPictures
from storage.records import TryOnRecord
from storage.told import Told
from storage.unit_of_work import UnitOfWork

TRYONS = 3
"""Most try-ons in one mail."""

LOOKED_AT = 40
"""Try-ons and saved things that are looked at for news."""

NOT_AGAIN = timedelta(days=60)
"""What was suggested is not suggested again for so long."""


@dataclass(frozen=True, slots=True)
class TriedOn:
    """A finished try-on: the pieces, and the media keys of the pictures after and before, when those are there."""

    pieces: tuple[ProductCard, ...]
    after: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose digest is wanted: what came since then, and what suits their taste."""

    id: UUID
    since: datetime
    now: datetime
    profile: Profile
    stock: Stock


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known for one digest.

    tried: what they tried on since then; worn: the same, or else what they tried on last; both newest first
    saved: products that they saved, newest first
    products, pictures: those that are saved or were tried on; others may be among them
    came: when products of the stock came
    told: what they know of those, and of what was suggested to them lately
    """

    asked: Asked
    tried: tuple[TriedOn, ...]
    worn: tuple[TriedOn, ...]
    saved: tuple[str, ...]
    products: Mapping[str, Product]
    pictures: Mapping[str, ProductPictures]
    came: Mapping[str, datetime]
    told: Mapping[str, Told]

    @property
    def lately(self) -> frozenset[str]:
        """What was suggested to them lately."""
        since = self.asked.now - NOT_AGAIN
        return frozenset(
            ident for ident, one in self.told.items() if one.suggested_at and one.suggested_at > since
        )


def readers(uow: UnitOfWork, wanted: Sequence[Asked]) -> list[Reader]:
    """One for each."""
    if not wanted:
        return []
    people = [one.id for one in wanted]
    lately = min(one.now for one in wanted) - NOT_AGAIN
    records = uow.jobs.tried_on(people, min(lately, *(one.since for one in wanted)), LOOKED_AT)
    worn = tried_on(uow, records)
    saved = {
        person: tuple(one for one in ids if not one.startswith(OWN))
        for person, ids in uow.people.favourites_of(people, LOOKED_AT).items()
    }
    about = {ident for ids in saved.values() for ident in ids}
    about |= {card.id for found in worn.values() for card in _pieces(found)}
    stocks = {card.id for stock in {id(one.stock): one.stock for one in wanted}.values() for card in stock.all()}
    products, pictures = uow.products.known(about), uow.products.pictures(about)
    came, told = uow.products.came(stocks), uow.told.of(people, about | stocks, lately)
    found = []
    for one in wanted:
        since = {record.media_key for record in records.get(one.id, ()) if record.finished_at > one.since}
        theirs = worn.get(one.id, [])
        tried = tuple(look for look in theirs if look.after in since)
        own = {
            card.id: item
            for card in _pieces(theirs)
            if card.id.startswith(OWN) and (item := uow.items.get(one.id, card.id)) is not None
        }
        found.append(
            Reader(
                one,
                tried,
                tried or tuple(theirs[:TRYONS]),
                saved.get(one.id, ()),
                {**products, **{ident: product for ident, (product, _) in own.items()}} if own else products,
                {**pictures, **{ident: front for ident, (_, front) in own.items()}} if own else pictures,
                came,
                told.get(one.id, {}),
            )
        )
    return found


def tried_on(uow: UnitOfWork, records: Mapping[UUID, Sequence[TryOnRecord]]) -> dict[UUID, list[TriedOn]]:
    """The try-ons of each person of which the picture is still there."""
    if not records:
        return {}
    seen = uow.media.seen_by_each(
        {
            person: [key for record in theirs for key in (record.media_key, _photo(record))]
            for person, theirs in records.items()
        }
    )
    return {person: list(_looks(theirs, seen[person])) for person, theirs in records.items()}


def _looks(records: Sequence[TryOnRecord], seen: frozenset[str]) -> Iterator[TriedOn]:
    for record in records:
        card, photo = record.request.get("card"), _photo(record)
        if card is None or record.media_key not in seen:
            continue
        pieces = tuple(tidied(card_in(one)) for one in (card, *record.request.get("more_cards", ())))
        yield TriedOn(pieces, record.media_key, photo if photo in seen else None)


def _photo(record: TryOnRecord) -> str:
    return str(record.request.get("photo", ""))


def _pieces(looks: Sequence[TriedOn]) -> Iterator[ProductCard]:
    for look in looks:
        yield from look.pieces
