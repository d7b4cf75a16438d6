"""What a message says about clothes and items: facets, negation, sizes, references, prices."""

from __future__ import annotations

from typing import Any

from bot.dialogue.types import Context
from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.amounts import prices
from bot.dialogue.understanding.lexicon import numerals
from bot.dialogue.understanding.reading import Reading, Tag

_SCALARS = frozenset({"gender", "sort", "cadence", "day"})
_REMOVES = ("remove", "limit")


def read_slots(reading: Reading, context: Context) -> tuple[dict[str, Any], set[int]]:
    """The slots of a message, and the tokens that were understood."""
    slots, taken = prices(reading)
    for tag in reading.facets:
        if taken.isdisjoint(range(tag.start, tag.end)):
            _facet(slots, reading, tag)
            taken.update(range(tag.start, tag.end))
    for tag in reading.rels:
        for name, way in tag.pairs:
            slots.setdefault("rel", {})[name] = way
        taken.update(range(tag.start, tag.end))
    for tag in reading.topics:
        if tag.values("attribute"):
            slots.setdefault("attribute", []).extend(tag.values("attribute"))
    _kept_whole(slots, reading, taken)
    _references(slots, reading, context, taken)
    _removals(slots, reading)
    return slots, taken


def _facet(slots: dict[str, Any], reading: Reading, tag: Tag) -> None:
    for name, value in tag.pairs:
        if name == "shade":
            continue
        slot, meant = name, value
        if slot == "color":
            meant = _shaded(reading, tag, value)
        elif slot == "sizeword":
            slot = "size"
        elif slot == "daytime":
            slot = "time"
        if slot in _SCALARS or slot == "time":
            slots[slot] = meant
        elif _negated(reading, tag):
            values = slots.setdefault("exclude", {}).setdefault(slot, [])
            values += [meant] if meant not in values else []
        else:
            values = slots.setdefault(slot, [])
            values += [meant] if meant not in values else []


def _shaded(reading: Reading, tag: Tag, color: str) -> str:
    """ "dark blue" and "azul oscuro" are one colour with its shade."""
    for other in reading.facets:
        shades = other.values("shade")
        if shades and (other.end == tag.start or other.start == tag.end):
            return f"{shades[0]} {color}"
    return color


def _negated(reading: Reading, tag: Tag) -> bool:
    """Whether a "not" stands before the phrase, or a "nahi" behind it, with nothing but small words between."""
    for steer in reading.steering:
        kinds = steer.values("function")
        if "not" in kinds and steer.end <= tag.start and tag.start - steer.end <= 2:
            between = range(steer.end, tag.start)
            return not any(other.start in between and other.values("category") for other in reading.facets)
        if "notafter" in kinds and 0 <= steer.start - tag.end <= 1:
            return True
    return False


def _kept_whole(slots: dict[str, Any], reading: Reading, taken: set[int]) -> None:
    """Links, addresses, times of day and sizes that are numbers."""
    for i, token in enumerate(reading.tokens):
        if token.kind == "url":
            slots["url"] = token.raw.rstrip(".,;!?)")
        elif token.kind == "email":
            joined = (
                token.text.replace(" at ", "@").replace("(at)", "@").replace(" dot ", ".").replace("(dot)", ".")
            )
            slots["email"] = joined.replace(" ", "").lower()
        elif token.kind == "number" and ":" in token.text:
            slots["time"] = token.text.zfill(5)
        elif token.kind == "number" and i not in taken and i > 0 and token.text.isdigit():
            before = reading.row[i - 1]
            if before in numerals.SIZE_WORDS or before in numerals.SIZE_REGIONS:
                region = f"{before.upper()} " if before in numerals.SIZE_REGIONS else ""
                slots.setdefault("size", []).append(f"{region}{token.text}")
                taken.add(i)
                continue
            continue
        else:
            continue
        taken.add(i)
    if "size" in slots:
        slots["size"] = [size if size == "free size" else size.upper() for size in slots["size"]]


def _references(slots: dict[str, Any], reading: Reading, context: Context, taken: set[int]) -> None:
    """Ordinals over what is on screen, and "it"."""
    ordinals = [tag for tag in reading.pointers if tag.values("ordinal")]
    # "newest first" is an order, not the first one.
    numbers = [] if "sort" in slots else [int(tag.values("ordinal")[0]) for tag in ordinals]
    named = [v for tag in reading.pointers for v in tag.values("pronoun")]
    for i, token in enumerate(reading.tokens):
        if token.kind == "number" and i not in taken and token.text.isdigit() and 1 <= int(token.text) <= 50:
            numbers.append(int(token.text))
    if numbers and context.shown:
        slots["ref"] = list(dict.fromkeys(numbers))
    elif named and not slots.keys() & {"category", "color", "sort", "size", "length", "rel"}:
        slots["ref"] = [named[0]]
    for tag in reading.pointers:
        taken.update(range(tag.start, tag.end))


def _removals(slots: dict[str, Any], reading: Reading) -> None:
    """ "any colour", "no price limit": the filter goes."""
    functions = [v for tag in reading.steering for v in tag.values("function")]
    names = [v for tag in reading.steering for v in tag.values("slot")]
    if names and any(kind in functions for kind in _REMOVES):
        removed = [name for name in dict.fromkeys(names) if name not in slots]
        if removed:
            slots["remove"] = removed


def rest_of(reading: Reading, taken: set[int]) -> tuple[str, ...]:
    """Words that mean nothing to the lexicon; a product's title may know them."""
    cues = {i for tag in reading.intents for i in range(tag.start, tag.end)}
    known = lexicon.common_words() | lexicon.vocabulary()
    return tuple(
        word
        for i, (word, token) in enumerate(zip(reading.row, reading.tokens, strict=True))
        if token.kind == "word" and i not in taken and i not in cues and word not in known and len(word) > 2
    )
