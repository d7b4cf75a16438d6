"""Makes a Query of what a person said and what was understood of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from catalog.occasions import kinds_for
from catalog.taxonomy import (
    MATERIAL_WORDS,
    PATTERN_WORDS,
    ancestors,
    canonical_category,
    canonical_color,
    fold,
    is_a,
)
from catalog.types import Query, Usual
from catalog.wording import facets_in

_ABOUT = 0.2
"""How far "about 50" reaches to both sides, as a share: 40 to 60."""

_SOFT = ("style", "occasion", "neckline", "feature", "fit", "length", "sleeve", "season")
"""Slots that no product field answers; their words rank."""

_LENGTHS = {"long": "maxi", "short": "mini"}
"""How titles call it; "long" and "short" there are sleeves."""


_MADE_AS = {"puffer": ("jacket", "coat", "vest"), "rain": ("jacket", "coat")}
"""Styles that shops file under several kinds."""


def query_from_slots(text: str, slots: Mapping[str, object], usual: Mapping[str, object] | None = None) -> Query:
    """The query for these words and slots (names and values as in docs/understanding.md).

    `usual` are slots that the person usually wants; `price_currency` is that of its `price_max`, and
    `currency` that of the prices they want to read.

    Slots of other kinds (refs, attributes) are ignored, as are values of a wrong type. Where no slot says
    anything about products, the facets are read from the text itself.
    """
    low, high = _price_range(slots)
    exclude = slots.get("exclude")
    style = tuple(dict.fromkeys(word for name in _SOFT for word in _said(name, slots)))
    category = _kinds(_facet("category", slots), style)
    query = Query(
        text=text,
        category=category,
        color=_facet("color", slots),
        pattern=_facet("pattern", slots),
        material=_facet("material", slots),
        brand=_facet("brand", slots),
        size=_facet("size", slots),
        source=_facet("source", slots),
        style=style,
        suited=() if category else kinds_for((*_facet("occasion", slots), *_facet("season", slots))),
        gender=_text(slots, "gender"),
        price_min=low,
        price_max=high,
        currency=_text(slots, "currency"),
        sort=_text(slots, "sort"),
        exclude=_values_of(exclude) if isinstance(exclude, Mapping) else {},
    )
    if replace(query, text="", currency=None, sort=None) != Query():
        return replace(query, usual=_usual(usual or {}))
    seen = facets_in(text)
    return replace(
        query,
        usual=_usual(usual or {}),
        category=seen.category,
        color=seen.color,
        pattern=seen.pattern,
        material=seen.material,
        gender=seen.gender,
    )


def _usual(slots: Mapping[str, object]) -> Usual:
    exclude, liked = slots.get("exclude"), slots.get("liked")
    return Usual(
        size=_facet("size", slots),
        gender=_text(slots, "gender"),
        price_max=_number(slots, "price_max"),
        price_currency=_text(slots, "price_currency"),
        currency=_text(slots, "currency"),
        exclude=_values_of(exclude) if isinstance(exclude, Mapping) else {},
        liked=_values_of(liked) if isinstance(liked, Mapping) else {},
    )


def _values_of(slots: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    return {name: values for name in map(str, slots) if (values := _facet(name, slots))}


def _facet(name: str, slots: Mapping[str, object]) -> tuple[str, ...]:
    given = slots.get(name)
    values = given if isinstance(given, list | tuple) else [given]
    texts = (value.strip() for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(_canonical(name, value) for value in texts if value))


def _said(name: str, slots: Mapping[str, object]) -> Iterator[str]:
    """The words in which titles say these values."""
    for value in _facet(name, slots):
        if name == "sleeve" and value != "sleeveless":
            yield f"{value} sleeve"
        else:
            yield _LENGTHS.get(value, value) if name == "length" else value


def _kinds(categories: tuple[str, ...], style: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds that are meant: the understanding says of a polo that it is a t-shirt with the style "polo"."""
    return tuple(dict.fromkeys(kind for category in categories for kind in _narrowed(category, style)))


def _narrowed(category: str, style: tuple[str, ...]) -> tuple[str, ...]:
    for word in style:
        if category in (made := _MADE_AS.get(word, ())):
            return (category, *(kind for kind in made if kind != category))
        together = canonical_category(f"{word} {category}")
        if together is not None and ancestors(together)[:1] == ancestors(category)[:1]:
            return (together,)
        alone = together or canonical_category(word)
        if alone is not None and is_a(alone, category):
            return (alone,)
    return (category,)


def _canonical(name: str, value: str) -> str:
    match name:
        case "category":
            known = canonical_category(value)
        case "color":
            known = canonical_color(value)
        case "pattern":
            known = PATTERN_WORDS.get(fold(value))
        case "material":
            known = MATERIAL_WORDS.get(fold(value))
        case "size":
            known = value.upper()
        case _:
            known = None
    return known or value.casefold()


def _text(slots: Mapping[str, object], name: str) -> str | None:
    value = slots.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _number(slots: Mapping[str, object], name: str) -> float | None:
    value = slots.get(name)
    # A bool is an int to Python and never a price.
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None


def _price_range(slots: Mapping[str, object]) -> tuple[float | None, float | None]:
    about = _number(slots, "price_about")
    low, high = _number(slots, "price_min"), _number(slots, "price_max")
    if about is None:
        return low, high
    return (about * (1 - _ABOUT) if low is None else low), (about * (1 + _ABOUT) if high is None else high)
