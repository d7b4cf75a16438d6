"""What a person usually wants, as far as a search says nothing else: named with the results, lifted by a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bot.dialogue import names, replies
from bot.dialogue.language import listed
from bot.dialogue.prices import amount_text
from bot.dialogue.profile import TASTES, Profile
from bot.dialogue.wishes import LIST_SLOTS
from catalog.taxonomy import colors_meant_by, with_descendants

USUAL = ("size", "price", "currency", "gender", *TASTES)
"""What can be lifted for one search: the names are those of `remove` in a frame."""


def usual_of(profile: Profile, slots: Mapping[str, Any], lifted: Iterable[str] = ()) -> dict[str, Any]:
    """Slots that this person usually wants beside these. What the wish itself names, and what was lifted, is not
    among them. `liked` only decides what comes first, so it need be neither named nor lifted.
    """
    lifted = frozenset(lifted)
    found: dict[str, Any] = {}
    kinds = slots.get("category") or [""]
    sizes = dict.fromkeys(size for kind in kinds for size in profile.sizes(str(kind)))
    if sizes and "size" not in slots and "size" not in lifted:
        found["size"] = list(sizes)
    if profile.gender and "gender" not in slots and "gender" not in lifted:
        found["gender"] = profile.gender
    budget = profile.budget()
    priced = any(name in slots for name in ("price_min", "price_max", "price_about"))
    if budget and not priced and "price" not in lifted:
        found["price_max"], currency = budget
        found |= {"price_currency": currency} if currency else {}
    if profile.currency and "currency" not in slots and "currency" not in lifted:
        found["currency"] = profile.currency
    unwanted = {
        facet: values
        for facet in TASTES
        if facet not in lifted and (values := _unwanted(profile, facet, slots.get(facet, ())))
    }
    liked = {facet: list(profile.liked(facet)) for facet in TASTES if profile.liked(facet)}
    return {**found, **({"exclude": unwanted} if unwanted else {}), **({"liked": liked} if liked else {})}


def _unwanted(profile: Profile, facet: str, wanted: Iterable[str]) -> list[str]:
    """What they avoid, but for what the wish names: whoever asks for a mustard shirt means it."""
    asked = set(wanted)
    return [value for value in profile.avoided(facet) if not asked & _meant(facet, value)]


def _meant(facet: str, value: str) -> set[str]:
    if facet == "color":
        return {*colors_meant_by(value)}
    return {*with_descendants(value)} if facet == "category" else {value}


def lifted_by(usual: Mapping[str, Any]) -> tuple[str, ...]:
    """The names under which all of these are lifted."""
    plain = [name for name in ("size", "gender", "currency") if name in usual]
    return (*plain, *(["price"] if "price_max" in usual else []), *usual.get("exclude", {}))


def without(usual: Mapping[str, Any], relaxed: Iterable[str]) -> dict[str, Any]:
    """What of it still counts after the search gave up so much ("usual.size")."""
    names_of = {"price": ("price_max", "price_currency")}
    gone = {
        slot
        for name in relaxed
        for slot in names_of.get(name.removeprefix("usual."), (name.removeprefix("usual."),))
    }
    return {name: value for name, value in usual.items() if name not in gone}


def described(slots: Mapping[str, Any]) -> str:
    """Filters, or what is usual, in a few words: "white, t-shirt, size L, up to ₹1,000"."""
    said = [names.value(str(v)) for name in LIST_SLOTS if name != "size" for v in slots.get(name, ())]
    if slots.get("gender"):
        said.append(names.value(str(slots["gender"])))
    if slots.get("size"):
        said.append(replies.SIZE(sizes=listed(slots["size"], "or")))
    currency = slots.get("price_currency") or slots.get("currency")
    for name, words in (("price_max", replies.UP_TO), ("price_min", replies.FROM), ("price_about", replies.ABOUT)):
        if name in slots:
            said.append(words(price=amount_text(Decimal(str(slots[name])), currency)))
    priced = {"price_max", "price_min", "price_about"} & slots.keys()
    if slots.get("currency") and not (priced and slots["currency"] == currency):
        said.append(replies.PRICES_IN(currency=slots["currency"]))
    left_out = {name: values for name, values in slots.get("exclude", {}).items() if name != "id"}
    if left_out:
        said.append(replies.WITHOUT(things=listed(names.value(str(v)) for vs in left_out.values() for v in vs)))
    return ", ".join(said)
