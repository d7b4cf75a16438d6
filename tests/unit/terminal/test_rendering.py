"""What a terminal shows of a message."""

from __future__ import annotations

import json
from typing import Any

from bot.channels.terminal.rendering import as_json, as_object, as_words, notice, progress
from bot.dialogue.types import Choice, Message, Picture, ProductCard
from bot.messages import body_of

DRESS = ProductCard(
    "shop-1",
    "Red dress",
    "dress",
    "dress",
    "key-of-the-dress",
    ("red",),
    199900,
    "INR",
    "Acme",
    url="https://s.example/1",
)


def result() -> dict[str, Any]:
    before = Picture("key-before", "You", "before")
    after = Picture("key-after", "You in it", "result")
    body = body_of(Message("Here you are.", (Choice("Save", "save:shop-1"),), (DRESS,), (before, after)))
    kept: dict[str, Any] = json.loads(json.dumps(body))
    return kept


def test_the_object_has_what_the_command_promises() -> None:
    shown = as_object(result(), {"key-after": "/p/after.jpg", "key-of-the-dress": "/p/dress.jpg"})
    assert shown["text"] == "Here you are."
    assert shown["lang"] == "en"
    assert shown["images"] == ["/p/after.jpg"], "the person's own photo is not given back"
    assert shown["buttons"] == ["Save"]
    (dress,) = shown["products"]
    assert dress["price"] == 1999.0
    assert {name: dress[name] for name in ("id", "title", "currency", "category", "color")} == {
        "id": "shop-1", "title": "Red dress", "currency": "INR", "category": "dress", "color": ["red"],
    }  # fmt: skip


def test_the_language_of_a_message_is_told() -> None:
    assert as_object({**result(), "lang": "es"}, {})["lang"] == "es"


def test_a_price_that_is_not_known_is_null() -> None:
    body = result()
    body["products"][0] |= {"price_minor": None, "currency": None}
    assert as_object(body, {})["products"][0]["price"] is None


def test_an_object_is_one_line_in_any_encoding() -> None:
    line = as_json(as_object(body_of(Message("नमस्ते\nदोस्त")), {}))
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["text"] == "नमस्ते\nदोस्त"


def test_what_the_terminal_says_itself_has_the_same_shape() -> None:
    assert notice("No such file.", "no_file").keys() - as_object(result(), {}).keys() == {"error"}


def test_words_number_products_and_buttons() -> None:
    words = as_words(result(), {"key-after": "/p/after.jpg"})
    assert "  1. Red dress, ₹1,999, Acme" in words
    assert "https://s.example/1" in words
    assert "/p/after.jpg" in words
    assert "[1] Save" in words


def test_a_title_cannot_steer_the_terminal() -> None:
    body = result()
    body["products"][0]["title"] = "Dress\x1b[2J\x9b31m"
    words = as_words(body, {})
    assert "\x1b" not in words
    assert "\x9b" not in words


def test_progress_fits_a_line() -> None:
    assert progress("Red dress", 0.5).split() == ["▓" * 10 + "░" * 10, "50", "%", "Red", "dress"]
