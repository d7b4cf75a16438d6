"""The product index in PostgreSQL: facets filter, full text and trigrams rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, REGCONFIG, insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.money import EXPONENTS, USUAL_EXPONENT
from catalog.relaxing import attempts, categories_meant_by, colors_wanted, families_of, has_facets
from catalog.taxonomy import CATEGORIES, CLOTHING, ancestors, color_families, part_of
from catalog.types import Money, Page, Part, Product, Query, Usual
from catalog.wording import search_terms
from storage.tables import Offer, ProductRow

EXACT_CATEGORY, KIND_OF_CATEGORY, SAME_PART = 3.0, 2.5, 1.0
EXACT_COLOR, KIND_OF_COLOR, SAME_FAMILY = 2.0, 1.5, 1.0
OTHER_FACET = 1.0
WORD, NEARLY_WORD = 1.0, 0.5
LIKED = 0.4
"""What each thing in common adds to a product's closeness. Facets that were given up still count here, so what
is closest comes first; the full-text rank, below 0.5, decides among equals."""

SHORTEST_TYPO = 4
"""Shorter words share trigrams with too much to be taken for a slip."""

_BATCH = 500

_ENGLISH = sa.cast("english", REGCONFIG)

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

_STOCK = ("gtin", "in_stock")
"""What may change every day; the product is as old as it was."""


@dataclass(frozen=True, slots=True)
class ProductPictures:
    """Media keys of a product's pictures."""

    front: str
    back: str | None


class PostgresProductIndex:
    """`catalog.ports.ProductIndex` inside the transaction of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, products: Iterable[Product]) -> int:
        """See ProductIndex. A product whose picture changed loses its media until set_pictures is called."""
        total = 0
        for batch in _batches(products):
            # Always in the same order, so that two imports cannot lock each other out.
            rows = dict(sorted((product.id, product) for product in batch))
            self._put_rows(list(rows.values()))
            self._put_offers(list(rows.values()))
            total += len(rows)
        return total

    def get(self, product_id: str) -> Product | None:
        """See ProductIndex."""
        row = self._session.execute(_products().where(ProductRow.id == product_id)).one_or_none()
        return None if row is None else _product(row)

    def known(self, product_ids: Iterable[str]) -> dict[str, Product]:
        """Those of the products that there are, by their ids."""
        rows = self._session.execute(_products().where(ProductRow.id.in_(list(product_ids))))
        return {row.id: _product(row) for row in rows}

    def linked(self, urls: Iterable[str]) -> str | None:
        """The id of a product whose page is one of these addresses."""
        return self._session.execute(
            sa.select(Offer.product_id).where(Offer.url.in_(list(urls))).order_by(Offer.product_id).limit(1)
        ).scalar_one_or_none()

    def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See ProductIndex."""
        terms = search_terms(" ".join((query.text, *query.style)))
        for attempt in attempts(query):
            statement = _search(attempt.query, query, terms, limit, offset)
            rows = self._session.execute(statement).all()
            if total := rows[0].total:
                found = tuple(_product(row) for row in rows if row.id is not None)
                return Page(found, total, attempt.relaxed)
        return Page((), 0)

    def pictures(self, product_ids: Iterable[str]) -> dict[str, ProductPictures]:
        """The pictures of those products whose front picture is in the media store."""
        rows = self._session.execute(
            sa.select(ProductRow.id, ProductRow.picture_media, ProductRow.picture_back_media).where(
                ProductRow.id.in_(list(product_ids)), ProductRow.picture_media.is_not(None)
            )
        )
        return {row.id: ProductPictures(row.picture_media, row.picture_back_media) for row in rows}

    def unpictured(self, product_ids: Iterable[str]) -> list[str]:
        """Those of the products in the index whose picture nobody has fetched yet."""
        wanted = sa.select(ProductRow.id).where(
            ProductRow.id.in_(list(product_ids)), ProductRow.picture_media.is_(None)
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
            _may_be_seen(),
        ]
        if not on_the_web:
            wanted.append(ProductRow.picture.not_like("%://%"))
        rows = self._session.execute(_products().where(*wanted).order_by(ProductRow.id).limit(limit))
        return [_product(row) for row in rows]

    def _put_rows(self, products: list[Product]) -> None:
        statement = insert(ProductRow).values([_row(product) for product in products])
        new = statement.excluded
        newer, changed = (
            sa.tuple_(*(getattr(ProductRow, name) for name in names)).is_distinct_from(
                sa.tuple_(*(new[name] for name in names))
            )
            for names in (_COLUMNS, _COLUMNS + _STOCK)
        )
        media = {
            f"{name}_media": sa.case(
                (getattr(ProductRow, name).is_not_distinct_from(new[name]), getattr(ProductRow, f"{name}_media"))
            )
            for name in ("picture", "picture_back")
        }
        values: dict[str, sa.ColumnElement[Any]] = {name: new[name] for name in _COLUMNS + _STOCK}
        values |= {
            "unseen_until": sa.case((ProductRow.picture == new["picture"], ProductRow.unseen_until)),
            "updated_at": sa.case((newer, sa.func.now()), else_=ProductRow.updated_at),
        }
        # A row that did not change is not written: its age, and with it "newest first", stays true.
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=values | media, where=changed)
        )

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
    }


