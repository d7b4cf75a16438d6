"""The product index in PostgreSQL: what goes in and comes out. `storage.searching` says how it is searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.money import amount_of
from catalog.taxonomy import CLOTHING, ancestors, color_families
from catalog.types import Money, Page, Part, Product, Query
from storage.searching import find, may_be_seen
from storage.tables import Favourite, Offer, ProductRow, SearchWord, ToldProduct, Watch

_BATCH = 500
_WORDS_AT_ONCE = 5000

_COLUMNS = (
    "source",
    "title",
    "category",
    "part",
    "picture",
    "picture_back",
    "color",
    "pattern",
    "material",
    "gender",
    "sizes",
    "brand",
    "description",
    "credit",
    "chart",
    "words",
)
"""What a product is. When one of these changes it counts as newer."""

_LIVE = ("ref", "shop", "disclosure", "picture_kept", "fresh_until", "told_at")
_DAILY = ("price", "currency", "gtin", "in_stock", *_LIVE)
"""What may change every day; the product is as old as it was."""

SHOP_PICTURE = "shop:"
"""How the reference of a picture begins that only its shop may keep: the product's id follows."""

LINK_KEPT = timedelta(hours=24)
"""How long such a picture's address may be kept, and with it all that the shop told."""

TOLD_KEPT = timedelta(days=7)
"""How long what a shop told live stays that nobody saved."""


# Of the tables' columns, as in storage.searching.
_PRODUCT: Any = ProductRow.__table__.c
_OFFER: Any = Offer.__table__.c
_PRODUCTS: sa.Select[Any] = sa.select(
    *(_PRODUCT[name] for name in ("id", *_COLUMNS, "gtin", "in_stock", *_LIVE)),
    _OFFER.url,
    _OFFER.price_minor,
    _OFFER.currency,
).select_from(
    ProductRow.__table__.outerjoin(
        Offer.__table__, sa.and_(_OFFER.product_id == _PRODUCT.id, _OFFER.seller == _PRODUCT.source)
    )
)
"""Products with their offer; the row's columns are read by name in _product."""


@dataclass(frozen=True, slots=True)
class ProductPictures:
    """Media keys of a product's pictures; the front's may be `shop:ID` (see SHOP_PICTURE)."""

    front: str
    back: str | None


