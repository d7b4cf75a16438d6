"""Search in PostgreSQL that takes as long over a million products as over a thousand.

An index finds what has the facets; of that at most WINDOW products are looked at, those that say more of the words
first, and only they are scored, counted and sorted. So the closest come first among the first WINDOW, and nobody
pages further. Where fewer match, and mostly they do, the answer is the same as if all had been looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, REGCONFIG, TSQUERY
from sqlalchemy.dialects.postgresql import array as sa_array
from sqlalchemy.orm import Session

from catalog.relaxing import (
    Attempt,
    attempts,
    categories_meant_by,
    colors_wanted,
    families_of,
    genders_wanted,
    has_facets,
    materials_wanted,
    patterns_wanted,
)
from catalog.synonyms import names_of
from catalog.taxonomy import CATEGORIES, fold, part_of
from catalog.types import Query, Usual
from catalog.wording import search_terms, terms_of
from storage.tables import ProductRow

WINDOW = 1000
"""Products that one search looks at, at most, and the largest total it tells."""

EXACT_CATEGORY, KIND_OF_CATEGORY, SAME_PART = 3.0, 2.5, 1.0
EXACT_COLOR, KIND_OF_COLOR, SAME_FAMILY = 2.0, 1.5, 1.0
OTHER_FACET, KIND_OF_FACET = 1.0, 0.75
WORD_IN_TITLE, WORD, NEARLY_WORD = 1.25, 1.0, 0.5
LIKED = 0.4
"""What each thing in common adds to a product's closeness. Facets that were given up still count here, so what
is closest comes first."""

SHORTEST_TYPO = 4
"""Shorter words share trigrams with too much to be taken for a slip."""

SIMILAR = 0.45
"""Trigrams in common, as a share, of a slip ("hodie") and what was meant ("hoodie"): 0.57 of their stems."""

ATTEMPTS_AT_ONCE = 8
FEW_KINDS = 12
"""More have an index scan each to be planned, and a look at all facets is quicker."""

# Columns of the table, not of the mapped class: of those each search would be taken for a query of objects.
_PRODUCT: Any = ProductRow.__table__.c

_ENGLISH = sa.cast("english", REGCONFIG)

_SETTINGS = sa.text(
    # The planner takes the first WINDOW of a tenth of the table for easy to find by reading all of it, which is so
    # until a feed comes sorted. Compiling and starting helpers takes longer than any search.
    "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),"
    " set_config('max_parallel_workers_per_gather', '0', true), set_config('work_mem', '16MB', true),"
    f" set_config('pg_trgm.similarity_threshold', '{SIMILAR}', true)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of a page, how many there are, and what was given up for them."""

    ids: tuple[str, ...]
    total: int
    relaxed: tuple[str, ...]


def find(session: Session, query: Query, limit: int, offset: int) -> Found:
    """See ProductIndex.search. Leaves settings that suit it until the end of the transaction."""
    session.execute(_SETTINGS)
    words = _words(session, terms_of(query))
    ladder = attempts(query)
    attempt: Attempt | None = next(ladder)
    while attempt is not None:
        rows = session.execute(page_of(attempt.query, query, words, limit, offset)).all()
        total: int = rows[0].total
        if total:
            if query.sort in _IN_ORDER and total == WINDOW:
                rows = session.execute(_sorted_page(attempt.query, query, words, limit, offset)).all()
            return Found(tuple(row.id for row in rows if row.id is not None), total, attempt.relaxed)
        attempt = _next_with_any(session, ladder, query, words)
    return Found((), 0, ())


def _next_with_any(
    session: Session, ladder: Iterator[Attempt], wanted: Query, words: Sequence[Word]
) -> Attempt | None:
    """The first attempt that finds something, of several at a time: the server looks no further than that one."""
    while some := list(islice(ladder, ATTEMPTS_AT_ONCE)):
        finds = (
            sa.select(_PRODUCT.id).where(*_conditions(attempt.query, wanted, words)).exists() for attempt in some
        )
        first = sa.case(*((found, at) for at, found in enumerate(finds)))
        at: int | None = session.scalar(sa.select(first))
        if at is not None:
            return some[at]
    return None


_Row = Any
"""The table's columns, or those of a subquery that has them."""