def _words(product: Product) -> str:
    broader = (name for name in ancestors(product.category) if name != CLOTHING)
    families = (family for color in product.color for family in color_families(color))
    single = (product.pattern, product.gender, product.brand)
    words = (product.category, *broader, *product.color, *families, *product.material, *filter(None, single))
    return " ".join(dict.fromkeys(words))


def _products() -> sa.Select[Any]:
    """Products with their offer; the row's columns are read by name in _product."""
    columns = [getattr(ProductRow, name) for name in ("id", *_COLUMNS, *_STOCK)]
    return sa.select(*columns, Offer.url, Offer.price_minor, Offer.currency).outerjoin(Offer, _own_offer())


def _own_offer() -> sa.ColumnElement[bool]:
    return sa.and_(Offer.product_id == ProductRow.id, Offer.seller == ProductRow.source)


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
    )


def _search(query: Query, wanted: Query, terms: Sequence[str], limit: int, offset: int) -> sa.Select[Any]:
    """One page and the total, in one statement: at least one row, whose id is NULL when the page is empty.

    `query` filters; `wanted`, which may ask for more, ranks.
    """
    # What cannot be bought or seen is in no search.
    on_sale = (ProductRow.in_stock.is_not(False), _may_be_seen())
    filters = [*on_sale, *_facet_filters(query), *_exclusions(query.exclude), *_usual_filters(query.usual)]
    # A wish with facets is found by them; one of words alone needs a word in common, so nonsense finds nothing.
    if terms and not has_facets(wanted):
        filters.append(sa.or_(*(_says(term) for term in terms), *map(_nearly_says, filter(_may_be_typo, terms))))
    price = sa.cast(Offer.price_minor, sa.Numeric) / _minor_per_unit()
    hits = (
        sa.select(
            ProductRow.id.label("hit_id"),
            (_facet_score(wanted) + _liked_score(wanted.usual.liked) + _word_score(terms)).label("closeness"),
            price.label("price"),
            ProductRow.updated_at.label("at"),
        )
        .outerjoin(Offer, _own_offer())
        .where(*filters)
        .cte("hits")
    )
    order = [*_order(query.sort, hits), hits.c.closeness.desc(), hits.c.hit_id.collate("C")]
    page = (
        sa.select(hits.c.hit_id, sa.func.row_number().over(order_by=order).label("position"))
        .order_by("position")
        .limit(limit)
        .offset(offset)
        .subquery("page")
    )
    counted = sa.select(sa.func.count().label("total")).select_from(hits).subquery("counted")
    products = _products().subquery("found")
    return (
        sa.select(counted.c.total, products)
        .select_from(counted.outerjoin(page, sa.true()).outerjoin(products, products.c.id == page.c.hit_id))
        .order_by(page.c.position)
    )


