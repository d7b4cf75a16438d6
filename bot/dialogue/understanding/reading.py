"""Finds in a message what the lexicon knows: each layer looks at the same words on its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.dates import Day, day_in
from bot.dialogue.understanding.lexicon.table import ARABIC_PREFIXES, Pair, Phrases
from bot.dialogue.understanding.text import Token, bag, tokenise

SHORTEST_FUZZY = 4
"""Shorter words have too many neighbours: "red", "rot", "rod"."""
TWO_SLIPS = 8
"""From this length on, two slips are forgiven."""
LONGEST_FUZZY = 18
_OPAQUE = bag("advice help tryon_status feedback_positive feedback_negative out_of_scope greet goodbye tryon")
"""Intents whose phrases of several words keep the single words in them from meaning clothes."""
_DRAWL = re.compile(r"(.)\1{2,}")
_ARABIC_LETTERS = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
_ARABIC_SUFFIXES = ("ها", "هم", "ات", "ين", "ه", "تي", "ي")
SHORTEST_STEM = 3
_VOWELS = frozenset("aeiouy")
_GERMAN_MULTIPLIERS = ("tausend", "hundert")
_HEADS = bag("color shade material season pattern occasion gender length sleeve style fit")
_TAILS = bag("category color material")


@dataclass(frozen=True, slots=True)
class Tag:
    """A phrase of the lexicon in tokens start..end (end excluded) with what it means."""

    start: int
    end: int
    pairs: tuple[Pair, ...]

    def values(self, name: str) -> list[str]:
        """The values of one name."""
        return [v for n, v in self.pairs if n == name]


@dataclass(frozen=True)
class Reading:
    """A message with its tokens, and lazily each layer of meaning."""

    tokens: list[Token]
    row: list[str] = field(default_factory=list)
    lang: str | None = None

    def _tags(self, phrases: Phrases) -> list[Tag]:
        return [Tag(*found) for found in phrases.everywhere(self.row)]

    @cached_property
    def facets(self) -> list[Tag]:
        """What clothes are like; "work" in "how does this work" says nothing about clothes."""
        return [tag for tag in self._seen(lexicon.facet_phrases()) if not self._foreign(tag)]

    def _foreign(self, tag: Tag) -> bool:
        """Whether the word means clothes in another language than this one: "son" is no boy in Spanish."""
        if self.lang is None or tag.end - tag.start > 1:
            return False
        homes = lexicon.homographs().get(self.row[tag.start])
        return homes is not None and self.lang not in homes

    @cached_property
    def rels(self) -> list[Tag]:
        """Comparatives; "longer" in "how much longer" is none."""
        return self._seen(lexicon.rel_phrases())

    def _seen(self, phrases: Phrases) -> list[Tag]:
        """The phrases that are not hidden in a longer one with a meaning of its own."""
        hidden = [t for t in self.intents if t.end - t.start > 1 and _OPAQUE & set(t.values("intent"))]
        return [
            tag
            for tag in self._tags(phrases)
            if not any(
                h.start <= tag.start and tag.end <= h.end and tag.end - tag.start < h.end - h.start for h in hidden
            )
        ]

    @cached_property
    def steering(self) -> list[Tag]:
        return self._tags(lexicon.steering_phrases())

    @cached_property
    def topics(self) -> list[Tag]:
        return self._tags(lexicon.topic_phrases())

    @cached_property
    def pointers(self) -> list[Tag]:
        return self._tags(lexicon.ordinal_phrases())

    @cached_property
    def pause_ends(self) -> Day | None:
        """The day of the year up to which something is to pause."""
        return day_in(self.row) if "pause" in self.notions else None

    @cached_property
    def intents(self) -> list[Tag]:
        """Phrases may share words ("show me more" and "more like"), but none lies within another."""
        phrases = lexicon.intent_phrases()
        found: list[Tag] = []
        for i in range(len(self.row)):
            hit = phrases.at(self.row, i)
            if hit is not None and (not found or i + len(hit[0]) > found[-1].end):
                found.append(Tag(i, i + len(hit[0]), hit[1]))
        return found

    @cached_property
    def cues(self) -> frozenset[str]:
        """The names of the intents that some phrase speaks for."""
        return frozenset(v for tag in self.intents for v in tag.values("intent"))

    @cached_property
    def notions(self) -> set[str]:
        """What the words stand for."""
        return lexicon.notions().of_row(self.row)

    def cue_tags(self, name: str) -> list[Tag]:
        """The phrases that speak for one intent."""
        return [tag for tag in self.intents if name in tag.values("intent")]

    def part(self, start: int, end: int) -> Reading:
        """Some of the tokens as a message of their own."""
        return Reading(self.tokens[start:end], self.row[start:end], self.lang)


def read_message(text: str) -> Reading:
    """The reading of a message, its misspelt words put right."""
    tokens: list[Token] = []
    for token in tokenise(text):
        if token.kind == "word":
            tokens += _uncompounded(token)
        elif not _ornament(token):
            tokens.append(token)
    return Reading(tokens, [corrected(t.text) if t.kind == "word" else t.text for t in tokens])


def _ornament(token: Token) -> bool:
    """Whether the token only decorates: exclamation marks, flowers."""
    return token.text in ("!", "…") or (token.kind == "emoji" and token.text not in lexicon.vocabulary())


def _uncompounded(token: Token) -> list[Token]:
    parts = compound(token.text)
    return [Token(p, p, "word", glued=i > 0 or token.glued) for i, p in enumerate(parts)] if parts else [token]


@lru_cache(maxsize=20_000)
def compound(word: str) -> tuple[str, ...]:
    """ "dunkelblau" and "baumwollhemd" are two words in one; () when this is none."""
    if len(word) < 7 or lexicon.is_known(word):
        return ()
    for tail in _GERMAN_MULTIPLIERS:
        if word.endswith(tail) and _names(word.removesuffix(tail), bag("number"), lexicon.number_phrases()):
            return word.removesuffix(tail), tail
    for cut in range(3, len(word) - 3):
        head, tail = word[:cut], word[cut:]
        if not _names(tail, _TAILS):
            continue
        for form in (head, head + "e", head.removesuffix("s"), head.removesuffix("n"), head.removesuffix("en")):
            if _names(form, _HEADS):
                return form, tail
    return ()


def _names(word: str, slots: frozenset[str], phrases: Phrases | None = None) -> bool:
    return any(name in slots for name, _ in (phrases or lexicon.facet_phrases()).meanings.get((word,), ()))


@cache
def _sorted_by_start(plain: bool) -> dict[tuple[str, int], tuple[str, ...]]:
    """The words that slips are looked for in, or the everyday ones, by first letter and length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in sorted(lexicon.common_words() if plain else lexicon.typed_words()):
        if len(word) > SHORTEST_FUZZY:
            found.setdefault((word[0], len(word)), []).append(word)
    return {start: tuple(words) for start, words in found.items()}


