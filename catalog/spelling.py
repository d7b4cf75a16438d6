"""One spelling for words of all languages, as they are compared: no accents, no vowel signs, no capitals."""

from __future__ import annotations

import re
import unicodedata

MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\u093c\u200b-\u200f\ufe0f]")
"""Accents, Arabic vowel signs, the Devanagari nukta and invisible characters: people leave them out."""

LETTER = r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963])"
"""A letter or a vowel sign of Devanagari, which regular expressions take for none."""

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_HAMZA = re.compile("ء(?![\u0621-\u064a])")
"""People leave it out at the end of a word."""
_NASAL = re.compile("[नम]्(?=[क-ह])")
"""Hindi writes the same nasal sound in three ways."""


def plain(text: str) -> str:
    """Lower case without accents; "ß" becomes "ss", Arabic letter variants and Indian digits become one."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    bare = MARKS.sub("", unicodedata.normalize("NFD", lowered)).translate(_ARABIC)
    composed = _HAMZA.sub("", _NASAL.sub("ं", unicodedata.normalize("NFC", bare).replace("ँ", "ं")))
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in composed)