def _may_be_seen() -> sa.ColumnElement[bool]:
    return sa.or_(ProductRow.unseen_until.is_(None), ProductRow.unseen_until < sa.func.now())


def _facet_filters(query: Query) -> Iterator[sa.ColumnElement[bool]]:
    if query.category:
        yield ProductRow.category.in_(sorted(categories_meant_by(query.category)))
    if query.color:
        yield _overlaps(ProductRow.color, sorted(colors_wanted(query.color)))
    if query.pattern:
        yield ProductRow.pattern.in_(query.pattern)
    if query.material:
        yield _overlaps(ProductRow.material, query.material)
    if query.brand:
        yield sa.func.lower(ProductRow.brand).in_([brand.lower() for brand in query.brand])
    if query.size:
        yield _overlaps(ProductRow.sizes, query.size)
    if query.source:
        yield ProductRow.source.in_(query.source)
    if query.gender:
        # Most shops leave it out for what anyone can wear.
        yield sa.or_(ProductRow.gender.in_((query.gender, "unisex")), ProductRow.gender.is_(None))
    if query.price_min is not None:
        yield Offer.price_minor >= sa.literal(query.price_min, sa.Numeric) * _minor_per_unit()
    if query.price_max is not None:
        yield Offer.price_minor <= sa.literal(query.price_max, sa.Numeric) * _minor_per_unit()
    if query.currency and (query.price_min is not None or query.price_max is not None):
        yield Offer.currency == query.currency


def _usual_filters(usual: Usual) -> Iterator[sa.ColumnElement[bool]]:
    """Whatever is not known to be otherwise."""
    if usual.size:
        yield sa.or_(sa.func.cardinality(ProductRow.sizes) == 0, _overlaps(ProductRow.sizes, usual.size))
    if usual.gender:
        yield sa.or_(ProductRow.gender.in_((usual.gender, "unisex")), ProductRow.gender.is_(None))
    if usual.price_max is not None:
        too_dear = Offer.price_minor > sa.literal(usual.price_max, sa.Numeric) * _minor_per_unit()
        comparable = Offer.currency == usual.price_currency if usual.price_currency else sa.true()
        yield sa.and_(too_dear, comparable).is_not(sa.true())
    if usual.currency:
        yield (Offer.currency != usual.currency).is_not(sa.true())
    yield from _exclusions(usual.exclude)


def _exclusions(exclude: Mapping[str, tuple[str, ...]]) -> Iterator[sa.ColumnElement[bool]]:
    for unwanted in _matches(exclude):
        # NULL means unknown, and what is unknown is not known to be unwanted.
        yield unwanted.is_not(sa.true())


def _matches(facets: Mapping[str, tuple[str, ...]]) -> Iterator[sa.ColumnElement[bool]]:
    """For each facet: whether a product has one of these values; NULL when that is not known."""
    found: sa.ColumnElement[bool]
    for name, values in facets.items():
        match name:
            case "id":
                found = ProductRow.id.in_(values)
            case "category":
                found = ProductRow.category.in_(sorted(categories_meant_by(values)))
            case "color":
                found = _overlaps(ProductRow.color, sorted(colors_wanted(values)))
            case "material":
                found = _overlaps(ProductRow.material, values)
            case "size":
                known = sa.func.cardinality(ProductRow.sizes) > 0
                found = sa.and_(known, ProductRow.sizes.op("<@", is_comparison=True)(_texts(values)))
            case "pattern" | "gender" | "source":
                found = getattr(ProductRow, name).in_(values)
            case "brand":
                found = sa.func.lower(ProductRow.brand).in_([value.lower() for value in values])
            case _:
                found = sa.or_(sa.false(), *(_says(term) for term in search_terms(" ".join(values))))
        yield found


