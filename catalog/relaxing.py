"""What to give up, and in which order, when nothing has everything that was asked for.

First one facet alone, the least missed first; then several; then the kind of garment widens step by step
(hoodie, sweatshirt, top, clothing). Shoes and bags never turn into clothes. Before all that goes what a person
usually wants: nothing that they asked for is given up for it. And before that the kinds that only suit the
occasion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from catalog.taxonomy import (
    GROWN_UP,
    MATERIAL_KINDS,
    PATTERN_KINDS,
    ancestors,
    color_families,
    colors_meant_by,
    with_descendants,
)
from catalog.types import Query, Usual

_GIVE_UP: Mapping[str, Callable[[Query], Query]] = MappingProxyType(
    {
        "size": lambda query: replace(query, size=()),
        "material": lambda query: replace(query, material=()),
        "pattern": lambda query: replace(query, pattern=()),
        "brand": lambda query: replace(query, brand=()),
        "color": lambda query: replace(query, color=()),
        "gender": lambda query: replace(query, gender=None),
        "price": lambda query: replace(query, price_min=None, price_max=None),
    }
)
"""Least missed first. A price limit outlasts the colour: nobody wants to be shown what they cannot pay."""

_HELD_AT_SHOPS = frozenset({"price", "category"})


_GIVE_UP_USUAL: Mapping[str, Callable[[Usual], Usual]] = MappingProxyType(
    {
        "usual.currency": lambda usual: replace(usual, currency=None),
        "usual.size": lambda usual: replace(usual, size=()),
        "usual.price": lambda usual: replace(usual, price_max=None, price_currency=None),
        "usual.gender": lambda usual: replace(usual, gender=None),
        "usual.exclude": lambda usual: replace(usual, exclude={}),
    }
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A query to try, and the facets given up for it."""

    query: Query
    relaxed: tuple[str, ...]


def has_facets(query: Query) -> bool:
    """Whether anything but words was asked for. Without facets, words decide what is found."""
    return bool(query.category or query.suited or query.source or _present(query) or query.exclude.keys() - {"id"})


def attempts(query: Query) -> Iterator[Attempt]:
    """The query as it is, then ever less of it."""
    seen: list[Query] = []
    for attempt in _whole_ladder(query):
        if attempt.query not in seen:
            seen.append(attempt.query)
            yield attempt


def attempts_at_a_shop(query: Query) -> Iterator[Attempt]:
    """The same for a shop that has plenty of other things: what is too dear, or another kind of garment, is no
    answer there, and would only follow somebody else's good ones.
    """
    return (attempt for attempt in attempts(query) if _HELD_AT_SHOPS.isdisjoint(attempt.relaxed))


def categories_meant_by(names: Iterable[str]) -> frozenset[str]:
    """The categories with every kind of them."""
    return frozenset(kind for name in names for kind in with_descendants(name))


def colors_wanted(names: Iterable[str]) -> frozenset[str]:
    """Every colour that satisfies one of these wishes."""
    return frozenset(color for name in names for color in colors_meant_by(name))


def materials_wanted(names: Iterable[str]) -> tuple[str, ...]:
    """Every material that satisfies one of these wishes."""
    return _with_kinds(names, MATERIAL_KINDS)


def patterns_wanted(names: Iterable[str]) -> tuple[str, ...]:
    """Every pattern that satisfies one of these wishes."""
    return _with_kinds(names, PATTERN_KINDS)


def _with_kinds(names: Iterable[str], kinds: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for name in names for one in (name, *kinds.get(name, ()))))


def genders_wanted(name: str) -> tuple[str, ...]:
    """Whose clothes are right for this wish; what says no gender is right too."""
    return tuple(filter(None, (name, "unisex", GROWN_UP.get(name))))


def families_of(names: Iterable[str]) -> tuple[str, ...]:
    """The families of these colours, each once."""
    return tuple(dict.fromkeys(family for name in names for family in color_families(name)))


def _whole_ladder(query: Query) -> Iterator[Attempt]:
    if query.suited:
        yield Attempt(query, ())
        query = replace(query, suited=())
    usual = [name for name, give_up in _GIVE_UP_USUAL.items() if give_up(query.usual) != query.usual]
    yield Attempt(query, ())
    for names in (*([name] for name in usual), *(usual[:count] for count in range(2, len(usual)))):
        left = query.usual
        for name in names:
            left = _GIVE_UP_USUAL[name](left)
        yield Attempt(replace(query, usual=left), tuple(names))
    for attempt in _ladder(replace(query, usual=Usual(liked=query.usual.liked))):
        yield Attempt(attempt.query, (*usual, *attempt.relaxed))


def _ladder(query: Query) -> Iterator[Attempt]:
    yield Attempt(query, ())
    if query.color:
        yield Attempt(replace(query, color=families_of(query.color)), ("color",))
    present = _present(query)
    for name in present:
        yield Attempt(_without(query, [name]), (name,))
    for count in range(2, len(present) + 1):
        yield Attempt(_without(query, present[:count]), tuple(present[:count]))
    others = [name for name in present if name != "color"]
    for category in _widened(query.category):
        wider = replace(query, category=category)
        yield Attempt(wider, ("category",))
        yield Attempt(_without(wider, others), ("category", *others))
        yield Attempt(_without(wider, present), ("category", *present))


def _present(query: Query) -> list[str]:
    return [name for name, give_up in _GIVE_UP.items() if give_up(query) != query]


def _without(query: Query, names: Iterable[str]) -> Query:
    for name in names:
        query = _GIVE_UP[name](query)
    return query


def _widened(categories: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    chains = [(name, *ancestors(name)) for name in categories]
    for level in range(1, max(map(len, chains), default=0)):
        yield tuple(dict.fromkeys(chain[min(level, len(chain) - 1)] for chain in chains))