# --- words ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """A term; `near` are stems that it may be a slip of, `known` says that some product says one of them."""

    term: str
    near: tuple[str, ...] = ()
    known: bool = True

    def said(self, weight: str = "", joint: str = "<->") -> sa.ColumnElement[Any]:
        """The tsquery for the term under any of its names."""
        names = (
            f" {joint} ".join(f"{_quoted(word)}{weight}" for word in fold(name).split())
            for name in names_of(self.term)
        )
        return sa.func.to_tsquery(_ENGLISH, " | ".join(f"({name})" for name in names if name), type_=TSQUERY)

    def nearly(self) -> sa.ColumnElement[Any] | None:
        """The tsquery for what may have been meant."""
        return sa.cast(" | ".join(map(_quoted, self.near)), TSQUERY) if self.near else None

    def meant(self) -> sa.ColumnElement[Any]:
        """The tsquery for either. Words of one name may stand apart: the index does not know their places, and
        reading every product that says "machine" and "wash" for one that says them together takes too long.
        """
        said, near = self.said(joint="&"), self.nearly()
        return said if near is None else said.op("||", return_type=TSQUERY())(near)


def _quoted(word: str) -> str:
    return f"'{word.replace(chr(39), chr(39) * 2)}'"


_MEANT = sa.text(
    """
    SELECT term, known, CASE WHEN known THEN '{}' ELSE ARRAY(
        SELECT word FROM search_words WHERE word % stem ORDER BY similarity(word, stem) DESC, word LIMIT 3
    ) END AS near
    FROM (
        SELECT term, stem, EXISTS (SELECT FROM search_words WHERE word = stem) AS known
        FROM (
            SELECT term, (tsvector_to_array(to_tsvector('english', term)))[1] AS stem
            FROM unnest(CAST(:terms AS text[])) term
        ) asked
    ) looked_up
    """
)


def _words(session: Session, terms: Sequence[str]) -> list[Word]:
    """Looks up which terms no product says, and what was meant by them."""
    doubtful = [term for term in terms if _may_be_typo(term)]
    if not doubtful:
        return [Word(term) for term in terms]
    found = {row.term: row for row in session.execute(_MEANT, {"terms": doubtful})}
    return [
        Word(term, tuple(found[term].near), found[term].known or bool(found[term].near))
        if term in found
        else Word(term)
        for term in terms
    ]


def _may_be_typo(term: str) -> bool:
    return len(term) >= SHORTEST_TYPO and term.isalpha() and term not in CATEGORIES and len(names_of(term)) == 1


# --- one page ------------------------------------------------------------------------------------------

_READ = [
    _PRODUCT[name]
    for name in (
        "id", "category", "part", "color", "pattern", "material", "sizes", "brand", "gender", "source", "price",
        "updated_at", "search",
    )
]  # fmt: skip
"""What scoring looks at."""


