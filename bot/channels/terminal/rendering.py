"""A turn as a terminal shows it: in words, or as one JSON object. Pure."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from bot.channels.terminal import words
from bot.dialogue.language import speaking
from bot.dialogue.prices import decimals, price_text
from bot.messages import card_in

SEEN_ALREADY = "before"
"""The role of the picture that is not saved: the person's own photo, beside what was made of it."""

BAR = 20


def shown_pictures(body: dict[str, Any]) -> list[tuple[str, str]]:
    """The pictures of a message that are saved, as (role, media key)."""
    return [(p["role"], p["media"]) for p in body["pictures"] if p["role"] != SEEN_ALREADY]


def as_object(body: dict[str, Any], saved: Mapping[str, str]) -> dict[str, Any]:
    """The object that `--json` prints; `saved` has the path of each media key that was saved."""
    return {
        "text": body["text"],
        "lang": body.get("lang", "en"),
        "products": [_product(product, saved) for product in body["products"]],
        "images": [saved[key] for _, key in shown_pictures(body) if key in saved],
        "buttons": [choice["label"] for choice in body["choices"]],
    }


def notice(text: str, code: str) -> dict[str, Any]:
    """What the terminal says by itself, in the same shape; `error` tells it from the stylist's messages."""
    return {"text": text, "lang": "en", "products": [], "images": [], "buttons": [], "error": code}


def as_words(body: dict[str, Any], saved: Mapping[str, str]) -> str:
    """The message to read: words, products by their number, paths of pictures, buttons by theirs."""
    blocks = [body["text"]]
    with speaking(body.get("lang")):
        blocks += [_line(number, product, saved) for number, product in enumerate(body["products"], 1)]
    blocks += [words.PICTURE.format(path=saved[key]) for _, key in shown_pictures(body) if key in saved]
    if body["choices"]:
        blocks.append("   ".join(f"[{n}] {choice['label']}" for n, choice in enumerate(body["choices"], 1)))
    return printable("\n".join(blocks))


def as_json(thing: dict[str, Any]) -> str:
    """One line, in ASCII: whatever the terminal's own encoding is."""
    return json.dumps(thing)


def printable(text: str) -> str:
    """The text without control characters: a title out of a shop's feed must not steer the terminal."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) != "Cc" else "�" for c in text)


def progress(title: str, fraction: float) -> str:
    """How far a picture is, in one line."""
    done = round(BAR * max(0.0, min(1.0, fraction)))
    return printable(f"{'▓' * done}{'░' * (BAR - done)} {round(100 * fraction):3} %  {title}")


def _product(product: dict[str, Any], saved: Mapping[str, str]) -> dict[str, Any]:
    minor, currency = product["price_minor"], product["currency"]
    digits = decimals(currency) if currency else 0
    return {
        "id": product["id"],
        "title": product["title"],
        "price": None if minor is None else minor if digits == 0 else minor / 10**digits,
        "currency": currency,
        "category": product["category"],
        "color": product["color"],
        "url": product["url"],
        "image": saved.get(product["picture"]),
    }


def _line(number: int, product: dict[str, Any], saved: Mapping[str, str]) -> str:
    card = card_in(product)
    facts = ", ".join(fact for fact in (card.title, price_text(card), card.brand) if fact)
    below = [line for line in (card.url, saved.get(card.picture), card.credit) if line]
    return "\n".join([f"{number:3}. {facts}", *(f"     {line}" for line in below)])
