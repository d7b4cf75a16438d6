"""Texts out of feeds, made safe to store and to show: no markup, no control characters, no endless cells."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from html.parser import HTMLParser

MAX_ID_BYTES = 40
_MAX_PREFIX = 12
_HASH_CHARS = 8

_NO_SLUG = re.compile(r"[^a-z0-9]+")

_INVISIBLE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"
"""Hindi and Persian spelling needs them; every other format character can only hide or reorder text."""


class _Words(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - theirs
        self._hidden += tag in ("script", "style")
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def clean_text(raw: str, limit: int) -> str:
    """One line of plain text, at most `limit` characters, cut at a word where there is one."""
    # What is left out of sight is not worth the work: markup at most doubles or triples a text.
    text = raw[: 8 * limit]
    if "<" in text or "&" in text:
        text = _without_markup(text)
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(map(_visible, text))
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip() + "…"


def clean_address(raw: str, limit: int) -> str:
    """An address without what cannot stand in one. No text: "&copy=2" in it is no copyright sign."""
    text = raw[: limit + 1].strip().replace("&amp;", "&")
    return text if text.isprintable() else "".join(map(_visible, text))


def product_id(source: str, raw: str) -> str:
    """The product's id: source and the shop's own id, in [a-z0-9-] and at most 40 bytes.

    Depends on nothing else, so it is stable over imports. An id that does not fit as it is (capitals, other
    characters, too long) gets a hash of itself, so that "A/1" and "a-1" stay two products.
    """
    prefix = _prefix(source)
    room = MAX_ID_BYTES - len(prefix) - 1
    slug = _slug(raw)
    if slug == raw and len(slug) <= room:
        return f"{prefix}-{slug}"
    digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]
    short = slug[: room - _HASH_CHARS - 1].strip("-")
    return f"{prefix}-{short}-{digest}" if short else f"{prefix}-{digest}"


@lru_cache(64)
def _prefix(source: str) -> str:
    return _slug(source)[:_MAX_PREFIX].strip("-") or "feed"


def _slug(text: str) -> str:
    return _NO_SLUG.sub("-", text.lower()).strip("-")


def _without_markup(text: str) -> str:
    # Markup may have been escaped, even twice; whatever brackets are left then are taken out.
    for _ in range(3):
        parser = _Words()
        parser.feed(text)
        parser.close()
        plain = "".join(parser.words)
        if plain == text:
            break
        text = plain
    return re.sub(r"<(?=[a-zA-Z/!?])|(?<=[a-zA-Z/\"'])>", " ", text)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in _INVISIBLE:
        return " "
    if category == "Cf" and char not in _JOINERS:
        return ""
    return char
