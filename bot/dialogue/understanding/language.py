"""In which language a message is written, as far as its script and its everyday words tell."""

from __future__ import annotations

import re
from collections import defaultdict

from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.reading import Reading

ENOUGH = 0.75
"""A word of one language alone is 1, one that two share is a half for each."""
LOANED = 0.3
"""What an English word counts that people use in every language."""

MATRIX = 1.5
"""People mix English words into Hindi, so Hindi words tell more than the English ones around them."""
DOUBTFUL = 0.8
"""Two languages that are this near leave it open."""

_IBERIAN = {"es", "pt"}
"""Short messages are often both; more people write Spanish."""

_DEVANAGARI = re.compile("[\u0900-\u097f]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_LETTERS = (("es", re.compile("[ñ¿¡]|[a-z]ción\\b|\\bmás\\b")), ("de", re.compile("[äöß]|ü[a-z]")), ("pt", re.compile("[ãõ]|\\bo (?:primeiro|segundo|terceiro|[uú]ltimo|do|da|que)\\b")),
            ("fr", re.compile("[œèêùû]|\\b(?:qu|[ldjcm])['’][a-zéê]")))  # fmt: skip
"""Letters and joints that one of our languages has and the others have not."""


def language_of(reading: Reading, spoken: str | None = None) -> str | None:
    """One of en, hi, hi-Latn, es, fr, de, pt, ar; None where there is no clear sign.

    Between two that are near, the language that was spoken before decides.
    """
    words = [t.raw for t in reading.tokens if t.kind == "word"]
    script = _by_script("".join(words))
    if script:
        return script
    votes = _votes([w for t, w in zip(reading.tokens, reading.row, strict=True) if t.kind == "word"])
    text = " ".join(words).lower()
    for language, letters in _LETTERS:
        if letters.search(text):
            votes[language] += 1
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    if not ranked or ranked[0][1] < ENOUGH:
        return None
    near = [language for language, vote in ranked if vote > ranked[0][1] * DOUBTFUL]
    if len(near) == 1 or spoken in near:
        return near[0] if len(near) == 1 else spoken
    return "es" if set(near) == _IBERIAN else None


def _by_script(letters: str) -> str | None:
    counts = {
        "hi": len(_DEVANAGARI.findall(letters)),
        "ar": len(_ARABIC.findall(letters)),
    }
    language = max(counts, key=lambda name: counts[name])
    latin = len(_LATIN.findall(letters))
    return language if counts[language] and counts[language] * 3 >= latin else None


def _votes(words: list[str]) -> dict[str, float]:
    known, shared = lexicon.word_languages(), lexicon.shared_words()
    votes: dict[str, float] = defaultdict(float)
    for word in words:
        if word in shared:
            votes["en"] += LOANED
            continue
        languages = known.get(word, ())
        for language in languages:
            votes[language] += (MATRIX if languages == ("hi-Latn",) else 1) / len(languages)
    return votes
