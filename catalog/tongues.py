"""Which language a shop's title is in, and what its words mean in ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from catalog.spelling import LETTER, plain
from catalog.taxonomy import (
    CATEGORIES,
    CATEGORY_WORDS,
    COLOR_FAMILIES,
    COLOR_WORDS,
    GENDER_WORDS,
    GENDERS,
    MATERIAL_WORDS,
    MATERIALS,
    PATTERN_WORDS,
    PATTERNS,
    fold,
)
from catalog.tongue_words import TABLES

_ENDINGS = ("", "s", "es", "e", "a", "o", "as", "os", "er", "en", "em", "ne", "nes", "n")
"""What `*` stands for: the genders, numbers and cases of adjectives."""

_HEAD_LAST = {"en", "de", "hi"}
"""Of two nouns the last names the thing (a shirt dress); in the other languages the first (robe chemise)."""

_ASIDE = {
    "en": r"\s+(?:with|for|in|from|by)\s+",
    "es": r"\s+(?:con|para|en|sin)\s+",
    "fr": r"\s+(?:avec|pour|en|sans)\s+",
    "de": r"\s+(?:mit|für|aus|in|ohne)\s+",
    "pt": r"\s+(?:com|para|em|sem)\s+",
    "ar": r"\s+(?:مع|من|بدون)\s+",
    "hi": r"\s+(?:के साथ|के लिए)\s+",
}
"""What parts a garment from its description."""

_SHORTEST_HEAD = 4
"""Letters of a word that a German compound ends with."""

_WORD = re.compile(rf"{LETTER}+|\d+|&")

_WOOL = re.compile(r"\b[Ll][ãÃ]s?\b")
"""Portuguese; without its accent it would be an article."""

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """Words of one language's titles, with the English ones, which all of them use."""

    code: str
    category: Words
    color: Words
    pattern: Words
    material: Words
    gender: Words
    aside: re.Pattern[str]
    head_last: bool

    def words(self, text: str) -> list[str]:
        """The words of a text as the tables have them."""
        if self.code == "en":
            return fold(text).split()
        found = _words(text)
        return [part for word in found for part in self._parts(word)] if self.code == "de" else found

    def _parts(self, word: str) -> tuple[str, ...]:
        """ "leinenkleid": leinen, kleid. German writes as one word what it is made of, and what it is."""
        if any(word in known for known in (self.category, self.color, self.material, self.pattern)):
            return (word,)
        for at in range(2, len(word) - _SHORTEST_HEAD + 1):
            head = word[at:]
            if head in self.category or (head in self.color and word[:at] in _GERMAN_SHADES):
                return word[:at], head
        return (word,)


_GERMAN_SHADES = {"hell", "dunkel"}


def tongue_of(*texts: str) -> Tongue:
    """The language in which most of the words mean something; English where none is ahead."""
    counts = dict.fromkeys(_tongues(), 0)
    for text in texts:
        for word in _words(text):
            for code in _languages_of(word):
                counts[code] += 1
    return _tongues()[max(counts, key=counts.__getitem__)]


@lru_cache(20_000)
def _languages_of(word: str) -> Iterable[str]:
    known = _languages_of_words().get(word, ())
    if known or len(word) < 2 * _SHORTEST_HEAD:
        return known
    # An "overshirt" is English; that it ends with a German word for a garment tells only where English has none.
    german = _tongues()["de"].category
    heads = (word[at:] for at in range(2, len(word) - _SHORTEST_HEAD + 1))
    return ("de",) if any(head in german and head not in CATEGORY_WORDS for head in heads) else ()


def canonical(facet: str, text: str) -> str | None:
    """What a value of a facet ("color") means as a whole, in whichever language: "rojo" is red."""
    return _ENGLISH_WORDS[facet].get(fold(text)) or _everywhere()[facet].get(" ".join(_words(text)))


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text if text.isascii() else _WOOL.sub("lana", text)))


