"""Garments that people brought themselves: each is seen by one person, and by no search."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.types import Money, Part, Product
from storage.holdings import Holdings
from storage.products import ProductPictures
from storage.tables import Item

OWN = "own:"
"""How the ids of such items begin; no product of a shop has a colon in its id."""

GARMENT = "garment"
"""As what the person holds the picture of an item."""


def item_id(person_id: UUID, media_key: str) -> str:
    """The id of this person's item with that picture: the same picture sent again is the same item."""
    return OWN + hashlib.sha256(f"{person_id}:{media_key}".encode()).hexdigest()[:12]


class Items:
    """Rows about private items inside one transaction."""

    def __init__(self, session: Session, media: Holdings) -> None:
        self._session = session
        self._media = media

    def keep(
        self, person_id: UUID, product: Product, picture: bytes, size: tuple[int, int], kept: timedelta
    ) -> str:
        """Keep an item with its clean JPEG for `kept`; returns its id. What `product` says of those is not read.

        An item that was saved stays saved, without a term. Raises MediaUnavailable.
        """
        key = self._media.keep(picture, GARMENT, "image/jpeg", person_id, size=size, kept=kept)
        ident = item_id(person_id, key)
        values = {
            "source": product.source,
            "title": product.title,
            "category": product.category,
            "part": product.part,
            "color": list(product.color),
            "sizes": list(product.sizes),
            "brand": product.brand,
            "url": product.url,
            "price_minor": product.price.minor if product.price else None,
            "currency": product.price.currency if product.price else None,
            "expires_at": func.now() + kept,
        }
        saved = self._session.execute(
            insert(Item)
            .values(person_id=person_id, id=ident, media_key=key, **values)
            .on_conflict_do_update(index_elements=["person_id", "id"], set_=values)
            .returning(Item.saved_at)
        ).scalar_one()
        if saved is not None:
            self._set_term(person_id, ident, key, None)
        return ident

    def get(self, person_id: UUID, ident: str) -> tuple[Product, ProductPictures] | None:
        """The item, when it is this person's and its term is not over."""
        row = self._session.execute(
            select(Item).where(
                Item.person_id == person_id,
                Item.id == ident,
                func.coalesce(Item.expires_at > func.now(), True),
            )
        ).scalar_one_or_none()
        if row is None:
            return None
        price = None if row.price_minor is None or row.currency is None else Money(row.price_minor, row.currency)
        product = Product(
            id=row.id,
            source=row.source,
            title=row.title,
            category=row.category,
            part=cast("Part", row.part),
            picture=row.media_key,
            color=tuple(row.color),
            sizes=tuple(row.sizes),
            brand=row.brand,
            price=price,
            url=row.url,
        )
        return product, ProductPictures(row.media_key, None)

    def save(self, person_id: UUID, ident: str, kept: timedelta, *, saved: bool) -> None:
        """A saved item stays until it is removed; one that is no longer saved gets its term again."""
        key = self._session.execute(
            update(Item)
            .where(Item.person_id == person_id, Item.id == ident)
            .values(saved_at=func.coalesce(Item.saved_at, func.now()) if saved else None)
            .returning(Item.media_key)
        ).scalar_one_or_none()
        if key is not None:
            self._set_term(person_id, ident, key, None if saved else kept)

    def _set_term(self, person_id: UUID, ident: str, key: str, kept: timedelta | None) -> None:
        until = None if kept is None else func.now() + kept
        self._session.execute(
            update(Item).where(Item.person_id == person_id, Item.id == ident).values(expires_at=until)
        )
        self._media.set_term(person_id, key, GARMENT, kept)
