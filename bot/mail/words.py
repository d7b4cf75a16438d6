"""Other people's words and addresses, made fit for a letter. Done once, where they come in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

from bot.dialogue.types import ProductCard

MAX_TITLE, MAX_NAME = 90, 42
"""Characters of a product's title in a letter, and in a sentence: shops name things at length."""

MAX_URL = 700
"""Characters as HTML writes them. A longer address is left out: a dozen would make a mail too long to be shown."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+")
"""Control characters, line ends, and what turns the direction of all that follows."""

_ISOLATES = dict.fromkeys((0x2068, 0x2069))


def tidy(text: str, most: int = MAX_TITLE) -> str:
    """Words on one line, without what is not seen, and not too long."""
    return cut(" ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).split()), most)


def cut(text: str, most: int) -> str:
    """Not longer than so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain(text: str) -> str:
    """Without the marks around names in languages written from the right: programs that list mails show them."""
    return text.translate(_ISOLATES)


def tidied(card: ProductCard) -> ProductCard:
    """The card with words that may stand in a letter, and a link only where it is one."""
    lines = (tidy(line, 2 * MAX_TITLE) for line in (card.credit or "").splitlines())
    return replace(
        card,
        title=tidy(card.title) or card.category,
        brand=tidy(card.brand, MAX_NAME) if card.brand else None,
        source=tidy(card.source, MAX_NAME) if card.source else None,
        credit="\n".join(filter(None, lines)) or None,
        url=address(card.url) or None,
        sizes=tuple(tidy(size, 20) for size in card.sizes),
    )


def address(url: str | None) -> str:
    """The address when it may be a link: http, absolute, and not endless; else ""."""
    if not url or len(escape(url)) > MAX_URL or _UNSEEN.search(url) or any(c.isspace() for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""