class PostgresProductIndex:
    """`catalog.ports.ProductIndex` inside the transaction of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, products: Iterable[Product]) -> int:
        """See ProductIndex. A product whose picture changed loses its media until set_pictures is called."""
        total = 0
        words: set[str] = set()
        for batch in _batches(products):
            # Always in the same order, so that two imports cannot lock each other out.
            rows = dict(sorted((product.id, product) for product in batch))
            self._put_rows(list(rows.values()))
            self._put_offers(list(rows.values()))
            total += len(rows)
            words |= self._words_of(rows)
        self._put_words(words)
        return total

    def put_told(self, products: Iterable[Product]) -> None:
        """Keep what shops told live just now, so that it can be tried on and saved. No search of ours finds it."""
        rows = dict(sorted((product.id, product) for product in products if product.fresh_until is not None))
        for batch in _batches(rows.values()):
            self._put_rows(batch)
            self._put_offers(batch)

    def forget_told(self, now: sa.ColumnElement[datetime] | None = None) -> None:
        """End what shops told and nobody saved or watches; the rest, where it may not be kept, is a mere
        reference then. `now` stands for the time of the database.
        """
        saved = sa.or_(
            sa.exists().where(Favourite.product_id == ProductRow.id),
            sa.exists().where(Watch.product_id == ProductRow.id),
        )
        since = (sa.func.now() if now is None else now) - ProductRow.told_at
        fleeting = ProductRow.picture_kept.is_(False)
        old = sa.or_(since > TOLD_KEPT, sa.and_(fleeting, since > LINK_KEPT))
        told = ProductRow.told_at.is_not(None)
        self._session.execute(sa.delete(ProductRow).where(told, old, sa.not_(saved)))
        stale = sa.and_(told, fleeting, since > LINK_KEPT, ProductRow.picture != "")
        ended = self._session.scalars(
            sa.update(ProductRow)
            .where(stale)
            .values(title=ProductRow.category, picture="", description="", price=None, currency=None, words="")
            .returning(ProductRow.id)
        ).all()
        for table in (Offer, ToldProduct):
            self._session.execute(
                sa.update(table).where(table.product_id.in_(ended)).values(price_minor=None, currency=None)
            )

    def picture_link(self, reference: str) -> str | None:
        """The address behind `shop:ID`, while it may be shown."""
        if not reference.startswith(SHOP_PICTURE):
            return None
        link: str | None = self._session.scalar(
            sa.select(ProductRow.picture).where(
                ProductRow.id == reference.removeprefix(SHOP_PICTURE), _linked_picture()
            )
        )
        return link

    def get(self, product_id: str) -> Product | None:
        """See ProductIndex."""
        row = self._session.execute(_PRODUCTS.where(_PRODUCT.id == product_id)).one_or_none()
        return None if row is None else _product(row)

    def known(self, product_ids: Iterable[str]) -> dict[str, Product]:
        """Those of the products that there are, by their ids."""
        rows = self._session.execute(_PRODUCTS.where(_PRODUCT.id.in_(list(product_ids))))
        return {row.id: _product(row) for row in rows}

    def came(self, product_ids: Iterable[str]) -> dict[str, datetime]:
        """When each of the products came, or became another thing."""
        wanted = sa.select(ProductRow.id, ProductRow.updated_at).where(ProductRow.id.in_(list(product_ids)))
        return {row.id: row.updated_at for row in self._session.execute(wanted)}

    def linked(self, urls: Iterable[str]) -> str | None:
        """The id of a product whose page is one of these addresses."""
        return self._session.execute(
            sa.select(Offer.product_id).where(Offer.url.in_(list(urls))).order_by(Offer.product_id).limit(1)
        ).scalar_one_or_none()

    def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See ProductIndex."""
        found = find(self._session, query, limit, offset)
        rows = self._session.execute(_PRODUCTS.where(_PRODUCT.id.in_(found.ids))) if found.ids else ()
        products = {row.id: _product(row) for row in rows}
        return Page(tuple(products[ident] for ident in found.ids), found.total, found.relaxed)

    def pictures(self, product_ids: Iterable[str]) -> dict[str, ProductPictures]:
        """Of those products whose front picture is in the media store, or may be shown by its address."""
        front = sa.func.coalesce(
            ProductRow.picture_media, sa.case((_linked_picture(), SHOP_PICTURE + ProductRow.id))
        )
        rows = self._session.execute(
            sa.select(ProductRow.id, front.label("front"), ProductRow.picture_back_media).where(
                ProductRow.id.in_(list(product_ids)), front.is_not(None)
            )
        )
        return {row.id: ProductPictures(row.front, row.picture_back_media) for row in rows}

    def unpictured(self, product_ids: Iterable[str]) -> list[str]:
        """Those of the products in the index whose picture nobody has fetched yet."""
        wanted = sa.select(ProductRow.id).where(
            ProductRow.id.in_(list(product_ids)), ProductRow.picture_media.is_(None), ProductRow.picture_kept
        )
        return list(self._session.execute(wanted).scalars())

    def set_pictures(self, product_id: str, pictures: ProductPictures) -> None:
        """Say under which media keys the product's pictures are kept."""
        self._session.execute(
            sa.update(ProductRow)
            .where(ProductRow.id == product_id)
            .values(picture_media=pictures.front, picture_back_media=pictures.back, unseen_until=None)
        )

    def hide(self, product_id: str, for_now: timedelta) -> None:
        """Its picture cannot be had: for so long, or until it has another, it is in no search."""
        self._session.execute(
            sa.update(ProductRow).where(ProductRow.id == product_id).values(unseen_until=sa.func.now() + for_now)
        )

    def without_picture(self, source: str, limit: int, after: str = "", *, on_the_web: bool) -> list[Product]:
        """Products on sale whose picture nobody has fetched yet, by id: only those beside their feed, or all."""
        wanted = [
            ProductRow.source == source,
            ProductRow.id > after,
            ProductRow.picture_media.is_(None),
            ProductRow.in_stock.is_not(False),
            may_be_seen(),
        ]
        if not on_the_web:
            wanted.append(ProductRow.picture.not_like("%://%"))
        rows = self._session.execute(_PRODUCTS.where(*wanted).order_by(_PRODUCT.id).limit(limit))
        return [_product(row) for row in rows]

    def _put_rows(self, products: list[Product]) -> None:
        statement = insert(ProductRow).values([_row(product) for product in products])
        new = statement.excluded
        newer, changed = (
            sa.tuple_(*(getattr(ProductRow, name) for name in names)).is_distinct_from(
                sa.tuple_(*(new[name] for name in names))
            )
            for names in (_COLUMNS, _COLUMNS + _DAILY)
        )
        media = {
            f"{name}_media": sa.case(
                (getattr(ProductRow, name).is_not_distinct_from(new[name]), getattr(ProductRow, f"{name}_media"))
            )
            for name in ("picture", "picture_back")
        }
        values: dict[str, sa.ColumnElement[Any]] = {name: new[name] for name in _COLUMNS + _DAILY}
        values |= {
            "unseen_until": sa.case((ProductRow.picture == new["picture"], ProductRow.unseen_until)),
            "updated_at": sa.case((newer, sa.func.now()), else_=ProductRow.updated_at),
        }
        # A row that did not change is not written: its age, and with it "newest first", stays true.
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=values | media, where=changed)
        )

    def _words_of(self, ids: Iterable[str]) -> set[str]:
        stems = sa.func.unnest(sa.func.tsvector_to_array(ProductRow.search)).label("stem")
        return set(self._session.scalars(sa.select(stems).where(ProductRow.id.in_(list(ids))).distinct()))

    def _put_words(self, words: Iterable[str]) -> None:
        """In one go and in order, so that two imports wait for each other and never in a circle."""
        rows = [{"word": word} for word in sorted(words) if word.isalpha()]
        for start in range(0, len(rows), _WORDS_AT_ONCE):
            statement = insert(SearchWord).values(rows[start : start + _WORDS_AT_ONCE])
            self._session.execute(statement.on_conflict_do_nothing())

    def _put_offers(self, products: list[Product]) -> None:
        sold = [product for product in products if product.price is not None or product.url is not None]
        unsold = {product.id for product in products} - {product.id for product in sold}
        self._session.execute(sa.delete(Offer).where(Offer.product_id.in_(unsold)))
        if not sold:
            return
        statement = insert(Offer).values(
            [
                {
                    "product_id": product.id,
                    "seller": product.source,
                    "url": product.url,
                    "price_minor": product.price.minor if product.price else None,
                    "currency": product.price.currency if product.price else None,
                }
                for product in sold
            ]
        )
        names = ("url", "price_minor", "currency")
        new = {name: statement.excluded[name] for name in names}
        changed = sa.tuple_(*(getattr(Offer, name) for name in names)).is_distinct_from(sa.tuple_(*new.values()))
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["product_id", "seller"], set_={**new, "updated_at": sa.func.now()}, where=changed
            )
        )