def _near(word: str, allowed: int, *, plain: bool) -> list[tuple[int, str]]:
    """Words with the same first letter that so many slips lead to, as (slips, word)."""
    starts = _sorted_by_start(plain)
    found: list[tuple[int, str]] = []
    for length in range(len(word) - allowed, len(word) + allowed + 1):
        choices = starts.get((word[0], length), ())
        hits = extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        found += [(int(slips), choice) for choice, slips, _ in hits]
    return found


@cache
def _by_sound() -> dict[str, str]:
    return {
        sound(word): word for word in sorted(lexicon.vocabulary(), reverse=True) if len(word) >= SHORTEST_FUZZY
    }


_SPELLINGS = (
    (re.compile("[ीि]"), "ि"), (re.compile("[ूु]"), "ु"), (re.compile("[ंँ]"), ""), (re.compile("ये$|ए$|ै$"), "े"),
    (re.compile("aa+"), "a"), (re.compile("ee+|ii+"), "i"), (re.compile("oo+|uu+"), "u"), (re.compile("ph"), "f"),
    (re.compile("(?<=[bdgjkptc])h"), ""), (re.compile("w"), "v"), (re.compile("z"), "j"), (re.compile("iy(?=[ae])"), "i"),
    (re.compile("ck|q"), "k"), (re.compile("([b-df-hj-np-tv-z])\\1"), "\\1"),
)  # fmt: skip
"""Spellings of one sound, in Hindi and in Hindi that is written in Latin letters."""


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The word as it sounds: "chaahiye", "chahie" and "chahiye" are one."""
    for spelling, one in _SPELLINGS:
        word = spelling.sub(one, word)
    return word


@lru_cache(maxsize=20_000)
def corrected(word: str) -> str:
    """The word of the lexicon that was meant, or the word itself."""
    if not SHORTEST_FUZZY <= len(word) <= LONGEST_FUZZY or word in lexicon.vocabulary():
        return word
    for prefix in ARABIC_PREFIXES:
        if word.startswith(prefix) and word.removeprefix(prefix) in lexicon.vocabulary():
            return word.removeprefix(prefix)
    if lexicon.is_known(word):
        return word
    if word[0] in _ARABIC_LETTERS:
        return _arabic_stem(word)
    squeezed = _squeezed(word)
    if lexicon.is_known(squeezed):
        return squeezed
    return _by_sound().get(sound(word)) or (_nearest(word) if word.isascii() else word)


def _arabic_stem(word: str) -> str:
    """ "لونها" is "لون", "مخططات" is "مخطط": endings of gender, number and possession."""
    for prefix in ("", *ARABIC_PREFIXES):
        for suffix in _ARABIC_SUFFIXES:
            if word.startswith(prefix) and word.endswith(suffix):
                stem = word.removeprefix(prefix).removesuffix(suffix)
                if len(stem) >= SHORTEST_STEM and stem in lexicon.facet_phrases().vocabulary:
                    return stem
    return word


def _nearest(word: str) -> str:
    """A typing error rarely hits the first letter, and another vowel at the end is another word."""
    allowed = 2 if len(word) >= TWO_SLIPS else 1
    near = [(slips, other) for slips, other in _near(word, allowed, plain=False) if not _inflects(word, other)]
    if not near:
        return word
    # A dropped letter is the commonest slip: "blak" is black and not blau.
    slips, _, best = min((slips, len(other) <= len(word), other) for slips, other in near)
    if slips > 1 and _near(word, slips - 1, plain=True):
        return word  # nearer to an everyday word than to any of ours
    return best


def _inflects(word: str, other: str) -> bool:
    """ "calzo" and "calza" differ in their ending alone."""
    ends = word[-1] in _VOWELS and other[-1] in _VOWELS
    return len(word) == len(other) and ends and word[-1] != other[-1] and word[:-1] == other[:-1]


def _squeezed(word: str) -> str:
    """ "blaaack" without the drawl."""
    return _DRAWL.sub(r"\1", word)
