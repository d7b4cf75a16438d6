"""Which of some products have what is wanted, and which come closest: the rules of an index, over a list.

It knows no stems, only plurals; an index of its own does that better and passes the same contract suite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from rapidfuzz import fuzz

from catalog.money import amount_of
from catalog.relaxing import (
    Attempt,
    attempts,
    categories_meant_by,
    colors_wanted,
    genders_wanted,
    has_facets,
    materials_wanted,
    patterns_wanted,
)
from catalog.synonyms import names_of
from catalog.taxonomy import ancestors, color_families, fold
from catalog.types import Page, Product, Query, Usual
from catalog.wording import search_terms, terms_of


def closest(
    products: Sequence[Product],
    query: Query,
    limit: int,
    offset: int,
    ladder: Callable[[Query], Iterable[Attempt]] = attempts,
) -> Page:
    """A page of them as `ProductIndex.search` gives it; for "newest" the last ones come first. `ladder` says what
    is given up, and in which order.
    """
    terms = terms_of(query)
    by_words = bool(terms) and not has_facets(query)
    for attempt in ladder(query):
        found = [
            product
            for product in products
            if satisfies(product, attempt.query) and (not by_words or word_score(product, terms))
        ]
        if found:
            if query.sort == "newest":
                found.reverse()
            else:
                found.sort(key=lambda product: (-closeness(product, query, terms), product.id))
            found = in_order(found, query.sort)
            return Page(tuple(found[offset : offset + limit]), len(found), attempt.relaxed)
    return Page((), 0)


def in_order(products: Iterable[Product], sort: str | None) -> list[Product]:
    """By price where that is asked for, those without one last; equal ones and all others as they are."""
    if sort not in ("price_asc", "price_desc"):
        return list(products)
    sign = 1 if sort == "price_asc" else -1
    return sorted(products, key=lambda product: (product.price is None, sign * amount(product)))


def amount(product: Product) -> Decimal:
    """The price in whole units of its currency; 0 without a price."""
    return amount_of(product.price) if product.price else Decimal()


def satisfies(product: Product, query: Query) -> bool:
    """Whether a product has every facet that is wanted and none that is not; what it does not say it has not.
    What is sold out satisfies nobody.
    """
    return all(
        (
            product.in_stock is not False,
            not (kinds := query.category or query.suited) or product.category in categories_meant_by(kinds),
            not query.color or not colors_wanted(query.color).isdisjoint(product.color),
            not query.pattern or product.pattern in patterns_wanted(query.pattern),
            not query.material or not set(materials_wanted(query.material)).isdisjoint(product.material),
            not query.brand or _HAS["brand"](product, query.brand),
            not query.size or not set(query.size).isdisjoint(product.sizes),
            not query.source or product.source in query.source,
            not query.gender or product.gender in (*genders_wanted(query.gender), None),
            _affordable(product, query),
            not _has_any(product, query.exclude),
            _is_usual(product, query.usual),
        )
    )


def _has_any(product: Product, facets: Mapping[str, tuple[str, ...]]) -> bool:
    return any(_HAS.get(name, _says_any)(product, values) for name, values in facets.items())


def _is_usual(product: Product, usual: Usual) -> bool:
    return all(
        (
            not usual.size or not product.sizes or not set(usual.size).isdisjoint(product.sizes),
            not usual.gender or product.gender in (*genders_wanted(usual.gender), None),
            usual.price_max is None
            or product.price is None
            or usual.price_currency not in (None, product.price.currency)
            or amount(product) <= Decimal(str(usual.price_max)),
            not usual.currency or product.price is None or product.price.currency == usual.currency,
            not _has_any(product, usual.exclude),
        )
    )


def _affordable(product: Product, query: Query) -> bool:
    if query.price_min is None and query.price_max is None:
        return True
    if product.price is None or (query.currency and product.price.currency != query.currency):
        return False
    price = amount(product)
    above = query.price_min is None or price >= Decimal(str(query.price_min))
    return above and (query.price_max is None or price <= Decimal(str(query.price_max)))


_HAS: dict[str, Callable[[Product, tuple[str, ...]], bool]] = {
    "id": lambda product, values: product.id in values,
    "category": lambda product, values: product.category in categories_meant_by(values),
    "color": lambda product, values: not colors_wanted(values).isdisjoint(product.color),
    "pattern": lambda product, values: product.pattern in values,
    "material": lambda product, values: not set(values).isdisjoint(product.material),
    "brand": lambda product, values: (product.brand or "").lower() in {value.lower() for value in values},
    "size": lambda product, values: bool(product.sizes) and set(product.sizes) <= set(values),
    "gender": lambda product, values: product.gender in values,
    "source": lambda product, values: product.source in values,
}


def _says_any(product: Product, values: tuple[str, ...]) -> bool:
    return any(_says(_said(product), term) for term in search_terms(" ".join(values)))


def closeness(product: Product, wanted: Query, terms: Sequence[str]) -> float:
    """How much of what is wanted a product has, given up or not."""
    facets = (
        product.category in wanted.category,
        product.category in categories_meant_by(wanted.category or wanted.suited),
        not set(wanted.color).isdisjoint(product.color),
        not colors_wanted(wanted.color).isdisjoint(product.color),
        0.75 * (product.pattern in patterns_wanted(wanted.pattern)),
        0.25 * (product.pattern in wanted.pattern),
        0.75 * (not set(materials_wanted(wanted.material)).isdisjoint(product.material)),
        0.25 * (not set(wanted.material).isdisjoint(product.material)),
        _HAS["brand"](product, wanted.brand),
        not set(wanted.size).isdisjoint(product.sizes),
        wanted.gender is not None and 0.75 * (product.gender in genders_wanted(wanted.gender)),
        wanted.gender is not None and 0.25 * (product.gender in (wanted.gender, "unisex")),
    )
    liked = 0.4 * _has_any(product, wanted.usual.liked)
    return sum(facets) + liked + word_score(product, terms)


def word_score(product: Product, terms: Sequence[str]) -> float:
    """How many of the words a product says; in its title a little more, a slip away half."""
    title, said = f" {_stem(product.title)} ", _said(product)
    words = fold(product.title).split()
    return sum(
        1.25 * _says(title, term) or 1.0 * _says(said, term) or 0.5 * _nearly(term, words) for term in terms
    )


def _nearly(term: str, words: Iterable[str]) -> bool:
    return len(term) > 3 and any(fuzz.ratio(term, word, score_cutoff=80) for word in words)


def _said(product: Product) -> str:
    families = (family for color in product.color for family in color_families(color))
    texts = (
        product.title,
        product.description,
        product.category,
        *ancestors(product.category)[:-1],
        *product.color,
        *families,
        *product.material,
        *filter(None, (product.pattern, product.gender, product.brand)),
    )
    return f" {' '.join(_stem(text) for text in texts)} "


def _says(said: str, term: str) -> bool:
    return any(f" {_stem(name)} " in said for name in names_of(term))


def _stem(text: str) -> str:
    return " ".join(word.removesuffix("s") for word in fold(text).split())