def _batches(products: Iterable[Product]) -> Iterator[list[Product]]:
    remaining = iter(products)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _row(product: Product) -> dict[str, Any]:  # one value per column of the row, of every column's type
    return {
        "id": product.id,
        "source": product.source,
        "title": product.title,
        "category": product.category,
        "part": product.part,
        "picture": product.picture,
        "picture_back": product.picture_back,
        "color": list(product.color),
        "pattern": product.pattern,
        "material": list(product.material),
        "gender": product.gender,
        "sizes": list(product.sizes),
        "brand": product.brand,
        "description": product.description,
        "credit": product.credit,
        "chart": {size: dict(row) for size, row in product.chart.items()},
        "gtin": product.gtin,
        "in_stock": product.in_stock,
        "words": _words(product),
        "ref": product.ref,
        "shop": product.seller,
        "disclosure": product.disclosure,
        "picture_kept": product.picture_kept,
        "fresh_until": product.fresh_until,
        "told_at": None if product.fresh_until is None else sa.func.now(),
        "price": product.price and amount_of(product.price),
        "currency": product.price and product.price.currency,
    }


def _words(product: Product) -> str:
    broader = (name for name in ancestors(product.category) if name != CLOTHING)
    families = (family for color in product.color for family in color_families(color))
    single = (product.pattern, product.gender, product.brand)
    words = (product.category, *broader, *product.color, *families, *product.material, *filter(None, single))
    return " ".join(dict.fromkeys(words))


def _product(row: sa.Row[Any]) -> Product:
    return Product(
        id=row.id,
        source=row.source,
        title=row.title,
        category=row.category,
        part=cast("Part | None", row.part),
        picture=row.picture,
        picture_back=row.picture_back,
        color=tuple(row.color),
        pattern=row.pattern,
        material=tuple(row.material),
        gender=row.gender,
        sizes=tuple(row.sizes),
        brand=row.brand,
        price=None if row.price_minor is None else Money(row.price_minor, row.currency),
        url=row.url,
        description=row.description,
        credit=row.credit,
        chart={size: {k: (low, high) for k, (low, high) in spans.items()} for size, spans in row.chart.items()},
        gtin=row.gtin,
        in_stock=row.in_stock,
        ref=row.ref,
        seller=row.shop,
        disclosure=row.disclosure,
        picture_kept=row.picture_kept,
        fresh_until=row.fresh_until,
    )


def _linked_picture() -> sa.ColumnElement[bool]:
    """Whether its picture is shown by the shop's address, and may still be."""
    fresh = ProductRow.told_at > sa.func.now() - LINK_KEPT
    return sa.and_(ProductRow.picture_kept.is_(False), ProductRow.picture != "", fresh)