@cache
def _tongues() -> Mapping[str, Tongue]:
    return MappingProxyType({"en": ENGLISH, **{code: _tongue(code, table) for code, table in TABLES.items()}})


@cache
def _everywhere() -> Mapping[str, Words]:
    tongues = list(_tongues().values())[::-1]
    return {facet: dict(pair for tongue in tongues for pair in getattr(tongue, facet).items()) for facet in FACETS}


@cache
def _languages_of_words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    english = (name for lexicon in _ENGLISH_WORDS.values() for name in (*lexicon, _ENGLISH_LITTLE))
    tables = ((code, (phrase for _, phrase in _entries(table))) for code, table in TABLES.items())
    for code, phrases in (("en", english), *tables):
        for word in (word for phrase in phrases for word in _words(phrase)):
            # One letter is a size, or an article of some language.
            if len(word) > 1:
                found.setdefault(word, {})[code] = None
    return MappingProxyType({word: tuple(codes) for word, codes in found.items()})


_ENGLISH_LITTLE = "with and for in the of from by on long short sleeve sleeves neck high low slim fit"


def _entries(table: str) -> Iterator[tuple[str, str]]:
    """What each line says, and each spelling of it."""
    for line in table.strip().splitlines():
        value, _, phrases = line.partition(":")
        if value == "little":
            yield from ((value, word) for word in phrases.split())
            continue
        for phrase in (phrase.strip() for phrase in phrases.split(",")):
            yield from ((value, " ".join(_words(form))) for form in _forms(phrase))


def _forms(phrase: str) -> Iterator[str]:
    if phrase.endswith("*"):
        yield from (phrase[:-1] + ending for ending in _ENDINGS)
    elif phrase.startswith("="):
        yield phrase[1:]
    else:
        yield from (phrase, phrase + "s", phrase + "n")


def _tongue(code: str, table: str) -> Tongue:
    found: dict[str, dict[str, str]] = {"category": {}, "color": {}, "pattern": {}, "material": {}, "gender": {}}
    shades: list[tuple[str, str]] = []
    for value, phrase in _entries(table):
        if value in ("light", "dark"):
            shades.append((value, phrase))
        for facet, canon in FACETS.items():
            if value in canon:
                found[facet].setdefault(phrase, value)
    for word, color in list(found["color"].items()):
        for shade, phrase in shades:
            if f"{shade} {color}" in COLOR_FAMILIES:
                found["color"][f"{word} {phrase}"] = found["color"][f"{phrase} {word}"] = f"{shade} {color}"
    # What is a garment here (jersey) may be a fabric in English.
    claimed = {phrase for words in found.values() for phrase in words}
    english = {
        facet: {word: value for word, value in words.items() if word not in claimed}
        for facet, words in _ENGLISH_WORDS.items()
    }
    return Tongue(
        code=code,
        **{facet: MappingProxyType(english[facet] | words) for facet, words in found.items()},
        aside=_aside(code),
        head_last=code in _HEAD_LAST,
    )


def _aside(code: str) -> re.Pattern[str]:
    return re.compile(rf"{_ASIDE[code]}|\s[-–—|]\s|[,،]", re.IGNORECASE)


FACETS: Mapping[str, Iterable[str]] = {
    "category": CATEGORIES,
    "color": COLOR_FAMILIES,
    "pattern": PATTERNS,
    "material": MATERIALS,
    "gender": GENDERS,
}
"""What titles tell, and the canonical values."""

_ENGLISH_WORDS: Mapping[str, dict[str, str]] = {
    "category": dict(CATEGORY_WORDS),
    "color": dict(COLOR_WORDS),
    "pattern": dict(PATTERN_WORDS),
    "material": dict(MATERIAL_WORDS),
    "gender": dict(GENDER_WORDS),
}

ENGLISH = Tongue("en", **_ENGLISH_WORDS, aside=_aside("en"), head_last=True)
