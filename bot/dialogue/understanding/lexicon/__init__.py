"""The multilingual lexicon of fashion and of asking for it, built once from its tables."""

from __future__ import annotations

from functools import cache

from bot.dialogue.understanding.lexicon import common, concepts, cues, facets, garments, looks, numerals
from bot.dialogue.understanding.lexicon.table import Notions, Phrases, Rule, read, read_rules
from bot.dialogue.understanding.text import fold

_FACETS: tuple[tuple[str, str, bool], ...] = (
    ("category", garments.CATEGORIES, True),
    ("color", looks.COLORS, False),
    ("shade", looks.SHADES, False),
    ("pattern", looks.PATTERNS, False),
    ("material", looks.MATERIALS, False),
    ("occasion", facets.OCCASIONS, False),
    ("season", facets.SEASONS, False),
    ("fit", facets.FITS, False),
    ("length", facets.LENGTHS, False),
    ("sleeve", facets.SLEEVES, False),
    ("neckline", facets.NECKLINES, False),
    ("style", facets.STYLES, False),
    ("feature", facets.FEATURES, False),
    ("gender", facets.GENDERS, False),
    ("sort", facets.SORTS, False),
    ("brand", facets.BRANDS, False),
    ("source", facets.SOURCES, False),
    ("sizeword", numerals.SIZES, False),
    ("cadence", facets.CADENCES, False),
    ("day", facets.DAYS, False),
    ("daytime", facets.TIMES, False),
    ("in_stock", facets.STOCK, False),
)


_NAMELESS = frozenset(["sleeve", "neckline", "in_stock"])
"""Values that mean something else when they stand alone: "long", "high"."""


@cache
def facet_phrases() -> Phrases:
    """What clothes are like."""
    return Phrases(
        entry
        for slot, table, plural in _FACETS
        for entry in read(slot, table, plural=plural, named=slot not in _NAMELESS)
    )


@cache
def intent_phrases() -> Phrases:
    """What a person wants to happen."""
    return Phrases(read("intent", cues.INTENTS, named=False))


@cache
def topic_phrases() -> Phrases:
    """What a question is about: an attribute of an item, a language."""
    return Phrases([*read("attribute", facets.ATTRIBUTES), *read("language", facets.LANGUAGES)])


@cache
def rel_phrases() -> Phrases:
    """Comparatives, as ("rel", "price=lower")."""
    lines = (line.partition(":") for line in cues.COMPARATIVES.strip().splitlines())
    entries = [(meaning.split("="), read("rel", f"x: {phrases}", named=False)) for meaning, _, phrases in lines]
    return Phrases((words, ((what, way),)) for (what, way), found in entries for words, _ in found)


@cache
def steering_phrases() -> Phrases:
    """Negation, "but", "or", and the names of slots."""
    return Phrases([*read("function", cues.FUNCTIONS, named=False), *read("slot", cues.SLOT_NAMES)])


@cache
def number_phrases() -> Phrases:
    """Number words and multipliers."""
    return Phrases(
        [
            *read("number", numerals.NUMBERS, named=False),
            *read("multiplier", numerals.MULTIPLIERS, named=False),
        ]
    )


@cache
def currency_phrases() -> Phrases:
    """Names and signs of currencies."""
    return Phrases(read("currency", numerals.CURRENCIES, named=False))


@cache
def limit_phrases() -> Phrases:
    """What stands around an amount."""
    return Phrases(read("limit", numerals.LIMITS, named=False))


@cache
def ordinal_phrases() -> Phrases:
    """ "second", "dusra", "último"."""
    return Phrases(
        [*read("ordinal", numerals.ORDINALS, named=False), *read("pronoun", cues.PRONOUNS, named=False)]
    )


@cache
def common_words() -> frozenset[str]:
    """Words that are never corrected into others and never searched for."""
    tables = (*common.EVERYDAY.values(), common.NEAR)
    return frozenset(fold(word) for table in tables for word in table.split())


@cache
def word_languages() -> dict[str, tuple[str, ...]]:
    """In which languages a word is used: one, or the few that share it."""
    found: dict[str, dict[str, None]] = {}
    for tables in (common.EVERYDAY, common.TELLING):
        for language, table in tables.items():
            for word in table.split():
                found.setdefault(fold(word), {})[language] = None
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def homographs() -> dict[str, tuple[str, ...]]:
    """Words for clothes that mean something else in other languages, with the languages in which they are clothes."""
    lines = (line.partition(":") for line in common.HOMOGRAPHS.strip().splitlines())
    homes: dict[str, tuple[str, ...]] = {}
    for languages, _, words in lines:
        for word in words.split():
            homes[word] = (*homes.get(word, ()), *languages.split())
    return homes


@cache
def shared_words() -> frozenset[str]:
    """English words that are used in the other languages as well."""
    return frozenset(common.SHARED.split())


@cache
def vocabulary() -> frozenset[str]:
    """Every word that means something to a part of the lexicon."""
    parts = (
        facet_phrases, intent_phrases, topic_phrases, rel_phrases, steering_phrases,
        number_phrases, currency_phrases, limit_phrases, ordinal_phrases,
    )  # fmt: skip
    return frozenset[str]().union(*(part().vocabulary for part in parts))


@cache
def notions() -> Notions:
    """Which notions words stand for."""
    return Notions(concepts.NOTIONS)


@cache
def rules() -> tuple[Rule, ...]:
    """What notions mean together, in the order in which they decide."""
    return read_rules(concepts.RULES)


@cache
def typed_words() -> frozenset[str]:
    """The words that slips of the finger are looked for in."""
    return frozenset(facet_phrases().vocabulary) | frozenset(cues.TYPED.split())


def is_known(word: str) -> bool:
    """Whether the word means something to us, if only that it is everyday language."""
    return word in vocabulary() or word in common_words() or bool(notions().of_word(word))
