"""How one wish changes the filters: carry-over, corrections, negation, comparatives. Plain dicts in and out."""

from __future__ import annotations

from typing import Any

from bot.dialogue.prices import cheaper_than, dearer_than, middle_price
from bot.dialogue.types import ProductCard

LIST_SLOTS = (
    "color", "pattern", "material", "fit", "length", "sleeve", "neckline", "style", "feature", "brand",
    "category", "occasion", "season", "size", "source",
)  # fmt: skip
"""Slots that hold lists, in the order in which they read as a title ("red checked cotton shirt")."""

PRICE_SLOTS = ("price_min", "price_max", "price_about", "currency")
FILTERS = (*LIST_SLOTS, *PRICE_SLOTS, "gender", "sort", "rating_min", "discount_min", "in_stock", "exclude")
"""Slots that filter a search; the others say something about one message only."""

_LENGTHS = ("mini", "knee", "midi", "maxi")
_SLEEVES = ("sleeveless", "short", "three-quarter", "long")
_PLAIN_COLOURS = {
    "darker": ["black", "navy", "burgundy", "dark grey"],
    "lighter": ["white", "beige", "light blue", "light grey"],
    "brighter": ["red", "yellow", "orange", "pink"],
}
_WORDS_OF_REL = {
    ("weight", "lower"): {"feature": ["lightweight"]},
    ("weight", "higher"): {"feature": ["warm"]},
    ("formality", "higher"): {"occasion": ["formal"]},
    ("formality", "lower"): {"occasion": ["casual"]},
    ("coverage", "higher"): {"sleeve": ["long"]},
    ("coverage", "lower"): {"sleeve": ["short"]},
}


def filters_of(slots: dict[str, Any]) -> dict[str, Any]:
    """Only what filters a search."""
    return {k: v for k, v in slots.items() if k in FILTERS}


def merged(query: dict[str, Any], delta: dict[str, Any], shown: tuple[ProductCard, ...] = ()) -> dict[str, Any]:
    """The filters after a refinement: what is named replaces its slot, everything else is carried over."""
    result = dict(query)
    for name in delta.get("remove", ()):
        for slot in PRICE_SLOTS if name == "price" else (name,):
            result.pop(slot, None)
    _compare(result, delta.get("rel", {}), shown)
    for name, value in filters_of(delta).items():
        if name != "exclude":
            result[name] = value
    if "price_about" in delta:
        result.pop("price_min", None)
        result.pop("price_max", None)
    elif "price_max" in delta or "price_min" in delta:
        result.pop("price_about", None)
        _keep_range_open(result, delta)
    _exclude(result, query.get("exclude", {}), delta)
    return result


def _keep_range_open(result: dict[str, Any], delta: dict[str, Any]) -> None:
    low, high = result.get("price_min"), result.get("price_max")
    if low is not None and high is not None and low > high:
        result.pop("price_min" if "price_max" in delta else "price_max")


def _exclude(result: dict[str, Any], before: dict[str, Any], delta: dict[str, Any]) -> None:
    """A value is wanted or unwanted, and the latest word counts."""
    unwanted = {name: [v for v in values if v not in delta.get(name, ())] for name, values in before.items()}
    for name, values in delta.get("exclude", {}).items():
        unwanted[name] = [*unwanted.get(name, ()), *(v for v in values if v not in unwanted.get(name, ()))]
        if isinstance(result.get(name), list):
            result[name] = [v for v in result[name] if v not in values]
            if not result[name]:
                del result[name]
    unwanted = {name: values for name, values in unwanted.items() if values}
    result.pop("exclude", None)
    if unwanted:
        result["exclude"] = unwanted


def _compare(result: dict[str, Any], rel: dict[str, str], shown: tuple[ProductCard, ...]) -> None:
    for what, way in rel.items():
        if what == "price":
            _price_step(result, way, shown)
        elif what == "color":
            result["color"] = _shade(result.get("color", []), way)
        elif what == "length":
            result["length"] = [_step(_LENGTHS, result.get("length"), way)]
        elif what == "sleeve":
            result["sleeve"] = [_step(_SLEEVES, result.get("sleeve"), way)]
        else:
            result.update(_WORDS_OF_REL.get((what, way), {}))


def _price_step(result: dict[str, Any], way: str, shown: tuple[ProductCard, ...]) -> None:
    """Half of what is on screen marks what "cheaper" and "more expensive" mean."""
    middle = middle_price(shown)
    result["sort"] = "price_asc" if way == "lower" else "price_desc"
    if middle is None:
        return
    if way == "lower":
        result["price_max"] = cheaper_than(middle)
    else:
        result["price_min"] = dearer_than(middle)
    other = "price_min" if way == "lower" else "price_max"
    if other in result and (result[other] >= middle) == (way == "lower"):
        result.pop(other)


def _shade(colors: list[str], way: str) -> list[str]:
    if not colors:
        return _PLAIN_COLOURS[way]
    prefix = {"darker": "dark", "lighter": "light", "brighter": "bright"}[way]
    return [f"{prefix} {color.split()[-1]}" for color in colors]


def _step(scale: tuple[str, ...], now: list[str] | None, way: str) -> str:
    index = scale.index(now[0]) if now and now[0] in scale else (1 if way == "longer" else len(scale) - 2)
    return scale[max(0, min(len(scale) - 1, index + (1 if way == "longer" else -1)))]


def words_of(slots: dict[str, Any]) -> str:
    """The wish in a few canonical words, for a full-text search and for naming it."""
    found: list[str] = []
    for name in LIST_SLOTS:
        values = slots.get(name, ())
        found += [f"{v} sleeve" if name == "sleeve" else str(v) for v in values]
    return " ".join(dict.fromkeys(found))


def matching(cards: tuple[ProductCard, ...], wanted: dict[str, Any]) -> list[ProductCard]:
    """The cards that a description like {"color": ["white"]} can mean."""

    def fits(card: ProductCard) -> bool:
        said = " ".join((card.title, card.category, card.brand or "", *card.color)).lower()
        groups = [v if isinstance(v, list | tuple) else [v] for k, v in wanted.items() if k in LIST_SLOTS]
        return bool(groups) and all(any(str(v).lower() in said for v in group) for group in groups)

    return [card for card in cards if fits(card)]
