"""Whether a message is a yes and nothing else: only that agrees to what cannot be taken back lightly."""

from __future__ import annotations

from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.reading import read_message
from bot.dialogue.understanding.text import bag

_POLITE = bag(
    """
    please pls plz thanks thank you i that it this to we can lets por favor porfa gracias s il te vous plait merci bitte danke obrigado
    obrigada shukriya dhanyavaad kripya कृपया धन्यवाद من فضلك لو سمحت سمحتي شكرا
    """
)
"""What may stand beside a yes without changing it."""

_REPEATED = {
    "erase": frozenset(["delete", "remove", "data", "everything", "mine"]),
    "unlink": frozenset(["unlink"]),
}
"""Notions and cues with which a yes may say again what was asked."""
_WORDS = {"link": bag("link connect them both chats")}


def plainly_yes(text: str, asked: str) -> bool:
    """Whether every word is part of a yes, of politeness, or says again what `asked` asks for."""
    reading = read_message(text)
    repeated = _REPEATED.get(asked, frozenset())
    words = _WORDS.get(asked, frozenset())
    yes = {i for tag in reading.cue_tags("affirm") for i in range(tag.start, tag.end)}
    again = {
        i for tag in reading.intents if repeated & set(tag.values("intent")) for i in range(tag.start, tag.end)
    }
    if not yes or "?" in text or "؟" in text:
        return False
    of_word = lexicon.notions().of_word
    return all(
        i in yes or i in again or word in _POLITE | words or bool(of_word(word) & repeated)
        for i, (token, word) in enumerate(zip(reading.tokens, reading.row, strict=True))
        if token.kind not in ("stop", "emoji")
    )