def page_of(query: Query, wanted: Query, words: Sequence[Word], limit: int, offset: int) -> sa.Select[Any]:
    """One page and the total, in one statement: at least one row, whose id is NULL when the page is empty.

    `query` filters; `wanted`, which may ask for more, ranks.
    """
    window = _window(query, wanted, words)
    row = window.c
    hits = sa.select(
        row.id.label("hit_id"), _closeness(row, wanted, words).label("closeness"), row.price, row.updated_at
    ).cte()
    order = [hits.c.closeness.desc(), hits.c.hit_id.collate("C")]
    if query.sort in _IN_ORDER:
        column, direction = _IN_ORDER[query.sort]
        order.insert(0, direction(hits.c[column.name]).nulls_last())
    page = (
        sa.select(hits.c.hit_id.label("id"), sa.func.row_number().over(order_by=order).label("position"))
        .order_by("position")
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    counted = sa.select(sa.func.count().label("total")).select_from(hits).subquery()
    return (
        sa.select(counted.c.total, page.c.id)
        .select_from(counted.outerjoin(page, sa.true()))
        .order_by(page.c.position)
    )


def _window(query: Query, wanted: Query, words: Sequence[Word]) -> sa.Subquery:
    """At most WINDOW products that have the facets: first those with all the words, then with any, then the rest.

    A probe is only run when those before it left room, so the usual search is one scan of one index.
    """
    filters = list(_filters(query))
    said = [word.meant() for word in _telling(wanted, words) if word.known]
    probes: list[list[sa.ColumnElement[bool]]] = []
    if said:
        every, some = _joined("&&", said), _joined("||", said)
        probes.append([_says(every)])
        if len(said) > 1:
            probes.append([_says(some), sa.not_(_says(every))])
    parts = [sa.select(*_READ).where(*filters, *extra).limit(WINDOW) for extra in probes]
    if has_facets(wanted):
        parts += _whatever_they_say(query, [sa.not_(_says(some))] if said else [])
    elif not said:
        # Of words alone one must be said, so nonsense finds nothing; without any this browses.
        parts.append(sa.select(*_READ).where(*filters, *([sa.false()] if words else [])).limit(WINDOW))
    return _one_after_another(parts).limit(WINDOW).subquery("looked_at")


def _whatever_they_say(query: Query, unsaid: list[sa.ColumnElement[bool]]) -> Iterator[sa.Select[Any]]:
    """Products that have the facets. Of kinds that are asked for with nothing to tell one from another, which may
    be a third of the table, the newest are taken, from an index in that order, those kinds first that were named.
    """
    kinds = categories_meant_by(query.category or query.suited)
    told = (query.color, query.pattern, query.material, query.brand, query.size, query.source)
    if any(told) or query.price_min is not None or query.price_max is not None or not 0 < len(kinds) <= FEW_KINDS:
        yield sa.select(*_READ).where(*_filters(query), *unsaid).limit(WINDOW)
        return
    filters = [*_filters(replace(query, category=(), suited=())), *unsaid]
    named = kinds.intersection(query.category or query.suited)
    for group in filter(None, (sorted(named), sorted(kinds - named))):
        merged = _one_after_another(
            _newest(sa.select(*_READ).where(_PRODUCT.category == kind, *filters), _PRODUCT) for kind in group
        ).subquery()
        yield _newest(sa.select(merged), merged.c)


def _newest(statement: sa.Select[Any], row: _Row) -> sa.Select[Any]:
    return statement.order_by(row.updated_at.desc(), row.id.desc()).limit(WINDOW)


def _one_after_another(parts: Iterable[sa.Select[Any]]) -> sa.GenerativeSelect:
    first, *more = parts
    return sa.union_all(first, *more) if more else first


def _conditions(query: Query, wanted: Query, words: Sequence[Word]) -> list[sa.ColumnElement[bool]]:
    """What a product must be to be found at all."""
    needed = list(_filters(query))
    # A wish with facets is found by them; one of words alone needs a word in common, so nonsense finds nothing.
    if words and not has_facets(wanted):
        said = [word.meant() for word in words if word.known]
        needed.append(_says(_joined("||", said)) if said else sa.false())
    return needed


def _telling(wanted: Query, words: Sequence[Word]) -> list[Word]:
    """The words that say more than the facets do already."""
    said = {*wanted.category, *wanted.color, *wanted.pattern, *wanted.material}
    return [word for word in words if word.term not in said] if has_facets(wanted) else list(words)


def _joined(operator: str, queries: Sequence[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    whole = queries[0]
    for query in queries[1:]:
        whole = whole.op(operator, return_type=TSQUERY())(query)
    return whole


def _sorted_page(query: Query, wanted: Query, words: Sequence[Word], limit: int, offset: int) -> sa.Select[Any]:
    """A page of more products than one window holds: an index has each kind of them in order already."""
    column, order = _IN_ORDER[query.sort or ""]
    kinds = sorted(categories_meant_by(query.category or query.suited))
    filters = _conditions(replace(query, category=(), suited=()), wanted, words)
    each = [[_PRODUCT.category == kind] for kind in kinds] or [[]]
    # Without a price they come last, and an index scan from its highest end would begin with them.
    known = [column.is_not(None), *([column.is_(None)] if column is _PRODUCT.price else [])]
    parts = [
        sa.select(_PRODUCT.id, column.label("key"))
        .where(*filters, *of_kind)
        .order_by(order(column), order(_PRODUCT.id))
        .limit(limit + offset)
        .subquery()
        for one in known
        for of_kind in ([*kind, one] for kind in each)
    ]
    merged = sa.union_all(*(sa.select(part) for part in parts)).subquery("merged")
    return (
        sa.select(sa.literal(WINDOW).label("total"), merged.c.id)
        .order_by(order(merged.c.key).nulls_last(), order(merged.c.id))
        .limit(limit)
        .offset(offset)
    )


_IN_ORDER: dict[str, tuple[sa.Column[Any], Callable[[Any], sa.UnaryExpression[Any]]]] = {
    "price_asc": (_PRODUCT.price, sa.asc),
    "price_desc": (_PRODUCT.price, sa.desc),
    "newest": (_PRODUCT.updated_at, sa.desc),
}


# --- filters -------------------------------------------------------------------------------------------


def may_be_seen() -> sa.ColumnElement[bool]:
    """Whether its picture has not been asked for in vain lately."""
    return sa.or_(_PRODUCT.unseen_until.is_(None), _PRODUCT.unseen_until < sa.func.now())


def _filters(query: Query) -> Iterator[sa.ColumnElement[bool]]:
    # What cannot be bought or seen is in no search.
    yield _PRODUCT.in_stock.is_not(False)
    yield may_be_seen()
    # What a shop tells live is found by asking it.
    yield _PRODUCT.told_at.is_(None)
    if kinds := query.category or query.suited:
        yield from _of_kinds(sorted(categories_meant_by(kinds)))
    if query.color:
        yield _overlaps(_PRODUCT.color, sorted(colors_wanted(query.color)))
    if query.pattern:
        yield _overlaps(_alone(_PRODUCT.pattern), patterns_wanted(query.pattern))
    if query.material:
        yield _overlaps(_PRODUCT.material, materials_wanted(query.material))
    if query.brand:
        yield _overlaps(_alone(sa.func.lower(_PRODUCT.brand)), [brand.lower() for brand in query.brand])
    if query.size:
        yield _overlaps(_PRODUCT.sizes, query.size)
    if query.source:
        yield _overlaps(_alone(_PRODUCT.source), query.source)
    if query.gender:
        # Most shops leave it out for what anyone can wear.
        yield sa.or_(_PRODUCT.gender.in_(genders_wanted(query.gender)), _PRODUCT.gender.is_(None))
    if query.price_min is not None:
        yield _PRODUCT.price >= sa.literal(query.price_min, sa.Numeric)
    if query.price_max is not None:
        yield _PRODUCT.price <= sa.literal(query.price_max, sa.Numeric)
    if query.currency and (query.price_min is not None or query.price_max is not None):
        yield _PRODUCT.currency == query.currency
    yield from _exclusions(query.exclude)
    yield from _usual_filters(query.usual)


def _of_kinds(kinds: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    return [_overlaps(_alone(_PRODUCT.category), kinds)] if kinds else []


def _usual_filters(usual: Usual) -> Iterator[sa.ColumnElement[bool]]:
    """Whatever is not known to be otherwise."""
    if usual.size:
        yield sa.or_(sa.func.cardinality(_PRODUCT.sizes) == 0, _overlaps(_PRODUCT.sizes, usual.size))
    if usual.gender:
        yield sa.or_(_PRODUCT.gender.in_(genders_wanted(usual.gender)), _PRODUCT.gender.is_(None))
    if usual.price_max is not None:
        too_dear = _PRODUCT.price > sa.literal(usual.price_max, sa.Numeric)
        comparable = _PRODUCT.currency == usual.price_currency if usual.price_currency else sa.true()
        yield sa.and_(too_dear, comparable).is_not(sa.true())
    if usual.currency:
        yield (_PRODUCT.currency != usual.currency).is_not(sa.true())
    yield from _exclusions(usual.exclude)


def _exclusions(exclude: Mapping[str, tuple[str, ...]]) -> Iterator[sa.ColumnElement[bool]]:
    for unwanted in _matches(_PRODUCT, exclude):
        # NULL means unknown, and what is unknown is not known to be unwanted.
        yield unwanted.is_not(sa.true())


def _matches(row: _Row, facets: Mapping[str, tuple[str, ...]]) -> Iterator[sa.ColumnElement[bool]]:
    """For each facet: whether a product has one of these values; NULL when that is not known."""
    found: sa.ColumnElement[bool]
    for name, values in facets.items():
        match name:
            case "id":
                found = row.id.in_(values)
            case "category":
                found = row.category.in_(sorted(categories_meant_by(values)))
            case "color":
                found = _overlaps(row.color, sorted(colors_wanted(values)))
            case "material":
                found = _overlaps(row.material, values)
            case "size":
                known = sa.func.cardinality(row.sizes) > 0
                found = sa.and_(known, row.sizes.op("<@")(_texts(values)))
            case "pattern" | "gender" | "source":
                found = getattr(row, name).in_(values)
            case "brand":
                found = sa.func.lower(row.brand).in_([value.lower() for value in values])
            case _:
                terms = search_terms(" ".join(values))
                found = sa.or_(sa.false(), *(_says(Word(term).said(), row) for term in terms))
        yield found


# --- closeness -----------------------------------------------------------------------------------------


def _closeness(row: _Row, wanted: Query, words: Sequence[Word]) -> sa.ColumnElement[float]:
    scores = [*_facet_scores(row, wanted), *_word_scores(row, words)]
    if wanted.usual.liked:
        # One thing in it that they like decides among what is equally close; several of them do no more.
        scores.append(sa.case((sa.or_(*_matches(row, wanted.usual.liked)), LIKED), else_=0.0))
    total: sa.ColumnElement[float] = sa.literal(0.0)
    for score in scores:
        total = total + score
    return total


def _facet_scores(row: _Row, wanted: Query) -> Iterator[sa.ColumnElement[float]]:
    if wanted.category:
        parts = sorted({part for name in wanted.category if (part := part_of(name))})
        yield sa.case(
            (row.category.in_(wanted.category), EXACT_CATEGORY),
            (row.category.in_(sorted(categories_meant_by(wanted.category))), KIND_OF_CATEGORY),
            (row.part.in_(parts), SAME_PART),
            else_=0.0,
        )
    elif wanted.suited:
        yield sa.case((row.category.in_(sorted(categories_meant_by(wanted.suited))), OTHER_FACET), else_=0.0)
    if wanted.color:
        families = colors_wanted(families_of(wanted.color))
        yield sa.case(
            (_overlaps(row.color, wanted.color), EXACT_COLOR),
            (_overlaps(row.color, sorted(colors_wanted(wanted.color))), KIND_OF_COLOR),
            (_overlaps(row.color, sorted(families)), SAME_FAMILY),
            else_=0.0,
        )
    if wanted.pattern:
        yield _credit(row.pattern.in_(wanted.pattern), row.pattern.in_(patterns_wanted(wanted.pattern)))
    if wanted.material:
        kind = _overlaps(row.material, materials_wanted(wanted.material))
        yield _credit(_overlaps(row.material, wanted.material), kind)
    if wanted.brand:
        yield _credit(sa.func.lower(row.brand).in_([brand.lower() for brand in wanted.brand]))
    if wanted.size:
        yield _credit(_overlaps(row.sizes, wanted.size))
    if wanted.gender:
        yield _credit(row.gender.in_((wanted.gender, "unisex")), row.gender.in_(genders_wanted(wanted.gender)))


def _word_scores(row: _Row, words: Sequence[Word]) -> Iterator[sa.ColumnElement[float]]:
    for word in words:
        near = word.nearly()
        yield sa.case(
            (_says(word.said(":A"), row), WORD_IN_TITLE),
            (_says(word.said(), row), WORD),
            *([] if near is None else [(_says(near, row), NEARLY_WORD)]),
            else_=0.0,
        )


def _credit(
    matches: sa.ColumnElement[bool], kind: sa.ColumnElement[bool] | None = None
) -> sa.ColumnElement[float]:
    return sa.case((matches, OTHER_FACET), *([] if kind is None else [(kind, KIND_OF_FACET)]), else_=0.0)


def _says(query: sa.ColumnElement[Any], row: _Row = _PRODUCT) -> sa.ColumnElement[bool]:
    says: sa.ColumnElement[bool] = row.search.op("@@", is_comparison=True)(query)
    return says


def _alone(value: Any) -> sa.ColumnElement[Any]:
    """One value as the index of all facets holds it."""
    return sa_array([value])


def _overlaps(column: Any, values: Iterable[str]) -> sa.ColumnElement[bool]:
    overlaps: sa.ColumnElement[bool] = column.op("&&", is_comparison=True)(_texts(values))
    return overlaps


def _texts(values: Iterable[str]) -> sa.ColumnElement[Any]:
    return sa.cast(list(values), ARRAY(sa.Text))