def _facet_score(wanted: Query) -> sa.ColumnElement[float]:
    parts = sorted({part for name in wanted.category if (part := part_of(name))})
    families = colors_wanted(families_of(wanted.color))
    scores = [
        sa.case(
            (ProductRow.category.in_(wanted.category), EXACT_CATEGORY),
            (ProductRow.category.in_(sorted(categories_meant_by(wanted.category))), KIND_OF_CATEGORY),
            (ProductRow.part.in_(parts), SAME_PART),
            else_=0.0,
        )
        if wanted.category
        else None,
        sa.case(
            (_overlaps(ProductRow.color, wanted.color), EXACT_COLOR),
            (_overlaps(ProductRow.color, sorted(colors_wanted(wanted.color))), KIND_OF_COLOR),
            (_overlaps(ProductRow.color, sorted(families)), SAME_FAMILY),
            else_=0.0,
        )
        if wanted.color
        else None,
        _credit(ProductRow.pattern.in_(wanted.pattern)) if wanted.pattern else None,
        _credit(_overlaps(ProductRow.material, wanted.material)) if wanted.material else None,
        _credit(sa.func.lower(ProductRow.brand).in_([b.lower() for b in wanted.brand])) if wanted.brand else None,
        _credit(_overlaps(ProductRow.sizes, wanted.size)) if wanted.size else None,
        _credit(ProductRow.gender.in_((wanted.gender, "unisex"))) if wanted.gender else None,
    ]
    return _sum(score for score in scores if score is not None)


def _liked_score(liked: Mapping[str, tuple[str, ...]]) -> sa.ColumnElement[float]:
    """One thing in it that they like decides among what is equally close; several of them do no more."""
    if not liked:
        return sa.literal(0.0)
    # What is unwanted and what is liked are found in the same way.
    return sa.case((sa.or_(*_matches(liked)), LIKED), else_=0.0)


def _word_score(terms: Sequence[str]) -> sa.ColumnElement[float]:
    if not terms:
        return sa.literal(0.0)
    matched = []
    for term in terms:
        nearly = [(_nearly_says(term), NEARLY_WORD)] if _may_be_typo(term) else []
        matched.append(sa.case((_says(term), WORD), *nearly, else_=0.0))
    any_term = sa.func.websearch_to_tsquery(_ENGLISH, " or ".join(f'"{term}"' for term in terms))
    # 32: rank / (rank + 1), so that however often a word stands there it weighs less than another word.
    rank = sa.func.ts_rank_cd(ProductRow.search, any_term, 32, type_=sa.Float)
    return _sum([*matched, rank * 0.5])


def _order(sort: str | None, hits: sa.CTE) -> list[sa.ColumnElement[Any]]:
    match sort:
        case "price_asc":
            return [hits.c.price.asc().nulls_last()]
        case "price_desc":
            return [hits.c.price.desc().nulls_last()]
        case "newest":
            return [hits.c.at.desc()]
    return []


def _says(term: str) -> sa.ColumnElement[bool]:
    # Quoted, a term is a phrase; the words that search_terms gives hold no quotes.
    return ProductRow.search.op("@@", is_comparison=True)(sa.func.websearch_to_tsquery(_ENGLISH, f'"{term}"'))


def _nearly_says(term: str) -> sa.ColumnElement[bool]:
    return sa.literal(term).op("<%", is_comparison=True)(ProductRow.title)


def _may_be_typo(term: str) -> bool:
    return len(term) >= SHORTEST_TYPO and term.isalpha() and term not in CATEGORIES


def _minor_per_unit() -> sa.ColumnElement[int]:
    return sa.case(
        {code: 10**places for code, places in EXPONENTS.items()}, value=Offer.currency, else_=10**USUAL_EXPONENT
    )


def _credit(matches: sa.ColumnElement[bool]) -> sa.ColumnElement[float]:
    return sa.case((matches, OTHER_FACET), else_=0.0)


def _sum(scores: Iterable[sa.ColumnElement[float]]) -> sa.ColumnElement[float]:
    total: sa.ColumnElement[float] = sa.literal(0.0)
    for score in scores:
        total = total + score
    return total


def _overlaps(column: InstrumentedAttribute[list[str]], values: Iterable[str]) -> sa.ColumnElement[bool]:
    return column.op("&&", is_comparison=True)(_texts(values))


def _texts(values: Iterable[str]) -> sa.ColumnElement[Any]:
    return sa.cast(list(values), ARRAY(sa.Text))
