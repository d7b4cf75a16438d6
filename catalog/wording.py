"""Reads facets and search terms out of free words: a shop's titles, or a wish nobody has understood yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.taxonomy import CATEGORY_WORDS, CLOTHING, fold, named_by
from catalog.tongues import ENGLISH, Tongue
from catalog.types import Query

MAX_TERMS = 12
"""Words of a wish that rank; what comes later in a long message rarely names the garment."""

_MAX_PHRASE = 4
"""The longest entry of any lexicon, in words."""

_NEGATION = re.compile(r"\b(?:not|no|without|except|but not|isn't|don't)\b", re.IGNORECASE)

# fmt: off
_FILLER = frozenset({
    "a", "about", "above", "all", "an", "and", "any", "anything", "are", "as", "at", "be", "below", "between",
    "but", "buy", "by", "can", "cheap", "could", "do", "don't", "find", "for", "from", "get", "give", "good",
    "got", "have", "hello", "help", "hey", "hi", "how", "i", "i'd", "i'm", "im", "in", "into", "is", "it",
    "its", "just", "less", "let", "like", "long", "lookin", "looking", "max", "maybe", "me", "more", "my", "need",
    "new", "nice", "no", "not", "of", "on", "one", "ones", "or", "other", "outfit", "over", "please", "pls",
    "really", "see", "send", "shop", "short", "show", "so", "some", "somebody", "someone", "something", "stuff",
    "than", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "things",
    "this", "those", "to", "try", "under", "up", "us", "want", "wanna", "was", "we", "wear", "what", "which",
    "who", "with", "within", "without", "would", "you", "your",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Facets:
    """Canonical values named in a text, in its order, each once."""

    category: tuple[str, ...]
    color: tuple[str, ...]
    pattern: tuple[str, ...]
    material: tuple[str, ...]
    gender: str | None


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    value: str


def _hits(words: list[str], lexicon: Mapping[str, str]) -> list[_Hit]:
    """The longest entries of the lexicon, left to right, not overlapping."""
    found: list[_Hit] = []
    at = 0
    while at < len(words):
        for length in range(min(_MAX_PHRASE, len(words) - at), 0, -1):
            value = lexicon.get(" ".join(words[at : at + length]))
            # One letter is a size or a slip of the finger, whatever feeds mean by "M" in their gender column.
            if value is not None and (length > 1 or len(words[at]) > 1):
                found.append(_Hit(at, at + length, value))
                at += length
                break
        else:
            at += 1
    return found


def _heads(hits: list[_Hit], *, last: bool) -> list[_Hit]:
    """Of nouns that stand together the last names the thing, or the first: a shirt dress is a dress."""
    if last:
        followed = {hit.start for hit in hits}
        return [hit for hit in hits if hit.end not in followed]
    preceded = {hit.end for hit in hits}
    return [hit for hit in hits if hit.start not in preceded]


def _values(hits: list[_Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.value for hit in hits))


def facets_in(text: str, tongue: Tongue = ENGLISH) -> Facets:
    """What a text asks for. It stops reading at a negation: what follows is not wanted."""
    words = tongue.words(_NEGATION.split(text, maxsplit=1)[0])
    genders = _values(_hits(words, tongue.gender))
    return Facets(
        category=_values(_heads(_hits(words, tongue.category), last=tongue.head_last)),
        color=_values(_hits(words, tongue.color)),
        pattern=_values(_hits(words, tongue.pattern)),
        material=_values(_hits(words, tongue.material)),
        gender=genders[0] if len(genders) == 1 else None,
    )


def category_of_title(title: str, tongue: Tongue = ENGLISH) -> str | None:
    """The kind of garment that a shop's title names: the head noun before "with", "for" or a dash."""
    for piece in tongue.aside.split(title):
        if hits := _hits(tongue.words(piece), tongue.category):
            return hits[-1 if tongue.head_last else 0].value
    return None


def search_terms(text: str) -> tuple[str, ...]:
    """The words of a text that say something, at most MAX_TERMS; names of garments are made canonical, and what
    they were called stays beside them ("camisole").
    """
    words = fold(text).split()
    terms: list[str] = []
    at = 0
    for hit in [*_hits(words, CATEGORY_WORDS), None]:
        upto = len(words) if hit is None else hit.start
        terms += [word for word in words[at:upto] if word not in _FILLER and len(word) > 1]
        if hit is not None:
            called = " ".join(words[hit.start : hit.end])
            terms += [hit.value] if named_by(called, hit.value) else [hit.value, called]
            at = hit.end
    return tuple(dict.fromkeys(term for term in terms if term != CLOTHING))[:MAX_TERMS]


def terms_of(query: Query) -> tuple[str, ...]:
    """The words that rank what a query finds: the person's own, those of its style, and those of its looks, which
    a title may have where the facets do not.
    """
    words = (*search_terms(query.text), *map(fold, query.style), *query.color, *query.pattern, *query.material)
    # The kind is a facet: whether a title says "jacket" or "coat" makes neither puffer the better one.
    return tuple(dict.fromkeys(word for word in words if word not in query.category))[:MAX_TERMS]
