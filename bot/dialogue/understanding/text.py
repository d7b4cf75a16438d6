"""From a message to tokens: spelling variants folded away, prices, links and addresses kept whole."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from catalog.spelling import LETTER, MARKS, plain

fold = plain
"""How words are compared."""

_ELIDED = r"(?:l|d|j|m|s|t|n|c|qu)"

AT_WORD = r"(?:\s{1,3}\(?(?:at|at\sthe\srate|arroba|arobase|aet|ät|chez|ऐट|एट|आट|ات|آت)\)?\s{1,3})"
DOT_WORD = r"(?:\s{1,3}\(?(?:dot|punto|ponto|point|punkt|डॉट|نقطة|نقطه|دوت)\)?\s{1,3})"
"""How addresses are said in words."""

_TOKEN = re.compile(
    rf"""
    (?P<url>(?:https?://|www\.)\S+)
  | (?P<email>[\w.+-]{{1,64}}(?:{DOT_WORD}[\w.+-]{{1,64}}){{0,3}}\s?(?:@|{AT_WORD})\s?[\w-]{{1,63}}(?:\s?(?:\.|{DOT_WORD})\s?[\w-]{{1,63}}){{0,4}}(?:\.|{DOT_WORD})\s?[a-z]{{2,}})
  | (?P<number>\d+(?:[.,:]\d+)*)
  | (?P<elided>\b{_ELIDED}['’](?={LETTER}))
  | (?P<word>{LETTER}+(?:['’]{LETTER}+)*)
  | (?P<sign>[₹$€£¥%#~+&/<>≤≥-])
  | (?P<stop>[,.;:!?\n(){{}}…؟،।])
  | (?P<emoji>[\u2190-\u2bff\U0001f000-\U0001faff])
    """,
    re.VERBOSE | re.IGNORECASE,
)


_SHORT = (
    ("٪", "%"),
    ("٫", "."),
    ("٬", ","),
    ("د.إ", " درهم "),
    ("ر.س", " ريال "),
    ("ج.م", " جنيه "),
    ("د.ك", " دينار "),
)
_KEPT = {"lã": "lana", "lãs": "lana"}
"""Without its accent, "lã" would be an article."""


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is folded, `raw` as written. `glued` says that no space stands before it."""

    text: str
    raw: str
    kind: str
    glued: bool = False


def tokenise(text: str) -> list[Token]:
    """The tokens of a message in their order. Hyphens between letters only separate words."""
    tokens: list[Token] = []
    end = -1
    spaced = unicodedata.normalize("NFKC", text)
    for short, name in _SHORT:
        spaced = spaced.replace(short, name)
    for match in _TOKEN.finditer(spaced):
        kind = str(match.lastgroup)
        raw = match.group()
        folded = raw if kind in ("url", "emoji") else MARKS.sub("", fold(raw))
        folded = _KEPT.get(raw.lower(), folded)
        if kind in ("word", "elided"):
            folded, kind = folded.replace("'", "").replace("’", ""), "word"
        tokens.append(Token(folded, raw, kind, glued=match.start() == end))
        end = match.end()
    return _without_hyphens(tokens)


def _without_hyphens(tokens: list[Token]) -> list[Token]:
    """A hyphen counts only between numbers ("500-1000") and after an amount ("500/-")."""
    kept: list[Token] = []
    for i, token in enumerate(tokens):
        if token.text == "-":
            counted = any(t.kind == "number" for t in kept[-1:]) or _suffixed(kept)
            after_number = counted and i + 1 < len(tokens)
            between = after_number and tokens[i + 1].kind in ("number", "sign")
            if not between and not (kept and kept[-1].text == "/"):
                continue
        kept.append(token)
    return kept


def _suffixed(kept: list[Token]) -> bool:
    """ "2k" and "20€" in front of the hyphen."""
    return len(kept) > 1 and kept[-1].glued and kept[-2].kind == "number"


def words(text: str) -> tuple[str, ...]:
    """The folded words of a lexicon entry, cut exactly as a message is cut."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return tuple(text.lower().split())  # the same, and most entries are like that
    return tuple(t.text for t in tokenise(text) if t.kind != "stop")


def bag(words_in_a_row: str) -> frozenset[str]:
    """A set of words written as plain text."""
    return frozenset(words_in_a_row.split())
